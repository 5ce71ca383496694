"""Where the ticks of a balance stand when the theme draws it, in pixels from the left and from the top."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tiebreak.model import HEAVIEST, Balance, Tick

BEAM, STRIP = 264, 160  # what a narrow phone has room for
FINGER = 24


class Mark(NamedTuple):
    """A tick as a rectangle, with the room around it for a finger."""

    tick: Tick
    x: float
    y: float
    width: float
    height: float
    room_x: float
    room_width: int
    room_height: int


@dataclass(frozen=True)
class Beam:
    """Two subjects' ticks, and in between those of neither: each in a drawing of its own, in which x counts from the
    left, from the middle and from the right.
    """

    left: tuple[Mark, ...]
    middle: tuple[Mark, ...]
    right: tuple[Mark, ...]
    left_width: float  # half a tick's room is left between two drawings
    middle_width: float
    right_width: float
    foot: int  # where the beam lies
    unit: int
    lean: float  # where the fulcrum stands, in hundredths of the width

    @property
    def height(self) -> int:
        return self.foot + self.unit + 2

    @property
    def fulcrum(self) -> str:
        """As a path."""
        return f"m0 {self.foot + 1.5} {round(self.unit * 0.7, 2)} {self.unit}h{round(self.unit * -1.4, 2)}z"


@dataclass(frozen=True)
class Drawing:
    """A beam for two subjects; for more of them a strip each, in their order, and one of what nobody won."""

    beam: Beam | None = None
    strips: tuple[tuple[Mark, ...], ...] = ()
    undecided: tuple[Mark, ...] = ()
    height: int = 0  # of a strip


def large(balance: Balance) -> Drawing:
    """With room for a finger around each tick, as far as there is any."""
    if len(balance.rows) == 2:
        pitch = min(FINGER, BEAM // len(balance.ticks))
        return Drawing(_beam(balance, _Scale(pitch, pitch * 0.625, unit=12, head=18)))
    pitch = min(FINGER, STRIP // max(1, *balance.rows))
    return _strips(balance, _Scale(pitch, pitch * 0.6, unit=5))


def small(balance: Balance, scale: int = 1) -> Drawing:
    """For a line of a list."""
    if len(balance.rows) == 2:
        return Drawing(_beam(balance, _Scale(6 * scale, 4 * scale, unit=3 * scale)))
    return _strips(balance, _Scale(6 * scale, 4 * scale, unit=2 * scale))


@dataclass(frozen=True)
class _Scale:
    pitch: int  # from one tick to the next
    width: float  # of a tick
    unit: int  # what a unit of weight has of height
    head: int = 0  # room above the heaviest

    def marks(self, ticks: Sequence[Tick], foot: int, first: float = 0, step: int = 1) -> tuple[Mark, ...]:
        """The ticks on their foot, from the first to the right, or with a step of -1 to the left."""
        return tuple(self._mark(tick, place * step * self.pitch + first, foot) for place, tick in enumerate(ticks))

    def _mark(self, tick: Tick, x: float, foot: int) -> Mark:
        height = self.unit * (tick.weight + 0.8 if tick.weight else 0.4)
        inset = 0.75 if tick.outcome == "open" else 0  # an outline, half of which lies outside
        return Mark(
            tick,
            x=x + inset,
            y=round(foot - height + inset, 2),
            width=self.width - 2 * inset,
            height=round(height - 2 * inset, 2),
            room_x=x - (self.pitch - self.width) / 2,
            room_width=self.pitch,
            room_height=max(foot, FINGER),
        )


def _beam(balance: Balance, scale: _Scale) -> Beam:
    left, middle, right = balance.won_by(0), balance.undecided, balance.won_by(1)
    foot, pitch, half = scale.head + scale.unit * (balance.heaviest + 1), scale.pitch, len(middle) / 2
    return Beam(
        left=scale.marks(left, foot),
        middle=scale.marks(middle, foot, first=(pitch - scale.width) / 2 - half * pitch),
        right=scale.marks(right, foot, first=-scale.width, step=-1),
        left_width=(len(left) + 0.5) * pitch,
        middle_width=len(middle) * pitch,
        right_width=(len(right) + 0.5) * pitch,
        foot=foot,
        unit=scale.unit,
        lean=50 + 50 * balance.lean,
    )


def _strips(balance: Balance, scale: _Scale) -> Drawing:
    foot = scale.unit * (HEAVIEST + 1)
    strips = tuple(scale.marks(balance.won_by(place), foot) for place in range(len(balance.rows)))
    return Drawing(strips=strips, undecided=scale.marks(balance.undecided, foot), height=foot)
