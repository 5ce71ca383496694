"""Subjects' hues can be read on both papers and told apart, whatever colours they come with."""

import re
from itertools import combinations
from math import cos, radians
from pathlib import Path

import pytest
from coloraide import Color
from hypothesis import given, settings
from hypothesis import strategies as st

from tiebreak.theme import colors
from tiebreak.theme.colors import PAPER, Hue, accent, palette

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
any_color = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
any_brands = st.lists(st.none() | any_color, min_size=1, max_size=6).map(tuple)


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
    """A brand colour becomes text of at least 4.5:1 in both schemes, on paper and on a wash; as an accent too."""
    for hue in (*map(shade, palette((brand,))), accent(brand)):
        assert min(contrasts(hue, PAPER)) >= 5
        assert min(contrasts(hue, token("wash"))) >= 4.5


@pytest.mark.slow
@settings(max_examples=60)
@given(any_brands)
def test_any_colors_can_be_read_and_told_apart(brands: tuple[str | None, ...]) -> None:
    """Random colours, up to six, with some missing."""
    shown = [shade(hue) for hue in palette(brands)]
    assert len(shown) == len(brands)
    for hue in shown:
        assert min(contrasts(hue, PAPER)) >= 4.5
    for one, other in combinations(shown, 2):
        assert distance(one.light, other.light) > 0.06
        assert distance(one.dark, other.dark) > 0.06


@pytest.mark.parametrize("brand", ["#ee4c2c", "#000000", "#ffffff", None, "#3776ab", "#ffd43b"])
def test_six_alike_become_six_hues(brand: str | None) -> None:
    """Six subjects of one colour, or of none, still have six colours."""
    shown = [shade(hue) for hue in palette((brand,) * 6)]
    assert min(distance(one.light, other.light) for one, other in combinations(shown, 2)) > 0.06
    assert min(distance(one.dark, other.dark) for one, other in combinations(shown, 2)) > 0.06


def test_the_earlier_subject_keeps_its_hue() -> None:
    """Of two that look alike the later one moves; a distinct third is left alone."""
    orange, red, blue = palette(("#ff6f00", "#ff5a00", "#3776ab"))
    assert orange == palette(("#ff6f00",))[0]
    assert blue == palette(("#3776ab",))[0]
    assert red != palette(("#ff5a00",))[0]


def test_hue_stays_recognisable() -> None:
    """A brand's own hue is kept to a few degrees when nothing is in its way, whatever it is."""
    every = [Color("oklch", [0.6, 0.1, hue]).to_string() for hue in range(360)]
    for brand in ("#ee4c2c", "#3776ab", "#00add8", "#de5fe9", *every):
        own = Color(brand).convert("oklch")["hue"]
        found = shade(palette((brand,))[0])
        for shown in (found.light, found.dark):
            assert abs((Color(shown).convert("oklch")["hue"] - own + 180) % 360 - 180) < 8


def test_grey_accent_stays_grey() -> None:
    """A site in black and white is not given a colour."""
    assert Color(accent("#000").light).convert("oklch")["chroma"] < 0.01
    assert accent(None) == accent(colors.DEFAULT_ACCENT)


def test_what_is_no_color_is_an_error() -> None:
    """Never a silent guess."""
    with pytest.raises(ValueError, match="nope"):
        palette(("nope",))
