"""The table of a comparison, as values: who is compared, rows, cells, and the sources of what they say."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal
from urllib.parse import urlsplit

from tiebreak.model.prose import Prose

HEAVIEST = 5  # the most that a row can count for


class CellState(StrEnum):
    YES = "yes"
    NO = "no"
    PARTIAL = "partial"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "n/a"

    @property
    def name_in_theme(self) -> str:
        """The state as a word that may stand in a class name, an icon's id or the name of a text."""
        return self.value.replace("/", "")


class EvidenceKind(StrEnum):
    """What sort of evidence stands behind a cell."""

    DOCS = "docs"
    VENDOR = "vendor"
    MEASURED = "measured"
    OPINION = "opinion"

    @property
    def remarkable(self) -> bool:
        """Whether a reader should be told: documentation is what one expects."""
        return self is not EvidenceKind.DOCS


@dataclass(frozen=True)
class Source:
    """A page that bears a fact out. `url` is absolute, or a URL within the site."""

    title: str
    url: str
    accessed: date | None = None
    quote: str = ""

    @property
    def host(self) -> str:
        """The host without a leading `www.`; empty for a page of this site."""
        return (urlsplit(self.url).hostname or "").removeprefix("www.")


@dataclass(frozen=True)
class Cell:
    """What one subject has to say on one factor. `value` is a number as written; a cell without anything is unknown."""

    text: Prose | None = None
    value: str | None = None
    state: CellState | None = None
    sources: tuple[Source, ...] = ()
    quote: str = ""
    checked: date | None = None
    kind: EvidenceKind | None = None

    @property
    def unknown(self) -> bool:
        return self.state is CellState.UNKNOWN

    def says(self, word: str) -> bool:
        """Whether its text is that word and nothing else."""
        return self.text is not None and self.text.text.casefold() == word.casefold()

    @property
    def number(self) -> Decimal | None:
        return None if self.value is None else Decimal(self.value)

    @property
    def same_as(self) -> tuple[str, str | None, CellState | None]:
        """What a reader would see: two cells that agree here do not contradict each other."""
        return (self.text.text if self.text else "", self.value, self.state)


UNKNOWN = Cell(state=CellState.UNKNOWN)


@dataclass(frozen=True)
class Subject:
    """One of the things compared. `written` says that it has a file of its own."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: str = ""
    homepage: str = ""
    summary: str = ""
    version: str = ""
    license: str = ""
    color: str | None = None
    written: bool = False

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

    @property
    def tied(self) -> bool:
        return len(self.winners) == len(self.cells)

    @property
    def judged(self) -> bool:
        return bool(self.winners)

    @property
    def shares(self) -> tuple[float, ...]:
        """Each cell's number as a share of the largest, on a scale that begins at zero, in thousandths.

        Empty when a cell has no number, a number lies below zero, or all are zero; and without a unit, because a number
        may then be a version.
        """
        numbers = [number for cell in self.cells if (number := cell.number) is not None]
        most = max(numbers, default=Decimal())
        if not self.unit or len(numbers) < len(self.cells) or min(numbers) < 0 or not most:
            return ()
        return tuple(round(abs(float(number / most)), 3) for number in numbers)  # -0 is no less than 0

    @property
    def alike(self) -> bool:
        """Whether all cells read the same; what is not known is not known to be the same."""
        return len({cell.same_as for cell in self.cells}) == 1 and not self.cells[0].unknown

    @property
    def kind(self) -> EvidenceKind | None:
        """The kind of evidence behind the whole row, when all its cells share one."""
        kinds = {cell.kind for cell in self.cells}
        return kinds.pop() if len(kinds) == 1 else None
