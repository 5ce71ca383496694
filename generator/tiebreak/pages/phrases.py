"""Sentences about a comparison: how its rows fall, what would flip that, and why others are related."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby

from tiebreak.model import HEAVIEST, Balance, Card, CellChange, Change, Closeness, Flip, Tick, flips, top
from tiebreak.pages.messages import Messages
from tiebreak.pages.related import Related

SAID = 4  # rows that the sentence on flips names; the rest are counted


def describe_balance(messages: Messages, comparison: Card) -> str:
    """`PyTorch: 13 points, 7 rows; TensorFlow: 3 points, 3 rows; 2 tied`, the leader first; empty without rows."""
    balance = comparison.balance
    said = _describe_sides(messages, _names(comparison), balance.weights, balance.rows) if any(balance.rows) else ()
    return messages.say("joined.semicolon").join((*said, *describe_rest(messages, balance)))


@lru_cache(maxsize=20_000)  # each stands in several lists
def _describe_sides(
    messages: Messages, names: tuple[str, ...], weights: tuple[int, ...], rows: tuple[int, ...]
) -> tuple[str, ...]:
    say = messages.say
    order = sorted(range(len(names)), key=lambda place: -weights[place])
    return tuple(
        say(
            "balance.side",
            name=names[place],
            points=weights[place],
            unit=say("balance.points", count=weights[place]),
            rows=say("balance.rows", count=rows[place]),
        )
        for place in order
    )


def describe_rest(messages: Messages, balance: Balance) -> tuple[str, ...]:
    """What is on nobody's side: `2 tied`, `1 not judged`, `1 row not counted`."""
    rest = {"tied": balance.ties, "not-judged": balance.open, "not-counted": balance.uncounted}
    return tuple(messages.say(f"balance.{name}", count=count) for name, count in rest.items() if count)


def describe_tick(messages: Messages, comparison: Card, tick: Tick) -> str:
    """`Mobile and edge: TensorFlow`"""
    if tick.outcome == "open":
        return messages.say("balance.row-not-judged", row=tick.label)
    if tick.outcome == "tie":
        return messages.say("balance.row-tied", row=tick.label)
    said = messages.say("balance.row-won", row=tick.label, names=_listed(messages, _names(comparison), tick.sides))
    return messages.say("balance.row-decisive", said=said) if tick.decisive else said


def describe_related(messages: Messages, related: Related) -> str:
    """`also about PyTorch`"""
    if related.by == "subject":
        return messages.say("related.subject", names=messages.listed(related.shared))
    if related.by == "category":
        return messages.say("related.category", name=related.shared[0])
    if related.by == "tag":
        return messages.say("related.tag", names=messages.say("joined.comma").join(related.shared))
    return messages.say("related.author")


def describe_flips(messages: Messages, comparison: Card) -> str:
    """Who leads, and what would flip it, in plain words; empty when no row has a winner."""
    balance, names, say = comparison.balance, _names(comparison), messages.say
    if not balance.is_judged:
        return ""
    found = flips(balance)
    parting = [flip for flip in found if flip.is_now]
    turning = [flip for flip in found if not flip.is_now]
    said = [_lead(messages, balance, names), *describe_decisive(messages, comparison)]
    if parting:
        said.append(say("flips.parting", count=len(parting[0].winners + parting[0].others) - 1))
    clauses = list(_clauses(messages, turning[:SAID], names))
    if unsaid := len(turning[SAID:]):
        clauses.append(say("flips.others", count=unsaid))
    elif clauses:
        clauses.append(say("flips.no-other"))
    if clauses:
        said.append(say("flips.sentence", clauses=say("joined.semicolon").join(clauses)))
    elif not parting:
        said.append(say("flips.nothing-else" if balance.decisive else "flips.nothing"))
    return say("joined.sentences").join(said)


