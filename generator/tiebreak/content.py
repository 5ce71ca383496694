"""The project folder, read: every file an author wrote, parsed and validated on its own, with every problem kept."""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

from tiebreak import markup, schema, source
from tiebreak.model import File, Prose
from tiebreak.names import is_id, slugify
from tiebreak.problems import Problem, SiteError, did_you_mean
from tiebreak.schema import ComparisonEntry, Entry, FactorsFile, PageEntry, SettingsEntry, SubjectEntry
from tiebreak.source import Document

E_ = TypeVar("E_", bound=Entry)

IMAGES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg"})
DATA = frozenset(
    {".csv", ".tsv", ".json", ".jsonl", ".txt", ".yaml", ".yml", ".pdf", ".zip", ".parquet", ".ipynb", ".log"}
)
FOLDERS = ("compare", "pages", "subjects")
# Below this many files a second process costs more than it saves.
WORTH_A_POOL = 150
_ACTIVE_SVG = re.compile(
    rb"<\s*(script|foreignobject|iframe|embed|object|handler)\b|\son\w+\s*=|javascript:|<!ENTITY", re.IGNORECASE
)


@dataclass(frozen=True)
class Parsed(Generic[E_]):
    """One sound file: its text with positions, its entry, and its body as prose."""

    document: Document
    entry: E_
    body: Prose


@dataclass
class Project:
    """Everything read; `broken` are the files of which nothing could be had, so that nobody complains of links to them."""

    root: Path
    settings: Parsed[SettingsEntry] | None = None
    factors: FactorsFile = field(default_factory=dict)
    subjects: dict[str, Parsed[SubjectEntry]] = field(default_factory=dict)  # by id
    comparisons: dict[str, Parsed[ComparisonEntry]] = field(default_factory=dict)  # by slug
    pages: dict[str, Parsed[PageEntry]] = field(default_factory=dict)  # by path under content/pages, without `.md`
    files: list[File] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def read(root: Path, *, jobs: int = 1) -> Project:
    """Read the project at `root`; problems are in the result, never raised."""
    project = Project(root)
    paths = list(_walk(project))
    _read_settings(project, paths)
    _read_factors(project, paths)
    allow_html = project.settings.entry.allow_html if project.settings else False
    sorted_out = [(path, _kind(project, path)) for path in paths]
    sources = [(path, kind) for path, kind in sorted_out if kind in _MODELS]
    for (path, kind), (parsed, problems) in zip(sources, _parse_all(root, sources, allow_html, jobs), strict=True):
        project.problems += problems
        if parsed is None:
            project.broken.add(path)
        elif kind == "subject":
            project.subjects[Path(path).stem] = parsed
        elif kind == "comparison":
            project.comparisons[Path(path).stem] = parsed
        else:
            project.pages[path.removeprefix("content/pages/").removesuffix(".md")] = parsed
    for path, kind in sorted_out:
        if kind == "file":
            _add_file(project, path)
    return project


def _walk(project: Project) -> Iterator[str]:
    """Files under `content/`, sorted, as paths relative to the project; hidden files and editors' leavings are passed over."""
    for folder, folders, names in os.walk(project.root / "content"):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(folder, name)
            if name.startswith(".") or name.endswith("~"):
                continue
            relative = path.relative_to(project.root).as_posix()
            if path.is_symlink() and not path.resolve().is_relative_to(project.root.resolve()):
                message = "this link leads out of the project"
                project.problems.append(
                    Problem(relative, 0, 0, "outside-project", message, help="put a copy of the file here")
                )
            else:
                yield relative


def _read_settings(project: Project, paths: list[str]) -> None:
    path = "content/site.yaml"
    if path not in paths:
        message = "a site project needs this file"
        help = "`tiebreak init` makes a project; `--project DIR` names one"
        project.problems.append(Problem(path, 0, 0, "no-settings", message, help=help))
        return
    parsed, problems = _parse(project.root, False, (path, "settings"))
    project.problems += problems
    project.settings = parsed


def _read_factors(project: Project, paths: list[str]) -> None:
    path = "content/factors.yaml"
    if path not in paths:
        return
    try:
        document, problems = source.read(path, (project.root / path).read_bytes())
    except SiteError as error:
        project.problems += error.problems
        project.broken.add(path)
        return
    project.factors, more = schema.validate_factors(document)
    project.problems += problems + more


_MODELS: Mapping[str, type[Entry]] = {
    "settings": SettingsEntry,
    "subject": SubjectEntry,
    "comparison": ComparisonEntry,
    "page": PageEntry,
}


