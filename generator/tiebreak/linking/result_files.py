"""The files that articles take numbers from: what they say there, and which of them are published with the site."""

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from tiebreak.content import Misreading, Project, Reading, Table, readings, result_file, tables
from tiebreak.linking.index import Index
from tiebreak.linking.index_entry import IndexEntry, results_of, tables_of
from tiebreak.model import Attachment
from tiebreak.storage import RESULTS


def results(project: Project, entries: Mapping[str, IndexEntry]) -> Mapping[str, Reading | Misreading]:
    """What result files say where cells and facts are read from them."""
    cited = {place for entry in entries.values() for place in entry.results}
    cited |= {place for one in project.subjects.values() for place in results_of(one.entry.facts)}
    return readings(project.root, cited)


def chart_tables(project: Project, entries: Mapping[str, IndexEntry]) -> Mapping[str, Table | Misreading]:
    """What files say that charts are drawn from."""
    cited = {place for entry in entries.values() for place in entry.tables}
    cited |= {place for page in project.pages.values() for place in tables_of(page.charts)}
    return tables(project.root, cited)


def published(project: Project, index: Index) -> Iterator[Attachment]:
    """The result files that published articles and facts are read from."""
    entries = [entry for entry in index.entries.values() if index.shows(entry)]
    shown = {place for entry in entries for place in (*entry.results, *entry.tables)}
    shown |= {place for one in project.subjects.values() for place in results_of(one.entry.facts)}
    pages = (page for page in project.pages.values() if index.drafts or not page.entry.draft)
    shown |= {place for page in pages for place in tables_of(page.charts)}
    read = {place for place in shown if isinstance(index.result(place) or index.table(place), Reading | Table)}
    for file in sorted({result_file(place) for place in read if place.startswith(RESULTS)}):
        yield Attachment(quote(f"/{file}"), file)
