"""Pictures to share: draws what stands beside a link elsewhere as a PNG of 1200 by 630 pixels."""

from tiebreak.social.bidi import ISOLATE, POP
from tiebreak.social.cards import HEIGHT, WIDTH, Card, RulingCard, Side, SiteCard
from tiebreak.social.fonts import Fonts, is_font
from tiebreak.social.picture import draw
