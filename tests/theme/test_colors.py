"""Hues and the accent can be read on both papers, and hues told apart, whatever colours they come from."""

import re
from itertools import combinations
from math import cos, radians
from pathlib import Path

import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st

from tiebreak.model import hues
from tiebreak.theme import colors
from tiebreak.theme.colors import PAPER, Hue, accent

STYLES = Path(__file__).parents[2] / "static/css"
TOKENS, HUES = STYLES / "10-tokens.css", STYLES / "22-hues.css"
# Chroma by hue, and the lightness of either scheme.
FORMULA = (
    r"--c: calc\(([\d.]+) \+ ([\d.]+) \* cos\(\(var\(--h\) \+ (\d+)\) \* 1deg\)\); "
    r"--hue: light-dark\(oklch\((\d+)% var\(--c\) var\(--h\)\), oklch\((\d+)% var\(--c\) var\(--h\)\)\);"
)
BRANDS = (
    "#ee4c2c",
    "#ff6f00",
    "#3776ab",
    "#ffd43b",
    "#f7df1e",
    "#00add8",
    "#de5fe9",
    "#ff4088",
    "#222222",
    "#ffffff",
    "#000000",
    "#b41717",
    "#526cfe",
    "#009485",
    "#0a9edc",
    "#ff0000",
    "#00ff00",
    "#0000ff",
    "#ffff00",
    "#00ffff",
    "#ff00ff",
    "#808080",
    "#9fef00",
    "#2e2e2e",
    "rebeccapurple",
    "oklch(90% 0.3 140)",
)


def token(name: str) -> Hue:
    """A token of the stylesheet, `light-dark(a, b)`, as written."""
    light, dark = re.findall(rf"--{name}: light-dark\((.+), ((?:oklch|#).+)\);", TOKENS.read_text("utf-8"))[0]
    return Hue(light, dark)


def contrasts(hue: Hue, ground: Hue) -> tuple[float, float]:
    return (
        Color(hue.light).contrast(Color(ground.light), method="wcag21"),
        Color(hue.dark).contrast(Color(ground.dark), method="wcag21"),
    )


def distance(one: str, other: str) -> float:
    """Distance in OKLab; 0.02 is about where a careful eye starts to see a difference."""
    return float(Color(one).distance(Color(other), space="oklab"))


def shade(hue: int) -> Hue:
    """What browsers show for a hue of the stylesheet on a screen of sRGB: what does not fit there is cut off."""
    assert f".hue-{hue} {{ --h: {hue}; }}" in HUES.read_text("utf-8")
    mean, swing, from_, light, dark = map(float, re.findall(FORMULA, HUES.read_text("utf-8"))[0])
    chroma = mean + swing * cos(radians(hue + from_))
    shown = (Color("oklch", [percent / 100, chroma, hue]).convert("srgb").clip() for percent in (light, dark))
    return Hue(*(color.to_string(hex=True) for color in shown))


def test_browsers_are_told_the_colour_of_the_paper() -> None:
    """In the form that all programs know."""
    for scheme in ("light", "dark"):
        paper = Color(getattr(PAPER, scheme)).convert("srgb").to_string(hex=True)
        assert getattr(colors.PAPER_HEX, scheme) == paper


def test_paper_is_that_of_the_stylesheet() -> None:
    """Contrast is worked out against the very paper that the page is printed on."""
    assert token("paper") == PAPER


@pytest.mark.parametrize(("name", "least"), [("ink", 12.0), ("ink-2", 7.0), ("mark", 3.0), ("accent", 4.5)])
def test_inks_can_be_read(name: str, least: float) -> None:
    """The theme's own inks on paper and on a wash, light and dark."""
    for ground in (token("paper"), token("wash")):
        assert min(contrasts(token(name), ground)) >= least


@pytest.mark.parametrize("brand", BRANDS)
def test_brands_can_be_read(brand: str) -> None:
    """A brand colour becomes an accent of at least 4.5:1 in both schemes, on paper and on a wash."""
    assert min(contrasts(accent(brand), PAPER)) >= 5
    assert min(contrasts(accent(brand), token("wash"))) >= 4.5


@pytest.mark.parametrize("hue", range(0, 360, hues.STEP))
def test_hues_can_be_read(hue: int) -> None:
    """Every hue of the stylesheet is text of at least 4.5:1 in both schemes, on paper and on a wash."""
    assert min(contrasts(shade(hue), PAPER)) >= 5
    assert min(contrasts(shade(hue), token("wash"))) >= 4.5


def test_hues_that_are_apart_can_be_told_apart() -> None:
    """Wherever on the wheel two stand that are compared."""
    for one, other in combinations(range(0, 360, hues.STEP), 2):
        if hues.between(one, other) >= hues.APART:
            assert distance(shade(one).light, shade(other).light) > 0.06
            assert distance(shade(one).dark, shade(other).dark) > 0.06


def test_a_hue_stays_recognisable() -> None:
    """That of a brand is shown to a few degrees, whatever it is."""
    for own in range(360):
        color = Color("oklch", [0.6, 0.1, own]).convert("srgb").to_string(hex=True)
        hue = hues.own_hue(color)
        assert hue is not None
        found = shade(hue)
        for shown in (found.light, found.dark):
            assert abs((Color(shown).convert("oklch")["hue"] - own + 180) % 360 - 180) < 8


@given(st.integers(0, 0xFFFFFF).map("#{:06x}".format))
def test_the_hue_of_a_color_is_that_of_oklch(color: str) -> None:
    """Worked out here, because the library takes long to import."""
    _, chroma, hue = Color(color).convert("oklch").coords()
    found = hues.own_hue(color)
    assert (found is None) == (chroma < hues.GREY)
    assert found is None or abs((found - hue + 180) % 360 - 180) <= hues.STEP / 2 + 0.01


def test_grey_accent_stays_grey() -> None:
    """A site in black and white is not given a colour."""
    assert Color(accent("#000").light).convert("oklch")["chroma"] < 0.01
    assert accent(None) == accent(colors.DEFAULT_ACCENT)


def test_what_is_no_color_is_an_error() -> None:
    """Never a silent guess."""
    with pytest.raises(ValueError, match="nope"):
        accent("nope")
