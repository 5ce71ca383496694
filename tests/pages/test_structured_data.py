"""What a page tells machines in the words of schema.org: words of its vocabulary, and what the page shows."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin

import extruct
import pytest
from conftest import Build, MakeSite
from lxml import html
from published import BASE_URL, DRINKS, ROOT, address, pages, parsed, publish_copy
from samples import SITE, changed
from schema_org import registry

from tiebreak.pages.locales import day

pytestmark = pytest.mark.slow  # this repository's own site is built

TEA = "content/compare/tea-vs-coffee.md"
ADDRESSES = ("@id", "url", "item", "sameAs")
# What readers do not see, and the marks of sources within a sentence.
UNSEEN = ("//script", "//head/*[not(self::title)]", "//*[@hidden][not(self::section)]", "//sup[@class='fact']")
Graph = list[dict[str, Any]]


class Page:
    """A page of a site beside the data in it."""

    def __init__(self, site: Path, page: str) -> None:
        self.site = site
        self.url = urljoin(BASE_URL, address(page))
        self.tree = parsed(site, page)
        data = self.tree.xpath("//script[@type='application/ld+json']/text()")
        self.graph: Graph = json.loads(data[0])["@graph"] if data else []
        self.links = {urljoin(self.url, href) for href in self.tree.xpath("//@href")}
        for unseen in self.tree.xpath("|".join(UNSEEN)):
            unseen.drop_tree()
        self.text = " ".join(self.tree.text_content().split())

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [node for node in nodes(self.graph) if node["@type"] == kind]


@pytest.fixture(scope="module", params=[DRINKS, ROOT], ids=["drinks", "own"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    folder = publish_copy(request.param, tmp_path_factory.mktemp("data"))
    made = [Page(folder, page) for page in pages(folder)]
    return [page for page in made if not page.tree.xpath("//p/a[@href][count(//body//*) < 6]")]


def nodes(value: object) -> Iterator[dict[str, Any]]:
    """Every node in a graph."""
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from nodes(one)


def leaves(value: object, key: str = "", kind: str = "") -> Iterator[tuple[str, str, object]]:
    """Every text and number with the type that it stands in and its key there."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from leaves(one, name, value.get("@type", kind))
    elif isinstance(value, list):
        for one in value:
            yield from leaves(one, key, kind)
    else:
        yield kind, key, value


# --- what it says is what the page shows ------------------------------------------------------------------------------


def test_every_page_has_one_graph_but_the_one_for_missing_addresses(site: list[Page]) -> None:
    """At the end of its body, behind all that readers wait for."""
    assert [page.url for page in site if not page.graph] == [BASE_URL + "404.html"]


def test_every_text_and_number_stands_on_the_page(site: list[Page]) -> None:
    """In its text; addresses among its links, days in the marks of its dates, and what counts is counted."""
    wrong = [
        (page.url, kind, key, value)
        for page in site
        for kind, key, value in leaves(page.graph)
        if not shows(page, kind, key, value)
    ]
    assert wrong == []


def shows(page: Page, kind: str, key: str, value: object) -> bool:
    if key in ("@type", "position"):  # a word of the vocabulary, and a place that another test counts
        return True
    if key in ("contentUrl", "image"):
        return (page.site / str(value).removeprefix(BASE_URL)).is_file()
    if key == "encodingFormat":
        return value in ("text/csv", "application/json")
    if key == "inLanguage":
        return bool(value == page.tree.get("lang"))
    if key == "numberOfItems":
        return value == len(page.tree.xpath("//li[contains(@class, 'line')]"))
    if kind == "CorrectionComment" and key == "datePublished":
        return day("en", short=True)(date.fromisoformat(str(value))) in page.text
    if key.startswith("date"):
        return value in page.tree.xpath("//time/@datetime")
    if key in ADDRESSES:
        return leads(page, str(value))
    return " ".join(str(value).split()) in page.text


def leads(page: Page, url: str) -> bool:
    """Whether an address is one of the page's links, or its own, or that of a part of it."""
    own, part = urldefrag(url)
    if own == page.url and part != "website":
        return not part or bool(page.tree.xpath("//*[@id=$part]", part=part))
    return url in page.links or url == f"{BASE_URL}#website"


def test_places_are_counted_from_one(site: list[Page]) -> None:
    """In every list, without a gap."""
    for page in site:
        for node in (*page.of("ItemList"), *page.of("BreadcrumbList")):
            items = node["itemListElement"]
            assert [item["position"] for item in items] == list(range(1, len(items) + 1))


def test_lists_are_in_the_order_of_the_page(site: list[Page]) -> None:
    """Each comparison once, as readers meet it."""
    found = 0
    for page in site:
        for node in page.graph:
            if node["@type"] == "CollectionPage":
                links = page.tree.xpath("//li[contains(@class, 'line')]//*[self::h2 or self::h3]/a/@href")
                listed = [item["url"] for item in node["mainEntity"]["itemListElement"]]
                assert listed == [urljoin(page.url, link) for link in links]
                found += 1
    assert found > 5


