"""Everyone can use it: axe finds nothing, and the keyboard reaches everything, in sight."""

from typing import Any

import pytest
from accessible import violations, violations_in_use
from hosted import FLAGSHIP, KINDS, PHONE, SIX, TWO, Open, Served, every_kind
from playwright.sync_api import expect


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_on_any_kind_of_page(drinks: Served, visit: Open, width: int, scheme: str) -> None:
    """WCAG 2.2 AA and best practice, in both schemes, narrow and wide."""
    page = visit(drinks.url(), width=width, color_scheme=scheme).page
    for path in KINDS.values():
        page.goto(drinks.url(path))
        assert violations(page) == "", path


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_axe_finds_nothing_on_what_we_publish(own: Served, visit: Open, width: int, scheme: str) -> None:
    """Our own colours, tables and code: every comparison and every page of ours, not only samples."""
    page = visit(own.url(), width=width, color_scheme=scheme).page
    looked_at = [path for path in own.addresses if not path.startswith(("subjects/", "tags/", "categories/"))]
    assert len(looked_at) > 10
    for path in looked_at:
        page.goto(own.url(path))
        assert violations(page) == "", path


POINTED = {"width": 1280, "color_scheme": "light"}
TAPPED = {"width": 390, "color_scheme": "dark", "has_touch": True}
USED = {**KINDS, "any subjects": "compare/?with=tea,coffee"}
TOUCHED = [(USED[kind], TAPPED, f"{kind}-tapped") for kind in ("two subjects", "six subjects", "any subjects")]


# By touch only what has tools of its own for it: each takes a quarter of a minute.
@pytest.mark.parametrize(
    ("path", "options"),
    [
        pytest.param(path, options, id=id)
        for path, options, id in (*((path, POINTED, f"{kind}-pointed at") for kind, path in USED.items()), *TOUCHED)
    ],
)
def test_axe_finds_nothing_in_any_state(drinks: Served, visit: Open, path: str, options: dict[str, Any]) -> None:
    """Whatever can be pointed at, pressed, opened, moved or searched on a page of each kind."""
    page = visit(drinks.url(path), **options).page
    for state, found in violations_in_use(page):
        assert found == "", state


@pytest.mark.parametrize(
    "options",
    [
        {"forced_colors": "active"},
        {},
        {"width": 640, "height": 400, "device_scale_factor": 2},
    ],
    ids=["forced colours", "no scripts", "200 %"],
)
def test_axe_finds_nothing_however_a_page_is_shown(drinks: Served, visit: Open, options: dict[str, Any]) -> None:
    """In the colours of a system, without scripts, and twice as large."""
    page = visit(drinks.url(), **options).page
    if not options:
        page.route("**/*.js", lambda route: route.abort())  # axe itself is a script, and has to run
    for path in KINDS.values():
        page.goto(drinks.url(path))
        assert violations(page) == "", path


def test_the_first_tab_skips_to_the_content(drinks: Served, visit: Open) -> None:
    """The first stop is a link that appears, and leads past the navigation."""
    page = visit(drinks.url(TWO)).page
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_have_text("Skip to the content")
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


PREPARE = """() => {
    const look = element => JSON.stringify([element, ...element.querySelectorAll('*')].map(node => {
        const style = getComputedStyle(node);
        const names = ['outlineStyle', 'boxShadow', 'stroke', 'strokeWidth', 'fill', 'display', 'opacity'];
        return names.map(name => style[name]);
    }));
    const stops = [...document.querySelectorAll('a[href], button, input:enabled, select, summary, [tabindex="0"]')]
        .filter(element => element.checkVisibility() && element.tabIndex >= 0);
    const before = stops.map(look);
    window.step = () => {
        const active = document.activeElement;
        const place = stops.indexOf(active);
        if (active === document.body) return null;
        const box = active.getBoundingClientRect();
        return {
            place,
            changed: place < 0 || look(active) !== before[place],
            seen: box.bottom > 0 && box.top < innerHeight,
            name: active.outerHTML.slice(0, 120),
        };
    };
    return stops.length;
}"""


@every_kind
def test_the_keyboard_reaches_everything_in_order_and_in_sight(drinks: Served, visit: Open, path: str) -> None:
    """Every link, button and scrolling region is a stop, in the order of the page, and shows that it has the focus; but
    for the ticks of a drawing, which are one.
    """
    page = visit(drinks.url(path)).page
    page.emulate_media(reduced_motion="reduce")
    count = page.evaluate(PREPARE)
    assert count > 5
    reached = []
    for _ in range(count + 20):
        page.keyboard.press("Tab")
        stop = page.evaluate("window.step()")
        if stop is None:
            break
        assert stop["changed"], f"focus does not show: {stop['name']}"
        assert stop["seen"], f"focus is out of sight: {stop['name']}"
        reached.append(stop["place"])
    assert [place for place in reached if place >= 0] == list(range(count))


