"""Maps of a category: the subjects of one kind by two of their numbers."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from tiebreak.model import (
    Chart,
    ChartKind,
    ChartRow,
    FactNumber,
    Factor,
    Listing,
    Measure,
    Point,
    Site,
)
from tiebreak.pages.messages import Messages

FEWEST, MOST = 4, 40  # subjects on a map
MOST_NAMES = 3  # of those that share the best number
WIDE = 100  # from the least to the most: above that, equal steps would squeeze most subjects into one spot
FACTORS = 12  # of a kind that are looked at: pairs of all of them would be a square

Numbers = Mapping[str, Mapping[str, FactNumber]]  # by factor, then by subject


def maps(site: Site, listings: Iterable[Listing], messages: Messages) -> tuple[Chart, ...]:
    """A map for each kind of subject in these comparisons of which enough share two numbers."""
    listings = tuple(listings)
    picks = Counter(listing.picked for listing in listings)
    every = dict.fromkeys(id for listing in listings for id in listing.subject_ids)
    ids = sorted(every, key=lambda id: -picks[id])  # those that rulings pick have their names first
    kinds: dict[str, dict[str, None]] = {}
    for id in ids:
        kinds.setdefault(site.subjects[id].kind, {})[id] = None
    kinds.pop("", None)
    found = (_map(site, kind, _numbers(site, ids), messages) for kind, ids in kinds.items() if len(ids) >= FEWEST)
    return tuple(chart for chart in found if chart)


def _numbers(site: Site, ids: Iterable[str]) -> Numbers:
    """Those of each factor in the unit that most have."""
    found: dict[str, dict[str, dict[str, FactNumber]]] = {}
    for id in ids:
        for number in site.numbers.get(id, ()):
            found.setdefault(number.factor, {}).setdefault(number.unit, {})[id] = number
    return {factor: max(units.values(), key=len) for factor, units in found.items()}


def _map(site: Site, kind: str, numbers: Numbers, messages: Messages) -> Chart | None:
    """The map by the two numbers that most subjects share; None where fewer than enough share two."""
    known = [factor for factor in site.factors if len(numbers.get(factor.id, ())) >= FEWEST]
    most = {factor.id for factor in sorted(known, key=lambda factor: -len(numbers[factor.id]))[:FACTORS]}
    factors = [factor for factor in known if factor.id in most]
    pairs = [(_shared(numbers, one, other), one, other) for one, other in combinations(factors, 2)]
    ids, across, up = max(pairs, key=lambda pair: len(pair[0]), default=((), None, None))
    if across is None or up is None or len(ids) < FEWEST:
        return None
    found = tuple((factor, _best(site, factor, numbers[factor.id], ids)) for factor in (across, up))
    title = _title(kind, found, messages)
    rows = tuple(_rows(site, ids[:MOST], numbers[across.id], numbers[up.id]))
    cited = {numbers[one.id][id].source_title for one in (across, up) for id in ids}
    source = cited.pop() if len(cited) == 1 else ""
    measures = (_measure(across, numbers), _measure(up, numbers))
    scales = [[numbers[one.id][id].amount for id in ids[:MOST]] for one in (across, up)]
    is_wide = any(max(scale) > WIDE * min(scale) for scale in scales) and all(min(scale) > 0 for scale in scales)
    return Chart(ChartKind.SCATTER, rows, measures, title, source=source, log=is_wide)


def _best(site: Site, factor: Factor, numbers: Mapping[str, FactNumber], ids: Iterable[str]) -> tuple[str, ...]:
    """The names of those with the best number; none where no number is better than another, or too many share it."""
    amounts = {site.subjects[id].name: numbers[id].amount for id in ids}
    best = (max if factor.better == "higher" else min)(amounts.values())
    names = tuple(name for name, amount in amounts.items() if amount == best)
    return names if factor.better and len(names) <= MOST_NAMES else ()


def _title(kind: str, best: Sequence[tuple[Factor, Sequence[str]]], messages: Messages) -> str:
    """Who is best by either number, where that is known of both."""
    (across, first), (up, second) = best
    if not (first and second):
        return messages.say("hub.map", kind=kind, across=across.label, up=up.label)
    if first == second:
        names = messages.listed(first)
        clauses = messages.say("hub.map-leads-both", count=len(first), names=names, across=across.label, up=up.label)
    else:
        clauses = messages.say("joined.comma").join(
            messages.say("hub.map-leads", count=len(names), names=messages.listed(names), row=factor.label)
            for factor, names in best
        )
    return messages.say("hub.map-led", kind=kind, clauses=clauses)


def _shared(numbers: Numbers, one: Factor, other: Factor) -> tuple[str, ...]:
    return tuple(id for id in numbers[one.id] if id in numbers[other.id])


def _rows(
    site: Site, ids: Iterable[str], across: Mapping[str, FactNumber], up: Mapping[str, FactNumber]
) -> Iterator[ChartRow]:
    for id in ids:
        yield ChartRow(site.subjects[id].name, (Point(up[id].amount, at=across[id].amount),), site.subjects[id])


def _measure(factor: Factor, numbers: Numbers) -> Measure:
    return Measure(factor.label, factor.unit or next(iter(numbers[factor.id].values())).unit)
