"""Whatever is drawn has its place: within the drawing, as a number, and clear of what else is drawn."""

import math
import re
from datetime import date
from decimal import Decimal
from itertools import combinations, pairwise

import html5lib
import pytest
from drawn import charts, markup
from hypothesis import given, settings
from hypothesis import strategies as st

from tiebreak.charts import Plane, Rows, Writing, drawn
from tiebreak.charts.labels import LINE, NARROW, RADIUS, WIDE, Box, box_of
from tiebreak.charts.ticks import NARROWEST, span_of
from tiebreak.model import Chart, ChartKind, ChartRow, Measure, Point

LANGUAGES = st.sampled_from(["en", "de", "ar", "ja"])
WRITING = Writing(lambda value: format(value, "f"), str, lambda value: str(value)[:7])
LEFTWARD = Writing(lambda value: format(value, "f"), str, lambda value: str(value)[:7], is_leftward=True)
PLACE = re.compile(r'(?:x|x1|x2|cx|width|y|y1|y2|cy|dx|height)="(-?[0-9.]+)(%?)"')


@given(charts((ChartKind.BARS, ChartKind.DOTS, ChartKind.DATES)), st.sampled_from([WRITING, LEFTWARD]))
def test_marks_of_rows_lie_on_their_scale(chart: Chart, writing: Writing) -> None:
    """Each mark, its spread and each tick lies between the two ends, and a bar begins at zero."""
    found = drawn(chart, writing)
    assert isinstance(found, Rows)
    for line in found.lines:
        assert len(line.marks) == len(line.row.known)
        for mark in line.marks:
            ends = (mark.x, mark.left, mark.left + mark.width, mark.low or 0, mark.end, *mark.inner)
            assert all(-0.02 <= end <= 100.02 for end in ends), ends
            if chart.kind is ChartKind.BARS:
                assert found.zero is not None
                assert min(abs(mark.left - found.zero), abs(mark.left + mark.width - found.zero)) <= 0.02
    assert all(-0.02 <= tick.x <= 100.02 for tick in found.ticks)


@given(charts(), st.sampled_from([WRITING, LEFTWARD]))
def test_texts_at_ticks_have_room(chart: Chart, writing: Writing) -> None:
    """Beside each other on the narrowest phone."""
    shown = [tick._replace(x=writing.side(tick.x)) for tick in drawn(chart, writing).ticks if tick.text]
    spans = sorted(span_of(tick, NARROWEST) for tick in shown)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@given(charts((ChartKind.SCATTER,)), st.sampled_from([WRITING, LEFTWARD]))
def test_names_cover_no_point_and_no_name(chart: Chart, writing: Writing) -> None:
    """Those that are shown on a narrow phone, and all where there is room."""
    found = drawn(chart, writing)
    assert isinstance(found, Plane)
    for width in (NARROW, WIDE):
        shown = [trail.label for trail in found.trails if trail.label and (width == WIDE or not trail.label.is_wide)]
        boxes = [box_of(label, width, is_leftward=writing.is_leftward) for label in shown]
        if width == WIDE:
            late = {place for place, label in enumerate(shown) if label.is_wide}
            pairs = [(one, other) for one, other in combinations(range(len(boxes)), 2) if {one, other} & late]
        else:
            pairs = list(combinations(range(len(boxes)), 2))
        assert not any(boxes[one].meets(boxes[other]) for one, other in pairs)
        for trail in found.trails:
            for spot in trail.spots:
                x = spot.x * width / 100
                point = Box(x - RADIUS + 1, spot.y - RADIUS + 1, x + RADIUS - 1, spot.y + RADIUS - 1)
                mine = [box for box, label in zip(boxes, shown, strict=True) if label.is_wide == (width == WIDE)]
                assert not any(point.meets(box) for box in mine)


@given(charts((ChartKind.SCATTER,)), st.sampled_from([WRITING, LEFTWARD]))
def test_no_point_is_nameless(chart: Chart, writing: Writing) -> None:
    """On a narrow plot and on a wide one each has its name, or a number of its own that the key below explains."""
    found = drawn(chart, writing)
    assert isinstance(found, Plane)
    for trail in found.trails:
        if trail.spots:
            assert (trail.label is None or trail.label.is_wide) == (trail.number is not None)
    numbers = [trail.number.lines for trail in found.trails if trail.number]
    assert numbers == [(str(place),) for place in range(1, len(numbers) + 1)]


