"""The site as a value: its settings, its pages, and its comparisons as lists need them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any, NamedTuple, Self, overload
from urllib.parse import urlsplit

from tiebreak import limits
from tiebreak.languages import direction, locale
from tiebreak.model.card import Card
from tiebreak.model.closeness import Closeness
from tiebreak.model.facts import FactNumber, Facts, Release
from tiebreak.model.prose import Prose
from tiebreak.model.serialize import pack, plain_digest, unpack
from tiebreak.model.table import Factor, Subject


@dataclass(frozen=True)
class Page:
    """A plain or documentation page. `section` is the folder it lies in, empty at the top."""

    path: str  # URL within the site: `/guide/start/`
    title: str
    body: Prose
    origin: str  # where it lies, relative to the project
    section: str = ""
    summary: str = ""
    order: Decimal | None = None
    aliases: tuple[str, ...] = ()
    draft: bool = False

    def __getstate__(self) -> dict[str, Any]:
        """Without its digest, which would make other bytes of it."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @cached_property
    def own_digest(self) -> bytes:
        """By which it counts among the neighbours that each page of its section shows."""
        return plain_digest(self)


@dataclass(frozen=True)
class Attachment:
    """A file beside an article, published as it is; its bytes are read only when they are written."""

    path: str  # URL within the site, percent-encoded: `/compare/chart.png`
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
    organization: bool = False


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
    schema_type: str = "Thing"  # of the subjects whose files name none
    allow_html: bool = False
    host: str = ""  # the name of the one that settings are written for
    search: bool = False
    indexnow: str = ""  # the key
    twins: bool = True
    cards: bool = True
    max_age: int | None = None  # days; of cells whose factor, row and own words say nothing
    rules: Mapping[str, str] = field(default_factory=dict)  # severities by the codes of warnings

    @property
    def direction(self) -> str:
        """`rtl` where the language is written from right to left, else `ltr`."""
        return direction(self.language)

    @property
    def locale(self) -> str:
        """The language as Open Graph spells it: `pt_BR`, and `en` where the tag names no country."""
        return locale(self.language)

    @property
    def prefix(self) -> str:
        """The path that every root-relative address starts with: `/` or `/picks/`."""
        return urlsplit(self.base_url).path

    def author_url(self, name: str) -> str:
        """The page about the site's author, if that is whom the name means."""
        return self.author.url if self.author and self.author.name == name else ""

    def absolute(self, url: str) -> str:
        """The public URL of a URL within the site; other URLs stay as they are."""
        return self.base_url + url.removeprefix("/") if url.startswith("/") else url


class Listing(NamedTuple):
    """A comparison as an entry in the site's lists: what orders and groups it, and its card, packed.

    A site of ten thousand comparisons is at hand at once that way: a card is unpacked when somebody asks for it.
    """

    slug: str
    origin: str
    path: str
    title: str
    subject_ids: tuple[str, ...]
    picked: str  # the pick's id, or nothing
    category: str
    tags: tuple[str, ...]
    revised: date | None
    pinned: tuple[str, ...]
    aliases: tuple[str, ...]
    margin: float  # by which a clear ruling leads; nothing where it is none
    evidence: int
    rests_on: tuple[tuple[str, int], ...]
    changed: date | None  # the day of its newest change, of the verdict or of a cell
    packed: bytes
    own_digest: bytes  # of the card

    @classmethod
    def of(cls, card: Card) -> Self:
        return cls(
            slug=card.slug,
            origin=card.origin,
            path=card.path,
            title=card.title,
            subject_ids=card.subject_ids,
            picked=card.pick.id if card.pick else "",
            category=card.category,
            tags=card.tags,
            revised=card.revised,
            pinned=card.pinned,
            aliases=card.aliases,
            margin=card.balance.margin if card.closeness is Closeness.CLEAR else 0,
            evidence=card.evidence,
            rests_on=card.rests_on,
            changed=max((change.date for change in card.changes), default=None),
            packed=pack(card),
            own_digest=plain_digest(card),
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Listing) and self.own_digest == other.own_digest

    def __hash__(self) -> int:
        return hash(self.own_digest)

    @property
    def card(self) -> Card:
        return _unpack(self.packed)


@lru_cache(maxsize=20_000)  # each of them stands in several lists
def _unpack(packed: bytes) -> Card:
    card: Card = unpack(packed)
    return card


