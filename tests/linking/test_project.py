"""The whole project, linked: what only the whole shows."""

from datetime import date

import pytest
from conftest import MakeSite
from samples import SITE, changed, linked, loaded_site, texts

from tiebreak.model.site import NavigationItem, Person
from tiebreak.problems import flat

TEA = "content/compare/tea-vs-coffee.md"
DRAFT = ("published: 2026-04-02", "draft: true")


def page(title: str, *lines: str) -> str:
    return "\n".join(["---", f"title: {title}", *lines, "---", f"# {title}", ""])


def about(*names: str, day: str = "2026-04-02", extra: str = "") -> str:
    """A comparison of other subjects."""
    one, other = (name.lower() for name in names)
    return changed(
        ("[Tea, Coffee]", f"[{', '.join(names)}]"),
        ("{tea: Some, coffee: Much}", "[a, b]"),
        ("wins: tea", "wins: tie"),
        ("pick: tea", "pick: none"),
        ("  tea: You", f"  {one}: You"),
        ("  coffee: You", f"  {other}: You"),
        ("published: 2026-04-02\n", f"published: {day}\n{extra}"),
    )


def complaints(make_site: MakeSite, files: dict[str, str | None], *, drafts: bool = False) -> list[str]:
    return texts(linked(make_site(files), drafts=drafts)[1])


def test_the_settings_are_the_sites(make_site: MakeSite) -> None:
    """What is left out is empty."""
    author, feedback = "author: {name: Me, url: https://example.org/me}\n", "feedback: {email: a@b.c}\n"
    more = f"tagline: T\nlanguage: de\n{author}{feedback}accent: '#0b7a75'\n"
    site, _ = linked(make_site({"content/site.yaml": SITE + more}))
    settings = site.settings
    assert (settings.title, settings.base_url, settings.tagline) == ("Picks", "https://example.org/picks/", "T")
    assert (settings.author, settings.feedback_email) == (Person("Me", "https://example.org/me"), "a@b.c")
    assert (settings.language, settings.accent, settings.description) == ("de", "#0b7a75", "")


def test_without_settings_there_is_no_site(make_site: MakeSite) -> None:
    """But every other problem is found all the same."""
    loaded = loaded_site(make_site({"content/site.yaml": None, TEA: changed(("pick: tea", "pick: te"))}))
    assert loaded.site is None
    assert texts(flat(loaded.problems)) == [
        'unknown-subject: pick names "te", which is not a subject here',
        "no-settings: a site project needs this file",
    ]


def test_the_newest_comparison_comes_first(make_site: MakeSite) -> None:
    """By `updated`, else `published`; then by slug, so that the order is always the same."""
    site, _ = linked(
        make_site(
            {
                "content/compare/z-vs-y.md": about("Z", "Y"),
                "content/compare/a-vs-b.md": about("A", "B", day="2026-01-01", extra="updated: 2026-06-01\n"),
                "content/compare/c-vs-d.md": about("C", "D"),
                "content/compare/old.md": about("E", "F", day="2025-01-01"),
            }
        )
    )
    assert [one.slug for one in site.comparisons] == ["a-vs-b", "c-vs-d", "tea-vs-coffee", "z-vs-y", "old"]
    assert site.comparisons[0].revised == date(2026, 6, 1)


DRAFTS: dict[str, str | None] = {
    "content/compare/a-vs-b.md": changed(DRAFT, text=about("A", "B")),
    "content/pages/guide.md": page("Guide", "draft: true"),
}


def test_drafts_are_kept_out(make_site: MakeSite) -> None:
    """Unless they are asked for; then what bears no date yet comes first."""
    site, _ = linked(make_site(DRAFTS))
    assert ([one.slug for one in site.comparisons], site.pages) == (["tea-vs-coffee"], ())
    site, _ = linked(make_site(DRAFTS), drafts=True)
    assert [one.slug for one in site.comparisons] == ["a-vs-b", "tea-vs-coffee"]
    assert [one.path for one in site.pages] == ["/guide/"]


