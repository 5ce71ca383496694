"""The folders of a project and of the built-in theme: which files in them are read, and their bytes."""

import os
from pathlib import Path

import tiebreak
from tiebreak.problems import Problem, SiteError
from tiebreak.storage import nofollow, refusals, snapshot
from tiebreak.storage.leftovers import is_hidden, is_leftover
from tiebreak.storage.snapshot import Snapshot

RESULTS = "benchmarks/results"  # the one folder beside `content/` that content reads from


def _is_no_result(name: str, is_folder: bool = False) -> bool:
    return is_hidden(name, is_folder) or not (is_folder or name.endswith(".json"))


# What a site is made of, and in each folder the names that are passed over.
INPUTS = {"content": is_hidden, "templates": is_leftover, "static": is_leftover, RESULTS: _is_no_result}


def top_of(path: str) -> str:
    """The one of these folders that a path lies in, or is."""
    return RESULTS if path.startswith(RESULTS) else path.partition("/")[0]


def is_ignored(path: str) -> bool:
    """Whether builds do not read this path, because of its name or that of a folder above it."""
    top = top_of(path)
    names, ignores = path.removeprefix(top).split("/")[1:], INPUTS[top]
    return any(ignores(name, place < len(names) - 1) for place, name in enumerate(names))


def builtin_folder(kind: str) -> Path:
    """The folder of the built-in `templates` or `static`: inside the wheel, or this repository's own."""
    package = Path(tiebreak.__file__).resolve().parent
    packaged = package / "theme" / kind
    return packaged if packaged.is_dir() else package.parents[1] / kind


def real_folder(project: Path, kind: str) -> Path:
    """The project's own `templates` or `static`, absolute and at the end of all links, also of one that is a circle."""
    return Path(os.path.realpath(project / kind))


def repository(project: Path) -> Path:
    """The repository around the project, or the project itself: everything that a branch can bring."""
    root = Path(os.path.realpath(project))
    return next((folder for folder in (root, *root.parents) if os.path.lexists(folder / ".git")), root)


def builtin_files(kind: str) -> dict[str, Path]:
    """Every file of the built-in `templates` or `static`, by its path in there."""
    folder = builtin_folder(kind)
    files = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {name: path for name, path in files.items() if not is_ignored(f"{kind}/{name}")}


def project_files(project: Path, kind: str) -> list[str]:
    """The paths, within the project's own `templates` or `static`, of all files there; none when that is the built-in
    folder itself. Raises SiteError with whatever lies there and cannot be read.
    """
    if real_folder(project, kind) == builtin_folder(kind).resolve():
        return []
    found = snapshot.scan(project, {kind: INPUTS[kind]})
    if problems := unreadable(project, found):
        raise SiteError(problems.values())
    return [path.removeprefix(f"{kind}/") for path in found.paths if path not in INPUTS]


def unreadable(project: Path, found: Snapshot) -> dict[str, Problem]:
    """Problems by path, for everything that cannot be read, such as links that lead out of their folder."""
    wrong = ((path, nofollow.problem_at(project, path)) for path in sorted(found.irregular))
    return {path: problem for path, problem in wrong if problem}


def read_bytes(project: Path, file: str, most: int | None = None) -> bytes:
    """The bytes of a file of the project, or, with an absolute path, of the built-in theme.

    Raises SiteError when it cannot be read, for example because it was replaced since the scan, or is larger than
    `most` bytes.
    """
    if os.path.isabs(file):  # noqa: PTH117 -- thousands of Paths take their time
        return Path(file).read_bytes()
    try:
        data = nofollow.read(project, file, None if most is None else most + 1)
    except OSError as error:
        raise SiteError([refusals.as_problem(file, error)]) from error
    if most is not None and len(data) > most:
        raise SiteError([refusals.too_large(file, most)])
    return data


def read_text(project: Path, file: str) -> str:
    """The text of such a file, with plain line feeds. Raises SiteError as `read_bytes` does, and UnicodeDecodeError."""
    return read_bytes(project, file).decode().replace("\r\n", "\n").replace("\r", "\n")
