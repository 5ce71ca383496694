"""Headings make a tree, and have ids."""

from itertools import product
from typing import TYPE_CHECKING

import pytest
from markdown.extensions.toc import nest_toc_tokens

from tiebreak.markdown import convert
from tiebreak.markdown.headings import heading_id, is_public, nested
from tiebreak.model.prose import Heading
from tiebreak.problems import Remark

if TYPE_CHECKING:
    from markdown.extensions.toc import _TocToken

Levels = list[tuple[str, int, "Levels"]]


def levels(headings: tuple[Heading, ...]) -> Levels:
    return [(one.id, one.level, levels(one.children)) for one in headings]


def by_toc(tokens: "list[_TocToken]") -> Levels:
    return [(one["id"], one["level"], by_toc(one["children"])) for one in tokens]


@pytest.mark.parametrize("count", range(6))
def test_headings_nest_as_in_python_markdown(count: int) -> None:
    """Any levels in any order."""
    for row in product(range(2, 7), repeat=count):
        headings = [Heading(str(place), "", level) for place, level in enumerate(row)]
        tokens = nest_toc_tokens([{"id": one.id, "level": one.level, "name": ""} for one in headings])
        assert levels(nested(headings)) == by_toc(tokens)


def test_many_headings_are_no_deep_tree() -> None:
    """They stand beside each other."""
    assert len(nested([Heading("a", "", 2)] * 5000)) == 5000


@pytest.mark.parametrize(
    ("text", "id"), [("C++ & more", "c-plus-plus-and-more"), ("Verdict", "section-verdict"), ("?", "section")]
)
def test_a_heading_has_an_id(text: str, id: str) -> None:
    """Always, and never one of the theme's."""
    assert heading_id(text) == id


@pytest.mark.parametrize("allow_html", [False, True])
@pytest.mark.parametrize("word", ["Factor", "Source", "fn", "fnref", "Cite", "Main", "Contents", "Verdict", "Section"])
def test_a_heading_called_as_what_the_theme_has_keeps_its_id(word: str, allow_html: bool) -> None:
    """It is none of the theme's, stands in the page as it stands in the list, and nothing is said to be taken out."""
    for rest in ("", " code", " of truth", " 1", " 1 section", "-", " section", " --"):
        remarks: list[Remark] = []
        prose = convert.blocks(f"## {word}{rest}\n\n*x*<br>\n", remarks, allow_html=allow_html)
        assert prose, rest
        assert not is_public(prose.headings[0].id), rest
        assert f'<h2 id="{prose.headings[0].id}">' in prose.html, rest
        assert not remarks, rest
