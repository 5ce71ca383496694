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
    """A place on a scale, in hundredths, what stands there, and which end of that does."""

    x: float
    text: str
    anchor: str = "middle"


def ticks_of(scale: Scale, writing: Writing) -> tuple[Tick, ...]:
    """The ticks from side to side; some have no text where all would not fit beside each other on a narrow phone."""
    years = {tick.year for tick in scale.ticks if isinstance(tick, date)}
    is_yearly = len(years) == len(scale.ticks)
    found = [_tick(scale.at(tick), writing.at_tick(tick, is_yearly=is_yearly)) for tick in scale.ticks]
    every = next(every for every in range(1, len(found) + 2) if every > len(found) or _fits(found[::every]))
    return tuple(
        Tick(writing.side(tick.x), tick.text if place % every == 0 else "", tick.anchor)
        for place, tick in enumerate(found)
    )


def _tick(place: float, text: str) -> Tick:
    if len(text) <= FEW:
        return Tick(place, text)
    return Tick(place, text, "start" if place < 8 else "end" if place > 92 else "middle")


def _fits(ticks: Sequence[Tick]) -> bool:
    spans = sorted(span_of(tick, NARROWEST) for tick in ticks)
    return all(one[1] + GAP <= other[0] for one, other in pairwise(spans))


def span_of(tick: Tick, room: float) -> tuple[float, float]:
    """From where to where the text of a tick reaches on a scale of so many pixels, counted from where lines begin."""
    x, width = tick.x * room / 100, width_of(tick.text)
    left = {"start": x, "end": x - width, "middle": x - width / 2}[tick.anchor]
    return left, left + width
