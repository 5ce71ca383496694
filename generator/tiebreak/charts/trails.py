"""What a row is drawn as on two axes: its points, the line through them, and its name."""

from typing import NamedTuple

from tiebreak.model import ChartRow, Point


class Label(NamedTuple):
    """A name: x in hundredths, y of the foot of its first line in pixels, and how far from its x it begins."""

    lines: tuple[str, ...]
    x: float
    y: float
    shift: int = 0
    anchor: str = "start"
    is_wide: bool = False  # whether there is room for it only where the plot is wide


class Spot(NamedTuple):
    """A point: x in hundredths, y and the ends of its spread in pixels from above."""

    point: Point
    x: float
    y: float
    high: float = 0
    low: float = 0


class Trail(NamedTuple):
    """What one row is drawn as, with its name where there is room for that, and where there is none the `number` that
    stands for it.
    """

    row: ChartRow
    spots: tuple[Spot, ...]
    label: Label | None = None
    number: Label | None = None

    @property
    def path(self) -> str:
        """A line through its points, x in hundredths."""
        return "M" + "L".join(f"{spot.x} {spot.y}" for spot in self.spots)

    @property
    def band(self) -> str:
        """The outline of its spread; empty where a point has none."""
        if not all(spot.point.low is not None for spot in self.spots) or len(self.spots) < 2:
            return ""
        there = "L".join(f"{spot.x} {spot.high}" for spot in self.spots)
        back = "L".join(f"{spot.x} {spot.low}" for spot in reversed(self.spots))
        return f"M{there}L{back}z"
