"""What axe says of a page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> str:
    """What axe has to say, as text; empty when it has nothing."""
    # Of what passes, one element a rule: to describe all of them takes as long as to look at them.
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]})
    assert len(results.response["passes"]) > 5
    return results.generate_report() if results.violations_count else ""
