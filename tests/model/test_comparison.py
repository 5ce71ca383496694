"""The values that a comparison is made of, and what follows from them."""

from dataclasses import replace
from datetime import date

import pytest
from samples import compared

from tiebreak.model.cell import UNKNOWN, Cell, CellState, EvidenceKind, Source
from tiebreak.model.prose import Prose
from tiebreak.model.table import Factor, measured_version

DOCS = Source("Docs", "https://www.example.org/docs")
BLOG = Source("Blog", "https://blog.example.org/")
GUIDE = Source("Guide", "/guide/")


def row(id: str, *cells: Cell, group: str = "") -> Factor:
    return Factor(id, id.capitalize(), cells, group=group)


@pytest.mark.parametrize(("url", "host"), [(DOCS.url, "example.org"), (BLOG.url, "blog.example.org"), (GUIDE.url, "")])
def test_a_source_names_its_host(url: str, host: str) -> None:
    """Without `www.`; a page of this site has none."""
    assert Source("x", url).host == host


def test_states_have_names() -> None:
    """A name may stand in a class, an id or the name of a text."""
    assert [state.name_in_theme for state in CellState] == ["yes", "no", "partial", "unknown", "na"]


def test_a_comparison_is_called_after_its_subjects() -> None:
    """Unless its author calls it something else."""
    assert compared("C", "C++", "Rust").title == "C vs C++ vs Rust"
    assert compared("C", "C++", own_title="Plus or not").title == "Plus or not"


def test_a_comparison_was_revised_when_its_content_was() -> None:
    """`updated`, else `published`; a draft may have neither."""
    april, may = date(2026, 4, 1), date(2026, 5, 1)
    assert compared("A", "B", published=april, updated=may).revised == may
    assert compared("A", "B", published=april).revised == april
    assert compared("A", "B").revised is None


def test_groups_come_in_the_order_of_the_table() -> None:
    """Rows of one group stand together, rows without a group under no name, where they are."""
    rows = (row("a", group="X"), row("b"), row("c", group="X"), row("d", group="Y"), row("e"), row("f"))
    groups = compared("A", "B", factors=rows).groups
    assert [(name, [one.id for one in group]) for name, group in groups] == [
        ("X", ["a", "c"]),
        ("", ["b"]),
        ("Y", ["d"]),
        ("", ["e", "f"]),
    ]


def test_the_legend_has_only_what_the_table_uses() -> None:
    """In a fixed order, whatever the order of rows; documentation needs no mark."""
    rows = (
        row("a", UNKNOWN, Cell(state=CellState.YES, kind=EvidenceKind.MEASURED)),
        row("b", Cell(value="1", kind=EvidenceKind.DOCS), Cell(state=CellState.YES, kind=EvidenceKind.VENDOR)),
    )
    comparison = compared("A", "B", factors=rows)
    assert comparison.states == (CellState.YES, CellState.UNKNOWN)
    assert comparison.kinds == (EvidenceKind.VENDOR, EvidenceKind.MEASURED)


def test_a_row_has_a_kind_when_its_cells_share_one() -> None:
    """It is then said once, at the row."""
    measured, opinion = Cell(kind=EvidenceKind.MEASURED), Cell(kind=EvidenceKind.OPINION)
    assert row("a", measured, measured).kind is EvidenceKind.MEASURED
    assert row("a", measured, opinion).kind is None
    assert row("a", measured, Cell()).kind is None


def test_what_all_cells_have_is_said_at_the_row() -> None:
    """A source that all cite, and how often all were measured."""
    cells = (Cell(value="1", sources=(DOCS, BLOG), runs=5), Cell(value="2", sources=(GUIDE, DOCS), runs=5))
    alike = row("a", *cells)
    assert (alike.sources, alike.runs) == ((DOCS,), 5)
    comparison = compared("A", "B", factors=(alike,), sources=(DOCS, BLOG, GUIDE))
    assert comparison.marks(alike) == (1,)
    assert [comparison.marks(cell, alike) for cell in cells] == [(2,), (3,)]
    other = row("a", *cells, Cell(value="3", runs=4))
    assert (other.sources, other.runs) == ((), None)
    assert row("a", Cell(value="1"), Cell(value="2")).runs is None


