"""Scales: where a number or a day stands between two ends, in hundredths, and at which round ones there is a tick."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil, floor, log10

from tiebreak.model import Number

STEPS = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))
MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 24000)  # between two ticks of days
FINE = 100  # from the least to the most, up to which a scale of multiples has ticks between powers of ten
NEAR_ZERO = Decimal("0.35")  # of the largest number: from there on a scale of dots begins at zero


@dataclass(frozen=True)
class Scale:
    """From `first` to `last`, which differ, and ticks in between. `of` gives a number its place before it is scaled."""

    first: float
    last: float
    ticks: tuple[Number, ...]
    of: Callable[[Number], float]

    def at(self, number: Number) -> float:
        """The place of a number, 0 to 100."""
        return round(100 * (self.of(number) - self.first) / (self.last - self.first), 2)


def plain(number: Number) -> float:
    """A number as it is, a day counted from the first."""
    return float(number) if isinstance(number, Decimal) else float(number.toordinal())


def logarithm(number: Number) -> float:
    """Of a number above zero, to ten."""
    return log10(float(number)) if isinstance(number, Decimal) else plain(number)


def from_zero(numbers: Iterable[Decimal], most: int = 5) -> Scale:
    """A scale on which length is read: from zero, or from the least below it, to the most."""
    some = [*numbers, Decimal()]
    low, high = min(some), max(some)
    if low == high:
        high = Decimal(1)
    ticks = tuple(tick for tick in round_numbers(low, high, most) if low <= tick <= high)
    return Scale(float(low), float(high), ticks, plain)


def linear(numbers: Iterable[Decimal], most: int = 5) -> Scale:
    """A scale on which places are read, between round numbers; it begins at zero where that is near."""
    some = list(numbers) or [Decimal()]
    low, high = min(some), max(some)
    if 0 < low <= high * NEAR_ZERO:
        low = Decimal()
    elif low * NEAR_ZERO <= high < 0:
        high = Decimal()
    if float(low) == float(high):  # or so near that no drawing could tell them apart
        room = abs(low) / 2 or Decimal(1)
        low, high = low - room, high + room
    ticks = round_numbers(low, high, most)
    return Scale(float(ticks[0]), float(ticks[-1]), ticks, plain)


def logarithmic(numbers: Iterable[Decimal]) -> Scale:
    """A scale of numbers above zero, from 1, 2 or 5 times a power of ten, with ticks at these, or at powers alone."""
    some = [number for number in numbers if number > 0] or [Decimal(1)]
    low, high = min(some), max(some)
    first, last = floor(logarithm(low)), ceil(logarithm(high))
    steps = [step.scaleb(power) for power in range(first - 1, last + 2) for step in STEPS[:3]]
    bottom = max(step for step in steps if step <= low)
    top = min(step for step in steps if step >= high and step > bottom)
    powers = [Decimal(1).scaleb(power) for power in range(first, last + 1)]
    chosen = steps if top / bottom <= FINE else powers[:: ceil(len(powers) / 5)]
    ticks = tuple(tick for tick in chosen if bottom <= tick <= top)
    return Scale(logarithm(bottom), logarithm(top), ticks, logarithm)


def time(days: Iterable[date], most: int = 6) -> Scale:
    """A scale of days from the first to the last, with ticks at the beginnings of months or years, or at its ends where
    it has not two of these.
    """
    some = list(days) or [date(2000, 1, 1)]
    first, last = min(some).toordinal(), max(some).toordinal()
    if first == last:
        first, last = max(1, first - 183), min(date.max.toordinal(), last + 183)
    months = (last - first) / 30.44
    step = next((one for one in MONTHS if months / one <= most), MONTHS[-1])
    begin = date.fromordinal(first)
    start = (begin.year * 12 + begin.month - 1) // step * step
    found = (_month(start + place * step) for place in range(most + 3))
    ticks = tuple(day for day in found if day and first <= day.toordinal() <= last)
    if len(ticks) < 2:
        ticks = (begin, date.fromordinal(last))
    return Scale(float(first), float(last), ticks, plain)


def _month(count: int) -> date | None:
    """The first day of a month, counted from year 0; None where the calendar has none."""
    year, month = divmod(count, 12)
    return date(year, month + 1, 1) if date.min.year <= year <= date.max.year else None


def round_numbers(low: Decimal, high: Decimal, most: int) -> tuple[Decimal, ...]:
    """At most so many steps of 1, 2 or 5 times a power of ten, from at or below the one to at or above the other."""
    width = (high - low) / most
    power = Decimal(10) ** width.adjusted()
    step = next(one * power for one in STEPS if one * power >= width)
    first, last = floor(low / step), ceil(high / step)
    return tuple((step * place).normalize() + 0 for place in range(first, last + 1))
