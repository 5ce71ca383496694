"""Inline markup, headings and tables are read as GitHub reads them."""

import re

import pytest

from tiebreak.markdown import convert, fast, full
from tiebreak.model import Link


def body(text: str) -> str:
    """The HTML of a text, which both converters agree on, with its links."""
    prose = convert.blocks(text, [])
    assert prose
    assert prose.html == full.blocks(text, allow_html=False, remarks=[])[0]
    return re.sub(r"\s*\n\s*(?=<)", "", convert.fill_links(prose, lambda link: f'href="{link.target}"'))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("~~a~~ ~b~", "<del>a</del> <del>b</del>"),
        ("~~a *b*~~", "<del>a <em>b</em></del>"),
        ("~5 to ~6", "~5 to ~6"),
        ("~~ a ~~", "~~ a ~~"),
        ("~~~a~~~ b", "~~~a~~~ b"),
        ("~a~~", "~a~~"),
        ("`~~a~~`", "<code>~~a~~</code>"),
        ("\\~~a~~", "~~a~~"),
        ("a\\\nb", "a<br>\nb"),
        ("`a\\\nb`", "<code>a\\\nb</code>"),
        ('\\"a\\" \\&amp; \\; \\~', '"a" &amp;amp; ; ~'),
    ],
)
def test_strikethrough_breaks_and_escapes(text: str, html: str) -> None:
    """One tilde or two, on both sides of words."""
    assert body(f"x {text}").replace("<br>b", "<br>\nb") == f"<p>x {html}</p>"


ADDRESSES = {
    "https://a.example": "https://a.example",
    "http://localhost:8000/x": "http://localhost:8000/x",
    "HTTPS://A.example/?b=c": "HTTPS://A.example/?b=c",
    "https://a.example/b_c_d*e*": "https://a.example/b_c_d*e",
    "https://a.example/b_(c)": "https://a.example/b_(c)",
    "www.a.example": "http://www.a.example",
    "me.you+x@a-b.example": "mailto:me.you+x@a-b.example",
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_bare_addresses_are_links(address: str) -> None:
    """Without the signs of the sentence around them, in a body, a field, a cell and emphasis; not in code."""
    for around in ("{}", "({})", "{}.", "{}, and", "{}?!", "*{}*", "**{}**:", "x {} y", "| a |\n|---|\n| {} |"):
        prose = convert.blocks(around.format(address), [])
        assert prose
        assert [link.target for link in prose.links] == [ADDRESSES[address]], around
        assert prose.html == full.blocks(around.format(address), allow_html=False, remarks=[])[0]
    assert convert.inline(f"See {address}.").links == (Link(ADDRESSES[address]),)
    assert convert.inline(f"[{address}](b.md)").links == (Link("b.md"),)
    assert convert.inline(f"`{address}`").links == ()


@pytest.mark.parametrize(
    "text",
    [
        "xhttp://a.b",
        "http://",
        "http:// a",
        "www.",
        "awww.a.b",
        "a@b",
        "a@b.c-",
        "x@2.0.1",
        "@a.b",
        "http://a_b.c_d",
        "a.b",
    ],
)
def test_what_is_no_address(text: str) -> None:
    """It has no domain, or begins within a word."""
    assert convert.inline(text).links == ()


def test_signs_behind_an_address() -> None:
    """Brackets belong to it if they are opened in it; an entity does not."""
    assert [
        link.target for link in convert.inline("(https://a.example/b(c)d)) &lt; https://a.example/x&copy;").links
    ] == ["https://a.example/b(c)d", "https://a.example/x"]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("| `a\\|b` | c \\| d |", ["<code>a|b</code>", "c | d"]),
        ("| `a|b` |", ["`a", "b`"]),
        ("| a | b | c |", ["a", "b"]),
        ("| a", ["a", ""]),
        ("a | b", ["a", "b"]),
    ],
)
def test_cells_of_a_table(text: str, cells: list[str]) -> None:
    """A bar with a backslash is one in a cell, in code too; without one it ends the cell."""
    html = body(f"| x | y |\n|---|---|\n{text}")
    assert re.findall("<td>(.*?)</td>", html) == cells


