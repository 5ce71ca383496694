"""An author's file: its text, and the line and column of every value in it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeAlias

import yaml

from tiebreak import limits
from tiebreak.problems import Fix, Problem, Remark, Severity, gathered

Data: TypeAlias = "str | list[Data] | dict[str, Data] | None"
Position: TypeAlias = Sequence[str | int]
_OPENS_TARGET = re.compile(r"""\]\(\s*<?|\]:\s*<?|["'=<]""")
_ENDS_TARGET = frozenset(" \t\n>)\"'")
_COMPARED = 100  # characters by which places in a body are sorted


@dataclass(frozen=True)
class Document:
    """One file: `file` is relative to the project; line ends and a byte order mark are already dealt with.

    Its front matter and its body are places in its text. Neither the text, which lies on the disk, nor what was read
    out of it, `data`, travels into the cache: an entry has been made of it by then.
    """

    file: str
    text: str
    front_start: int
    front_end: int
    body_start: int
    data: Data = field(default=None, compare=False)

    def __getstate__(self) -> dict[str, str | int]:
        kept = ("file", "front_start", "front_end", "body_start")
        return {key: getattr(self, key) for key in kept}

    def with_text(self, text: str) -> "Document":
        """This document with its text again, which the cache does not keep."""
        return replace(self, text=text)

    @property
    def front(self) -> str:
        return self.text[self.front_start : self.front_end]

    @property
    def body(self) -> str:
        return self.text[self.body_start :]

    @cached_property
    def front_line(self) -> int:
        """The number of lines above the front matter."""
        return self.text.count("\n", 0, self.front_start)

    @cached_property
    def body_line(self) -> int:
        """The number of lines above the body."""
        return self.text.count("\n", 0, self.body_start)

    def problem(
        self,
        code: str,
        message: str,
        at: Position = (),
        *,
        key: bool = False,
        help: str = "",
        severity: Severity = Severity.ERROR,
    ) -> Problem:
        """A problem at the value (or the key) that `at` leads to: mapping keys and list positions from the root."""
        node = self._find(at, key)
        if node is None:
            return self.problem_at(max(1, self.front_line), 1, 1, code, message, help, severity)
        line, column = node.start_mark.line, node.start_mark.column + 1
        one_line = node.end_mark.line == line
        width = node.end_mark.column - node.start_mark.column if one_line and isinstance(node, yaml.ScalarNode) else 1
        return self.problem_at(self.front_line + line + 1, column, width, code, message, help, severity)

    def place(self, at: Position) -> tuple[int, int]:
        """The line and the column, from 1, of the value that `at` leads to."""
        node = self._find(at, key=False)
        return (self.front_line + node.start_mark.line + 1, node.start_mark.column + 1) if node else (1, 1)

    def warning(self, code: str, message: str, at: Position = (), help: str = "", *, key: bool = False) -> Problem:
        """A warning at the value (or the key) that `at` leads to."""
        return self.problem(code, message, at, key=key, help=help, severity=Severity.WARNING)

    def body_problem(
        self, code: str, message: str, needle: str, *, help: str = "", severity: Severity = Severity.ERROR, nth: int = 0
    ) -> Problem:
        """A problem at the `nth` place where the body says `needle`, as a link's target if it is one anywhere.

        When it is nowhere to the letter, the place is the body's first line.
        """
        offsets = self._targets.places(needle)
        if not offsets:
            return self.problem_at(self.body_line + 1, 1, 1, code, message, help, severity)
        offset = self.body_start + offsets[min(nth, len(offsets) - 1)]
        width = len(needle.partition("\n")[0])
        line, column = self.line_and_column(offset)
        return self.problem_at(line, column, width, code, message, help, severity)

    def warning_at(
        self, code: str, message: str, place: int, width: int, *, help: str = "", instead: str | None = None
    ) -> Problem:
        """A warning of `width` characters of the text from a place in it on, and what to write `instead`."""
        line, column = self.line_and_column(place)
        found = self.problem_at(line, column, width, code, message, help, Severity.WARNING)
        if instead is None:
            return found
        return replace(found, fix=Fix((line, column), self.line_and_column(place + width), instead))

    def written(self, at: Position) -> tuple[int, str]:
        """Where the value that `at` leads to begins in the text, and how it is written there, within its quotes."""
        node = self._find(at, key=False)
        if node is None:
            return self.front_start, ""
        start, end = (self.front_start + mark.index for mark in (node.start_mark, node.end_mark))
        is_quoted = isinstance(node, yaml.ScalarNode) and node.style in ("'", '"')
        return start + is_quoted, self.text[start + is_quoted : end - is_quoted]

    def removal(self, at: Position) -> Fix | None:
        """What takes a key out with its value, if the two have lines of their own."""
        key, value = self._find(at, key=True), self._find(at, key=False)
        if key is None or value is None:
            return None
        lines, first, end = self.front.split("\n"), key.start_mark, _end(value)
        last = end.line
        if end.column == 0:  # a text of several lines, and what is blank below it
            last = next(line for line in range(end.line - 1, -1, -1) if lines[line].strip())
        behind = lines[last][end.column :].strip() if end.column else ""
        if lines[first.line][: first.column].strip() or (behind and not behind.startswith("#")):
            return None
        return Fix((self.front_line + first.line + 1, 1), (self.front_line + last + 2, 1), "")

    def remarks(self, remarks: Iterable[Remark]) -> list[Problem]:
        """Problems from remarks about the body; one stands for many that say the same."""
        return [self.remark(one) for one in gathered(remarks, self.body_line)]

    def remark(self, remark: Remark) -> Problem:
        """A problem from a remark about the body, at its line and column in the file."""
        if not 0 < remark.line <= len(self._lines) - self.body_line:
            needle, given = remark.needle, {"help": remark.help, "severity": remark.severity}
            return self.body_problem(remark.code, remark.message, needle, **given)  # type: ignore[arg-type]
        line = self.body_line + remark.line
        text = self._lines[line - 1]
        column = remark.column or text.find(remark.needle) + 1
        width = len(remark.needle) if column else 1
        return self.problem_at(
            line, max(1, column), max(1, width), remark.code, remark.message, remark.help, remark.severity
        )

    def problem_at(
        self, line: int, column: int, width: int, code: str, message: str, help: str, severity: Severity
    ) -> Problem:
        """A problem at a line and column of the file, both from 1."""
        excerpt = self._lines[line - 1] if line <= len(self._lines) else ""
        return Problem(
            self.file,
            line,
            column,
            code,
            message,
            help,
            severity,
            excerpt,
            min(width, max(1, len(excerpt) - column + 1)),
        )

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """The line and column of a place in the text, both from 1."""
        row = bisect_right(self._starts, offset) - 1
        return row + 1, offset - self._starts[row] + 1

    @cached_property
    def root(self) -> yaml.Node | None:
        """The front matter's YAML as nodes. Raises yaml.MarkedYAMLError, or RecursionError."""
        return yaml.compose(self.front, Loader=yaml.CBaseLoader)

    # A file may have as many problems as it has lines: what finds the place of one is made once for all of them.

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def _starts(self) -> list[int]:
        """Where each line begins."""
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    @cached_property
    def _targets(self) -> "_Targets":
        return _Targets(self.body)

    @cached_property
    def _pairs(self) -> dict[int, Mapping[str | int, tuple[yaml.Node, yaml.Node]]]:
        return {}

    def _pair(self, mapping: yaml.MappingNode, key: str | int) -> tuple[yaml.Node, yaml.Node] | None:
        """The nodes of a key, where it is written first, and of its value."""
        pairs = self._pairs.get(id(mapping))
        if pairs is None:
            written = reversed(mapping.value)
            pairs = {pair[0].value: pair for pair in written if isinstance(pair[0], yaml.ScalarNode)}
            self._pairs[id(mapping)] = pairs
        return pairs.get(key)

    def _find(self, at: Position, key: bool) -> yaml.Node | None:
        """The node at `at`; steps that the author did not write (a missing key) are passed over."""
        node, owner = self.root, None
        for step in at:
            if isinstance(node, yaml.MappingNode):
                pair = self._pair(node, step)
                if pair is not None:
                    owner, node = pair
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                owner, node = None, node.value[step]
        return owner if key and owner is not None else node


