"""Pictures to share: what is on them, that it fits, and that the same values make the same bytes."""

import io
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from published import ROOT
from samples import ENGLISH, compared

from tiebreak.model import Settings
from tiebreak.pages.social import ruling_card, site_card
from tiebreak.social import HEIGHT, WIDTH, Fonts, RulingCard, draw, is_font
from tiebreak.social.frame import BAND, LEFT, RIGHT
from tiebreak.social.inks import INKS, PAPER, hue, srgb

SETTINGS = Settings("Picks", "https://example.org/picks/")
FONTS = ROOT / "templates/fonts"
PAPER_COLOR, INK = srgb(*PAPER), srgb(*INKS["ink"])
OVERHANG = 20  # pixels that a letter, such as an italic f, may reach over the edge that it begins or ends at


@cache
def fonts() -> Fonts:
    return Fonts({path.name: path.read_bytes() for path in FONTS.glob("*.ttf")})


def card(*names: str, won: str = "", weights: Sequence[int] = (), **values: Any) -> RulingCard:
    """A picture's values for these names; `won` says who wins the rows, as that of `compared` does for A to F."""
    balance = compared(*"ABCDEF"[: len(names)], won=won, weights=weights).balance
    made = ruling_card(compared(*names, balance=balance), SETTINGS, ENGLISH)
    sides = tuple(side._replace(hue=40 * place) for place, side in enumerate(made.sides))
    return replace(made, **{"sides": sides, **values})


def picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def colors(image: Image.Image, box: tuple[int, int, int, int] | None = None) -> dict[tuple[int, int, int], int]:
    """How often each colour is there, or in a part of it."""
    found = (image.crop(box) if box else image).getcolors(WIDTH * HEIGHT)
    return {color: count for count, color in found or ()}  # type: ignore[misc]


def test_it_has_the_size_that_networks_ask_for_and_is_small() -> None:
    data = draw(
        card("PyTorch", "TensorFlow", won="A A A B = ?", tagline="Research freedom vs production chains"), fonts()
    )
    image = Image.open(io.BytesIO(data))
    assert (image.size, image.mode, image.format) == ((1200, 630), "P", "PNG")
    assert len(data) < 30_000


