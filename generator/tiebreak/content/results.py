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


class _MisreadError(Exception):
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
            data = _loaded(root, file)
        except _MisreadError as error:
            found |= dict.fromkeys(wanted, error.misreading)
            continue
        found |= {reference: _read(data, reference) for reference in wanted}
    return found


def _loaded(root: Path, file: str) -> Any:
    """The data of a JSON file, numbers as decimals. No link is followed to it."""
    try:
        with os.fdopen(nofollow.open_file(root, file), "rb") as opened:
            written = opened.read(limits.TEXT_FILE + 1)
    except FileNotFoundError:
        raise _MisreadError(f"there is no file {file}", f"write the path of one below {RESULTS}/") from None
    except OSError as error:
        problem = refusals.as_problem(file, error)
        raise _MisreadError(f"{file}: {problem.message}", problem.help) from None
    if len(written) > limits.TEXT_FILE:
        problem = refusals.too_large(file, limits.TEXT_FILE)
        raise _MisreadError(f"{file}: {problem.message}", problem.help)
    try:
        return json.loads(written, parse_float=Decimal, parse_int=Decimal, parse_constant=_no_number)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise _MisreadError(f"{file} is not JSON: {error}", "write the file anew") from None


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is not a number")


def _read(data: Any, reference: str) -> Reading | Misreading:
    """What stands at the JSON Pointer of a reference (RFC 6901): a number, or an object with one as its `value`."""
    try:
        node = _node(data, reference)
        if not isinstance(node, dict):
            return Reading(_number(node, reference))
        if "value" not in node:
            raise _MisreadError(f'{reference} has no "value"', _known(node))
        value, low, high, runs = (
            _number(node[name], f"{reference}/{name}") if node.get(name) is not None else None for name in _MEMBERS
        )
        if value is None:
            raise _MisreadError(f"{reference}/value is not a number", "point to one that is")
        if runs is not None and (runs < 1 or runs != int(runs)):
            raise _MisreadError(f"{reference}/runs is not a count", "it is a whole number from 1")
        return Reading(value, low, high, None if runs is None else int(runs))
    except _MisreadError as error:
        return error.misreading


def _node(data: Any, reference: str) -> Any:
    file, _, pointer = reference.partition("#")
    node, seen = data, ""
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(node, dict) and name in node:
            node = node[name]
        elif isinstance(node, list) and name.isdecimal() and name.isascii() and int(name[:9]) < len(node):
            node = node[int(name)]
        else:
            raise _MisreadError(f'{file} has nothing at "{seen}/{step}"', _known(node))
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
        raise _MisreadError(f"{place} is not a number", _known(node) if isinstance(node, dict) else "point to one")
    if node.adjusted() >= _LARGEST or -int(node.as_tuple().exponent) > _LARGEST:
        raise _MisreadError(f"{place} has too many digits", "write a number that people read")
    return node


def decimals_of(number: Decimal) -> int:
    """How many decimals a number is shown with where the author does not say: all up to three figures."""
    own = max(0, -int(number.as_tuple().exponent))
    return min(own, max(0, FIGURES - 1 - number.adjusted()))


def rounded(number: Decimal, decimals: int) -> str:
    """A number as digits with so many decimals."""
    return format(number, f".{decimals}f")
