"""Bounds for Python-Markdown, so that its time grows with the length of a text and not with the square of it.

Each bound lies far above what people write. What lies beyond is not read, and the author is told where.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, cast
from xml.etree.ElementTree import Element

from markdown import Markdown, inlinepatterns
from markdown.inlinepatterns import LinkInlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

from tiebreak import limits
from tiebreak.problems import Remark, RemarkError

MANY_DEFINITIONS = 100  # one below the other
LONGEST_DEFINITIONS = 100_000  # characters of a block that has definitions of links in it
LONGEST_LABEL, DEEPEST_LABEL = 2_000, 10  # characters of a link's text, and brackets inside each other in it

_DEFINITION = re.compile(r"[ ]{0,3}\[[^\]\n]*\]:[ ]*\S")  # of a link or of a footnote
_HEADING = re.compile(r"#|[=*_-][=*_ -]*$")  # or a line across, or what makes a heading of the line before
_SPACE = re.compile(r"\s")
_BRACKET = re.compile(r"[\[\]]")
# What ends an address, or may.
_IN_ADDRESS = re.compile(r"""[()]|\s(["'])""")
_TITLES = {'"': re.compile(r'([^"]*(?:"(?!\s*\))[^"]*)*)"\s*\)'), "'": re.compile(r"([^']*(?:'(?!\s*\))[^']*)*)'\s*\)")}
_URL = re.compile(r"https?://", re.IGNORECASE)


def too_much(code: str, message: str, help: str, text: str) -> RemarkError:
    """The error for `text`, with its first line."""
    return RemarkError(Remark(code, message, help, needle=text.strip().split("\n")[0][:80]))


class Lines(Preprocessor):
    """Refuses lines that go on for too long without a blank one, and counts what may become more than what stands
    there.
    """

    cells = referred = length = 0  # of one text

    def run(self, lines: list[str]) -> list[str]:
        """The same lines, with a blank one between many definitions: each has the rest of a block read again."""
        self.cells = self.referred = 0
        self.length = sum(map(len, lines))
        found: list[str] = []
        for _, block in _blocks(lines):
            is_many = len(block) > MANY_DEFINITIONS < sum(map(bool, map(_DEFINITION.match, block)))
            if is_many and not self._is_table(block):
                block = [part for line in block for part in (("", line) if _DEFINITION.match(line) else (line,))]
            found += block
        blocks = [block for is_text, block in _blocks(found) if is_text]
        count = 0
        for block in blocks:
            count += 1 + sum(map(bool, map(_HEADING.match, block[1:])))
            if count > limits.BLOCKS:
                message = f"the text has more than {limits.BLOCKS:,} paragraphs, headings, or what else is a block"
                raise too_much("too-long", message, "make several pages of it", block[0])
            self._check_length(block)
        return found

    def refer(self, address: str, title: str) -> None:
        """Count what is written anew for each use of a definition."""
        if len(title) > limits.NAME:
            message = f"the title of this link has {len(title):,} characters, and {limits.NAME} are the most"
            raise too_much("too-long", message, "make it shorter", title)
        self.referred += len(address) + len(title)
        if self.referred > (most := limits.REFERENCES + 10 * self.length):
            message = f"definitions of links are used so often that they come to more than {most:,} characters"
            raise too_much("too-long", message, "use a shorter address, or use it less often", address)

    def _check_length(self, block: list[str]) -> None:
        if len(block) > limits.LINES and not self._is_table(block):
            message = f"more than {limits.LINES} lines follow each other without a blank one"
            help = "put a blank line between what does not belong together"
            raise too_much("too-long", message, help, block[limits.LINES])
        if sum(map(len, block)) > LONGEST_DEFINITIONS and (found := next(filter(_DEFINITION.match, block), None)):
            message = f"more than {LONGEST_DEFINITIONS:,} characters follow each other without a blank line"
            raise too_much("too-long", message, "put a blank line between definitions of links", found)

    def _is_table(self, block: list[str]) -> bool:
        """Whose cells are counted when it is made."""
        table = self.md.parser.blockprocessors["table"]
        return not block[0].startswith("    ") and bool(table.test(Element("p"), "\n".join(block)))


def counts(converter: Markdown) -> Lines:
    """What counts for the text that a converter reads."""
    lines: Any = converter.preprocessors["lines"]
    return cast("Lines", lines)


def _blocks(lines: Iterable[str]) -> Iterator[tuple[bool, list[str]]]:
    """Blocks of lines with text and of blank lines in turn, as Python-Markdown splits them."""
    return ((is_text, list(block)) for is_text, block in groupby(lines, key=lambda line: line.strip(" ") != ""))


class Inline(InlineProcessor):
    """Reads inline markup one block at a time, because the time for all at once grows with the square of their
    number.
    """

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Read the inline markup of the tree."""
        above = ancestors or []
        blocks = list(tree)
        del tree[:]
        for block in blocks:
            is_holder = len(block) > 0 and not ((block.text or "") + (block.tail or "")).strip()
            tree.extend([self.run(block, [*above, block.tag])] if is_holder else self._read(block, above))
        return tree

    def _read(self, block: Element, above: list[str]) -> list[Element]:
        for element in block.iter():
            _check(element.text)
            _check(element.tail)
        around = Element("div")
        around.append(block)
        super().run(around, above)
        return list(around)


def _check(text: str | None) -> None:
    if text and len(text) > limits.PARAGRAPH and not isinstance(text, AtomicString):
        message = f"this text has {len(text)} characters, and {limits.PARAGRAPH} are read as one"
        raise too_much("too-long", message, "begin a new paragraph with a blank line", text)


class _Bounded(LinkInlineProcessor):
    """A link that searches for its end only within bounds."""

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:
        """The text in the brackets, where it ends, and whether it does."""
        depth = 1
        for bracket in _BRACKET.finditer(data, index, index + LONGEST_LABEL):
            depth += 1 if bracket[0] == "[" else -1
            if depth == 0:
                return data[index : bracket.start()], bracket.end(), True
            if depth > DEEPEST_LABEL:
                break
        return "", index, False

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:
        """The address, the title, where the link ends, and whether it does.

        A title stands behind white space, so that a quote in an address is a part of it; brackets in an address are
        closed in it.
        """
        angled = self.RE_LINK.match(data, index)
        if angled is None or angled[1]:
            return super().getLink(data, index) if angled else ("", None, index, False)
        start, depth, end, has_title = angled.end(), 1, index + limits.LINK, True
        for sign in _IN_ADDRESS.finditer(data, start, end):
            if sign[1]:
                title = _TITLES[sign[1]].match(data, sign.end(), end) if has_title else None
                has_title = False  # where the first quote begins none, there is none
                if title:
                    return self._found(data[start : sign.start()], title[1], title.end())
                continue
            depth += 1 if sign[0] == "(" else -1
            if depth == 0:
                return self._found(data[start : sign.start()], None, sign.end())
            if depth > DEEPEST_LABEL:
                break
        else:
            if len(data) > end and _URL.match(data, start):
                message = f"the address of this link has more than {limits.LINK:,} characters, if it ends at all"
                raise too_much("too-long", message, "link a shorter one", data[start:])
        return "", None, index, False

    def _found(self, address: str, title: str | None, end: int) -> tuple[str, str | None, int, bool]:
        if _SPACE.search(address.strip()):
            return "", None, end, False  # an address with a blank in it stands between < and >
        clean = None if title is None else self.RE_TITLE_CLEAN.sub(" ", self.unescape(title.strip()))
        return self.unescape(address).strip(), clean, end, True


class _Outer(_Bounded):
    """A link in whose text no other may stand: there, the inner one is the link."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:  # type: ignore[override]
        """The link and its place, or none."""
        text, _, is_closed = self.getText(data, m.end())
        if is_closed and "[" in text and self._holds_link(text):
            return None, None, None
        found: tuple[Element | None, int | None, int | None] = super().handleMatch(m, data)  # type: ignore[assignment]
        return found

    def _holds_link(self, text: str) -> bool:
        place = 0
        while (start := text.find("[", place)) >= 0:
            label, place, is_closed = self.getText(text, start + 1)
            end = self._end(text, label, place) if is_closed else -1
            if end >= 0 and text[start - 1 : start] != "!":
                return True
            place = end if end >= 0 else start + 1
        return False

    def _end(self, text: str, label: str, place: int) -> int:
        """Where what has a label ends, if it is a link or an image; else -1."""
        if text[place : place + 1] == "(":
            _, _, end, is_closed = self.getLink(text, place)
            return end if is_closed else -1
        other = Reference.RE_LINK.match(text, place)
        is_known = self.unescape(other[1] if other and other[1] else label) in self.md.references
        return (other.end() if other else place) if is_known else -1


class Link(_Outer):
    """`[a](b)`"""


class Image(_Bounded, inlinepatterns.ImageInlineProcessor):
    """`![a](b)`"""


class _Referring(_Bounded):
    """A link whose address and title stand elsewhere in the text."""

    def evalId(self, data: str, index: int, text: str) -> tuple[str, int, bool]:
        """The name of the definition, in which code is its words."""
        id, end, is_handled = super().evalId(data, index, text)  # type: ignore[misc]
        return self.unescape(id or ""), end, is_handled

    def makeTag(self, href: str, title: str | None, text: str) -> Element:
        """The element of a link."""
        counts(self.md).refer(href, title or "")
        element: Element = super().makeTag(href, title, text)  # type: ignore[misc]
        return element


class Reference(_Outer, _Referring, inlinepatterns.ReferenceInlineProcessor):
    """`[a][b]`"""

    RE_LINK = re.compile(rf"\[([^\]]{{0,{LONGEST_LABEL}}})\]")


class ShortReference(_Outer, _Referring, inlinepatterns.ShortReferenceInlineProcessor):
    """`[a]`"""


class ImageReference(_Referring, inlinepatterns.ImageReferenceInlineProcessor):
    """`![a][b]`"""

    RE_LINK = Reference.RE_LINK


class ShortImageReference(_Referring, inlinepatterns.ShortImageReferenceInlineProcessor):
    """`![a]`"""


LINKS = {
    "reference": Reference,
    "link": Link,
    "image_link": Image,
    "image_reference": ImageReference,
    "short_reference": ShortReference,
    "short_image_ref": ShortImageReference,
}
