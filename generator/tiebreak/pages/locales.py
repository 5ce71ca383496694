"""How a language writes dates and numbers, and which plural form a number takes."""

import re
from collections.abc import Callable
from datetime import date
from functools import cache, partial

from tiebreak import cldr

Write = Callable[[str], str]  # a number in digits with a full stop -> as readers see it
PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")  # a number in digits, perhaps with a sign before and a full stop within
_ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@cache
def plural(language: str) -> Callable[[int], str]:
    """The CLDR plural category of a count; where it is not known, the forms are one and other."""
    if _is_english(language) or (locale := cldr.locale(language)) is None:
        return lambda count: "one" if count == 1 else "other"
    return cache(locale.plural)


@cache
def number(language: str) -> Callable[[int], str]:
    """How a whole number is written: `10,000`, `10.000`."""
    if _is_english(language):
        return lambda value: f"{value:,}"
    if (locale := cldr.locale(language)) is None:
        return lambda value: f"{value:,}".replace(",", "\u202f")
    return locale.number


@cache
def figure(language: str) -> Write:
    """How a number is written that is digits, perhaps with a sign before them and a full stop among them: `1,532.50`,
    `1.532,50`. It keeps its decimals, and what is no such number stays as it is.
    """
    whole, sign = number(language), _decimal_sign(language)

    def written(value: str) -> str:
        if not PLAIN.fullmatch(value):
            return value
        digits, point, decimals = value.lstrip("-").partition(".")
        return ("-" if value.startswith("-") else "") + whole(int(digits)) + (sign if point else "") + decimals

    return written


def _decimal_sign(language: str) -> str:
    if _is_english(language) or (locale := cldr.locale(language)) is None:
        return "."
    return locale.decimal


@cache
def month(language: str) -> Callable[[date], str]:
    """How a month is written in little room: `Apr 2026`."""
    if _is_english(language):
        return lambda value: f"{_ENGLISH_MONTHS[value.month - 1][:3]} {value.year}"
    locale = cldr.locale(language)
    return locale.month if locale else lambda value: value.isoformat()[:7]


@cache
def day(language: str, *, short: bool = False) -> Callable[[date], str]:
    """How a date is written: `2 April 2026`, with the month in words, as the language does it; `2026-04-02` where it is
    not known how. A `short` one is `2 Apr 2026`, or in digits where the language has it so.
    """
    if _is_english(language) and "US" not in language.split("-"):
        letters = 3 if short else None
        return lambda value: f"{value.day} {_ENGLISH_MONTHS[value.month - 1][:letters]} {value.year}"

    locale = cldr.locale(language)
    return cache(partial(locale.day, short=short)) if locale else date.isoformat


def _is_english(language: str) -> bool:
    return language.split("-")[0] == "en"
