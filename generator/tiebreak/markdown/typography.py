"""Sets the signs of each paragraph of a tree that Python-Markdown has made."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from html import unescape
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, HTML_PLACEHOLDER_RE, STX, AtomicString

from tiebreak.languages import Quotes
from tiebreak.markdown.smartypants import OPAQUE, typeset

# Elements within a paragraph; any other begins one and ends one.
_INLINE = frozenset(
    "a abbr b bdi bdo cite code data del dfn em i img ins kbd mark q s samp small span strong sub sup time u "
    "var".split()
)
_AS_IT_IS = frozenset(("code", "pre", "kbd", "samp", "var", "script", "style", "math", "svg"))
_PLACEHOLDER = re.compile(f"({STX}[^{ETX}]*{ETX})")


@dataclass(frozen=True)
class _Text:
    """A text of the tree, and how to put another in its place."""

    text: str
    put: Callable[[str], object]
    is_plain: bool = True


class Typography(Treeprocessor):
    """Sets quotes, dashes and ellipses, when all other inline markup has become elements."""

    def __init__(self, converter: Markdown, marks: Quotes) -> None:
        super().__init__(converter)
        self._marks = marks

    def run(self, root: Element) -> None:
        paragraph: list[_Text] = []
        for part in _texts(root):
            if part is None:
                self._set(paragraph)
                paragraph = []
            else:
                paragraph.append(part)
        self._set(paragraph)

    def _set(self, paragraph: list[_Text]) -> None:
        pieces = [(part, piece) for part in paragraph for piece in self._pieces(part)]
        printed = typeset([seen for _, (_, seen) in pieces], self._marks)
        found: dict[int, list[str]] = {}
        for (part, (written, seen)), shown in zip(pieces, printed, strict=True):
            found.setdefault(id(part), []).append(shown if written == seen else written)
        for part in paragraph:
            text = "".join(found.get(id(part), ()))
            if part.is_plain and text != part.text:
                part.put(text)

    def _pieces(self, part: _Text) -> Iterator[tuple[str, str]]:
        """Each piece of a text as it is written, and as what stands beside it sees it."""
        if not part.is_plain:
            yield part.text, OPAQUE if part.text else ""
            return
        for place, piece in enumerate(_PLACEHOLDER.split(part.text)):
            if piece:
                yield piece, self._seen(piece) if place % 2 else piece

    def _seen(self, placeholder: str) -> str:
        """Raw HTML is passed over, and an entity is the sign that it stands for; a sign behind a backslash is none."""
        found = HTML_PLACEHOLDER_RE.fullmatch(placeholder)
        markup = str(self.md.htmlStash.rawHtmlBlocks[int(found[1])]) if found else ""
        if markup.startswith("<"):
            return "\n" if markup.lower().startswith("<br") else ""
        return " " if unescape(markup).isspace() else OPAQUE


def _texts(root: Element) -> Iterator[_Text | None]:
    """The texts of a tree in their order, with None where a paragraph begins or ends; without recursion, because
    authors may nest lists as deep as they like.
    """
    waiting: list[tuple[Element, bool]] = [(root, False)]
    while waiting:
        element, is_left = waiting.pop()
        is_block = element.tag not in _INLINE
        if is_left:
            if element.tag != "br" and is_block:
                yield None
            yield _text(element.tail, partial(setattr, element, "tail"))
            continue
        waiting.append((element, True))
        yield from _opened(element, is_block)
        if not _is_as_it_is(element):
            waiting += ((child, False) for child in reversed(element))


def _opened(element: Element, is_block: bool) -> Iterator[_Text | None]:
    if element.tag == "br":
        yield _Text("\n", lambda _: None)
    elif is_block:
        yield None
    if element.tag == "img" or _is_as_it_is(element):
        yield _Text(OPAQUE, lambda _: None, is_plain=False)
    else:
        yield _text(element.text, partial(setattr, element, "text"))


def _is_as_it_is(element: Element) -> bool:
    return element.tag in _AS_IT_IS or isinstance(element.text, AtomicString)


def _text(text: str | None, put: Callable[[str], object]) -> _Text:
    return _Text(text or "", put, is_plain=not isinstance(text, AtomicString))
