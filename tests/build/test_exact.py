"""Whatever is edited, in whatever order: a build makes the site that a clean build makes, byte for byte.

`TIEBREAK_SOAK=<seconds>` goes on making up edits for as long, with new ones each time.
"""

import copy
import itertools
import json
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import edits
import pytest
from edits import DAYS, HEADINGS, LABELS, WORDS, Article, Section, Text, World
from hypothesis import HealthCheck, event, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tiebreak.build.pipeline import Report
from tiebreak.content import record_of
from tiebreak.model import slugify
from tiebreak.problems import SiteError
from tiebreak.storage import compression
from tiebreak.theme import fragments

T = TypeVar("T")
SOAK = float(os.environ.get("TIEBREAK_SOAK", "0"))
LONG_AGO = 1_000_000_000 * 10**9  # in nanoseconds: 2001


@pytest.fixture(autouse=True, scope="module")
def compressing_takes_no_time() -> Iterator[None]:
    """The worst Brotli is as good as the best for what is tested here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compression, "QUALITY", 1)
        yield


@pytest.fixture(autouse=True, scope="module")
def every_line_is_kept() -> Iterator[None]:
    """Lines of lists are kept from build to build on the smallest site, as else on large ones alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fragments, "FEW", 1)
        yield


# --- what an author may write -----------------------------------------------------------------------------------------

