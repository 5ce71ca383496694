"""Warnings about weights: a finding counted twice, a row that one side wins by its name, a lead that is thin."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from tiebreak.content import ComparisonEntry, Document, Parsed, front_matter
from tiebreak.linking import winners
from tiebreak.model import Cell, Comparison, EvidenceKind, Factor, Site, Source, Subject, weigh
from tiebreak.problems import Problem
from tiebreak.storage import RESULTS, read_bytes

MANY = 3  # rows from one source are more than a coincidence,
SHARE = 3  # and matter where they are one in so many points
STEM = 5  # letters by which a word is known
WHOLE = 5  # judged rows are a table; in a smaller one, every row decides


def weighing(parsed: Parsed[ComparisonEntry], comparison: Comparison) -> Iterator[Problem]:
    """Every warning about the weights of one comparison."""
    document = parsed.document
    yield from _one_source(document, comparison)
    yield from _one_sided(document, comparison)
    yield from _idle_decisive(document, comparison)
    if not (noise := list(_noise(document, comparison))):
        yield from _one_row(document, comparison)
    yield from noise


def _one_source(document: Document, comparison: Comparison) -> Iterator[Problem]:
    """Warns where one source bears out many of the rows that put a subject in front, or the pick."""
    most = max(comparison.balance.weights, default=0)
    for place, subject in enumerate(comparison.subjects):
        points = comparison.balance.weights[place]
        if points < most and subject != comparison.pick:
            continue
        for (source, kind, _), rows in _by_finding(comparison, place).items():
            weight = sum(comparison.factors[row].weight for row in rows)
            if len(rows) < MANY or weight * SHARE < points:
                continue
            what = "one measurement" if kind is EvidenceKind.MEASURED else "one source"
            share = f"{weight} of {_owned(subject)} {points} points"
            message = f'{len(rows)} rows, {share}, rest on {what}, "{source.title}"'
            help = "count a finding once: merge rows that say the same, or lower their weights"
            yield document.warning("one-source", message, ("factors", rows[0], "factor"), help)


def _owned(subject: Subject) -> str:
    return f"{subject.name}'" if subject.name.endswith("s") else f"{subject.name}'s"


def _by_finding(comparison: Comparison, place: int) -> dict[tuple[Source, EvidenceKind, str], list[int]]:
    """The rows with weight that a subject wins, by the one source of its cell, the kind of that and, where something
    was measured, its unit. What rests on several sources rests on no one.

    Documentation is left out, as a specification bears out as many facts as it has pages; and what was tried, and has
    no number, as one page may tell of many trials.
    """
    found: dict[tuple[Source, EvidenceKind, str], list[int]] = defaultdict(list)
    for row, factor in enumerate(comparison.factors):
        cell = factor.cells[place]
        is_won = factor.weight and not factor.tied and comparison.subjects[place].id in factor.winners
        source = _source_of(cell)
        if not is_won or not source or not cell.kind or not cell.kind.remarkable:
            continue
        if cell.kind is not EvidenceKind.MEASURED:
            found[source, cell.kind, ""].append(row)
        elif cell.number is not None:
            found[source, cell.kind, factor.unit].append(row)
    return found


def _source_of(cell: Cell) -> Source | None:
    """The result file that a cell is read from, else its one source."""
    results = [source for source in cell.sources if source.url.startswith(f"/{RESULTS}/")]
    return results[0] if results else cell.sources[0] if len(cell.sources) == 1 else None


def _one_sided(document: Document, comparison: Comparison) -> Iterator[Problem]:
    """Warns of rows whose label names one subject, which wins it."""
    for row, factor in enumerate(comparison.factors):
        named = [subject for subject in comparison.subjects if _names(factor.label, subject)]
        if factor.weight and len(named) == 1 and factor.winners == (named[0].id,):
            message = f'"{factor.label}" names {named[0].name}, so that nobody else can win it'
            help = "say what a reader gets of it, so that others may have it too, or set its weight to 0"
            yield document.warning("one-sided", message, ("factors", row, "factor"), help)


def _names(label: str, subject: Subject) -> bool:
    words = "|".join(map(re.escape, (subject.name, *subject.aliases)))
    return re.search(rf"(?<![\w.-])(?:{words})(?![\w-])", label) is not None


def _idle_decisive(document: Document, comparison: Comparison) -> Iterator[Problem]:
    for row, factor in enumerate(comparison.factors):
        if factor.decisive and (factor.tied or not factor.judged):
            what = "is a tie" if factor.tied else "has no winner"
            message, help = f"the row {what}, so that it decides nothing", "say who wins it, or delete `decisive`"
            yield document.warning("unused-decisive", message, ("factors", row, "decisive"), help)


def _noise(document: Document, comparison: Comparison) -> Iterator[Problem]:
    """Warns of a pick that leads only as long as overlapping measurements count as wins."""
    if comparison.pick is None or _lead(comparison, comparison.factors) <= 0:
        return
    level = [_levelled(factor, comparison.subjects) for factor in comparison.factors]
    if _lead(comparison, level) <= 0:
        changed = [row for row, factor in enumerate(comparison.factors) if factor.winners != level[row].winners]
        message = f"{comparison.pick.name} leads only because measurements that overlap count as wins"
        help = "measure again, or set the weight of the row to 0, and look at the pick"
        yield document.warning("noise-lead", message, ("factors", changed[0], "override"), help)


def _levelled(factor: Factor, subjects: Sequence[Subject]) -> Factor:
    """A row without its override."""
    if factor.override is None:
        return factor
    return replace(factor, winners=winners.levelled(factor.cells, factor.winners, subjects))


def _lead(comparison: Comparison, factors: Sequence[Factor]) -> int:
    """By how much weight the pick leads."""
    weights = dict(zip(comparison.subject_ids, weigh(comparison.subjects, factors).weights, strict=True))
    mine = weights.pop(comparison.pick.id) if comparison.pick else 0
    return mine - max(weights.values())


def _one_row(document: Document, comparison: Comparison) -> Iterator[Problem]:
    """Warns of a pick that one row alone puts in front, where `why` does not say so."""
    pick, lead = comparison.pick, _lead(comparison, comparison.factors)
    if pick is None or lead <= 0 or sum(factor.judged for factor in comparison.factors) < WHOLE:
        return
    rows = [factor for factor in comparison.factors if factor.winners == (pick.id,) and factor.weight >= lead]
    if len(rows) == 1 and not rows[0].decisive and not _mentions(comparison.why.text, rows[0]):
        message = f'{pick.name} leads by {lead}, and all of that is one row: "{rows[0].label}"'
        help = "name the row in `why`, or look again at what it should count for"
        yield document.warning("one-row-lead", message, ("pick",), help)


def _mentions(text: str, row: Factor) -> bool:
    """Whether a text has a word of the row's label, however it ends."""
    said = text.casefold()
    return any(word[:STEM] in said for word in re.findall(r"\w{4,}", row.label.casefold()))