def _parse_all(
    root: Path, sources: list[tuple[str, str]], allow_html: bool, jobs: int
) -> Iterator[tuple["Parsed[Entry] | None", list[Problem]]]:
    """Every file on its own, in order; in several processes when there are enough of them."""
    parse: Callable[[tuple[str, str]], tuple[Parsed[Entry] | None, list[Problem]]] = partial(_parse, root, allow_html)
    if jobs == 1 or len(sources) < WORTH_A_POOL:
        yield from map(parse, sources)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(parse, sources, chunksize=max(1, len(sources) // (jobs * 8)))


def _parse(root: Path, allow_html: bool, file: tuple[str, str]) -> tuple["Parsed[Entry] | None", list[Problem]]:
    path, kind = file
    try:
        document, problems = source.read(path, (root / path).read_bytes())
    except SiteError as error:
        return None, list(error.problems)
    except OSError as error:
        return None, [Problem(path, 0, 0, "unreadable", f"the file cannot be read: {error.strerror}")]
    entry, more = schema.validate(document, _MODELS[kind])
    try:
        body = markup.blocks(document.body, allow_html=allow_html)
    except RecursionError:
        help = "take some levels of quotation or list away"
        return None, [
            *problems,
            *more,
            document.body_problem("too-deep", "the text is nested too deeply", "", help=help),
        ]
    problems += more
    if entry is None or any(problem.code != "duplicate-key" for problem in problems):
        return None, problems
    return Parsed(document, entry, body), problems


def _kind(project: Project, path: str) -> str:
    """What a file is by where it lies; what has no place there is reported."""
    folder, _, name = path.removeprefix("content/").partition("/")
    if not name:
        if folder not in ("site.yaml", "factors.yaml"):
            help = did_you_mean(folder, ("site.yaml", "factors.yaml"))
            _misplaced(project, path, "content/ itself holds only site.yaml and factors.yaml", help)
        return ""
    if folder not in FOLDERS:
        help = did_you_mean(folder, FOLDERS)
        _misplaced(project, path, f'nothing is read from "content/{folder}/"', help)
        return ""
    suffix = Path(name).suffix.lower()
    if folder == "subjects":
        return (
            _named(project, path, "subject", name.removesuffix(".yaml"))
            if name.endswith(".yaml")
            else _only(project, path, ".yaml")
        )
    if suffix in (".markdown", ".mdown"):
        return _only(project, path, ".md")
    if not name.endswith(".md"):
        return "file"
    if folder == "compare":
        return _named(project, path, "comparison", name.removesuffix(".md"))
    for part in name.removesuffix(".md").split("/"):
        if not _named(project, path, "page", part):
            return ""
    return "page"


def _named(project: Project, path: str, kind: str, stem: str) -> str:
    if is_id(stem):
        return kind
    suggestion = slugify(stem.replace("/", "-"))
    help = (
        f"rename it to {suggestion}{Path(path).suffix}"
        if suggestion
        else "use lower-case letters, digits and single hyphens"
    )
    project.problems.append(Problem(path, 0, 0, "bad-name", f'"{stem}" cannot be part of a URL', help=help))
    project.broken.add(path)
    return ""


def _only(project: Project, path: str, suffix: str) -> str:
    _misplaced(project, path, f"only {suffix} files are read here", f"rename it to {Path(path).stem}{suffix}")
    return ""


def _misplaced(project: Project, path: str, message: str, help: str) -> None:
    project.problems.append(Problem(path, 0, 0, "misplaced-file", message, help=help))
    project.broken.add(path)


def _add_file(project: Project, path: str) -> None:
    """A file beside an article: only kinds that cannot run on the site's own origin."""
    suffix = Path(path).suffix.lower()
    address = "/" + path.removeprefix("content/").removeprefix("pages/")
    if suffix not in IMAGES | DATA:
        help = "convert it, or put it under static/ if you trust it as you trust the theme"
        project.problems.append(
            Problem(path, 0, 0, "file-type", f'files ending in "{suffix}" are not published', help=help)
        )
        project.broken.add(path)
        return
    if suffix == ".svg" and _ACTIVE_SVG.search((project.root / path).read_bytes()):
        help = "save it as a plain SVG, without scripts and event handlers"
        project.problems.append(Problem(path, 0, 0, "active-svg", "this drawing can run code", help=help))
        project.broken.add(path)
        return
    project.files.append(File(address, path, _size(project.root / path) if suffix in IMAGES else None))


def _size(path: Path) -> tuple[int, int] | None:
    import imagesize

    width, height = imagesize.get(str(path))
    return (round(width), round(height)) if width > 0 and height > 0 else None
