"""From files to a site: what has to be read and linked again since the last build, and what stands."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tiebreak.build.articles import Articles, Read, Ruled
from tiebreak.build.state import Record, Result
from tiebreak.build.timing import Phases
from tiebreak.build.workers import Workers
from tiebreak.content import Project, open_project, read_project
from tiebreak.linking import (
    Index,
    IndexEntry,
    Questions,
    answered_otherwise,
    build_index,
    build_site,
    once_each,
    orphans,
)
from tiebreak.model import Listing, Site
from tiebreak.problems import Problem
from tiebreak.storage import Cache, Snapshot, folders, snapshot


@dataclass(frozen=True)
class Survey:
    """A site, with what is wrong and weak in the files that were looked at again.

    `project` is there when more has changed than the insides of comparisons; `site` is None when it cannot be made, and
    the last build's own where nothing that it has is another.
    """

    index: Index
    site: Site | None
    allow_html: bool
    rulings: Mapping[str, bytes]  # the digest of each comparison, by the path of its file
    asked: Mapping[str, Questions]  # of the index, by the comparisons that were linked again
    relinked: Collection[str]  # paths of comparisons
    problems: Mapping[str, tuple[Problem, ...]]  # by the path of the comparison, those of all else under ""
    project: Project | None


def survey_once(root: Path, *, drafts: bool = False) -> Survey:
    """The survey of a project that was never surveyed."""
    cache = Cache(None)
    inputs = snapshot.scan(root, {"content": folders.is_hidden})
    surveyor = Surveyor(root, Workers(Articles(root, cache), jobs=1), cache, Phases(), drafts)
    return surveyor.survey(inputs, inputs.paths, None)


@dataclass(frozen=True)
class Surveyor:
    """Surveys one project. `inputs` are its files now; `changed` those that may differ from the ones of `last`."""

    root: Path
    workers: Workers[Articles]
    cache: Cache
    phases: Phases
    drafts: bool
    base_url: str | None = None
    today: date | None = None

    def survey(self, inputs: Snapshot, changed: Collection[str], record: Record | None) -> Survey:
        """Read what has changed. As long as nobody else can see the change, nobody else is looked at.

        Others see the outline of a comparison when they are linked, and its listing when pages are made.
        """
        last = record.result if record else None
        known = last.index.entries if last else {}
        present = set(inputs.paths)
        changed = frozenset(changed)
        insides = {path for path in changed if path in known and path in present}
        if last and len(insides) == len(changed):
            reads = self._told(self.workers.each(Articles.read, sorted(insides), last.allow_html), len(insides))
            if all(reads[path].entry == known[path] for path in insides):
                self.workers.tell(Articles.set_index, last.index)
                return self._of_insides(reads, self._rule(reads), last)
        return self._of_everything(inputs, changed, record if last else None)

    def _of_insides(self, reads: Mapping[str, Read], ruled: Mapping[str, Ruled], last: Result) -> Survey:
        news = {one.listing.slug: one.listing for one in ruled.values() if one.listing}
        by_slug = last.site.by_slug
        seen = any(slug in by_slug and by_slug[slug] != listing for slug, listing in news.items())
        listings = tuple(news.get(one.slug, one) for one in last.site.comparisons) if seen else ()
        return Survey(
            index=last.index,
            site=replace(last.site, comparisons=listings) if seen else last.site,
            allow_html=last.allow_html,
            rulings={**last.rulings, **{path: one.digest for path, one in ruled.items()}},
            asked=once_each({path: one.questions for path, one in ruled.items()}),
            relinked=set(ruled),
            problems=_by_path(reads, ruled),
            project=None,
        )

    def _of_everything(self, inputs: Snapshot, changed: Collection[str], record: Record | None) -> Survey:
        last = record.result if record else None
        project, reads, entries = self._read(inputs, changed, last)
        with self.phases("link"):
            index, problems = build_index(project, entries, drafts=self.drafts)
            is_like_last = last is not None and last.allow_html == project.allow_html
            standing = _standing(entries.keys() - reads.keys(), index, record) if record and is_like_last else ()
        self.workers.tell(Articles.set_index, index)
        ruled = self._rule(path for path in entries if path not in standing)
        with self.phases("link"):
            listings = [one.listing for one in ruled.values() if one.listing]
            rulings = {path: one.digest for path, one in ruled.items()}
            if last:
                listings += [one for one in last.site.comparisons if one.origin in standing]
                rulings |= {path: last.rulings[path] for path in standing}
            site, more = self._site(project, index, listings)
            if last and site == last.site and not any(file.origin in changed for file in last.site.files):
                site = last.site
        general = (*project.problems, *problems, *more, *(orphans(project, index, site) if site else ()))
        return Survey(
            index=index,
            site=site,
            allow_html=project.allow_html,
            rulings=rulings,
            asked=once_each({path: one.questions for path, one in ruled.items()}),
            relinked=set(ruled),
            problems={**_by_path(reads, ruled), "": general},
            project=project,
        )

    def _read(
        self, inputs: Snapshot, changed: Collection[str], last: Result | None
    ) -> tuple[Project, Mapping[str, Read], Mapping[str, IndexEntry]]:
        """The project, the comparisons of it that had to be read, and every one that could be read as others see it."""
        with self.phases("read"):
            project = open_project(self.root, inputs)
        known = last.index.entries if last and last.allow_html == project.allow_html else {}
        unread = [path for path in project.comparisons if path in changed or path not in known]
        reading = self.workers.each(Articles.read, unread, project.allow_html)
        with self.phases("read"):
            read_project(project, self.cache)
        reads = self._told(reading, len(unread))
        entries = {path: reads[path].entry if path in reads else known[path] for path in project.comparisons}
        project.broken |= {path for path, entry in entries.items() if entry is None}
        return project, reads, {path: entry for path, entry in entries.items() if entry is not None}

    def _site(self, project: Project, index: Index, listings: Iterable[Listing]) -> tuple[Site | None, list[Problem]]:
        """The site of what is published of these."""
        shown = (one for one in listings if self.drafts or not index.entries[one.origin].draft)
        site, problems = build_site(project, index, shown)
        if site and self.base_url:
            site = replace(site, settings=replace(site.settings, base_url=self.base_url))
        return site, problems

    def without_drafts(self, survey: Survey) -> list[Problem]:
        """What would be wrong with the site if its drafts were not published."""
        if survey.project is None:
            return []
        index, problems = build_index(survey.project, survey.index.entries, drafts=False)
        self.workers.tell(Articles.set_index, index)
        ruled = self._rule(index.entries)
        _, more = build_site(survey.project, index, ())
        return [*problems, *more, *(problem for one in ruled.values() for problem in one.problems)]

    def _told(self, reads: Iterable[Read], total: int) -> Mapping[str, Read]:
        return {read.path: read for read in self.phases.told("read", reads, total)}

    def _rule(self, paths: Iterable[str]) -> Mapping[str, Ruled]:
        paths = list(paths)
        ruled = self.workers.each(Articles.link, paths, self.today)
        return {one.path: one for one in self.phases.told("link", ruled, len(paths))}


def _by_path(reads: Mapping[str, Read], ruled: Mapping[str, Ruled]) -> dict[str, tuple[Problem, ...]]:
    found = {path: read.problems for path, read in reads.items()}
    return found | {path: found.get(path, ()) + one.problems for path, one in ruled.items()}


def _standing(paths: Collection[str], index: Index, record: Record) -> Collection[str]:
    """Which of these comparisons need not be linked again: this index would answer the same, and
    nothing was wrong with them, as to guess what was meant more is looked at than is asked for.
    """
    last, warnings = record.result, record.sight.warnings
    if last is None:
        return ()
    asked = {path: some for path, some in record.asked.items() if path in paths and not warnings.get(path)}
    questions = {
        id(one): one for some in asked.values() for one in some
    }.values()  # equal ones are nearly all one object
    otherwise = answered_otherwise(questions, last.index, index)
    return {path for path, some in asked.items() if otherwise.isdisjoint(some)}
