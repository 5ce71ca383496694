"""Which rulings rest on a page of the site, and with how many rows."""

from conftest import MakeSite
from samples import changed, compared, loaded_site, published

from tiebreak.pages import resting as module
from tiebreak.pages.resting import Resting, resting


def test_rulings_by_their_rows() -> None:
    """Most rows first, with the pick."""
    pair, three = compared("Tea", "Coffee", rests_on=(("/a/", 1), ("/b/", 9))), compared("Tea", "Mate", "Milk")
    site = published(pair, compared("Ale", "Rum", rests_on=(("/a/", 3),)), three)
    assert [(one.title, one.rows, one.picked) for one in resting(site, "/a/").rulings] == [
        ("Ale vs Rum", 3, ""),
        ("Tea vs Coffee", 1, ""),
    ]
    assert resting(site, "/c/") == Resting()


def test_of_thousands_the_rest_is_counted() -> None:
    """A page that all comparisons cite stays a page."""
    found = resting(
        published(*(compared("Tea", f"Ale {place}", rests_on=(("/a/", 1),)) for place in range(100))), "/a/"
    )
    assert (len(found.rulings), found.more) == (module.MOST, 100 - module.MOST)


def test_a_row_rests_on_a_page_by_any_of_its_cells(make_site: MakeSite) -> None:
    """However many cite it, and whichever of its sections; a page of another site is none of this one."""
    tea = "{text: Some, source: [../pages/lab.md#a, https://example.org/x/]}"
    coffee = "{text: Much, source: ../pages/lab.md}"
    files = {
        "content/compare/tea-vs-coffee.md": changed(("{tea: Some, coffee: Much}", f"{{tea: {tea}, coffee: {coffee}}}")),
        "content/pages/lab.md": "---\ntitle: Lab\n---\n## A\n",
    }
    site = loaded_site(make_site(files)).site
    assert site is not None
    assert [one.rests_on for one in site.listings] == [(("/lab/", 1),)]
    (found,) = resting(site, "/lab/").rulings
    assert (found.path, found.picked, found.rows) == ("/compare/tea-vs-coffee/", "Tea", 1)
