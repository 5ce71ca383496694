"""What is said of a comparison in words: in the language of the site, of its card as of its line in a list."""

from pathlib import Path

import pytest
from samples import ENGLISH, compared, published

from tiebreak.model.site import Listing
from tiebreak.pages import messages
from tiebreak.pages.messages import Messages
from tiebreak.pages.phrases import SAID, describe_balance, describe_flips, describe_related, describe_tick
from tiebreak.pages.related import related_to

GERMAN, *_ = messages.read(Path(), "de")


@pytest.mark.parametrize(
    ("language", "balance", "ticks"),
    [
        (ENGLISH, "Tea: 1 point, 1 row; Coffee: 0 points, 0 rows; 1 tied; 1 not judged", ["Row 1: Tea", "Row 2: tied"]),
        (
            GERMAN,
            "Tea: 1 Punkt, 1 Zeile; Coffee: 0 Punkte, 0 Zeilen; 1 unentschieden; 1 nicht bewertet",
            ["Row 1: Tea", "Row 2: unentschieden"],
        ),
    ],
    ids=["English", "German"],
)
def test_sentences_are_made_of_the_words_of_the_language(language: Messages, balance: str, ticks: list[str]) -> None:
    """Names stand in them as their authors wrote them."""
    comparison = compared("Tea", "Coffee", won="tea = ?")
    assert describe_balance(language, comparison.card) == balance
    assert [describe_tick(language, comparison.card, tick) for tick in comparison.balance.ticks[:2]] == ticks


def test_of_a_table_without_winners_nothing_would_flip() -> None:
    """Whether it has no rows, or only such as nobody wins."""
    assert describe_flips(ENGLISH, compared("Tea", "Coffee").card) == ""
    assert describe_flips(ENGLISH, compared("Tea", "Coffee", won="? =").card) == ""


@pytest.mark.parametrize(
    ("won", "weights", "said"),
    [
        (
            "tea tea tea coffee!",
            [2, 2, 2, 1],
            (
                'By our weights, Tea leads 6 to 1. Whoever needs "Row 4" takes Coffee, whatever the rest says. '
                "No other single row changes that, whatever it counts for."
            ),
        ),
        (
            "tea coffee tea!",
            [2, 1, 1],
            (
                'By our weights, Tea leads 3 to 1. Whoever needs "Row 3" takes Tea, whatever the rest says. '
                'Coffee would lead if "Row 2" counted for 4 or more (a tie at 3); '
                'Coffee would draw level if "Row 1" did not count; '
                "no other single row changes the result."
            ),
        ),
        (
            "tea tea coffee+mate!",
            [5, 5, 0],
            (
                "By our weights, Tea leads with 10, ahead of Coffee and Mate with 0. "
                'Whoever needs "Row 3" takes one of Coffee and Mate, whatever the rest says. '
                "No other single row changes that, whatever it counts for."
            ),
        ),
    ],
)
def test_what_decides_alone_is_said_in_a_sentence(won: str, weights: list[int], said: str) -> None:
    """And no sentence on what would flip the result is about it, or says that nothing changes it."""
    names = ("Tea", "Coffee", "Mate")[: 3 if "mate" in won else 2]
    assert describe_flips(ENGLISH, compared(*names, won=won, weights=weights).card) == said


def test_a_decisive_row_is_told_apart_in_the_drawing() -> None:
    """In words, too; one that nobody wins decides nothing."""
    one, other = compared("Tea", "Coffee", won="tea! ?!").balance.ticks
    assert (one.decisive, other.decisive) == (True, False)
    assert describe_tick(ENGLISH, compared("Tea", "Coffee").card, one) == "Row 1: Tea (decides alone)"


def test_rows_beyond_the_first_few_are_counted() -> None:
    """The sentence on flips names no more than can be read."""
    comparison = compared("Tea", "Coffee", won="tea " * (SAID + 2) + "coffee " * (SAID + 1))
    said = describe_flips(ENGLISH, comparison.card)
    assert said.count("Row ") == SAID
    assert said.endswith("other rows could change it too.")


def test_why_another_is_related_is_said_in_the_language_too() -> None:
    """By what the two share, under the name that it has."""
    one, *others = compared("Tea", "Coffee", tags=("hot",)), compared("Tea", "Mate"), compared("A", "B", tags=("hot",))
    related = related_to(Listing.of(one.card), published(one, *others))
    assert [describe_related(ENGLISH, other) for other in related] == ["also about Tea", "also tagged hot"]
    assert [describe_related(GERMAN, other) for other in related] == ["auch über Tea", "auch mit dem Schlagwort hot"]
