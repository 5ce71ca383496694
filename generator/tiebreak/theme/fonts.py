"""The fonts that pictures are lettered in: those of `templates/fonts/`, the project's own before the built-in ones."""

from collections.abc import Iterator
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
    texts = [site.settings.title, site.settings.tagline, *(messages.say(f"pick.{key}") for key in SAID)]
    texts += [
        text for one in site.listings for text in (one.title, *(site.subjects[id].name for id in one.subject_ids))
    ]
    rare = "".join(sorted(set("".join(texts)) - EVERYDAY))
    missing = Fonts(read(project)).missing(rare) if rare else ""
    if missing:
        shown = ", ".join(f'"{sign}"' for sign in missing[:FEW]) + (", …" if len(missing) > FEW else "")
        example = next(text for text in texts if not set(missing).isdisjoint(text))
        message = f'no font has {shown}, as in "{example}": pictures to share say it in Latin letters, or not at all'
        help = f"put a font that has them, .ttf or .otf, into templates/{FOLDER}/, or say `cards: false`"
        yield settings.problem("undrawn-sign", message, ("title",), help=help, severity=Severity.WARNING)


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
