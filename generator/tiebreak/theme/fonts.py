"""The fonts that pictures are lettered in: those of `templates/fonts/`, the project's own before the built-in ones."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from tiebreak.content import Document
from tiebreak.model import Site, digest, digest_of
from tiebreak.pages import Messages
from tiebreak.problems import Problem, Severity
from tiebreak.social import Fonts, is_font
from tiebreak.storage import builtin_files, project_files, read_bytes

FOLDER = "fonts"
KINDS = (".ttf", ".otf")
EVERYDAY = frozenset(map(chr, range(32, 256)))  # what the built-in fonts have, and most sites are content with
SAID = ("pick", "no-pick", "split", "clear", "close", "judgement")
FEW = 5  # signs that are named
BESIDE = (".txt", ".md", "")  # licences


def read(project: Path) -> dict[str, bytes]:
    """The fonts by name."""
    default = {name: str(file) for name, file in builtin_files("templates").items()}
    own = {name: f"templates/{name}" for name in project_files(project, "templates")}
    files = {name: file for name, file in {**default, **own}.items() if _is_here(name, KINDS)}
    return {name.removeprefix(f"{FOLDER}/"): read_bytes(project, file) for name, file in sorted(files.items())}


def digest_of_all(project: Path) -> bytes:
    """The digest of all fonts."""
    return digest([(name, digest_of(data)) for name, data in read(project).items()])


def undrawn(project: Path, site: Site, messages: Messages, settings: Document) -> Iterator[Problem]:
    """That no font has some of the signs in what pictures say."""
    if not site.settings.cards or any(check(project)):
        return
    own, said = site.settings, {messages.say(f"pick.{key}"): "" for key in SAID}
    texts = {own.title: "title", own.tagline: "tagline"} | said | _named(site)
    rare = "".join(sorted(set("".join(texts)) - EVERYDAY))
    missing = Fonts(read(project)).missing(rare) if rare else ""
    if missing:
        shown = ", ".join(f'"{sign}"' for sign in missing[:FEW]) + (", …" if len(missing) > FEW else "")
        example, place = next((text, place) for text, place in texts.items() if not set(missing).isdisjoint(text))
        message = f'no font has {shown}, as in "{example}": pictures to share say it in Latin letters, or not at all'
        help = f"put a font that has them, .ttf or .otf, into templates/{FOLDER}/, or say `cards: false`"
        at = place if place in ("title", "tagline") else "title"
        told = settings.problem("undrawn-sign", message, (at,), help=help, severity=Severity.WARNING)
        files = [f"content/subjects/{id}.yaml" for id, one in site.subjects.items() if one.name == example]
        yield _moved(told, project, [place, *files], missing) if "." in place else told


def _named(site: Site) -> dict[str, str]:
    """The titles of comparisons and the names of their subjects, and the comparison that each is from."""
    named: dict[str, str] = {}
    for one in site.listings:
        named.setdefault(one.title, one.origin)
        for id in one.subject_ids:
            named.setdefault(site.subjects[id].name, one.origin)
    return named


def _moved(problem: Problem, project: Path, files: Iterable[str], missing: str) -> Problem:
    """The problem at the first of the signs in the first of the files that has one: a subject may have its own."""
    for file in files:
        if (project / file).is_file():
            for number, line in enumerate(read_bytes(project, file).decode("utf-8").splitlines(), start=1):
                if place := next((place for place, sign in enumerate(line, start=1) if sign in missing), 0):
                    return replace(problem, file=file, line=number, column=place, excerpt=line)
    return problem


def check(project: Path) -> Iterator[Problem]:
    """Files of the project's own that lie there and are no fonts that can be drawn with."""
    for name in project_files(project, "templates"):
        if name.startswith(f"{FOLDER}/") and not _is_here(name, BESIDE):
            file = f"templates/{name}"
            if not (_is_here(name, KINDS) and is_font(read_bytes(project, file))):
                help = "they take TrueType and OpenType files, .ttf or .otf: convert it, or take it away"
                yield Problem(
                    file, 0, 0, "bad-font", "this is no font that pictures to share can be lettered in", help=help
                )


def _is_here(name: str, kinds: tuple[str, ...]) -> bool:
    path = PurePosixPath(name)
    return path.parent.as_posix() == FOLDER and path.suffix.lower() in kinds
