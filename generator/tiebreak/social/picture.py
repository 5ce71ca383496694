"""Draws a picture of whichever kind it is."""

from tiebreak.social.cards import Card, RulingCard
from tiebreak.social.fonts import Fonts


def draw(card: Card, fonts: Fonts) -> bytes:
    """The picture as a PNG."""
    if isinstance(card, RulingCard):
        from tiebreak.social.ruling import (
            draw_ruling,  # what draws takes a while to import, and many builds draw nothing
        )

        return draw_ruling(card, fonts)
    from tiebreak.social.site import draw_site

    return draw_site(card, fonts)
