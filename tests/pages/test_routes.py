"""Every file that the site consists of: which there are, in which order, and what each template is handed."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import MakeSite
from samples import ENGLISH, SITE, changed, loaded_site, mistakes

from tiebreak.model.site import Listing
from tiebreak.pages.outputs import Output
from tiebreak.pages.related import related_to
from tiebreak.pages.routes import comparison_page, hub_url, hubs, newest, outputs_of, page_output_path

TEA = "content/compare/tea-vs-coffee.md"


def made_of(project: Path) -> dict[str, Output]:
    loaded = loaded_site(project)
    site = loaded.site
    assert site is not None
    assert mistakes(loaded) == []
    pages = {
        page_output_path(one): comparison_page(site, one.card, related_to(one, site), ENGLISH) for one in site.listings
    }
    return {output.output_path: pages.get(output.output_path, output) for output in outputs_of(site, ENGLISH)}


def context(project: Path, path: str) -> dict[str, Any]:
    return dict(made_of(project)[path].context)


def versus(one: str, other: str, **keys: str) -> dict[str, str]:
    """A comparison of two other subjects, as a file."""
    more = "".join(f"{key}: {value}\n" for key, value in keys.items() if key != "published")
    text = changed(
        ("[Tea, Coffee]", f"[{one}, {other}]"),
        ("pick: tea", f"pick: {one}"),
        ("{tea: Some, coffee: Much}", f"{{{one}: Some, {other}: Much}}"),
        ("wins: tea", f"wins: {one}"),
        ("  tea: You", f"  {one}: You"),
        ("  coffee: You", f"  {other}: You"),
        ("published: 2026-04-02\n", f"published: {keys.get('published', '2026-04-02')}\n{more}"),
    )
    return {f"content/compare/{one}-vs-{other}.md".lower(): text}


def page(title: str, **keys: str) -> str:
    return "---\ntitle: {}\n{}---\n".format(title, "".join(f"{key}: {value}\n" for key, value in keys.items()))


def test_the_smallest_site(make_site: MakeSite) -> None:
    """One comparison makes these files, in this order."""
    assert list(made_of(make_site())) == [
        "index.html",
        "compare/index.html",
        "compare/tea-vs-coffee/index.html",
        "compare/tea-vs-coffee/index.md",
        "compare/tea-vs-coffee/index.json",
        "compare/tea-vs-coffee/table.csv",
        "compare/tea-vs-coffee/card.png",
        "subjects/coffee/index.html",
        "subjects/tea/index.html",
        "404.html",
        "feed.xml",
        "feed.json",
        "sitemap.xml",
        "robots.txt",
        "manifest.webmanifest",
        ".nojekyll",
        "llms.txt",
        "card.png",
        "compare/coffee-vs-tea/index.html",
        "_redirects",
    ]


def test_a_site_without_comparisons_still_stands(make_site: MakeSite) -> None:
    """A new site may have only pages; nothing then redirects."""
    outputs = made_of(make_site({TEA: None, "content/pages/about.md": page("About")}))
    assert "about/index.html" in outputs
    assert "_redirects" not in outputs
    assert outputs["index.html"].context["lead"] is None


# --- the front page ---------------------------------------------------------------------------------------------------


def test_the_newest_ruling_leads(make_site: MakeSite) -> None:
    """The front page shows the newest ruling large."""
    project = make_site(versus("mate", "milk", published="2026-05-01"))
    assert context(project, "index.html")["lead"].slug == "mate-vs-milk"


def test_an_update_makes_a_ruling_new_again(make_site: MakeSite) -> None:
    """The newest is the one revised last, not the one published last."""
    files = {TEA: changed(("published: 2026-04-02", "published: 2026-04-02\nupdated: 2026-06-01"))}
    project = make_site({**files, **versus("mate", "milk", published="2026-05-01")})
    assert context(project, "index.html")["lead"].slug == "tea-vs-coffee"


def test_the_strongest_are_clear_and_not_the_lead(make_site: MakeSite) -> None:
    """The clearest calls are clear ones, the widest margin first, the lead left out: no pick, a level one, one against
    its rows and a close one have no place among them.
    """
    rows = "".join(f"\n  - {{factor: Row {n}, weight: 3, cells: [yes, no], wins: WINNER}}" for n in range(4))
    edits = (
        ("a", "b", "pick: a", "pick: none"),
        ("c", "d", "wins: c", "wins: tie"),
        ("i", "j", "wins: i", "wins: j"),
        ("e", "f", "factors:", "factors:" + rows.replace("WINNER", "e")),
        ("g", "h", "factors:", "factors:" + rows.replace("WINNER", "g")),
    )
    made = {path: text.replace(old, new) for one, other, old, new in edits for path, text in versus(one, other).items()}
    lead = versus("y", "z", published="2026-05-01")
    strongest = [one.slug for one in context(make_site({**made, **lead}), "index.html")["strongest"]]
    assert strongest == ["e-vs-f", "g-vs-h"]


# --- hubs -------------------------------------------------------------------------------------------------------------


def test_every_subject_category_and_tag_has_a_hub(make_site: MakeSite) -> None:
    """A hub a name that a comparison uses, and none for what none uses; categories and tags have feeds beside it."""
    project = make_site(versus("mate", "milk", category="Hot drinks", tags="[green, calm]"))
    made = [path for path in made_of(project) if path.startswith(("categories/", "tags/", "subjects/"))]
    assert [path for path in made if "feed." in path] == [
        f"{hub}/feed.{format}"
        for hub in ("categories/hot-drinks", "tags/calm", "tags/green")
        for format in ("xml", "json")
    ]
    assert [path for path in made if "feed." not in path] == [
        "subjects/coffee/index.html",
        "subjects/mate/index.html",
        "subjects/milk/index.html",
        "subjects/tea/index.html",
        "categories/hot-drinks/index.html",
        "tags/calm/index.html",
        "tags/green/index.html",
    ]


def test_a_subjects_hub_counts_its_picks(make_site: MakeSite) -> None:
    """How often a subject is the pick, of all the comparisons that it is in."""
    project = make_site(versus("Milk", "Tea"))
    counted = context(project, "subjects/tea/index.html")
    assert (counted["picked"], len(counted["comparisons"])) == (1, 2)


def test_a_hub_path_is_made_of_the_name() -> None:
    """A name without letter or digit has an address too."""
    assert hub_url("tags", "C++") == "/tags/c-plus-plus/"
    assert hub_url("tags", "日本") == "/tags/riben/"
    assert hub_url("tags", "!") == "/tags/other/"


def test_no_comparisons_make_no_hub() -> None:
    """Nothing in, nothing out."""
    assert hubs({}, "tags") == ()


# --- comparisons and pages --------------------------------------------------------------------------------------------


def test_a_comparisons_breadcrumb_leads_through_its_category(make_site: MakeSite) -> None:
    """Front page, comparisons, category."""
    project = make_site(versus("mate", "milk", category="Hot drinks"))
    assert context(project, "compare/mate-vs-milk/index.html")["meta"].breadcrumb == (
        ("Picks", "/"),
        ("Comparisons", "/compare/"),
        ("Hot drinks", "/categories/hot-drinks/"),
    )


def test_feedback_needs_an_address(make_site: MakeSite) -> None:
    """A site that names no e-mail address takes no feedback."""
    path = "compare/tea-vs-coffee/index.html"
    assert context(make_site(), path)["feedback"] == ""
    with_email = make_site({"content/site.yaml": SITE + "feedback: {email: no@example.org}\n"})
    assert context(with_email, path)["feedback"].startswith("mailto:no@example.org?subject=")


def test_pages_of_a_section_know_their_neighbours(make_site: MakeSite) -> None:
    """Previous and next follow the reading order; the ends have one neighbour."""
    project = make_site(
        {
            "content/pages/guide/b.md": page("B", order="1"),
            "content/pages/guide/a.md": page("A", order="2"),
            "content/pages/guide/c.md": page("C"),
        }
    )
    found = context(project, "guide/a/index.html")
    assert [other.title for other in found["section"]] == ["B", "A", "C"]
    assert (found["previous"].title, found["next"].title) == ("B", "C")
    assert context(project, "guide/b/index.html")["previous"] is None
    assert context(project, "guide/c/index.html")["next"] is None


def test_a_page_at_the_top_stands_alone(make_site: MakeSite) -> None:
    """Pages at the top are no section."""
    project = make_site({"content/pages/about.md": page("About"), "content/pages/terms.md": page("Terms")})
    found = context(project, "about/index.html")
    assert (found["section"], found["previous"], found["next"]) == ((), None, None)


def test_a_folder_without_a_page_of_its_own_leads_to_its_first_page(make_site: MakeSite) -> None:
    """Whoever cuts an address short arrives somewhere."""
    project = make_site({"content/pages/guide/b.md": page("B", order="1"), "content/pages/guide/a.md": page("A")})
    assert context(project, "guide/index.html")["target"] == "/guide/b/"


def test_a_page_named_like_the_folder_is_its_first(make_site: MakeSite) -> None:
    """`pages/guide.md` answers at the folder's address itself."""
    project = make_site({"content/pages/guide/b.md": page("B"), "content/pages/guide.md": page("Guide")})
    assert made_of(project)["guide/index.html"].template == "page.html"


