"""Links the project: builds the index that every article asks, and the site that all of them make."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import PurePosixPath

from tiebreak import limits
from tiebreak.content import (
    FactorsFile,
    NavigationEntry,
    PageEntry,
    Parsed,
    Position,
    Project,
    ReleaseEntry,
    SettingsEntry,
    SharedFactorEntry,
    SubjectEntry,
)
from tiebreak.linking import facts, result_files
from tiebreak.linking.cells import cell
from tiebreak.linking.charts import with_charts
from tiebreak.linking.context import Context
from tiebreak.linking.copied_fields import of_entry
from tiebreak.linking.freshness import aged, policy
from tiebreak.linking.index import Index, IndexEntry, Target, held_back, target_of
from tiebreak.linking.links import page_url
from tiebreak.linking.numbers import decimal_sign
from tiebreak.linking.quoted_facts import own_facts
from tiebreak.linking.subjects import Registry
from tiebreak.linking.trace import Trace
from tiebreak.markdown import link_names
from tiebreak.model import (
    Cell,
    Factor,
    Listing,
    NavigationItem,
    Page,
    Person,
    Release,
    Settings,
    Site,
    Subject,
    marked_name,
    plain_name,
)
from tiebreak.problems import Candidates, Problem

LAST = Decimal("Infinity")  # where what bears no `order` stands


def build_index(
    project: Project, entries: Mapping[str, IndexEntry], *, drafts: bool, day: date | None = None, future: bool = False
) -> tuple[Index, list[Problem]]:
    """The index of the project, and the problems of subjects and shared factors.

    `entries` are those of the comparisons, by file in alphabetical order. What appears after `day` is held back, unless
    the `future` is wanted.
    """
    problems: list[Problem] = []
    held = held_back(entries.values(), None if future else day, drafts=drafts)
    settings = project.settings.entry if project.settings else None
    found = Index(
        entries=entries,
        targets=_targets(project, entries, held, drafts=drafts),
        registry=_registry(project, entries, problems),
        author=settings.author.name if settings and settings.author else "",
        decimal=decimal_sign(settings.language) if settings else ".",
        filler=tuple(settings.filler) if settings else (),
        drafts=drafts,
        looks=project.lock,
        held=held,
        max_age=settings.max_age if settings else None,
        today=day,
        broken=frozenset(project.broken),
        results=result_files.results(project, entries),
        tables=result_files.chart_tables(project, entries),
    )
    shown = sorted((one for one in entries.values() if found.shows(one)), key=lambda one: one.oldest_first)
    found.registry.give_hues(one.subjects for one in shown)
    return _with_facts(found, project, problems), problems


def _with_facts(index: Index, project: Project, problems: list[Problem]) -> Index:
    """The index with facts and shared factors, whose own links may lead to anything in it."""
    trace = Trace(index)
    shared = {id: one.entry for id, one in project.factors.items()}
    subjects = project.subjects.items()
    known = {id: _facts(Context(trace, one.document, problems), one.entry, shared) for id, one in subjects}
    trace = Trace(replace(index, facts=known, factors=shared))  # a note may refer to a fact
    factors = {
        id: _factor(Context(trace, one.document, problems), id, one.entry) for id, one in project.factors.items()
    }
    return replace(index, facts=known, factors=factors)


def build_site(project: Project, index: Index, listings: Iterable[Listing]) -> tuple[Site | None, list[Problem]]:
    """The site of these comparisons and the rest of the project; None when its settings cannot be read."""
    problems, trace = list[Problem](), Trace(index)
    heads = {str(folder) for name in project.pages for folder in PurePosixPath(name).parents}
    pages = sorted(
        (
            _page(Context(trace, page.document, problems), name, page, is_head_of_folder=name in heads)
            for name, page in project.pages.items()
        ),
        key=_reading_order,
    )
    shown = tuple(page for page in pages if index.drafts or not page.draft)
    if project.settings is None:
        return None, problems
    context = Context(trace, project.settings.document, problems)
    known = _published_facts(project, index)
    language = project.settings.entry.language
    navigation = _navigation(context, project.settings.entry.navigation, project.pages, shown)
    site = Site(
        settings=_settings(project.settings.entry),
        listings=tuple(sorted(listings, key=lambda one: index.entries[one.origin].newest_first)),
        subjects=dict(sorted(index.registry.by_id.items())),
        pages=shown,
        files=(
            *(file for file in project.attachments if not index.targets[file.origin].draft),
            *result_files.published(project, index),
        ),
        navigation=navigation,
        facts=tuple(facts.pack(id, cells, index, language) for id, cells in known.items()),
        factors=_known_factors(index, known),
        releases=_releases(project),
    )
    return site, problems


def _targets(
    project: Project, entries: Mapping[str, IndexEntry], held: Collection[str], *, drafts: bool
) -> dict[str, Target]:
    """Where links may lead, by file, but for comparisons. Links to files that could not be read are allowed."""
    hidden = {file for file, entry in entries.items() if (entry.draft and not drafts) or file in held}
    found = {file: Target("/", image=True) for file in project.broken}
    for name, page in project.pages.items():
        anchors = " ".join(sorted(link_names(page.body.headings)))
        is_hidden = page.entry.draft and not drafts
        found[page.document.file] = Target(page_url(name), page.entry.title, anchors, is_hidden)
        hidden |= {page.document.file} if is_hidden else set()
    for id, subject in project.subjects.items():
        found[subject.document.file] = Target(f"/subjects/{id}/", subject.entry.name, anchors="")
    articles = (*entries, *(page.document.file for page in project.pages.values()))
    folders = {PurePosixPath(folder) for folder in {file.rpartition("/")[0] for file in articles if file not in hidden}}
    shown = {one for folder in folders for one in (folder, *folder.parents)}
    drafts_own = {PurePosixPath(file.removesuffix(".md").removesuffix("/index")) for file in hidden} - shown
    for file in project.attachments:
        is_hidden = not drafts_own.isdisjoint(PurePosixPath(file.origin).parents)
        found[file.origin] = target_of(file)._replace(draft=is_hidden)
    return found


def _registry(project: Project, entries: Mapping[str, IndexEntry], problems: list[Problem]) -> Registry:
    registry = Registry((_subject(id, parsed.entry) for id, parsed in project.subjects.items()), sorted(project.broken))

    def take(id: str, parsed: Parsed[SubjectEntry], name: str, at: Position) -> None:
        owner = registry.claim(id, name)
        if owner != id:
            message = f'"{name}" already leads to content/subjects/{owner}.yaml'
            help = "take it out of one of the two"
            problems.append(parsed.document.problem("duplicate-name", message, at, help=help))

    for id, parsed in project.subjects.items():
        take(id, parsed, parsed.entry.name, ("name",))
    for id, parsed in project.subjects.items():
        for place, alias in enumerate(parsed.entry.aliases):
            take(id, parsed, alias, ("aliases", place))
    for file, entry in entries.items():
        for name in entry.subjects:
            registry.add_named(name, file)
    return registry


def _settings(entry: SettingsEntry) -> Settings:
    return of_entry(
        Settings,
        entry,
        None,
        author=Person(entry.author.name, entry.author.url or "", entry.author.organization) if entry.author else None,
        feedback_email=(entry.feedback and entry.feedback.email) or "",
        feedback_issues=(entry.feedback and entry.feedback.issues) or "",
    )


def _subject(id: str, entry: SubjectEntry) -> Subject:
    name = {"name": plain_name(entry.name), "marked": marked_name(entry.name)}
    return of_entry(Subject, entry, None, id=id, written=True, **name)


def _facts(context: Context, entry: SubjectEntry, factors: FactorsFile) -> dict[str, Cell]:
    """The facts in a subject's file. What it says of every subject is among them where no fact says it."""
    cells = {id: cell(context, fact, ("facts", id), {}) for id, fact in entry.facts.items()}
    aging = {id: aged(context, one, policy(context, factors.get(id))) for id, one in cells.items()}
    return {**own_facts(entry), **aging}


