"""The table of a comparison: its subjects, and its rows with a cell for each."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tiebreak.model.cell import Cell, EvidenceKind, Source
from tiebreak.model.prose import Prose

HEAVIEST = 5  # the most that a row can count for


@dataclass(frozen=True)
class Subject:
    """One of the things compared. `written` says that it has a file of its own; `marked` is its name as it was written,
    where there is code in it.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: str = ""
    schema_type: str = ""  # of schema.org; that of the site where it is empty
    homepage: str = ""
    summary: str = ""
    version: str = ""
    license: str = ""
    color: str | None = None
    hue: int = 0  # in degrees, one on the whole site
    written: bool = False
    marked: str = ""

    @property
    def shown(self) -> str:
        """The name, with code in it between backticks."""
        return self.marked or self.name

    @property
    def path(self) -> str:
        return f"/subjects/{self.id}/"


@dataclass(frozen=True)
class Factor:
    """A row of the table: one cell a subject, in the order of subjects.

    `winners` holds the ids of the subjects that win the row: none when nobody judged it, all of them when it is a tie.
    """

    id: str
    label: str
    cells: tuple[Cell, ...]
    winners: tuple[str, ...] = ()
    weight: int = 1  # 0 to 5
    note: Prose | None = None
    group: str = ""
    unit: str = ""
    better: Literal["lower", "higher"] | None = None
    max_age: int | None = None  # days
    marked: str = ""  # the label as it was written, where there is code in it
    decisive: bool = False  # for whoever needs it, it overrules the rest
    override: Prose | None = None  # why the better number wins although the spreads overlap

    @property
    def shown(self) -> str:
        """The label, with code in it between backticks."""
        return self.marked or self.label

    @property
    def tied(self) -> bool:
        return len(self.winners) == len(self.cells)

    @property
    def most_win(self) -> bool:
        """Whether who loses says more: more than two win, more than half, and no cell is unknown or not applicable."""
        silent = any(cell.unknown or cell.inapplicable for cell in self.cells)
        return len(self.cells) > len(self.winners) > max(2, len(self.cells) / 2) and not silent

    @property
    def judged(self) -> bool:
        return bool(self.winners)

    @property
    def bears(self) -> bool:
        """Whether the ruling leans on it: it counts, and somebody judged it."""
        return self.weight > 0 and self.judged

    @property
    def upheld(self) -> bool:
        """Whether every cell that says something was checked on a known day, and recently enough."""
        return all((cell.checked and not cell.stale) or cell.inapplicable for cell in self.cells)

    @property
    def measured_in(self) -> str | None:
        """The unit of all its numbers, empty where they have none; None where their units differ, so that nobody can
        compare them.
        """
        own = {cell.unit for cell in self.cells if cell.number is not None}
        if self.unit:
            return self.unit if own <= {""} else None
        return "".join(own) if len(own) < 2 else None

    @property
    def shares(self) -> tuple[float, ...]:
        """Each cell's number as a share of the largest, on a scale that begins at zero, in thousandths.

        Empty when a cell has no number, or one with a unit of its own, when a number lies below zero, or all are zero;
        and without a unit, because a number may then be a version.
        """
        return tuple(self._share(number) for number in self._numbers)

    @property
    def whiskers(self) -> tuple[tuple[float, float] | None, ...]:
        """Between what each cell's number lies, on the scale of `shares`; None where nobody said."""
        spreads = [cell.spread if cell.low else None for cell in self.cells] if self._numbers else []
        return tuple(spread and (self._share(max(spread[0], Decimal())), self._share(spread[1])) for spread in spreads)

    def _share(self, number: Decimal) -> float:
        most = max(spread[1] for cell in self.cells if (spread := cell.spread))
        return round(abs(float(number / most)), 3)  # -0 is no less than 0

    @property
    def _numbers(self) -> tuple[Decimal, ...]:
        """What is drawn to one scale."""
        numbers = tuple(number for cell in self.cells if not cell.unit and (number := cell.number) is not None)
        is_drawn = self.unit and len(numbers) == len(self.cells) and min(numbers) >= 0 and any(numbers)
        return numbers if is_drawn else ()

    @property
    def alike(self) -> bool:
        """Whether all cells read the same; what is not known is not known to be the same."""
        return len({cell.same_as for cell in self.cells}) == 1 and not self.cells[0].unknown

    @property
    def runs(self) -> int | None:
        """How often all its cells were measured; None where that differs, or nobody said."""
        runs = {cell.runs for cell in self.cells}
        return runs.pop() if len(runs) == 1 else None

    @property
    def sources(self) -> tuple[Source, ...]:
        """Those that all its cells cite."""
        first, *others = self.cells
        return tuple(source for source in first.sources if all(source in cell.sources for cell in others))

    @property
    def kind(self) -> EvidenceKind | None:
        """The kind of evidence behind the whole row, when all its cells share one."""
        kinds = {cell.kind for cell in self.cells}
        return kinds.pop() if len(kinds) == 1 else None


def measured_version(subject: Subject, cells: Iterable[Cell]) -> str:
    """The version that all measured cells of a subject are of, or else that of its file, if some are of that; empty
    where neither is so, or nobody said.
    """
    versions = {cell.version or subject.version for cell in cells if cell.kind is EvidenceKind.MEASURED}
    if len(versions) == 1:
        return versions.pop()
    return subject.version if subject.version in versions else ""
