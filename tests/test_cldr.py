"""What is shipped of the CLDR says what Babel says, in every language; run as a program, it writes that anew."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from babel import Locale, UnknownLocaleError, localedata
from babel.core import get_cldr_version, get_global
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, get_decimal_symbol
from babel.plural import PluralRule

from tiebreak import cldr
from tiebreak.languages import canonical, fallbacks

FILE = Path(cldr.__file__).with_name("cldr.json")
DAYS = [date(2026, month, day) for month in range(1, 13) for day in (2, 25)]
COUNTS = [*range(1200), 2001, 10_000, 10_011, 100_000, 1_000_000, 1_000_001, 2_000_000, 12_345_678]
NUMBERS = [1000, 9999, -1234, 12_345, 1_234_567, 1_234_567_890]
# Old and short tags, countries and scripts that the CLDR does not know of a language, and a language that is none.
MORE = "iw no tl sh zh-TW zh-HK zh-CN sr-ME sr-Latn de-XX pa-PK az-Arab az-IR zh-hant-us pt-br-x-mine deu xx".split()


def tags() -> list[str]:
    """Every locale of the CLDR by its tag."""
    return sorted(id.replace("_", "-") for id in localedata.locale_identifiers())


def of_babel(tag: str) -> Locale | None:
    """What Babel knows of a language or of the nearest, as a site asks for it."""
    for one in (*fallbacks(tag), tag.split("-")[0]):
        with suppress(UnknownLocaleError, ValueError):
            return Locale.parse(one, sep="-")
    return None


def has_months(locale: Locale) -> bool:
    """Else they are "M01" and so on."""
    return not locale.months["format"]["wide"][1][1:].isdigit()


# --- written anew -----------------------------------------------------------------------------------------------------


class Table:
    """Values without their repetitions, each known by its place."""

    def __init__(self) -> None:
        self.rows: dict[str, int] = {}

    def place(self, value: object) -> int:
        return self.rows.setdefault(json.dumps(value, ensure_ascii=False), len(self.rows))


def _pattern(pattern: Any, locale: Locale) -> str:
    """One of Babel's, `%(d)s de %(MMMM)s`, as `{d} de {MMMM}`, with the era in words."""
    assert "{" not in pattern.format
    text: str = pattern.format.replace("%(", "{").replace(")s", "}")
    return text.replace("{G}", locale.eras["abbreviated"][1])


def _dates(locale: Locale, months: Table) -> list[str | int]:
    """Three patterns, and the places of three times twelve months."""
    month = _pattern(locale.datetime_skeletons["yMMM"], locale)
    alone = next((letters for letters in ("LLLL", "LLL", "MMMM") if f"{{{letters}}}" in month), "MMM")
    # The pattern of Gaelic has the year of the week, in which the last days of December are of the year after.
    month = month.replace(f"{{{alone}}}", "{LLL}").replace("{Y}", "{y}")

    def places(letters: str) -> int:
        names = locale.months["stand-alone" if letters[0] == "L" else "format"]
        width = names["wide" if len(letters) == 4 else "abbreviated"]
        return months.place([width[number] for number in range(1, 13)])

    long, short = (_pattern(locale.date_formats[length], locale) for length in ("long", "medium"))
    return [long, short, month, places("MMM"), places("MMMM"), places(alone)]


def _numbers(locale: Locale) -> list[str | int]:
    pattern = locale.decimal_formats[None]
    last, others = (size if size < 10 else 0 for size in pattern.grouping)
    symbols = locale.number_symbols["latn"]
    return [symbols["group"], symbols["decimal"], last, others]


def _plurals(rules: PluralRule) -> list[Any]:
    """The rules for whole numbers: any of some lists, of which all relations hold."""
    found = [(name, _either(tree)) for name, tree in rules.abstract]
    return [[name, condition] for name, condition in found if condition]


def _either(tree: Any) -> list[list[Any]]:
    """A condition as a sum of products, without what whole numbers never or always meet."""
    kind, parts = tree
    if kind == "or":
        return [each for part in parts for each in _either(part)]
    if kind == "and":
        one, other = map(_either, parts)
        return [[*left, *right] for left in one for right in other]
    return _relation(parts[0], within=False) if kind == "not" else _relation(tree, within=True)


