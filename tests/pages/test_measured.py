"""A subject's numbers on the scale of its kind."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from conftest import MakeSite
from samples import loaded_site

from tiebreak.model.facts import FactNumber, Facts
from tiebreak.model.site import Settings, Site
from tiebreak.model.table import Factor, Subject
from tiebreak.pages import measured as module
from tiebreak.pages.measured import Measured, measured


def site(
    numbers: Mapping[str, str], *, better: Literal["lower", "higher"] | None = "lower", kind: str = "Drink"
) -> Site:
    """A site of subjects of one kind, each with one number."""
    subjects = {id: Subject(id, id.title(), kind=kind) for id in numbers}
    facts = tuple(
        Facts(id, ("price",), "{}", (FactNumber(id, "price", Decimal(text), text),)) for id, text in numbers.items()
    )
    factors = (Factor("price", "Price", (), unit="EUR", better=better),)
    return Site(Settings("Picks", "https://example.org/"), (), subjects, facts=facts, factors=factors)


def row(found: Site, id: str) -> Measured:
    (only,) = measured(found)[id].rows
    return only


def test_each_stands_on_a_scale_from_zero() -> None:
    """With all others of its kind, the best of which is named."""
    found = row(site({"tea": "2", "coffee": "4", "mate": "1"}), "tea")
    assert (found.own.plain, found.own.x, found.count, found.is_best) == ("2", 50, 3, False)
    assert [(mark.name, mark.x) for mark in found.others] == [("Mate", 25), ("Coffee", 100)]
    assert (found.best, found.best_plain) == (("Mate",), "1")


def test_the_larger_number_may_be_the_better() -> None:
    """As the factor says."""
    found = site({"tea": "2", "coffee": "4"}, better="higher")
    assert (row(found, "tea").best, row(found, "coffee").is_best, row(found, "coffee").best) == (("Coffee",), True, ())


def test_who_shares_the_best_number_is_named() -> None:
    """Unless they are too many."""
    assert row(site({"tea": "1", "coffee": "1.0", "mate": "2"}), "tea").best == ("Coffee",)
    many = row(site({f"tea-{place}": "1" for place in range(9)}), "tea-0")
    assert (many.is_best, many.best) == (True, ())


def test_where_neither_is_better_nobody_is_best() -> None:
    """Then the least and the most are told."""
    found = row(site({"tea": "1", "coffee": "4"}, better=None), "tea")
    assert (found.is_best, found.best, found.best_plain, found.extremes) == (False, (), "", ("1", "4"))


def test_what_cannot_be_compared_is_left_out() -> None:
    """A number alone, numbers of subjects without a kind, nothing but zeros, and numbers below zero."""
    alone = ({"tea": "1"}, "Drink"), ({"tea": "1", "coffee": "2"}, ""), ({"tea": "0", "coffee": "0"}, "Drink")
    for numbers, kind in (*alone, ({"tea": "-1", "coffee": "2"}, "Drink")):
        assert measured(site(numbers, kind=kind)) == {}, numbers


def test_numbers_in_text_stand_beside_those_of_their_unit(make_site: MakeSite) -> None:
    """As their author wrote them; one in another currency is no rival, and what is compared by a number that readers
    do not see is not told by it.
    """
    prices = {"tea": "€1,200", "coffee": "€9.50", "mate": "20 EUR", "milk": "$3", "ale": "{text: cheap, compare: 1}"}
    files = {
        f"content/subjects/{id}.yaml": f"name: {id.title()}\nkind: Drink\nfacts:\n  price: {price}\n  steep: {price}\n"
        for id, price in prices.items()
    }
    files["content/factors.yaml"] = "price: {label: Price, better: lower}\nsteep: {label: Time}\n"
    found = loaded_site(make_site(files)).site
    assert found is not None
    one = row(found, "tea")
    assert (one.own.plain, one.unit, one.count, one.best, one.best_plain) == ("€1,200", "", 3, ("Coffee",), "€9.50")
    assert [mark.plain for mark in one.others] == ["€9.50", "20 EUR"]
    assert "milk" not in measured(found)


def test_of_hundreds_some_are_drawn() -> None:
    """The first and the last among them, and always the subject itself."""
    found = measured(site({f"tea-{place}": str(place) for place in range(300)}))
    for id in ("tea-0", "tea-7", "tea-299"):
        (one,) = found[id].rows
        assert len(one.others) <= module.MOST_MARKS
        assert one.own.name == id.title()
        assert {one.own.x, *(mark.x for mark in one.others)} >= {0, 100}
