"""Why a file of the site was written: what it shows, and what of that differs from the last build."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from tiebreak.build.state import BuildResult, ruling_of
from tiebreak.content import record_of, result_file
from tiebreak.linking import Question, Questions, changed_answers
from tiebreak.model import Card, Cards, Listing, Page, Subject, digest
from tiebreak.pages import (
    RULING,
    Numbers,
    Output,
    Ruling,
    comparison_page,
    outputs_of,
    page_output_path,
    related_to,
)
from tiebreak.storage import compression

UNKNOWN = ("what it shows of other files",)


@dataclass(frozen=True)
class Sources:
    """The author's files that may have `changed`, and the questions that each comparison `asked` of the index."""

    changed: Collection[str]
    asked: Mapping[str, Questions]


def causes(
    written: Iterable[str], before: BuildResult | None, now: BuildResult, *, lost: Collection[str], sources: Sources
) -> Mapping[str, tuple[str, ...]]:
    """For each output path that was written, why it changed, in words for an author.

    `lost` are output paths that were deleted or edited since the last build.
    """
    if before is None:
        return dict.fromkeys(written, ("nothing is known of an earlier build",))
    old, new = _outputs(before), _outputs(now)
    common = tuple(_settings(before, now))
    days = tuple(_of_day(file, now) for file in sorted(before.index.held ^ now.index.held))
    found: dict[str, tuple[str, ...]] = {}
    for output_path in written:
        if output_path in lost:
            found[output_path] = ("it was no longer as it was written",)
        elif output_path not in before.keys:
            found[output_path] = ("new",)
        elif compression.is_form(now.keys[output_path]):
            found[output_path] = (output_path.rpartition(".")[0],)
        elif output_path in old and output_path in new:
            found[output_path] = (
                tuple(_of_page(old[output_path], new[output_path], before, now, sources)) + common or days or UNKNOWN
            )
        else:  # a file of the theme
            found[output_path] = (own,) if (own := f"static/{output_path}") in sources.changed else UNKNOWN
    return found


def _outputs(result: BuildResult) -> dict[str, Output]:
    site = result.site
    return {
        output.output_path: _made_of(output, result, site.listing_by_slug[output.output_path.split("/")[1]])
        if output.comparison
        else output
        for output in outputs_of(site, result.theme.messages)
    }


def _made_of(output: Output, result: BuildResult, listing: Listing) -> Output:
    """What is made of a comparison, with what it shows: its page shows others as well."""
    if output.output_path != page_output_path(listing):
        return replace(output, context={"comparison": listing})
    return comparison_page(result.site, listing.card, related_to(listing, result.site), result.theme.messages)


def _of_page(old: Output, new: Output, before: BuildResult, now: BuildResult, sources: Sources) -> Iterator[str]:
    if new.copy:
        yield new.copy
        return
    if new.data and new.context:
        yield from _of_data(old, new, before, now)
        return
    behind = _changed(_behind(old, before), _behind(new, now))
    if new.comparison and before.digests.get(new.comparison) != now.digests.get(new.comparison):
        behind.insert(0, new.comparison)
    reasons = [reason for file in behind for reason in _of_file(file, before, now, sources)]
    templates = (new.template, RULING) if new.whole else (new.template,)
    yield from dict.fromkeys([*reasons, *(name for one in templates for name in _templates(one, before, now))])


def _behind(output: Output, result: BuildResult) -> Mapping[str, bytes]:
    """The author's files that a page shows something of, each with the digest of that."""
    reach = result.reaches.get(output.template)
    shared = reach.shown(result.site) if reach else ()
    whole = ((one.origin, ruling_of(result.digests[one.origin])) for one in output.whole)
    return dict([*_shown(output.context), *_shown(shared), *whole])


def _of_file(file: str, before: BuildResult, now: BuildResult, sources: Sources) -> Iterator[str]:
    """The file itself, if it changed; and for a comparison, the other files whose answers changed for it."""
    if file not in now.digests or file not in before.digests or file in sources.changed:
        yield file
    elif record_of(file) in sources.changed:
        yield record_of(file)
    elif file in before.index.held ^ now.index.held:
        yield _of_day(file, now)
    for question in sorted(changed_answers(sources.asked.get(file, ()), before.index, now.index), key=repr):
        yield from _of_question(question, before, now)


