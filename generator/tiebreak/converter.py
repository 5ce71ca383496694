"""Python-Markdown as it is set up here, for every text that is not everyday."""

from collections.abc import Iterator
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.smarty import SmartyExtension
from markdown.extensions.toc import TocExtension
from markdown.treeprocessors import Treeprocessor

from tiebreak.headings import heading_id
from tiebreak.prose import Heading, Link, theme_word

# HTML with a token in the place of each link, as `markup.fill_links` expects it; headings; links.
Converted = tuple[str, tuple[Heading, ...], list[Link]]


def blocks(text: str, *, allow_html: bool) -> Converted:
    """A whole text; with HTML in it as it was written, if that is allowed."""
    converter, links = _blocks_converter(allow_html), list[Link]()
    html = _convert(converter, text, links)
    return html, _headings(converter.toc_tokens), links  # type: ignore[attr-defined]


def inline(text: str, links: list[Link]) -> str:
    """One text without blocks in it; its links are numbered after those that there are, and added to them."""
    return _convert(_inline_converter(), text, links).removeprefix("<p>").removesuffix("</p>")


def typographic(text: str) -> str:
    """A text without any markup."""
    return _typographic_converter().reset().convert(text)


def _convert(converter: Markdown, text: str, links: list[Link]) -> str:
    collector: _Links = converter.treeprocessors["links"]  # type: ignore[assignment]
    collector.links = links
    try:
        return converter.reset().convert(text)
    except RecursionError:
        # It was left half-way: its parser still believes itself inside the blocks that were open.
        _blocks_converter.cache_clear()
        _inline_converter.cache_clear()
        raise


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
                slugify=_heading_id, permalink="#", permalink_class="anchor", permalink_title=theme_word("section")
            ),
        ],
        extension_configs={
            "codehilite": {"guess_lang": False, "css_class": "highlight"},
            "footnotes": {"BACKLINK_TITLE": theme_word("note", "{}"), "UNIQUE_IDS": False},
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
    return heading_id(text)


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
            region.set("aria-label", theme_word("next-table", number))  # two landmarks must not share a name

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
                label = theme_word("table")
                region = Element(
                    "div", {"class": "table-scroll", "role": "region", "aria-label": label, "tabindex": "0"}
                )
                region.tail, child.tail = child.tail, None
                region.append(child)
                parent[place] = region
            else:
                self._wrap_tables(child)
