"""Where the names in a chart stand, so that none covers another or a mark."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tiebreak.charts.trails import Label, Trail
from tiebreak.charts.writing import LINE, Writing, folded, width_of

NARROW, WIDE = 250, 460  # pixels of a plot on the narrowest phone, and where there is room
RADIUS = 6  # of a point, with the room around it
NAME = 130  # pixels of a name beside a point
MARGIN = 110  # the most of one at the end of a line
GAP = 8  # between the two


class Box(NamedTuple):
    """What is taken, in pixels."""

    left: float
    top: float
    right: float
    foot: float

    def meets(self, other: "Box") -> bool:
        return self.left < other.right and other.left < self.right and self.top < other.foot and other.top < self.foot


def at_ends(trails: Sequence[Trail], height: int, writing: Writing) -> list[Label | None]:
    """The names of lines beside their ends, one below the other in the order of these, moved as little as it takes."""
    names = {place: folded(trail.row.label, MARGIN) for place, trail in enumerate(trails) if trail.spots}
    order = sorted(names, key=lambda place: (trails[place].spots[-1].y, place))
    tops: dict[int, float] = {}
    foot = 0.0
    for place in order:
        half = LINE * len(names[place]) / 2
        tops[place] = max(foot, trails[place].spots[-1].y - half)
        foot = tops[place] + 2 * half
    ceiling = float(height) + LINE / 2
    for place in reversed(order):
        tops[place] = min(tops[place], ceiling - LINE * len(names[place]))
        ceiling = tops[place]
    return [
        Label(names[place], writing.side(0), round(tops[place] + 12, 1), GAP * writing.sign) if place in names else None
        for place in range(len(trails))
    ]


def beside(trails: Sequence[Trail], height: int, writing: Writing) -> list[Label | None]:
    """The names of points beside, above or below them: those for which a narrow plot has room, then those for which a
    wide one has; None where neither has.
    """
    found: dict[int, Label] = {}
    for width, is_wide in ((NARROW, False), (WIDE, True)):
        taken = [
            Box(x - RADIUS, min(spot.high, spot.y - RADIUS), x + RADIUS, max(spot.low, spot.y + RADIUS))
            for trail in trails
            for spot in trail.spots
            for x in [spot.x * width / 100]
        ]
        taken += [box_of(label, width, is_leftward=writing.is_leftward) for label in found.values()]
        for place, trail in enumerate(trails):
            if place in found:
                continue
            for label in _choices(trail, writing.sign):
                box = box_of(label, width, is_leftward=writing.is_leftward)
                is_inside = (
                    box.left > -LINE / 2 and box.right < width + LINE / 2 and box.top > -LINE and box.foot <= height
                )
                if is_inside and not any(box.meets(other) for other in taken):
                    found[place] = label._replace(is_wide=is_wide)
                    taken.append(box)
                    break
    return [found.get(place) for place in range(len(trails))]


def _choices(trail: Trail, sign: int) -> Iterator[Label]:
    for spot in trail.spots[:1]:
        name = folded(trail.row.label, NAME)
        down = 4 - LINE * (len(name) - 1) / 2
        above, below = spot.high - 9 - LINE * (len(name) - 1), spot.low + 20
        yield Label(name, spot.x, round(spot.y + down, 1), GAP * sign)
        yield Label(name, spot.x, round(spot.y + down, 1), -GAP * sign, "end")
        for y in (above, below):
            yield Label(name, spot.x, round(y, 1), 0, "middle")
            yield Label(name, spot.x, round(y, 1), -RADIUS * sign)
            yield Label(name, spot.x, round(y, 1), RADIUS * sign, "end")


def box_of(label: Label, width: float, *, is_leftward: bool) -> Box:
    """What a label takes of a plot so many pixels wide."""
    x, wide = label.x * width / 100, max(map(width_of, label.lines))
    begins = {"start": 0.0, "middle": wide / 2, "end": wide}[label.anchor]
    left = x + label.shift - (wide - begins if is_leftward else begins)
    return Box(left, label.y - 12, left + wide, label.y - 12 + LINE * len(label.lines))
