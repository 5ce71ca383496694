"""Makes charts of what authors wrote about them, and puts them into the text."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from decimal import Decimal
from urllib.parse import quote

from tiebreak import limits
from tiebreak.characters import character_name, unprintable
from tiebreak.content import ChartBlock, ChartEntry, Table, result_file, rounded
from tiebreak.linking.chart_grid import Grid, turned
from tiebreak.linking.chart_rows import rows_of
from tiebreak.linking.chart_tables import Numbers, numbers_of
from tiebreak.linking.context import Context
from tiebreak.linking.index import Index
from tiebreak.model import Chart, ChartedProse, ChartKind, ChartRow, Measure, Number, Point, Prose, token

_MOST: Mapping[ChartKind, int] = {ChartKind.BARS: 3, ChartKind.DOTS: 3, ChartKind.LINES: 12}  # that can be told apart


def with_charts(context: Context, prose: Prose, blocks: Sequence[ChartBlock]) -> Prose:
    """`prose`, in which the `blocks` have their places, with the charts that these describe; what is wrong with one is
    reported in its block.
    """
    html, charts = prose.html, list[Chart]()
    for block in blocks:
        place = token(f"chart {block.line}")
        before, found, behind = html.partition(f'aria-label="{place}"')
        own = Context(context.trace, block.document, context.problems)
        if not found:
            message, help = "the HTML around this chart takes no figure", "let it stand outside of that"
            own.report("bad-chart", message, (), help=help)
        elif chart := _chart(own, block.entry, before, behind):
            charts.append(chart)
            html = f'{before}aria-label="{token(f"chart {len(charts)}")}"{behind}'
    if not charts:
        return prose
    known = {one.name: getattr(prose, one.name) for one in fields(Prose)}
    return ChartedProse(**{**known, "html": html}, charts=tuple(charts))


def _chart(context: Context, entry: ChartEntry, before: str, behind: str) -> Chart | None:
    """The chart that a block describes; None, and problems, where there is something wrong with it."""
    many = len(context.problems)
    for message, key, help in _unfit(entry):
        context.report("bad-chart", message, (key,), key=True, help=help)
    numbers = numbers_of(context, entry, before, behind)
    table = turned(context, entry, numbers.table) if numbers else None
    if numbers is None or table is None:
        return None
    entry = _completed(entry, numbers, table)
    for message, key, help in _lacking(entry):
        context.report("bad-chart", message, (key,), key=True, help=help)
    if len(context.problems) > many:
        return None
    grid = Grid(context, table, entry.unit or "", entry.x_unit or "", "year")
    chart = _drawn(context, entry, rows_of(grid, entry), grid)
    for message, key, help in _too_much(chart, entry):
        context.report("bad-chart", message, (key,), help=help)
    _check_spreads(context, entry, chart)
    _check_names(context, entry, chart)
    return None if len(context.problems) > many else chart


def _completed(entry: ChartEntry, numbers: Numbers, table: Table) -> ChartEntry:
    """The entry with the columns and names that it leaves to the table."""
    y = entry.y
    if y is None and entry.kind is not ChartKind.DATES:
        taken = {entry.name or table.columns[0], entry.low, entry.high, *(entry.x or ())}
        y = {name: name for name in table.columns if name not in taken}
    up, across = (_labelled(numbers, axis) or None for axis in (y, entry.x))
    units = {"unit": entry.unit or numbers.unit or None, "x_unit": entry.x_unit or numbers.across_unit or None}
    return entry.model_copy(update={"y": up, "x": across, **units})


def _labelled(numbers: Numbers, columns: Mapping[str, str] | None) -> Mapping[str, str]:
    """Columns with the names that readers see: an author's own, or else the one that the numbers bring."""
    return {
        name: numbers.labels.get(name, label) if name == label else label for name, label in (columns or {}).items()
    }


_NEEDS: Mapping[ChartKind, str] = {
    ChartKind.BARS: "`y`",
    ChartKind.DOTS: "`y`",
    ChartKind.DATES: "`x`, or `low` and `high`",
    ChartKind.SCATTER: "`x` and `y`, a column each",
    ChartKind.LINES: "`y`, and `x` where that is not the first column",
}


