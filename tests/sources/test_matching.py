"""Quotes and numbers are found in a text however they are written there, and no others are."""

import time

import pytest

from tiebreak.sources.matching import Text


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        *(("had 1,392 facts", "1392", ""), ("had 1392 facts", "1392", ""), ("1.39k facts", "1392", "")),
        *(("1\u00a0392", "1392", ""), ("1 392", "1392", ""), ("1.392 Tatsachen", "1392", ""), ("1'392", "1392", "")),
        *(("1,392.", "1392", ""), ("(1,392)", "1392", ""), ("1.4 million stars", "1392000", ""), ("1.4k", "1392", "")),
        *(("915 MB", "915", "MB"), ("915MB", "915", "MB"), ("0.915 GB", "915", "MB"), ("872.6 MiB", "915", "MB")),
        *(("Size in MB\n915\n602", "915", "MB"), ("915 and 602 MB", "915", "MB"), ("1.39k lines", "1392", "MB")),
        *(("4600 ms", "4.6", "s"), ("4.6 seconds", "4.6", "s"), ("4.6s", "4.6", "s"), ("1.5 h", "90", "min")),
        *(("1,5 s", "1.5", "s"), ("1.392,5 MB", "1392.5", "MB"), ("1,392.5 MB", "1392.5", "MB"), ("1.50", "1.5", "")),
        *(("99.9%", "99.9", "%"), ("99.9 percent", "99.9", "%"), ("$20 a month", "20", "USD"), ("−5 °C", "-5", "°C")),
        *(
            ("1–5", "5", ""),
            ("five dependencies", "5", ""),
            ("None: zero", "0", ""),
            ("5 packages", "5", "dependencies"),
        ),
    ],
)
def test_a_number_is_found(text: str, value: str, unit: str) -> None:
    """With its separators, scale and unit, in another unit of its kind, or under a head that names the unit."""
    assert Text(text).has_value(value, unit)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        *(("3.12.1", "3.12", ""), ("v10", "10", ""), ("x86", "86", ""), ("10.5", "10", ""), ("1,392", "392", "")),
        *(("915 s", "915", "MB"), ("915 MiB", "915", "MB"), ("5 MB", "5", "dependencies"), ("915 kB", "915", "MB")),
        *(("4.63 s", "4.6", "s"), ("1k", "1392", ""), ("1.38k", "1392", ""), ("1392", "1393", ""), ("", "5", "")),
    ],
)
def test_another_number_is_not(text: str, value: str, unit: str) -> None:
    """No part of a number or a version, no other unit, and no rounding that the text does not do."""
    assert not Text(text).has_value(value, unit)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        *(("It’s a “fast”\nengine — really", 'It\'s a "fast" engine - really'), ("a\u00a0b\u200bc", "a bc")),
        *(("one two three four", "one two ... four"), ("one two three four", "two […] four"), ("the end.", "the end")),
        *(
            ("use x now", "use `x` now"),
            ("naïve", "nai\u0308ve"),
            ("co\u00adoperate", "cooperate"),
            ("The end", "The end."),
        ),
    ],
)
def test_a_quote_is_found(text: str, quote: str) -> None:
    """Whatever its quotation marks, dashes and spaces; an ellipsis leaves words out."""
    assert Text(text).has_quote(quote)


@pytest.mark.parametrize(
    ("text", "quote"), [("Fast", "fast"), ("one two", "two ... one"), ("one two", "one three"), ("one", "...")]
)
def test_other_words_are_not(text: str, quote: str) -> None:
    """Case and order count."""
    assert not Text(text).has_quote(quote)


@pytest.mark.slow
def test_hostile_texts_take_no_long_time() -> None:
    """A text of megabytes, made to be read as numbers in many ways."""
    for text in ("1" * 2_000_000, "111 " * 500_000, "1.2,3'4_5 " * 200_000, "-" * 2_000_000, "... " * 500_000):
        began = time.perf_counter()
        ready = Text(text)
        ready.has_value("7777777", "MB")
        ready.has_quote("a ... b")
        assert time.perf_counter() - began < 10, text[:10]
