"""Headings: their ids, the ids that GitHub gives them, and their tree."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tiebreak.model import Heading, slugify

# Ids on the theme's pages that readers link to. Every other id of the theme begins with an underscore, which no id of
# a heading does.
_PUBLIC = re.compile(
    r"(factor|source|fn|fnref|cite)-.*|main|contents|pick|factors|flip|verdict|related|feedback|sources|history"
)

_SIGN = re.compile(r"[^\w-]")  # what is no letter, digit, hyphen or underscore


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


def link_names(headings: Sequence[Heading]) -> frozenset[str]:
    """What links may name: the ids of the headings, and each id that GitHub has for one as `github-id=id`."""
    row = list(_in_order(headings))
    own = {heading.id for heading in row}
    has_dashes = any("–" in heading.text or "—" in heading.text for heading in row)
    others = (pair for as_typed in {False, has_dashes} for pair in _github_ids(row, as_typed=as_typed))
    return frozenset(own | {f"{id}={heading.id}" for id, heading in others if id not in own})


def _in_order(headings: Sequence[Heading]) -> Iterator[Heading]:
    """Without recursion: as deep as there are levels of headings."""
    for heading in headings:
        yield heading
        yield from _in_order(heading.children)


def _github_ids(row: Sequence[Heading], *, as_typed: bool) -> Iterator[tuple[str, Heading]]:
    """The ids of headings as GitHub makes them of a text: its words in small letters, each space a hyphen, and a number
    where an id comes again; of dashes as they are printed, or as they may have been typed.
    """
    earlier: dict[str, int] = {}
    for heading in row:
        text = heading.text.replace("–", "--").replace("—", "---") if as_typed else heading.text
        id = _SIGN.sub(_of_a_word, text.lower().replace(" ", "-"))
        count = earlier.get(id, 0)
        earlier[id] = count + 1
        if id:
            yield (f"{id}-{count}" if count else id), heading


def _of_a_word(sign: re.Match[str]) -> str:
    """A sign that is an accent or joins words, or nothing."""
    return sign[0] if unicodedata.category(sign[0]) in ("Mn", "Mc", "Me", "Pc") else ""


def nested(row: Sequence[Heading]) -> tuple[Heading, ...]:
    """Headings as a tree: each is a child of the last heading before it with a higher rank."""
    open_ones: list[tuple[int, Heading | None, list[Heading]]] = [(0, None, [])]  # level, heading, what is below it

    def close(level: int) -> None:
        while open_ones[-1][0] >= level:
            _, heading, below = open_ones.pop()
            if heading:
                open_ones[-1][2].append(replace(heading, children=tuple(below)) if below else heading)

    for heading in row:
        close(heading.level)
        open_ones.append((heading.level, heading, []))
    close(1)
    return tuple(open_ones[0][2])
