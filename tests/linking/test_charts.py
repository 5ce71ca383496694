"""A chart shows the numbers that its block asks for, wherever they are."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import Build, MakeSite
from samples import linked, texts

from tiebreak.charts import Writing, drawn
from tiebreak.model import Chart, ChartedProse, ChartKind, Point

PAGE, RESULTS = "content/pages/a.md", "benchmarks/results/x.json"
TABLE = """\
| Drink | Caffeine | Price |
| --- | ---: | ---: |
| Tea | 30 mg (20–40) | 3 |
| Coffee | 95 mg | — |
"""
FILES = {
    "content/subjects/tea.yaml": "name: Tea\nfacts: {caffeine: {value: 30, low: 20, high: 40}, born: '2024-05'}\n",
    "content/subjects/coffee.yaml": "name: Coffee\nfacts: {caffeine: {value: 95}}\n",
    "content/factors.yaml": "caffeine: {label: Caffeine in a cup, unit: mg}\n",
}
DATA = {"caffeine": {"tea": {"value": 30.25, "low": 20, "high": 40}, "coffee": 95}, "price": {"tea": 3}, "version": 2}


def chart_of(make_site: MakeSite, block: str, around: str = TABLE, **files: str) -> Chart:
    """The one chart of a page that has this block above these lines."""
    page = f"---\ntitle: A\n---\n```chart\ntitle: T\n{block}\n```\n\n{around}"
    site, problems = linked(make_site({**FILES, PAGE: page, **files}))
    assert texts(problems) == []
    body = site.pages[0].body
    assert isinstance(body, ChartedProse)
    (chart,) = body.charts
    return chart


def shown(chart: Chart) -> list[str]:
    """Each row in a line: its name, and its points."""
    return [" ".join([row.label, *map(_said, row.points)]) for row in chart.rows]


def _said(point: Point | None) -> str:
    if point is None:
        return "-"
    at = f"@{point.at}" if point.at is not None else ""
    return f"{point.value}{at}" + (f"[{point.low},{point.high}]" if point.low is not None else "")


@pytest.mark.parametrize(
    ("block", "rows"),
    [
        ("kind: bars\ny: Caffeine", ["Tea 30[20,40]", "Coffee 95"]),
        ("kind: dots", ["Tea 30[20,40] 3", "Coffee 95 -"]),
        ("kind: bars\ny: Price\nonly: Tea", ["Tea 3"]),
        ("kind: bars\ny: [Price, Caffeine]\nonly: [Coffee, Tea]", ["Coffee - 95", "Tea 3 30[20,40]"]),
        ("kind: bars\ny: Tea", ["Caffeine 30[20,40]", "Price 3"]),
        ("kind: scatter\nx: Price\ny: Caffeine\nonly: Tea", ["Tea 30@3[20,40]"]),
        (
            "kind: bars\ny: Caffeine\nonly: {Coffee: 'Coffee, black', Tea: Green}",
            ["Coffee, black 95", "Green 30[20,40]"],
        ),
        ("kind: lines\nx: Price\ny: Caffeine\nx_unit: euros\nname: Drink\nlog: true", ["Tea 30@3[20,40]", "Coffee"]),
    ],
)
def test_a_table_of_the_text_is_drawn(make_site: MakeSite, block: str, rows: list[str]) -> None:
    """Its columns, or its rows where these are named; in the order of the table, or as the block has it."""
    assert shown(chart_of(make_site, block)) == rows


def test_units_stand_once(make_site: MakeSite) -> None:
    """What stands with the numbers is the unit, and a column's name does not say it again."""
    (measure,) = chart_of(make_site, "kind: bars\ny: Caffeine").measures
    assert (measure.label, measure.unit) == ("Caffeine", "mg")
    named = TABLE.replace("Caffeine |", "Caffeine (mg) |")
    (measure,) = chart_of(make_site, "kind: bars\ny: {Caffeine (mg): Strength}", named).measures
    assert (measure.label, measure.unit) == ("Strength", "mg")


