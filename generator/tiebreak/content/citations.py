"""Citations: what the cells of a file claim of which pages of other sites, and where the author says so."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tiebreak.content.addresses import is_url
from tiebreak.content.document import Position
from tiebreak.content.schema import ComparisonEntry, SubjectEntry
from tiebreak.content.table_schema import CellEntry, SourceEntry
from tiebreak.model import page_of, slugify, value_claim

UnitOf = Callable[[str], str]  # of the factor with this id in factors.yaml; empty where it has none


@dataclass(frozen=True)
class Citation:
    """A cell, or a named source, that leans on pages of other sites.

    `pages` and `claims` have the position of each; the claims may stand in any of the pages.
    """

    pages: Mapping[str, Position]
    claims: Mapping[str, Position]
    checked: date | None = None
    at: Position = ()  # of the cell


def of_comparison(entry: ComparisonEntry, unit_of: UnitOf) -> Iterator[Citation]:
    """Every citation of a comparison: those of its named sources, then those of its cells."""
    for name, source in entry.sources.items():
        if pages := _pages([source.url], {}, ("sources", name), "url"):
            yield Citation(pages, {source.quote: ("sources", name, "quote")} if source.quote else {})
    for place, row in enumerate(entry.factors):
        unit = row.unit or unit_of(row.id or slugify(row.factor))
        cells: Mapping[str, CellEntry] | Mapping[int, CellEntry]
        cells = dict(enumerate(row.cells)) if isinstance(row.cells, list) else row.cells or {}
        for key, cell in cells.items():
            yield from _of_cell(cell, ("factors", place, "cells", key), unit, entry.sources)


def of_subject(entry: SubjectEntry, unit_of: UnitOf) -> Iterator[Citation]:
    """Every citation of the facts of a subject."""
    for id, cell in entry.facts.items():
        yield from _of_cell(cell, ("facts", id), unit_of(id), {})


def _of_cell(
    cell: CellEntry, at: tuple[str | int, ...], unit: str, sources: Mapping[str, SourceEntry]
) -> Iterator[Citation]:
    pages = _pages(cell.source or (), sources, (*at, "source"))
    if pages:
        quote = {cell.quote: (*at, "quote")} if cell.quote else {}
        value = {value_claim(cell.value, unit): (*at, "value")} if cell.value else {}
        yield Citation(pages, {**quote, **value}, cell.checked, at)


def _pages(
    names: list[str] | tuple[()], sources: Mapping[str, SourceEntry], at: tuple[str | int, ...], key: str = ""
) -> dict[str, Position]:
    """The pages that names mean, each with the position of the name; those of this site are left out."""
    urls = [sources[name].url if name in sources else name for name in names]
    outside = [(page_of(url), place) for place, url in enumerate(urls) if url.startswith(("http://", "https://"))]
    return {page: (*at, key or place) for page, place in outside if is_url(page)}
