"""The measures of a balance that the theme draws: how far apart its ticks stand, and where its beam is held."""

from tiebreak.model import Balance

BEAM, STRIP = 264, 160  # pixels, what a narrow phone has room for
PITCHES = (24, 20, 16, 12, 8, 4)  # the first leaves room for a finger; 34-balance.css has a class for each
LEAST = 2


def pitch(balance: Balance) -> int:
    """From one tick to the next, in pixels: as far as a phone has room for all that one line may come to hold, whatever
    weight a reader gives to its rows.
    """
    most, room = (len(balance.ticks), BEAM) if len(balance.rows) == 2 else (_longest(balance), STRIP)
    return next((pitch for pitch in PITCHES if pitch * most <= room), LEAST)


def _longest(balance: Balance) -> int:
    """How many ticks the longest of the strips would have if every row counted."""
    on_a_side = [tick for tick in balance.ticks if tick.outcome in ("win", "shared")]
    sides = (sum(place in tick.sides for tick in on_a_side) for place in range(len(balance.rows)))
    return max(*sides, len(balance.ticks) - len(on_a_side))


def fulcrum(balance: Balance) -> float:
    """Where a beam between two would balance, in hundredths of its width."""
    return 50 + 50 * balance.lean
