"""Templates and assets: renders the files of the site to bytes."""

from tiebreak.theme import assets, checks, colors, dependencies, fonts
from tiebreak.theme.assets import HASHED, Stylesheets, Theme
from tiebreak.theme.dependencies import Reach
from tiebreak.theme.render import Renderer, Templates
