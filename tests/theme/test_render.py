"""Outputs to bytes: every address right for where its page lies, and failures told where they arose."""

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Build, MakeSite
from lxml import html
from samples import COMPARISON, changed, renderer
from samples import SITE as SETTINGS

from tiebreak.model.site import Settings, Site
from tiebreak.pages.outputs import Output
from tiebreak.pages.related import related_to
from tiebreak.pages.routes import outputs_of, page_output_path
from tiebreak.problems import SiteError
from tiebreak.theme.render import Renderer, root_for

TEA = "content/compare/tea-vs-coffee.md"
SITE = Site(Settings("Picks", "https://example.org/picks/"), (), {})


def outputs(renderer: Renderer) -> dict[str, Output]:
    return {output.output_path: output for output in outputs_of(renderer.site, renderer.templates.theme.messages)}


def home(project: Path) -> str:
    """The front page, rendered and not written."""
    it = renderer(project)
    return it.page(outputs(it)["index.html"]).decode()


@pytest.mark.parametrize(
    ("path", "root"),
    [
        ("index.html", "./"),
        ("old.html", "./"),
        ("about/index.html", "../"),
        ("compare/a-vs-b/index.html", "../../"),
        ("404.html", "/picks/"),
        ("_redirects", "/picks/"),
        ("feed.xml", "https://example.org/picks/"),
        ("sitemap.xml", "https://example.org/picks/"),
        ("robots.txt", "https://example.org/picks/"),
    ],
)
def test_an_address_starts_with_what_is_right_where_it_stands(path: str, root: str) -> None:
    """Pages link relatively, whatever their depth; what is read from anywhere links absolutely."""
    assert root_for(path, SITE) == root


def test_urls_are_relative_to_the_page(make_site: MakeSite) -> None:
    """`|url` in a template is the way from this page, and leaves other sites' URLs alone."""
    own = '{{ "/compare/x/"|url }} {{ "/"|url }} {{ "https://example.net/"|url }} {{ stylesheet|url }}'
    assert home(make_site({"templates/home.html": own})) == "./compare/x/ ./ https://example.net/ ./style.css"


def test_absolute_is_the_public_url(make_site: MakeSite) -> None:
    """`|absolute` is for canonical links and for what leaves the site."""
    own = '{{ "/compare/x/"|absolute }} {{ "https://example.net/"|absolute }}'
    assert home(make_site({"templates/home.html": own})) == "https://example.org/picks/compare/x/ https://example.net/"


def test_text_from_authors_is_escaped(make_site: MakeSite) -> None:
    """Autoescape is on in every template, the user's included, whatever its name ends in."""
    project = make_site({"content/site.yaml": "title: <b>\nbase_url: https://example.org/\n"})
    (project / "templates").mkdir()
    (project / "templates/home.html").write_text("{{ settings.title }}")
    assert home(project) == "&lt;b&gt;"
    it = renderer(project)
    feed = outputs(it)["feed.xml"]
    filled = replace(feed, context={**feed.context, "rulings": {"tea-vs-coffee": "<p>"}})
    assert b"<title>&lt;b&gt;</title>" in it.page(filled)


def test_outputs_that_are_copies_are_not_rendered(make_site: MakeSite) -> None:
    """A file beside an article is published as it is, whatever its text looks like."""
    it = renderer(make_site({"content/compare/data.csv": "{{ nobody }}"}))
    data, empty = outputs(it)["compare/data.csv"], outputs(it)[".nojekyll"]
    assert (data.template, data.copy) == ("", "content/compare/data.csv")
    assert (empty.template, empty.copy, it.page(empty)) == ("", "", b"")


def test_a_copy_is_published_byte_for_byte(make_site: MakeSite, build: Build) -> None:
    """Data are data: no newline or byte order mark is touched."""
    data = b"\xef\xbb\xbfa,b\r\n{{ nobody }}\r\n"
    project = make_site({"content/compare/data.csv": data})
    build(project)
    assert (project / "site/compare/data.csv").read_bytes() == data


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("{{ nobody }}", "'nobody' is undefined"),
        ("{{ settings.titel }}", "'tiebreak.model.site.Settings object' has no attribute 'titel'"),
        ("{{ 1 / 0 }}", "division by zero"),
        ("{{ 'x'|url(1, 2) }}", "url() takes 1 positional argument but 3 were given"),
        ("{{ none.x }}", "'None' has no attribute 'x'"),
        ("{{ [1][2].x }}", "list object has no element 2"),
    ],
)
def test_a_template_that_fails_is_told_at_its_line(make_site: MakeSite, expression: str, message: str) -> None:
    """A mistake in a template is the author's to mend: file, line and reason, not a traceback."""
    with pytest.raises(SiteError) as caught:
        home(make_site({"templates/home.html": f"<p>\n  {expression}\n"}))
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.code) == ("templates/home.html", 2, "template-error")
    assert problem.message == message
    assert problem.excerpt == f"  {expression}"


