"""A chart as a value: what is drawn, from which numbers, and what stands around it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from tiebreak.model.prose import Prose
from tiebreak.model.table import Subject

Number = Decimal | date
Precision = Literal["year", "month", "day"]


class ChartKind(StrEnum):
    """How numbers are drawn. Where length is read, the scale begins at zero."""

    BARS = "bars"
    DOTS = "dots"
    DATES = "dates"
    SCATTER = "scatter"
    LINES = "lines"


@dataclass(frozen=True)
class Point:
    """One number, and between what it lies where that is known: there are both `low` and `high`, or neither.

    `at` is where it stands on the other axis: the first measure, or the day of a line. Of a span of days,
    `low` and `high` are the first and the last, and `value` is the first.
    """

    value: Number
    low: Number | None = None
    high: Number | None = None
    at: Number | None = None

    @property
    def reach(self) -> tuple[Number, Number]:
        """The least and the most of it."""
        return (self.value, self.value) if self.low is None or self.high is None else (self.low, self.high)


@dataclass(frozen=True)
class ChartRow:
    """What one thing has to show. Bars and dots have a point for each measure, None where nothing is known; a scatter
    has one; dates and lines have any number.

    With a `subject` it wears the subject's hue, without one it is grey.
    """

    label: str  # plain text
    points: tuple[Point | None, ...]
    subject: Subject | None = None

    @property
    def known(self) -> tuple[Point, ...]:
        """The points that there are."""
        return tuple(point for point in self.points if point is not None)


@dataclass(frozen=True)
class Measure:
    """What is measured along one axis, in which unit. Both are plain text, and may be empty."""

    label: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart. Its texts are plain. Scatters and lines over numbers have two measures, from side to
    side and up; dates have none."""

    kind: ChartKind
    rows: tuple[ChartRow, ...]
    measures: tuple[Measure, ...] = (Measure(),)
    title: str = ""  # what it shows, as a sentence
    note: str = ""
    source: str = ""
    day: date | None = None  # that of the numbers
    precision: Precision = "day"  # how exactly its days are known
    coarse: tuple[tuple[date, Precision], ...] = ()  # days known less exactly than others, and how exactly
    data: str = ""  # the URL of the file of the site that has the numbers
    log: bool = False  # whether each step of a scale of numbers is a multiple of the last

    @property
    def numbers(self) -> Iterator[Decimal]:
        """All that stand on the scale of numbers, but for those of the first axis of a scatter."""
        points = (point for row in self.rows for point in row.known)
        return (number for point in points for number in point.reach if isinstance(number, Decimal))


@dataclass(frozen=True)
class ChartedProse(Prose):
    """Prose with charts. The place of each is a figure in `html`, named by a theme word: `chart 1` is the first."""

    charts: tuple[Chart, ...] = ()
