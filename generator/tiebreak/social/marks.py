"""The marks that a balance is drawn with, and the sign of the theme, which is the simplest balance there is."""

from tiebreak.model import Tick
from tiebreak.social.canvas import Canvas

SIGN = 20  # units that the sign is wide and high, as in favicon.svg
_BARS = ((2, 2, 3, 11), (7, 6, 3, 7), (15, 8, 3, 5), (0, 14, 20, 1.5))  # left, top, width, height
_LEAST_HOLLOW, _LEAST_PIERCED = 7, 8  # pixels: who is narrower is filled


def tick(canvas: Canvas, row: Tick, left: float, wide: float, base: float, unit: float, ink: str) -> None:
    """A row on the line `base`: as tall as its weight, hollow if nobody judged it, pierced if it decides alone."""
    top = base - row.weight * unit
    canvas.box(left, top, left + wide, base, ink)
    if row.outcome == "open" and wide >= _LEAST_HOLLOW:
        edge = min(4, round(wide / 4))
        canvas.box(round(left) + edge, round(top) + edge, round(left + wide) - edge, base, "")
    elif row.decisive and wide >= _LEAST_PIERCED:
        middle = min(wide, base - top) / 2
        _hole(canvas, left + wide / 2, top + middle, middle * 0.4, ink)


def triangle(canvas: Canvas, middle: float, top: int, wide: float, high: int) -> None:
    """What a beam rests on."""

    def edges(y: float) -> tuple[float, float]:
        half = wide / 2 * (y - top) / high
        return middle - half, middle + half

    canvas.convex(top, top + high, edges, "ink")


def sign(canvas: Canvas, left: float, top: float, unit: float) -> None:
    """The sign of the theme, at so many pixels a unit."""
    for x, y, wide, high in _BARS:
        canvas.box(left + x * unit, top + y * unit, left + (x + wide) * unit, top + (y + high) * unit, "ink")
    triangle(canvas, left + 9 * unit, round(top + 15.5 * unit), 5 * unit, round(4.5 * unit))


def _hole(canvas: Canvas, x: float, y: float, radius: float, ink: str) -> None:
    def edges(height: float) -> tuple[float, float]:
        half = max(radius**2 - (height - y) ** 2, 0) ** 0.5
        return x - half, x + half

    canvas.convex(int(y - radius) - 1, int(y + radius) + 2, edges, ink, cut=True)
