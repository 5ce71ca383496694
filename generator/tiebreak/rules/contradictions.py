"""Warnings about a fact that stands in two places: where they contradict each other, or spell one value in two ways."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from tiebreak.content import Document, Position, Project
from tiebreak.linking import Index, Trace, measured
from tiebreak.problems import Problem
from tiebreak.rules.judgements import Row

_BETWEEN = re.compile(r"(?<=\w)[\s_-]+(?=\w)")
_BEFORE = re.compile(r"\bv(?:ersion )?(?=[0-9])")
_BEHIND = re.compile(r"(?: licen[cs]e)?[.!]?$")
_OWN = ("version", "license")  # of a subject, which may be written as facts as well


class Said(NamedTuple):
    """What a comparison itself says of a subject on a factor, and where: the place of the row, and the cell's key."""

    subject: str
    factor: str
    words: str
    place: int
    key: str | int


def of_row(row: Row, trace: Trace) -> Iterator[Problem]:
    """Cells that say otherwise than the fact in the file of their subject."""
    for subject, key, cell in row.cells:
        fact = trace.ask(Index.fact, subject.id, row.factor.id)
        if key is None or fact is None:
            continue
        fact = measured(fact, row.factor.unit, row.factor.better, trace.ask(Index.decimal_sign))
        if fact.same_as != cell.same_as:
            where = f"the fact in content/subjects/{subject.id}.yaml"
            at: Position = ("factors", row.place, "cells", key)
            help = "leave the cell out to use the fact, or mend the one that is wrong"
            yield _differing(row.document, at, (cell.said, fact.said), where, help)


def of_subjects(project: Project, index: Index) -> Iterator[Problem]:
    """Facts that say otherwise than what their file says of the subject."""
    for id, parsed in project.subjects.items():
        for factor in _OWN:
            own, fact = getattr(parsed.entry, factor), index.facts[id].get(factor)
            if own and fact and factor in parsed.entry.facts and fact.said != own:
                help = "write both alike, or leave the fact out where it needs no source"
                yield _differing(parsed.document, ("facts", factor), (fact.said, own), f"`{factor}` of this file", help)


def _differing(document: Document, at: Position, said: tuple[str, str], where: str, help: str) -> Problem:
    """A warning of what is said at a place and, in other words, elsewhere."""
    one, other = said
    if one != other and one_spelling(one) == one_spelling(other):
        return document.warning(
            "two-spellings", f'this says "{one}", and {where} "{other}"', at, help="write both alike"
        )
    return document.warning("fact-differs", f'{where} differs: it says "{other}"', at, help=help)


def written(rows: Iterable[Row]) -> Iterator[Said]:
    """What a comparison says itself, in words."""
    for row in rows:
        for subject, key, cell in row.cells:
            if key is not None and cell.text:
                yield Said(subject.id, row.factor.id, cell.said, row.place, key)


def across(said: Mapping[str, Iterable[Said]]) -> Iterator[tuple[str, Said, str]]:
    """Of what comparisons say, by their files, each cell that spells a value otherwise than an earlier file: its file,
    what it says, and what is wrong.
    """
    first: dict[tuple[str, str, str], tuple[str, str]] = {}
    for file, some in sorted(said.items()):
        for one in some:
            words, where = first.setdefault((one.subject, one.factor, one_spelling(one.words)), (one.words, file))
            if words != one.words:
                yield file, one, f'this says "{one.words}", and {where} "{words}"'


def one_spelling(text: str) -> str:
    """A text without what spellings of one value differ in: capitals, hyphens, and a "v" before a number."""
    folded = _BEHIND.sub("", " ".join(_BETWEEN.sub(" ", text.casefold()).split()))
    return _BEFORE.sub("", folded)
