"""Where the names in a chart stand, so that none covers another or a mark."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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


class Named(NamedTuple):
    """The name of a point, or the number that stands for it where there is no room: one of the two, or on a narrow plot
    the number and on a wide one the name.
    """

    label: Label | None = None
    number: Label | None = None


def beside(trails: Sequence[Trail], height: int, writing: Writing) -> list[Named]:
    """The names of points beside, above or below them, those of the first rows first: as many as a narrow plot has room
    for, then as many as a wide one has. All others have a number at their point, and their name in a key below.
    """
    found: dict[int, Label] = {}
    for width, is_wide in ((NARROW, False), (WIDE, True)):
        taken = _taken(trails, found.values(), width, writing)
        for place, trail in enumerate(trails):
            for label in () if place in found else _choices(trail, trail.row.label, writing.sign):
                if _is_inside(box := box_of(label, width, is_leftward=writing.is_leftward), width, height) and not any(
                    box.meets(other) for other in taken
                ):
                    found[place] = label._replace(is_wide=is_wide)
                    taken.append(box)
                    break
    numbers = _numbers(trails, found, height, writing)
    return [Named(found.get(place), numbers.get(place)) for place in range(len(trails))]


def _numbers(trails: Sequence[Trail], found: Mapping[int, Label], height: int, writing: Writing) -> Mapping[int, Label]:
    """The numbers of points that have no name on a narrow plot, each where it covers the least."""
    taken = _taken(trails, (label for label in found.values() if not label.is_wide), NARROW, writing)
    numbers: dict[int, Label] = {}
    for place, trail in enumerate(trails):
        if trail.spots and (place not in found or found[place].is_wide):
            boxes = {
                label: box_of(label, NARROW, is_leftward=writing.is_leftward)
                for label in _choices(trail, str(len(numbers) + 1), writing.sign)
            }
            best = min(boxes, key=lambda label: _covers(boxes[label], taken, height))
            numbers[place] = best
            taken.append(boxes[best])
    return numbers


def _covers(box: Box, taken: Iterable[Box], height: int) -> int:
    """How much a number would cover; what is outside the plot counts as much."""
    return sum(map(box.meets, taken)) + (0 if _is_inside(box, NARROW, height) else 1)


def _taken(trails: Sequence[Trail], labels: Iterable[Label], width: float, writing: Writing) -> list[Box]:
    """What points and names take of a plot so many pixels wide."""
    spots = ((spot.x * width / 100, spot) for trail in trails for spot in trail.spots)
    points = [
        Box(x - RADIUS, min(spot.high, spot.y - RADIUS), x + RADIUS, max(spot.low, spot.y + RADIUS))
        for x, spot in spots
    ]
    return points + [box_of(label, width, is_leftward=writing.is_leftward) for label in labels]


def _is_inside(box: Box, width: float, height: int) -> bool:
    return box.left > -LINE / 2 and box.right < width + LINE / 2 and box.top > -LINE and box.foot <= height + RADIUS


def _choices(trail: Trail, text: str, sign: int) -> Iterator[Label]:
    for spot in trail.spots[:1]:
        name = folded(text, NAME)
        down = 4 - LINE * (len(name) - 1) / 2
        above, below = spot.high - 11 - LINE * (len(name) - 1), spot.low + 20
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
