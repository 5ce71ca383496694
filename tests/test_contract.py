"""What users, scripts and hosts may rely on in a built site: the sample of every feature, and our own content."""

import re
from collections import Counter
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

import feedparser
import pytest
from defusedxml import ElementTree
from lxml import etree, html
from published import BASE_URL, DRINKS, PREFIX, ROOT, address, copied, pages, parsed, publish_copy
from samples import linked

from tiebreak.build.pipeline import Options, build
from tiebreak.markdown.convert import typographic
from tiebreak.model.comparison import Comparison
from tiebreak.model.table import Subject

pytestmark = pytest.mark.slow  # this repository's own site is built

PARTS = ["pick", "contents", "body", "factors", "verdict", "related", "feedback"]
LOADING = {"script": "src", "img": "src", "source": "src", "iframe": "src", "embed": "src", "object": "data"}


class Built:
    """A built site beside the value that it was made of."""

    def __init__(self, project: Path, folder: Path) -> None:
        self.folder = publish_copy(project, folder)
        self.pages = pages(self.folder)
        self.site, _ = linked(folder)
        self.trees = {page: parsed(self.folder, page) for page in self.pages}

    def comparison(self, comparison: Comparison) -> str:
        return f"compare/{comparison.slug}/index.html"

    def text(self, path: str) -> str:
        return (self.folder / path).read_text("utf-8")


