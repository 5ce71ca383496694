"""The ruling with names that are long, or code: nothing overlaps, nothing is pushed off the page."""

from itertools import pairwise

import pytest
from hosted import PHONE, SIX, TWO, Open, Served
from playwright.sync_api import Locator

LONG = "Fernwärmeanschluss mit Übergabestation"


def lines_of(locator: Locator) -> int:
    """How many lines an element's text takes."""
    ends: list[float] = locator.evaluate(
        """one => {
            const range = document.createRange();
            range.selectNodeContents(one);
            return [...range.getClientRects()].map(box => box.bottom);
        }"""
    )
    return 1 + sum(below - above > 8 for above, below in pairwise(sorted(ends)))


@pytest.mark.parametrize("width", [320, 390])
def test_long_names_break_where_the_ruling_is(drinks: Served, visit: Open, width: int) -> None:
    """In the pick box as well, where what is short stays together."""
    page = visit(drinks.url(TWO), width=width).page
    said = page.locator(".pick-else b").first
    assert lines_of(said) == 1
    said.evaluate("(one, text) => (one.textContent = text)", f"Use {LONG} if")
    assert lines_of(said) == 2
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_names_of_strips_do_not_touch(drinks: Served, visit: Open) -> None:
    """One that takes two lines leaves some room below the line under the name above it."""
    page = visit(drinks.url(SIX), width=390).page
    names = page.locator(".balance:not(.small) .strips b span")
    names.evaluate_all("(spans, text) => spans.forEach(span => (span.textContent = text))", LONG)
    boxes = [box for one in names.all() if (box := one.bounding_box())]
    gaps = [below["y"] - above["y"] - above["height"] for above, below in pairwise(boxes)]
    assert len(gaps) == 5
    assert min(gaps) >= 3


def test_the_middle_leaves_the_sides_their_room(drinks: Served, visit: Open) -> None:
    """What nobody won is said in two lines before a name parts from its number."""
    page = visit(drinks.url(TWO), width=320).page
    page.locator(".sides .quiet").evaluate("one => (one.textContent = '1 tied, 3 not judged')")
    left, right = page.locator(".sides b[class]").all()
    middle = page.locator(".sides .quiet")
    assert [lines_of(left), lines_of(middle), lines_of(right)] == [1, 2, 1]
    page.set_viewport_size(PHONE)
    assert lines_of(middle) == 1


def test_code_in_a_name_is_no_chip(drinks: Served, visit: Open) -> None:
    """It would be larger than the line that it stands in, and part a name from the comma behind it."""
    page = visit(drinks.url(TWO)).page
    for place in ("h1", ".pick-name", ".pick-else b", ".sides b", ".pick-why"):
        is_chip = page.locator(place).first.evaluate(
            """one => {
                const code = one.appendChild(document.createElement("code"));
                return getComputedStyle(code).backgroundColor != "rgba(0, 0, 0, 0)";
            }"""
        )
        assert is_chip is (place == ".pick-why"), place
