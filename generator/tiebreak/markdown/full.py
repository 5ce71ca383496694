"""Python-Markdown as it is set up here, for every text that is not everyday."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions.smarty import SmartyExtension
from markdown.extensions.toc import remove_fnrefs, render_inner_html
from markdown.inlinepatterns import DelimiterProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX

from tiebreak.markdown import bounds, fences, sanitizer, tags
from tiebreak.markdown.headings import HeadingIds, nested
from tiebreak.markdown.highlight import rendered
from tiebreak.markdown.sanitizer import reference
from tiebreak.model import Heading, Link, theme_word
from tiebreak.problems import Remark, RemarkError, Severity

# HTML with a token in the place of each link, as `markup.fill_links` expects it; headings; links.
Converted = tuple[str, tuple[Heading, ...], list[Link]]
_TOO_DEEP = Remark("too-deep", "the text is nested too deeply", "take some levels of quotation or list away")
_TOO_OPEN = Remark(
    "too-deep",
    "too many HTML elements are open inside each other",
    "close every tag, the last one that was opened first",
    needle="<",
)


_ID = re.compile(r' id="([^"]*)"')
_SIGN = re.compile(r"[*_]")
_MARKER = re.compile(r" {0,3}\[TOC\] *")
_CLASS_OF_CODE = re.compile(r'<(?:div|figure|span) class="')  # in a text, < is &lt;


@dataclass
class _Found:
    """What was found in one text."""

    remarks: list[Remark]
    headings: list[Heading] = field(default_factory=list)


def blocks(text: str, *, allow_html: bool, remarks: list[Remark]) -> Converted:
    """A whole text, with raw HTML in it as far as it may stand there, if that is allowed.

    What is amiss in it goes to `remarks`. Raises RemarkError when it cannot be converted.
    """
    found, links = _Found(remarks), list[Link]()
    markup, html, taken = _convert(_blocks_converter(allow_html), text, found, links)
    remarks += sanitizer.control_characters(html, links)
    if allow_html:
        remarks += sanitizer.removed(taken, markup, html)
    ids = set(_ID.findall(html)) if allow_html else set()  # a program that was taken out may have had headings in it
    return html, nested([one for one in found.headings if one.id in ids or not allow_html]), links


def inline(text: str, links: list[Link]) -> str:
    """One text without blocks in it; its links are numbered after those that there are, and added to them.

    Raises RemarkError when it cannot be converted.
    """
    before = len(links)
    _, html, _ = _convert(_inline_converter(), text, _Found([]), links)
    for remark in sanitizer.control_characters(html, links[before:]):
        raise RemarkError(remark)
    return html


def typographic(text: str) -> str:
    """A text without any markup."""
    return _typographic_converter().reset().convert(text)


def _convert(converter: "_Converter", text: str, found: _Found, links: list[Link]) -> tuple[str, str, Counter[str]]:
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


class _Converter(Markdown):
    """Python-Markdown, with what it found in the text that it reads."""

    found: _Found
    has_blocks = True


@cache
def _blocks_converter(allow_html: bool) -> _Converter:
    converter = _Converter(
        extensions=[
            "tables",
            "def_list",
            "sane_lists",
            bounds.Footnotes(BACKLINK_TITLE=reference(theme_word("note", "{}")), UNIQUE_IDS=False),
            SmartyExtension(),
        ]
    )
    if allow_html:
        converter.preprocessors.register(bounds.HtmlBlocks(converter), "html_block", 20)
    else:
        converter.preprocessors.deregister("html_block")
        converter.inlinePatterns.deregister("html")
    converter.preprocessors.register(_Fences(converter), "fences", 25)
    converter.preprocessors.register(bounds.Lines(converter), "lines", 15)
    tables = bounds.Tables(converter.parser, {"use_align_attribute": False})
    converter.parser.blockprocessors.register(tables, "table", 75)
    converter.treeprocessors.register(_IndentedCode(converter), "code", 30)  # before inline (20)
    converter.treeprocessors.register(_Headings(converter), "headings", 5)
    return _finished(converter)


@cache
def _inline_converter() -> _Converter:
    converter = _Converter(extensions=[SmartyExtension()])
    converter.has_blocks = False
    converter.preprocessors.deregister("html_block")
    _keep_only_paragraphs(converter)
    for name in ("html", "image_link", "image_reference", "short_image_ref"):
        converter.inlinePatterns.deregister(name)
    return _finished(converter)


@cache
def _typographic_converter() -> Markdown:
    converter = Markdown()
    converter.preprocessors.deregister("html_block")
    _keep_only_paragraphs(converter)
    for pattern in list(_names(converter.inlinePatterns)):
        converter.inlinePatterns.deregister(pattern)
    SmartyExtension().extendMarkdown(converter)
    return converter


def _keep_only_paragraphs(converter: Markdown) -> None:
    """`1. first` in a table cell is text, not a list."""
    for name in list(_names(converter.parser.blockprocessors)):
        if name not in ("empty", "paragraph"):
            converter.parser.blockprocessors.deregister(name)


def _names(registry: Any) -> Iterator[str]:
    return (item.name for item in registry._priority)


def _finished(converter: _Converter) -> _Converter:
    # An address in angle brackets would be obfuscated into entities, which nothing after it could check.
    converter.inlinePatterns.deregister("automail")
    patterns: Any = converter.inlinePatterns
    for name, priority in [(one.name, one.priority) for one in patterns._priority if one.name in bounds.LINKS]:
        patterns.register(bounds.LINKS[name](patterns[name].pattern, converter), name, priority)
    emphasis = _Emphasis("*", "strong,em", converter)
    emphasis.add("_", "strong,em", smart=True)
    patterns.register(emphasis, "em_strong", 60)
    for name, priority in (("inline", 20), ("smarty", 6)):
        replaced: Any = converter.treeprocessors[name]
        reader = bounds.Inline(converter)
        reader.inlinePatterns = replaced.inlinePatterns
        converter.treeprocessors.register(reader, name, priority)
    converter.treeprocessors.register(_Links(converter), "links", -1)  # when all others have done their work
    return converter


class _Emphasis(DelimiterProcessor):
    """Python-Markdown's, which loses what stands between signs that cross each other, as the last letter of `*a **b*c`,
    or cuts through what an earlier pattern put away: there, the signs are text.
    """

    def handleMatch(  # type: ignore[override] # noqa: N802 -- Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        """The element that begins there, or none, and from where to where it was looked for."""
        element, start, end = super().handleMatch(m, data)
        if element is None or _holds(element, data[start:end]):
            return element, start, end
        return None, m.start(0), end


def _holds(element: Element, text: str) -> bool:
    """Whether the texts in an element are those of `text` without its signs, and none ends within a placeholder."""
    pieces = list(element.itertext())
    is_whole = all(piece.count(STX) == piece.count(ETX) for piece in pieces)
    return is_whole and _SIGN.sub("", "".join(pieces)) == _SIGN.sub("", text)


class _Fences(Preprocessor):
    """Puts fenced code away, coloured."""

    md: _Converter

    def run(self, lines: list[str]) -> list[str]:
        remarks, found, line = self.md.found.remarks, list[str](), 1
        for part in fences.split("\n".join(lines), remarks):
            if isinstance(part, str):
                text = part.split("\n")
                remarks += [_contents_marker(number) for number, one in enumerate(text, line) if _MARKER.fullmatch(one)]
                found += text
            else:
                found += ["", self.md.htmlStash.store(_ours(rendered(part, remarks))), ""]
                line = part.after
        return found


def _contents_marker(line: int) -> Remark:
    message, help = "[TOC] is shown as text", "delete it; a page lists its headings by itself"
    return Remark("contents-marker", message, help, Severity.WARNING, line, "[TOC]")


def _ours(markup: str) -> str:
    """Coloured code, its classes told from those that an author writes."""
    return _CLASS_OF_CODE.sub(rf"\g<0>{reference('')}", markup)


class _IndentedCode(Treeprocessor):
    """Colours code that was told by its indentation."""

    md: _Converter

    def run(self, root: Element) -> None:
        for block in root.iter("pre"):
            if len(block) == 1 and block[0].tag == "code":
                remarks = self.md.found.remarks
                code = fences.indented(unescape(block[0].text or ""), remarks)
                stashed = self.md.htmlStash.store(_ours(rendered(code, remarks)))
                block.clear()
                block.tag, block.text = "p", stashed


class _Headings(Treeprocessor):
    """Gives every heading an id and a link to itself. The page's title is the only one of the first level."""

    md: _Converter

    def run(self, root: Element) -> None:
        ids = HeadingIds()
        for heading in root.iter():
            if heading.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
                level = max(2, int(heading.tag[1]))
                text = sanitizer.text_of(render_inner_html(remove_fnrefs(heading), self.md))
                id = ids.of(text)
                heading.tag = f"h{level}"
                heading.set("id", id)
                link = {"class": "anchor", "href": f"#{id}", "title": reference(theme_word("section"))}
                SubElement(heading, "a", link).text = "#"
                self.md.found.headings.append(Heading(id, text, level))


