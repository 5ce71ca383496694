"""The values a site is made of, once everything is read, checked and linked; nothing here touches the disk."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, lru_cache
from html import unescape
from math import ceil
from typing import Any, Literal, NamedTuple, Self
from urllib.parse import urlsplit

from tiebreak.packing import pack, plain_digest, unpack

_TAG = re.compile(r"<[^>]*>")
_NOT_PROSE = re.compile(r'<pre.*?</pre>|<div class="footnote".*?</div>|<a class="anchor".*?</a>', re.DOTALL)
HEAVIEST = 5  # the most that a row can count for
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
    def name_in_theme(self) -> str:
        """The state as a word that may stand in a class name, an icon's id or the name of a text."""
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


@dataclass(frozen=True)
class Heading:
    id: str
    html: str  # inline markup, safe
    level: int
    children: tuple["Heading", ...] = ()


@dataclass(frozen=True)
class Link:
    """Where a link or an image leads.

    `target` is as written at first; after linking, an absolute URL or an address within the site (`/compare/x/#y`).
    """

    target: str
    image: bool = False
    alt: str | None = None
    size: tuple[int, int] | None = None  # width and height in pixels


@dataclass(frozen=True)
class Prose:
    """Markdown as safe HTML. Each link stands in `html` as a numbered token, so one value serves pages at any depth;
    what the theme says in it is a `theme_word`, so it serves any language.
    """

    html: str
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def text(self) -> str:
        """Its words, without markup, code and notes."""
        words = _TAG.sub("", _NOT_PROSE.sub("", self.html)) if "<" in self.html else self.html
        return unescape(words)

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


NO_PROSE = Prose("")


def theme_word(name: str, number: int | str = "") -> str:
    """What stands in prose as the value of an attribute that the theme words, in the language of the site.

    No author can write U+001A, as in the tokens of links: source.py refuses control characters.
    """
    return f"\x1a{name} {number}\x1a" if number else f"\x1a{name}\x1a"


@dataclass(frozen=True)
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


@dataclass(frozen=True)
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

    def says(self, word: str) -> bool:
        """Whether its text is that word and nothing else."""
        return self.text is not None and self.text.text.casefold() == word.casefold()

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
    written: bool = False

    @property
    def path(self) -> str:
        return f"/subjects/{self.id}/"


@dataclass(frozen=True)
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
    def shares(self) -> tuple[float, ...]:
        """Each cell's number as a share of the largest, on a scale that begins at zero, in thousandths.

        Empty when a cell has no number, a number lies below zero, or all are zero; and without a unit, because a number
        may then be a version.
        """
        numbers = [number for cell in self.cells if (number := cell.number) is not None]
        most = max(numbers, default=Decimal())
        if not self.unit or len(numbers) < len(self.cells) or min(numbers) < 0 or not most:
            return ()
        return tuple(round(float(number / most), 3) for number in numbers)

    @property
    def alike(self) -> bool:
        """Whether all cells read the same; what is not known is not known to be the same."""
        return len({cell.same_as for cell in self.cells}) == 1 and not self.cells[0].unknown

    @property
    def kind(self) -> Kind | None:
        """The kind of evidence behind the whole row, when all its cells share one."""
        kinds = {cell.kind for cell in self.cells}
        return kinds.pop() if len(kinds) == 1 else None


@dataclass(frozen=True)
class Preset:
    """Priorities of readers of one kind: the weights, by row, in which they differ from the author."""

    name: str
    note: str
    weights: Mapping[str, int]

    @property
    def view(self) -> str:
        """The weights as the address of a page has them: `mobile:5,tpu:0`."""
        return ",".join(f"{id}:{weight}" for id, weight in self.weights.items())


@dataclass(frozen=True)
class Consider:
    """The third way out. `path` leads to its subject or to a comparison with it, when the site has one."""

    name: str
    when: Prose
    path: str | None = None


@dataclass(frozen=True)
class Change:
    """A verdict that was another one before `date`; `was` is a subject's name, or None for no pick."""

    date: date
    was: str | None
    why: str


@dataclass(frozen=True)
class Tick:
    """One row in the drawing. `sides` are the places (from 0) of the subjects that win it: one, several, or none."""

    id: str
    label: str
    weight: int  # 0 to 5
    sides: tuple[int, ...]
    outcome: Literal["win", "shared", "tie", "open"]  # open: nobody judged the row


