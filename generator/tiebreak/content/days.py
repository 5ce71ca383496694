"""Days of the calendar as authors write them, and the one that is meant by what is written otherwise."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from tiebreak.content.complaints import wrong

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = r"(?:[T ][0-9]{1,2}:[0-9]{2}(?:[:.,0-9]*)(?: ?(?:Z|[+-][0-9]{2}:?[0-9]{2}))?)?"
_YEAR_FIRST = re.compile(
    rf"([0-9]{{4}})[-/.]([0-9]{{1,2}})[-/.]([0-9]{{1,2}}){_TIME}|([0-9]{{4}})([0-9]{{2}})([0-9]{{2}})"
)
_YEAR_LAST = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
_IN_WORDS = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th)?\.? ([a-z]+)\.?,? ([0-9]{4})|([a-z]+)\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})",
    re.IGNORECASE,
)
_MONTHS = "january february march april may june july august september october november december".split()
_SHORTEST = 3  # letters of a month


def day(text: str) -> date:
    """The day that a text names. Raises what is wrong with it, and the day that is meant if only one can be."""
    with suppress(ValueError):
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    days = set(_meant(text))
    if len(days) == 1:
        meant = days.pop().isoformat()
        raise wrong("bad-date", f'"{text}" is not a date', f"write {meant}", instead=meant)
    raise wrong("bad-date", f'"{text}" is not a date', "write year-month-day, such as 2026-11-20")


def _meant(text: str) -> Iterator[date]:
    """The days that may be meant."""
    parts = list[tuple[str, str, str]]()
    if found := _YEAR_FIRST.fullmatch(text):
        parts.append((found[1] or found[4], found[2] or found[5], found[3] or found[6]))
    elif found := _YEAR_LAST.fullmatch(text):  # the day before the month, or the other way round
        parts += [(found[3], found[2], found[1]), (found[3], found[1], found[2])]
    elif found := _IN_WORDS.fullmatch(text):
        month = (found[2] or found[4]).casefold()
        places = [place for place, name in enumerate(_MONTHS, 1) if name.startswith(month)]
        if len(month) >= _SHORTEST or month == "sept":
            parts += [(found[3] or found[6], str(place), found[1] or found[5]) for place in places]
    for year, number, of_month in parts:
        with suppress(ValueError):
            yield date(int(year), int(number), int(of_month))
