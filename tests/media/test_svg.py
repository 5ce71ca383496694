"""A drawing that is published can be looked at, and can do nothing else; most drawings pass as they are."""

import base64
import re
import struct
from collections import Counter
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
import tinycss2
from growth import assert_bounded
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree, html

from tiebreak.media import svg_css
from tiebreak.media.svg import DEEPEST, LARGEST, Drawing, drawing
from tiebreak.media.svg_problems import MOST
from tiebreak.media.svg_vocabulary import ELEMENTS
from tiebreak.problems import Problem

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
XHTML = "http://www.w3.org/1999/xhtml"
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 4, 4) + bytes(20)).decode()


def words(text: str) -> list[str]:
    return text.split()


def svg(inside: str = "", attributes: str = "", before: str = "") -> bytes:
    root = f'<svg xmlns="{SVG}" xmlns:svg="{SVG}" xmlns:xlink="{XLINK}" xmlns:h="{XHTML}" {attributes}>'
    return f"{before}{root}{inside}</svg>".encode()


def cleaned(data: bytes) -> str:
    found = drawing("a.svg", data)
    assert isinstance(found, Drawing), "\n".join(problem.as_text() for problem in found)
    assert_harmless(found.data)
    assert drawing("a.svg", found.data) == found
    return found.data.decode()


def refused(data: bytes) -> list[Problem]:
    found = drawing("a.svg", data)
    assert isinstance(found, list), found.data.decode()
    assert found
    return found


# --- the judge: another parser, and lists of its own ------------------------------------------------------------------

STILL = re.compile(
    "a|circle|clipPath|defs|desc|ellipse|fe[A-Z][A-Za-z]+|filter|font|font-face|glyph|hkern|image|line|linearGradient|marker"
    "|mask|missing-glyph|path|pattern|polygon|polyline|radialGradient|rect|stop|style|svg|switch|symbol|text|textPath|title"
    "|tspan|use|view|vkern|g"
)
PICTURE = re.compile(r"data:image/(png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]*")
LOADS = re.compile(
    r"@\s*(import|font-face|namespace|charset)|(?<![\w-])(src|image|image-set|-webkit-image-set|element|attr|expression)\s*\("
    r"|url\(\s*+['\"]?+\s*+(?!#)|javascript:|vbscript:",
    re.IGNORECASE,
)


def unescaped(css: str) -> str:
    """CSS as a browser sees it: without comments, and with escapes resolved."""
    css = re.sub(r"/\*.*?(\*/|\Z)", "", css, flags=re.DOTALL)
    return re.sub(
        r"\\(?:([0-9a-fA-F]{1,6})[ \t\n]?|(.))", lambda m: chr(min(int(m[1], 16), 0x10FFFF)) if m[1] else m[2], css
    )


def assert_harmless(data: bytes) -> None:
    """Walk over what is published: SVG that stands still, and nothing that leads out of it."""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    assert root.getroottree().docinfo.doctype == ""
    assert root.getprevious() is None
    for node in root.iter():
        assert isinstance(node.tag, str), "comments and instructions are not written"
        name = etree.QName(node)
        assert (name.namespace, bool(STILL.fullmatch(name.localname))) == (SVG, True), name.text
        for key, value in node.attrib.items():
            key = etree.QName(key)
            assert key.namespace in (None, XLINK, "http://www.w3.org/XML/1998/namespace")
            assert not key.localname.lower().startswith("on")
            assert key.localname not in ("base", "src", "to", "from", "by", "attributeName")
            if key.localname == "href":
                picture = name.localname in ("image", "feImage") and PICTURE.fullmatch(value)
                assert picture or re.fullmatch(r"#[^\s\"'()<>\\]+", value), value
            elif key.localname in ("style", "fill", "stroke", "filter", "mask", "clip-path", "cursor", "marker-end"):
                assert not LOADS.search(unescaped(value)), value
        if name.localname == "style":
            assert not LOADS.search(unescaped(node.text or "")), node.text
    tree = html.document_fromstring(data)  # an HTML parser, if somebody puts it into a page
    assert not tree.xpath("//script | //iframe | //object | //embed | //link | //meta | //base | //form | //*[@onload]")


# --- what is hostile --------------------------------------------------------------------------------------------------

HANDLERS = words(
    """
    abort activate afterprint animationend auxclick beforeinput beforetoggle begin blur cancel change
    click
    close contextmenu copy cut dblclick drag drop end error focus focusin focusout formdata gotpointercapture hashchange
    input keydown load message mousedown mouseenter mouseover mousewheel online pagehide paste pointerdown
    pointerrawupdate
    popstate repeat reset resize scroll scrollend securitypolicyviolation select selectstart submit toggle touchstart
    transitionend unload wheel zoom webkitanimationend x
"""
)


@pytest.mark.slow
@pytest.mark.parametrize(
    "element", ["svg", "g", "svg:g", "path", "image", "use", "text", "style", "a", "title", "filter"]
)
def test_every_handler_of_every_event_is_refused(element: str) -> None:
    """In any capitals, on any element, in SVG's own namespace too."""
    for event, prefix, on in product(HANDLERS, ("", "svg:", "h:"), ("on", "ON", "oN")):
        attribute = f"{prefix}{on}{event}"
        (problem,) = refused(svg(f'<{element} {attribute}="x()"/>'))
        assert (problem.code, problem.line) == ("active-svg", 1)
        assert problem.excerpt[problem.column - 1 :].startswith(attribute)


def test_handlers_of_editors_are_left_out() -> None:
    """In a namespace that browsers do not know they are nothing."""
    for event in HANDLERS:
        assert "on" not in re.sub(
            r"version|encoding|</?svg[^>]*>", "", cleaned(svg(f'<g xmlns:i="urn:i" i:on{event}="x()"/>'))
        )


ACTIVE = words(
    """
    script foreignObject handler listener iframe embed object audio video canvas animate set animateMotion
    animateTransform
    animateColor discard mpath source track link meta base html body form input frame applet color-profile font-face-src
    font-face-uri cursor tref prefetch
"""
)


@pytest.mark.parametrize(
    "spelt",
    [
        "<{0}/>",
        "<svg:{0}>x</svg:{0}>",
        "<h:{0}/>",
        '<{0} xmlns="' + XHTML + '"/>',
        '<{0} xmlns=""/>',
        '<x:{0} xmlns:x="' + SVG + '"/>',
        "<g><a><{0}/></a></g>",
        "<svg><defs><{0}/></defs></svg>",
        '<{0} xmlns="&#104;ttp://www.w3.org/2000/svg"/>',
    ],
)
def test_what_runs_or_loads_is_refused(spelt: str) -> None:
    """However its namespace is spelt, and wherever it stands."""
    for name in ACTIVE:
        for word in (name, name.upper(), name.title()):
            problems = refused(svg(spelt.format(word)))
            assert {problem.code for problem in problems} <= {"active-svg", "bad-svg"}, word
            assert word != name or problems[0].code == "active-svg", word


