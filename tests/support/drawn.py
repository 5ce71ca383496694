"""Charts of every kind, made up, and the markup of each."""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from tiebreak.model import Chart, ChartKind, ChartRow, Measure, Point, Settings, Subject
from tiebreak.pages import messages
from tiebreak.storage import Cache
from tiebreak.theme.assets import Stylesheets, Theme
from tiebreak.theme.environment import CHART_PART, environment

ROOT = Path(__file__).parents[2]
NAMES = st.text("abc <>&\"'\\äß漢字é–\u202e", min_size=1, max_size=60).filter(str.strip)
NUMBERS = st.decimals(-(10**6), 10**6, allow_nan=False, allow_infinity=False, places=2)
ABOVE_ZERO = st.decimals(Decimal("0.01"), 10**6, allow_nan=False, allow_infinity=False, places=2)
DAYS = st.dates()
SUBJECT = st.sampled_from([None, Subject("tea", "Tea", hue=150), Subject("coffee", "Coffee", hue=20)])


def spread(number: Decimal, around: Decimal | None) -> Point:
    return Point(number) if around is None else Point(number, number - abs(around), number + abs(around))


POINTS = st.builds(spread, NUMBERS, st.none() | st.just(Decimal("1.5")))


def row_points(kind: ChartKind, count: int, points: st.SearchStrategy[Point]) -> st.SearchStrategy[list[Point | None]]:
    """The points of one row."""
    if kind is ChartKind.DATES:
        return st.lists(st.builds(Point, DAYS) | st.builds(span, DAYS, DAYS), min_size=1, max_size=5)
    if kind is ChartKind.SCATTER:
        return st.tuples(points, ABOVE_ZERO).map(lambda pair: [at_place(*pair)])
    if kind is ChartKind.LINES:
        lines = st.dictionaries(DAYS, points, min_size=1, max_size=6)
        return lines.map(lambda line: [at_place(line[day], day) for day in sorted(line)])
    return st.lists(st.none() | points, min_size=count, max_size=count)


@st.composite
def charts(draw: st.DrawFn, kinds: tuple[ChartKind, ...] = tuple(ChartKind)) -> Chart:
    """A chart with any names and numbers."""
    kind = draw(st.sampled_from(kinds))
    log = kind in (ChartKind.DOTS, ChartKind.SCATTER) and draw(st.booleans())
    count = draw(st.integers(1, 3)) if kind in (ChartKind.BARS, ChartKind.DOTS) else 1
    points = row_points(kind, count, st.builds(Point, ABOVE_ZERO) if log else POINTS)
    rows = draw(st.lists(st.builds(ChartRow, NAMES, points.map(tuple), SUBJECT), min_size=1, max_size=8))
    measures = {ChartKind.DATES: 0, ChartKind.SCATTER: 2}.get(kind, count)
    named = tuple(Measure(draw(NAMES), draw(st.sampled_from(["", "ms", "<b>%"]))) for _ in range(measures))
    title, note, source = (draw(NAMES) for _ in range(3))
    return Chart(kind, tuple(rows), named, title, note, source, draw(DAYS), log=log)


def span(one: date, other: date) -> Point:
    first, last = sorted((one, other))
    return Point(first, first, last)


def at_place(point: Point, at: Decimal | date) -> Point:
    return Point(point.value, point.low, point.high, at)


@cache
def _module(language: str) -> Any:
    theme = Theme(Stylesheets("style.css", "print.css"), "js/", messages.read(ROOT, language)[0])
    return (
        environment(ROOT, Settings("", "https://example.org/", language=language), theme, Cache(None))
        .get_template(CHART_PART)
        .module
    )


def markup(chart: Chart, language: str = "en") -> str:
    """The markup of a chart on a page in a language."""
    return str(_module(language).chart(chart))
