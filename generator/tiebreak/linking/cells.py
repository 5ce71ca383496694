"""Makes cells, and the sources they cite, of what an author wrote."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from urllib.parse import urlsplit

from tiebreak.content import CellEntry, Position, SourceEntry
from tiebreak.linking import links
from tiebreak.linking.context import Context
from tiebreak.linking.index import Index
from tiebreak.linking.measurements import kind_of, measurement, source_of
from tiebreak.model import UNKNOWN, Cell, Factor, Look, Source, is_found, page_of, value_claim

Sources = Mapping[str, Source]


def named_sources(context: Context, entries: Mapping[str, SourceEntry]) -> Sources:
    """A comparison's `sources`, by name."""
    return {
        name: looked_at(
            context,
            Source(
                entry.title, context.resolve(entry.url, ("sources", name, "url")), entry.accessed, entry.quote or ""
            ),
        )
        for name, entry in entries.items()
    }


def cell(context: Context, entry: CellEntry, at: Position, sources: Sources) -> Cell:
    """One cell; without text, value or state it is unknown."""
    found = (
        _source(context, name, (*at, "source", place), sources, entry.checked)
        for place, name in enumerate(entry.source or ())
    )
    number = measurement(context, entry, at)
    nothing = entry.text is None and number.value is None and entry.state is None
    if nothing and entry.compare is not None:
        help = "write what readers see, or write the number as `value`"
        context.report("missing-key", '"text" is missing', (*at, "compare"), key=True, help=help)
    return Cell(
        text=context.optional_prose(entry.text, (*at, "text")),
        value=number.value,
        state=UNKNOWN.state if nothing else entry.state,
        sources=tuple(source for source in (*found, source_of(entry)) if source),
        quote=entry.quote or "",
        checked=entry.checked,
        kind=kind_of(context, entry, at),
        low=number.low,
        high=number.high,
        runs=number.runs,
        by=entry.by or "",
        amount=None if entry.compare is None else Decimal(entry.compare),
        max_age=entry.max_age,
        version=entry.version or "",
    )


def _source(context: Context, name: str, at: Position, sources: Sources, checked: date | None) -> Source | None:
    """The source that a cell names: one of the comparison's `sources`, a URL, or the path of a page of this site."""
    if name in sources:
        return sources[name]
    if not name.startswith(("http://", "https://")) and "/" not in name:
        is_fact = context.document.file.startswith("content/subjects/")
        help = context.suggest(name, sources) or ("" if is_fact else "name it under `sources`, or ") + "write its URL"
        context.report("unknown-source", f'"{name}" is not one of the sources', at, help=help)
        return None
    is_url = name.startswith(("http://", "https://"))
    target = None if is_url else links.find(name, context.document.file, context.trace)[2]
    title = target.title if target and target.title else _title_of(name)
    return looked_at(context, Source(title, context.resolve(name, at), checked))


def looked_at(context: Context, source: Source) -> Source:
    """The source, and the day on which its page answered, if that was the last time it was asked."""
    look = context.ask(Index.look, page_of(source.url)) if source.is_outside else None
    return replace(source, alive=look.looked) if look and look.alive else source


def sought(look: Callable[[str], Look | None], cell: Cell, unit: str) -> Cell:
    """The cell, and in which of its sources what it says was found; `unit` is the row's. Without a quote of its own, it
    rests on those of its named sources.
    """
    outside = [source for source in cell.sources if source.is_outside]
    if not outside:
        return cell
    quotes = [cell.quote] if cell.quote else [source.quote for source in outside if source.quote]
    claims = [*quotes, *([value_claim(cell.value, unit)] if cell.value else [])]
    looks = {source.url: look(page_of(source.url)) for source in outside}
    if not is_found(claims, list(looks.values())):
        return cell
    return replace(
        cell, found_in=tuple(url for url, one in looks.items() if one and not set(claims).isdisjoint(one.found))
    )


def with_one_source_per_url(factors: Iterable[Factor], named: Iterable[Source]) -> tuple[Factor, ...]:
    """Rows in which all cells that cite one URL share one source, so that it gets one number in the list of sources."""
    by_url = {source.url: source for source in named}

    def settled(cell: Cell) -> Cell:
        sources = tuple(dict.fromkeys(by_url.setdefault(source.url, source) for source in cell.sources))
        return cell if sources == cell.sources else replace(cell, sources=sources)

    def with_settled_cells(factor: Factor) -> Factor:
        cells = tuple(map(settled, factor.cells))
        return factor if cells == factor.cells else replace(factor, cells=cells)

    return tuple(map(with_settled_cells, factors))


def in_order_of_use(factors: Iterable[Factor], named: Iterable[Source]) -> tuple[Source, ...]:
    """Every source once: in the order in which the table cites them, then those that no cell cites."""
    cited = [some for factor in factors for some in (factor.sources, *(cell.sources for cell in factor.cells))]
    used = [source for some in cited for source in some]
    return tuple(dict.fromkeys([*used, *named]))


def _title_of(url: str) -> str:
    """A URL for readers, without scheme and trailing slash; other text stays as it is."""
    with suppress(ValueError):
        parts = urlsplit(url)
        return f"{(parts.hostname or '').removeprefix('www.')}{parts.path}".rstrip("/") or url
    return url
