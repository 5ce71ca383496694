"""Texts that a stranger might send, put together from the pieces that attacks are made of."""

from hypothesis import strategies as st
from markdowns import bodies as ordinary

ACTIONS = [
    *("alert(1)", "javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x", "//evil.example"),
    *("java\tscript:alert(1)", "&#106;avascript:alert(1)", "JaVaScRiPt&colon;alert(1)", "java&NewLine;script:x"),
    *('https://a.example/"onfocus=alert(1) ', "https://a.example/' onx='", "x.md", "#top", "mailto:a@b.c?bcc=d"),
]
TAGS = [
    *("script", "iframe", "object", "embed", "svg", "math", "form", "input", "style", "link", "meta", "base", "img"),
    *("a", "p", "div", "b", "td", "table", "template", "noscript", "title", "textarea", "xmp", "plaintext", "select"),
    *("mglyph", "malignmark", "annotation-xml", "foreignObject", "desc", "h1", "h2", "details", "button", "video"),
]
ATTRIBUTES = [
    *("onclick", "onload", "onerror", "onfocus", "autofocus", "style", "srcdoc", "href", "src", "action", "formaction"),
    *("id", "name", "class", "xlink:href", "is", "slot", "popover", "popovertarget", "ping", "target", "rel", "title"),
    *(
        "data-tool",
        "data-part",
        "aria-label",
        "role",
        "tabindex",
        "contenteditable",
        "http-equiv",
        "cite",
        "background",
    ),
]
VALUES = [
    *("verdict", "_copy", "main", "factor-x", "constructor", "__proto__", "x-mine", "scripted", "pick sr", "1", "x y"),
    *(
        "&#26;0&#26;",
        "&#0;0&#0;",
        "\u00a0",
        '"',
        "'",
        ">",
        "<",
        "`",
        "\\",
        "&quot;",
        "&lt;script>",
        "]]>",
        "-->",
        "{{ 1 }}",
    ),
]
SIGNS = [
    *"[]()<>!*_`~#|\\\"'&;:=/-+.{}^\n\n\n \t",
    "\n\n",
    "  \n",
    "```",
    "~~~",
    "](",
    "![",
    "[^1]",
    "[^1]: ",
    "[x]: ",
]
OPTIONS = [
    *("python", "text", "html", ".text", "{.text", "}", "hl_lines", "linenums", "title", "pygments_formatter=null"),
    *("pygments_style=x", "cssclass=y", "noclasses=True", "encoding=utf-8", "linenos=table", "anchorlinenos=True"),
    *(
        "lineanchors=a",
        "filters=x",
        "tagsfile=/etc/passwd",
        "src=x",
        "raw",
        "#id",
        "classprefix='\"><script>'",
        "=",
        '"1 2"',
    ),
]

_value = st.one_of(st.sampled_from(ACTIONS), st.sampled_from(VALUES))
_attribute = st.tuples(st.sampled_from(ATTRIBUTES), st.sampled_from(["=", '="', "='", "", " = "]), _value).map(
    lambda made: "".join(made) + made[1].strip(" =")
)
_tag = st.tuples(
    st.sampled_from(["<", "</", "<!--", "<![CDATA[", "<?"]), st.sampled_from(TAGS), st.lists(_attribute, max_size=3)
).map(lambda made: made[0] + " ".join([made[1], *made[2]]))
_tags = st.tuples(_tag, st.sampled_from([">", "/>", "", " ", "-->", "?>"])).map("".join)
_link = st.tuples(
    st.sampled_from(["[x](", "![x](", "[x](<", "<", "[x]: "]),
    _value,
    st.sampled_from([")", ' "', ">)", ">", "\n"]),
    _value,
).map("".join)
_fence = st.tuples(
    st.sampled_from(["```", "~~~", "````", "    :::", "    #!"]),
    st.lists(st.sampled_from(OPTIONS), max_size=4).map(" ".join),
    st.one_of(_tags, _value),
).map(lambda made: f"\n\n{made[0]}{made[1]}\n{made[2]}\n{made[0]}\n\n")
_new = st.tuples(
    st.sampled_from(
        [
            "\n- [ ] ",
            "\n- [x] ",
            "\n> [!NOTE]\n> ",
            "\n> [!",
            "[^",
            "\n\n[^1]: ",
            "[^1] ",
            "\n| a |\n|---|\n| ",
            "\nTerm\n: ",
        ]
    ),
    st.one_of(_value, _tags, _link),
    st.sampled_from(["", "]", "]: x", " |", "\n", "\t"]),
).map("".join)
_piece = st.one_of(
    _tags,
    _link,
    _fence,
    _new,
    _value,
    st.sampled_from(SIGNS),
    st.sampled_from(["word", "a", "## ", "- ", "> ", "1. ", "| a |"]),
)
_noise = st.text("<>&\"'=/!-[]()`*_#:\\|~^;.{}\n \tabjx0123\u00a0\ufffe\u202e", max_size=12)

texts = st.lists(st.one_of(_piece, _piece, _noise), min_size=1, max_size=12).map("".join)
bodies = st.one_of(texts, texts, st.tuples(ordinary, texts).map("\n\n".join))
