"""Numbers in a table: written as the language does it, and in line with those of their unit in the same column."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tiebreak.model import Cell, Comparison
from tiebreak.pages.locales import PLAIN, Write


@dataclass(frozen=True)
class Figure:
    """The number of a cell, and between what it lies, as readers see them; `plain` is for programs.

    `room` is what stands to the left of its first digit in the number that begins furthest to the left.
    """

    plain: str
    text: str
    low: str
    high: str
    room: str = ""

    @property
    def whole(self) -> str:
        """What stands before the decimal sign; nothing where it is no plain number."""
        if not PLAIN.fullmatch(self.plain):
            return ""
        decimals = self.plain.partition(".")[2]
        return self.text[: -len(decimals) - 1] if decimals else self.text


Row = tuple[Figure | None, ...]


def figures(comparison: Comparison, write: Write) -> Mapping[str, Row]:
    """The figures of each row, by its id and in the order of subjects; None where a cell has no number."""
    rows = {one.id: tuple(_figure(cell, one.unit, write) for cell in one.cells) for one in comparison.factors}
    for unit in {factor.unit for factor in comparison.factors if factor.unit}:
        alike = [factor.id for factor in comparison.factors if factor.unit == unit]
        columns = map(_aligned, zip(*(rows[id] for id in alike), strict=True))
        rows |= zip(alike, zip(*columns, strict=True), strict=True)
    return rows


def _figure(cell: Cell, unit: str, write: Write) -> Figure | None:
    """A number without a unit may be a version, and stays as its author wrote it."""
    if cell.value is None and cell.low is None:
        return None

    plain, low, high = cell.plain, cell.low or "", cell.high or ""
    return Figure(plain, write(plain), write(low), write(high)) if unit else Figure(plain, plain, low, high)


def _aligned(column: Iterable[Figure | None]) -> Row:
    """A column of one unit in which every number keeps as much room before it as the longest needs."""
    column = tuple(column)
    longest = max((figure.whole for figure in column if figure), key=len, default="")
    return tuple(figure and _with_room(figure, longest) for figure in column)


def _with_room(figure: Figure, longest: str) -> Figure:
    return replace(figure, room=longest[: len(longest) - len(figure.whole)]) if figure.whole else figure
