"""Weights that are not fair are told, and no more than those."""

import pytest
from conftest import MakeSite
from samples import SITE, changed, loaded_site, texts

from tiebreak.problems import flat

TEA = "content/compare/tea-vs-coffee.md"
ROW = "  - factor: Caffeine\n    cells: {tea: Some, coffee: Much}\n    wins: tea\n"
LAB, BOX = "https://example.org/lab", "https://example.org/box"


def row(number: int, wins: str, *, weight: int = 1, source: str = "", kind: str = "docs", label: str = "") -> str:
    cell = f'{{text: a, source: "{source}", kind: {kind}}}' if source else "a"
    cells = f"{{tea: {cell}, coffee: b}}" if wins != "coffee" else f"{{tea: b, coffee: {cell}}}"
    return f"  - {{factor: {label or f'Row {number}'}, cells: {cells}, wins: {wins}, weight: {weight}}}\n"


def weak(make_site: MakeSite, rows: str, *more: tuple[str, str]) -> list[str]:
    loaded = loaded_site(make_site({TEA: changed((ROW, rows), *more), "content/site.yaml": SITE}))
    return [text for text in texts(flat(loaded.problems)) if text.startswith(("one-", "noise-lead", "unused-decisive"))]


@pytest.mark.parametrize(
    ("kinds", "sources", "said"),
    [
        (["measured"] * 3, [LAB] * 3, "one measurement"),
        (["measured", "vendor", "opinion"], [LAB] * 3, "one source"),
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
    """Unless `why` names the row, it is decisive, there is another such row, or the table is a sketch."""
    rows = row(1, "tea", weight=3) + row(2, "coffee", weight=2) + row(3, "tie") + row(4, "tie") + row(5, "tie")
    message = 'one-row-lead: Tea leads by 1, and all of that is one row: "Row 1"'
    assert weak(make_site, rows) == [message]
    assert weak(make_site, rows, ("why: It lets you sleep.", "why: For its row 1 alone.")) == []
    assert weak(make_site, rows.replace("weight: 3", "weight: 3, decisive: true")) == []
    assert weak(make_site, rows + row(6, "tea") + row(7, "coffee")) == []
    assert weak(make_site, rows.removesuffix(row(5, "tie"))) == []
