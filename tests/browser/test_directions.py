"""A site that is written from right to left: the page, its table and its drawings are the mirror of the others."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hosted import Open, Served, serve
from playwright.sync_api import Locator, expect
from published import DRINKS

TEA = "compare/tea-vs-coffee/"


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The sample of every feature, in Arabic words."""
    project: Path = shutil.copytree(DRINKS / "content", tmp_path_factory.mktemp("arabic") / "content").parent
    settings = project / "content/site.yaml"
    settings.write_text(settings.read_text("utf-8").replace("language: en", "language: ar"), "utf-8")
    yield from serve(project, tmp_path_factory.mktemp("published"))


def lefts(found: Locator) -> list[float]:
    boxes = [box for one in found.all() if (box := one.bounding_box())]
    return [box["x"] for box in boxes]


@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_is_mirrored(arabic: Served, drinks: Served, visit: Open, width: int) -> None:
    """Columns run to the left, the first side of the balance is the right one, and nothing is wider than the screen."""
    for site, is_mirrored in ((drinks, False), (arabic, True)):
        page = visit(site.url(TEA), width=width).page
        heads = lefts(page.locator(".factors thead th"))
        assert heads == sorted(heads, reverse=is_mirrored)
        (first, *_), (second, *_) = lefts(page.locator(".balance .tick.s1")), lefts(page.locator(".balance .tick.s2"))
        assert (first > second) is is_mirrored
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_scripts_say_is_said_in_the_language(arabic: Served, visit: Open) -> None:
    """The answer to a reader's own weights, with the figures that authors write."""
    page = visit(arabic.url(TEA)).page
    page.locator("[data-tool=priorities] > summary").click()
    expect(page.locator(".yours [role=status]")).to_contain_text("بالنسبة إليك")
    assert not any(char in page.locator("main").inner_text() for char in "٠١٢٣٤٥٦٧٨٩")


def test_a_cell_s_sources_open_beside_it(arabic: Served, visit: Open) -> None:
    """Their right edge where the mark is, and within the screen."""
    page = visit(arabic.url(TEA)).page
    page.locator("[data-tool=sources]").focus()
    expect(page.locator("[data-tool=sources]")).to_have_attribute("data-ready", "")
    page.locator("td .ref a").first.click()
    box = page.locator(".cell-sources").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 1280
