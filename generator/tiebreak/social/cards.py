"""What a picture shows, as values: that of a comparison, and that of the site."""

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from tiebreak.model import Balance

WIDTH, HEIGHT = 1200, 630  # pixels


class Side(NamedTuple):
    """A subject: its name and hue, and what its rows come to, as a number and in a word."""

    name: str
    hue: int
    points: str
    unit: str

    @property
    def ink(self) -> str:
        return f"hue-{self.hue}"


@dataclass(frozen=True)
class RulingCard:
    """What the picture of a comparison shows. All texts are plain."""

    title: tuple[str, ...]  # the names with what stands between them, or one text in which they are not set apart
    tagline: str
    sides: tuple[Side, ...]
    balance: Balance
    label: str  # what the pick is called
    call: str  # how close it was
    pick: str
    place: int  # of the pick, from 1; 0 where nothing was picked
    site: str
    is_leftward: bool = False

    @property
    def is_of_names(self) -> bool:
        return len(self.title) > 1

    @property
    def inks(self) -> tuple[str, ...]:
        return tuple(side.ink for side in self.sides)


@dataclass(frozen=True)
class SiteCard:
    """What the picture of the site shows."""

    title: str
    tagline: str
    address: str
    is_leftward: bool = False


Card: TypeAlias = "RulingCard | SiteCard"
