"""A file as its author sees it: its text, and the line and column of every value, on demand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeAlias

import yaml

from tiebreak.problems import Problem, Remark, Severity

Data: TypeAlias = "str | list[Data] | dict[str, Data] | None"
Place: TypeAlias = Sequence[str | int]


@dataclass(frozen=True)
class Document:
    """One file: `path` is relative to the project; line ends and a byte order mark are already dealt with.

    Its front matter and its body are places in its text. Neither the text, which lies on the disk, nor what was read
    out of it, `data`, travels into the memo: an entry has been made of it by then.
    """

    path: str
    text: str
    front_start: int
    front_end: int
    body_start: int
    data: Data = field(default=None, compare=False)

    def __getstate__(self) -> dict[str, str | int]:
        return {key: value for key, value in self.__dict__.items() if key not in ("text", "data", "root")}

    def with_text(self, text: str) -> "Document":
        """This document, which has been in the memo, with its text."""
        return replace(self, text=text)

    @property
    def front(self) -> str:
        return self.text[self.front_start : self.front_end]

    @property
    def body(self) -> str:
        return self.text[self.body_start :]

    @property
    def front_line(self) -> int:
        """The number of lines above the front matter."""
        return self.text.count("\n", 0, self.front_start)

    @property
    def body_line(self) -> int:
        """The number of lines above the body."""
        return self.text.count("\n", 0, self.body_start)

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
            return self.problem_at(max(1, self.front_line), 1, 1, code, message, help, severity)
        line, column = node.start_mark.line, node.start_mark.column + 1
        one_line = node.end_mark.line == line
        width = node.end_mark.column - node.start_mark.column if one_line and isinstance(node, yaml.ScalarNode) else 1
        return self.problem_at(self.front_line + line + 1, column, width, code, message, help, severity)

    def body_problem(
        self, code: str, message: str, needle: str, *, help: str = "", severity: Severity = Severity.ERROR, nth: int = 0
    ) -> Problem:
        """A problem at the `nth` place where the body says `needle`, as a link's target if it is one anywhere.

        When it is nowhere to the letter, the place is the body's first line.
        """
        as_target = re.compile(rf"""(?:\]\(\s*<?|\]:\s*<?|["'=<])({re.escape(needle)})(?=[\s)>"'])""")
        body = self.body
        offsets = [match.start(1) for match in as_target.finditer(body)] or [
            match.start() for match in re.finditer(re.escape(needle), body)
        ]
        if not offsets:
            return self.problem_at(self.body_line + 1, 1, 1, code, message, help, severity)
        offset = offsets[min(nth, len(offsets) - 1)]
        line = body.count("\n", 0, offset)
        column = offset - (body.rfind("\n", 0, offset) + 1) + 1
        return self.problem_at(
            self.body_line + line + 1, column, len(needle.split("\n")[0]), code, message, help, severity
        )

    def remark(self, remark: Remark) -> Problem:
        """A problem of the body, which is told without its place in the file."""
        if not remark.line:
            needle, given = remark.needle, {"help": remark.help, "severity": remark.severity}
            return self.body_problem(remark.code, remark.message, needle, **given)  # type: ignore[arg-type]
        line = self.body_line + remark.line
        text = self.text.split("\n")[line - 1]
        column = max(0, text.find(remark.needle)) + 1
        width = len(remark.needle) if remark.needle in text else 1
        return self.problem_at(line, column, max(1, width), remark.code, remark.message, remark.help, remark.severity)

    def problem_at(
        self, line: int, column: int, width: int, code: str, message: str, help: str, severity: Severity
    ) -> Problem:
        """A problem at a line and column of the file, both from 1."""
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
    def root(self) -> yaml.Node | None:
        """The front matter's YAML as nodes. Raises yaml.MarkedYAMLError, or RecursionError."""
        return yaml.compose(self.front, Loader=yaml.CBaseLoader)

    def _find(self, at: Place, key: bool) -> yaml.Node | None:
        """The node at `at`; steps that the author did not write (a missing key) are passed over."""
        node, owner = self.root, None
        for step in at:
            if isinstance(node, yaml.MappingNode):
                pair = next((pair for pair in node.value if pair[0].value == step), None)
                if pair is not None:
                    owner, node = pair
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                owner, node = None, node.value[step]
        return owner if key and owner is not None else node
