"""What a hub answers before it lists: where a subject wins and loses, and whom the rulings of a category pick."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tiebreak.model import Card, Prose, Subject, Tick

MOST_ROWS = 8  # of a subject that are named, won and lost; its comparisons have the rest
MOST_OTHERS = 4  # beside the pick of a kind


@dataclass(frozen=True)
class Row:
    """A row of a comparison as the hub of one of its subjects tells it. `others` are whom the subject leaves behind, or
    who wins it instead.
    """

    comparison: Card
    tick: Tick
    others: tuple[Subject, ...]

    @property
    def path(self) -> str:
        return f"{self.comparison.path}#factor-{self.tick.id}"


@dataclass(frozen=True)
class Standing:
    """Where a subject wins and where it loses, the heaviest rows first; `more` count those that are not named."""

    won: tuple[Row, ...] = ()
    lost: tuple[Row, ...] = ()
    more_won: int = 0
    more_lost: int = 0


def standing(subject: str, comparisons: Iterable[Card]) -> Standing:
    """How a subject, by its id, fares in the rows that count."""
    rows = [_row(card, tick, subject) for card in comparisons for tick in card.balance.ticks if _counts(tick)]
    won = _heaviest(row for row, wins in rows if wins)
    lost = _heaviest(row for row, wins in rows if not wins)
    return Standing(won[:MOST_ROWS], lost[:MOST_ROWS], max(0, len(won) - MOST_ROWS), max(0, len(lost) - MOST_ROWS))


def _counts(tick: Tick) -> bool:
    return tick.weight > 0 and tick.outcome in ("win", "shared")


def _row(card: Card, tick: Tick, subject: str) -> tuple[Row, bool]:
    winners = [card.subjects[place] for place in tick.sides]
    wins = any(one.id == subject for one in winners)
    others = [one for one in card.subjects if one not in winners] if wins else winners
    return Row(card, tick, tuple(others)), wins


def _heaviest(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: -row.tick.weight)


@dataclass(frozen=True)
class Instead:
    """When to take another than the pick, and the ruling that says so."""

    subject: Subject
    when: Prose
    comparison: Card


@dataclass(frozen=True)
class Answer:
    """What the rulings on one kind of thing come to: whom most of them pick, and when to take another."""

    kind: str  # may be empty
    pick: Subject
    picked: int  # how many of the rulings pick it
    comparisons: tuple[Card, ...]
    instead: tuple[Instead, ...]


def answers(comparisons: Iterable[Card]) -> tuple[Answer, ...]:
    """An answer for each kind of what is compared and somebody is picked of, most rulings first."""
    kinds: dict[str, list[Card]] = {}
    for card in comparisons:
        if card.pick:
            kinds.setdefault(card.pick.kind, []).append(card)
    return tuple(sorted((_answer(kind, cards) for kind, cards in kinds.items()), key=lambda one: -len(one.comparisons)))


def _answer(kind: str, cards: list[Card]) -> Answer:
    (pick, picked), *_ = Counter(card.pick for card in cards if card.pick).most_common(1)
    instead: dict[str, Instead] = {}
    for card in cards:
        for subject, when in card.use_the_other:
            if subject != pick:
                instead.setdefault(subject.id, Instead(subject, when, card))
    return Answer(kind, pick, picked, tuple(cards), tuple(instead.values())[:MOST_OTHERS])
