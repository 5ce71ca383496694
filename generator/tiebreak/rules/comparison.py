"""Warnings about a linked comparison: what is allowed but weak, each with its position in the file."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from tiebreak.content import ComparisonEntry, Document, Parsed, Project, placeholders
from tiebreak.linking import Index, Trace, facts, find_among
from tiebreak.model import Comparison, Factor, Site, Subject
from tiebreak.problems import Problem, Severity
from tiebreak.rules import contradictions, dates, freshness, prose_numbers, verdict, versions
from tiebreak.rules.judgements import Row, judgements, unjudged_pick
from tiebreak.rules.sources import sources_of_comparison
from tiebreak.rules.weighing import weighing

Written = Mapping[Subject, str | int | None]  # how the author addressed each subject's cell, None when left out
LONGEST_SUMMARY = 160  # characters; search engines cut descriptions off at about this length


def lint_comparison(
    parsed: Parsed[ComparisonEntry],
    comparison: Comparison,
    trace: Trace,
    today: date | None = None,
    *,
    language: str = "en",
) -> list[Problem]:
    """Every warning about one comparison, whose texts are in a `language`. Without `today`, no cell is called stale."""
    return [
        *_summary(parsed),
        *_cells(parsed, comparison, trace, today),
        *prose_numbers.of_comparison(parsed, comparison, trace),
        *_names(parsed, trace),
        *verdict.of_comparison(parsed, comparison, language),
        *unjudged_pick(parsed.document, parsed.entry, comparison),
        *weighing(parsed, comparison),
        *_sources(parsed, comparison),
        *sources_of_comparison(parsed, trace),
        *_pins(parsed, trace),
        *_placeholders(parsed),
        *dates.of_comparison(parsed, today),
    ]


def rows(parsed: Parsed[ComparisonEntry], comparison: Comparison) -> Iterator[Row]:
    """Each row, as it was written and as it was linked."""
    for place, (entry, factor) in enumerate(zip(parsed.entry.factors, comparison.factors, strict=True)):
        columns = enumerate(comparison.subjects)
        written = {subject: _written(entry.cells, subject, comparison, column) for column, subject in columns}
        yield Row(parsed.document, place, entry, factor, written)


def orphan_subjects(project: Project, index: Index, site: Site) -> Iterator[Problem]:
    """Subjects with a file that no comparison names, and that readers cannot compare by themselves."""
    entries = index.entries.values()
    named = {name for entry in entries for name in (*entry.subjects, *entry.considered)}
    used = index.registry.ids(named)
    unread = any(file.startswith("content/compare/") for file in index.broken)
    offered = {subject.id for kind in facts.by_kind(site).values() for subject in kind}
    for id, parsed in project.subjects.items():
        if parsed.sound and id not in used and id not in offered and not unread:
            message = f'no comparison names "{parsed.entry.name}"'
            yield parsed.document.warning("orphan-subject", message, ("name",), "compare it, or delete the file")


def future_facts(project: Project, today: date) -> Iterator[Problem]:
    """Facts that were checked in the future, and releases then or in the wrong order."""
    for parsed in project.subjects.values():
        yield from dates.of_subject(parsed, today)


def _summary(parsed: Parsed[ComparisonEntry]) -> Iterator[Problem]:
    length = len(parsed.entry.summary)
    if length > LONGEST_SUMMARY:
        message = f"the summary has {length} characters; search engines show about {LONGEST_SUMMARY}"
        yield parsed.document.warning("long-summary", message, ("summary",), "say the ruling first, and stop there")


def _placeholders(parsed: Parsed[ComparisonEntry]) -> Iterator[Problem]:
    """Warns of texts that `tiebreak new` wrote and nobody replaced."""
    entry, help = parsed.entry, "write your own in its place"
    left: list[tuple[str | int, ...]] = []
    left += [("summary",)] if entry.summary.endswith(placeholders.SUMMARY) else []
    left += [("why",)] if entry.why.text == placeholders.WHY else []
    left += [
        ("factors", place, "factor") for place, row in enumerate(entry.factors) if row.factor == placeholders.FACTOR
    ]
    shown = placeholders.VERDICT.replace("...", "\N{HORIZONTAL ELLIPSIS}")
    left += [("verdict", key) for key, line in entry.verdict.items() if line.text in (placeholders.VERDICT, shown)]
    for at in left:
        yield parsed.document.warning("placeholder-text", "this is what `tiebreak new` wrote", at, help)
    for text in (placeholders.HEADING, placeholders.BODY):
        if text in parsed.document.body:
            yield parsed.document.body_problem(
                "placeholder-text", "this is what `tiebreak new` wrote", text, help=help, severity=Severity.WARNING
            )


def _names(parsed: Parsed[ComparisonEntry], trace: Trace) -> Iterator[Problem]:
    """Warns of subjects without a file whose names resemble one with a file."""
    for place, name in enumerate(parsed.entry.subjects):
        found = trace.ask(Index.subject, name)
        if found and not found.written and (help := trace.ask(Index.resembling, name)):
            message = f'"{name}" has no file under content/subjects/'
            yield parsed.document.warning("unknown-subject", message, ("subjects", place), help)


def _cells(
    parsed: Parsed[ComparisonEntry], comparison: Comparison, trace: Trace, today: date | None
) -> Iterator[Problem]:
    for row in rows(parsed, comparison):
        at = ("factors", row.place)
        yield from _unknown(parsed.document, at, row.factor, row.written, trace)
        yield from judgements(row, trace)
        yield from freshness.of_row(row) if today else ()
        yield from contradictions.of_row(row, trace)
        yield from versions.of_row(row)


def _unknown(
    document: Document, at: tuple[str | int, ...], factor: Factor, written: Written, trace: Trace
) -> Iterator[Problem]:
    """Warns of cells that are missing, and of rows in which every cell is unknown."""
    for subject, key in written.items():
        if key is None and not _is_known(trace, subject, factor):
            message = f'"{factor.label}" says nothing on {subject.name}; the cell reads "unknown"'
            help = f"write a cell, or `{subject.id}: unknown` if nobody knows"
            yield document.warning("unknown-cell", message, (*at, "factor"), help)
    if None not in written.values() and all(cell.unknown for cell in factor.cells):
        message = f'"{factor.label}" is unknown for every subject'
        yield document.warning("unknown-cell", message, (*at, "factor"), "find out, or drop the row")


def _is_known(trace: Trace, subject: Subject, factor: Factor) -> bool:
    """Whether the subject's own file has the fact, or cannot be read and may have it."""
    is_fact = trace.ask(Index.fact, subject.id, factor.id) is not None
    return is_fact or trace.ask(Index.is_unread, f"content/subjects/{subject.id}.yaml")


