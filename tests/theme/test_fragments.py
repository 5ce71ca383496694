"""Lines of lists: made once for all lists, and kept for the next build as long as nothing that they show is another."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Build, MakeSite
from jinja2 import DictLoader, Environment
from samples import compared

from tiebreak.model import Comparison
from tiebreak.model.site import Cards, Listing
from tiebreak.storage.cache import NAME, Cache
from tiebreak.theme import fragments
from tiebreak.theme.fragments import Fragments

TEA = compared("Tea", "Coffee")
LINE = "&lt;Tea vs Coffee&gt;"
COUNTED = (
    "{% macro line(comparison, level=1) %}{{ made(comparison.title, level) }}{% endmacro %}"
    "{% macro lines(comparisons) %}{{ each(line, comparisons) }};{{ each(line, comparisons, 2) }}{% endmacro %}"
)


class Pages:
    """Templates that tell how often they made a line."""

    def __init__(self, cache: Cache, templates: Mapping[str, str], *parts: object) -> None:
        self.made: list[tuple[object, ...]] = []
        self.fragments = Fragments(cache, *parts)
        self._environment = Environment(loader=DictLoader(templates), autoescape=True)
        self._environment.globals |= {"each": self.fragments.each, "made": self._make}

    def _make(self, *arguments: object) -> str:
        self.made.append(arguments)
        return f"<{arguments[0]}>"

    def page(self, name: str, *comparisons: Comparison, **site: object) -> str:
        listings = Cards(tuple(Listing.of(one.card) for one in comparisons))
        return self._environment.get_template(name).render(site=site, comparisons=listings)


LISTS = {"lists": COUNTED, "page": '{% from "lists" import lines %}{{ lines(comparisons) }}'}


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    """One that is closed at the end, which Python 3.13 insists on."""
    with closing(Cache(tmp_path / "state")) as opened:
        yield opened


@pytest.fixture
def every(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is made is kept, however little it is."""
    monkeypatch.setattr(fragments, "FEW", 1)


def test_what_stands_in_many_lists_is_made_once() -> None:
    """Until anything of the comparison changes that another page can show; with other arguments it is another thing."""
    pages = Pages(Cache(None), LISTS)
    assert pages.page("page", TEA, TEA) == f"{LINE}\n{LINE};{LINE}\n{LINE}"
    assert pages.page("page", TEA, replace(TEA, own_title="Hot")) == f"{LINE}\n&lt;Hot&gt;;{LINE}\n&lt;Hot&gt;"
    assert pages.made == [("Tea vs Coffee", 1), ("Tea vs Coffee", 2), ("Hot", 1), ("Hot", 2)]


@pytest.mark.usefixtures("every")
def test_the_next_build_finds_it(cache: Cache) -> None:
    """What has not changed is not made again, and comes out the same; under other parts, nothing is found."""
    first = Pages(cache, LISTS, "theme")
    text = first.page("page", TEA)
    first.fragments.keep([Listing.of(TEA.card)])
    kept, other = (Pages(cache, LISTS, part) for part in ("theme", "another"))
    hot = replace(TEA, own_title="Hot")
    assert kept.page("page", hot, TEA) == f"&lt;Hot&gt;\n{LINE};&lt;Hot&gt;\n{LINE}"
    assert kept.made == [("Hot", 1), ("Hot", 2)]
    assert other.page("page", TEA) == text
    assert len(other.made) == 2


@pytest.mark.usefixtures("every")
def test_markup_is_an_argument_as_any(cache: Cache) -> None:
    """What is made with it is found by the next build, and is not what is made with the same words as text."""
    page = "{{ each(line, comparisons, '<i>'|safe) }}{{ each(line, comparisons, '<i>') }}"
    given = {"page": '{% from "lists" import lines %}{{ lines(comparisons) }}'}
    given["lists"] = (
        "{% macro line(one, what) %}{{ made(what) }}{{ what }}{% endmacro %}"
        f"{{% macro lines(comparisons) %}}{page}{{% endmacro %}}"
    )
    counts = []
    for _ in range(2):
        pages = Pages(cache, given)
        assert pages.page("page", TEA) == "&lt;&lt;i&gt;&gt;<i>&lt;&lt;i&gt;&gt;&lt;i&gt;"
        pages.fragments.keep([Listing.of(TEA.card)])
        counts.append(len(pages.made))
    assert counts == [2, 0]


@pytest.mark.usefixtures("every")
def test_what_is_no_longer_there_is_forgotten(cache: Cache) -> None:
    """Else a site of edits would keep a line for every one of them."""
    first = Pages(cache, LISTS)
    first.page("page", TEA, replace(TEA, own_title="Hot"))
    first.fragments.keep([Listing.of(TEA.card)])
    second = Pages(cache, LISTS)
    second.page("page", TEA, replace(TEA, own_title="Hot"))
    assert second.made == [("Hot", 1), ("Hot", 2)]


