"""The columns of a table: which are shown, in what order, and what of it stays in sight, on any screen."""

import random
import re
from collections.abc import Iterator

import pytest
from accessible import violations
from hosted import PHONE, Open, Served, serve
from playwright.sync_api import Locator, Page, expect

NAMES = ("Tea", "Coffee", "Mate", "Cocoa", "Buttermilk of the long name", "Water")
SIZES = (2, 3, 4, 6)  # subjects; the last of them is picked


def table(count: int) -> str:
    """A comparison of so many subjects: numbers in every row but two, of which one has a gap."""
    names, draw = NAMES[:count], random.Random(count)
    prices = draw.sample(range(1, 99), count)
    gaps = [*(f"{{value: {draw.randint(1, 99)}}}" for _ in names[1:]), "unknown"]
    rows = [
        f"  - {{factor: Price, unit: ct, better: lower, cells: [{', '.join(f'{{value: {one}}}' for one in prices)}]}}"
    ]
    rows += [f"  - {{factor: Weight, unit: g, better: higher, cells: [{', '.join(gaps)}]}}"]
    words = ", ".join("yes" for _ in names)
    for place in range(10):
        rows.append(f"  - {{factor: Word {place}, group: Words, cells: [{words}], wins: [{names[place % count]}]}}")
    verdict = "".join(f"  {name}: You like it.\n" for name in names)
    return (
        f"---\nsummary: So many.\nsubjects: [{', '.join(names)}]\npick: {names[-1]}\nwhy: It is.\nfactors:\n"
        + "\n".join(rows)
        + f"\nverdict:\n{verdict}category: All\npublished: 2026-05-03\n---\n## Why\n\nIt is.\n"
    )


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A table of each size."""
    project = tmp_path_factory.mktemp("shelf")
    (project / "content/compare").mkdir(parents=True)
    (project / "content/site.yaml").write_text("title: Shelf\nbase_url: https://example.org/\n")
    for count in SIZES:
        (project / f"content/compare/of-{count}.md").write_text(table(count))
    yield from serve(project, tmp_path_factory.mktemp("served"))


def of(count: int, query: str = "") -> str:
    return f"compare/of-{count}/{query}"


def region(page: Page) -> Locator:
    return page.locator("[data-part=factors] .scroller")


def shown(page: Page) -> list[str]:
    return [head.inner_text() for head in region(page).locator("thead th").all() if head.is_visible()]


def expect_shown(page: Page, names: list[str]) -> None:
    expect(region(page).locator("thead th").filter(visible=True)).to_have_text(names)


def ready(control: Locator) -> Locator:
    """With the focus, and its tools at work."""
    control.focus()
    for tool in control.locator("xpath=ancestor-or-self::*[@data-tool]").all():
        expect(tool).to_have_attribute("data-ready", "")
    return control


@pytest.mark.parametrize("count", SIZES)
@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_the_pick_is_first_and_nothing_scrolls_within(shelf: Served, visit: Open, width: int, count: int) -> None:
    """From three subjects on the pick is first; the table never scrolls up and down, nor the page sideways."""
    opened = visit(shelf.url(of(count)), width=width)
    names = shown(opened.page)
    if count > 2:
        assert names[0] == NAMES[count - 1]
    assert len(names) == (2 if width < 768 else count)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    for query in ("?show=all", "?sort=price"):
        page = visit(shelf.url(of(count, query)), width=width).page
        expect(region(page).locator("thead th").filter(visible=True)).to_have_count(count)
        assert region(page).evaluate("one => one.scrollHeight <= one.clientHeight + 1")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page) == ""


def test_a_phone_sets_the_pick_against_one_other(shelf: Served, visit: Open) -> None:
    """Two fit without scrolling sideways; a tap swaps the other, one more shows all; the address keeps it."""
    page = visit(shelf.url(of(6)), **PHONE).page
    expect(region(page).locator("thead th").filter(visible=True)).to_have_count(2)
    for name in ("Cocoa", "Tea"):
        ready(page.get_by_role("radio", name=name)).check()
        expect_shown(page, ["Water", name])
        assert region(page).evaluate("region => region.scrollWidth <= region.clientWidth")
    expect(page).to_have_url(re.compile(r"\?show=water,tea$"))
    again = visit(page.url, **PHONE).page
    expect(again.get_by_role("radio", name="Tea")).to_be_checked()
    expect_shown(again, ["Water", "Tea"])
    page.get_by_role("radio", name="All 6 columns").check()
    expect(page).to_have_url(re.compile(r"\?show=all$"))
    expect(region(page).locator("thead th").filter(visible=True)).to_have_count(6)
    page.go_back()
    page.go_back()
    page.wait_for_url("**?show=water,cocoa")
    expect_shown(page, ["Water", "Cocoa"])


def test_a_phone_without_scripts_has_every_column(shelf: Served, visit: Open) -> None:
    """The stylesheet alone follows the choice; on paper there are all columns, whatever was chosen."""
    page = visit(shelf.url(of(6)), **PHONE, java_script_enabled=False).page
    expect(region(page).locator("thead th").filter(visible=True)).to_have_count(2)
    page.get_by_role("radio", name="Mate").check()
    expect_shown(page, ["Water", "Mate"])
    page.get_by_role("radio", name="All 6 columns").check()
    expect(region(page).locator("thead th").filter(visible=True)).to_have_count(6)
    page.get_by_role("radio", name="Mate").check()
    page.emulate_media(media="print")
    expect(region(page).locator("thead th").filter(visible=True)).to_have_count(6)


def test_without_a_pick_two_stand_side_by_side(drinks: Served, visit: Open) -> None:
    """The first, and of the others the one that leads by weight."""
    page = visit(drinks.url("compare/tea-vs-coffee-vs-mate-vs-cocoa-vs-milk-vs-water/"), **PHONE).page
    expect_shown(page, ["Tea", "Coffee"])


def test_columns_can_be_left_out(shelf: Served, visit: Open) -> None:
    """But for two; the address keeps those that stay, one press brings all of them back, and paper has them all."""
    page = visit(shelf.url(of(4))).page
    ready(page.locator("summary", has_text="Columns")).press("Enter")
    for name in ("Tea", "Mate"):
        ready(page.get_by_role("checkbox", name=name)).press("Space")
    expect_shown(page, ["Cocoa", "Coffee"])
    expect(page).to_have_url(re.compile(r"\?show=cocoa,coffee$"))
    expect(page.get_by_role("checkbox", name="Coffee")).to_be_disabled()
    expect(page.get_by_text("2 of 4 columns shown.")).to_be_visible()
    again = visit(page.url).page
    expect_shown(again, ["Cocoa", "Coffee"])
    again.emulate_media(media="print")
    expect(region(again).locator("thead th").filter(visible=True)).to_have_count(4)
    ready(page.get_by_role("button", name="Undo")).press("Enter")
    expect(region(page).locator("thead th").filter(visible=True)).to_have_count(4)
    expect(page).not_to_have_url(re.compile("show"))


def test_the_pick_and_the_head_stay_while_the_rest_scrolls(shelf: Served, visit: Open) -> None:
    """Sideways the pick stays beside the factor; as the page scrolls, the names stay above their columns."""
    page = visit(shelf.url(of(6, "?show=all")), width=390, height=500).page
    names = page.locator(".names div")
    expect(names).to_contain_text("Cocoa")
    row = region(page).locator("#factor-word-6")
    row.evaluate("row => row.scrollIntoView({block: 'center', behavior: 'instant'})")
    region(page).evaluate("region => region.scrollBy(9999, 0)")
    expect(row.locator("[data-subject=water]")).to_be_in_viewport(ratio=0.9)
    expect(row.locator("[data-subject^=buttermilk]")).to_be_in_viewport(ratio=0.9)
    page.wait_for_function("names => names.scrollLeft > 0", arg=names.element_handle())
    script = """heads => heads.map(head => [head.dataset.column, head.getBoundingClientRect().x])"""
    places = page.locator(":is(.names, .scroller thead) th").evaluate_all(script)
    assert places[:6] == places[6:]
    assert 0 <= names.evaluate("names => names.getBoundingClientRect().top") < 1


def test_columns_are_sorted_by_a_row(shelf: Served, visit: Open) -> None:
    """By its numbers, the winner's end first, or the other way round; the address keeps it."""
    page = visit(shelf.url(of(6))).page
    before = shown(page)
    prices = dict(zip(NAMES, random.Random(6).sample(range(1, 99), 6), strict=True))
    ready(page.locator("#factor-price button")).press("Enter")
    ready(page.get_by_role("button", name="Sort columns by this row")).press("Enter")
    expect_shown(page, sorted(NAMES, key=lambda name: prices[name]))
    expect(page).to_have_url(re.compile(r"\?sort=price$"))
    expect(page.get_by_text("Columns sorted by “Price”.")).to_be_visible()
    expect(page.locator("#factor-price th")).to_have_attribute("aria-sort", "ascending")
    ready(page.get_by_role("button", name="Reverse")).press("Enter")
    expect(page).to_have_url(re.compile(r"\?sort=-price$"))
    expect_shown(page, sorted(NAMES, key=lambda name: -prices[name]))
    again = visit(page.url).page
    expect_shown(again, shown(page))
    page.get_by_role("button", name="Undo").press("Enter")
    expect_shown(page, before)


