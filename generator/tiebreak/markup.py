"""Markdown to safe HTML: what an author writes is text, and becomes markup only through Markdown's own syntax."""

import html
import re
from collections.abc import Callable
from dataclasses import replace

from tiebreak import everyday
from tiebreak.prose import Heading, Link, Prose
from tiebreak.typography import entangled, typeset

# A link stands in the HTML as `href="<SUB>3<SUB>"`. No author can write U+001A: source.py refuses control characters.
_TOKEN = re.compile('(?:href|src)="\x1a([0-9]+)\x1a"')
_WORD = re.compile('"\x1a(section|table|next-table|note) ?([0-9]*)\x1a"')
_TAG = re.compile(r"<[^>]*>")
_TYPEWRITTEN = re.compile(r"['\"`]|--|\.\.\.")


def blocks(text: str, *, allow_html: bool = False) -> Prose:
    """A whole text: headings with ids, code highlighted, tables, footnotes, definition lists, typographic quotes.

    Raises RecursionError when the text is nested too deeply to be converted.
    """
    converted = None if allow_html and re.search("[<&]", text) else everyday.blocks(text)
    if not converted:
        from tiebreak import converter

        converted = converter.blocks(text, allow_html=allow_html)
    markup, headings, links = converted
    if allow_html:
        markup, links = _sanitise(markup, links)
    return _prose(markup, headings, links)


def inline(text: str) -> Prose:
    """A one-line field: emphasis, code and links, never blocks or images."""
    return _prose(*everyday.inline(" ".join(text.split())))


def typographic(text: str) -> str:
    """Plain text with real quotes, dashes and ellipses; no Markdown."""
    if not _TYPEWRITTEN.search(text):
        return text
    if text == " ".join(text.split()) and not entangled(text):
        return html.unescape(typeset(text))
    from tiebreak import converter

    return html.unescape(_TAG.sub("", converter.typographic(text)))


def fill_links(prose: Prose, attributes: Callable[[Link], str]) -> str:
    """The HTML of `prose`, each link's token replaced by the attributes that `attributes` writes for it."""
    return _TOKEN.sub(lambda match: attributes(prose.links[int(match[1])]), prose.html) if prose.links else prose.html


def fill_words(markup: str, say: Callable[[str, str], str]) -> str:
    """HTML of prose, each `theme_word` replaced by what `say` has for its name and its number, which may be empty."""
    return _WORD.sub(lambda match: f'"{say(match[1], match[2])}"', markup) if "\x1a" in markup else markup


def _prose(markup: str, headings: tuple[Heading, ...], links: list[Link]) -> Prose:
    # Code that overflows must be scrollable from the keyboard.
    return Prose(markup.replace("<pre>", '<pre tabindex="0">'), headings, tuple(links))


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