def test_the_files_of_a_draft_are_kept_out_with_it(make_site: MakeSite) -> None:
    """Those in its own folder; what lies beside it may belong to others. A link to one is a link to the draft."""
    files = {"content/compare/a-vs-b/x.csv": "1", "content/compare/y.csv": "1", "content/pages/guide/a/z.csv": "1"}
    site, _ = linked(make_site({**DRAFTS, **files}))
    assert site
    assert [one.path for one in site.files] == ["/compare/y.csv"]
    pages = {"content/pages/guide/start.md": page("Start"), "content/pages/plan/index.md": page("Plan", "draft: true")}
    site, _ = linked(make_site({**pages, "content/pages/plan/w.csv": "1"}, folder="another"))
    assert site
    assert site.files == ()
    site, _ = linked(make_site({"content/pages/plan/other.md": page("Other")}, folder="another"))
    assert site
    assert [one.path for one in site.files] == ["/plan/w.csv"]
    site, _ = linked(make_site(), drafts=True)
    assert site
    assert len(site.files) == 3
    body = changed(("Tea is calmer.", "[a](a-vs-b/x.csv)"))
    assert complaints(make_site, {TEA: body}) == ['draft-link: "a-vs-b/x.csv" is a draft, which is not published']


@pytest.mark.parametrize("drafts", [False, True])
def test_what_is_published_cannot_lead_to_a_draft(make_site: MakeSite, drafts: bool) -> None:
    """A reader would find nothing; with drafts there is something to find."""
    body = changed(("Tea is calmer.", "[a](a-vs-b.md) [g](../pages/guide.md)"))
    settings = SITE + "navigation: [{label: Guide, page: guide}]\n"
    found = complaints(make_site, {**DRAFTS, TEA: body, "content/site.yaml": settings}, drafts=drafts)
    assert found == (
        []
        if drafts
        else [
            'draft-link: "a-vs-b.md" is a draft, which is not published',
            'draft-link: "../pages/guide.md" is a draft, which is not published',
            'draft-link: "guide" is a draft, which is not published',
        ]
    )


def test_a_draft_may_lead_to_a_draft(make_site: MakeSite) -> None:
    """It does not stop the others from being published."""
    body = changed(DRAFT, ("Tea is calmer.", "[g](../pages/guide.md)"), text=about("A", "B"))
    assert complaints(make_site, {**DRAFTS, "content/compare/a-vs-b.md": body}) == []


def test_links_lead_to_addresses_wherever_they_stand(make_site: MakeSite) -> None:
    """In bodies, in fields, in facts, and in the notes of shared factors."""
    to_guide = "'[x](../pages/guide.md)'"
    text = changed(
        ("why: It lets you sleep.", f"why: {to_guide}"),
        ("factor: Caffeine", f"factor: caffeine\n    note: {to_guide}"),
        ("tea: Some, coffee: Much", f"coffee: {to_guide}"),
        ("tea: You want to sleep.", f"tea: {to_guide}"),
        ("published:", f"disclosure: {to_guide}\nconsider: [{{name: A, if: {to_guide}}}]\npublished:"),
        ("Tea is calmer.", "[x](../pages/guide.md)"),
        ("verdict:", "  - {factor: size, cells: [1, 2]}\nverdict:"),
    )
    site, problems = linked(
        make_site(
            {
                TEA: text,
                "content/subjects/tea.yaml": f"name: Tea\nfacts: {{caffeine: {to_guide}}}\n",
                "content/factors.yaml": "size: {label: Size, note: '[x](pages/guide.md)'}\ncaffeine: {label: C}\n",
                "content/pages/guide.md": page("Guide"),
            }
        )
    )
    assert problems == []
    one = site.comparisons[0]
    proses = [one.why, one.body, one.disclosure, one.verdict[0], one.consider[0].when]
    proses += [factor.note for factor in one.factors] + [cell.text for cell in one.factors[0].cells]
    assert [[each.target for each in prose.links] for prose in proses if prose] == [["/guide/"]] * 9


def test_a_link_in_a_shared_note_is_checked_once(make_site: MakeSite) -> None:
    """In its own file, however many rows show it, and though none does."""
    files: dict[str, str | None] = {"content/factors.yaml": "size: {label: Size, note: '[x](javascript:alert(1))'}\n"}
    unused = complaints(make_site, files)
    files[TEA] = changed(("factor: Caffeine", "factor: size"))
    assert (
        complaints(make_site, files)
        == unused
        == ['unsafe-link: "javascript:alert(1)" is not a link that a page may carry']
    )


def test_one_set_of_subjects_has_one_file(make_site: MakeSite) -> None:
    """In either order, under any name, drafts included."""
    other = changed(("[Tea, Coffee]", "[Coffee, Tea]"))
    message = "duplicate-pair: content/compare/coffee-vs-tea.md already compares these subjects"
    assert complaints(make_site, {"content/compare/coffee-vs-tea.md": other}) == [message]
    draft = changed(DRAFT, text=other)
    assert complaints(make_site, {"content/compare/coffee-vs-tea.md": draft}) == [message]


