"""Lines of text as glyphs: shaped by HarfBuzz, in the order in which they are seen."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

import uharfbuzz as hb

from tiebreak.social.bidi import ISOLATE, POP, levels, visual
from tiebreak.social.fonts import Font, Fonts, Voice


@dataclass(frozen=True)
class Span:
    """A piece of text in one voice. `ink` names its colour, and `hue` that of the rule below it, if it has one."""

    text: str
    voice: Voice = Voice.SERIF
    ink: str = "ink"
    rule: str = ""


class Glyph(NamedTuple):
    """A glyph of a font, and where it stands from the start of its line, in ems; `y` grows upwards."""

    font: Font
    id: int
    x: float
    y: float
    span: int
    advance: float


class Line(NamedTuple):
    """A line of glyphs from left to right, and its width in ems."""

    glyphs: tuple[Glyph, ...]
    width: float


class _Sign(NamedTuple):
    text: str
    span: int
    level: int
    font: Font | None


@lru_cache(maxsize=1024)  # each is measured, then drawn
def shape(fonts: Fonts, spans: tuple[Span, ...], base: int) -> Line:
    """Spans in a row as a line, whose own level is `base`: 1 where it runs from right to left."""
    text = "".join(span.text for span in spans)
    owners = [place for place, span in enumerate(spans) for _ in span.text]
    signs = _signs(fonts, spans, text, owners, levels(text, base))
    glyphs: list[Glyph] = []
    x = 0.0
    order = visual([sign.level for sign in signs])
    for _, group in groupby(order, key=lambda place: signs[place][1:]):
        places = list(group)
        if places != list(range(places[0], places[-1] + 1)):
            places.reverse()
        x = _run([signs[place] for place in places], x, glyphs)
    return Line(tuple(glyphs), x)


def _signs(fonts: Fonts, spans: Sequence[Span], text: str, owners: Sequence[int], found: Sequence[int]) -> list[_Sign]:
    """Each sign in its font: one that is no letter in its neighbour's, where that has it."""
    signs: list[_Sign] = []
    for sign, owner, level in zip(text, owners, found, strict=True):
        last = signs[-1].font if signs and signs[-1].span == owner else None
        stays = last is not None and ord(sign) in last.signs and unicodedata.category(sign)[0] != "L"
        font = last if stays else fonts.font(sign, spans[owner].voice)
        signs.append(_Sign("" if sign in (ISOLATE, POP) else sign, owner, level, font or last))
    return signs


def _run(signs: Sequence[_Sign], x: float, glyphs: list[Glyph]) -> float:
    """Add the glyphs of signs of one font and direction, and return where they end."""
    font = signs[0].font
    if font is None:
        return x
    shaped = _shaped(font, "".join(sign.text for sign in signs), signs[0].level % 2)
    for id, advance, x_offset, y_offset in shaped:
        glyphs.append(Glyph(font, id, x + x_offset, y_offset, signs[0].span, advance))
        x += advance
    return x


@lru_cache(maxsize=4096)  # words are measured alone and then set in lines
def _shaped(font: Font, text: str, is_leftward: int) -> tuple[tuple[int, float, float, float], ...]:
    if not text:
        return ()
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if is_leftward else "ltr"
    hb.shape(font.shaper, buffer, {"kern": True, "liga": True})
    em = font.em
    return tuple(
        (info.codepoint, position.x_advance / em, position.x_offset / em, position.y_offset / em)
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    )
