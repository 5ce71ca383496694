"""The balance of a table: who leads by its rows, how clearly, and what would flip that."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from tiebreak.model.table import HEAVIEST, Factor, Subject


@dataclass(frozen=True)
class Tick:
    """One row in the drawing. `sides` are the places (from 0) of the subjects that win it: one, several, or none."""

    id: str
    label: str
    weight: int  # 0 to 5
    sides: tuple[int, ...]
    outcome: Literal["win", "shared", "tie", "open"]  # open: nobody judged the row
    decisive: bool = False  # for whoever needs it, it overrules the rest; only where somebody wins it


MOST_IN_A_LINE = 100  # ticks: a line of a list is so wide


@dataclass(frozen=True)
class Balance:
    """How the rows fall: ticks in their order, and per subject the rows it wins alone or shares and their weight.

    A row of weight 0 is a tick, and none of the rows that are counted.
    """

    ticks: tuple[Tick, ...] = ()
    rows: tuple[int, ...] = ()
    weights: tuple[int, ...] = ()
    ties: int = 0
    open: int = 0

    @property
    def counted(self) -> tuple[Tick, ...]:
        """The ticks that have weight."""
        return tuple(tick for tick in self.ticks if tick.weight)

    @property
    def uncounted(self) -> int:
        """How many have none."""
        return len(self.ticks) - len(self.counted)

    @property
    def is_judged(self) -> bool:
        """Whether any row has a winner, with weight or without."""
        return any(tick.outcome in ("win", "shared") for tick in self.ticks)

    @property
    def fits_a_line(self) -> bool:
        """Whether it can be drawn small, as in a list of many."""
        return 0 < len(self.counted) <= MOST_IN_A_LINE

    def won_by(self, place: int) -> tuple[Tick, ...]:
        """The counted ticks on one subject's side, the heaviest first; a tie is on nobody's side."""
        return _by_weight(tick for tick in self.counted if tick.outcome != "tie" and place in tick.sides)

    @property
    def undecided(self) -> tuple[Tick, ...]:
        """The counted ticks on nobody's side, ties before what nobody judged."""
        ties = _by_weight(tick for tick in self.counted if tick.outcome == "tie")
        return (*ties, *_by_weight(tick for tick in self.counted if tick.outcome == "open"))

    @property
    def decisive(self) -> tuple[Tick, ...]:
        """The ticks that overrule the rest for whoever needs them."""
        return tuple(tick for tick in self.ticks if tick.decisive)

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


def weigh(subjects: Sequence[Subject], factors: Sequence[Factor]) -> Balance:
    """The balance of a table; a row that several but not all subjects win counts for each of them."""
    ids = [subject.id for subject in subjects]
    ticks = tuple(_tick(factor, ids) for factor in factors)
    counted = [tick for tick in ticks if tick.weight]
    won = [[tick for tick in counted if tick.outcome != "tie" and place in tick.sides] for place in range(len(ids))]
    return Balance(
        ticks=ticks,
        rows=tuple(len(side) for side in won),
        weights=tuple(sum(tick.weight for tick in side) for side in won),
        ties=sum(tick.outcome == "tie" for tick in counted),
        open=sum(tick.outcome == "open" for tick in counted),
    )


def _tick(factor: Factor, ids: Sequence[str]) -> Tick:
    if not factor.judged:
        return Tick(factor.id, factor.label, factor.weight, (), "open")
    sides = tuple(place for place, id in enumerate(ids) if id in factor.winners)
    if factor.tied:
        return Tick(factor.id, factor.label, factor.weight, sides, "tie")
    outcome: Literal["win", "shared"] = "win" if len(sides) == 1 else "shared"
    return Tick(factor.id, factor.label, factor.weight, sides, outcome, decisive=factor.decisive)


class Flip(NamedTuple):
    """A row, and the weight of it at which its winners are level with the rest: above it the `winners` lead, below it
    the `others`. Both are places of subjects, from 0.
    """

    tick: Tick
    level: int
    winners: tuple[int, ...]
    others: tuple[int, ...]

    @property
    def is_now(self) -> bool:
        """Whether winners and others are level now."""
        return self.tick.weight == self.level

    @property
    def rises(self) -> bool:
        """Whether it takes more weight, so that the winners lead."""
        return self.tick.weight <= self.level

    @property
    def weight(self) -> int:
        """The nearest weight at which who did not lead does; `level`, where none goes so far."""
        beyond = self.level + 1 if self.rises else self.level - 1
        return beyond if 0 <= beyond <= HEAVIEST else self.level

    @property
    def newcomers(self) -> tuple[int, ...]:
        """Who would lead then, or be level."""
        return self.winners if self.rises else self.others

    @property
    def change(self) -> int:
        return abs(self.weight - self.tick.weight)


@lru_cache(maxsize=8)  # a page asks some times, and so do the files beside it
def flips(balance: Balance) -> tuple[Flip, ...]:
    """The rows of which some other weight from 0 to 5 changes who leads, the smallest change first.

    A row that everybody wins, or nobody, changes nothing. What is decisive does not hang on its weight.
    """
    turning = (tick for tick in balance.ticks if tick.outcome in ("win", "shared") and not tick.decisive)
    found = [_flip(balance, tick) for tick in turning]
    return tuple(sorted((flip for flip in found if 0 <= flip.level <= HEAVIEST), key=lambda flip: flip.change))


def _flip(balance: Balance, tick: Tick) -> Flip:
    others = {place: weight for place, weight in enumerate(balance.weights) if place not in tick.sides}
    winners = {place: balance.weights[place] - tick.weight for place in tick.sides}  # without this row
    return Flip(tick, max(others.values()) - max(winners.values()), top(winners), top(others))


def top(weights: Mapping[int, int]) -> tuple[int, ...]:
    """The places with the most weight; one or more."""
    best = max(weights.values())
    return tuple(place for place, weight in weights.items() if weight == best)
