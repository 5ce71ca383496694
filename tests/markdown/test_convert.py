"""Markdown to HTML that is safe, whatever it was made of."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiebreak.markdown import convert
from tiebreak.markdown.convert import fill_links, fill_words, inline, typographic
from tiebreak.model.prose import Link, Prose
from tiebreak.problems import Remark

ACTIVE = re.compile(r"<(script|iframe|object|embed|svg|math|form|style|link|meta|base|img)\b|\son\w+=", re.IGNORECASE)


def blocks(text: str, *, allow_html: bool = False) -> Prose:
    """A text that can be read."""
    prose = convert.blocks(text, [], allow_html=allow_html)
    assert prose
    return prose


def remarks(text: str, *, allow_html: bool = False) -> list[Remark]:
    """What is amiss in a text."""
    found: list[Remark] = []
    convert.blocks(text, found, allow_html=allow_html)
    return found


def filled(prose: Prose) -> str:
    """The HTML with each link's target as written."""
    return fill_links(prose, lambda link: f'{"src" if link.image else "href"}="{link.target}"')


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*a* **b** `c`", "<em>a</em> <strong>b</strong> <code>c</code>"),
        ("# no heading", "# no heading"),
        ("- no list", "- no list"),
        ("1. no list", "1. no list"),
        ("> no quote", "&gt; no quote"),
        ("a\nb", "a b"),
        ("<b>a</b>", "&lt;b&gt;a&lt;/b&gt;"),
        ("a < b & c", "a &lt; b &amp; c"),
        ('"a" -- it\'s...', "“a” – it’s…"),
        ('`a "b" -- c`', '<code>a "b" -- c</code>'),
        ("[a](b.md)", '<a href="b.md">a</a>'),
        ("<https://a.b>", '<a href="https://a.b">https://a.b</a>'),
        ("a\\*b", "a*b"),
        ("C#, C++ & F*", "C#, C++ &amp; F*"),
    ],
)
def test_a_field_holds_inline_markup_and_nothing_else(text: str, html: str) -> None:
    """Emphasis, code and links; no blocks, no HTML; quotes become typographic outside code."""
    assert filled(inline(text)) == html


def test_a_field_holds_no_image() -> None:
    """What looks like one is a link with a mark before it."""
    assert "<img" not in inline("![a](b.png)").html


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (
            "| a | b |\n|---|---|\n| 1 | 2 |",
            '<div aria-label="\0table\0" class="table-scroll" role="region" tabindex="0">',
        ),
        ("Term\n:   Definition", "<dl>\n<dt>Term</dt>\n<dd>Definition</dd>\n</dl>"),
        ("A note.[^1]\n\n[^1]: The note.", '<li id="fn:1">'),
        ("```python\nx = 1\n```", '<span class="mi">1</span>'),
        ("```\n<b>\n```", "&lt;b&gt;"),
        ("    indented", '<pre tabindex="0">'),
        ('"Quotes"', "<p>“Quotes”</p>"),
    ],
)
def test_a_body_holds_what_an_argument_needs(text: str, part: str) -> None:
    """Tables, definitions, footnotes, highlighted code, typographic quotes."""
    html = blocks(text).html
    if "table-scroll" in part:
        assert all(f" {attribute}" in html for attribute in re.findall(r'\S+="[^"]*"', part))
    else:
        assert part in html


@pytest.mark.parametrize("rare", ["", "\n\nTerm\n:   Definition"])
def test_what_the_theme_says_in_a_body_waits_for_its_language(rare: str) -> None:
    """A body is remembered by its bytes alone, so it holds names of texts; quickly made or not."""
    table = "\n\n| a |\n|---|\n| 1 |"
    html = blocks(f"## One{table}{table}{rare}").html
    filled = fill_words(html, lambda name, number: f"<{name}{number}>")
    assert re.findall(r'(?:title|aria-label)="(<.*?>)"', filled) == ["<section>", "<table>", "<next-table2>"]
    assert "\0" not in filled


def test_a_footnote_says_the_way_back() -> None:
    """With its number, for those who cannot see the arrow."""
    html = blocks("A note.[^x]\n\n[^x]: The note.").html
    assert 'title="note 1"' in fill_words(html, lambda name, number: f"{name} {number}")


