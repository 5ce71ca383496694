"""Reads tables of the project's files, from which charts take numbers: CSV, and places of JSON that are like one."""

import csv
import json
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from io import StringIO
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from tiebreak import limits
from tiebreak.content import results
from tiebreak.content.results import MisreadError, Misreading, Reading

VALUE = "value"  # the column of an object of numbers, and the number of one with a spread
_QUOTED = re.compile('"[^"]*"')
Entry = str | Reading  # a text is read by whoever knows the language; an empty one says nothing


class Table(NamedTuple):
    """The names of columns, and rows of as many entries; the first column names what the rows are about."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Entry, ...], ...]


def tables(root: Path, references: Iterable[str]) -> Mapping[str, Table | Misreading]:
    """By reference, the tables of the project at `root`: `content/x.csv`, `benchmarks/results/x.json#/a/b`."""
    found: dict[str, Table | Misreading] = {}
    for file, wanted in groupby(sorted(set(references), key=results.file_of), results.file_of):
        data: Any = None  # each file is read once
        for reference in wanted:
            try:
                data = data or _loaded(root, file)
                found[reference] = _of_json(results.node_at(data, reference), reference) if _is_json(file) else data
            except MisreadError as error:
                found[reference] = error.misreading
    return found


def _is_json(file: str) -> bool:
    return file.endswith(".json")


def _loaded(root: Path, file: str) -> Any:
    """The data of JSON, or the table of CSV."""
    if _is_json(file):
        return results.loaded(root, file)
    try:
        text = results.contents(root, file).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise MisreadError(f"{file} is not UTF-8", "save it as UTF-8") from None
    return _of_csv(text, file)


def _check_size(cells: int, reference: str) -> None:
    if cells > limits.CELLS:
        raise MisreadError(f"{reference} has more than {limits.CELLS:,} cells", "take rows or columns out of it")


def _of_csv(text: str, file: str) -> Table:
    """A table whose first line names its columns. What parts them is a comma, a semicolon or a tab."""
    head = _QUOTED.sub("", next(StringIO(text, newline=""), ""))
    sign = "\t" if file.endswith(".tsv") else max(",;\t", key=head.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=sign, strict=True)
    try:
        lines = [(reader.line_num, [_plain(cell) for cell in line]) for line in reader if any(line)]
    except csv.Error as error:
        raise MisreadError(f"{file} is not CSV: {error}, in line {reader.line_num}", "close every quote") from None
    if len(lines) < 2:
        raise MisreadError(f"{file} has no rows", "name the columns in the first line, and write a row a line below it")
    (_, columns), *rows = lines
    for number, row in rows:
        if len(row) != len(columns):
            message = f"line {number} of {file} has {len(row)} of {len(columns)} cells"
            raise MisreadError(message, "give each line a cell for every column")
    _check_size(len(rows) * len(columns), file)
    return Table(tuple(columns), tuple(tuple(row) for _, row in rows))


def _plain(text: str) -> str:
    """A text of one line."""
    return " ".join(text.split())


def _of_json(node: Any, reference: str) -> Table:
    """A list of objects, each a row; or an object by what its rows are about, of numbers or of objects by column."""
    if isinstance(node, list) and any(node) and all(isinstance(one, dict) for one in node):
        columns = tuple(dict.fromkeys(name for one in node for name in one))
        rows: Iterable[Iterable[Any]] = ([one.get(name) for name in columns] for one in node)
    elif isinstance(node, dict) and (inner := {name: one for name, one in node.items() if _is_row(one)}):
        columns = ("", *dict.fromkeys(name for one in inner.values() for name in one))
        rows = ([name, *(one.get(column) for column in columns[1:])] for name, one in inner.items())
        node = inner
    elif isinstance(node, dict) and node:
        columns, rows = ("", VALUE), ((name, one) for name, one in node.items())
    else:
        help = "a table is a list of objects, or an object of numbers or of objects"
        raise MisreadError(f"{reference} is not like a table", help)
    _check_size(len(columns) * len(node), reference)  # before it is made: rows that share no column are a square
    places = [f'"{column}" of {reference}' for column in columns]
    entries = (tuple(_entry(*one) for one in zip(row, places, strict=True)) for row in rows)
    return Table(tuple(map(_plain, columns)), tuple(entries))


def _is_row(node: Any) -> bool:
    """Whether it is an object of entries, and not one number with its spread."""
    return isinstance(node, dict) and VALUE not in node


def _entry(node: Any, place: str) -> Entry:
    """What stands in a cell. A list or an object of others is no number, and what it is not is told if it is used."""
    if node is None:
        return ""
    if isinstance(node, Decimal) or (isinstance(node, dict) and VALUE in node):
        return results.reading(node, place)
    return _plain(node) if isinstance(node, str) else json.dumps(node, default=str)[: limits.NAME]
