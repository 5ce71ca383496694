"""One comparison, linked: its subjects, pick, verdict and third ways know each other."""

from datetime import date

import pytest
from conftest import MakeSite
from samples import SITE, changed, linked, texts

from tiebreak.model.card import Change
from tiebreak.model.comparison import Comparison

TEA = "content/compare/tea-vs-coffee.md"
WATER = changed(
    ("[Tea, Coffee]", "[Water, Cocoa]"), ("{tea: Some, coffee: Much}", "[a, b]"), ("wins: tea", "wins: tie")
)
WATER = changed(
    ("pick: tea", "pick: none"), ("  tea: You", "  water: You"), ("  coffee: You", "  cocoa: You"), text=WATER
)


def ruled(make_site: MakeSite, *changes: tuple[str, str], files: dict[str, str] | None = None) -> Comparison:
    """The sample's comparison, changed, with nothing to complain of."""
    site, problems = linked(make_site({TEA: changed(*changes), **(files or {})}), drafts=True)
    assert problems == []
    (comparison,) = (one for one in site.whole if one.slug == "tea-vs-coffee")
    return comparison


def complaints(make_site: MakeSite, *changes: tuple[str, str], files: dict[str, str] | None = None) -> list[str]:
    return texts(linked(make_site({TEA: changed(*changes), **(files or {})}))[1])


@pytest.mark.parametrize("pick", ["tea", "Tea", "TEA"])
def test_the_pick_is_one_of_the_subjects(make_site: MakeSite, pick: str) -> None:
    """By id or name."""
    comparison = ruled(make_site, ("pick: tea", f"pick: {pick}"))
    assert comparison.pick is comparison.subjects[0]


def test_none_is_an_honest_outcome(make_site: MakeSite) -> None:
    """And no subject."""
    assert ruled(make_site, ("pick: tea", "pick: none")).pick is None


def test_the_verdict_stands_in_the_order_of_subjects(make_site: MakeSite) -> None:
    """However it was written."""
    old = "  tea: You want to sleep.\n  coffee: You want to wake.\n"
    comparison = ruled(make_site, (old, "  Coffee: c\n  tea: '*t*'\n"))
    assert [(subject.name, prose.html) for subject, prose in comparison.advice] == [
        ("Tea", "<em>t</em>"),
        ("Coffee", "c"),
    ]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("pick: tea", "pick: te"), 'unknown-subject: pick names "te", which is not a subject here'),
        (("  coffee: You want to wake.\n", ""), 'missing-verdict: the verdict says nothing on "Coffee"'),
        (("  tea: You", "  Coffee: a\n  tea: You"), 'duplicate-subject: "coffee" and "Coffee" are one subject'),
        (("  tea: You", "  milk: a\n  tea: You"), 'unknown-subject: verdict names "milk", which is not a subject here'),
        (("published: 2026-04-02\n", ""), 'missing-key: "published" is missing'),
        (
            ("published:", "consider: [{name: X, if: y, subject: x}]\npublished:"),
            'unknown-subject: "x" is not a subject of this site',
        ),
        (("[Tea, Coffee]", "[Tea, Coffee, tea]"), 'duplicate-subject: "tea" is compared with itself'),
        (("[Tea, Coffee]", "[Tea, '?']"), 'name-conflict: "?" has no letter or digit to make an id from'),
    ],
)
def test_what_does_not_fit_together_is_told(make_site: MakeSite, change: tuple[str, str], problem: str) -> None:
    """Once."""
    assert complaints(make_site, change) == [problem]


def test_a_subject_compared_with_its_alias_is_compared_with_itself(make_site: MakeSite) -> None:
    """Whatever it is called."""
    files = {"content/subjects/tea.yaml": "name: Tea\naliases: [Coffee]\n"}
    assert complaints(make_site, files=files) == ['duplicate-subject: "Coffee" is compared with itself']


def test_c_stands_beside_c_plus_plus(make_site: MakeSite) -> None:
    """Two languages, two subjects, two pages."""
    comparison = ruled(
        make_site,
        ("[Tea, Coffee]", "[C, C++, C#]"),
        ("pick: tea", "pick: C++"),
        ("{tea: Some, coffee: Much}", "{C: a, C++: b, 'C#': c}"),
        ("wins: tea", "wins: [C++, C]"),
        ("  tea: You want to sleep.\n  coffee: You want to wake.", "  C: a\n  C++: b\n  C#: c"),
    )
    assert [subject.path for subject in comparison.subjects] == [
        "/subjects/c/",
        "/subjects/c-plus-plus/",
        "/subjects/c-sharp/",
    ]
    assert comparison.title == "C vs C++ vs C#"
    assert comparison.pick is comparison.subjects[1]
    assert comparison.factors[0].winners == ("c", "c-plus-plus")
    assert [prose.text for prose in comparison.verdict] == ["a", "b", "c"]


def test_names_may_be_in_any_script(make_site: MakeSite) -> None:
    """Shown as written, reached by an id that every URL can hold."""
    comparison = ruled(
        make_site,
        ("[Tea, Coffee]", "[東京, さくら]"),
        ("pick: tea", "pick: 東京"),
        ("{tea: Some, coffee: Much}", "{東京: 大きい, sakura: 小さい}"),
        ("wins: tea", "wins: さくら"),
        ("  tea: You", "  東京: You"),
        ("  coffee: You", "  さくら: You"),
    )
    assert comparison.title == "東京 vs さくら"
    assert [subject.id for subject in comparison.subjects] == ["dongjing", "sakura"]
    assert comparison.factors[0].winners == ("sakura",)
    assert comparison.factors[0].id == "caffeine"


