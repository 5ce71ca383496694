"""Warnings about who wins: a `better` without effect, numbers that are not read, winners that their own cells deny."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tiebreak.content import ComparisonEntry, Document, FactorEntry
from tiebreak.linking import Index, Trace, numbers, winners
from tiebreak.model import Cell, CellState, Comparison, DecimalSign, Doubt, Factor, Subject, quantity
from tiebreak.problems import Problem


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

    @property
    def cells(self) -> Iterator[tuple[Subject, str | int | None, Cell]]:
        """Each subject, the key of its cell, and the cell."""
        for (subject, key), cell in zip(self.written.items(), self.factor.cells, strict=True):
            yield subject, key, cell

    def warn(self, code: str, message: str, help: str, place: int | None = None) -> Problem:
        """A warning at the cell of the subject at `place`, from 0, if it was written here; else at who wins."""
        key = None if place is None else list(self.written.values())[place]
        at = ("wins",) if key is None and place is None else ("factor",) if key is None else ("cells", key)
        where = ("factors", self.place, *at)
        return self.document.warning(code, message, where, help=help)


def judgements(row: Row, trace: Trace) -> Iterator[Problem]:
    """Every warning about who wins one row."""
    decimal = trace.ask(Index.decimal_sign)
    found = _unused_better(row, decimal)
    if found:
        yield found
    elif row.factor.unit and not row.factor.better:
        yield from _unread_numbers(row, decimal)
    if row.entry.wins and not all(cell.unknown for cell in row.factor.cells):
        yield from _denied(row, decimal)
    if row.entry.override and not _has_overlap(row):
        message, help = "no spreads overlap here, so that there is nothing to override", "delete it"
        yield row.document.warning("unused-override", message, ("factors", row.place, "override"), help=help)


def _has_overlap(row: Row) -> bool:
    """Whether somebody wins whose spread overlaps with that of another."""
    places = {place for place, subject in enumerate(row.written) if subject.id in row.factor.winners}
    return len(numbers.level_with(row.factor.cells, places)) > len(places)


def unjudged_pick(document: Document, entry: ComparisonEntry, comparison: Comparison) -> Iterator[Problem]:
    """Warns of a pick that no row bears out, because nobody wins any."""
    written = any(row.wins for row in entry.factors)
    if comparison.pick and not written and not any(factor.judged for factor in comparison.factors):
        message = f"{comparison.pick.name} is picked, and no row says who wins it"
        help = "say under `wins` who wins a row, or set `better` where its cells decide it"
        yield document.warning("unjudged-pick", message, ("pick",), help=help)


def _unused_better(row: Row, decimal: DecimalSign) -> Problem | None:
    """Warns of a `better` that decides nothing, whether the row has it or all rows of the factor share it."""
    factor = row.factor
    if not factor.better:
        return None
    stop = numbers.obstacle(factor.cells, factor.unit, decimal)
    if stop is None:
        return None
    shared = "" if row.entry.better else " of content/factors.yaml"
    message = f"`better: {factor.better}`{shared} decides nothing here: {stop.what}"
    return row.warn("unused-better", message, stop.help, stop.place)


def _unread_numbers(row: Row, decimal: DecimalSign) -> Iterator[Problem]:
    """Warns of texts in a row with a unit that an author will think are read as numbers."""
    for place, cell in enumerate(row.factor.cells):
        if cell.unit:
            what = f'"{cell.said}" is not in {row.factor.unit}, which is this row\'s unit'
            yield row.warn("unread-number", what, "write all in one unit", place)
        elif cell.number is None and cell.text:
            doubt = quantity.read(cell.text.text, decimal, row.factor.unit)
            if isinstance(doubt, Doubt) and doubt.is_plain:
                message = f'"{cell.said}" is not read as a number: it is {doubt.what}'
                yield row.warn("unread-number", message, numbers.HELP, place)


def _denied(row: Row, decimal: DecimalSign) -> Iterator[Problem]:
    """Warns of winners whose own cells deny that they win."""
    factor, subjects = row.factor, tuple(row.written)
    overridden = factor.override is not None
    computed = winners.winners_by_cells(factor.cells, factor.unit, factor.better, subjects, overridden=overridden)
    if computed:
        if factor.winners and factor.winners != computed:
            message = winners.contradiction(row.entry.wins or (), factor.better, computed, subjects)
            yield row.warn("denied-winner", message, "delete `wins`; the cells decide this row")
        return
    cells = dict(zip(subjects, factor.cells, strict=True))
    for subject, cell in cells.items():
        if subject.id in factor.winners and (found := _denial(cell, cells, factor, decimal)):
            why, help = found
            verb = "shares" if factor.tied else "wins"
            yield row.warn("denied-winner", f"{subject.name} {verb} this row, {why}", help)


def _denial(cell: Cell, cells: Mapping[Subject, Cell], factor: Factor, decimal: DecimalSign) -> tuple[str, str] | None:
    """Why a cell cannot win, or share the row, and what would be right."""
    losers = {subject: one for subject, one in cells.items() if subject.id not in factor.winners}
    if cell.unknown and not all(one.unknown for one in (losers or cells).values()):
        return "and its own cell is unknown", "find out, or leave `wins` out"
    if cell.state is CellState.NOT_APPLICABLE and (losers or any(one.state != cell.state for one in cells.values())):
        return 'and its own cell says "n/a"', "leave `wins` out where a question does not apply"
    for other, beaten in losers.items():
        if numbers.alike(cell, beaten, factor.unit, decimal):
            why = f"and its cell says what that of {other.name} says"
            return why, "write `wins: tie`, or what differs"
        if not factor.better and cell.rank is not None and cell.rank < (beaten.rank or 0):
            why = f'and its "{cell.state}" beats the "{beaten.state}" of {other.name}'
            return why, "write `better: lower` if less is better here, else mend the cells or `wins`"
    return None
