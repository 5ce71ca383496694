"""The balance in a picture: two sides on one beam, or a strip for each of more."""

from collections.abc import Sequence
from typing import NamedTuple

from tiebreak.model import Balance, Tick
from tiebreak.social.canvas import Canvas
from tiebreak.social.cards import WIDTH, Side
from tiebreak.social.fit import Block, Setter, fitted
from tiebreak.social.fonts import Voice
from tiebreak.social.frame import LEFT, RIGHT, ROOM
from tiebreak.social.lines import Span
from tiebreak.social.marks import tick, triangle

FILLED = 0.625  # of the way from one tick to the next
TALLEST_BEAM, TALLEST_STRIP = 40.0, 26.0  # pixels for a point
WIDEST = 60.0  # pixels from one tick to the next
_LEVELS = 3  # points that there is always room for: where all rows weigh 1, they are no towers
_NAMES, _POINTS = (38, 36, 34, 32, 30, 28, 26, 24, 22), (32, 29, 26, 23)  # sizes
_SMALLEST = 25  # size of the figures below a beam
_NAME_ROOM, _POINT_ROOM = 440, 170


class Place(NamedTuple):
    """Where a drawing stands: what is above it ends at `top`, and what is below begins at `bottom`."""

    canvas: Canvas
    setter: Setter
    top: float
    bottom: float


def beam(place: Place, balance: Balance, sides: Sequence[Side], *, named: bool) -> None:
    """Two sides on a beam, whose fulcrum stands where it would balance; `named`, where the title does not name them."""
    canvas, figures = place.canvas, place.bottom - 46
    base = round(figures) - 84
    unit = _unit(balance, base - place.top - 34, TALLEST_BEAM)
    pitch = min(WIDEST, ROOM / (len(balance.counted) + 2))
    wide = pitch * FILLED
    first, second = balance.won_by(0), balance.won_by(1)
    _row(canvas, first, LEFT, pitch, base, unit, sides[0].ink)
    _row(canvas, second[::-1], RIGHT - wide - (len(second) - 1) * pitch, pitch, base, unit, sides[1].ink)
    _row(canvas, balance.undecided, _middle(balance, pitch), pitch, base, unit, "mark")
    canvas.box(LEFT, base, RIGHT, base + 4, "ink")
    canvas.box(WIDTH / 2 - 1, base + 4, WIDTH / 2 + 1, base + 34, "mark")
    triangle(canvas, WIDTH / 2 + balance.lean * ROOM / 2, base + 4, 40, 30)
    for at, side in enumerate(sides):
        block = _figures(place.setter, side, named=named)
        block.draw(canvas, LEFT, RIGHT, figures - block.height, to_end=bool(at))


def _figures(setter: Setter, side: Side, *, named: bool) -> Block:
    """What a side comes to, behind its name. It is the name that is cut where there is no room for both."""
    name = [Span(side.name, rule=side.ink), Span("  ", Voice.SANS)] if named else []
    points = _points(setter, side)
    block = fitted(setter, [*name, *points], ROOM * 0.47, (44, 40, 36, 32, 28, _SMALLEST), (1, 1, 1, 1, 1, 2))
    if "…" not in block.lines[-1][-1].text:
        return block
    room = ROOM * 0.47 - setter.line([*name[1:], *points, Span("n")]).width * _SMALLEST
    (cut,) = fitted(setter, name[:1], room, (_SMALLEST,), (1,)).lines
    return fitted(setter, [*cut, *name[1:], *points], ROOM, (_SMALLEST,), (1,))


def strips(place: Place, balance: Balance, sides: Sequence[Side], pick: int) -> None:
    """A strip for each side, all to one scale, with what it comes to behind it. `pick` is the pick's place, from 1."""
    canvas, setter = place.canvas, place.setter
    step = (place.bottom - 36 - place.top - 12) / len(sides)
    unit = _unit(balance, step - 10, TALLEST_STRIP)
    names = _named(setter, sides, pick)
    sizes = [size for size in _POINTS if size < step] or _POINTS[-1:]
    start = LEFT + max(name.width for name in names) + 28
    pitch = min(WIDEST, 8 + unit * 4, (RIGHT - start - _POINT_ROOM) / max(*balance.rows, 1))
    for at, (side, name) in enumerate(zip(sides, names, strict=True)):
        base, won = round(place.top + 12 + (at + 1) * step), balance.won_by(at)
        name.draw(canvas, LEFT, RIGHT, base - name.height - 4)
        canvas.box(start, base, RIGHT, base + 2, "mark")
        _row(canvas, won, start, pitch, base, unit, side.ink)
        points = fitted(setter, _points(setter, side)[: 1 if at else 2], _POINT_ROOM - 20, sizes, (1,) * len(sizes))
        points.draw(canvas, start + len(won) * pitch + (12 if won else 0), RIGHT, base - points.height - 6)


def _unit(balance: Balance, room: float, most: float) -> float:
    """Pixels for a point, so that the heaviest row fits."""
    return min(most, room / max(_LEVELS, *(row.weight for row in balance.counted)))


def _row(canvas: Canvas, rows: Sequence[Tick], left: float, pitch: float, base: int, unit: float, ink: str) -> None:
    for at, row in enumerate(rows):
        tick(canvas, row, left + at * pitch, max(pitch * FILLED, 2), base, unit, ink)


def _middle(balance: Balance, pitch: float) -> float:
    """Where what nobody won begins: in the middle, unless the sides need that room."""
    count = len(balance.undecided)
    left, right = (len(balance.won_by(side)) * pitch for side in (0, 1))
    middle = (WIDTH - count * pitch + pitch - pitch * FILLED) / 2
    return min(max(middle, LEFT + left + pitch / 2), RIGHT - right - pitch / 2 - count * pitch)


def _points(setter: Setter, side: Side) -> list[Span]:
    unit = f" {side.unit}" if setter.can_draw(side.unit) else ""
    return [Span(side.points, Voice.SANS), Span(unit, Voice.SANS, "ink-2")]


def _named(setter: Setter, sides: Sequence[Side], pick: int) -> list[Block]:
    """The names in one size, the pick's the darkest."""
    spans = [Span(side.name, ink="ink" if pick in (0, at) else "ink-2") for at, side in enumerate(sides, start=1)]
    size = min(fitted(setter, [span], _NAME_ROOM, _NAMES, (1,) * len(_NAMES)).size for span in spans)
    return [fitted(setter, [span], _NAME_ROOM, (size,), (1,)) for span in spans]
