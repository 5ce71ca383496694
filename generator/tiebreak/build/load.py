"""From files to a site: what has to be read and linked again since the last build, and what can be used again."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tiebreak.build.articles import Articles, LinkResult, ReadResult
from tiebreak.build.state import BuildRecord, BuildResult
from tiebreak.build.timing import Timer
from tiebreak.build.workers import Workers
from tiebreak.content import ComparisonEntry, Project, open_project, parse, read_project, recorded_in
from tiebreak.linking import (
    Index,
    IndexEntry,
    Questions,
    build_index,
    build_site,
    changed_answers,
    held_back,
    interned,
)
from tiebreak.markdown import Dialect
from tiebreak.model import Listing, Site
from tiebreak.problems import Problem
from tiebreak.rules import (
    Style,
    contradictions,
    future_facts,
    lint_fields,
    lint_texts,
    orphan_records,
    orphan_subjects,
    sources_of_facts,
    stale_facts,
    unlike_weights,
    versions,
)
from tiebreak.storage import Cache, Snapshot, folders, snapshot


@dataclass(frozen=True)
class LoadedSite:
    """A site, with what is wrong and weak in the files that were looked at again.

    `project` is there when more has changed than the insides of comparisons; `site` is None when it cannot be made, and
    the last build's own where nothing that it has is another.
    """

    index: Index
    site: Site | None
    dialect: Dialect
    digests: Mapping[str, bytes]  # those of each comparison, by its file
    asked: Mapping[str, Questions]  # of the index, by the comparisons that were linked again
    turns: frozenset[date]  # the last days on which cells are fresh, and maybe some on which cells were
    relinked: Collection[str]  # files of comparisons
    problems: Mapping[str, tuple[Problem, ...]]  # by the file of the comparison, those of all else under ""
    project: Project | None

    @property
    def rules(self) -> Mapping[str, str]:
        """The severities that the site gives to warnings, by their codes."""
        if self.site:
            return self.site.settings.rules
        return self.project.settings.entry.rules if self.project and self.project.settings else {}

    @property
    def is_themed(self) -> bool:
        """Whether all of the project's own theme can be read."""
        return not any(problem.file.startswith(("static", "templates")) for problem in self.problems.get("", ()))


def load_site(root: Path, *, drafts: bool = False) -> LoadedSite:
    """The site of a project, read and linked from nothing."""
    cache = Cache(None)
    inputs = snapshot.scan(root, {"content": folders.INPUTS["content"]})
    loader = SiteLoader(root, Workers(Articles(root, cache), jobs=1), cache, Timer(), drafts)
    return loader.load(inputs, inputs.paths, None)