_OWN_LINKS = {"anchor", "footnote-ref", "footnote-backref"}


class _Links(Treeprocessor):
    """Marks every link that Markdown made, and dresses tables and images for the page."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag == "a" and element.get("class") not in _OWN_LINKS:
                element.set("href", reference(element.get("href", "")))
            elif element.tag == "img":
                element.set("src", reference(element.get("src", "")))
                element.set("decoding", "async")
        opening = set(list(root)[:2])
        for block in root:
            for image in block.iter("img"):
                # What the first screen may show must not wait for a scroll.
                image.set("loading", "eager" if block in opening else "lazy")
        for cell in root.iter("th"):
            # A header that says nothing, as in a table's corner, heads nothing.
            if len(cell) == 0 and not (cell.text or "").strip():
                cell.tag = "td"
        self._wrap_tables(root)
        regions = [element for element in root.iter("div") if element.get("class") == "table-scroll"]
        for number, region in enumerate(regions[1:], 2):
            region.set("aria-label", reference(theme_word("next-table", number)))  # two landmarks must not share a name

    def _wrap_tables(self, parent: Element) -> None:
        """A table wider than the screen scrolls inside a region of its own."""
        for place, child in enumerate(list(parent)):
            if child.tag == "table":
                label = reference(theme_word("table"))
                region = Element(
                    "div", {"class": "table-scroll", "role": "region", "aria-label": label, "tabindex": "0"}
                )
                region.tail, child.tail = child.tail, None
                region.append(child)
                parent[place] = region
            else:
                self._wrap_tables(child)
