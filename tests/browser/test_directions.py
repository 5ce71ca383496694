"""A site that is written from right to left: the page, its table and its drawings are the mirror of the others."""

from collections.abc import Iterator

import pytest
from hosted import Open, Served, serve
from playwright.sync_api import Locator, expect
from published import DRINKS, copied

TEA = "compare/tea-vs-coffee/"


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The sample of every feature, in Arabic words."""
    project = copied(DRINKS, tmp_path_factory.mktemp("arabic"))
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
        (first, *_), (second, *_) = (lefts(page.locator(f".beam > .pan:nth-child({place}) .tick")) for place in (1, 3))
        assert (first > second) is is_mirrored
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_tick_names_its_row(arabic: Served, drinks: Served, visit: Open) -> None:
    """Where it is said how to read the drawing, which gives way, in either direction; it makes no page wider."""
    for site in (drinks, arabic):
        page = visit(site.url(TEA), width=320).page
        how = page.locator(".balance .how")
        expect(how).to_be_visible()
        for tick in page.locator(".balance:not(.small) .tick").all():
            tick.evaluate("one => one.focus({ focusVisible: true })")
            said = tick.evaluate("one => getComputedStyle(one, '::after').content")
            assert said == f'"{tick.get_attribute("aria-label")}"'
            expect(how).to_be_hidden()
            assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_sides_take_the_room_of_the_middle(drinks: Served, visit: Open) -> None:
    """What nobody won stands in the middle, but nothing stands on anything else where the sides are uneven."""
    page = visit(drinks.url(TEA), width=320).page
    beam = page.locator(".balance:not(.small) .beam")
    for width, centred in ((300, True), (130, False)):
        beam.evaluate(f"one => (one.style.inlineSize = '{width}px')")
        whole = beam.bounding_box()
        left, middle, right = (box for one in beam.locator(".pan").all() if (box := one.bounding_box()))
        assert whole
        assert whole["width"] == width
        assert left["x"] + left["width"] <= middle["x"] + 0.5
        assert middle["x"] + middle["width"] <= right["x"] + 0.5
        assert right["x"] + right["width"] <= whole["x"] + width + 0.5
        assert (abs(middle["x"] + middle["width"] / 2 - whole["x"] - width / 2) < 1) is centred


def test_what_scripts_say_is_said_in_the_language(arabic: Served, visit: Open) -> None:
    """The answer to a reader's own weights, with the figures that authors write."""
    page = visit(arabic.url(TEA)).page
    page.locator("[data-tool=priorities] > summary").click()
    expect(page.locator(".yours [role=status]")).to_contain_text("حسب أوزانك")
    assert not any(char in page.locator("main").inner_text() for char in "٠١٢٣٤٥٦٧٨٩")


def test_a_cell_s_sources_open_beside_it(arabic: Served, visit: Open) -> None:
    """Their right edge where the mark is, but for what keeps them 8 pixels within the screen."""
    page = visit(arabic.url(TEA)).page
    page.locator("td .ref a").first.focus()
    expect(page.locator("[data-tool=sources]")).to_have_attribute("data-ready", "")
    page.locator("td .ref a").first.click()
    box, mark = page.locator(".cell-sources").bounding_box(), page.locator("td .ref").first.bounding_box()
    assert box
    assert mark
    assert box["x"] >= 0
    assert box["x"] + box["width"] == pytest.approx(max(mark["x"] + mark["width"], 8 + box["width"]), abs=1)
