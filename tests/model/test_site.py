"""The site as a value, and what follows from it."""

from dataclasses import replace

import pytest
from samples import compared, published

from tiebreak.model.cell import Source
from tiebreak.model.prose import Prose
from tiebreak.model.site import Cards, Listing, Page, Settings


@pytest.mark.parametrize(
    ("base", "prefix", "page"),
    [
        ("https://example.org/", "/", "https://example.org/compare/x/"),
        ("https://example.org/deep/prefix/", "/deep/prefix/", "https://example.org/deep/prefix/compare/x/"),
    ],
)
def test_settings_know_where_the_site_lives(base: str, prefix: str, page: str) -> None:
    """Addresses within the site get the whole base, other URLs stay."""
    settings = Settings("T", base)
    assert (settings.prefix, settings.absolute("/compare/x/")) == (prefix, page)
    assert settings.absolute("https://a.b/c") == "https://a.b/c"


def test_the_site_is_indexed_by_what_comparisons_share() -> None:
    """Keys in alphabetical order, whatever their capitals; comparisons in the order of the site."""
    one = compared("B", "A", category="zoo", tags=("x", "Y"))
    two = compared("A", "C", category="Art")
    site = published(one, two, compared("D", "E"))
    assert {key: [each.slug for each in found] for key, found in site.by_subject.items()} == {
        "a": ["b-vs-a", "a-vs-c"],
        "b": ["b-vs-a"],
        "c": ["a-vs-c"],
        "d": ["d-vs-e"],
        "e": ["d-vs-e"],
    }
    assert list(site.by_category) == ["Art", "zoo"]
    assert list(site.by_tag) == ["x", "Y"]
    assert site.by_slug["a-vs-c"] == site.listing_by_slug["a-vs-c"].card == two.card
    assert site.place == {"b-vs-a": 0, "a-vs-c": 1, "d-vs-e": 2}


def test_a_section_is_a_folder_of_pages() -> None:
    """A page at the top stands alone."""
    top, first, second = (
        Page("/about/", "About", Prose("One."), "x"),
        Page("/guide/", "Guide", Prose("One."), "x", section="guide"),
        Page("/guide/more/", "More", Prose("One."), "x", section="guide"),
    )
    site = replace(published(), pages=(top, first, second))
    assert site.section(second) == (first, second)
    assert site.section(top) == (top,)


def test_a_listing_has_its_card() -> None:
    """What orders and groups it is at hand; the rest is had from the card, and what is not there is in neither."""
    whole = compared("A", "B", won="A A B", own_title="Which", category="X", tags=("t",), summary="S")
    listing = Listing.of(whole.card)
    assert (listing.card, listing.title) == (whole.card, "Which")
    assert (listing.path, listing.subject_ids, listing.picked, listing.margin) == (whole.path, ("a", "b"), "", 0)
    assert not hasattr(listing.card, "factors")


@pytest.mark.parametrize(("won", "margin"), [("A A A A A A B", 5 / 7), ("A B", 0), ("A B B B", 0)])
def test_only_a_clear_ruling_leads_by_anything(won: str, margin: float) -> None:
    """Neither one that is level, nor one that is made by judgement against the rows."""
    whole = compared("A", "B", won=won)
    assert Listing.of(replace(whole, pick=whole.subjects[0]).card).margin == margin


def test_a_list_has_cards() -> None:
    """Whole or in part, each as it was put in; two lists of the same are the same."""
    cards = [compared("A", other).card for other in "BCD"]
    listed = published(*(compared("A", other) for other in "BCD")).comparisons
    assert list(listed) == cards
    assert (listed[-1], list(listed[:2]), len(listed[1:])) == (cards[2], cards[:2], 2)
    assert listed == Cards(tuple(Listing.of(card) for card in cards)) != listed[:2]
    assert listed[2:] + listed[:1] == Cards((listed.listings[2], listed.listings[0]))


def test_a_card_holds_nothing_that_only_the_page_of_a_comparison_shows() -> None:
    """So that the page can change, and no other has to be looked at."""
    one = compared("A", "B", won="A", body=Prose("One."))
    rows = (replace(one.factors[0], note=Prose("Three.")),)
    other = replace(one, body=Prose("Two."), sources=(Source("Docs", "/docs/"),), factors=rows)
    assert Listing.of(one.card) == Listing.of(other.card)
    assert Listing.of(one.card) != Listing.of(replace(one, why=Prose("Two.")).card)
