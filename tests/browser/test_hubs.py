"""Pages of subjects, categories and measurements: what answers fits, is drawn where it says, and is for everyone."""

import re

import pytest
from accessible import violations
from hosted import Open, Served
from playwright.sync_api import expect

HUBS = ("subjects/pytorch/", "subjects/jinja2/", "categories/python-libraries/", "measurements/json-libraries/")


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_they_fit_and_axe_finds_nothing(own: Served, visit: Open, width: int, scheme: str) -> None:
    """With numbers, releases, a map and the rulings that rest on a page."""
    page = visit(own.url(), width=width, color_scheme=scheme).page
    for path in HUBS:
        page.goto(own.url(path))
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert violations(page) == "", path


def test_the_head_of_a_hub_has_no_empty_half(own: Served, visit: Open) -> None:
    """On a wide screen its alternatives stand beside what it is; on a narrow one below it."""
    for width, is_beside in ((1280, True), (390, False)):
        page = visit(own.url("subjects/pytorch/"), width=width).page
        title, other = page.locator("h1").bounding_box(), page.locator(".alternatives").bounding_box()
        assert title
        assert other
        assert (other["x"] > title["x"] + title["width"]) is is_beside, width


def test_a_number_stands_where_it_says(own: Served, visit: Open) -> None:
    """On a scale from zero: twice as much lies twice as far from where it begins."""
    page = visit(own.url("subjects/pytorch/")).page
    first = page.locator(".strip svg").first
    shares = """svg => {
        const line = svg.querySelector("line").getBoundingClientRect();
        return [...svg.querySelectorAll("circle")].map(one => {
            const mark = one.getBoundingClientRect();
            const share = ((mark.left + mark.right) / 2 - line.left) / line.width;
            return [parseFloat(one.textContent.replace(/.*: /, "").replace(",", "")), share];
        });
    }"""
    found = first.evaluate(shares)
    most = max(number for number, _ in found)
    assert len(found) == 4
    for number, share in found:
        assert share == pytest.approx(number / most, abs=0.01)


def test_a_ruling_and_its_measurement_lead_to_each_other(own: Served, visit: Open) -> None:
    """Without scripts: from the page that is cited to the sources of the ruling, and back."""
    page = visit(own.url("measurements/json-libraries/"), java_script_enabled=False).page
    page.locator(".rests a").first.click()
    expect(page).to_have_url(re.compile(r"/#sources$"))
    page.locator("#sources cite a", has_text="JSON libraries").first.click()
    expect(page).to_have_url(own.url("measurements/json-libraries/"))
