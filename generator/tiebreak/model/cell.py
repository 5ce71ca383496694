"""A cell of the table: its state, text or value, its kind of evidence, and its sources."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from urllib.parse import urlsplit

from tiebreak.model.prose import Prose


class CellState(StrEnum):
    """What a cell says in one word, which is shown as an icon."""

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
