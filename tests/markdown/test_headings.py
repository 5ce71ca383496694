"""Headings make a tree, and have ids."""

from itertools import product
from typing import TYPE_CHECKING

import pytest
from markdown.extensions.toc import nest_toc_tokens

from tiebreak.markdown import convert, link_names
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


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("A & B", {"a-and-b", "a--b=a-and-b"}),
        ("日本語", {"ribenyu", "日本語=ribenyu"}),
        ("What's `x_y`?", {"whats-x-y", "whats-x_y=whats-x-y"}),
        ("A -- B", {"a-b", "a--b=a-b", "a----b=a-b"}),
        ("C++", {"c-plus-plus", "c=c-plus-plus"}),
    ],
)
def test_a_link_may_name_a_heading_as_github_does(heading: str, names: set[str]) -> None:
    """Each space a hyphen, signs left out, letters of every script; beside our own ids."""
    prose = convert.blocks(f"## {heading}\n", [])
    assert prose
    assert link_names(prose.headings) == names


def test_a_heading_that_comes_again_has_a_number_on_github() -> None:
    """Behind a hyphen, where ours has an underscore; an id of ours is never taken for another's."""
    prose = convert.blocks("## Same\n\n### Same\n\n## Same 1\n\n## Same\n", [])
    assert prose
    assert link_names(prose.headings) == {"same", "same_1", "same-1", "same_2", "same-2=same_2"}
