"""The steps of a build: find what changed, plan, render, publish, remember.

Nothing is written before everything is right.
"""

import os
from collections.abc import Collection, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from tiebreak.build.detect import Changes, changes
from tiebreak.build.state import Baseline, BuildRecord, BuildResult, RecordStore, unchanging
from tiebreak.build.timing import Progress, Timer
from tiebreak.problems import Problem, SiteError, errors, flat, graded, in_order
from tiebreak.storage import (
    Cache,
    Notify,
    Snapshot,
    Stage,
    Tree,
    folders,
    name_of,
    nofollow,
    publish,
    snapshot,
    staging,
)

if TYPE_CHECKING:  # what reads and renders is imported when there is something to make: it takes 0.2 s
    from tiebreak.build.derived import Made
    from tiebreak.build.plan import Plan, Planner
    from tiebreak.rules import recheck


@dataclass(frozen=True)
class Options:
    """What a build is asked to do. Paths are absolute or relative to the working directory."""

    project: Path
    output: Path | None = None  # `site/` in the project
    base_url: str | None = None
    host: str | None = None  # the one in the settings; empty for none
    drafts: bool = False
    future: bool = False  # publish what has not appeared yet
    today: date | None = None  # the day of the build; by default the system's, when it begins
    jobs: int | None = None  # one a core
    fresh: bool = False
    strict: bool = False
    why: bool = False  # find out what made each file change
    compress: bool = False  # beside each text, what its host may send in its place
    lasting_names: bool = False  # stylesheets keep their names when they change
    search: bool = True  # make the index that the settings ask for
    state: Path | None = None  # the folder that is the builds' own; `.tiebreak/` in the project
    cache: Path | None = None  # where files are remembered that were read; `state`, with the record of the build itself
    progress: Progress | None = None
    notify: Notify | None = None  # takes what people should know beside the problems


@dataclass(frozen=True)
class Report:
    """What a build did: every path of the site, what changed among them, the warnings, and each phase's seconds."""

    output: Path
    paths: tuple[str, ...]
    done: Mapping[str, str]
    problems: tuple[Problem, ...]
    seconds: Mapping[str, float] = field(default_factory=dict)
    causes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by output path, when they were asked for


def build(options: Options) -> Report:
    """Build the project into its output folder.

    Raises SiteError, with every problem, before anything is written.
    """
    with closing(Builder(options)) as builder:
        return builder.build()


def check(options: Options, today: date | None = None) -> tuple[Problem, ...]:
    """Every problem of every file, drafts included, and of what the templates make of them, on the day of the options
    or on another.
    """
    options = replace(options, drafts=True, future=True, today=today or options.today)
    with closing(Builder(options, lasting=False)) as builder:
        return builder.check()


def record(options: Options) -> tuple[str, ...]:
    """Record in `content/changes/` what each published comparison says now; returns the files that were written.

    Raises SiteError as `build` does.
    """
    with closing(Builder(options, lasting=False)) as builder:
        return builder.record()


def due(options: Options) -> "recheck.Queue":
    """The facts to check again: first what is most likely to be wrong by now, where it matters most."""
    with closing(Builder(options, lasting=False)) as builder:
        return builder.due()