def _of_day(file: str, now: BuildResult) -> str:
    return f"the day: {file} {'is held back again' if file in now.index.held else 'appears'}"


def _of_question(question: Question, before: BuildResult, now: BuildResult) -> Iterator[str]:
    """The file or key that changed the answer to a question. Settings are compared separately."""
    match question:
        case "is_past", day:
            yield f"the day: what was to be checked again by {day}"
        case "fact", subject, factor:
            yield f"factor {factor} of content/subjects/{subject}.yaml"
        case "factor", id:
            yield f"factor {id} of content/factors.yaml"
        case "subject" | "compared", name, *_:
            found = now.index.subject(name)
            yield from _fields(found.id, before, now) if found else ()
        case "result", place:
            yield result_file(place)
        case "destination" | "anchor" | "is_unread", file, *_:
            yield file
        case "comparison_of" | "is_compared", _, _:
            yield "which comparisons there are"


def _of_subject(id: str, before: BuildResult, now: BuildResult) -> Iterator[str]:
    fields = list(_fields(id, before, now))
    for factor in _changed(before.index.facts.get(id, {}), now.index.facts.get(id, {})):
        if f"{factor} of content/subjects/{id}.yaml" not in fields:  # such as its version, which is a fact as well
            yield f"factor {factor} of content/subjects/{id}.yaml"
    yield from fields


def _fields(id: str, before: BuildResult, now: BuildResult) -> Iterator[str]:
    one, other = before.site.subjects.get(id), now.site.subjects.get(id)
    if one and other:
        for name in _changed({**vars(one), "hue": 0}, {**vars(other), "hue": 0}):  # which no file says
            yield f"{name} of content/subjects/{id}.yaml"


def _of_factors(before: BuildResult, now: BuildResult) -> Iterator[str]:
    for factor in _changed(before.index.factors, now.index.factors):
        yield f"factor {factor} of content/factors.yaml"


def _of_data(old: Output, new: Output, before: BuildResult, now: BuildResult) -> Iterator[str]:
    """Why the facts of a subject, or the index of all facts, changed."""
    if isinstance(subject := new.context.get("subject"), Subject):
        yield from _of_subject(subject.id, before, now)
    else:
        yield from _of_factors(before, now)
    behind = _changed(dict(_shown(old.context)), dict(_shown(new.context)))
    yield from (file for file in behind if not file.startswith("content/subjects/") or not new.origin)


def _settings(before: BuildResult, now: BuildResult) -> Iterator[str]:
    for name in _changed(vars(before.site.settings), vars(now.site.settings)):
        yield f"{name} of content/site.yaml"
    if before.site.navigation != now.site.navigation:
        yield "the navigation"
    if before.theme.stylesheets != now.theme.stylesheets:
        yield "static/css"
    if before.theme.messages != now.theme.messages:
        yield f"templates/words/{now.theme.messages.language}.yaml"
    elif before.theme.scripts != now.theme.scripts:
        yield "static/js"


def _templates(template: str, before: BuildResult, now: BuildResult) -> Iterator[str]:
    old, new = before.reaches.get(template), now.reaches.get(template)
    if old and new:
        for name in _changed(old.sources, new.sources):
            yield f"templates/{name}"


def _shown(value: Any) -> Iterator[tuple[str, bytes]]:
    """The author's files that a value of a context was made from, each with the digest of the value."""
    if isinstance(value, Card | Listing | Page | Ruling):
        yield value.origin, digest(value)
    elif isinstance(value, Subject):
        yield f"content/subjects/{value.id}.yaml", digest(value)
    elif isinstance(value, Numbers):
        yield "content/factors.yaml", digest([(row.label, row.unit) for row in value.rows])
        yield from ((f"content/subjects/{id}.yaml", digest(marks)) for id, marks in value.said.items())
    else:
        for item in _parts(value):
            yield from _shown(item)


def _parts(value: Any) -> Iterable[Any]:
    """The values that a value consists of; none where it is no container of Tiebreak's."""
    if isinstance(value, Cards):
        return value.listings
    if isinstance(value, Mapping):
        return value.values()
    if isinstance(value, tuple | list):
        return value
    return [getattr(value, one.name) for one in fields(value)] if is_dataclass(value) else ()


def _changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """The keys that only one of the two has, or whose values differ."""
    return sorted(key for key in old.keys() | new.keys() if old.get(key) != new.get(key))
