"""The quotations and lists of a text, and which lines stand in which, as GitHub reads them.

A list may be nested by as few spaces as its own marker takes, stand right under a line of text, and have blank lines
between its items. All of it is read in one pass, whatever stands inside what.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from tiebreak.markdown.raw_html import interrupts
from tiebreak.problems import Remark, RemarkError

DEEPEST = 50  # quotations and lists inside each other
ALIGNED = {"left": "align-start", "center": "align-center", "right": "align-end"}  # cells of tables, by classes
CALLOUTS = frozenset({"note", "tip", "important", "warning", "caution"})

_MARKER = re.compile(r" {0,3}(?:(>) ?|(?:([-+*])|([0-9]{1,9})([.)]))(?= |\Z))")
_RARE = frozenset(" >-+*0123456789`~#_\x02")  # what a line begins with if it may be no paragraph's
_SPACES = re.compile(r" *")
RULE = re.compile(r" {0,3}([-*_]) *(?:\1 *){2,}\Z")
HEADING = re.compile(r" {0,3}#{1,6}(?: |\Z)")
FENCE = re.compile(r"( {0,3})(`{3,}(?=[^`\n]*\Z)|~{3,})(.*)")
STASHED = re.compile(r" {0,3}\x02wzxhzdk:[0-9]+\x03 *\Z")  # code, or raw HTML, that has been put away
_TASK = re.compile(r"\[([ xX])\] +(?=\S)")
_DEFINITION = re.compile(r" {0,3}\[[^\]\[\n]+\]:\s*\S+(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\Z")
_CALLOUT = re.compile(r" {0,3}\[!([A-Za-z]+)\] *\Z")


@dataclass
class Container:
    """A text, a quotation or an item of a list, with what stands in it: lines, and other containers."""

    marker: str = ""  # `>`, `-`, `+`, `*`, `.` or `)`; none for the whole text
    number: int = 0
    width: int = 0  # the columns by which an item's lines are indented
    is_loose: bool = False  # there are blank lines between this item and the next, or between its parts
    task: str = ""  # `open` or `done`
    callout: str = ""
    parts: list["list[str] | Container"] = field(default_factory=list)
    is_empty: bool = False  # only its marker has been read

    @property
    def is_item(self) -> bool:
        return self.marker not in ("", ">")


def too_deep(line: str) -> RemarkError:
    """The error for a line that stands in too many of them."""
    message = f"more than {DEEPEST} quotations or lists stand inside each other"
    return RemarkError(Remark("too-deep", message, "take some levels away", needle=line.strip()[:80]))


class Line(NamedTuple):
    """A line: how many of the open containers go on in it, which begin in it, and where the rest of it does."""

    kept: int
    begun: Sequence[Container]
    place: int


class Reader:
    """Tells line by line which containers are open. Raises RemarkError where too many are."""

    def __init__(self, *, allow_html: bool = False) -> None:
        self._allow_html = allow_html
        self.open: list[Container] = []
        self.is_text = False  # the line before was one of a paragraph

    def read(self, line: str) -> Line:
        """The next line."""
        kept, place = self._kept(line)
        begun: list[Container] = []
        is_text = self.is_text and kept == len(self.open)
        while found := _begun(line, place, is_text=is_text and not begun):
            begun.append(found[0])
            place = found[1]
            if kept + len(begun) > DEEPEST:
                raise too_deep(line)
        text = line[place:]
        is_text = bool(text.strip()) and not _ends_text(text) and not (self._allow_html and interrupts(text))
        if self.is_text and is_text and not begun:
            kept = len(self.open)  # a paragraph goes on without the marks of what it stands in
        else:
            is_text = is_text and not text.startswith("    ")
        if kept and (begun or text.strip()):
            self.open[kept - 1].is_empty = False
        self.open[kept:] = begun
        self.is_text = is_text
        return Line(kept, begun, place)

    def inside(self, line: str) -> int | None:
        """Where the rest of a line begins if it belongs to all that is open."""
        kept, place = self._kept(line)
        return place if kept == len(self.open) else None

    def _kept(self, line: str) -> tuple[int, int]:
        place = 0
        for kept, container in enumerate(self.open):
            after = _after(container, line, place)
            if after is None:
                return kept, place
            place = after
        return len(self.open), place


def _after(container: Container, line: str, place: int) -> int | None:
    """Where the rest of a line begins if the container goes on in it."""
    if container.marker == ">":
        mark = _MARKER.match(line, place)
        return mark.end() if mark and mark[1] else None
    end = _past_spaces(line, place)
    if end == len(line):
        return None if container.is_empty else end
    return place + container.width if end - place >= container.width else None


def _begun(line: str, place: int, *, is_text: bool) -> tuple[Container, int] | None:
    """The container that begins at a place of a line, and where the rest of the line does."""
    mark = _MARKER.match(line, place)
    if mark is None or (mark[1] is None and RULE.match(line[place:])):
        return None
    if mark[1]:
        return Container(">"), mark.end()
    bullet, number = mark[2], int(mark[3] or 0)
    text = _past_spaces(line, mark.end())
    is_empty = text == len(line)
    if is_text and (is_empty or not (bullet or number == 1)):
        return None  # a number or a dash at the beginning of a line
    start = text if text - mark.end() <= 4 and not is_empty else mark.end() + 1
    container = Container(bullet or mark[4], number, start - place, is_empty=is_empty)
    return container, min(start, len(line))


def _past_spaces(line: str, place: int) -> int:
    spaces = _SPACES.match(line, place)
    return spaces.end() if spaces else place


def _ends_text(text: str) -> bool:
    """Whether a line that is not blank cannot be one of a paragraph."""
    return bool(HEADING.match(text) or RULE.match(text) or STASHED.match(text) or FENCE.match(text))


def tree(lines: Iterable[str]) -> Container:
    """A text as the tree of what stands in it. Tabs are spaces in it, and fenced code has been put away."""
    reader, path, gap = Reader(), [Container()], -1  # gap: the innermost quotation that the last blank line stood in
    for line in lines:
        if not reader.open and (not line or line[0] not in _RARE):  # most of a text
            del path[1:]
            reader.is_text, gap = bool(line), -1 if line else 0
            if line:
                _lines(path[0]).append(line)
            else:
                _add_blank(path[0])
            continue
        kept, begun, place = reader.read(line)
        del path[kept + 1 :]
        text = line[place:]
        if not (begun or text.strip()):
            gap = max((depth for depth, one in enumerate(path) if one.marker == ">"), default=0)
            _add_blank(path[-1])
            continue
        if kept >= gap >= 0:
            _loosen(path[-1], begun, text)
        gap = -1
        for container in begun:
            path[-1].parts.append(container)
            path.append(container)
        _add(path[-1], text)
    return path[0]


def _loosen(within: Container, begun: Sequence[Container], text: str) -> None:
    """Note that a blank line stands before what begins in a container, if that is seen, as a definition is not."""
    said = [part for part in within.parts[-2:] if isinstance(part, Container) or any(part)]
    last = said[-1] if said else None
    if begun and isinstance(last, Container) and last.is_item and last.marker == begun[0].marker:
        last.is_loose = True
    elif said and within.is_item and (begun or not _DEFINITION.match(text)):
        within.is_loose = True


def _add(container: Container, text: str) -> None:
    """Add a line to what stands in a container."""
    if not container.parts:
        task, callout = _TASK.match(text), _CALLOUT.match(text)
        if container.is_item and task and not container.task:
            container.task = "open" if task[1] == " " else "done"
            text = text[task.end() :]
        if container.marker == ">" and callout and callout[1].lower() in CALLOUTS and not container.callout:
            container.callout = callout[1].lower()
            return
    if text.strip():
        lines = _lines(container)
        lines += ["", text.strip(), ""] if STASHED.match(text) else [text if text[:4].isspace() else text.lstrip(" ")]


def _add_blank(container: Container) -> None:
    """Add a blank line to the text in a container, if there is any."""
    if container.parts and isinstance(container.parts[-1], list):
        container.parts[-1].append("")


def _lines(container: Container) -> list[str]:
    """The lines at the end of a container."""
    if container.parts and isinstance(container.parts[-1], list):
        return container.parts[-1]
    lines: list[str] = []
    container.parts.append(lines)
    return lines


def lists(container: Container) -> Iterator[list[Container] | Container | list[str]]:
    """What stands in a container: text, quotations, and lists, each of which is its items."""
    said = (part for part in container.parts if isinstance(part, Container) or any(part))
    for marker, parts in groupby(said, lambda part: part.marker if isinstance(part, Container) else ""):
        if marker in ("", ">"):
            yield from parts
        else:
            yield [part for part in parts if isinstance(part, Container)]
