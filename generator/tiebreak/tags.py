"""The tags of HTML, told apart as browsers tell them, before a parser makes elements of them."""

import re
from collections import Counter
from collections.abc import Collection, Sequence

from tiebreak.problems import Remark, RemarkError

DEEPEST = 200  # elements inside each other; a parser takes time with the square of that
MOST_OPENED_AGAIN = 2_000_000  # characters of formatting
_MOST_COPIES = 8  # of one element, when it ends before blocks that began in it
_DROPPED = frozenset({"script", "style"})  # with what is in them
_ENDS_OF_DROPPED = re.compile(r"</(script|style)(?=[\t\n\f\r />])[^>]*>", re.IGNORECASE | re.ASCII)
# A tag, with all of its attributes; or a comment, or what is read as one.
_TAG = re.compile(
    r"""
    <(?P<end>/?)(?P<name>[a-zA-Z][^\t\n\f\r />]*+)
      (?:[\t\n\f\r /]*+ [^\t\n\f\r />][^\t\n\f\r />=]*+
        (?:[\t\n\f\r ]*+=[\t\n\f\r ]*+ (?:"[^"]*+(?:"|\Z) | '[^']*+(?:'|\Z) | [^\t\n\f\r >"'][^\t\n\f\r >]*+)?)?
      )*+
      [\t\n\f\r /]*+ (?P<last>>|\Z)
    | <!--(?:-?> | .*?(?:--!?>|\Z))
    | <[!?/][^>]*+(?:>|\Z)
    """,
    re.DOTALL | re.VERBOSE,
)

# What becomes of an open element when a tag of these ends, or an item begins.
_FORMATTING = frozenset("a b code em i s small strong u".split())  # is opened again in the next block
_BLOCKS = frozenset(
    """
    article aside blockquote dd details div dl dt figcaption figure footer h2 h3 h4 h5 h6 header hgroup li nav ol pre
    section summary table ul
    """.split()
)
_ITEMS = {"li": frozenset({"li"}), "dd": frozenset({"dd", "dt"}), "dt": frozenset({"dd", "dt"})}
# Neither stays open until its own end: others close it, or it is empty, or it is read in a table alone.
_NEVER_DEEP = frozenset("br caption col colgroup hr img p tbody td tfoot th thead tr wbr".split())


def listed(markup: str, names: Collection[str]) -> tuple[str, Counter[str]]:
    """`markup` without comments and without the tags of other elements than `names`, and how often each of those stood
    there. What is in such an element stays, but for programs and styles.

    So no parser reads what follows, ours as well, as something else than HTML. Raises RemarkError where a tag never
    ends.
    """
    kept, taken, place = list[str](), Counter[str](), 0
    ends = {end[1].lower(): end.start() for end in _ENDS_OF_DROPPED.finditer(markup)}
    while tag := _TAG.search(markup, place):
        kept.append(markup[place : tag.start()])
        place = tag.end()
        name = (tag["name"] or "").lower()
        if not name:
            continue
        if not tag["last"]:
            help = "end it with >, and every quote in it"
            raise RemarkError(Remark("unreadable-text", "this tag never ends", help, needle=tag[0][:80]))
        if name in names:
            kept.append(tag[0])
        elif not tag["end"]:
            taken[name] += 1
            if name in _DROPPED and ends.get(name, -1) >= place:
                end = next(one for one in _ENDS_OF_DROPPED.finditer(markup, place) if one[1].lower() == name)
                place = end.end()
    return "".join([*kept, markup[place:]]), taken


def is_too_much(markup: str) -> bool:
    """Whether more elements are open inside each other than a parser of HTML takes easily, or more formatting is opened
    again, in each block and behind what ends before it: a kilobyte would become a gigabyte.

    Counts never less than a parser does.
    """
    open_ones: list[tuple[str, int]] = []
    open_formatting = opened_again = 0  # characters of their tags
    for tag in _TAG.finditer(markup):
        name = (tag["name"] or "").lower()
        if name in _BLOCKS or name in _NEVER_DEEP:
            opened_again += open_formatting
        if not name or name in _NEVER_DEEP:
            pass
        elif tag["end"]:
            place = _closed(open_ones, name)
            if place is not None:
                open_formatting -= open_ones[place][1]
                if name not in _BLOCKS and place + 1 < len(open_ones):
                    opened_again += _MOST_COPIES * sum(length for _, length in open_ones[place:])
                # Blocks stay open when formatting around them ends.
                del open_ones[place : place + 1 if name in _FORMATTING else None]
        else:
            if name in _ITEMS:
                del open_ones[_item_before(open_ones, _ITEMS[name]) :]
            length = len(tag[0]) if name in _FORMATTING else 0
            open_ones.append((name, length))
            open_formatting += length
        if len(open_ones) > DEEPEST or opened_again > MOST_OPENED_AGAIN:
            return True
    return False


def _closed(open_ones: Sequence[tuple[str, int]], name: str) -> int | None:
    """The place of the open element that an end tag of this name closes."""
    is_inline = name not in _BLOCKS and name not in _FORMATTING
    for place in range(len(open_ones) - 1, -1, -1):
        found = open_ones[place][0]
        if found == name:
            return place
        if found == "table" or (is_inline and found in _BLOCKS):
            break
    return None


def _item_before(open_ones: Sequence[tuple[str, int]], names: Collection[str]) -> int:
    """The place of the open item that the next one closes, or the end."""
    for place in range(len(open_ones) - 1, -1, -1):
        found = open_ones[place][0]
        if found in names:
            return place
        if found in _BLOCKS and found != "div":
            break
    return len(open_ones)
