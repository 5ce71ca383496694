"""Warnings about versions: a cell whose text says which one it is true of, where its subject's file names another."""

import re
from collections.abc import Iterator

from tiebreak.content import Position, Project
from tiebreak.linking import Index
from tiebreak.model import Cell, EvidenceKind, Subject
from tiebreak.problems import Problem
from tiebreak.rules.judgements import Row

_VERSION = r"v(?:ersion )?([0-9]+(?:\.[0-9]+)+[\w.+-]*)"
_SAID = re.compile(rf"\b{_VERSION}", re.IGNORECASE)
_HELP = "write it beside the value, as `version: {}`, or look again at the version that the file names"


def of_row(row: Row) -> Iterator[Problem]:
    """Of the cells of a row that are written there."""
    for place, (subject, key, cell) in enumerate(row.cells):
        if key is not None and (found := _other(subject, cell)):
            yield row.warn("other-version", *found, place)


def of_facts(project: Project, index: Index) -> Iterator[Problem]:
    """Of the facts in files of subjects."""
    for id, parsed in project.subjects.items():
        subject = index.registry.by_id[id]
        for factor in parsed.entry.facts:
            if found := _other(subject, index.facts[id][factor]):
                at: Position = ("facts", factor)
                yield parsed.document.warning("other-version", found[0], at, help=found[1])


def _other(subject: Subject, cell: Cell) -> tuple[str, str] | None:
    """The version that a measured cell says in words and the file does not name: what is wrong, and what would be
    right. A version in the text of any other cell may be history, unless it is all that the text says.
    """
    text = cell.text.text.strip() if cell.text else ""
    found = _SAID.search(text) if cell.kind is EvidenceKind.MEASURED else _SAID.fullmatch(text)
    if found is None or cell.version or not subject.version:
        return None
    said, own = found[1].rstrip("."), subject.version.removeprefix("v")
    if f"{own}.".startswith(f"{said}.") or f"{said}.".startswith(f"{own}.") or not own[:1].isdigit():
        return None
    return f"this says version {said}, and {subject.name} is at {subject.version}", _HELP.format(said)
