"""One scalar at a time: what is more than text, what is refused, and what is said of it."""

from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from tiebreak.content import addresses, scalars


def value(kind: Any, written: object) -> Any:
    return TypeAdapter(kind).validate_python(written)


def refusal(kind: Any, written: object) -> tuple[str, str, str]:
    """(code, message, help) of the one complaint."""
    with pytest.raises(ValidationError) as caught:
        value(kind, written)
    (error,) = caught.value.errors()
    return error["ctx"]["code"], error["ctx"]["message"], error["ctx"]["help"]


@pytest.mark.parametrize("written", ["1.10", "No", "12:30", "010", "null", "~", "{braces}", "Ünï", "a\nb"])
def test_text_is_what_was_written(written: str) -> None:
    """Nothing is made of a text."""
    assert value(scalars.Text, written) == written


def test_text_is_stripped() -> None:
    """Space at the ends is how a file is laid out."""
    assert value(scalars.Text, "  a  b\n") == "a  b"


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (None, "the value is missing"),
        ("", "the text is empty"),
        (" \n", "the text is empty"),
        (["a"], "expected text, found a list"),
        ({"a": "b"}, "expected text, found a mapping"),
    ],
)
def test_nothing_and_collections_are_no_text(written: object, message: str) -> None:
    """A forgotten value and a bracket that was meant as text are the usual reasons."""
    assert refusal(scalars.Text, written)[1] == message


