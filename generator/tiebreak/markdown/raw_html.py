"""Raw HTML in Markdown: where a block of it begins and ends, as GitHub reads it."""

import re
from typing import NamedTuple

_NAMES = """
    address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt
    fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link
    main menu menuitem nav noframes ol optgroup option p param section source summary table tbody td tfoot th thead
    title tr track ul
""".split()
_ATTRIBUTES = r"""(?:\s++[a-zA-Z_:][\w:.-]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`]++))?)*+"""
_SPOKEN_FOR = {  # how a block begins, and what is in its last line
    r"<(?:script|pre|style)(?=[\s>]|\Z)": r"</(?:script|pre|style)>",
    "<!--": "-->",
    r"<\?": r"\?>",
    r"<!\[CDATA\[": r"\]\]>",
    "<![A-Z]": ">",
}
_BEGINS = re.compile(
    rf" {{0,3}}(?:{'|'.join(f'({start})' for start in _SPOKEN_FOR)}|</?(?:{'|'.join(_NAMES)})(?=[\s>]|/>|\Z))",
    re.IGNORECASE | re.ASCII,
)
_ENDS = tuple(re.compile(end, re.IGNORECASE) for end in _SPOKEN_FOR.values())
_ALONE = re.compile(
    rf" {{0,3}}<(?:[a-zA-Z][a-zA-Z0-9-]*+{_ATTRIBUTES}\s*+/?|/[a-zA-Z][a-zA-Z0-9-]*+\s*+)>\s*\Z", re.ASCII
)
INLINE = rf"""(
    <(?:[a-zA-Z][a-zA-Z0-9-]*+{_ATTRIBUTES}\s*+/?|/[a-zA-Z][a-zA-Z0-9-]*+\s*+)>
    |<!--(?:(?!<!--|-->).)*+-->|<\?(?:(?!<\?|\?>).)*+\?>|<![A-Z][^<>]*+>
)""".replace("\n    ", "").replace("\n", "")
_BLANK = re.compile(r"\s*\Z")


class Html(NamedTuple):
    """A block of raw HTML, up to before the line `after`, counted from 1."""

    text: str
    after: int
    before: str = ""  # what stands before it in its first line: marks of the lists and quotations around it

    @property
    def is_verbatim(self) -> bool:
        """Whether what stands in it is shown as it is, or not at all, as a comment is."""
        begun = _BEGINS.match(self.text)
        return begun is not None and begun.lastindex is not None


class HtmlBlock(str):
    """What is put away of a block, around which no paragraph belongs."""

    __slots__ = ()


def interrupts(line: str) -> bool:
    """Whether a block of HTML begins in a line, whatever stands above."""
    return "<" in line[:4] and _BEGINS.match(line) is not None


def end_of(line: str, *, is_text: bool) -> re.Pattern[str] | None:
    """What is found in the last line of the block of HTML that begins in a line, or in the one after it where that is
    blank; None if none begins. Under a line of text, a tag that may stand in a paragraph begins none.
    """
    if "<" not in line[:4]:
        return None
    if begun := _BEGINS.match(line):
        return _ENDS[begun.lastindex - 1] if begun.lastindex else _BLANK
    return _BLANK if not is_text and _ALONE.match(line) else None


def ends_before(end: re.Pattern[str], line: str) -> bool:
    """Whether a block of HTML does not go on in a line, which is blank."""
    return end is _BLANK and _BLANK.match(line) is not None


def ends_in(end: re.Pattern[str], line: str) -> bool:
    """Whether a line is the last one of a block of HTML."""
    return end is not _BLANK and end.search(line) is not None
