"""The project, linked: entries become comparisons, subjects, pages and navigation that know each other, or problems."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from tiebreak import references
from tiebreak.content import Parsed, Project
from tiebreak.evidence import cell
from tiebreak.linker import Linker
from tiebreak.model import Comparison, NavigationItem, Page, Person, Settings, Site, Subject
from tiebreak.problems import Problem, did_you_mean
from tiebreak.references import page_address
from tiebreak.rulings import ruling, with_ways_out
from tiebreak.schema import PageEntry, SettingsEntry, SharedFactorEntry, SubjectEntry
from tiebreak.subjects import Registry

LAST = Decimal("Infinity")  # where what bears no `order` stands


def link(project: Project, *, drafts: bool = False) -> tuple[Site | None, list[Problem]]:
    """The site that the project describes, with drafts or without; None when its settings cannot be had."""
    linker = Linker(project, references.targets(project, drafts=drafts), Registry(project))
    linker.registry.written(_subject(linker, id, parsed) for id, parsed in project.subjects.items())
    linker.factors = {id: _factor(linker, id, parsed) for id, parsed in project.factors.items()}
    found = [ruling(linker, slug, parsed) for slug, parsed in project.comparisons.items()]
    comparisons = [comparison for comparison in found if comparison]
    _check_pairs(linker, comparisons)
    _check_pins(linker, comparisons)
    pages = sorted((_page(linker, path, parsed) for path, parsed in project.pages.items()), key=_reading_order)
    shown = tuple(page for page in pages if drafts or not page.draft)
    navigation = _navigation(linker, shown)
    site = None
    if project.settings is not None:
        site = Site(
            settings=_settings(project.settings.entry),
            comparisons=with_ways_out(linker, _newest_first(comparisons, drafts=drafts)),
            subjects=dict(sorted(linker.registry.by_id.items())),
            pages=shown,
            files=tuple(project.files),
            navigation=navigation,
        )
    return site, [*linker.registry.problems, *linker.problems]


def _newest_first(comparisons: Sequence[Comparison], *, drafts: bool) -> list[Comparison]:
    """Those that are published, by their last change; what bears no date yet comes first."""
    published = [comparison for comparison in comparisons if drafts or not comparison.draft]
    return sorted(published, key=lambda one: (-(one.revised or date.max).toordinal(), one.slug))


def _settings(entry: SettingsEntry) -> Settings:
    return Settings(
        title=entry.title,
        base_url=entry.base_url,
        tagline=entry.tagline or "",
        description=entry.description or "",
        language=entry.language,
        author=Person(entry.author.name, entry.author.url or "") if entry.author else None,
        feedback_email=entry.feedback.email if entry.feedback else "",
        accent=entry.accent,
        allow_html=entry.allow_html,
    )


def _subject(linker: Linker, id: str, parsed: Parsed[SubjectEntry]) -> Subject:
    entry, document = parsed.entry, parsed.document
    return Subject(
        id=id,
        name=entry.name,
        aliases=tuple(entry.aliases),
        kind=entry.kind or "",
        homepage=entry.homepage or "",
        summary=entry.summary or "",
        version=entry.version or "",
        license=entry.license or "",
        color=entry.color,
        facts={name: cell(linker, document, fact, ("facts", name), {}) for name, fact in entry.facts.items()},
        written=True,
    )


def _page(linker: Linker, path: str, parsed: Parsed[PageEntry]) -> Page:
    entry, document = parsed.entry, parsed.document
    is_head_of_folder = any(other.startswith(f"{path}/") for other in linker.project.pages)
    return Page(
        path=page_address(path),
        title=entry.title,
        body=linker.body(document, parsed.body),
        origin=document.path,
        section=path if is_head_of_folder else path.rpartition("/")[0],
        summary=entry.summary or "",
        order=None if entry.order is None else Decimal(entry.order),
        aliases=tuple(dict.fromkeys(entry.aliases)),
        draft=entry.draft,
    )


def _factor(linker: Linker, id: str, parsed: Parsed[SharedFactorEntry]) -> SharedFactorEntry:
    """A shared factor, the links in its note resolved."""
    note = linker.optional(parsed.document, parsed.entry.note, (id, "note"))
    return parsed.entry.model_copy(update={"note": note})


def _reading_order(page: Page) -> tuple[str, bool, Decimal, str, str]:
    """By section; its first page first, then by `order`, then by title."""
    is_first = page.path == f"/{page.section}/"
    return (page.section, not is_first, LAST if page.order is None else page.order, page.title.casefold(), page.path)


def _navigation(linker: Linker, pages: Sequence[Page]) -> tuple[NavigationItem, ...]:
    """The links of the site's head: as the settings say, else every top page and the first page of every section."""
    first = {page.section or page.path.strip("/"): page for page in reversed(pages)}
    settings = linker.project.settings
    if settings is None or settings.entry.navigation is None:
        tops = [page for place, page in first.items() if "/" not in place]
        tops.sort(key=lambda page: (LAST if page.order is None else page.order, page.title.casefold()))
        return tuple(NavigationItem(page.title, page.path) for page in tops)
    by_path = {page.path.strip("/"): page for page in pages} | first
    items = []
    for place, item in enumerate(settings.entry.navigation):
        page, at = by_path.get(item.page.strip("/")), ("navigation", place, "page")
        if page is not None:
            items.append(NavigationItem(item.label, page.path))
        elif item.page.strip("/") in linker.project.pages:
            message, help = f'"{item.page}" is a draft, which is not published', "publish it first, or take it out"
            linker.complain(settings.document, "draft-link", message, at, help=help)
        else:
            message, help = f'"{item.page}" is not a page of this site', did_you_mean(item.page, by_path)
            linker.complain(settings.document, "unknown-page", message, at, help=help)
    return tuple(items)


def _check_pairs(linker: Linker, comparisons: Sequence[Comparison]) -> None:
    """One set of subjects, one comparison."""
    first: dict[frozenset[str], Comparison] = {}
    for comparison in comparisons:
        other = first.setdefault(comparison.subject_ids, comparison)
        if other is not comparison:
            document = linker.project.comparisons[comparison.slug].document
            help = "keep one file; both orders of a pair lead to it anyway"
            message = f"{other.origin} already compares these subjects"
            linker.complain(document, "duplicate-pair", message, ("subjects",), key=True, help=help)


def _check_pins(linker: Linker, comparisons: Sequence[Comparison]) -> None:
    """What an author pins as related must be there, and be another comparison."""
    broken = {path.rpartition("/")[2].removesuffix(".md") for path in linker.project.broken}
    slugs = {comparison.slug for comparison in comparisons} | broken
    for comparison in comparisons:
        document = linker.project.comparisons[comparison.slug].document
        for place, slug in enumerate(comparison.pinned):
            if slug == comparison.slug:
                message, help = "a comparison is not related to itself", "delete it"
            elif slug not in slugs:
                message = f'"{slug}" is not a comparison of this site'
                help = did_you_mean(slug, slugs - {comparison.slug})
            else:
                continue
            linker.complain(document, "unknown-comparison", message, ("related", place), help=help)