def test_a_table_stands_right_under_a_text() -> None:
    """And a heading right under it, a list as well."""
    html = body("Text\n| a | b |\n|---|--:|\n| c | d |\n## e\n| f |\n|---|\n- g")
    assert re.sub("<(?!/?(p|table|h2|ul))[^>]*>|(?<=<h2)[^>]*", "", html) == (
        "<p>Text</p><table>abcd</table><h2>e#</h2><table>f</table><ul>g</ul>"
    )
    assert "<table" not in body("Text\n| a | b |\n|---|\n| c |")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("#5 bolt", "<p>#5 bolt</p>"),
        ("####### a", "<p>####### a</p>"),
        ("## C#", "<h2>C#</h2>"),
        ("## a ##", "<h2>a</h2>"),
        ("  ## a", "<h2>a</h2>"),
        ("a\nb\n===", "<h2>a b</h2>"),
        ("a\n---", "<h2>a</h2>"),
        ("***\n---", "<hr><hr>"),
        ("a\n***\nb", "<p>a</p><hr><p>b</p>"),
        ("a\n### b\nc", "<p>a</p><h3>b</h3><p>c</p>"),
    ],
)
def test_headings_and_rules(text: str, html: str) -> None:
    """A heading's mark stands before a space; what is underlined may have several lines."""
    found = re.sub(r'<a [^<>]*class="anchor".*?</a>| id="[^"]*"', "", body(text))
    assert re.sub(r"\s*\n\s*", " ", found) == html


def test_code_names_a_definition() -> None:
    """As method names do in changelogs."""
    html = body("[`a.b()`][], [`c`], [x][`a.b()`]\n\n[`a.b()`]: x.md\n[`C`]: y.md")
    assert re.findall('href="(.*?)"', html) == ["x.md", "y.md", "x.md"]


def test_an_address_has_no_blanks() -> None:
    """Unless it stands between angle brackets."""
    assert convert.inline("[a](b c.md) [d]( e.md ) [f](<g h.md>)").links == (Link("e.md"), Link("g h.md"))


def test_ticks_are_closed_by_as_many() -> None:
    """Others are text."""
    assert body("x ``, not `y`") == "<p>x ``, not <code>y</code></p>"
    assert body("x `` ` ``, ```y``") == "<p>x <code>`</code>, ```y``</p>"


def test_the_first_definition_of_a_link_counts() -> None:
    """Whichever way it is used."""
    html = body("[a], [b][a]\n\n[a]: x.md\n\n[a]: y.md")
    assert html == '<p><a href="x.md">a</a>, <a href="x.md">b</a></p>'


def test_a_quick_text_does_not_wait() -> None:
    """A tilde for "about" and an at sign are no reason to ask Python-Markdown."""
    reader = fast._Reader("en")
    assert reader.inline("~5 MB, by @name") == "~5 MB, by @name"
    assert reader.inline("~5 to ~6") is None


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[`Code`]\n\n[`code`]: /a", '<a href="/a"><code>Code</code></a>'),
        ("[`Code`][]\n\n[`code`]: /a", '<a href="/a"><code>Code</code></a>'),
        ("[ΑΓΩ]\n\n[αγω]: /a", '<a href="/a">ΑΓΩ</a>'),
        ("[a [b](c) d](e)", '[a <a href="c">b</a> d](e)'),
        ("[a [b] c](e)\n\n[b]: /b", '[a <a href="/b">b</a> c](e)'),
        ("[a [b] c](e)", '<a href="e">a [b] c</a>'),
        ("[![a](b)](c)", '<a href="c"><img'),
        ("[![a][b]][b]\n\n[b]: /b", '<a href="/b"><img'),
        ("` a`, ` b `, `  `", "<code> a</code>, <code>b</code>, <code>  </code>"),
        ("a@b_c.de, a@b, a@b.c1, a@b.c_d", 'mailto:a@b_c.de">a@b_c.de</a>, a@b, a@b.c1, <a href="mailto:a@b.c_d"'),
        ("WWW.A.DE www.a.de HTTP://a.de", 'WWW.A.DE <a href="http://www.a.de">www.a.de</a> <a href="HTTP://a.de">'),
        ("```\n\ta\n   \n```", "<code>\ta</code>"),
        ("- a\n\n\t```\n\t\tb\n\t```", "<code>\tb</code>"),
        ("- a\n- b\n\n  [c]: /d", "<li>a</li><li>b</li>"),
        ("- a\n  ```\n  b\n  ```\n  ```\n  c\n  ```\n- d", "<li>d</li>"),
    ],
)
def test_what_real_files_hold_is_read_as_github_reads_it(text: str, html: str) -> None:
    assert html in body(text)
