"""A subject's numbers beside those of its kind: where each stands on a scale, and whose is the best."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import NamedTuple

from tiebreak.model import FactNumber, Factor, Site

MOST_MARKS = 24  # on a scale: of a larger kind, as many that lie evenly among all
MOST_NAMES = 3  # of those that share the best number


class Mark(NamedTuple):
    """One number on a scale, `x` in hundredths of its width; `subject` is an id."""

    subject: str
    name: str
    plain: str
    x: float


@dataclass(frozen=True)
class Measured:
    """A number of a subject on the scale of its kind.

    `best` names who else has the best number, and nobody where too many do; `extremes` are the least and the most of
    a factor of which neither is better.
    """

    label: str
    unit: str
    own: Mark
    others: tuple[Mark, ...]
    count: int  # subjects that have a number, this one among them
    version: str = ""
    source: str = ""
    source_title: str = ""
    is_best: bool = False
    best: tuple[str, ...] = ()
    best_plain: str = ""
    extremes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Numbers:
    """The numbers of a subject, in the order of the factors."""

    rows: tuple[Measured, ...] = ()

    @property
    def versions(self) -> tuple[str, ...]:
        """The versions that they are of, where its file names another."""
        return tuple(dict.fromkeys(row.version for row in self.rows if row.version))

    @property
    def said(self) -> Mapping[str, tuple[Mark, ...]]:
        """The marks of each subject, by its id."""
        found: dict[str, tuple[Mark, ...]] = {}
        for row in self.rows:
            for mark in (row.own, *row.others):
                found[mark.subject] = (*found.get(mark.subject, ()), mark._replace(x=0))
        return found

    @property
    def shared(self) -> Measured | None:
        """A row with the source that all of them cite first; None where they cite several."""
        return self.rows[0] if len({row.source for row in self.rows}) == 1 else None


Scale = Sequence[tuple[str, FactNumber]]  # names and numbers, the best first


def measured(site: Site) -> Mapping[str, Numbers]:
    """The numbers of each subject that has any to compare, by its id."""
    found: dict[str, list[Measured]] = {}
    for factor, scale in _scales(site):
        leaders = _leaders(scale)
        for place, (_, number) in enumerate(scale):
            found.setdefault(number.subject, []).append(_measured(factor, scale, leaders, place))
    return {id: Numbers(tuple(some)) for id, some in found.items()}


def _scales(site: Site) -> Iterator[tuple[Factor, Scale]]:
    """For each factor and each kind of which two or more have a number in one unit, these numbers."""
    kinds: dict[tuple[str, str, str], list[tuple[str, FactNumber]]] = {}
    for one in site.facts:
        subject = site.subjects[one.subject]
        for number in one.numbers if subject.kind else ():
            kinds.setdefault((number.factor, subject.kind, number.unit), []).append((subject.name, number))
    factors = {factor.id: factor for factor in site.factors}
    order = {id: place for place, id in enumerate(factors)}
    for (id, *_), some in sorted(kinds.items(), key=lambda one: order[one[0][0]]):
        amounts = [number.amount for _, number in some]
        if len(some) > 1 and min(amounts) >= 0 and any(amounts):
            falls = factors[id].better == "higher"
            yield factors[id], sorted(some, key=lambda one: -one[1].amount if falls else one[1].amount)


def _leaders(scale: Scale) -> Scale:
    """Those that share the best number, as far as it takes to know whether they are too many to name."""
    best = scale[0][1].amount
    return tuple(takewhile(lambda one: one[1].amount == best, scale[: MOST_NAMES + 2]))


def _measured(factor: Factor, scale: Scale, leaders: Scale, place: int) -> Measured:
    own, best = scale[place][1], scale[0][1]
    equals = [name for name, number in leaders if number is not own]
    ends = (scale[0][1].plain, scale[-1][1].plain)
    return Measured(
        label=factor.label,
        unit=factor.unit,
        own=_mark(scale, place),
        others=tuple(_mark(scale, other) for other in _shown(len(scale)) if other != place),
        count=len(scale),
        version=own.version,
        source=own.source,
        source_title=own.source_title,
        is_best=factor.better is not None and own.amount == best.amount,
        best=tuple(equals) if factor.better and len(equals) <= MOST_NAMES else (),
        best_plain=best.plain if factor.better else "",
        extremes=() if factor.better else ends,
    )


def _shown(count: int) -> Sequence[int]:
    """The places of those that are drawn: the first, the last and as many between as there is room for."""
    if count <= MOST_MARKS:
        return range(count)
    return [round(nth * (count - 1) / (MOST_MARKS - 1)) for nth in range(MOST_MARKS)]


def _mark(scale: Scale, place: int) -> Mark:
    """A number on the scale, which begins at zero."""
    name, number = scale[place]
    most = max(scale[0][1].amount, scale[-1][1].amount)
    return Mark(number.subject, name, number.plain, round(float(number.amount / most * 100), 1))
