"""What all pictures have in common: margins, colours, and the name of the site at the foot."""

from collections.abc import Iterable

from tiebreak.social.canvas import Canvas
from tiebreak.social.cards import WIDTH
from tiebreak.social.fit import Setter, fitted
from tiebreak.social.fonts import Voice
from tiebreak.social.inks import INKS, PAPER, hue, srgb
from tiebreak.social.lines import Span
from tiebreak.social.marks import SIGN, sign

MARGIN = 64
LEFT, RIGHT = MARGIN, WIDTH - MARGIN
ROOM = RIGHT - LEFT
TOP = 78  # of the capitals of a title
FOOT = 566  # the last baseline
BAND, GAP = 18, 6  # the height of the rule at the top, and what divides its parts
SITE_ROOM = 460


def canvas_of(hues: Iterable[int], *, is_leftward: bool) -> Canvas:
    """A canvas with the theme's colours and these hues."""
    inks = {name: srgb(*color) for name, color in INKS.items()}
    return Canvas(srgb(*PAPER), inks | {f"hue-{one}": srgb(*hue(one)) for one in hues}, is_leftward=is_leftward)


def band(canvas: Canvas, inks: Iterable[str]) -> None:
    """The rule at the top, shared out evenly."""
    parts = tuple(inks)
    for place, ink in enumerate(parts):
        start, end = (WIDTH * edge / len(parts) for edge in (place, place + 1))
        canvas.box(start + (GAP if place else 0), 0, end, BAND, ink)


def foot(canvas: Canvas, setter: Setter, site: str) -> float:
    """The site's name, and the sign beside it. Returns where they begin."""
    name = fitted(setter, [Span(site, Voice.SANS, "ink-2")], SITE_ROOM, (32, 28, 25, 22), (1, 1, 1, 1))
    name.draw(canvas, LEFT, RIGHT, FOOT - name.height, to_end=True)
    start = RIGHT - name.width - 14 - SIGN * 2
    sign(canvas, start, FOOT - SIGN * 2 + 6, 2)
    return start
