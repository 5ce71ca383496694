"""What is known of a subject beside comparisons: facts, the numbers in them, and releases."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple


class FactNumber(NamedTuple):
    """A number among the facts of a subject, in the unit of its factor, or one of its own where that has none."""

    subject: str
    factor: str
    amount: Decimal
    plain: str  # in digits, with a full stop; with a unit of its own, as its author wrote both
    version: str = ""  # of the subject, where it is not the one that its file names
    source: str = ""  # the URL of the first that is cited
    source_title: str = ""
    unit: str = ""  # its own, in one spelling


class Facts(NamedTuple):
    """What is known of a subject: the factors, by id, and the facts about them as JSON (see linking/facts.py)."""

    subject: str
    factors: tuple[str, ...]
    packed: str
    numbers: tuple[FactNumber, ...] = ()  # those that can be compared


class Release(NamedTuple):
    """A version of a subject, and until when it is supported, where that is known."""

    version: str
    released: date
    until: date | None = None
    source: str = ""  # a URL
    checked: date | None = None
