"""What a page weighs: as a static host sends it, compressed, for every comparison that this repository publishes."""

import gzip
from pathlib import Path

import pytest
from published import ROOT, publish_copy

pytestmark = pytest.mark.slow  # this repository's own site is built

# The scripts that a reader of a comparison can come to load, one by one, in reaching for tools.
TOOLS = (
    *("address", "columns", "copy", "head", "named", "page", "priorities", "rows", "say", "search"),
    *("share", "sources", "table", "text", "toolbar", "weigh", "words"),
)
LOADED, SCRIPTS, FIRST, FONT = 60_000, 14_000, 14_000, 20_500  # bytes


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_copy(ROOT, tmp_path_factory.mktemp("weighed"))


def weight(data: bytes) -> int:
    return len(gzip.compress(data, 9))


def parts(site: Path) -> dict[str, int]:
    """What all comparisons load, but for their own markup."""
    (style,) = site.glob("assets/style.*.css")
    (printed,) = site.glob("assets/print.*.css")
    (script,) = site.glob("assets/js.*/page.js")
    font, icon = site / "fonts/newsreader.woff2", site / "favicon.svg"
    return {
        "style": weight(style.read_bytes()),
        "print": weight(printed.read_bytes()),
        "font": font.stat().st_size,
        "script": weight(script.read_bytes()),
        "icon": weight(icon.read_bytes()),
    }


def comparisons(site: Path) -> list[Path]:
    pages = [page for page in site.glob("compare/*/index.html") if b'data-part="factors"' in page.read_bytes()]
    assert len(pages) > 10
    return pages


def test_a_comparison_is_light(site: Path) -> None:
    """All that opening it loads: markup, styles, typeface, script and icon."""
    shared = parts(site)
    assert shared["font"] <= FONT
    weights = {page.parent.name: weight(page.read_bytes()) + sum(shared.values()) for page in comparisons(site)}
    assert max(weights.values()) <= LOADED, (shared, weights)


def test_all_the_tools_of_a_comparison_are_light(site: Path) -> None:
    """Every script that a reader can come to load on it, each compressed by itself; with all else that it loads."""
    (folder,) = site.glob("assets/js.*")
    weights = {name: weight((folder / f"{name}.js").read_bytes()) for name in TOOLS}
    assert sum(weights.values()) <= SCRIPTS, weights
    heaviest = max(weight(page.read_bytes()) for page in comparisons(site))
    shared = parts(site) | {"script": sum(weights.values())}
    assert heaviest + sum(shared.values()) <= LOADED, (heaviest, shared)


def test_charts_are_light(site: Path) -> None:
    """A page without one loads neither of these."""
    (style,) = site.glob("assets/chart.*.css")
    (script,) = site.glob("assets/js.*/chart.js")
    assert weight(style.read_bytes()) <= 1_050
    assert weight(script.read_bytes()) <= 400


def test_the_answer_is_there_after_little(site: Path) -> None:
    """The style, and the markup as far as the first rows of the table: nothing else holds up the paint."""
    style = parts(site)["style"]
    for page in comparisons(site):
        markup = page.read_bytes()
        assert markup.index(b'data-part="pick"') < markup.index(b'data-part="factors"')
        end = [place for place in range(len(markup)) if markup.startswith(b"</tr>", place)][4]
        first = weight(markup[:end])
        assert style + first <= FIRST, (page.parent.name, style, first)
