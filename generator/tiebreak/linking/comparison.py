"""Links one comparison: its entry becomes a Comparison whose subjects, rows and verdict refer to each other."""

from collections import Counter
from collections.abc import Iterator, Sequence

from tiebreak import limits
from tiebreak.content import ChangesEntry, ComparisonEntry, Parsed, Position
from tiebreak.linking.cells import in_order_of_use, named_sources, with_one_source_per_url
from tiebreak.linking.changes import cell_changes, verdict_changes
from tiebreak.linking.charts import with_charts
from tiebreak.linking.context import Context
from tiebreak.linking.copied_fields import of_entry
from tiebreak.linking.index import Index
from tiebreak.linking.pick import pick, verdict
from tiebreak.linking.rows import Rows
from tiebreak.linking.subjects import find_among
from tiebreak.model import (
    Comparison,
    Consider,
    Factor,
    LeftOut,
    Preset,
    Question,
    Source,
    Subject,
    marked_name,
    plain_name,
    weigh,
)
from tiebreak.problems import Candidates


def link_comparison(
    context: Context, slug: str, parsed: Parsed[ComparisonEntry], record: ChangesEntry | None = None
) -> Comparison | None:
    """One comparison; None when its subjects cannot be found, because nothing else can be linked without them."""
    entry, subjects = parsed.entry, _subjects(context, parsed.entry)
    if subjects is None:
        return None
    _check_entry(context, slug, entry, subjects)
    factors, sources = _table(context, entry, subjects)
    picked = pick(context, entry, subjects)
    return of_entry(
        Comparison,
        entry,
        context,
        slug=slug,
        origin=context.document.file,
        subjects=subjects,
        pick=picked,
        factors=factors,
        balance=weigh(subjects, factors),
        verdict=verdict(context, entry, subjects),
        body=with_charts(context, context.body(parsed.body), parsed.charts),
        own_title=plain_name(entry.title or ""),
        marked_title=marked_name(entry.title or ""),
        consider=tuple(_consider(context, entry, subjects)),
        left_out=tuple(_left_out(context, entry, subjects)),
        faq=tuple(Question(one.q, context.prose(one.a, ("faq", at, "a"))) for at, one in enumerate(entry.faq)),
        sources=sources,
        evidence=len(sources),
        rests_on=_rests_on(factors),
        checked=min((cell.checked for row in factors if row.bears for cell in row.cells if cell.checked), default=None),
        author=entry.author or context.ask(Index.default_author),
        pinned=tuple(dict.fromkeys(entry.related)),
        presets=_presets(context, entry, factors),
        history=verdict_changes(context, entry, picked, record),
        corrections=cell_changes(context, record, subjects, factors, entry.updated or entry.published),
    )


def _table(
    context: Context, entry: ComparisonEntry, subjects: Sequence[Subject]
) -> tuple[tuple[Factor, ...], tuple[Source, ...]]:
    """The rows, and the sources in the order of use; reports a table that is too long."""
    named = named_sources(context, entry.sources)
    rows = Rows(context, subjects, named).all(entry.factors)
    factors = with_one_source_per_url(rows, named.values())
    sources = in_order_of_use(factors, named.values())
    _check_length(context, subjects, factors, sources)
    return factors, sources


def _rests_on(factors: Sequence[Factor]) -> tuple[tuple[str, int], ...]:
    """The pages of the site that cells cite, by URL, and how many rows do so."""
    rows: Counter[str] = Counter()
    for factor in factors:
        inside = {source.url for cell in factor.cells for source in cell.sources if not source.is_outside}
        rows.update({url.partition("#")[0] for url in inside})
    return tuple(sorted((url, count) for url, count in rows.items() if url.endswith("/")))


def _presets(context: Context, entry: ComparisonEntry, factors: Sequence[Factor]) -> tuple[Preset, ...]:
    """The presets, each with the weights in which it differs from the rows; reports weights of unknown rows."""
    own = {factor.id: factor.weight for factor in factors}
    known = Candidates(own)
    names: set[str] = set()
    for place, preset in enumerate(entry.presets):
        if preset.name in names:
            message, help = f'another preset is called "{preset.name}"', "give it a name of its own"
            context.report("duplicate-preset", message, ("presets", place, "name"), help=help)
        names.add(preset.name)
        for id in preset.weights.keys() - own.keys():
            at = ("presets", place, "weights", id)
            message, help = f'"{id}" is not a row here', context.suggest(id, known)
            context.report("unknown-factor", message, at, key=True, help=help)
    return tuple(
        Preset(one.name, one.note or "", {id: one.weights[id] for id in own if one.weights.get(id, own[id]) != own[id]})
        for one in entry.presets
    )


REFERENCE = 20  # characters for the number of a source, with the link to it


