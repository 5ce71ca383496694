"""How a language writes dates and numbers, and which plural form a number takes."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from tiebreak.languages import fallbacks

if TYPE_CHECKING:  # it takes 0.1 s to import, and English does without
    from babel import Locale

Write = Callable[[str], str]  # a number in digits with a full stop -> as readers see it
PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")  # a number in digits, perhaps with a sign before and a full stop within
_ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@cache
def plural(language: str) -> Callable[[int], str]:
    """The CLDR plural category of a count; where it is not known, the forms are one and other."""
    if _is_english(language) or (locale := _locale(language)) is None:
        return lambda count: "one" if count == 1 else "other"
    return cache(locale.plural_form)


@cache
def number(language: str) -> Callable[[int], str]:
    """How a whole number is written: `10,000`, `10.000`."""
    if _is_english(language):
        return lambda value: f"{value:,}"

    def written(value: int) -> str:
        if abs(value) < 1000:
            return str(value)
        from babel.numbers import format_decimal

        locale = _locale(language)
        return format_decimal(value, locale=locale) if locale else f"{value:,}".replace(",", "\u202f")

    return written


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
    if _is_english(language) or (locale := _locale(language)) is None:
        return "."
    from babel.numbers import get_decimal_symbol

    return get_decimal_symbol(locale)


@cache
def month(language: str) -> Callable[[date], str]:
    """How a month is written in little room: `Apr 2026`."""
    if _is_english(language):
        return lambda value: f"{_ENGLISH_MONTHS[value.month - 1][:3]} {value.year}"

    def written(value: date) -> str:
        from babel.dates import format_skeleton

        locale = _locale(language)
        known = locale is not None and _has_months(locale)
        return format_skeleton("yMMM", value, locale=locale) if known else value.isoformat()[:7]

    return written


@cache
def day(language: str, *, short: bool = False) -> Callable[[date], str]:
    """How a date is written: `2 April 2026`, with the month in words, as the language does it; `2026-04-02` where it is
    not known how. A `short` one is `2 Apr 2026`, or in digits where the language has it so.
    """
    if _is_english(language) and "US" not in language.split("-"):
        letters = 3 if short else None
        return lambda value: f"{value.day} {_ENGLISH_MONTHS[value.month - 1][:letters]} {value.year}"

    @cache
    def written(value: date) -> str:
        from babel.dates import format_date

        locale = _locale(language)
        if locale is None or not _has_months(locale):
            return value.isoformat()
        return format_date(value, "medium" if short else "long", locale=locale)

    return written


def _is_english(language: str) -> bool:
    return language.split("-")[0] == "en"


@cache
def _locale(language: str) -> "Locale | None":
    """What Babel knows of a language, or of the nearest in the same script; None where it knows nothing."""
    from babel import Locale, UnknownLocaleError

    for tag in (*fallbacks(language), language.split("-")[0]):
        with suppress(UnknownLocaleError, ValueError):
            return Locale.parse(tag, sep="-")
    return None


def _has_months(locale: "Locale") -> bool:
    """Whether months have names: of some languages, nothing but plural forms is known."""
    january: str = locale.months["format"]["wide"][1]
    return not january[1:].isdigit()  # else it is "M01"
