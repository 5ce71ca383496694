"""Who wins a row: the subjects with the best number or state, or else those that the author names."""

from collections.abc import Sequence
from typing import Literal

from tiebreak.content import FactorEntry, Position
from tiebreak.linking.context import Context
from tiebreak.linking.numbers import best_of, level_with
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
    texts, or there are states, the author wins, and is warned of it (see rules/judgements.py). Where what was measured
    overlaps, nobody wins over the other, unless an `override` says why.
    """
    computed = winners_by_cells(cells, unit, better, subjects, overridden=entry.override is not None)
    if entry.wins is None:
        return computed
    written = _winners_as_written(context, entry.wins, at, subjects)
    if (
        not written
        or written == computed
        or (entry.override is None and _overlaps(context, written, at, subjects, cells))
    ):
        return computed or written
    if computed and all(cell.value is not None and cell.amount is None for cell in cells):
        message, help = contradiction(entry.wins, better, computed, subjects), "delete `wins`; numbers decide this row"
        context.report("wrong-winner", message, at, help=help)
        return computed
    return written


def _overlaps(
    context: Context, written: Sequence[str], at: Position, subjects: Sequence[Subject], cells: Sequence[Cell]
) -> bool:
    """Whether the spread of a winner overlaps with that of a subject that does not win, which is reported."""
    places = {place for place, subject in enumerate(subjects) if subject.id in written}
    level = level_with(cells, places) - places if any(cell.low for cell in cells) else frozenset()
    if level:
        names = " and ".join(subjects[place].name for place in sorted(level))
        message = f"what was measured overlaps with that of {names}, so that neither wins over the other"
        help = "write `wins: tie`, or say under `override` why it wins all the same"
        context.report("wrong-winner", message, at, help=help)
    return bool(level)


def contradiction(
    wins: Sequence[str], better: Better | None, computed: Sequence[str], subjects: Sequence[Subject]
) -> str:
    """What is wrong with the winners that an author wrote, where the cells have others."""
    winner = " and ".join(subject.name for subject in subjects if subject.id in computed)
    return f'"{", ".join(wins)}" does not win: {better} is better, and that is {winner}'


def winners_by_cells(
    cells: Sequence[Cell], unit: str, better: Better | None, subjects: Sequence[Subject], *, overridden: bool = False
) -> tuple[str, ...]:
    """The ids of those with the best number, or the best of yes, partial and no; and, unless that is `overridden`, of
    those whose spread overlaps with theirs.

    None unless `better` says what is best and every cell has one.
    """
    if better is None:
        return ()
    best = best_of(cells, unit, better)
    best = best if overridden else level_with(cells, best)
    return tuple(subject.id for place, subject in enumerate(subjects) if place in best)


def levelled(cells: Sequence[Cell], won: Sequence[str], subjects: Sequence[Subject]) -> tuple[str, ...]:
    """The ids of those who win, and of those whose spread overlaps with theirs."""
    level = level_with(cells, [place for place, subject in enumerate(subjects) if subject.id in won])
    return tuple(subject.id for place, subject in enumerate(subjects) if place in level)


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