def test_the_table_above_is_meant_where_the_block_says_so(make_site: MakeSite) -> None:
    """Else the one below."""
    page = f"---\ntitle: A\n---\n{TABLE}\n```chart\nkind: bars\ntitle: T\ntable: previous\ny: Price\n```\n"
    site, problems = linked(make_site({**FILES, PAGE: page}))
    assert (texts(problems), shown(site.pages[0].body.charts[0])) == ([], ["Tea 3", "Coffee -"])  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("place", "block", "rows"),
    [
        ("", "y: {caffeine: Caffeine, price: Price}", ["Tea 30.2[20.0,40.0] 3", "Coffee 95.0 -"]),
        ("#/caffeine", "", ["Tea 30.2[20.0,40.0]", "Coffee 95.0"]),
        ("#/price", "only: tea", ["Tea 3"]),
    ],
)
def test_a_place_in_json_is_drawn(make_site: MakeSite, place: str, block: str, rows: list[str]) -> None:
    """With as many decimals in each row, and without rows that it says nothing of."""
    chart = chart_of(make_site, f"kind: bars\ndata: {RESULTS}{place}\n{block}", "", **{RESULTS: json.dumps(DATA)})
    assert shown(chart) == rows
    assert chart.data == f"/{RESULTS}"


def test_a_list_of_objects_is_drawn(make_site: MakeSite) -> None:
    """Each is a row, and its keys are columns."""
    data = json.dumps([{"day": "2024", "tea": 1}, {"day": "2026", "tea": 3}, {"day": "2025"}])
    chart = chart_of(make_site, f"kind: lines\ndata: {RESULTS}", "", **{RESULTS: data})
    assert shown(chart) == ["Tea 1@2024-01-01 3@2026-01-01"]
    assert chart.precision == "year"


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_csv_is_drawn(make_site: MakeSite, sign: str) -> None:
    """Whatever parts its columns; a file of the content is published beside the page."""
    lines = [["Drink", "From", "To"], ["Tea", "2024-01-02", "2026-03"], ["Tea", "2026-04-01", "2027-01-01"]]
    file = "content/pages/d/x.csv"
    text = "".join(sign.join(line) + "\n" for line in lines)
    chart = chart_of(make_site, f"kind: dates\ndata: {file}\nlow: From\nhigh: To", "", **{file: text})
    assert shown(chart) == ["Tea 2024-01-02[2024-01-02,2026-03-31] 2026-04-01[2026-04-01,2027-01-01]"]
    assert (chart.data, chart.precision) == ("/d/x.csv", "day")


def test_lines_may_be_told_row_by_row(make_site: MakeSite) -> None:
    """Where a column names the line, whatever the order of the days."""
    rows = ("D | N | Cups", "--- | --- | ---", "2026-02 | Tea | 4", "2026-01 | Tea | 2", "2026-01 | Mate | 1")
    table = "".join(f"| {row} |\n" for row in rows)
    chart = chart_of(make_site, "kind: lines\nname: N\nx: D\ny: Cups", table)
    assert shown(chart) == ["Tea 2@2026-01-01 4@2026-02-01", "Mate 1@2026-01-01"]
    assert [row.subject and row.subject.id for row in chart.rows] == ["tea", None]
    assert chart.precision == "month"


def test_facts_are_drawn(make_site: MakeSite) -> None:
    """With their spread, the factor's label and its unit."""
    chart = chart_of(make_site, "kind: dots\nfacts: [coffee.caffeine, tea.caffeine]", "")
    assert shown(chart) == ["Coffee 95", "Tea 30[20,40]"]
    assert (chart.measures[0].label, chart.measures[0].unit) == ("Caffeine in a cup", "mg")


WEIGHED = {
    "content/subjects/tea.yaml": "name: Tea\nfacts: {caffeine: {value: 30}, price: 3 €, steep: 3 min}\n",
    "content/subjects/coffee.yaml": "name: Coffee\nfacts: {caffeine: {value: 95}, price: 4 €, steep: 5 min}\n",
    "content/factors.yaml": "caffeine: {label: Caffeine, unit: mg}\nsteep: {label: Time, better: lower}\n"
    "price: {label: Price, better: lower}\n",
}
ALL = "facts: [tea.caffeine, coffee.caffeine, tea.price, coffee.price, tea.steep, coffee.steep]"