@dataclass(frozen=True)
class SiteLoader:
    """Loads one project. `inputs` are its files now; `changed` those that may differ from the last build's."""

    root: Path
    workers: Workers[Articles]
    cache: Cache
    timer: Timer
    drafts: bool
    base_url: str | None = None
    host: str | None = None
    day: date | None = None  # of the build, by which cells are stale
    future: bool = False  # whether what appears after that day is published; else it is held back
    judging: bool = False  # whether warnings judge dates by that day

    def load(self, inputs: Snapshot, changed: Collection[str], record: BuildRecord | None) -> LoadedSite:
        """Read what has changed. As long as nobody else can see the change, nobody else is looked at.

        Others see the `IndexEntry` of a comparison when they are linked, and its `Listing` when pages are made.
        """
        last = record.result if record else None
        known = last.index.entries if last else {}
        present = set(inputs.paths)
        changed = frozenset(map(recorded_in, changed))
        insides = {file for file in changed if file in known and file in present}
        if record and last and len(insides) == len(changed) and (not self.day or record.baseline.is_current(self.day)):
            reads = self._collect(self.workers.map(Articles.read, sorted(insides), last.dialect), len(insides))
            if all(reads[file].entry == known[file] for file in insides):
                index = last.index if last.index.today == self.day else replace(last.index, today=self.day)
                self.workers.broadcast(Articles.set_index, index)
                return self._load_bodies(reads, self._link(reads), index, last)
        return self._load_everything(inputs, changed, record if last else None)

    def _load_bodies(
        self, reads: Mapping[str, ReadResult], linked: Mapping[str, LinkResult], index: Index, last: BuildResult
    ) -> LoadedSite:
        news = {one.listing.slug: one.listing for one in linked.values() if one.listing}
        by_slug = last.site.listing_by_slug
        seen = any(slug in by_slug and by_slug[slug] != listing for slug, listing in news.items())
        listings = tuple(news.get(one.slug, one) for one in last.site.listings) if seen else ()
        return LoadedSite(
            index=index,
            site=replace(last.site, listings=listings) if seen else last.site,
            dialect=last.dialect,
            digests={**last.digests, **{file: one.digests for file, one in linked.items()}},
            asked=interned({file: one.questions for file, one in linked.items()}),
            turns=last.turns | _turns(linked),
            relinked=set(linked),
            problems=_by_path(reads, linked),
            project=None,
        )

    def _load_everything(self, inputs: Snapshot, changed: Collection[str], record: BuildRecord | None) -> LoadedSite:
        last = record.result if record else None
        warned = record.baseline.warnings.keys() if record else set()  # they are linked again, and all is told again
        project, reads, entries = self._read(inputs, {*changed, *warned}, last)
        with self.timer("link"):
            index, problems = build_index(project, entries, drafts=self.drafts, day=self.day, future=self.future)
            turned = index.held ^ last.index.held if last else frozenset()
            unchanged = _unchanged(entries.keys() - reads.keys() - turned, index, record) if record else ()
        self.workers.broadcast(Articles.set_index, index)
        linked = self._link(file for file in entries if file not in unchanged)
        with self.timer("link"):
            listings = [one.listing for one in linked.values() if one.listing]
            digests = {file: one.digests for file, one in linked.items()}
            if last:
                listings += [one for one in last.site.listings if one.origin in unchanged]
                digests |= {file: last.digests[file] for file in unchanged}
            site, more = self._site(project, index, listings)
            if last and site == last.site and not any(file.origin in changed for file in last.site.files):
                site = last.site
        general = (*project.problems, *problems, *more, *orphan_records(project), *sources_of_facts(project))
        general += tuple(orphan_subjects(project, index, site)) if site else ()
        if self.judging and self.day:
            style = Style.of(index, project.dialect)
            general += (*future_facts(project, self.day), *stale_facts(project, index), *_text_problems(project, style))
            general += tuple(unlike_weights(self.root, site)) if site else ()
            general += (*contradictions.of_subjects(project, index), *versions.of_facts(project, index))
            general += tuple(self._two_spellings(project, linked))
        return LoadedSite(
            index=index,
            site=site,
            dialect=project.dialect,
            digests=digests,
            asked=interned({file: one.questions for file, one in linked.items()}),
            turns=(last.turns if last else frozenset()) | _turns(linked),
            relinked=set(linked),
            problems={**_by_path(reads, linked), "": general},
            project=project,
        )

    def _read(
        self, inputs: Snapshot, changed: Collection[str], last: BuildResult | None
    ) -> tuple[Project, Mapping[str, ReadResult], Mapping[str, IndexEntry]]:
        """The project, the comparisons of it that had to be read, and every one that could be read as others see it."""
        with self.timer("read"):
            project = open_project(self.root, inputs)
        known = last.index.entries if last and last.dialect == project.dialect else {}
        unread = [file for file in project.comparisons if file in changed or file not in known]
        reading = self.workers.map(Articles.read, unread, project.dialect)
        with self.timer("read"):
            read_project(project, self.cache)
        reads = self._collect(reading, len(unread))
        entries = {file: reads[file].entry if file in reads else known[file] for file in project.comparisons}
        project.broken |= {file for file, entry in entries.items() if entry is None}
        project.broken |= {file for file, read in reads.items() if not read.sound}
        return project, reads, {file: entry for file, entry in entries.items() if entry is not None}

    def _site(self, project: Project, index: Index, listings: Iterable[Listing]) -> tuple[Site | None, list[Problem]]:
        """The site of what is published of these."""
        shown = (one for one in listings if index.shows(index.entries[one.origin]))
        site, problems = build_site(project, index, shown)
        if site:
            known = site.settings
            host = known.host if self.host is None else self.host
            site = replace(site, settings=replace(known, base_url=self.base_url or known.base_url, host=host))
        return site, problems

    def without_drafts(self, loaded: LoadedSite) -> list[Problem]:
        """What would be wrong with the site if its drafts, and what has not appeared by today, were not published."""
        if loaded.project is None or not self._holds_back(loaded.project, loaded.index):
            return []
        index, problems = build_index(loaded.project, loaded.index.entries, drafts=False, day=self.day)
        self.workers.broadcast(Articles.set_index, index)
        linked = self._link(index.entries)
        _, more = build_site(loaded.project, index, ())
        return [*problems, *more, *(problem for one in linked.values() for problem in one.problems)]

    def _holds_back(self, project: Project, index: Index) -> bool:
        """Whether there is a draft, or anything that has not appeared by today."""
        entries = index.entries.values()
        drafts = any(one.draft for one in entries) or any(page.entry.draft for page in project.pages.values())
        return drafts or bool(held_back(entries, self.day, drafts=False))

    def _two_spellings(self, project: Project, linked: Mapping[str, LinkResult]) -> Iterator[Problem]:
        """Values that comparisons spell in two ways. Their files are read once more, as there are few."""
        for file, said, message in contradictions.across({one.file: one.said for one in linked.values()}):
            parsed, _ = parse(self.root, file, ComparisonEntry, self.cache, project.dialect)
            if parsed:
                at = ("factors", said.place, "cells", said.key)
                yield parsed.document.warning("two-spellings", message, at, help="write both alike")

    def _collect(self, reads: Iterable[ReadResult], total: int) -> Mapping[str, ReadResult]:
        return {read.file: read for read in self.timer.track("read", reads, total)}

    def _link(self, files: Iterable[str]) -> Mapping[str, LinkResult]:
        files = list(files)
        linked = self.workers.map(Articles.link, files, self.day if self.judging else None)
        return {one.file: one for one in self.timer.track("link", linked, len(files))}


