"""The facts of subjects as JSON: one file a subject and one index, from which readers compare any of them.

Addresses in a file are relative to where it lies. Keys that would say nothing are left out.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tiebreak import limits
from tiebreak.linking.cells import sought
from tiebreak.linking.index import Index
from tiebreak.linking.numbers import measured
from tiebreak.markdown import typographic
from tiebreak.model import (
    Cards,
    Cell,
    CellState,
    EvidenceKind,
    FactNumber,
    Factor,
    Facts,
    Listing,
    Site,
    Source,
    Subject,
    quantity,
)

FOLDER = "subjects"
INDEX = f"{FOLDER}/index.json"
MOST_OFFERED = 60  # on a hub, or all hubs together would grow with the square of the subjects

# Ids and names of what a hub offers for its subject; none where there are too many, and a reader goes on to choose.
Others = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Choice:
    """What a reader can choose from, and what a table of any subjects may show."""

    kinds: tuple[str, ...]
    states: tuple[CellState, ...] = tuple(CellState)
    evidence: tuple[EvidenceKind, ...] = tuple(kind for kind in EvidenceKind if kind.remarkable)
    fewest: int = limits.FEWEST_SUBJECTS
    most: int = limits.SUBJECTS  # that can be compared at once


def pack(subject: str, cells: Mapping[str, Cell], index: Index, language: str) -> Facts:
    """The facts of one subject, from its cells by factor, with the numbers to compare them by; its texts are in a
    `language`.
    """
    ready = {id: _measured(id, cell, index) for id, cell in cells.items()}
    known = {id: _fact(cell, language) for id, cell in ready.items()}
    return Facts(subject, tuple(cells), _json(known), tuple(_numbers(subject, ready, index)))


def _numbers(subject: str, cells: Mapping[str, Cell], index: Index) -> Iterator[FactNumber]:
    """The numbers of factors that say in which unit they are, or which number is the better; but none that readers do
    not see.
    """
    for id, cell in cells.items():
        factor, amount = index.factors.get(id), cell.number
        if not factor or amount is None or not (factor.unit or factor.better) or (factor.unit and cell.unit):
            continue
        if plain := cell.plain or (cell.says_number and _said(cell)):
            source = cell.sources[0] if cell.sources else None
            cited = (source.url, source.title) if source else ("", "")
            yield FactNumber(subject, id, amount, plain, cell.version, *cited, cell.unit)


def _said(cell: Cell) -> str:
    return cell.text.text if cell.text and cell.unit else cell.digits


def _measured(id: str, cell: Cell, index: Index) -> Cell:
    factor = index.factors.get(id)
    unit, better = (factor.unit or "", factor.better) if factor else ("", None)
    return measured(sought(index.look, cell, unit), unit, better, index.decimal)


def output_path(id: str) -> str:
    """The output path of the facts of a subject."""
    return f"{FOLDER}/{id}/facts.json"


def comparable(site: Site) -> Sequence[Subject]:
    """The subjects that readers can compare, by name: those with a kind and facts."""
    found = (site.subjects[one.subject] for one in site.facts)
    return sorted((subject for subject in found if subject.kind), key=lambda one: (one.name.casefold(), one.id))


def choice(site: Site) -> Choice:
    return Choice(tuple(by_kind(site)))


def others(kinds: Mapping[str, Sequence[Subject]]) -> Mapping[str, Others]:
    """For each subject id, the other subjects of its kind; `kinds` as `by_kind` has them."""
    found: dict[str, Others] = {}
    for kind in kinds.values():
        pairs = tuple((subject.id, subject.name) for subject in kind)
        for id, _ in pairs:
            found[id] = tuple(pair for pair in pairs if pair[0] != id) if len(pairs) <= MOST_OFFERED else ()
    return found


def by_kind(site: Site) -> Mapping[str, Sequence[Subject]]:
    """The comparable subjects by kind, in alphabetical order; only kinds with enough subjects."""
    kinds: dict[str, list[Subject]] = {}
    for subject in comparable(site):
        kinds.setdefault(subject.kind, []).append(subject)
    return {kind: kinds[kind] for kind in sorted(kinds, key=str.casefold) if len(kinds[kind]) >= limits.FEWEST_SUBJECTS}


def index_json(site: Site, subjects: Sequence[Subject]) -> bytes:
    """The index: `factors` in the author's order, undescribed ones last, and `subjects` by name."""
    labels = _labels(site)
    found = {
        "factors": [_factor(factor, labels, site.settings.language) for factor in site.factors],
        "subjects": [{"id": one.id, "name": one.name, "kind": one.kind} for one in subjects],
    }
    return _file(_json(found))


def subject_json(site: Site, facts: Facts) -> bytes:
    """A subject with its facts, and the comparisons that it is part of, newest first."""
    subject = site.subjects[facts.subject]
    written = site.by_subject.get(subject.id, Cards()).listings
    found = _full(
        id=subject.id,
        name=subject.name,
        kind=subject.kind,
        version=subject.version,
        homepage=subject.homepage,
        url="./" if written else "",
        comparisons=[_comparison(site, listing) for listing in written],
    )
    return _file(f'{_json(found)[:-1]},"hue":{subject.hue},"facts":{facts.packed}}}')


def _comparison(site: Site, listing: Listing) -> dict[str, Any]:
    pick = site.subjects[listing.picked].name if listing.picked else ""
    return _full(title=listing.title, url=_relative(listing.path), subjects=listing.subject_ids, pick=pick)


def _factor(factor: Factor, labels: Mapping[str, str], language: str) -> dict[str, Any]:
    label = factor.label or labels.get(factor.id) or factor.id.replace("-", " ").capitalize()
    return _full(
        id=factor.id,
        label=typographic(label, language),
        note=factor.note.text if factor.note else "",
        unit=factor.unit,
        better=factor.better,
    )


def _labels(site: Site) -> Mapping[str, str]:
    """Labels for factors that are not in factors.yaml: those that the newest comparison with such a row uses."""
    nameless = {factor.id for factor in site.factors if not factor.label}
    known = {one.subject: nameless.intersection(one.factors) for one in site.facts}
    labels: dict[str, str] = {}
    for listing in site.listings:
        wanted = [ids for subject in listing.subject_ids if (ids := known.get(subject))]
        for tick in listing.card.balance.ticks if wanted else ():
            if any(tick.id in ids for ids in wanted):
                labels.setdefault(tick.id, tick.label)
    return labels


def _fact(cell: Cell, language: str) -> dict[str, Any]:
    return _full(
        state=cell.state and cell.state.value,
        value=cell.value,
        compare=None if cell.amount is None else quantity.written_out(cell.amount),
        low=cell.low,
        high=cell.high,
        runs=cell.runs,
        unit=cell.unit,
        version=cell.version,
        text=cell.text.text if cell.text else "",
        kind=cell.kind and cell.kind.value,
        quote=typographic(cell.quote, language),
        checked=cell.checked and cell.checked.isoformat(),
        by=cell.by,
        due=cell.due and cell.due.isoformat(),
        found=bool(cell.found_in),
        sources=[_source(source, language) for source in cell.sources],
    )


def _source(source: Source, language: str) -> dict[str, Any]:
    alive = source.alive and source.alive.isoformat()
    return _full(title=typographic(source.title, language), url=_relative(source.url), alive=alive)


def _full(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


def _relative(url: str) -> str:
    """A URL within the site, relative to the folder of a subject; other URLs stay as they are."""
    return f"../..{url}" if url.startswith("/") else url


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _file(text: str) -> bytes:
    return f"{text}\n".encode()