def _unfit(entry: ChartEntry) -> Iterator[tuple[str, str, str]]:
    """Which keys do not fit together: a message, the key, and what would be right."""
    for key, kinds in _FITS.items():
        if getattr(entry, key) and entry.kind not in kinds:
            *most, last = (f"`{one}`" for one in kinds)
            fitting = f"{', '.join(most)} and {last}" if most else last
            yield f"`{key}` is not for `{entry.kind}`", key, f"it is for {fitting}"
    if bool(entry.low) != bool(entry.high):
        has, lacks = ("low", "high") if entry.low else ("high", "low")
        yield f"`{has}` stands without `{lacks}`", has, f"write `{lacks}` as well, or neither"


def _lacking(entry: ChartEntry) -> Iterator[tuple[str, str, str]]:
    """The same of columns that a kind needs, when all are named."""
    kind, x, y = entry.kind, entry.x or {}, entry.y or {}
    help = f"`{kind}` needs {_NEEDS[kind]}"
    if kind is ChartKind.DATES and not (x or entry.low):
        yield "no column has the days", "kind", help
    if kind is not ChartKind.DATES and not y:
        yield "no column has the numbers", "kind", help
    if kind is ChartKind.SCATTER and len(x) != 1:
        yield "a scatter has one column from side to side", "x" if x else "kind", help
    if len(y) > 1 and (kind is ChartKind.SCATTER or (kind is ChartKind.LINES and entry.name) or entry.low):
        yield f"`y` names {len(y)} columns, and one is drawn here", "y" if entry.y else "kind", help
    if kind is ChartKind.LINES and (len(x) > 1 or (entry.name and not x)):
        yield "lines have one column of days", "x" if x else "name", help


_FITS: Mapping[str, Sequence[ChartKind]] = {
    "log": (ChartKind.DOTS, ChartKind.SCATTER, ChartKind.LINES),
    "x": (ChartKind.DATES, ChartKind.SCATTER, ChartKind.LINES),
    "x_unit": (ChartKind.SCATTER, ChartKind.LINES),
    "low": (ChartKind.BARS, ChartKind.DOTS, ChartKind.DATES),
    "high": (ChartKind.BARS, ChartKind.DOTS, ChartKind.DATES),
}


def _drawn(context: Context, entry: ChartEntry, rows: Sequence[ChartRow], grid: Grid) -> Chart:
    up = [Measure(_without_unit(label, grid.unit), grid.unit) for label in (entry.y or {}).values()]
    if entry.kind is ChartKind.LINES:
        up = [Measure("" if not entry.name else up[0].label, grid.unit)]
    across = [
        Measure("" if label == entry.x_unit else _without_unit(label, grid.across_unit), grid.across_unit)
        for label in (entry.x or {"": ""}).values()
    ]
    has_two = entry.kind is ChartKind.SCATTER or (entry.kind is ChartKind.LINES and entry.x_unit)
    measures = [] if entry.kind is ChartKind.DATES else [*across, *up] if has_two else up
    if entry.data and result_file(entry.data).endswith(".json") and entry.kind is not ChartKind.DATES:
        rows = _rounded(rows, by_place=entry.kind in (ChartKind.BARS, ChartKind.DOTS))
    return Chart(
        entry.kind,
        tuple(rows),
        tuple(measures),
        title=entry.title,
        note=entry.note or "",
        source=entry.source or "",
        day=entry.date,
        precision=grid.precision,
        coarse=grid.coarse,
        data=_address(context, entry.data) if entry.data else "",
        log=entry.log,
    )


def _address(context: Context, place: str) -> str:
    """The URL of the file that numbers are from, which is published with the site."""
    file = result_file(place)
    target = context.ask(Index.target, file)
    return target.url if target else quote(f"/{file}")


def _without_unit(label: str, unit: str) -> str:
    """A column's name without the unit behind it, which stands there anyway."""
    return label.removesuffix(f"({unit})").rstrip() if unit else label


