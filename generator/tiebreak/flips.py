"""What would flip the result: for each row, the smallest change of its weight alone that changes who leads."""

from collections.abc import Mapping
from typing import NamedTuple

from tiebreak.model import HEAVIEST, Balance, Tick


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
    return Flip(tick, max(others.values()) - max(winners.values()), top(winners), top(others))


def top(weights: Mapping[int, int]) -> tuple[int, ...]:
    """The places with the most weight; one or more."""
    best = max(weights.values())
    return tuple(place for place, weight in weights.items() if weight == best)