def test_what_speaks_for_a_subject_is_what_it_wins_in_the_table(site: list[Page]) -> None:
    """And what speaks against it is a row that it loses; there are two in all at least, and no stars."""
    found = 0
    for page in site:
        rows = {" ".join(row.xpath("string(.//span[@class='t'])").split()): row for row in page.tree.xpath("//tr[@id]")}
        for article in page.of("TechArticle"):
            for subject in article["about"]:
                cells = {row: cell_of(tree, subject["@id"].split("/")[-2]) for row, tree in rows.items()}
                won, lost = notes(subject, "positiveNotes"), notes(subject, "negativeNotes")
                assert all("data-wins" in cells[row] for row in won)
                assert not any("data-wins" in cells[row] or cells[row].get("data-state") == "unknown" for row in lost)
                assert all("data-loses" in cells[row] for row in lost if len(article["about"]) > 2)
                assert "review" not in subject or len(won) + len(lost) >= 2
                found += len(won)
        assert not page.of("Rating")
        assert not page.of("AggregateRating")
    assert found > 2


def cell_of(row: html.HtmlElement, subject: str) -> Mapping[str, str]:
    (cell,) = row.xpath("./td[@data-subject=$id]", id=subject)
    return dict(cell.attrib)


def notes(subject: Mapping[str, Any], key: str) -> list[str]:
    return [item["name"] for item in subject.get("review", {}).get(key, {}).get("itemListElement", ())]


# --- the words are those of schema.org --------------------------------------------------------------------------------


def test_every_word_is_in_the_vocabulary(site: list[Page]) -> None:
    """Each type is known, has each of its properties, and each property takes what it is given."""
    wrong = {fault for page in site for node in nodes(page.graph) for fault in faults(node)}
    assert wrong == set()


@cache
def lineage(kind: str) -> frozenset[str]:
    return frozenset((kind, *registry.ancestry(kind)))


def faults(node: Mapping[str, Any]) -> Iterator[str]:
    kind = node["@type"]
    if kind not in registry.CLASS_METADATA:
        yield f"{kind} is no type"
        return
    for key, values in node.items():
        if key.startswith("@"):
            continue
        known = registry.PROPERTY_BY_SCHEMA.get(key)
        if known is None or not lineage(kind) & set(known.domains):
            yield f"{kind} has no {key}"
            continue
        for value in values if isinstance(values, list) else [values]:
            given = lineage(value["@type"]) if isinstance(value, dict) else scalars(value)
            if not given & set(known.ranges):
                yield f"{key} takes {known.ranges}, and not {value}"


def scalars(value: object) -> frozenset[str]:
    """What a text or a number may stand for; an address, also for the thing that lies there."""
    if isinstance(value, int):
        return frozenset({"Number", "Integer"})
    return frozenset({"Text", "URL", "Date", *(["Thing"] if str(value).startswith("https://") else [])})


def test_a_wrong_word_is_found_out() -> None:
    """The vocabulary is not merely there."""
    assert list(faults({"@type": "Thing", "review": "x"})) == ["Thing has no review"]
    assert list(faults({"@type": "Ruling"})) == ["Ruling is no type"]
    assert len(list(faults({"@type": "TechArticle", "author": 5}))) == 1


# --- what is special --------------------------------------------------------------------------------------------------


def graph_of(project: Path, build: Build, path: str = "compare/tea-vs-coffee/index.html") -> Graph:
    """The graph of a page, as a program of others reads it."""
    page = (build(project).output / path).read_text("utf-8")
    (found,) = extruct.extract(page, syntaxes=["json-ld"])["json-ld"]
    assert found["@context"] == "https://schema.org"
    graph: Graph = found["@graph"]
    return graph


def subjects(graph: Graph) -> list[dict[str, Any]]:
    about: list[dict[str, Any]] = graph[0]["about"]
    return about


ROWS = (
    ("    wins: tea\n", "    wins: tea\n  - {factor: Price, cells: {tea: Low, coffee: High}, wins: tea}\n"),
    ("published:", "updated: 2026-05-02\npublished:"),
)


def test_a_subject_is_a_thing_until_somebody_says_more(make_site: MakeSite, build: Build) -> None:
    """Of a thing schema.org has no review, and none is made."""
    graph = graph_of(make_site({TEA: changed(*ROWS)}), build)
    assert [(one["@type"], "review" in one) for one in subjects(graph)] == [("Thing", False)] * 2


def test_the_file_of_a_subject_comes_before_the_site(make_site: MakeSite, build: Build) -> None:
    """Its own page says the same of it."""
    files = {
        TEA: changed(*ROWS),
        "content/site.yaml": f"{SITE}schema_type: SoftwareApplication\n",
        "content/subjects/tea.yaml": "name: Tea\nkind: Drink\nschema_type: Product\n",
    }
    project = make_site(files)
    tea, coffee = subjects(graph_of(project, build))
    assert (tea["@type"], coffee["@type"]) == ("Product", "SoftwareApplication")
    assert (notes(tea, "positiveNotes"), notes(coffee, "negativeNotes")) == (["Caffeine", "Price"],) * 2
    about = graph_of(project, build, "subjects/tea/index.html")[0]["about"]
    assert (about["@type"], about["category"], about["@id"]) == ("Product", "Drink", tea["@id"])
    assert notes(about, "positiveNotes") == ["Caffeine", "Price"]


