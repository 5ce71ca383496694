"""Extensions of Python-Markdown: code and raw HTML put away, ids of headings, and marks on links."""

import re
from dataclasses import dataclass, field
from html import unescape
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions.toc import remove_fnrefs, render_inner_html
from markdown.inlinepatterns import DelimiterProcessor
from markdown.postprocessors import RawHtmlPostprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX

from tiebreak.markdown import fences, sanitizer
from tiebreak.markdown.headings import HeadingIds
from tiebreak.markdown.highlight import rendered
from tiebreak.markdown.raw_html import Html, HtmlBlock
from tiebreak.markdown.sanitizer import reference
from tiebreak.model import MARK, Heading, theme_word
from tiebreak.problems import Remark

_SIGN = re.compile(r"[*_]")

_MARKER = re.compile(r" {0,3}\[TOC\] *")

_PLACE = re.compile(f"{MARK}([a-z]+ [0-9]+){MARK}")  # of a chart
_CLASS_OF_CODE = re.compile(r'<(?:div|figure|span) class="')  # in a text, < is &lt;


@dataclass
class Found:
    """What the extensions found in one text."""

    remarks: list[Remark]
    headings: list[Heading] = field(default_factory=list)


class Converter(Markdown):
    """Python-Markdown, with what its extensions find in a text."""

    found: Found
    has_blocks = True


class Emphasis(DelimiterProcessor):
    """Python-Markdown's, which loses what stands between signs that cross each other, as the last letter of `*a **b*c`,
    or cuts through what an earlier pattern put away: there, the signs are text.
    """

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:  # type: ignore[override]
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


class Cleaned(Preprocessor):
    """Takes Python-Markdown's own marks out of a text. Its tabs stay, for they may stand in code."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines, with blank ones at their end."""
        text = "\n".join(lines).replace(STX, "").replace(ETX, "")
        return [*text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), "", ""]


class PutAway(Preprocessor):
    """Replaces fenced code by a placeholder for the coloured code, and blocks of raw HTML where they are allowed; in
    what remains, tabs are spaces.
    """

    md: Converter

    def __init__(self, md: Converter, *, allow_html: bool) -> None:
        super().__init__(md)
        self._allow_html = allow_html

    def run(self, lines: list[str]) -> list[str]:
        remarks, found, line = self.md.found.remarks, list[str](), 1
        for part in list(fences.split("\n".join(lines), remarks, allow_html=self._allow_html)):
            if isinstance(part, str):
                text = part.split("\n")
                remarks += [_contents_marker(number) for number, one in enumerate(text, line) if _MARKER.fullmatch(one)]
                found += text
            else:
                stash, blank = self.md.htmlStash, [] if part.before else [""]
                code = HtmlBlock(part.text) if isinstance(part, Html) else _ours(rendered(part, remarks))
                found += [*blank, part.before + stash.store(code), *blank]
                line = part.after
        return [one if one.strip(" ") else "" for one in found]


class HtmlBlocks(RawHtmlPostprocessor):
    """Puts blocks of HTML back."""

    def stash_to_string(self, text: str) -> str:
        """What was put away, as it is."""
        return text if isinstance(text, HtmlBlock) else str(text)

    def isblocklevel(self, html: str) -> bool:
        """Whether no paragraph belongs around it."""
        return isinstance(html, HtmlBlock) or super().isblocklevel(html)


def _contents_marker(line: int) -> Remark:
    message, help = "[TOC] is shown as text", "delete it; a page lists its headings by itself"
    return Remark("contents-marker", message, help, line, "[TOC]")


def _ours(markup: str) -> str:
    """Coloured code, with its classes marked so that the sanitizer keeps them, and the place of a chart."""
    return _PLACE.sub(lambda place: reference(place[1]), _CLASS_OF_CODE.sub(rf"\g<0>{reference('')}", markup))


class IndentedCode(Treeprocessor):
    """Colours indented code."""

    md: Converter

    def run(self, root: Element) -> None:
        for block in root.iter("pre"):
            if len(block) == 1 and block[0].tag == "code":
                remarks = self.md.found.remarks
                code = fences.indented(unescape(block[0].text or ""), remarks)
                stashed = self.md.htmlStash.store(_ours(rendered(code, remarks)))
                block.clear()
                block.tag, block.text = "p", stashed


class LinkedHeadings(Treeprocessor):
    """Gives every heading an id and a link to itself. The page's title is the only one of the first level."""

    md: Converter

    def run(self, root: Element) -> None:
        ids = HeadingIds()
        for heading in root.iter():
            if heading.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
                level = max(2, int(heading.tag[1]))
                text = sanitizer.text_of(render_inner_html(remove_fnrefs(heading), self.md))
                id = ids.of(text)
                heading.tag = f"h{level}"
                heading.set("id", id)
                # The contents lead there as well, and read aloud it would be a sign behind each heading.
                link = {"aria-hidden": reference("true"), "class": "anchor", "href": f"#{id}", "tabindex": "-1"}
                link["title"] = reference(theme_word("section"))
                SubElement(heading, "a", link).text = "#"
                self.md.found.headings.append(Heading(id, text, level))


_OWN_LINKS = {"anchor", "footnote-ref", "footnote-backref"}


class MarkedLinks(Treeprocessor):
    """Marks every link that Markdown made, and prepares tables and images for the page."""

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
