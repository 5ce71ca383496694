"""The queue of facts to check again: first what is most likely to be wrong by now, where it matters most."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tiebreak.content import ComparisonEntry, Document, Parsed, Position, Project
from tiebreak.linking import Index
from tiebreak.model import UNKNOWN, Cell, Comparison, page_of
from tiebreak.rules.comparison import rows

UNDATED = 2.0  # terms that a fact without a date counts as old
CHANGED = 0.9  # how likely a fact is to be another whose source has changed since, or that is true of another version
SHOWN = 0.25  # what a page counts for that shows a fact and does not lean on it
UNSEEN = 0.1  # what a fact counts for that no page shows


class Use(NamedTuple):
    """A cell that ages after so many `days`. `line` and `column` are 0 in a page that takes it from the subject's file;
    `page` is empty there. `weight` is 0 where the ruling does not lean on it.
    """

    file: str
    line: int
    column: int
    subject: str
    name: str
    factor: str
    label: str
    cell: Cell
    days: int
    page: str = ""
    weight: int = 0


@dataclass(frozen=True)
class Recheck:
    """A fact to check again, where it is written. `weight` is what it counts for on all `pages` that lean on it."""

    file: str
    line: int
    column: int
    subject: str
    name: str
    factor: str
    label: str
    checked: date | None
    due: date | None
    sources: tuple[str, ...]
    changed: date | None  # the day on which a source was found to say something else
    pages: tuple[str, ...]
    weight: int
    likelihood: float  # from 0 to 1, of being another by now
    late: bool  # its term is over, nobody says when it was checked, or its source has changed

    @property
    def score(self) -> float:
        """By what the queue is ordered: how likely it is to be wrong, times how much it would matter."""
        return self.likelihood * max(self.weight + SHOWN * len(self.pages), UNSEEN)


class Queue(NamedTuple):
    """What to check again from a day on, in order."""

    today: date
    items: Sequence[Recheck]


def uses(parsed: Parsed[ComparisonEntry], comparison: Comparison) -> Iterator[Use]:
    """Every cell of a comparison that ages."""
    for row in rows(parsed, comparison):
        for subject, key, cell in row.cells:
            at = None if key is None else ("factors", row.place, "cells", key)
            days = cell.max_age or row.factor.max_age
            if days and cell != UNKNOWN and not cell.inapplicable:
                names = (subject.id, subject.name, row.factor.id, row.factor.label)
                weight = row.factor.weight if row.factor.bears else 0
                yield Use(*_place(parsed.document, at), *names, cell, days, comparison.slug, weight)


def facts(project: Project, index: Index) -> Iterator[Use]:
    """Every fact in the files of subjects that ages."""
    for id, parsed in project.subjects.items():
        for factor in parsed.entry.facts:
            cell, shared = index.facts[id][factor], index.factors.get(factor)
            days = cell.max_age or (shared and shared.max_age) or index.max_age
            if days and not cell.inapplicable:
                label = shared.label if shared else ""
                at = _place(parsed.document, ("facts", factor))
                yield Use(*at, id, parsed.entry.name, factor, label, cell, days)


def queue(found: Iterable[Use], today: date, changed: Mapping[str, date]) -> Queue:
    """What to check again, in order. `changed` has the pages of sources that say something else since a day.

    What has no home cannot be given a date: the version, licence and home page that the file of a subject says itself.
    """
    homes: dict[tuple[str, str, str], list[Use]] = {}
    for use in found:
        file = use.file if use.line else f"content/subjects/{use.subject}.yaml"
        homes.setdefault((file, use.subject, use.factor), []).append(use)
    items = (_recheck(some, today, changed) for some in homes.values() if any(use.line for use in some))
    order = sorted(items, key=lambda one: (-one.score, one.due or date.min, one.file, one.line, one.column))
    return Queue(today, order)


def _place(document: Document, at: Position | None) -> tuple[str, int, int]:
    return (document.file, *((0, 0) if at is None else document.place(at)))


def _recheck(some: list[Use], today: date, changed: Mapping[str, date]) -> Recheck:
    """One fact, from its home and from all pages that show it."""
    home = next((use for use in some if use.line), some[0])
    cell, days = home.cell, min(use.days for use in some)
    sources = tuple(source.url for source in cell.sources)
    news = [day for url in sources if (day := changed.get(page_of(url))) and not (cell.checked and day < cell.checked)]
    due = min((use.cell.due for use in some if use.cell.due), default=None)
    age = (today - cell.checked).days / days if cell.checked else UNDATED
    likelihood = 1 - 0.5 ** max(age, 0)
    return Recheck(
        *home[:6],
        label=next((use.label for use in some if use.label), home.factor),
        checked=cell.checked,
        due=due,
        sources=sources,
        changed=max(news, default=None),
        pages=tuple(sorted({use.page for use in some if use.page})),
        weight=sum(use.weight for use in some),
        likelihood=max(likelihood, CHANGED) if news or cell.version else likelihood,
        late=due is None or due < today or bool(news),
    )
