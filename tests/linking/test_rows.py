"""The rows of the table: cells, facts, and who wins."""

import pytest
from conftest import MakeSite
from samples import changed, linked, texts

from tiebreak.model.cell import CellState
from tiebreak.model.table import Factor

TEA = "content/compare/tea-vs-coffee.md"
FACTORS = """\
caffeine: {label: Caffeine content, note: What *wakes*., unit: mg, better: lower, max_age: 180d}
"""


def rows(make_site: MakeSite, text: str, files: dict[str, str] | None = None) -> tuple[tuple[Factor, ...], list[str]]:
    """The rows of the sample's table with `text` in the place of its one row, and what was complained of."""
    old = "  - factor: Caffeine\n    cells: {tea: Some, coffee: Much}\n    wins: tea\n"
    site, problems = linked(make_site({TEA: changed((old, text)), **(files or {})}))
    return site.whole[0].factors, texts(problems)


def shown(factor: Factor) -> list[str | None]:
    return [cell.text.text if cell.text else cell.value or cell.state for cell in factor.cells]


def test_cells_stand_in_the_order_of_subjects(make_site: MakeSite) -> None:
    """However they were written."""
    (one, two, three), problems = rows(
        make_site,
        "  - {factor: A, cells: {coffee: c, tea: t}}\n  - {factor: B, cells: [t, c]}\n"
        "  - {factor: C, cells: {Coffee: c, TEA: t}}\n",
    )
    assert problems == []
    assert [shown(factor) for factor in (one, two, three)] == [["t", "c"]] * 3


def test_a_cell_left_out_comes_from_the_facts(make_site: MakeSite) -> None:
    """Under the row's id; what neither says is unknown; what is written wins."""
    files = {"content/subjects/tea.yaml": "name: Tea\nfacts: {caffeine: 30, size: 1}\n"}
    text = "  - {factor: Caffeine}\n  - {factor: Big, id: size, cells: {tea: 2, coffee: 3}}\n"
    (caffeine, size), _ = rows(make_site, text, files)
    assert shown(caffeine) == ["30", CellState.UNKNOWN]
    assert shown(size) == ["2", "3"]


def test_a_row_takes_from_the_shared_factor_what_it_does_not_say(make_site: MakeSite) -> None:
    """Named by id it has its label as well; what it does say is its own."""
    text = (
        "  - {factor: caffeine, cells: [30, 95]}\n  - {factor: Other label, id: other, cells: [1, 2]}\n"
        "  - {factor: x, id: caffeine-2, cells: [1, 2], unit: g}\n"
    )
    (shared, other, _), problems = rows(make_site, text, {"content/factors.yaml": FACTORS})
    assert problems == []
    assert shared.note is not None
    assert (shared.label, shared.unit, shared.better, shared.max_age) == ("Caffeine content", "mg", "lower", 180)
    assert shared.note.html == "What <em>wakes</em>."
    assert (other.label, other.unit, other.note, other.max_age) == ("Other label", "", None, None)


def test_a_row_may_say_otherwise_than_the_shared_factor(make_site: MakeSite) -> None:
    """Label, note, unit and direction."""
    text = "  - {factor: My caffeine, id: caffeine, note: Mine., unit: g, better: higher, cells: [30, 95], weight: 0}\n"
    (own,), _ = rows(make_site, text, {"content/factors.yaml": FACTORS})
    assert own.note is not None
    assert (own.label, own.note.text, own.unit, own.better) == ("My caffeine", "Mine.", "g", "higher")
    assert (own.weight, own.winners) == (0, ("coffee",))