def test_each_subject_has_its_hue_and_the_pick_has_the_band() -> None:
    """The balance has a tick for each row on the side of who wins it, and what nobody won in the middle."""
    shown = card("Tea", "Coffee", won="A A B =", place=2)
    image = picture(draw(shown, fonts()))
    tea, coffee = (srgb(*hue(side.hue)) for side in shown.sides)
    assert set(colors(image, (0, 0, WIDTH, BAND))) == {coffee}
    ticks = [colors(image, (left, 200, left + WIDTH // 3, 500)) for left in (0, WIDTH // 3, 2 * WIDTH // 3)]
    assert tea in ticks[0]
    assert coffee in ticks[2]
    assert srgb(*INKS["mark"]) in ticks[1]
    assert coffee not in ticks[0]
    assert tea not in ticks[2]


def test_without_a_pick_the_band_is_shared_out() -> None:
    shown = card("Tea", "Coffee", "Mate", won="A B C", place=0)
    image = picture(draw(shown, fonts()))
    thirds = [image.getpixel((WIDTH * (2 * place + 1) // 6, BAND // 2)) for place in range(3)]
    assert thirds == [srgb(*hue(side.hue)) for side in shown.sides]


def test_a_heavier_row_is_a_taller_bar() -> None:
    """And weight decides where the beam rests, as on the page."""
    light, heavy = (
        picture(draw(card("Tea", "Coffee", won="A B", weights=weights), fonts())) for weights in ([1, 1], [3, 1])
    )
    tea = srgb(*hue(0))
    below_the_title = (LEFT, 190, RIGHT, 480)
    assert colors(heavy, below_the_title)[tea] == 3 * colors(light, below_the_title)[tea]


def test_from_right_to_left_all_stands_as_in_a_mirror() -> None:
    shown = card("Tea", "Coffee", won="A A B", place=0, is_leftward=True)
    image = picture(draw(shown, fonts()))
    tea, coffee = (srgb(*hue(side.hue)) for side in shown.sides)
    assert tea in colors(image, (2 * WIDTH // 3, 200, WIDTH, 500))
    assert coffee in colors(image, (0, 200, WIDTH // 3, 500))
    assert image.getpixel((WIDTH - 10, 5)) == tea


def test_the_same_values_make_the_same_bytes_in_another_process() -> None:
    """Whatever seeds its hashes, and whatever was drawn before."""
    program = (
        "import sys, hashlib; sys.path[:0] = sys.argv[1:]; import test_picture as t; "
        "shown = t.card('Tea', 'Кофе', 'قهوة', won='A A B C ='); "
        "print(hashlib.sha256(t.draw(shown, t.fonts())).hexdigest())"
    )
    folders = [str(ROOT / one) for one in ("generator", "tests", "tests/support", "tests/social")]
    found = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", program, *folders]
        found.add(subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout)
    first, second = (draw(card("Tea", "Кофе", won="A B"), fonts()) for _ in range(2))
    assert first == second
    assert len(found) == 1


NAMES = st.one_of(
    st.text(min_size=1, max_size=60),
    st.just("\N{ROCKET}"),
    st.text("abcdefgijlmnopqty ABCKMWX-/.+#'äßéœ", min_size=1, max_size=60),
    st.text("абвгдёжзщюя Ελληνικά", min_size=1, max_size=60),
    st.text("جانغو فلاسك 0123 abc", min_size=1, max_size=60),
    st.sampled_from(
        [
            "\N{ROCKET}",
            "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen",
            "W" * 60,
            "देवनागरी लिपि",
            "עברית",
            "東京都",
        ]
    ),
).filter(str.strip)


TITLES = st.sampled_from(["", "A title of our own " * 4, "x" * 120])


@settings(max_examples=60)
@given(st.lists(NAMES, min_size=2, max_size=6), st.booleans(), TITLES)
def test_whatever_the_names_the_margins_stay_free(names: list[str], is_leftward: bool, title: str) -> None:
    """And title, balance and pick do not touch: between them there are rows of paper."""
    shown = card(*(f"{name}{place}" for place, name in enumerate(names)), won="A B A ?", is_leftward=is_leftward)
    shown = replace(shown, title=(title.strip(),) if title else shown.title, tagline=names[0], place=1, pick=names[0])
    pixels = Image.open(io.BytesIO(draw(shown, fonts()))).tobytes()  # where 0 is paper
    rows = [pixels[y * WIDTH : (y + 1) * WIDTH] for y in range(BAND, HEIGHT)]
    assert not any(map(any, rows[-24:]))
    assert not any(any(row[: LEFT - OVERHANG]) or any(row[RIGHT + OVERHANG :]) for row in rows)
    assert sum(any(row) and not any(below) for row, below in pairwise(rows)) >= 3


def differing(texts: Iterable[str]) -> int:
    return len({draw(card(text, "Tea", place=0), fonts()) for text in texts})


def test_the_pictures_of_names_differ_in_every_script() -> None:
    """No name is drawn as boxes, which look the same for any."""
    pairs = [
        ("каша", "суп"),
        ("نعم", "لون"),
        ("יין", "מים"),
        ("चाय", "कहवा"),
        ("τσάι", "νερό"),
        ("東京", "大阪"),
        ("한국", "조선"),
    ]
    assert [differing(pair) for pair in pairs] == [2] * len(pairs)


def test_arabic_letters_join_and_kerning_is_applied() -> None:
    """As HarfBuzz shapes them, which is part of the package: no library of the system has a part in it."""
    from tiebreak.social.lines import Span, shape

    def width(*texts: str) -> float:
        return sum(shape(fonts(), (Span(text),), 0).width for text in texts)

    assert width("جانغو") < width(*"جانغو")
    assert width("AVA") < width(*"AVA")


@pytest.mark.parametrize("name", ["Yerba (C++)", "Yerba " * 30 + "(C++)"], ids=["one line", "cut"])
def test_a_latin_name_keeps_its_order_from_right_to_left(name: str) -> None:
    """Its brackets and signs too, wherever it stands, and in each of its lines."""
    from tiebreak.social.fit import Setter, fitted
    from tiebreak.social.lines import Span

    shown = card(name, "قهوة", won="A", is_leftward=True)
    leftward, rightward = (Setter(fonts(), base) for base in (1, 0))
    for text in (shown.pick, shown.sides[0].name, shown.title[0]):
        block = fitted(leftward, [Span(text)], 600, (40, 30), (1, 3))
        for line in block.lines:
            assert [one.id for one in leftward.line(line).glyphs] == [one.id for one in rightward.line(line).glyphs]


def test_points_stand_behind_a_name_of_any_length() -> None:
    from tiebreak.social.balance import _figures
    from tiebreak.social.fit import Setter

    for name in ("Tea", "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"):
        (side, _) = card(name, "Coffee", won="A").sides
        block = _figures(Setter(fonts()), side, named=True)
        assert "".join(span.text for span in block.lines[-1]).endswith("1 point")
        assert block.width <= (RIGHT - LEFT) * 0.47


def test_what_no_font_has_is_told_and_drawn_in_latin_letters() -> None:
    assert fonts().missing("Tea 東京 çöğ \N{ROCKET}") == "東京\N{ROCKET}"
    assert fonts().shown("東京 Tea \N{ROCKET}").split() == ["DongJing", "Tea"]
    assert not fonts().missing("Tiếng Việt, Ελληνικά, Русский, עברית, العربية, हिन्दी, naïve — “x” 3 €")


def test_words_that_cannot_be_drawn_are_left_out() -> None:
    """A name has to be said somehow; a tagline or a label in Latin letters would be read by nobody."""
    plain = card("Tea", "Coffee", won="A")
    units = [tuple(side._replace(unit=unit) for side in plain.sides) for unit in ("点", "")]
    said = replace(plain, tagline="東京", label="東京", call="東京", sides=units[0])
    assert draw(said, fonts()) == draw(replace(plain, tagline="", label="", call="", sides=units[1]), fonts())


def test_a_font_of_the_project_takes_part() -> None:
    """What has no sign of its own here is taken from whichever font has it."""
    plain = {path.name: path.read_bytes() for path in FONTS.glob("*.ttf") if "arabic" not in path.name}
    more = {**plain, "zz-own.ttf": (FONTS / "noto-naskh-arabic.ttf").read_bytes()}
    assert [Fonts(files).missing("جانغو") == "" for files in (plain, more)] == [False, True]


@pytest.mark.parametrize("data", [b"", b"not a font", b"wOF2" + bytes(100)])
def test_what_is_no_font_is_told_from_one(data: bytes) -> None:
    assert not is_font(data)
    assert is_font((FONTS / "serif.ttf").read_bytes())


def test_the_site_has_a_picture_of_its_own() -> None:
    data = draw(site_card(replace(SETTINGS, tagline="Comparisons that commit")), fonts())
    assert set(colors(picture(data), (0, 0, WIDTH, BAND))) == {INK}
    assert data != draw(site_card(SETTINGS), fonts())


def test_drawing_is_imported_only_where_something_is_drawn() -> None:
    """A build that draws nothing does not wait for it."""
    program = f"import sys; sys.path.insert(0, {str(ROOT / 'generator')!r}); import tiebreak.build, tiebreak.cli; "
    program += "sys.exit(bool({'uharfbuzz', 'deflate', 'tiebreak.social.canvas'} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
