"""Charts that have a line for each thing: bars, dots, and strips of dates."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from tiebreak.charts import scales
from tiebreak.charts.scales import Scale
from tiebreak.charts.ticks import BESIDE_MORE, NARROWEST, Tick, ticks_of
from tiebreak.charts.writing import Drawing, Writing, width_of
from tiebreak.model import Chart, ChartKind, ChartRow, Measure, Point

BAR, BARS = 14, 10  # pixels that one bar is thick, and each of several
LINE = 24  # pixels
SHORT = 82  # pixels of a name in a narrow column


class Mark(NamedTuple):
    """One point of a line: x, and the ends of its spread, in hundredths; of a bar, also where it begins."""

    place: int  # of its measure
    point: Point
    x: float
    left: float
    width: float
    low: float | None = None
    span: float = 0  # from `low` to the most

    @property
    def inner(self) -> tuple[float, float]:
        """From where to where its spread lies within the bar."""
        begin = max(self.low or 0, self.left)
        return begin, max(begin, min(self.end, round(self.left + self.width, 2)))

    @property
    def end(self) -> float:
        """Where its spread ends."""
        return round((self.low or 0) + self.span, 2)


class Line(NamedTuple):
    """A row as it is drawn."""

    row: ChartRow
    marks: tuple[Mark, ...]
    left: float = 0  # of all its marks
    width: float = 0


@dataclass(frozen=True)
class Rows(Drawing):
    """A chart with a line for each row."""

    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    zero: float | None  # where zero lies on the scale

    @property
    def measures(self) -> tuple[Measure, ...]:
        return self.chart.measures

    @property
    def has_many(self) -> bool:
        """Whether a line has more points than can be said beside it."""
        return any(len(line.marks) > len(self.measures or (0,)) for line in self.lines)

    @property
    def thickness(self) -> int:
        """Of a bar, in pixels."""
        return BAR if len(self.measures) == 1 else BARS

    @property
    def height(self) -> int:
        """Of a line, in pixels."""
        if self.chart.kind is not ChartKind.BARS:
            return LINE
        return 8 + len(self.measures) * (self.thickness + 2) - 2

    @property
    def is_short(self) -> bool:
        """Whether all names fit into a narrow column."""
        return all(width_of(line.row.label) <= SHORT for line in self.lines)


def drawn(chart: Chart, writing: Writing) -> Rows:
    """A chart of bars, dots or dates."""
    scale = _scale(chart)
    has_zero = chart.kind is not ChartKind.DATES and not chart.log and scale.first <= 0 <= scale.last
    return Rows(
        chart,
        writing,
        tuple(_line(chart, row, scale, writing) for row in chart.rows),
        ticks_of(scale, writing, BESIDE_MORE if len(chart.measures) > 1 else NARROWEST),
        writing.side(scale.at(Decimal())) if has_zero else None,
    )


def _scale(chart: Chart) -> Scale:
    if chart.kind is ChartKind.DATES:
        points = [point for row in chart.rows for point in row.known]
        return scales.time(day for point in points for day in point.reach if isinstance(day, date))
    if chart.kind is ChartKind.BARS:
        return scales.from_zero(chart.numbers)
    return scales.logarithmic(chart.numbers) if chart.log else scales.linear(chart.numbers)


def _line(chart: Chart, row: ChartRow, scale: Scale, writing: Writing) -> Line:
    marks = tuple(_marks(chart, row, scale, writing))
    places = [mark.x for mark in marks]
    left = min(places, default=0.0)
    return Line(row, marks, left, round(max(places, default=0.0) - left, 2))


def _marks(chart: Chart, row: ChartRow, scale: Scale, writing: Writing) -> Iterator[Mark]:
    zero = scale.at(Decimal()) if chart.kind is ChartKind.BARS else 0.0
    for place, point in enumerate(row.points):
        if point is None:
            continue
        x, begin = writing.side(scale.at(point.value)), writing.side(zero)
        ends = [writing.side(scale.at(end)) for end in point.reach]
        low = min(ends) if point.low is not None else None
        span = round(max(ends) - min(ends), 2)
        yield Mark(place, point, x, min(begin, x), round(abs(x - begin), 2), low, span)
