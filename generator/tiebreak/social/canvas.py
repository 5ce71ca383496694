"""A canvas with few colours, each in steps from paper to full, which becomes a small PNG."""

import re
import struct
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from math import ceil, floor
from typing import TypeAlias

import deflate
import uharfbuzz as hb

from tiebreak.social.cards import HEIGHT, WIDTH
from tiebreak.social.lines import Glyph

Color: TypeAlias = tuple[int, int, int]
COMPRESSION = 6  # of 12 levels: with 9, a picture takes half as long again to be a fifteenth smaller
PARTS = 4  # lines in a pixel by which the edge of a shape is smoothed
STEPS = 21  # of each ink; twelve of them fit a palette
CLEAR = 5  # pixels between a letter and the rule that it interrupts
_FREE = re.compile(rb"\0+")
_ABOVE, _BELOW = 1.25, 0.55  # ems around a baseline in which glyphs of any script stand


class Canvas:
    """Inks on paper, of which the empty name is the paper's. Boxes and shapes cover what is there; letters must not
    touch anything. If it is `is_leftward`, all stands as in a mirror, but for the letters themselves.
    """

    def __init__(self, paper: Color, inks: Mapping[str, Color], *, is_leftward: bool = False) -> None:
        self._paper = paper
        self.is_leftward = is_leftward
        self._inks = inks
        self._first = {name: 1 + place * STEPS for place, name in enumerate(inks)}
        self._pixels = bytearray(WIDTH * HEIGHT)

    def box(self, left: float, top: float, right: float, bottom: float, ink: str, covered: float = 1.0) -> None:
        """A filled box, its edges at the nearest pixels, all of them `covered` as much."""
        if self.is_leftward:
            left, right = WIDTH - right, WIDTH - left
        self._fill(left, top, right, bottom, self._index(ink, covered))

    def _fill(self, left: float, top: float, right: float, bottom: float, index: int) -> None:
        start, end = max(round(left), 0), min(round(right), WIDTH)
        row = bytes([index]) * max(end - start, 0)
        for y in range(max(round(top), 0), min(round(bottom), HEIGHT)):
            self._pixels[y * WIDTH + start : y * WIDTH + start + len(row)] = row

    def rule(self, left: float, right: float, top: float, bottom: float, ink: str) -> None:
        """A rule below letters, where these stand, which leaves out those that reach down to it."""
        start, end, first = round(left), min(round(right), WIDTH), round(top)
        last = max(round(bottom), first + 2)
        rows = [self._pixels[y * WIDTH + start : y * WIDTH + end] for y in range(first - 2, min(last + 2, HEIGHT))]
        taken = 0
        for row in rows:
            taken |= int.from_bytes(row)
        for gap in _FREE.finditer(taken.to_bytes(max(end - start, 0))):
            from_x = start + gap.start() + (CLEAR if gap.start() else 0)
            to_x = start + gap.end() - (CLEAR if start + gap.end() < end else 0)
            if to_x - from_x > CLEAR:  # no crumbs
                self._fill(from_x, first, to_x, last, self._index(ink, 1.0))

    def convex(
        self, top: int, bottom: int, edges: Callable[[float], tuple[float, float]], ink: str, *, cut: bool = False
    ) -> None:
        """A shape by its left and right edge at each height; or, if it is `cut` out of an ink, a hole in that."""
        for y in range(top, bottom):
            spans = [edges(y + (part + 0.5) / PARTS) for part in range(PARTS)]
            first, last = floor(min(left for left, _ in spans)), ceil(max(right for _, right in spans))
            from_x, to_x = ceil(max(left for left, _ in spans)), floor(min(right for _, right in spans))
            if from_x < to_x:
                self.box(from_x, y, to_x, y + 1, "" if cut else ink)
            for x in (*range(first, min(from_x, last)), *range(max(to_x, from_x, first), last)):
                covered = sum(max(min(right, x + 1) - max(left, x), 0) for left, right in spans) / PARTS
                self.box(x, y, x + 1, y + 1, ink, 1 - covered if cut else covered)

    def letters(self, glyphs: Iterable[Glyph], size: float, left: float, baseline: float, ink: str) -> None:
        """Glyphs of a line that begins at `left`."""
        drawn = list(glyphs)
        if not drawn:
            return
        top, bottom = max(floor(baseline - _ABOVE * size), 0), min(ceil(baseline + _BELOW * size), HEIGHT)
        start = max(floor(left + (min(one.x for one in drawn) - 0.5) * size), 0)
        end = min(ceil(left + (max(one.x + one.advance for one in drawn) + 0.5) * size), WIDTH)
        width = max(end - start, 0)
        raster = hb.RasterDraw()
        raster.extents = hb.RasterExtents(x_origin=start, y_origin=top, width=width, height=bottom - top, stride=width)
        for glyph in drawn:
            scale = size / glyph.font.em
            raster.transform = (scale, 0, 0, -scale, left + glyph.x * size, baseline - glyph.y * size)
            raster.draw_glyph(glyph.font.shaper, glyph.id)
        image = raster.render()
        self._lay(image.buffer.translate(_steps(self._first[ink])), start, top, width)

    def png(self) -> bytes:
        """The picture as a PNG of 8 bits a pixel with a palette."""
        rows = b"".join(b"\0" + self._pixels[y * WIDTH : (y + 1) * WIDTH] for y in range(HEIGHT))
        return b"".join(
            [
                b"\x89PNG\r\n\x1a\n",
                _chunk(b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)),
                _chunk(b"PLTE", self._palette()),
                _chunk(b"IDAT", bytes(deflate.zlib_compress(rows, COMPRESSION))),
                _chunk(b"IEND", b""),
            ]
        )

    def _lay(self, layer: bytes, left: int, top: int, width: int) -> None:
        """Lay what is not paper over what is there."""
        for row in range(len(layer) // width if width else 0):
            line = layer[row * width : (row + 1) * width]
            if not line.strip(b"\0"):
                continue
            at = (top + row) * WIDTH + left
            below = int.from_bytes(self._pixels[at : at + width])
            self._pixels[at : at + width] = (below | int.from_bytes(line)).to_bytes(width)

    def _index(self, ink: str, covered: float) -> int:
        if not ink:
            return 0
        step = round(covered * STEPS)
        return self._first[ink] + step - 1 if step else 0

    def _palette(self) -> bytes:
        colors = [self._paper]
        for ink in self._inks.values():
            colors += [_mixed(self._paper, ink, step / STEPS) for step in range(1, STEPS + 1)]
        return bytes(part for color in colors for part in color)


@lru_cache
def _steps(first: int) -> bytes:
    """The index in the palette by the coverage of a pixel, 0 to 255."""
    steps = (round(covered / 255 * STEPS) for covered in range(256))
    return bytes(first + step - 1 if step else 0 for step in steps)


def _mixed(paper: Color, ink: Color, share: float) -> Color:
    red, green, blue = (round(low + (high - low) * share) for low, high in zip(paper, ink, strict=True))
    return red, green, blue


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", deflate.crc32(kind + data))
