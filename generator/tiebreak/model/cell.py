"""A cell of the table: its state, text or value, its kind of evidence, and its sources."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from urllib.parse import urlsplit

from tiebreak.model import quantity
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
    alive: date | None = None  # the day on which `tiebreak verify` was answered by it last

    @property
    def is_outside(self) -> bool:
        """Whether it is a page of another site."""
        return self.url.startswith(("http://", "https://"))

    @property
    def host(self) -> str:
        """The host without a leading `www.`; empty for a page of this site."""
        return (urlsplit(self.url).hostname or "").removeprefix("www.")


@dataclass(frozen=True)
class Cell:
    """What one subject has to say on one factor. `value` is a number as written; a cell without anything is unknown.

    `amount` is the number to compare by where that is not `value`, and `unit` its own unit where the row's is not it.
    `found_in` are the URLs of the sources in which `tiebreak verify` found its quote or its value; none where one of
    the two stands in no source.
    `due` is the last day on which `checked` is recent enough; a cell is `stale` on the days after.
    `low` and `high` are the least and the most of so many `runs`, as written; there are both or neither.
    """

    text: Prose | None = None
    value: str | None = None
    state: CellState | None = None
    sources: tuple[Source, ...] = ()
    quote: str = ""
    checked: date | None = None
    by: str = ""
    found_in: tuple[str, ...] = ()
    kind: EvidenceKind | None = None
    amount: Decimal | None = None
    unit: str = ""
    max_age: int | None = None  # days; its own
    version: str = ""  # of the subject, where it is not the one that its file names
    due: date | None = None
    stale: bool = False
    low: str | None = None
    high: str | None = None
    runs: int | None = None

    @property
    def unknown(self) -> bool:
        return self.state is CellState.UNKNOWN

    @property
    def inapplicable(self) -> bool:
        """Whether it says that the question does not arise: there is nothing to look up."""
        return self.state is CellState.NOT_APPLICABLE

    def says(self, word: str) -> bool:
        """Whether its text is that word and nothing else."""
        return self.text is not None and self.text.text.casefold() == word.casefold()

    @property
    def number(self) -> Decimal | None:
        """What to compare by; None where it is not known."""
        return self.amount if self.amount is not None or self.value is None else Decimal(self.value)

    @property
    def plain(self) -> str:
        """The number that readers see, with a full stop and nothing between thousands, however its author wrote it; as
        written where that says more than the number, and empty without one.
        """
        value = self.value or ""
        if self.amount is None:
            return value
        amount = quantity.written_out(self.amount)
        return amount if re.sub(r"\D", "", value) == re.sub(r"\D", "", amount) else value

    @property
    def digits(self) -> str:
        """The number to compare by, with a full stop and nothing between thousands; empty without one."""
        return "" if self.number is None else quantity.written_out(self.number)

    @property
    def says_number(self) -> bool:
        """Whether its text is the number to compare by, with perhaps a unit, and nothing else."""
        if not self.text or self.amount is None:
            return False
        read = (quantity.read(self.text.text, sign, self.unit) for sign in _SIGNS)
        return any(isinstance(one, quantity.Quantity) and one.amount == self.amount for one in read)

    @property
    def spread(self) -> tuple[Decimal, Decimal] | None:
        """Between what its number lies: the number itself, twice, where nothing else is known; None without one."""
        if (number := self.number) is None:
            return None
        return (number, number) if self.low is None or self.high is None else (Decimal(self.low), Decimal(self.high))

    @property
    def rank(self) -> int | None:
        """The place of its state in the order no, partial, yes; None for another state and without one."""
        return _RANKS.get(self.state) if self.state else None

    @property
    def said(self) -> str:
        """What a reader sees first: the number, else the text, else the state."""
        return self.value or (self.text.text if self.text else "") or (self.state or CellState.UNKNOWN).value

    @property
    def same_as(self) -> tuple[str, str, CellState | None]:
        """What a reader would see: two cells that agree here do not contradict each other."""
        text = self.text.text if self.text else ""
        return (text, "", self.state) if self.value is None else (self.value, text, self.state)


_SIGNS: tuple[quantity.DecimalSign, ...] = (".", ",")  # before decimals, in whichever language
_RANKS = {CellState.NO: 0, CellState.PARTIAL: 1, CellState.YES: 2}
UNKNOWN = Cell(state=CellState.UNKNOWN)
