"""Parses an author's file: front matter and body, each YAML scalar as written, and every mistake explained."""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import accumulate
from typing import Any

import yaml

from tiebreak import limits
from tiebreak.characters import RARE, RARE_PLANE, no_control
from tiebreak.content import invisible, slips
from tiebreak.content.document import Data, Document
from tiebreak.problems import Problem, Severity, SiteError

DEEPEST = 200  # libyaml and what reads its nodes recurse
_OPENING = re.compile(r"---[ \t]*\n")
_DIRECTIVES = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*%")
_CLOSING = re.compile(r"\n---[ \t]*(?:\n|\Z)")
_OTHER_KINDS = {"+++": "TOML", "{": "JSON", ";;;": "JSON"}
_LATE = re.compile(r"\s+---[ \t]*\n")
_NAMED_KIND = re.compile(r"---[ \t]*(\w+)[ \t]*\n")
_GLUED = re.compile(r"[ \t]*(?:- +)*[\w-]+(?::(?=\S)|\s*[：﹕∶])")  # a colon that makes no key
# U+0085, U+2028 and U+2029 too: YAML begins a new line there, and an editor does not.
_CONTROLS = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff"
_CONTROL = re.compile(f"[{_CONTROLS}]")
_RARE = re.compile(f"[{_CONTROLS}{RARE}]")  # so that one look is enough for nearly every file
# What libyaml says (what it was doing: what it found) -> what to say to an author, and what would be right.
_SYNTAX = (
    ("quoted scalar: found unexpected end", "this quote is never closed", "end the text with the same quote"),
    ("unknown escape", "an unknown escape in double quotes", "double the backslash, or use single quotes"),
    ("flow sequence", 'expected "," or "]"', "put commas between the items, and close the bracket"),
    ("flow mapping", 'expected "," or "}"', "put commas between the entries, and close the brace"),
    ("mapping values", "a colon makes a key, and none can stand here", "put a text that holds a colon in quotes"),
    ("block sequence entries", "a list cannot begin here", "begin it on the next line, or put the text in quotes"),
    ("block scalar", "a text cannot begin with | or >", "begin the text on the next line, or put it in quotes"),
    ("cannot start any token", "a text cannot begin with this character", "put the text in quotes"),
    ("expected node content", "a text cannot begin with this character", "put the text in quotes"),
    ("scanning an a", "a text cannot begin with & or *", "put the text in quotes"),
    ("undefined alias", "a text cannot begin with & or *", "put the text in quotes"),
    ("another document", "a second document begins here", "delete this line, or what follows it"),
    ("did not find expected", "this does not go on from what stands above", "indent alike what belongs together"),
)


def read(file: str, data: bytes) -> tuple[Document, list[Problem]]:
    """Decode and parse a file: Markdown with front matter when `file` ends in `.md`, else YAML.

    Raises SiteError with every problem when no data can be had from it; problems that leave data readable are returned.
    """
    document = cut(file, decode(file, data))
    text = document.text
    is_remarkable = bool(_RARE.search(text)) or RARE_PLANE in data
    if control := is_remarkable and _CONTROL.search(text):
        line = text.count("\n", 0, control.start()) + 1
        column = control.start() - text.rfind("\n", 0, control.start())
        raise SiteError([Problem(file, line, column, "control-character", no_control(control[0]), help="delete it")])
    document, problems = parsed(document)
    if is_remarkable or "\\" in document.front:
        problems += invisible.in_source(document)
    return document, problems


def parsed(document: Document) -> tuple[Document, list[Problem]]:
    """The document with the data of its front matter. Raises SiteError as `read` does."""
    front = document.front
    if directive := _DIRECTIVES.match(front):  # libyaml compares each of them with all others
        line = document.front_line + front.count("\n", 0, directive.end()) + 1
        what, help = "a YAML directive is not read here", "delete the line"
        raise SiteError([document.problem_at(line, 1, 1, "yaml-feature", what, help, Severity.ERROR)])
    if front.count("[") + front.count("{") > DEEPEST and _depth(front) > DEEPEST:
        raise SiteError([_too_deep(document)])
    problems: list[Problem] = []
    value = _parse_events(front) or _parse_nodes(document, problems)
    document = replace(document, data=value)
    problems += slips.in_front(document)
    return document, problems


def _parse_events(front: str) -> Data:
    """The data of YAML without anything unusual, at half the cost of `_parse_nodes`; None for any other YAML.

    It reads the parser's events and makes no nodes, because positions are needed only where there is a problem.
    """
    next_event = yaml.CBaseLoader(front).get_event
    try:
        next_event(), next_event()  # the stream and the document begin
        (value,) = _items(next_event)
        is_all = isinstance(next_event(), yaml.StreamEndEvent)
    except (yaml.YAMLError, ValueError, TypeError):
        return None
    return value if is_all and isinstance(value, dict) else None


