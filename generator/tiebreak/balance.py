"""How the rows fall: the balance that a comparison page draws, and the sentence that says the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from tiebreak.model import Comparison, Factor


@dataclass(frozen=True, slots=True)
class Tick:
    """One row in the drawing. `sides` are the places (from 0) of the subjects that win it: one, several, or none."""

    id: str
    label: str
    weight: int  # 0 to 5
    sides: tuple[int, ...]
    outcome: Literal["win", "shared", "tie", "open"]  # open: nobody judged the row
    title: str  # "Mobile and edge: TensorFlow"


@dataclass(frozen=True, slots=True)
class Balance:
    """Ticks in the order of rows, and per subject the rows it wins alone or shares and the weight of those rows."""

    ticks: tuple[Tick, ...]
    rows: tuple[int, ...]
    weights: tuple[int, ...]
    ties: int
    open: int
    sentence: str

    def won_by(self, place: int) -> tuple[Tick, ...]:
        """The ticks on one subject's side, the heaviest first."""
        return _by_weight(_on_side(self.ticks, place))

    @property
    def undecided(self) -> tuple[Tick, ...]:
        """The ticks on nobody's side, ties before what nobody judged."""
        ties = _by_weight(tick for tick in self.ticks if tick.outcome == "tie")
        return (*ties, *_by_weight(tick for tick in self.ticks if tick.outcome == "open"))

    @property
    def heaviest(self) -> int:
        return max((tick.weight for tick in self.ticks), default=0)

    @property
    def lean(self) -> float:
        """Where a beam between two subjects would balance: -1 at the first, 0 in the middle, 1 at the second."""
        total = sum(tick.weight for tick in self.ticks)
        return round((self.weights[1] - self.weights[0]) / total, 3) if total else 0.0


def _on_side(ticks: Iterable[Tick], place: int) -> list[Tick]:
    """Those that one subject wins, alone or shared; a tie is on nobody's side."""
    return [tick for tick in ticks if tick.outcome != "tie" and place in tick.sides]


def _by_weight(ticks: Iterable[Tick]) -> tuple[Tick, ...]:
    return tuple(sorted(ticks, key=lambda tick: -tick.weight))


def weigh(comparison: Comparison) -> Balance:
    """The balance of a comparison; a row that several but not all subjects win counts for each of them."""
    ids = [subject.id for subject in comparison.subjects]
    ticks = tuple(_tick(factor, ids, comparison) for factor in comparison.factors)
    won = [_on_side(ticks, place) for place in range(len(ids))]
    rows = tuple(len(side) for side in won)
    ties = sum(tick.outcome == "tie" for tick in ticks)
    unjudged = sum(tick.outcome == "open" for tick in ticks)
    return Balance(
        ticks=ticks,
        rows=rows,
        weights=tuple(sum(tick.weight for tick in side) for side in won),
        ties=ties,
        open=unjudged,
        sentence=_sentence([subject.name for subject in comparison.subjects], rows, ties, unjudged),
    )


def _tick(factor: Factor, ids: list[str], comparison: Comparison) -> Tick:
    sides = tuple(place for place, id in enumerate(ids) if id in factor.winners)
    names = " and ".join(comparison.subjects[place].name for place in sides)
    if not factor.judged:
        return Tick(factor.id, factor.label, factor.weight, (), "open", f"{factor.label}: not judged")
    if factor.tied:
        return Tick(factor.id, factor.label, factor.weight, sides, "tie", f"{factor.label}: tied")
    return Tick(
        factor.id,
        factor.label,
        factor.weight,
        sides,
        "win" if len(sides) == 1 else "shared",
        f"{factor.label}: {names}",
    )


def _sentence(names: list[str], rows: tuple[int, ...], ties: int, unjudged: int) -> str:
    """`PyTorch wins 4 rows, TensorFlow 2, 2 tied`, the leader first; empty when the table has no rows."""
    order = sorted(range(len(names)), key=lambda place: -rows[place])
    won = [(names[place], rows[place]) for place in order if rows[place]]
    parts = [f"{name} {count}" for name, count in won]
    if won:
        parts[0] = f"{won[0][0]} wins {won[0][1]} {'row' if won[0][1] == 1 else 'rows'}"
        parts += [f"{names[place]} none" for place in order if not rows[place]]
    if ties:
        parts.append(f"{ties} tied" if won else f"{ties} {'row' if ties == 1 else 'rows'} tied")
    if unjudged:
        parts.append(f"{unjudged} not judged")
    return ", ".join(parts)