@pytest.mark.parametrize(
    ("row", "winners"),
    [
        ("cells: [30, 95], better: lower", ("tea",)),
        ("cells: [30, 95], better: higher", ("coffee",)),
        ("cells: [9, 10], better: higher", ("coffee",)),
        ("cells: [-1, 0.5], better: lower", ("tea",)),
        ("cells: [1.0, 1.00], better: lower", ("tea", "coffee")),
        ("cells: [1, unknown], better: lower", ()),
        ("cells: [1, unknown], better: lower, wins: tea", ("tea",)),
        ("cells: [yes, no], better: higher", ("tea",)),
        ("cells: [yes, no], better: lower", ("coffee",)),
        ("cells: [no, partial], better: higher", ("coffee",)),
        ("cells: [no, {state: yes, text: '€100,000'}], better: higher", ("coffee",)),
        ("cells: [{state: yes, text: 5 GB}, {state: yes, text: 7 GB}], better: higher", ("coffee",)),
        ("cells: [{state: yes, text: Of course}, yes], better: higher", ("tea", "coffee")),
        ("cells: [yes, unknown], better: higher", ()),
        ("cells: [yes, n/a], better: higher", ()),
        ("cells: [yes, 2], better: higher", ()),
        ("cells: ['1,000', 999], better: higher", ("tea",)),
        ("cells: [10k, 9000], better: higher", ("tea",)),
        ("cells: [\u22123, 2], better: lower", ("tea",)),
        ("cells: [5 ms, 7 ms], better: lower", ("tea",)),
        ("cells: [5 ms, 7], unit: ms, better: lower", ("tea",)),
        ("cells: [5 ms, 2 s], better: lower", ()),
        ("cells: [5 s, 7 s], unit: ms, better: lower", ()),
        ("cells: [\u20ac4.99/mo, \u20ac50/yr], better: lower", ()),
        ("cells: [4.5/5, 9/10], better: higher", ()),
        ("cells: ['1,5', 2], better: lower", ()),
        ("cells: [fast, 2], better: lower", ()),
        ("cells: [{text: Free, compare: 0}, 2], better: lower", ("tea",)),
        ("cells: [{text: A lot, compare: 1.5}, {text: 1 and a half, compare: 1.50}], better: lower", ("tea", "coffee")),
        ("cells: [1, 2]", ()),
        ("cells: [a, b], wins: tie", ("tea", "coffee")),
        ("cells: [a, b], wins: [coffee, tea]", ("tea", "coffee")),
        ("cells: [a, b], wins: Coffee", ("coffee",)),
        ("cells: [a, b]", ()),
    ],
)
def test_numbers_decide_where_they_can(make_site: MakeSite, row: str, winners: tuple[str, ...]) -> None:
    """With a number in every cell and a word on which way is better; else the author does, or nobody."""
    (factor,), problems = rows(make_site, f"  - {{factor: X, {row}}}\n")
    assert (factor.winners, problems) == (winners, [])


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (
            "cells: [1, 2], better: lower, wins: coffee",
            'wrong-winner: "coffee" does not win: lower is better, and that is Tea',
        ),
        (
            "cells: [1, 2], better: lower, wins: tie",
            'wrong-winner: "tie" does not win: lower is better, and that is Tea',
        ),
        (
            "cells: [1, 1], better: higher, wins: tea",
            'wrong-winner: "tea" does not win: higher is better, and that is Tea and Coffee',
        ),
        ("cells: [{compare: 1}, 2], better: lower", 'missing-key: "text" is missing'),
        ("cells: [1]", "wrong-count: 1 cell for 2 subjects"),
        ("cells: [1, 2, 3]", "wrong-count: 3 cells for 2 subjects"),
        ("cells: {milk: 1, tea: 1, coffee: 2}", 'unknown-subject: cells name "milk", which is not a subject here'),
        ("cells: {tea: 1, Tea: 1, coffee: 2}", 'duplicate-subject: "Tea" and "tea" are one subject'),
        ("cells: [1, 2], wins: milk", 'unknown-subject: wins names "milk", which is not a subject here'),
        ("cells: [1, 2], wins: [tie, tea]", 'unknown-subject: wins names "tie", which is not a subject here'),
    ],
)
def test_what_contradicts_the_table_is_told(make_site: MakeSite, row: str, problem: str) -> None:
    """Numbers, subjects, and how many cells there are."""
    assert rows(make_site, f"  - {{factor: X, {row}}}\n")[1] == [problem]


