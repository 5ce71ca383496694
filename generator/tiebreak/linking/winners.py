"""Who wins a row: the subjects with the best number, or else those that the author names."""

from collections.abc import Sequence
from typing import Literal

from tiebreak.content import FactorEntry, Position
from tiebreak.linking.context import Context
from tiebreak.model import Cell, Subject

Better = Literal["lower", "higher"]


def winners(
    context: Context,
    entry: FactorEntry,
    at: Position,
    *,
    subjects: Sequence[Subject],
    cells: Sequence[Cell],
    better: Better | None,
) -> tuple[str, ...]:
    """The ids of the subjects that win a row: by its numbers, else by what the author wrote at `at`.

    A contradiction between the two is a problem, and the numbers win.
    """
    computed = winners_by_number(cells, better, subjects)
    if entry.wins is None:
        return computed
    written = _winners_as_written(context, entry.wins, at, subjects)
    if computed and written and written != computed:
        winner = " and ".join(subject.name for subject in subjects if subject.id in computed)
        message = f'"{", ".join(entry.wins)}" does not win: {better} is better, and that is {winner}'
        context.report("wrong-winner", message, at, help="delete `wins`; numbers decide this row")
    return computed or written


def winners_by_number(cells: Sequence[Cell], better: Better | None, subjects: Sequence[Subject]) -> tuple[str, ...]:
    """The ids of those with the best number; none unless every cell has one and `better` says what is."""
    if better is None:
        return ()
    numbers = [cell.number for cell in cells]
    known = [number for number in numbers if number is not None]
    if len(known) != len(numbers):
        return ()
    best = min(known) if better == "lower" else max(known)
    return tuple(subject.id for subject, number in zip(subjects, numbers, strict=True) if number == best)


def _winners_as_written(
    context: Context, wins: Sequence[str], at: Position, subjects: Sequence[Subject]
) -> tuple[str, ...]:
    if wins == ["tie"]:
        return tuple(subject.id for subject in subjects)
    found = [
        context.compared_subject(name, (*at, place), subjects, also=("tie",) if len(wins) == 1 else ())
        for place, name in enumerate(wins)
    ]
    return tuple(subject.id for subject in subjects if subject in found)