class Builder:
    """Builds one project, once or again and again; what one build has learnt, the next need not find out."""

    def __init__(self, options: Options, *, lasting: bool = True) -> None:
        """One that is not `lasting` leaves no notes in the project."""
        self.options = options
        self.output = options.output or options.project / "site"
        self._state = options.state or options.project / ".tiebreak"
        self._cache = Cache(options.cache or self._state, lasting=lasting)
        kind = (
            name_of(self.output, self._state),
            options.base_url,
            options.host,
            options.drafts,
            options.future,
            options.lasting_names,
            options.compress,
        )
        self._made_planner: Planner | None = None
        self._store = RecordStore(Cache(None) if options.cache else self._cache, *kind)

    def build(self, saved: Collection[str] | None = None) -> Report:
        """Raises SiteError, with every problem, before anything is written; for warnings too, with `strict`.

        `saved` are the only files that can have changed since this builder's last build, where that is known.
        """
        timer, today, future = Timer(self.options.progress), self.today, self.options.future
        with staging(self._state, self.output, fresh=self.options.fresh, notify=self.options.notify) as stage:
            with timer("look"):
                last = None if self.options.fresh else self._store.load(stage)
                now = changes(self.options.project, self.output, last, saved)
            if last and not now.changed and not now.lost and last.baseline.is_current(today):
                return self._report(last.baseline, {}, timer)
            with timer("remember"):
                before = last.result if last else None
            changed = now.changed if before else now.inputs.paths
            plan = self._planner.plan(now.inputs, changed, last, timer, today, future=future)
            problems = {**(last.baseline.still_warned(now.inputs) if last else {}), **plan.told(self.options.project)}
            self._refuse(problems, plan.loaded.rules)
            made = self._make(plan, before, now, stage, timer)
            with timer("publish"):
                done = publish(made.artifacts, stage, partial=made.partial, notify=self.options.notify)
            with timer("remember"):
                baseline = self._baseline(now, last, made, stage, problems, today)
                self._store.save(baseline, made.result, lasting=saved is None)
        report = self._report(baseline, done, timer)
        if self.options.why:
            report = replace(report, causes=self._causes(done, before, made.result, now))
        return report

    def _make(self, plan: "Plan", before: BuildResult | None, now: Changes, stage: Stage, timer: Timer) -> "Made":
        """Stage every file that the output folder has not."""
        from tiebreak.build.derived import Compressor, Made, with_index  # as the rest of what makes pages
        from tiebreak.hosts import takes_compressed

        rendering = self._planner.render(plan, before, now.lost, stage)
        artifacts = list(timer.track("render", rendering, len(now.inputs.paths)))
        made = Made(artifacts, plan.result(artifacts, before), plan.is_partial)
        made = with_index(made, now.lost, stage, timer)
        if self.options.compress and takes_compressed(made.result.site.settings.host):
            with timer("compress"):
                keys = before.keys if before else {}
                made = Compressor(self._planner.workers, stage, keys, now.lost).with_forms(made)
        return made

    def _causes(
        self, done: Mapping[str, str], before: BuildResult | None, result: BuildResult, now: Changes
    ) -> Mapping[str, tuple[str, ...]]:
        from tiebreak.build.explain import Sources, causes

        written = [output_path for output_path, what in done.items() if what != "removed"]
        sources = Sources(now.changed, self._store.last.asked if self._store.last else {})
        return causes(written, before, result, lost=now.lost, sources=sources)

    def check(self) -> tuple[Problem, ...]:
        """Every problem, whatever its severity; nothing is written."""
        inputs = snapshot.scan(self.options.project, folders.INPUTS)
        return self._planner.check(inputs, self.today, Timer(self.options.progress))

    def record(self) -> tuple[str, ...]:
        """Write the records of all published comparisons that differ from what is recorded."""
        inputs, root = snapshot.scan(self.options.project, folders.INPUTS), self.options.project
        tree, made = Tree(root), self._planner.records(inputs, self.today, future=self.options.future)
        files = {file: data for file, data in made if tree.read(file) != data}
        in_place = (nofollow.problem_at(root, file) for file in files if (root / file).is_dir())
        if problems := list(filter(None, in_place)):
            raise SiteError(problems)
        for file in files:
            tree.make(file.rpartition("/")[0])
            tree.replace(file, files[file])
        return tuple(sorted(files))

    def due(self) -> "recheck.Queue":
        """What to check again, in order; nothing is written."""
        inputs = snapshot.scan(self.options.project, folders.INPUTS)
        return self._planner.due(inputs, self.today, Timer(self.options.progress))

    @property
    def today(self) -> date:
        """The day of the build: the one place that asks the system for it."""
        return self.options.today or date.today()

    def close(self) -> None:
        if self._made_planner:
            self._made_planner.workers.close()
        self._cache.close()

    @property
    def _planner(self) -> "Planner":
        """Made when there is something to plan, as that takes long to import."""
        if self._made_planner:
            return self._made_planner
        from tiebreak.build.articles import Articles
        from tiebreak.build.plan import Planner
        from tiebreak.build.workers import Workers

        options = self.options
        workers = Workers(Articles(options.project, self._cache), options.jobs or os.cpu_count() or 1)
        given = (
            options.drafts,
            options.base_url,
            options.host,
            options.compress,
            options.lasting_names,
            options.search,
        )
        self._made_planner = Planner(options.project, self._cache, workers, *given)
        return self._made_planner

    def _refuse(self, problems: Mapping[str, tuple[Problem, ...]], rules: Mapping[str, str]) -> tuple[Problem, ...]:
        """The problems as the settings grade them. Raises SiteError if one of them stops a build."""
        found = in_order(graded(flat(problems), rules))
        if errors(found) or (self.options.strict and found):
            raise SiteError(found)
        return found

    def _baseline(
        self,
        now: Changes,
        last: BuildRecord | None,
        made: "Made",
        stage: Stage,
        problems: Mapping[str, tuple[Problem, ...]],
        today: date,
    ) -> Baseline:
        """What the next build compares with. Outputs have the stamps that they had when this build wrote them: so an
        edit that somebody else makes meanwhile is found.
        """
        artifacts, result = made.artifacts, made.result
        ours = snapshot.moved(self.output, {one.output_path: one.stamp for one in artifacts if one.stamp})
        stamps = now.outputs.by_path() | ours.by_path()
        output_paths = tuple(result.keys)
        outputs = Snapshot(output_paths, b"".join(stamps[output_path] for output_path in output_paths), ours.taken)
        digests = {
            **(last.baseline.racy_digests if last else {}),
            **{one.output_path: one.digest for one in artifacts if one.digest},
        }
        racy_digests = {output_path: digests[output_path] for output_path in outputs.racy() if output_path in digests}
        warnings = {file: some for file, some in problems.items() if some}
        entries, drafts = result.index.entries.items(), result.index.drafts
        appears = {file: one.published for file, one in entries if one.published and (drafts or not one.draft)}
        held = {file: appears[file] for file in sorted(result.index.held)}
        news = set() if self.options.future else set(appears.values())
        days = unchanging(today, news | {day + timedelta(days=1) for day in result.turns})
        rules = result.site.settings.rules
        return Baseline(now.inputs, outputs, racy_digests, stage.manifest_stamp(), warnings, rules, held, days)

    def _report(self, baseline: Baseline, done: Mapping[str, str], timer: Timer) -> Report:
        problems = self._refuse(baseline.warnings, baseline.rules)
        if notify := self.options.notify:
            for file, day in baseline.held.items():
                notify(f"{file} is held back until {day}, when it is published; --future shows it")
        return Report(self.output, baseline.outputs.paths, done, problems, timer.seconds)
