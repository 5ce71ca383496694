"""Finds the tags in HTML as browsers do, before a parser makes elements of them."""

import re
from collections import Counter
from collections.abc import Collection, Sequence

from tiebreak.problems import Remark, RemarkError

DEEPEST = 200  # elements inside each other; a parser takes time with the square of that
MOST_ATTRIBUTES = 200  # of one element; a parser compares each with each
MOST_OPENED_AGAIN = 2_000_000  # characters of formatting
_DROPPED = frozenset({"script", "style"})  # with what is in them
_ENDS_OF_DROPPED = re.compile(r"</(script|style)(?=[\t\n\f\r />])[^>]*>", re.IGNORECASE | re.ASCII)
_ATTRIBUTE = r"""
    [\t\n\f\r /]*+ [^\t\n\f\r />][^\t\n\f\r />=]*+
    (?:[\t\n\f\r ]*+=[\t\n\f\r ]*+ (?:"[^"]*+(?:"|\Z) | '[^']*+(?:'|\Z) | [^\t\n\f\r >"'][^\t\n\f\r >]*+)?)?
"""
# A tag, with all of its attributes; or a comment, or what is read as one.
_TAG = re.compile(
    rf"""
    <(?P<end>/?)(?P<name>[a-zA-Z][^\t\n\f\r />]*+)
      (?:{_ATTRIBUTE})*+ [\t\n\f\r /]*+ (?P<last>>|\Z)
    | <!--(?:-?> | .*?(?:--!?>|\Z))
    | <[!?/][^>]*+(?:>|\Z)
    """,
    re.DOTALL | re.VERBOSE,
)

_EACH_ATTRIBUTE = re.compile(_ATTRIBUTE, re.VERBOSE)
_SAYS_MORE = re.compile(r"</[^\t\n\f\r />]++[\t\n\f\r /]*[^\t\n\f\r />]")  # an end tag with attributes

_OURS = "input"  # the box of a task, which an author cannot write
_EMPTY = frozenset("br col hr img input wbr".split())
_FORMATTING = frozenset("a b code em i s small strong u".split())  # what a parser opens again
_BLOCKS = frozenset(
    """
    article aside blockquote dd details div dl dt figcaption figure footer h2 h3 h4 h5 h6 header hgroup li nav ol p pre
    section summary table ul
    """.split()
)
_ROWS, _CELLS = frozenset("tbody tfoot thead".split()), frozenset("td th".split())
# Elements that end by themselves where one of these begins.
_ENDED_BY = {
    "p": _BLOCKS | _ROWS | _CELLS | {"tr"},
    "li": frozenset({"li"}),
    **dict.fromkeys(("dd", "dt"), frozenset({"dd", "dt"})),
    **dict.fromkeys(_CELLS, _CELLS | _ROWS | {"tr"}),
    "tr": _ROWS | {"tr"},
    **dict.fromkeys(_ROWS, _ROWS),
}
# Elements that end by themselves where what is around them ends.
_ENDS_WITHIN = {**dict.fromkeys(_BLOCKS | _ROWS | _CELLS | {"tr"}, _ENDED_BY.keys()), "ruby": {"rp", "rt"}}


