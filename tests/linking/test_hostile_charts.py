"""Whatever stands in a table that a chart is drawn from, there is a drawing that is true, or a message; and soon."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from time import monotonic

import pytest
from conftest import Build, MakeSite
from samples import linked, texts

from tiebreak.characters import visible
from tiebreak.model import Chart, ChartedProse, Prose
from tiebreak.problems import Problem

PAGE, RESULTS, CSV = "content/pages/a.md", "benchmarks/results/x.json", "content/pages/d/x.csv"
FILES = {"content/subjects/tea.yaml": "name: Tea\nfacts: {strength: unknown, caffeine: {value: 30}}\n"}


def told(make_site: MakeSite, block: str, around: str = "", **files: str) -> list[str]:
    """The problems of a page that has this block above these lines."""
    return texts(_page(make_site, block, around, files)[1])


def drawn(make_site: MakeSite, block: str, around: str = "", **files: str) -> Chart:
    """Its chart."""
    body, problems = _page(make_site, block, around, files)
    assert texts(problems) == []
    assert isinstance(body, ChartedProse)
    return body.charts[0]


def _page(make_site: MakeSite, block: str, around: str, files: Mapping[str, str]) -> tuple[Prose, Sequence[Problem]]:
    page = f"---\ntitle: A\n---\n```chart\ntitle: T\n{block}\n```\n\n{around}"
    site, problems = linked(make_site({**FILES, PAGE: page, **files}))
    return site.pages[0].body, problems


def table(*rows: str) -> str:
    head, *rest = rows
    return "".join(f"| {row} |\n" for row in (head, " | ".join("---" for _ in head.split("|")), *rest))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ('{"a\\ud800": 1}', 'bad-chart: the name "a\\ud800" has a character that nobody sees (U+D800)'),
        ('{"a\\u0000b\\u0000": 1}', 'bad-chart: the name "a\\x00b\\x00" has a character that nobody sees (U+0000)'),
        ('{"\\u202ea": 1}', r'bad-chart: the name "\u202ea" has a character that nobody sees'),
        ('{"a": 1, "a": 2}', 'unknown-data: benchmarks/results/x.json is not JSON: "a" is written twice in an object'),
        ('{"a": {"value": 2, "low": 1}}', 'bad-number: 2 has a "low", and no "high" ("a", column "value")'),
        ("[{}]", f"unknown-data: {RESULTS} is not like a table"),
        ('{"a": 1e400}', 'unknown-data: "value" of benchmarks/results/x.json has too many digits'),
        (json.dumps({"x" * 501: 1}), f'too-long: the name "{"x" * 30}…" has 501 characters, and 500 is the most'),
    ],
)
def test_a_file_that_cannot_be_drawn_is_told(make_site: MakeSite, data: str, message: str) -> None:
    """As what is wrong in it, and not as a fault of a template."""
    found, *_ = told(make_site, f"kind: bars\ndata: {RESULTS}", **{RESULTS: data})
    assert visible(found).startswith(message)


def test_csv_may_have_any_line_ends_quotes_and_a_mark(make_site: MakeSite) -> None:
    """A line of the message is one of the file; a name is one line."""
    for text in ('\ufeffN,A\r\n"a\r\nb",1\r\n', 'N,A\r"a b",1\r', '"N";"A"\n"a b";"1"\n', '"N";"A, B, C"\n"a b";1\n'):
        (row,) = drawn(make_site, f"kind: bars\ndata: {CSV}", **{CSV: text}).rows
        assert (row.label, row.points[0] and row.points[0].value) == ("a b", Decimal(1)), text
    assert told(make_site, f"kind: bars\ndata: {CSV}", **{CSV: 'N,A\n\n"a\nb",1\nc\n'}) == [
        f"unknown-data: line 5 of {CSV} has 1 of 2 cells"
    ]


def test_a_square_of_a_few_rows_is_not_made(make_site: MakeSite) -> None:
    """Each of many objects has a key of its own, or a table has many columns, or a cell is long: it takes no time."""
    begun = monotonic()
    message = f"unknown-data: {RESULTS} has more than 20,000 cells"
    for data in ([{f"a{n}": 1} for n in range(9_000)], {str(n): {f"a{n}": 1} for n in range(9_000)}):
        assert told(make_site, f"kind: bars\ndata: {RESULTS}", **{RESULTS: json.dumps(data)}) == [message]
    wide = ",".join(f"c{n}" for n in range(9_000)) + "\n" + ",".join("1" for _ in range(9_000))
    found = told(make_site, f"kind: bars\ndata: {CSV}", **{CSV: wide})
    assert "bad-chart: bars of 8999 kinds cannot be told apart" in found
    for cell in ("1 (" + "-" * 9_000, "x" * 9_000):
        bad, *_ = told(make_site, "kind: bars", table("N|A", f"a|{cell}"))
        assert bad.startswith("bad-number: ")
        assert len(bad) < 250
    assert monotonic() - begun < 20


def test_numbers_far_apart_and_near_are_drawn(make_site: MakeSite, build: Build) -> None:
    """Down to the last decimal that a file may have, and where they differ in the twentieth digit."""
    chart = drawn(make_site, f"kind: dots\nlog: true\ndata: {RESULTS}", **{RESULTS: '{"a": 1e29, "b": 1e-29}'})
    assert [row.points[0] and row.points[0].value for row in chart.rows] == [Decimal("1e29"), Decimal("1e-29")]
    near = table("N|A", "a|12345678901234567890", "b|12345678901234567891")
    page = f"---\ntitle: A\n---\n```chart\ntitle: T\nkind: dots\n```\n\n{near}"
    assert Path(build(make_site({PAGE: page}, folder="near")).output, "a/index.html").exists()


def test_small_numbers_of_a_file_are_not_rounded_to_nothing(make_site: MakeSite) -> None:
    """Three figures are left of the largest, and two of the least, so that a bar is as long as its number says."""
    chart = drawn(make_site, f"kind: bars\ndata: {RESULTS}", **{RESULTS: '{"a": 0.000123, "b": 0.0004567}'})
    assert [str(row.points[0] and row.points[0].value) for row in chart.rows] == ["0.000123", "0.000457"]


def test_a_state_of_a_fact_in_a_table_is_no_number(make_site: MakeSite) -> None:
    """Unknown is drawn as nothing."""
    chart = drawn(make_site, "kind: bars", table("N|A", "a|{fact:tea.strength}", "b|{fact:tea.caffeine}"))
    assert [row.points[0] and row.points[0].value for row in chart.rows] == [None, 30]


def test_a_table_of_raw_html_may_be_no_table(make_site: MakeSite) -> None:
    """It has no rows, or fewer cells in one."""
    settings = {"content/site.yaml": "title: P\nbase_url: https://example.org/\nallow_html: true\n"}
    message = "bad-chart: the table below this chart has not as many cells in each row"
    for html in ("", "<tr><th>N</th><th>A</th></tr><tr><td>a</td></tr>"):
        assert told(make_site, "kind: bars", f"<table>{html}</table>\n", **settings) == [message]


def test_a_file_of_a_draft_is_not_drawn_elsewhere(make_site: MakeSite) -> None:
    """It is not published, and so the chart could not link to it; a draft may draw what is its own."""
    files = {CSV: "N,A\na,1\n", "content/pages/d.md": "---\ntitle: D\ndraft: true\n---\n"}
    block = f"kind: bars\ndata: {CSV}"
    assert told(make_site, block, **files) == [f'draft-link: "{CSV}" is a draft, which is not published']
    page = f"---\ntitle: A\ndraft: true\n---\n```chart\ntitle: T\n{block}\n```\n"
    assert texts(linked(make_site({**files, "content/pages/d.md": page}, folder="draft"))[1]) == []


@pytest.mark.parametrize(
    ("block", "rows", "message"),
    [
        ("kind: bars", ["N|A", "a|€5", "b|$4"], '"b" is in USD, and others in EUR (column "A")'),
        ("kind: scatter\nx: A\ny: B", ["N|A|B", "a|5 MB|1", "b|6 kB|1"], '"b" is in kB, and others in MB (column "A")'),
        ("kind: bars\ny: A", ["N|A|A", "a|1|2"], '2 columns are called "A"'),
        ("kind: dots", ["N|A|A", "a|1|2"], '2 columns are called "A"'),
        ("kind: bars", ["N|A", "|1"], "a row of the table has no name"),
        (
            "kind: bars\ny: A\nlow: L\nhigh: H",
            ["N|A|L|H", "a|2|1|"],
            '"a" has something in "L", and nothing in "H"',
        ),
        (
            "kind: dates\nlow: L\nhigh: H",
            ["N|L|H", "a|2024|2025", "b||2025"],
            '"b" has something in "H", and nothing in "L"',
        ),
        ("kind: lines", ["D|A", "2024|1", "|2"], "the number 2 has no day"),
        ("kind: lines\nname: N\nx: D\ny: A", ["N|D|A", "a|2024|1", "a||2"], "the number 2 has no day"),
    ],
)
def test_nothing_is_left_out_in_silence(make_site: MakeSite, block: str, rows: list[str], message: str) -> None:
    """A second column of one name, a number without a day, one end of a span, a unit that only some have."""
    assert told(make_site, block, table(*rows)) == [f"bad-chart: {message}"]


def test_a_currency_before_a_number_is_its_unit(make_site: MakeSite) -> None:
    """In one spelling; what stands behind the number stays as it is written."""
    for cells, unit in (("€5/mo €4.99/mo", "EUR/month"), ("5€ 6€", "€"), ("€5 6€", "EUR"), ("5ms 6ms", "ms")):
        first, second = cells.split()
        (measure,) = drawn(make_site, "kind: bars", table("N|A", f"a|{first}", f"b|{second}")).measures
        assert measure.unit == unit