def _end(node: yaml.Node) -> yaml.Mark:
    """Where a value ends: one of lines that are indented ends with the last of what stands in it."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return node.end_mark


class _Targets:
    """The positions in a body where the target of a link may stand, sorted so that each is found by bisection."""

    def __init__(self, body: str) -> None:
        self._body = body
        ends = (match.end() for match in _OPENS_TARGET.finditer(body))
        self._offsets = sorted((end for end in ends if body[end : end + 1] not in _ENDS_TARGET), key=self._begins)
        self._found: dict[str, list[int]] = {}

    def places(self, target: str) -> list[int]:
        """Where `target` stands: as the whole target of a link if possible, else as part of one, else anywhere."""
        if target not in self._found:
            self._found[target] = self._places(target)
        return self._found[target]

    def _places(self, target: str) -> list[int]:
        if not target:
            return []
        begins = target[:_COMPARED]
        first = bisect_left(self._offsets, begins, key=self._begins)
        last = bisect_right(self._offsets, begins, lo=first, key=lambda offset: self._begins(offset)[: len(begins)])
        places = sorted(one for one in self._offsets[first:last] if self._body.startswith(target, one))
        whole = [one for one in places if self._body[one + len(target) : one + len(target) + 1] in _ENDS_TARGET]
        if places or len(self._found) > limits.GUESSES:
            return whole or places
        return [match.start() for match in re.finditer(re.escape(target), self._body)]

    def _begins(self, offset: int) -> str:
        return self._body[offset : offset + _COMPARED]
