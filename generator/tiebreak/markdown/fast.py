"""Everyday Markdown to HTML in one pass, byte for byte as Python-Markdown has it: what nearly every text is made of.

A text with any other kind of block in it is not read at all; other inline markup is passed on to Python-Markdown, text
by text.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import TYPE_CHECKING

from tiebreak import limits
from tiebreak.languages import quotes
from tiebreak.markdown import fences
from tiebreak.markdown.containers import ALIGNED, RULE, Container, lists, tree
from tiebreak.markdown.fences import Code
from tiebreak.markdown.headings import HeadingIds, nested
from tiebreak.markdown.highlight import markup_of, rendered, unpadded
from tiebreak.markdown.smartypants import OPAQUE, typeset
from tiebreak.model import Heading, Link, theme_word, token
from tiebreak.problems import Remark, RemarkError

if TYPE_CHECKING:
    from tiebreak.markdown.full import Converted

# Python-Markdown's own marks, an end of line that it changes, and other tools' sign for a list of headings.
_STRANGE = re.compile(r"\x02|\x03|\r|\[TOC\]")
_SPACES = re.compile(r"\n +(?=\n)")
_HEADING_LINE = re.compile(r"\n#{1,6}(?: [^\n]*)?(?=\n|\Z)")
_GAP = re.compile(r"\n\n+")

# A line that begins so can be nothing but text, where it begins no list.
_LINE = r"""(?:[^\W_]|["'(]|`(?!``)|\*\*?\w|~~?\w|\[[^\[\]\n]*\]\()[^\n]*"""
_PARAGRAPH = re.compile(rf"{_LINE}(?:\n{_LINE})*")
_HEADING = re.compile(r"(#{1,6}) ([^#\\\n]+)")
_TABLE = re.compile(r"\|[^\n\\]+\|\n\|(?: *:?-+:? *\|)+(?:\n\|[^\n\\]+\|)+")
_ALIGNMENTS = {
    "--": "",
    **{ends: f' class="{ALIGNED[to]}"' for ends, to in ((":-", "left"), ("::", "center"), ("-:", "right"))},
}
_CODE = re.compile("\x02wzxhzdk:([0-9]+)\x03")  # the place of fenced code

# As in smartypants.py, each branch begins with one certain character and looks back over it: so a search can leap.
_WORDS = r"[^\s`*_\[\]<\\](?:[^`*_\[\]<\\]*[^\s`*_\[\]<\\])?"
_SPAN = re.compile(
    rf"""
    `(?<!``)([^`]+)`(?!`)
  | \*(?<!\*\*)({_WORDS})\*(?!\*)
  | \*\*(?<!\*\*\*)({_WORDS})\*\*(?!\*)
  | \[(?<!!\[)(?!\^)({_WORDS})\]\(([^\s()<>"'`\\\[\]]+)\)
    """,
    re.VERBOSE,
)
# Whatever else could be markup, or become markup together with a span; and what could be in a span.
_IN_SPAN = r"\{fact:|~(?=[^~]*~)|://|w[Ww]{2}\.|W[Ww]{2}\.|@(?=[\w-]+\.)"
_MARKUP = re.compile(rf"`|\*|\\|_(?:(?<![a-zA-Z0-9]_)|(?![a-zA-Z0-9]))|\]\(|<[a-zA-Z]|{_IN_SPAN}")
_LINKED = re.compile(_IN_SPAN)
_ENTITY = re.compile(r"&#?[0-9a-zA-Z]+;")  # is no plain text
_TAG = re.compile(r"<[^>]*>")
# As a parser of HTML would write them out again.
_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\xa0": "&nbsp;"})
_TO_ESCAPE = re.compile("[&<>\xa0]")


def blocks(text: str, remarks: list[Remark], language: str = "en") -> "Converted | None":
    """A text of headings, paragraphs, lists, quotes, tables and fenced code; None if there is anything else in it.

    What is amiss in it goes to `remarks`.
    """
    reader = _Reader(language)
    found: list[Remark] = []
    try:
        html = "\n".join(reader.blocks(text, found))
    except (_RareError, RemarkError):
        return None
    html = _CODE.sub(lambda place: rendered(reader.codes[int(place[1])], found), html) if reader.codes else html
    remarks += found
    return html.strip(), nested(reader.headings), reader.links


def inline(text: str, language: str = "en") -> "Converted":
    """One line of inline markup, of whatever kind."""
    reader = _Reader(language)
    html = None if _STRANGE.search(text) else reader.inline(text)
    return reader.rarer(text) if html is None else html, (), reader.links


class _RareError(Exception):
    """The text has a block that this converter does not handle."""


class _Reader:
    """The state of converting one text."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._marks = quotes(language)
        self.links: list[Link] = []
        self.headings: list[Heading] = []
        self.codes: list[Code] = []
        self._ids = HeadingIds()
        self._tables = self._cells = 0

    def blocks(self, text: str, remarks: list[Remark]) -> Iterator[str]:
        """The HTML of each block, with marks in the places of code."""
        if _STRANGE.search(text):
            raise _RareError
        found: list[str] = []
        for part in fences.split(text, remarks):
            if isinstance(part, Code):
                found.append(f"{part.before}\x02wzxhzdk:{len(self.codes)}\x03")
                self.codes.append(part)
            elif isinstance(part, str):
                found.append(part)
        lines = _SPACES.sub("\n", "\n".join(found)).split("\n")
        if len(lines) > limits.LINES:
            raise _RareError  # it may be too much, of which the converter judges
        return self._parts(tree(lines))

    def _parts(self, container: Container) -> Iterator[str]:
        for part in lists(container):
            if isinstance(part, Container):
                yield self._quote(part)
            elif isinstance(part[0], Container):
                yield self._list([item for item in part if isinstance(item, Container)])
            else:
                yield from self._prose("\n".join(line for line in part if isinstance(line, str)))

    def _quote(self, quote: Container) -> str:
        parts = list(self._parts(quote))
        if not parts:
            raise _RareError
        if not quote.callout:
            return _element("blockquote", parts)
        title = f'<p class="callout-title">{token(theme_word(f"callout-{quote.callout}"))}</p>'
        return "\n".join((f'<div class="callout callout-{quote.callout}">', title, *parts, "</div>"))

    def _list(self, items: list[Container]) -> str:
        first, is_loose = items[0], any(item.is_loose for item in items)
        tag = "ol" if first.marker in ".)" else "ul"
        start = f' start="{first.number}"' if tag == "ol" and first.number != 1 else ""
        shown = (self._item(item, is_loose=is_loose) for item in items)
        return "\n".join((f"<{tag}{start}>", *shown, f"</{tag}>"))

    def _item(self, item: Container, *, is_loose: bool) -> str:
        parts = list(self._parts(item))
        if item.task and parts and parts[0].startswith("<p>"):
            parts[0] = f"<p>{_box(item.task)} {parts[0][3:]}"
        elif item.task:
            raise _RareError
        opening = '<li class="task">' if item.task else "<li>"
        if not parts:
            return f"{opening}</li>"
        is_block = [is_loose or not part.startswith("<p>") for part in (parts[0], parts[-1])]
        if not is_loose:
            parts = [part[3:-4] if part.startswith("<p>") else part for part in parts]
        before, after = ("\n" if one else "" for one in is_block)
        return "".join((opening, before, "\n".join(parts), after, "</li>"))

    def _prose(self, text: str) -> Iterator[str]:
        # A heading is a block of its own, with blank lines around it or not.
        text = _HEADING_LINE.sub(r"\n\g<0>\n", f"\n{text}").strip("\n")
        return map(self._block, _GAP.split(text)) if text else iter(())

    def _block(self, block: str) -> str:
        if len(block) > limits.PARAGRAPH:
            raise _RareError  # as above
        if _PARAGRAPH.fullmatch(block):
            return f"<p>{self._text(block)}</p>"
        if heading := _HEADING.fullmatch(block):
            return self._heading(len(heading[1]), self._text(heading[2].strip()))
        if _TABLE.fullmatch(block):
            return self._table(block)
        if _CODE.fullmatch(block):
            return block
        if RULE.match(block):
            return "<hr>"
        raise _RareError

    def _heading(self, marks: int, html: str) -> str:
        text = " ".join(unescape(_TAG.sub("", html)).split())
        id = self._ids.of(text)
        level = max(2, marks)  # the page's title is the only first-level heading
        self.headings.append(Heading(id, text, level))
        title = token(theme_word("section"))
        link = f'<a aria-hidden="true" class="anchor" href="#{id}" tabindex="-1" title="{title}">#</a>'
        return f'<h{level} id="{id}">{html}{link}</h{level}>'

    def _table(self, block: str) -> str:
        header, rule, *rows = ([cell.strip(" ") for cell in line[1:-1].split("|")] for line in block.split("\n"))
        self._cells += len(rule) * (len(rows) + 1)
        if any(len(row) != len(rule) for row in (header, *rows)) or self._cells > limits.CELLS:
            raise _RareError
        alignments = [_ALIGNMENTS[cell[0] + cell[-1]] for cell in rule]
        head = _element("thead", [self._row("th", header, alignments)])
        table = _element("table", (head, _element("tbody", [self._row("td", row, alignments) for row in rows])))
        self._tables += 1
        label = theme_word("table") if self._tables == 1 else theme_word("next-table", self._tables)
        return f'<div aria-label="{token(label)}" class="table-scroll" role="region" tabindex="0">{table}</div>'

    def _row(self, tag: str, cells: list[str], alignments: list[str]) -> str:
        return _element("tr", (self._cell(tag, *cell) for cell in zip(cells, alignments, strict=True)))

    def _cell(self, tag: str, text: str, alignment: str) -> str:
        html = self.inline(text)
        if html is None:
            raise _RareError
        tag = tag if text.strip() else "td"  # a header that says nothing heads nothing
        return f"<{tag}{alignment}>{html}</{tag}>"

    def _text(self, text: str) -> str:
        html = self.inline(text)
        if html is None and ("![" in text or "\\|" in text):  # known only to bodies, and images to their place in one
            raise _RareError
        return self.rarer(text) if html is None else html

    def inline(self, text: str) -> str | None:
        """The HTML of inline markup; None if there is anything but words, code, emphasis and links."""
        if "  \n" in text or ("&" in text and _ENTITY.search(text)):
            return None
        if not _MARKUP.search(text):
            return _escaped(typeset((text,), self._marks)[0])
        pieces = _SPAN.split(text)
        if _MARKUP.search(" ".join(pieces[::6])) or _LINKED.search(" ".join(filter(None, _without_code(pieces)))):
            return None
        spans = list(zip(*(pieces[n::6] for n in range(1, 7)), strict=True))
        texts = [pieces[0]]
        for code, em, strong, label, _, after in spans:
            texts += (OPAQUE if code else em or strong or label, after)
        texts = [_escaped(one) for one in typeset(texts, self._marks)]
        html = [texts[0]]
        for (code, em, _, label, address, _), inside, after in zip(spans, texts[1::2], texts[2::2], strict=True):
            if code:
                html.append(f"<code>{markup_of(unpadded(code))}</code>")
            elif label:
                html.append(f'<a href="{self._token(address)}">{inside}</a>')
            else:
                html.append(f"<em>{inside}</em>" if em else f"<strong>{inside}</strong>")
            html.append(after)
        return "".join(html)

    def rarer(self, text: str) -> str:
        """The HTML of inline markup of any other kind."""
        from tiebreak.markdown import full

        return full.inline(text, self.links, self._language)

    def _token(self, address: str) -> str:
        self.links.append(Link(address))
        return token(len(self.links) - 1)


def _without_code(pieces: Sequence[str]) -> Iterator[str]:
    """The texts around spans, and in those that are not code."""
    return (piece for number, piece in enumerate(pieces) if number % 6 not in (1, 5))


def _box(task: str) -> str:
    checked = ' checked=""' if task == "done" else ""
    return f'<input aria-label="{token(theme_word(f"task-{task}"))}"{checked} disabled="" type="checkbox">'


def _escaped(text: str) -> str:
    return text.translate(_ESCAPED) if _TO_ESCAPE.search(text) else text


def _element(tag: str, children: Iterable[str]) -> str:
    return "\n".join((f"<{tag}>", *children, f"</{tag}>"))
