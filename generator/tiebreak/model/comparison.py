"""A comparison as a value, once everything is read, checked and linked: its subjects, rows, cells and verdict."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any

from tiebreak.model.card import Card
from tiebreak.model.cell import Cell, CellState, EvidenceKind, Source
from tiebreak.model.prose import NO_PROSE, NOT_WRITTEN, Prose, Written
from tiebreak.model.serialize import plain_digest
from tiebreak.model.table import Factor, Subject, measured_version


@dataclass(frozen=True)
class Preset:
    """Priorities of readers of one kind: the weights, by row, in which they differ from the author."""

    name: str
    note: str
    weights: Mapping[str, int]

    @property
    def view(self) -> str:
        """The weights as the address of a page has them: `mobile:5,tpu:0`."""
        return ",".join(f"{id}:{weight}" for id, weight in self.weights.items())


@dataclass(frozen=True)
class Consider:
    """The third way out. `path` leads to its subject or to a comparison with it, when the site has one."""

    name: str
    when: Prose
    path: str | None = None


@dataclass(frozen=True)
class LeftOut:
    """A rival that was looked at and is not compared. `path` leads on as that of a third way does."""

    name: str
    why: Prose
    path: str | None = None


@dataclass(frozen=True)
class Question:
    """What readers ask besides, and the answer."""

    question: str
    answer: Prose


@dataclass(frozen=True)
class Leaning:
    """A row that leans on a source, by the cells that cite it."""

    factor: Factor
    source: Source
    cells: tuple[Cell, ...]

    @property
    def found(self) -> bool:
        """Whether a program found in it what each of the cells says."""
        return all(self.source.url in cell.found_in for cell in self.cells)

    @property
    def confirmed(self) -> date | None:
        """The oldest day on which somebody read the sources of one; None where nobody did for all."""
        days = [cell.checked for cell in self.cells if cell.checked]
        return min(days) if len(days) == len(self.cells) else None

    @property
    def by(self) -> tuple[str, ...]:
        """Who did."""
        return tuple(dict.fromkeys(cell.by for cell in self.cells if cell.by))


@dataclass(frozen=True)
class Comparison(Card):
    """The whole of a comparison, for its own page."""

    factors: tuple[Factor, ...] = ()
    body: Prose = NO_PROSE
    written: Written = NOT_WRITTEN  # the body
    consider: tuple[Consider, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    faq: tuple[Question, ...] = ()
    reviewer: str = ""
    sources: tuple[Source, ...] = ()  # in the order of first use; a mark is a place here, from 1
    override: Prose | None = None  # why the pick is another than the rows make lead
    disclosure: Prose | None = None
    presets: tuple[Preset, ...] = ()

    @property
    def card(self) -> Card:
        """What other pages see of it."""
        return Card(**{field.name: getattr(self, field.name) for field in fields(Card)})

    @property
    def columns(self) -> tuple[int, ...]:
        """The places of the subjects, from 0, in the order of the table: of three or more, the pick comes first."""
        places = tuple(range(len(self.subjects)))
        return tuple(sorted(places, key=lambda place: place + 1 != self.pick_place)) if len(places) > 2 else places

    @property
    def rival(self) -> int:
        """The place of the subject beside the first column on a narrow screen: of the others, the best by weight."""
        weights = self.balance.weights or (0,) * len(self.subjects)
        return max(self.columns[1:], key=lambda place: weights[place])

    @property
    def groups(self) -> tuple[tuple[str, tuple[Factor, ...]], ...]:
        """Rows under their groups' names, in order of first appearance; rows without a group stay where they are,
        under the empty name.
        """
        groups: dict[str | int, list[Factor]] = {}
        for run, (name, factors) in enumerate(groupby(self.factors, key=lambda factor: factor.group)):
            groups.setdefault(name or run, []).extend(factors)
        return tuple((factors[0].group, tuple(factors)) for factors in groups.values())

    @property
    def states(self) -> tuple[CellState, ...]:
        """The states that the table uses, for its legend."""
        used = {cell.state for factor in self.factors for cell in factor.cells}
        return tuple(state for state in CellState if state in used)

    @property
    def kinds(self) -> tuple[EvidenceKind, ...]:
        """The kinds of evidence that the table marks, for its legend."""
        used = {cell.kind for factor in self.factors for cell in factor.cells}
        return tuple(kind for kind in EvidenceKind if kind in used and kind.remarkable)

    @property
    def bearing(self) -> tuple[Factor, ...]:
        """The rows that the ruling leans on."""
        return tuple(factor for factor in self.factors if factor.bears)

    @property
    def upheld(self) -> int:
        """In how many of them every cell was checked recently enough."""
        return sum(factor.upheld for factor in self.bearing)

    @property
    def has_stale(self) -> bool:
        """Whether the table marks a cell as stale, for its legend."""
        return any(cell.stale for factor in self.factors for cell in factor.cells)

    @cached_property
    def measured_on(self) -> tuple[str, ...]:
        """For each subject, the version that was measured; see `measured_version`."""
        columns = zip(*(factor.cells for factor in self.factors), strict=True)
        return tuple(map(measured_version, self.subjects, columns)) or ("",) * len(self.subjects)

    @property
    def reading_minutes(self) -> int:
        return self.body.reading_minutes

    def marks(self, citing: Cell | Factor, beside: Factor | None = None) -> tuple[int, ...]:
        """The numbers, in the source list and from 1, of what a cell cites, or a row for all its cells; of a cell
        `beside` the label of its row, those that stand there are left out.
        """
        said = beside.sources if beside else ()
        return tuple(self._numbers[source] for source in citing.sources if source not in said)

    def quotes(self, source: Source) -> tuple[str, ...]:
        """The words of a source that bear cells out: its own quote, then those of cells that cite it first."""
        cited = (cell.quote for _, _, cell in self._citing.get(source, ()) if cell.sources[0] == source)
        return tuple(dict.fromkeys(quote for quote in (source.quote, *cited) if quote))

    def leaning_on(self, source: Source) -> tuple["Leaning", ...]:
        """The rows that a source bears out, in reading order."""
        cells: dict[str, tuple[Factor, list[Cell]]] = {}
        for factor, _, cell in self._citing.get(source, ()):
            cells.setdefault(factor.id, (factor, []))[1].append(cell)
        return tuple(Leaning(factor, source, tuple(some)) for factor, some in cells.values())

    @property
    def assurances(self) -> tuple[str, ...]:
        """Which marks the list of sources has, for its key: `alive`, `found`, `confirmed`."""
        leanings = [one for source in self.sources for one in self.leaning_on(source)]
        marks = {"alive": self.sources, "found": leanings, "confirmed": leanings}
        return tuple(name for name, some in marks.items() if any(getattr(one, name) for one in some))

    @property
    def digests(self) -> bytes:
        """The digest of all but the argument, and behind it that of the argument."""
        return plain_digest(replace(self, body=NO_PROSE, written=NOT_WRITTEN)) + plain_digest((self.body, self.written))

    def __getstate__(self) -> dict[str, Any]:
        """Without what is quickly made anew."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @cached_property
    def _numbers(self) -> Mapping[Source, int]:
        return {source: number for number, source in enumerate(self.sources, 1)}

    @cached_property
    def _citing(self) -> Mapping[Source, list[tuple[Factor, Subject, Cell]]]:
        found: dict[Source, list[tuple[Factor, Subject, Cell]]] = {}
        for factor in self.factors:
            for subject, cell in zip(self.subjects, factor.cells, strict=True):
                for source in dict.fromkeys(cell.sources):
                    found.setdefault(source, []).append((factor, subject, cell))
        return found
