"""How the rows fall is drawn and said alike."""

import pytest
from samples import ENGLISH, compared

from tiebreak.model.balance import Balance, weigh
from tiebreak.model.comparison import Comparison
from tiebreak.pages.phrases import describe_balance, describe_tick


def table(won: str, *weights: int, names: str = "A B") -> Comparison:
    return compared(*names.split(), won=won, weights=weights)


def balance(won: str, *weights: int, names: str = "A B") -> Balance:
    comparison = table(won, *weights, names=names)
    return weigh(comparison.subjects, comparison.factors)


def test_rows_and_weights_are_counted_by_side() -> None:
    """A row of weight 0 is nobody's, whoever wins it: what stands beside a side makes its weight."""
    result = balance("A B A A = ?", 1, 5, 0, 2, 0, 0)
    assert (result.rows, result.weights, result.ties, result.open) == ((2, 1), (3, 5), 0, 0)
    assert (len(result.ticks), result.uncounted, result.is_judged) == (6, 3, True)


def test_ties_and_open_rows_count_for_nobody() -> None:
    """Everybody winning is nobody winning; a row that nobody judged is no tie."""
    result = balance("= ? A", 5, 5, 1)
    assert (result.rows, result.weights, result.ties, result.open) == ((1, 0), (1, 0), 1, 1)
    assert [tick.outcome for tick in result.ticks] == ["tie", "open", "win"]


def test_a_shared_row_counts_for_each_that_shares_it() -> None:
    """Two of three win it; the third does not."""
    result = balance("A+C B", 2, 1, names="A B C")
    assert (result.rows, result.weights, result.ties) == ((1, 1, 1), (2, 1, 2), 0)
    assert result.ticks[0].outcome == "shared"
    assert result.ticks[0].sides == (0, 2)


def test_every_tick_says_what_it_is() -> None:
    """For those who cannot see it."""
    comparison = table("A B+A ? = B+C+D", names="A B C D")
    titles = [describe_tick(ENGLISH, comparison, tick) for tick in comparison.balance.ticks]
    assert titles == ["Row 1: A", "Row 2: A and B", "Row 3: not judged", "Row 4: tied", "Row 5: B, C and D"]
    assert [tick.id for tick in balance("A B").ticks] == ["row-1", "row-2"]


@pytest.mark.parametrize(
    ("names", "won", "sentence"),
    [
        ("A B", "A A A A B B = =", "A: 4 points, 4 rows; B: 2 points, 2 rows; 2 tied"),
        ("A B", "B B A", "B: 2 points, 2 rows; A: 1 point, 1 row"),
        ("A B", "A", "A: 1 point, 1 row; B: 0 points, 0 rows"),
        ("A B", "= =", "2 tied"),
        ("A B", "=", "1 tied"),
        ("A B", "?", "1 not judged"),
        ("A B", "= ?", "1 tied; 1 not judged"),
        ("A B", "A ?", "A: 1 point, 1 row; B: 0 points, 0 rows; 1 not judged"),
        ("A B C", "C C A+B", "C: 2 points, 2 rows; A: 1 point, 1 row; B: 1 point, 1 row"),
        ("A B", "", ""),
    ],
)
def test_the_sentence_says_the_same(names: str, won: str, sentence: str) -> None:
    """The leader first, and nobody left out who lost every row."""
    assert describe_balance(ENGLISH, table(won, names=names)) == sentence


def test_each_side_is_drawn_with_its_heaviest_rows_first() -> None:
    """And what is on nobody's side in between, ties before what nobody judged; what has no weight is nowhere."""
    result = balance("A A B ? = ? =", 1, 3, 2, 5, 1, 0, 4)
    assert [tick.id for tick in result.won_by(0)] == ["row-2", "row-1"]
    assert [tick.id for tick in result.won_by(1)] == ["row-3"]
    assert [tick.id for tick in result.undecided] == ["row-7", "row-5", "row-4"]
    assert [tick.id for tick in balance("A B", 0, 1).counted] == ["row-2"]


@pytest.mark.parametrize(
    ("won", "weights", "lean"),
    [("A", (1,), -1), ("B", (1,), 1), ("A B", (2, 2), 0), ("A B", (1, 3), 0.5), ("A =", (1, 1), -0.5), ("A", (0,), 0)],
)
def test_the_beam_leans_by_weight(won: str, weights: tuple[int, ...], lean: float) -> None:
    """Between -1 and 1; what is tied or not judged holds it back, and no weight at all does not move it."""
    assert balance(won, *weights).lean == lean


def test_rows_without_weight_are_told() -> None:
    """They have no bar, so that the text and the caption count them."""
    comparison = compared("A", "B", won="A A B", weights=[2, 0, 0])
    assert describe_balance(ENGLISH, comparison) == "A: 2 points, 1 row; B: 0 points, 0 rows; 2 rows not counted"
