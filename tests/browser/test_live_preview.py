"""The preview in a browser: it follows every save by itself, shows what is wrong, and comes back when it is mended."""

from collections.abc import Callable
from pathlib import Path

from hosted import Open
from playwright.sync_api import expect
from previewed import previewing
from samples import changed

FILE = "content/compare/tea-vs-coffee.md"


def test_an_edit_shows_without_a_reload(make_site: Callable[..., Path], visit: Open) -> None:
    """Save, and the page has changed; break it, and the page says what is wrong; mend it, and it is back."""
    project = make_site()
    with previewing(project) as preview:
        page = visit(f"{preview.url}compare/tea-vs-coffee/").page
        body = page.locator("body")
        expect(body).to_contain_text("Tea is calmer.")

        (project / FILE).write_text(changed(("Tea is calmer.", "Tea is slower.")))
        expect(body).to_contain_text("Tea is slower.")

        (project / FILE).write_text(changed(("wins: tea", "wins: chai")))
        expect(body).to_contain_text('wins names "chai", which is not a subject here')
        expect(page.get_by_role("heading", level=1)).to_have_text("1 problem in the content")

        (project / FILE).write_text(changed(("Tea is calmer.", "Tea is better.")))
        expect(body).to_contain_text("Tea is better.")
        assert page.url == f"{preview.url}compare/tea-vs-coffee/"


def test_a_style_shows_without_a_reload(make_site: Callable[..., Path], visit: Open) -> None:
    """The theme is followed like the content."""
    project = make_site({"static/css/99-own.css": "h1 { letter-spacing: 1px }"})
    with previewing(project) as preview:
        title = visit(preview.url).page.locator("h1")
        expect(title).to_have_css("letter-spacing", "1px")
        (project / "static/css/99-own.css").write_text("h1 { letter-spacing: 9px }")
        expect(title).to_have_css("letter-spacing", "9px")
