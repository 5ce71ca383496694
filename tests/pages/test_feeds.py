"""Feeds, as programs read them: valid, whole, and right where a reader takes out what it does not know."""

import json
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import feedparser
import html5lib
import jsonschema
import nh3
import pytest
from conftest import Build, MakeSite
from lxml import etree, html
from published import BASE_URL, DRINKS, ROOT, publish_copy
from samples import COMPARISON, changed

SUPPORT = ROOT / "tests/support"
TEA = "content/compare/tea-vs-coffee.md"
RULING = BASE_URL + "compare/tea-vs-coffee/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample of every feature, built."""
    return publish_copy(DRINKS, tmp_path_factory.mktemp("drinks"))


def of_json(file: Path) -> Any:
    return json.loads(file.read_text("utf-8"))


def contents(site: Path) -> Mapping[str, str]:
    """What all feeds of the site show, by the address that it is about."""
    return {item["id"]: item["content_html"] for file in site.rglob("feed.json") for item in of_json(file)["items"]}


def test_every_feed_is_valid_in_both_formats(site: Path) -> None:
    """By the schema of RFC 4287, and by one written after JSON Feed 1.1; and both say the same of the same entries."""
    atom = etree.RelaxNG(etree.parse(SUPPORT / "atom.rng"))
    schema = jsonschema.Draft202012Validator(of_json(SUPPORT / "json-feed.json"))
    files = sorted(site.rglob("feed.xml"))
    assert {file.relative_to(site).parts[0] for file in files} == {"feed.xml", "categories", "tags", "changes"}
    for file in files:
        assert atom.validate(etree.parse(file)), (file, atom.error_log)
        other = of_json(file.with_suffix(".json"))
        assert list(schema.iter_errors(other)) == []
        feed = feedparser.parse(file.read_bytes(), sanitize_html=False, resolve_relative_uris=False)
        assert not feed.bozo
        assert feed.feed.title == other["title"]
        assert feed.feed.link == other["home_page_url"]
        assert [(one.id, one.link, one.title, one.content[0].value.strip()) for one in feed.entries] == [
            (one["id"], one["url"], one["title"], one["content_html"]) for one in other["items"]
        ]


def test_a_feed_has_the_whole_ruling(site: Path) -> None:
    """Pick, reason, every row and cell of the table, the verdict on each subject, and every source, as on the page."""
    page = html.parse(site / "compare/tea-vs-coffee/index.html").getroot()
    ruling = html.fromstring(contents(site)[RULING])
    words = " ".join(ruling.text_content().split())
    assert len(ruling.xpath(".//tbody/tr[td]")) == len(page.xpath("//tbody/tr[@data-weight]"))
    assert len(ruling.xpath(".//td[starts-with(., '★')]")) == len(page.xpath("//td[@data-wins]"))
    assert [a.get("href") for a in ruling.xpath(".//ol/li/a")] == [
        a.get("href").replace("../../", BASE_URL) for a in page.xpath("//section[@id='sources']//cite/a")
    ]
    for label in page.xpath("//span[@class='factor-label']/span[@class='t']"):
        assert label.text_content() in words
    for part in (*page.xpath("//p[@class='pick-why']"), *page.xpath("//section[@id='verdict']//li")):
        assert " ".join(part.text_content().split()) in words


def test_what_feeds_show_stands_without_our_styles(site: Path) -> None:
    """It is HTML without a fault or a class, and each address in it is whole: no reader knows where it came from."""
    for content in contents(site).values():
        html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(content)
        tree = html.fromstring(content)
        assert not tree.xpath("//*[@style or @id or self::svg or self::script]")
        addresses = tree.xpath("//@href | //@src")
        assert all(re.match(r"https?://|mailto:", address) for address in addresses), addresses


class Shown(HTMLParser):
    """What a reader meets: words and where links lead."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str | None] = []
        self.cells = 0
        self.feed(markup)

    def handle_data(self, data: str) -> None:
        self.words += data.split()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value for name, value in attrs if name == "href"]
        self.cells += tag in ("td", "th")


def test_sanitizers_of_readers_take_nothing_out(site: Path) -> None:
    """Neither that of feedparser nor the list of ammonia, which Miniflux's and others are like: but attributes."""
    for file in site.rglob("feed.xml"):
        kept = {one.id: one.content[0].value for one in feedparser.parse(file.read_bytes()).entries}
        whole = {one["id"]: one["content_html"] for one in of_json(file.with_suffix(".json"))["items"]}
        for id, content in whole.items():
            expected = vars(Shown(content))
            for cleaned in (kept[id], nh3.clean(content)):
                found = vars(Shown(cleaned))
                assert {name: found[name] for name in ("words", "links", "cells")} == {
                    name: expected[name] for name in ("words", "links", "cells")
                }


