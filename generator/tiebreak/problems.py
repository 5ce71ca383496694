"""What can be wrong, where, and what would be right: one problem, many problems, and how they are printed."""

import difflib
import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from tiebreak.characters import in_json, parts, visible

Format = Literal["text", "json", "github"]
WIDEST = 110  # characters of an excerpt that a terminal shows without folding


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake. `path` is relative to the project; `line` and `column` count from 1, columns in characters.

    `line` 0 means the whole file; `excerpt` is the text of that line and `width` the number of characters to underline.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    help: str = ""
    severity: Severity = Severity.ERROR
    excerpt: str = ""
    width: int = 1

    def as_text(self) -> str:
        """Compiler-like text, in which nothing but a new part of it begins a line: see characters.py."""
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
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
        keys = ("path", "line", "column", "severity", "code", "message", "help")
        return {key: value.value if isinstance(value := getattr(self, key), Severity) else value for key in keys}

    def as_github(self) -> str:
        """A workflow command that the code host shows beside the line."""
        message = _escape_data(f"{self.message} ({self.help})" if self.help else self.message)
        place = f"file={_escape_property(self.path)},line={max(1, self.line)},col={max(1, self.column)}"
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
    """What is wrong with a text whose place in a file is not known yet.

    `line` counts from 1 in the text; where it is 0, the place is the first that says `needle`.
    """

    code: str
    message: str
    help: str = ""
    severity: Severity = Severity.ERROR
    line: int = 0
    needle: str = ""


class RemarkError(ValueError):
    """A text that cannot be read, and why."""

    def __init__(self, remark: Remark) -> None:
        super().__init__(remark.message)
        self.remark = remark


class SiteError(Exception):
    """The project cannot be built; holds every problem found, in the order in which an author reads files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = in_order(problems)
        super().__init__("\n".join(problem.as_text() for problem in self.problems))

    def __reduce__(self) -> tuple[type["SiteError"], tuple[tuple[Problem, ...]]]:
        """Errors come home from other processes whole."""
        return SiteError, (self.problems,)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """By file, then by place; each once."""
    return tuple(sorted(set(problems)))


def flat(problems: Mapping[str, Iterable[Problem]]) -> list[Problem]:
    """Problems that were kept by file."""
    return [problem for some in problems.values() for problem in some]


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)


def report(problems: Sequence[Problem], format: Format) -> str:
    """All problems as one text: compiler-like text, a JSON array, or workflow commands."""
    if format == "json":
        return in_json(json.dumps([problem.as_dict() for problem in problems], indent=2, ensure_ascii=False))
    if format == "github":
        return "\n".join(problem.as_github() for problem in problems)
    return "\n".join(problem.as_text() for problem in problems)


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """`did you mean "x"?` for the nearest candidate, else the candidates when they are few, else nothing."""
    known = sorted(set(candidates))
    folded = {name.casefold(): name for name in known}
    near = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.65)
    if near:
        return f'did you mean "{folded[near[0]]}"?'
    choices = sorted(folded.values())
    return f"one of: {', '.join(choices)}" if 0 < len(choices) <= 8 else ""
