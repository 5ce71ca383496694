"""What stands in a cell, and where a reader can check it."""

from datetime import date

import pytest
from conftest import MakeSite
from samples import changed, linked, texts

from tiebreak.linking.cells import in_order_of_use, with_one_source_per_url
from tiebreak.model.cell import Cell, CellState, EvidenceKind, Source
from tiebreak.model.table import Factor

TEA = "content/compare/tea-vs-coffee.md"
SOURCES = (
    "sources:\n  box: {title: The box, url: https://example.org/box, accessed: 2026-01-02, quote: Some}\npublished:"
)
A, B, C = (Source(name, f"https://example.org/{name}") for name in "abc")


def cells(make_site: MakeSite, tea: str, *, sources: str = "published:", **files: str) -> tuple[Cell, list[str]]:
    """Tea's cell as linked, and what was complained of."""
    text = changed(("tea: Some", f"tea: {tea}"), ("published:", sources))
    site, problems = linked(
        make_site({TEA: text, **{f"content/pages/{name}.md": text for name, text in files.items()}})
    )
    return site.whole[0].factors[0].cells[0], texts(problems)


def test_a_cell_has_all_that_was_written(make_site: MakeSite) -> None:
    """Text, number, state, quotation, day and kind of evidence."""
    written = "{text: '*Some*', value: 1.10, state: partial, quote: q, checked: 2026-02-03, kind: docs}"
    cell, problems = cells(make_site, written)
    assert problems == []
    assert cell.text is not None
    assert (cell.text.html, cell.value, cell.state) == ("<em>Some</em>", "1.10", CellState.PARTIAL)
    assert (cell.quote, cell.checked, cell.kind) == ("q", date(2026, 2, 3), EvidenceKind.DOCS)


def test_a_cell_that_says_nothing_is_unknown(make_site: MakeSite) -> None:
    """Even with a source."""
    cell, _ = cells(make_site, "{source: https://example.org/a}")
    assert cell.unknown


def test_a_source_is_called_by_name(make_site: MakeSite) -> None:
    """With all that `sources` says of it."""
    cell, problems = cells(make_site, "{text: x, source: box}", sources=SOURCES)
    assert problems == []
    assert cell.sources == (Source("The box", "https://example.org/box", date(2026, 1, 2), "Some"),)


def test_a_source_is_called_by_url(make_site: MakeSite) -> None:
    """Its title is the URL without what nobody reads, its day the cell's."""
    cell, _ = cells(make_site, "{text: x, source: 'https://www.example.org/a/', checked: 2026-02-03}")
    assert cell.sources == (Source("example.org/a", "https://www.example.org/a/", date(2026, 2, 3)),)


def test_a_source_may_be_a_page_of_this_site(make_site: MakeSite) -> None:
    """By relative path, under the page's own title."""
    cell, problems = cells(make_site, "{text: x, source: ../pages/a.md}", a="---\ntitle: Measurements\n---\n")
    assert problems == []
    assert cell.sources == (Source("Measurements", "/a/"),)


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("bx", 'unknown-source: "bx" is not one of the sources'),
        ("../pages/gone.md", 'broken-link: "../pages/gone.md" leads nowhere'),
        ("javascript:alert(1)", 'unknown-source: "javascript:alert(1)" is not one of the sources'),
        ("javascript://x/%0aalert(1)", 'unsafe-link: "javascript://x/%0aalert(1)" is not a link that a page may carry'),
        ("//example.org/x", 'unsafe-link: "//example.org/x" is not a link that a page may carry'),
        ("https://[", 'bad-url: "https://[" is not a URL'),
    ],
)
def test_a_source_that_leads_nowhere_is_told(make_site: MakeSite, source: str, problem: str) -> None:
    """Like any other link."""
    _, problems = cells(make_site, f"{{text: x, source: ['{source}']}}", sources=SOURCES)
    assert problems == [problem]


def row(*sources: tuple[Source, ...]) -> Factor:
    return Factor("x", "X", tuple(Cell(sources=each) for each in sources))


def test_one_page_is_one_source() -> None:
    """Cited by name here and by URL there, it has one number; the named one says more of it."""
    bare, named = Source("example.org/a", A.url), A
    (found,) = with_one_source_per_url([row((bare, B), (B, bare, bare))], [named])
    assert [cell.sources for cell in found.cells] == [(A, B), (B, A)]


def test_without_a_name_the_first_mention_serves() -> None:
    """Rows of one table share it."""
    first, second = Source("one", A.url), Source("two", A.url)
    found = with_one_source_per_url([row((first,)), row((second,))], [])
    assert [factor.cells[0].sources for factor in found] == [(first,), (first,)]


def test_sources_are_numbered_as_a_reader_meets_them() -> None:
    """What no cell cites comes last."""
    assert in_order_of_use([row((C,), (B,))], [A, B]) == (C, B, A)
    assert in_order_of_use([row((C, B), (A, B))], []) == (B, C, A)
