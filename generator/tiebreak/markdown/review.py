"""What a text says that readers may not get as its author means it: what only `tiebreak check` looks for."""

from collections.abc import Iterable
from dataclasses import replace

from tiebreak.markdown import alike, differences, fences, gfm, leftovers, sanitizer, tags
from tiebreak.markdown.fences import Code
from tiebreak.markdown.outline import outline
from tiebreak.markdown.raw_html import Html
from tiebreak.markdown.sanitizer import reference
from tiebreak.model import Prose
from tiebreak.problems import Remark, RemarkError, Severity


def review(text: str, prose: Prose, *, allow_html: bool) -> list[Remark]:
    """Remarks on a text and what was made of it; where readings part, only on lines of which nothing else is told."""
    markup = gfm.markup(text)
    converted: list[Remark] = []  # what converting it told
    parts = list(fences.split(text, converted, allow_html=allow_html))
    found = leftovers.find(_without_html(text, parts), markup, allow_html=allow_html)
    if not allow_html and alike.is_alike(markup, prose):
        return found
    parting = [remark for remark in (*found, *converted) if remark.topic not in leftovers.SIGNS]
    lines = {*(remark.line for remark in parting), *leftovers.front_matter_lines(text)}
    if allow_html:  # with the tags that browsers see in it, as in ours
        try:
            markup, _ = tags.listed(
                gfm.markup(text, allow_html=True), sanitizer.TAGS | {"h1", sanitizer.OURS}, reference("")
            )
        except RemarkError as error:
            message = f"GitHub reads raw HTML here that this site does not: {error.remark.message}"
            return [*found, replace(error.remark, code="read-otherwise", message=message, severity=Severity.WARNING)]
    theirs = outline(markup)
    return [*found, *differences.compare(text, prose, theirs, told=lines)]


def without_code(text: str) -> str:
    """The same text, as long as it was, with blanks in the place of code as a code host reads it."""
    return leftovers.without_code(text, gfm.markup(text))


def _without_html(text: str, parts: Iterable[str | Code | Html]) -> str:
    """The same text with blanks in the place of blocks of raw HTML that are let through: nothing is read in them."""
    lines = text.split("\n")
    for part in parts:
        if isinstance(part, Html):
            for number in range(part.after - 2 - part.text.count("\n"), part.after - 1):
                lines[number] = " " * len(lines[number])
    return "\n".join(lines)
