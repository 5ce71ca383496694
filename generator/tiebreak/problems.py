"""Problems: what is wrong, where, and what would be right; and how they are graded, sorted and printed, or as JSON."""

import difflib
import json
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from itertools import islice
from typing import Literal

from tiebreak import codes, limits
from tiebreak.characters import in_json, parts, visible

Format = Literal["text", "json", "github"]
LINES_SHOWN = 12
WIDEST = 110  # characters of an excerpt that a terminal shows without folding


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Fix:
    """What would be right in the place of a part of a file: from a line and column to others, which are not in it."""

    start: tuple[int, int]
    end: tuple[int, int]
    text: str


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake. `file` is relative to the project; `line` and `column` count from 1, columns in characters.

    `line` 0 means the whole file; `excerpt` is the text of that line and `width` the number of characters to underline.
    There is a `fix` where one thing only would be right.
    """

    file: str
    line: int
    column: int
    code: str
    message: str
    help: str = ""
    severity: Severity = Severity.ERROR
    excerpt: str = ""
    width: int = 1
    fix: Fix | None = field(default=None, compare=False)

    def as_text(self) -> str:
        """Compiler-like text, in which nothing but a new part of it begins a line: see characters.py."""
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        help = visible(self.help)
        lines = [visible(f"{place}: {self.severity}[{self.code}]: {self.message}")]
        if self.excerpt:
            cropped, column = _cropped(self.excerpt, self.column - 1)
            shown = parts(f"|{cropped}")[1:]  # it stands behind one, and so begins no line
            before, marked = "".join(shown[:column]), "".join(shown[column : column + self.width])
            # A tab is as wide as a tab under a tab, so the underline stays where it belongs.
            indent = "".join("\t" if char == "\t" else " " * _columns(char) for char in before)
            underline = "^" * max(1, _columns(marked))
            fits = _columns(indent) + len(underline) + len(help) <= WIDEST
            lines.append(f"{self.line:>5} | {''.join(shown)}")
            lines.append(f"      | {indent}{underline} {help if fits else ''}".rstrip())
            if help and not fits:
                lines.append(f"      = {help}")
        elif help:
            lines.append(f"      = {help}")
        return "\n".join(lines)

    def as_dict(self) -> dict[str, str | int]:
        """The object of the JSON format."""
        keys = ("line", "column", "severity", "code", "message", "help")
        values = {key: value.value if isinstance(value := getattr(self, key), Severity) else value for key in keys}
        return {"path": self.file, **values}

    def as_github(self) -> str:
        """A workflow command that the code host shows beside the line."""
        message = _escape_data(f"{self.message} ({self.help})" if self.help else self.message)
        place = f"file={_escape_property(self.file)},line={max(1, self.line)},col={max(1, self.column)}"
        return f"::{self.severity} {place},title={_escape_property(self.code)}::{message}"


def _cropped(line: str, column: int) -> tuple[str, int]:
    """The part of a long line around `column` (from 0), and where in it that column is."""
    if len(line) <= WIDEST:
        return line, column
    start = min(max(0, column - WIDEST // 3), len(line) - WIDEST)
    before, after = "…" if start else "", "…" if start + WIDEST < len(line) else ""
    return before + line[start : start + WIDEST] + after, column - start + len(before)


def _columns(text: str) -> int:
    """How many columns of a terminal `text` takes: two for an ideograph, none for what only changes another letter."""
    seen = (char for char in text if unicodedata.category(char) not in ("Mn", "Me", "Cf"))
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in seen)


def _escape_data(text: str) -> str:
    return visible(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")


@dataclass(frozen=True, slots=True)
class Remark:
    """A problem of a text whose position in a file is not known yet.

    `line` counts from 1 in the text; where it is 0, the position is the first occurrence of `needle`. So is the column,
    in the line, where `column` is 0. Those of one code and `topic` say the same of several lines.
    """

    code: str
    message: str
    help: str = ""
    line: int = 0
    needle: str = ""
    topic: str = ""
    severity: Severity = Severity.WARNING
    column: int = 0


def gathered(remarks: Iterable[Remark], above: int = 0) -> list[Remark]:
    """The remarks, and one in the place of more than a few of one code and topic, which names the other lines, counted
    with those that stand `above` the text.
    """
    remarks = list(remarks)
    alike: dict[tuple[str, str], list[Remark]] = {}
    for remark in remarks:
        alike.setdefault((remark.code, remark.topic), []).append(remark)
    found = list[Remark]()
    for remark in remarks:
        same = alike[remark.code, remark.topic]
        if not remark.topic or len(same) <= limits.ALIKE:
            found.append(remark)
        elif same[0] is remark:
            others = _lines(above + one.line for one in same[1:])
            found.append(replace(remark, message=f"{remark.message}; likewise on {others}"))
    return found


def _lines(lines: Iterable[int]) -> str:
    numbers = sorted(set(lines))
    shown = ", ".join(map(str, numbers[:LINES_SHOWN]))
    more = len(numbers) - LINES_SHOWN
    return f"lines {shown} and {more} more" if more > 0 else f"{'lines' if len(numbers) > 1 else 'line'} {shown}"


class RemarkError(ValueError):
    """A text that cannot be read, and why."""

    def __init__(self, remark: Remark) -> None:
        super().__init__(remark.message)
        self.remark = replace(remark, severity=Severity.ERROR)


class SiteError(Exception):
    """The project cannot be built; holds every problem found, in the order in which an author reads files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = in_order(problems)
        super().__init__(report(self.problems, "text"))

    def __reduce__(self) -> tuple[type["SiteError"], tuple[tuple[Problem, ...]]]:
        """Pickled with its problems, so that errors of other processes are complete."""
        return SiteError, (self.problems,)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """By file, then by place; each once."""
    return tuple(sorted(set(problems)))


