"""Who wins a row: the subjects with the best number or state, or else those that the author names."""

from collections.abc import Sequence
from typing import Literal

from tiebreak.content import FactorEntry, Position
from tiebreak.linking.context import Context
from tiebreak.linking.numbers import scores
from tiebreak.model import Cell, Subject

Better = Literal["lower", "higher"]


def winners(
    context: Context,
    entry: FactorEntry,
    at: Position,
    *,
    subjects: Sequence[Subject],
    cells: Sequence[Cell],
    unit: str,
    better: Better | None,
) -> tuple[str, ...]:
    """The ids of the subjects that win a row: by its numbers or states, else by what the author wrote at `at`.

    A contradiction between `value`s and the author is a problem, and the numbers win. Where numbers were read out of
    texts, or there are states, the author wins, and is warned of it (see lint.py).
    """
    computed = winners_by_cells(cells, unit, better, subjects)
    if entry.wins is None:
        return computed
    written = _winners_as_written(context, entry.wins, at, subjects)
    if computed and written and written != computed:
        if not all(cell.value is not None and cell.amount is None for cell in cells):
            return written
        message, help = contradiction(entry.wins, better, computed, subjects), "delete `wins`; numbers decide this row"
        context.report("wrong-winner", message, at, help=help)
    return computed or written


def contradiction(
    wins: Sequence[str], better: Better | None, computed: Sequence[str], subjects: Sequence[Subject]
) -> str:
    """What is wrong with the winners that an author wrote, where the cells have others."""
    winner = " and ".join(subject.name for subject in subjects if subject.id in computed)
    return f'"{", ".join(wins)}" does not win: {better} is better, and that is {winner}'


def winners_by_cells(
    cells: Sequence[Cell], unit: str, better: Better | None, subjects: Sequence[Subject]
) -> tuple[str, ...]:
    """The ids of those with the best number, or the best of yes, partial and no.

    None unless `better` says what is best and every cell has one.
    """
    found = scores(cells, unit)
    if better is None or not found:
        return ()
    best = min(found) if better == "lower" else max(found)
    return tuple(subject.id for subject, score in zip(subjects, found, strict=True) if score == best)


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