def test_what_is_not_known_is_sorted_last(shelf: Served, visit: Open) -> None:
    """Whichever way round."""
    for query in ("?sort=weight", "?sort=-weight"):
        page = visit(shelf.url(of(4, query))).page
        expect(region(page).locator("thead th").last).to_have_text("Cocoa")


def test_a_phone_sorts_all_columns(shelf: Served, visit: Open) -> None:
    """The order of two says little: who sorts sees them all."""
    page = visit(shelf.url(of(4)), **PHONE).page
    ready(page.locator("#factor-price button")).press("Enter")
    ready(page.get_by_role("button", name="Sort columns by this row")).press("Enter")
    expect(region(page).locator("thead th").filter(visible=True)).to_have_count(4)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("count", SIZES)
def test_the_table_is_soon_reached(shelf: Served, visit: Open, count: int, width: int) -> None:
    """One link skips to it; its tools are one stop, and after them comes the table."""
    page = visit(shelf.url(of(count)), width=width).page
    page.get_by_role("link", name="Skip to the table").press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("summary", has_text="Your priorities")).to_be_focused()
    for _ in range(2 if count > 2 and width < 768 else 1):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.scroller') !== null")


PRICED = {  # the cells of six, by row
    "Bare": "{value: 9.50}, {value: 399}, {value: 24.90}, {value: 39.95}, {value: 29.90}, {value: 12}",
    "Money": "€9.50, €399, €24.90, €39.95, €29.90, €12",
    "Time": "9.5 ms, 399 ms, 24.9 ms, 39.95 ms, 29.9 ms, 12 ms",
    "Words": (
        "{text: nine, compare: 9.5}, {text: loads, compare: 399}, {text: some, compare: 24.9},"
        " {text: more, compare: 39.95}, {text: a few, compare: 29.9}, {text: a dozen, compare: 12}"
    ),
    "Both": (
        '{text: "€9.50", value: 9.50}, {text: "€1,399", value: 1399}, {text: "€24.90", value: 24.90},'
        ' {text: "€39.95", value: 39.95}, {text: "€29.90", value: 29.90}, {text: "€12", value: 12}'
    ),
}


