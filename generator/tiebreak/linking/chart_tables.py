"""The table that a chart is drawn from: one of the text around it, one of a file, or facts put side by side."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape

from tiebreak.content import ChartEntry, Misreading, Reading, Table, TableEntry, result_file
from tiebreak.linking.context import Context
from tiebreak.linking.index import Index
from tiebreak.linking.links import BrokenReferenceError, check_published
from tiebreak.linking.numbers import measured
from tiebreak.linking.quoted_facts import find
from tiebreak.model import MARK, Cell, CellState

_TABLE = re.compile("<table>.*?</table>", re.DOTALL)
_ROW = re.compile("<tr>(.*?)</tr>", re.DOTALL)
_CELL = re.compile("<t[dh][^>]*>(.*?)</t[dh]>", re.DOTALL)
_NO_WORDS = re.compile("<sup.*?</sup>|<[^>]*>", re.DOTALL)  # marks of sources and notes among them
_STATES = {state.name_in_theme: state.value for state in CellState}
_STATE = re.compile(f"{MARK}state-({'|'.join(_STATES)}){MARK}")
_FIGURE = re.compile(f"{MARK}figure ([^{MARK}]*){MARK}")


@dataclass(frozen=True)
class Numbers:
    """A table, what its columns are called where readers see another name, and its unit if it has one; that of the
    column from side to side where it has its own.
    """

    table: Table
    labels: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    across_unit: str = ""


def numbers_of(context: Context, entry: ChartEntry, before: str, behind: str) -> Numbers | None:
    """What a chart between two parts of a text is drawn from; None, and a problem, where there is nothing."""
    named = [key for key in ("table", "data", "facts") if getattr(entry, key)]
    if len(named) > 1:
        message, help = f"the numbers are in `{named[0]}` and in `{named[1]}`", "keep one of the two"
        context.report("bad-chart", message, (named[1],), key=True, help=help)
        return None
    if entry.data:
        return _of_file(context, entry.data)
    return _of_facts(context, entry, entry.facts) if entry.facts else _beside(context, entry, before, behind)


def _of_file(context: Context, place: str) -> Numbers | None:
    found, file = context.ask(Index.table, place), result_file(place)
    try:
        if (target := context.ask(Index.target, file)) and target.draft:
            check_published(file, file, context.document.file, context.trace)
    except BrokenReferenceError as error:
        context.report(error.code, error.message, ("data",), help=error.help)
        return None
    if isinstance(found, Table):
        return Numbers(found)
    message, help = found or Misreading(f"{place} was not read")
    context.report("unknown-data", message, ("data",), help=help)
    return None


def _beside(context: Context, entry: ChartEntry, before: str, behind: str) -> Numbers | None:
    is_next = entry.table != "previous"
    found = _TABLE.findall(behind if is_next else before)
    if not found:
        other = _TABLE.search(before if is_next else behind)
        message = f"there is no table {'below' if is_next else 'above'} this chart"
        help = f"write `table: {'previous' if is_next else 'next'}`" if other else "write one, or name a file in `data`"
        context.report("bad-chart", message, ("table",) if entry.table else (), help=help)
        return None
    rows = [[_words(cell) for cell in _CELL.findall(row)] for row in _ROW.findall(found[0 if is_next else -1])]
    columns, *rest = rows or [[]]
    if not columns or any(len(row) != len(columns) for row in rest):  # of raw HTML
        message = f"the table {'below' if is_next else 'above'} this chart has not as many cells in each row"
        context.report("bad-chart", message, ("table",) if entry.table else (), help="write it as Markdown")
        return None
    return Numbers(Table(tuple(columns), tuple(tuple(row) for row in rest)))


def _words(html: str) -> str:
    """What a cell says; of a fact its digits, or its state."""
    said = _STATE.sub(lambda found: _STATES[found[1]], _FIGURE.sub(r"\1", _NO_WORDS.sub("", html)))
    return " ".join(unescape(said).split())


def _of_facts(context: Context, entry: ChartEntry, names: Sequence[str]) -> Numbers | None:
    """Facts by subject and factor, in the order in which each is named first."""
    found: dict[str, dict[str, TableEntry]] = {}
    factors = dict[str, str]()
    units = dict[str, dict[str, None]]()
    for place, name in enumerate(names):
        try:
            cell = find(name, context.document.file, context.trace, context.suggest)
        except BrokenReferenceError as error:
            context.report(error.code, error.message, ("facts", place), help=error.help)
            continue
        subject, _, factor = name.partition(".")
        shared, known = context.ask(Index.factor, factor), context.ask(Index.subject, subject)
        unit = (shared and shared.unit) or ""
        cell = measured(cell, unit, shared.better if shared else None, context.ask(Index.decimal_sign))
        found.setdefault(known.name if known else subject, {})[factor] = _entry(cell)
        factors[factor] = shared.label if shared else factor.replace("-", " ").capitalize()
        if cell.number is not None:
            units.setdefault(factor, {})[cell.unit or unit] = None
    if not found:
        return None
    across_unit, unit = _axis_units(context, entry, units)
    rows = tuple((name, *(cells.get(factor, "") for factor in factors)) for name, cells in found.items())
    return Numbers(Table(("", *factors), rows), factors, unit, across_unit)


def _axis_units(context: Context, entry: ChartEntry, units: Mapping[str, Mapping[str, None]]) -> tuple[str, str]:
    """The unit from side to side and the unit up, from those of each factor's facts; reports an axis that has two."""
    across = [factor for factor in entry.x or () if factor in units]
    up = [factor for factor in entry.y or units if factor in units and factor not in across]
    axes = [dict.fromkeys(unit for factor in axis for unit in units[factor]) for axis in (across, up)]
    if mixed := next((axis for axis in axes if len(axis) > 1), None):
        message = f"these facts are in {' and in '.join(unit or 'no unit' for unit in mixed)}"
        help = "draw those of one unit, or a `scatter` with `x` and `y`, each with its own"
        context.report("bad-chart", message, ("facts",), key=True, help=help)
    across_unit, unit = (next(iter(axis), "") for axis in axes)
    return across_unit, unit


def _entry(cell: Cell) -> TableEntry:
    spread = cell.spread
    if spread is None or cell.number is None:
        return "" if cell.unknown or cell.inapplicable else cell.said
    return Reading(cell.number, *spread) if cell.low else Reading(cell.number)
