"""Who else there is beside a subject, and the ruling on the two."""

from dataclasses import replace

from samples import compared, published

from tiebreak.model.facts import Facts
from tiebreak.model.site import Site
from tiebreak.model.table import Subject
from tiebreak.pages import alternatives as module
from tiebreak.pages.alternatives import Alternatives, alternatives


def of_kind(found: Site, *ids: str) -> Site:
    """The site, in which these are of one kind and have facts."""
    known = {id: replace(found.subjects.get(id, Subject(id, id.title())), kind="Drink") for id in ids}
    facts = tuple(Facts(id, (), "{}") for id in ids)
    return replace(found, subjects={**found.subjects, **known}, facts=facts)


def of_tea(found: Site) -> Alternatives:
    return dict(alternatives(found))["tea"]


def test_the_ruling_of_the_fewest_is_linked() -> None:
    """With who was picked, if anybody was, and of more than two only these; another kind may be an alternative."""
    three = compared("Tea", "Coffee", "Mate")
    pair = compared("Tea", "Coffee")
    found = of_tea(published(three, replace(pair, pick=pair.subjects[1])))
    assert [(one.name, one.path, one.ruling, one.picked, one.asked) for one in found.listed] == [
        ("Coffee", "/subjects/coffee/", "/compare/tea-vs-coffee/", "Coffee", ""),
        ("Mate", "/subjects/mate/", "/compare/tea-vs-coffee-vs-mate/?show=tea,mate", "", ""),
    ]
    assert found.others is None


def test_the_rest_of_its_kind_stands_side_by_side_with_it() -> None:
    """Behind those that were judged; what is in no comparison has no hub to lead to."""
    found = of_tea(
        of_kind(published(compared("Tea", "Coffee"), compared("Milk", "Water")), "tea", "coffee", "milk", "ale")
    )
    assert [(one.name, one.path, one.ruling, one.asked) for one in found.listed] == [
        ("Coffee", "/subjects/coffee/", "/compare/tea-vs-coffee/", ""),
        ("Ale", "", "", "/compare/?with=tea,ale"),
        ("Milk", "/subjects/milk/", "", "/compare/?with=tea,milk"),
    ]
    assert found.others is None


def test_of_a_large_kind_the_rest_is_offered() -> None:
    """In a form, with those that are listed too."""
    kind = [f"ale-{place:02}" for place in range(20)]
    found = of_tea(of_kind(published(compared("Tea", "Coffee")), "tea", "coffee", *kind))
    assert len(found.listed) == module.MOST
    assert found.others is not None
    assert len(found.others) == 21


def test_a_kind_that_just_fits_needs_no_form() -> None:
    """Whether its members were judged or not."""
    kind = [f"ale-{place:02}" for place in range(module.MOST - 1)]
    found = of_tea(of_kind(published(compared("Tea", "Coffee")), "tea", "coffee", *kind))
    assert (len(found.listed), found.others) == (module.MOST, None)


def test_many_rulings_are_bounded() -> None:
    """The list of comparisons has them all."""
    found = of_tea(published(*(compared("Tea", f"Ale {place}") for place in range(30))))
    assert (len(found.listed), found.others) == (module.MOST, None)
