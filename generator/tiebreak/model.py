"""A comparison as a value, once everything is read, checked and linked: its subjects, rows, cells and verdict."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal
from urllib.parse import urlsplit

from tiebreak.prose import NO_PROSE, Prose

HEAVIEST = 5  # the most that a row can count for


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
        return tuple(round(abs(float(number / most)), 3) for number in numbers)  # -0 is no less than 0

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
        groups: dict[str, list[Factor]] = {}
        for factor in self.factors:
            groups.setdefault(factor.group, []).append(factor)
        return tuple((name, tuple(factors)) for name, factors in groups.items())

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
        return tuple(self._numbers[source] for source in cell.sources)

    def quotes(self, source: Source) -> tuple[str, ...]:
        """The words of a source that bear cells out: its own quote, then those of cells that cite it first."""
        cited = (cell.quote for _, _, cell in self._citing.get(source, ()) if cell.sources[0] == source)
        return tuple(dict.fromkeys(quote for quote in (source.quote, *cited) if quote))

    def cells_citing(self, source: Source) -> tuple[tuple[Factor, Subject], ...]:
        """Where a source is used, in reading order."""
        return tuple((factor, subject) for factor, subject, _ in self._citing.get(source, ()))

    def __getstate__(self) -> dict[str, Any]:
        """Without the two indexes, which are quickly made anew."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @cached_property
    def _numbers(self) -> Mapping[Source, int]:
        return {source: number for number, source in enumerate(self.sources, 1)}

    @cached_property
    def _citing(self) -> Mapping[Source, list[tuple[Factor, Subject, Cell]]]:
        found: dict[Source, list[tuple[Factor, Subject, Cell]]] = {}
        for factor in self.factors:
            for subject, cell in zip(self.subjects, factor.cells, strict=True):
                for source in dict.fromkeys(cell.sources):
                    found.setdefault(source, []).append((factor, subject, cell))
        return found
