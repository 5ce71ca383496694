"""Random tables, and who leads in them by adding up: what is known of balances is held against them."""

import random
from collections.abc import Iterator

from samples import compared

from tiebreak.model.comparison import Comparison
from tiebreak.model.table import HEAVIEST

NAMES = "ABCDEF"
Leaders = frozenset[str]


def tables() -> Iterator[Comparison]:
    """A thousand tables of two to six subjects and one to nine rows, one and the same every time."""
    chance = random.Random(4)
    for _ in range(1000):
        names = NAMES[: chance.choice((2, 2, 2, 3, 4, 6))]
        rows = chance.randint(1, 9)
        shared = ["+".join(chance.sample(names, chance.randint(2, len(names) - 1))) for _ in names[2:]]
        won = [chance.choice([*names, *names, *shared, "=", "?"]) for _ in range(rows)]
        weights = [chance.choice((0, 1, 1, 1, 2, 3, 4, 5)) for _ in range(rows)]
        yield compared(*names, won=" ".join(won), weights=weights)


def leaders(comparison: Comparison, row: int = 0, weight: int = 0) -> Leaders:
    """Who has most, by adding up, if that row (from 1) counted for so much."""
    sums = dict.fromkeys((subject.id for subject in comparison.subjects), 0)
    for number, factor in enumerate(comparison.factors, 1):
        if 0 < len(factor.winners) < len(sums):
            for id in factor.winners:
                sums[id] += weight if number == row else factor.weight
    best = max(sums.values())
    return frozenset(id.upper() for id, total in sums.items() if total == best)


def turning(comparison: Comparison) -> set[int]:
    """The rows of which any weight at all makes the leaders others than now."""
    now, weights = leaders(comparison), range(HEAVIEST + 1)
    rows = range(1, len(comparison.factors) + 1)
    return {row for row in rows if any(leaders(comparison, row, weight) != now for weight in weights)}
