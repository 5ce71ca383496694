"""What a hub answers before it lists: rows won and lost, said once, and picks by kind."""

from dataclasses import replace

from samples import compared

from tiebreak.model.comparison import Comparison
from tiebreak.model.prose import Prose
from tiebreak.model.table import Subject
from tiebreak.pages import hubs
from tiebreak.pages.hubs import Row, answers, standing

TEA = Subject("tea", "Tea")


def said(rows: tuple[Row, ...]) -> list[str]:
    """Each row as `label: other, other @ slug; …`."""
    return [
        f"{row.label}: "
        + "; ".join(
            f"{', '.join(one.name for one in place.others)} @ {place.path.removeprefix('/compare/')}"
            for place in row.places
        )
        for row in rows
    ]


def ruled(*names: str, pick: int = 0, kind: str = "Drink") -> Comparison:
    """A comparison of subjects of one kind, in which somebody is picked."""
    made = compared(*names, won=names[0])
    subjects = tuple(replace(one, kind=kind) for one in made.subjects)
    when = tuple(Prose(f"You like {one.name}.") for one in subjects)
    return replace(made, subjects=subjects, pick=subjects[pick], verdict=when)


def test_rows_won_and_lost_the_heaviest_first() -> None:
    """Each leads to itself, and says who is left behind or who wins instead."""
    table = compared("Tea", "Coffee", "Mate", won="Tea Coffee+Mate Tea+Mate Coffee", weights=[1, 2, 3, 4])
    found = standing(TEA, [table])
    assert said(found.won) == [
        "Row 3: Coffee @ tea-vs-coffee-vs-mate/#factor-row-3",
        "Row 1: Coffee, Mate @ tea-vs-coffee-vs-mate/#factor-row-1",
    ]
    assert said(found.lost) == [
        "Row 4: Coffee @ tea-vs-coffee-vs-mate/#factor-row-4",
        "Row 2: Coffee, Mate @ tea-vs-coffee-vs-mate/#factor-row-2",
    ]


def test_rows_that_decide_nothing_are_not_named() -> None:
    """Ties, what nobody judged, and what counts for nothing."""
    found = standing(TEA, [compared("Tea", "Coffee", won="= ? Tea", weights=[1, 1, 0])])
    assert found == hubs.Standing()


def test_a_row_in_two_comparisons_is_said_once() -> None:
    """With all whom it leaves behind; each is named where the row counts most."""
    pair, three = compared("Tea", "Coffee", won="Tea"), compared("Tea", "Coffee", "Mate", won="Tea", weights=[2])
    assert said(standing(TEA, [pair, three]).won) == ["Row 1: Coffee, Mate @ tea-vs-coffee-vs-mate/#factor-row-1"]
    assert said(standing(TEA, [pair, compared("Tea", "Mate", won="Tea")]).won) == [
        "Row 1: Coffee @ tea-vs-coffee/#factor-row-1; Mate @ tea-vs-mate/#factor-row-1"
    ]


def test_a_row_can_be_won_here_and_lost_there() -> None:
    """Then it stands on both sides."""
    found = standing(TEA, [compared("Tea", "Coffee", won="Tea"), compared("Tea", "Mate", won="Mate")])
    assert said(found.won) == ["Row 1: Coffee @ tea-vs-coffee/#factor-row-1"]
    assert said(found.lost) == ["Row 1: Mate @ tea-vs-mate/#factor-row-1"]


def test_of_many_rows_the_rest_is_counted() -> None:
    """One side may have none."""
    found = standing(TEA, [compared("Tea", "Coffee", won="Tea " * 9)])
    assert (len(found.won), found.more_won, found.lost, found.more_lost) == (hubs.MOST_ROWS, 3, (), 0)


def test_an_answer_for_each_kind() -> None:
    """Whom most rulings pick, and when to take another, with the ruling that says so; most rulings first."""
    cup = ruled("Cup", "Mug", kind="Vessel")
    found = answers([cup, ruled("Tea", "Coffee"), ruled("Tea", "Mate"), ruled("Tea", "Milk", pick=1)])
    assert [(one.kind, one.pick.name, one.picked, len(one.comparisons)) for one in found] == [
        ("Drink", "Tea", 2, 3),
        ("Vessel", "Cup", 1, 1),
    ]
    assert [(one.subject.name, one.when.text, one.comparison.slug) for one in found[0].instead] == [
        ("Coffee", "You like Coffee.", "tea-vs-coffee"),
        ("Mate", "You like Mate.", "tea-vs-mate"),
    ]


def test_nobody_answers_where_nobody_is_picked() -> None:
    """A ruling without a pick is in the list, and in no answer."""
    assert answers([compared("Tea", "Coffee", won="=")]) == ()


def test_who_is_taken_instead_is_bounded() -> None:
    """A kind of which there are dozens has the rest in its list."""
    (found,) = answers([ruled("Tea", f"Mate {number}") for number in range(9)])
    assert len(found.instead) == hubs.MOST_OTHERS
