"""Headings: their ids, and their tree."""

import re
from collections.abc import Sequence
from dataclasses import replace

from tiebreak.model import Heading, slugify

# Ids on the theme's pages that readers link to. Every other id of the theme begins with an underscore, which no id of
# a heading does.
_PUBLIC = re.compile(
    r"(factor|source|fn|fnref|cite)-.*|main|contents|pick|factors|flip|verdict|related|feedback|sources|history"
)


class HeadingIds:
    """Gives the headings of one text their ids."""

    def __init__(self) -> None:
        self._earlier: dict[str, int] = {}

    def of(self, text: str) -> str:
        """The id of the next heading; one with the same text as an earlier heading gets a number after an
        underscore.
        """
        id = heading_id(text)
        earlier = self._earlier.get(id, 0)
        self._earlier[id] = earlier + 1
        return f"{id}_{earlier}" if earlier else id


def heading_id(text: str) -> str:
    """The id of a heading with this text, unless another one has it already."""
    id = slugify(text) or "section"
    return f"section-{id}" if is_public(id) else id


def is_public(id: str) -> bool:
    """Whether an id belongs to a part of the page, so that headings must not take it."""
    return _PUBLIC.fullmatch(id) is not None


def nested(row: Sequence[Heading]) -> tuple[Heading, ...]:
    """Headings as a tree: each is a child of the last heading before it with a higher rank."""
    open_ones: list[tuple[int, Heading | None, list[Heading]]] = [(0, None, [])]  # level, heading, what is below it

    def close(level: int) -> None:
        while open_ones[-1][0] >= level:
            _, heading, below = open_ones.pop()
            if heading:
                open_ones[-1][2].append(replace(heading, children=tuple(below)))

    for heading in row:
        close(heading.level)
        open_ones.append((heading.level, heading, []))
    close(1)
    return tuple(open_ones[0][2])
