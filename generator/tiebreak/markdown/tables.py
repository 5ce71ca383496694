"""Tables in a text, found and made with bounds."""

import re
from collections.abc import Sequence
from typing import Any
from xml.etree.ElementTree import Element

from markdown.extensions.tables import TableProcessor

from tiebreak import limits
from tiebreak.markdown.bounds import counts, too_much
from tiebreak.markdown.containers import ALIGNED

MOST_COLUMNS, MOST_SIGNS = 100, 500  # of a table; signs are the pipes and ticks of a row
MOST_MISSING = 1_000  # cells of a table that nobody wrote, roughly

RULE = re.compile(r"\|? *+:?-++:? *+(?:\| *+:?-++:? *+)*+\|? *+")
_PIPE = re.compile(r"\\.|\|")


def is_head(head: str, rule: str) -> bool:
    """Whether two lines are the head of a table and the rule below it."""
    if "|" not in head or "|" not in rule or head.startswith("    ") or not RULE.fullmatch(rule):
        return False
    return len(cells(head)) == len(cells(rule))


def cells(row: str) -> list[str]:
    """The texts between the pipes of a row; code in it is no reason for a pipe not to be one, a backslash is."""
    row, found, start = row.strip(" ").removeprefix("|"), list[str](), 0
    for pipe in _PIPE.finditer(row):
        if pipe[0] == "|":
            found.append(row[start : pipe.start()].replace("\\|", "|"))
            start = pipe.end()
    return [*found, row[start:].replace("\\|", "|")] if start < len(row) or not found else found


class Tables(TableProcessor):
    """Reads tables as GitHub does, and makes none that is larger than what stands there: a row that is shorter than the
    head has empty cells.
    """

    def test(self, parent: Element, block: str) -> bool:
        """Whether a table begins here."""
        head, rule, *_ = *block.split("\n", 2), ""
        if len(head) > limits.PARAGRAPH or not is_head(head, rule):
            return False
        found: Any = cells(rule)
        self.separator = found
        return True

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Make the table."""
        columns, rows, text = len(self.separator), blocks[0].count("\n") + 1, counts(self.parser.md)
        text.cells += columns * rows
        if columns > MOST_COLUMNS or text.cells > limits.CELLS:
            size = f"{columns} columns and {rows:,} rows"
            most = f"{MOST_COLUMNS} columns, and {limits.CELLS:,} cells in all tables of a text, are read"
            raise too_much("too-long", f"a table has {size}; {most}", "put the data into a file", blocks[0])
        if columns * rows > len(blocks[0]) + MOST_MISSING:
            message, help = "most cells of a table are missing", "write them, or take columns away"
            raise too_much("too-long", message, help, blocks[0])
        super().run(parent, blocks)

    def _split_row(self, row: str) -> list[str]:
        if len(row) > limits.PARAGRAPH or row.count("|") + row.count("`") > MOST_SIGNS:
            message = f"a row of a table has more than {limits.PARAGRAPH} characters or {MOST_SIGNS} signs"
            raise too_much("too-long", message, "make it shorter", row)
        return cells(row)

    def _build_row(self, row: str, parent: Element, align: Sequence[str | None]) -> None:
        """A row of cells that are aligned by a class: a strict policy of a host forbids styles of their own."""
        super()._build_row(row, parent, align)  # type: ignore[misc]  # the stubs leave it out
        for cell in parent[-1]:
            if aligned := cell.attrib.pop("align", None):
                cell.set("class", ALIGNED[aligned])

    def _build_empty_row(self, parent: Element, align: Sequence[str | None]) -> None:
        """No row."""