def _published_facts(project: Project, index: Index) -> dict[str, dict[str, Cell]]:
    """The facts of each subject that has any, by id: those under `facts`, and what its file says besides where it is
    about a factor of factors.yaml.
    """
    found: dict[str, dict[str, Cell]] = {}
    for id, one in sorted(project.subjects.items()):
        shown = one.entry.facts.keys() | index.factors.keys()
        found[id] = {factor: cell for factor, cell in index.facts[id].items() if factor in shown}
    return {id: cells for id, cells in found.items() if cells}


def _releases(project: Project) -> dict[str, tuple[Release, ...]]:
    """The releases of each subject whose file names any."""
    written = {id: parsed.entry.releases for id, parsed in sorted(project.subjects.items())}
    return {id: tuple(map(_release, some)) for id, some in written.items() if some}


def _release(entry: ReleaseEntry) -> Release:
    return Release(entry.version, entry.date, entry.until, entry.source or "", entry.checked)


def _known_factors(index: Index, facts: Mapping[str, Mapping[str, Cell]]) -> tuple[Factor, ...]:
    """The factors that facts are about: those of factors.yaml in their order, then the others by id."""
    used = {id for cells in facts.values() for id in cells}
    shared = {id: entry for id, entry in index.factors.items() if id in used}
    described = (
        Factor(id, plain_name(entry.label), (), note=entry.note, unit=entry.unit or "", better=entry.better)
        for id, entry in shared.items()
    )
    return (*described, *(Factor(id, "", ()) for id in sorted(used - shared.keys())))


