"""What would flip the result: for each row, the smallest change of its weight alone that changes who leads."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from tiebreak.model import HEAVIEST, Balance, Tick

SAID = 4  # rows that the sentence names; the rest are counted


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


def flips(balance: Balance) -> tuple[Flip, ...]:
    """The rows of which some other weight from 0 to 5 changes who leads, the smallest change first.

    A row that everybody wins, or nobody, changes nothing.
    """
    found = [_flip(balance, tick) for tick in balance.ticks if tick.outcome in ("win", "shared")]
    return tuple(sorted((flip for flip in found if 0 <= flip.level <= HEAVIEST), key=lambda flip: flip.change))


def _flip(balance: Balance, tick: Tick) -> Flip:
    others = {place: weight for place, weight in enumerate(balance.weights) if place not in tick.sides}
    winners = {place: balance.weights[place] - tick.weight for place in tick.sides}  # without this row
    return Flip(tick, max(others.values()) - max(winners.values()), _top(winners), _top(others))


def _top(weights: Mapping[int, int]) -> tuple[int, ...]:
    best = max(weights.values())
    return tuple(place for place, weight in weights.items() if weight == best)


def sentence(balance: Balance, names: Sequence[str]) -> str:
    """Who leads, and what would flip it, in plain words; empty when no row has a winner. `names` are the subjects'."""
    if not any(balance.rows):
        return ""
    found = flips(balance)
    parting = [flip for flip in found if flip.is_now]
    turning = [flip for flip in found if not flip.is_now]
    said = [_lead(balance, names)]
    if parting:
        rest = "other" if len(parting[0].winners + parting[0].others) == 2 else "others"
        said.append(f"Any row that one of them wins without the {rest} would part them by counting for more or less.")
    clauses = list(_clauses(turning[:SAID], names))
    if unsaid := len(turning[SAID:]):
        clauses.append("1 other row could change it too" if unsaid == 1 else f"{unsaid} other rows could change it too")
    elif clauses:
        clauses.append("no other single row changes the result")
    elif not parting:
        clauses.append("No single row changes that, whatever it counts for")
    return " ".join([*said, *([f"{'; '.join(clauses)}."] if clauses else [])])


def _lead(balance: Balance, names: Sequence[str]) -> str:
    weights = dict(enumerate(balance.weights))
    leaders = _top(weights)
    best = weights[leaders[0]]
    if len(leaders) > 1:
        return f"By weight, {_listed(names, leaders)} are level with {best} each."
    rest = {place: weight for place, weight in weights.items() if place not in leaders}
    if len(rest) == 1:
        return f"By weight, {names[leaders[0]]} leads {best} to {max(rest.values())}."
    second = _top(rest)
    ahead = f"{_listed(names, second)} with {rest[second[0]]}"
    return f"By weight, {names[leaders[0]]} leads with {best}, ahead of {ahead}."


def _clauses(found: Iterable[Flip], names: Sequence[str]) -> Iterator[str]:
    """`TensorFlow would lead if "Mobile" counted for 4 or more (level at 3)`, one for each who would."""

    def who(flip: Flip) -> tuple[bool, tuple[int, ...]]:
        return flip.weight == flip.level, flip.newcomers

    for (only_level, places), group in groupby(sorted(found, key=who), key=who):
        verb = "draw level" if only_level else "lead" if len(places) == 1 else "lead together"
        yield f"{_listed(names, places)} would {verb} if {', or if '.join(map(_condition, group))}"


def _condition(flip: Flip) -> str:
    at = flip.weight
    if at == 0:
        counted = "did not count"
    elif at == HEAVIEST:
        counted = f"counted for {at}"
    else:
        counted = f"counted for {at} or {'more' if flip.rises else 'less'}"
    return f'"{flip.tick.label}" {counted}' + (f" (level at {flip.level})" if at != flip.level else "")


def _listed(names: Sequence[str], places: Sequence[int]) -> str:
    *most, last = (names[place] for place in places)
    return f"{', '.join(most)} and {last}" if most else last