def _check_length(
    context: Context, subjects: Sequence[Subject], rows: Sequence[Factor], sources: Sequence[Source]
) -> None:
    """Report a table that is too long.

    Texts count where they are shown and not where they are written: a shared note, or the name of a subject in every
    row, is written once and repeated on each page.
    """
    length = len(rows) * sum(len(subject.name) for subject in subjects)
    for row in rows:
        length += len(row.label) + len(row.group) + len(row.unit) + (len(row.note.html) if row.note else 0)
        for cell in row.cells:
            length += len(cell.quote) + (len(cell.text.html) if cell.text else 0)
            length += len(cell.sources) * (REFERENCE + len(row.label))  # each source names the rows that it bears out
    for source in sources:
        length += len(source.title) + len(source.url) + len(source.quote)
    if length > limits.TABLE:
        message = f"the table and its sources say {length:,} characters, and {limits.TABLE:,} is the most"
        help = "leave rows out, or make names, notes, cells and quotes shorter, also those in files that are shared"
        context.report("too-long", message, ("factors",), key=True, help=help)


def _check_entry(context: Context, slug: str, entry: ComparisonEntry, subjects: Sequence[Subject]) -> None:
    """Report a pair that is compared twice, unknown related comparisons, and a missing date."""
    _check_pair(context, subjects)
    _check_pins(context, slug, entry)
    if not entry.draft and entry.published is None:
        help = "write the day it appeared, or `draft: true`"
        context.report("missing-key", '"published" is missing', (), key=True, help=help)


def _check_pair(context: Context, subjects: Sequence[Subject]) -> None:
    """Report another comparison of the same subjects."""
    first = context.ask(Index.file_comparing, frozenset(subject.id for subject in subjects))
    if first not in (context.document.file, None):
        help = "keep one file; both orders of a pair lead to it anyway"
        message = f"{first} already compares these subjects"
        context.report("duplicate-pair", message, ("subjects",), key=True, help=help)


def _check_pins(context: Context, slug: str, entry: ComparisonEntry) -> None:
    """Report related comparisons that do not exist, or are this one."""
    for place, pinned in enumerate(entry.related):
        if pinned == slug:
            message, help = "a comparison is not related to itself", "delete it"
        elif context.ask(Index.is_draft, pinned) is None:
            message = f'"{pinned}" is not a comparison of this site'
            help = context.suggest(pinned, context.trace.index.slug_candidates)
        else:
            continue
        context.report("unknown-comparison", message, ("related", place), help=help)


def _subjects(context: Context, entry: ComparisonEntry) -> tuple[Subject, ...] | None:
    subjects: list[Subject] = []
    sound = True
    for place, name in enumerate(entry.subjects):
        at = ("subjects", place)
        found = context.ask(Index.compared, name, context.document.file)
        if isinstance(found, str):
            sound = False
            same = [one for one in subjects if one.name.casefold() == name.casefold()]
            if not same:
                help = "give it a file under content/subjects/, and call it by its id here"
                context.report("name-conflict", found, at, help=help)
                continue
            found = same[0]
        if found in subjects:
            message = f'"{name}" is compared with itself'
            context.report("duplicate-subject", message, at, help="name it once")
            sound = False
        subjects.append(found)
    return tuple(subjects) if sound else None


def _consider(context: Context, entry: ComparisonEntry, subjects: Sequence[Subject]) -> Iterator[Consider]:
    for place, third in enumerate(entry.consider):
        at = ("consider", place)
        when = context.prose(third.when, (*at, "if"))
        yield Consider(third.name, when, _way_on(context, third.subject, (*at, "subject"), subjects))


def _left_out(context: Context, entry: ComparisonEntry, subjects: Sequence[Subject]) -> Iterator[LeftOut]:
    for place, rival in enumerate(entry.left_out):
        at = ("left_out", place)
        why = context.prose(rival.why, (*at, "why"))
        if compared := find_among(rival.subject or rival.name, subjects):
            message, help = f"{compared.name} is compared here", "take it out of one of the two"
            context.report("duplicate-subject", message, (*at, "subject" if rival.subject else "name"), help=help)
        yield LeftOut(rival.name, why, _way_on(context, rival.subject, (*at, "subject"), subjects))


def _way_on(context: Context, name: str | None, at: Position, subjects: Sequence[Subject]) -> str | None:
    """Where the name of a subject that is not compared here leads: to a comparison of it with one of these, else to its
    hub, else to its home page; None where it has none of them, or no name is given.
    """
    if name is None:
        return None
    subject = context.ask(Index.subject, name)
    if subject is None:
        help = context.suggest(name, context.trace.index.registry.candidates)
        context.report("unknown-subject", f'"{name}" is not a subject of this site', at, help=help)
        return None
    ours = frozenset(one.id for one in subjects)
    both = context.ask(Index.comparison_of, subject.id, ours)
    is_compared = context.ask(Index.is_compared, subject.id, ours)
    return f"/compare/{both}/" if both else subject.path if is_compared else subject.homepage or None
