"""What authors write is text in every format that a site is made of, not in pages alone."""

import json
import re
from dataclasses import replace
from email.message import EmailMessage
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import feedparser
import pytest
from conftest import Build, MakeSite
from lxml import etree, html
from samples import COMPARISON, ENGLISH, changed, compared, loaded_site, mistakes
from test_untrusted import FIELDS, attempts

from tiebreak.build.pipeline import Options, build
from tiebreak.model.cell import Cell, Source
from tiebreak.model.comparison import Comparison
from tiebreak.model.prose import Prose
from tiebreak.model.site import Settings
from tiebreak.model.table import Factor, Subject
from tiebreak.pages.feedback import about_page, about_row
from tiebreak.pages.messages import SCRIPTED, Messages

# What XML forbids, what ends its sections, lines and rows of other files, and what would begin a field or a header.
HOSTILE = (
    "]]>&#1;&#26;&#xFFFE;&#xFFFF;&#xD800;&#x85;&#x2028;&lt;/content&gt;<!-- --></title></script>\n"
    "/* /evil 301!\n/:a https://evil.example/:splat 200\n"
    "Disallow: /\nSitemap: x\r\nBcc: a@b.example ?bcc=x&cc=y%0A'\";url=//z"
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with all of it in every field that takes it."""
    root = tmp_path_factory.mktemp("hostile")
    refused, _ = attempts(root, [HOSTILE] * len(FIELDS))
    assert len(FIELDS) - len(refused) > 30
    return root / "all/site"


def test_the_feed_is_well_formed(hostile: Path) -> None:
    """For a strict parser, and for the one that readers' programs use; and the text is in it."""
    etree.fromstring((hostile / "feed.xml").read_bytes(), etree.XMLParser(recover=False))
    found = feedparser.parse((hostile / "feed.xml").read_bytes())
    assert not found.bozo
    assert len(found.entries) == 2
    assert "]]>" in (found.entries[0].title + found.entries[1].title)


def test_the_sitemap_names_pages_of_the_site(hostile: Path) -> None:
    """And nothing else."""
    tree = etree.fromstring((hostile / "sitemap.xml").read_bytes(), etree.XMLParser(recover=False))
    addresses = tree.xpath("//*[local-name()='loc']/text()")
    assert len(addresses) > 5
    for address in addresses:
        assert re.fullmatch(r"https://example\.org/picks/([a-z0-9-]+/)*", address)
        assert (hostile / address.removeprefix("https://example.org/picks/") / "index.html").is_file()


def test_rules_for_robots_are_ours(hostile: Path) -> None:
    """Three of them."""
    said = (hostile / "robots.txt").read_text().split("\n")
    assert said == ["User-agent: *", "Allow: /", "", "Sitemap: https://example.org/picks/sitemap.xml", ""]


def test_rows_of_redirects_are_ours(hostile: Path) -> None:
    """An old path, a page of the site, and how: no wildcard, placeholder, force or comment, and nothing elsewhere."""
    rows = (hostile / "_redirects").read_text().splitlines()
    assert rows
    for row in rows:
        old, new, how = row.split(" ")
        assert re.fullmatch(r"/picks/[A-Za-z0-9._~/-]+", old)
        assert re.fullmatch(r"/picks/([a-z0-9-]+/)+", new)
        assert how == "301"


def test_redirects_lead_into_the_site(hostile: Path) -> None:
    """What a browser reads of them is one relative address."""
    found = 0
    for page in hostile.rglob("*.html"):
        for meta in html.document_fromstring(page.read_bytes()).xpath("//meta[@http-equiv='refresh']"):
            assert re.fullmatch(r"0; url=(\.\./|\./)*([a-z0-9-]+/)+", meta.get("content"))
            found += 1
    assert found >= 3


def test_data_are_json(hostile: Path) -> None:
    """In files of their own, which no page includes."""
    files = [*hostile.rglob("*.json"), *hostile.rglob("*.webmanifest")]
    for file in files:
        json.loads(file.read_text("utf-8"))
    assert not any(b"application/json" in page.read_bytes() for page in hostile.rglob("*.html"))


def test_data_in_pages_stay_data(hostile: Path) -> None:
    """One script a page, which nothing ends or opens anew, and which reads as what was written."""
    found = 0
    for page in hostile.rglob("index.html"):
        data = html.document_fromstring(page.read_bytes()).xpath("//script[not(@src)]")
        assert [one.get("type") for one in data] in ([], ["application/ld+json"])
        for one in data:
            found += HOSTILE.split("\n")[1] in json.dumps(json.loads(one.text), ensure_ascii=False)
    assert found > 3


EVIL_PATHS = [
    "/*",
    "a/*",
    ":a",
    "a/:splat",
    "a\nb /c",
    "a\t/c",
    "#a",
    "a#b",
    "a?b=c",
    "https://evil.example/",
    "../up",
    "a/../../up",
    "a/./b",
    "a//b",
    "a\\b",
    "%2e%2e/x",
    "a%0Ab",
    'a"b',
    "a<b",
    "a\u202eb",
    "",
]


@pytest.mark.parametrize(
    "path", ["a b", "a b 301!", "a;b", "a'b", "ä", "a&b", "(a)", "a%20b", "%C3%A4", "a$b", "{a}", "a,b"]
)
def test_what_a_host_could_misread_in_an_old_path_is_encoded(make_site: MakeSite, path: str) -> None:
    """So that a row of `_redirects` is two addresses and a number."""
    text = changed(("published:", f"aliases: [{json.dumps(path)}]\npublished:"))
    project = make_site({"content/compare/tea-vs-coffee.md": text})
    build(Options(project))
    old, new, status = (project / "site/_redirects").read_text().splitlines()[-1].split(" ")
    assert (old, new, status) == (f"/picks/{quote(unquote(path))}/", "/picks/compare/tea-vs-coffee/", "301")
    assert (project / "site" / unquote(path) / "index.html").is_file()


@pytest.mark.parametrize("path", EVIL_PATHS, ids=ascii)
def test_an_old_path_is_a_path(make_site: MakeSite, path: str) -> None:
    """Whatever a host would read as more than that is refused where it stands."""
    text = changed(("published:", f"aliases: [{json.dumps(path)}]\npublished:"))
    (problem,) = mistakes(loaded_site(make_site({"content/compare/tea-vs-coffee.md": text})))
    assert problem.code in ("bad-path", "missing-value")
    assert (problem.file, problem.line) == ("content/compare/tea-vs-coffee.md", 13)


@pytest.mark.parametrize("path", ["a b", "a b 301!", "a;b", "a'b", "ä"], ids=ascii)
def test_an_old_path_is_one_word_to_a_host(make_site: MakeSite, build: Build, path: str) -> None:
    """A space or a sign that divides a line of `_redirects` is percent-encoded in it, as browsers ask for it."""
    text = changed(("published:", f"aliases: [{json.dumps(path)}]\npublished:"))
    project = make_site({"content/compare/tea-vs-coffee.md": text})
    build(project)
    lines = (project / "site/_redirects").read_text(encoding="utf-8").splitlines()
    assert any(line.split()[0].endswith(f"/{quote(path)}/") for line in lines)
    assert all(len(line.split()) == 3 for line in lines)


# --- letters ----------------------------------------------------------------------------------------------------------

MAIL = Settings("Picks", "https://example.org/picks/", feedback_email="me@example.org")
ISSUES = replace(MAIL, feedback_email="", feedback_issues="https://code.example.org/new")
EVIL = [
    "x?bcc=evil@example.org",
    "x&bcc=evil@example.org",
    "x%0ABcc: evil@example.org",
    "x\r\nBcc: evil@example.org",
    "x\u2028Bcc: evil@example.org",
    "x\x85Bcc: evil@example.org",
    "x#fragment",
    "x;y,z",
    "x\udcff\ud800",
    "x\x00\x1b[31m",
    "\"><script>alert(1)</script>'",
    "+%2B &amp;",
]


def about(evil: str) -> tuple[Comparison, Factor]:
    cell = Cell(text=Prose(evil.replace("<", "&lt;")), value="1", sources=(Source(evil, f"https://e.example/{evil}"),))
    factor = Factor("row", evil, (cell, cell), unit=evil)
    subjects = (Subject("a", evil), Subject("b", evil, aliases=(evil,)))
    return replace(compared("A", "B"), own_title=evil, subjects=subjects, factors=(factor,)), factor


@pytest.mark.parametrize("text", EVIL, ids=ascii)
@pytest.mark.parametrize("settings", [MAIL, ISSUES], ids=["mail", "issues"])
def test_a_letter_has_the_fields_that_it_has(text: str, settings: Settings) -> None:
    """Two, each of them as it was meant, whatever stands in titles, labels, names, cells, units and sources."""
    comparison, factor = about(text)
    for link in (about_page(comparison, settings, ENGLISH), about_row(comparison, factor, settings, ENGLISH)):
        assert re.fullmatch(r"[A-Za-z0-9!$()*,;:@/?=&%._~-]+", link)
        url = urlsplit(link)
        fields = parse_qsl(url.query, strict_parsing=True, errors="strict")
        assert [name for name, _ in fields] == (["subject", "body"] if url.scheme == "mailto" else ["title", "body"])
        assert url.fragment == ""
        assert url.scheme != "mailto" or url.path == "me@example.org"
        if "\x00" not in text:
            EmailMessage()["subject"] = fields[0][1]  # refuses what would be two lines


@pytest.mark.parametrize(
    "address", ["a%0ABcc@example.org", "a%3Fbcc=x@example.org", "a'\"`{}|@example.org", "a#b@example.org"]
)
def test_an_address_is_one(address: str) -> None:
    """What the settings let through stands encoded before the question mark."""
    link = about_page(compared("A", "B"), replace(MAIL, feedback_email=address), ENGLISH)
    path, _, query = link.removeprefix("mailto:").partition("?")
    assert unquote(path) == address
    assert [name for name, _ in parse_qsl(query)] == ["subject", "body"]


@pytest.mark.parametrize(
    "address", ["a@example.org?bcc=x@y.example", "a@b.example,c@d.example", "a@b.example&c", "a:b@c.example"]
)
def test_what_is_more_than_an_address_is_refused(make_site: MakeSite, address: str) -> None:
    """At its place."""
    text = f"title: Picks\nbase_url: https://example.org/\nfeedback: {{email: {json.dumps(address)}}}\n"
    assert [one.code for one in mistakes(loaded_site(make_site({"content/site.yaml": text})))] == ["bad-email"]


@pytest.mark.parametrize("end", ["?", "#", "?a", "#a"])
def test_addresses_that_more_is_added_to_end_after_their_path(make_site: MakeSite, end: str) -> None:
    """Even where what follows is empty."""
    text = f"title: Picks\nbase_url: https://example.org/{end}\nfeedback: {{issues: 'https://example.org/new{end}'}}\n"
    assert [one.code for one in mistakes(loaded_site(make_site({"content/site.yaml": text})))] == ["bad-url"] * 2


# --- names that objects have of their own -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "start", "end"), [("tools", "export const words = ", ";"), ("facts", "Object.assign(words, ", ");")]
)
def test_words_for_scripts_are_a_line_of_data(part: str, start: str, end: str) -> None:
    """Whatever stands in them."""
    text = "</script>\u2028`${alert(1)}`\n\\"
    module = Messages("en", {part: {"search": text}}).modules()[SCRIPTED[part]]
    _, said, rest = module.decode().split("\n")
    assert json.loads(said.removeprefix(start).removesuffix(end)) == {"search": text}
    assert rest == ""


