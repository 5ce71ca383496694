"""Charts on two axes: the scatter of two measures, and lines over time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from tiebreak.charts import labels, scales
from tiebreak.charts.scales import Scale
from tiebreak.charts.ticks import Tick, ticks_of
from tiebreak.charts.trails import Spot, Trail
from tiebreak.charts.writing import LINE, Drawing, Writing, folded, width_of
from tiebreak.model import Chart, ChartKind, ChartRow, Measure, Number

HEIGHT, HEAD = 240, 10  # pixels: of the plot, and of the room above it


class Level(NamedTuple):
    """A tick of the scale that goes up, in pixels from above."""

    y: float
    text: str


@dataclass(frozen=True)
class Plane(Drawing):
    """A chart on two axes."""

    trails: tuple[Trail, ...]
    ticks: tuple[Tick, ...]
    levels: tuple[Level, ...]
    before: int  # pixels for what stands at the levels
    behind: int = 0  # and for names at the ends of lines
    height: int = HEIGHT  # of the plot, with the room above it

    @property
    def across(self) -> Measure | None:
        """What is measured from side to side; None where that is time."""
        return self.chart.measures[0] if len(self.chart.measures) > 1 else None

    @property
    def up(self) -> Measure:
        """What is measured from the foot to the head."""
        return self.chart.measures[-1]


def drawn(chart: Chart, writing: Writing) -> Plane:
    """A scatter, or lines over time."""
    across, up = _across(chart), _up(chart)
    height = HEIGHT
    behind = 0
    if chart.kind is ChartKind.LINES:
        names = [folded(row.label, labels.MARGIN) for row in chart.rows]
        behind = round(max((width_of(line) for name in names for line in name), default=0)) + 10
        height = max(HEIGHT, HEAD + LINE * sum(map(len, names)))
    trails = [Trail(row, tuple(_spots(row, across, up, writing, height))) for row in chart.rows]
    levels = tuple(Level(_y(up, tick, height), writing.at_tick(tick)) for tick in up.ticks)
    before = round(max(width_of(level.text) for level in levels)) + 6
    if behind:
        placed = [labels.Named(label) for label in labels.at_ends(trails, height, writing)]
    else:
        placed = labels.beside(trails, height, writing)
    return Plane(
        chart,
        writing,
        tuple(trail._replace(label=one.label, number=one.number) for trail, one in zip(trails, placed, strict=True)),
        ticks_of(across, writing),
        levels,
        before,
        behind,
        height,
    )


def _across(chart: Chart) -> Scale:
    places = [point.at for row in chart.rows for point in row.known]
    numbers = [place for place in places if isinstance(place, Decimal)]
    return _scale(chart, numbers) if numbers else scales.time(day for day in places if isinstance(day, date))


def _up(chart: Chart) -> Scale:
    return _scale(chart, list(chart.numbers))


def _scale(chart: Chart, numbers: Sequence[Decimal]) -> Scale:
    return scales.logarithmic(numbers) if chart.log else scales.linear(numbers, 4)


def _y(up: Scale, number: Number, height: int) -> float:
    return round(height - (height - HEAD) * up.at(number) / 100, 1)


def _spots(row: ChartRow, across: Scale, up: Scale, writing: Writing, height: int) -> Iterator[Spot]:
    for point in row.known:
        if point.at is not None:
            low, high = (_y(up, end, height) for end in point.reach)
            yield Spot(point, writing.side(across.at(point.at)), _y(up, point.value, height), high, low)
