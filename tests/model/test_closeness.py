"""How close a ruling was, held against every weight of every row of a thousand random tables."""

from dataclasses import replace

import pytest
from samples import ENGLISH, compared
from tables import leaders, tables, turning

from tiebreak.model.balance import weigh
from tiebreak.model.closeness import THIN, Closeness, closeness
from tiebreak.model.comparison import Comparison
from tiebreak.pages.phrases import describe_nearest

CLEAR, CLOSE, JUDGEMENT = Closeness


def of(comparison: Comparison, pick: int = 0) -> Closeness:
    return closeness(comparison.balance, pick)


@pytest.mark.slow
def test_closeness_by_brute_force() -> None:
    """By judgement where the pick does not lead alone; else clear where no weight of any row changes who leads and the
    lead is a tenth of all points, and close where not.
    """
    found = set()
    for comparison in tables():
        points = comparison.balance.weights
        for pick, subject in enumerate(comparison.subjects):
            if leaders(comparison) != {subject.id.upper()}:
                expected = JUDGEMENT
            else:
                lead = points[pick] - max(points[:pick] + points[pick + 1 :])
                is_clear = not turning(comparison) and lead >= THIN * sum(points)
                expected = CLEAR if is_clear else CLOSE
            assert of(comparison, pick) is expected
            found.add(expected)
    assert found == set(Closeness)


@pytest.mark.slow
def test_a_row_more_for_the_pick_makes_nothing_closer() -> None:
    """One of weight 1 that it alone wins."""
    order = [JUDGEMENT, CLOSE, CLEAR]
    for comparison in tables():
        ours = replace(comparison.factors[0], id="more", winners=(comparison.subjects[0].id,), weight=1)
        more = weigh(comparison.subjects, (*comparison.factors, ours))
        assert order.index(closeness(more, 0)) >= order.index(of(comparison))


@pytest.mark.parametrize(
    ("names", "won", "weights", "expected"),
    [
        ("A B", "A A B", (5, 4, 2), CLEAR),
        ("A B", "A A B B", (5, 4, 2, 4), CLOSE),  # without its first row it would be behind
        ("A B", "A", (1,), CLOSE),  # all hangs on one row
        ("A B", "A B", (2, 2), JUDGEMENT),  # level
        ("A B", "A B", (2, 3), JUDGEMENT),
        ("A B", "A B", (0, 0), JUDGEMENT),  # nothing counts
        ("A B", "= ?", (1, 1), JUDGEMENT),
        ("A B", "", (), JUDGEMENT),
        ("A B", "A! B", (3, 1), CLOSE),  # B's row could count for more
        ("A B", "A! A A", (5, 1, 1), CLEAR),  # what is decisive is not asked
        ("A B C", "A+B C A A A", (5, 1, 2, 2, 2), CLEAR),
    ],
)
def test_the_rule_in_examples(names: str, won: str, weights: tuple[int, ...], expected: Closeness) -> None:
    """Of the first subject, as if it were picked."""
    assert of(compared(*names.split(), won=won, weights=weights)) is expected


def test_a_lead_that_no_row_can_turn_may_still_be_thin() -> None:
    """In a table so long that a single row is nothing, the share of the lead says it."""
    for rows, expected in ((14, CLOSE), (13, CLEAR)):
        won = "A " * rows + "B " * rows + "A " * 3
        assert of(compared("A", "B", won=won, weights=[2] * (2 * rows + 3))) is expected


def test_without_a_pick_there_is_nothing_to_judge() -> None:
    """A split decision says itself how close it was."""
    assert compared("A", "B", won="A").card.closeness is None


@pytest.mark.parametrize(
    ("won", "weights", "said"),
    [
        ("A A B", (5, 4, 2), ""),
        ("A A B B", (5, 4, 2, 4), 'B would lead if "Row 1" counted for 1 or less (a tie at 2).'),
        (
            "A B B",
            (2, 2, 1),
            'By our weights, B leads 3 to 2. A would lead if "Row 1" counted for 4 or more (a tie at 3).',
        ),
        ("A B", (2, 2), "By our weights, A and B are level with 2 each."),
        ("= ?", (1, 1), ""),
    ],
)
def test_the_box_says_the_least_that_would_flip_it(won: str, weights: tuple[int, ...], said: str) -> None:
    """Where it is close; and who leads, where that is not the pick, with what would put the pick in front."""
    comparison = compared("A", "B", won=won, weights=weights)
    assert describe_nearest(ENGLISH, replace(comparison.card, pick=comparison.subjects[0])) == said
    assert describe_nearest(ENGLISH, comparison.card) == ""