def test_a_heading_has_an_anchor_and_stands_in_the_contents() -> None:
    """A first-level heading is lowered, because the page's title is the only one."""
    prose = blocks("# One *em* `c`\n\n### Two\n\n## One em c\n")
    assert [(one.id, one.level, [sub.id for sub in one.children]) for one in prose.headings] == [
        ("one-em-c", 2, ["two"]),
        ("one-em-c_1", 2, []),
    ]
    assert prose.anchors == {"one-em-c", "two", "one-em-c_1"}
    assert '<h2 id="one-em-c">' in prose.html
    assert '<a aria-hidden="true" class="anchor" href="#one-em-c" tabindex="-1" title="\0section\0">' in prose.html
    assert prose.headings[0].text == "One em c"


@pytest.mark.parametrize("allow_html", [False, True])
def test_the_contents_list_is_safe_as_it_is(allow_html: bool) -> None:
    """It is plain text, which the template escapes."""
    (heading,) = blocks("## a < `<script>` <script>x</script> &lt;b>", allow_html=allow_html).headings
    assert heading.text.startswith("a < <script>")


@pytest.mark.parametrize("title", ["Verdict", "Sources", "Factor speed", "Main", "Source 1", "fn 1", "Contents"])
def test_a_heading_never_takes_an_id_of_the_theme(title: str) -> None:
    """`#verdict` leads to the verdict, whatever sections the argument has."""
    (heading,) = blocks(f"## {title}").headings
    assert heading.id.startswith("section-")


def test_a_heading_without_letters_has_an_anchor_too() -> None:
    """Two of them have two."""
    assert blocks("## ?!\n\n## ...\n").anchors == {"section", "section_1"}


@pytest.mark.parametrize("allow_html", [False, True])
def test_links_stand_apart_from_the_text(allow_html: bool) -> None:
    """Each as written, in order, references and images too; anchors and footnotes of our own are no links."""
    text = "## H\n\n[a](x.md#y) ![b](c.png) <https://d.e> [f][g]\n\n[g]: h.md 'i'\n\nJ[^1]\n\n[^1]: k\n"
    assert blocks(text, allow_html=allow_html).links == (
        Link("x.md#y"),
        Link("c.png", image=True, alt="b"),
        Link("https://d.e"),
        Link("h.md"),
    )


def test_an_address_is_a_link_that_can_be_checked() -> None:
    """Of mail, too: it is not obfuscated into entities."""
    assert inline("<me@example.org>").links == (Link("mailto:me@example.org"),)


def test_the_first_screen_does_not_wait_for_images() -> None:
    """Images among the first two blocks load at once, later ones when they come near."""
    html = blocks("![a](a.png)\n\nText\n\n![b](b.png)\n").html
    assert [re.findall(r'loading="(\w+)"', image) for image in re.findall("<img[^>]*>", html)] == [["eager"], ["lazy"]]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("*a* [b](c) `d & e`", "a b d & e"),
        ("## H\n\nT[^1]\n\n```\ncode\n```\n\n[^1]: note\n", "H\nT[1]"),
        ("a &lt; b", "a < b"),
    ],
)
def test_the_words_of_a_text(text: str, plain: str) -> None:
    """For reading time and descriptions: without markup, code blocks, notes and anchors."""
    assert re.sub(r"\n+", "\n", blocks(text).text).strip() == plain


@pytest.mark.parametrize(
    "text", ["<script>x()</script>", '<b onclick="x()">b</b>', "<!-- c -->", "<p>\n*a*\n</p>", "&lt;b>"]
)
def test_raw_html_is_shown_as_text(text: str) -> None:
    """By default what an author writes is text."""
    html = blocks(f"A {text}\n\n{text}\n").html
    assert not re.search(r"<(?!/?(p|em)>)", html)


@given(st.text("<>&\"'=/ !-[]()`*_#:\\|~^\nabjonclickscriptimgsvg0123{}.;\t"))
def test_no_text_becomes_markup_that_runs(text: str) -> None:
    """However it is put together, only Markdown's own elements come out of it."""
    for html in (filled_safely(inline(text)), filled_safely(blocks(text))):
        for tag in re.findall(r"<[^>]*>", re.sub(r'="[^"]*"', "", html)):
            assert re.fullmatch(r"</?[a-z][a-z0-9]*(\s+[a-z-]+)*\s*/?>", tag), tag
            assert not ACTIVE.search(tag.replace("<img ", "<x ")), tag


