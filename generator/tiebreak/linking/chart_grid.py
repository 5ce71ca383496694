"""A table as a chart asks for it: by the names of columns, or of rows where the table lies the other way."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tiebreak.content import ChartEntry, Reading, Table, TableEntry
from tiebreak.linking.chart_numbers import Read, day, last_day, number
from tiebreak.linking.context import Context
from tiebreak.linking.index import Index
from tiebreak.model import Point, Precision, quantity

ReadDay = Callable[[TableEntry], tuple[date, Precision] | None]
_FINER: Mapping[Precision, int] = {"year": 0, "month": 1, "day": 2}
_STRAIGHT = str.maketrans("“”„«»‘’–\u00a0", '"""""\'\'- ')


@dataclass
class Grid:
    """A table while a chart is made of it. What it cannot give is reported at the key that asks for it."""

    context: Context
    table: Table
    unit: str = ""
    across_unit: str = ""  # of what is measured from side to side
    precision: Precision = "day"
    days: dict[date, Precision] = field(default_factory=dict)  # how exactly each is known, at the least
    _places: Mapping[str, int] = field(init=False)
    _before: int = field(init=False)  # problems

    def __post_init__(self) -> None:
        self._places = places_of(self.table.columns)
        self._before = len(self.context.problems)

    @property
    def has_problems(self) -> bool:
        """Whether something of the table has been reported."""
        return len(self.context.problems) > self._before

    def column(self, name: str) -> int:
        """The place of a column that there is."""
        return self._places[plain(name)]

    def name_of(self, row: Sequence[TableEntry], column: int = 0) -> str:
        """What a row is about."""
        return text_of(row[column])

    def point(self, row: Sequence[TableEntry], name: str, key: str) -> Point | None:
        """The number of a row in a column; None where it is not known or none, which is reported."""
        try:
            read = number(row[self.column(name)], self.context.ask(Index.decimal_sign))
        except ValueError as error:
            self._complain(error, row, name, key)
            return None
        if read is None:
            return None
        self._take_unit(read, row, name, key)
        return read.point

    def day(self, row: Sequence[TableEntry], name: str, key: str) -> Point | None:
        """The same of a day: the first of a month or a year, where that is all that is said."""
        return self._day(row, name, key, day)

    def last_day(self, row: Sequence[TableEntry], name: str) -> Point | None:
        """The same of the day on which a span ends: the last of a month or a year."""
        return self._day(row, name, "high", last_day)

    def _day(self, row: Sequence[TableEntry], name: str, key: str, read: ReadDay) -> Point | None:
        try:
            found = read(row[self.column(name)])
        except ValueError as error:
            self._complain(error, row, name, key, "write it as 2026-11-29, or the month or the year of it")
            return None
        if found is None:
            return None
        self.days[found[0]] = min(found[1], self.days.get(found[0], "day"), key=_FINER.__getitem__)
        self.precision = max(self.precision, found[1], key=_FINER.__getitem__)
        return Point(found[0])

    @property
    def coarse(self) -> tuple[tuple[date, Precision], ...]:
        """The days that are known less exactly than others."""
        return tuple((day, exact) for day, exact in sorted(self.days.items()) if exact != self.precision)

    def _complain(self, error: ValueError, row: Sequence[TableEntry], name: str, key: str, help: str = "") -> None:
        message = f'{error} ("{self.name_of(row)}", column "{name}")'
        help = help or "write a number there, or nothing where it is not known; `only` names rows to draw"
        self.context.report("bad-number", message, (key,), help=help)

    def _take_unit(self, read: Read, row: Sequence[TableEntry], name: str, key: str) -> None:
        if read.unit and self.unit and read.unit != quantity.unit_name(self.unit):
            message = f'"{self.name_of(row)}" is in {read.written}, and others in {self.unit} (column "{name}")'
            self.context.report("bad-chart", message, (key,), help="write all in one unit")
        self.unit = self.unit or read.written


def text_of(entry: TableEntry) -> str:
    """An entry as the name of something."""
    return str(entry.value) if isinstance(entry, Reading) else entry


def places_of(names: Iterable[str]) -> Mapping[str, int]:
    """The place of each name, by what is `plain` of it; of several the first."""
    places: dict[str, int] = {}
    for place, name in enumerate(names):
        places.setdefault(plain(name), place)
    return places


def plain(name: str) -> str:
    """A name, however its quotation marks are set."""
    return " ".join(name.translate(_STRAIGHT).split())


def turned(context: Context, entry: ChartEntry, table: Table) -> Table | None:
    """The table, turned if the columns that are asked for are rows of it; None, and problems, where one is neither."""
    asked = list(wanted(entry))
    names = tuple(text_of(row[0]) for row in table.rows)
    places, turned_places = places_of(table.columns), places_of(names)
    if all(plain(name) in places for _, name in asked):
        return None if _is_doubled(context, entry, table) else table
    if all(plain(name) in turned_places for _, name in asked):
        rows = zip(table.columns[1:], *(row[1:] for row in table.rows), strict=True)
        return Table((table.columns[0], *names), tuple(rows))
    for key, name in asked:
        if plain(name) not in places:
            known = [one for one in (*table.columns, *names) if one]
            message = f'there is no column "{name}" in the table'
            context.report("unknown-column", message, (key,), help=context.suggest(name, known))
    return None


def _is_doubled(context: Context, entry: ChartEntry, table: Table) -> bool:
    """Whether two columns have one name, of which only one would be drawn; reports them."""
    asked = {plain(name): key for key, name in wanted(entry)}
    counts = Counter(map(plain, table.columns))
    doubled = [name for name, count in counts.items() if count > 1 and (name in asked or not entry.y)]
    for name in doubled:
        message = f'{counts[name]} columns are called "{name}"'
        context.report("bad-chart", message, (asked.get(name, "kind"),), help="give each a name of its own")
    return bool(doubled)


def wanted(entry: ChartEntry) -> Iterator[tuple[str, str]]:
    """The columns that a chart asks for, each with the key that does."""
    for key in ("name", "low", "high"):
        if name := getattr(entry, key):
            yield key, name
    for key in ("x", "y"):
        for name in getattr(entry, key) or ():
            yield key, name