OBJECTS = ["items", "keys", "get", "index", "count", "name", "title", "origin", "packed", "digest", "self", "loop"]
OBJECTS += ["constructor", "tostring", "hasownproperty", "prototype", "true", "null", "undefined", "class", "import"]


def test_names_that_objects_have_are_ordinary(make_site: MakeSite, build: Build) -> None:
    """Of subjects, factors, groups, presets, categories, tags, kinds and sources, in templates and in data."""
    files = {
        f"content/subjects/{id}.yaml": f"name: {id} it is\nkind: items\nfacts: {{{id}: '1', values: '{id} fact'}}\n"
        for id in OBJECTS
    }
    for one, other in pairwise(OBJECTS):
        text = changed(
            ("[Tea, Coffee]", f"[{one}, {other}]"),
            ("pick: tea", f"pick: {one}"),
            ("factor: Caffeine\n", f"factor: {one}\n    id: {one}\n    group: {other}\n"),
            ("{tea: Some, coffee: Much}", f"{{{one}: {{text: Some, source: {other}}}, {other}: Much}}"),
            ("wins: tea", f"wins: {one}"),
            ("  tea: You", f"  {one}: You"),
            ("  coffee: You", f"  {other}: You"),
            ("published:", f"sources: {{{other}: {{title: {one}, url: https://example.org/}}}}\npublished:"),
            ("published:", f"category: {one}\ntags: [{other}, __proto__]\npublished:"),
            ("published:", f"presets: [{{name: {one}, weights: {{{one}: 5}}}}]\npublished:"),
            text=COMPARISON,
        )
        files[f"content/compare/{one}-vs-{other}.md"] = text
    files["content/compare/tea-vs-coffee.md"] = COMPARISON
    report = build(make_site(files))
    for one, other in pairwise(OBJECTS):
        page = html.document_fromstring((report.output / f"compare/{one}-vs-{other}/index.html").read_bytes())
        assert [" ".join(head.text_content().split()) for head in page.xpath("//th[@data-column]")] == [
            f"{one} it is",
            f"{other} it is",
        ]
        assert len(page.xpath(f"//tr[@id='factor-{one}']/td")) == 2
    for id in OBJECTS:
        found = json.loads((report.output / f"subjects/{id}/facts.json").read_text())
        assert found["name"] == f"{id} it is"
        assert found["facts"]["values"] == {"text": f"{id} fact"}
        assert (report.output / f"subjects/{id}/index.html").is_file()
