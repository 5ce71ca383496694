"""Warnings about who wins: a `better` without effect, numbers that are not read, winners that their own cells deny."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tiebreak.content import ComparisonEntry, Document, FactorEntry
from tiebreak.linking.index import Index
from tiebreak.linking.numbers import HELP, obstacle, scores
from tiebreak.linking.trace import Trace
from tiebreak.linking.winners import contradiction, winners_by_cells
from tiebreak.model import Cell, CellState, Comparison, DecimalSign, Doubt, Factor, Subject, quantity
from tiebreak.problems import Problem, Severity


@dataclass(frozen=True)
class Row:
    """A row, as it was written and as it was linked; `written` has the key of each subject's cell, None where it was
    left out.
    """

    document: Document
    place: int
    entry: FactorEntry
    factor: Factor
    written: Mapping[Subject, str | int | None]

    def warn(self, code: str, message: str, help: str, place: int | None = None) -> Problem:
        """A warning at the cell of the subject at `place`, from 0, if it was written here; else at who wins."""
        key = None if place is None else list(self.written.values())[place]
        at = ("wins",) if key is None and place is None else ("factor",) if key is None else ("cells", key)
        where = ("factors", self.place, *at)
        return self.document.problem(code, message, where, help=help, severity=Severity.WARNING)


def judgements(row: Row, trace: Trace) -> Iterator[Problem]:
    """Every warning about who wins one row."""
    decimal = trace.ask(Index.decimal_sign)
    found = _unused_better(row, decimal)
    if found:
        yield found
    elif row.factor.unit and not row.factor.better:
        yield from _unread_numbers(row, decimal)
    if row.entry.wins and not row.factor.tied and not all(cell.unknown for cell in row.factor.cells):
        yield from _denied(row)


def unjudged_pick(document: Document, entry: ComparisonEntry, comparison: Comparison) -> Iterator[Problem]:
    """Warns of a pick that no row bears out, because nobody wins any."""
    written = any(row.wins for row in entry.factors)
    if comparison.pick and not written and not any(factor.judged for factor in comparison.factors):
        message = f"{comparison.pick.name} is picked, and no row says who wins it"
        help = "say under `wins` who wins a row, or set `better` where its cells decide it"
        yield document.problem("unjudged-pick", message, ("pick",), help=help, severity=Severity.WARNING)


def _unused_better(row: Row, decimal: DecimalSign) -> Problem | None:
    """Warns of a `better` that decides nothing. One that all rows of the factor share gives way to `wins`."""
    factor = row.factor
    if not factor.better or (row.entry.wins and not row.entry.better):
        return None
    stop = obstacle(factor.cells, factor.unit, decimal)
    if stop is None:
        return None
    message = f"`better: {factor.better}` decides nothing here: {stop.what}"
    return row.warn("unused-better", message, stop.help, stop.place)


def _unread_numbers(row: Row, decimal: DecimalSign) -> Iterator[Problem]:
    """Warns of texts in a row with a unit that an author will think are read as numbers."""
    for place, cell in enumerate(row.factor.cells):
        if cell.unit:
            what = f'"{cell.said}" is not in {row.factor.unit}, which is this row\'s unit'
            yield row.warn("unread-number", what, "write all in one unit", place)
        elif cell.number is None and cell.text:
            doubt = quantity.read(cell.text.text, decimal)
            if isinstance(doubt, Doubt) and doubt.is_plain:
                message = f'"{cell.said}" is not read as a number: it is {doubt.what}'
                yield row.warn("unread-number", message, HELP, place)


def _denied(row: Row) -> Iterator[Problem]:
    """Warns of winners whose own cells deny that they win."""
    factor, subjects = row.factor, tuple(row.written)
    computed = winners_by_cells(factor.cells, factor.unit, factor.better, subjects)
    if computed:
        if factor.winners and factor.winners != computed:
            message = contradiction(row.entry.wins or (), factor.better, computed, subjects)
            yield row.warn("denied-winner", message, "delete `wins`; the cells decide this row")
        return
    cells = dict(zip(subjects, factor.cells, strict=True))
    losers = {subject: cell for subject, cell in cells.items() if subject.id not in factor.winners}
    for subject, cell in cells.items():
        if subject.id in factor.winners and (found := _denial(cell, losers, factor)):
            why, help = found
            yield row.warn("denied-winner", f"{subject.name} wins this row, {why}", help)


def _denial(cell: Cell, losers: Mapping[Subject, Cell], factor: Factor) -> tuple[str, str] | None:
    """Why a cell cannot beat those of the losers, and what would be right."""
    for other, beaten in losers.items():
        if cell.unknown and not beaten.unknown:
            return "and its own cell is unknown", "find out, or leave `wins` out"
        if cell.state is CellState.NOT_APPLICABLE:
            return 'and its own cell says "n/a"', "leave `wins` out where a question does not apply"
        if cell.same_as == beaten.same_as or _is_same_number(cell, beaten, factor.unit):
            return (
                f"and its cell says what that of {other.name} says",
                "write `wins: tie`, or what differs",
            )
        if not factor.better and (cell.rank or 0) < (beaten.rank or 0) and cell.rank is not None:
            why = f'and its "{cell.state}" beats the "{beaten.state}" of {other.name}'
            return why, "write `better: lower` if less is better here, else mend the cells or `wins`"
    return None


def _is_same_number(one: Cell, other: Cell, unit: str) -> bool:
    return one.number is not None and one.number == other.number and bool(scores((one, other), unit))