# --- redirects --------------------------------------------------------------------------------------------------------


def test_the_other_order_of_a_pair_redirects(make_site: MakeSite) -> None:
    """Whoever writes the names the other way round arrives all the same."""
    assert context(make_site(), "compare/coffee-vs-tea/index.html")["target"] == "/compare/tea-vs-coffee/"


def test_a_slug_of_ones_own_is_reached_from_both_orders(make_site: MakeSite) -> None:
    """A pair whose file has another name redirects from both."""
    project = make_site({TEA: None, "content/compare/hot-drinks.md": changed()})
    outputs = made_of(project)
    for mirror in ("coffee-vs-tea", "tea-vs-coffee"):
        assert outputs[f"compare/{mirror}/index.html"].context["target"] == "/compare/hot-drinks/"


def test_three_subjects_have_no_mirror(make_site: MakeSite) -> None:
    """Six orders of three would be noise."""
    text = changed(("[Tea, Coffee]", "[Tea, Coffee, Mate]"), ("coffee: Much", "coffee: Much, mate: Some"))
    text = changed(("  coffee: You", "  mate: You have a gourd.\n  coffee: You"), text=text)
    project = make_site({TEA: None, "content/compare/tea-vs-coffee-vs-mate.md": text})
    assert "_redirects" not in made_of(project)