def test_little_is_not_kept(cache: Cache) -> None:
    """An edited page makes a line or two, sooner than it could load thousands."""
    pages = Pages(cache, LISTS)
    pages.page("page", TEA)
    pages.fragments.keep([Listing.of(TEA.card)])
    assert cache.get("fragments") is None


@pytest.mark.usefixtures("every")
@pytest.mark.parametrize(
    "templates",
    [
        {"page": "{% macro line(one) %}{{ made(site.says) }}{% endmacro %}{{ each(line, comparisons) }}"},
        {
            "lists": "{% macro line(one) %}{{ made(site.says) }}{% endmacro %}",
            "page": '{% from "lists" import line with context %}{{ each(line, comparisons) }}',
        },
        {
            "lists": "{% macro lines(all, name) %}{% macro line(one) %}{{ made(name) }}{% endmacro %}"
            "{{ each(line, all) }}{% endmacro %}",
            "page": '{% from "lists" import lines %}{{ lines(comparisons, site.says) }}',
        },
        {
            "line": "{% macro line(one) %}{{ made(name) }}{% endmacro %}"
            "{% macro lines(all) %}{{ each(line, all) }}{% endmacro %}",
            "lists": "{% macro of(all, name) %}"
            '{% from "line" import lines with context %}{{ lines(all) }}{% endmacro %}',
            "page": '{% from "lists" import of %}{{ of(comparisons, site.says) }}',
        },
    ],
    ids=["in the page", "imported with its context", "in another macro", "imported with another macro's context"],
)
def test_what_may_see_its_page_is_kept_for_no_other(cache: Cache, templates: dict[str, str]) -> None:
    """A macro that can read more than its arguments is made anew for each page, and for each build."""
    for _ in range(2):
        pages = Pages(cache, templates)
        assert pages.page("page", TEA, says="a") == "&lt;a&gt;"
        assert pages.page("page", TEA, says="b") == "&lt;b&gt;"
        pages.fragments.keep([Listing.of(TEA.card)])


@pytest.mark.usefixtures("every")
def test_arguments_that_are_equal_but_not_alike(cache: Cache) -> None:
    """1, True and 1.0 are equal and print differently."""
    given = {
        "lists": "{% macro line(one, what) %}{{ what }};{% endmacro %}",
        "page": '{% from "lists" import line %}'
        "{% for what in (1, true, 1.0) %}{{ each(line, comparisons, what) }}{% endfor %}",
    }
    assert Pages(cache, given).page("page", TEA) == "1;True;1.0;"


def test_a_line_of_the_project_is_not_the_built_in_one(make_site: MakeSite, build: Build) -> None:
    """Both may be called the same, in files that are called the same, and stand in lists of one site."""
    own = (
        '{% import "default/parts/lists.html" as built_in %}'
        "{% set call, groups, won = built_in.call, built_in.groups, built_in.won %}"
        "{% set list_tools, category_bar = built_in.list_tools, built_in.category_bar %}"
        "{% macro line(comparison, heading=3) %}<li>Mine</li>{% endmacro %}"
        "{% macro lines(comparisons, heading=3) %}{{ each(line, comparisons, 3) }}{% endmacro %}"
    )
    project = make_site({"templates/parts/lists.html": own})
    build(project)
    built_in, mine = ((project / "site" / name).read_text("utf-8") for name in ("index.html", "404.html"))
    assert "Mine" not in built_in
    assert 'class="line"' in built_in
    assert "<li>Mine</li>" in mine
    assert 'class="line"' not in mine


@pytest.mark.usefixtures("every")
def test_lines_of_an_old_theme_are_forgotten(
    make_site: MakeSite, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else every edit of a style sheet would leave all lines of the site in the cache once more."""
    kept: set[bytes] = set()

    def store(cache: Cache, value: object, *parts: object) -> None:
        stored(cache, value, *parts)
        if parts[0] == "fragments":
            kept.add(cache.key(*parts))

    stored = Cache.set
    monkeypatch.setattr(Cache, "set", store)
    project = make_site()
    build(project)
    (project / "static/css").mkdir(parents=True)
    (project / "static/css/99-own.css").write_text("p { color: red }", "utf-8")
    build(project)
    with closing(sqlite3.connect(project / ".tiebreak" / NAME)) as database:
        present = {key for (key,) in database.execute("SELECT key FROM memo")}
    assert len(kept) == 2
    assert len(kept & present) == 1


@pytest.mark.usefixtures("every")
def test_a_summary_is_another_line_in_every_list(make_site: MakeSite, build: Build) -> None:
    """The lists of a build after an edit are those of a clean one."""
    project = make_site()
    build(project)
    file = project / "content/compare/tea-vs-coffee.md"
    file.write_text(file.read_text("utf-8").replace("Tea for calm, coffee for speed.", "Both are hot."), "utf-8")
    build(project)
    front = (project / "site/index.html").read_bytes()
    assert b"Both are hot." in front
    build(project, fresh=True)
    assert (project / "site/index.html").read_bytes() == front
