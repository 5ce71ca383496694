"""The preview in a browser: it follows every save, touches nothing but what changed, and shows what is wrong."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from hosted import PHONE, Open
from playwright.sync_api import Page, expect
from previewed import Preview, previewing
from samples import changed

pytestmark = pytest.mark.alone

FILE = "content/compare/tea-vs-coffee.md"
PAGE = "compare/tea-vs-coffee/"
OTHER = "---\ntitle: About\n---\nUs, {}.\n"
LONG = "\n\n".join(f"Paragraph {number}, about tea." for number in range(200))
BROKEN = changed(("wins: tea", "wins: chai"))
# A page that was loaded again has no memory; one that was left alone has no mutations.
REMEMBER = """() => {
  window.remembered = true;
  window.mutations = 0;
  new MutationObserver((list) => (window.mutations += list.length)).observe(
    document, { subtree: true, childList: true, attributes: true, characterData: true });
}"""

MakeSite = Callable[..., Path]


@pytest.fixture
def project(make_site: MakeSite) -> Path:
    """An article that is too long for the window, another page, and a style of the project's own."""
    return make_site(
        {
            FILE: changed(("Tea is calmer.", f"Tea is calmer.\n\n{LONG}")),
            "content/pages/about.md": OTHER.format("first"),
            "static/css/99-own.css": "h1 { letter-spacing: 1px }",
        }
    )


@pytest.fixture
def preview(project: Path) -> Iterator[Preview]:
    with previewing(project) as preview:
        yield preview


@pytest.fixture
def look(preview: Preview, visit: Open) -> Callable[..., Page]:
    """`look(path, **options)`: a page of the preview that follows it, and remembers that it was not loaded again."""

    def look(path: str = PAGE, **options: Any) -> Page:
        page = visit(preview.url + path, **options).page
        page.wait_for_load_state("networkidle")
        page.evaluate(REMEMBER)
        return page

    return look


def edit(file: Path, *pairs: tuple[str, str]) -> None:
    file.write_text(changed(*pairs, text=file.read_text()))


def test_an_edit_shows_in_place(project: Path, look: Callable[..., Page]) -> None:
    """The text is new; the window stays where it was, and the focus too."""
    page = look()
    link = page.locator("main a >> visible=true").first
    link.focus()
    page.evaluate("scrollTo(0, 3000)")
    where = page.evaluate("scrollY")
    edit(project / FILE, ("Paragraph 140", "Sentence 140"), ("wins: tea", "wins: coffee"))
    expect(page.locator("body")).to_contain_text("Sentence 140")
    assert page.evaluate("scrollY") == where > 0
    assert page.evaluate("remembered")
    expect(link).to_be_focused()


def test_more_or_less_text_shows_in_place(project: Path, look: Callable[..., Page]) -> None:
    """Paragraphs that come and go leave their neighbours alone: the very elements are still there."""
    page = look()
    neighbour = page.get_by_text("Paragraph 151, about tea.").element_handle()
    edit(project / FILE, ("Paragraph 150, about tea.", "One\n\n> Two\n\n- Three"))
    expect(page.locator("main blockquote")).to_have_text("Two")
    edit(project / FILE, ("One\n\n> Two\n\n- Three\n\n", ""))
    expect(page.locator("main blockquote")).to_have_count(0)
    assert neighbour.evaluate("element => element.isConnected && element.previousElementSibling.textContent") == (
        "Paragraph 149, about tea."
    )
    assert page.evaluate("remembered")


def test_what_a_reader_opened_stays_open(make_site: MakeSite, visit: Open) -> None:
    """Also right beside what changed."""
    details = "<details><summary>More</summary>{}</details>"
    template = f'{{% extends "default/404.html" %}}{{% block main %}}{details}{{% endblock %}}'
    project = make_site({"templates/404.html": template.replace("{}", "first")})
    with previewing(project) as preview:
        page = visit(f"{preview.url}nowhere/").page
        page.wait_for_load_state("networkidle")
        page.locator("summary").click()
        (project / "templates/404.html").write_text(template.replace("{}", "second"))
        expect(page.get_by_text("second")).to_be_visible()


def test_the_head_follows_too(project: Path, look: Callable[..., Page]) -> None:
    """The title of the window is a part of the page."""
    page = look("about/")
    edit(project / "content/pages/about.md", ("title: About", "title: Who we are"))
    expect(page).to_have_title("Who we are · Picks")
    assert page.evaluate("remembered")


def test_a_style_shows_without_loading_the_page_again(project: Path, look: Callable[..., Page]) -> None:
    """The new style takes over from the old one, and nothing else happens."""
    page = look()
    title = page.locator("h1")
    expect(title).to_have_css("letter-spacing", "1px")
    for spacing in ("9px", "3px"):
        (project / "static/css/99-own.css").write_text(f"h1 {{ letter-spacing: {spacing} }}")
        expect(title).to_have_css("letter-spacing", spacing)
        expect(page.locator("link[rel=stylesheet]:not([media])")).to_have_count(1)
    assert page.evaluate("remembered")