@pytest.mark.parametrize("name", ["p", "svg", "g", "style", "title", "x"])
def test_nothing_of_another_language_stands(name: str) -> None:
    """XHTML and MathML are refused, whatever the element."""
    for space in (XHTML, "http://www.w3.org/1998/Math/MathML", "http://www.w3.org/2001/xml-events"):
        assert refused(svg(f'<{name} xmlns="{space}"/>'))[0].code == "active-svg"
    assert refused(svg(f'<{name} xmlns=""/>'))[0].code == "bad-svg"


@pytest.mark.parametrize(
    "inside",
    ["<script>x()</script>", '<i:y onload="x()"/>', '<g onload="x()"><h:p/></g>', "text<style>@import 'x'</style>"],
)
def test_what_editors_keep_is_left_out_whole(inside: str) -> None:
    """Nothing in it is rendered, so nothing in it is written."""
    for outer in ("i:x", "metadata"):
        assert cleaned(svg(f'<{outer} xmlns:i="urn:i">{inside}</{outer}><g/>')) == cleaned(svg("<g/>"))


ELSEWHERE = [
    "javascript:x()",
    "JavaScript:x()",
    " javascript:x()",
    "java&#9;script:x()",
    "java&#10;script:x()",
    "java&#x0a;script:x()",
    "&#106;avascript:x()",
    "&#1;javascript:x()",
    "vbscript:x()",
    "data:text/html,x",
    "data:image/svg+xml,x",
    "data:image/svg+xml;base64,PHN2Zy8+",
    "data:image/png;base64,PHN2Zy8+",
    "data:image/png,x",
    "DATA:image/png;base64,x",
    "https://a.example/",
    "//a.example",
    "/a",
    "a.svg",
    "a.svg#b",
    "",
    "#",
    " #a",
    "#a b",
    "#a#b",
    "?#a",
    ".",
    "blob:x",
    "file:///x",
    "mailto:a@example.org",
    "\\a",
    "#a\\b",
    "&#xa0;#a",
]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_no_link_leads_out_of_a_drawing(address: str) -> None:
    """On any element that can have one, under either name."""
    for element, name in product(
        ["a", "use", "image", "feImage", "linearGradient", "textPath", "pattern", "g"], ["href", "xlink:href"]
    ):
        refused(svg(f'<{element} {name}="{address}"/>'))


@pytest.mark.parametrize("value", ["https://a.example/", "javascript:", "#x", ""])
def test_no_base_is_set(value: str) -> None:
    """It would change where fragments lead."""
    assert refused(svg(f'<g xml:base="{value}"/>'))[0].code == "active-svg"


CSS = [
    "url(https://a.example/)",
    "url(//a)",
    "url(a.svg#b)",
    "url( 'a' )",
    'url("a")',
    "URL(a)",
    "\\75rl(a)",
    "u\\72 l(a)",
    "\\000075rl(a)",
    "u\\rl(a)",
    "/**/url(/*x*/a)",
    "url()",
    "url('')",
    "url(\\23 a b)",
    "url('#a' x)",
    'url("#a""b")',
    "image('a')",
    "image-set('a' 1x)",
    "-webkit-image-set(url(#a) 1x)",
    "IMAGE-SET('a')",
    "src('a')",
    "src(var(--a))",
    "attr(x)",
    "attr(href type(<url>))",
    "element(#a)",
    "-moz-element(#a)",
    "cross-fade('a')",
    "expression(x())",
    "paint(x)",
    "x(url(a))",
    "calc(url(a))",
    "var(--a, url(a))",
    "[url(a)]",
    "{url(a)}",
    "url(a",
    "url(a b)",
    "(((url(a)",
    "url(data:image/png;base64,x)",
    "url(\\javascript:x)",
    "url-prefix('a')",
]


@pytest.mark.parametrize("value", CSS)
def test_no_style_leads_out_of_a_drawing(value: str) -> None:
    """In a style sheet, a style attribute and every attribute of presentation."""
    text = value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;").replace("\n", "&#10;")
    for attribute in ("fill", "filter", "mask", "clip-path", "cursor", "marker-end", "transform"):
        refused(svg(f'<g {attribute}="{text}"/>'))
    refused(svg(f'<g style="fill: {text}"/>'))
    refused(svg(f'<g style="--a: {text}"/>'))
    for sheet in (text, f"a {{ fill: {text} }}", f"a:not({text}) {{}}", f"@media all {{ a {{ b: {text} }} }}"):
        refused(svg(f"<style>{sheet}</style>"))
    refused(svg(f"<style><![CDATA[a {{ fill: {value} }}]]></style>"))


@pytest.mark.parametrize(
    "rule",
    [
        "import 'a'",
        "import url(#a)",
        "\\69mport 'a'",
        "IMPORT 'a'",
        "i/**/mport 'a'",
        "font-face {}",
        "namespace url(a)",
        "charset 'utf-7'",
        "layer a",
        "property --a {}",
        "page {}",
        "container a {}",
        "-moz-document url(#a) {}",
        "font-feature-values a {}",
        "counter-style a {}",
        "keyframes a { to { opacity: 0 } }",
        "-webkit-keyframes a { to { opacity: 0 } }",
    ],
)
def test_no_rule_that_could_load_or_move_stands(rule: str) -> None:
    """Only those that choose between styles do."""
    assert refused(svg(f"<style>@{rule};</style>"))
    assert refused(svg(f"<style>@media all {{ @{rule} }}</style>"))
    assert refused(svg(f"<style>a{{}}<!-- x -->@<![CDATA[{rule}]]>;</style>"))


@pytest.mark.parametrize(
    "pieces",
    [
        "ur<!-- -->l(a)",
        "ur<![CDATA[l(a)]]>",
        "ur<?x?>l(a)",
        'ur<i:x xmlns:i="urn:i"/>l(a)',
        "&#117;rl(a)",
        "u&#x72;l(a)",
    ],
)
def test_a_style_sheet_is_judged_as_one_text(pieces: str) -> None:
    """A browser puts the pieces together, too."""
    refused(svg(f"<style>a {{ fill: {pieces} }}</style>"))


@pytest.mark.parametrize(
    "encoding",
    [
        "utf-7",
        "utf-32",
        "utf-32-le",
        "utf-32-be",
        "utf-16-le",
        "utf-16-be",
        "latin-1",
        "cp037",
        "cp500",
        "cp1252",
        "shift-jis",
    ],
)
def test_other_encodings_are_refused(encoding: str) -> None:
    """Declared or not, and in whatever they are written."""
    declared = svg("<g>é</g>", before=f'<?xml version="1.0" encoding="{encoding}"?>').decode()
    refused(declared.encode())
    refused(declared.encode(encoding, "replace"))
    if encoding not in ("utf-7", "shift-jis"):  # in which this is plain ASCII
        refused(svg("<g>é</g>").decode().encode(encoding, "replace"))


