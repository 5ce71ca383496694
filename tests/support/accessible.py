"""What axe says of a page, in each state that a reader can bring it into."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
POINTED_AT = "a[href], button, summary, label, input, select, tr, li, h2, h3, h4"


def violations(page: Page) -> str:
    """What axe has to say, as text; empty when it has nothing."""
    return _said(page, {"type": "tag", "values": RULES})


def _said(page: Page, rules: Mapping[str, object]) -> str:
    # Of what passes, one element a rule: to describe all of them takes as long as to look at them.
    results = Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"]})
    assert results.response["passes"]
    return results.generate_report() if results.violations_count else ""


def violations_in_use(page: Page) -> Iterator[tuple[str, str]]:
    """Brings the page into one state after the other, by whatever it has: each by its name, and what axe has to say."""
    for state in _states(page):
        yield state, violations(page)
        for shown in (("hover",), ("hover", "active")):
            with _forced(page, shown):
                yield f"{state}, {' and '.join(shown)}", _said(page, {"type": "rule", "values": ["color-contrast"]})


def _states(page: Page) -> Iterator[str]:
    yield "at rest"
    yield from _with_popovers(page)
    if page.locator("details").count():
        page.eval_on_selector_all("details", "all => all.forEach(details => (details.open = true))")
        page.wait_for_load_state("networkidle")
        yield "all is open"
    yield from _changed(page)
    button = page.locator("button[data-tool=search] >> visible=true")
    if button.count():
        _press(page, button)
        page.locator("dialog[open] input").fill("tea")
        page.wait_for_timeout(500)
        yield "the search is open"


@contextmanager
def _forced(page: Page, shown: tuple[str, ...]) -> Iterator[None]:
    """As if a pointer were on everything at once, so that no link or button is left out."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    for node in session.send("DOM.querySelectorAll", {"nodeId": root, "selector": POINTED_AT})["nodeIds"]:
        session.send("CSS.forcePseudoState", {"nodeId": node, "forcedPseudoClasses": list(shown)})
    yield
    session.detach()


def _with_popovers(page: Page) -> Iterator[str]:
    """One of each kind: what a row says, and the sources of a cell."""
    for kind in ("[popovertarget]", "td .ref a"):
        opener = page.locator(f"main {kind} >> visible=true").first
        if opener.count():
            _press(page, opener)
            page.wait_for_timeout(200)
            yield f"{kind}, pressed"
            page.keyboard.press("Escape")


def _changed(page: Page) -> Iterator[str]:
    """Every switch pressed and every slider moved, one after the other."""
    switches = page.locator("main button[aria-pressed] >> visible=true")
    for number in range(switches.count()):
        _press(page, switches.nth(number))
    if switches.count():
        yield "switches are pressed"
    sliders = page.locator("main input[type=range] >> visible=true")
    for number in range(sliders.count()):
        sliders.nth(number).press("ArrowRight")
    if sliders.count():
        yield "sliders are moved"


def _press(page: Page, target: Locator) -> None:
    if page.evaluate("navigator.maxTouchPoints"):
        target.tap()
    else:
        target.click()
