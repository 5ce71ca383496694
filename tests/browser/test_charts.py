"""Charts in a browser: what a point says, room on the narrowest screen, and print."""

import pytest
from hosted import Open, Served
from playwright.sync_api import expect

PAGE = "guide/start/"


@pytest.mark.parametrize("width", [320, 1280])
def test_no_chart_is_wider_than_its_page(drinks: Served, visit: Open, width: int) -> None:
    """No text of one leaves the screen, and none lies above another; a line of text is taller than its letters."""
    page = visit(drinks.url(PAGE), width=width).page
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    boxes = [one.bounding_box() for one in page.locator(".chart svg text:visible").all()]
    found = [box for box in boxes if box]
    assert len(found) > 10
    assert all(box["x"] >= -1 and box["x"] + box["width"] <= width + 1 for box in found)
    for place, one in enumerate(found):
        for other in found[place + 1 :]:
            apart = (
                one["x"] + one["width"] <= other["x"] + 2
                or other["x"] + other["width"] <= one["x"] + 2
                or one["y"] + one["height"] <= other["y"] + 6
                or other["y"] + other["height"] <= one["y"] + 6
            )
            assert apart, (one, other)


def test_a_point_says_its_value(drinks: Served, visit: Open) -> None:
    """To whoever goes through them with the keys, and to whoever points at one."""
    page = visit(drinks.url(PAGE)).page
    plane = page.locator("[data-chart=scatter] .plane")
    said = page.locator("[data-chart=scatter] output")
    plane.focus()
    expect(said).to_have_text("Tea, 3: 45")
    page.keyboard.press("ArrowRight")
    expect(said).to_have_text("Coffee, 4: 95")
    page.keyboard.press("ArrowRight")
    expect(said).to_have_text("Tea, 3: 45")
    plane.locator("circle").nth(1).hover()
    expect(said).to_have_text("Coffee, 4: 95")
    expect(page.locator("circle.read")).to_have_count(1)


def test_charts_are_whole_without_scripts(drinks: Served, visit: Open) -> None:
    """The numbers of a scatter are a press away."""
    page = visit(drinks.url(PAGE), java_script_enabled=False).page
    page.locator("[data-chart=scatter] summary").click()
    expect(page.locator("[data-chart=scatter] td", has_text="95")).to_be_visible()
    expect(page.locator(".plane[tabindex]")).to_have_count(0)


def test_charts_are_printed(drinks: Served, visit: Open) -> None:
    """With their numbers, and without what can only be pressed."""
    page = visit(drinks.url(PAGE)).page
    page.emulate_media(media="print")
    expect(page.locator("[data-chart=bars] td").last).to_be_visible()
    expect(page.locator(".chart details:visible")).to_have_count(0)