@dataclass(frozen=True)
class Balance:
    """How the rows fall: ticks in their order, and per subject the rows it wins alone or shares and their weight."""

    ticks: tuple[Tick, ...] = ()
    rows: tuple[int, ...] = ()
    weights: tuple[int, ...] = ()
    ties: int = 0
    open: int = 0

    def won_by(self, place: int) -> tuple[Tick, ...]:
        """The ticks on one subject's side, the heaviest first; a tie is on nobody's side."""
        return _by_weight(tick for tick in self.ticks if tick.outcome != "tie" and place in tick.sides)

    @property
    def undecided(self) -> tuple[Tick, ...]:
        """The ticks on nobody's side, ties before what nobody judged."""
        ties = _by_weight(tick for tick in self.ticks if tick.outcome == "tie")
        return (*ties, *_by_weight(tick for tick in self.ticks if tick.outcome == "open"))

    @property
    def heaviest(self) -> int:
        return max((tick.weight for tick in self.ticks), default=0)

    @property
    def lean(self) -> float:
        """Where a beam between two subjects would balance: -1 at the first, 0 in the middle, 1 at the second."""
        total = sum(tick.weight for tick in self.ticks)
        return round((self.weights[1] - self.weights[0]) / total, 3) if total else 0.0

    @property
    def margin(self) -> float:
        """How clear the ruling is: the lead of the heaviest side over the next, as a share of all weight judged."""
        weights = sorted(self.weights, reverse=True)
        return (weights[0] - weights[1]) / max(1, sum(weights))


def _by_weight(ticks: Iterable[Tick]) -> tuple[Tick, ...]:
    return tuple(sorted(ticks, key=lambda tick: -tick.weight))


@dataclass(frozen=True)
class Card:
    """A comparison as other pages see it: in lists, among the related, in the feed.

    What is not here cannot change another page, which is why a build need not look at the others.
    """

    slug: str
    origin: str  # where it lies, relative to the project
    subjects: tuple[Subject, ...]
    pick: Subject | None
    why: Prose
    verdict: tuple[Prose, ...]  # in the order of subjects
    balance: Balance
    own_title: str = ""
    tagline: str = ""
    summary: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    published: date | None = None
    updated: date | None = None
    author: str = ""
    pinned: tuple[str, ...] = ()  # slugs
    aliases: tuple[str, ...] = ()
    draft: bool = False
    evidence: int = 0  # how many sources it cites
    checked: date | None = None  # the newest day on which a cell was checked

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

    @property
    def subject_ids(self) -> tuple[str, ...]:
        return tuple(subject.id for subject in self.subjects)

    @property
    def advice(self) -> tuple[tuple[Subject, Prose], ...]:
        """`Use <subject> if` lines, in the order of subjects."""
        return tuple(zip(self.subjects, self.verdict, strict=True))

    @property
    def use_the_other(self) -> tuple[tuple[Subject, Prose], ...]:
        """When to take what was not picked; every subject when none was."""
        return tuple((subject, prose) for subject, prose in self.advice if subject != self.pick)

    @property
    def subject_kinds(self) -> tuple[str, ...]:
        """What sort of things are compared, each once."""
        return tuple(dict.fromkeys(subject.kind for subject in self.subjects if subject.kind))

    @property
    def also_called(self) -> tuple[str, ...]:
        """Names of its subjects that its title may not say."""
        return tuple(name for subject in self.subjects for name in (subject.name, *subject.aliases))

    @property
    def pick_place(self) -> int:
        """The pick's place among the subjects, from 1; 0 when nothing was picked."""
        return self.subjects.index(self.pick) + 1 if self.pick else 0


@dataclass(frozen=True)
class Comparison(Card):
    """The whole of a comparison, for its own page."""

    factors: tuple[Factor, ...] = ()
    body: Prose = NO_PROSE
    consider: tuple[Consider, ...] = ()
    sources: tuple[Source, ...] = ()  # in the order of first use; a mark is a place here, from 1
    disclosure: Prose | None = None
    history: tuple[Change, ...] = ()
    presets: tuple[Preset, ...] = ()

    @property
    def card(self) -> Card:
        """What other pages see of it."""
        return Card(**{field.name: getattr(self, field.name) for field in fields(Card)})

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


@dataclass(frozen=True)
class File:
    """A file beside an article, published as it is; its bytes are read only when they are written."""

    path: str  # address within the site: `/compare/chart.png`
    origin: str  # where it lies, relative to the project
    size: tuple[int, int] | None = None  # of an image: width and height in pixels


@dataclass(frozen=True)
class NavigationItem:
    label: str
    path: str


@dataclass(frozen=True)
class Person:
    name: str
    url: str = ""