def test_utf_16_is_read_where_it_says_so() -> None:
    """With its mark; and what is declared may not differ."""
    text = svg("<text>é</text>").decode()
    assert (
        cleaned(("\ufeff" + text).encode("utf-16-le"))
        == cleaned(("\ufeff" + text).encode("utf-16-be"))
        == cleaned(text.encode())
    )
    assert cleaned(f'<?xml version="1.0" encoding="UTF-16"?>{text}'.encode("utf-16"))
    refused(f'<?xml version="1.0" encoding="UTF-8"?>{text}'.encode("utf-16"))
    refused(f'<?xml version="1.0" encoding="UTF-16"?>{text}'.encode())


LAUGHS = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))


@pytest.mark.parametrize(
    "inside",
    [
        '<!ENTITY l0 "ha">' + LAUGHS,
        '<!ENTITY x SYSTEM "file:///etc/passwd">',
        '<!ENTITY % x SYSTEM "http://127.0.0.1:1/x"> %x;',
        "",
        " ",
        '<!ATTLIST svg onload CDATA "x()">',
        '<!ENTITY x "&#60;script>x()&#60;/script>">',
        "<!ELEMENT svg ANY>",
        "<!-- x -->",
    ],
)
def test_declarations_of_its_own_are_refused(inside: str) -> None:
    """Before anything is read of them."""
    for kind in ("<!DOCTYPE svg [{}]>", '<!DOCTYPE svg SYSTEM "x.dtd" [{}]>', '<!DOCTYPE svg PUBLIC "a" "b" [{}]>'):
        (problem,) = refused(svg("&l9;&x;", before=kind.format(inside)))
        assert problem.code == "active-svg"


def test_a_public_document_type_is_dropped() -> None:
    """Nothing is fetched, and its entities are unknown."""
    before = '<?xml version="1.0" standalone="no"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"\n "http://127.0.0.1:1/x.dtd">\n'
    assert cleaned(svg("<g/>", before=before)) == cleaned(svg("<g/>"))
    (problem,) = refused(svg("<text>a&nbsp;b</text>", before=before))
    assert (problem.code, problem.line) == ("bad-svg", 4)
    assert problem.excerpt[problem.column - 1 :].startswith("&nbsp;")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (svg("<g>" * 100_000), f"more than {DEEPEST} deep"),
        (svg("<style>a{" + "(" * 50_000 + "</style>"), "brackets lie in brackets"),
        (svg('<g style="' + "f(" * 20_000 + '"/>'), "cannot stand"),
        (b" " * (LARGEST + 1), "more than 10,000,000 bytes"),
        (svg('<g onload="x()"/>' * 50_000), f"than the {MOST} things"),
        (b"", "not well-formed"),
        (b"\0" * 9, "neither UTF-8 nor UTF-16"),
        (b"<html/>", "not how a drawing begins"),
        (b"<svg/>", "not how a drawing begins"),
    ],
    ids=range(9),
)
def test_huge_and_broken_files_are_refused_at_once(data: bytes, said: str) -> None:
    """With a place where there is one, and not with ten thousand messages."""
    problems = refused(data)
    assert any(said in problem.message for problem in problems)
    assert len(problems) <= MOST + 1


@pytest.mark.slow
@pytest.mark.parametrize("path", ["M1 1" * 200_000, "&#10;" * 200_000, "&quot;&lt;" * 100_000])
def test_much_is_read_in_a_moment(path: str) -> None:
    """A megabyte of anything but styles, which cost more than all else and have a bound of their own."""
    assert isinstance(drawing("a.svg", svg(f'<path d="{path}"/>')), Drawing)
    assert isinstance(drawing("a.svg", svg(f"<text>{path}</text>")), Drawing)


@pytest.mark.slow
def test_styles_and_attributes_are_bounded() -> None:
    """Far above what programs write."""
    assert isinstance(drawing("a.svg", svg(f"<style>{'a{b:c}' * 16_000}</style>")), Drawing)
    message = "the drawing has more than 100,000 characters of styles"
    assert refused(svg(f"<style>{'a{b:c}' * 17_000}</style>"))[0].message == message
    assert refused(svg("<g style='a: calc(1)'/>" * 11_000))[0].message == message
    many = " ".join(f'data-{number}="x"' for number in range(60_000))
    assert refused(svg(f"<g {many}/>"))[0].message == "<g> has more than 200 attributes"


def test_all_problems_are_told_at_once_and_at_their_places() -> None:
    """Also after characters of several bytes, and within a style sheet of several pieces."""
    style = "<style>/* é */<![CDATA[\n é { a: url(b) }]]>\n</style>"
    text = f'<svg xmlns="{SVG}">\n<text>日本é</text><g onclick="x()"/>\n{style}\n<Rect/></svg>'
    problems = refused(text.replace("\n", "\r\n").encode())
    lines = text.split("\n")
    found = [lines[problem.line - 1][problem.column - 1 :] for problem in problems]
    assert [at[:4] for at in found] == ["oncl", "url(", "<Rec"]
    assert [problem.excerpt for problem in problems] == [lines[problem.line - 1] for problem in problems]


NAMES = st.sampled_from(sorted(ELEMENTS) + ACTIVE + ["metadata", "flowRoot", "svg:g", "h:p", "i:x", "SCRIPT"])
ATTRIBUTES = st.sampled_from(
    [
        "id",
        "class",
        "style",
        "fill",
        "href",
        "xlink:href",
        "xlink:title",
        "onload",
        "i:x",
        "xml:base",
        "xml:space",
        "d",
        "transform",
        "type",
        "filter",
        "mask",
        "xmlns",
        "xmlns:i",
        "xmlns:svg",
        "data-x",
        "aria-label",
        "content",
        "width",
        "viewBox",
        "foo",
    ]
)
VALUES = st.sampled_from(
    [
        *ELSEWHERE,
        *CSS,
        "#a",
        "url(#a)",
        "red",
        "translate(1)",
        SVG,
        XHTML,
        "urn:i",
        "a: b",
        f"data:image/png;base64,{PNG}",
    ]
)
TEXTS = st.sampled_from(
    [
        "x",
        "a{b:c}",
        "@import 'x';",
        "]]&gt;",
        "&amp;lt;script&gt;",
        "&lt;/style&gt;&lt;script&gt;",
        "<![CDATA[</style><script>]]>",
    ]
)


@st.composite
def elements(draw: st.DrawFn, depth: int = 3) -> str:
    name = draw(NAMES)
    given = draw(st.dictionaries(ATTRIBUTES, VALUES | st.text("#a:(url)\\/ ;'{}@", max_size=12), max_size=3))
    pairs = "".join(f' {key}="{value.replace(chr(34), "&quot;").replace("<", "&lt;")}"' for key, value in given.items())
    inner = draw(st.lists(elements(depth=depth - 1) | TEXTS, max_size=3)) if depth else []
    return f"<{name}{pairs}>{''.join(inner)}</{name}>"


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.too_slow])  # on a busy machine
@given(st.lists(elements(), min_size=1, max_size=4))
def test_whatever_is_published_is_harmless(inside: list[str]) -> None:
    """Another parser, with lists of its own, finds nothing in it; and what is refused has a place."""
    data = svg("".join(inside), 'xmlns:i="urn:i"')
    found = drawing("a.svg", data)
    if isinstance(found, Drawing):
        assert_harmless(found.data)
        assert drawing("a.svg", found.data) == found
    else:
        assert all(problem.line > 0 for problem in found)


