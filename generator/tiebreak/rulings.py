"""One comparison, linked: an entry becomes a Comparison whose subjects, rows and verdict know each other."""

from collections.abc import Sequence
from dataclasses import replace

from tiebreak.content import Parsed
from tiebreak.document import Document
from tiebreak.evidence import in_order_of_use, named_sources, with_one_source_per_url
from tiebreak.linker import Linker
from tiebreak.model import Change, Comparison, Consider, Prose, Subject
from tiebreak.problems import did_you_mean
from tiebreak.rows import Rows, by_subject
from tiebreak.schema import ComparisonEntry
from tiebreak.subjects import names, stand_ins


def ruling(linker: Linker, slug: str, parsed: Parsed[ComparisonEntry]) -> Comparison | None:
    """One comparison; None when its subjects cannot be made out, without which nothing else can be."""
    entry, document = parsed.entry, parsed.document
    subjects = _subjects(linker, document, entry)
    if subjects is None:
        return None
    if not entry.draft and entry.published is None:
        help = "write the day it appeared, or `draft: true`"
        linker.complain(document, "missing-key", '"published" is missing', (), key=True, help=help)
    sources = named_sources(linker, document, entry.sources)
    rows = Rows(linker, document, subjects, sources).all(entry.factors)
    factors = with_one_source_per_url(rows, sources.values())
    undecided = entry.pick == "none"
    return Comparison(
        slug=slug,
        origin=document.path,
        subjects=subjects,
        pick=None if undecided else linker.local(document, entry.pick, ("pick",), subjects, also=("none",)),
        why=linker.prose(document, entry.why, ("why",)),
        factors=factors,
        verdict=_verdict(linker, document, entry, subjects),
        body=linker.body(document, parsed.body),
        own_title=entry.title or "",
        tagline=entry.tagline or "",
        summary=entry.summary,
        consider=tuple(_consider(linker, document, entry, place) for place in range(len(entry.consider))),
        sources=in_order_of_use(factors, sources.values()),
        category=entry.category or "",
        tags=tuple(dict.fromkeys(entry.tags)),
        published=entry.published,
        updated=entry.updated,
        author=entry.author or _author(linker),
        pinned=tuple(dict.fromkeys(entry.related)),
        aliases=tuple(dict.fromkeys(entry.aliases)),
        disclosure=linker.optional(document, entry.disclosure, ("disclosure",)),
        history=tuple(Change(change.date, _former(linker, change.was), change.why) for change in entry.history),
        draft=entry.draft,
    )


def _author(linker: Linker) -> str:
    settings = linker.project.settings
    return settings.entry.author.name if settings and settings.entry.author else ""


def _former(linker: Linker, was: str) -> str | None:
    if was == "none":
        return None
    subject = linker.registry.find(was)
    return subject.name if subject else was


def _subjects(linker: Linker, document: Document, entry: ComparisonEntry) -> tuple[Subject, ...] | None:
    subjects: list[Subject] = []
    sound = True
    for place, name in enumerate(entry.subjects):
        at = ("subjects", place)
        try:
            subject = linker.registry.called(name, document.path)
        except ValueError as error:
            sound = False
            same = [one for one in subjects if one.name.casefold() == name.casefold()]
            if not same:
                help = "give it a file under content/subjects/, and call it by its id here"
                linker.complain(document, "name-conflict", str(error), at, help=help)
                continue
            subject = same[0]
        if subject in subjects:
            message = f'"{name}" is compared with itself'
            linker.complain(document, "duplicate-subject", message, at, help="name it once")
            sound = False
        subjects.append(subject)
    return tuple(subjects) if sound else None


def _verdict(
    linker: Linker, document: Document, entry: ComparisonEntry, subjects: Sequence[Subject]
) -> tuple[Prose, ...]:
    """One line a subject, in the order of subjects; a subject without one is a problem."""
    keyed = by_subject(linker, document, entry.verdict, ("verdict",), subjects)
    lines = []
    for subject in subjects:
        if subject.id in keyed:
            key, prose = keyed[subject.id]
            lines.append(linker.prose(document, prose, ("verdict", key)))
        else:
            message, help = f'the verdict says nothing on "{subject.name}"', f"add `{subject.id}: You ...`"
            linker.complain(document, "missing-verdict", message, ("verdict",), key=True, help=help)
            lines.append(Prose("", ""))
    return tuple(lines)


def _consider(linker: Linker, document: Document, entry: ComparisonEntry, place: int) -> Consider:
    """A third way; where it leads is settled by `with_ways_out`, once every comparison is known."""
    third = entry.consider[place]
    when = linker.prose(document, third.when, ("consider", place, "if"))
    if third.subject is not None:
        # A subject without a file may be named only by a comparison that is still to be linked.
        known = [*linker.registry.by_id.values(), *stand_ins(linker.project)]
        if linker.registry.find(third.subject, among=known) is None:
            message, help = (
                f'"{third.subject}" is not a subject of this site',
                did_you_mean(third.subject, names(known)),
            )
            linker.complain(document, "unknown-subject", message, ("consider", place, "subject"), help=help)
    return Consider(third.name, when, third.subject)


def with_ways_out(linker: Linker, comparisons: Sequence[Comparison]) -> tuple[Comparison, ...]:
    """Third ways led to a comparison of theirs with one of ours, else to their hub, else to their home page."""

    def way(comparison: Comparison, third: Consider) -> Consider:
        subject = linker.registry.find(third.path) if third.path else None
        if subject is None:
            return replace(third, path=None)
        with_it = [other for other in comparisons if subject.id in other.subject_ids and other is not comparison]
        both = next((other for other in with_it if other.subject_ids & comparison.subject_ids), None)
        return replace(third, path=both.path if both else subject.path if with_it else subject.homepage or None)

    return tuple(
        replace(comparison, consider=tuple(way(comparison, third) for third in comparison.consider))
        for comparison in comparisons
    )
