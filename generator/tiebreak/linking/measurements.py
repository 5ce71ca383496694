"""What was measured: the numbers of a cell, typed or read from a result file, and the spread around them."""

from decimal import Decimal
from typing import NamedTuple
from urllib.parse import quote

from tiebreak.content import CellEntry, Misreading, Position, Reading, decimals_of, result_file, rounded
from tiebreak.linking.context import Context
from tiebreak.linking.index import Index
from tiebreak.model import EvidenceKind, Source


class Figures(NamedTuple):
    """The number of a cell as it is shown, and the least and the most of so many runs."""

    value: str | None
    low: str | None = None
    high: str | None = None
    runs: int | None = None


def measurement(context: Context, entry: CellEntry, at: Position) -> Figures:
    """The numbers of a cell; reports those that do not fit together, and leaves the spread out then."""
    found = Figures(entry.value, entry.low, entry.high, entry.runs)
    if entry.result:
        reading = context.ask(Index.result, entry.result)
        if isinstance(reading, Reading):
            found = _read(context, entry, reading, at)
        else:
            message, help = reading or Misreading(f"{entry.result} was not read")
            context.report("unknown-result", message, (*at, "from"), help=help)
    return found if _is_spread(context, entry, found, at) else found._replace(low=None, high=None)


def kind_of(context: Context, entry: CellEntry, at: Position) -> EvidenceKind | None:
    """The kind of a cell's evidence: `measured` for a number of a result file. Reports one without a source."""
    if entry.kind is EvidenceKind.MEASURED and not entry.source and not entry.result:
        help = "name under `source` the page that says how, or under `from` the result file"
        context.report("measured-without-source", "this was measured, and nothing says where", (*at, "kind"), help=help)
    return entry.kind or (EvidenceKind.MEASURED if entry.result else None)


def source_of(entry: CellEntry) -> Source | None:
    """The result file that a cell's number is from, which is published with the site."""
    if not entry.result:
        return None
    file = result_file(entry.result)
    return Source(file, quote(f"/{file}"), entry.checked)


def _read(context: Context, entry: CellEntry, reading: Reading, at: Position) -> Figures:
    """The numbers of a result file, with the decimals of the `value` that is written beside it, if one is."""
    written = entry.value
    decimals = decimals_of(reading.value) if written is None else len(written.partition(".")[2])
    numbers = {"value": reading.value, "low": reading.low, "high": reading.high}
    shown = {
        name: getattr(entry, name) if number is None else rounded(number, decimals) for name, number in numbers.items()
    }
    for name, number in numbers.items():
        own = getattr(entry, name)
        if own is not None and number is not None and not _agree(number, own):
            _differs(context, entry, name, own, shown[name], at)
    if entry.runs is not None and reading.runs is not None and entry.runs != reading.runs:
        _differs(context, entry, "runs", str(entry.runs), str(reading.runs), at)
    return Figures(shown["value"], shown["low"], shown["high"], reading.runs or entry.runs)


def _agree(exact: Decimal, written: str) -> bool:
    """Whether a number is another one, rounded to the decimals that it is written with."""
    half = Decimal(5).scaleb(-len(written.partition(".")[2]) - 1)
    return abs(exact - Decimal(written)) <= half


def _differs(context: Context, entry: CellEntry, name: str, own: str, read: str | None, at: Position) -> None:
    message = f"`{name}` is {own} here, and {read} in {result_file(entry.result or '')}"
    context.report("result-differs", message, (*at, name), help=f"leave `{name}` out, or write {read}")


def _is_spread(context: Context, entry: CellEntry, found: Figures, at: Position) -> bool:
    """Whether there is a spread and the number lies in it; reports one that is none."""
    low, high = found.low, found.high
    if low is None and high is None:
        return False
    number = entry.compare or found.value
    if low is None or high is None:
        has, lacks = ("high", "low") if low is None else ("low", "high")
        wrong = (has, f"`{has}` stands without `{lacks}`", f"write `{lacks}` as well, or neither")
    elif number is None:
        wrong = ("low", "there is a spread and no number", "write the number as `value`, or as `compare` beside a text")
    elif Decimal(low) > Decimal(number):
        wrong = ("low", f"`low` is {low}, more than the number, {number}", "write the least that was measured")
    elif Decimal(high) < Decimal(number):
        wrong = ("high", f"`high` is {high}, less than the number, {number}", "write the most that was measured")
    else:
        return True
    name, message, help = wrong
    place = name if getattr(entry, name) is not None else "from"
    context.report("bad-spread", message, (*at, place), help=help)
    return False