class _Use(NamedTuple):
    """A row of a published comparison."""

    file: str
    place: int
    label: str
    weight: int


def unlike_weights(root: Path, site: Site) -> Iterator[Problem]:
    """Warns of factors that count for something else than on most pages of their category."""
    odd: dict[str, list[tuple[_Use, _Use]]] = defaultdict(list)  # by file, so that each is read once and let go
    for cards in site.by_category.values():
        uses: dict[str, list[_Use]] = defaultdict(list)
        for card in sorted(cards, key=lambda card: card.origin):
            for place, tick in enumerate(card.balance.ticks):
                uses[tick.id].append(_Use(card.origin, place, tick.label, tick.weight))
        for several in uses.values():
            common, _ = Counter(use.weight for use in several).most_common(1)[0]
            usual = next(use for use in several if use.weight == common)
            for use in several:
                if use.weight != common:
                    odd[use.file].append((use, usual))
    for file, pairs in odd.items():
        document, _ = front_matter.read(file, read_bytes(root, file))
        yield from (_unlike(document, use, usual) for use, usual in pairs)


def _unlike(document: Document, use: _Use, usual: _Use) -> Problem:
    other = f"{usual.weight} in {usual.file}, of the same category"
    message = f'"{use.label}" counts for {use.weight} here, and for {other}'
    help = "let a factor count alike in one category, or give the row an `id` of its own if it is another one"
    return document.warning("unlike-weight", message, ("factors", use.place, "weight"), help)
