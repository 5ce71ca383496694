"""Where a code host and this site read a text in two ways."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Hashable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from tiebreak import limits
from tiebreak.markdown.outline import NESTS, Block, Token, outline, tidied
from tiebreak.model import Prose
from tiebreak.problems import Remark

_HELP = "write it so that both read the same: blank lines around lists, tables and code, four spaces for what is nested"
_LIST = (
    "put a blank line above a list, four spaces before what is nested, and a backslash before a sign that begins none"
)
_HELPS = {  # by what one of the readings begins with
    "callout": "let the callout stand outside of lists and quotations, with text below its first line",
    "ul": _LIST,
    "ol": _LIST,
    "li": _LIST,
    "dl": "put a backslash before the colon that begins a line",
    "p": "put a blank line between all items of a list or between none, and around what is a paragraph of its own",
    "table": "put a blank line above the table, and as many cells in the line of dashes as in its head",
    "tr": "put a blank line below the table, and every row in one line",
    "td": "put a backslash before a | that is no border",
    "pre": "put code between lines of ```, with a blank line above and below",
    "html": "write Markdown; or put it in backticks to show it",
    "image": "write the text of an image without signs of Markdown, and its address without spaces",
    "blockquote": "begin every line of the quotation with >, and put a blank line below it",
    "notes": "cite every note in the text, and define each once",
    "br": "end the line with a backslash",
    "hr": "put a blank line above and below ---",
    "task": "write - [ ] or - [x], a space, and the task",
}
_STYLED = {  # by how words are marked
    "code": "put code between rows of as many backticks, which do not stand in it",
    "link": "write [text](address), with no link in the text; a backslash makes a bracket a sign",
    "emphasis": "put * or _ right before and behind words, where spaces stand around them; a backslash makes it a sign",
    "strikethrough": "put ~~ right before and behind words; a backslash makes it a sign",
}
_NAMES = {
    "p": "a new paragraph",
    "ul": "a list",
    "ol": "a numbered list",
    "li": "an item of a list",
    "blockquote": "a quotation",
    "table": "a table",
    "tr": "a row of a table",
    "td": "a cell",
    "pre": "a block of code",
    "hr": "a line across",
    "br": "a line break",
    "html": "raw HTML",
    "notes": "footnotes",
    "image": "an image",
    "dl": "a definition list",
}
_SHOWN = 30  # characters of each reading


def compare(text: str, prose: Prose, theirs: Sequence[Block], told: Collection[int] = ()) -> Iterator[Remark]:
    """A remark for each place where the readings of a text part, but for those with a line that was `told` of already;
    `theirs` is the outline that a code host makes of it.

    After the first difference in a block, the rest of it is passed over.
    """
    ours, defined = list[Block](), set[int]()
    for block in outline(prose.html, prose.links):
        written = list(_undefined(block)) if block.kind == "dl" else []
        defined.update(map(id, written))
        ours += written or [block]
    last = text.count("\n") + 1
    ends = [*(block.line or 0 for block in theirs[1:]), last + 1]
    known, count = sorted(told), 0
    for mine, other in _parted(theirs, ours):
        if other and all(id(block) in defined for block in other):
            continue  # a definition list, which only this site has
        start = _line(theirs, mine)
        end = ends[mine[-1]] if mine else start + 1
        place = bisect_left(known, start)
        if place < len(known) and known[place] < max(end, start + 1):
            continue
        count += 1
        if count > limits.DIFFERENCES:
            return
        remark = _remark([theirs[n] for n in mine], other, start)
        yield replace(remark, line=min(remark.line, last))  # an entity may have been the end of a line


def _undefined(block: Block) -> Iterator[Block]:
    """The paragraphs that a definition list is elsewhere, one for each term; none where raw HTML has no terms."""
    starts = [place for place, token in enumerate(block.tokens) if token.kind == "dt"]
    for start, end in pairwise([*starts, len(block.tokens) - 1]):
        written = [Token("p")]
        for token in block.tokens[start:end]:
            if token.kind == "dd":
                written.append(Token("words", " : "))
            elif token.kind not in ("dt", "/dt", "/dd"):
                written.append(token)
        yield tidied(Block(written, [0] * len(written)))


def _line(theirs: Sequence[Block], mine: Sequence[int]) -> int:
    return max(1, theirs[mine[0]].line or max((theirs[n].line for n in range(mine[0])), default=1)) if mine else 1


def _parted(theirs: Sequence[Block], ours: Sequence[Block]) -> Iterator[tuple[list[int], list[Block]]]:
    """Runs of blocks that are not the same: numbers of theirs, and ours."""
    left, right = [block.key for block in theirs], [block.key for block in ours]
    place = [0, 0]
    for one, other in [*_anchors(left, right), (len(left), len(right))]:
        start, end = _trimmed(left[place[0] : one], right[place[1] : other])
        mine = list(range(place[0] + start, one - end))
        others = list(ours[place[1] + start : other - end])
        is_even = len(mine) == len(others)
        if is_even and all(theirs[n].kind == block.kind for n, block in zip(mine, others, strict=True)):
            pairs = zip(mine, others, strict=True)
            yield from (([n], [block]) for n, block in pairs if theirs[n].key != block.key)
        elif mine or others:
            yield mine or [min(one - end, len(left) - 1)] * bool(left), others
        place = [one, other]


def _trimmed(left: Sequence[Hashable], right: Sequence[Hashable]) -> tuple[int, int]:
    """How many are the same at the beginning and at the end."""
    most = min(len(left), len(right))
    start = next((n for n in range(most) if left[n] != right[n]), most)
    end = next((n for n in range(most - start) if left[-1 - n] != right[-1 - n]), most - start)
    return start, end


def _anchors(left: Sequence[Hashable], right: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Places of what stands once in each, as many as come in the same order in both: the longest row of them."""
    once = {key for key, count in Counter(left).items() if count == 1}
    once &= {key for key, count in Counter(right).items() if count == 1}
    places = {key: place for place, key in enumerate(right) if key in once}
    pairs = [(place, places[key]) for place, key in enumerate(left) if key in once]
    lasts: list[int] = []  # the smallest last place of a row of each length
    ends: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(lasts, place)
        lasts[length : length + 1], ends[length : length + 1] = [place], [number]
        before.append(ends[length - 1] if length else -1)
    row: list[tuple[int, int]] = []
    number = ends[-1] if ends else -1
    while number >= 0:
        row.append(pairs[number])
        number = before[number]
    return row[::-1]