def test_a_draft_needs_no_date(make_site: MakeSite) -> None:
    """It has not appeared yet."""
    assert ruled(make_site, ("published: 2026-04-02", "draft: true")).published is None


def test_the_author_is_the_sites_unless_named(make_site: MakeSite) -> None:
    """A comparison may have another."""
    files = {"content/site.yaml": SITE + "author: {name: Me}\n"}
    assert ruled(make_site, files=files).author == "Me"
    assert ruled(make_site, ("published:", "author: You\npublished:"), files=files).author == "You"
    assert ruled(make_site, files={"content/site.yaml": SITE}).author == ""


def test_nobody_is_the_reviewer_unless_named(make_site: MakeSite) -> None:
    """The site's author has not checked what he wrote."""
    files = {"content/site.yaml": SITE + "author: {name: Me}\n"}
    assert ruled(make_site, ("published:", "reviewer: You\npublished:"), files=files).reviewer == "You"
    assert ruled(make_site, ("published:", "reviewer:\npublished:"), files=files).reviewer == ""
    assert ruled(make_site, files=files).reviewer == ""


def test_a_former_verdict_names_its_subject(make_site: MakeSite) -> None:
    """As it is called today, or as it was called when it is gone; none is none."""
    history = (
        "history:\n  - {date: 2026-05-01, was: coffee, why: a}\n  - {date: 2026-04-20, was: Milk, why: b}\n"
        "  - {date: 2026-04-10, was: none, why: c}\npublished:"
    )
    assert ruled(make_site, ("published:", history)).history == (
        Change(date(2026, 5, 1), "Coffee", "a"),
        Change(date(2026, 4, 20), "Milk", "b"),
        Change(date(2026, 4, 10), None, "c"),
    )


CONSIDER = ("published:", "consider: [{name: Hot chocolate, if: you *dream*, subject: cocoa}]\npublished:")


def third(make_site: MakeSite, files: dict[str, str]) -> str | None:
    (consider,) = ruled(make_site, CONSIDER, files=files).consider
    assert (consider.name, consider.when.html) == ("Hot chocolate", "you <em>dream</em>")
    return consider.path


COCOA = "name: Cocoa\nhomepage: https://example.org/cocoa\n"
WITH_TEA = changed(
    ("[Tea, Coffee]", "[Cocoa, Tea]"), ("coffee: Much", "cocoa: Little"), ("  coffee: You", "  cocoa: You")
)


def test_a_third_way_leads_to_a_comparison_with_it(make_site: MakeSite) -> None:
    """One that has a subject of ours, too, answers the reader's question best."""
    files = {"content/compare/water-vs-cocoa.md": WATER, "content/compare/cocoa-vs-tea.md": WITH_TEA}
    assert third(make_site, files) == "/compare/cocoa-vs-tea/"


def test_a_third_way_leads_to_its_hub_next(make_site: MakeSite) -> None:
    """Also when the comparison that names it is linked later."""
    files = {"content/compare/water-vs-cocoa.md": WATER, "content/subjects/cocoa.yaml": COCOA}
    assert third(make_site, files) == "/subjects/cocoa/"
    assert third(make_site, {**files, "content/subjects/cocoa.yaml": "name: Cocoa\n"}) == "/subjects/cocoa/"


def test_a_third_way_leads_to_its_home_page_at_last(make_site: MakeSite) -> None:
    """When nothing here compares it; else it leads nowhere."""
    assert third(make_site, {"content/subjects/cocoa.yaml": COCOA}) == "https://example.org/cocoa"
    assert third(make_site, {"content/subjects/cocoa.yaml": "name: Cocoa\n"}) is None


def test_what_is_listed_twice_counts_once(make_site: MakeSite) -> None:
    """Tags and aliases."""
    comparison = ruled(make_site, ("published:", "tags: [b, a, b]\naliases: [x, y, x/]\npublished:"))
    assert (comparison.tags, comparison.aliases) == (("b", "a"), ("x", "y"))


def test_the_body_is_the_argument(make_site: MakeSite) -> None:
    """With its headings."""
    assert [heading.id for heading in ruled(make_site).body.headings] == ["the-argument"]


def test_questions_are_answered_in_the_order_of_the_author(make_site: MakeSite) -> None:
    """Links in answers are resolved as everywhere, and one that leads nowhere is told."""
    asked = "faq: [{q: Zebra?, a: 'See [it](tea-vs-coffee.md).'}, {q: Ape?, a: '*No*.'}]\npublished:"
    faq = ruled(make_site, ("published:", asked)).faq
    assert [(one.question, one.answer.text) for one in faq] == [("Zebra?", "See it."), ("Ape?", "No.")]
    assert faq[0].answer.links[0].target == "/compare/tea-vs-coffee/"
    astray = "faq: [{q: Zebra?, a: '[It](no.md)'}]\npublished:"
    assert [one.partition(":")[0] for one in complaints(make_site, ("published:", astray))] == ["broken-link"]


def test_nobody_is_compared_and_left_out(make_site: MakeSite) -> None:
    """Whoever has a column cannot be among those that were left out."""
    rivals = "left_out: [{name: tea, why: x}, {name: Brew, subject: coffee, why: x}]\npublished:"
    assert complaints(make_site, ("published:", rivals)) == [
        "duplicate-subject: Tea is compared here",
        "duplicate-subject: Coffee is compared here",
    ]
