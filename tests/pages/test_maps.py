"""Maps of a category: when there is one, and by which two numbers."""

from dataclasses import replace
from decimal import Decimal

from samples import ENGLISH, compared, published

from tiebreak.model.chart import Chart, ChartKind
from tiebreak.model.facts import FactNumber, Facts
from tiebreak.model.table import Factor
from tiebreak.pages.maps import maps

NAMES = ("Ale", "Gin", "Rum", "Tea", "Mate")


def drawn(*known: str, kind: str = "Drink") -> tuple[Chart, ...]:
    """The maps of five drinks, where each has these numbers: `ab` has those of the factors a and b."""
    site = published(compared(*NAMES))
    subjects = {id: replace(one, kind=kind) for id, one in site.subjects.items()}
    facts = tuple(
        Facts(id, tuple(some), "{}", tuple(FactNumber(id, one, Decimal(place), str(place)) for one in some))
        for place, (id, some) in enumerate(zip(subjects, known, strict=False))
    )
    factors = tuple(Factor(id, id.upper(), (), unit="g") for id in "abc")
    return maps(replace(site, subjects=subjects, facts=facts, factors=factors), site.listings, ENGLISH)


def test_a_map_by_the_two_numbers_that_most_share() -> None:
    """Each subject in its hue, and the first of them when others share as many."""
    (one,) = drawn("abc", "abc", "abc", "abc", "bc")
    assert (one.kind, one.title) == (ChartKind.SCATTER, "Drink: B and C")
    assert [measure.label for measure in one.measures] == ["B", "C"]
    assert [row.subject and row.subject.id for row in one.rows] == ["ale", "gin", "rum", "tea", "mate"]
    assert drawn("abc", "abc", "abc", "abc")[0].title == "Drink: A and B"


def test_there_is_none_of_fewer_than_four() -> None:
    """Nor of four that share one number only, nor of those whose kind nobody knows."""
    assert drawn("ab", "ab", "ab") == ()
    assert drawn("ab", "ab", "ab", "a", "b") == ()
    assert drawn("ab", "ab", "ab", "ab", kind="") == ()
