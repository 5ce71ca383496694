"""Tells what YAML reads otherwise than it looks: a text that ` #` cuts short, and spaces that are none to YAML."""

import re
from collections.abc import Iterator
from dataclasses import replace

import yaml

from tiebreak.characters import character_name
from tiebreak.content.document import Document
from tiebreak.problems import Problem, Severity

_COMMENT = re.compile(r"(?<=[^ \t\n])[ \t]#")  # two spaces before it say that it is meant as a comment
_CLOSED = re.compile(r"[a-z0-9][a-z0-9./:_+-]*")  # an id, a number, a day, a word of the format, an address
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_WRONG_SPACE = re.compile(
    rf"^[ \t]*(?:- +)*(?P<indent>[{_SPACES}]+)(?=\S)|^[ \t]*(?:- +)*[^\s:#'\"{{}}\[\],]+:(?P<colon>[{_SPACES}])",
    re.MULTILINE,
)


def in_front(document: Document) -> Iterator[Problem]:
    """Warnings about a front matter, or a file of YAML, that could be read."""
    front = document.front
    cuts = "#" in front and _COMMENT.search(front) is not None
    spaces = [] if front.isascii() else list(_WRONG_SPACE.finditer(front))
    if not cuts and not spaces:
        return
    scalars = list(_scalars(document.root))
    for scalar in scalars if cuts else ():
        end = scalar.end_mark.index
        if not scalar.style and _COMMENT.match(front, end) and not _is_comment(scalar.value, front[end + 1 :][:2]):
            yield _comment(document, end + 1)
    quoted = [(one.start_mark.index, one.end_mark.index) for one in scalars if one.style]
    for found in spaces:
        place = found.start(found.lastgroup or 0)
        if not any(start <= place < end for start, end in quoted):
            yield replace(_wrong_space(document, found), severity=Severity.WARNING)


def wrong_space(document: Document) -> Problem | None:
    """The problem of the first such space in YAML that cannot be read."""
    found = None if document.front.isascii() else _WRONG_SPACE.search(document.front)
    return _wrong_space(document, found) if found else None


def _is_comment(value: str, sign: str) -> bool:
    """Whether what follows one word of the format is a comment: it begins with a sign and a space."""
    return sign in ("# ", "#", "#\n") and bool(_CLOSED.fullmatch(value))


def _comment(document: Document, place: int) -> Problem:
    line, column = _line_and_column(document, place)
    message = "this and what follows is a comment, and no part of the text before it"
    help = "put the text in quotes; or two spaces before the comment"
    return document.problem_at(line, column, 1, "cut-text", message, help, Severity.WARNING)


def _wrong_space(document: Document, found: re.Match[str]) -> Problem:
    group = found.lastgroup or "indent"
    line, column = _line_and_column(document, found.start(group))
    where = "indents this line" if group == "indent" else "stands behind this colon"
    message = f"a no-break space or the like {where} ({character_name(found[group][0])}), and YAML takes only a space"
    width, help = len(found[group]), "type a space in its place"
    return document.problem_at(line, column, width, "no-break-space", message, help, Severity.ERROR)


def _line_and_column(document: Document, place: int) -> tuple[int, int]:
    front = document.front
    return document.front_line + front.count("\n", 0, place) + 1, place - front.rfind("\n", 0, place)


def _scalars(root: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    """Every scalar, keys among them; what is met again through an alias once."""
    waiting, seen = [root], set[int]()
    while waiting:
        node = waiting.pop()
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            yield node
        elif isinstance(node, yaml.MappingNode):
            waiting += [part for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value
