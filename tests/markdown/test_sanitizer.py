"""The gate for authors' HTML: nothing that could run, ask another host or meet the page's own passes it."""

import re
from collections import Counter
from contextlib import suppress
from itertools import product

import pytest
from hostile import bodies, texts
from hypothesis import example, given, settings
from hypothesis import strategies as st
from judge import END, faults, judged, shown

from tiebreak.markdown import convert, sanitizer
from tiebreak.markdown.headings import heading_id, is_public
from tiebreak.markdown.sanitizer import ATTRIBUTES, TAGS, clean, removed
from tiebreak.model.prose import MARK
from tiebreak.problems import Remark, RemarkError


def test_what_swallows_ours_never_leaves_the_gate() -> None:
    """What comes to it has been told apart already; were it not, our own secret would stand on a page."""
    ours = sanitizer.reference("x")
    with pytest.raises(RemarkError, match="reaches into"):
        clean(f"<b title='<a href=\"{ours}\">'>x</b>", [])
    assert clean(f'<p class="{sanitizer.reference("highlight")}">a</p>', []) == "<p>a</p>"


@pytest.mark.slow
@example("```{.text pygments_formatter=null}\n<script>alert(1)</script>\n```")
@example('## [Prices](x.md "a\\" onfocus=alert(7) autofocus \\"")')
@example('## [x](https://e.example/\\"onfocus=alert(1) )')
@example('<a href="&#26;0&#26;">x</a>\n\n[y](z.md)')
@example("<svg><p><style><g title='</style><img src onerror=alert(1)>'>")
@example("<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>")
@example("<p\n\n```\nx\n```")
@example("<img title='\n\n```\nx\n```\n\n'>")
@example("<p title='\n\n# x\n\n[y](z.md)\n\n'>")
@example("a <title> [x](y.md)\n\n# z")
@example("a <script> [x](y.md)\n\n# z")
@example('<p title=a"> <textarea>"\n\n```\nx\n```\n\n</textarea>\n\n# x')
@example('```\n<div class="x">\n```\n\n- a\n\n    - b[^1]\n\n[^1]: c')
@example('<div></x a=">b.\n\n```py\nx\n```\n\nc</div>')
@example('<div>\n<style>\n"<a b="\n```py title="y"\nx\n```\n">')
@example("<?x\n\n```py\nx\n```\n\n</3\n\n# y")
@example("<span\n\n```text {title=x}\nx\n```")
@settings(max_examples=1200)
@given(bodies)
def test_no_body_brings_anything_that_is_not_on_the_list(text: str) -> None:
    """With raw HTML allowed and without: read by another parser than the gate's, nothing but the list is found."""
    for allow_html in (False, True):
        assert judged(text, allow_html=allow_html) == []


@pytest.mark.slow
@settings(max_examples=1200)
@given(texts)
def test_no_field_brings_anything_that_is_not_on_the_list(text: str) -> None:
    """One line of Markdown, and the contents list, whose texts are plain."""
    with suppress(RemarkError):  # which is told at the field
        assert faults(shown(convert.inline(text))) == []


@pytest.mark.parametrize("allow_html", [False, True])
@pytest.mark.parametrize(
    "options",
    [
        *("pygments_formatter=null", "pygments_formatter=bbcode", "pygments_formatter=raw", "pygments_style=nothing"),
        *(
            "cssclass='x\" onclick=\"y'",
            "cssstyles='position:fixed'",
            "prestyles=x",
            "classprefix='\"><b>'",
            "noclasses=True",
        ),
        *("encoding=utf-16", "linenos=table", "linenos=inline", "anchorlinenos=True lineanchors=x", "linespans=main"),
        *(
            "filters=nothing",
            "tagsfile=/etc/passwd",
            "tagurlformat=x",
            "full=True",
            "src=x",
            "png=x",
            "style=x",
            "hl_color=x",
        ),
        *(
            "use_pygments=False",
            "guess_lang=True",
            "lang_prefix=x",
            "stripall=True",
            "startinline=True",
            "wrapcode=False",
        ),
    ],
)
def test_an_option_of_code_reaches_nobody(options: str, allow_html: bool) -> None:
    """What Pygments or its formatters would do with it is not tried: it is told, and the code is what it is without."""
    for info in (f"{{.html {options}}}", f"html {options}"):
        found: list[Remark] = []
        text = f"```{info}\n<script>alert(1)</script>\n```"
        prose = convert.blocks(text, found, allow_html=allow_html)
        assert prose == convert.blocks("```html\n<script>alert(1)</script>\n```", [], allow_html=allow_html)
        assert {remark.code for remark in found} == {"code-option"}
        assert all(remark.line == 1 for remark in found)


