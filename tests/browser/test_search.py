"""Search over everything: from any page, by keyboard, without asking anybody else."""

import pytest
from accessible import violations
from hosted import FLAGSHIP, Open, Served, Visit
from playwright.sync_api import Locator, Page, expect


def results(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Search")


def asked(own: Served, visit: Open, text: str, path: str = "guide/start/", **options: object) -> Visit:
    """A page on which somebody has searched for a text."""
    opened = visit(own.url(path), **options)
    opened.page.keyboard.press("/")
    expect(opened.page.get_by_role("searchbox", name="A word, or two names to compare")).to_be_focused()
    opened.page.keyboard.type(text)
    return opened


def test_an_alias_finds_what_it_names(own: Served, visit: Open) -> None:
    """ "torch" is PyTorch, in comparisons and as a subject, in groups; the keyboard goes down to it and opens it."""
    page = asked(own, visit, "torch").page
    expect(results(page).get_by_role("link", name="PyTorch vs TensorFlow")).to_be_visible()
    assert results(page).get_by_role("heading").all_inner_texts()[:2] == ["Comparisons", "Subjects"]
    expect(results(page).get_by_role("link", name="PyTorch", exact=True)).to_be_visible()
    expect(results(page).get_by_role("status")).to_contain_text("pages")
    page.keyboard.press("ArrowDown")
    first = page.locator(":focus")
    address = str(first.evaluate("link => link.href"))
    page.keyboard.press("Enter")
    page.wait_for_url(address)
    assert address.startswith(own.url("compare/"))


def test_the_guide_is_found_too(own: Served, visit: Open) -> None:
    """Under its own heading, and it is read as text, whatever stands in it."""
    page = asked(own, visit, "duplicate keys", path="").page
    expect(results(page).get_by_role("heading", name="Guide")).to_be_visible()
    expect(results(page).locator("mark").first).to_be_visible()


def test_two_names_lead_to_what_is_on_both(own: Served, visit: Open) -> None:
    """The ruling on just these, and without one their facts; three steps from any page: the key, the names, Enter."""
    page = asked(own, visit, "tensorflow or JAX", path="").page
    expect(results(page).get_by_role("link").first).to_have_text("TensorFlow vs JAX")
    page.keyboard.press("Enter")
    page.wait_for_url(own.url("compare/?with=tensorflow,jax"))
    expect(page.get_by_role("table")).to_be_visible()
    page = asked(own, visit, "TensorFlow, PyTorch", path="").page
    expect(results(page).get_by_role("link").first).to_have_text("PyTorch vs TensorFlow")
    page.keyboard.press("Enter")
    page.wait_for_url(own.url(FLAGSHIP))


def test_names_of_two_kinds_are_words_like_any(own: Served, visit: Open) -> None:
    """There are no facts side by side of a JSON library and a framework; "rapidjson" is not "json" as well."""
    for text in ("orjson jax", "python-rapidjson"):
        page = asked(own, visit, text).page
        expect(results(page).get_by_role("link").first).to_be_visible()
        assert "?with=" not in (results(page).get_by_role("link").first.get_attribute("href") or "")


def test_a_result_says_what_the_page_says(own: Served, visit: Open) -> None:
    """Its tagline or summary; an excerpt only where what was found is not in there, and never the table's marks."""
    page = asked(own, visit, "torch").page
    found = results(page).get_by_role("listitem").filter(has=page.get_by_role("link", name="PyTorch vs TensorFlow"))
    expect(found.locator("p").first).to_have_text("PyTorch to start, TensorFlow to keep serving")
    page = asked(own, visit, "python").page
    expect(results(page).get_by_role("link").first).to_be_visible()
    said = results(page).inner_text()
    assert "Wins:" not in said
    assert "[2]" not in said


def test_what_is_not_there_is_said(own: Served, visit: Open) -> None:
    """In words, with what to try. Of an unknown word the search takes what it begins with; nothing has even that."""
    page = asked(own, visit, "ჭჭჭ ჰჰჰ").page
    expect(results(page).get_by_role("status")).to_contain_text("Nothing found for “ჭჭჭ ჰჰჰ”")


def test_an_index_that_does_not_come_is_said(own: Served, visit: Open) -> None:
    """The page stays as it is, and there is a way on."""
    opened = visit(own.url(FLAGSHIP))
    opened.page.route("**/pagefind/**", lambda route: route.abort())
    opened.page.get_by_role("button", name="Search").click()
    expect(results(opened.page).get_by_role("status")).to_contain_text("could not be loaded")


def test_escape_gives_the_focus_back(own: Served, visit: Open) -> None:
    """To the button that opened it."""
    page = visit(own.url(FLAGSHIP)).page
    button = page.get_by_role("button", name="Search")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("searchbox", name="A word, or two names to compare")).to_be_focused()
    page.keyboard.press("Escape")
    expect(results(page)).to_be_hidden()
    expect(button).to_be_focused()


def test_a_slash_in_a_field_is_a_slash(own: Served, visit: Open) -> None:
    """Whoever types means what they type."""
    page = visit(own.url("compare/")).page
    page.get_by_role("searchbox", name="Find").focus()
    page.keyboard.type("a/b")
    expect(page.get_by_role("searchbox", name="Find")).to_have_value("a/b")
    expect(results(page)).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_in_the_dialog(own: Served, visit: Open, width: int, scheme: str) -> None:
    """With results in it; all that it asked for lies on this site."""
    opened = asked(own, visit, "python", width=width, color_scheme=scheme)
    expect(results(opened.page).get_by_role("link").first).to_be_visible()
    assert violations(opened.page) == ""
    assert opened.faults == []
    assert [url for url in opened.requests if not url.startswith((own.url(), "data:", "blob:"))] == []


def test_a_site_without_an_index_has_no_search(drinks: Served, visit: Open) -> None:
    """No dead button, and the key does nothing."""
    page = visit(drinks.url()).page
    expect(page.get_by_role("button", name="Search")).to_have_count(0)
    page.keyboard.press("/")
    expect(results(page)).to_have_count(0)
