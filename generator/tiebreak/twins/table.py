"""The table of a comparison as values separated by commas (RFC 4180), for spreadsheets and programs."""

import csv
import io
import re
from collections.abc import Collection, Iterator

from tiebreak.model import Comparison, Factor
from tiebreak.pages import locales
from tiebreak.twins.texts import Texts

BEFORE, AFTER = ("factor", "group", "unit", "weight", "wins"), ("sources",)  # the columns around those of subjects
ENDS = ("low", "high")  # behind the name of a subject
TIE = "tie"  # as authors write it
# A spreadsheet runs what begins like this; one that takes other signs for the ends of cells, what stands behind them.
_FORMULA = re.compile(r"(^\s*|[;|\t])(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")


def table_csv(comparison: Comparison, texts: Texts) -> bytes:
    """A line for each row of the table, in its order, and a column for each subject, as the page has them.

    A cell with a number is that number, with a full stop and nothing between thousands. Subjects with a number that
    lies between two others have a column for each of these.
    """
    spread = {place for row in comparison.factors for place, cell in enumerate(row.cells) if cell.low}
    heads = (head for place in comparison.columns for head in _heads(comparison, place, spread))
    lines = [
        (*BEFORE, *heads, *AFTER),
        *(_line(comparison, row, spread, texts) for _, rows in comparison.groups for row in rows),
    ]
    file = io.StringIO()
    csv.writer(file).writerows([_safe(cell) for cell in line] for line in lines)
    return file.getvalue().encode()


def _heads(comparison: Comparison, place: int, spread: Collection[int]) -> Iterator[str]:
    name = comparison.subjects[place].name
    yield name
    if place in spread:
        yield from (f"{name} {end}" for end in ENDS)


def _line(comparison: Comparison, row: Factor, spread: Collection[int], texts: Texts) -> tuple[str, ...]:
    wins = [subject.name for subject in comparison.subjects if subject.id in row.winners]
    used = [
        comparison.sources[number - 1] for number in sorted({n for cell in row.cells for n in comparison.marks(cell)})
    ]
    return (
        texts.smart(row.shown),
        texts.smart(row.group),
        row.measured_in or row.unit,
        str(row.weight),
        TIE if row.tied else "; ".join(wins),
        *(text for place in comparison.columns for text in _said(row, place, spread, texts)),
        " ".join(texts.settings.absolute(source.url) for source in used),
    )


def _said(row: Factor, place: int, spread: Collection[int], texts: Texts) -> Iterator[str]:
    """What stands in the columns of one subject."""
    cell = row.cells[place]
    if cell.value is not None:
        yield cell.plain
    else:
        yield cell.digits if cell.says_number and row.measured_in is not None else texts.words(cell)
    if place in spread:
        yield from (cell.low or "", cell.high or "")


def _safe(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would run; a number stays one."""
    if locales.PLAIN.fullmatch(text):
        return text
    return _FORMULA.sub(r"\1'", text)
