"""What a hub answers before it lists: where a subject wins and loses, and whom the rulings of a category pick."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tiebreak.model import Card, Prose, Subject, Tick

MOST_ROWS = 6  # of a subject that are named, won and lost; its comparisons have the rest
MOST_OTHERS = 4  # beside the pick of a kind


@dataclass(frozen=True)
class Place:
    """Where a row stands, and the `others` there: whom the subject leaves behind, or who wins instead. Nobody stands in
    two places of one row.
    """

    path: str
    others: tuple[Subject, ...]


@dataclass(frozen=True)
class Row:
    """A row that a subject wins, or that it loses, in one comparison or in several."""

    label: str
    places: tuple[Place, ...]  # the heaviest first


@dataclass(frozen=True)
class Standing:
    """Where a subject wins and where it loses, the heaviest rows first; `more` count those that are not named."""

    won: tuple[Row, ...] = ()
    lost: tuple[Row, ...] = ()
    more_won: int = 0
    more_lost: int = 0


def standing(subject: Subject, comparisons: Iterable[Card]) -> Standing:
    """How a subject fares in the rows that count."""
    counted = [(card, tick) for card in comparisons for tick in card.balance.ticks if _counts(tick)]
    counted.sort(key=lambda one: -one[1].weight)
    won, lost = (_rows(subject, counted, wins=wins) for wins in (True, False))
    return Standing(won[:MOST_ROWS], lost[:MOST_ROWS], len(won[MOST_ROWS:]), len(lost[MOST_ROWS:]))


def _counts(tick: Tick) -> bool:
    return tick.weight > 0 and tick.outcome in ("win", "shared")


def _rows(subject: Subject, counted: Iterable[tuple[Card, Tick]], *, wins: bool) -> tuple[Row, ...]:
    """The rows that a subject wins, or loses; one that stands in several comparisons is said once."""
    labels: dict[str, str] = {}
    places: dict[str, list[Place]] = {}
    named: dict[str, set[str]] = {}  # ids of the others
    for card, tick in counted:
        own = card.subject_ids.index(subject.id)
        if (own in tick.sides) is not wins:
            continue
        known = named.setdefault(tick.id, set())
        others = [one for place, one in enumerate(card.subjects) if (place in tick.sides) is not wins]
        if new := tuple(one for one in others if one.id not in known):
            places.setdefault(tick.id, []).append(Place(f"{card.path}#factor-{tick.id}", new))
            known.update(one.id for one in new)
        labels.setdefault(tick.id, tick.label)
    return tuple(Row(label, tuple(places[id])) for id, label in labels.items())


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
    picks = {card.pick.id: card.pick for card in cards if card.pick}
    ((id, picked),) = Counter(card.pick.id for card in cards if card.pick).most_common(1)
    instead: dict[str, Instead] = {}
    for card in cards:
        for subject, when in card.use_the_other:
            if subject.id != id:
                instead.setdefault(subject.id, Instead(subject, when, card))
    return Answer(kind, picks[id], picked, tuple(cards), tuple(instead.values())[:MOST_OTHERS])