def test_a_scatter_of_facts_has_a_unit_for_each_axis(make_site: MakeSite) -> None:
    """That of the factor, or of the facts themselves; facts that neither axis draws may have any."""
    for x, y, points, units in (
        ("caffeine", "price", ["Tea 3@30", "Coffee 4@95"], [("Caffeine", "mg"), ("Price", "EUR")]),
        ("steep", "caffeine", ["Tea 30@3", "Coffee 95@5"], [("Time", "minute"), ("Caffeine", "mg")]),
    ):
        chart = chart_of(make_site, f"kind: scatter\n{ALL}\nx: {x}\ny: {y}", "", **WEIGHED)
        assert shown(chart) == points
        assert [(one.label, one.unit) for one in chart.measures] == units
    own = chart_of(make_site, f"kind: scatter\n{ALL}\nx: {{caffeine: Kick}}\ny: price\nx_unit: mg a cup", "", **WEIGHED)
    assert (own.measures[0].label, own.measures[0].unit) == ("Kick", "mg a cup")


def test_facts_of_one_axis_are_of_one_unit(make_site: MakeSite) -> None:
    """Bars of milligrams beside euros would say nothing; the message says what takes both."""
    page = f"---\ntitle: A\n---\n```chart\ntitle: T\nkind: bars\n{ALL}\n```\n"
    _, problems = linked(make_site({**WEIGHED, PAGE: page}))
    (said,) = (problem for problem in problems if problem.code == "bad-chart")
    assert "these facts are in mg and in EUR and in minute" in said.message
    assert said.help == "draw those of one unit, or a `scatter` with `x` and `y`, each with its own"


def test_a_number_is_exact(make_site: MakeSite) -> None:
    """It is the one that was written, and not the nearest that a computer can hold."""
    chart = chart_of(make_site, "kind: bars\ny: N", "| A | N |\n| --- | --- |\n| a | 0.1 |\n| b | 1,234.50 |\n")
    assert [row.points[0] and row.points[0].value for row in chart.rows] == [Decimal("0.1"), Decimal("1234.50")]
    assert chart.kind is ChartKind.BARS


def test_a_change_makes_the_pages_that_draw_it_anew_and_no_others(make_site: MakeSite, build: Build) -> None:
    """A file, a fact, a result; what changes beside the numbers changes no page."""
    file, other = "content/pages/x.csv", "content/pages/b.md"
    block = "---\ntitle: {}\n---\n```chart\nkind: bars\ntitle: T\n{}\n```\n"
    files = {
        **FILES,
        PAGE: block.format("A", f"data: {file}"),
        other: block.format("B", "facts: tea.caffeine"),
        "content/pages/c.md": block.format("C", f"data: {RESULTS}#/price"),
        file: "D,N\nTea,1\n",
        RESULTS: json.dumps(DATA),
    }
    site = make_site(files)
    build(site)

    def changed(path: str, text: str) -> set[str]:
        Path(site / path).write_text(text, "utf-8")
        return {path for path in build(site).done if path.endswith(".html") and not path.startswith("subjects")}

    assert changed(file, "D,N\nTea,2\n") == {"a/index.html"}
    assert changed(RESULTS, json.dumps({**DATA, "price": {"tea": 4}})) == {"c/index.html"}
    assert changed(RESULTS, json.dumps({**DATA, "price": {"tea": 4}, "version": 3})) == set()
    tea = FILES["content/subjects/tea.yaml"].replace("value: 30", "value: 31")
    assert "b/index.html" in (made := changed("content/subjects/tea.yaml", tea))
    assert not made & {"a/index.html", "c/index.html"}


def test_code_that_shows_a_chart_is_code(make_site: MakeSite) -> None:
    """Within a longer fence."""
    page = "---\ntitle: A\n---\n````markdown\n```chart\nkind: bars\n```\n````\n"
    site, problems = linked(make_site({**FILES, PAGE: page}))
    assert texts(problems) == []
    assert not isinstance(site.pages[0].body, ChartedProse)


def test_too_much_is_refused(make_site: MakeSite) -> None:
    """More points than a browser draws at once, and more charts than a page needs."""
    file = "content/pages/x.csv"
    rows = "D,N\n" + "".join(f"{2000 + number // 12}-{number % 12 + 1:02},{number}\n" for number in range(2_001))
    page = f"---\ntitle: A\n---\n```chart\nkind: lines\ntitle: T\ndata: {file}\n```\n"
    _, problems = linked(make_site({**FILES, PAGE: page, file: rows}))
    assert texts(problems) == ["bad-chart: it has 2,001 points, and 2,000 is the most"]
    many = "".join("```chart\nkind: bars\ntitle: T\nfacts: tea.caffeine\n```\n\n" for _ in range(51))
    _, problems = linked(make_site({**FILES, PAGE: f"---\ntitle: A\n---\n{many}"}))
    assert texts(problems) == ["bad-chart: a text may have 50 charts at most"]


