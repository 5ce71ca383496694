"""Fenced code and blocks of raw HTML in a text, and what the first line of code says of it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from tiebreak.markdown.containers import FENCE, Reader
from tiebreak.markdown.raw_html import Html, end_of, ends_before, ends_in
from tiebreak.problems import Remark, RemarkError

CHART = "chart"  # what a block that describes one is called
MOST_TOLD = 10  # options of one block that are told
_INNER = re.compile(r"(?:[ \t>]|(?:[*+-]|\d+[.)])[ \t])[ \t>*+\d.)-]*(?:```|~~~)")
_SIGNS = ("`", "~")  # what a line begins with in which code does, where it may not be indented
_LANGUAGE = re.compile(r"[\w#.+-]+")
_OPTION = re.compile(r"""([\w-]+)=("[^"]*"|'[^']*'|[^\s"']+)|[^\s=]+=?|=""")
_RANGE = re.compile(r"([0-9]{1,6})(?:-([0-9]{1,6}))?")
_HEADER = re.compile(r"(#!|:::+)([\w#.+-]+)[ \t]*+(?:(hl_lines=(?:\"[^\"\n]*\"|'[^'\n]*'))[ \t]*+)?(?:\n|\Z)")
_KNOWN = "code takes a language, and hl_lines, linenums and title"


class Code(NamedTuple):
    """A block of code, from `line` up to before `after`, both counted from 1; 0 where they are not known."""

    text: str
    language: str = ""
    marked: frozenset[int] = frozenset()  # lines of it that stand out
    first: int | None = None  # the number of its first line, where lines are numbered
    title: str = ""
    line: int = 0
    after: int = 0
    header: str = ""  # the first of its own lines, where that names the language
    before: str = ""  # what stands before it in its first line: marks of the lists and quotations around it

    @property
    def is_chart(self) -> bool:
        """Whether it describes a chart, which is drawn in its place."""
        return self.language.lower() == CHART and self.line > 0


def split(text: str, remarks: list[Remark], *, allow_html: bool = False) -> Iterator[str | Code | Html]:
    """Text, fenced code, and blocks of raw HTML if they are allowed, as they stand one below the other; what is amiss
    goes to `remarks`.

    Code ends with the list or the quotation that it stands in, or with the text, if nothing closes it before. Tabs are
    spaces in the text, and tabs in code. Takes time in proportion to the text.
    """
    if not allow_html and "```" not in text and "~~~" not in text:
        yield text.expandtabs(4)
        return
    lines = _Lines(text, remarks, allow_html=allow_html)
    start = place = 0
    while place < len(lines.written):
        found = lines.block(place)
        if found is None:
            place += 1
            continue
        if start < place:
            yield "\n".join(lines.spaced[start:place])
        yield found
        start = place = found.after - 1
    if start < len(lines.spaced):
        yield "\n".join(lines.spaced[start:])


def code_lines(text: str) -> frozenset[int]:
    """The lines of fenced code, fences among them, counted from 1; none in a text that cannot be read."""
    try:
        code = [part for part in split(text, []) if isinstance(part, Code)]
    except RemarkError:
        return frozenset()
    return frozenset(line for part in code for line in range(part.line, part.after))


class _Lines:
    """The lines of a text, as they are written and with spaces for tabs; with a reader if anything in them may stand
    in lists or quotations.
    """

    def __init__(self, text: str, remarks: list[Remark], *, allow_html: bool) -> None:
        self._remarks, self._allow_html = remarks, allow_html
        self.written = text.split("\n")
        self.spaced = text.expandtabs(4).split("\n") if "\t" in text else self.written
        is_nested = allow_html or any(map(_INNER.match, self.written))
        self._reader = Reader(allow_html=allow_html) if is_nested else None

    def block(self, place: int) -> Code | Html | None:
        """The code or the raw HTML that begins in a line."""
        line, column, is_text = self.spaced[place], 0, False
        if self._reader:
            depth, is_text = len(self._reader.open), self._reader.is_text
            read = self._reader.read(line)
            column, is_text = read.place, is_text and not read.begun and read.kept == depth
        elif line[:1] not in _SIGNS:
            return None
        if fence := FENCE.match(line[column:]):
            return self._code(place, column, fence)
        if self._allow_html and (end := end_of(line[column:], is_text=is_text)):
            return self._html(place, column, end)
        return None

    def _code(self, place: int, column: int, fence: re.Match[str]) -> Code:
        closing = re.compile(rf" {{0,3}}{fence[2][0]}{{{len(fence[2])},}}[ \t]*")
        after, code, is_closed = place + 1, list[str](), False
        while not is_closed and after < len(self.spaced) and (start := self._inside(after)) is not None:
            is_closed = closing.fullmatch(self.spaced[after], start) is not None
            if not is_closed:
                code.append(self._rest(after, start, len(fence[1])))
            after += 1
        if not is_closed:
            message, help = "this code is never closed", f"end it with a line of {fence[2][:3]}"
            self._remarks.append(Remark("open-fence", message, help, place + 1, fence[2]))
        found = _code(fence[3].strip(), "\n".join(code), place + 1, self._remarks)
        return found._replace(after=after + 1, before=self.spaced[place][:column])

    def _html(self, place: int, column: int, end: re.Pattern[str]) -> Html:
        found, after = [self._rest(place, column)], place + 1
        is_ended = ends_in(end, found[0])
        while not is_ended and after < len(self.spaced) and (start := self._inside(after)) is not None:
            line = self._rest(after, start)
            if ends_before(end, line):
                break
            found.append(line)
            is_ended = ends_in(end, line)
            after += 1
        if self._reader:
            self._reader.is_text = False
        return Html("\n".join(found), after + 1, self.spaced[place][:column])

    def _inside(self, place: int) -> int | None:
        return self._reader.inside(self.spaced[place]) if self._reader else 0

    def _rest(self, place: int, column: int, spaces: int = 0) -> str:
        """A line from a column on, and without as many `spaces` behind that, if there are."""
        spaced = self.spaced[place]
        while spaces and spaced[column : column + 1] == " ":
            column += 1
            spaces -= 1
        return _behind(self.written[place], column)


