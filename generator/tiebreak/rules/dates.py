"""Warnings about dates: those that lie in the future, and those that are in the wrong order."""

from collections.abc import Iterator, Mapping
from datetime import date

from tiebreak.content import CellEntry, ComparisonEntry, Document, Parsed, Position, SubjectEntry
from tiebreak.problems import Problem


def of_comparison(parsed: Parsed[ComparisonEntry], today: date | None) -> Iterator[Problem]:
    """Every warning about the dates of one comparison. Without `today`, none lies in the future."""
    entry, document = parsed.entry, parsed.document
    if entry.published and entry.updated and entry.updated < entry.published:
        message = f"`updated` is {entry.updated}, before `published`, {entry.published}"
        help = "a page cannot change before it appears: mend one of the two"
        yield document.warning("date-order", message, ("updated",), help=help)
    if today:
        for at, day in _dates(entry):
            if day and day > today:
                yield _future(document, at, day, today, is_draft=entry.draft)


def of_subject(parsed: Parsed[SubjectEntry], today: date) -> Iterator[Problem]:
    """Warnings of facts that were checked in the future, and of releases then or in the wrong order."""
    yield from _order_of_releases(parsed)
    for at, day in (*_checked(parsed.entry.facts, ("facts",)), *_of_releases(parsed.entry)):
        if day and day > today:
            yield _future(parsed.document, at, day, today)


def _of_releases(entry: SubjectEntry) -> Iterator[tuple[Position, date | None]]:
    for place, one in enumerate(entry.releases):
        yield ("releases", place, "date"), one.date
        yield ("releases", place, "checked"), one.checked


def _order_of_releases(parsed: Parsed[SubjectEntry]) -> Iterator[Problem]:
    newer: date | None = None
    for place, one in enumerate(parsed.entry.releases):
        if newer and one.date > newer:
            message, help = f"{one.version} is of {one.date}, after the release above it", "put the newest first"
            yield parsed.document.warning("date-order", message, ("releases", place, "date"), help=help)
        if one.until and one.until < one.date:
            message = f"`until` is {one.until}, before `date`, {one.date}"
            help = "no support ends before the release: mend one of the two"
            yield parsed.document.warning("date-order", message, ("releases", place, "until"), help=help)
        newer = one.date


def _dates(entry: ComparisonEntry) -> Iterator[tuple[Position, date | None]]:
    yield ("published",), entry.published
    yield ("updated",), entry.updated
    for name, source in entry.sources.items():
        yield ("sources", name, "accessed"), source.accessed
    for place, change in enumerate(entry.history):
        yield ("history", place, "date"), change.date
    for place, row in enumerate(entry.factors):
        cells = row.cells or {}
        yield from _checked(cells if isinstance(cells, dict) else dict(enumerate(cells)), ("factors", place, "cells"))


def _checked(
    cells: Mapping[str, CellEntry] | Mapping[int, CellEntry], at: tuple[str | int, ...]
) -> Iterator[tuple[Position, date | None]]:
    for key, cell in cells.items():
        yield (*at, key, "checked"), cell.checked


def _future(document: Document, at: Position, day: date, today: date, *, is_draft: bool = False) -> Problem:
    """A warning of a date after today."""
    if at == ("published",):
        options = "--drafts --future" if is_draft else "--future"
        message, help = f"held back until {day}, when it is published", f"`{options}` shows it before"
    else:
        message, help = f"{day} lies in the future; today is {today}", "write the day on which it happened"
    return document.warning("future-date", message, at, help=help)