@pytest.fixture(scope="module", params=[DRINKS, ROOT], ids=["drinks", "own"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return Built(request.param, tmp_path_factory.mktemp("site"))


def file_at(folder: Path, url: str) -> str | None:
    """The file that answers to a URL of the site, relative to `folder`, as a static host finds it; None for a miss."""
    path = unquote(urlsplit(url).path)
    if not path.startswith(PREFIX):
        return None
    path = path.removeprefix(PREFIX)
    path += "index.html" if path.endswith("/") or not path else ""
    return path if (folder / path).is_file() else None


# --- links ------------------------------------------------------------------------------------------------------------


def test_every_link_and_anchor_leads_somewhere(built: Built) -> None:
    """From every page, seen at its public URL: files exist, fragments are ids there, and nothing leaves the prefix."""
    anchors = {page: set(tree.xpath("//@id")) for page, tree in built.trees.items()}
    count, dead = 0, []
    for page, tree in built.trees.items():
        here = BASE_URL + address(page)
        for target in tree.xpath("//@href | //@src"):
            url = urljoin(here, target)
            if urlsplit(url).netloc != "example.org" or not urlsplit(url).scheme.startswith("http"):
                continue
            if not url.startswith(BASE_URL) and not target.startswith((".", "/", "#")):
                continue  # an address on the host that is not this site's
            count += 1
            found = file_at(built.folder, url)
            fragment = unquote(urlsplit(url).fragment)
            if found is None or (fragment and fragment not in anchors[found]):
                dead.append(f"{page}: {target}")
    assert count > 100
    assert dead == []


def test_ids_are_unique_on_every_page(built: Built) -> None:
    """An anchor has one meaning."""
    for page, tree in built.trees.items():
        assert [id for id, count in Counter(tree.xpath("//@id")).items() if count > 1] == [], page


def test_no_page_asks_another_host_for_anything(built: Built) -> None:
    """What a browser loads by itself lies on the site: no script, style, font or picture from elsewhere."""
    for page, tree in built.trees.items():
        loaded = [url for tag, key in LOADING.items() for url in tree.xpath(f"//{tag}/@{key}")]
        loaded += tree.xpath("//link[not(@rel='canonical' or @rel='alternate')]/@href")
        assert not [url for url in loaded if urlsplit(url).netloc], page
    styles = list((built.folder / "assets").glob("*.css"))
    assert styles
    assert re.findall(r"url\(\s*['\"]?(?:https?:)?//", "".join(style.read_text("utf-8") for style in styles)) == []


def test_every_page_links_relatively(built: Built) -> None:
    """So that a site works under any prefix, and from the disk; only the page for missing addresses cannot."""
    for page, tree in built.trees.items():
        rooted = [target for target in tree.xpath("//@href | //@src") if target.startswith("/")]
        assert bool(rooted) == (page == "404.html"), page


# --- a strict policy --------------------------------------------------------------------------------------------------


def inline(tree: html.HtmlElement) -> list[str]:
    """What a policy without `'unsafe-inline'` would refuse: styles and scripts that stand in the page itself. Data in a
    script element are none.
    """
    scripts = tree.xpath("//script[not(@src) and not(@type='application/ld+json')]")
    found = [etree.tostring(element, with_tail=False).decode()[:80] for element in [*scripts, *tree.xpath("//style")]]
    for element in tree.iter(etree.Element):
        names = [name for name in element.attrib if name == "style" or name.startswith("on")]
        found += [f"{name} of <{element.tag}>" for name in names]
        found += [value for value in element.attrib.values() if re.match(r"\s*javascript:", value, re.IGNORECASE)]
    return found


def test_no_page_has_styles_or_scripts_in_it(built: Built) -> None:
    """So that hosts may forbid them; `browser/test_policy.py` has browsers judge it."""
    assert {page: found for page, tree in built.trees.items() if (found := inline(tree))} == {}


def test_no_page_of_a_hostile_author_has_styles_or_scripts_in_it(tmp_path: Path) -> None:
    """Where raw HTML is allowed as well, and in a language that runs the other way."""
    site = copied(DRINKS, tmp_path) / "content"
    settings = (site / "site.yaml").read_text("utf-8").replace("language: en", "language: ar\nallow_html: true")
    (site / "site.yaml").write_text(settings, "utf-8")
    raw = (
        '<p style="color: red" onclick="x()">a</p><style>p { color: red }</style><script>x()</script><svg onload="x"/>'
    )
    table = "| a | b | c |\n| :-- | :-: | --: |\n| 1 | 2 | 3 |"
    (site / "pages/raw.md").write_text(f"---\ntitle: Raw\n---\n{raw}\n\n{table}\n", "utf-8")
    output = build(Options(project=tmp_path)).output
    assert [found for page in pages(output) if (found := inline(parsed(output, page)))] == []
    cells = parsed(output, "raw/index.html").xpath("//td/@class")
    assert cells == ["align-start", "align-center", "align-end"]


@pytest.mark.parametrize(
    ("markup", "count"),
    [
        ('<p style="color: red">a</p>', 1),
        ("<style>p { color: red }</style>", 1),
        ("<script>x()</script>", 1),
        ('<svg><rect style="fill: red" onload="x()"/></svg>', 2),
        ('<a href=" javascript:x()">a</a>', 1),
        ('<script src="a.js"></script><script type="application/ld+json">{}</script><svg><rect x="1"/></svg>', 0),
    ],
)
def test_what_a_policy_refuses_would_be_found(markup: str, count: int) -> None:
    """The two tests above would fail for it."""
    assert len(inline(html.document_fromstring(markup))) == count


# --- hooks in a comparison page ---------------------------------------------------------------------------------------


def test_each_part_is_there_once(built: Built) -> None:
    """`data-part` marks what tools look for."""
    for comparison in built.site.whole:
        parts = built.trees[built.comparison(comparison)].xpath("//@data-part")
        assert sorted(parts) == sorted(PARTS), comparison.slug


def test_the_pick_comes_before_the_table_and_the_argument(built: Built) -> None:
    """A reader who leaves after ten seconds leaves with the answer."""
    for comparison in built.site.whole:
        parts = built.trees[built.comparison(comparison)].xpath("//@data-part")
        assert parts[0] == "pick"


def test_the_factors_hold_the_one_table_of_the_quick_comparison(built: Built) -> None:
    """One `<table>` with caption and scoped headers; a column a subject, by its proper name; from three on the pick is
    the first.
    """
    for comparison in built.site.whole:
        (part,) = built.trees[built.comparison(comparison)].xpath("//*[@data-part='factors']")
        (table,) = part.xpath(".//table")
        assert table.xpath("string(caption)").strip()
        names = [head.text_content().strip() for head in table.xpath("./thead//th[@scope='col']//a")]
        assert names == [subject.name for subject in in_columns(comparison)]
        assert sorted(names) == sorted(subject.name for subject in comparison.subjects)
        assert names[0] == (comparison.pick or comparison.subjects[0]).name or len(names) == 2
        assert table.xpath("count(.//th[not(@scope)])") == 0


def test_rows_and_cells_say_what_they_are(built: Built) -> None:
    """A row has `factor-<id>`, a cell its subject, its state where it has one, and a mark where it wins."""
    for comparison in built.site.whole:
        tree = built.trees[built.comparison(comparison)]
        rows = tree.xpath("//*[@data-part='factors']//tr[@id]")
        assert [row.get("id") for row in rows] == [
            f"factor-{factor.id}" for _, factors in comparison.groups for factor in factors
        ]
        by_id = {f"factor-{factor.id}": factor for factor in comparison.factors}
        for row in rows:
            factor, cells = by_id[row.get("id")], row.xpath("./td")
            assert [cell.get("data-subject") for cell in cells] == [one.id for one in in_columns(comparison)]
            states = [cell.state.value if cell.state else None for cell in factor.cells]
            assert [cell.get("data-state") for cell in cells] == [states[place] for place in comparison.columns]
            winners = {cell.get("data-subject") for cell in cells if cell.get("data-wins") is not None}
            assert winners == (set() if factor.tied else set(factor.winners))
            assert len(row.xpath("./th[@scope='row']")) == 1


def in_columns(comparison: Comparison) -> list[Subject]:
    return [comparison.subjects[place] for place in comparison.columns]


def test_winners_and_states_are_told_in_words_too(built: Built) -> None:
    """Meaning never rests on colour or drawing alone."""
    for comparison in built.site.whole:
        tree = built.trees[built.comparison(comparison)]
        for cell in tree.xpath("//td[@data-wins]"):
            assert "Wins" in cell.text_content()
        for cell in tree.xpath("//td[@data-state]"):
            assert len(re.sub(r"\W|\d", "", cell.text_content())) >= 2


def test_the_verdict_has_a_line_for_every_subject(built: Built) -> None:
    """`Use X if`, by proper names, in the order of subjects."""
    for comparison in built.site.whole:
        (part,) = built.trees[built.comparison(comparison)].xpath("//*[@data-part='verdict']")
        text = " ".join(part.text_content().split())
        places = [text.index(f"Use {subject.name} if") for subject in comparison.subjects]
        assert places == sorted(places)
        assert text.count("Consider ") >= len(comparison.consider)


def test_feedback_names_the_page(built: Built) -> None:
    """A mail with subject and body filled in: title, address and revision."""
    for comparison in built.site.whole:
        (url,) = built.trees[built.comparison(comparison)].xpath("//*[@data-part='feedback']//a/@href")
        parts = urlsplit(url)
        assert parts.scheme == "mailto"
        assert not set(' \r\n"<>') & set(url)
        fields = parse_qs(parts.query)
        assert fields["subject"] == [f"Disagree: {comparison.title}"]
        assert f"{BASE_URL}compare/{comparison.slug}/" in fields["body"][0]
        assert str(comparison.revised) in fields["body"][0]


def test_related_comparisons_say_why(built: Built) -> None:
    """Never empty where another one shares something, never the page itself, never one twice."""
    for comparison in built.site.whole:
        page = built.comparison(comparison)
        (part,) = built.trees[page].xpath("//*[@data-part='related']")
        links = [file_at(built.folder, urljoin(BASE_URL + address(page), href)) for href in part.xpath(".//a/@href")]
        assert links
        assert len(set(links)) == len(links)
        assert page not in links
        assert re.search(r"also about|same category|also tagged|chosen by the author", part.text_content())


# --- files for machines -----------------------------------------------------------------------------------------------


def test_every_file_that_hosts_expect_is_there(built: Built) -> None:
    """As the contract lists them."""
    for path in ("index.html", "compare/index.html", "404.html", "feed.xml", "sitemap.xml", "robots.txt", ".nojekyll"):
        assert (built.folder / path).is_file(), path


def test_mirrored_pairs_redirect(built: Built) -> None:
    """By a page that works anywhere, and by a row for hosts that read `_redirects`."""
    rows = built.text("_redirects").splitlines()
    for comparison in built.site.whole:
        if len(comparison.subjects) != 2:
            continue
        one, other = (subject.id for subject in comparison.subjects)
        mirror = next(slug for slug in (f"{one}-vs-{other}", f"{other}-vs-{one}") if slug != comparison.slug)
        tree = built.trees[f"compare/{mirror}/index.html"]
        refresh = tree.xpath("string(//meta[@http-equiv='refresh']/@content)")
        target = urljoin(f"{BASE_URL}compare/{mirror}/", refresh.removeprefix("0; url="))
        public = f"{BASE_URL}compare/{comparison.slug}/"
        assert target == public
        assert tree.xpath("//link[@rel='canonical']/@href") == [public]
        assert tree.xpath("//a/@href")
        assert tree.xpath("//meta[@name='robots']") == []  # engines would take the target out as well
        assert f"{PREFIX}compare/{mirror}/ {PREFIX}compare/{comparison.slug}/ 301" in rows


def test_every_redirect_row_leads_to_a_page(built: Built) -> None:
    """Each row is `from to 301`, from a path that is no page of its own, to one that is."""
    for row in built.text("_redirects").splitlines():
        old, new, status = row.split(" ")
        assert status == "301"
        assert old.startswith(PREFIX)
        assert file_at(built.folder, new) is not None
        assert old != new


def is_to_be_found(tree: html.HtmlElement) -> bool:
    """Neither the page for missing addresses nor one that has moved."""
    return not tree.xpath("//meta[@name='robots' or @http-equiv='refresh']")


def test_the_sitemap_lists_what_should_be_found_with_the_dates_of_content(built: Built) -> None:
    """`lastmod` is the day of the newest content, never of the build; redirects and the 404 page are left out."""
    found = {}
    for entry in ElementTree.fromstring(built.text("sitemap.xml")):
        loc, *more = [child.text for child in entry]
        found[loc] = more[0] if more else None
    assert set(found) == {BASE_URL + address(page) for page in built.pages if is_to_be_found(built.trees[page])}
    for comparison in built.site.whole:
        assert found[f"{BASE_URL}compare/{comparison.slug}/"] == str(comparison.revised)
    newest = max(comparison.revised for comparison in built.site.whole if comparison.revised)
    assert found[BASE_URL] == str(newest)
    assert all(date.fromisoformat(day) <= newest for day in found.values() if day)


def test_robots_may_go_everywhere_and_find_the_sitemap(built: Built) -> None:
    """The sitemap's URL is absolute, as the protocol wants it."""
    assert built.text("robots.txt").split("\n")[-2:] == [f"Sitemap: {BASE_URL}sitemap.xml", ""]


def test_the_feed_parses_without_a_complaint(built: Built) -> None:
    """Atom, newest first, absolute URLs that lead to pages, ids that never change."""
    feed = feedparser.parse(built.text("feed.xml").encode())
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    assert feed.feed.id == BASE_URL
    assert [entry.link for entry in feed.entries] == [
        f"{BASE_URL}compare/{comparison.slug}/" for comparison in built.site.whole
    ]
    for entry, comparison in zip(feed.entries, built.site.whole, strict=True):
        assert entry.id == entry.link
        assert entry.updated == f"{comparison.revised}T00:00:00Z"
        assert comparison.subjects[0].name in entry.title or comparison.own_title
        assert entry.summary
        assert entry.content[0].value


def test_the_head_of_every_page_is_complete(built: Built) -> None:
    """A title, a language, a viewport, and the public URL of what should be found."""
    for page, tree in built.trees.items():
        assert tree.xpath("string(//title)").strip(), page
        assert tree.get("lang") == built.site.settings.language
        assert tree.xpath("//meta[@name='viewport']")
        assert len(tree.xpath("//h1")) == 1, page
        if is_to_be_found(tree):
            assert tree.xpath("//link[@rel='canonical']/@href") == [BASE_URL + address(page)]


def test_front_page_and_comparisons_describe_themselves(built: Built) -> None:
    """Search engines and feeds show the summary."""
    front = built.trees["index.html"].xpath("string(//meta[@name='description']/@content)")
    assert front == built.site.settings.description
    for comparison in built.site.whole:
        tree = built.trees[built.comparison(comparison)]
        assert tree.xpath("string(//meta[@name='description']/@content)") == typographic(comparison.summary)


def test_no_draft_is_published(built: Built) -> None:
    """Not as a page, not in a list, not in a feed."""
    drafts = [
        file.stem
        for file in built.folder.parent.glob("content/compare/*.md")
        if "\ndraft: true" in file.read_text("utf-8")
    ]
    for path in (*built.pages, "feed.xml", "sitemap.xml", "_redirects"):
        text = built.text(path)
        assert not [slug for slug in drafts if f"compare/{slug}" in text], path
