"""Maps of a category: when there is one, and by which two numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal

import pytest
from growth import assert_bounded
from samples import ENGLISH, compared, published

from tiebreak.model.chart import Chart, ChartKind
from tiebreak.model.facts import FactNumber, Facts
from tiebreak.model.site import Site
from tiebreak.model.table import Factor, Subject
from tiebreak.pages.maps import maps

Better = Literal["lower", "higher"] | None
NAMES = ("Ale", "Gin", "Rum", "Tea", "Mate")


def site_with(*known: str, kind: str = "Drink", factors: Iterable[str] = "abc", better: Sequence[Better] = ()) -> Site:
    """Five drinks, where each has these numbers: `ab` has those of the factors a and b."""
    site = published(compared(*NAMES))
    subjects = {id: replace(one, kind=kind) for id, one in site.subjects.items()}
    facts = tuple(
        Facts(id, tuple(some), "{}", tuple(FactNumber(id, one, Decimal(place), str(place)) for one in some))
        for place, (id, some) in enumerate(zip(subjects, known, strict=False))
    )
    ways = dict(zip(factors, better, strict=False))
    shared = tuple(Factor(id, id.upper(), (), unit="g", better=ways.get(id)) for id in factors)
    return replace(site, subjects=subjects, facts=facts, factors=shared)


def with_numbers(site: Site, numbers: str) -> Site:
    """The drinks with these numbers, and each with a hundred of something else."""
    subjects = {id: replace(one, kind="Drink") for id, one in site.subjects.items()}
    facts = tuple(
        Facts(
            id,
            ("a", "b"),
            "{}",
            tuple(FactNumber(id, one, Decimal(text), text) for one, text in (("a", said), ("b", "100"))),
        )
        for id, said in zip(subjects, numbers.split(), strict=True)
    )
    factors = (Factor("a", "A", (), unit="min"), Factor("b", "B", (), unit="g"))
    return replace(site, subjects=subjects, facts=facts, factors=factors)


def drawn(*known: str, kind: str = "Drink", better: Sequence[Better] = ()) -> tuple[Chart, ...]:
    """Their maps."""
    site = site_with(*known, kind=kind, better=better)
    return maps(site, site.listings, ENGLISH)


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


def test_its_title_says_who_is_best_by_either_number() -> None:
    """Where of both numbers the lower or the higher is better; here Ale has the lowest ones, and Mate the highest."""
    all_have = ("ab",) * 5
    assert drawn(*all_have, better=("lower", "lower", None))[0].title == "Drink: Ale leads in “A” and “B”"
    assert drawn(*all_have, better=("lower", "higher", None))[0].title == "Drink: Ale leads in “A”, Mate leads in “B”"
    assert drawn(*all_have, better=("lower", None, None))[0].title == "Drink: A and B"


def test_whom_rulings_pick_is_named_first() -> None:
    """Names are given room in the order of rows."""
    site = published(compared(*NAMES, pick=Subject("tea", "Tea")))
    wide = with_numbers(site, "1 2 3 4 5")
    (one,) = maps(wide, wide.listings, ENGLISH)
    assert [row.label for row in one.rows] == ["Tea", "Ale", "Gin", "Rum", "Mate"]


def test_numbers_far_apart_stand_on_multiples() -> None:
    """From a hundred times the least on, or one would squeeze all others into a spot; there is no place for zero."""
    site = published(compared(*NAMES))
    for numbers, is_log in (("2 3 5 6 840", True), ("2 3 5 6 200", False), ("0 3 5 6 840", False)):
        wide = with_numbers(site, numbers)
        (one,) = maps(wide, wide.listings, ENGLISH)
        assert one.log is is_log, numbers


@pytest.mark.slow
def test_time_grows_with_the_factors_and_not_with_their_pairs() -> None:
    """Of a kind of which many numbers are known."""

    def make(size: int) -> Site:
        letters = "".join(map(chr, range(0x4E00, 0x4E00 + size)))
        return site_with(*[letters] * len(NAMES), factors=letters)

    assert_bounded(make, lambda site: maps(site, site.listings, ENGLISH), start=250, most=16_000)
