"""How long what was checked stays fresh: the day by which a cell is to be checked again, and whether it is past."""

from dataclasses import replace
from datetime import date, timedelta

from tiebreak.content import SharedFactorEntry
from tiebreak.linking.context import Context
from tiebreak.linking.index import Index
from tiebreak.model import Cell


def policy(context: Context, shared: SharedFactorEntry | None) -> int | None:
    """After how many days the cells of a factor are stale, by factors.yaml or by the site; None for never."""
    return (shared and shared.max_age) or context.ask(Index.default_max_age)


def _due(cell: Cell, max_age: int | None) -> date | None:
    """The last day on which a cell is fresh, by its own `max_age` or else by this one, in days; None for ever."""
    days = cell.max_age or max_age
    if cell.checked is None or days is None or days >= (date.max - cell.checked).days:
        return None
    return cell.checked + timedelta(days=days)


def aged(context: Context, cell: Cell, max_age: int | None) -> Cell:
    """A cell that knows until when it is fresh, and whether it is so on the day of the build."""
    until = _due(cell, max_age)
    if until is None and cell.due is None:
        return cell
    return replace(cell, due=until, stale=until is not None and context.ask(Index.is_past, until))
