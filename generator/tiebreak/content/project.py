"""Reads a project folder: parses and validates every file by itself, and keeps every problem."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Generic, TypeVar

from tiebreak import limits
from tiebreak.characters import character_name, unprintable
from tiebreak.content import charts, file_kinds, front_matter, ignores, invisible, validation
from tiebreak.content.changes import recorded_in
from tiebreak.content.charts import ChartBlock
from tiebreak.content.document import Document
from tiebreak.content.entry import Entry
from tiebreak.content.lock import read_lock
from tiebreak.content.schema import PageEntry, SubjectEntry
from tiebreak.content.settings import SettingsEntry, of_no_warning
from tiebreak.content.table_schema import SharedFactorEntry
from tiebreak.markdown import Dialect, convert
from tiebreak.media import attachment
from tiebreak.model import NO_PROSE, Attachment, Look, Prose, digest_of
from tiebreak.problems import Problem, Remark, SiteError
from tiebreak.storage import Cache, Snapshot, folders

EntryT = TypeVar("EntryT", bound=Entry)


@dataclass(frozen=True)
class Parsed(Generic[EntryT]):
    """One file: its document, its entry, its body as prose and the charts in that; all, or only what is sound of it."""

    document: Document
    entry: EntryT
    body: Prose
    sound: bool = True
    charts: Sequence[ChartBlock] = ()


Outcome = tuple[Parsed[EntryT] | None, list[Problem]]


@dataclass
class Project:
    """Everything read from a project but its comparisons, which are parsed when they are needed.

    `broken` are the files that could not be read, or not all of them: links to them are not reported as broken too.
    """

    root: Path
    files_by_kind: dict[str, list[str]] = field(default_factory=dict)
    settings: Parsed[SettingsEntry] | None = None
    factors: dict[str, Parsed[SharedFactorEntry]] = field(default_factory=dict)  # by id
    subjects: dict[str, Parsed[SubjectEntry]] = field(default_factory=dict)  # by id
    pages: dict[str, Parsed[PageEntry]] = field(default_factory=dict)  # by path under content/pages, without `.md`
    lock: Mapping[str, Look] = field(default_factory=dict)  # by the address of a cited page
    attachments: list[Attachment] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    @property
    def comparisons(self) -> list[str]:
        """The files of all comparisons."""
        return self.files_by_kind["comparison"]

    @property
    def dialect(self) -> Dialect:
        """How the texts of this project are read."""
        entry = self.settings.entry if self.settings else None
        return Dialect(entry.allow_html, entry.language) if entry else Dialect()

    def unit_of(self, factor: str) -> str:
        """The unit that factors.yaml gives a factor; empty where it has none."""
        shared = self.factors.get(factor)
        return (shared and shared.entry.unit) or ""

    @property
    def orphan_records(self) -> list[str]:
        """The records of comparisons that there are not."""
        known = set(self.comparisons)
        return [file for file in self.files_by_kind["changes"] if recorded_in(file) not in known]

    def refuse(self, problem: Problem) -> None:
        """Report a problem, and leave its file out."""
        self.problems.append(problem)
        self.broken.add(problem.file)


def open_project(root: Path, files: Snapshot) -> Project:
    """The project at `root` with the files in `files`: reads its settings and sorts its files by kind.

    Problems are in the result, never raised.
    """
    project = Project(root)
    project.files_by_kind = _sorted_by_kind(project, files)
    if project.broken.isdisjoint({"content", file_kinds.SETTINGS}):
        _read_settings(project, present=bool(project.files_by_kind["settings"]))
    return project


def read_project(project: Project, cache: Cache) -> None:
    """Read everything else but the comparisons."""
    if project.files_by_kind["factors"]:
        _read_factors(project)
    if project.files_by_kind["lock"]:
        _read_lock(project)
    subjects = _parse_all(project, SubjectEntry, project.files_by_kind["subject"], cache)
    project.subjects = {PurePosixPath(file).stem: one for file, one in subjects}
    pages = _parse_all(project, PageEntry, project.files_by_kind["page"], cache)
    project.pages = {file[len("content/pages/") : -len(".md")]: one for file, one in pages}
    for file in project.files_by_kind["file"]:
        found = attachment(project.root, file)
        if isinstance(found, Attachment):
            project.attachments.append(found)
        else:
            for problem in found:
                project.refuse(problem)


def _sorted_by_kind(project: Project, files: Snapshot) -> dict[str, list[str]]:
    kinds: dict[str, list[str]] = {
        kind: [] for kind in ("settings", "factors", "subject", "changes", "comparison", "page", "file", "lock")
    }
    paths = [file for file in files.paths if not file.startswith(folders.RESULTS)]  # only what is cited is judged
    unreadable = folders.unreadable(project.root, replace(files, irregular=files.irregular.intersection(paths)))
    for problem in unreadable.values():
        project.refuse(problem)
    for file in paths:
        if char := unprintable(file):
            message = f"this name has a character in it that cannot be seen or read ({character_name(char)})"
            project.refuse(Problem(file, 0, 0, "bad-name", message, "rename it"))
            continue
        if file in unreadable:
            continue
        if not file.startswith("content/"):
            if unportable := file_kinds.unportable(file):
                project.refuse(unportable)
            continue
        kind = file_kinds.kind_of(file)
        if isinstance(kind, Problem):
            project.refuse(kind)
        else:
            kinds[kind].append(file)
    return kinds


def no_settings() -> Problem:
    """The problem of a folder that holds no project."""
    help = "`tiebreak init` makes a project; `--project DIR` names one"
    return Problem(file_kinds.SETTINGS, 0, 0, "no-settings", "a site project needs this file", help=help)


def _read_settings(project: Project, *, present: bool) -> None:
    if not present:
        project.refuse(no_settings())
        return
    project.settings, problems = parse(project.root, file_kinds.SETTINGS, SettingsEntry, Cache(None), Dialect())
    project.problems += problems
    if project.settings:
        project.problems += of_no_warning(project.settings.document, project.settings.entry)


def _read_factors(project: Project) -> None:
    try:
        data = folders.read_bytes(project.root, file_kinds.FACTORS, limits.TEXT_FILE)
        document, problems = front_matter.read(file_kinds.FACTORS, data)
    except SiteError as error:
        project.problems += error.problems
        return
    factors, more = validation.validate_factors(document, project.dialect.language)
    project.factors = {id: Parsed(document, entry, NO_PROSE) for id, entry in factors.items()}
    project.problems += problems + more


def _read_lock(project: Project) -> None:
    try:
        text = front_matter.decode(file_kinds.LOCK, folders.read_bytes(project.root, file_kinds.LOCK, limits.LOCK))
        project.lock, problems = read_lock(file_kinds.LOCK, text)
    except SiteError as error:
        problems = list(error.problems)
    project.problems += problems


def _parse_all(
    project: Project, model: type[EntryT], files: Iterable[str], cache: Cache
) -> Iterator[tuple[str, Parsed[EntryT]]]:
    """What is sound of every file; what is wrong is added to the project."""
    for file in files:
        parsed, problems = parse(project.root, file, model, cache, project.dialect)
        project.problems += problems
        if parsed is None or not parsed.sound:
            project.broken.add(file)
        if parsed:
            yield file, parsed


def parse(root: Path, file: str, model: type[EntryT], cache: Cache, dialect: Dialect) -> Outcome[EntryT]:
    """The parsed `file` and its problems, from the cache if it has the same bytes and is read alike."""
    try:
        data = folders.read_bytes(root, file, limits.TEXT_FILE)
    except SiteError as error:
        return None, list(error.problems)
    parts = ("parsed", file, digest_of(data), *dialect)
    known: Outcome[EntryT] | None = cache.get(*parts)
    if known is None:
        outcome = _parse(file, data, model, dialect)
        cache.set(outcome, *parts)
        return outcome
    parsed, problems = known
    if parsed is None:
        return known
    text = front_matter.decode(file, data)
    drawn = charts.with_text(parsed.charts, text)
    return replace(parsed, document=parsed.document.with_text(text), charts=drawn), problems


def _parse(file: str, data: bytes, model: type[EntryT], dialect: Dialect) -> Outcome[EntryT]:
    try:
        document, problems = front_matter.read(file, data)
    except SiteError as error:
        return None, list(error.problems)
    entry, more, sound = validation.validate(document, model, dialect.language)
    problems += more
    remarks: list[Remark] = []
    text = ignores.without(document.body)
    body = convert.blocks(text, remarks, allow_html=dialect.allow_html, language=dialect.language)
    problems += document.remarks(remarks)
    if body is None:
        return None, problems
    drawn, wrong = charts.blocks(document, text, dialect)
    problems += wrong
    problems += invisible.in_entities(document, (text for prose in _proses(entry, body) for text in _texts(prose)))
    return (None if entry is None else Parsed(document, entry, body, sound and not wrong, drawn)), problems


def _proses(*values: object) -> Iterator[Prose]:
    """Every Markdown text of an entry."""
    for value in values:
        if isinstance(value, Prose):
            yield value
        elif isinstance(value, Entry):
            yield from _proses(*vars(value).values())
        elif isinstance(value, dict | list):
            yield from _proses(*(value.values() if isinstance(value, dict) else value))


def _texts(prose: Prose) -> Iterator[str]:
    yield prose.html
    for link in prose.links:
        yield from (link.target, link.alt or "")
