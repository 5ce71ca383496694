"""The table of a comparison as values separated by commas (RFC 4180), for spreadsheets and programs."""

import csv
import io
import re

from tiebreak.model import Cell, Comparison, Factor
from tiebreak.twins.texts import Texts

BEFORE, AFTER = ("factor", "group", "unit", "weight", "wins"), ("sources",)  # the columns around those of subjects
TIE = "tie"  # as authors write it
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
# A spreadsheet runs what begins like this; one that takes other signs for the ends of cells, what stands behind them.
_FORMULA = re.compile(r"(^\s*|[;|\t]\s*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")


def table_csv(comparison: Comparison, texts: Texts) -> bytes:
    """A line for each row of the table, in its order, and a column for each subject, as the page has them.

    A cell with a number is that number, with a full stop and nothing between thousands.
    """
    names = [comparison.subjects[place].name for place in comparison.columns]
    lines = [
        (*BEFORE, *names, *AFTER),
        *(_line(comparison, row, texts) for _, rows in comparison.groups for row in rows),
    ]
    file = io.StringIO()
    csv.writer(file).writerows([_safe(cell) for cell in line] for line in lines)
    return file.getvalue().encode()


def _line(comparison: Comparison, row: Factor, texts: Texts) -> tuple[str, ...]:
    wins = [subject.name for subject in comparison.subjects if subject.id in row.winners]
    used = [
        comparison.sources[number - 1] for number in sorted({n for cell in row.cells for n in comparison.marks(cell)})
    ]
    return (
        texts.smart(row.shown),
        texts.smart(row.group),
        row.unit,
        str(row.weight),
        TIE if row.tied else "; ".join(wins),
        *(_said(row.cells[place], texts) for place in comparison.columns),
        " ".join(texts.settings.absolute(source.url) for source in used),
    )


def _said(cell: Cell, texts: Texts) -> str:
    return cell.plain if cell.value is not None else texts.words(cell)


def _safe(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would run; a number stays one."""
    if _NUMBER.fullmatch(text):
        return text
    return _FORMULA.sub(r"\1'", text)
