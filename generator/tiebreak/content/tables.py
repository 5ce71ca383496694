"""Reads tables of the project's files, from which charts take numbers: CSV, and places of JSON that are like one."""

import csv
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from tiebreak import limits
from tiebreak.content import results
from tiebreak.content.results import MisreadError, Misreading, Reading

VALUE = "value"  # the column of an object of numbers, and the number of one with a spread
Entry = str | Reading  # a text is read by whoever knows the language; an empty one says nothing


class Table(NamedTuple):
    """The names of columns, and rows of as many entries; the first column names what the rows are about."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Entry, ...], ...]


def tables(root: Path, references: Iterable[str]) -> Mapping[str, Table | Misreading]:
    """By reference, the tables of the project at `root`: `content/x.csv`, `benchmarks/results/x.json#/a/b`."""
    found: dict[str, Table | Misreading] = {}
    for reference in sorted(set(references)):
        try:
            found[reference] = _bounded(_table(root, reference), reference)
        except MisreadError as error:
            found[reference] = error.misreading
    return found


def _table(root: Path, reference: str) -> Table:
    file = results.file_of(reference)
    if file.endswith(".json"):
        return _of_json(results.node_at(results.loaded(root, file), reference), reference)
    try:
        text = results.contents(root, file).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise MisreadError(f"{file} is not UTF-8", "save it as UTF-8") from None
    return _of_csv(text, file)


def _bounded(table: Table, reference: str) -> Table:
    if len(table.rows) * len(table.columns) > limits.CELLS:
        raise MisreadError(f"{reference} has more than {limits.CELLS:,} cells", "take rows or columns out of it")
    return table


def _of_csv(text: str, file: str) -> Table:
    """A table whose first line names its columns. What parts them is a comma, a semicolon or a tab."""
    head = text.partition("\n")[0]
    sign = "\t" if file.endswith(".tsv") else max(",;\t", key=head.count)
    try:
        lines = [line for line in csv.reader(text.splitlines(), delimiter=sign, strict=True) if any(line)]
    except csv.Error as error:
        raise MisreadError(f"{file} is not CSV: {error}", "close every quote") from None
    if len(lines) < 2:
        raise MisreadError(f"{file} has no rows", "name the columns in the first line, and write a row a line below it")
    columns, *rows = ([cell.strip() for cell in line] for line in lines)
    for number, row in enumerate(rows, 2):
        if len(row) != len(columns):
            message = f"row {number} of {file} has {len(row)} of {len(columns)} cells"
            raise MisreadError(message, "give each row a cell for every column")
    return Table(tuple(columns), tuple(map(tuple, rows)))


def _of_json(node: Any, reference: str) -> Table:
    """A list of objects, each a row; or an object by what its rows are about, of numbers or of objects by column."""
    if isinstance(node, list) and node and all(isinstance(one, dict) for one in node):
        columns = tuple(dict.fromkeys(name for one in node for name in one))
        rows = [[one.get(name) for name in columns] for one in node]
    elif isinstance(node, dict) and (inner := {name: one for name, one in node.items() if _is_row(one)}):
        columns = ("", *dict.fromkeys(name for one in inner.values() for name in one))
        rows = [[name, *(one.get(column) for column in columns[1:])] for name, one in inner.items()]
    elif isinstance(node, dict) and node:
        columns, rows = ("", VALUE), [[name, one] for name, one in node.items()]
    else:
        help = "a table is a list of objects, or an object of numbers or of objects"
        raise MisreadError(f"{reference} is not like a table", help)
    return Table(columns, tuple(tuple(_entry(one, reference) for one in row) for row in rows))


def _is_row(node: Any) -> bool:
    """Whether it is an object of entries, and not one number with its spread."""
    return isinstance(node, dict) and VALUE not in node


def _entry(node: Any, reference: str) -> Entry:
    """What stands in a cell. A list or an object of others is no number, and what it is not is told if it is used."""
    if node is None:
        return ""
    if isinstance(node, Decimal) or (isinstance(node, dict) and VALUE in node):
        return results.reading(node, reference)
    return node.strip() if isinstance(node, str) else json.dumps(node, default=str)[: limits.NAME]