def _remark(theirs: Sequence[Block], ours: Sequence[Block], line: int) -> Remark:
    depths = [blocks[0].depth if blocks else 0 for blocks in (theirs, ours)]
    left = [token for block in theirs for token in block.tokens]
    right = [token for block in ours for token in block.tokens]
    lines = [line for block in theirs for line in block.lines]
    pairs = enumerate(zip(left, right, strict=False))
    place = next((n for n, (a, b) in pairs if _seen(a) != _seen(b)), min(len(left), len(right)))
    line = next((one for one in reversed(lines[: place + 1]) if one), line)
    seen, shown = _reading(left, place, right, depths[0]), _reading(right, place, left, depths[1])
    message = f"GitHub reads {seen} here, this site {shown}"
    help = _help(left[place:], right[place:])
    topic = " / ".join(
        f"{tokens[place].kind} {_marked(tokens[place])}" if place < len(tokens) else "" for tokens in (left, right)
    )
    needle = left[place].detail.strip()[:_SHOWN] if place < len(left) and left[place].kind == "words" else ""
    return Remark("read-otherwise", message, help, line, needle, topic)


def _help(left: Sequence[Token], right: Sequence[Token]) -> str:
    """What to write instead, by what the readings begin with, or by how words are marked in one of them alone."""
    blocks = {tokens[0].kind.removeprefix("/") for tokens in (left, right) if tokens}
    if found := next((_HELPS[kind] for kind in _HELPS if kind in blocks), None):
        return found
    for end in (1, None):  # the first words, or all of them
        marks = {_marked(token) for token in left[:end]} ^ {_marked(token) for token in right[:end]}
        if found := next((_STYLED[mark] for mark in _STYLED if mark in marks), None):
            return found
    return _HELP


def _marked(token: Token) -> str:
    """How words are marked, in one word."""
    marks = sorted("link" if style.startswith("link") else style.rpartition(" ")[2] for style in token.styles)
    return marks[0] if marks else ""


def _seen(token: Token) -> Token:
    return token._replace(detail=token.detail.strip()) if token.styles.isdisjoint(("pre", "code")) else token


def _reading(tokens: Sequence[Token], place: int, others: Sequence[Token], depth: int) -> str:
    """What stands at a place, in an author's words."""
    if place >= len(tokens):
        return "nothing more"
    token = tokens[place]
    other = others[place] if place < len(others) else None
    if token.kind == "words":
        return _words(token, other)
    if token.kind.startswith("/"):
        name = token.kind[1:]
        return f"the end of {_NAMES.get(name, name)}"
    if token.kind in ("ul", "ol"):
        depth += sum(NESTS.get(one.kind, 0) for one in tokens[:place])
        start = f" from {token.detail}" if token.detail not in ("", "1") else ""
        return f"a {'nested ' if depth else ''}{'numbered ' if token.kind == 'ol' else ''}list{start}"
    if token.kind[0] == "h" and token.kind[1:].isdigit():
        return f"a heading of level {token.kind[1:]}"
    if token.kind in ("task", "callout"):
        return f"{'an open' if token.detail == 'open' else 'a ' + token.detail} {token.kind}"
    detail = f" ({token.detail[:_SHOWN].strip()})" if token.detail and other and other.kind == token.kind else ""
    return f"{_NAMES.get(token.kind, token.kind)}{detail}"


def _words(token: Token, other: Token | None) -> str:
    start = 0
    if other and other.kind == "words" and other.detail != token.detail:
        start = max(0, _trimmed(token.detail, other.detail)[0] - _SHOWN // 3)
    quoted = token.detail[start : start + _SHOWN]
    quoted = quoted.strip() if token.styles.isdisjoint(("pre", "code")) else quoted.replace("\n", "⏎")
    styles = "".join(f" as {'code' if style == 'pre' else style[:200]}" for style in sorted(token.styles))
    return f'"{quoted}"{styles}' if quoted else "the end of the text"
