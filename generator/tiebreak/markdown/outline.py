"""The outline of HTML that was made of Markdown: its blocks, what stands in them, and how its words are marked."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import quote, unquote

from tiebreak.languages import QUOTATION_MARKS
from tiebreak.markdown.containers import ALIGNED, CALLOUTS
from tiebreak.model import MARK, Link

_CONTAINERS = frozenset({"ul", "ol", "li", "blockquote", "table", "tr", "dl", "dd", "notes", "callout"})
_LEAVES = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "td", "dt"})
_STYLES = {
    **dict.fromkeys(("em", "i"), "emphasis"),
    **dict.fromkeys(("strong", "b"), "strong emphasis"),
    **dict.fromkeys(("del", "s"), "strikethrough"),
    "code": "code",
}
_BLOCKS = _CONTAINERS | _LEAVES
_PARTS = _BLOCKS - {"td", "dt", "dd"}
NESTS = {"ul": 1, "ol": 1, "/ul": -1, "/ol": -1}
_MARKS = frozenset(_STYLES.values())
_EMPTY = frozenset({"br", "hr", "input", "img", "wbr", "col"})
_POSITION = re.compile(r"([0-9]{1,9}):[0-9]+-[0-9]+:[0-9]+")
_UNSAFE = re.compile(r"\s*(javascript|vbscript|file|data):", re.IGNORECASE)
_CALLOUT = re.compile(rf"\[!({'|'.join(sorted(CALLOUTS))})\]\s*", re.IGNORECASE)
_GUILLEMETS = re.compile("[«‹][\u202f\xa0]?|[\u202f\xa0]?[»›]")
_QUOTES = re.compile(f"[{''.join(sorted(QUOTATION_MARKS))}′″]")
_DASH = re.compile("[–—]|--+")
_SPACE = re.compile(r"[^\S ]\s*| \s+")  # more than one blank


class Token(NamedTuple):
    """One step through a text: a block that begins (`kind`, and in `detail` what else is seen of it) or ends (`/kind`),
    or words, marked by the `styles` and the link around them.
    """

    kind: str
    detail: str = ""
    styles: frozenset[str] = frozenset()


@dataclass
class Block:
    """A part of a text in which no other block begins, and the line on which each token of it begins, 0 where that is
    not known.
    """

    tokens: list[Token] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    depth: int = 0  # how many lists it stands in

    @property
    def kind(self) -> str:
        return self.tokens[0].kind

    @property
    def key(self) -> tuple[Token, ...]:
        return tuple(self.tokens)

    @property
    def line(self) -> int:
        return next(filter(None, self.lines), 0)


def outline(markup: str, links: Sequence[Link] | None = None) -> list[Block]:
    """The blocks of `markup`, in which tokens may stand for `links`; None where a code host made it. Typography, ids
    and wrappers are passed over. Takes time in proportion to the text.
    """
    reader = _Reader(links)
    reader.feed(markup)
    reader.close()
    return [part for block in map(tidied, reader.blocks) if block.tokens for part in _parts(block)]


def _parts(block: Block) -> Iterator[Block]:
    """A list, a table or a quotation part by part, so that one difference in it does not hide another."""
    starts = [n for n, token in enumerate(block.tokens) if n == 0 or (token.kind in _PARTS and block.kind != "dl")]
    depth = 0
    for start, end in zip(starts, [*starts[1:], len(block.tokens)], strict=True):
        tokens = block.tokens[start:end]
        yield Block(tokens, block.lines[start:end], depth)
        depth += sum(NESTS.get(token.kind, 0) for token in tokens)


class _Reader(HTMLParser):
    """Collects the blocks of one text."""

    def __init__(self, links: Sequence[Link] | None) -> None:
        super().__init__()
        self.blocks: list[Block] = [Block()]
        self._links = links
        self._open: list[tuple[str, str]] = []  # elements, and what each is called here
        self._within: Counter[str] = Counter()  # how many elements of a name, and of what they are called, are open
        self._depth = self._line = 0
        self._addresses: list[str] = []  # of the links that are open: one text, however many words stand in each

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if position := _POSITION.fullmatch(given.get("data-sourcepos", "")):  # else an author may have written it
            self._line = int(position[1])
        kind, detail = _called(tag, given)
        if self._links is None and not position and (tag == "h1" or kind == "td"):
            kind, detail = "" if tag == "h1" else kind, ""  # raw HTML, of which the sanitizer takes this out
        if kind in _BLOCKS:
            self._begin(kind, detail)
        elif tag == "a":
            address = detail or target_of(given.get("href", ""), self._links)
            self._addresses.append(f"link to {address}" if address else "")
        elif tag == "img":
            address = target_of(given.get("src", ""), self._links)
            self._add(Token("image", f"{address} {plain(given.get('alt', '')).strip()}"))
        elif tag == "br" or (tag == "hr" and not self._within["notes"]):
            self._alone(Token(tag))
        elif tag == "input":
            self._add(Token("task", "done" if "checked" in given else "open"))
        if tag not in _EMPTY:
            self._open.append((tag, kind))
            self._within.update({f"<{tag}>": 1, kind: 1})

    def handle_endtag(self, tag: str) -> None:
        while self._within[f"<{tag}>"]:
            one, kind = self._open.pop()
            self._within.subtract({f"<{one}>": 1, kind: 1})
            if one == "a":
                self._addresses.pop()
            elif kind in _BLOCKS:
                self._depth -= 1
                self._add(Token(f"/{kind}"))
                self._part()
            if one == tag:
                return

    def handle_data(self, data: str) -> None:
        address = self._addresses[-1] if self._addresses else ""
        last = self.blocks[-1].tokens[-1:]
        if self._open and self._open[-1][0] == "pre" and last and last[0].kind == "pre":
            data = data.removeprefix("\n")  # which a browser passes over
        if address != "link to note-back":
            styles = {"pre"} if self._within["pre"] else {mark for mark in _MARKS if self._within[mark]}
            text = data.strip("[]") if address == "link to note" else data  # its number stands in brackets here
            self._add(Token("words", text, frozenset(styles | ({address} if address else set()))))
        is_between = not data.strip() and (not self._open or self._open[-1][1] in _CONTAINERS)
        if not is_between and not self._within["table"]:
            self._line += data.count("\n")

    def handle_comment(self, data: str) -> None:
        """What stands for raw HTML that was left out."""
        if "raw HTML omitted" in data:
            self._alone(Token("html"))

    def _begin(self, kind: str, detail: str) -> None:
        self._part()
        self._depth += 1
        self._add(Token(kind, detail))

    def _alone(self, token: Token) -> None:
        is_block = not self._depth and token.kind != "br"
        if is_block:
            self._part()
        self._add(token)
        if is_block:
            self._part()

    def _part(self) -> None:
        if not self._depth and self.blocks[-1].tokens:
            self.blocks.append(Block())

    def _add(self, token: Token) -> None:
        if not self._within["unseen"]:
            self.blocks[-1].tokens.append(token)
            self.blocks[-1].lines.append(self._line)


def _called(tag: str, given: Mapping[str, str]) -> tuple[str, str]:
    """What an element is called in an outline, and what else of it is seen."""
    names = set(given.get("class", "").split())
    if tag == "figcaption" or names & {"anchor", "callout-title"}:
        return "unseen", ""
    if names & {"footnote", "footnotes"}:
        return "notes", ""
    if "callout" in names:
        return "callout", next((name.removeprefix("callout-") for name in names if name.startswith("callout-")), "")
    if tag == "a" and (names & {"footnote-ref", "footnote-backref"} or "data-footnote-ref" in given):
        return "note", "note-back" if "footnote-backref" in names else "note"
    if tag in ("td", "th"):
        return "td", given.get("align", next((to for to, name in ALIGNED.items() if name in names), ""))
    if tag == "h1":
        return "h2", ""  # the page's title is the only one of the first level
    return _STYLES.get(tag, tag), given.get("start", "1") if tag == "ol" else ""


def target_of(address: str, links: Sequence[Link] | None) -> str:
    """Where a link leads, in one spelling; nowhere if neither lets it lead there. A token stands for one of `links`."""
    if links and address.startswith(MARK) and address.strip(MARK).isdigit():
        address = links[int(address.strip(MARK))].target
    if _UNSAFE.match(address):
        return ""
    return quote(unquote(address).strip(), safe="%/:?#[]@!$&'()*+,;=~")


def plain(text: str) -> str:
    """Words as they were before typography."""
    if not text.isascii():
        text = _QUOTES.sub("'", _GUILLEMETS.sub("'", text)).replace("…", "...")
    return _SPACE.sub(" ", _DASH.sub("-", text.replace('"', "'")))


def tidied(block: Block) -> Block:
    """The same block without what is not seen: the ends of paragraphs, the first one of a quotation and white space
    around blocks; with words of one style in one token, and callouts as such.
    """
    kept, lines, texts = list[Token](), list[int](), list[list[str]]()  # texts: what each token says
    for token, line in zip(block.tokens, block.lines, strict=True):
        last = kept[-1] if kept else None
        if token.kind == "words":
            is_blank = not _is_code(token) and not token.detail.strip()
            if last and last.kind == "words" and (last.styles == token.styles or (is_blank and not _is_code(last))):
                texts[-1].append(token.detail)
                continue
            is_kept = not is_blank or (last is not None and last.kind in ("image", "words", "html"))
        elif token.kind == "p" and last and last.kind == "task":  # which stands before the paragraph, or in it
            kept.insert(-1, token)
            lines.insert(-1, line)
            texts.insert(-1, [token.detail])
            continue
        else:
            is_kept = token.kind != "/p" and not (token.kind == "p" and last and last.kind in _CONTAINERS - {"li"})
        if token.kind == "/p" and last and last.kind == "p":  # nothing stood in it
            del kept[-1], lines[-1], texts[-1]
        if is_kept:
            kept.append(token)
            lines.append(line)
            texts.append([token.detail])
    said = (_saying(token, "".join(text)) for token, text in zip(kept, texts, strict=True))
    return _stripped(_with_callout(Block(list(said), lines)))


def _saying(token: Token, text: str) -> Token:
    return token if token.kind != "words" else token._replace(detail=text if _is_code(token) else plain(text))


def _is_code(token: Token) -> bool:
    return not token.styles.isdisjoint(("pre", "code"))


def _stripped(block: Block) -> Block:
    """Without white space where a block or a line begins or ends."""
    texts = [one.detail if one.kind == "words" else "" for one in block.tokens]
    kinds = ["", *(one.kind for one in block.tokens), ""]
    beside = ("words", "image", "html", "task")
    for place, token in enumerate(block.tokens):
        if token.kind == "words" and "pre" in token.styles:
            texts[place] = "\n".join(line.rstrip(" \t") for line in token.detail.split("\n")).rstrip("\n")
        elif "code" in token.styles:
            texts[place] = token.detail.replace("\n", " ")
        elif token.kind == "words":
            text = token.detail if kinds[place] in beside[:3] else token.detail.lstrip()
            texts[place] = text if kinds[place + 2] in beside else text.rstrip()
    kept = [place for place, one in enumerate(block.tokens) if one.kind != "words" or texts[place]]
    tokens = [block.tokens[n]._replace(detail=texts[n]) if texts[n] else block.tokens[n] for n in kept]
    return Block(tokens, [block.lines[n] for n in kept])


def _with_callout(block: Block) -> Block:
    """A quotation that begins with `[!NOTE]` as the callout that it is on a code host."""
    is_whole = block.tokens and (block.kind, block.tokens[-1].kind) == ("blockquote", "/blockquote")
    if is_whole and block.tokens[1].kind == "words":
        marked = _CALLOUT.match(block.tokens[1].detail)
        if marked and not block.tokens[1].styles:
            block.tokens[0] = Token("callout", marked[1].lower())
            block.tokens[1] = block.tokens[1]._replace(detail=block.tokens[1].detail[marked.end() :])
            block.tokens[-1] = Token("/callout")
            if block.tokens[2].kind == "p" and not block.tokens[1].detail:
                del block.tokens[1:3], block.lines[1:3]
    return block