def test_every_element_and_attribute_on_the_list_passes() -> None:
    """Else the list would not be one."""
    values = {
        "href": "a.md",
        "src": "a.png",
        "cite": "https://a.example",
        "class": "x-a",
        "rel": "sponsored",
        "id": "a",
    }
    values |= {"loading": "lazy"}
    void = {"br", "col", "hr", "img", "wbr"}
    inside = {
        "col": "table",
        "colgroup": "table",
        "caption": "table",
        "tbody": "table",
        "thead": "table",
        "tfoot": "table",
    }
    inside |= {"tr": "table", "td": "table", "th": "table"}
    for tag in TAGS:
        names = ATTRIBUTES["*"] | ATTRIBUTES.get(tag, set())
        attributes = "".join(f' {name}="{values.get(name, "1")}"' for name in sorted(names))
        element = f"<{tag}{attributes}>" + ("" if tag in void else f"x</{tag}>")
        around = inside.get(tag, "div")
        made = clean(f"<{around}>{element}</{around}>", [])
        assert all(f"{name}=" in made for name in names), (tag, made)


@pytest.mark.parametrize(
    ("text", "kept", "is_told"),
    [
        ('<a href="https://a.example/" rel="sponsored me NOFOLLOW">b</a>', 'rel="sponsored nofollow"', True),
        ('<a href="https://a.example/" rel="sponsored">b</a>', 'rel="sponsored"', False),
        ('<blockquote cite="https://a.example/">b</blockquote>', '<blockquote cite="https://a.example/">', False),
        ('<q cite="javascript:x">b</q>', "<q>b</q>", True),
        ("<h1>b</h1>", "b", True),
        ('<p class="x-own pick masthead">b</p>', '<p class="x-own">b</p>', True),
        ('<p class="pick">b</p>', "<p>b</p>", True),
        ('<p id="own">b</p>', '<p id="own">b</p>', False),
        ('<p id="verdict">b</p>', "<p>b</p>", True),
        ('<p id="_copy">b</p>', "<p>b</p>", True),
        ('<p id="factor-price">b</p>', "<p>b</p>", True),
        ('<p id="own">b</p><p id="own">c</p>', "<p>c</p>", True),
        ('<table><tr><td style="text-align: left;">b</td></tr></table>', "<td>b</td>", True),
        ('<table><tr><td class="align-end hue-20 s1">b</td></tr></table>', '<td class="align-end">b</td>', True),
        ('<img src="a.png" width="1e9" height="-" alt="b">', '<img src="a.png" alt="b">', True),
        ("<iframe></iframe><b>c</b>", "<b>c</b>", True),
        ('<input type="checkbox" disabled> <b>c</b>', "<p> <b>c</b></p>", True),
        ('<input type="text" value="- [x] d"> <b>c</b>', "<p> <b>c</b></p>", True),
        ("- [x] <b>c</b>\n- <input> d", ' checked="" disabled="" type="checkbox"> <b>c</b></li>\n<li> d</li>', True),
        ("<p><del>b</del></p>", "<del>b</del>", False),
    ],
)
def test_what_is_decided_of_raw_html(text: str, kept: str, is_told: bool) -> None:
    """Kept where it harms nobody, else taken out; and told."""
    found: list[Remark] = []
    prose = convert.blocks(text, found, allow_html=True)
    assert prose
    assert kept in shown(prose)
    assert {remark.code for remark in found} == ({"removed-html"} if is_told else set())


def test_what_was_taken_out_is_told_at_its_own_column() -> None:
    """Not where another attribute only ends like it."""
    found: list[Remark] = []
    assert convert.blocks('<b\n title="x">\n\n<p title="a=1 b=2" aa=1 a=1\nc=2>', found, allow_html=True)
    places = {remark.needle: (remark.line, remark.column) for remark in found}
    assert places == {"aa=": (4, 20), "a=": (4, 25), "c=": (5, 1)}


