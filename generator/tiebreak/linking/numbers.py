"""Numbers in cells: which of them are read as numbers, and what keeps a row from being decided by them."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from tiebreak import cldr
from tiebreak.model import Cell, DecimalSign, Doubt, Prose, Quantity, quantity

HELP = "write the number to compare by beside it: `{text: ..., compare: 5}`"
STATE_HELP = "write beside it what it means: `{text: ..., state: yes}`, or `compare: 5` for a number"


def decimal_sign(language: str) -> DecimalSign:
    """The sign before decimals in a language; a full stop where it is not known."""
    if language.split("-")[0].casefold() == "en":
        return "."
    locale = cldr.locale(language)
    return "," if locale and locale.decimal == "," else "."


def measured(cell: Cell, unit: str, better: str | None, decimal: DecimalSign) -> Cell:
    """A cell with the number that its text says; `unit` and `better` are the row's. In a row without them, which
    compares no numbers, only a text beside a value is read.

    A text that is a number alone is shown as numbers are, with the row's unit. One that says the cell's value, with
    that unit, stands for it.
    """
    if cell.amount is not None or not (unit or better or (cell.text and cell.value)):
        return cell
    if cell.value is not None and cell == Cell(value=cell.value) and quantity.is_unclear(cell.value, decimal):
        return Cell(text=Prose(cell.value))  # a key `value` beside others says that it is a number, and in which form
    said = quantity.read(cell.text.text, decimal, unit) if cell.text else None
    if not isinstance(said, Quantity):
        return cell
    wanted, own = quantity.unit_name(unit), said.unit
    if cell.value is not None:
        if said.amount != Decimal(cell.value) or (own and wanted and f"/{wanted}/" not in f"/{own}/"):
            return cell
        cell = replace(cell, value=None)
        if own:
            return replace(cell, amount=said.amount)
    if not own and cell.text and cell.text.is_plain:
        return replace(cell, text=None, value=cell.text.text, amount=said.amount)
    return replace(cell, amount=said.amount, unit="" if own == wanted else own)


def scores(cells: Sequence[Cell], unit: str) -> Sequence[Decimal | int]:
    """By what the cells of a row are compared: their numbers, all in one unit, or their states where not all have a
    number; nothing where neither will do.
    """
    numbers = [number for cell in cells if (number := cell.number) is not None]
    if numbers and len(numbers) == len(cells):
        units = {cell.unit for cell in cells}
        return numbers if (len(units) == 1 if not unit else units == {""}) else ()
    ranks = [rank for cell in cells if (rank := cell.rank) is not None]
    return ranks if len(ranks) == len(cells) else ()


def best_of(cells: Sequence[Cell], unit: str, better: str) -> frozenset[int]:
    """The places of the cells with the best number or state, from 0; none where they cannot be compared."""
    found = scores(cells, unit)
    best = (min(found) if better == "lower" else max(found)) if found else None
    return frozenset(place for place, score in enumerate(found) if score == best)


def level_with(cells: Sequence[Cell], places: Collection[int]) -> frozenset[int]:
    """The places of the cells that nobody can tell from those at some places: what was measured of both overlaps."""
    spreads = [spread for cell in cells if (spread := cell.spread)]
    if len(spreads) < len(cells):
        return frozenset(places)
    best = [spreads[place] for place in places]
    return frozenset(
        place for place, (low, high) in enumerate(spreads) if any(low <= most and least <= high for least, most in best)
    )


def alike(one: Cell, other: Cell, unit: str, decimal: DecimalSign) -> bool:
    """Whether two cells say one thing: the same number, however it is written, or the same words."""
    if one.number is not None and other.number is not None:
        return one.number == other.number and bool(scores((one, other), unit))
    if one.same_as == other.same_as or (folded(one.said), one.state) == (folded(other.said), other.state):
        return True
    amounts = [_quantity(cell, decimal) for cell in (one, other)]
    return amounts[0] is not None and amounts[0] == amounts[1] and one.state == other.state


def folded(said: str) -> str:
    """A text without its capitals, spaces and last signs: another spelling is no other fact."""
    return " ".join(said.casefold().split()).rstrip(".!")


def _quantity(cell: Cell, decimal: DecimalSign) -> Quantity | None:
    said = quantity.read(cell.said, decimal)
    return said if isinstance(said, Quantity) else None


class Obstacle(NamedTuple):
    """The place of the cell, from 0, that keeps a row from being decided; what is wrong, and what would be right."""

    place: int
    what: str
    help: str


def obstacle(cells: Sequence[Cell], unit: str, decimal: DecimalSign) -> Obstacle | None:
    """What keeps the cells of a row from being compared; None where they have scores."""
    if scores(cells, unit):
        return None
    numbers = [cell.number for cell in cells]
    is_numeric = any(number is not None for number in numbers) or all(cell.rank is None for cell in cells)
    for place, cell in enumerate(cells):
        if cell.number is None and (is_numeric or cell.rank is None):
            help = HELP if any(number is not None for number in numbers) else STATE_HELP
            return Obstacle(place, *_without_number(cell, unit, decimal, help))
    place = next(place for place, cell in enumerate(cells) if cell.unit != ("" if unit else cells[0].unit))
    other = f"the row's unit is {unit}" if unit else f'"{cells[0].said}" has another unit'
    help = "write all in one unit, or the number to compare by beside the text: `{text: ..., compare: 5}`"
    return Obstacle(place, f'"{cells[place].said}" cannot be compared, because {other}', help)


def _without_number(cell: Cell, unit: str, decimal: DecimalSign, help: str) -> tuple[str, str]:
    """Why a cell cannot be compared, and what to do about it; `help` is for a text that says nothing of numbers."""
    if cell.text:
        doubt = quantity.read(cell.text.text, decimal, unit)
        what, is_plain = (doubt.what, doubt.is_plain) if isinstance(doubt, Doubt) else ("not a number", True)
        return f'"{cell.said}" is {what}', HELP if is_plain else help
    if cell.rank is not None:
        return f'"{cell.said}" is not a number, and other cells are', HELP
    return f'"{cell.said}" cannot be compared', "find out, or leave `better` out and say who wins with `wins`"
