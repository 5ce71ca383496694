"""What linking any file needs: links led to their ends, and complaints at the place that an author knows."""

import pytest
from conftest import MakeSite
from samples import linked

PAGE = "content/pages/a.md"


def places(make_site: MakeSite, body: str) -> list[tuple[int, int]]:
    """Line and column of every complaint of a page with this body, which begins on line 4."""
    site = make_site({PAGE: f"---\ntitle: A\n---\n{body}\n", "content/pages/b.md": "---\ntitle: B\n---\n"})
    return [(problem.line, problem.column) for problem in linked(site)[1]]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("[x](gone.md)", [(4, 5)]),
        ("gone.md, [x](gone.md)", [(4, 14)]),
        ("[x](gone.md)\n\n[y](gone.md) [z](b.md)", [(4, 5), (6, 5)]),
        ("[x](b.md) [y](b.md#gone) [z](b.md)", [(4, 15)]),
        ("[x](gone.md#a) [y](gone.md)", [(4, 5), (4, 20)]),
        ("[x][r] [y][r]\n\n[r]: gone.md", [(6, 6), (6, 6)]),
        ("[x](<gone.md>)", [(4, 6)]),
        ('[x](gone.md "Title")', [(4, 5)]),
        ("[x]()", [(4, 3)]),
        ("| a |\n|---|\n| [x](gone.md) |", [(6, 7)]),
        ("Note[^1]\n\n[^1]: See [x](gone.md).", [(6, 15)]),
        ("[x](b.md) ![](b.md)", [(4, 15)]),
    ],
)
def test_a_link_in_a_body_is_told_where_it_stands(make_site: MakeSite, body: str, found: list[tuple[int, int]]) -> None:
    """Each at its own place, however often the same target is written."""
    assert places(make_site, body) == found


def test_a_link_in_code_is_no_link(make_site: MakeSite) -> None:
    """A guide shows what it does not do."""
    assert places(make_site, "`[x](gone.md)`\n\n```\n[y](javascript:x)\n```\n\n    [z](gone.md)\n") == []


def test_links_in_raw_html_are_links_where_html_is_allowed(make_site: MakeSite) -> None:
    """And are checked; else they are text."""
    body = '<a href="gone.md">x</a> <img src="gone.png" alt="x">'
    assert places(make_site, body) == []
    settings = "title: Picks\nbase_url: https://example.org/\nallow_html: true\n"
    site = make_site({PAGE: f"---\ntitle: A\n---\n{body}\n", "content/site.yaml": settings})
    assert [(one.code, one.column) for one in linked(site)[1]] == [("broken-link", 10), ("broken-link", 35)]
