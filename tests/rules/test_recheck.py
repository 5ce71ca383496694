"""The queue of facts to check again: likeliest to be wrong, and mattering most, first."""

from datetime import date, timedelta

import pytest

from tiebreak.model.cell import Cell, Source
from tiebreak.rules.recheck import SHOWN, UNSEEN, Use, queue

TODAY = date(2026, 7, 1)
SOURCE = "https://example.org/fact"


def use(
    factor: str, age: int | None = 100, *, page: str = "a-vs-b", weight: int = 1, line: int = 5, days: int = 100
) -> Use:
    """A cell that was checked so many days ago."""
    checked = None if age is None else TODAY - timedelta(age)
    due = checked and checked + timedelta(days)
    cell = Cell(value="1", checked=checked, due=due, sources=(Source("Fact", SOURCE),))
    file = f"content/compare/{page}.md" if page else "content/subjects/a.yaml"
    return Use(file, line, 1, "a", "A", factor, factor.capitalize(), cell, days, page, weight)


def order(*uses: Use) -> list[str]:
    return [one.factor for one in queue(uses, TODAY, {}).items]


def test_after_its_term_a_fact_is_as_likely_wrong_as_right() -> None:
    """Half of what is left goes with each further term; a fact without a date counts as two terms old."""
    found = queue([use("one"), use("two", 200), use("none", None), use("new", 0), use("ahead", -9)], TODAY, {}).items
    assert {one.factor: one.likelihood for one in found} == {
        "one": 0.5,
        "two": 0.75,
        "none": 0.75,
        "new": 0,
        "ahead": 0,
    }


def test_what_matters_more_comes_first() -> None:
    """By weight, by the pages that show it, and last what no page shows."""
    assert order(use("light", weight=1), use("heavy", weight=3)) == ["heavy", "light"]
    assert order(use("shown", weight=0), use("unseen", page="", weight=0), use("leant-on")) == [
        "leant-on",
        "shown",
        "unseen",
    ]
    shown, unseen = queue([use("shown", weight=0), use("unseen", page="", weight=0)], TODAY, {}).items
    assert (shown.score, unseen.score) == (0.5 * SHOWN, 0.5 * UNSEEN)


def test_one_fact_that_many_pages_show_is_one_thing_to_check() -> None:
    """Where it is written; with the weight of all the pages, and the shortest term."""
    home = use("size", page="", weight=0, line=7)
    pages = [use("size", page=page, line=0, weight=2, days=days) for page, days in (("x-vs-y", 50), ("a-vs-b", 100))]
    (one,) = queue([home, *pages], TODAY, {}).items
    assert (one.file, one.line, one.pages, one.weight) == ("content/subjects/a.yaml", 7, ("a-vs-b", "x-vs-y"), 4)
    assert one.due == TODAY - timedelta(50)


@pytest.mark.parametrize(("day", "late"), [(TODAY - timedelta(2), True), (TODAY - timedelta(9), False)])
def test_a_source_that_has_changed_since_makes_it_due(day: date, late: bool) -> None:
    """Whatever its term; what changed before it was checked changes nothing."""
    (one,) = queue([use("size", 5)], TODAY, {SOURCE: day}).items
    assert (one.late, one.likelihood > 0.5, one.changed) == (late, late, day if late else None)


@pytest.mark.parametrize(("age", "late"), [(100, False), (101, True), (None, True)])
def test_it_is_due_when_its_term_is_over(age: int | None, late: bool) -> None:
    """From the day after; without a date, always."""
    (one,) = queue([use("size", age)], TODAY, {}).items
    assert one.late is late