def test_marks_of_sources_lead_to_the_page(site: Path) -> None:
    """To the very source there."""
    page = html.parse(site / "compare/tea-vs-coffee/index.html").getroot()
    ids = {f"{RULING}#{id}" for id in page.xpath("//li/@id")}
    marks = html.fromstring(contents(site)[RULING]).xpath("//td/a[starts-with(., '[')]/@href")
    assert marks
    assert set(marks) <= ids


def test_ids_are_addresses_and_days_those_of_the_content(make_site: MakeSite, build: Build) -> None:
    """An entry keeps its id and its days whatever else changes, so that no reader shows it as new."""
    project = make_site({TEA: changed(("published:", "category: Hot\ntags: [x]\nauthor: Bo\npublished:"))})
    build(project)
    first = of_json(project / "site/feed.json")["items"][0]
    assert {name: value for name, value in first.items() if name not in ("content_html", "summary", "title")} == {
        "id": "https://example.org/picks/compare/tea-vs-coffee/",
        "url": "https://example.org/picks/compare/tea-vs-coffee/",
        "image": "https://example.org/picks/compare/tea-vs-coffee/card.png",
        "date_published": "2026-04-02T00:00:00Z",
        "date_modified": "2026-04-02T00:00:00Z",
        "authors": [{"name": "Bo"}],
        "tags": ["Hot", "x"],
    }
    (entry,) = feedparser.parse((project / "site/categories/hot/feed.xml").read_bytes()).entries
    assert (entry.id, entry.updated, entry.author) == (first["id"], first["date_modified"], "Bo")
    assert [tag.term for tag in entry.tags] == ["Hot", "x"]


def test_what_is_not_published_is_in_no_feed(make_site: MakeSite, build: Build) -> None:
    """Drafts, and what appears on a later day; a site without a comparison has an empty feed that is valid."""
    project = make_site({TEA: COMPARISON.replace("published: 2026-04-02", "draft: true")})
    build(project)
    assert of_json(project / "site/feed.json")["items"] == []
    feed = etree.parse(project / "site/feed.xml")
    assert etree.RelaxNG(etree.parse(SUPPORT / "atom.rng")).validate(feed)


def test_a_ruling_without_a_pick_says_so(make_site: MakeSite, build: Build) -> None:
    """As the page does."""
    project = make_site({TEA: changed(("pick: tea", "pick: none"))})
    build(project)
    assert "No pick." in of_json(project / "site/feed.json")["items"][0]["content_html"]


def test_an_edit_remakes_the_feeds_that_show_it_and_no_others(make_site: MakeSite, build: Build) -> None:
    """A cell that no list shows: the site's feed, its category's and its tags'. The argument stands in none of them."""
    tea = changed(("published:", "category: Hot\ntags: [green]\npublished:"))
    milk = tea
    for old, new in (("Tea", "Milk"), ("Coffee", "Oat"), ("tea", "milk"), ("coffee", "oat"), ("Hot", "Cold")):
        milk = milk.replace(old, new)
    milk = milk.replace("green", "white")
    project = make_site({TEA: tea, "content/compare/milk-vs-oat.md": milk})
    build(project)
    (project / TEA).write_text(tea.replace("Much", "A great deal"))
    made = {path for path in build(project).done if "feed." in path}
    assert made == {
        f"{folder}feed.{format}" for folder in ("", "categories/hot/", "tags/green/") for format in ("xml", "json")
    }
    assert "A great deal" in (project / "site/tags/green/feed.xml").read_text("utf-8")
    (project / TEA).write_text(tea.replace("Much", "A great deal").replace("calmer", "calm"))
    assert not [path for path in build(project).done if "feed." in path]


def test_a_feed_of_ones_own_goes_on_working(make_site: MakeSite, build: Build) -> None:
    """It has what it had before; and what feeds show can be another."""
    project = make_site()
    (project / "templates").mkdir()
    (project / "templates/feed.xml").write_text(
        "<feed>{{ updated }}{% for one in comparisons %}{{ one.title }}: {{ one.why|prose }}{% endfor %}</feed>"
    )
    (project / "templates/ruling.html").write_text("<p>{{ comparison.factors[0].label }}</p>")
    build(project)
    assert (project / "site/feed.xml").read_text().startswith("<feed>2026-04-02Tea vs Coffee: ")
    assert of_json(project / "site/feed.json")["items"][0]["content_html"] == "<p>Caffeine</p>"


def test_pages_name_the_feeds_that_are_theirs(site: Path) -> None:
    """Programs find them by the head: every page has the site's, hubs and changes also their own."""
    for page, own in {"": "feed", "tags/hot/": "tags/hot/feed", "changes/": "changes/feed"}.items():
        if not (site / page / "index.html").is_file():
            continue
        links = html.parse(site / page / "index.html").xpath("//head/link[@rel='alternate']")
        found = {(link.get("type"), (site / page / link.get("href")).resolve()) for link in links}
        assert ("application/atom+xml", site.resolve() / "feed.xml") in found
        assert ("application/atom+xml", site.resolve() / f"{own}.xml") in found
        assert ("application/feed+json", site.resolve() / f"{own}.json") in found
