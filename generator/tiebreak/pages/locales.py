"""How a language writes dates and numbers, and which plural form a number takes."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # it takes 0.1 s to import, and English does without
    from babel import Locale

_NEAREST = "en-GB"  # for a language that Babel does not know
_ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@cache
def plural(language: str) -> Callable[[int], str]:
    """The CLDR plural category of a count."""
    if _is_english(language):
        return lambda count: "one" if count == 1 else "other"
    return cache(_locale(language).plural_form)


@cache
def number(language: str) -> Callable[[int], str]:
    """How a whole number is written: `10,000`, `10.000`."""
    if _is_english(language):
        return lambda value: f"{value:,}"

    def written(value: int) -> str:
        if abs(value) < 1000:
            return str(value)
        from babel.numbers import format_decimal

        return format_decimal(value, locale=_locale(language))

    return written


@cache
def day(language: str) -> Callable[[date], str]:
    """How a date is written: `2 April 2026`, with the month in words, as the language does it."""
    if _is_english(language) and "US" not in language.split("-"):
        return lambda value: f"{value.day} {_ENGLISH_MONTHS[value.month - 1]} {value.year}"

    @cache
    def written(value: date) -> str:
        from babel.dates import format_date

        return format_date(value, "long", locale=_locale(language))

    return written


def _is_english(language: str) -> bool:
    return language.split("-")[0] == "en"


@cache
def _locale(language: str) -> "Locale":
    """What Babel knows of a language, or of the nearest that it does know."""
    from babel import Locale, UnknownLocaleError

    for tag in (language, language.split("-")[0]):
        with suppress(UnknownLocaleError, ValueError):
            return Locale.parse(tag, sep="-")
    return Locale.parse(_NEAREST, sep="-")