def test_three_are_another_set_than_two(make_site: MakeSite) -> None:
    """A pair may be looked at more closely than within its family."""
    three = changed(
        ("[Tea, Coffee]", "[Tea, Coffee, Milk]"),
        ("coffee: Much", "coffee: Much, milk: None"),
        ("  coffee: You", "  milk: You grow.\n  coffee: You"),
    )
    assert complaints(make_site, {"content/compare/drinks.md": three}) == []


@pytest.mark.parametrize(
    ("pinned", "problems"),
    [
        ("a-vs-b", []),
        ("a-vs-c", ['unknown-comparison: "a-vs-c" is not a comparison of this site']),
        ("tea-vs-coffee", ["unknown-comparison: a comparison is not related to itself"]),
        ("broken", []),
    ],
)
def test_what_is_pinned_is_there(make_site: MakeSite, pinned: str, problems: list[str]) -> None:
    """And is another comparison; one that cannot be read has been told already."""
    files: dict[str, str | None] = {
        TEA: changed(("published:", f"related: [{pinned}]\npublished:")),
        "content/compare/a-vs-b.md": about("A", "B"),
        "content/compare/broken.md": "",
    }
    assert [one for one in complaints(make_site, files) if "front-matter" not in one] == problems


PAGES: dict[str, str | None] = {
    "content/pages/zoo.md": page("Zoo", "order: 1"),
    "content/pages/about.md": page("About"),
    "content/pages/guide/index.md": page("The guide", "order: 2"),
    "content/pages/guide/second.md": page("B", "order: 10"),
    "content/pages/guide/first.md": page("Z", "order: 9"),
    "content/pages/guide/last.md": page("A"),
    "content/pages/guide/deep/x.md": page("Deep"),
}


def test_pages_come_in_reading_order(make_site: MakeSite) -> None:
    """A section's own page first, then by `order`, then by title."""
    site, problems = linked(make_site(PAGES))
    assert problems == []
    assert [(one.section, one.path) for one in site.pages] == [
        ("", "/zoo/"),
        ("", "/about/"),
        ("guide", "/guide/"),
        ("guide", "/guide/first/"),
        ("guide", "/guide/second/"),
        ("guide", "/guide/last/"),
        ("guide/deep", "/guide/deep/x/"),
    ]


def test_the_head_links_top_pages_and_sections(make_site: MakeSite) -> None:
    """By `order`, then by title, when the settings say nothing."""
    site, _ = linked(make_site(PAGES))
    assert site.navigation == (
        NavigationItem("Zoo", "/zoo/"),
        NavigationItem("The guide", "/guide/"),
        NavigationItem("About", "/about/"),
    )


def test_the_head_links_what_the_settings_say(make_site: MakeSite) -> None:
    """Pages by path, and sections by folder, which lead to their first page."""
    files = dict(PAGES)
    del files["content/pages/guide/index.md"]
    files["content/site.yaml"] = SITE + "navigation: [{label: Read, page: guide}, {label: D, page: /guide/deep/x/}]\n"
    site, problems = linked(make_site(files))
    assert problems == []
    assert site.navigation == (NavigationItem("Read", "/guide/first/"), NavigationItem("D", "/guide/deep/x/"))


def test_an_empty_navigation_is_one(make_site: MakeSite) -> None:
    """Whoever wants no links writes an empty list."""
    site, _ = linked(make_site({**PAGES, "content/site.yaml": SITE + "navigation: []\n"}))
    assert site.navigation == ()


def test_a_file_beside_a_folder_is_the_head_of_it(make_site: MakeSite) -> None:
    """`guide.md` is the first page of the section `guide/`."""
    site, _ = linked(make_site({"content/pages/guide.md": page("Guide"), "content/pages/guide/a.md": page("A")}))
    assert [(one.section, one.path) for one in site.pages] == [("guide", "/guide/"), ("guide", "/guide/a/")]


def test_the_order_of_files_does_not_show(make_site: MakeSite) -> None:
    """Two projects that differ by nothing else are one site."""
    files: dict[str, str | None] = {
        **PAGES,
        "content/compare/a-vs-b.md": about("A", "B"),
        "content/subjects/b.yaml": "name: B\n",
    }
    site, _ = linked(make_site(files, folder="one"))
    other, _ = linked(make_site(dict(reversed(files.items())), folder="two"))
    assert site == other
    assert list(site.subjects) == sorted(site.subjects)
