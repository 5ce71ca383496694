"""Writes what is right into an author's file, and leaves every other byte of it as it was."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tiebreak import limits
from tiebreak.problems import Problem, SiteError
from tiebreak.storage import Tree, folders

_LINE_END = re.compile("\r\n|\r|\n")
_MARK = "\ufeff"  # which some editors write at the beginning of a file


@dataclass(frozen=True)
class Fixed:
    """The problems of one file that were mended, or, with a reason, those that were not."""

    file: str
    problems: tuple[Problem, ...]
    why_not: str = ""


def mend(project: Path, problems: Iterable[Problem]) -> Iterator[Fixed]:
    """Write every fix of these problems into its file, each file whole or not at all."""
    by_file: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.fix:
            by_file.setdefault(problem.file, []).append(problem)
    tree = Tree(project)
    for file, some in sorted(by_file.items()):
        if (project / file).is_symlink():
            yield Fixed(file, tuple(some), "it is a link")
            continue
        try:
            data = folders.read_bytes(project, file, limits.TEXT_FILE)
            text, mended = applied(data.decode("utf-8"), some)
            tree.replace(file, text.encode("utf-8"), keep_mode=True)
        except SiteError as error:
            yield Fixed(file, tuple(some), error.problems[0].message)
        except OSError as error:
            yield Fixed(file, tuple(some), error.strerror or str(error))
        else:
            yield Fixed(file, mended)


def applied(text: str, problems: Iterable[Problem]) -> tuple[str, tuple[Problem, ...]]:
    """A text with the fixes of problems whose line it still has, and these problems; of two that overlap, the first.

    Lines are not moved among others that end otherwise, as each is to keep its end.
    """
    lead = len(text) - len(text.removeprefix(_MARK))
    ends = [(0, lead), *((end.start(), end.end()) for end in _LINE_END.finditer(text))]
    starts = [after for _, after in ends]
    stops = [before for before, _ in ends[1:]] + [len(text)]
    parts, done, mended = list[str](), 0, list[Problem]()
    for problem in sorted(problems, key=_place):
        if problem.fix is None or not 0 < problem.line <= len(starts):
            continue
        line = text[starts[problem.line - 1] : stops[problem.line - 1]]
        start, end = (_offset(starts, len(text), place) for place in (problem.fix.start, problem.fix.end))
        kinds = set(_LINE_END.findall(text[start:end]))
        if line != problem.excerpt or start < done or (problem.fix.text and len(kinds) > 1):
            continue
        parts += [text[done:start], problem.fix.text.replace("\n", next(iter(kinds), "\n"))]
        done = end
        mended.append(problem)
    return "".join([*parts, text[done:]]), tuple(mended)


def _place(problem: Problem) -> tuple[int, int]:
    return problem.fix.start if problem.fix else (0, 0)


def _offset(starts: list[int], length: int, place: tuple[int, int]) -> int:
    """Where a line and a column, both from 1, are in the text."""
    line, column = place
    return starts[line - 1] + column - 1 if line <= len(starts) else length
