"""How the rows fall: the balance that a comparison page draws."""

from collections.abc import Sequence

from tiebreak.model import Balance, Factor, Subject, Tick


def weigh(subjects: Sequence[Subject], factors: Sequence[Factor]) -> Balance:
    """The balance of a table; a row that several but not all subjects win counts for each of them."""
    ids = [subject.id for subject in subjects]
    ticks = tuple(_tick(factor, ids) for factor in factors)
    won = [[tick for tick in ticks if tick.outcome != "tie" and place in tick.sides] for place in range(len(ids))]
    return Balance(
        ticks=ticks,
        rows=tuple(len(side) for side in won),
        weights=tuple(sum(tick.weight for tick in side) for side in won),
        ties=sum(tick.outcome == "tie" for tick in ticks),
        open=sum(tick.outcome == "open" for tick in ticks),
    )


def _tick(factor: Factor, ids: Sequence[str]) -> Tick:
    if not factor.judged:
        return Tick(factor.id, factor.label, factor.weight, (), "open")
    sides = tuple(place for place, id in enumerate(ids) if id in factor.winners)
    if factor.tied:
        return Tick(factor.id, factor.label, factor.weight, sides, "tie")
    return Tick(factor.id, factor.label, factor.weight, sides, "win" if len(sides) == 1 else "shared")
