"""What has changed in a comparison: verdicts that its author tells, and cells that differ from those recorded."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal

from tiebreak import limits
from tiebreak.content import CellChangeEntry, ChangesEntry, ComparisonEntry
from tiebreak.linking.context import Context
from tiebreak.linking.index import Index
from tiebreak.linking.numbers import folded
from tiebreak.linking.pick import former_pick
from tiebreak.model import Cell, CellChange, Change, Comparison, Factor, Subject


def verdict_changes(
    context: Context, entry: ComparisonEntry, pick: Subject | None, record: ChangesEntry | None
) -> tuple[Change, ...]:
    """The verdicts before this one, newest first; one that was recorded and that the author does not tell as well."""
    told = tuple(Change(change.date, former_pick(context, change.was), change.why) for change in entry.history)
    day = entry.updated or entry.published
    if record is None or day is None:
        return told
    was = former_pick(context, record.pick)
    if was == (pick.name if pick else None) or _is_told(was, told, record):
        return told
    return (Change(max(day, record.recorded), was, ""), *told)


def _is_told(was: str | None, history: Sequence[Change], record: ChangesEntry) -> bool:
    """Whether the history says what the recorded pick was."""
    return any(change.was == was and change.date >= record.recorded for change in history)


def cell_changes(
    context: Context,
    record: ChangesEntry | None,
    subjects: Sequence[Subject],
    factors: Sequence[Factor],
    day: date | None,
) -> tuple[CellChange, ...]:
    """Cells that once said something else, newest first; `day` is that of the newest content."""
    if record is None or day is None:
        return ()
    labels = {factor.id: factor.label for factor in factors}
    changes = _all_changes(record, subjects, factors, day)

    def linked(one: CellChangeEntry) -> CellChange:
        subject = context.ask(Index.subject, one.subject)
        name, label = subject.name if subject else one.subject, labels.get(one.factor, one.factor)
        address = f"#factor-{one.factor}" if one.factor in labels else ""
        return CellChange(one.date, address, label, name, one.was, one.now, one.why or "")

    return tuple(map(linked, sorted(changes, key=lambda one: one.date, reverse=True)))


def _all_changes(
    record: ChangesEntry, subjects: Sequence[Subject], factors: Sequence[Factor], day: date
) -> list[CellChangeEntry]:
    """Changes that are not recorded yet, then those that are, as many as a record holds. `day` is theirs, unless their
    cells were checked after the record was made.
    """
    return [*_new_changes(record, subjects, factors, day), *record.changes][: limits.CHANGES]


def _new_changes(
    record: ChangesEntry, subjects: Sequence[Subject], factors: Sequence[Factor], day: date
) -> Iterator[CellChangeEntry]:
    """Cells that differ from the record, in the order of the table. A row that is new or gone is no change."""
    latest = max([day, record.recorded, *(change.date for change in record.changes)])  # when it still said `was`
    for factor in factors:
        before = record.cells.get(factor.id, {})
        for subject, cell in zip(subjects, factor.cells, strict=True):
            was, now = before.get(subject.id), _said(cell, factor.unit)
            if was is not None and folded(was) != folded(now) and not _is_within(was, cell, factor.unit):
                is_checked = cell.checked is not None and cell.checked > record.recorded
                yield CellChangeEntry.of(
                    date=cell.checked if is_checked else latest, factor=factor.id, subject=subject.id, was=was, now=now
                )


def _said(cell: Cell, unit: str) -> str:
    """What a reader sees in a cell: its number with the unit of the row, or its text, and the state beside it."""
    of_unit = f" {unit}" if unit and cell.value is not None else ""
    state = f" ({cell.state})" if cell.state and cell.state != cell.said.casefold() else ""
    return f"{cell.said}{of_unit}{state}"[: limits.TEXT].strip()


def _is_within(was: str, cell: Cell, unit: str) -> bool:
    """Whether what was recorded is a number between the least and the most of a measurement: it came out as before."""
    with suppress(ArithmeticError):
        if cell.low is not None and cell.high is not None:
            return Decimal(cell.low) <= Decimal(was.removesuffix(f" {unit}")) <= Decimal(cell.high)
    return False


def recorded(comparison: Comparison, record: ChangesEntry | None, today: date) -> ChangesEntry | None:
    """The record of a comparison as it is now; None while it has no date.

    A cell that has changed without a day of its own has that on which its change is recorded, on every page alike.
    A pick that has changed and that the history does not tell stays recorded as it was, and so it is not forgotten.
    """
    day = comparison.revised
    if day is None:
        return None
    cells: Mapping[str, Mapping[str, str]] = {
        factor.id: {
            subject.id: _said(cell, factor.unit)
            for subject, cell in zip(comparison.subjects, factor.cells, strict=True)
        }
        for factor in comparison.factors
    }
    pick = comparison.pick.id if comparison.pick else "none"
    newest = max([day, *(cell.checked for row in comparison.factors for cell in row.cells if cell.checked)])
    if record is None:
        return ChangesEntry.of(recorded=newest, pick=pick, cells=cells, changes=[])
    if any(not change.why for change in comparison.history):
        pick, newest = record.pick, record.recorded
    changes = _all_changes(record, comparison.subjects, comparison.factors, today)
    return ChangesEntry.of(recorded=newest, pick=pick, cells=cells, changes=changes)
