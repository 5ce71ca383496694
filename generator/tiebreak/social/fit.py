"""Fits text into a box: breaks it into lines, and chooses the largest size at which they fit."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from tiebreak.social.bidi import ISOLATE, POP
from tiebreak.social.canvas import Canvas
from tiebreak.social.cards import WIDTH
from tiebreak.social.fonts import Fonts
from tiebreak.social.lines import Line, Span, shape

MOST = 250  # signs of a text
LEADING = 1.1  # from one baseline to the next, in ems
RULE = (0.2, 0.255)  # where the rule below a name begins and ends, in ems below the baseline
# Behind these a line may end: blanks, hyphens and slashes, and signs of scripts that put no blanks between words.
_BREAKS = re.compile(r"(?<= )|(?<=[\w)][-–—/])(?=\w)|(?<=[\u3000-\u30ff\u3400-\u9fff])(?=[\u3040-\u30ff\u3400-\u9fff])")

_SEAM = re.compile(f"{POP}( *){ISOLATE}")


@dataclass(frozen=True)
class Setter:
    """Sets text in the fonts at hand. `base` is 1 where lines run from right to left."""

    fonts: Fonts
    base: int = 0

    def can_draw(self, text: str) -> bool:
        """Whether the fonts have all of its signs."""
        return not self.fonts.missing(text)

    def line(self, spans: Sequence[Span]) -> Line:
        return shape(self.fonts, tuple(_trimmed(spans)), self.base)

    def span(self, span: Span) -> Span:
        """The span in signs that can be drawn, as much of it as any picture has room for."""
        text = self.fonts.shown(span.text[: MOST + 1])
        return replace(span, text=text if len(text) <= MOST else f"{text[:MOST].rstrip()}…")


class Block(NamedTuple):
    """Lines of one size, of which the widest has a `width` in pixels."""

    setter: Setter
    lines: tuple[tuple[Span, ...], ...]
    size: float
    width: float

    @property
    def height(self) -> float:
        """From the top of its capitals to its last baseline, in pixels."""
        return self.size * (CAPITAL + LEADING * (len(self.lines) - 1))

    def draw(self, canvas: Canvas, left: float, right: float, top: float, *, to_end: bool = False) -> None:
        """Draw it between two edges, at the one where its lines begin, or where they end."""
        for place, spans in enumerate(self.lines):
            line = self.setter.line(spans)
            baseline = round(top + self.size * (CAPITAL + LEADING * place))
            start = right - line.width * self.size if to_end else left
            if canvas.is_leftward:
                start = WIDTH - start - line.width * self.size
            self._draw(canvas, line, _trimmed(spans), start, baseline)

    def _draw(self, canvas: Canvas, line: Line, spans: Sequence[Span], left: float, baseline: int) -> None:
        for ink in dict.fromkeys(span.ink for span in spans):
            glyphs = [glyph for glyph in line.glyphs if spans[glyph.span].ink == ink]
            canvas.letters(glyphs, self.size, left, baseline, ink)
        for place, span in enumerate(spans):
            glyphs = [glyph for glyph in line.glyphs if glyph.span == place]
            if glyphs and span.rule:
                start, end = (
                    left + edge * self.size for edge in (glyphs[0].x, max(one.x + one.advance for one in glyphs))
                )
                canvas.rule(start, end, baseline + RULE[0] * self.size, baseline + RULE[1] * self.size, span.rule)


CAPITAL = 0.68  # the height of a capital, in ems


def fitted(setter: Setter, spans: Sequence[Span], width: float, sizes: Sequence[float], lines: Sequence[int]) -> Block:
    """The text in the first of the `sizes`, from large to small, at which it takes no more than as many lines as that
    size may have. Where none is small enough, words are broken, and then lines are left out, which a sign tells.
    """
    drawn = [setter.span(span) for span in spans]
    words = list(_words(drawn))
    if not words:
        return _block(setter, [[]], sizes[0])
    lengths = [setter.line([word]).width for word in words]
    space = setter.line([Span("n n", drawn[0].voice)]).width - setter.line([Span("nn", drawn[0].voice)]).width
    for size, most in zip(sizes, lines, strict=True):
        room = width / size
        broken = _broken(lengths, words, space, room)
        if len(broken) <= most and max(lengths) <= room:
            return _block(setter, _balanced(lengths, words, space, room, len(broken)), size)
    return _cut(setter, words, width / sizes[-1], sizes[-1], lines[-1])


def _words(spans: Sequence[Span]) -> Iterator[Span]:
    """What a line may end behind. Blanks stay at the end of a word."""
    for span in spans:
        is_apart = span.text.startswith(ISOLATE)
        parts = _BREAKS.split(span.text.strip(ISOLATE + POP))
        yield from (replace(span, text=_apart(part) if is_apart else part) for part in parts if part)


def _apart(part: str) -> str:
    """A piece of a text of its own as one, so that it may stand in any line; `_joined` puts pieces together again."""
    bare = part.rstrip()
    return f"{ISOLATE}{bare}{POP}{part[len(bare) :]}"


def _broken(lengths: Sequence[float], words: Sequence[Span], space: float, room: float) -> list[list[Span]]:
    lines: list[list[Span]] = []
    x = 0.0
    for word, length in zip(words, lengths, strict=True):
        if not lines or x + length > room:
            lines.append([])
            x = 0.0
        lines[-1].append(word)
        x += length + (space if word.text.endswith(" ") else 0)
    return lines


def _balanced(
    lengths: Sequence[float], words: Sequence[Span], space: float, room: float, count: int
) -> list[list[Span]]:
    """The lines in the narrowest room that needs no more of them."""
    low, high = max(lengths), room
    for _ in range(12):
        middle = (low + high) / 2
        if len(_broken(lengths, words, space, middle)) > count:
            low = middle
        else:
            high = middle
    return _broken(lengths, words, space, high)


def _cut(setter: Setter, words: Sequence[Span], room: float, size: float, most: int) -> Block:
    """What fits of a text that is too long even for the smallest size."""
    pieces = [piece for word in words for piece in _pieces(setter, word, room)]
    lengths = [setter.line([piece]).width for piece in pieces]
    lines = _broken(lengths, pieces, 0.25, room)
    if len(lines) > most:
        last = lines[most - 1]
        sign = _apart("…") if ISOLATE in words[0].text else "…"
        while last and setter.line(_joined([*last, replace(last[-1], text=sign)])).width > room:
            text = last[-1].text.rstrip()[:-1].rstrip()
            last[-1:] = [replace(last[-1], text=text)] if text else []
        lines = [*lines[: most - 1], [*last, replace((last or lines[0])[-1], text=sign)]]
    return _block(setter, lines, size)


def _pieces(setter: Setter, word: Span, room: float) -> Iterator[Span]:
    """The word, with a hyphen wherever the room ends."""
    rest = word
    while setter.line([rest]).width > room:
        ends = [end for end in range(1, len(rest.text)) if not unicodedata.combining(rest.text[end])]
        heads = [replace(rest, text=rest.text[:end] + "-") for end in ends]
        if not ends:
            break
        fits = bisect_right(heads, room, lo=1, key=lambda head: setter.line([head]).width)
        yield heads[fits - 1]
        rest = replace(rest, text=rest.text[ends[fits - 1] :])
    yield rest


def _joined(words: Sequence[Span]) -> list[Span]:
    """Neighbours that differ in nothing but their text as one span."""
    spans: list[Span] = []
    for word in words:
        if spans and replace(spans[-1], text="") == replace(word, text=""):
            spans[-1] = replace(word, text=_SEAM.sub(r"\1", spans[-1].text + word.text))
        else:
            spans.append(word)
    return spans


def _trimmed(spans: Sequence[Span]) -> list[Span]:
    """Without blanks at the end, and with both ends of each text of its own, whatever of it stands in other lines."""
    joined = _joined(spans)
    if joined:
        joined[-1] = replace(joined[-1], text=joined[-1].text.rstrip())
    return [replace(span, text=_whole(span.text)) for span in joined]


def _whole(text: str) -> str:
    more = text.count(ISOLATE) - text.count(POP)
    return ISOLATE * -more + text + POP * more


def _block(setter: Setter, lines: Sequence[Sequence[Span]], size: float) -> Block:
    width = max((setter.line(line).width * size for line in lines), default=0.0)
    return Block(setter, tuple(tuple(line) for line in lines), size, width)
