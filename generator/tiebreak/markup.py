"""Markdown to safe HTML: what an author writes is text, and becomes markup only through Markdown's own syntax."""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.smarty import SmartyExtension
from markdown.extensions.toc import TocExtension
from markdown.treeprocessors import Treeprocessor

from tiebreak.model import Heading, Link, Prose
from tiebreak.names import slugify

# A link stands in the HTML as `href="<SUB>3<SUB>"`. No author can write U+001A: source.py refuses control characters.
_TOKEN = re.compile('(?:href|src)="\x1a([0-9]+)\x1a"')
_TAG = re.compile(r"<[^>]*>")
_NOT_PROSE = re.compile(r'<pre.*?</pre>|<div class="footnote".*?</div>|<a class="anchor".*?</a>', re.DOTALL)
_TYPEWRITTEN = re.compile(r"['\"`]|--|\.\.\.")
# Ids that the theme uses on the same page as an author's headings.
_RESERVED = re.compile(
    r"(factor|source|fn|cite)-.*|main|contents|pick|factors|verdict|related|feedback|sources|history"
)


def blocks(text: str, *, allow_html: bool = False) -> Prose:
    """A whole text: headings with ids, code highlighted, tables, footnotes, definition lists, typographic quotes.

    Raises RecursionError when the text is nested too deeply to be converted.
    """
    return _convert(_blocks_converter(allow_html), text, sanitise=allow_html)


def inline(text: str) -> Prose:
    """A one-line field: emphasis, code and links, never blocks or images."""
    return _convert(_inline_converter(), " ".join(text.split()), sanitise=False, unwrap=True)


def typographic(text: str) -> str:
    """Plain text with real quotes, dashes and ellipses; no Markdown."""
    if not _TYPEWRITTEN.search(text):
        return text
    return html.unescape(_TAG.sub("", _typographic_converter().reset().convert(text)))


def fill_links(prose: Prose, attributes: Callable[[Link], str]) -> str:
    """The HTML of `prose`, each link's token replaced by the attributes that `attributes` writes for it."""
    return _TOKEN.sub(lambda match: attributes(prose.links[int(match[1])]), prose.html) if prose.links else prose.html


def _convert(converter: Markdown, text: str, *, sanitise: bool, unwrap: bool = False) -> Prose:
    collector: _Links = converter.treeprocessors["links"]  # type: ignore[assignment]
    collector.links = []  # a blank text never reaches the tree
    try:
        markup = converter.reset().convert(text)
    except RecursionError:
        # It was left half-way: its parser still believes itself inside the blocks that were open.
        _blocks_converter.cache_clear()
        _inline_converter.cache_clear()
        raise
    links = collector.links
    if sanitise:
        markup, links = _sanitise(markup, links)
    if unwrap:
        markup = markup.removeprefix("<p>").removesuffix("</p>")
    # Code that overflows must be scrollable from the keyboard.
    markup = markup.replace("<pre>", '<pre tabindex="0">')
    plain = html.unescape(_TAG.sub("", _NOT_PROSE.sub("", markup)))
    return Prose(markup, plain, _headings(getattr(converter, "toc_tokens", [])), tuple(links))


def _headings(tokens: list[dict[str, Any]]) -> tuple[Heading, ...]:
    return tuple(Heading(token["id"], token["name"], token["level"], _headings(token["children"])) for token in tokens)


@cache
def _blocks_converter(allow_html: bool) -> Markdown:
    converter = Markdown(
        extensions=[
            "tables",
            "footnotes",
            "def_list",
            "sane_lists",
            "fenced_code",
            "codehilite",
            SmartyExtension(),
            TocExtension(
                slugify=_heading_id, permalink="#", permalink_class="anchor", permalink_title="Link to this section"
            ),
        ],
        extension_configs={
            "codehilite": {"guess_lang": False, "css_class": "highlight"},
            "footnotes": {"BACKLINK_TITLE": "Back to the text of note {}", "UNIQUE_IDS": False},
        },
    )
    if not allow_html:
        converter.preprocessors.deregister("html_block")
        converter.inlinePatterns.deregister("html")
    return _with_links(converter)


