"""The index of all that one article may see of other files: subjects, facts, and where links may lead."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cached_property
from itertools import product
from typing import Any, NamedTuple

from tiebreak.content import (
    FactorsFile,
    Looks,
    Misreading,
    Reading,
    SharedFactorEntry,
    Table,
)
from tiebreak.linking.index_entry import IndexEntry
from tiebreak.linking.subjects import Registry
from tiebreak.media import is_picture
from tiebreak.model import Attachment, Cell, DecimalSign, Look, Subject
from tiebreak.problems import Candidates


class Target(NamedTuple):
    """What a link may lead to. `anchors` is None where any fragment is allowed: in files, and in pages that cannot
    be read.
    """

    url: str
    title: str = ""
    anchors: str | None = None  # as in `IndexEntry`
    draft: bool = False
    size: tuple[int, int] | None = None
    image: bool = False


@dataclass(frozen=True)
class Index:
    """All that the articles of one build share. They ask it by methods with plain arguments, which `Trace` records."""

    entries: Mapping[str, IndexEntry]  # of comparisons, by file
    targets: Mapping[str, Target]  # of everything else that can be linked to, by file
    registry: Registry
    author: str
    drafts: bool  # whether they are published
    broken: frozenset[str] = frozenset()  # files that could not be read
    factors: FactorsFile = field(default_factory=dict)
    facts: Mapping[str, Mapping[str, Cell]] = field(default_factory=dict)  # by subject, then by factor
    decimal: DecimalSign = "."  # before decimals, in the site's language
    looks: Looks = field(default_factory=dict)  # at the pages of sources
    filler: tuple[str, ...] = ()  # phrases that the site counts as such
    held: frozenset[str] = frozenset()  # files of comparisons whose day has not come
    max_age: int | None = None  # days; of cells that are not otherwise told how long they stay fresh
    today: date | None = None  # the day of the build; without it, nothing is stale
    results: Mapping[str, Reading | Misreading] = field(default_factory=dict)  # by place in a result file
    tables: Mapping[str, Table | Misreading] = field(default_factory=dict)  # likewise, of what charts are drawn from

    def target(self, file: str) -> Target | None:
        """The target of a link to the `file`; None when there is none."""
        entry = self.entries.get(file)
        if entry is None or file in self.broken:
            return self.targets.get(file) or (None if file.isascii() else self._by_form.get(composed(file)))
        return Target(f"/compare/{entry.slug}/", entry.title, entry.anchors, draft=not self.shows(entry))

    def shows(self, entry: IndexEntry) -> bool:
        """Whether a comparison is published: no draft, unless they are, and its day has come."""
        return (self.drafts or not entry.draft) and entry.file not in self.held

    def is_held(self, file: str) -> bool:
        """Whether the comparison in the `file` waits for its day."""
        return file in self.held

    @cached_property
    def _by_form(self) -> Mapping[str, Target]:
        """Targets by their files' names with composed accents, which editors and file systems may encode otherwise."""
        return {composed(file): target for file, target in self.targets.items() if not file.isascii()}

    def __getstate__(self) -> dict[str, Any]:
        """Leaves out the lookup tables, which are quickly built again."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @cached_property
    def linkable(self) -> Candidates:
        """Every file that a link may lead to."""
        return Candidates((*self.entries, *self.targets))

    def destination(self, file: str) -> Target | None:
        """The target of a link to the `file`, without its anchors: those are asked for one by one."""
        target = self.target(file)
        return target and target._replace(anchors=None)

    def anchor(self, file: str, name: str) -> str | None:
        """The id that a link to the `file` means by this name; the name itself where the anchors are not known."""
        target = self.target(file)
        if target is None or target.anchors is None:
            return name if target else None
        return self._names(target.anchors).get(name)

    def default_author(self) -> str:
        """The author of articles that name none; may be empty."""
        return self.author

    def decimal_sign(self) -> DecimalSign:
        """The sign before decimals in the site's language."""
        return self.decimal

    def default_max_age(self) -> int | None:
        """After how many days a cell is stale that nothing else is said of."""
        return self.max_age

    def is_past(self, day: date) -> bool:
        """Whether a day lies before that of the build."""
        return self.today is not None and self.today > day

    def subject(self, name: str) -> Subject | None:
        """The subject with this id, name or alias."""
        return self.registry.find(name)

    def compared(self, name: str, file: str) -> Subject | str:
        """The subject that the `file` compares under this name, or why it cannot compare it."""
        try:
            return self.registry.compared_as(name, file)
        except ValueError as error:
            return str(error)

    def resembling(self, name: str) -> str:
        """`did you mean …` when a name without a file looks like one that has."""
        return self.registry.suggest(name)

    def factor(self, id: str) -> SharedFactorEntry | None:
        """What all rows with this id have in common, from factors.yaml."""
        return self.factors.get(id)

    def fact(self, subject: str, factor: str) -> Cell | None:
        """The cell that the file of a subject has for a factor."""
        return self.facts.get(subject, {}).get(factor)

    def result(self, place: str) -> Reading | Misreading | None:
        """What a result file says at a place, `benchmarks/results/x.json#/a/b`."""
        return self.results.get(place)

    def table(self, place: str) -> Table | Misreading | None:
        """What a file of the project, or a place in it, has for a chart."""
        return self.tables.get(place)

    def look(self, page: str) -> Look | None:
        """What `tiebreak verify` found at the page of a source; None where it has not looked."""
        return self.looks.get(page)

    def is_unread(self, file: str) -> bool:
        """Whether the `file` exists and could not be read."""
        return file in self.broken

    def is_draft(self, slug: str) -> bool | None:
        """Whether the comparison with this slug is a draft; None when there is no such comparison."""
        return self.slugs.get(slug)

    def file_comparing(self, subjects: frozenset[str]) -> str | None:
        """The file of the comparison that may have these subjects, by their ids."""
        return self.file_by_subjects.get(subjects)

    def headings(self, file: str) -> Candidates:
        """What a link to what `file` is may name, as one value for however many links."""
        target = self.target(file)
        anchors = (target and target.anchors) or ""
        if anchors not in self._headings:
            self._headings[anchors] = Candidates(self._names(anchors).values())
        return self._headings[anchors]

    def _names(self, anchors: str) -> Mapping[str, str]:
        """The id that each name means."""
        if anchors not in self._ids:
            pairs = (word.rpartition("=") for word in anchors.split())
            self._ids[anchors] = {name or id: id for name, _, id in pairs}
        return self._ids[anchors]

    @cached_property
    def _headings(self) -> dict[str, Candidates]:
        return {}

    @cached_property
    def _ids(self) -> dict[str, Mapping[str, str]]:
        return {}

    @cached_property
    def slugs(self) -> Mapping[str, bool]:
        """Every comparison's slug, and whether it is a draft; one that could not be read counts as none."""
        unread = {file.rpartition("/")[2].removesuffix(".md"): False for file in self.broken}
        return unread | {entry.slug: entry.draft or entry.file in self.held for entry in self.entries.values()}

    @cached_property
    def slug_candidates(self) -> Candidates:
        return Candidates(self.slugs)

    def comparison_of(self, one: str, others: frozenset[str]) -> str | None:
        """The slug of the newest published comparison of a subject with any of the others, but for the one of exactly
        those.
        """
        both = (found for other in others for found in self._compared.get((one, other), ()) if found[2] != others)
        return min((found[:2] for found in both), default=(0, None))[1]

    def is_compared(self, one: str, others: frozenset[str]) -> bool:
        """Whether a subject is in a published comparison that is not the one of exactly the others."""
        return any(ids != others for _, _, ids in self._compared.get((one, one), ()))

    @cached_property
    def _compared(self) -> Mapping[tuple[str, str], Sequence[tuple[int, str, frozenset[str]]]]:
        """By two subjects (or one, twice), the newest two published comparisons of them that compare different sets:
        place, slug and subjects' ids.
        """
        index: dict[tuple[str, str], list[tuple[int, str, frozenset[str]]]] = {}
        for place, entry in enumerate(sorted(self.entries.values(), key=lambda entry: entry.newest_first)):
            if self.shows(entry):
                ids = self.registry.ids(entry.subjects)
                for pair in product(ids, ids):
                    known = index.setdefault(pair, [])
                    if len(known) < 2 and all(other != ids for _, _, other in known):
                        known.append((place, entry.slug, ids))
        return index

    @cached_property
    def file_by_subjects(self) -> Mapping[frozenset[str], str]:
        """For each set of subject ids, the file of the comparison that may have it."""
        found: dict[frozenset[str], str] = {}
        for file, entry in self.entries.items():
            found.setdefault(self.registry.ids(entry.subjects), file)
        return found


# Questions whose answers depend on one part of the index alone; all others may depend on any.
READS = {
    Index.default_author.__name__: "author",
    Index.decimal_sign.__name__: "decimal",
    Index.is_held.__name__: "held",
    Index.default_max_age.__name__: "max_age",
    Index.is_past.__name__: "today",
    Index.factor.__name__: "factors",
    Index.fact.__name__: "facts",
    Index.result.__name__: "results",
    Index.table.__name__: "tables",
    Index.look.__name__: "looks",
}


def held_back(entries: Iterable[IndexEntry], day: date | None, *, drafts: bool) -> frozenset[str]:
    """The files of comparisons that appear after this day; none without a day. A draft has a day only where drafts are
    published.
    """
    dated = (one for one in entries if one.published and (drafts or not one.draft))
    return frozenset(one.file for one in dated if day and one.published and one.published > day)


def composed(text: str) -> str:
    """The text with each accent and its letter as one character (NFC)."""
    return unicodedata.normalize("NFC", text)


def target_of(file: Attachment) -> Target:
    return Target(file.path, size=file.size, image=is_picture(file.origin))
