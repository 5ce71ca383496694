"""Headings: where each can be linked to, and which stand below which."""

import re
from collections.abc import Sequence
from dataclasses import replace

from tiebreak.names import slugify
from tiebreak.prose import Heading

# Ids that the theme uses on the same page as an author's headings.
_RESERVED = re.compile(
    r"(factor|source|fn|cite)-.*|main|contents|pick|factors|flip|verdict|related|feedback|sources|history"
)


def heading_id(text: str) -> str:
    """The id of a heading with this text, unless another one has it already."""
    id = slugify(text) or "section"
    return f"{id}-section" if _RESERVED.fullmatch(id) else id


def nested(row: Sequence[Heading]) -> tuple[Heading, ...]:
    """Headings in a row as a tree: each below the last one before it that is of a higher rank."""
    tree: list[Heading] = []
    place = 0
    while place < len(row):
        end = next((n for n in range(place + 1, len(row)) if row[n].level <= row[place].level), len(row))
        tree.append(replace(row[place], children=nested(row[place + 1 : end])))
        place = end
    return tuple(tree)
