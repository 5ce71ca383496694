"""The values a site is made of, once everything is read, checked and linked; nothing here touches the disk."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from math import ceil
from typing import Literal, Self
from urllib.parse import urlsplit

WORDS_PER_MINUTE = (
    230  # Brysbaert 2019, doi:10.1016/j.jml.2019.104047: 238 for English non-fiction, less for tables and code
)


class State(StrEnum):
    YES = "yes"
    NO = "no"
    PARTIAL = "partial"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "n/a"

    @property
    def label(self) -> str:
        return "N/A" if self is State.NOT_APPLICABLE else self.value.capitalize()

    @property
    def name_in_theme(self) -> str:
        """The state as a word that may stand in a class name or an icon's id."""
        return self.value.replace("/", "")


class Kind(StrEnum):
    """What sort of evidence stands behind a cell."""

    DOCS = "docs"
    VENDOR = "vendor"
    MEASURED = "measured"
    OPINION = "opinion"

    @property
    def remarkable(self) -> bool:
        """Whether a reader should be told: documentation is what one expects."""
        return self is not Kind.DOCS

    @property
    def meaning(self) -> str:
        return _MEANINGS[self]


_MEANINGS = {
    Kind.DOCS: "its documentation says so",
    Kind.VENDOR: "its makers say so",
    Kind.MEASURED: "we ran it",
    Kind.OPINION: "our opinion",
}