def _too_much(chart: Chart, entry: ChartEntry) -> Iterator[tuple[str, str, str]]:
    """What cannot be drawn, or not be read: a message, the key, and what would be right."""
    points = sum(len(row.known) for row in chart.rows)
    series = len(chart.rows) if chart.kind is ChartKind.LINES else len(chart.measures)
    most = _MOST.get(chart.kind, limits.FEW)
    if not points:
        yield "there is nothing to draw", "kind", "name rows and columns in which there is something"
    if points > limits.POINTS:
        yield f"it has {points:,} points, and {limits.POINTS:,} is the most", "kind", "name what matters in `only`"
    elif len(chart.rows) > limits.FEW:
        yield f"it has {len(chart.rows):,} rows, and {limits.FEW} is the most", "kind", "name what matters in `only`"
    if series > most:
        key = "y" if entry.y else "kind"
        yield f"{chart.kind} of {series} kinds cannot be told apart", key, f"draw {most} at most"
    across = (point.at for row in chart.rows for point in row.known)
    if chart.log and any(number <= 0 for number in (*chart.numbers, *across) if isinstance(number, Decimal)):
        yield "there is no place for zero, or less, on such an axis", "log", "leave `log` out"


def _check_spreads(context: Context, entry: ChartEntry, chart: Chart) -> None:
    """Report spreads in which their number does not lie."""
    key = "low" if entry.low else "y"
    for row in chart.rows:
        for point in row.known:
            low, high = point.reach
            if not low <= point.value <= high:  # type: ignore[operator]
                message = f'of "{row.label}", {point.value} does not lie between {low} and {high}'
                context.report("bad-spread", message, (key,), help="write the least and the most that was measured")


def _check_names(context: Context, entry: ChartEntry, chart: Chart) -> None:
    """Report names that no page can show. What stands in the text itself was looked at there."""
    key = "data" if entry.data else "kind"
    names = [row.label for row in chart.rows] + [measure.label for measure in chart.measures]
    if not all(row.label for row in chart.rows):
        help = f"write what it is about in the column of names, which is {'`name`' if entry.name else 'the first'}"
        context.report("bad-chart", "a row of the table has no name", (key,), help=help)
    for name in dict.fromkeys(names):
        if len(name) > limits.NAME:
            message = f'the name "{name[:30]}…" has {len(name):,} characters, and {limits.NAME} is the most'
            context.report("too-long", message, (key,), help="write a shorter one")
        elif entry.data and (sign := unprintable(name)):
            message = f'the name "{name}" has a character that nobody sees ({character_name(sign)})'
            context.report("bad-chart", message, (key,), help=f"take it out of {result_file(entry.data)}")


def _rounded(rows: Sequence[ChartRow], *, by_place: bool) -> list[ChartRow]:
    """Numbers of a file, those of each measure with as many decimals: what is exact there would be noise on a page.
    `by_place` says that each point of a row is of another measure.
    """
    up, across = defaultdict[int, list[Number | None]](list), list[Number | None]()
    for row in rows:
        for place, point in enumerate(row.points):
            if point:
                up[place if by_place else 0].append(point.value)
                across.append(point.at)
    decimals, far = {place: _decimals(numbers) for place, numbers in up.items()}, _decimals(across)
    return [
        replace(
            row,
            points=tuple(
                point and _round(point, decimals[place if by_place else 0], far)
                for place, point in enumerate(row.points)
            ),
        )
        for row in rows
    ]


def _decimals(numbers: Iterable[Number | None]) -> int:
    """How many decimals numbers need side by side: three figures of the largest, and two of the least."""
    some = [abs(number) for number in numbers if isinstance(number, Decimal) and number]
    if not some:
        return 0
    own = max(-int(number.as_tuple().exponent) for number in some)
    return max(0, min(own, max(2 - max(some).adjusted(), 1 - min(some).adjusted())))


def _round(point: Point, up: int, across: int) -> Point:
    wanted = {"value": up, "low": up, "high": up, "at": across}
    numbers = {name: getattr(point, name) for name in wanted}
    found = {
        name: Decimal(rounded(number, wanted[name])) for name, number in numbers.items() if isinstance(number, Decimal)
    }
    return replace(point, **found)
