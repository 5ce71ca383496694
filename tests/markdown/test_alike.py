"""Whether two readings are alike is told from their tags only where their outlines are one."""

import json
from pathlib import Path

import markdowns
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tiebreak.markdown import convert, differences, gfm
from tiebreak.markdown.alike import is_alike
from tiebreak.markdown.outline import outline
from tiebreak.model import Prose

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = [one["markdown"] for one in json.loads((ROOT / "tests/markdown/gfm-examples.json").read_text())["examples"]]
SIGNS = [
    *"*_`~[]()!#>-+|\\&<\n\"'«» \t",
    *(
        "  \n",
        "\n\n",
        "    ",
        "**",
        "``",
        "](",
        "- ",
        "1. ",
        "> ",
        "[^1]",
        "[^1]: ",
        "---",
        "…",
        "“",
        "--",
        "...",
        "&amp;",
    ),
    *(
        "\xa0",
        "www.a.org",
        "http://b.c/d_e",
        "a@x.org",
        "| a |\n| - |\n",
        "```\n",
        "- [ ] ",
        "&lt;em&gt;",
        "<em>",
        "x y",
    ),
]


def readings(text: str) -> tuple[str, Prose] | None:
    """What both make of a text, or None where this site makes nothing of it."""
    prose = convert.blocks(text, [])
    return (gfm.markup(text), prose) if prose else None


def is_told_rightly(text: str) -> bool:
    """What is told to be alike has one outline, and no difference."""
    both = readings(text)
    if both is None or not is_alike(*both):
        return True
    theirs, ours = outline(both[0]), outline(both[1].html, both[1].links)
    same = [block.key for block in theirs] == [block.key for block in ours]
    return same and not list(differences.compare(text, both[1], theirs))


@pytest.mark.slow
@given(st.lists(st.sampled_from(SIGNS), max_size=14).map("".join))
@example("&lt;em&gt;a&lt;/em&gt; <em>a</em>")
def test_texts_of_signs_are_alike_only_where_their_outlines_are(text: str) -> None:
    """Signs in any order, most of which no two parsers agree on."""
    assert is_told_rightly(text)


@pytest.mark.slow
@given(markdowns.bodies)
def test_texts_are_alike_only_where_their_outlines_are(text: str) -> None:
    """Texts of all kinds of blocks."""
    assert is_told_rightly(text)


@pytest.mark.slow
@given(st.sampled_from(EXAMPLES), st.sampled_from(EXAMPLES), st.sampled_from(SIGNS), st.integers(0, 200))
def test_examples_are_alike_only_where_their_outlines_are(one: str, other: str, sign: str, place: int) -> None:
    """The examples of GitHub's specification, two by two, with a sign put into them."""
    text = f"{one}\n\n{other}"
    assert is_told_rightly(text)
    assert is_told_rightly(text[:place] + sign + text[place:])


def test_escaped_tags_are_no_tags() -> None:
    """A tag that is shown is not alike to one that marks, in words or in code."""
    assert not is_alike("<p>&lt;em&gt;a&lt;/em&gt;</p>", Prose("<p><em>a</em></p>"))
    assert not is_alike("<p><code>“a”</code></p>", Prose('<p><code>"a"</code></p>'))
    assert is_alike("<p>&quot;a&quot; -- <code>&lt;b&gt;</code></p>", Prose("<p>“a” – <code>&lt;b&gt;</code></p>"))


def test_nearly_every_text_is_told_to_be_alike() -> None:
    """Of this project's own comparisons none needs a parser, with their tables, notes, lists and code."""
    texts = [text for name, text in markdowns.published_bodies().items() if name.startswith("content/compare/")]
    assert texts
    for text in texts:
        both = readings(text)
        assert both
        assert is_alike(*both)
