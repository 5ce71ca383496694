"""Warnings about what was checked too long ago: cells of a comparison, and facts in the file of a subject."""

from collections.abc import Iterator

from tiebreak.content import Document, Position, Project
from tiebreak.linking import Index
from tiebreak.model import Cell
from tiebreak.problems import Problem
from tiebreak.rules.judgements import Row


def of_row(row: Row) -> Iterator[Problem]:
    """The stale cells of a row that are written there, and facts that only this row finds too old."""
    for subject, key, cell in row.cells:
        at = ("factors", row.place)
        if cell.stale and key is not None:
            yield _stale(row.document, subject.name, cell, (*at, "cells", key, "checked"))
        elif cell.stale and row.entry.max_age and not cell.max_age:
            yield _stale(row.document, subject.name, cell, (*at, "max_age"))


def stale_facts(project: Project, index: Index) -> Iterator[Problem]:
    """The facts in files of subjects that are stale, wherever they are shown."""
    for id, parsed in project.subjects.items():
        for factor, cell in index.facts.get(id, {}).items():
            if cell.stale:
                yield _stale(parsed.document, f'"{factor}"', cell, ("facts", factor, "checked"))


def _stale(document: Document, name: str, cell: Cell, at: Position) -> Problem:
    assert cell.checked  # noqa: S101 -- else it is not stale
    assert cell.due  # noqa: S101 -- the same
    days = (cell.due - cell.checked).days
    message = f"{name} was checked on {cell.checked}, and is to be checked again after {days} days"
    return document.warning("stale", message, at, help="look again, and set `checked` to that day")
