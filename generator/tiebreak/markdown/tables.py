"""Tables in a text, found and made with bounds."""

import re
from xml.etree.ElementTree import Element

from markdown.extensions.tables import TableProcessor

from tiebreak import limits
from tiebreak.markdown.bounds import counts, too_much

MOST_COLUMNS, MOST_SIGNS = 100, 500  # of a table; signs are the pipes and ticks of a row
MOST_MISSING = 1_000  # cells of a table that nobody wrote, roughly
MOST_LOOKING = 300_000  # rows that are looked at for whether they make up a table

_NO_RULE = re.compile(r"[^|: -]")  # what cannot stand below the head of a table


class Tables(TableProcessor):
    """Looks at the rest of a block for a table only where its next line can be the head of one, and makes no table that
    is larger than what stands there: a row that is shorter than the head has empty cells.
    """

    def test(self, parent: Element, block: str) -> bool:
        """Whether a table begins here."""
        head, _, rest = block.partition("\n")
        if "|" not in head or not rest or _NO_RULE.search(rest.partition("\n")[0]):
            return False
        text = counts(self.parser.md)
        text.looked += rest.count("\n")
        if text.looked > MOST_LOOKING:
            message = f"more than {MOST_LOOKING:,} rows would have to be looked at to find the tables in this text"
            raise too_much("too-long", message, "put blank lines around tables", block)
        return bool(super().test(parent, block))

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
        found: list[str] = super()._split_row(row)  # type: ignore[misc]
        return found
