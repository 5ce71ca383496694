"""Comments that hide warnings: which they hide, and warnings of those that hide none or do not say why."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from tiebreak import codes, limits
from tiebreak.content import Document, Ignore, front_matter, ignores
from tiebreak.problems import Problem, Severity, SiteError, did_you_mean, errors
from tiebreak.storage import folders

Place = tuple[str, str, int]  # of a warning: its file, its code, its line
Comment = tuple[Document, Ignore]  # and the file that it stands in


def comments_in(root: Path, files: Iterable[str]) -> list[Comment]:
    """The comments in these files that ignore something."""
    return [one for file in files for one in _comments(root, file)]


def without_ignored(
    root: Path, problems: Iterable[Problem], comments: Iterable[Comment] | None = None
) -> tuple[Problem, ...]:
    """The problems but for the warnings that a comment beside them hides; `comments` are those of the files, where they
    have been read.
    """
    problems = tuple(problems)
    if comments is None:
        comments = comments_in(root, sorted({one.file for one in problems if one.severity is Severity.WARNING}))
    hidden = {(document.file, code, line) for document, one in comments for code in one.codes for line in one.covers}
    return tuple(one for one in problems if one.severity is Severity.ERROR or _place(one) not in hidden)


def of_ignores(comments: Iterable[Comment], problems: Iterable[Problem]) -> Iterator[Problem]:
    """Warnings of the comments that hide nothing, or do not say what or why. `problems` are all that there are, with
    those that a comment hides. As long as one is an error, not all are known.
    """
    problems = tuple(problems)
    told = None if errors(problems) else {_place(one) for one in problems}
    for document, ignore in comments:
        yield from _of_ignore(document, ignore, told)


def _place(problem: Problem) -> Place:
    return problem.file, problem.code, problem.line


def _comments(root: Path, file: str) -> list[Comment]:
    """The comments in a file that ignore something."""
    if not file.startswith("content/") or not file.endswith((".md", ".yaml")):
        return []
    try:
        document = front_matter.cut(file, front_matter.decode(file, folders.read_bytes(root, file, limits.TEXT_FILE)))
    except SiteError:
        return []  # which is told where the file is read
    return [(document, ignore) for ignore in ignores.find(document)]


def _of_ignore(document: Document, ignore: Ignore, told: Collection[Place] | None) -> Iterator[Problem]:
    def warn(code: str, message: str, help: str) -> Problem:
        line, column, width = ignore.line, ignore.column, ignore.width
        return document.problem_at(line, column, width, code, message, help, Severity.WARNING)

    if not ignore.codes:
        yield warn("bad-ignore", "this names nothing to be ignored", "write ignore[code] and the reason")
    for code in ignore.codes:
        if code in codes.ERRORS:
            message, help = f'"{code}" is always an error, which cannot be ignored', "mend what it is about"
            yield warn("bad-ignore", message, help)
        elif code not in codes.WARNINGS:
            yield warn("bad-ignore", f'"{code}" is the code of no warning', did_you_mean(code, codes.WARNINGS))
        elif told is not None and not any((document.file, code, line) in told for line in ignore.covers):
            lines = (
                f"line {ignore.covers[0]}"
                if len(ignore.covers) == 1
                else f"lines {ignore.covers[0]} to {ignore.covers[-1]}"
            )
            yield warn(
                "unused-ignore", f'there is no "{code}" in {lines}', "delete it, or move it above what it is about"
            )
    if ignore.codes and not ignore.reason:
        yield warn("ignore-without-reason", "this does not say why", "write the reason behind the bracket")