def test_a_failure_in_an_included_template_is_told_there(make_site: MakeSite) -> None:
    """The innermost template of the project's own is where the mistake is."""
    files = {"templates/home.html": '{% include "parts/own.html" %}', "templates/parts/own.html": "\n{{ nobody }}"}
    with pytest.raises(SiteError) as caught:
        home(make_site(files))
    assert [(one.file, one.line) for one in caught.value.problems] == [("templates/parts/own.html", 2)]


def test_templates_that_include_each_other_for_ever_are_told(make_site: MakeSite) -> None:
    """Endless recursion is a mistake like any other."""
    with pytest.raises(SiteError) as caught:
        home(make_site({"templates/home.html": '{% include "home.html" %}'}))
    assert caught.value.problems[0].code == "template-error"


def test_a_comparison_without_an_argument_still_has_its_parts(make_site: MakeSite, build: Build) -> None:
    """Tools look for `contents` and `body` on every comparison; readers are shown neither."""
    text, body = COMPARISON.rsplit("---\n", 1)
    project = make_site({TEA: f"{text}---\n"})
    build(project)
    page = (project / "site/compare/tea-vs-coffee/index.html").read_text("utf-8")
    assert body
    assert '<section class="argument" hidden>' in page
    assert page.count('data-part="contents"') == page.count('data-part="body"') == 1


@pytest.mark.parametrize(("language", "word"), [("en", "Reviewed by"), ("de", "Geprüft von")])
def test_the_byline_names_who_else_has_checked(make_site: MakeSite, build: Build, language: str, word: str) -> None:
    """After the author, in the page's language, as text and in no other element."""
    files = {
        "content/site.yaml": f"{SETTINGS}language: {language}\nauthor: {{name: Ada}}\n",
        TEA: changed(("published:", "reviewer: '*Bo* <b> & \u05d1\u05d5'\npublished:")),
    }
    project = make_site(files)
    build(project)
    page = html.document_fromstring((project / "site/compare/tea-vs-coffee/index.html").read_text("utf-8"))
    said = [span.text_content() for span in page.find_class("credits")[0].iterchildren("span")]
    author = next(place for place, text in enumerate(said) if text.endswith(" Ada"))
    assert said[author + 1] == f"{word} *Bo* <b> & \u05d1\u05d5"
    others = [file for file in (project / "site").rglob("*.*ml") if word in file.read_text("utf-8")]
    assert others == [project / "site/compare/tea-vs-coffee/index.html"]


def test_a_byline_without_a_reviewer_says_nothing_of_one(make_site: MakeSite, build: Build) -> None:
    """Nor does a key without a value."""
    project = make_site({TEA: changed(("published:", "reviewer:\npublished:"))})
    build(project)
    page = html.document_fromstring((project / "site/compare/tea-vs-coffee/index.html").read_text("utf-8"))
    (byline,) = page.find_class("credits")
    assert "Published" in byline.text_content()
    assert "Reviewed" not in byline.text_content()


# --- the keys of pages ------------------------------------------------------------------------------------------------


def keys(project: Path) -> dict[str, bytes]:
    it = renderer(project)
    found = {path: one for path, one in outputs(it).items() if not one.comparison and not one.copy}
    return {path: it.page_key(path, one.template, dict(one.context)) for path, one in found.items()}


def test_a_page_has_one_key_as_long_as_it_shows_the_same(make_site: MakeSite) -> None:
    """In another folder, with other values that are equal, and after a change that only another page shows."""
    files = {"content/pages/a.md": "---\ntitle: A\n---\nx\n", "content/pages/b.md": "---\ntitle: B\n---\nx\n"}
    before = keys(make_site(files, folder="one"))
    assert keys(make_site(files, folder="two")) == before
    after = keys(make_site({"content/pages/b.md": "---\ntitle: B\n---\ny\n"}, folder="one"))
    assert {path for path in before if before[path] != after[path]} == {"b/index.html"}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/site.yaml", "title: Other picks\nbase_url: https://example.org/picks/\n"),
        ("templates/parts/site.html", "{# mine #}{% extends 'default/parts/site.html' %}"),
        ("templates/base.html", "{% extends 'default/base.html' %}"),
    ],
)
def test_what_every_page_shows_changes_every_key(make_site: MakeSite, path: str, text: str) -> None:
    """The settings, and every template on the way, though a page only extends what includes it."""
    before = keys(make_site({TEA: COMPARISON}))
    after = keys(make_site({path: text}))
    changed = {path for path in before if before[path] != after[path]}
    assert changed >= {"index.html", "compare/index.html", "subjects/tea/index.html", "404.html"}


def test_a_key_depends_on_what_a_page_shows_alone(make_site: MakeSite) -> None:
    """Of a comparison, that is its listing, those that are related to it, and the digest of all the rest."""
    it = renderer(make_site())
    (listing,) = it.site.listings
    shown = [(listing, (), b"a"), (listing, (), b"b"), (listing, related_to(listing, it.site), b"a")]
    first, other, same = (it.page_key(page_output_path(listing), "comparison.html", one) for one in shown)
    assert first == same
    assert first != other
