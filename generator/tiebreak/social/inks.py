"""The colours of pictures: those of the theme's light scheme, as sRGB."""

from math import cos, radians, sin

PAPER = (0.986, 0.005, 85)
INKS = {
    "ink": (0.21, 0.012, 70),
    "ink-2": (0.42, 0.012, 70),
    "mark": (0.58, 0.012, 70),
    "hair": (0.87, 0.009, 80),
}


def hue(degrees: int) -> tuple[float, float, int]:
    """A subject's hue in OKLCH, as `22-hues.css` has it on paper."""
    return 0.5, 0.115 + 0.025 * cos(radians(degrees + 20)), degrees


def srgb(lightness: float, chroma: float, degrees: float) -> tuple[int, int, int]:
    """A colour of OKLCH (Ottosson 2020); what sRGB has no room for is cut off, as browsers do."""
    a, b = chroma * cos(radians(degrees)), chroma * sin(radians(degrees))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _byte(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _byte(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _byte(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )


def _byte(linear: float) -> int:
    bounded = min(max(linear, 0.0), 1.0)
    return round(255 * (12.92 * bounded if bounded <= 0.0031308 else 1.055 * bounded ** (1 / 2.4) - 0.055))