@pytest.mark.slow
@example(b"\\1")
@example(b"a{b:\\ffff x}")
@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(str.encode)
    | st.text("<>&;![]-?svg\"'=/ \n", max_size=80).map(str.encode)
)
def test_no_bytes_end_in_a_traceback(data: bytes) -> None:
    """By themselves, and within a drawing."""
    for whole in (
        data,
        svg().replace(b"</svg>", data + b"</svg>"),
        svg("<style>").replace(b"</svg>", data + b"</style></svg>"),
    ):
        found = drawing("a.svg", whole)
        if isinstance(found, Drawing):
            assert_harmless(found.data)
        else:
            assert all(problem.as_text() for problem in found)


# --- what is benign ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", sorted((Path(__file__).parent / "drawings").glob("*.svg")), ids=lambda file: file.stem)
def test_what_programs_draw_is_published(file: Path) -> None:
    """Whole: no element that is drawn is missing. How it looks is tested in a browser."""
    shown = re.compile(r"<(?:svg:)?(path|rect|circle|ellipse|polygon|text|tspan|use|image|stop|pattern|marker)\b")
    text = file.read_text("utf-8")
    assert shown.findall(cleaned(text.encode())) == shown.findall(text)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="8" height="6"', (8, 6)),
        ('width="8px" height="6.4px"', (8, 6)),
        ('width="72pt" height="1in"', (96, 96)),
        ('width="25.4mm" height="2.54cm"', (96, 96)),
        ('width="8PX" height="24q"', (8, 23)),
        ('width="8e1" height="60.0E-1px"', (80, 6)),
        ('style="width:40px; height: 20px" viewBox="0 0 4 2"', (40, 20)),
        ('width="8" height="6" style="max-width:4px;height:12px"', (8, 12)),
        ('width="8em" height="6ex" viewBox="0 0 8 6"', (8, 6)),
        ('width="100%" height="100%" viewBox="0 0 8 6"', (8, 6)),
        ('viewBox="0,0,8,6"', (8, 6)),
        ('width="16" viewBox="0 0 8 6"', (16, 12)),
        ('height="3" viewBox="0 0 8 6"', (4, 3)),
        ("", None),
        ('width="8"', None),
        ('width="0" height="6"', None),
        ('width="-8" height="6"', None),
        ('width="1e9" height="6"', None),
        ('width="1000000000" height="6"', None),
        ('width="000000008" height="6"', (8, 6)),
        (f'width="{"9" * 5000}" height="6"', None),
        ('width="nan" height="inf" viewBox="0 0 x y"', None),
        ('width="8" height="6" viewBox="0 0 0 0"', (8, 6)),
    ],
)
def test_the_size_is_what_the_root_says(attributes: str, size: tuple[int, int] | None) -> None:
    """In pixels; by the view where there is no size, and nothing where a number cannot be believed."""
    found = drawing("a.svg", svg(attributes=attributes))
    assert isinstance(found, Drawing)
    assert found.size == size


@pytest.mark.parametrize(
    "inside",
    [
        '<g fill="none" style="font-family:\'A B\'" transform="rotate(-3)"><path d="M1"/></g>',
        '<use xlink:href="#a" href="#a" clip-path="url(#a)" filter="url(#a_1.b:c-d)" mask="url(&quot;#a&quot;)"/>',
        f'<image xlink:href="data:image/png;base64,{PNG}" width="4" height="4"/>',
        '<style>.a, #b > c.d:hover { fill: rgb(1 2 3 / 50%); content: "x" } @media (min-width: 3px) {}</style>',
        '<text xml:space="preserve" text-anchor="end">a &amp; b &lt; c<tspan dx="1">日本</tspan></text>',
        '<linearGradient id="a"><stop stop-color="red"/></linearGradient><filter><feBlend in="a"/></filter>',
        '<a href="#a"><circle r="1" role="img" aria-label="a (b)" data-name="c" tabindex="0"/></a>',
        "<title>A</title><desc>B</desc><switch><g systemLanguage='de'/></switch>",
    ],
)
def test_what_stands_still_stays_as_it_is(inside: str) -> None:
    """Element by element, attribute by attribute, in order."""

    def told(data: str | bytes) -> list[tuple[object, ...]]:
        root = etree.fromstring(data)
        return [
            (node.tag, *node.attrib.items(), (node.text or "").strip(), (node.tail or "").strip())
            for node in root.iter()
        ]

    assert told(cleaned(svg(inside)).encode()) == told(svg(inside))


def test_the_same_drawing_gives_the_same_bytes() -> None:
    """In UTF-8, with the two namespaces and no others, and a line end at its end."""
    before = "<!-- Made by an editor -->\r\n"
    inside = '<svg:g xmlns:i="urn:i" i:label="Layer" svg:x=""/>'
    assert refused(svg(inside))[0].code == "active-svg"
    inside = '<svg:g xmlns:i="urn:i" i:label="Layer"><i:view/><!-- x --><svg:path d="M1&#10;1"/></svg:g>\r\n'
    assert cleaned(svg(inside, before=before)) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="{SVG}" xmlns:xlink="{XLINK}"><g><path d="M1&#10;1"/></g>\n</svg>\n'
    )


def codes(data: bytes) -> list[str]:
    """What a drawing is refused for."""
    found = drawing("a.svg", data)
    return [] if isinstance(found, Drawing) else [problem.code for problem in found]


def test_a_document_type_cannot_hide_another() -> None:
    """One in whose address stands what looks like its beginning left a part of itself, with entities, behind."""
    hidden = '<!DOCTYPE svg SYSTEM "<!DOCTYPE>"><?p " [<!ENTITY x "hello">]><?p ?>'
    assert codes(f'{hidden}<svg xmlns="http://www.w3.org/2000/svg">&x;</svg>'.encode()) == ["active-svg"]


def nested(inside: str, reference: str, levels: int, times: int) -> str:
    """Parts that refer to each other, each so many times to the one before."""
    first = inside.format(id=0, more='<rect width="1" height="1"/>')
    rest = (inside.format(id=level, more=reference.format(id=level - 1) * times) for level in range(1, levels))
    return f"<defs>{first}{''.join(rest)}</defs>{reference.format(id=levels - 1)}"


GROUP, PATTERN = '<g id="a{id}">{more}</g>', '<pattern id="a{id}" width="1" height="1">{more}</pattern>'


