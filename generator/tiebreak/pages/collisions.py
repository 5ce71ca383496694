"""Problems with output paths: two files at one path, or a file that a host would read as its settings."""

import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tiebreak.content import configures_host, front_matter
from tiebreak.pages.outputs import Output
from tiebreak.pages.routes import Hub
from tiebreak.problems import Problem, SiteError
from tiebreak.storage import RESULTS, read_bytes


def check(root: Path, outputs: Iterable[Output]) -> list[Problem]:
    """Problems with the outputs of the project at `root`, each at the line of the file that asks for the output."""
    asked: list[Output] = []
    settings: list[Output] = []
    for output in outputs:
        is_setting = output.origin.startswith(("content/", RESULTS)) and configures_host(output.output_path)
        (settings if is_setting else asked).append(output)
    return [*_settings(root, settings), *_problems(root, collisions(asked))]


def _settings(root: Path, outputs: Iterable[Output]) -> Iterator[Problem]:
    for output in outputs:
        message = f'"{_url(output)}" is an address that hosts and programs read settings from'
        yield _located(root, output, "host-configuration", message, "take it out; settings are the site owner's")


def _problems(root: Path, found: Iterable["Collision"]) -> Iterator[Problem]:
    for collision in found:
        second = collision.second
        if isinstance(hub := second.context.get("hub"), Hub) and "hub" in collision.first.context:
            yield _one_address(root, collision.first.context["hub"], hub)
            continue
        if not collision.first.origin and not second.origin:
            continue  # the feeds of two hubs, whose pages are told of
        owner = collision.first.origin or "the site itself"
        message = f'"{_url(second)}" is already taken by {owner}'
        help = "rename one of the two" if collision.first.origin else "rename it"
        if is_alias(second) and collision.first.origin == second.origin:
            help = "it leads here without that: take the alias out"
        elif is_alias(second):
            help = f"{help}, or take the alias out"
        elif collision.first.template and not collision.first.origin and second.origin.startswith("static/"):
            help = "rename it; a template of that name would change what the site writes"
        yield _located(root, second, "url-collision", message, help)


def _one_address(root: Path, first: Hub, second: Hub) -> Problem:
    """The problem of two tags, or two categories, with one hub; at the first comparison with the second."""
    listing = second.comparisons.listings[0]
    at = ("tags", listing.tags.index(second.name)) if first.path.startswith("/tags/") else ("category",)
    owner = first.comparisons.listings[0].origin
    message = f'"{second.name}" and "{first.name}" ({owner}) have one address, {first.path}'
    asking = Output(first.path, origin=listing.origin, at=at)
    return _located(root, asking, "name-conflict", message, "spell both alike, or rename one of them")


def _located(root: Path, output: Output, code: str, message: str, help: str) -> Problem:
    """A problem with an output path, at the line that asks for it."""
    if output.origin.startswith("content/") and (output.origin.endswith(".md") or output.at):
        with suppress(OSError, SiteError):  # it was sound when it was read first
            document, _ = front_matter.read(output.origin, read_bytes(root, output.origin))
            return document.problem(code, message, output.at, help=help)
    return Problem(output.origin or "content", 0, 0, code, message, help=help)


def _url(output: Output) -> str:
    return f"/{output.output_path.removesuffix('index.html')}"


def is_alias(output: Output) -> bool:
    """Whether this output is a redirect that an author asked for under `aliases`."""
    return output.at[:1] == ("aliases",)


def head_of(page: bytes) -> bytes:
    """How each of a site's redirects begins, before it says where it leads: that tells it from other people's pages."""
    return page.partition(b'<link rel="canonical"')[0]


def with_foreign(root: Path, aliases: Iterable[Output]) -> list[Problem]:
    """A problem for each alias whose place in the output folder has a file that no build wrote."""
    help = "move that file away, or take the alias out"
    return [
        _located(
            root, one, "foreign-file", f'the output folder has a file at "{one.output_path}" that no build wrote', help
        )
        for one in aliases
    ]


def _folded(output_path: str) -> str:
    """The same for all paths that some file system takes for one."""
    if output_path.isascii():
        return output_path.lower()
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", output_path).casefold())


@dataclass(frozen=True)
class Collision:
    """Two outputs that cannot both be written; `second` is the one to rename."""

    first: Output
    second: Output


def collisions(outputs: Iterable[Output]) -> list[Collision]:
    """Outputs that cannot both be written: two with one path, or a file where a folder must be.

    Paths that differ only in capitals or in how accents are encoded are one path on some file systems.
    """
    taken: dict[str, Output] = {}
    found: list[Collision] = []
    for output in outputs:
        first = taken.setdefault(_folded(output.output_path), output)
        if first is not output:
            found.append(Collision(first, output))
    for key, output in taken.items():
        parts = key.split("/")
        above = (taken.get("/".join(parts[:length])) for length in range(1, len(parts)))
        found += [Collision(output, file) if file.origin else Collision(file, output) for file in above if file]
    return found
