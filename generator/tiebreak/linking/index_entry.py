"""What other articles may know of a comparison before it is linked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tiebreak.content import CellEntry, ChartBlock, ComparisonEntry
from tiebreak.model import plain_name, slugify


class IndexEntry(NamedTuple):
    """A comparison: its address, its anchors and its subjects."""

    file: str  # relative to the project
    slug: str
    title: str
    subjects: tuple[str, ...]  # as written
    considered: tuple[str, ...]  # those that it leads to beside them, as written
    anchors: str  # ids that a link may name, spaces between; `other=id` where one has another name, too
    draft: bool
    published: date | None
    updated: date | None
    results: tuple[str, ...] = ()  # places in result files that its cells are read from
    tables: tuple[str, ...] = ()  # files, and places in them, that its charts are drawn from

    @classmethod
    def of(
        cls, file: str, slug: str, entry: ComparisonEntry, headings: Iterable[str], charts: Iterable[ChartBlock] = ()
    ) -> "IndexEntry":
        beside = (*(one.subject for one in entry.consider), *(one.subject for one in entry.left_out))
        rows = (f"factor-{factor_id(factor.id, factor.factor)}" for factor in entry.factors)
        return cls(
            file=file,
            slug=slug,
            title=plain_name(entry.title or " vs ".join(entry.subjects)),
            subjects=tuple(entry.subjects),
            considered=tuple(name for name in beside if name),
            anchors=" ".join(sorted({*headings, *rows})),
            draft=entry.draft,
            published=entry.published,
            updated=entry.updated,
            results=tuple(one for row in entry.factors for one in results_of(row.cells)),
            tables=tuple(tables_of(charts)),
        )

    @property
    def newest_first(self) -> tuple[int, str]:
        """A sort key: the last change first; what has no date yet comes before all others."""
        return (-(self.updated or self.published or date.max).toordinal(), self.slug)

    @property
    def oldest_first(self) -> tuple[bool, date, str]:
        """A sort key: in the order of growth, drafts last. An edit does not change it."""
        return self.draft, self.published or date.max, self.slug


def results_of(cells: Mapping[str, CellEntry] | Sequence[CellEntry] | None) -> Iterator[str]:
    """The places in result files that cells are read from."""
    for cell in cells.values() if isinstance(cells, Mapping) else cells or ():
        if cell.result:
            yield cell.result


def tables_of(charts: Iterable[ChartBlock]) -> Iterator[str]:
    """The places of files that charts are drawn from."""
    return (one.entry.data for one in charts if one.entry.data)


def factor_id(id: str | None, label: str) -> str:
    return id or slugify(label)
