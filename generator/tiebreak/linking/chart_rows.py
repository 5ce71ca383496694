"""The rows of a chart, from a table: one function a kind."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from tiebreak.content import ChartEntry, TableEntry
from tiebreak.linking.chart_grid import Grid, places_of, plain, text_of, wanted
from tiebreak.linking.index import Index
from tiebreak.model import ChartKind, ChartRow, Number, Point

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
    """Which of the names there are that `only` has, each once; reports the others."""
    places, seen = places_of(names), set[int]()
    for number, name in enumerate(entry.only or ()):
        place = places.get(plain(name))
        if place is None:
            at = ("only", name, number)  # of a mapping, or of a list
            help = grid.context.suggest(name, names)
            grid.context.report("bad-chart", f'"{name}" is not a row of the table', at, key=True, help=help)
        elif place not in seen:
            seen.add(place)
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
            low, high = _ends(
                grid, entry, name, [grid.point(row, entry.low, "low"), grid.point(row, entry.high, "high")]
            )
            points = [replace(points[0], low=low, high=high)] if low is not None else points
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
        points += _placed(grid, entry, (row, day), at, point)
    return [_row(grid, entry, name, _in_order(points)) for name, points in lines.items()]


def _wide_lines(grid: Grid, entry: ChartEntry) -> Rows:
    """Each column of the table is a line."""
    labels: Mapping[str, str] = entry.y or {}
    day = next(iter(entry.x), "") if entry.x else grid.table.columns[0]
    chosen = list(_known(grid, entry, list(labels))) if entry.only else list(labels)
    days = [(_place(grid, entry, row, day), row) for row in grid.table.rows]
    found = []
    for column in chosen:
        points = [_placed(grid, entry, (row, day), at, grid.point(row, column, "y")) for at, row in days]
        found.append(_row(grid, entry, labels[column], _in_order(chain(*points))))
    return found


def _place(grid: Grid, entry: ChartEntry, row: Sequence[TableEntry], column: str) -> Point | None:
    """Where a point of a line stands: on a day, or at a number that has a unit of its own."""
    if not entry.x_unit:
        return grid.day(row, column, "x")
    return _number_across(grid, row, column)


def _number_across(grid: Grid, row: Sequence[TableEntry], column: str) -> Point | None:
    """A number from side to side: that axis has a unit of its own."""
    unit, grid.unit = grid.unit, grid.across_unit
    found = grid.point(row, column, "x")
    grid.across_unit, grid.unit = grid.unit, unit
    return found


def _placed(
    grid: Grid, entry: ChartEntry, cell: tuple[Sequence[TableEntry], str], at: Point | None, point: Point | None
) -> list[Point]:
    """A point at its day, or its place, which stands in a `cell`; none where one of the two is not known. Reports a
    number that has none.
    """
    row, day = cell
    if at and point:
        return [replace(point, at=at.value)]
    if point and not text_of(row[grid.column(day)]):  # a dash would say that it is not known
        key, what = "x" if entry.x else "kind", "place from side to side" if entry.x_unit else "day"
        grid.context.report("bad-chart", f"the number {point.value} has no {what}", (key,), help="write it beside that")
    return []


def _ends(
    grid: Grid, entry: ChartEntry, name: str, ends: Sequence[Point | None]
) -> tuple[Number, Number] | tuple[None, None]:
    """The numbers or days in the columns `low` and `high`, where both are known; reports one without the other."""
    low, high = ends
    if low and high:
        return low.value, high.value
    if (low or high) and not grid.has_problems:
        has, lacks = ("low", "high") if low else ("high", "low")
        message = f'"{name}" has something in "{getattr(entry, has)}", and nothing in "{getattr(entry, lacks)}"'
        grid.context.report("bad-chart", message, (lacks,), help="write both, or neither")
    return None, None


def _in_order(points: Iterable[Point]) -> list[Point]:
    return sorted(points, key=lambda point: point.at.toordinal() if isinstance(point.at, date) else point.at or 0)


def _dates(grid: Grid, entry: ChartEntry) -> Rows:
    """Days and spans of days by name; rows of the table with one name are one row of the chart."""
    found: dict[str, list[Point]] = {}
    for name, row in _chosen(grid, entry):
        points = found.setdefault(name, [])
        points += filter(None, (grid.day(row, column, "x") for column in entry.x or ()))
        if entry.low and entry.high:
            low, high = _ends(grid, entry, name, [grid.day(row, entry.low, "low"), grid.last_day(row, entry.high)])
            points += [Point(low, low, high)] if low is not None else []
    return [_row(grid, entry, name, points) for name, points in found.items()]
