"""The text of a page is all that its readers see, and nothing that takes for ever stays."""

import asyncio

import pytest
from misbehaving import pdf

from tiebreak.sources import extractor, text
from tiebreak.sources.decoding import text_of
from tiebreak.sources.extractor import of_html, texts_in

PAGE = """<!doctype html><html><head><title>Title</title><style>.a{}</style></head><body><nav>Menu</nav>
<p>One <b>b</b>old&nbsp;word &lt;here&gt;<!-- hidden --><table><tr><td>1,392<td>MB</table><script>no()</script>
<aside>Beside</aside>"""


def test_all_that_readers_see_is_there() -> None:
    """Tables, menus and titles, each block on a line; neither scripts nor styles nor comments."""
    lines = ["Title", "Menu", "One bold\u00a0word <here>", "1,392", "MB", "Beside"]
    assert of_html(PAGE).strip().split("\n") == lines


def test_a_change_is_told_by_the_content() -> None:
    """Not by what stands around it on every page."""
    _, one = texts_in(PAGE.encode(), "text/html")
    _, other = texts_in(PAGE.replace("Menu", "Other menu").encode(), "text/html; charset=utf-8")
    assert one == other


def test_kinds_of_texts() -> None:
    """Plain texts are taken as they are, and PDF is told by its first bytes; pictures have none."""
    assert texts_in(b"# <b>", "text/markdown") == ("# <b>", "# <b>")
    assert texts_in(b'{"a": 1}', "application/json")[0] == '{"a": 1}'
    assert texts_in(pdf("A wheel of 915 MB"), "application/octet-stream")[0].strip() == "A wheel of 915 MB"
    assert texts_in(b"\x89PNG", "image/png") == ("", "")


def test_encodings() -> None:
    """UTF-8 wherever it is that, whatever the host says; else what is declared; else what Windows writes."""
    word = "naïve €"
    assert text_of(word.encode(), "text/html; charset=iso-8859-1") == word
    assert text_of(word.encode("cp1252"), "text/html; charset=utf-8") == word
    assert text_of(word.encode("utf-16"), "text/html") == word
    assert text_of("Привет".encode("koi8-r"), "text/html; charset=KOI8-R") == "Привет"
    assert text_of(b"<meta charset='shift_jis'>" + "日本".encode("shift_jis"), "").endswith("日本")
    for unknown in ("unicode_escape", "punycode", "zlib", "iso-8859-12", "\0", "idna"):
        assert text_of(b"\xe9", f"text/html; charset={unknown}") == "é"


@pytest.mark.slow
def test_what_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that is nested without end takes a parser the square of its length."""
    monkeypatch.setattr(text, "SECONDS", 0.5)
    with pytest.raises(text.NoTextError, match="takes too long"):
        asyncio.run(text.extract(b"<div>" * 300_000, "text/html"))
    assert extractor.SECONDS <= 60