def test_a_winner_that_contradicts_the_numbers_is_overruled(make_site: MakeSite) -> None:
    """So that one mistake does not bring another with it."""
    (factor,), _ = rows(make_site, "  - {factor: X, cells: [1, 2], better: lower, wins: coffee}\n")
    assert factor.winners == ("tea",)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("  - {factor: A}\n  - {factor: a}\n", ['duplicate-factor: another row has the id "a"']),
        ("  - {factor: A}\n  - {factor: B, id: a}\n", ['duplicate-factor: another row has the id "a"']),
        ("  - {factor: '?!'}\n", ['duplicate-factor: "?!" has nothing to make an id from']),
        ("  - {factor: C}\n  - {factor: C++}\n  - {factor: 日本}\n", []),
    ],
)
def test_every_row_has_an_id_of_its_own(make_site: MakeSite, text: str, problems: list[str]) -> None:
    """Links and facts lead to it."""
    assert rows(make_site, text)[1] == problems


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("'1,000'", ("1,000", None)),
        ("\u22123", ("\u22123", None)),
        ("5 MB", (None, "5 MB")),
        ("{text: 5 MB, value: 5}", (None, "5 MB")),
        ("{text: '1,000', value: 1000}", ("1,000", None)),
        ("{text: with CUDA, value: 5}", ("5", "with CUDA")),
        ("{text: 5 workers, value: 5}", ("5", "5 workers")),
        ("'[1,000](https://example.org/)'", (None, "1,000")),
    ],
)
def test_a_number_is_shown_once_and_as_written(
    make_site: MakeSite, cell: str, said: tuple[str | None, str | None]
) -> None:
    """A text that says the value stands for it; a note beside the value stays."""
    (factor,), problems = rows(make_site, f"  - {{factor: X, unit: MB, cells: [{cell}, 2]}}\n")
    found = factor.cells[0]
    assert problems == []
    assert (found.value, found.text and found.text.text) == said
    assert found.number is not None


def test_in_german_text_a_full_stop_before_three_digits_decides_nothing(make_site: MakeSite) -> None:
    """It parts thousands there. With `value`, it is the format's own number."""
    site = {"content/site.yaml": "title: Picks\nbase_url: https://example.org/\nlanguage: de\n"}
    text = (
        "  - {factor: A, better: higher, cells: [1.000, 999]}\n  - {factor: B, better: higher, cells: ['1,5', 1.4]}\n"
    )
    more = "  - {factor: C, better: higher, cells: [{value: 1.000, kind: docs}, 999]}\n"
    (unclear, comma, value), _ = rows(make_site, text + more, site)
    assert (unclear.winners, comma.winners, value.winners) == ((), ("tea",), ("coffee",))
    assert shown(unclear)[0] == "1.000"


@pytest.mark.parametrize(
    ("cells", "winners"),
    [
        ("[{value: 4, low: 3, high: 5}, {value: 6, low: 5.5, high: 7}]", ("tea",)),
        ("[{value: 4, low: 3, high: 5}, {value: 6, low: 5, high: 7}]", ("tea", "coffee")),
        ("[{value: 4, low: 3, high: 5}, 4.5]", ("tea", "coffee")),
        ("[{value: 4, low: 3, high: 5}, 5.5]", ("tea",)),
        ("[{value: 4, runs: 3}, 4.5]", ("tea",)),
    ],
)
def test_who_cannot_be_told_apart_is_level(make_site: MakeSite, cells: str, winners: tuple[str, ...]) -> None:
    """Where spreads overlap or touch; a number without one is all that is known of it."""
    (factor,), problems = rows(make_site, f"  - {{factor: A, unit: s, better: lower, cells: {cells}}}\n")
    assert problems == []
    assert factor.winners == winners


def test_an_override_lets_the_better_number_win(make_site: MakeSite) -> None:
    """Said in the row; with a `wins` or without."""
    cells = "cells: [{value: 4, low: 3, high: 5}, {value: 4.5, low: 3, high: 7}], unit: s"
    text = "".join(
        f"  - {{factor: {name}, {cells}, override: Ten *days* agree{more}}}\n"
        for name, more in (("A", ", better: lower"), ("B", ", better: lower, wins: tea"), ("C", ", wins: coffee"))
    )
    factors, problems = rows(make_site, text)
    assert problems == []
    assert [factor.winners for factor in factors] == [("tea",), ("tea",), ("coffee",)]
    assert [factor.override and factor.override.html for factor in factors] == ["Ten <em>days</em> agree"] * 3


def test_spreads_are_drawn_to_the_scale_of_the_bars(make_site: MakeSite) -> None:
    """Which the largest number of all sets; without a spread there is no whisker, without a unit no bar."""
    cells = "cells: [{value: 4, low: -1, high: 10}, 5]"
    (one, other), _ = rows(make_site, f"  - {{factor: A, unit: s, {cells}}}\n  - {{factor: B, {cells}}}\n")
    assert (one.shares, one.whiskers) == ((0.4, 0.5), ((0.0, 1.0), None))
    assert (other.shares, other.whiskers) == ((), ())
