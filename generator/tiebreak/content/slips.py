"""Tells what YAML reads otherwise than it looks: a text that ` #` cuts short, spaces that are none to YAML, `null`."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from operator import itemgetter

import yaml

from tiebreak.characters import character_name
from tiebreak.content.document import Document
from tiebreak.problems import Fix, Problem, Severity

_COMMENT = re.compile(r"(?<=[^ \t\n])[ \t]#")  # two spaces before it say that it is meant as a comment
_OURS = re.compile(r"#[ \t]*tiebreak:")
# Behind them, one word, a sign and a space are a comment. Any other key may be meant to say `c # and java`.
_NAMED = frozenset(
    "pick wins was subject subjects id better kind state source url homepage issues page base_url language related"
    " aliases email".split()
)
_WORD = re.compile(r"[a-z0-9][\w.:/@+-]*")  # an id, an address, a word of the format
_CLOSED = re.compile(r"[0-9][0-9.:-]*[dwmy]?|true|false|yes|no|partial|unknown|n/a")  # wherever it stands
_NOTHINGS = ("~", "null", "Null", "NULL")  # of YAML; here they are text
_NOTHING = re.compile(r"[ \t,\[](?:~|null|Null|NULL)[ \t]*(?:[,}\]#]|$)", re.MULTILINE)
_COMMENT_WITHIN = re.compile(r""" "[^"\n]*" | '[^'\n]*' | (?<=[ \t,\[{])\# | \n """, re.VERBOSE)
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_WRONG_SPACE = re.compile(
    rf"^[ \t]*(?:- +)*-?(?P<indent>[{_SPACES}]++)[{_SPACES} \t]*+(?=\S)"
    rf"|^[ \t]*(?:- +)*[^\s:#'\"{{}}\[\],]+(?P<before>[{_SPACES}]+):(?=\s|$)"
    rf"|^[ \t]*(?:- +)*[^\s:#'\"{{}}\[\],]+:(?P<colon>[{_SPACES}])",
    re.MULTILINE,
)


def in_front(document: Document) -> Iterator[Problem]:
    """Warnings about a front matter, or a file of YAML, that could be read."""
    front = document.front
    cuts = "#" in front and _COMMENT.search(front) is not None
    spaces = [] if front.isascii() else list(_WRONG_SPACE.finditer(front))
    if not cuts and not spaces and not _NOTHING.search(front):
        return
    written = list(scalars(document.root))
    for scalar, key in written if cuts else ():
        end = scalar.end_mark.index
        if scalar.style or not _COMMENT.match(front, end) or _OURS.match(front, end + 1):
            continue
        if not _is_comment(scalar.value, key, front[end + 1 :][:2]):
            yield _comment(document, end + 1)
    for scalar, key in written:
        if not scalar.style and key and scalar.value in _NOTHINGS:
            yield _nothing(document, scalar)
    quoted = sorted((one.start_mark.index, one.end_mark.index) for one, _ in written if one.style)
    for found in spaces:
        place = found.start(found.lastgroup or 0)
        before = bisect_right(quoted, place, key=itemgetter(0))
        if not before or quoted[before - 1][1] <= place:
            yield replace(_wrong_space(document, found), severity=Severity.WARNING)


def wrong_space(document: Document) -> Problem | None:
    """The problem of the first such space in YAML that cannot be read."""
    found = None if document.front.isascii() else _WRONG_SPACE.search(document.front)
    return _wrong_space(document, found) if found else None


def comment_within(document: Document, start: int) -> int | None:
    """Where a comment begins in the line of `start`, behind it and outside of quotes."""
    signs = (found for found in _COMMENT_WITHIN.finditer(document.front, start) if found[0] in "#\n")
    sign = next(signs, None)
    return sign.start() if sign and sign[0] == "#" else None


def _is_comment(value: str, key: str, sign: str) -> bool:
    """Whether what follows the value of a key is a comment: a sign and a space, behind what is no text."""
    is_word = bool(_CLOSED.fullmatch(value) or (key in _NAMED and _WORD.fullmatch(value)))
    return is_word and sign in ("# ", "#", "#\n")


def _comment(document: Document, place: int) -> Problem:
    line, column = document.line_and_column(document.front_start + place)
    message = "this and what follows is a comment, and no part of the text before it"
    help = "put the text in quotes; or two spaces before the comment"
    return document.problem_at(line, column, 1, "cut-text", message, help, Severity.WARNING)


def _nothing(document: Document, scalar: yaml.ScalarNode) -> Problem:
    line, column = document.line_and_column(document.front_start + scalar.start_mark.index)
    message = f'"{scalar.value}" is text here'
    help = "leave the value out if nothing is meant, or put the text in quotes"
    return document.problem_at(line, column, len(scalar.value), "null-text", message, help, Severity.WARNING)


def _wrong_space(document: Document, found: re.Match[str]) -> Problem:
    group = found.lastgroup or "indent"
    line, column = document.line_and_column(document.front_start + found.start(group))
    wheres = {"indent": "indents this line", "before": "stands before this colon", "colon": "stands behind this colon"}
    message = (
        f"a no-break space or the like {wheres[group]} ({character_name(found[group][0])}), and YAML takes only a space"
    )
    width, help = len(found[group]), "type a space in its place"
    problem = document.problem_at(line, column, width, "no-break-space", message, help, Severity.ERROR)
    return replace(problem, fix=Fix((line, column), (line, column + width), " " * width))


def scalars(root: yaml.Node | None) -> Iterator[tuple[yaml.ScalarNode, str]]:
    """Every scalar, keys among them, with the key that it is for; what is met again through an alias once."""
    waiting, seen = [(root, "")], set[int]()
    while waiting:
        node, key = waiting.pop()
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            yield node, key
        elif isinstance(node, yaml.MappingNode):
            waiting += [(name, "") for name, _ in node.value]
            waiting += [(value, getattr(name, "value", "")) for name, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            waiting += [(value, key) for value in node.value]
