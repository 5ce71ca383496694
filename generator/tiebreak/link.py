"""The project, linked: entries become comparisons, subjects, pages and addresses that know each other, or problems."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar
from urllib.parse import urlsplit

from tiebreak import references
from tiebreak.content import Parsed, Project
from tiebreak.model import (
    UNKNOWN,
    Cell,
    Change,
    Comparison,
    Consider,
    Factor,
    Link,
    NavigationItem,
    Page,
    Person,
    Prose,
    Settings,
    Site,
    Source,
    Subject,
)
from tiebreak.problems import Problem, did_you_mean
from tiebreak.references import Complaint, Target, factor_id, page_address
from tiebreak.schema import CellEntry, ComparisonEntry, FactorEntry, PageEntry, SettingsEntry, SubjectEntry
from tiebreak.source import Document, Place
from tiebreak.subjects import Registry, local, names

T = TypeVar("T")


def link(project: Project, *, drafts: bool = False) -> tuple[Site | None, list[Problem]]:
    """The site that the project describes, with drafts or without; None when its settings cannot be had."""
    linker = _Linker(project, references.targets(project, drafts=drafts), Registry(project))
    linker.registry.written(linker.subject(id, parsed) for id, parsed in project.subjects.items())
    comparisons = [linker.comparison(slug, parsed) for slug, parsed in project.comparisons.items()]
    linked = [comparison for comparison in comparisons if comparison]
    linker.check_pairs(linked)
    linker.check_pins(linked)
    published = sorted(
        (comparison for comparison in linked if drafts or not comparison.draft),
        key=lambda comparison: (-(comparison.revised or date.max).toordinal(), comparison.slug),
    )
    pages = sorted((linker.page(path, parsed) for path, parsed in project.pages.items()), key=_reading_order)
    shown = tuple(page for page in pages if drafts or not page.draft)
    navigation = linker.navigation(shown)
    problems = [*linker.registry.problems, *linker.problems]
    if project.settings is None:
        return None, problems
    site = Site(
        settings=_settings(project.settings.entry),
        comparisons=linker.with_considered(published),
        subjects={id: subject for id, subject in sorted(linker.registry.by_id.items())},
        pages=shown,
        files=tuple(project.files),
        navigation=navigation,
    )
    return site, problems


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


def _reading_order(page: Page) -> tuple[str, bool, Decimal, str, str]:
    """By section; its first page first, then by `order`, then by title."""
    is_first = page.path == f"/{page.section}/"
    return (
        page.section,
        not is_first,
        page.order if page.order is not None else Decimal("Infinity"),
        page.title.casefold(),
        page.path,
    )


@dataclass
class _Linker:
    project: Project
    targets: Mapping[str, Target]
    registry: Registry
    problems: list[Problem] = field(default_factory=list)

    # --- prose -----------------------------------------------------------------------------------------------------

    def prose(self, document: Document, prose: Prose, at: Place) -> Prose:
        """A field's prose with its links resolved; a link that cannot stand is reported at the field."""

        def complain(link: Link, complaint: Complaint) -> None:
            self.problems.append(document.problem(complaint.code, complaint.message, at, help=complaint.help))

        return self._resolved(document, prose, complain)

    def body(self, document: Document, prose: Prose) -> Prose:
        """A body's prose with its links resolved; a link that cannot stand is reported where the body writes it."""
        seen: dict[str, int] = {}

        def complain(link: Link, complaint: Complaint) -> None:
            nth = seen[link.target] = seen.get(link.target, -1) + 1
            self.problems.append(
                document.body_problem(complaint.code, complaint.message, link.target, help=complaint.help, nth=nth)
            )

        return self._resolved(document, prose, complain)

    def _resolved(self, document: Document, prose: Prose, complain: Callable[[Link, Complaint], None]) -> Prose:
        def change(link: Link) -> Link:
            try:
                return references.resolve(link, document.path, self.targets)
            except Complaint as complaint:
                complain(link, complaint)
                return link

        return prose.map_links(change)

    def _optional(self, document: Document, prose: Prose | None, at: Place) -> Prose | None:
        return None if prose is None else self.prose(document, prose, at)

    # --- subjects and cells ----------------------------------------------------------------------------------------

    def subject(self, id: str, parsed: Parsed[SubjectEntry]) -> Subject:
        entry, document = parsed.entry, parsed.document
        facts = {name: self.cell(document, cell, ("facts", name), {}) for name, cell in entry.facts.items()}
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
            facts=facts,
            written=True,
        )

    def cell(self, document: Document, entry: CellEntry, at: Place, sources: Mapping[str, Source]) -> Cell:
        nothing = entry.text is None and entry.value is None and entry.state is None
        return Cell(
            text=self._optional(document, entry.text, (*at, "text")),
            value=entry.value,
            state=UNKNOWN.state if nothing else entry.state,
            sources=tuple(
                found
                for name in entry.source or ()
                if (found := self.source(document, name, (*at, "source"), sources, entry.checked))
            ),
            quote=entry.quote or "",
            checked=entry.checked,
            kind=entry.kind,
        )

    def source(
        self, document: Document, name: str, at: Place, sources: Mapping[str, Source], checked: date | None
    ) -> Source | None:
        """The source that a cell calls by name, by URL or by the path of a page of this site."""
        if name in sources:
            return sources[name]
        if not name.startswith(("http://", "https://")) and "/" not in name:
            help = did_you_mean(name, sources) or "name it under `sources`, or write its URL"
            self.problems.append(
                document.problem("unknown-source", f'"{name}" is not one of the sources', at, help=help)
            )
            return None
        url = self._address(document, name, at)
        by_url = next((source for source in sources.values() if source.url == url), None)
        return by_url or Source(_title_of(name), url, checked)

    def _address(self, document: Document, url: str, at: Place) -> str:
        try:
            return references.resolve(Link(url), document.path, self.targets).target
        except Complaint as complaint:
            self.problems.append(document.problem(complaint.code, complaint.message, at, help=complaint.help))
            return url

    # --- comparisons -----------------------------------------------------------------------------------------------

    def comparison(self, slug: str, parsed: Parsed[ComparisonEntry]) -> Comparison | None:
        """One comparison; None when its subjects cannot be made out, without which nothing else can be."""
        entry, document = parsed.entry, parsed.document
        subjects = self._subjects(document, entry)
        if subjects is None:
            return None
        if not entry.draft and entry.published is None:
            help = "write the day it appeared, or `draft: true`"
            self.problems.append(document.problem("missing-key", '"published" is missing', (), key=True, help=help))
        sources = {
            name: Source(
                source.title,
                self._address(document, source.url, ("sources", name, "url")),
                source.accessed,
                source.quote or "",
            )
            for name, source in entry.sources.items()
        }
        factors = _with_one_source_per_url(self._factors(document, entry, subjects, sources), sources.values())
        return Comparison(
            slug=slug,
            origin=document.path,
            subjects=subjects,
            pick=None
            if entry.pick == "none"
            else self._local(document, entry.pick, ("pick",), subjects, also=("none",)),
            why=self.prose(document, entry.why, ("why",)),
            factors=factors,
            verdict=self._verdict(document, entry, subjects),
            body=self.body(document, parsed.body),
            own_title=entry.title or "",
            tagline=entry.tagline or "",
            summary=entry.summary,
            consider=tuple(self._consider(document, entry, place) for place in range(len(entry.consider))),
            sources=_in_order_of_use(factors, sources.values()),
            category=entry.category or "",
            tags=tuple(dict.fromkeys(entry.tags)),
            published=entry.published,
            updated=entry.updated,
            author=entry.author or self._author(),
            pinned=tuple(dict.fromkeys(entry.related)),
            aliases=tuple(dict.fromkeys(entry.aliases)),
            disclosure=self._optional(document, entry.disclosure, ("disclosure",)),
            history=tuple(Change(change.date, self._former(change.was), change.why) for change in entry.history),
            draft=entry.draft,
        )

    def _author(self) -> str:
        settings = self.project.settings
        return settings.entry.author.name if settings and settings.entry.author else ""

    def _former(self, was: str) -> str | None:
        if was == "none":
            return None
        subject = self.registry.find(was)
        return subject.name if subject else was

    def _subjects(self, document: Document, entry: ComparisonEntry) -> tuple[Subject, ...] | None:
        subjects: list[Subject] = []
        sound = True
        for place, name in enumerate(entry.subjects):
            at = ("subjects", place)
            try:
                subject = self.registry.called(name, document.path)
            except ValueError as error:
                help = "give it a file under content/subjects/, and call it by its id here"
                self.problems.append(document.problem("name-conflict", str(error), at, help=help))
                sound = False
                continue
            if subject in subjects:
                self.problems.append(
                    document.problem("duplicate-subject", f'"{name}" is compared with itself', at, help="name it once")
                )
                sound = False
            subjects.append(subject)
        return tuple(subjects) if sound else None

    def _local(
        self,
        document: Document,
        name: str,
        at: Place,
        subjects: Sequence[Subject],
        *,
        also: Iterable[str] = (),
        key: bool = False,
    ) -> Subject | None:
        subject = local(name, subjects)
        if subject is None:
            where = str(next(step for step in reversed(at) if isinstance(step, str) and step != name))
            verb = "name" if where.endswith("s") and where != "wins" else "names"
            message = f'{where} {verb} "{name}", which is not a subject here'
            help = did_you_mean(name, (*names(subjects), *also))
            self.problems.append(document.problem("unknown-subject", message, at, key=key, help=help))
        return subject

    def _keyed(
        self, document: Document, mapping: Mapping[str, T], at: Place, subjects: Sequence[Subject]
    ) -> dict[str, tuple[str, T]]:
        """A mapping by subject as the author keyed it -> id: (key, value); a subject keyed twice is a problem."""
        keyed: dict[str, tuple[str, T]] = {}
        for key, value in mapping.items():
            subject = self._local(document, key, (*at, key), subjects, key=True)
            if subject is None:
                continue
            if subject.id in keyed:
                message = f'"{key}" and "{keyed[subject.id][0]}" are one subject'
                self.problems.append(
                    document.problem("duplicate-subject", message, (*at, key), key=True, help="keep one of the two")
                )
            keyed.setdefault(subject.id, (key, value))
        return keyed

    def _verdict(self, document: Document, entry: ComparisonEntry, subjects: Sequence[Subject]) -> tuple[Prose, ...]:
        keyed = self._keyed(document, entry.verdict, ("verdict",), subjects)
        for subject in subjects:
            if subject.id not in keyed:
                message = f'the verdict says nothing on "{subject.name}"'
                help = f"add `{subject.id}: You ...`"
                self.problems.append(document.problem("missing-verdict", message, ("verdict",), key=True, help=help))
        return tuple(
            self.prose(document, keyed[subject.id][1], ("verdict", keyed[subject.id][0]))
            if subject.id in keyed
            else Prose("", "")
            for subject in subjects
        )

    def _consider(self, document: Document, entry: ComparisonEntry, place: int) -> Consider:
        third = entry.consider[place]
        at = ("consider", place)
        when = self.prose(document, third.when, (*at, "if"))
        if third.subject is None:
            return Consider(third.name, when)
        subject = self.registry.find(third.subject)
        if subject is None and not self._is_named_later(third.subject):
            help = did_you_mean(third.subject, names(self.registry.by_id.values()))
            message = f'"{third.subject}" is not a subject of this site'
            self.problems.append(document.problem("unknown-subject", message, (*at, "subject"), help=help))
        return Consider(third.name, when, third.subject)

    def _is_named_later(self, name: str) -> bool:
        """Subjects without a file are known only once every comparison is linked; their names are known now."""
        named = [subject for parsed in self.project.comparisons.values() for subject in parsed.entry.subjects]
        return local(name, [Subject(factor_id(None, subject), subject) for subject in named]) is not None

    def with_considered(self, comparisons: Sequence[Comparison]) -> tuple[Comparison, ...]:
        """Third ways, led to a comparison of theirs with one of ours, else to their hub, else to their home page."""

        def way(comparison: Comparison, third: Consider) -> Consider:
            subject = self.registry.find(third.path) if third.path else None
            if subject is None:
                return replace(third, path=None)
            with_it = [other for other in comparisons if subject.id in other.subject_ids and other is not comparison]
            both = next((other for other in with_it if other.subject_ids & comparison.subject_ids), None)
            return replace(third, path=both.path if both else subject.path if with_it else subject.homepage or None)

        return tuple(
            replace(comparison, consider=tuple(way(comparison, third) for third in comparison.consider))
            for comparison in comparisons
        )

    # --- factors ---------------------------------------------------------------------------------------------------

    def _factors(
        self, document: Document, entry: ComparisonEntry, subjects: Sequence[Subject], sources: Mapping[str, Source]
    ) -> tuple[Factor, ...]:
        factors = [
            self._factor(document, entry.factors[place], place, subjects, sources)
            for place in range(len(entry.factors))
        ]
        seen: set[str] = set()
        for place, factor in enumerate(factors):
            if factor.id in seen or not factor.id:
                what = (
                    f'another row has the id "{factor.id}"'
                    if factor.id
                    else f'"{factor.label}" has nothing to make an id from'
                )
                help = "give it an `id` of its own"
                self.problems.append(
                    document.problem("duplicate-factor", what, ("factors", place, "factor"), help=help)
                )
            seen.add(factor.id)
        return tuple(factors)

    def _factor(
        self,
        document: Document,
        entry: FactorEntry,
        place: int,
        subjects: Sequence[Subject],
        sources: Mapping[str, Source],
    ) -> Factor:
        at = ("factors", place)
        id = factor_id(entry.id, entry.factor)
        shared = self.project.factors.get(id)
        note = entry.note or (shared.note if shared else None)
        factor = Factor(
            id=id,
            label=shared.label if shared and entry.factor == id else entry.factor,
            cells=self._cells(document, entry, at, id, subjects, sources),
            weight=1 if entry.weight is None else entry.weight,
            note=self._optional(document, note, (*at, "note")) if entry.note else note,
            group=entry.group or "",
            unit=entry.unit or (shared.unit if shared else None) or "",
            better=entry.better or (shared.better if shared else None),
            max_age=shared.max_age if shared else None,
        )
        return replace(factor, winners=self._winners(document, entry, at, factor, subjects))

    def _cells(
        self,
        document: Document,
        entry: FactorEntry,
        at: Place,
        id: str,
        subjects: Sequence[Subject],
        sources: Mapping[str, Source],
    ) -> tuple[Cell, ...]:
        written: dict[str, Cell] = {}
        if isinstance(entry.cells, list):
            if len(entry.cells) != len(subjects):
                message = f"{len(entry.cells)} cells for {len(subjects)} subjects"
                help = "write one a subject, in the order of `subjects`, or name them"
                self.problems.append(document.problem("wrong-count", message, (*at, "cells"), help=help))
            pairs = zip(subjects, enumerate(entry.cells), strict=False)
            written = {
                subject.id: self.cell(document, cell, (*at, "cells", place), sources)
                for subject, (place, cell) in pairs
            }
        elif entry.cells:
            keyed = self._keyed(document, entry.cells, (*at, "cells"), subjects)
            written = {
                owner: self.cell(document, cell, (*at, "cells", key), sources) for owner, (key, cell) in keyed.items()
            }
        return tuple(written.get(subject.id) or subject.facts.get(id) or UNKNOWN for subject in subjects)

    def _winners(
        self, document: Document, entry: FactorEntry, at: Place, factor: Factor, subjects: Sequence[Subject]
    ) -> tuple[str, ...]:
        """Who wins: computed where numbers decide, else as the author says; a contradiction between the two is a problem."""
        computed = _best(factor, subjects)
        if entry.wins is None:
            return computed
        if entry.wins == ["tie"]:
            said = tuple(subject.id for subject in subjects)
        else:
            found = [self._local(document, name, (*at, "wins"), subjects, also=("tie",)) for name in entry.wins]
            said = tuple(subject.id for subject in subjects if subject in found)
        if computed and said and said != computed:
            best = " and ".join(subject.name for subject in subjects if subject.id in computed)
            message = f'"{", ".join(entry.wins)}" does not win: {factor.better} is better, and that is {best}'
            self.problems.append(
                document.problem("wrong-winner", message, (*at, "wins"), help="delete `wins`; numbers decide this row")
            )
        return said

    # --- pages, navigation, and what only the whole shows -------------------------------------------------------------

    def page(self, path: str, parsed: Parsed[PageEntry]) -> Page:
        entry, document = parsed.entry, parsed.document
        folder = path.rpartition("/")[0]
        is_head_of_folder = any(other.startswith(f"{path}/") for other in self.project.pages)
        return Page(
            path=page_address(path),
            title=entry.title,
            body=self.body(document, parsed.body),
            origin=document.path,
            section=path if is_head_of_folder else folder,
            summary=entry.summary or "",
            order=None if entry.order is None else Decimal(entry.order),
            aliases=tuple(dict.fromkeys(entry.aliases)),
            draft=entry.draft,
        )

    def navigation(self, pages: Sequence[Page]) -> tuple[NavigationItem, ...]:
        """The links of the site's head: as the settings say, else every top page and the first page of every section."""
        first = {page.section or page.path.strip("/"): page for page in reversed(pages)}
        settings = self.project.settings
        if settings is None or settings.entry.navigation is None:
            tops = [page for place, page in first.items() if "/" not in place]
            tops.sort(
                key=lambda page: (page.order if page.order is not None else Decimal("Infinity"), page.title.casefold())
            )
            return tuple(NavigationItem(page.title, page.path) for page in tops)
        by_path = {page.path.strip("/"): page for page in pages} | first
        items = []
        for place, item in enumerate(settings.entry.navigation):
            page = by_path.get(item.page.strip("/"))
            if page is None:
                help = did_you_mean(item.page, by_path)
                message = f'"{item.page}" is not a page of this site'
                self.problems.append(
                    settings.document.problem("unknown-page", message, ("navigation", place, "page"), help=help)
                )
            else:
                items.append(NavigationItem(item.label, page.path))
        return tuple(items)

    def check_pairs(self, comparisons: Sequence[Comparison]) -> None:
        """One set of subjects, one comparison."""
        first: dict[frozenset[str], Comparison] = {}
        for comparison in comparisons:
            other = first.setdefault(comparison.subject_ids, comparison)
            if other is not comparison:
                document = self.project.comparisons[comparison.slug].document
                message = f"{other.origin} already compares these subjects"
                help = "keep one file; both orders of a pair lead to it anyway"
                self.problems.append(document.problem("duplicate-pair", message, ("subjects",), key=True, help=help))

    def check_pins(self, comparisons: Sequence[Comparison]) -> None:
        slugs = {comparison.slug for comparison in comparisons} | {
            path.split("/")[-1].removesuffix(".md") for path in self.project.broken
        }
        for comparison in comparisons:
            document = self.project.comparisons[comparison.slug].document
            for place, slug in enumerate(comparison.pinned):
                at = ("related", place)
                if slug == comparison.slug:
                    self.problems.append(
                        document.problem(
                            "unknown-comparison", "a comparison is not related to itself", at, help="delete it"
                        )
                    )
                elif slug not in slugs:
                    help = did_you_mean(slug, slugs - {comparison.slug})
                    message = f'"{slug}" is not a comparison of this site'
                    self.problems.append(document.problem("unknown-comparison", message, at, help=help))