def _relation(tree: Any, *, within: bool) -> list[list[Any]]:
    kind, (relation, (operand, inner), (_, ranges)) = tree
    assert (kind, relation) == ("relation", "in"), tree
    modulus = 0
    if operand == "mod":
        (operand, _), (_, (modulus,)) = inner
    bounds = [[first[1][0], last[1][0]] for first, last in ranges]
    if operand in "ni":
        return [[[modulus, within, bounds]]]
    return [[]] if within == any(first == 0 for first, _ in bounds) else []  # a whole number has no decimals


def extracted() -> str:
    """The file: what is in it twice, or follows from what a shorter tag has, stands there once."""
    months, dates, numbers, plurals = (Table() for _ in range(4))
    known: dict[str, list[int]] = {}

    def nearest(tag: str) -> str | None:
        return next((one for one in (*fallbacks(tag), tag.split("-")[0]) if one in known), None)

    for tag in sorted(map(canonical, tags()), key=lambda tag: (tag.count("-"), tag)):
        locale = Locale.parse(tag, sep="-")
        when = dates.place(_dates(locale, months)) if has_months(locale) else -1
        found = [when, numbers.place(_numbers(locale)), plurals.place(_plurals(locale.plural_form))]
        if known.get(nearest(tag) or "") != found:
            known[tag] = found
    aliases = {tag: nearest(other) for tag, other in _aliases() if nearest(tag) != nearest(other)}
    lines = {
        "months": list(months.rows),
        "dates": list(dates.rows),
        "numbers": list(numbers.rows),
        "plurals": list(plurals.rows),
    }
    parts = [f'"cldr": "{get_cldr_version()}"']
    parts += [f'"{name}": [\n' + ",\n".join(rows) + "\n]" for name, rows in lines.items()]
    for name, mapping in (("locales", known), ("aliases", aliases)):
        rows = (f"{json.dumps(tag)}: {json.dumps(value)}" for tag, value in sorted(mapping.items()))
        parts.append(f'"{name}": {{\n' + ",\n".join(rows) + "\n}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _aliases() -> Iterator[tuple[str, str]]:
    """Tags that the CLDR has under another one, as Babel resolves them."""
    for name in {*get_global("likely_subtags"), *get_global("language_aliases")}:
        tag = canonical(name.replace("_", "-"))
        with suppress(UnknownLocaleError, ValueError):
            if not tag.startswith("und") and (other := str(Locale.parse(tag, sep="-")).replace("_", "-")) != tag:
                yield tag, canonical(other)


# --- the same ---------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_file_is_what_babel_has() -> None:
    """Of the release that is pinned for tests. Another one is taken up by running this file."""
    assert FILE.read_text("utf-8") == extracted()


@pytest.mark.slow
def test_every_language_writes_days_and_months_as_babel_does() -> None:
    """In all locales of the CLDR, and where tags are old, short, or nobody's."""
    for tag in (*tags(), *MORE):
        theirs, ours = of_babel(tag), cldr.locale(tag)
        assert (theirs is None) == (ours is None), tag
        if theirs is None or ours is None:
            continue
        assert (ours.dates is not None) == has_months(theirs), tag
        for value in DAYS if ours.dates else ():
            assert ours.day(value) == format_date(value, "long", theirs), tag
            assert ours.day(value, short=True) == format_date(value, "medium", theirs), tag
            assert ours.month(value) == format_skeleton("yMMM", value, locale=theirs), tag


@pytest.mark.slow
def test_every_language_writes_numbers_as_babel_does() -> None:
    """With its signs, and its groups, which are not thousands everywhere."""
    for tag in (*tags(), *MORE):
        theirs, ours = of_babel(tag), cldr.locale(tag)
        if theirs and ours:
            # Babel takes two apostrophes for quotation marks, so that it lacks some of Switzerland's from a million on.
            for value in NUMBERS if ours.thousands != "'" else NUMBERS[:4]:
                assert ours.number(value) == format_decimal(value, locale=theirs), tag
            assert ours.decimal == get_decimal_symbol(theirs), tag


@pytest.mark.slow
def test_every_language_has_its_plurals() -> None:
    """For every whole number that differs in any of them."""
    rules: dict[str, tuple[Callable[[int], str], Callable[[int], str]]] = {}
    for tag in (*tags(), *MORE):
        theirs, ours = of_babel(tag), cldr.locale(tag)
        if theirs and ours:
            rules[f"{theirs.plural_form.rules}{ours.plurals}"] = theirs.plural_form, ours.plural
    for key, (theirs_of, ours_of) in rules.items():
        assert [ours_of(count) for count in COUNTS] == [theirs_of(count) for count in COUNTS], key


if __name__ == "__main__":
    FILE.write_text(extracted(), "utf-8")