def _page(context: Context, name: str, parsed: Parsed[PageEntry], *, is_head_of_folder: bool) -> Page:
    entry = parsed.entry
    return of_entry(
        Page,
        entry,
        context,
        path=page_url(name),
        body=with_charts(context, context.body(parsed.body), parsed.charts),
        origin=context.document.file,
        section=name if is_head_of_folder else name.rpartition("/")[0],
        order=None if entry.order is None else Decimal(entry.order),
    )


def _factor(context: Context, id: str, entry: SharedFactorEntry) -> SharedFactorEntry:
    """A shared factor, the links in its note resolved."""
    return entry.model_copy(update={"note": context.optional_prose(entry.note, (id, "note"))})


def _reading_order(page: Page) -> tuple[str, bool, Decimal, str, str]:
    """By section; its first page first, then by `order`, then by title."""
    is_first = page.path == f"/{page.section}/"
    return (page.section, not is_first, LAST if page.order is None else page.order, page.title.casefold(), page.path)


def _navigation(
    context: Context, wanted: Sequence[NavigationEntry] | None, written: Collection[str], pages: Sequence[Page]
) -> tuple[NavigationItem, ...]:
    """The links of the site's head: as the settings say, else every top page and the first page of every section.

    `written` are the paths of all pages, drafts among them.
    """
    first = {page.section or page.path.strip("/"): page for page in reversed(pages)}
    if wanted is None:
        tops = [page for place, page in first.items() if "/" not in place]
        tops.sort(key=lambda page: (LAST if page.order is None else page.order, page.title.casefold()))
        if len(tops) > limits.TOPS:
            message = f"the head of every page links the first {limits.TOPS} of {len(tops)} pages and sections"
            help = "say under `navigation` which it should link"
            problem = context.document.warning("long-navigation", message, (), help=help)
            context.problems.append(problem)
        return tuple(NavigationItem(page.title, page.path) for page in tops[: limits.TOPS])
    by_path = {page.path.strip("/"): page for page in pages} | first
    known = Candidates(by_path)
    items = []
    for place, item in enumerate(wanted):
        page, at = by_path.get(item.page.strip("/")), ("navigation", place, "page")
        if page is not None:
            items.append(NavigationItem(item.label, page.path))
        elif item.page.strip("/") in written:
            message, help = f'"{item.page}" is a draft, which is not published', "publish it first, or take it out"
            context.report("draft-link", message, at, help=help)
        else:
            message, help = f'"{item.page}" is not a page of this site', context.suggest(item.page, known)
            context.report("unknown-page", message, at, help=help)
    return tuple(items)
