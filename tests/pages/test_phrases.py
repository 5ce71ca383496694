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
        (ENGLISH, "Tea wins 1 row, Coffee none, 1 tied, 1 not judged", ["Row 1: Tea", "Row 2: tied"]),
        (
            GERMAN,
            "Tea gewinnt 1 Zeile, Coffee keine, 1 unentschieden, 1 nicht bewertet",
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
