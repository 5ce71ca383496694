"""Markdown to safe HTML: a fast converter for everyday text, Python-Markdown for the rest, and its sanitizer."""

from tiebreak.markdown import convert
from tiebreak.markdown.charts import charts
from tiebreak.markdown.code_spans import without_spans
from tiebreak.markdown.convert import Dialect, typographic
from tiebreak.markdown.fences import CHART, Code, code_lines
from tiebreak.markdown.headings import heading_id, link_names
