"""The picture of a comparison: what is compared, how its rows fall, and the ruling."""

from tiebreak.social import frame
from tiebreak.social.balance import Place, beam, strips
from tiebreak.social.canvas import Canvas
from tiebreak.social.cards import RulingCard
from tiebreak.social.fit import Setter, fitted
from tiebreak.social.fonts import Fonts, Voice
from tiebreak.social.frame import FOOT, LEFT, RIGHT, ROOM, TOP
from tiebreak.social.lines import Span

# Sizes, and how many lines there may be of each: of two, whose balance is one line, and of more.
_OF_TWO = (108, 98, 90, 82, 74, 66, 58, 50, 44, 38), (1, 1, 1, 2, 2, 2, 2, 3, 3, 4)
_OF_MORE = (84, 76, 68, 60, 54, 48, 42, 36), (1, 1, 1, 2, 2, 2, 2, 3)
_TAGLINE, _PICK = (42, 39, 36, 33, 30), (68, 62, 56, 50, 44, 38, 34)
_BEAM_ROOM, _STRIP_ROOM = 224, 60  # pixels for a beam, and for each strip, before there is room for a tagline


def draw_ruling(card: RulingCard, fonts: Fonts) -> bytes:
    """The picture as a PNG."""
    canvas = frame.canvas_of((side.hue for side in card.sides), is_leftward=card.is_leftward)
    setter = Setter(fonts, int(card.is_leftward))
    frame.band(canvas, [card.inks[card.place - 1]] if card.place else card.inks)
    bottom = _ruling(canvas, setter, card, frame.foot(canvas, setter, card.site))
    place = Place(canvas, setter, _title(canvas, setter, card, bottom), bottom)
    if not card.balance.fits_a_line:
        pass
    elif len(card.sides) == 2:
        beam(place, card.balance, card.sides, named=not card.is_of_names)
    else:
        strips(place, card.balance, card.sides, card.place)
    return canvas.png()


def _ruling(canvas: Canvas, setter: Setter, card: RulingCard, end: float) -> float:
    """The pick, as far as `end`. Returns where it begins."""
    pick = fitted(setter, [Span(card.pick)], end - LEFT - 40, _PICK, (1, 1, 1, 1, 1, 2, 2))
    top = FOOT - pick.height
    pick.draw(canvas, LEFT, RIGHT, top)
    said = [Span(card.label + (" · " if card.call else ""), Voice.SANS, "ink-2"), Span(card.call, Voice.SANS)]
    label = fitted(setter, said, ROOM, (30, 26), (1, 1))
    top -= 24 + label.height
    label.draw(canvas, LEFT, RIGHT, top)
    return top


def _title(canvas: Canvas, setter: Setter, card: RulingCard, most: float) -> float:
    """The title, and the tagline where there is room for it. Returns where they end."""
    spans = [
        Span(piece, Voice.ITALIC, "ink-2") if place % 2 else Span(piece, rule=rule)
        for place, (piece, rule) in enumerate(zip(card.title, _rules(card), strict=True))
    ]
    title = fitted(setter, spans, ROOM, *(_OF_TWO if len(card.sides) == 2 else _OF_MORE))
    title.draw(canvas, LEFT, RIGHT, TOP)
    bottom = TOP + title.height + title.size * (0.26 if card.is_of_names else 0.2)
    needed = _BEAM_ROOM if len(card.sides) == 2 else _STRIP_ROOM * len(card.sides)
    if not card.tagline or most - bottom - 64 < needed:
        return bottom
    tagline = fitted(setter, [Span(card.tagline, Voice.ITALIC, "ink-2")], ROOM, _TAGLINE, (1,) * len(_TAGLINE))
    tagline.draw(canvas, LEFT, RIGHT, bottom + 24)
    return bottom + 24 + tagline.height + 10


def _rules(card: RulingCard) -> tuple[str, ...]:
    """The ink of the rule below each piece of the title."""
    if not card.is_of_names:
        return ("",)
    return tuple("" if place % 2 else card.inks[place // 2] for place in range(len(card.title)))
