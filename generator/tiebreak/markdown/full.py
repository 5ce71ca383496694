"""Python-Markdown as it is set up here, for every text that is not everyday."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

from markdown import Markdown
from markdown.inlinepatterns import HtmlInlineProcessor

from tiebreak.languages import quotes
from tiebreak.markdown import bounds, inlines, leaves, notes, raw_html, sanitizer, structure, tables, tags
from tiebreak.markdown.headings import nested
from tiebreak.markdown.processors import (
    Cleaned,
    Converter,
    Emphasis,
    Found,
    HtmlBlocks,
    IndentedCode,
    LinkedHeadings,
    MarkedLinks,
    PutAway,
)
from tiebreak.markdown.sanitizer import reference
from tiebreak.markdown.typography import Typography
from tiebreak.model import Heading, Link, theme_word
from tiebreak.problems import Remark, RemarkError

# HTML with a token in the place of each link, as `convert.fill_links` expects it; headings; links.
Converted = tuple[str, tuple[Heading, ...], list[Link]]
_TOO_DEEP = Remark("too-deep", "the text is nested too deeply", "take some levels of quotation or list away")
_TOO_OPEN = Remark(
    "too-deep",
    "too many HTML elements are open inside each other",
    "close every tag, the last one that was opened first",
    needle="<",
)


_ID = re.compile(r' id="([^"]*)"')


def blocks(text: str, *, allow_html: bool, remarks: list[Remark], language: str = "en") -> Converted:
    """A whole text, with raw HTML in it as far as it may stand there, if that is allowed.

    What is amiss in it goes to `remarks`. Raises RemarkError when it cannot be converted.
    """
    found, links = Found(remarks), list[Link]()
    markup, html, taken = _convert(_blocks_converter(allow_html, language), text, found, links)
    remarks += sanitizer.control_characters(html, links)
    if allow_html:
        remarks += sanitizer.removed(text, taken, markup, html)
    ids = set(_ID.findall(html)) if allow_html else set()  # a program that was taken out may have had headings in it
    return html, nested([one for one in found.headings if one.id in ids or not allow_html]), links


def inline(text: str, links: list[Link], language: str = "en") -> str:
    """One text without blocks in it; its links are numbered after those that there are, and added to them.

    Raises RemarkError when it cannot be converted.
    """
    before = len(links)
    _, html, _ = _convert(_inline_converter(language), text, Found([]), links)
    for remark in sanitizer.control_characters(html, links[before:]):
        raise RemarkError(remark)
    return html


def _convert(converter: Converter, text: str, found: Found, links: list[Link]) -> tuple[str, str, Counter[str]]:
    """The HTML of a text before it passes the gate and after it, an inline one without the paragraph around it; and the
    tags that may not even come to the gate.
    """
    converter.found = found
    try:
        markup = converter.reset().convert(text)
        if not converter.has_blocks:
            markup = markup.removeprefix("<p>").removesuffix("</p>")
        markup, taken = tags.listed(markup, sanitizer.TAGS, reference(""))
        if tags.is_too_much(markup):
            raise RemarkError(_TOO_OPEN)
        return markup, sanitizer.clean(markup, links), taken
    except Exception as error:
        # It was left half-way: its parser still believes itself inside the blocks that were open.
        _blocks_converter.cache_clear()
        _inline_converter.cache_clear()
        if isinstance(error, RemarkError):
            raise
        if isinstance(error, RecursionError):
            raise RemarkError(_TOO_DEEP) from None
        # A fault of Python-Markdown's, met by this text.
        message = f"Python-Markdown cannot read this text ({type(error).__name__})"
        raise RemarkError(Remark("unreadable-text", message, "write it in another way")) from None


@cache
def _blocks_converter(allow_html: bool, language: str) -> Converter:
    converter = Converter(
        extensions=[
            "tables",
            "def_list",
            # In brackets, because programs that take a page's text know no small raised numbers: "3.1" with note 5.
            notes.Footnotes(
                BACKLINK_TITLE=reference(theme_word("note", "{}")), SUPERSCRIPT_TEXT="[{}]", UNIQUE_IDS=False
            ),
        ]
    )
    converter.preprocessors.deregister("html_block")
    if allow_html:
        converter.inlinePatterns.register(HtmlInlineProcessor(raw_html.INLINE, converter), "html", 90)
        converter.postprocessors.register(HtmlBlocks(converter), "raw_html", 30)
    else:
        converter.inlinePatterns.deregister("html")
    converter.references = leaves.Addresses()
    converter.preprocessors.register(Cleaned(converter), "normalize_whitespace", 30)
    converter.preprocessors.register(PutAway(converter, allow_html=allow_html), "put_away", 25)
    converter.preprocessors.register(bounds.Lines(converter), "lines", 15)
    found = tables.Tables(converter.parser, {"use_align_attribute": True})
    blocks = converter.parser.blockprocessors
    blocks.register(found, "table", 75)
    for name in ("indent", "olist", "ulist", "quote", "hashheader", "setextheader"):
        blocks.deregister(name)
    blocks.register(leaves.Headings(converter.parser), "headings", 60)
    blocks.register(structure.Terms(converter.parser), "deflist", 25)
    blocks.register(structure.Definitions(converter.parser), "defindent", 85)
    blocks.register(structure.Containers(converter.parser), "containers", 110)
    converter.treeprocessors.register(structure.Tight(converter), "tight", 4)
    converter.treeprocessors.register(IndentedCode(converter), "code", 30)  # before inline (20)
    converter.treeprocessors.register(LinkedHeadings(converter), "headings", 5)
    return _finished(converter, language)


@cache
def _inline_converter(language: str) -> Converter:
    converter = Converter()
    converter.has_blocks = False
    converter.preprocessors.deregister("html_block")
    _keep_only_paragraphs(converter)
    for name in ("html", "image_link", "image_reference", "short_image_ref"):
        converter.inlinePatterns.deregister(name)
    return _finished(converter, language)


def _keep_only_paragraphs(converter: Markdown) -> None:
    """`1. first` in a table cell is text, not a list."""
    for name in list(_names(converter.parser.blockprocessors)):
        if name not in ("empty", "paragraph"):
            converter.parser.blockprocessors.deregister(name)


def _names(registry: Any) -> Iterator[str]:
    return (item.name for item in registry._priority)


def _finished(converter: Converter, language: str) -> Converter:
    # An address in angle brackets would be obfuscated into entities, which nothing after it could check.
    converter.inlinePatterns.deregister("automail")
    converter.ESCAPED_CHARS = [*converter.ESCAPED_CHARS, '"', "'"]
    patterns: Any = converter.inlinePatterns
    for name, priority in [(one.name, one.priority) for one in patterns._priority if one.name in bounds.LINKS]:
        patterns.register(bounds.LINKS[name](patterns[name].pattern, converter), name, priority)
    emphasis = Emphasis("*", "strong,em", converter)
    emphasis.add("_", "strong,em", smart=True)
    patterns.register(emphasis, "em_strong", 60)
    inlines.register(converter)
    converter.treeprocessors.register(bounds.Inline(converter), "inline", 20)
    converter.treeprocessors.register(Typography(converter, quotes(language)), "typography", 6)
    converter.treeprocessors.register(MarkedLinks(converter), "links", -1)  # when all others have done their work
    return converter
