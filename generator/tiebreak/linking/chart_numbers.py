"""Reads the cells of a table as a chart needs them: numbers with their spread, and days."""

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from tiebreak import limits
from tiebreak.content import Reading, TableEntry
from tiebreak.model import DecimalSign, Doubt, Point, Precision, quantity

NOTHING = frozenset({"", "-", "–", "—", "?", "n/a", "unknown"})
_SPREAD = re.compile(r"(?P<value>[^()]+?)\s*\((?P<low>[^()–]+?)\s*(?:–|-| to )\s*(?P<high>[^()–]+)\)")
_LONGEST = 4 * limits.NUMBER  # of a number with its spread
_NUMBER = re.compile(r"^.*?\d(?:[.,'’ \u00a0\u202f]?\d)*")
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_PRECISIONS: tuple[Precision, ...] = ("year", "month", "day")


class Read(NamedTuple):
    """A number, and the unit that stands with it, in one spelling and as it is written."""

    point: Point
    unit: str = ""
    written: str = ""


def number(entry: TableEntry, decimal: DecimalSign) -> Read | None:
    """The number that a cell says, with its spread: `5.48 (5.34–5.57)`; None where it says that it is not known.

    Raises ValueError, which says why, for anything else.
    """
    if isinstance(entry, Reading):
        if (entry.low is None) != (entry.high is None):
            has, lacks = ("low", "high") if entry.high is None else ("high", "low")
            raise ValueError(f'{entry.value} has a "{has}", and no "{lacks}"')
        return Read(Point(entry.value, entry.low, entry.high))
    if entry.casefold() in NOTHING:
        return None
    if len(entry) > _LONGEST:  # in which the search for a spread would take long
        raise ValueError(f'"{entry[: limits.NUMBER]}…" is not a number')
    parts = _SPREAD.fullmatch(entry)
    if parts is None:
        amount, unit = _quantity(entry, decimal)
        return Read(Point(amount), unit, _written(entry, unit))
    (value, unit), (low, _), (high, _) = (_quantity(parts[name], decimal) for name in ("value", "low", "high"))
    return Read(Point(value, low, high), unit, _written(parts["value"], unit))


def _written(text: str, unit: str) -> str:
    """A unit as it is written behind the first number; one of which some stands before it, such as a currency, in the
    one spelling.
    """
    written = _NUMBER.sub("", text, count=1).strip()
    return written if quantity.unit_name(written) == unit else unit


def _quantity(text: str, decimal: DecimalSign) -> tuple[Decimal, str]:
    found = quantity.read(text, decimal)
    if isinstance(found, Doubt):
        raise ValueError(f'"{text}" is {found.what}')
    return found.amount, found.unit


def day(entry: TableEntry) -> tuple[date, Precision] | None:
    """The day that a cell says, and how exactly: `2026`, `2026-11` or `2026-11-29`; None where it is not known.

    Raises ValueError, which says why, for anything else.
    """
    text = str(entry.value) if isinstance(entry, Reading) else entry
    if text.casefold() in NOTHING:
        return None
    found = _DAY.fullmatch(text)
    if found is None:
        raise ValueError(f'"{text[: limits.NUMBER]}" is not a day')
    year, *rest = (int(part) for part in found.groups() if part)
    try:
        return date(year, *[*rest, 1, 1][:2]), _PRECISIONS[len(rest)]
    except ValueError:
        raise ValueError(f'"{text}" is a day that no calendar has') from None


def last_day(entry: TableEntry) -> tuple[date, Precision] | None:
    """The same of the last day of what it says: `2026` ends on 2026-12-31. Raises ValueError likewise."""
    found = day(entry)
    if found is None or found[1] == "day":
        return found
    first, precision = found
    month = first.month if precision == "month" else 12
    return date(first.year, month, monthrange(first.year, month)[1]), precision