@pytest.mark.parametrize("name", ["Tea", "Tea 2.0", "Tea, cold", "Tea (cold)", "Tea --cold"])
def test_a_name_that_begins_with_a_subject_has_its_hue(name: str, make_site: MakeSite) -> None:
    table = f"| Drink | Price |\n| --- | ---: |\n| {name} | 3 |\n| Teapot | 4 |\n"
    tea, pot = chart_of(make_site, "kind: bars", table).rows
    assert (tea.label, tea.subject and tea.subject.id, pot.subject) == (name, "tea", None)


def test_lines_with_a_unit_across_run_over_numbers(make_site: MakeSite) -> None:
    table = "| Articles | Tea | Coffee |\n| ---: | ---: | ---: |\n| 10,000 | 9 s | 20 s |\n| 1,000 | 1 s | 1.5 s |\n"
    chart = chart_of(make_site, "kind: lines\nx_unit: articles", table)
    assert shown(chart) == ["Tea 1@1000 9@10000", "Coffee 1.5@1000 20@10000"]
    assert [measure.unit for measure in chart.measures] == ["articles", "s"]


def test_numbers_of_a_file_have_figures_enough_and_no_more(make_site: MakeSite) -> None:
    """Three of the largest and two of the least, side by side with as many decimals, and so have their spreads."""
    numbers = {"a": {"value": 789.55, "low": 491.97, "high": 961.51}, "b": {"value": 1.154, "low": 0.82, "high": 4.31}}
    chart = chart_of(make_site, f"kind: bars\ndata: {RESULTS}", "", **{RESULTS: json.dumps(numbers)})
    assert shown(chart) == ["a 789.6[492.0,961.5]", "b 1.2[0.8,4.3]"]


def test_a_span_lasts_as_long_as_what_it_ends_with(make_site: MakeSite) -> None:
    """A year ends with its last day, a month with its own; both begin with their first."""
    rows = ("N | F | T", "--- | --- | ---", "a | 2024 | 2026", "c | 2025-01-01 | 2025-06-30")
    table = "".join(f"| {row} |\n" for row in rows)
    chart = chart_of(make_site, "kind: dates\nlow: F\nhigh: T", table)
    spans = [(point.low, point.high) for row in chart.rows for point in row.known]
    assert spans == [(date(2024, 1, 1), date(2026, 12, 31)), (date(2025, 1, 1), date(2025, 6, 30))]
    leap = chart_of(make_site, "kind: dates\nlow: F\nhigh: T", table.replace("| 2026 |", "| 2024-02 |"))
    assert leap.rows[0].known[0].high == date(2024, 2, 29)


def test_who_is_named_twice_is_drawn_once(make_site: MakeSite) -> None:
    """Also where the quotation marks of the two are other ones."""
    table = '| N | Y |\n| --- | ---: |\n| "a" | 1 |\n| b | 2 |\n'
    chart = chart_of(make_site, "kind: bars\nonly: ['\"a\"', b, '“a”', b]", table)
    assert [point.value for row in chart.rows for point in row.known] == [1, 2]


def test_a_day_is_said_as_exactly_as_it_is_written(make_site: MakeSite) -> None:
    """Beside others that are known better; one that is written both ways is said the less exact way."""
    rows = ("N | F | T", "--- | --- | ---", "a | 2024 | 2025-03", "b | 2024-01-01 | 2026-02-03")
    table = "".join(f"| {row} |\n" for row in rows)
    chart = chart_of(make_site, "kind: dates\nlow: F\nhigh: T", table)
    assert (chart.precision, chart.coarse) == ("day", ((date(2024, 1, 1), "year"), (date(2025, 3, 31), "month")))
    found = drawn(chart, Writing(str, str, lambda day: str(day)[:7]))
    ends = [
        (found.said(point.value), found.said(point.high or point.value)) for row in chart.rows for point in row.known
    ]
    assert ends == [("2024", "2025-03"), ("2024", "2026-02-03")]
