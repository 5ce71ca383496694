"""What is left of a page where somebody takes its text: an assistant, a search engine, a reader mode.

Two programs that many others are built on read the pages here; Readability, which needs node, does in tests/audit.
"""

from collections.abc import Callable

import html2text
import pytest
import trafilatura
from extraction import AUTHOR, extremes, lost
from lxml import html
from published import DRINKS, ROOT, publish_copy
from samples import linked

from tiebreak.model.comparison import Comparison

pytestmark = pytest.mark.slow  # this repository's own site is built


def as_markdown(page: str) -> str:
    reader = html2text.HTML2Text()
    reader.ignore_links = True
    reader.body_width = 0
    return reader.handle(page)


READERS: dict[str, Callable[[str], str | None]] = {
    "html2text": as_markdown,
    "html2text as it comes": html2text.html2text,
    "trafilatura": trafilatura.extract,
    "trafilatura, as Markdown": lambda page: trafilatura.extract(page, output_format="markdown"),
}


@pytest.fixture(scope="module", params=[DRINKS, ROOT, None], ids=["drinks", "own", "extremes"])
def comparisons(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> list[tuple[Comparison, str]]:
    """Each comparison with its page."""
    folder = tmp_path_factory.mktemp("site")
    output = publish_copy(request.param or extremes(tmp_path_factory.mktemp("extremes")), folder)
    site, _ = linked(folder)
    return [
        (comparison, (output / f"compare/{comparison.slug}/index.html").read_text("utf-8")) for comparison in site.whole
    ]


@pytest.mark.parametrize("reader", READERS)
def test_the_ruling_and_its_table_survive(comparisons: list[tuple[Comparison, str]], reader: str) -> None:
    """The pick, every label, every value apart from the marks of its sources, every note and the whole verdict."""
    missing = {
        comparison.slug: found
        for comparison, page in comparisons
        if (found := lost(comparison, READERS[reader](page) or ""))
    }
    assert not missing


def test_the_author_is_found(comparisons: list[tuple[Comparison, str]]) -> None:
    """Whoever is named, else the site; never a heading whose id happens to have the word in it."""
    for comparison, page in comparisons:
        found = trafilatura.extract_metadata(page)
        assert found.author == (comparison.author or html.fromstring(page).xpath("//meta[@name='author']/@content")[0])
        if any(heading.text == AUTHOR for heading in comparison.body.headings):
            assert AUTHOR in (trafilatura.extract(page) or "")


def test_what_is_lost_is_found_out(comparisons: list[tuple[Comparison, str]]) -> None:
    """A page whose marks touch the values, or that lacks a label, does not pass."""
    comparison, page = next((one, page) for one, page in comparisons if one.sources)
    assert lost(comparison, as_markdown(page.replace(' <a href="#source-', '<a href="#source-')))
    label = comparison.factors[0].label
    assert label in lost(comparison, as_markdown(page.replace(f">{label}</span>", "></span>")))


def test_the_drawing_reads_side_by_side(comparisons: list[tuple[Comparison, str]]) -> None:
    """Its text is what each side has, name and figures apart, and how to read it; the rows are read in the table."""
    for comparison, page in comparisons:
        (figure,) = html.document_fromstring(page).xpath("//figure[contains(@class, 'balance')]")
        assert "".join(figure.xpath(".//*[local-name()='a']//text()")) == ""
        text = " ".join(figure.text_content().split())
        for subject, points in zip(comparison.subjects, comparison.balance.weights, strict=True):
            assert f"{subject.name} {points} point" in text
