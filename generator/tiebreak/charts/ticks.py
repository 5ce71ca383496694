"""The ticks of a scale, and what stands at those that have room for it."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from tiebreak.charts.scales import Scale
from tiebreak.charts.writing import Writing, width_of

NARROWEST = 150  # pixels that a scale has on the narrowest phone, beside one or two columns of numbers
FEW = 2  # signs of a text that may stick out of a scale by half
GAP = 6  # pixels between two texts


class Tick(NamedTuple):
    """A place on a scale, in hundredths, and what stands there."""

    x: float
    text: str

    @property
    def anchor(self) -> str:
        if len(self.text) <= FEW:
            return "middle"
        return "start" if self.x < 8 else "end" if self.x > 92 else "middle"


def ticks_of(scale: Scale, writing: Writing) -> tuple[Tick, ...]:
    """The ticks from side to side; some have no text where all would not fit beside each other on a narrow phone."""
    years = {tick.year for tick in scale.ticks if isinstance(tick, date)}
    is_yearly = len(years) == len(scale.ticks)
    found = [Tick(writing.side(scale.at(tick)), writing.at_tick(tick, is_yearly=is_yearly)) for tick in scale.ticks]
    every = next(every for every in range(1, len(found) + 2) if every > len(found) or _fits(found[::every]))
    return tuple(tick if place % every == 0 else tick._replace(text="") for place, tick in enumerate(found))


def _fits(ticks: Sequence[Tick]) -> bool:
    spans = sorted(span_of(tick, NARROWEST) for tick in ticks)
    return all(one[1] + GAP <= other[0] for one, other in pairwise(spans))


def span_of(tick: Tick, room: float) -> tuple[float, float]:
    """From where to where the text of a tick reaches, in pixels, on a scale of so many; lines run from the left."""
    x, width = tick.x * room / 100, width_of(tick.text)
    left = {"start": x, "end": x - width, "middle": x - width / 2}[tick.anchor]
    return left, left + width