def _behind(line: str, column: int) -> str:
    """What stands in a line from a column on; of a tab that reaches over it, the rest as spaces."""
    if "\t" not in line[:column]:
        return line[column:]
    place = width = 0
    while width < column and place < len(line):
        width += 4 - width % 4 if line[place] == "\t" else 1
        place += 1
    return " " * (width - column) + line[place:]


def indented(text: str, remarks: list[Remark]) -> Code:
    """Indented code. A first line such as `:::python` or `#!python` names its language."""
    header = _HEADER.match(text)
    if header is None:
        return Code(text)
    found: list[Remark] = []
    code = _code(f"{header[2]} {header[3] or ''}", text[header.end() :], 0, found)
    remarks += [replace(remark, needle=header[0].strip()) for remark in found]
    code = code._replace(header=header[0].strip())
    return code._replace(first=1) if header[1] == "#!" else code


def _code(info: str, text: str, line: int, remarks: list[Remark]) -> Code:
    """Code with the language and options in `info`, the rest of its first line."""
    language, options, unknown = _read(info)
    marked = _lines(options["hl_lines"], text.count("\n") + 1) if "hl_lines" in options else frozenset()
    first = _first(options["linenums"]) if "linenums" in options else 0
    wrong = [name for name, value in (("hl_lines", marked), ("linenums", first)) if value is None]
    for name in [*unknown, *wrong][:MOST_TOLD]:
        message = f'"{name}" is given twice' if name in unknown and name in options else _wrong(name)
        remarks.append(Remark("code-option", message, _KNOWN, line, name, message))
    return Code(text, language, marked or frozenset(), first or None, options.get("title", ""), line)


def _wrong(name: str) -> str:
    if name == "hl_lines":
        return 'hl_lines does not name lines of this code, such as "1 3-5"'
    if name == "linenums":
        return 'linenums is neither true nor false nor the number of the first line, such as "1"'
    return f'"{name}" is not an option of code'


def _read(info: str) -> tuple[str, dict[str, str], list[str]]:
    """The language, the known options, and everything else."""
    if info.startswith("{") and info.endswith("}"):
        info = info[1:-1]
    language, options, unknown = "", dict[str, str](), list[str]()
    for number, option in enumerate(_OPTION.finditer(info)):
        name, value = option[1], option[2]
        word = option[0].removeprefix(".")
        if name in ("hl_lines", "linenums", "title") and name not in options:
            options[name] = value[1:-1] if value[0] in "\"'" else value
        elif number == 0 and name is None and _LANGUAGE.fullmatch(word):
            language = word
        else:
            unknown.append(name or option[0])
    return language, options, unknown


def _lines(text: str, most: int) -> frozenset[int] | None:
    """The lines that `1 3-5` names; None when one of them does not exist."""
    ranges: list[tuple[int, int]] = []
    for part in re.split(r"[\s,]+", text.strip()):
        match = _RANGE.fullmatch(part)
        if match is None or not 1 <= int(match[1]) <= int(match[2] or match[1]) <= most:
            return None
        ranges.append((int(match[1]), int(match[2] or match[1])))
    found: list[int] = []
    for first, last in sorted(ranges):
        found += range(max(first, found[-1] + 1 if found else 1), last + 1)
    return frozenset(found)


def _first(text: str) -> int | None:
    """The number of the first line: 0 where lines are not numbered, None where the text is no number."""
    word = text.lower()
    if word in ("true", "false"):
        return int(word == "true")
    return (int(text) if re.fullmatch(r"[0-9]{1,6}", text) else 0) or None
