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
        if second.at[:1] == ("aliases",):
            help = f"{help}, or take the alias out"
        elif collision.first.template and not collision.first.origin and second.origin.startswith("static/"):
            help = "rename it; a template of that name would change what the site writes"
        if not second.origin.startswith("content/") or not second.origin.endswith(".md"):
            yield Problem(second.origin or "content", 0, 0, "url-collision", message, help=help)
            continue
        try:
            document, _ = source.read(second.origin, source.file(root, second.origin))
        except SiteError:  # it was sound when it was read first
            yield Problem(second.origin, 0, 0, "url-collision", message, help=help)
        else:
            yield document.problem("url-collision", message, second.at, help=help)


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