@pytest.fixture(scope="module")
def priced(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A table with numbers in every form in which the tool compares them."""
    project = tmp_path_factory.mktemp("priced")
    (project / "content/compare").mkdir(parents=True)
    (project / "content/site.yaml").write_text("title: Prices\nbase_url: https://example.org/\n")
    rows = "".join(f"  - {{factor: {name}, better: lower, cells: [{cells}]}}\n" for name, cells in PRICED.items())
    verdict = "".join(f"  {name}: You like it.\n" for name in NAMES)
    (project / "content/compare/all.md").write_text(
        f"---\nsummary: So many.\nsubjects: [{', '.join(NAMES)}]\npick: Tea\nwhy: It is.\nfactors:\n{rows}"
        f"verdict:\n{verdict}category: All\npublished: 2026-05-03\n---\n## Why\n\nIt is.\n"
    )
    yield from serve(project, tmp_path_factory.mktemp("served-priced"))


@pytest.mark.parametrize("row", [name.lower() for name in PRICED])
def test_columns_sort_by_every_number_that_decides(priced: Served, visit: Open, row: str) -> None:
    """Bare, with a unit or a currency, or beside the text: what decides who wins a row sorts by it."""
    best = [NAMES[place] for place in (0, 5, 2, 4, 3, 1)]
    for query, names in ((f"?sort={row}", best), (f"?sort=-{row}", best[::-1])):
        page = visit(priced.url(f"compare/all/{query}")).page
        expect(page.get_by_text("Columns sorted by")).to_be_visible()
        expect_shown(page, names)


def test_a_copy_has_numbers_in_plain_digits(priced: Served, visit: Open) -> None:
    """Those that a text says with a unit, which stands at the label; a text that says it in words stays that."""
    opened = visit(priced.url("compare/all/"))
    opened.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ready(opened.page.locator("summary", has_text="Copy")).press("Enter")
    ready(opened.page.get_by_role("button", name="CSV")).press("Enter")
    opened.page.wait_for_function("navigator.clipboard.readText().then((text) => text.includes('Money'))")
    rows = dict(
        line.split(",", 1) for line in opened.page.evaluate("navigator.clipboard.readText()").split("\r\n")[1:-1]
    )
    assert rows["Money (EUR)"] == "9.50,399,24.90,39.95,29.90,12"
    assert rows["Time (ms)"] == "9.5,399,24.9,39.95,29.9,12"
    assert rows["Both"].startswith("9.50,1399,")
    assert rows["Words"] == "nine,loads,some,more,a few,a dozen"
