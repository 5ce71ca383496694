"""Where things lie in a project: what a file under `content/` is by its path, and what has no place there."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Literal

from tiebreak import limits
from tiebreak.names import is_id, slugify
from tiebreak.problems import Problem, did_you_mean

Kind = Literal["settings", "factors", "subject", "comparison", "page", "file"]
SETTINGS, FACTORS = "content/site.yaml", "content/factors.yaml"
FOLDERS = ("compare", "pages", "subjects")


def is_hidden(name: str) -> bool:
    """Hidden files, and editors' leavings."""
    return name.startswith(".") or is_leftover(name)


def is_leftover(name: str) -> bool:
    """What an editor or a desktop leaves behind."""
    return name == ".DS_Store" or name.endswith(("~", ".swp"))


# What a site is made of, and in each folder the names that are passed over.
INPUTS = {"content": is_hidden, "templates": is_leftover, "static": is_leftover}


def builtin(kind: str) -> Path:
    """The folder of the built-in `templates` or `static`: inside the wheel, or this repository's own."""
    here = Path(__file__).resolve()
    packaged = here.parent / "theme" / kind
    return packaged if packaged.is_dir() else here.parents[2] / kind


def files_of(folder: Path) -> dict[str, Path]:
    """Every file in a folder of the theme, by its path in there; what leads out of the folder is left out."""

    def walk(where: Path) -> Iterator[Path]:
        for path in sorted(where.iterdir()):
            if is_leftover(path.name):
                continue
            if path.is_dir() and not path.is_symlink():
                yield from walk(path)
            elif path.is_file() and path.resolve().is_relative_to(folder.resolve()):
                yield path

    return {path.relative_to(folder).as_posix(): path for path in walk(folder)} if folder.is_dir() else {}


def kind_of(path: str) -> Kind | Problem:
    """What the file at `path` (relative to the project) is, or why it cannot be anything."""
    folder, _, name = path.removeprefix("content/").partition("/")
    if path == SETTINGS:
        return "settings"
    if path == FACTORS:
        return "factors"
    if not name:
        known = ("site.yaml", "factors.yaml")
        return _misplaced(path, "content/ itself holds only site.yaml and factors.yaml", did_you_mean(folder, known))
    if folder not in FOLDERS:
        return _misplaced(path, f'nothing is read from "content/{folder}/"', did_you_mean(folder, FOLDERS))
    if folder == "subjects":
        return _named(path, "subject", [name], ".yaml")
    if name.endswith((".markdown", ".mdown", ".mkd")):
        return _only(path, ".md")
    if not name.endswith(".md"):
        return "file"
    return (
        _named(path, "comparison", [name], ".md")
        if folder == "compare"
        else _named(path, "page", name.split("/"), ".md")
    )


def _named(path: str, kind: Kind, parts: list[str], suffix: str) -> Kind | Problem:
    """`kind`, when every part of the name may stand in a URL."""
    if not parts[-1].endswith(suffix):
        return _only(path, suffix)
    for part in (*parts[:-1], parts[-1].removesuffix(suffix)):
        if not is_id(part):
            suggestion = slugify(part.replace("/", "-"))
            help = (
                f'did you mean "{suggestion}"?' if suggestion else "use lower-case letters, digits and single hyphens"
            )
            return Problem(path, 0, 0, "bad-name", f'"{part}" cannot be part of a URL', help=help)
        if kind == "subject" and len(part) > limits.ID:
            message = f"the name has {len(part)} characters, and {limits.ID} is the most for a subject"
            return Problem(path, 0, 0, "bad-name", message, help="write a shorter name")
    return kind


def _only(path: str, suffix: str) -> Problem:
    return _misplaced(path, f"only {suffix} files are read here", f"rename it to {PurePosixPath(path).stem}{suffix}")


def _misplaced(path: str, message: str, help: str) -> Problem:
    return Problem(path, 0, 0, "misplaced-file", message, help=help)
