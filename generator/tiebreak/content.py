"""The project folder, read: every file an author wrote, parsed and validated on its own, with every problem kept."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Generic, TypeVar

from tiebreak import layout, markup, schema, source
from tiebreak.attachments import attachment
from tiebreak.document import Document
from tiebreak.inventory import Inventory
from tiebreak.memo import Memo
from tiebreak.packing import digest_of
from tiebreak.problems import Problem, SiteError
from tiebreak.prose import NO_PROSE, Prose
from tiebreak.schema import Entry, PageEntry, SettingsEntry, SharedFactorEntry, SubjectEntry
from tiebreak.site import File

EntryT = TypeVar("EntryT", bound=Entry)


@dataclass(frozen=True)
class Parsed(Generic[EntryT]):
    """One sound file: its text with positions, its entry, and its body as prose."""

    document: Document
    entry: EntryT
    body: Prose


Outcome = tuple[Parsed[EntryT] | None, list[Problem]]


@dataclass
class Project:
    """Everything read but the comparisons, which are told by their paths and parsed when they are wanted.

    `broken` are the files of which nothing could be had: nobody complains of links to them.
    """

    root: Path
    paths: dict[str, list[str]] = field(default_factory=dict)  # by kind
    settings: Parsed[SettingsEntry] | None = None
    factors: dict[str, Parsed[SharedFactorEntry]] = field(default_factory=dict)  # by id
    subjects: dict[str, Parsed[SubjectEntry]] = field(default_factory=dict)  # by id
    pages: dict[str, Parsed[PageEntry]] = field(default_factory=dict)  # by path under content/pages, without `.md`
    files: list[File] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    @property
    def comparisons(self) -> list[str]:
        """Their paths."""
        return self.paths["comparison"]

    @property
    def allow_html(self) -> bool:
        return self.settings.entry.allow_html if self.settings else False

    def refuse(self, problem: Problem) -> None:
        """Leave a whole file out."""
        self.problems.append(problem)
        self.broken.add(problem.path)


def open_project(root: Path, inventory: Inventory) -> Project:
    """The project at `root`, whose files are in `inventory`: its settings, and what there is to be read.

    Problems are in the result, never raised.
    """
    project = Project(root)
    project.paths = _sorted_by_kind(project, inventory)
    _read_settings(project, present=bool(project.paths["settings"]))
    return project


def read(project: Project, memo: Memo) -> None:
    """Read the rest of the project, but for the comparisons."""
    if project.paths["factors"]:
        _read_factors(project)
    subjects = _parse_all(project, SubjectEntry, project.paths["subject"], memo)
    project.subjects = {PurePosixPath(path).stem: one for path, one in subjects}
    pages = _parse_all(project, PageEntry, project.paths["page"], memo)
    project.pages = {path[len("content/pages/") : -len(".md")]: one for path, one in pages}
    for path in project.paths["file"]:
        found = attachment(project.root, path)
        if isinstance(found, Problem):
            project.refuse(found)
        else:
            project.files.append(found)


def _sorted_by_kind(project: Project, inventory: Inventory) -> dict[str, list[str]]:
    kinds: dict[str, list[str]] = {
        kind: [] for kind in ("settings", "factors", "subject", "comparison", "page", "file")
    }
    for path in inventory.paths:
        if not path.startswith("content/"):
            continue
        kind = (path in inventory.links and _astray(project.root, path)) or layout.kind_of(path)
        if isinstance(kind, Problem):
            project.refuse(kind)
        else:
            kinds[kind].append(path)
    return kinds


def _astray(root: Path, path: str) -> Problem | None:
    """What is wrong with a symbolic link: it leads to a folder, or out of the project."""
    file = root / path
    if file.is_dir():
        message, help = "a folder is not read through a link", "move the folder here, or link its files"
        return Problem(path, 0, 0, "linked-folder", message, help)
    if not file.resolve().is_relative_to(root.resolve()):
        return Problem(
            path, 0, 0, "outside-project", "this link leads out of the project", "put a copy of the file here"
        )
    return None


def _read_settings(project: Project, *, present: bool) -> None:
    if not present:
        help = "`tiebreak init` makes a project; `--project DIR` names one"
        message = "a site project needs this file"
        project.refuse(Problem(layout.SETTINGS, 0, 0, "no-settings", message, help=help))
        return
    project.settings, problems = parse(project.root, layout.SETTINGS, SettingsEntry, Memo(None), allow_html=False)
    project.problems += problems


def _read_factors(project: Project) -> None:
    try:
        document, problems = source.read(layout.FACTORS, source.file(project.root, layout.FACTORS))
    except SiteError as error:
        project.problems += error.problems
        return
    factors, more = schema.validate_factors(document)
    project.factors = {id: Parsed(document, entry, NO_PROSE) for id, entry in factors.items()}
    project.problems += problems + more


def _parse_all(
    project: Project, model: type[EntryT], paths: Iterable[str], memo: Memo
) -> Iterator[tuple[str, Parsed[EntryT]]]:
    """Every sound file; what is wrong with the others goes to the project."""
    for path in paths:
        parsed, problems = parse(project.root, path, model, memo, allow_html=project.allow_html)
        project.problems += problems
        if parsed is None:
            project.broken.add(path)
        else:
            yield path, parsed


def parse(root: Path, path: str, model: type[EntryT], memo: Memo, *, allow_html: bool) -> Outcome[EntryT]:
    """The file at `path` and what is wrong with it, as remembered for the same bytes or else anew."""
    try:
        data = source.file(root, path)
    except SiteError as error:
        return None, list(error.problems)
    parts = ("parsed", path, digest_of(data), allow_html)
    known: Outcome[EntryT] | None = memo.recall(*parts)
    if known is None:
        outcome = _parse(path, data, model, allow_html)
        memo.store(outcome, *parts)
        return outcome
    parsed, problems = known
    if parsed is None:
        return known
    document = parsed.document.with_text(source.decode(path, data))
    return Parsed(document, parsed.entry, parsed.body), problems


def _parse(path: str, data: bytes, model: type[EntryT], allow_html: bool) -> Outcome[EntryT]:
    try:
        document, problems = source.read(path, data)
    except SiteError as error:
        return None, list(error.problems)
    entry, more = schema.validate(document, model)
    problems += more
    try:
        body = markup.blocks(document.body, allow_html=allow_html)
    except RecursionError:
        help = "take some levels of quotation or list away"
        problems.append(document.body_problem("too-deep", "the text is nested too deeply", "", help=help))
        return None, problems
    return (None if entry is None else Parsed(document, entry, body)), problems