@dataclass(frozen=True)
class Cards(Sequence[Card]):
    """Comparisons as templates see them in a list; `listings` are the same for those who only order and group them."""

    listings: tuple[Listing, ...] = ()

    def __len__(self) -> int:
        return len(self.listings)

    @overload
    def __getitem__(self, place: int) -> Card: ...
    @overload
    def __getitem__(self, place: slice) -> "Cards": ...
    def __getitem__(self, place: int | slice) -> "Card | Cards":
        return Cards(self.listings[place]) if isinstance(place, slice) else self.listings[place].card

    def __add__(self, other: "Cards") -> "Cards":
        """Templates put lists together: `hub.comparisons + uncategorised`."""
        return Cards(self.listings + other.listings)


@dataclass(frozen=True)
class Site:
    """Everything that is published. Comparisons stand newest first, then by slug."""

    settings: Settings
    listings: tuple[Listing, ...]
    subjects: Mapping[str, Subject]
    pages: tuple[Page, ...] = ()
    files: tuple[Attachment, ...] = ()
    navigation: tuple[NavigationItem, ...] = ()
    facts: tuple[Facts, ...] = ()  # by the subject's id
    releases: Mapping[str, tuple[Release, ...]] = field(default_factory=dict)  # by the subject's id, the newest first
    factors: tuple[Factor, ...] = ()  # what they are about, without cells; without a label where nobody described it

    def __getstate__(self) -> dict[str, Any]:
        """Without the indexes, which are quickly made anew."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @property
    def comparisons(self) -> Cards:
        return Cards(self.listings)

    @cached_property
    def by_slug(self) -> Mapping[str, Card]:
        """For templates: it unpacks every card."""
        return {listing.slug: listing.card for listing in self.listings}

    @cached_property
    def listing_by_slug(self) -> Mapping[str, Listing]:
        return {listing.slug: listing for listing in self.listings}

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Each comparison's place in the order of the site, by slug."""
        return {listing.slug: place for place, listing in enumerate(self.listings)}

    @cached_property
    def by_subject(self) -> Mapping[str, Cards]:
        return _index(self.listings, lambda listing: listing.subject_ids)

    @cached_property
    def by_category(self) -> Mapping[str, Cards]:
        return _index(self.listings, lambda listing: [listing.category] if listing.category else [])

    @cached_property
    def by_tag(self) -> Mapping[str, Cards]:
        return _index(self.listings, lambda listing: listing.tags)

    @cached_property
    def rests(self) -> Mapping[str, Sequence[tuple[Listing, int]]]:
        """The comparisons that cite each page of the site, by URL, and how many of their rows do."""
        found: dict[str, list[tuple[Listing, int]]] = {}
        for listing in self.listings:
            for url, rows in listing.rests_on:
                found.setdefault(url, []).append((listing, rows))
        return found

    @cached_property
    def numbers(self) -> Mapping[str, Sequence[FactNumber]]:
        """The numbers of each subject that can be compared, by its id."""
        return {one.subject: one.numbers for one in self.facts}

    @cached_property
    def has_changes(self) -> bool:
        """Whether a verdict or a cell of any comparison was another."""
        return any(listing.changed for listing in self.listings)

    def section(self, page: Page) -> tuple[Page, ...]:
        """The pages of one page's section in reading order; a page at the top stands alone."""
        return self.sections[page.section] if page.section else (page,)

    def around(self, page: Page) -> tuple[Page, ...]:
        """What the side navigation of a page links: all of its section, or in a long one its first page and those
        around this one; else the navigation of all pages would grow with the square of them. Nothing for a page alone.
        """
        section, most = self.section(page), limits.SECTION
        if len(section) <= most:
            return section if len(section) > 1 else ()
        start = min(max(1, self.place_in_section[page.path] - most // 2), len(section) - most + 1)
        return (section[0], *section[start : start + most - 1])

    @cached_property
    def sections(self) -> Mapping[str, tuple[Page, ...]]:
        """The pages of each section in reading order; those at the top, which stand alone, under the empty name."""
        found: dict[str, list[Page]] = {}
        for page in self.pages:
            found.setdefault(page.section, []).append(page)
        return {section: tuple(pages) for section, pages in found.items()}

    @cached_property
    def place_in_section(self) -> Mapping[str, int]:
        """Each page's place in its section, from 0, by path."""
        return {page.path: place for pages in self.sections.values() for place, page in enumerate(pages)}


def _index(listings: Iterable[Listing], keys: Callable[[Listing], Sequence[str]]) -> dict[str, Cards]:
    """Comparisons by key, keys in alphabetical order, so that the order of files never shows."""
    index: dict[str, list[Listing]] = {}
    for listing in listings:
        for key in keys(listing):
            index.setdefault(key, []).append(listing)
    return {key: Cards(tuple(index[key])) for key in sorted(index, key=lambda name: (name.casefold(), name))}
