"""Colours with enough contrast in light and dark: a hue for each subject from its brand colour, and the accent."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isnan

# WCAG 2.2 asks for 4.5:1. The rest allows for tinted backgrounds and for rounding.
LIGHT_CONTRAST, DARK_CONTRAST = 5.6, 7.0
# Degrees from one hue of `22-hues.css` to the next: no page needs a style of its own, and no brand is far from one.
STEP = 10
# Degrees between two hues of one comparison: wherever five of them stand, there is room for a sixth.
APART = 40
FIRST_HUE = 250  # of the first subject without a colour: ink blue
# Below this chroma a colour has no hue worth keeping; the other two hold the accent between mud and neon.
GREY, LEAST_CHROMA, MOST_CHROMA = 0.03, 0.085, 0.145
DEFAULT_ACCENT = "#0b7a75"


@dataclass(frozen=True)
class Hue:
    """One colour for either scheme, each a CSS colour."""

    light: str
    dark: str


# The theme's `--paper`. A test holds these to the stylesheet's own words.
PAPER = Hue("oklch(98.6% 0.005 85)", "oklch(20% 0.007 75)")


def palette(brands: Sequence[str | None]) -> tuple[int, ...]:
    """One hue of the stylesheet a brand colour, in order and in degrees; at least `APART` from each other for as many
    as are compared.

    The earlier of two like hues stays where it is. The later, a grey and a missing colour (None) go to the middle of
    the widest free arc. `brands` are CSS colours in a tuple. Raises ValueError for a colour that is none.
    """
    hues: list[int | None] = [None] * len(brands)
    for place, (_, own) in enumerate(map(_tone, brands)):
        hue = None if own is None else round(own / STEP) * STEP % 360
        if hue is not None and all(_between(hue, other) >= APART for other in hues if other is not None):
            hues[place] = hue
    for place, hue in enumerate(hues):
        if hue is None:
            hues[place] = _widest_gap([other for other in hues if other is not None])
    return tuple(hue for hue in hues if hue is not None)


def classes(brands: Sequence[str | None]) -> tuple[str, ...]:
    """The classes of what belongs to each subject of a comparison: its place, and its hue in the stylesheet."""
    return tuple(f"s{place} hue-{hue}" for place, hue in enumerate(palette(brands), 1))


def accent(color: str | None) -> Hue:
    """The site's one accent, readable as text in both schemes; a grey stays grey.

    Raises ValueError for a colour that is none.
    """
    chroma, hue = _tone(color or DEFAULT_ACCENT)
    return _readable(0.0, 0.0) if hue is None else _readable(chroma, hue)


def _tone(color: str | None) -> tuple[float, float | None]:
    """Chroma within bounds, and the hue in degrees: None without a colour and for a grey."""
    if color is None:
        return (LEAST_CHROMA + MOST_CHROMA) / 2, None
    from coloraide import Color

    _, chroma, hue = Color(color).convert("oklch").coords()
    if isnan(hue) or chroma < GREY:
        return (LEAST_CHROMA + MOST_CHROMA) / 2, None
    return min(max(chroma, LEAST_CHROMA), MOST_CHROMA), hue % 360


def _between(one: int, other: int) -> int:
    """Degrees between two hues, the short way round."""
    return abs((one - other + 180) % 360 - 180)


def _widest_gap(taken: list[int]) -> int:
    """The middle of the widest arc that no hue lies in; the first of equals, going up from red."""
    if not taken:
        return FIRST_HUE
    around = sorted(taken)
    arcs = [(after - before, before) for before, after in zip(around, [*around[1:], around[0] + 360], strict=True)]
    width, start = max(arcs, key=lambda arc: (arc[0], -arc[1]))
    return (start + width // (2 * STEP) * STEP) % 360


def _readable(chroma: float, hue: float) -> Hue:
    return Hue(_on(PAPER.light, LIGHT_CONTRAST, chroma, hue), _on(PAPER.dark, DARK_CONTRAST, chroma, hue))


@lru_cache(maxsize=1024)
def _on(paper: str, contrast: float, chroma: float, hue: float) -> str:
    """The colour of this hue nearest to the paper's lightness that still has the contrast, as hex."""
    from coloraide import Color

    ground = Color(paper)
    dark = ground.convert("oklch")["lightness"] < 0.5
    far, near = (1.0, 0.0) if dark else (0.0, 1.0)
    best = ""
    for _ in range(12):
        middle = (far + near) / 2
        shown = Color("oklch", [middle, chroma, hue]).convert("srgb").fit(method="oklch-chroma").to_string(hex=True)
        if Color(shown).contrast(ground, method="wcag21") >= contrast:
            far, best = middle, shown
        else:
            near = middle
    return best
