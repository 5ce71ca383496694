"""The theme: the author's file first, `default/<name>` to extend what it replaces."""

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Build, Cli, MakeSite
from published import ROOT
from samples import ENGLISH, compared

from tiebreak.model.card import Card
from tiebreak.model.site import Settings
from tiebreak.storage.cache import Cache
from tiebreak.theme.assets import Stylesheets, Theme
from tiebreak.theme.environment import environment, url

FRONT = "site/index.html"
COMPARISON = "site/compare/tea-vs-coffee/index.html"


def read(build: Build, project: Path, path: str) -> str:
    build(project)
    return (project / path).read_text("utf-8")


# --- templates --------------------------------------------------------------------------------------------------------


def test_the_authors_template_comes_first(make_site: MakeSite, build: Build) -> None:
    """A file under templates/ replaces the built-in file of the same path."""
    assert read(build, make_site({"templates/home.html": "Mine."}), FRONT) == "Mine."


def test_an_override_extends_what_it_replaces(make_site: MakeSite, build: Build) -> None:
    """The example of the guide: one block changed, everything else as it was built in."""
    own = '{% extends \'default/base.html\' %}\n{% block head %}\n<meta name="color" content="tea">\n{% endblock %}\n'
    plain = read(build, make_site(), COMPARISON)
    changed = read(build, make_site({"templates/base.html": own}), COMPARISON)
    assert '<meta name="color" content="tea">\n</head>' in changed
    assert changed.replace('<meta name="color" content="tea">\n', "") == plain


def test_an_override_reaches_what_the_built_in_templates_include(make_site: MakeSite, build: Build) -> None:
    """A part that built-in templates import is replaced for all of them; what it leaves as it was, it hands on."""
    own = '{% macro pick_box() %}{% set given = varargs, kwargs %}<p data-part="pick">Mine</p>{% endmacro %}\n'
    own += "{% import 'default/parts/pick.html' as default %}{% set byline = default.byline %}"
    project = make_site({"templates/parts/pick.html": own})
    assert '<p data-part="pick">Mine</p>' in read(build, project, FRONT)
    assert '<p data-part="pick">Mine</p>' in read(build, project, COMPARISON)


def test_a_template_of_ones_own_may_be_included(make_site: MakeSite, build: Build, cli: Cli) -> None:
    """New parts need no registration, and are not called unused."""
    files = {"templates/404.html": "{% include 'parts/lost.html' %}", "templates/parts/lost.html": "Lost."}
    project = make_site(files)
    assert read(build, project, "site/404.html") == "Lost."
    assert cli("check", "--project", project, "--strict").stderr == "no problems\n"


def test_taking_an_override_away_brings_the_default_back(make_site: MakeSite, build: Build) -> None:
    """Nothing of an override stays behind."""
    project = make_site()
    plain = read(build, project, FRONT)
    make_site({"templates/home.html": "Mine."})
    assert read(build, project, FRONT) == "Mine."
    (project / "templates/home.html").unlink()
    assert read(build, project, FRONT) == plain


# --- what templates may call ------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("{{ site.comparisons[0].published|day }}", "2 April 2026"),
        ('{{ "C++ & .NET"|slug }}', "c-plus-plus-and-dot-net"),
        ('{{ "https://www.example.org/"|host }}', "example.org"),
        ('{{ "It\'s \\"so\\""|smart }}', "It’s “so”"),
        ('{{ hub_path("tags", "Hot drinks") }}', "/tags/hot-drinks/"),
        ("{{ hues(site.comparisons[0])|length }}", "2"),
        ("{{ weigh(site.comparisons[0]).rows }}", "(1, 0)"),
        ("{{ balance_said(site.comparisons[0]) }}", "Tea: 1 point, 1 row; Coffee: 0 points, 0 rows"),
        ("{{ tick_said(site.comparisons[0], weigh(site.comparisons[0]).ticks[0]) }}", "Caffeine: Tea"),
        ('{{ say("subject.description", name="Tea") }}', "Every comparison with Tea."),
        ('{{ listed(["A", "B", "C"]) }}', "A, B and C"),
        ("{{ 12345|number }}", "12,345"),
        ("{{ accent.light is string }}", "True"),
        ("{{ site.comparisons[0].why|prose }}", "It lets you sleep."),
    ],
)
def test_what_a_template_may_call(make_site: MakeSite, build: Build, expression: str, text: str) -> None:
    """The filters and functions that the guide promises."""
    assert read(build, make_site({"templates/home.html": expression}), FRONT) == text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en-GB", "2 April 2026"),
        ("en", "2 April 2026"),
        ("en-US", "April 2, 2026"),
        ("de", "2. April 2026"),
        ("pt-BR", "2 de abril de 2026"),
        ("xx", "2026-04-02"),
    ],
)
def test_dates_are_written_so_that_every_reader_can_read_them(
    make_site: MakeSite, build: Build, language: str, text: str
) -> None:
    """In the words of the site's language; of one that nobody knows, in English."""
    settings = f"title: Picks\nbase_url: https://example.org/\nlanguage: {language}\n"
    own = "{{ site.comparisons[0].published|day }}"
    assert read(build, make_site({"content/site.yaml": settings, "templates/home.html": own}), FRONT) == text


def test_links_elsewhere_stay_as_they_are() -> None:
    """`|url` only changes addresses within the site."""
    assert url("https://example.org/") == "https://example.org/"
    assert url("mailto:a@example.org") == "mailto:a@example.org"
    assert url("#top") == "#top"


def test_what_stands_in_many_lists_is_made_once() -> None:
    """Until anything of the comparison changes that another page can show; with other arguments it is another thing."""
    settings, theme = Settings("T", "https://example.org/"), Theme(Stylesheets("", ""), "", ENGLISH)
    once = environment(ROOT, settings, theme, Cache(None)).globals["once"]
    assert callable(once)
    made: list[tuple[object, ...]] = []

    def line(comparison: Card, *arguments: object) -> str:
        made.append(arguments)
        return comparison.title

    tea = compared("Tea", "Coffee")
    cards = (tea.card, tea.card, replace(tea, own_title="Hot").card)
    assert [once(line, card) for card in cards] == ["Tea vs Coffee", "Tea vs Coffee", "Hot"]
    assert once(line, tea.card, 3) == "Tea vs Coffee"
    assert made == [(), (), (3,)]