def filled_safely(prose: Prose) -> str:
    return fill_links(prose, lambda _: 'href="x"')


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("<script>alert(1)</script>", "alert"),
        ('<img src="a.png" alt="b" onerror="x()">', "onerror"),
        ('<a href="a.md" onclick="x()">b</a>', "onclick"),
        ('<a href="javascript:alert(1)">b</a>', "alert"),
        ('<a href="JaVa&#09;Script:alert(1)">b</a>', "alert"),
        ('<img src="data:image/svg+xml,x" alt="b">', "data"),
        ('<p style="position: fixed">b</p>', "style"),
        ('<iframe src="https://a.b"></iframe>', "iframe"),
        ('<svg onload="x()"></svg>', "svg"),
        ('<form action="https://a.b"><input></form>', "form"),
        ('<object data="x"></object>', "object"),
        ('<a href="a.md" target="_blank" ping="https://a.b">b</a>', "ping"),
        ("<style>p { color: red }</style>", "color"),
        ('<link rel="stylesheet" href="https://a.b">', "link"),
        ('<base href="https://a.b">', "base"),
        ('<meta http-equiv="refresh" content="0">', "meta"),
    ],
)
def test_allowed_html_is_sanitised(text: str, gone: str) -> None:
    """Nothing that could run, ask another host or restyle the page."""
    assert gone not in filled(blocks(f"{text}\n\nText\n", allow_html=True))


def test_allowed_html_keeps_what_is_harmless() -> None:
    """Otherwise there would be no point."""
    html = blocks('<div class="x-note"><kbd>A</kbd></div>\n\nH<sub>2</sub>O\n', allow_html=True).html
    assert '<div class="x-note"><kbd>A</kbd></div>' in html
    assert "H<sub>2</sub>O" in html


def test_links_of_allowed_html_are_checked_like_any_other() -> None:
    """They stand with the others, numbered in one row, and images with their alternative text."""
    prose = blocks(
        '[a](a.md) <a href="https://b.c">b</a> <img src="c.png" alt="d &amp; e"> <img src="f.png">', allow_html=True
    )
    assert prose.links == (
        Link("a.md"),
        Link("https://b.c"),
        Link("c.png", image=True, alt="d & e"),
        Link("f.png", image=True, alt=""),
    )
    assert filled(prose).count("href=") == 2


def test_markdown_keeps_working_beside_allowed_html() -> None:
    """Headings, anchors, code and tables come through the sanitiser."""
    prose = blocks("## H\n\n```python\nx = 1\n```\n\n|a|\n|-|\n|1|\n\nN[^1]\n\n[^1]: o\n", allow_html=True)
    for part in ('id="h"', 'class="anchor"', 'class="mi"', "<table>", 'role="region"', 'id="fn:1"', 'tabindex="0"'):
        assert part in prose.html, part


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('"A" -- it\'s', "“A” – it’s"),
        ("*a* `b` [c](d) <e>", "*a* `b` [c](d) <e>"),
        ("C++ & C#", "C++ & C#"),
        ("A...", "A…"),
        ("# x", "# x"),
        ("1. x", "1. x"),
        ("a_b_c &amp; x", "a_b_c &amp; x"),
        ("AT&amp;T's &#x202e;", "AT&amp;T’s &#x202e;"),
        ("it's <b> &lt;", "it’s <b> &lt;"),
        ("__init__", "__init__"),
        ("a\\b", "a\\b"),
    ],
)
def test_plain_text_gets_real_quotes_and_nothing_else(text: str, shown: str) -> None:
    """Titles and labels are no Markdown; what they say is what is shown."""
    assert typographic(text) == shown


def test_one_text_leaves_nothing_behind_for_the_next() -> None:
    """Converters are used again: links, notes and references of one text are not the next one's."""
    blocks("[a](b.md) [^1] [c]\n\n[^1]: d\n\n[c]: e.md\n")
    after = blocks("[c] [^1]\n")
    assert (after.links, after.html) == ((), "<p>[c] [^1]</p>")
    assert blocks("  \n").links == ()


def test_a_text_nested_too_deeply_does_not_spoil_the_next() -> None:
    """A converter that was left half-way is thrown away."""
    (remark,) = remarks("- " * 1500 + "x")
    assert remark.code == "too-deep"
    assert [link.target for link in blocks("[a](x.md)\n\n- b\n").links] == ["x.md"]