@pytest.mark.parametrize(
    ("alias", "path"),
    [("old/tea", "old/tea/index.html"), ("old/tea.html", "old/tea.html"), ("old/tea/", "old/tea/index.html")],
)
def test_an_alias_redirects_to_the_page(make_site: MakeSite, alias: str, path: str) -> None:
    """Old paths go on working, folders and files alike."""
    project = make_site({TEA: changed(("published:", f"aliases: [{alias}]\npublished:"))})
    assert context(project, path)["target"] == "/compare/tea-vs-coffee/"


def test_redirects_are_listed_for_hosts_that_can_send_them(make_site: MakeSite) -> None:
    """`_redirects` holds each redirect once, with the address it is asked for."""
    project = make_site({TEA: changed(("published:", "aliases: [old/tea, tea.html]\npublished:"))})
    assert context(project, "_redirects")["rows"] == [
        ("/compare/coffee-vs-tea/", "/compare/tea-vs-coffee/"),
        ("/old/tea/", "/compare/tea-vs-coffee/"),
        ("/tea.html", "/compare/tea-vs-coffee/"),
    ]


# --- for machines -----------------------------------------------------------------------------------------------------


def test_the_sitemap_bears_the_dates_of_content(make_site: MakeSite) -> None:
    """`lastmod` is the day of the newest content on a page, and is left out where there is none."""
    files = {"content/pages/about.md": page("About"), **versus("Mate", "Tea", published="2026-05-01")}
    entries = dict(context(make_site(files), "sitemap.xml")["entries"])
    assert entries == {
        "/": date(2026, 5, 1),
        "/compare/": date(2026, 5, 1),
        "/compare/mate-vs-tea/": date(2026, 5, 1),
        "/compare/tea-vs-coffee/": date(2026, 4, 2),
        "/subjects/coffee/": date(2026, 4, 2),
        "/subjects/mate/": date(2026, 5, 1),
        "/subjects/tea/": date(2026, 5, 1),
        "/about/": None,
    }


def test_a_feed_holds_the_newest_twenty(make_site: MakeSite) -> None:
    """A feed is for news; old rulings are in the sitemap."""
    files: dict[str, str] = {}
    for number in range(25):
        files |= versus(f"a{number}", f"b{number}", published=f"2026-05-{number % 28 + 1:02}")
    comparisons = context(make_site(files), "feed.xml")["comparisons"]
    dates = [comparison.revised for comparison in comparisons]
    assert len(comparisons) == 20
    assert dates == sorted(dates, reverse=True)
    assert "tea-vs-coffee" not in [comparison.slug for comparison in comparisons]


def test_redirects_and_errors_are_not_in_the_sitemap(make_site: MakeSite) -> None:
    """The sitemap lists what should be found."""
    project = make_site({TEA: changed(("published:", "aliases: [old/tea]\npublished:"))})
    addresses = {address for address, _ in context(project, "sitemap.xml")["entries"]}
    assert not addresses & {"/404.html", "/old/tea/", "/compare/coffee-vs-tea/"}


def test_nothing_is_older_than_nothing() -> None:
    """Without comparisons there is no newest day."""
    none: tuple[Listing, ...] = ()
    assert newest(none) is None