def test_who_loses_is_told_where_most_win() -> None:
    """More than two, and more than half of them; not all, and nobody loses whose cell says nothing."""

    def told(winners: int, *cells: Cell) -> bool:
        return replace(row("a", *cells), winners=("a", "b", "c", "d", "e", "f")[:winners]).most_win

    yes, no = Cell(state=CellState.YES), Cell(state=CellState.NO)
    assert told(3, yes, yes, yes, no)
    assert told(4, *[yes] * 4, no, no)
    assert not told(3, *[yes] * 3, *[no] * 3)
    assert not told(2, yes, yes, no)
    assert not told(4, *[yes] * 4)
    assert not told(3, yes, yes, yes, UNKNOWN)


def test_the_head_of_a_column_has_the_version_that_was_measured() -> None:
    """The one of all measured cells; where they name several, the one of the file, if that was measured too."""

    def versions(*cells: Cell) -> str:
        subject = replace(compared("A", "B").subjects[0], version="2")
        return measured_version(subject, cells)

    measured = Cell(value="1", kind=EvidenceKind.MEASURED)
    older = replace(measured, version="1")
    assert versions(measured, measured) == "2"
    assert versions(older, older, Cell(value="1", version="0")) == "1"
    assert versions(measured, older) == "2"
    assert versions(older, replace(measured, version="0")) == ""
    assert versions(Cell(value="1")) == ""


def test_the_pick_box_says_when_to_take_the_others() -> None:
    """Of the subjects that were not picked; of all of them when none was."""
    verdict = (Prose("One."), Prose("Two."), Prose("Three."))
    comparison = compared("A", "B", "C", verdict=verdict)
    first = comparison.subjects[0]
    assert [subject.name for subject, _ in replace(comparison, pick=first).use_the_other] == ["B", "C"]
    assert [subject.name for subject, _ in comparison.use_the_other] == ["A", "B", "C"]
    assert (replace(comparison, pick=first).pick_place, comparison.pick_place) == (1, 0)


def test_marks_lead_to_the_source_list_and_back() -> None:
    """A mark is a place in the list, from 1; the list says which cells bear it."""
    rows = (row("a", Cell(sources=(BLOG,)), Cell(sources=(DOCS, BLOG))),)
    comparison = compared("A", "B", factors=rows, sources=(DOCS, BLOG, GUIDE))
    assert [comparison.marks(cell) for cell in rows[0].cells] == [(2,), (1, 2)]
    assert [(row.factor.id, len(row.cells)) for row in comparison.leaning_on(BLOG)] == [("a", 2)]
    assert comparison.leaning_on(GUIDE) == ()


def test_cells_that_read_alike_do_not_contradict_each_other() -> None:
    """Whatever stands behind them."""
    assert Cell(value="1", sources=(DOCS,)).same_as == Cell(value="1", checked=date(2026, 1, 1)).same_as
    assert Cell(value="1").same_as != Cell(value="1.0").same_as


def test_a_cells_quote_stands_under_the_source_it_cites_first() -> None:
    """A quotation has one origin; a source's own comes before."""
    cells = (Cell(value="1", sources=(DOCS, BLOG), quote="One."), Cell(value="2", sources=(BLOG,), quote="Two."))
    comparison = compared("A", "B", factors=(row("a", *cells),), sources=(DOCS, BLOG))
    assert comparison.quotes(DOCS)[-1] == "One."
    assert comparison.quotes(BLOG)[-1] == "Two."
    assert "One." not in comparison.quotes(BLOG)


def test_a_state_is_said_once() -> None:
    """Not "No: No" to those who hear the page."""
    assert Cell(state=CellState.NO, text=Prose("no")).says("No")
    assert not Cell(state=CellState.NO, text=Prose("Gone")).says("No")
    assert not Cell(state=CellState.NO).says("No")


@pytest.mark.parametrize(
    ("values", "shares"),
    [
        (("10", "2.5"), (1.0, 0.25)),
        (("0", "3", "1"), (0.0, 1.0, 0.333)),
        (("0", "0"), ()),
        (("-1", "2"), ()),
        (("5", None), ()),
        ((None, None), ()),
    ],
)
def test_a_row_of_numbers_is_drawn_from_zero(values: tuple[str | None, ...], shares: tuple[float, ...]) -> None:
    """To one scale; not at all where a number is missing, or lies below zero."""
    assert Factor("size", "Size", tuple(Cell(value=value) for value in values), unit="MB").shares == shares


def test_numbers_without_a_unit_are_not_drawn() -> None:
    """3.13 and 3.15 are no lengths."""
    assert Factor("python", "Python", (Cell(value="3.13"), Cell(value="3.15"))).shares == ()