ARTICLE_LINES: list[tuple[str, Any]] = [
    ("title", None),
    ("title", 'The "great" question'),
    ("tagline", None),
    *(("tagline", f"Mostly {word}") for word in WORDS[:3]),
    *(("summary", f"It is {word}.") for word in WORDS[:3]),
    *(("why", f"It is *{word}*, but [see](https://example.org/{word}).") for word in WORDS[:3]),
    *(("category", name) for name in (None, "Hot", "Cold", "hot", "Cold & dry")),
    *(("tags", names) for names in ([], ["morning"], ["evening"], ["Evening", "morning"])),
    *(("published", day) for day in DAYS),
    *(("updated", day) for day in (None, *DAYS)),
    ("author", None),
    ("author", "Bo"),
    ("disclosure", None),
    ("disclosure", "We *drink*."),
    ("disclosure", "We drink {fact:tea.name}."),
    ("history", []),
    ("history", [{"date": "2026-03-01", "was": "tea", "why": "Winter."}]),
]
SUBJECT_LINES: list[tuple[str, Any]] = [
    ("name", "{}"),
    ("name", "Best {}"),
    ("aliases", ["the-{}"]),
    ("color", None),
    ("color", "#2f7d32"),
    ("homepage", None),
    ("homepage", "https://example.org/home"),
    ("summary", "In hot water."),
    ("summary", "In cold water."),
    ("version", "1.10"),
    *(("facts", {"price": {"value": value}}) for value in (3, 7)),
    ("facts", {"price": {"value": 7, "source": "https://example.org/p", "checked": DAYS[0]}, "taste": "Fine"}),
    ("facts", {"price": {"from": f"{edits.RESULTS}#/a"}}),
    ("facts", None),
]
FACTOR_LINES: list[tuple[str, Any]] = [
    ("label", "Price"),
    ("label", "Price of a cup"),
    ("note", None),
    ("note", "In *any* shop, see [us](pages/about.md)."),
    ("unit", "ct"),
    ("unit", None),
    ("better", "lower"),
    ("better", "higher"),
    ("max_age", "3d"),
]
LOCK, PRICES = "content/sources.lock", "https://example.org/p"
LOCKS: list[Any] = [
    None,
    {},
    {PRICES: {"looked": DAYS[0], "status": 200, "digest": "a", "found": ["7 ct"]}},
    {PRICES: {"looked": DAYS[1], "status": 200, "digest": "a", "missing": ["7", "7 ct"]}},
    {PRICES: {"looked": DAYS[1], "status": 404}, "https://example.org/other": {"looked": DAYS[1]}},
]
PAGE_LINES: list[tuple[str, Any]] = [
    ("title", "About"),
    ("title", "Zebras"),
    ("summary", None),
    ("summary", "Who pours."),
    *(("order", place) for place in (None, 0, 1, 2, 3)),
    ("draft", None),
    ("draft", True),
    ("aliases", []),
]
SETTINGS_LINES: list[tuple[str, Any]] = [
    ("title", "Drinks"),
    ("title", "Drunks"),
    ("base_url", "https://example.org/picks/"),
    ("base_url", "https://example.org"),
    ("tagline", None),
    ("tagline", "Sip"),
    ("description", "All of them."),
    ("language", "en"),
    ("language", "de"),
    ("author", None),
    ("author", {"name": "Ada"}),
    ("author", {"name": "Bob", "url": "https://example.org/bob"}),
    ("feedback", None),
    ("feedback", {"email": "no@example.org"}),
    ("accent", None),
    ("accent", "#aa3300"),
    ("allow_html", None),
    ("allow_html", True),
    ("navigation", None),
    ("navigation", [{"label": "Us", "page": "about"}, {"label": "Go", "page": "guide/start"}]),
    ("navigation", []),
    ("max_age", "90d"),
    ("max_age", None),
    *(("host", host) for host in (None, "cloudflare", "gitlab", "netlify", "nginx", "s3")),
]
PAGES = ("about", "guide", "guide/start", "guide/more", "faq")
IMAGES = ("content/compare/chart.svg", "content/compare/photo.png", "content/pages/guide/chart.svg")
BASE = '{{% extends "default/base.html" %}}\n{{% block head %}}{}{{% endblock %}}\n'
OWN_PART = "templates/parts/own.html"
TEMPLATES = {
    "templates/base.html": [
        BASE.format("{% for one in site.comparisons %}<i>{{ one.title }} {{ one.published }}</i>{% endfor %}"),
        BASE.format("{% for one in site.subjects.values() %}<i>{{ one.name }}</i>{% endfor %}"),
        BASE.format("{{ site.pages|map(attribute='title')|join }} {{ site.files|length }} {{ site.by_tag|length }}"),
        BASE.format('{% include "parts/" ~ settings.language ~ ".html" ignore missing %}'),
        BASE.format('{% include "parts/own.html" %}'),
    ],
    OWN_PART: ["<b>own</b>", "<b>{{ settings.title }}</b>", "<b>{{ site.comparisons[0].title }}</b>"],
    "templates/parts/en.html": ["<b>English</b>"],
    "templates/parts/de.html": ["<b>Deutsch</b>"],
    "templates/404.html": ["Gone", "Gone, {{ site.comparisons|length }} left"],
    "templates/page.html": ['{% extends "default/page.html" %}'],
    "templates/robots.txt": ["# {{ settings.title }}\n", "# none\n"],
    "templates/feed.xml": ["{% for one in comparisons %}{{ one.title }} {% endfor %}"],
}
STATIC = {
    "static/css/99-own.css": ["p { color: red }\n", "p { color: tan }\n"],
    "static/css/30-masthead.css": ["", "nav { color: red }\n"],
    "static/favicon.svg": ["<svg/>"],
    "static/own/robots-too.txt": ["hello", "there"],
}
# Where, and what becomes of what is there.
SPOILS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "an unknown key": ("compare", lambda data: data.replace(b"summary:", b"sumary:", 1)),
    "a broken link": ("compare", lambda data: data + b"\n[x](nowhere.md)\n"),
    "YAML that is none": ("compare", lambda data: b"---\ntitle: [\n---\n"),
    "bytes that are no text": ("compare", lambda data: data + b"\xff"),
    "results that are none": (edits.RESULTS, lambda data: data + b"}"),
    "an unknown winner": ("compare", lambda data: data.replace(b'"wins": "', b'"wins": "x', 1)),
    "a page without a title": ("content/pages/about.md", lambda data: b"---\nsummary: x\n---\n"),
    "an unknown setting": ("content/site.yaml", lambda data: data + b"colour: red\n"),
    "settings that are none": ("content/site.yaml", lambda data: b"title: [\n"),
    "a subject without a name": ("content/subjects/tea.yaml", lambda data: b"kind: Drink\n"),
    "a factor with an unknown key": ("content/factors.yaml", lambda data: b"price: {label: Price, lable: x}\n"),
    "a lock that is none": ("content/sources.lock", lambda data: b"<<<<<<< ours\n"),
    "a template that is none": ("templates/404.html", lambda data: b"{% if %}"),
    "a template that fails": ("templates/404.html", lambda data: b"{{ nobody }}"),
    "a template that fails on some": (
        "templates/comparison.html",
        lambda data: (
            b'{% extends "default/comparison.html" %}{% block title %}'
            b"{{ 6 // (comparison.factors|length - 2) }}{% endblock %}"
        ),
    ),
    "a static file in a page's place": ("static/compare/index.html", lambda data: b"mine"),
    "a script": ("content/compare/run.js", lambda data: b"1"),
    "a drawing that runs": ("content/compare/chart.svg", lambda data: b"<svg><script/></svg>"),
}
WAYS_TO_SAVE = list(itertools.product((False, True), ("as before", "now", "long ago")))
SITES = ("site", "elsewhere/public")