def _text_problems(project: Project, style: Style) -> Iterator[Problem]:
    """What `check` says of the texts of all files but comparisons."""
    for page in project.pages.values():
        yield from lint_texts(page, style)
    for subject in project.subjects.values():
        yield from lint_fields(subject.document, subject.entry, style)
    for id, factor in project.factors.items():
        yield from lint_fields(factor.document, factor.entry, style, (id,))
    if project.settings:
        yield from lint_fields(project.settings.document, project.settings.entry, style)


def _turns(linked: Mapping[str, LinkResult]) -> frozenset[date]:
    """The days that these asked about, whether they are past."""
    asked = (question for one in linked.values() for question in one.questions)
    return frozenset(question[1] for question in asked if question[0] == Index.is_past.__name__)


def _by_path(reads: Mapping[str, ReadResult], linked: Mapping[str, LinkResult]) -> dict[str, tuple[Problem, ...]]:
    found = {file: read.problems for file, read in reads.items()}
    return found | {file: found.get(file, ()) + one.problems for file, one in linked.items()}


def _unchanged(files: Collection[str], index: Index, record: BuildRecord) -> Collection[str]:
    """Which of these comparisons need not be linked again: this index would answer the same, and
    nothing was wrong with them, as to guess what was meant more is looked at than is asked for.
    """
    last, warnings = record.result, record.baseline.warnings
    if last is None:
        return ()
    asked = {file: some for file, some in record.asked.items() if file in files and not warnings.get(file)}
    # Equal questions are nearly all one object.
    questions = {id(one): one for some in asked.values() for one in some}.values()
    otherwise = changed_answers(questions, last.index, index)
    if not otherwise:
        return asked.keys()
    return {file for file, some in asked.items() if otherwise.isdisjoint(some)}
