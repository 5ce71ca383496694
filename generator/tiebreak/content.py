"""The project folder, read: every file an author wrote, parsed and validated on its own, with every problem kept."""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, Generic, TypeVar

from tiebreak import layout, markup, schema, source
from tiebreak.attachments import attachment
from tiebreak.document import Document
from tiebreak.model import File, Prose
from tiebreak.problems import Problem, SiteError
from tiebreak.schema import ComparisonEntry, Entry, PageEntry, SettingsEntry, SharedFactorEntry, SubjectEntry

EntryT = TypeVar("EntryT", bound=Entry)
# Below this many files a second process costs more than it saves.
WORTH_A_POOL = 150


@dataclass(frozen=True)
class Parsed(Generic[EntryT]):
    """One sound file: its text with positions, its entry, and its body as prose."""

    document: Document
    entry: EntryT
    body: Prose


Outcome = tuple[Parsed[EntryT] | None, list[Problem]]


@dataclass
class Project:
    """Everything read. `broken` are the files of which nothing could be had: nobody complains of links to them."""

    root: Path
    settings: Parsed[SettingsEntry] | None = None
    factors: dict[str, Parsed[SharedFactorEntry]] = field(default_factory=dict)  # by id
    subjects: dict[str, Parsed[SubjectEntry]] = field(default_factory=dict)  # by id
    comparisons: dict[str, Parsed[ComparisonEntry]] = field(default_factory=dict)  # by slug
    pages: dict[str, Parsed[PageEntry]] = field(default_factory=dict)  # by path under content/pages, without `.md`
    files: list[File] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, problem: Problem) -> None:
        """Leave a whole file out."""
        self.problems.append(problem)
        self.broken.add(problem.path)


def read(root: Path, *, jobs: int = 1) -> Project:
    """Read the project at `root`; problems are in the result, never raised."""
    project = Project(root)
    paths = _sorted_by_kind(project)
    _read_settings(project, present=bool(paths["settings"]))
    if paths["factors"]:
        _read_factors(project)
    allow_html = project.settings.entry.allow_html if project.settings else False
    with _workers(jobs, sum(map(len, paths.values()))) as apply:

        def parse(model: type[EntryT], paths: list[str]) -> Iterator[tuple[str, Parsed[EntryT]]]:
            return _parse_all(project, apply, allow_html, model, paths)

        project.subjects = {PurePosixPath(path).stem: one for path, one in parse(SubjectEntry, paths["subject"])}
        project.comparisons = {
            PurePosixPath(path).stem: one for path, one in parse(ComparisonEntry, paths["comparison"])
        }
        project.pages = {
            path[len("content/pages/") : -len(".md")]: one for path, one in parse(PageEntry, paths["page"])
        }
    for path in paths["file"]:
        found = attachment(root, path)
        if isinstance(found, Problem):
            project.refuse(found)
        else:
            project.files.append(found)
    return project


def _sorted_by_kind(project: Project) -> dict[str, list[str]]:
    paths: dict[str, list[str]] = {
        kind: [] for kind in ("settings", "factors", "subject", "comparison", "page", "file")
    }
    for path in _walk(project):
        kind = layout.kind_of(path)
        if isinstance(kind, Problem):
            project.refuse(kind)
        else:
            paths[kind].append(path)
    return paths


def _walk(project: Project) -> Iterator[str]:
    """Files under `content/`, sorted, relative to the project; hidden files and editors' leavings are passed over."""
    for folder, folders, names in os.walk(project.root / "content"):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for linked in (Path(folder, name) for name in folders if Path(folder, name).is_symlink()):
            message, help = "a folder is not read through a link", "move the folder here, or link its files"
            project.refuse(Problem(linked.relative_to(project.root).as_posix(), 0, 0, "linked-folder", message, help))
        for name in sorted(names):
            path = Path(folder, name)
            relative = path.relative_to(project.root).as_posix()
            if name.startswith(".") or name.endswith("~"):
                continue
            if path.is_symlink() and not path.resolve().is_relative_to(project.root.resolve()):
                message, help = "this link leads out of the project", "put a copy of the file here"
                project.refuse(Problem(relative, 0, 0, "outside-project", message, help=help))
            else:
                yield relative


def _read_settings(project: Project, *, present: bool) -> None:
    if not present:
        help = "`tiebreak init` makes a project; `--project DIR` names one"
        message = "a site project needs this file"
        project.refuse(Problem(layout.SETTINGS, 0, 0, "no-settings", message, help=help))
        return
    project.settings, problems = _parse(project.root, False, SettingsEntry, layout.SETTINGS)
    project.problems += problems


def _read_factors(project: Project) -> None:
    try:
        document, problems = source.read(layout.FACTORS, (project.root / layout.FACTORS).read_bytes())
    except SiteError as error:
        project.problems += error.problems
        return
    factors, more = schema.validate_factors(document)
    project.factors = {id: Parsed(document, entry, Prose("", "")) for id, entry in factors.items()}
    project.problems += problems + more


@contextmanager
def _workers(jobs: int, files: int) -> Iterator[Callable[..., Iterable[Any]]]:
    """`map`, over several processes when there are enough files to pay for them."""
    if jobs == 1 or files < WORTH_A_POOL:
        yield map
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield partial(pool.map, chunksize=max(1, files // (jobs * 8)))


def _parse_all(
    project: Project,
    apply: Callable[..., Iterable[Any]],
    allow_html: bool,
    model: type[EntryT],
    paths: list[str],
) -> Iterator[tuple[str, Parsed[EntryT]]]:
    """Every sound file; what is wrong with the others goes to the project."""
    outcomes = apply(partial(_parse, project.root, allow_html, model), paths)
    for path, (parsed, problems) in zip(paths, outcomes, strict=True):
        project.problems += problems
        if parsed is None:
            project.broken.add(path)
        else:
            yield path, parsed


def _parse(root: Path, allow_html: bool, model: type[EntryT], path: str) -> Outcome[EntryT]:
    try:
        document, problems = source.read(path, (root / path).read_bytes())
    except SiteError as error:
        return None, list(error.problems)
    except OSError as error:
        return None, [Problem(path, 0, 0, "unreadable", f"the file cannot be read: {error.strerror}")]
    entry, more = schema.validate(document, model)
    problems += more
    try:
        body = markup.blocks(document.body, allow_html=allow_html)
    except RecursionError:
        help = "take some levels of quotation or list away"
        problems.append(document.body_problem("too-deep", "the text is nested too deeply", "", help=help))
        return None, problems
    return (None if entry is None else Parsed(document, entry, body)), problems
