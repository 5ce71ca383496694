"""How a language writes dates and numbers, and which plural form a number takes."""

import subprocess
import sys
from datetime import date

import pytest

from tiebreak.pages.locales import day, figure, number, plural

DAY = date(2026, 4, 2)


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "2 April 2026"),
        ("en-GB", "2 April 2026"),
        ("en-US", "April 2, 2026"),
        ("de", "2. April 2026"),
        ("fr", "2 avril 2026"),
        ("pt-BR", "2 de abril de 2026"),
    ],
)
def test_a_day_has_its_month_in_words(language: str, written: str) -> None:
    """In the order of the language, and of the country where that differs."""
    assert day(language)(DAY) == written


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "2 Apr 2026"),
        ("en-US", "Apr 2, 2026"),
        ("de", "02.04.2026"),
        ("fr", "2 avr. 2026"),
        ("ja", "2026/04/02"),
        ("xx", "2026-04-02"),
    ],
)
def test_a_short_day_has_its_year(language: str, written: str) -> None:
    """For lists, where a column is narrow."""
    assert day(language, short=True)(DAY) == written


@pytest.mark.parametrize(
    ("language", "written"), [("en", "1,234,567"), ("en-US", "1,234,567"), ("de", "1.234.567"), ("hi", "12,34,567")]
)
def test_a_number_is_grouped_as_the_language_does_it(language: str, written: str) -> None:
    """From a thousand on; below, it is its digits."""
    assert number(language)(1_234_567) == written
    assert [number(language)(value) for value in (0, 7, 999, -999)] == ["0", "7", "999", "-999"]


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", ["1,532.50", "12.5", "-0.05", "999"]),
        ("de", ["1.532,50", "12,5", "-0,05", "999"]),
        ("fr", ["1\u202f532,50", "12,5", "-0,05", "999"]),
        ("es", ["1.532,50", "12,5", "-0,05", "999"]),
        ("ar", ["1,532.50", "12.5", "-0.05", "999"]),
        ("xx", ["1\u202f532.50", "12.5", "-0.05", "999"]),
    ],
)
def test_a_figure_has_the_signs_of_the_language(language: str, written: list[str]) -> None:
    """Between thousands and before decimals, of which none is lost."""
    assert [figure(language)(value) for value in ("1532.50", "12.5", "-0.05", "999")] == written


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", ["other", "one", "other", "other"]),
        ("fr", ["one", "one", "other", "other"]),
        ("ja", ["other", "other", "other", "other"]),
        ("pl", ["many", "one", "few", "many"]),
        ("ar", ["zero", "one", "two", "few"]),
    ],
)
def test_a_count_has_the_form_that_the_language_gives_it(language: str, forms: list[str]) -> None:
    """The category of CLDR, which is not one and many everywhere."""
    assert [plural(language)(count) for count in (0, 1, 2, 5)] == forms


def test_a_language_that_nobody_knows_is_no_english() -> None:
    """A day as in ISO 8601, and thousands with thin spaces; also where only plural forms are known."""
    assert [day(language)(DAY) for language in ("xx", "xx-YY", "jbo", "az-Arab")] == ["2026-04-02"] * 4
    assert number("xx")(10_000) == "10\u202f000"
    assert [plural("xx")(count) for count in (0, 1, 2)] == ["other", "one", "other"]


def test_a_tag_that_nobody_knows_whole_is_its_language() -> None:
    """Or its script, which another country may have as well."""
    assert day("pt-br-x-mine")(DAY) == "2 de abril de 2026"
    assert day("zh-hant-us")(DAY) == day("zh-Hant")(DAY)


def test_a_country_that_nobody_knows_is_its_language() -> None:
    """`de-XX` is German."""
    assert day("de-XX")(DAY) == "2. April 2026"


def test_no_language_needs_babel() -> None:
    """Its data are 32 MB, and it takes 0.1 s to import; English does without the file that stands for it, too."""
    code = "import sys; from datetime import date; from tiebreak import cldr; from tiebreak.pages.locales import *; "
    code += "print(day('en')(date(2026, 4, 2)), number('en')(10000), plural('en')(1), cldr._data.cache_info().misses); "
    code += "print(day('de')(date(2026, 4, 2)), 'babel' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    assert told.stdout == "2 April 2026 10,000 one 0\n2. April 2026 False\n"


def test_swiss_figures_keep_all_their_apostrophes() -> None:
    """Of which Babel took two for quotation marks around what is said as it stands."""
    assert number("de-CH")(1_234_567).replace("’", "'") == "1'234'567"
