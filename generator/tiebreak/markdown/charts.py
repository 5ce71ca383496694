"""The blocks of a text that describe charts, and what looks like one where nothing can be drawn."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from tiebreak.markdown.fences import CHART, Code, split

# What begins a chart: its keys stand in the lines below it, or behind it as in a cell of a table. Runs and distances
# have bounds, so that this takes time in proportion to the text.
_BEGINS = re.compile(
    rf"(?<![`~])(?:`{{3,}}+|~{{3,}}+)[ \t]*+\{{?\.?{CHART}\b"
    r"(?:[^`\n]{0,200}?\bkind:|[^`\n]{0,200}(?:\n[\s>|]*+(?:[a-z_]+:(?=\s|$)|```|~~~)|\Z))",
    re.IGNORECASE,
)


class Charts(NamedTuple):
    """The blocks that describe charts, and the lines and columns, from 1, where another seems to begin and is text."""

    blocks: list[Code]
    strays: list[tuple[int, int]]


def charts(text: str, *, allow_html: bool = False) -> Charts:
    """What a text has of charts. One within longer code, or in HTML that shows it as it is or not at all, is none."""
    if CHART not in text.lower():
        return Charts([], [])
    blocks, taken, line = list[Code](), set[int](), 1
    for part in split(text, [], allow_html=allow_html):
        if isinstance(part, str):
            line += part.count("\n") + 1
            continue
        if isinstance(part, Code) and part.is_chart:
            blocks.append(part)
        if isinstance(part, Code) or part.is_verbatim:
            taken.update(range(line, part.after))
        line = part.after
    return Charts(blocks, [place for place in _begun(text) if place[0] not in taken])


def _begun(text: str) -> Iterator[tuple[int, int]]:
    """Wherever a chart seems to begin."""
    line, start = 1, 0
    for found in _BEGINS.finditer(text):
        line += text.count("\n", start, found.start())
        start = found.start()
        yield line, start - text.rfind("\n", 0, start)