@dataclass(frozen=True)
class Settings:
    title: str
    base_url: str  # absolute, ends in a slash
    tagline: str = ""
    description: str = ""
    language: str = "en"
    author: Person | None = None
    feedback_email: str = ""
    feedback_issues: str = ""  # the address of a page for a new issue
    accent: str | None = None
    allow_html: bool = False
    search: bool = False

    @property
    def prefix(self) -> str:
        """The path that every root-relative address starts with: `/` or `/picks/`."""
        return urlsplit(self.base_url).path

    def absolute(self, path: str) -> str:
        """The public URL of an address within the site; other URLs stay as they are."""
        return self.base_url + path.removeprefix("/") if path.startswith("/") else path


class Listing(NamedTuple):
    """A comparison as an entry in the site's lists: what orders and groups it, and its card, packed.

    A site of ten thousand comparisons is at hand at once that way; whatever else of its card a page asks for
    (`listing.why`, `listing.balance`) is unpacked for that page.
    """

    slug: str
    origin: str
    title: str
    subject_ids: tuple[str, ...]
    picked: str  # the pick's id, or nothing
    category: str
    tags: tuple[str, ...]
    published: date | None
    updated: date | None
    pinned: tuple[str, ...]
    aliases: tuple[str, ...]
    margin: float
    evidence: int
    packed: bytes
    digest: bytes  # of the card

    @classmethod
    def of(cls, card: Card) -> Self:
        return cls(
            slug=card.slug,
            origin=card.origin,
            title=card.title,
            subject_ids=card.subject_ids,
            picked=card.pick.id if card.pick else "",
            category=card.category,
            tags=card.tags,
            published=card.published,
            updated=card.updated,
            pinned=card.pinned,
            aliases=card.aliases,
            margin=card.balance.margin,
            evidence=card.evidence,
            packed=pack(card),
            digest=plain_digest(card),
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Listing) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    @property
    def card(self) -> Card:
        return _unpack(self.packed)

    @property
    def path(self) -> str:
        return f"/compare/{self.slug}/"

    @property
    def revised(self) -> date | None:
        """The day of the newest content: updated, else published; only a draft may have neither."""
        return self.updated or self.published

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)  # asked for by copy and pickle, and never a card's
        return getattr(_unpack(self.packed), name)


@lru_cache(maxsize=20_000)  # each of them stands in several lists
def _unpack(packed: bytes) -> Card:
    card: Card = unpack(packed)
    return card


class Facts(NamedTuple):
    """What is known of a subject: the factors, by id, and the facts about them as JSON (see facts.py)."""

    subject: str
    factors: tuple[str, ...]
    packed: str


@dataclass(frozen=True)
class Site:
    """Everything that is published. Comparisons stand newest first, then by slug."""

    settings: Settings
    comparisons: tuple[Listing, ...]
    subjects: Mapping[str, Subject]
    pages: tuple[Page, ...] = ()
    files: tuple[File, ...] = ()
    navigation: tuple[NavigationItem, ...] = ()
    facts: tuple[Facts, ...] = ()  # by the subject's id
    factors: tuple[Factor, ...] = ()  # what they are about, without cells; without a label where nobody described it

    def __getstate__(self) -> dict[str, Any]:
        """Without the indexes, which are quickly made anew."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @cached_property
    def by_slug(self) -> Mapping[str, Listing]:
        return {comparison.slug: comparison for comparison in self.comparisons}

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Each comparison's place in the order of the site, by slug."""
        return {comparison.slug: place for place, comparison in enumerate(self.comparisons)}

    @cached_property
    def by_subject(self) -> Mapping[str, tuple[Listing, ...]]:
        return _index(self.comparisons, lambda comparison: comparison.subject_ids)

    @cached_property
    def by_category(self) -> Mapping[str, tuple[Listing, ...]]:
        return _index(self.comparisons, lambda comparison: [comparison.category] if comparison.category else [])

    @cached_property
    def by_tag(self) -> Mapping[str, tuple[Listing, ...]]:
        return _index(self.comparisons, lambda comparison: comparison.tags)

    def section(self, page: Page) -> tuple[Page, ...]:
        """The pages of one page's section in reading order; a page at the top stands alone."""
        return tuple(other for other in self.pages if other.section == page.section) if page.section else (page,)


def _index(comparisons: Sequence[Listing], keys: Callable[[Listing], Sequence[str]]) -> dict[str, tuple[Listing, ...]]:
    """Comparisons by key, keys in alphabetical order, so that the order of files never shows."""
    index: dict[str, list[Listing]] = {}
    for comparison in comparisons:
        for key in keys(comparison):
            index.setdefault(key, []).append(comparison)
    return {key: tuple(index[key]) for key in sorted(index, key=lambda name: (name.casefold(), name))}
