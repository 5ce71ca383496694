"""An author's file: front matter cut from body, every YAML scalar as written, and the place of a value on demand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeAlias

import yaml

from tiebreak.problems import Problem, Severity, SiteError

Data: TypeAlias = "str | list[Data] | dict[str, Data] | None"
Place: TypeAlias = Sequence[str | int]

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))


@dataclass(frozen=True)
class Document:
    """One file: `path` is relative to the project; line ends and a byte order mark are already dealt with."""

    path: str
    text: str
    front: str
    body: str = ""
    front_line: int = 0  # lines above the front matter
    body_line: int = 0  # lines above the body
    data: Data = field(default=None, compare=False)

    def problem(
        self,
        code: str,
        message: str,
        at: Place = (),
        *,
        key: bool = False,
        help: str = "",
        severity: Severity = Severity.ERROR,
    ) -> Problem:
        """A problem at the value (or the key) that `at` leads to: mapping keys and list positions from the root."""
        node = self._find(at, key)
        if node is None:
            return self._problem_at(max(1, self.front_line), 1, 1, code, message, help, severity)
        line, column = node.start_mark.line, node.start_mark.column + 1
        one_line = node.end_mark.line == line
        width = node.end_mark.column - node.start_mark.column if one_line and isinstance(node, yaml.ScalarNode) else 1
        return self._problem_at(self.front_line + line + 1, column, width, code, message, help, severity)

    def body_problem(
        self, code: str, message: str, needle: str, *, help: str = "", severity: Severity = Severity.ERROR, nth: int = 0
    ) -> Problem:
        """A problem at the `nth` place where the body says `needle`, else at the body's first line."""
        offset = -1
        for _ in range(nth + 1):
            found = self.body.find(needle, offset + 1)
            offset = found if found >= 0 else offset
        if offset < 0:
            return self._problem_at(self.body_line + 1, 1, 1, code, message, help, severity)
        line = self.body.count("\n", 0, offset)
        column = offset - (self.body.rfind("\n", 0, offset) + 1) + 1
        return self._problem_at(
            self.body_line + line + 1, column, len(needle.split("\n")[0]), code, message, help, severity
        )

    def _problem_at(
        self, line: int, column: int, width: int, code: str, message: str, help: str, severity: Severity
    ) -> Problem:
        lines = self.text.split("\n")
        excerpt = lines[line - 1] if line <= len(lines) else ""
        return Problem(
            self.path,
            line,
            column,
            code,
            message,
            help,
            severity,
            excerpt,
            min(width, max(1, len(excerpt) - column + 1)),
        )

    @cached_property
    def _root(self) -> yaml.Node | None:
        return yaml.compose(self.front, Loader=yaml.CBaseLoader)

    def _find(self, at: Place, key: bool) -> yaml.Node | None:
        """The node at `at`; steps that the author did not write (a missing key) are passed over."""
        node, owner = self._root, None
        for step in at:
            if isinstance(node, yaml.MappingNode):
                pair = next((pair for pair in node.value if pair[0].value == step), None)
                if pair is not None:
                    owner, node = pair
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                owner, node = None, node.value[step]
        return owner if key and owner is not None else node


def read(path: str, data: bytes) -> tuple[Document, list[Problem]]:
    """Decode and parse a file: Markdown with front matter when `path` ends in `.md`, else YAML.

    Raises SiteError with every problem when no data can be had from it; problems that leave data readable are returned.
    """
    text = _decode(path, data)
    document = _cut(path, text) if path.endswith(".md") else Document(path, text, front=text)
    if control := _CONTROL.search(text):
        line = text.count("\n", 0, control.start()) + 1
        column = control.start() - text.rfind("\n", 0, control.start())
        message = f"a control character (U+{ord(control[0]):04X}) cannot stand in text"
        raise SiteError([Problem(path, line, column, "control-character", message, help="delete it")])
    problems: list[Problem] = []
    try:
        root = document._root
    except yaml.MarkedYAMLError as error:
        raise SiteError([_syntax_problem(document, error)]) from None
    except RecursionError:
        raise SiteError([Problem(path, 1, 1, "yaml-syntax", "the YAML is nested too deeply to be read")]) from None
    value = _construct(document, root, problems, set()) if root is not None else {}
    if not isinstance(value, dict):
        raise SiteError(
            [document.problem("yaml-syntax", "expected keys and values here", help="write `key: value`, one a line")]
        )
    return replace(document, data=value), problems


def _decode(path: str, data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SiteError(
            [Problem(path, line, 1, "not-utf-8", "this line is not UTF-8", help="save the file as UTF-8")]
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _cut(path: str, text: str) -> Document:
    match = _FRONT_MATTER.match(text)
    if match is None:
        opened = text.startswith("---")
        what = "the front matter is never closed" if opened else "the file has no front matter"
        help = (
            "end it with a line of three dashes"
            if opened
            else "begin with a line of three dashes, then keys, then three dashes"
        )
        raise SiteError([Problem(path, 1, 1, "no-front-matter", what, help=help, excerpt=text.split("\n", 1)[0])])
    body = text[match.end() :]
    return Document(path, text, match[1], body, front_line=1, body_line=text.count("\n", 0, match.end()))


def _syntax_problem(document: Document, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column + 1) if mark else (0, 1)
    what = (error.problem or "the YAML cannot be read").removeprefix("found ")
    help = "put the text in quotes" if "mapping values" in what or "cannot start any token" in what else ""
    return document._problem_at(document.front_line + line + 1, column, 1, "yaml-syntax", what, help, Severity.ERROR)


def _construct(document: Document, node: yaml.Node, problems: list[Problem], seen: set[int]) -> Data:
    """Plain data from a node, every scalar a string as written; an empty plain scalar is None.

    A node met twice is an alias: refused, because a few lines of them unfold into gigabytes.
    """
    if id(node) in seen or node.tag not in _PLAIN_TAGS:
        what = "a YAML alias" if id(node) in seen else f"the YAML tag {node.tag}"
        problems.append(_at_node(document, node, "yaml-feature", f"{what} is not read here", "write the value out"))
        return None
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        return None if node.value == "" and not node.style else str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_construct(document, item, problems, seen) for item in node.value]
    mapping: dict[str, Data] = {}
    for key, item in node.value:
        if not isinstance(key, yaml.ScalarNode):
            problems.append(_at_node(document, key, "yaml-syntax", "a key must be plain text", "quote it"))
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
    return document._problem_at(
        document.front_line + mark.line + 1, mark.column + 1, width, code, message, help, Severity.ERROR
    )