@pytest.mark.parametrize(
    ("inside", "reference"),
    [
        (GROUP, '<use href="#a{id}"/>'),
        (GROUP, '<use xlink:href="#a{id}"/>'),
        (PATTERN, '<rect width="9" height="9" fill="url(#a{id})"/>'),
        (PATTERN, '<rect width="9" height="9" style="fill: url(#a{id})"/>'),
        (PATTERN.replace("pattern", "mask"), '<rect width="9" height="9" mask="url(#a{id})"/>'),
        (PATTERN.replace("pattern", "marker"), '<path d="M0 0h9" marker-end="url(#a{id})"/>'),
        (PATTERN.replace("pattern", "symbol"), '<use href="#a{id}"/>'),
        (GROUP, '<use href="#%61{id}"/>'),
        (PATTERN.replace("pattern", "mask"), """<rect width="9" height="9" mask='URL("#a{id}")'/>"""),
        (GROUP, '<style>#u{id} {{ mask: url(#a{id}) }}</style><rect width="9" height="9" id="u{id}"/>'),
        (GROUP, '<style>g > .u{id}:hover {{ fill: url(#a{id}) }}</style><g><rect class="x u{id}"/></g>'),
    ],
)
def test_a_drawing_cannot_grow_without_end(inside: str, reference: str) -> None:
    """A kilobyte whose parts refer to each other ten times each would never be drawn; a few of them are no harm."""
    root = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'
    assert codes(root.format(nested(inside, reference, 8, 10)).encode()) == ["bad-svg"]
    assert codes(root.format(nested(inside, reference, 80, 1)).encode()) == []
    assert codes(root.format(nested(inside, reference, 3, 10)).encode()) == []


SLOW_SELECTORS = [
    *("a ~ b", "a+b", "a || b", "a:not(b)", ":is(a, b)", ":where(:where(:not(*) a) a) a", "b:has(a)", "a:nth-child(2)"),
    *(
        "a:empty",
        "a:only-child",
        "a:lang(de)",
        "a::before",
        "a::part(x)",
        ":host a",
        "& b",
        "a &",
        "&",
        "a|b",
        "*|*",
        "|a",
    ),
    *(
        "[data-x]",
        '[data-x*="1"]',
        "a[b]",
        "a b c d e",
        "a > b > c > d > e",
        "a > b c d > e",
        ".a.b.c.d.e.f.g",
        "a.b.c.d.e.f.g",
    ),
    *(
        "",
        " ",
        ",a",
        "a,",
        "a,,b",
        "> a",
        "a >",
        "a > > b",
        "a..b",
        ".",
        "#",
        "a#",
        ":",
        "a:",
        "a/**/b",
        "a;b",
        "<!-- a",
        "1",
        "a!",
        "(a)",
    ),
]
PLAIN_SELECTORS = [
    *(
        "*",
        "a",
        ".a",
        "#a",
        "a.b#c:hover",
        ".a.b.c.d.e.f",
        "*.a",
        "a , .b,#c",
        "a b c d",
        "a>b > c d",
        " a ",
        "a/**/.b",
    ),
    *("text:first-child", ":root", "g:LAST-child", ".\u00e9 a", ".a\\.b", "a\nb\t>c"),
]


@pytest.mark.parametrize("selector", SLOW_SELECTORS)
def test_no_selector_has_a_browser_look_around(selector: str) -> None:
    """Only types, classes, ids and a few states stand, and few of them: others have a browser go through all elements
    that one is in or beside, for each, and again for each bracket; and what stands within a rule repeats its selector.
    """
    for rule in (
        "{0} {{ width: 1px }}",
        "@media print {{ {0} {{ width: 1px }} }}",
        "a, {0} {{}}",
        "a {{ {0} {{ x: y }} }}",
    ):
        said = rule.format(selector)
        found = codes(svg(f"<style><![CDATA[{said}]]></style>"))
        assert {*found} in ({"bad-svg"}, {"active-svg"}), said


@pytest.mark.parametrize("selector", PLAIN_SELECTORS)
def test_plain_selectors_stand(selector: str) -> None:
    """As programs write them, and people."""
    for rule in ("{0} {{ width: calc(1px + 2px) }}", "@media print {{ {0} {{ fill: red }} a {{}} }}", "a, {0} {{}}"):
        assert codes(svg(f"<style><![CDATA[{rule.format(selector)}]]></style>")) == []


@pytest.mark.parametrize(
    "inside", ["b { fill: red }", "fill: red; & b { fill: red }", "@media all { fill: red }", "{}"]
)
def test_no_rule_stands_within_another(inside: str) -> None:
    """It is told at its place."""
    (problem, *_) = refused(svg(f"<style><![CDATA[a {{ {inside} }}]]></style>"))
    assert problem.message == "a rule stands within another"
    assert problem.excerpt[problem.column - 1] in "{@"


@pytest.mark.slow
def test_styles_are_tried_with_every_copy() -> None:
    """A few hundred selectors are few, and so are thousands of shapes; not the ones with the others."""
    sheet = f"<style>{','.join(['.a b'] * 300)} {{ fill: red }}</style>"
    shapes, copy = '<g id="g">' + "<a/>" * 1000 + "</g>", '<use href="#g"/>'
    assert codes(svg(f"{sheet}{shapes}{copy * 30}")) == []
    assert codes(svg(f"{sheet}{shapes}{copy * 40}")) == ["bad-svg"]
    assert codes(svg(f"{shapes}{copy * 40}")) == []
    classes = "".join(f".c{one} {{ fill: red }}" for one in range(2000))
    assert codes(svg(f"<style>{classes}</style>{shapes}{copy * 40}")) == []
    assert codes(svg(f"<style>{classes * 2}</style>{shapes}{copy * 40}")) == ["bad-svg"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sheet", "depth", "most"),
    [
        (".a.b.c.d.e.f {}", 1, 20_000),  # each class is looked for
        ("a b {}", 1, 20_000),  # and so is each element that another is in, of which there are at least three
        ("a b {}", 100, 1_160),
        ("a > .b {}", 100, 60_000),  # but not the one that it is in at once
        ("@media all { a .b {} }", 100, 1_160),
        ("a{} b .c{}", 100, 1_160),  # a class behind another sign is no rule for one class
    ],
)
def test_a_selector_counts_by_what_it_asks(sheet: str, depth: int, most: int) -> None:
    """Not by where it begins and ends: a hundred such, each with so many elements, and not with twice as many."""
    for count, found in ((most // 2 - 200, []), (most * 2, ["bad-svg"])):
        shapes = "<g>" * depth + "<a/>" * count + "</g>" * depth
        assert codes(svg(f"<style>{sheet * (500 if depth == 1 else 250)}</style>{shapes}")) == found


def test_filters_that_take_long_are_few() -> None:
    """Also where their numbers are as large as what is drawn; and one whose radius grows with its scale is refused."""
    matrix = '<feConvolveMatrix order="5"/>'
    for count in (7, 8):
        made = svg(f'<filter id="f">{matrix * count}</filter><path d="M0 0" filter="url(#f)"/>')
        assert codes(made) == ["bad-svg"] * (count > 7)
    for units in ("userSpaceOnUse", "objectBoundingBox"):
        assert codes(svg(f'<filter primitiveUnits="{units}"/>')) == ["bad-svg"] * (units != "userSpaceOnUse")
    (problem,) = refused(svg('<filter id="f"><feMorphology radius="1"/></filter>'))
    assert problem.message.startswith("<feMorphology> is not part")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<g fill="url(#a{id})">', "</g>"),
        ('<g style="stroke: url(#a{id})"><g>', "</g></g>"),
        ('<g mask="url(#a{id})"><g mask="Inherit">', "</g></g>"),
    ],
)
def test_what_is_inherited_is_drawn_for_each_that_inherits(before: str, after: str) -> None:
    """Ten shapes that take a pattern from around them draw it ten times."""
    ten = '<rect width="9" height="9"/>' * 10
    parts = [f'<pattern id="a{level}">{before.format(id=level - 1)}{ten}{after}</pattern>' for level in range(1, 8)]
    root = f'<svg xmlns="http://www.w3.org/2000/svg"><pattern id="a0">{ten}</pattern>{{}}{ten}</svg>'
    assert codes(root.format("".join(parts)).encode()) == ["bad-svg"]
    assert codes(root.format("".join(parts[:2])).encode()) == []


