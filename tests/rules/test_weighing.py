"""Weights that are not fair are told, and no more than those."""

import pytest
from conftest import MakeSite
from samples import SITE, changed, loaded_site, texts

from tiebreak.problems import flat

TEA = "content/compare/tea-vs-coffee.md"
ROW = "  - factor: Caffeine\n    cells: {tea: Some, coffee: Much}\n    wins: tea\n"
LAB, BOX = "https://example.org/lab", "https://example.org/box"


def row(number: int, wins: str, *, weight: int = 1, source: str = "", kind: str = "docs", label: str = "") -> str:
    cell = f'{{value: {number}, source: "{source}", kind: {kind}}}' if source else "a"
    cells = f"{{tea: {cell}, coffee: b}}" if wins != "coffee" else f"{{tea: b, coffee: {cell}}}"
    return f"  - {{factor: {label or f'Row {number}'}, cells: {cells}, wins: {wins}, weight: {weight}}}\n"


def weak(make_site: MakeSite, rows: str, *more: tuple[str, str]) -> list[str]:
    loaded = loaded_site(make_site({TEA: changed((ROW, rows), *more), "content/site.yaml": SITE}))
    return [text for text in texts(flat(loaded.problems)) if text.startswith(("one-", "noise-lead", "unused-decisive"))]


@pytest.mark.parametrize(
    ("kinds", "sources", "said"),
    [
        (["measured"] * 3, [LAB] * 3, "one measurement"),
        (["vendor"] * 3, [LAB] * 3, "one source"),
        (["measured", "vendor", "opinion"], [LAB] * 3, ""),
        (["measured", "measured", "docs"], [LAB] * 3, ""),
        (["measured"] * 3, [LAB, LAB, BOX], ""),
    ],
)
def test_a_finding_counts_once(make_site: MakeSite, kinds: list[str], sources: list[str], said: str) -> None:
    """Three rows from one source are told, unless they are few of all points."""
    rows = "".join(row(place, "tea", source=sources[place], kind=kinds[place]) for place in range(3))
    message = f'one-source: 3 rows, 3 of Tea\'s 4 points, rest on {said}, "example.org/lab"'
    assert weak(make_site, rows + row(4, "tea")) == ([message] if said else [])
    many = "".join(row(number, "tea", weight=5) for number in (4, 5))
    assert weak(make_site, rows + many) == []


def test_what_is_counted_and_what_was_tried_are_not_one_finding(make_site: MakeSite) -> None:
    """One page may measure times and sizes, and tell of trials."""
    rows = "".join(row(place, "tea", source=LAB, kind="measured") for place in range(3))
    assert weak(make_site, rows.replace("value: 0", "text: a")) == []
    assert weak(make_site, rows.replace("Row 0,", "Row 0, unit: MB,")) == []


def test_a_result_file_is_the_finding(make_site: MakeSite) -> None:
    """Whatever page each cell cites beside it."""
    files = {"benchmarks/results/x.json": "[1, 2, 3]"}
    cells = [f'[{{from: "benchmarks/results/x.json#/{place}", source: "{LAB}/{place}"}}, b]' for place in range(3)]
    rows = "".join(f"  - {{factor: Row {place}, cells: {cell}, wins: tea}}\n" for place, cell in enumerate(cells))
    message = 'one-source: 3 rows, 3 of Tea\'s 3 points, rest on one measurement, "benchmarks/results/x.json"'
    make_site(files)
    assert weak(make_site, rows) == [message]


def test_only_who_leads_or_is_picked_is_looked_at(make_site: MakeSite) -> None:
    """One benchmark behind the rows of who loses endangers no ruling."""
    rows = "".join(row(place, "coffee", source=LAB, kind="measured") for place in range(3))
    assert weak(make_site, rows + row(4, "tea", weight=2) + row(5, "tea", weight=2)) == []


def test_several_sources_are_not_one(make_site: MakeSite) -> None:
    """A cell that cites two rests on neither alone."""
    rows = "".join(row(place, "tea", source=LAB, kind="measured") for place in range(3))
    assert weak(make_site, rows.replace(f'"{LAB}"', f'["{LAB}", "{BOX}"]')) == []


@pytest.mark.parametrize(
    ("label", "wins", "told"),
    [
        ("Leaves of Tea", "tea", True),
        ("Tea.conf is read", "tea", True),
        ("Leaves of Tea", "coffee", False),
        ("Tea or Coffee", "tea", False),
        ("A Teapot", "tea", False),
        ("Iced-Tea", "tea", False),
        ("leaves of tea", "tea", False),
    ],
)
def test_a_label_that_names_its_winner_is_told(make_site: MakeSite, label: str, wins: str, told: bool) -> None:
    """As a word, written as the name is; who is named and loses is no matter."""
    found = weak(make_site, row(1, wins, label=label) + row(2, "tea", weight=5))
    assert [text for text in found if text.startswith("one-sided")] == (
        [f'one-sided: "{label}" names Tea, so that nobody else can win it'] if told else []
    )


def test_a_lead_that_is_one_row_is_told(make_site: MakeSite) -> None:
    """Unless `why` has a word of the row, it is decisive, there is another such row, or the table is a sketch."""
    first, last = row(1, "tea", weight=3, label="Keeps you awake"), row(5, "tie")
    rows = first + row(2, "coffee", weight=2) + row(3, "tie") + row(4, "tie") + last
    message = 'one-row-lead: Tea leads by 1, and all of that is one row: "Keeps you awake"'
    assert weak(make_site, rows) == [message]
    assert weak(make_site, rows, ("why: It lets you sleep.", "why: Waking is what it is for.")) == [message]
    assert weak(make_site, rows, ("why: It lets you sleep.", "why: An awakened mind.")) == []
    assert weak(make_site, rows.replace("weight: 3", "weight: 3, decisive: true")) == []
    assert weak(make_site, rows + row(6, "tea") + row(7, "coffee")) == []
    assert weak(make_site, rows.removesuffix(last)) == []
