"""Lists of comparisons as tools: searched, narrowed and sorted, by keyboard, with the view in the address."""

import re
from datetime import date

import pytest
from accessible import violations
from hosted import Open, Served
from playwright.sync_api import Page, expect

from tiebreak.pages.locales import day

# The lines whose date is not within them, or stands on what is beside it; a point is nothing.
OUTSIDE = """lines => lines.filter((line) => {
  const text = document.createRange();
  text.selectNodeContents(line.querySelector("time"));
  const beside = line.querySelectorAll(".balance, .won");
  const [date, whole, ...others] = [text, line, ...beside].map((one) => one.getBoundingClientRect());
  const shares = (other, start, end) => date[start] < other[end] - 1 && other[start] < date[end] - 1;
  const isOn = (other) => shares(other, "left", "right") && shares(other, "top", "bottom");
  return date.left < whole.left - 1 || date.right > whole.right + 1 || others.some(isOn);
}).map((line) => line.textContent)"""


def titles(page: Page) -> list[str]:
    """Of the lines that are shown, in the order in which they are."""
    return [line.get_by_role("heading").inner_text() for line in page.locator(".line").all() if line.is_visible()]


def ready(page: Page) -> None:
    page.get_by_role("searchbox", name="Find").focus()
    expect(page.locator("[data-tool=lists]")).to_have_attribute("data-ready", "")


@pytest.mark.parametrize("path", ["", "compare/"])
def test_comparisons_are_found_by_any_name_of_what_they_compare(own: Served, visit: Open, path: str) -> None:
    """An alias that no title says finds them; groups without any go, and the front page's lead makes room."""
    page = visit(own.url(path)).page
    count = len(titles(page))
    ready(page)
    page.keyboard.type("TORCH")
    expect(page.locator(".list-tools .tally")).to_have_text(f"3 of {count} comparisons")
    assert all("PyTorch" in title for title in titles(page))
    assert [group.inner_text() for group in page.locator(".group > h2").all() if group.is_visible()] == [
        "Machine learning"
    ]
    expect(page.locator(".lead")).to_be_hidden()
    expect(page).to_have_url(re.compile(r"\?find=TORCH$"))
    page.reload()
    expect(page.locator(".list-tools .tally")).to_have_text(f"3 of {count} comparisons")
    page.go_back()
    expect(page.locator(".list-tools .tally")).to_have_text("")
    assert len(titles(page)) == count


@pytest.mark.parametrize("path", ["", "compare/"])
def test_subjects_that_nobody_has_compared_are_offered_side_by_side(own: Served, visit: Open, path: str) -> None:
    page = visit(own.url(path)).page
    count = len(titles(page))
    ready(page)
    page.keyboard.type("jax tensorflow")
    tally = page.locator(".list-tools .tally")
    expect(tally).to_have_text(f"None of {count} comparisons · JAX vs TensorFlow (Facts side by side)")
    page.keyboard.type(" nothing")
    expect(tally.get_by_role("link")).to_have_count(1)
    page.get_by_role("link", name="JAX vs TensorFlow").click()
    expect(page).to_have_url(own.url("compare/?with=jax,tensorflow"))


def test_a_category_and_a_kind_narrow_the_list(own: Served, visit: Open) -> None:
    """One after the other; what nothing fits is said."""
    page = visit(own.url("compare/")).page
    ready(page)
    page.locator(".list-tools").get_by_role("combobox", name="Kind").select_option("JSON library")
    assert titles(page) == ["Six JSON libraries for Python"]
    page.get_by_role("combobox", name="Category").select_option("Testing")
    expect(page.locator(".list-tools .tally")).to_contain_text("None of")
    assert titles(page) == []
    page.go_back()
    expect(page.get_by_role("combobox", name="Category")).to_have_value("")
    assert len(titles(page)) == 1


@pytest.mark.parametrize("order", ["newest", "checked"])
def test_days_put_all_in_one_list(own: Served, visit: Open, order: str) -> None:
    """The last first, whatever their category; and each is back in its place when that is undone."""
    page = visit(own.url("compare/")).page
    before = titles(page)
    ready(page)
    page.get_by_role("combobox", name="Order").select_option(order)
    script = """order => [...document.querySelectorAll('.line')].filter(line => line.checkVisibility())
        .map(line => order == 'newest' ? line.querySelector('time').dateTime : line.dataset.checked ?? '')"""
    days = page.evaluate(script, order)
    assert len(days) == len(before)
    assert days == sorted(days, reverse=True)
    heading = page.get_by_role("combobox", name="Order").locator("option:checked").inner_text()
    assert [group.inner_text() for group in page.locator(".group > h2:visible").all()] == [heading]
    page.get_by_role("combobox", name="Order").select_option("")
    assert titles(page) == before


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_in_a_list_that_is_asked(own: Served, visit: Open, width: int, scheme: str) -> None:
    """With a filter on, and nothing leaves the screen."""
    opened = visit(own.url("?find=python&order=newest"), width=width, color_scheme=scheme)
    expect(opened.page.locator(".list-tools .tally")).not_to_be_empty()
    assert opened.faults == []
    assert violations(opened.page) == ""
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_short_list_has_no_tools(drinks: Served, visit: Open) -> None:
    """What can be seen at a glance need not be searched."""
    expect(visit(drinks.url("compare/")).page.locator(".list-tools")).to_have_count(0)


def test_a_thousand_entries_answer_at_once(own: Served, visit: Open) -> None:
    """All are looked at for every letter. The bound is ten times what it takes, and less than a person waits for."""
    page = visit(own.url("compare/")).page
    page.evaluate("""() => {
        const list = document.querySelector('.lines'), lines = [...document.querySelectorAll('.line')];
        for (let place = lines.length; place < 1000; place++) list.append(lines[place % lines.length].cloneNode(true));
    }""")
    ready(page)
    took = page.evaluate("""async () => {
        const input = document.querySelector('[name=find]'), took = [];
        for (const text of ['p', 'py', 'pyt', 'pyth', '']) {
            const start = performance.now();
            input.value = text;
            input.dispatchEvent(new Event('input', { bubbles: true }));
            await new Promise(requestAnimationFrame);
            await new Promise(done => setTimeout(done));
            took.push(performance.now() - start);
        }
        return took.sort((a, b) => a - b)[2];
    }""")
    assert took < 500


@pytest.mark.parametrize("width", [320, 800, 1280])
@pytest.mark.parametrize("language", ["en", "pt", "ar"])
def test_dates_stay_in_their_column(drinks: Served, visit: Open, width: int, language: str) -> None:
    """Whatever font a reader has, and however long the language writes them."""
    page = visit(drinks.url("compare/"), width=width).page
    page.add_style_tag(content="* { font-family: 'DejaVu Sans Mono', monospace !important; letter-spacing: .08em }")
    for found in page.locator(".line time").all():
        found.evaluate("(one, text) => one.textContent = text", day(language, short=True)(date(2026, 11, 29)))
    assert page.locator(".line").evaluate_all(OUTSIDE) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
