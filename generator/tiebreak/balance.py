"""How the rows fall: the balance that a comparison page draws, and the sentence that says the same."""

from collections.abc import Sequence

from tiebreak.model import Balance, Factor, Subject, Tick


def weigh(subjects: Sequence[Subject], factors: Sequence[Factor]) -> Balance:
    """The balance of a table; a row that several but not all subjects win counts for each of them."""
    ids = [subject.id for subject in subjects]
    names = [subject.name for subject in subjects]
    ticks = tuple(_tick(factor, ids, names) for factor in factors)
    won = [[tick for tick in ticks if tick.outcome != "tie" and place in tick.sides] for place in range(len(ids))]
    rows = tuple(len(side) for side in won)
    ties = sum(tick.outcome == "tie" for tick in ticks)
    unjudged = sum(tick.outcome == "open" for tick in ticks)
    return Balance(
        ticks=ticks,
        rows=rows,
        weights=tuple(sum(tick.weight for tick in side) for side in won),
        ties=ties,
        open=unjudged,
        sentence=_sentence(names, rows, ties, unjudged),
    )


def _tick(factor: Factor, ids: Sequence[str], names: Sequence[str]) -> Tick:
    if not factor.judged:
        return Tick(factor.id, factor.label, factor.weight, (), "open", f"{factor.label}: not judged")
    sides = tuple(place for place, id in enumerate(ids) if id in factor.winners)
    if factor.tied:
        return Tick(factor.id, factor.label, factor.weight, sides, "tie", f"{factor.label}: tied")
    title = f"{factor.label}: {' and '.join(names[place] for place in sides)}"
    return Tick(factor.id, factor.label, factor.weight, sides, "win" if len(sides) == 1 else "shared", title)


def _sentence(names: Sequence[str], rows: Sequence[int], ties: int, unjudged: int) -> str:
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
