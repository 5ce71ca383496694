"""Markdown to safe HTML: two readers of it with the same result, and the gate that all of it passes."""

from tiebreak.markdown import convert
from tiebreak.markdown.convert import typographic
from tiebreak.markdown.headings import heading_id
