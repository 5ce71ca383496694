"""What the Unicode CLDR says of languages: how they write days and numbers, and which plural form a count takes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from tiebreak.languages import fallbacks

_Relation: TypeAlias = (
    "tuple[int, bool, Sequence[tuple[int, int]]]"  # a modulus or 0, whether within, ranges of whole numbers
)
_Condition: TypeAlias = "Sequence[Sequence[_Relation]]"  # one of these, all relations of which hold


class Dates(NamedTuple):
    """Patterns with what `_filled` fills in, and the twelve months: within a date, and beside a year alone."""

    long: str
    short: str
    month: str
    abbreviated: Sequence[str]
    wide: Sequence[str]
    alone: Sequence[str]


@dataclass(frozen=True)
class Locale:
    """A language as it is written somewhere."""

    dates: Dates | None  # None where months have no names
    thousands: str
    decimal: str
    groups: tuple[int, int]  # digits of the last group, and of the others; 0 for no groups
    plurals: "Sequence[tuple[str, _Condition]]"

    def day(self, value: date, *, short: bool = False) -> str:
        """`2 avril 2026`, or with the month in little room; as in ISO 8601 where months have no names."""
        if self.dates is None:
            return value.isoformat()
        return _filled(self.dates.short if short else self.dates.long, value, self.dates)

    def month(self, value: date) -> str:
        """`avr. 2026`, or `2026-04`."""
        return _filled(self.dates.month, value, self.dates) if self.dates else value.isoformat()[:7]

    def number(self, value: int) -> str:
        """`10.000`, `12,34,567`."""
        last, others = self.groups
        digits, found = str(abs(value)), []
        size = last
        while size and len(digits) > size:
            found.append(digits[-size:])
            digits, size = digits[:-size], others
        return ("-" if value < 0 else "") + self.thousands.join((digits, *reversed(found)))

    def plural(self, count: int) -> str:
        """`one`, `few`, ...; `other` where none of the rules says another."""
        return next((name for name, condition in self.plurals if _holds(condition, abs(count))), "other")


def _filled(pattern: str, value: date, dates: Dates) -> str:
    return pattern.format(
        d=value.day,
        dd=f"{value.day:02}",
        M=value.month,
        MM=f"{value.month:02}",
        MMM=dates.abbreviated[value.month - 1],
        MMMM=dates.wide[value.month - 1],
        LLL=dates.alone[value.month - 1],
        y=value.year,
    )


def _holds(condition: _Condition, count: int) -> bool:
    return any(all(_relates(relation, count) for relation in relations) for relations in condition)


def _relates(relation: _Relation, count: int) -> bool:
    modulus, is_within, ranges = relation
    rest = count % modulus if modulus else count
    return is_within == any(first <= rest <= last for first, last in ranges)


@cache
def locale(language: str) -> Locale | None:
    """What is known of a language, or of the nearest in the same script; None where nothing is."""
    data = _data()
    known, others = data["locales"], data["aliases"]
    for tag in (*fallbacks(language), language.split("-")[0].lower()):
        if (found := known.get(others.get(tag, tag))) is not None:
            return _made(data, found)
    return None


def _made(data: dict[str, Any], found: Sequence[int]) -> Locale:
    dates, numbers, plurals = found
    thousands, decimal, last, others = data["numbers"][numbers]
    return Locale(_dates(data, dates), thousands, decimal, (last, others), data["plurals"][plurals])


def _dates(data: dict[str, Any], index: int) -> Dates | None:
    if index < 0:
        return None
    long, short, month, *months = data["dates"][index]
    return Dates(long, short, month, *(data["months"][one] for one in months))


@cache
def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(Path(__file__).with_name("cldr.json").read_text("utf-8"))
    return loaded