def levels(one: str, first: str, count: int = 8) -> str:
    """Parts that each refer to the next, and what refers to the first; `@` is the number of a part, `!` the next."""
    parts = (one.replace("@", str(number)).replace("!", str(number + 1)) for number in range(count))
    return "".join(parts) + first


RECT, PATH, LONG = '<rect width="3" height="3"/>' * 10, '<path d="M0 0 1 1"/>' * 10, "l1 1" * 100
MANY = ",".join(["url(#a!)"] * 10)


def masks(attribute: str) -> str:
    return '<mask id="a@">' + f'<rect width="9" height="9" {attribute}/>' * 10 + "</mask>"


INHERITED = masks('mask="inherit"')


@pytest.mark.parametrize(
    "inside",
    [
        levels(f'<g fill="url(#a!)"><pattern id="a@">{RECT}</pattern></g>', '<rect fill="url(#a0)"/>'),
        levels(f'<g marker="url(#a!)"><marker id="a@">{PATH}</marker></g>', '<path d="M0 0 1 1" marker="url(#a0)"/>'),
        levels('<marker id="a@"><path d="M0 0 1 1" marker-mid="url(#a!)"/></marker>', "", 8).replace("0 0 1 1", LONG),
        levels('<marker id="a@"><path d="M0 0L1 1" style="marker:url(#a!)"/></marker>', "", 30),
        levels('<pattern id="a@"><rect fill="url(#a!)" stroke="url(#a!)"/></pattern>', "", 30),
        levels(f'<mask id="a@"><rect style="mask-image:{MANY}"/></mask>', ""),
        "<g style='" + levels("--a@:url(#a@);", "'>") + levels(masks('style="mask:var(--a!)"'), "</g>"),
        levels('<marker id="a@"><line x2="1" y2="1" style="marker:url(#a!)"/></marker>', "", 30),
        levels('<marker id="a@"><line x2="1" marker-start="url(#a!)" marker-end="url(#a!)"/></marker>', "", 30),
        '<marker id="m">' + RECT * 20 + '</marker><polyline marker-mid="url(#m)" points="' + "1 1 " * 900 + '"/>',
        '<marker id="m">' + RECT * 20 + '</marker><path marker-mid="url(#m)" d="M0 0' + "h1v1" * 450 + '"/>',
        "<style>*{mask:inherit}</style>" + levels(masks("").replace("<mask ", '<mask mask="url(#a!)" '), ""),
        "<style>" + levels(".a\u00a0@{mask:url(#a@)}", "</style>", 9) + levels(masks('class="a\u00a0!"'), ""),
        levels(f'<g mask="url(#a!)">{INHERITED}</g>', '<rect mask="url(#a0)"/>'),
    ],
)
def test_a_drawing_grows_by_nothing_that_css_has(inside: str) -> None:
    """What the place around a part passes on to it, vertices, several properties and values, variables, and names of
    classes with spaces in them that are none.
    """
    assert codes(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode()) != []


@pytest.mark.parametrize(
    "css",
    [
        "mask:{0},{0}",
        "mask-image: linear-gradient(red,blue),{0},{0}",
        "filter: {0} {0}",
        "--x: {0}",
        "--x:red;fill:var(--x);stroke:{0}",
        "fill:red;/**/--x/**/:{0}",
        "text-shadow: 0 0 9px red;fill:{0}",
        "filter: saturate(.9) {0}",
        "fill: context-fill; stroke: {0}",
        "fill: context-\\66ill {0}",
    ],
)
@pytest.mark.parametrize("reference", ["url(#a)", "URL(#a)", 'url( "#a" )', "u\\72l(#a)"])
def test_one_declaration_draws_one_thing(css: str, reference: str) -> None:
    """Several at once, or a name for them that stands in many places, would be drawn without being counted."""
    said = css.format(reference)
    sheet = f"<style>.a{{{said}}}</style>"
    nested = f"<style>.a{{.b &amp;{{{said}}}}}</style>"
    for inside in (sheet, nested, f"<g style='{said}'/>", f"<g style='x:\";\";{said}'/>"):
        assert codes(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode()) != []
    assert codes(b'<svg xmlns="http://www.w3.org/2000/svg"><g style="fill:red;stroke:url(#a)"/></svg>') == []


CSS = ["fill", "mask", "marker", ":", ";", "url(#a)", "url(#b)", '"', "'", "/*", "*/", " ", "a", "--x", "var(--x)"]


@given(
    st.lists(
        st.sampled_from(
            [*CSS, "rgb(1,2)", "{", "}", "\\", "!important", ",", "\n", "[", "]", "(", ")", "@a", "\r", "\f"]
        )
    )
)
def test_plain_styles_are_read_as_any_other(pieces: list[str]) -> None:
    """Without a tokenizer, no reference of a declaration is missed."""
    css = "".join(pieces)
    if (plain := svg_css._plainly(css)) is not None:
        said = [(one.property, one.id) for one in svg_css.references(css)]
        assert said == [(name, id) for name, ids in plain for id in ids]
        found = tinycss2.parse_declaration_list(css, skip_comments=True, skip_whitespace=True)
        assert [one for one in found if one.type == "at-rule"] == []
        read = [(one.lower_name, id) for one in found if one.type == "declaration" for id in svg_css._ids(one.value)]
        assert Counter(read) <= Counter(said)


@pytest.mark.parametrize(
    "inside",
    [
        '<g id="a"><use href="#a"/></g>',
        '<mask id="a"><rect mask="url(#b)"/></mask><mask id="b"><rect mask="url(#a)"/></mask>',
        '<style>* { fill: url(#a); stroke: url(#b) }</style><pattern id="a"><g/></pattern><pattern id="b">'
        + "<g/>" * 400
        + "</pattern>",
        '<style>.a { .b + & { fill: url(#a) } }</style><pattern id="a">' + "<g/>" * 400 + "</pattern>",
    ],
)
def test_what_has_no_end_is_refused(inside: str) -> None:
    """Parts that lead back to themselves, and styles of which it is not known how often they are drawn."""
    assert codes(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode()) == ["bad-svg"]


def squared(size: int) -> str:
    """Each part draws the one before for each element of its own, of which there are as many."""
    parts = (f'<g id="a{one}" mask="url(#a{one - 1})" fill="url(#a{one - 1})"/>' for one in range(1, size))
    return '<g id="a0"><rect/><rect/><rect/></g>' + "".join(parts)