def describe_nearest(messages: Messages, comparison: Card) -> str:
    """The least that would flip a ruling that is not clear, in a sentence or two; empty where it is, and where nothing
    was picked. Where the pick does not lead by weight, it says who does, and what would put the pick in front. To lead
    comes before to draw level.
    """
    balance, names = comparison.balance, _names(comparison)
    if comparison.closeness in (None, Closeness.CLEAR) or not balance.is_judged:
        return ""
    own = comparison.pick_place - 1
    found = [flip for flip in flips(balance) if not flip.is_now]
    turning = sorted(found, key=lambda flip: (own not in flip.newcomers, flip.weight == flip.level))[:1]
    said = [] if turning and comparison.closeness is Closeness.CLOSE else [_lead(messages, balance, names)]
    said += [messages.say("flips.sentence", clauses=clause) for clause in _clauses(messages, turning, names)]
    return messages.say("joined.sentences").join(said)


def describe_decisive(messages: Messages, comparison: Card) -> tuple[str, ...]:
    """A sentence for each row that overrules the rest: who takes whom, whatever the rest says."""
    names = _names(comparison)
    return tuple(
        messages.say(
            "flips.decisive", row=tick.label, names=_listed(messages, names, tick.sides), count=len(tick.sides)
        )
        for tick in comparison.balance.decisive
    )


def _lead(messages: Messages, balance: Balance, names: Sequence[str]) -> str:
    weights = dict(enumerate(balance.weights))
    leaders = top(weights)
    best = weights[leaders[0]]
    if len(leaders) > 1:
        return messages.say("flips.level", names=_listed(messages, names, leaders), most=best)
    rest = {place: weight for place, weight in weights.items() if place not in leaders}
    lead = {"name": names[leaders[0]], "most": best, "next": max(rest.values())}
    if len(rest) == 1:
        return messages.say("flips.leads", **lead)
    return messages.say("flips.leads-many", **lead, others=_listed(messages, names, top(rest)))


def _clauses(messages: Messages, found: Iterable[Flip], names: Sequence[str]) -> Iterator[str]:
    """`TensorFlow would lead if "Mobile" counted for 4 or more (a tie at 3)`, one for each who would."""

    def who(flip: Flip) -> tuple[bool, tuple[int, ...]]:
        return flip.weight == flip.level, flip.newcomers

    for (only_level, places), group in groupby(sorted(found, key=who), key=who):
        conditions = messages.say("flips.or-if").join(_condition(messages, flip) for flip in group)
        key = "flips.would-draw-level" if only_level else "flips.would-lead"
        yield messages.say(key, count=len(places), names=_listed(messages, names, places), conditions=conditions)


def _condition(messages: Messages, flip: Flip) -> str:
    row, at = flip.tick.label, flip.weight
    if at == 0:
        said = messages.say("flips.if-not-counted", row=row)
    elif at == HEAVIEST:
        said = messages.say("flips.if-exactly", row=row, weight=at)
    else:
        said = messages.say("flips.if-more" if flip.rises else "flips.if-less", row=row, weight=at)
    return said if at == flip.level else messages.say("flips.level-at", condition=said, weight=flip.level)


def of_change(change: Change | CellChange, smart: Callable[[str], str]) -> tuple[str, Mapping[str, str]]:
    """The text that says what has changed, and what it is filled with; `smart` makes typography of an author's text."""
    why = smart(change.why)
    if isinstance(change, Change):
        return ("history.was" if change.was else "history.was-no-pick"), {"name": change.was or "", "why": why}
    row, was, now = smart(change.row), smart(change.was), smart(change.now)
    return "history.cell", {"row": row, "name": change.subject, "was": was, "now": now, "why": why}


def _names(comparison: Card) -> tuple[str, ...]:
    return tuple(subject.name for subject in comparison.subjects)


def _listed(messages: Messages, names: Sequence[str], places: Iterable[int]) -> str:
    return messages.listed(names[place] for place in places)