@dataclass(frozen=True, slots=True)
class Heading:
    id: str
    html: str  # inline markup, safe
    level: int
    children: tuple["Heading", ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """Where a link or an image leads.

    `target` is as written at first; after linking, an absolute URL or an address within the site (`/compare/x/#y`).
    """

    target: str
    image: bool = False
    alt: str | None = None
    size: tuple[int, int] | None = None  # width and height in pixels


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown as safe HTML. Each link stands in `html` as a numbered token, so one value serves pages at any depth."""

    html: str
    text: str
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()

    def map_links(self, change: Callable[[Link], Link]) -> "Prose":
        return replace(self, links=tuple(map(change, self.links))) if self.links else self

    @property
    def reading_minutes(self) -> int:
        """Whole minutes, at least one."""
        return max(1, ceil(len(self.text.split()) / WORDS_PER_MINUTE))

    @property
    def anchors(self) -> frozenset[str]:
        def walk(headings: Sequence[Heading]) -> list[str]:
            return [id for heading in headings for id in (heading.id, *walk(heading.children))]

        return frozenset(walk(self.headings))


@dataclass(frozen=True, slots=True)
class Source:
    """A page that bears a fact out. `url` is absolute, or an address within the site."""

    title: str
    url: str
    accessed: date | None = None
    quote: str = ""

    @property
    def host(self) -> str:
        """The host without a leading `www.`; empty for a page of this site."""
        return (urlsplit(self.url).hostname or "").removeprefix("www.")


@dataclass(frozen=True, slots=True)
class Cell:
    """What one subject has to say on one factor. `value` is a number as written; a cell without anything is unknown."""

    text: Prose | None = None
    value: str | None = None
    state: State | None = None
    sources: tuple[Source, ...] = ()
    quote: str = ""
    checked: date | None = None
    kind: Kind | None = None

    @property
    def unknown(self) -> bool:
        return self.state is State.UNKNOWN

    @property
    def unsaid_state(self) -> str:
        """The state's word, where the text does not say it and a reader would have only an icon."""
        if self.state is None or (self.text and self.text.text.casefold() == self.state.label.casefold()):
            return ""
        return self.state.label

    @property
    def number(self) -> Decimal | None:
        return None if self.value is None else Decimal(self.value)

    @property
    def same_as(self) -> tuple[str, str | None, State | None]:
        """What a reader would see: two cells that agree here do not contradict each other."""
        return (self.text.text if self.text else "", self.value, self.state)


UNKNOWN = Cell(state=State.UNKNOWN)


@dataclass(frozen=True)
class Subject:
    """One of the things compared. `written` says that it has a file of its own."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: str = ""
    homepage: str = ""
    summary: str = ""
    version: str = ""
    license: str = ""
    color: str | None = None
    facts: Mapping[str, Cell] = field(default_factory=dict, hash=False)
    written: bool = False

    @property
    def path(self) -> str:
        return f"/subjects/{self.id}/"


@dataclass(frozen=True, slots=True)
class Factor:
    """A row of the table: one cell a subject, in the order of subjects.

    `winners` holds the ids of the subjects that win the row: none when nobody judged it, all of them when it is a tie.
    """

    id: str
    label: str
    cells: tuple[Cell, ...]
    winners: tuple[str, ...] = ()
    weight: int = 1  # 0 to 5
    note: Prose | None = None
    group: str = ""
    unit: str = ""
    better: Literal["lower", "higher"] | None = None
    max_age: int | None = None  # days

    @property
    def tied(self) -> bool:
        return len(self.winners) == len(self.cells)

    @property
    def judged(self) -> bool:
        return bool(self.winners)

    @property
    def kind(self) -> Kind | None:
        """The kind of evidence behind the whole row, when all its cells share one."""
        kinds = {cell.kind for cell in self.cells}
        return kinds.pop() if len(kinds) == 1 else None


@dataclass(frozen=True, slots=True)
class Consider:
    """The third way out. `path` leads to its subject or to a comparison with it, when the site has one."""

    name: str
    when: Prose
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A verdict that was another one before `date`; `was` is a subject's name, or None for no pick."""

    date: date
    was: str | None
    why: str


@dataclass(frozen=True)
class Comparison:
    slug: str
    origin: str  # where it lies, relative to the project
    subjects: tuple[Subject, ...]
    pick: Subject | None
    why: Prose
    factors: tuple[Factor, ...]
    verdict: tuple[Prose, ...]  # in the order of subjects
    body: Prose
    own_title: str = ""
    tagline: str = ""
    summary: str = ""
    consider: tuple[Consider, ...] = ()
    sources: tuple[Source, ...] = ()  # in the order of first use; a mark is a place here, from 1
    category: str = ""
    tags: tuple[str, ...] = ()
    published: date | None = None
    updated: date | None = None
    author: str = ""
    pinned: tuple[str, ...] = ()  # slugs
    aliases: tuple[str, ...] = ()
    disclosure: Prose | None = None
    history: tuple[Change, ...] = ()
    draft: bool = False

    @property
    def title(self) -> str:
        return self.own_title or " vs ".join(subject.name for subject in self.subjects)

    @property
    def path(self) -> str:
        return f"/compare/{self.slug}/"

    @property
    def revised(self) -> date | None:
        """The day of the newest content: updated, else published; only a draft may have neither."""
        return self.updated or self.published

    @cached_property
    def subject_ids(self) -> frozenset[str]:
        return frozenset(subject.id for subject in self.subjects)

    @property
    def groups(self) -> tuple[tuple[str, tuple[Factor, ...]], ...]:
        """Rows under their groups' names, in order of first appearance; rows without a group under the empty name."""
        names = dict.fromkeys(factor.group for factor in self.factors)
        return tuple((name, tuple(factor for factor in self.factors if factor.group == name)) for name in names)

    @property
    def states(self) -> tuple[State, ...]:
        """The states that the table uses, for its legend."""
        used = {cell.state for factor in self.factors for cell in factor.cells}
        return tuple(state for state in State if state in used)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of evidence that the table marks, for its legend."""
        used = {cell.kind for factor in self.factors for cell in factor.cells}
        return tuple(kind for kind in Kind if kind in used and kind.remarkable)

    @property
    def advice(self) -> tuple[tuple[Subject, Prose], ...]:
        """`Use <subject> if` lines, in the order of subjects."""
        return tuple(zip(self.subjects, self.verdict, strict=True))

    @property
    def use_the_other(self) -> tuple[tuple[Subject, Prose], ...]:
        """When to take what was not picked; every subject when none was."""
        return tuple((subject, prose) for subject, prose in self.advice if subject is not self.pick)

    @property
    def pick_place(self) -> int:
        """The pick's place among the subjects, from 1; 0 when nothing was picked."""
        return self.subjects.index(self.pick) + 1 if self.pick else 0

    @property
    def reading_minutes(self) -> int:
        return self.body.reading_minutes

    def marks(self, cell: Cell) -> tuple[int, ...]:
        """The numbers of a cell's sources in the source list, from 1."""
        return tuple(self.sources.index(source) + 1 for source in cell.sources)

    def quotes(self, source: Source) -> tuple[str, ...]:
        """The words of a source that bear cells out: its own quote, then those of cells that cite it first."""
        cited = (cell.quote for factor in self.factors for cell in factor.cells if cell.sources[:1] == (source,))
        return tuple(dict.fromkeys(quote for quote in (source.quote, *cited) if quote))

    def cells_citing(self, source: Source) -> tuple[tuple[Factor, Subject], ...]:
        """Where a source is used, in reading order."""
        return tuple(
            (factor, subject)
            for factor in self.factors
            for subject, cell in zip(self.subjects, factor.cells, strict=True)
            if source in cell.sources
        )


@dataclass(frozen=True)
class Page:
    """A plain or documentation page. `section` is the folder it lies in, empty at the top."""

    path: str  # address within the site: `/guide/start/`
    title: str
    body: Prose
    origin: str  # where it lies, relative to the project
    section: str = ""
    summary: str = ""
    order: Decimal | None = None
    aliases: tuple[str, ...] = ()
    draft: bool = False


@dataclass(frozen=True, slots=True)
class File:
    """A file beside an article, published as it is; its bytes are read only when they are written."""

    path: str  # address within the site: `/compare/chart.png`
    origin: str  # where it lies, relative to the project
    size: tuple[int, int] | None = None  # of an image: width and height in pixels


@dataclass(frozen=True, slots=True)
class NavigationItem:
    label: str
    path: str


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    title: str
    base_url: str  # absolute, ends in a slash
    tagline: str = ""
    description: str = ""
    language: str = "en"
    author: Person | None = None
    feedback_email: str = ""
    accent: str | None = None
    allow_html: bool = False

    @property
    def prefix(self) -> str:
        """The path that every root-relative address starts with: `/` or `/picks/`."""
        return urlsplit(self.base_url).path

    def absolute(self, path: str) -> str:
        """The public URL of an address within the site; other URLs stay as they are."""
        return self.base_url + path.removeprefix("/") if path.startswith("/") else path


@dataclass(frozen=True)
class Site:
    """Everything that is published. Comparisons stand newest first, then by slug."""

    settings: Settings
    comparisons: tuple[Comparison, ...]
    subjects: Mapping[str, Subject]
    pages: tuple[Page, ...] = ()
    files: tuple[File, ...] = ()
    navigation: tuple[NavigationItem, ...] = ()

    @cached_property
    def by_slug(self) -> Mapping[str, Comparison]:
        return {comparison.slug: comparison for comparison in self.comparisons}

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Each comparison's place in the order of the site, by slug."""
        return {comparison.slug: place for place, comparison in enumerate(self.comparisons)}

    @cached_property
    def by_subject(self) -> Mapping[str, tuple[Comparison, ...]]:
        return _index(self.comparisons, lambda comparison: [subject.id for subject in comparison.subjects])

    @cached_property
    def by_category(self) -> Mapping[str, tuple[Comparison, ...]]:
        return _index(self.comparisons, lambda comparison: [comparison.category] if comparison.category else [])

    @cached_property
    def by_tag(self) -> Mapping[str, tuple[Comparison, ...]]:
        return _index(self.comparisons, lambda comparison: list(comparison.tags))

    def section(self, page: Page) -> tuple[Page, ...]:
        """The pages of one page's section in reading order; a page at the top stands alone."""
        return tuple(other for other in self.pages if other.section == page.section) if page.section else (page,)

    def with_settings(self, **changes: str) -> Self:
        return replace(self, settings=replace(self.settings, **changes))  # type: ignore[arg-type]


def _index(
    comparisons: Sequence[Comparison], keys: Callable[[Comparison], Sequence[str]]
) -> dict[str, tuple[Comparison, ...]]:
    """Comparisons by key, keys in alphabetical order, so that the order of files never shows."""
    index: dict[str, list[Comparison]] = {}
    for comparison in comparisons:
        for key in keys(comparison):
            index.setdefault(key, []).append(comparison)
    return {key: tuple(index[key]) for key in sorted(index, key=lambda name: (name.casefold(), name))}
