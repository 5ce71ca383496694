"""The ticks of a scale, and what stands at those that have room for it."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from tiebreak.charts.scales import Scale, logarithm
from tiebreak.charts.writing import Writing, width_of
from tiebreak.model import Number

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
    days = [tick for tick in scale.ticks if isinstance(tick, date)]
    years = {tick.year for tick in days}
    is_yearly = len(years) == len(scale.ticks) and all(tick.day == tick.month == 1 for tick in days)
    found = [_tick(scale.at(tick), writing.at_tick(tick, is_yearly=is_yearly)) for tick in scale.ticks]
    shown = next(places for places in _choices(scale) if _fits([found[place] for place in places]))
    return tuple(
        Tick(writing.side(tick.x), tick.text if place in shown else "", tick.anchor) for place, tick in enumerate(found)
    )


def _choices(scale: Scale) -> Iterator[Sequence[int]]:
    """Places of ticks that could have a text, the most first; of multiples, powers of ten before others."""
    many = len(scale.ticks)
    yield range(many)
    powers = [place for place, tick in enumerate(scale.ticks) if scale.of is logarithm and _is_power(tick)]
    if len(powers) > 1:
        yield powers
    yield from (range(0, many, every) for every in range(2, many + 2))
    yield ()


def _is_power(number: Number) -> bool:
    return isinstance(number, Decimal) and number.normalize().as_tuple().digits == (1,)


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
