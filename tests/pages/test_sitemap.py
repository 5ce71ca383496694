"""The sitemap: one file, or parts that no new page moves others between."""

from datetime import date

import pytest
from conftest import Build, MakeSite
from lxml import etree
from published import ROOT

from tiebreak.pages import sitemap as module
from tiebreak.pages.outputs import Output
from tiebreak.pages.sitemap import ADDRESSES, Entry, sitemap

BASE = "https://example.org/"
DAY = date(2026, 4, 2)
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def articles(count: int, length: int = 0) -> list[Entry]:
    return [(f"/compare/{'x' * length}{number}/", DAY) for number in range(count)]


def parts(made: list[Output]) -> dict[str, tuple[Entry, ...]]:
    return {one.output_path: one.context["entries"] for one in made if "entries" in one.context}


def test_a_sitemap_is_one_file_as_long_as_it_may_be() -> None:
    """With as many addresses as the protocol allows, and no more."""
    (one,) = sitemap(articles(ADDRESSES - 1), [("/", DAY)], BASE)
    assert (one.output_path, len(one.context["entries"])) == ("sitemap.xml", ADDRESSES)
    index, *some = sitemap(articles(ADDRESSES), [("/", None)], BASE)
    assert (index.output_path, index.template) == ("sitemap.xml", "sitemap-index.xml")
    assert index.context["parts"][:2] == (("/sitemap-1.xml", None), ("/sitemap-2.xml", DAY))
    assert [one.output_path for one in some] == ["sitemap-1.xml", "sitemap-2.xml"]


def test_each_part_is_within_the_limits_and_each_address_in_one() -> None:
    """Of addresses, and of bytes where these are long."""
    for entries in (articles(130_000), articles(30_000, 2_000)):
        found = parts(list(sitemap(entries, [("/", DAY)], BASE)))
        assert sorted(entry for part in found.values() for entry in part) == sorted([("/", DAY), *entries])
        for part in found.values():
            assert len(part) <= ADDRESSES
            assert sum(len(BASE) + len(url) + 60 for url, _ in part) <= 50 * 2**20


def test_a_new_page_changes_one_part() -> None:
    """The one that it stands in: the others are not written, and not fetched, again."""
    before = parts(list(sitemap(articles(120_000), [("/", DAY)], BASE)))
    after = parts(list(sitemap([("/compare/new/", DAY), *articles(120_000)], [("/", DAY)], BASE)))
    assert before.keys() == after.keys()
    assert sum(before[name] != after[name] for name in before) == 1


def test_the_index_names_parts_that_lie_beside_it(
    make_site: MakeSite, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By absolute addresses, each with the newest day in it; robots.txt names the index."""
    monkeypatch.setattr(module, "ADDRESSES", 3)
    project = make_site()
    build(project)
    root = etree.parse(project / "site/sitemap.xml").getroot()
    etree.XMLSchema(file=ROOT / "tests/support/siteindex.xsd").assertValid(root)
    assert etree.QName(root).localname == "sitemapindex"
    found = root.xpath("//s:loc/text()", namespaces=NAMES)
    assert len(found) > 1
    for number, address in enumerate(found, 1):
        assert address == f"https://example.org/picks/sitemap-{number}.xml"
        assert etree.parse(project / f"site/sitemap-{number}.xml").xpath("//s:loc", namespaces=NAMES)
    assert "Sitemap: https://example.org/picks/sitemap.xml" in (project / "site/robots.txt").read_text()
    assert root.xpath("string(//s:sitemap[last()]/s:lastmod)", namespaces=NAMES) == "2026-04-02"


def test_the_key_for_indexnow_lies_at_the_root(make_site: MakeSite, build: Build) -> None:
    """As a text that is the key and nothing else, by which a search engine knows that the site asks it."""
    settings = "title: Picks\nbase_url: https://example.org/picks/\n"
    project = make_site({"content/site.yaml": f"{settings}indexnow: 0123-abcd\n"})
    build(project)
    assert (project / "site/0123-abcd.txt").read_bytes() == b"0123-abcd"
    (project / "content/site.yaml").write_text(settings)
    build(project)
    assert not (project / "site/0123-abcd.txt").exists()
