"""Quotes, dashes and ellipses are set as smarty sets them."""

from html import escape, unescape
from itertools import product
from xml.etree.ElementTree import Element, SubElement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions.smarty import SmartyExtension

from tiebreak.markdown.smartypants import entangled, typeset

PIECES = [
    *"""'"-.,!? sd8_()[{&<>""",
    "--",
    "---",
    "...",
    "'s",
    "80s",
    "word",
    "it's",
    "–",
    "—",
    "\n",
    "\u00a0",
    "é",
    "a b",
    "#",
]
SMARTY = Markdown(extensions=[SmartyExtension()])


def by_smarty(text: str) -> str:
    """What Python-Markdown makes of a text node in which it has found no other markup."""
    SMARTY.reset()
    root = Element("div")
    node = SubElement(root, "p")
    node.text = text
    SMARTY.treeprocessors["smarty"].run(root)
    html = SMARTY.serializer(node).removeprefix("<p>").removesuffix("</p>")
    return as_parsers_write(SMARTY.postprocessors["raw_html"].run(html))


def as_parsers_write(html: str) -> str:
    """The same text with characters in the place of entities, but for those that must be."""
    return escape(unescape(html), quote=False).replace("\xa0", "&nbsp;")


@pytest.mark.slow
def test_four_pieces_in_every_order() -> None:
    """The common ones, exhaustively."""
    for made in product(["'", '"', " ", "s", "-", "8", ".", "(", "a"], repeat=4):
        text = "".join(made)
        assert entangled(text) or typeset(text) == by_smarty(text), text


@pytest.mark.slow
@settings(max_examples=3000)
@given(st.lists(st.sampled_from(PIECES), max_size=10).map("".join))
def test_any_text_is_set_as_smarty_sets_it(text: str) -> None:
    """Unless its signs depend on each other."""
    assert entangled(text) or typeset(text) == by_smarty(text)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "\"It's so\" -- 'so'... --- & <",
            "“It’s so” – ‘so’… — &amp; &lt;",
        ),
        ("the '80s, rock 'n roll", "the ’80s, rock ‘n roll"),
        ('("a") \'-', "(“a”) ‘-"),
    ],
)
def test_signs_become_what_is_printed(text: str, html: str) -> None:
    """What can be typed becomes what is printed."""
    assert not entangled(text)
    assert typeset(text) == html


@pytest.mark.parametrize("text", ["\"'a' b\"", "\"a\" 'b'", "the dogs' 'x'", "a ---- b", "&amp; b"])
def test_signs_that_depend_on_each_other_are_told(text: str) -> None:
    """They are left to smarty."""
    assert entangled(text)