def sheet_of(size: int, selector: str, declaration: str) -> str:
    """A style sheet whose rule has as many selectors as references."""
    selectors = ",".join(selector.replace("@", str(one)) for one in range(size))
    declarations = "".join(declaration.replace("@", str(one)) for one in range(size))
    parts = "".join(f'<g id="a{one}"><rect/></g>' for one in range(size))
    return f"<style>{selectors}{{{declarations}}}</style>{parts}"


@pytest.mark.slow
@pytest.mark.parametrize(
    "made",
    [
        squared,
        lambda size: sheet_of(size, ".a@", "fill:url(#a0);"),
        lambda size: sheet_of(size, ".a@", "--x@:url(#a@);"),
        lambda size: sheet_of(size, "rect", "--x@:url(#a0);"),
        lambda size: "<style>" + "*{fill:url(#a9)}" * size + "</style>" + squared(10),
        lambda size: '<linearGradient id="a"/>' + '<g fill="url(#a)"/>' * size,
        lambda size: f"""<linearGradient id="a"/><g style='font:"a;b";{"fill:url(#a);" * size}'/>""",
        lambda size: "".join(f'<linearGradient id="a{one}" href="#a{one - 1}"/>' for one in range(size)),
        lambda size: "<filter>" + '<feBlend in="a" in2="a" result="a"/>' * size + "</filter>",
        lambda size: f'<g class="{"mask:" * size}"/>',
        lambda size: f'<g style="{"mask:" * size}"/>',
        lambda size: f'<g data-x="{"all:" * size}" aria-label="{"all:inherit" * size}"/>',
        lambda size: "<style>" + "mask:" * size + "</style>",
        lambda size: f'<path d="{"maskall" * size}"/>',
    ],
)
def test_what_is_drawn_is_counted_in_linear_time(made: Callable[[int], str]) -> None:
    """However much it would be: the count of a kilobyte can have more digits than there is memory for."""

    def whole(size: int) -> bytes:
        return f'<svg xmlns="http://www.w3.org/2000/svg">{made(size)}</svg>'.encode()

    assert_bounded(whole, codes, start=100, most=20_000)


@pytest.mark.parametrize(
    "reference", ['<use href="#%E0"/>', '<rect mask="url(#%E0)"/>', '<rect style="fill:url(#%E0)"/>']
)
def test_an_address_that_is_read_in_two_ways_is_refused(reference: str) -> None:
    """Browsers take escapes that are not UTF-8 for another encoding."""
    made = '<svg xmlns="http://www.w3.org/2000/svg"><g id="\u00e0"/>{}</svg>'
    assert codes(made.format(reference).encode()) == ["active-svg"]
    assert codes(made.format(reference.replace("%E0", "%C3%A0")).encode()) == []


@pytest.mark.parametrize(
    "inside", ["<path style=\"d:path('M0 0 1 1')\"/>", "<style>path { d: path('M0 0 1 1') }</style>"]
)
def test_styles_bring_no_vertices(inside: str) -> None:
    """What stands at each of them could not be counted."""
    assert codes(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode()) == ["active-svg"]


@pytest.mark.slow
def test_rules_and_elements_are_counted_in_linear_time() -> None:
    """Many of both, where each element would draw something for each rule."""

    def made(size: int) -> bytes:
        rules = "".join(f".a{{fill:url(#p{number})}}" for number in range(size))
        parts = "".join(f'<pattern id="p{number}"/>' for number in range(size))
        elements = '<g class="a"/>' * size
        return f'<svg xmlns="http://www.w3.org/2000/svg"><style>{rules}</style>{parts}{elements}</svg>'.encode()

    assert_bounded(made, codes, start=100, most=4000)


def test_what_leads_somewhere_only_is_not_drawn_there() -> None:
    """Links within a drawing, and gradients that take the colours of others."""
    inside = (
        '<g id="a"><a href="#a"><rect/></a></g><linearGradient id="b"/><linearGradient id="c" href="#b"/>'
        "<style>.c { fill: url(#c) } rect, .d .e { fill: url(#b) }</style>" + '<rect class="c"/>' * 2000
    )
    assert codes(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode()) == []


