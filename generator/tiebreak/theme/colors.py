"""The site's one accent, with enough contrast in light and dark."""

from dataclasses import dataclass
from functools import lru_cache
from math import isnan

from tiebreak.model import GREY

# WCAG 2.2 asks for 4.5:1. The rest allows for tinted backgrounds and for rounding.
LIGHT_CONTRAST, DARK_CONTRAST = 5.6, 7.0
LEAST_CHROMA, MOST_CHROMA = 0.085, 0.145  # between mud and neon
DEFAULT_ACCENT = "#0b7a75"


@dataclass(frozen=True)
class Hue:
    """One colour for either scheme, each a CSS colour."""

    light: str
    dark: str


# The theme's `--paper`. A test holds these to the stylesheet's own words.
PAPER = Hue("oklch(98.6% 0.005 85)", "oklch(20% 0.007 75)")
PAPER_HEX = Hue("#fcfaf7", "#181613")  # the same for browsers' own bars, and for programs that know no other form


def accent(color: str | None) -> Hue:
    """The site's one accent, readable as text in both schemes; a grey stays grey.

    Raises ValueError for a colour that is none.
    """
    from coloraide import Color

    _, chroma, hue = Color(color or DEFAULT_ACCENT).convert("oklch").coords()
    if isnan(hue) or chroma < GREY:
        return _readable(0.0, 0.0)
    return _readable(min(max(chroma, LEAST_CHROMA), MOST_CHROMA), hue % 360)


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
