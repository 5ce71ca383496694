"""Numbers in a table: how they are written, and how they are brought in line."""

from decimal import Decimal

from samples import compared

from tiebreak.model.cell import Cell
from tiebreak.model.table import Factor
from tiebreak.pages.figures import Figure, figures
from tiebreak.pages.locales import figure


def written(*factors: Factor, language: str = "en") -> list[list[Figure | None]]:
    """The figures of rows of two cells."""
    return [list(row) for row in figures(compared("A", "B", factors=factors), figure(language)).values()]


def row(id: str, unit: str, *values: str) -> Factor:
    return Factor(id, id, tuple(Cell(value=value) for value in values), unit=unit)


def rooms(*factors: Factor) -> list[list[str]]:
    return [[one.room if one else "" for one in row] for row in written(*factors)]


def test_numbers_of_one_unit_stand_in_line() -> None:
    """Column by column, and never with those of another unit, or of none."""
    found = rooms(row("a", "ms", "5.48", "25.2"), row("b", "MB", "1532", "1"), row("c", "ms", "9", "0.48"))
    assert found == [["", ""], ["", ""], ["", "2"]]
    assert rooms(row("a", "MB", "1532", "633"), row("b", "MB", "7.5", "3000")) == [["", "3,"], ["1,53", ""]]
    assert rooms(row("a", "", "1532", "3"), row("b", "", "1", "15")) == [["", ""], ["", ""]]


def test_a_number_is_written_as_the_language_does_it() -> None:
    """With its spread; a program has it with a full stop and nothing between thousands."""
    cells = (Cell(value="1532.5", low="1500", high="1600.25", runs=3), Cell(value="12.5"))
    ((first, second),) = written(Factor("a", "a", cells, unit="ms"), language="de")
    assert first == Figure("1532.5", "1.532,5", "1.500", "1.600,25")
    assert second
    assert second.text == "12,5"


def test_a_number_without_a_unit_stays_as_it_is() -> None:
    """It may be a version, or a year."""
    ((first, second),) = written(row("a", "", "3.15", "2026"), language="de")
    assert first
    assert second
    assert (first.text, second.text) == ("3.15", "2026")


def test_a_number_that_was_read_in_a_text_is_written_like_the_others() -> None:
    """And as its author has it, where what stands there is more than the number."""
    cells = (Cell(value="1.532", amount=Decimal(1532)), Cell(value="5k", amount=Decimal(5000)))
    ((first, second),) = written(Factor("a", "a", cells, unit="MB"), language="fr")
    assert first
    assert (first.plain, first.text) == ("1532", "1\u202f532")
    assert second
    assert (second.plain, second.text, second.room) == ("5k", "5k", "")


def test_a_cell_without_a_number_has_no_figure() -> None:
    """The others keep their places."""
    ((first, second),) = written(Factor("a", "a", (Cell(), Cell(value="1")), unit="MB"))
    assert first is None
    assert second