def flat(problems: Mapping[str, Iterable[Problem]]) -> list[Problem]:
    """All problems of a mapping by file."""
    return [problem for some in problems.values() for problem in some]


def graded(problems: Iterable[Problem], rules: Mapping[str, str]) -> list[Problem]:
    """The problems with the severity, `warning` or `error`, that `rules` give to the code of a warning; it is left out
    where they say `off`, or do not name it and it has to be asked for. An error stays one.
    """
    levels = ((one, _level(one, rules)) for one in problems)
    return [replace(one, severity=Severity(level)) for one, level in levels if level != "off"]


def _level(problem: Problem, rules: Mapping[str, str]) -> str:
    if problem.severity is Severity.ERROR:
        return "error"
    return rules.get(problem.code, "off" if problem.code in codes.OPTIONAL else "warning")


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)


def report(problems: Sequence[Problem], format: Format) -> str:
    """All problems as one text: compiler-like text, a JSON array, or workflow commands.

    As text, those of a file or a site that is wrong throughout are counted and not told.
    """
    if format == "json":
        return in_json(json.dumps([problem.as_dict() for problem in problems], indent=2, ensure_ascii=False))
    if format == "github":
        return "\n".join(problem.as_github() for problem in problems)
    told = [problem.as_text() for problem in problems[: limits.PROBLEMS]]
    more = len(problems) - len(told)
    if more:
        told.append(f"... and {more:,} more, all of which `tiebreak check --format json` tells")
    return "\n".join(told)


_SHOWN = 8  # candidates that are few enough to be named
_SEARCHED = 200  # candidates that are compared with a word letter by letter
_LONGEST = 200  # characters of a word that is compared; it takes time by the square of them


class Candidates:
    """Words that an author may have meant, sorted once for any number of mistakes."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def __iter__(self) -> Iterator[str]:
        return iter(self._forwards.values())

    @cached_property
    def _forwards(self) -> Mapping[str, str]:
        return {name.casefold(): name for name in sorted(self._words)}

    @cached_property
    def _by_beginning(self) -> Sequence[str]:
        return sorted(name for name in self._forwards if len(name) <= _LONGEST)

    @cached_property
    def _by_end(self) -> Sequence[str]:
        return sorted(name[::-1] for name in self._by_beginning)

    def near(self, word: str) -> list[str]:
        """Those that begin or end most like the word, or all when there are few."""
        folded, some = word.casefold(), self._by_beginning
        if len(folded) > _LONGEST:
            return []
        if len(some) > _SEARCHED:
            ends = _around(self._by_end, folded[::-1])
            some = list(dict.fromkeys([*_around(some, folded), *(name[::-1] for name in ends)]))
        return [self._forwards[name] for name in some]


def _around(words: Sequence[str], word: str) -> Sequence[str]:
    """The words next to a word in their order."""
    place = bisect_left(words, word)
    return words[max(0, place - _SEARCHED // 4) : place + _SEARCHED // 4]


def did_you_mean(word: str, candidates: "Iterable[str] | Candidates") -> str:
    """`did you mean "x"?` for the nearest candidate, else the candidates when they are few, else nothing."""
    known = candidates if isinstance(candidates, Candidates) else Candidates(candidates)
    folded = {name.casefold(): name for name in known.near(word)}
    near = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.65)
    if near:
        return f'did you mean "{folded[near[0]]}"?'
    choices = sorted(islice(known, _SHOWN + 1))
    return f"one of: {', '.join(choices)}" if 0 < len(choices) <= _SHOWN else ""
