"""Two files of the site that want one place, told at the one that asks for it second."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tiebreak import source
from tiebreak.problems import Problem, SiteError
from tiebreak.routes import Output


def check(root: Path, outputs: Iterable[Output]) -> list[Problem]:
    """A problem for each collision among the outputs of the project at `root`."""
    return list(_problems(root, collisions(outputs)))


def _problems(root: Path, found: Iterable["Collision"]) -> Iterator[Problem]:
    for collision in found:
        second = collision.second
        owner = collision.first.origin or "the site itself"
        message = f'"/{second.path.removesuffix("index.html")}" is already taken by {owner}'
        help = "rename one of the two" if collision.first.origin else "rename it"
        if is_alias(second):
            help = f"{help}, or take the alias out"
        elif collision.first.template and not collision.first.origin and second.origin.startswith("static/"):
            help = "rename it; a template of that name would change what the site writes"
        yield _located(root, second, "url-collision", message, help)


def is_alias(output: Output) -> bool:
    """Whether it lies where an author wished, and not where a site has its pages."""
    return output.at[:1] == ("aliases",)


def with_foreign(root: Path, aliases: Iterable[Output]) -> list[Problem]:
    """A problem for each alias in whose place the output folder has a file that no build wrote."""
    help = "move that file away, or take the alias out"
    return [
        _located(root, one, "foreign-file", f'the output folder has a file at "{one.path}" that no build wrote', help)
        for one in aliases
    ]


def _located(root: Path, output: Output, code: str, message: str, help: str) -> Problem:
    """A problem at the place in an author's file that asks for an output."""
    if not output.origin.startswith("content/") or not output.origin.endswith(".md"):
        return Problem(output.origin or "content", 0, 0, code, message, help=help)
    try:
        document, _ = source.read(output.origin, (root / output.origin).read_bytes())
    except (OSError, SiteError):  # it was sound when it was read first
        return Problem(output.origin, 0, 0, code, message, help=help)
    return document.problem(code, message, output.at, help=help)


@dataclass(frozen=True)
class Collision:
    """Two outputs that want one place; `second` is the one to blame."""

    first: Output
    second: Output


def collisions(outputs: Iterable[Output]) -> list[Collision]:
    """Outputs that cannot stand side by side: one path twice (in any capitals), or a file where a folder must be."""
    taken: dict[str, Output] = {}
    found: list[Collision] = []
    for output in outputs:
        first = taken.setdefault(output.path.casefold(), output)
        if first is not output:
            found.append(Collision(first, output))
    for key, output in taken.items():
        parts = key.split("/")
        above = (taken.get("/".join(parts[:length])) for length in range(1, len(parts)))
        found += [Collision(output, file) if file.origin else Collision(file, output) for file in above if file]
    return found