@dataclass(frozen=True)
class Edit:
    change: Callable[..., None]
    when: Callable[["Edits"], Any]

    def __repr__(self) -> str:
        return self.change.__name__


Change = Callable[..., None]
Choice = tuple[Edit, dict[str, Any]]
EDITS: dict[str, st.SearchStrategy[Choice]] = {}
mistakes = st.deferred(lambda: EDITS["spoil"] | EDITS["be_careless"])
which = st.integers(0, 7)  # one of those there are
words = st.sampled_from(WORDS)


def of(texts: Mapping[str, list[str]]) -> st.SearchStrategy[tuple[str, str]]:
    """One of the files, with one of its texts."""
    return st.sampled_from([(path, text) for path, them in texts.items() for text in them])


def edit(when: Callable[["Edits"], Any] = bool, **drawn: st.SearchStrategy[Any]) -> Callable[[Change], Change]:
    """One of the edits, which is passed over while it makes no sense."""

    def register(change: Change) -> Change:
        EDITS[change.__name__] = st.tuples(st.just(Edit(change, when)), st.fixed_dictionaries(drawn))
        return change

    return register


class Edits(RuleBasedStateMachine):
    """A project, its site, and everything that may happen to them."""

    folder: ClassVar[Path]  # where projects go
    done: ClassVar[Counter[str]] = Counter()  # edits by name
    ends: ClassVar[Counter[str]] = Counter()  # builds by how they ended

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(dir=self.folder))
        self.project = self.root / "project"
        self.world = World({})
        self.saved: dict[str, bytes] = {}  # what is on the disk
        self.past: list[World] = []
        self.way = (False, "now")
        self.options: dict[str, Any] = {"drafts": False, "base_url": None, "compress": False}
        self.jobs, self.fresh, self.site = 1, False, SITES[0]
        self.own: dict[str, dict[str, bytes]] = {site: {} for site in SITES}
        self.forgotten: dict[str, set[str]] = {site: set() for site in SITES}  # ours, but no list says so any more
        self.known: dict[tuple[object, ...], tuple[Report | SiteError, dict[str, bytes]]] = {}
        self.ailing = 0  # builds since somebody made a mistake

    @initialize(plain=st.sampled_from([True, True, True, True, False]))
    def begin(self, plain: bool) -> None:
        self.world = edits.shop(plain=plain)
        self.check()
        self.keep_the_memo()

    @rule(
        edits=st.deferred(lambda: st.lists(st.one_of(*EDITS.values()), min_size=1, max_size=6)),
        mistakes=st.integers(0, 6).flatmap(lambda chance: st.lists(mistakes, min_size=chance > 5, max_size=chance > 5)),
        way=st.sampled_from(WAYS_TO_SAVE),
    )
    def work_and_build(self, edits: list[Choice], mistakes: list[Choice], way: tuple[bool, str]) -> None:
        """Files are saved in place or by renaming, with the time of now, of the old file, or of a wrong clock."""
        self.way = way
        for edit, values in [*edits, *mistakes]:
            if edit.when(self):
                self.done[repr(edit)] += 1
                edit.change(self, **values)
        self.check()
        self.ailing = 0 if self.world.sound else self.ailing + 1
        if self.ailing > 1:
            self.world.mend()  # sooner or later

    def teardown(self) -> None:
        shutil.rmtree(self.root)

    # --- the rule -----------------------------------------------------------------------------------------------------

    def check(self) -> None:
        self.save()
        site = self.project / self.site
        before, stamps = edits.contents(site), edits.stamps(site)
        result = edits.attempt(self.project, output=site, jobs=self.jobs, fresh=self.fresh, **self.options)
        after = edits.contents(site)
        should, expected = self.clean()
        fresh, self.fresh = self.fresh, False
        assert type(result) is type(should), f"{result} is not {should}"
        assert result.problems == should.problems
        if isinstance(result, SiteError) or isinstance(should, SiteError):
            self.ends["refused"] += 1
            event("refused")
            assert (after, edits.stamps(site)) == (before, stamps)
            return
        self.ends["built"] += 1
        event("built")
        self.past.append(copy.deepcopy(self.world))
        assert result.paths == should.paths
        self.compare(after, expected)
        changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
        if not fresh:
            assert set(result.done) == changed
            now = edits.stamps(site)
            assert [path for path in now if path in stamps and path not in changed and now[path] != stamps[path]] == []

    def compare(self, after: Mapping[str, bytes], expected: Mapping[str, bytes]) -> None:
        own, forgotten = self.own[self.site], self.forgotten[self.site]
        made = {path: data for path, data in after.items() if path not in own}
        assert {path: after.get(path) for path in own} == own
        stale = made.keys() - expected.keys()
        assert stale <= forgotten
        assert {path: data for path, data in made.items() if path not in stale} == expected
        forgotten &= stale

    def clean(self) -> tuple[Report | SiteError, dict[str, bytes]]:
        """What should come of it: of the same files and options always the same."""
        key = (*self.options.values(), frozenset(self.saved.items()))
        if key not in self.known:
            folder = self.root / f"clean-{len(self.known)}"
            self.known[key] = edits.clean(self.saved, folder, jobs=1, **self.options)
        return self.known[key]

    # --- saving -------------------------------------------------------------------------------------------------------

    def save(self) -> None:
        files = self.world.files()
        for path in self.saved.keys() - files.keys():
            (self.project / path).unlink()
        for path, data in files.items():
            if self.saved.get(path) != data:
                self.write(path, data)
        self.saved = files

    def write(self, path: str, data: bytes) -> None:
        target = self.project / path
        swapped, dated = self.way
        before = target.stat().st_mtime_ns if target.exists() else LONG_AGO
        target.parent.mkdir(parents=True, exist_ok=True)
        if swapped:
            new = self.root / "new"
            new.write_bytes(data)
            new.replace(target)
        else:
            target.write_bytes(data)
        if dated != "now":
            day = before if dated == "as before" else LONG_AGO
            os.utime(target, ns=(day, day))

    @edit(which=which, day=st.sampled_from([None, 1_000_000_000, 2_000_000_000]))
    def touch(self, which: int, day: int | None) -> None:
        path = self.project / self.one(sorted(self.saved), which)
        os.utime(path, None if day is None else (day, day))

    @edit()
    def write_everything_again(self) -> None:
        """As a checkout does."""
        for path, data in self.saved.items():
            (self.project / path).unlink()
            self.write(path, data)

    @edit(which=which, word=words)
    def edit_behind_a_link(self, which: int, word: str) -> None:
        """A link's own size and time say nothing of what it leads to."""
        self.save()
        path = self.project / self.article(which).path
        if not path.is_symlink():
            kept = path.with_name(f"kept-{self.done.total()}~")  # no file of the site by itself
            path.rename(kept)
            path.symlink_to(kept.name)
        self.check()
        self.way = (False, self.way[1])
        self.article(which).front["summary"] = f"It is {word}."

    @edit(when=lambda self: len(self.past) > 1, which=which)
    def go_back(self, which: int) -> None:
        """To what was once built."""
        self.world = copy.deepcopy(self.past[-1 - which % len(self.past)])

    # --- articles -----------------------------------------------------------------------------------------------------

    def one(self, them: Sequence[T], which: int) -> T:
        return them[which % len(them)]

    def article(self, which: int) -> Article:
        return self.one(self.world.articles, which)

    def text(self, which: int) -> Text:
        return self.one([*self.world.articles, *self.world.pages], which)

    @edit(which=which, place=which, word=words, more=st.booleans())
    def rewrite(self, which: int, place: int, word: str, more: bool) -> None:
        text = self.text(which)
        if text.sections:
            self.one(text.sections, place).text = f'It is "{word}" <b>here</b>.' + more * " And there.\n\n- [x] so"

    @edit(which=which, place=which, heading=st.sampled_from(HEADINGS))
    def reword_a_heading(self, which: int, place: int, heading: str) -> None:
        text = self.text(which)
        if text.sections and heading not in [section.heading for section in text.sections]:
            self.one(text.sections, place).heading = heading

    @edit(which=which, heading=st.sampled_from(HEADINGS), first=st.booleans())
    def add_a_section(self, which: int, heading: str, first: bool) -> None:
        text = self.text(which)
        if heading not in [section.heading for section in text.sections]:
            text.sections.insert(0 if first else len(text.sections), Section(heading, "More."))

    @edit(which=which)
    def drop_a_section(self, which: int) -> None:
        del self.text(which).sections[-1:]

    @edit(which=which, line=st.sampled_from(ARTICLE_LINES))
    def set_a_line(self, which: int, line: tuple[str, Any]) -> None:
        self.article(which).front[line[0]] = line[1]

    @edit(which=which, place=st.integers(0, 6))
    def pick(self, which: int, place: int) -> None:
        article = self.article(which)
        article.front["pick"] = self.one([*article.subjects, "none"], place)

    @edit(which=which, place=which, word=words, day=st.sampled_from(DAYS), keep=st.integers(0, 5))
    def record(self, which: int, place: int, word: str, day: str, keep: int) -> None:
        """What the comparison once picked and said; now and then the record is deleted."""
        article = self.article(which)
        file = record_of(article.path)
        self.others.pop(file, None)
        if keep:
            row, subject = slugify(self.one(article.rows, place)["factor"]), self.one(article.subjects, place)
            said = {"recorded": day, "pick": subject, "cells": {row: {slugify(subject): word}}}
            told = {"date": day, "factor": row, "subject": slugify(subject), "was": "Nothing", "now": word}
            self.others[file] = json.dumps({**said, "changes": [told][: keep % 2]}).encode()

    @property
    def others(self) -> dict[str, bytes]:
        return self.world.others

    @edit(which=which, place=which, winner=st.integers(0, 6))
    def judge_a_row(self, which: int, place: int, winner: int) -> None:
        article = self.article(which)
        row = self.one(article.rows, place)
        if row["factor"] != "price":
            row["wins"] = self.one([*article.subjects, "tie"], winner)

    @edit(which=which, place=which, weight=st.integers(0, 5))
    def weigh_a_row(self, which: int, place: int, weight: int) -> None:
        self.one(self.article(which).rows, place)["weight"] = weight

    @edit(which=which, place=which, word=words, value=st.integers(1, 9))
    def fill_a_cell(self, which: int, place: int, word: str, value: int) -> None:
        article = self.article(which)
        row = self.one(article.rows, place)
        number = {"from": f"{edits.RESULTS}#/{'ab'[value % 2]}"} if value > 6 else {"value": value}
        cell = number if row["factor"] == "price" else word
        row["cells"] = {**row.get("cells", {}), self.one(article.subjects, value): cell}

    @edit(which=which, label=st.sampled_from([*LABELS, "price"]))
    def add_a_row(self, which: int, label: str) -> None:
        article = self.article(which)
        if label not in [row["factor"] for row in article.rows]:
            article.rows.append({"factor": "price"} if label == "price" else edits.row(article, label, which))

    @edit(which=which, place=which)
    def drop_a_row(self, which: int, place: int) -> None:
        rows = self.article(which).rows
        if len(rows) > 1:
            rows.remove(self.one(rows, place))

    @edit(which=which, other=st.integers(0, 12), place=st.one_of(st.none(), which))
    def link_to(self, which: int, other: int, place: int | None) -> None:
        target = self.text(other)
        section = self.one(target.sections, place) if target.sections and place is not None else None
        self.text(which).links.append((target, section))

    @edit(which=which)
    def drop_links(self, which: int) -> None:
        self.text(which).links.clear()

    @edit(which=which, pins=st.lists(which, max_size=3))
    def pin(self, which: int, pins: list[int]) -> None:
        self.article(which).pins = list(dict.fromkeys(map(self.article, pins)))

    @edit(which=which, subjects=st.lists(st.sampled_from(edits.DRINKS), max_size=2, unique=True))
    def consider(self, which: int, subjects: list[str]) -> None:
        ways = [{"name": f"The {id}", "if": "you *must*", "subject": id} for id in subjects]
        self.article(which).front["consider"] = ways

    @edit(which=which, count=st.integers(0, 2))
    def give_old_addresses(self, which: int, count: int) -> None:
        text = self.text(which)
        key = text.key if isinstance(text, Article) else text.name
        text.front["aliases"] = [f"old/{key}/{number}" for number in range(count)]

    @edit(which=which)
    def toggle_a_draft(self, which: int) -> None:
        front = self.text(which).front
        front["draft"] = None if front.get("draft") else True

    @edit(subjects=st.lists(st.sampled_from(edits.DRINKS), min_size=2, max_size=3, unique=True), number=which)
    def add_an_article(self, subjects: list[str], number: int) -> None:
        article = edits.article(subjects, number)
        if article.key not in [other.key for other in self.world.articles] and len(self.world.articles) < 8:
            self.world.articles.append(article)

    @edit(when=lambda self: len(self.world.articles) > 1, which=which)
    def delete_an_article(self, which: int) -> None:
        self.world.articles.remove(self.article(which))

    @edit(which=which, name=st.integers(0, 2))
    def rename_an_article(self, which: int, name: int) -> None:
        """The file itself moves, with its time and number."""
        article = self.article(which)
        self.move(article, article.names[name])

    def move(self, article: Article, name: str) -> None:
        if name in [other.name for other in self.world.articles]:
            return
        old, article.name = article.path, name
        if old in self.saved and article.path not in self.saved:
            (self.project / old).rename(self.project / article.path)
            self.saved[article.path] = self.saved.pop(old)

    @edit(when=lambda self: len(self.world.articles) > 1 and self.world.sound, which=which)
    def swap_two_articles(self, which: int) -> None:
        """Each takes the other's name, and whoever links to it gets the other."""
        one, other = self.article(which), self.article(which + 1)
        for article in (one, other):  # names that say nothing of what is compared
            self.move(article, article.names[2])
        self.check()
        names = one.name, other.name
        self.move(one, "aside")
        self.move(other, names[0])
        self.move(one, names[1])

    # --- the rest of the content --------------------------------------------------------------------------------------

    @edit(id=st.sampled_from(edits.DRINKS), line=st.sampled_from(SUBJECT_LINES))
    def write_on_a_subject(self, id: str, line: tuple[str, Any]) -> None:
        key, value = line
        subject = self.world.subjects.setdefault(id, {"name": id.title()})
        if isinstance(value, str):
            value = value.format(id.title())
        elif key == "aliases":
            value = [name.format(id) for name in value]
        subject[key] = value

    @edit(when=lambda self: self.world.subjects, which=which)
    def delete_a_subject(self, which: int) -> None:
        del self.world.subjects[self.one(sorted(self.world.subjects), which)]

    @edit(lock=st.sampled_from(LOCKS))
    def verify_the_sources(self, lock: Any) -> None:
        self.world.others.pop(LOCK, None)
        if lock is not None:
            self.world.others[LOCK] = json.dumps(lock).encode()

    @edit(id=st.sampled_from(["price", "taste"]), line=st.sampled_from(FACTOR_LINES))
    def write_on_a_factor(self, id: str, line: tuple[str, Any]) -> None:
        """One of them decides rows by numbers, the other only explains."""
        if id == "price" or line[0] == "note":
            self.world.factors.setdefault(id, {"label": id.title()})[line[0]] = line[1]

    @edit(name=st.sampled_from("ab"), value=st.integers(1, 9), spread=st.integers(0, 3))
    def measure_again(self, name: str, value: int, spread: int) -> None:
        """What overlaps with it may be another comparison's number."""
        self.world.results[name] = {"value": value, "low": value - spread, "high": value + spread, "runs": 3 + spread}

    @edit(when=lambda self: self.world.factors, which=which)
    def delete_a_factor(self, which: int) -> None:
        del self.world.factors[self.one(sorted(self.world.factors), which)]

    @edit(when=lambda self: self.world.pages, which=which, line=st.sampled_from(PAGE_LINES))
    def write_on_a_page(self, which: int, line: tuple[str, Any]) -> None:
        self.one(self.world.pages, which).front[line[0]] = line[1]

    @edit(name=st.sampled_from(PAGES), order=st.integers(0, 3))
    def add_a_page(self, name: str, order: int) -> None:
        if name not in [page.name for page in self.world.pages]:
            self.world.pages.append(Text(name, {"title": name.title(), "order": order}, [Section(HEADINGS[3], "So.")]))

    @edit(when=lambda self: self.world.pages, which=which)
    def delete_a_page(self, which: int) -> None:
        page = self.one(self.world.pages, which)
        self.world.pages.remove(page)
        if page.name == "about" and "price" in self.world.factors:
            self.world.factors["price"].pop("note", None)  # which links to it

    @edit(path=st.sampled_from(IMAGES), size=st.integers(1, 9))
    def draw(self, path: str, size: int) -> None:
        """An image of another size changes the pages that show it."""
        self.world.others[path] = edits.drawing(size) if path.endswith(".svg") else edits.photo(size)

    @edit(which=which, images=st.lists(st.sampled_from(IMAGES[:2]), unique=True))
    def show_images(self, which: int, images: list[str]) -> None:
        self.article(which).images = images

    @edit(which=st.integers(0, 12), charts=st.lists(st.sampled_from(sorted(edits.CHARTS)), max_size=2, unique=True))
    def draw_charts(self, which: int, charts: list[str]) -> None:
        self.text(which).charts = charts

    @edit(cups=st.integers(1, 9))
    def pour_again(self, cups: int) -> None:
        """Only what draws the file of cups is another."""
        self.world.cups = cups

    @edit(line=st.sampled_from(SETTINGS_LINES))
    def set(self, line: tuple[str, Any]) -> None:
        self.world.settings[line[0]] = line[1]

    # --- the theme ----------------------------------------------------------------------------------------------------

    @edit(template=of(TEMPLATES))
    def override_a_template(self, template: tuple[str, str]) -> None:
        path, text = template
        self.world.others[path] = text.encode()
        if "own.html" in text:
            self.world.others.setdefault(OWN_PART, b"<b>first</b>")

    @edit(file=of(STATIC))
    def write_a_static_file(self, file: tuple[str, str]) -> None:
        self.world.others[file[0]] = file[1].encode()

    @edit(when=lambda self: self.world.others, which=st.integers(0, 20))
    def delete_what_is_no_text(self, which: int) -> None:
        """A template, a static file or an image; what is included goes with what includes it."""
        path = self.one(sorted(self.world.others), which)
        del self.world.others[path]
        if path == OWN_PART and b"own.html" in self.world.others.get("templates/base.html", b""):
            del self.world.others["templates/base.html"]

    # --- mistakes -----------------------------------------------------------------------------------------------------

    @edit(when=lambda self: self.world.sound, spoil=st.sampled_from(sorted(SPOILS)), which=which)
    def spoil(self, spoil: str, which: int) -> None:
        place, change = SPOILS[spoil]
        path = self.article(which).path if place == "compare" else place
        self.world.spoiled[path] = change(self.world.files().get(path, b""))

    @edit(
        when=lambda self: self.world.sound,
        which=which,
        change=st.sampled_from([delete_an_article, delete_a_page, drop_a_section, toggle_a_draft]),
    )
    def be_careless(self, which: int, change: Callable[..., None]) -> None:
        """What leads to something goes on leading there, whatever becomes of it."""
        self.world.careless = True
        if len(self.world.articles) > 1 and self.world.pages:
            change(self, which=which)

    # --- how it is built ----------------------------------------------------------------------------------------------

    @edit()
    def flip_drafts(self) -> None:
        self.options["drafts"] = not self.options["drafts"]

    @edit()
    def flip_compressing(self) -> None:
        self.options["compress"] = not self.options["compress"]

    @edit(url=st.sampled_from([None, "https://other.example/", "https://other.example/deep/down/"]))
    def flip_the_base_url(self, url: str | None) -> None:
        self.options["base_url"] = url

    @edit(jobs=st.sampled_from([1, 2]))
    def flip_jobs(self, jobs: int) -> None:
        self.jobs = jobs

    @edit()
    def build_it_fresh(self) -> None:
        self.fresh = True

    @edit(site=st.sampled_from(SITES))
    def build_it_elsewhere(self, site: str) -> None:
        self.site = site

    # --- what others do to the site, and to the memo ------------------------------------------------------------------

    def ours(self) -> list[str]:
        own = self.own[self.site]
        return sorted(path for path in edits.contents(self.project / self.site) if path not in own)

    @edit(which=st.integers(0, 40), word=words)
    def put_an_own_file_into_the_site(self, which: int, word: str) -> None:
        folder = self.one([".", *sorted({str(Path(path).parent) for path in self.ours()})], which)
        path = (Path(folder) / "own.txt").as_posix()
        self.own[self.site][path] = word.encode()
        target = self.project / self.site / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(word.encode())

    @edit(which=st.integers(0, 40), how=st.sampled_from(["delete", "empty", "cut", "edit", "hide", "folder"]))
    def damage_the_site(self, which: int, how: str) -> None:
        """`hide` is an edit that keeps the file's size and time. Aliases are only lost, not edited: where no list says
        that the file there is ours, it is taken for somebody else's.
        """
        paths = [path for path in self.ours() if how in ("delete", "folder") or not path.startswith("old/")]
        if not paths:
            return
        target = self.project / self.site / self.one(paths, which)
        data, day = target.read_bytes(), target.stat().st_mtime_ns
        if how == "delete":
            target.unlink()
        elif how == "folder":
            for path in paths:
                if (self.project / self.site / path).parent == target.parent:
                    (self.project / self.site / path).unlink()
        else:
            target.write_bytes({"empty": b"", "cut": data[:-5], "edit": data + b"!"}.get(how, b"!" * len(data)))
            site = self.project / self.site
            self.forgotten[self.site].add(target.relative_to(site).as_posix())  # it is theirs, when it is gone next
        if how == "hide":
            os.utime(target, ns=(day, day))

    @edit()
    def lose_the_site(self) -> None:
        shutil.rmtree(self.project / self.site, ignore_errors=True)
        self.own[self.site].clear()

    def forget(self) -> Path:
        """From now on nobody can tell which files of the sites are ours."""
        for site in SITES:
            self.forgotten[site] |= edits.contents(self.project / site).keys() - self.own[site].keys()
        return self.project / ".tiebreak"

    @edit()
    def delete_the_memo(self) -> None:
        shutil.rmtree(self.forget(), ignore_errors=True)

    @edit(which=which, how=st.sampled_from(["delete", "empty", "halve", "garbage"]))
    def damage_the_memo(self, which: int, how: str) -> None:
        files = sorted(path for path in self.forget().rglob("*") if path.is_file())
        if files:
            target = self.one(files, which)
            data = target.read_bytes()
            target.unlink()
            if how != "delete":
                target.write_bytes({"empty": b"", "halve": data[: len(data) // 2]}.get(how, b"\xa5garbage" * 999))

    @edit()
    def keep_the_memo(self) -> None:
        shutil.rmtree(self.root / "memo", ignore_errors=True)
        if (self.project / ".tiebreak").exists():
            shutil.copytree(self.project / ".tiebreak", self.root / "memo")

    @edit(when=lambda self: (self.root / "memo").exists())
    def bring_an_older_memo_back(self) -> None:
        """As a cache of a build server does."""
        shutil.rmtree(self.forget(), ignore_errors=True)
        shutil.copytree(self.root / "memo", self.project / ".tiebreak")


@pytest.fixture
def pools_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even a small site goes through several processes, when it is asked to."""
    modules = [module for name, module in sys.modules.items() if name.startswith("tiebreak.")]
    asking = [module for module in modules if hasattr(module, "WORTH_A_POOL")]
    assert asking
    for module in asking:
        monkeypatch.setattr(module, "WORTH_A_POOL", 2)


MODEST = settings(
    max_examples=10,  # more of them, and Hypothesis begins to repeat parts of what it has tried
    stateful_step_count=10,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
LARGE = settings(MODEST, max_examples=30, stateful_step_count=60)


@pytest.mark.slow
@pytest.mark.usefixtures("pools_at_once")
def test_after_any_edits_a_warm_build_is_a_clean_build(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Or both fail with the same problems, and a build that fails leaves the site as it was."""
    Edits.folder = tmp_path
    Edits.done.clear()
    Edits.ends.clear()
    until = time.monotonic() + SOAK
    for number in (1, 2):
        run_state_machine_as_test(seed(number)(Edits), settings=MODEST)
    assert EDITS.keys() == Edits.done.keys(), "a larger budget would reach them all"
    assert Edits.ends["built"] > 3 * Edits.ends["refused"] > 30
    while time.monotonic() < until:
        run_state_machine_as_test(seed(time.time_ns())(Edits), settings=LARGE)
    if SOAK:
        with capsys.disabled():
            print(f"\n{Edits.done.total()} edits, builds {dict(Edits.ends)}")