def test_an_edit_of_another_page_leaves_this_one_alone(
    project: Path, preview: Preview, look: Callable[..., Page]
) -> None:
    """Not a node of it is touched."""
    page, other = look(), look("about/")
    edit(project / "content/pages/about.md", ("Us, first.", "Us, second."))
    expect(other.locator("main")).to_contain_text("Us, second.")
    # The next word from the server is an answer to this; whatever the edit meant for the page has come before it.
    edit(project / FILE, ("Tea is calmer.", "Tea is slower."))
    expect(page.locator("main")).to_contain_text("Tea is slower.")
    assert page.evaluate("[remembered, mutations]") == [True, 1]


def test_a_page_with_scripts_is_right_too(make_site: MakeSite, visit: Open) -> None:
    """A script may have changed the page, and has to see what is new in it: then the page is loaded again."""
    script = '<script>document.querySelector("p").append("!")</script>'
    template = f'{{% extends "default/404.html" %}}{{% block main %}}<p>{{}}</p>{script}{{% endblock %}}'
    project = make_site({"templates/404.html": template.replace("{}", "first")})
    with previewing(project) as preview:
        page = visit(f"{preview.url}nowhere/").page
        page.wait_for_load_state("networkidle")
        for text in ("second", "<b>third</b>"):
            (project / "templates/404.html").write_text(template.replace("{}", text))
            expect(page.locator("p").first).to_have_text(text.removeprefix("<b>").removesuffix("</b>") + "!")


def test_problems_lie_over_the_page_until_they_are_mended(
    project: Path, preview: Preview, look: Callable[..., Page]
) -> None:
    """In the words of the terminal; the page behind stays as it was, and a page that is opened later tells too."""
    page = look()
    page.evaluate("scrollTo(0, 3000)")
    where = page.evaluate("scrollY")
    whole = (project / FILE).read_text()
    edit(project / FILE, ("wins: tea", "wins: chai"))
    dialog = page.get_by_role("alertdialog", name="1 problem in the content")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text('wins names "chai", which is not a subject here')
    expect(page.get_by_text("Paragraph 140", exact=False)).to_have_count(1)
    later = look("about/")
    expect(later.get_by_role("alertdialog")).to_be_visible()
    expect(later.get_by_text("Us, first.")).to_have_count(1)

    (project / FILE).write_text(whole)
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    expect(later.get_by_role("alertdialog")).to_have_count(0)
    assert page.evaluate("[remembered, scrollY]") == [True, where]


def test_problems_can_be_put_aside_with_the_keyboard(project: Path, look: Callable[..., Page]) -> None:
    """They have the focus, Escape and the button close them, and the focus goes back to where it was."""
    page = look()
    link = page.locator("main a >> visible=true").first
    link.focus()
    for keys, *mistake in (
        (["Escape"], "wins: tea", "wins: chai"),
        (["Tab", "Tab", "Enter"], "wins: chai", "wins: mate"),
    ):
        edit(project / FILE, (mistake[0], mistake[1]))
        expect(page.get_by_role("heading", name="1 problem in the content")).to_be_focused()
        for key in keys:
            page.keyboard.press(key)
        expect(page.get_by_role("alertdialog")).to_have_count(0)
        expect(link).to_be_focused()


def test_a_project_that_is_broken_from_the_start_shows_why(make_site: MakeSite, visit: Open) -> None:
    """There is no page behind the problems; once there is one, it comes by itself."""
    project = make_site({FILE: BROKEN})
    with previewing(project) as preview:
        page = visit(preview.url + PAGE).page
        expect(page.get_by_role("alertdialog")).to_contain_text('wins names "chai"')
        (project / FILE).write_text(changed())
        expect(page.locator("main")).to_contain_text("Tea is calmer.")
        expect(page.get_by_role("alertdialog")).to_have_count(0)
        expect(page.locator("h1")).not_to_have_css("font-family", "serif")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_problems_can_be_read_by_everybody(project: Path, look: Callable[..., Page], scheme: str) -> None:
    """On a phone, in both schemes: nothing sticks out, the text folds, and axe has no complaint."""
    page = look(width=PHONE["width"], height=PHONE["height"], color_scheme=scheme)
    edit(project / FILE, ("wins: tea", "wins: chai"), ("pick: tea", "pick: mate"))
    dialog = page.get_by_role("alertdialog", name="2 problems in the content")
    expect(dialog).to_be_visible()
    assert dialog.evaluate("element => element.scrollWidth <= element.clientWidth")
    box = dialog.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    found = Axe().run(page, context="tiebreak-problems")
    assert found.response["violations"] == []


def test_a_page_that_went_and_came_back_is_followed(make_site: MakeSite, visit: Open) -> None:
    """A browser that was left open shows what the next preview on the same port has to show."""
    project = make_site()
    with previewing(project) as preview:
        page = visit(preview.url + PAGE).page
        page.wait_for_load_state("networkidle")
        port = preview.url.split(":")[2].strip("/")
    (project / FILE).write_text(changed(("Tea is calmer.", "Tea is slower.")))
    with previewing(project, "--port", port):
        expect(page.locator("main")).to_contain_text("Tea is slower.")
