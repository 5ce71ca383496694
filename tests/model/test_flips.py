"""What would flip the result, held against every weight of every row of a thousand random tables."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from samples import ENGLISH, compared
from tables import Leaders, leaders, tables, turning

from tiebreak.model.balance import Flip, flips, weigh
from tiebreak.model.comparison import Comparison
from tiebreak.model.table import HEAVIEST
from tiebreak.pages.phrases import SAID, describe_flips


def said(comparison: Comparison) -> str:
    return describe_flips(ENGLISH, comparison)


def number(flip: Flip) -> int:
    return int(flip.tick.id.removeprefix("row-"))


@pytest.mark.slow
def test_flips_are_the_smallest_changes_by_brute_force() -> None:
    """Every row that can change who leads, none that cannot, and of each the nearest weight that does."""
    for comparison in tables():
        found = flips(comparison.balance)
        now = leaders(comparison)
        assert {number(flip) for flip in found} == turning(comparison)
        assert [flip.change for flip in found] == sorted(flip.change for flip in found)
        for flip in found:
            row = number(flip)
            steps = sorted(range(HEAVIEST + 1), key=lambda weight: abs(weight - flip.tick.weight))
            changed = [weight for weight in steps if leaders(comparison, row, weight) != now]
            turned = [weight for weight in changed if not leaders(comparison, row, weight) & now]
            if not flip.is_now:
                assert flip.weight == (turned or changed)[0]
                assert flip.level == changed[0]


CLAIM = re.compile(r'"Row (\d)" (?:did not count|counted for (\d)(?: or (more|less))?)(?: \(a tie at (\d)\))?')


def names(text: str) -> Leaders:
    return frozenset(re.split(", | and ", text))


def claims(text: str) -> Iterator[tuple[str, Leaders, re.Match[str]]]:
    """What a sentence says of each row: the verb, of whom, and the condition."""
    for who, verb, conditions in re.findall(r"([A-F, and]+?) would (lead|draw level)(?: together)? if ([^;]*)", text):
        for claim in CLAIM.finditer(conditions):
            yield verb, names(who.strip()), claim


@pytest.mark.slow
def test_every_sentence_is_true_and_leaves_nothing_out() -> None:
    """Each claim holds at its weight and everywhere beyond, not a step nearer; rows that are not named are counted."""
    for comparison in tables():
        text, now, weights = said(comparison), leaders(comparison), [one.weight for one in comparison.factors]
        if not comparison.balance.is_judged:
            assert text == ""
            continue
        rows = set()
        for verb, who, claim in claims(text):
            row, at = int(claim[1]), int(claim[2] or 0)
            rows.add(row)
            up = at > weights[row - 1]
            assert (claim[3] or "") == ("" if at in (0, HEAVIEST) else "more" if up else "less"), text
            expected = who if verb == "lead" else who | now
            beyond = range(at, HEAVIEST + 1) if up else range(at + 1)
            assert {leaders(comparison, row, weight) for weight in beyond} == {expected}, text
            assert leaders(comparison, row, at - 1 if up else at + 1) != expected
            if claim[4]:
                assert leaders(comparison, row, int(claim[4])) == who | now, text
        rest = re.search(r"(\d) other rows? could change it too", text)
        parted = {row for row in turning(comparison) if "would break the tie" in text and row not in rows}
        parted = {row for row in parted if leaders(comparison, row, weights[row - 1] + 1) < now}
        assert len(rows) + int(rest[1] if rest else 0) == len(turning(comparison)) - len(parted), text
        assert len(rows) <= SAID


@pytest.mark.parametrize(
    ("subjects", "won", "weights", "text"),
    [
        (
            "A B",
            "A A B",
            (5, 4, 2),
            "By our weights, A leads 9 to 2. No single row changes that, whatever it counts for.",
        ),
        (
            "A B",
            "A A B B",
            (5, 4, 2, 4),
            (
                'By our weights, A leads 9 to 6. B would lead if "Row 1" counted for 1 or less (a tie at 2), '
                'or if "Row 2" did not count (a tie at 1); B would draw level if "Row 3" counted for 5; '
                "no other single row changes the result."
            ),
        ),
        (
            "A B",
            "A B",
            (1, 1),
            (
                "By our weights, A and B are level with 1 each. "
                "Any row that only one of them wins would break the tie if it counted for more or less."
            ),
        ),
        (
            "A B C",
            "A B C ?",
            (3, 1, 1, 5),
            (
                "By our weights, A leads with 3, ahead of B and C with 1. "
                'B would lead if "Row 2" counted for 4 or more (a tie at 3); '
                'B and C would lead together if "Row 1" did not count (a tie at 1); '
                'C would lead if "Row 3" counted for 4 or more (a tie at 3); no other single row changes the result.'
            ),
        ),
        ("A B", "= ?", (1, 1), ""),
        ("A B", "", (), ""),
    ],
)
def test_the_sentence_in_plain_words(subjects: str, won: str, weights: Sequence[int], text: str) -> None:
    """The lead, then the rows that could turn it, the nearest first; silent where no row has a winner."""
    assert said(compared(*subjects.split(), won=won, weights=weights)) == text


def test_weights_are_all_that_counts() -> None:
    """The same table with other labels and subjects says the same of others."""
    comparison = compared("A", "B", won="A A B", weights=(2, 1, 2))
    renamed = tuple(replace(factor, label=f"New {factor.label}") for factor in comparison.factors)
    other = replace(comparison, factors=renamed, balance=weigh(comparison.subjects, renamed))
    assert said(other) == said(comparison).replace("Row", "New Row")