def listed(markup: str, names: Collection[str], mark: str) -> tuple[str, Counter[str]]:
    """`markup` without comments and without the tags of other elements than `names`, and how often each of those stood
    there: `/x` for an end tag that says more than its name, `?` and `!` for what is no element. What is in an element
    stays, but for programs and styles; a tag that would take one of ours into it, which has `mark` in it, is text.

    So no parser reads what follows, ours as well, as something else than HTML. Raises RemarkError where a tag never
    ends, or has too many attributes.
    """
    kept, taken, place = list[str](), Counter[str](), 0
    last = markup.rfind(">") + 1  # so that no end is looked for where none can be
    ends = {end[1].lower(): end.start() for end in _ENDS_OF_DROPPED.finditer(markup, 0, last)}
    while tag := _TAG.search(markup, place):
        kept.append(_text(markup[place : tag.start()]))
        place = tag.end()
        name = _name(tag)
        inner = markup.rfind("<", tag.start(), max(tag.start(), markup.find(mark, tag.start(), tag.end())))
        if inner > tag.start() and not tag[0].startswith("<!--"):
            kept.append(_text(markup[tag.start() : inner]))
            place = inner
        elif name and not tag["last"]:
            help = "end it with >, and every quote in it"
            raise RemarkError(Remark("unreadable-text", "this tag never ends", help, needle=tag[0][:80]))
        elif name and _has_too_many(tag):
            message = f"this tag has more than {MOST_ATTRIBUTES} attributes"
            raise RemarkError(Remark("too-long", message, "take out what says nothing", needle=tag[0][:80]))
        elif name and tag["end"]:
            kept.append(f"</{name}>" if name in names else "")
            taken[f"/{name}"] += _SAYS_MORE.match(tag[0]) is not None
        elif name in names or (name == _OURS and mark in tag[0]):
            kept.append(tag[0])
        elif not name and tag[0][1] in "!?" and not tag[0].startswith("<!--"):
            taken[tag[0][1]] += 1
        elif name:
            taken[name] += 1
            if name in _DROPPED and ends.get(name, -1) >= place:
                end = next(one for one in _ENDS_OF_DROPPED.finditer(markup, place, last) if one[1].lower() == name)
                place = end.end()
    return "".join([*kept, _text(markup[place:])]), +taken


def _has_too_many(tag: re.Match[str]) -> bool:
    """Whether a tag has more attributes than a parser takes easily."""
    if tag.end() - tag.start() <= MOST_ATTRIBUTES:
        return False
    return sum(1 for _ in _EACH_ATTRIBUTE.finditer(tag[0], len(tag["name"] or "") + 1)) > MOST_ATTRIBUTES


def _text(text: str) -> str:
    """What stands between tags; it may come to stand before something else than it did."""
    return text.replace("<", "&lt;")


def is_too_much(markup: str) -> bool:
    """Whether more elements are open inside each other than a parser of HTML takes easily, or it may have to open more
    formatting again, in each block, than a few times the text: a kilobyte would become a gigabyte.

    A parser closes what is closed in order. Whatever else it makes of an end tag is not looked into: the elements count
    as open, and the formatting among them as opened again by every tag that follows. So it never counts too little.
    """
    most = MOST_OPENED_AGAIN + 10 * len(markup)
    elements: list[str] = []
    lengths: list[int] = []  # of the tags of those that are formatting, until they are lost
    lost = formatting = opened_again = 0  # elements; characters of all that is open or lost; and of what may be again
    for tag in _TAG.finditer(markup):
        name = _name(tag)
        if tag["end"] and name in elements:
            place = _closed(elements, name)
            if place is not None:
                formatting -= lengths[place]
                del elements[place:], lengths[place:]
            else:
                lost += sum(map(bool, lengths))
                lengths = [0] * len(elements)
        elif name and not tag["end"] and name not in _EMPTY:
            while elements and name in _ENDED_BY.get(elements[-1], ()):
                del elements[-1], lengths[-1]
            elements.append(name)
            lengths.append(len(tag[0]) if name in _FORMATTING else 0)
            formatting += lengths[-1]
        opened_again += formatting
        if len(elements) + lost > DEEPEST or opened_again > most:
            return True
    return False


def _closed(elements: Sequence[str], name: str) -> int | None:
    """The place of the element that an end tag closes; elements that are open in it end as well."""
    place = len(elements) - 1
    while elements[place] != name and elements[place] in _ENDS_WITHIN.get(name, ()):
        place -= 1
    return place if elements[place] == name else None


def _name(tag: re.Match[str]) -> str:
    """The name of an element as a parser has it, which knows no other capitals than those of ASCII."""
    name = tag["name"] or ""
    return name.lower() if name.isascii() else name
