"""The rows of a chart, from a table: one function a kind."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from tiebreak.content import ChartEntry, TableEntry
from tiebreak.linking.chart_grid import Grid, places_of, plain, wanted
from tiebreak.linking.index import Index
from tiebreak.model import ChartKind, ChartRow, Point

Rows = list[ChartRow]
_BEGINS = re.compile(r"(.+?)(?:,| \(| -| v?[0-9])")  # what stands before a version, an option or a comma


def rows_of(grid: Grid, entry: ChartEntry) -> Rows:
    """The rows of a chart whose columns are there; reports what is no number or no day."""
    match entry.kind:
        case ChartKind.DATES:
            return _dates(grid, entry)
        case ChartKind.LINES if entry.name:
            return _long_lines(grid, entry)
        case ChartKind.LINES:
            return _wide_lines(grid, entry)
        case ChartKind.SCATTER:
            return _scatter(grid, entry)
        case _:
            return _measured(grid, entry)


def _chosen(grid: Grid, entry: ChartEntry) -> Iterator[tuple[str, Sequence[TableEntry]]]:
    """The rows that are drawn, each with its name; reports names that there are not. What a file says nothing about is
    no row, because in JSON another part of the file may name it.
    """
    column = grid.column(entry.name) if entry.name else 0
    asked = [grid.column(name) for key, name in wanted(entry) if key != "name"]
    said = (row for row in grid.table.rows if not entry.data or any(row[place] != "" for place in asked))
    rows = [(grid.name_of(row, column), row) for row in said]
    if not entry.only or (entry.kind is ChartKind.LINES and not entry.name):
        yield from rows
        return
    names = [name for name, _ in rows]
    for chosen in _known(grid, entry, names):
        yield from ((name, row) for name, row in rows if name == chosen)


def _known(grid: Grid, entry: ChartEntry, names: Sequence[str]) -> Iterator[str]:
    """Which of the names there are that `only` has; reports the others."""
    places = places_of(names)
    for number, name in enumerate(entry.only or ()):
        place = places.get(plain(name))
        if place is None:
            at = ("only", name, number)  # of a mapping, or of a list
            help = grid.context.suggest(name, names)
            grid.context.report("bad-chart", f'"{name}" is not a row of the table', at, key=True, help=help)
        else:
            yield names[place]


def _row(grid: Grid, entry: ChartEntry, name: str, points: Iterable[Point | None]) -> ChartRow:
    """A row with the subject that its name means or begins with, as "uv, no cache" and "uv 0.13" do."""
    shown = next((label for key, label in (entry.only or {}).items() if plain(key) == plain(name)), name)
    subject = grid.context.ask(Index.subject, name) or grid.context.ask(Index.subject, shown)
    label = subject.name if subject and shown == name else shown
    if subject is None and (part := _BEGINS.match(shown)):
        subject = grid.context.ask(Index.subject, part[1])
    return ChartRow(label, tuple(points), subject)


def _measured(grid: Grid, entry: ChartEntry) -> Rows:
    found = []
    for name, row in _chosen(grid, entry):
        points = [grid.point(row, column, "y") for column in entry.y or ()]
        if entry.low and entry.high and points and points[0]:
            low, high = (grid.point(row, getattr(entry, key), key) for key in ("low", "high"))
            if low and high:
                points = [replace(points[0], low=low.value, high=high.value)]
        found.append(_row(grid, entry, name, points))
    return found


def _scatter(grid: Grid, entry: ChartEntry) -> Rows:
    (across,), (up,) = entry.x or {}, entry.y or {}
    found = []
    for name, row in _chosen(grid, entry):
        many = len(grid.context.problems)
        x = _number_across(grid, row, across)
        y = grid.point(row, up, "y")
        if x and y:
            found.append(_row(grid, entry, name, [replace(y, at=x.value)]))
        elif len(grid.context.problems) == many:
            message = f'"{name}" has no number in "{up if x else across}"'
            help = "leave it out: name the others in `only`"
            grid.context.report("bad-chart", message, ("y" if x else "x",), help=help)
    return found


def _long_lines(grid: Grid, entry: ChartEntry) -> Rows:
    """Each row of the table is a point of the line that it names."""
    (day,), (up,) = entry.x or {}, entry.y or {}
    lines: dict[str, list[Point]] = {}
    for name, row in _chosen(grid, entry):
        at, point = _place(grid, entry, row, day), grid.point(row, up, "y")
        points = lines.setdefault(name, [])
        if at and point:
            points.append(replace(point, at=at.value))
    return [_row(grid, entry, name, _in_order(points)) for name, points in lines.items()]


def _wide_lines(grid: Grid, entry: ChartEntry) -> Rows:
    """Each column of the table is a line."""
    labels: Mapping[str, str] = entry.y or {}
    day = next(iter(entry.x), "") if entry.x else grid.table.columns[0]
    chosen = list(_known(grid, entry, list(labels))) if entry.only else list(labels)
    days = [(_place(grid, entry, row, day), row) for row in grid.table.rows]
    found = []
    for column in chosen:
        points = [(at, grid.point(row, column, "y")) for at, row in days]
        line = [replace(point, at=at.value) for at, point in points if at and point]
        found.append(_row(grid, entry, labels[column], _in_order(line)))
    return found


def _place(grid: Grid, entry: ChartEntry, row: Sequence[TableEntry], column: str) -> Point | None:
    """Where a point of a line stands: on a day, or at a number that has a unit of its own."""
    if not entry.x_unit:
        return grid.day(row, column, "x")
    return _number_across(grid, row, column)


def _number_across(grid: Grid, row: Sequence[TableEntry], column: str) -> Point | None:
    """A number from side to side: that axis has a unit of its own."""
    unit, grid.unit = grid.unit, ""
    found = grid.point(row, column, "x")
    grid.unit = unit
    return found


def _in_order(points: Iterable[Point]) -> list[Point]:
    return sorted(points, key=lambda point: point.at.toordinal() if isinstance(point.at, date) else point.at or 0)


def _dates(grid: Grid, entry: ChartEntry) -> Rows:
    """Days and spans of days by name; rows of the table with one name are one row of the chart."""
    found: dict[str, list[Point]] = {}
    for name, row in _chosen(grid, entry):
        points = found.setdefault(name, [])
        points += filter(None, (grid.day(row, column, "x") for column in entry.x or ()))
        if entry.low and entry.high:
            low, high = (grid.day(row, getattr(entry, key), key) for key in ("low", "high"))
            if low and high:
                points.append(Point(low.value, low.value, high.value))
    return [_row(grid, entry, name, points) for name, points in found.items()]