def _best(factor: Factor, subjects: Sequence[Subject]) -> tuple[str, ...]:
    """The subjects with the best number, in the order of subjects; none unless every cell has one and `better` says what is."""
    numbers = [cell.number for cell in factor.cells]
    known = [number for number in numbers if number is not None]
    if factor.better is None or len(known) != len(numbers):
        return ()
    best = min(known) if factor.better == "lower" else max(known)
    return tuple(subject.id for subject, number in zip(subjects, numbers, strict=True) if number == best)


def _with_one_source_per_url(factors: Iterable[Factor], named: Iterable[Source]) -> tuple[Factor, ...]:
    """Cells from facts and from bare URLs cite the same page as the same source, so that it has one number."""
    by_url = {source.url: source for source in named}

    def settled(cell: Cell) -> Cell:
        return replace(
            cell, sources=tuple(dict.fromkeys(by_url.setdefault(source.url, source) for source in cell.sources))
        )

    return tuple(replace(factor, cells=tuple(map(settled, factor.cells))) for factor in factors)


def _in_order_of_use(factors: Iterable[Factor], named: Iterable[Source]) -> tuple[Source, ...]:
    used = [source for factor in factors for cell in factor.cells for source in cell.sources]
    return tuple(dict.fromkeys([*used, *named]))


def _title_of(url: str) -> str:
    """A URL as a reader may see it: without scheme and trailing slash."""
    parts = urlsplit(url)
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path}".rstrip("/") or url