@cache
def _inline_converter() -> Markdown:
    converter = Markdown(extensions=[SmartyExtension()])
    converter.preprocessors.deregister("html_block")
    _keep_only_paragraphs(converter)
    for name in ("html", "image_link", "image_reference", "short_image_ref"):
        converter.inlinePatterns.deregister(name)
    return _with_links(converter)


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


def _with_links(converter: Markdown) -> Markdown:
    # An address in angle brackets would be obfuscated into entities, which nothing after it could check.
    converter.inlinePatterns.deregister("automail")
    converter.treeprocessors.register(_OneTitle(converter), "one-title", 6)  # before toc (5) reads the levels
    converter.treeprocessors.register(
        _Links(converter), "links", 4
    )  # after inline (20) and toc (5) have done their work
    return converter


def _heading_id(text: str, _separator: str) -> str:
    id = slugify(text) or "section"
    return f"{id}-section" if _RESERVED.fullmatch(id) else id


_OWN_LINKS = {"anchor", "footnote-ref", "footnote-backref"}


class _OneTitle(Treeprocessor):
    """The page's title is the only first-level heading."""

    def run(self, root: Element) -> None:
        for heading in root.iter("h1"):
            heading.tag = "h2"


class _Links(Treeprocessor):
    """Puts a token in the place of every link that an author wrote, and dresses tables and images for the page."""

    links: list[Link]

    def run(self, root: Element) -> None:
        for element in list(root.iter()):
            if element.tag == "a" and element.get("class") not in _OWN_LINKS:
                element.set("href", self.token(Link(element.get("href", ""))))
            elif element.tag == "img":
                self._dress_image(element)
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
            region.set("aria-label", f"Table {number}")  # two landmarks must not share a name

    def token(self, link: Link) -> str:
        self.links.append(link)
        return f"\x1a{len(self.links) - 1}\x1a"

    def _dress_image(self, image: Element) -> None:
        image.set("src", self.token(Link(image.get("src", ""), image=True, alt=image.get("alt", ""))))
        image.set("decoding", "async")

    def _wrap_tables(self, parent: Element) -> None:
        """A table wider than the screen scrolls inside a region of its own."""
        for place, child in enumerate(list(parent)):
            if child.tag == "table":
                region = Element(
                    "div", {"class": "table-scroll", "role": "region", "aria-label": "Table", "tabindex": "0"}
                )
                region.tail, child.tail = child.tail, None
                region.append(child)
                parent[place] = region
            else:
                self._wrap_tables(child)


_EXTRA_TAGS = {"section", "header", "footer"}
_ATTRIBUTES = {"class", "id", "title", "role", "aria-label", "tabindex", "lang", "dir"}
_IMAGE = re.compile('<img[^>]*src="\x1a([0-9]+)\x1a"[^>]*>')
_ALT = re.compile(r'\balt="([^"]*)"')


def _sanitise(markup: str, links: list[Link]) -> tuple[str, list[Link]]:
    """HTML that cannot run, ask another host or restyle the page; links in raw HTML become tokens too."""
    import nh3

    found = list(links)

    def check(tag: str, attribute: str, value: str) -> str:
        if attribute not in ("href", "src") or value.startswith(("\x1a", "#")):
            return value
        found.append(Link(value, image=tag == "img", alt="" if tag == "img" else None))
        return f"\x1a{len(found) - 1}\x1a"

    attributes = {tag: _ATTRIBUTES | nh3.ALLOWED_ATTRIBUTES.get(tag, set()) for tag in nh3.ALLOWED_TAGS | _EXTRA_TAGS}
    attributes["img"] |= {"loading", "decoding"}
    clean = nh3.clean(
        markup,
        tags=(nh3.ALLOWED_TAGS | _EXTRA_TAGS) - {"map", "area"},
        attributes=attributes,
        attribute_filter=check,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    for image in _IMAGE.finditer(clean):
        alt = _ALT.search(image[0])
        found[int(image[1])] = replace(found[int(image[1])], alt=html.unescape(alt[1]) if alt else "")
    # Links of elements that did not survive are no links.
    kept = list(dict.fromkeys(int(number) for number in _TOKEN.findall(clean)))
    renumbered = _TOKEN.sub(lambda token: token[0].replace(token[1], str(kept.index(int(token[1])))), clean)
    return renumbered, [found[number] for number in kept]
