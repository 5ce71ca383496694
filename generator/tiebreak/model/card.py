"""A comparison as other pages see it: its card, and what has changed in it."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from tiebreak.model.balance import Balance
from tiebreak.model.closeness import Closeness, closeness
from tiebreak.model.prose import Prose
from tiebreak.model.table import Subject


@dataclass(frozen=True)
class Change:
    """A verdict that was another one before `date`; `was` is a subject's name, or None for no pick."""

    date: date
    was: str | None
    why: str  # nothing where the author has not said it
    row: ClassVar[str] = ""  # it is about none
    address: ClassVar[str] = "#history"


@dataclass(frozen=True)
class CellChange:
    """A cell that said something else before `date`. `row` is the row's label, and `address` where on the page it
    stands; nothing once it is gone.
    """

    date: date
    address: str
    row: str
    subject: str  # its name
    was: str
    now: str
    why: str = ""


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
    marked_title: str = ""  # as it was written, where there is code in it
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
    rests_on: tuple[tuple[str, int], ...] = ()  # pages of the site that it cites, by URL, and how many rows cite each
    checked: date | None = None  # the oldest day on which a cell that the ruling leans on was checked
    history: tuple[Change, ...] = ()  # newest first, as the next
    corrections: tuple[CellChange, ...] = ()

    def __hash__(self) -> int:
        """By its name: a card that stands in a dozen lists is looked up for each of them."""
        return hash(self.slug)

    @property
    def title(self) -> str:
        return self.own_title or " vs ".join(subject.name for subject in self.subjects)

    @property
    def shown_title(self) -> str:
        """The title, with code in it between backticks."""
        return self.marked_title or self.own_title or " vs ".join(subject.shown for subject in self.subjects)

    @property
    def path(self) -> str:
        return f"/compare/{self.slug}/"

    @property
    def revised(self) -> date | None:
        """The day of the newest content: updated, else published; only a draft may have neither."""
        return self.updated or self.published

    @property
    def changes(self) -> "tuple[Change | CellChange, ...]":
        """Verdicts and cells that were others, newest first."""
        return tuple(sorted((*self.history, *self.corrections), key=lambda change: change.date, reverse=True))

    @property
    def terms(self) -> tuple[str, ...]:
        """What it is filed under: its category and its tags, each name once."""
        return tuple(dict.fromkeys(name for name in (self.category, *self.tags) if name))

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

    @property
    def closeness(self) -> Closeness | None:
        """How close it was by weight; None when nothing was picked."""
        return closeness(self.balance, self.pick_place - 1) if self.pick else None
