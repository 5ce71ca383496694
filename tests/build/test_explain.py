"""Why a file of the site was written: in an author's words, and never more than what made it another one."""

import time
from collections.abc import Mapping
from datetime import date

import pytest
from conftest import Build, MakeSite
from samples import COMPARISON, SITE, changed

TEA, PAGE, SUBJECT, FACTORS = (
    "content/compare/tea-vs-coffee.md",
    "content/pages/about.md",
    "content/subjects/tea.yaml",
    "content/factors.yaml",
)
FACTS = "name: Tea\nkind: Drink\nfacts: {caffeine: Some, price: 1}\n"
ROW = changed(("cells: {tea: Some, coffee: Much}", "cells: {coffee: Much}"))
FILES = {
    TEA: ROW,
    PAGE: "---\ntitle: About\n---\nUs.\n",
    SUBJECT: FACTS,
    FACTORS: "caffeine: {label: Caffeine}\n",
    "static/own.txt": "mine",
    "templates/404.html": "Lost.",
}
RULING, ABOUT, HOME, DATA, FEED = (
    "compare/tea-vs-coffee/index.html",
    "about/index.html",
    "index.html",
    "subjects/tea/facts.json",
    "feed.json",
)
# What is edited, and why some files are written then; () for one that is not written.
EDITS: dict[str, tuple[dict[str, str], dict[str, tuple[str, ...]]]] = {
    "the argument": ({TEA: ROW.replace("calmer", "calm")}, {RULING: (TEA,), HOME: (), ABOUT: (), FEED: ()}),
    "a cell that no list shows": ({TEA: ROW.replace("Much", "A lot")}, {FEED: (TEA,), HOME: ()}),
    "the summary": ({TEA: ROW.replace("for speed", "for haste")}, {RULING: (TEA,), HOME: (TEA,), ABOUT: ()}),
    "a page": ({PAGE: "---\ntitle: About\n---\nAll of us.\n"}, {ABOUT: (PAGE,), RULING: (), HOME: ()}),
    "a fact": (
        {SUBJECT: FACTS.replace("Some", "Little")},
        {
            RULING: (f"factor caffeine of {SUBJECT}",),
            DATA: (f"factor caffeine of {SUBJECT}",),
            FEED: (f"factor caffeine of {SUBJECT}",),
            ABOUT: (),
        },
    ),
    "a fact that no row shows": (
        {SUBJECT: FACTS.replace("price: 1", "price: 2")},
        {DATA: (f"factor price of {SUBJECT}",), RULING: (), ABOUT: ()},
    ),
    "a fact and a factor that no row shows": (
        {SUBJECT: FACTS.replace("Some", "Little"), FACTORS: "caffeine: {label: Caffeine}\nprice: {label: Price}\n"},
        {RULING: (f"factor caffeine of {SUBJECT}",)},
    ),
    "the name of a subject": (
        {SUBJECT: FACTS.replace("name: Tea", "name: Green tea\naliases: [Tea]")},
        {RULING: (f"aliases of {SUBJECT}", f"name of {SUBJECT}")},
    ),
    "a factor": (
        {FACTORS: "caffeine: {label: Caffeine, note: A stimulant.}\n"},
        {RULING: (f"factor caffeine of {FACTORS}",), ABOUT: ()},
    ),
    "the settings": ({"content/site.yaml": SITE + "tagline: T\n"}, {ABOUT: ("tagline of content/site.yaml",)}),
    "a template": ({"templates/404.html": "Gone."}, {"404.html": ("templates/404.html",), RULING: ()}),
    "what feeds show": (
        {"templates/ruling.html": "{{ comparison.why|prose }}"},
        {FEED: ("templates/ruling.html",), RULING: ()},
    ),
    "a style": ({"static/css/99-own.css": "p {}"}, {RULING: ("static/css",), ABOUT: ("static/css",)}),
    "a file of its own": ({"static/own.txt": "ours"}, {"own.txt": ("static/own.txt",), RULING: ()}),
    "a new file of its own": ({"static/new.txt": "mine"}, {"new.txt": ("new",), "own.txt": ()}),
    "a file beside others": ({"static/own.txt": "ours", "static/b.txt": "b"}, {"own.txt": ("static/own.txt",)}),
    "words": (
        {"templates/words/en.yaml": "site: {skip: Skip}\n"},
        {RULING: ("templates/words/en.yaml",), "404.html": ()},
    ),
    "a new page": (
        {"content/pages/new.md": "---\ntitle: New\n---\n"},
        {"new/index.html": ("new",), ABOUT: ("the navigation",)},
    ),
    "two at once": (
        {TEA: ROW.replace("calmer", "calm"), SUBJECT: FACTS.replace("Some", "Little")},
        {RULING: (TEA, f"factor caffeine of {SUBJECT}"), ABOUT: ()},
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize(("edits", "reasons"), EDITS.values(), ids=EDITS)
def test_a_file_is_written_for_what_it_shows(
    make_site: MakeSite, build: Build, edits: dict[str, str], reasons: Mapping[str, tuple[str, ...]]
) -> None:
    """As near as can be told: the fact, the setting or the template, and not only its file."""
    project = make_site(FILES)
    time.sleep(0.05)  # what is new within a tick of the clock may have changed
    build(project)
    for path, text in edits.items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text(text)
    causes = build(project, why=True).causes
    assert {path: causes.get(path, ()) for path in reasons} == reasons
    assert all(causes.values())


def test_the_day_is_a_reason(make_site: MakeSite, build: Build) -> None:
    """Where nothing was edited, and what was held back appears."""
    milk = changed(("[Tea, Coffee]", "[Milk, Coffee]"), ("pick: tea", "pick: milk"), ("wins: tea", "wins: milk"))
    milk = changed(("tea: Some", "milk: None"), ("  tea: You", "  milk: You"), ("2026-04-02", "2027-01-01"), text=milk)
    project = make_site({**FILES, "content/compare/milk-vs-coffee.md": milk})
    time.sleep(0.05)  # what is new within a tick of the clock may have changed
    build(project, today=date(2026, 12, 31))
    causes = build(project, today=date(2027, 1, 1), why=True).causes
    day = ("the day: content/compare/milk-vs-coffee.md appears",)
    assert (causes[HOME], causes["sitemap.xml"], causes["_redirects"]) == (day, day, day)
    assert causes["compare/milk-vs-coffee/index.html"] == ("new",)
    back = build(project, today=date(2026, 12, 31), why=True).causes
    assert back[HOME] == ("the day: content/compare/milk-vs-coffee.md is held back again",)


def test_a_first_build_knows_of_no_other(make_site: MakeSite, build: Build) -> None:
    """Every file is written for the same reason."""
    report = build(make_site(FILES), why=True)
    assert set(report.causes) == set(report.paths)
    assert set(report.causes.values()) == {("nothing is known of an earlier build",)}


def test_a_file_that_somebody_changed_is_made_again(make_site: MakeSite, build: Build) -> None:
    """For that reason, and no other file is."""
    project = make_site(FILES)
    build(project)
    (project / "site" / ABOUT).write_text("Mine now.")
    (project / "site" / RULING).unlink()
    again = ("it was no longer as it was written",)
    assert build(project, why=True).causes == {ABOUT: again, RULING: again}


def test_nobody_is_told_why_who_does_not_ask(make_site: MakeSite, build: Build) -> None:
    """It takes time to find out."""
    assert build(make_site({TEA: COMPARISON})).causes == {}


def test_what_a_subject_says_and_is_a_fact_as_well_is_named_once(make_site: MakeSite, build: Build) -> None:
    """The version of a subject, where a factor is about it."""
    subject = "content/subjects/tea.yaml"
    files = {subject: "name: Tea\nkind: Drink\nversion: '1'\n", "content/factors.yaml": "version: {label: Version}\n"}
    project = make_site(files)
    build(project)
    (project / subject).write_text("name: Tea\nkind: Drink\nversion: '2'\n")
    reasons = build(project, why=True).causes["subjects/tea/facts.json"]
    assert [one for one in reasons if subject in one] == [f"version of {subject}"]


def test_a_hub_shows_numbers_of_others(make_site: MakeSite, build: Build) -> None:
    """It is made again for one of their facts, and says whose."""
    coffee = "content/subjects/coffee.yaml"
    files = {
        SUBJECT: "name: Tea\nkind: Drink\nfacts: {price: 1}\n",
        coffee: "name: Coffee\nkind: Drink\nfacts: {price: 2}\n",
        FACTORS: "price: {label: Price, unit: EUR, better: lower}\n",
    }
    project = make_site(files)
    build(project)
    (project / coffee).write_text(files[coffee].replace("2", "3"))
    assert build(project, why=True).causes["subjects/tea/index.html"] == (coffee,)