GOOD: list[tuple[str, Any, object, object]] = [
    ("Day", scalars.Day, "2026-02-28", date(2026, 2, 28)),
    ("Url", scalars.Url, "https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
    ("Url", scalars.Url, "http://[::1]:8000/", "http://[::1]:8000/"),
    ("Address", scalars.Address, "../pages/a.md#b", "../pages/a.md#b"),
    ("Address", scalars.Address, "https://example.org/", "https://example.org/"),
    ("BaseUrl", scalars.BaseUrl, "https://example.org/picks", "https://example.org/picks/"),
    ("BaseUrl", scalars.BaseUrl, "https://example.org", "https://example.org/"),
    ("Id", scalars.Id, "c-plus-plus", "c-plus-plus"),
    ("OldPath", scalars.OldPath, "/Old_Stuff/a.html", "Old_Stuff/a.html"),
    ("OldPath", scalars.OldPath, "old/", "old"),
    ("OldPath", scalars.OldPath, "日本/über uns", "日本/über uns"),
    ("OldPath", scalars.OldPath, "/%E6%97%A5%E6%9C%AC/%C3%BCber%20uns/", "日本/über uns"),
    ("OldPath", scalars.OldPath, "wiki/C%23_(language)", "wiki/C#_(language)"),
    ("OldPath", scalars.OldPath, "100%", "100%"),
    ("OldPath", scalars.OldPath, "a/" * 20, "a/" * 19 + "a"),
    ("Color", scalars.Color, "#EE4C2C", "#ee4c2c"),
    ("Color", scalars.Color, "#abc", "#abc"),
    ("Number", scalars.Number, "1.10", "1.10"),
    ("Number", scalars.Number, "-0.5", "-0.5"),
    ("Weight", scalars.Weight, "0", 0),
    ("Weight", scalars.Weight, "5", 5),
    ("Weight", scalars.Weight, "0000000005", 5),
    ("Order", scalars.Order, "10", 10),
    ("Email", scalars.Email, "a.b+c@example.co.uk", "a.b+c@example.co.uk"),
    ("Language", scalars.Language, "pt-BR", "pt-BR"),
    ("Language", scalars.Language, "zh-Hant-TW", "zh-Hant-TW"),
    ("Duration", scalars.Duration, "180d", 180),
    ("Duration", scalars.Duration, "2w", 14),
    ("Duration", scalars.Duration, "6m", 180),
    ("Duration", scalars.Duration, "1y", 365),
    ("Flag", scalars.Flag, "true", True),
    ("Flag", scalars.Flag, "false", False),
    ("Better", scalars.Better, "lower", "lower"),
    ("Names", scalars.Names, "one", ["one"]),
    ("Names", scalars.Names, ["one", "two"], ["one", "two"]),
]


@pytest.mark.parametrize(("kind", "written", "read"), [row[1:] for row in GOOD], ids=[f"{r[0]} {r[2]}" for r in GOOD])
def test_what_is_more_than_text(kind: Any, written: object, read: object) -> None:
    """Dates, addresses, numbers and the like are recognised by form."""
    assert value(kind, written) == read


BAD: dict[tuple[str, str], list[str]] = {
    ("Day", "bad-date"): ["2026-02-30", "2026-2-3", "20260203", "2026-02-03T10:00", "tomorrow", "２０２６-01-01"],
    ("Url", "bad-url"): [
        "example.org",
        "//example.org",
        "ftp://example.org",
        "javascript:alert(1)",
        "https://",
        "https:///x",
        "https://a b",
        'https://a"b',
        "https://a/<b>",
        "https://[",
        "data:text/html,x",
        "https://example.org:99999/",
        "https://example.org:x/",
        "https://[::1",
        "https://a\u2100b/",
    ],
    ("Address", "bad-url"): ["javascript:alert(1)", "//example.org/x", "JAVASCRIPT:x", "mailto:a@b.c", "c:/x"],
    ("BaseUrl", "bad-url"): [
        "/picks/",
        "https://example.org/?a",
        "https://example.org/#a",
        "javascript:alert(1)//",
        "http://[",
    ],
    ("Id", "bad-id"): ["C++", "a_b", "A", "a--b", "-a", "é"],
    ("OldPath", "bad-path"): [
        "../a",
        "a/../b",
        "a//b",
        "https://x/y",
        "javascript:x",
        "%2e%2e/a",
        "a%2f..%2fb",
        "a/%00",
        "a%0Ab",
        "a%5Cb",
        "a\u202eb",
        "%ff",
        "a#b",
        "aux/x",
        "x/CON.html",
        "x/nul .html",
        "a./b",
        "a%20/b",
        "é" * 128,
        ".",
        "a?b",
        "a\\b",
        "a/" * 20 + "a",
    ],
    ("Color", "bad-color"): ["teal", "#12345", "#1234567", "0b7a75", "#12g", "rgb(0, 0, 0)", "#fff;x:url(y)"],
    ("Number", "bad-number"): ["1e3", "1,000", "010", ".5", "5.", "1_000", "0x1F", "12:30", "NaN", "Infinity", "٣"],
    ("Weight", "bad-number"): ["6", "-1", "1.5", "+1", "two", "٣", "1e0", "9" * 50, "0000000009", "0" * 40 + "6"],
    ("Email", "bad-email"): ["me", "me@home", "a@b.c?cc=d@e.f", "a@b.c,d@e.f", "<a@b.c>", "a b@c.d", "a@b.c&x"],
    ("Language", "bad-language"): ["English", "en_GB", "en-", '"><script>'],
    ("IndexNowKey", "bad-indexnow"): ["a1b2c3d", "a" * 129, "a1b2c3d4_", "a1b2 c3d4", "../a1b2c3", "٣٣٣٣٣٣٣٣"],
    ("Duration", "bad-duration"): ["180", "0d", "d", "1.5y", "-1d", "1 y", "999999d"],
    ("Flag", "bad-flag"): ["yes", "True", "1", "on"],
    ("Better", "bad-choice"): ["less", "Lower"],
}


@pytest.mark.parametrize(
    ("kind", "code", "written"), [(kind, code, text) for (kind, code), texts in BAD.items() for text in texts]
)
def test_what_is_refused(kind: str, code: str, written: str) -> None:
    """With the text as it was written, and with what would be right."""
    told, message, help = refusal(getattr(scalars, kind), written)
    assert told == code
    assert f'"{written}"' in message or message == "base_url has a query or a fragment"
    assert help


@given(st.text())
def test_a_number_can_be_compared(text: str) -> None:
    """Whatever is accepted as a number is one to Decimal as well, and stays as written."""
    if scalars.NUMBER.fullmatch(text):
        assert Decimal(text).is_finite()
        assert value(scalars.Number, text) == text


@pytest.mark.slow
@given(st.decimals(allow_nan=False, allow_infinity=False, places=2))
def test_every_plain_decimal_is_a_number(number: object) -> None:
    """Trailing zeros included."""
    assert value(scalars.Number, f"{number:f}") == f"{number:f}"


@pytest.mark.slow
@given(st.from_regex(addresses.PLAIN_URL, fullmatch=True))
def test_a_plain_url_has_a_scheme_and_a_host(text: str) -> None:
    """Which is why it is taken as it is."""
    assert urlsplit(text).scheme in ("http", "https")
    assert urlsplit(text).hostname


def test_inline_text_is_markdown() -> None:
    """A field of inline Markdown is converted where it is read."""
    assert value(scalars.Inline, "*a* `b`").html == "<em>a</em> <code>b</code>"
