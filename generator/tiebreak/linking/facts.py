"""The facts of subjects as JSON: one file a subject and one index, from which readers compare any of them.

Addresses in a file are relative to where it lies. Keys that would say nothing are left out.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tiebreak import limits
from tiebreak.markdown import typographic
from tiebreak.model import Cards, Cell, CellState, EvidenceKind, Factor, Facts, Listing, Site, Subject

FOLDER = "subjects"
INDEX = f"{FOLDER}/index.json"
MOST_OFFERED = 60  # on a hub, or all hubs together would grow with the square of the subjects

# Ids and names of what a hub offers for its subject; none where there are too many, and a reader goes on to choose.
Others = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Choice:
    """What a reader may choose from, and what a table of any subjects may show."""

    kinds: tuple[str, ...]
    states: tuple[CellState, ...] = tuple(CellState)
    evidence: tuple[EvidenceKind, ...] = tuple(kind for kind in EvidenceKind if kind.remarkable)
    subjects: tuple[Subject, ...] = (Subject("", ""),) * limits.SUBJECTS  # whoever they are: hues go by place
    fewest: int = limits.FEWEST_SUBJECTS

    @property
    def most(self) -> int:
        """How many of them stand side by side."""
        return len(self.subjects)


def pack(subject: str, cells: Mapping[str, Cell]) -> Facts:
    """What is known of a subject, by its id, from cells by factor."""
    return Facts(subject, tuple(cells), _json({id: _fact(cell) for id, cell in cells.items()}))


def output_path(id: str) -> str:
    """Where the facts of a subject lie in the output folder."""
    return f"{FOLDER}/{id}/facts.json"


def comparable(site: Site) -> Sequence[Subject]:
    """The subjects that can be put side by side, by name: those of which a kind and facts are known."""
    found = (site.subjects[one.subject] for one in site.facts)
    return sorted((subject for subject in found if subject.kind), key=lambda one: (one.name.casefold(), one.id))


def choice(site: Site) -> Choice:
    return Choice(tuple(by_kind(site)))


def others(site: Site) -> Mapping[str, Others]:
    """By the id of each subject that there is something of its kind to compare with."""
    found: dict[str, Others] = {}
    for kind in by_kind(site).values():
        pairs = tuple((subject.id, subject.name) for subject in kind)
        for id, _ in pairs:
            found[id] = tuple(pair for pair in pairs if pair[0] != id) if len(pairs) <= MOST_OFFERED else ()
    return found


def by_kind(site: Site) -> Mapping[str, Sequence[Subject]]:
    """In alphabetical order, the kinds of which there are enough to be compared."""
    kinds: dict[str, list[Subject]] = {}
    for subject in comparable(site):
        kinds.setdefault(subject.kind, []).append(subject)
    return {kind: kinds[kind] for kind in sorted(kinds, key=str.casefold) if len(kinds[kind]) >= limits.FEWEST_SUBJECTS}


def index_json(site: Site, subjects: Sequence[Subject]) -> bytes:
    """`factors` in the order of the author, those that he did not describe last; and `subjects` by name."""
    labels = _labels(site)
    found = {
        "factors": [_factor(factor, labels) for factor in site.factors],
        "subjects": [{"id": one.id, "name": one.name, "kind": one.kind} for one in subjects],
    }
    return _file(_json(found))


def subject_json(site: Site, facts: Facts) -> bytes:
    """A subject with its facts, and the written comparisons that it stands in, newest first."""
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
    return _file(f'{_json(found)[:-1]},"facts":{facts.packed}}}')


def _comparison(site: Site, listing: Listing) -> dict[str, Any]:
    pick = site.subjects[listing.picked].name if listing.picked else ""
    return _full(title=listing.title, url=_relative(listing.path), subjects=listing.subject_ids, pick=pick)


def _factor(factor: Factor, labels: Mapping[str, str]) -> dict[str, Any]:
    return _full(
        id=factor.id,
        label=typographic(factor.label or labels.get(factor.id) or factor.id.replace("-", " ").capitalize()),
        note=factor.note.text if factor.note else "",
        unit=factor.unit,
        better=factor.better,
    )


def _labels(site: Site) -> Mapping[str, str]:
    """What factors that nobody described are called: as the newest comparison does whose subjects have such a fact."""
    nameless = {factor.id for factor in site.factors if not factor.label}
    known = {one.subject: nameless.intersection(one.factors) for one in site.facts}
    labels: dict[str, str] = {}
    for listing in site.listings:
        wanted = [ids for subject in listing.subject_ids if (ids := known.get(subject))]
        for tick in listing.card.balance.ticks if wanted else ():
            if any(tick.id in ids for ids in wanted):
                labels.setdefault(tick.id, tick.label)
    return labels


def _fact(cell: Cell) -> dict[str, Any]:
    return _full(
        state=cell.state and cell.state.value,
        value=cell.value,
        text=cell.text.text if cell.text else "",
        kind=cell.kind and cell.kind.value,
        quote=typographic(cell.quote),
        checked=cell.checked and cell.checked.isoformat(),
        sources=[{"title": typographic(source.title), "url": _relative(source.url)} for source in cell.sources],
    )


def _full(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


def _relative(url: str) -> str:
    """An address within the site, as a subject's file has it, two folders down; other URLs stay as they are."""
    return f"../..{url}" if url.startswith("/") else url


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _file(text: str) -> bytes:
    return f"{text}\n".encode()
