"""The rows of a comparison's table, with their cells from the comparison itself or from facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tiebreak.content import CellEntry, FactorEntry, Position
from tiebreak.linking.cells import Sources, cell, sought
from tiebreak.linking.context import Context
from tiebreak.linking.freshness import aged, policy
from tiebreak.linking.index import Index
from tiebreak.linking.index_entry import factor_id
from tiebreak.linking.numbers import measured
from tiebreak.linking.winners import winners
from tiebreak.model import UNKNOWN, Cell, Factor, Look, Subject, marked_name, plain_name

T = TypeVar("T")


@dataclass(frozen=True)
class Rows:
    """Makes the rows of one comparison."""

    context: Context
    subjects: Sequence[Subject]
    sources: Sources

    def all(self, entries: Sequence[FactorEntry]) -> tuple[Factor, ...]:
        """Every row in order; two rows with one id are a problem."""
        factors = tuple(self._factor(entry, ("factors", place)) for place, entry in enumerate(entries))
        seen: set[str] = set()
        for place, factor in enumerate(factors):
            if factor.id in seen or not factor.id:
                nameless = f'"{factor.label}" has nothing to make an id from'
                what = f'another row has the id "{factor.id}"' if factor.id else nameless
                help = "give it an `id` of its own"
                at = ("factors", place, "factor")
                self.context.report("duplicate-factor", what, at, help=help)
            seen.add(factor.id)
        return factors

    def _factor(self, entry: FactorEntry, at: Position) -> Factor:
        id = factor_id(entry.id, entry.factor)
        shared = self.context.ask(Index.factor, id)
        better = entry.better or (shared.better if shared else None)
        unit = entry.unit or (shared.unit if shared else None) or ""
        decimal = self.context.ask(Index.decimal_sign)
        max_age = entry.max_age or policy(self.context, shared)
        written = (sought(self._look, cell, unit) for cell in self._cells(entry, at, id))
        cells = tuple(aged(self.context, measured(cell, unit, better, decimal), max_age) for cell in written)
        label = shared.label if shared and entry.factor == id else entry.factor
        return Factor(
            id=id,
            label=plain_name(label),
            marked=marked_name(label),
            cells=cells,
            winners=winners(
                self.context, entry, (*at, "wins"), subjects=self.subjects, cells=cells, unit=unit, better=better
            ),
            weight=1 if entry.weight is None else entry.weight,
            note=self.context.optional_prose(entry.note, (*at, "note")) or (shared.note if shared else None),
            group=entry.group or "",
            unit=unit,
            better=better,
            max_age=max_age,
            decisive=bool(entry.decisive),
            override=self.context.optional_prose(entry.override, (*at, "override")),
        )

    def _cells(self, entry: FactorEntry, at: Position, id: str) -> tuple[Cell, ...]:
        written = self._written(entry, (*at, "cells"))
        return tuple(
            written.get(one.id) or self.context.ask(Index.fact, one.id, id) or UNKNOWN for one in self.subjects
        )

    def _written(self, entry: FactorEntry, at: Position) -> Mapping[str, Cell]:
        """The cells that stand in the comparison itself, by the subject's id."""
        if isinstance(entry.cells, list):
            if len(entry.cells) != len(self.subjects):
                cells = "1 cell" if len(entry.cells) == 1 else f"{len(entry.cells)} cells"
                message = f"{cells} for {len(self.subjects)} subjects"
                help = "write one a subject, in the order of `subjects`, or name them"
                self.context.report("wrong-count", message, at, help=help)
            pairs = zip(self.subjects, enumerate(entry.cells), strict=False)
            return {subject.id: self._cell(cell, (*at, place)) for subject, (place, cell) in pairs}
        keyed = by_subject(self.context, entry.cells or {}, at, self.subjects)
        return {id: self._cell(cell, (*at, key)) for id, (key, cell) in keyed.items()}

    def _look(self, page: str) -> Look | None:
        return self.context.ask(Index.look, page)

    def _cell(self, entry: CellEntry, at: Position) -> Cell:
        return cell(self.context, entry, at, self.sources)


def by_subject(
    context: Context, mapping: Mapping[str, T], at: Position, subjects: Sequence[Subject]
) -> Mapping[str, tuple[str, T]]:
    """A mapping keyed by id or name -> by id: (key as written, value); a subject keyed twice is a problem."""
    keyed: dict[str, tuple[str, T]] = {}
    for key, value in mapping.items():
        subject = context.compared_subject(key, (*at, key), subjects, key=True)
        if subject is None:
            continue
        if subject.id in keyed:
            message = f'"{key}" and "{keyed[subject.id][0]}" are one subject'
            context.report("duplicate-subject", message, (*at, key), key=True, help="keep one of the two")
        keyed.setdefault(subject.id, (key, value))
    return keyed