@pytest.mark.parametrize(
    "primitive",
    [
        '<feTurbulence numOctaves="100000"/>',
        '<feConvolveMatrix order="6" kernelMatrix="1"/>',
        "<feOffset/>" + '<feComposite in2="SourceGraphic"/><feBlend/>' * 20 + "<desc><feFlood/></desc>",
        "<filter/><feOffset/>" + '<feComposite in2="SourceGraphic"/><feBlend/>' * 20,
        "<feOffset/>" * 51,
        "".join(f'<feOffset in="r{n}" result="q"/><feBlend in="q" in2="r{n}" result="r{n + 1}"/>' for n in range(20)),
        "<feOffset/>" + '<feComposite in2="SourceGraphic"/><feBlend/>' * 20,
        '<feOffset result="a"/>' + ('<feMerge result="a">' + '<feMergeNode in="a"/>' * 10 + "</feMerge>") * 8,
        "<feOffset/>" + ("<feMerge>" + "<feMergeNode/>" * 10 + "</feMerge>") * 8,
    ],
)
def test_a_filter_takes_no_time(primitive: str) -> None:
    """Its numbers are bounded, and so is how often its steps take each other up."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><filter id="f">{primitive}</filter><g filter="url(#f)"/></svg>'
    assert codes(svg.encode()) == ["bad-svg"]


SHADOW = (
    '<filter id="f"><feGaussianBlur in="SourceAlpha" stdDeviation="3"/><feOffset dx="2" dy="2" result="blurred"/>'
    '<feMerge><feMergeNode/><feMergeNode in="SourceGraphic"/></feMerge></filter>'
)


BLUR = '<filter id="f"><feOffset/></filter>'


@pytest.mark.parametrize("made", [BLUR, SHADOW])
def test_so_many_shapes_are_filtered(made: str) -> None:
    """Some thirty, whatever the steps, because each takes as long as its area is large; copies are counted."""
    box = '<rect width="9" height="9" filter="url(#f)"/>'
    for inside, many, few in (
        ("@", box, 30),
        ("<style>.a { filter: url(#f) }</style>@", box.replace('filter="url(#f)"', 'class="a"'), 30),
        (f'<g id="g">{box}</g>@', '<use href="#g"/>', 28),
        (f'<pattern id="g">{box * 10}</pattern>@', '<path fill="url(#g)" d=""/>', 2),
        (f'<marker id="g">{box * 10}</marker>@', '<path marker-end="url(#g)" d="M0 0"/>', 2),
    ):
        for count, found in ((few, []), (few + 10, ["bad-svg"])):
            assert codes(svg(made + inside.replace("@", many * count))) == found
    assert codes(svg(made.replace('"f"', '"unused"') * 100)) == []


def copies(inside: str, count: int, before: str = "") -> list[str]:
    """What is said of a group, drawn so many times by way of another."""
    ten, tens = '<use href="#a"/>' * 10, '<use href="#b"/>' * (count // 10)
    return codes(svg(f'{before}<g id="a">{inside}</g><g id="b">{ten}</g>{tens}'))


GRADIENT = '<radialGradient id="r"><stop/></radialGradient>'


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "inside"),
    [
        ("", '<g opacity=".9"/>'),
        ("", '<g style="fill:red;Opacity/**/: 50%"/>'),
        ("", '<g style="mix-blend-mode:multiply"/>'),
        ("", '<g style="-webkit-mask-image:url(#r)"/>'),
        ("", '<g style="all:inherit"/>'),
        ("", '<g mask="url(#m)"/>'),
        ("<style>rect { opacity: .5 }</style>", "<rect/>"),
        ("<style>.a, .b { fill: red; opacity: .5 }</style>", '<rect class="b"/>'),
        ("<style>@media all { * { opacity: .5 } }</style>", "<rect/>"),
        (GRADIENT, '<rect fill="url(#r)"/>'),
        (GRADIENT, '<g fill="url(#r)"><rect/></g>'),
        (GRADIENT + "<style>.a { stroke: url(#r) }</style>", '<rect class="a"/>'),
        (GRADIENT + "<style>* { fill: url(#r) }</style>", ""),
    ],
)
def test_layers_and_gradients_count_for_more_where_they_are_copied(before: str, inside: str) -> None:
    """A browser paints the whole area of each; so many as there are elements in a file are no harm."""
    assert copies(inside, 1_000, before) == []
    assert copies(inside, 6_000, before) == ["bad-svg"]
    assert copies("<rect/>", 6_000) == []
    assert codes(svg(before + inside * 6_000)) == [] or before.endswith("<style>* { fill: url(#r) }</style>")


@pytest.mark.slow
@pytest.mark.parametrize(
    "style", ["opacity:1", "fill-opacity:.5", "opacity: 1.0;mask:none", "mix-blend-mode:normal", "mask-type:alpha"]
)
def test_what_is_no_layer_counts_as_any_shape(style: str) -> None:
    """Editors write it for every shape."""
    assert copies(f'<rect style="{style}"/>', 20_000) == []


def test_copies_draw_as_much_as_a_file_could_hold() -> None:
    """A polygon of thousands of edges, a few times; and what a plot consists of, which is a marker for each point."""
    polygon = '<polygon points="{}"/>'.format("137 582 867 64 " * 5_600)
    assert copies(polygon, 20) == ["bad-svg"]
    assert codes(svg(polygon * 16)) == []
    marker = '<path d="M 0 3 {}z"/>'.format("C 0.795609 3 1.55874 2.683901 2.12132 2.12132 " * 8)
    assert copies(marker, 2_500) == []


@pytest.mark.parametrize("apart", ['rotate="1"', 'x="1 2"', 'dy="1,2"', 'textLength="9"'])
def test_letters_that_stand_apart_are_drawn_one_by_one(apart: str) -> None:
    """Each with the pattern that fills them."""
    pattern = '<pattern id="p">' + "<path d=''/>" * 100 + "</pattern>"
    for count, found in ((1_000, []), (2_000, ["bad-svg"])):
        letters = "x" * count
        for text in (f"<text {apart}>{letters}</text>", f"<text {apart}><tspan>{letters}</tspan></text>"):
            assert codes(svg(f'{pattern}<g fill="url(#p)">{text}</g>')) == found
    assert codes(svg(f'{pattern}<g fill="url(#p)"><text x="1" y="1">{letters}</text></g>')) == []
    assert codes(svg(f"<text {apart}>{letters * 20}</text>")) == []
    assert codes(svg(f'{pattern}<g fill="url(#p)"><text><textPath href="#a">{letters}</textPath></text></g>')) == [
        "bad-svg"
    ]


def test_pictures_have_so_many_pixels() -> None:
    """All that are in a drawing: a few kilobytes can say that they are a hundred megapixels."""

    def picture(width: int, height: int) -> str:
        head = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height) + bytes(20)
        return f'<image href="data:image/png;base64,{base64.b64encode(head).decode()}"/>'

    for large in (picture(16_000, 16_000), picture(10_000, 10_001), picture(8_000, 8_000) * 2, picture(2**31, 2**31)):
        (problem,) = refused(svg("\n" + large))
        assert (problem.code, problem.line) == ("bad-svg", 2)
        assert problem.message.endswith("more than 100,000,000 pixels")
        assert problem.excerpt[problem.column - 1 :].startswith("href")
    assert codes(svg(picture(10_000, 10_000))) == []
    jpeg = b"\xff\xd8\xff\xe1\x00\x04ab\xff\xc0\x00\x11\x08" + struct.pack(">HH", 60_000, 60_000) + bytes(20)
    assert refused(svg(f'<feImage xlink:href="data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}"/>'))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("one", "many"),
    [
        ('<text id="a">' + "word " * 1_000 + "</text>", 2_000),
        ('<path id="a" d="' + "M0 0" * 1_000 + '"/>', 2_000),
        (
            '<marker id="a"><path d="M0 0 1 1" points=""/></marker>' + '<line x2="1" marker-mid="url(#a)" points=""/>',
            80_000,
        ),
    ],
)
def test_what_is_drawn_again_counts_by_its_length(one: str, many: int) -> None:
    """A long text, a long path, and the vertices of both that a shape may state."""
    for count, found in ((9, []), (many, ["bad-svg"])):
        uses = '<use href="#a"/>' * count
        svg = f'<svg xmlns="http://www.w3.org/2000/svg">{one}{uses}</svg>'
        assert codes(svg.encode()) == found


@pytest.mark.parametrize("newline", ["&#13;", "&#10;", "&#13;&#10;"])
@pytest.mark.parametrize("address", ["http://elsewhere.example/x#y", "//elsewhere.example/x.png"])
def test_a_string_ends_where_browsers_end_it(newline: str, address: str) -> None:
    """At the end of its line, whichever sign that is; what follows is no part of it."""
    for name in ("fill", "mask-image", "background"):
        style = f"""a:"{newline};{name}:url({address});b:\""""
        svg = f"""<svg xmlns="http://www.w3.org/2000/svg"><rect style='{style}'/></svg>"""
        assert codes(svg.encode()) != []


def test_a_gradient_has_so_many_stops() -> None:
    """And takes them from so many others in turn."""
    for count, found in ((300, []), (301, ["bad-svg"])):
        gradient = f'<linearGradient id="a">{"<stop/>" * count}</linearGradient>' * 2
        assert codes(f'<svg xmlns="http://www.w3.org/2000/svg">{gradient}</svg>'.encode()) == found
    nested = '<linearGradient id="a"><stop/><linearGradient/><stop/></linearGradient>'
    assert codes(f'<svg xmlns="http://www.w3.org/2000/svg">{nested}</svg>'.encode()) == ["bad-svg"]
    for count, found in ((150, []), (250, ["bad-svg"])):
        chain = levels('<linearGradient id="a@" href="#a!"/>', "", count)
        assert codes(f'<svg xmlns="http://www.w3.org/2000/svg">{chain}</svg>'.encode()) == found
