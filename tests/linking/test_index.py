"""What linking one article may see of everything else."""

from datetime import date

import pytest
from conftest import MakeSite
from samples import COMPARISON, changed, comparison, loaded_site

from tiebreak.linking.index import Index, IndexEntry, Target, target_of
from tiebreak.model import Attachment

TEA, MILK, ODD = (f"content/compare/{slug}.md" for slug in ("tea-vs-coffee", "milk-vs-tea", "odd"))
OTHER = changed(("[Tea, Coffee]", "[Milk, Tea]"), ("tea: Some, coffee", "milk: Some, tea"), ("pick: tea", "pick: milk"))
OTHER = changed(("wins: tea", "wins: milk"), ("  tea: You", "  milk: You"), ("  coffee: You", "  tea: You"), text=OTHER)
DRAFT = changed(("published: 2026-04-02", "draft: true"), text=OTHER)


def index(make_site: MakeSite, files: dict[str, str | None], *, drafts: bool = False) -> Index:
    return loaded_site(make_site(files), drafts=drafts).index


def test_an_outline_is_what_others_may_see(make_site: MakeSite) -> None:
    """Title, subjects and third ways as written, headings and rows to link to, and the days."""
    text = changed(
        ("factor: Caffeine", "factor: Caffeine & co"),
        ("published:", "consider: [{name: A, if: b, subject: Tea}, {name: B, if: c}]\nupdated: 2026-05-01\npublished:"),
    )
    assert index(make_site, {TEA: text}).entries[TEA] == IndexEntry(
        file=TEA,
        slug="tea-vs-coffee",
        title="Tea vs Coffee",
        subjects=("Tea", "Coffee"),
        considered=("Tea",),
        anchors="factor-caffeine-and-co the-argument",
        draft=False,
        published=date(2026, 4, 2),
        updated=date(2026, 5, 1),
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Tea is calmer.", "Tea is calm."),
        ("wins: tea", "wins: tie"),
        ("It lets you", "So you"),
        ("pick: tea", "pick: none"),
    ],
)
def test_the_insides_of_an_article_are_its_own(make_site: MakeSite, old: str, new: str) -> None:
    """Whatever else changes in it, others see the same."""
    before = index(make_site, {TEA: COMPARISON}).entries
    assert index(make_site, {TEA: changed((old, new))}).entries == before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("## The argument", "## An argument"),
        ("factor: Caffeine", "factor: Caffeine at night"),
        ("summary: Tea", "title: Tea\nsummary: Tea"),
        ("published: 2026-04-02", "published: 2026-04-03"),
        ("published: 2026-04-02", "draft: true"),
    ],
)
def test_what_others_may_see_shows_in_the_outline(make_site: MakeSite, old: str, new: str) -> None:
    """So that it is known without asking them whether they look."""
    before = index(make_site, {TEA: COMPARISON}).entries
    assert index(make_site, {TEA: changed((old, new))}).entries != before


@pytest.mark.parametrize("drafts", [False, True])
def test_a_link_finds_comparisons_and_all_else(make_site: MakeSite, drafts: bool) -> None:
    """A draft is one as long as drafts are not published."""
    files: dict[str, str | None] = {MILK: DRAFT, "content/compare/a.csv": "1", "content/pages/x.md": ""}
    found = index(make_site, files, drafts=drafts)
    anchors = "factor-caffeine the-argument"
    assert found.target(MILK) == Target("/compare/milk-vs-tea/", "Milk vs Tea", anchors, not drafts)
    assert found.target("content/compare/a.csv") == Target("/compare/a.csv")
    assert found.target("content/pages/x.md") == Target("/", image=True)
    assert found.target("content/compare/nothing.md") is None
    assert sorted(found.linkable) == ["content/compare/a.csv", MILK, TEA, "content/pages/x.md"]


def test_every_slug_is_known_with_whether_it_is_a_draft(make_site: MakeSite) -> None:
    """One that could not be read counts as published: nobody complains of those who name it."""
    assert index(make_site, {MILK: DRAFT, ODD: ""}).slugs == {"milk-vs-tea": True, "tea-vs-coffee": False, "odd": False}


def test_comparisons_are_found_by_subject_the_newest_first(make_site: MakeSite) -> None:
    """Published ones only, and never the one that asks."""
    newer = changed(("published: 2026-04-02", "published: 2026-04-03"), text=OTHER)
    found = index(make_site, {MILK: newer})
    pair, other = frozenset({"tea", "coffee"}), frozenset({"milk", "tea"})
    assert found.comparison_of("tea", frozenset({"coffee", "milk"})) == "milk-vs-tea"
    assert found.comparison_of("milk", pair) == "milk-vs-tea"
    assert found.comparison_of("milk", other) is None
    assert found.comparison_of("coffee", frozenset({"milk"})) is None
    assert found.is_compared("coffee", other)
    assert not found.is_compared("coffee", pair)
    assert not index(make_site, {MILK: DRAFT}).is_compared("milk", pair)
    # What bears no date yet comes first.
    drafts = index(make_site, {MILK: DRAFT}, drafts=True)
    assert drafts.comparison_of("tea", frozenset({"coffee", "milk"})) == "milk-vs-tea"


def test_a_set_of_subjects_belongs_to_the_first_file_by_name(make_site: MakeSite) -> None:
    """In any order of them, whatever the files are called."""
    twice = changed(("[Tea, Coffee]", "[Coffee, Tea]"))
    assert index(make_site, {ODD: twice}).file_by_subjects == {frozenset({"tea", "coffee"}): ODD}


def test_an_article_linked_against_an_equal_world_is_equal(make_site: MakeSite) -> None:
    """Though another article's insides have changed in between."""
    files: dict[str, str | None] = {TEA: changed(("Tea is calmer.", "[m](milk-vs-tea.md#the-argument)")), MILK: OTHER}
    project = make_site(files)
    one = loaded_site(project).index
    (project / MILK).write_text(changed(("Tea is calmer.", "Milk is."), text=OTHER))
    other = loaded_site(project).index
    assert comparison(project, one, TEA) == comparison(project, other, TEA)
    assert comparison(project, one, TEA).body.links[0].target == "/compare/milk-vs-tea/#the-argument"


def test_a_picture_is_one_whatever_its_size() -> None:
    """One too wide for a page to make room for has none, and is shown all the same."""
    assert target_of(Attachment("/compare/wide.png", "content/compare/wide.png", None)).image
    assert not target_of(Attachment("/compare/wide.csv", "content/compare/wide.csv", None)).image
