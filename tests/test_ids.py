"""The ids of a page's own parts and those that authors' texts make cannot meet."""

import re
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest
from conftest import MakeSite
from published import DRINKS, publish_copy
from samples import changed

from tiebreak.build import pipeline as builder
from tiebreak.markdown.headings import heading_id, is_public


def ids(page: str) -> Iterator[tuple[str, bool]]:
    """Every id of a page, and whether an author's text made it."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    written = {one for body in tree.iter() if body.get("data-part") == "body" for one in body.iter()}
    for element in tree.iter():
        if element.get("id") is not None:
            yield element.get("id"), element in written


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The ids of all parts that the theme has, as they stand on the pages of a site with everything."""
    site = publish_copy(DRINKS, tmp_path_factory.mktemp("ids"))
    found = [one for page in site.rglob("*.html") for one in ids(page.read_text("utf-8"))]
    assert sum(written for _, written in found) > 5
    return {id for id, written in found if not written}


def test_a_part_is_public_or_begins_with_an_underscore(own: set[str]) -> None:
    """What readers link to keeps its name; everything else has one that no heading can have."""
    assert {id for id in own if not id.startswith("_") and not is_public(id)} == set()
    assert {"main", "factors", "verdict", "_copy", "_cite", "_factors-title"} <= own


def test_no_heading_meets_a_part(own: set[str], make_site: MakeSite) -> None:
    """Headings that are called as parts are, and all of them in one text, twice."""
    names = sorted({id.replace("-", " ").strip("_ ").capitalize() for id in own})
    assert {heading_id(name) for name in names} & own == set()
    body = "\n\n".join(f"## {name}" for name in [*names, *names])
    project = make_site({"content/compare/tea-vs-coffee.md": changed(("## The argument", body))})
    page = (builder.build(builder.Options(project)).output / "compare/tea-vs-coffee/index.html").read_text("utf-8")
    found = [id for id, _ in ids(page)]
    assert len(found) == len(set(found))
    assert sum(written for _, written in ids(page)) == 2 * len(names)


def test_every_reference_within_a_page_leads_somewhere(tmp_path: Path) -> None:
    """A part that was renamed in one place and not in another would be found here."""
    for page in publish_copy(DRINKS, tmp_path).rglob("*.html"):
        text = page.read_text("utf-8")
        there = {id for id, _ in ids(text)}
        named = re.findall(r'(?:aria-labelledby|popovertarget|href)="#?(_[^"]*)"|href="#([^"]+)"', text)
        assert {one or other for one, other in named} <= there, page
