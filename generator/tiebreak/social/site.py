"""The picture of the site, for its front page and for pages without one of their own."""

from tiebreak.social import frame
from tiebreak.social.cards import SiteCard
from tiebreak.social.fit import Setter, fitted
from tiebreak.social.fonts import Fonts, Voice
from tiebreak.social.frame import FOOT, LEFT, RIGHT, ROOM
from tiebreak.social.lines import Span
from tiebreak.social.marks import SIGN, sign

_TITLE = (120, 112, 104, 92, 80, 70, 60, 52, 44), (1, 1, 1, 1, 2, 2, 2, 3, 3)
_TAGLINE = (46, 42, 38, 34), (2, 2, 2, 2)
_UNIT = 7  # pixels for a unit of the sign


def draw_site(card: SiteCard, fonts: Fonts) -> bytes:
    """The picture as a PNG."""
    canvas = frame.canvas_of((), is_leftward=card.is_leftward)
    setter = Setter(fonts, int(card.is_leftward))
    frame.band(canvas, ["ink"])
    sign(canvas, LEFT, 84, _UNIT)
    address = fitted(setter, [Span(card.address, Voice.SANS, "ink-2")], ROOM, (32, 28, 25, 22), (1, 1, 1, 1))
    address.draw(canvas, LEFT, RIGHT, FOOT - address.height)
    title = fitted(setter, [Span(card.title)], ROOM, *_TITLE)
    top = 84 + SIGN * _UNIT + 36
    title.draw(canvas, LEFT, RIGHT, top)
    if card.tagline:
        tagline = fitted(setter, [Span(card.tagline, Voice.ITALIC, "ink-2")], ROOM, *_TAGLINE)
        tagline.draw(canvas, LEFT, RIGHT, top + title.height + title.size * 0.26 + 20)
    return canvas.png()