def test_a_name_stands_on_the_side_that_is_free() -> None:
    """Left of its point where another stands right of it; where neither has room, there is a key."""

    def row(name: str, x: int, y: int) -> ChartRow:
        return ChartRow(name, (Point(Decimal(y), at=Decimal(x)),))

    apart = Chart(ChartKind.SCATTER, (row("Left", 50, 5), row("Right", 54, 5), row("Zero", 0, 0), row("Most", 100, 10)))
    found = drawn(apart, WRITING)
    assert isinstance(found, Plane)
    assert [trail.label and trail.label.anchor for trail in found.trails] == ["end", "start", "start", "end"]
    crowd = tuple(row(f"Name of number {place}", 5 + place % 3, 5) for place in range(9))
    page = markup(Chart(ChartKind.SCATTER, (*crowd, row("Far", 100, 10))), "en")
    for place in range(9):
        assert f"Name of number {place}</tspan>" in page or f"</strong> Name of number {place}" in page
    assert "<strong>1</strong>" in page


@given(charts((ChartKind.LINES,)))
def test_names_of_lines_stand_below_each_other(chart: Chart) -> None:
    """None covers another, and all lie beside the plot."""
    found = drawn(chart, WRITING)
    assert isinstance(found, Plane)
    labels = sorted((trail.label for trail in found.trails if trail.label), key=lambda label: label.y)
    assert len(labels) == len(chart.rows)
    for one, other in pairwise(labels):
        assert one.y + LINE * len(one.lines) <= other.y + 0.2
    assert all(-LINE <= label.y <= found.height + LINE for label in labels)


@settings(max_examples=60)
@given(charts(), LANGUAGES)
def test_the_markup_is_sound(chart: Chart, language: str) -> None:
    """Nothing but numbers where numbers belong, no text taken for markup, and HTML that a strict parser takes."""
    text = markup(chart, language)
    assert not re.search(r"\b(nan|inf|None|Decimal)\b", text)
    for number, _ in PLACE.findall(text):
        assert math.isfinite(float(number))
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    (figure,) = parser.parseFragment(text).findall("figure")
    assert figure.get("data-chart") == chart.kind
    assert list(figure.iter("b")) == []
    assert figure.findall(".//table")
    assert any("svg" in str(one.tag) for one in figure.iter())


@settings(max_examples=60)
@given(charts((ChartKind.BARS, ChartKind.DOTS, ChartKind.SCATTER, ChartKind.LINES)))
def test_all_numbers_stand_in_the_table(chart: Chart) -> None:
    """As text, each with its spread."""
    figure = html5lib.parseFragment(markup(chart), namespaceHTMLElements=False).find("figure")
    words = [word for table in figure.iter("table") for word in table.itertext()]
    said = " ".join(words).replace(",", "").replace("\u2212", "-")
    for row in chart.rows:
        for point in row.known:
            for number in (point.value, point.low, point.high, point.at):
                assert not isinstance(number, Decimal) or format(number, "f") in said


@pytest.mark.parametrize("numbers", [["0"], ["5"], ["-5", "-5"], ["0", "0"], ["1E+30", "0.001"], ["-1", "0", "1"]])
@pytest.mark.parametrize("kind", [ChartKind.BARS, ChartKind.DOTS, ChartKind.SCATTER])
def test_few_and_equal_numbers_have_a_scale(kind: ChartKind, numbers: list[str]) -> None:
    """One point, the same again, zero alone, and numbers that are far apart."""
    values = [Decimal(number) for number in numbers]
    rows = tuple(ChartRow("a", (Point(value, at=value),)) for value in values)
    text = markup(Chart(kind, rows, (Measure(),) * (1 + (kind is ChartKind.SCATTER)), title="T"))
    assert all(-50 <= float(number) <= 400 for number, _ in PLACE.findall(text))


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ("2024-05-02 2024-05-20", ["2024-05-02", ""]),
        ("2024-05-01 2024-05-31", ["2024-05", "2024-05-31"]),
        ("2024-11-15 2025-01-15", ["2024-12", "2025-01"]),
        ("2020-01-01 2023-02-01", ["2020", "", "2022", ""]),
        ("0001-01-01 9999-12-31", ["2000", "", "6000", ""]),
    ],
)
def test_a_scale_of_days_says_where_it_is(days: str, said: list[str]) -> None:
    """However short it is; a year stands where one begins, and nowhere else."""
    rows = tuple(ChartRow(day, (Point(date.fromisoformat(day)),)) for day in days.split())
    assert [tick.text for tick in drawn(Chart(ChartKind.DATES, rows, ()), WRITING).ticks] == said


def test_a_head_says_its_unit_once_and_a_line_below_parts_what_it_names() -> None:
    """A measure that is called as its unit, and a file behind a source."""
    rows = (ChartRow("A", (Point(Decimal(2)),)),)
    page = markup(Chart(ChartKind.BARS, rows, (Measure("Days", "days"),), source="Us", data="/a.csv"), "en")
    assert "(days)" not in page
    assert re.search(r"Us · <a ", page)
    assert "Weight (g)" in markup(Chart(ChartKind.BARS, rows, (Measure("Weight", "g"),)), "en")
