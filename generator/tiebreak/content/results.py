"""Reads result files of measurements, from which cells take numbers: `benchmarks/results/x.json#/a/b`."""

import json
import os
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from tiebreak import limits
from tiebreak.storage import RESULTS, nofollow, refusals

FIGURES = 3  # of a number with decimals: more would be noise on a page
_LARGEST = 30  # digits before or after the decimal point
_MEMBERS = ("value", "low", "high", "runs")


class Reading(NamedTuple):
    """What a result file says at one place, exactly."""

    value: Decimal
    low: Decimal | None = None
    high: Decimal | None = None
    runs: int | None = None


class Misreading(NamedTuple):
    """Why there is no number at one place, and what would be right."""

    message: str
    help: str = ""


class MisreadError(Exception):
    """There is nothing to be had from a file at some place."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.misreading = Misreading(message, help)


def file_of(reference: str) -> str:
    """The path of the file that a reference names."""
    return reference.partition("#")[0]


def readings(root: Path, references: Iterable[str]) -> Mapping[str, Reading | Misreading]:
    """By reference, what the files of the project at `root` say there. Each file is read once."""
    by_file: dict[str, list[str]] = {}
    for reference in sorted(set(references)):
        by_file.setdefault(file_of(reference), []).append(reference)
    found: dict[str, Reading | Misreading] = {}
    for file, wanted in by_file.items():
        try:
            data = loaded(root, file)
        except MisreadError as error:
            found |= dict.fromkeys(wanted, error.misreading)
            continue
        found |= {reference: _read(data, reference) for reference in wanted}
    return found


def contents(root: Path, file: str) -> bytes:
    """The bytes of a file of the project. No link is followed to it. Raises MisreadError."""
    try:
        with os.fdopen(nofollow.open_file(root, file), "rb") as opened:
            written = opened.read(limits.TEXT_FILE + 1)
    except FileNotFoundError:
        folder = RESULTS if file.startswith(RESULTS) else "content"
        raise MisreadError(f"there is no file {file}", f"write the path of one below {folder}/") from None
    except OSError as error:
        problem = refusals.as_problem(file, error)
        raise MisreadError(f"{file}: {problem.message}", problem.help) from None
    if len(written) > limits.TEXT_FILE:
        problem = refusals.too_large(file, limits.TEXT_FILE)
        raise MisreadError(f"{file}: {problem.message}", problem.help)
    return written


def loaded(root: Path, file: str) -> Any:
    """The data of a JSON file, numbers as decimals. Raises MisreadError."""
    try:
        return json.loads(
            contents(root, file),
            parse_float=Decimal,
            parse_int=Decimal,
            parse_constant=_no_number,
            object_pairs_hook=_members,
        )
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise MisreadError(f"{file} is not JSON: {error}", "write the file anew") from None


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f'"{next(name for name in names if names.count(name) > 1)}" is written twice in an object')
    return members


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is not a number")


def _read(data: Any, reference: str) -> Reading | Misreading:
    """What stands at the JSON Pointer of a reference (RFC 6901): a number, or an object with one as its `value`."""
    try:
        return reading(node_at(data, reference), reference)
    except MisreadError as error:
        return error.misreading


def reading(node: Any, place: str) -> Reading:
    """What a number says, or an object with one as its `value`, that stands at a `place`. Raises MisreadError."""
    if not isinstance(node, dict):
        return Reading(_number(node, place))
    if "value" not in node:
        raise MisreadError(f'{place} has no "value"', _known(node))
    value, low, high, runs = (
        _number(node[name], f"{place}/{name}") if node.get(name) is not None else None for name in _MEMBERS
    )
    if value is None:
        raise MisreadError(f"{place}/value is not a number", "point to one that is")
    if runs is not None and (runs < 1 or runs != int(runs)):
        raise MisreadError(f"{place}/runs is not a count", "it is a whole number from 1")
    return Reading(value, low, high, None if runs is None else int(runs))


def node_at(data: Any, reference: str) -> Any:
    """What stands at the JSON Pointer of a reference. Raises MisreadError."""
    file, _, pointer = reference.partition("#")
    node, seen = data, ""
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(node, dict) and name in node:
            node = node[name]
        elif isinstance(node, list) and name.isdecimal() and name.isascii() and int(name[:9]) < len(node):
            node = node[int(name)]
        else:
            raise MisreadError(f'{file} has nothing at "{seen}/{step}"', _known(node))
        seen = f"{seen}/{step}"
    return node


def _known(node: Any) -> str:
    """What there is instead."""
    if isinstance(node, dict) and node:
        return f"there is {', '.join(list(node)[:10])}"
    if isinstance(node, list) and node:
        return f"there is 0 to {len(node) - 1}"
    return "there is a single value there" if not isinstance(node, dict | list) else "there is nothing in it"


def _number(node: Any, place: str) -> Decimal:
    if not isinstance(node, Decimal):
        raise MisreadError(f"{place} is not a number", _known(node) if isinstance(node, dict) else "point to one")
    if node.adjusted() >= _LARGEST or -int(node.as_tuple().exponent) > _LARGEST:
        raise MisreadError(f"{place} has too many digits", "write a number that people read")
    return node


def decimals_of(number: Decimal) -> int:
    """How many decimals a number is shown with where the author does not say: all up to three figures."""
    own = max(0, -int(number.as_tuple().exponent))
    return min(own, max(0, FIGURES - 1 - number.adjusted()))


def rounded(number: Decimal, decimals: int) -> str:
    """A number as digits with so many decimals."""
    return format(number, f".{decimals}f")