def _items(next_event: Callable[[], yaml.Event | None], depth: int = 0) -> list[Any]:
    """The items of the collection that was opened last; in a mapping, keys alternate with values.

    Raises ValueError or TypeError for what is remarkable.
    """
    items: list[Any] = []
    while isinstance(event := next_event(), yaml.NodeEvent):
        kind: type[Any] = type(event)
        if kind is yaml.AliasEvent or event.anchor is not None or event.tag is not None or depth > DEEPEST:  # type: ignore[attr-defined]
            raise ValueError
        if kind is yaml.ScalarEvent:
            text, style = event.value, event.style  # type: ignore[attr-defined]
            if style == '"' and _CONTROL.search(text):  # as an escape; `read` has seen to all others
                raise ValueError
            items.append(text if text or style else None)
        elif kind is yaml.SequenceStartEvent:
            items.append(_items(next_event, depth + 1))
        else:
            items.append(_mapping(_items(next_event, depth + 1)))
    return items


def _mapping(items: list[Any]) -> dict[str, Data]:
    """Raises TypeError for a key that is a collection, ValueError for one that is empty or written twice."""
    mapping = dict(zip(items[::2], items[1::2], strict=True))
    if len(mapping) * 2 < len(items) or None in mapping or max(map(len, mapping), default=0) > limits.NAME:
        raise ValueError
    return mapping


def _parse_nodes(document: Document, problems: list[Problem]) -> dict[str, Data]:
    """The data of any YAML, from its nodes; adds to `problems`, each with its position.

    Raises SiteError when there is no data.
    """
    try:
        root = document.root
        value = {} if root is None else _construct(document, root, problems, set())
    except yaml.MarkedYAMLError as error:  # not YAMLError: `read` leaves no character that libyaml would refuse
        raise SiteError([slips.wrong_space(document) or _syntax_problem(document, error)]) from None
    except RecursionError:
        raise SiteError([_too_deep(document)]) from None
    if value is None:
        return {}
    if not isinstance(value, dict):
        if space := slips.wrong_space(document):
            raise SiteError([space])
        raise SiteError(
            [document.problem("yaml-syntax", "expected keys and values here", help="write `key: value`, one a line")]
        )
    return value


def _depth(text: str) -> int:
    """How deep brackets and braces nest, including those in quotes."""
    steps = (1 if bracket in "[{" else -1 for bracket in re.findall(r"[\[\]{}]", text))
    return max(accumulate(steps), default=0)


def _too_deep(document: Document) -> Problem:
    line = max(1, document.front_line)
    return Problem(document.file, line, 1, "yaml-syntax", "the YAML is nested too deeply to be read")


