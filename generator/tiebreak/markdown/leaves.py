"""A text that has no lists and quotations in it, split into blocks where GitHub does, and its headings."""

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from markdown.blockprocessors import BlockProcessor

from tiebreak.markdown.containers import HEADING, RULE, STASHED
from tiebreak.markdown.tables import is_head

_UNDERLINE = re.compile(r" {0,3}(?:=+|-+) *")
_DEFINITION = re.compile(r" {0,3}\[[^\]\n]*\]:")


def parted(lines: Sequence[str]) -> list[str]:
    """The lines, with blank ones around each heading, rule and table, and code that has been put away."""
    found: list[str] = []
    start: int | None = None  # where the paragraph begins that the last line belongs to
    is_table = False
    for line in lines:
        text = start is not None and not _DEFINITION.match(found[start])
        if not line.strip():
            found.append("")
            start, is_table = None, False
        elif HEADING.match(line) or STASHED.match(line):
            found += ["", line, ""]
            start, is_table = None, False
        elif text and _UNDERLINE.fullmatch(line):
            found += [line, ""]
            start = None
        elif RULE.match(line):
            found += ["", "***", ""]
            start, is_table = None, False
        elif start is not None and is_head(found[-1], line):
            found[-1:] = ["", found[-1], line] if len(found) - 1 > start else [found[-1], line]
            start, is_table = None, True
        else:
            found.append(line)
            if start is None and not is_table and not line.startswith("    "):
                start = len(found) - 1
    return found


class Headings(BlockProcessor):
    """`# a`, and what is underlined."""

    def test(self, parent: Element, block: str) -> bool:
        """Whether this block is a heading."""
        above, _, last = block.rpartition("\n")
        return HEADING.match(block) is not None or (bool(above) and _UNDERLINE.fullmatch(last) is not None)

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Make the heading."""
        block = blocks.pop(0)
        if HEADING.match(block):
            text = block.lstrip("#").strip()
            level = len(block) - len(block.lstrip("#"))
            open_text = text.rstrip("#")
            text = open_text.rstrip() if not open_text or open_text.endswith(" ") else text
        else:
            text, _, last = block.rpartition("\n")
            level = 1 if "=" in last else 2
        SubElement(parent, f"h{level}").text = text.strip()


class Addresses(dict[str, tuple[str, str]]):
    """Addresses by the names that stand for them; the first counts that a name is given."""

    def __setitem__(self, name: str, address: tuple[str, str]) -> None:
        self.setdefault(_bare(name), address)

    def __getitem__(self, name: str) -> tuple[str, str]:
        return super().__getitem__(_bare(name))

    def __contains__(self, name: object) -> bool:
        return super().__contains__(_bare(str(name)))


def _bare(name: str) -> str:
    """A name in whatever capitals, without the marks of code, which have been read already where it is used."""
    return " ".join(name.replace("`", "").casefold().split())
