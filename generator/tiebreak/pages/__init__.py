"""All files of the site, and the texts on its pages that no author wrote."""

from tiebreak.pages import balance_drawing, collisions, hubs, locales, messages, phrases, search, social
from tiebreak.pages.feedback import about_row
from tiebreak.pages.feeds import RULING
from tiebreak.pages.figures import Figure, figures
from tiebreak.pages.measured import Numbers
from tiebreak.pages.messages import Messages
from tiebreak.pages.outputs import CARD, PAGE, SCHEMA, Output, renditions
from tiebreak.pages.prose_words import prose_words
from tiebreak.pages.related import Related, affected_by, related_to
from tiebreak.pages.resting import Ruling
from tiebreak.pages.routes import (
    COMPARISON,
    comparison_page,
    feeds_of,
    hub_url,
    output_paths,
    outputs_of,
    page_output_path,
)
from tiebreak.pages.structured_data import Node, StructuredData
