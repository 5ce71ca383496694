"""Markdown to safe HTML: what an author writes is text, and becomes markup only through Markdown's own syntax."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from tiebreak.markdown import fast, smartypants
from tiebreak.markdown.fences import CHART
from tiebreak.model import MARK, Link, Prose
from tiebreak.problems import Remark, RemarkError

_LINK = re.compile(f'(?:href|src)="{MARK}([0-9]+){MARK}"')
_WORD = re.compile(f'([">]){MARK}([a-z-]+) ?([^{MARK}]*){MARK}(["<])')
_CHART = re.compile(f'<figure aria-label="{MARK}{CHART} ([0-9]+){MARK}">.*?</figure>', re.DOTALL)
_APART = re.compile(r"\n[ \t]*\n")


class Dialect(NamedTuple):
    """How texts are read: whether raw HTML may stand in them, and the language (BCP 47) that they are in."""

    allow_html: bool = False
    language: str = "en"


def blocks(text: str, remarks: list[Remark], *, allow_html: bool = False, language: str = "en") -> Prose | None:
    """A whole text: headings with ids, code highlighted, tables, footnotes, definition lists, typographic quotes.

    What is amiss in it goes to `remarks`; None when it cannot be converted, of which the last remark tells.
    """
    converted = None if allow_html and re.search("[<&]", text) else fast.blocks(text, remarks, language)
    if not converted:
        from tiebreak.markdown import full

        try:
            converted = full.blocks(text, allow_html=allow_html, remarks=remarks, language=language)
        except RemarkError as error:
            remarks.append(_placed(error.remark, text, allow_html))
            return None
    markup, headings, links = converted
    return Prose(markup, headings, tuple(links))


def inline(text: str, language: str = "en") -> Prose:
    """A one-line field: emphasis, code and links, never blocks or images.

    Raises RemarkError when it cannot be converted.
    """
    markup, headings, links = fast.inline(" ".join(text.split()), language)
    return Prose(markup, headings, tuple(links))


def typographic(text: str, language: str = "en") -> str:
    """Plain text with real quotes, dashes and ellipses; no Markdown."""
    return smartypants.plain(text, language)


def fill_links(prose: Prose, attributes: Callable[[Link], str]) -> str:
    """The HTML of `prose`, each link's token replaced by the attributes that `attributes` writes for it."""
    return _LINK.sub(lambda match: attributes(prose.links[int(match[1])]), prose.html) if prose.links else prose.html


def fill_charts(markup: str, chart: Callable[[int], str]) -> str:
    """HTML of prose, each place of a chart replaced by the one of its number, from 1."""
    return _CHART.sub(lambda place: chart(int(place[1])), markup)


def fill_words(markup: str, say: Callable[[str, str], str]) -> str:
    """HTML of prose, each `theme_word` replaced by what `say` has for its name and its number, which may be empty."""
    if MARK not in markup:
        return markup
    return _WORD.sub(lambda match: f"{match[1]}{say(match[2], match[3])}{match[4]}", markup)


def _placed(remark: Remark, text: str, allow_html: bool) -> Remark:
    """The remark with the line of the first block that causes it by itself, if there is one."""
    if remark.needle:
        return remark
    from tiebreak.markdown import full

    start = 0
    for end in (*(gap.start() for gap in _APART.finditer(text)), len(text)):
        block = text[start:end]
        try:
            full.blocks(block, allow_html=allow_html, remarks=[])
        except RemarkError:
            above = text[: start + len(block) - len(block.lstrip())]
            return replace(remark, line=above.count("\n") + 1)
        start = end
    return remark
