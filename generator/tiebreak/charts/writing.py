"""How a chart writes its numbers, days and names, and how much room a text takes."""

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import accumulate

from tiebreak.model import Chart, Number, Precision

LETTER, IDEOGRAPH = 7.4, 13.0  # pixels of a sign in the size of labels, of most fonts
LINE = 16  # pixels


@dataclass(frozen=True)
class Writing:
    """How the language of a page writes numbers and days. Where it runs from right to left, so does a chart."""

    number: Callable[[Decimal], str]
    day: Callable[[date], str]
    month: Callable[[date], str]
    is_leftward: bool = False

    def said(self, number: Number, precision: Precision = "day") -> str:
        """A number, or a day, a month or a year."""
        if not isinstance(number, date):
            return self.number(number)
        return str(number.year) if precision == "year" else (self.month if precision == "month" else self.day)(number)

    def at_tick(self, number: Number, *, is_yearly: bool = True) -> str:
        """What stands at a tick: of days the year, the month where one begins, or the day."""
        if isinstance(number, date):
            return self.said(number, "year" if is_yearly else "month" if number.day == 1 else "day")
        return self.number(number)

    @property
    def sign(self) -> int:
        """Of a distance towards where lines end."""
        return -1 if self.is_leftward else 1

    def side(self, place: float) -> float:
        """A place counted from where lines begin, as one counted from the left."""
        return round(100 - place, 2) if self.is_leftward else place


@dataclass(frozen=True)
class Drawing:
    """A chart with the way in which its numbers and days are written."""

    chart: Chart
    writing: Writing

    def said(self, number: Number) -> str:
        """A number or a day as readers see it."""
        return self.writing.said(number, self._exact.get(number, self.chart.precision))

    @cached_property
    def _exact(self) -> Mapping[Number, Precision]:
        return dict(self.chart.coarse)


def width_of(text: str) -> float:
    """Pixels that a text takes, rather too many than too few."""
    return sum(
        0 if unicodedata.combining(sign) else IDEOGRAPH if unicodedata.east_asian_width(sign) in "WF" else LETTER
        for sign in text
    )


def folded(text: str, room: float, most: int = 2) -> tuple[str, ...]:
    """A text in at most so many lines that fit into the room, the last of them cut short where there is more."""
    lines, words = [""], text.split()
    for place, word in enumerate(words):
        longer = f"{lines[-1]} {word}".strip()
        if width_of(longer) <= room or not lines[-1]:
            lines[-1] = longer
        elif len(lines) < most:
            lines.append(word)
        else:
            lines[-1] = " ".join((lines[-1], *words[place:]))
            break
    return tuple(_cut(line, room) for line in lines)


def _cut(text: str, room: float) -> str:
    ends = list(accumulate(map(width_of, text)))
    if not text or ends[-1] <= room:
        return text
    return f"{text[: bisect_right(ends, room - width_of('…'))].rstrip()}…"