def test_one_row_makes_no_review(make_site: MakeSite, build: Build) -> None:
    """Nor do rows that nobody judged, that count for nothing, or of which a cell is not known."""
    software = {"content/site.yaml": f"{SITE}schema_type: SoftwareApplication\n"}
    assert not any("review" in one for one in subjects(graph_of(make_site(software), build)))
    more = "  - {factor: %s, cells: {tea: a, coffee: %s}%s}\n"
    rows = (
        more % ("Open", "b", "")
        + more % ("Light", "b", ", wins: tea, weight: 0")
        + more % ("Unknown", "unknown", ", wins: tea")
    )
    text = changed(("    wins: tea\n", f"    wins: tea\n{rows}"))
    tea, coffee = subjects(graph_of(make_site({**software, TEA: text}), build))
    assert notes(tea, "positiveNotes") == ["Caffeine", "Unknown"]
    assert "review" not in coffee


def test_the_author_is_a_person_unless_the_site_says_otherwise(make_site: MakeSite, build: Build) -> None:
    """Where nobody is named, the site speaks for itself."""
    assert graph_of(make_site(), build)[0]["author"] == {
        "@type": "Organization",
        "name": "Picks",
        "url": "https://example.org/picks/",
    }
    person = f"{SITE}author: {{name: Ada, url: https://example.org/ada}}\n"
    article = graph_of(make_site({"content/site.yaml": person}), build)[0]
    assert (
        article["author"]
        == article["publisher"]
        == {"@type": "Person", "name": "Ada", "url": "https://example.org/ada"}
    )
    club = f"{SITE}author: {{name: The club, organization: true}}\n"
    article = graph_of(make_site({"content/site.yaml": club}), build)[0]
    assert article["author"] == {"@type": "Organization", "name": "The club"}
    assert article["publisher"]["name"] == "Picks"


def test_a_correction_is_told(make_site: MakeSite, build: Build) -> None:
    """In the words of the page, and as plain text."""
    history = "history: [{date: 2026-05-01, was: coffee, why: We <b> looked}]\npublished:"
    graph = graph_of(make_site({TEA: changed(("published:", history))}), build)
    assert graph[0]["correction"] == [
        {
            "@type": "CorrectionComment",
            "text": "Until then the pick was Coffee. We <b> looked",
            "datePublished": "2026-05-01",
        }
    ]


def test_questions_are_told_in_plain_text(make_site: MakeSite, build: Build) -> None:
    """In the order of the author, without markup; and there is no such thing without questions."""
    asked = "faq: [{q: Is it hot?, a: 'Yes, *hot* & `wet`.'}, {q: A second?, a: 'No.'}]\npublished:"
    (faq,) = [
        node for node in graph_of(make_site({TEA: changed(("published:", asked))}), build) if "FAQ" in node["@type"]
    ]
    assert [(one["name"], one["acceptedAnswer"]["text"]) for one in faq["mainEntity"]] == [
        ("Is it hot?", "Yes, hot & wet."),
        ("A second?", "No."),
    ]
    assert "FAQPage" not in [node["@type"] for node in graph_of(make_site(), build)]


def test_nothing_in_it_ends_the_script(make_site: MakeSite, build: Build) -> None:
    """Nor opens a comment in which a browser would look for another end; and what was written is read again."""
    text = "</script><!--<script>&amp;'\"\\"
    files = {TEA: changed(("summary: Tea for calm, coffee for speed.", f"summary: {json.dumps(text)}"))}
    project = make_site(files)
    page = (build(project).output / "compare/tea-vs-coffee/index.html").read_text("utf-8")
    data = page[page.rindex('<script type="application/ld+json">') :].partition(">")[2].partition("</script>")[0]
    assert not set(data) & set("<>&")
    assert json.loads(data)["@graph"][0]["description"].startswith("</script><!--<script>&amp;")
    assert graph_of(project, build)[0]["description"] == json.loads(data)["@graph"][0]["description"]


def test_a_long_list_names_a_hundred_and_counts_all(make_site: MakeSite, build: Build) -> None:
    """So that a page that lists thousands does not say all of it twice."""
    files = {
        f"content/compare/a{number}-vs-b.md": changed(
            ("[Tea, Coffee]", f"[A{number}, B]"),
            ("pick: tea", "pick: b"),
            ("{tea: Some, coffee: Much}", "[x, y]"),
            ("wins: tea", "wins: b"),
            ("  tea: You", f"  a{number}: You"),
            ("  coffee: You", "  b: You"),
        )
        for number in range(120)
    }
    listed = graph_of(make_site(files), build, "compare/index.html")[0]["mainEntity"]
    assert (listed["numberOfItems"], len(listed["itemListElement"])) == (121, 100)
