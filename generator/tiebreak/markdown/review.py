"""What a text says that readers may not get as its author means it: what only `tiebreak check` looks for."""

from tiebreak.markdown import differences, fences, gfm, leftovers
from tiebreak.markdown.outline import outline
from tiebreak.model import Prose
from tiebreak.problems import Remark


def review(text: str, prose: Prose, *, allow_html: bool) -> list[Remark]:
    """Remarks on a text and what was made of it; where readings part, only on lines of which nothing else is told."""
    markup = gfm.markup(text)
    found = leftovers.find(text, markup, allow_html=allow_html)
    converted: list[Remark] = []  # what converting it told
    for _ in fences.split(text, converted, allow_html=allow_html):
        pass
    lines = {*(remark.line for remark in (*found, *converted)), *leftovers.front_matter_lines(text)}
    theirs = outline(gfm.markup(text, allow_html=True) if allow_html else markup)
    return [*found, *differences.compare(text, prose, theirs, told=lines)]