def test_the_drawing_is_one_stop(drinks: Served, visit: Open) -> None:
    """Arrow keys lead from tick to tick and round; Tab leads on, and comes back to where the reader was."""
    page = visit(drinks.url(TWO)).page
    ticks = page.locator("figure.balance a")
    ticks.first.focus()
    expect(page.locator("figure.balance")).to_have_attribute("data-ready", "")
    page.keyboard.press("ArrowRight")
    expect(ticks.nth(1)).to_be_focused()
    for _ in range(2):
        page.keyboard.press("ArrowLeft")
    expect(ticks.last).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(ticks.nth(ticks.count() - 2)).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('figure')")
    page.keyboard.press("Shift+Tab")
    expect(ticks.nth(ticks.count() - 2)).to_be_focused()


def test_a_tool_that_gets_ready_leaves_the_focus_in_the_drawing(drinks: Served, visit: Open) -> None:
    """The tool of the reader's weights draws the balance anew, and not before it has other weights."""
    page = visit(drinks.url(TWO)).page
    tick = page.locator("figure.balance a").first
    tick.focus()
    tool = page.locator("[data-tool=priorities]").first
    tool.dispatch_event("pointerover")
    expect(tool).to_have_attribute("data-ready", "")
    expect(tick).to_be_focused()


def test_in_a_drawing_that_is_mirrored_arrows_are_too(drinks: Served, visit: Open) -> None:
    """The right arrow leads to what stands on the right."""
    page = visit(drinks.url(TWO)).page
    page.evaluate("document.dir = 'rtl'")
    page.locator("figure.balance a").first.focus()
    expect(page.locator("figure.balance")).to_have_attribute("data-ready", "")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("figure.balance a").nth(1)).to_be_focused()


@pytest.mark.parametrize("path", [FLAGSHIP, "compare/json-vs-orjson-vs-msgspec-vs-ujson-vs-simplejson-vs-rapidjson/"])
def test_few_stops_lead_to_the_table(own: Served, visit: Open, path: str) -> None:
    """From the title on, twelve at most; without scripts the ticks are links like any other."""
    page = visit(own.url(path)).page
    before = """() => {
        const table = document.querySelector("[data-part=factors] table");
        const stops = [...document.querySelectorAll("article :is(a[href], button, summary, input)")];
        return stops.filter(one => one.tabIndex >= 0 && one.checkVisibility()
            && one.compareDocumentPosition(table) & Node.DOCUMENT_POSITION_FOLLOWING).length;
    }"""
    assert page.evaluate(before) <= 12


def test_a_wide_table_can_be_scrolled_with_the_keyboard(drinks: Served, visit: Open) -> None:
    """The region takes the focus, has a name, and follows the arrow keys."""
    page = visit(drinks.url(f"{SIX}?show=all"), **PHONE).page
    region = page.locator("[data-part=factors] [role=region][tabindex='0']")
    expect(region).to_be_visible()
    page.wait_for_timeout(300)  # until the second head is drawn
    region.focus()
    expect(region).to_be_focused()
    assert region.get_attribute("aria-label") or region.get_attribute("aria-labelledby")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("region => region.scrollLeft > 0", arg=region.element_handle())


def test_a_factors_note_opens_with_the_keyboard(drinks: Served, visit: Open) -> None:
    """What the mouse can open, the keyboard can open and close."""
    page = visit(drinks.url(TWO)).page
    head = page.get_by_role("rowheader", name="Time until it works", exact=True)
    label = head.get_by_role("button", name="About this row")
    note = page.locator(".factor-note").get_by_text("From the first sip")
    expect(note).to_be_hidden()
    label.focus()
    page.keyboard.press("Enter")
    expect(note).to_be_visible()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()


def test_every_row_opens_to_its_links(own: Served, visit: Open) -> None:
    """With a note or without: the way to the row, and the way to disagree with it; the keyboard goes on into them."""
    page = visit(own.url(FLAGSHIP)).page
    labels = page.locator("[data-part=factors] tbody button")
    assert labels.count() == page.locator("[data-part=factors] tbody tr[id]").count()
    for label in labels.all():
        label.focus()
        page.keyboard.press("Enter")
        row = label.evaluate("label => label.closest('tr').id")
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_accessible_name("Close")
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_attribute("href", f"#{row}")
        page.keyboard.press("Tab")
        assert str(row) in (page.locator(":focus").get_attribute("href") or "")
        page.keyboard.press("Escape")
    assert violations(page) == ""


def test_text_can_be_twice_as_large(own: Served, visit: Open) -> None:
    """At 200 % nothing is cut off sideways: what 1280 pixels show at 100 % fits into 640."""
    page = visit(own.url(FLAGSHIP), width=640, height=400, device_scale_factor=2).page
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


@pytest.mark.parametrize("path", [TWO, SIX])
def test_winners_show_without_colour(drinks: Served, visit: Open, path: str) -> None:
    """In forced colours, and without any, the mark of a winning cell is still drawn."""
    page = visit(drinks.url(path), forced_colors="active").page
    marks = page.locator("td[data-wins] .mark")
    assert marks.count() > 0
    for mark in marks.all():
        box = mark.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 2
    weights = page.eval_on_selector_all(
        "td[data-wins]", "cells => cells.map(cell => Number(getComputedStyle(cell).fontWeight))"
    )
    assert min(weights) >= 600