@pytest.mark.parametrize("text", ["- [x] a", "> [!NOTE]\n> a", "~~a~~ https://a.example", "1) a\n   - b"])
@pytest.mark.parametrize("before", ["", "<b title='", "<input ", "<p ", "<!-- ", "</"])
def test_no_raw_html_wears_what_markdown_made(text: str, before: str) -> None:
    """A tag that is left open before it gets no box, no title of a callout and no link."""
    found: list[Remark] = []
    prose = convert.blocks(f"{before}\n\n{text}", found, allow_html=True)
    if prose is None:
        assert {remark.code for remark in found} & {"unreadable-text", "too-deep"}
    else:
        assert faults(shown(prose)) == []


def test_a_heading_that_was_taken_out_is_not_in_the_contents() -> None:
    """Nor can anything link to it."""
    prose = convert.blocks("a <script> b\n\n## One\n\n</script>\n\n## Two", [], allow_html=True)
    assert prose
    assert [one.text for one in prose.headings] == ["Two"]


def test_an_attribute_is_told_where_its_element_is() -> None:
    """And not where another element has one of that name."""
    text = 'valign="x"\n\n<p align="left">a</p>\n\nb\n\n<div\n  ALIGN="center"><b id=align align>c</b></div>'
    found: list[Remark] = []
    convert.blocks(text, found, allow_html=True)
    told = {one.message.split("<")[1].split(">")[0]: (one.line, one.needle) for one in found}
    assert told == {"p": (3, "align="), "div": (8, "ALIGN="), "b": (8, "align")}


def test_what_stays_is_not_told() -> None:
    """A page full of what is allowed has nothing to mend."""
    html = '<figure class="x-a"><img src="a.png" alt="b"><figcaption>c <a href="d.md">e</a></figcaption></figure>'
    assert list(removed(html, Counter(), html, clean(html, []))) == []


@given(st.text())
def test_no_heading_takes_an_id_of_the_page(text: str) -> None:
    """Neither one that readers link to, nor one that begins with an underscore."""
    id = heading_id(text)
    assert not is_public(id)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id)


REFERENCES = ["&#{};", "&#0{};", "&#x{:x};", "&#X{:X};"]


@pytest.mark.parametrize(
    ("form", "number"), [*product(REFERENCES, [0, 1, 2, 3, 8, 26, 27, 31, 127, 129, 0xFFFE, 0xD800])]
)
def test_a_reference_to_a_control_character_makes_no_token(form: str, number: int) -> None:
    """It is refused, or shown as what a browser makes of it; and no feed holds it."""
    written = form.format(number)
    for text in (
        f"a {written}0{written} b",
        f'[x](y.md "{written}section{written}")',
        f"`{written}`",
        f"## a {written}",
    ):
        found: list[Remark] = []
        prose = convert.blocks(text, found)
        assert prose
        refused = [remark for remark in found if remark.code == "control-character"]
        assert refused or not re.search(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]", prose.html)
        tokens = re.findall(f"{MARK}([^{MARK}]*){MARK}", prose.html)
        assert all(token == "section" or token.isdigit() for token in tokens)


def test_the_judge_sees_what_is_wrong() -> None:
    """Else its silence would say nothing."""
    for html in (
        "<script>x</script>",
        '<p onclick="x">',
        '<a href="java\tscript:x">y</a>',
        "</div><p>x",
        '<p id="_copy">',
        '<p class="pick">',
        "<!-- x -->",
        '<i id="a"></i><i id="a"></i>',
        f'<hr id="{END}"></div></main>',
    ):
        assert faults(html), html


def test_an_image_may_say_that_it_is_decorative() -> None:
    """By its title, which no reader is shown, or by its role; with a text in its brackets it is as any other."""
    for text in (
        '![](a.png "decorative")',
        '<img src="a.png" alt="" role="presentation">',
        '<img role="none" alt="" src="a.png">',
    ):
        told: list[Remark] = []
        prose = convert.blocks(text, told, allow_html=True)
        assert prose, text
        assert prose.links[0].decorative, text
        assert told == []
        assert 'alt=""' in prose.html
        assert "title" not in prose.html
    for text in ("![](a.png)", '![a](a.png "decorative")', '![](a.png "decorative line")', '<img src="a.png" alt="">'):
        prose = convert.blocks(text, [], allow_html=True)
        assert prose, text
        assert not prose.links[0].decorative, text