def _written(cells: object, subject: Subject, comparison: Comparison, column: int) -> str | int | None:
    """How the author wrote a subject's cell: its key, its position in the list, or None when it is left out."""
    if isinstance(cells, list):
        return column if column < len(cells) else None
    if isinstance(cells, dict):
        return next((key for key in cells if find_among(key, comparison.subjects) is subject), None)
    return None


def _sources(parsed: Parsed[ComparisonEntry], comparison: Comparison) -> Iterator[Problem]:
    cited = {source.url for factor in comparison.factors for cell in factor.cells for source in cell.sources}
    titles = {source.title for source in comparison.sources if source.url in cited}
    for name, source in parsed.entry.sources.items():
        if source.title not in titles:
            message, at = f'no cell cites "{name}"', ("sources", name)
            found = parsed.document.warning("unused-source", message, at, "cite it, or delete it", key=True)
            yield replace(found, fix=parsed.document.removal(at))


def _pins(parsed: Parsed[ComparisonEntry], trace: Trace) -> Iterator[Problem]:
    """Warns of drafts among the related comparisons of a published one."""
    for place, slug in enumerate(parsed.entry.related):
        if trace.ask(Index.is_draft, slug) and not parsed.entry.draft:
            message = f'"{slug}" is a draft, which readers do not see among the related'
            yield parsed.document.warning("draft-related", message, ("related", place), "publish it, or delete it here")
