"""The table as values separated by commas: what any reader of the format gets is what the page says."""

import csv
import io
from decimal import Decimal

import pytest
from samples import ENGLISH, compared

from tiebreak.model.cell import Cell, CellState
from tiebreak.model.prose import Prose
from tiebreak.model.site import Settings
from tiebreak.model.table import Factor
from tiebreak.twins.table import table_csv
from tiebreak.twins.texts import Texts

TEXTS = Texts(Settings("Picks", "https://example.org/"), ENGLISH)


def said(*texts: str) -> list[str]:
    """What stands in the cells of a row whose cells say these texts."""
    row = Factor("row", "Row", tuple(Cell(text=Prose(text)) for text in texts))
    data = table_csv(compared("A", "B", factors=(row,)), TEXTS)
    (_, line) = csv.reader(io.StringIO(data.decode(), newline=""), strict=True)
    return line[5:-1]


def test_a_line_a_row_with_a_column_a_subject() -> None:
    """The head has names that do not depend on the site's language, but for those of subjects."""
    cells = (Cell(value="1.10"), Cell(state=CellState.PARTIAL, text=Prose("As a <code>plugin</code>")))
    row = Factor("size", "The “size”, `x`", cells, winners=("a",), weight=2, group="Cost", unit="MB")
    assert table_csv(compared("A", "B", factors=(row,)), TEXTS).decode() == (
        'factor,group,unit,weight,wins,A,B,sources\r\n"The “size”, x",Cost,MB,2,A,1.10,Partial: As a plugin,\r\n'
    )


def test_a_number_in_a_text_is_plain_digits_too() -> None:
    """With its unit in the column for units; where units differ, or the text says more, the text stays."""
    euros = (
        Cell(text=Prose("€1,399"), amount=Decimal(1399), unit="EUR"),
        Cell(text=Prose("€9.50"), amount=Decimal("9.50"), unit="EUR"),
    )
    dollars = (euros[0], Cell(text=Prose("$9"), amount=Decimal(9), unit="USD"))
    hidden = (Cell(text=Prose("nine"), amount=Decimal(9)), Cell(value="8"))
    rows = tuple(Factor(id, id, cells) for id, cells in (("e", euros), ("d", dollars), ("h", hidden)))
    data = table_csv(compared("A", "B", factors=rows), TEXTS).decode()
    assert [line[2:3] + line[5:7] for line in csv.reader(data.splitlines())][1:] == [
        ["EUR", "1399", "9.50"],
        ["", "€1,399", "$9"],
        ["", "nine", "8"],
    ]


def test_what_a_number_lies_between_has_columns() -> None:
    """Two behind each subject that has a spread in some row, and none in a table without."""
    wide = Factor("w", "W", (Cell(value="3.1", low="2.5", high="3.4", runs=7), Cell(value="5")), unit="s")
    plain = Factor("p", "P", (Cell(value="1"), Cell(value="2")))
    data = table_csv(compared("A", "B", factors=(wide, plain)), TEXTS).decode()
    lines = list(csv.DictReader(io.StringIO(data, newline="")))
    assert list(lines[0])[5:-1] == ["A", "A low", "A high", "B"]
    assert [lines[0][name] for name in ("A", "A low", "A high", "B")] == ["3.1", "2.5", "3.4", "5"]
    assert [lines[1][name] for name in ("A", "A low", "A high", "B")] == ["1", "", "", "2"]


def test_who_wins() -> None:
    """By name; `tie`, as authors write it; nothing where nobody judged the row."""
    data = table_csv(compared("A", "B", "C", won="A A+B = ?"), TEXTS).decode()
    assert [line["wins"] for line in csv.DictReader(io.StringIO(data, newline=""))] == ["A", "A; B", "tie", ""]


@pytest.mark.parametrize(
    "text", ["=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1", "＝1+1", "=HYPERLINK(&quot;https://example.org&quot;)"]
)
def test_no_spreadsheet_runs_a_cell(text: str) -> None:
    """What begins as a formula does has an apostrophe before it, which says that it is text."""
    (cell, _) = said(text, "b")
    assert cell.lstrip().startswith("'")


def test_what_is_no_formula_stays_as_it_is() -> None:
    """A negative number is a number, and signs within a text are nobody's formula."""
    assert said("-5.5", "a - b = c") == ["-5.5", "a - b = c"]
    assert said("two;=1+1", "two; -O2") == ["two;'=1+1", "two; -O2"]


def test_commas_quotes_and_lines_are_quoted() -> None:
    """A cell is one cell, whatever stands in it."""
    assert said("a, “b”, &quot;c&quot;", "x;y|z") == ['a, “b”, "c"', "x;y|z"]