def decode(file: str, data: bytes) -> str:
    """The text of a file, its line ends made one kind. Raises SiteError when it is not UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SiteError(
            [Problem(file, line, 1, "not-utf-8", "this line is not UTF-8", help="save the file as UTF-8")]
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def cut(file: str, text: str) -> Document:
    """The front matter and the body of Markdown when `file` ends in `.md`, else all as YAML. Raises SiteError for
    Markdown without front matter.
    """
    if not file.endswith(".md"):
        return Document(file, text, 0, len(text), len(text))
    opening = _OPENING.match(text)
    closing = opening and _CLOSING.search(text, opening.end() - 1)
    if opening is None or closing is None:
        raise SiteError([_uncut(file, text, is_open=opening is not None)])
    return Document(file, text, opening.end(), closing.start() + 1, closing.end())


def _uncut(file: str, text: str, *, is_open: bool) -> Problem:
    """The problem of a file whose front matter does not begin, or does not end."""
    what = "the front matter is never closed" if is_open else "the file has no front matter"
    help = "begin with a line of three dashes, then keys, then three dashes"
    if is_open:
        help = "end it with a line of three dashes"
    elif named := _NAMED_KIND.match(text):
        what = f'"{named[1]}" stands behind the three dashes, and only YAML is read'
        help = "leave the dashes alone there"
    elif _LATE.match(text):
        what = "something stands before the three dashes"
        help = "delete spaces and empty lines, so that the file begins with them"
    elif text.startswith("---"):
        what = "the first line is not three dashes"
    elif other := next((kind for sign, kind in _OTHER_KINDS.items() if text.startswith(sign)), ""):
        what = f"the front matter is {other}, and only YAML is read"
        help = "write `key: value`, one a line, between two lines of three dashes"
    return Problem(file, 1, 1, "no-front-matter", what, help=help, excerpt=text.split("\n", 1)[0])


def _syntax_problem(document: Document, error: yaml.MarkedYAMLError) -> Problem:
    mark, opened = error.problem_mark or error.context_mark, error.context_mark
    said = f"{error.context}: {error.problem}"
    # What is never closed is better shown where it opens than where the search for its end was given up.
    is_unclosed = mark and opened and mark.line > opened.line and ("flow" in said or "quoted scalar" in said)
    if is_unclosed or "scanning an a" in said or "block scalar" in said:
        mark = opened
    comment = slips.comment_within(document, opened.index) if is_unclosed and opened and "flow" in said else None
    rows = document.front.split("\n")
    line, column = (mark.line, mark.column + 1) if mark else (0, 1)
    if line >= len(rows):
        line, column = len(rows) - 1, len(rows[-1]) + 1
    what, help = next(((what, help) for sign, what, help in _SYNTAX if sign in said), (error.problem or said, ""))
    before, after = rows[line][: column - 1], rows[line][column - 1 :]
    above = opened.line if opened and "expected ':'" in said else line - 1 if "mapping values" in said else -1
    if above >= 0 and (glued := _GLUED.match(rows[above])):
        line, column = above, glued.end()
        what, help = "this colon makes no key", "write `key: value`, with a plain colon and a space behind it"
    elif comment is not None:
        column = comment - document.front.rfind("\n", 0, comment)
        what = "what stands from here on is a comment, and so the bracket is never closed"
        help = "put the text in quotes"
    elif not after and line == len(rows) - 1:
        what, help = "something that was opened above is never closed", "close the bracket, the brace or the quote"
    elif after.startswith("\t"):
        what, help = "a tab cannot stand in the indentation", "indent with spaces"
    elif "expected key" in said and before.rstrip().endswith(("'", '"', "]", "}")):
        what, help = "the text ends before this, because it begins with a quote or a bracket", "put the whole in quotes"
    return document.problem_at(document.front_line + line + 1, column, 1, "yaml-syntax", what, help, Severity.ERROR)


def _construct(document: Document, node: yaml.Node, problems: list[Problem], seen: set[int]) -> Data:
    """Plain data from a node, every scalar a string as written; an empty plain scalar is None.

    Anchors are refused, because a few lines of aliases to them unfold into gigabytes, and tags, because they say what a
    value is, which the key says already. A node met twice is an alias.
    """
    start = document.front_start + node.start_mark.index
    mark = document.text[start : start + 1]
    # A block mapping begins where its first key does, and the mark is the key's.
    shares_mark = isinstance(node, yaml.MappingNode) and any(
        key.start_mark.index == node.start_mark.index for key, _ in node.value[:1]
    )
    if mark in ("&", "!") and id(node) not in seen and not shares_mark:
        what = "a YAML anchor" if mark == "&" else "a YAML tag"
        help = f'put a text that begins with "{mark}" in quotes; else write the value out'
        problems.append(_at_node(document, node, "yaml-feature", f"{what} is not read here", help))
    if isinstance(node, yaml.ScalarNode):
        seen.add(id(node))
        if escaped := _CONTROL.search(node.value):
            message = no_control(escaped[0])
            problems.append(_at_node(document, node, "control-character", message, "take the escape out"))
        return None if node.value == "" and not node.style else str(node.value)
    if id(node) in seen:
        return None
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        return [_construct(document, item, problems, seen) for item in node.value]
    return _keys(document, node, problems, seen)


def _keys(document: Document, node: yaml.Node, problems: list[Problem], seen: set[int]) -> dict[str, Data]:
    """The same of a mapping, each key of which stands in it once."""
    mapping: dict[str, Data] = {}
    for key, item in node.value:
        _construct(document, key, problems, seen)
        if not isinstance(key, yaml.ScalarNode):
            problems.append(_at_node(document, key, "yaml-syntax", "a key must be plain text", "quote it"))
        elif len(key.value) > limits.NAME:
            message = f"the key has {len(key.value):,} characters, and {limits.NAME} is the most"
            problems.append(_at_node(document, key, "too-long", message, "write a shorter one"))
        elif key.value in mapping:
            problems.append(
                _at_node(document, key, "duplicate-key", f'"{key.value}" is written twice', "keep one of the two")
            )
        else:
            mapping[key.value] = _construct(document, item, problems, seen)
    return mapping


def _at_node(document: Document, node: yaml.Node, code: str, message: str, help: str) -> Problem:
    mark, end = node.start_mark, node.end_mark
    width = end.column - mark.column if end.line == mark.line else 1
    return document.problem_at(
        document.front_line + mark.line + 1, mark.column + 1, width, code, message, help, Severity.ERROR
    )
