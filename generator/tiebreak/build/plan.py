"""What a build has to make: the plan of a site, and each file of it that the output folder does not have."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from tiebreak.build.articles import Articles
from tiebreak.build.feeds import Feeds, stale_feeds
from tiebreak.build.hosting import for_host
from tiebreak.build.load import LoadedSite, SiteLoader
from tiebreak.build.outputs import made_of_site
from tiebreak.build.state import THEME, BuildRecord, BuildResult
from tiebreak.build.timing import Timer
from tiebreak.build.workers import Workers, in_turns
from tiebreak.content import SETTINGS
from tiebreak.model import Listing, Site
from tiebreak.pages import (
    COMPARISON,
    PAGE,
    RULING,
    SCHEMA,
    Output,
    affected_by,
    collisions,
    messages,
    output_paths,
    outputs_of,
    page_output_path,
    renditions,
    search,
)
from tiebreak.problems import Problem, SiteError, errors, flat, graded, in_order
from tiebreak.rules import comments_in, of_ignores, recheck, without_ignored
from tiebreak.storage import Artifact, Cache, Discard, Snapshot, Stage, Tree
from tiebreak.theme import Reach, Renderer, Stylesheets, Templates, Theme, assets, checks, colors, dependencies, fonts
from tiebreak.twins import schema


@dataclass(frozen=True)
class Plan:
    """A site that can be built. `outputs` are all but what is made of comparisons. They are left out of a partial plan:
    since the last build, nothing has changed that any file shows but those that are made of comparisons.
    """

    loaded: LoadedSite
    renderer: Renderer
    problems: Mapping[str, tuple[Problem, ...]]
    names: tuple[str, ...]  # of the files to be made of each comparison
    outputs: Sequence[Output] = ()
    is_partial: bool = False

    def told(self, project: Path) -> Mapping[str, tuple[Problem, ...]]:
        """The problems but for those that a comment hides."""
        return {file: without_ignored(project, some) for file, some in self.problems.items()}

    def result(self, artifacts: Iterable[Artifact], before: BuildResult | None) -> BuildResult:
        """What is to be remembered of the site when it is made."""
        loaded, renderer = self.loaded, self.renderer
        keys = {one.output_path: one.key for one in artifacts}
        keys = {**before.keys, **keys} if before and self.is_partial else dict(sorted(keys.items()))
        return BuildResult(
            index=loaded.index,
            site=renderer.site,
            dialect=loaded.dialect,
            theme=renderer.templates.theme,
            reaches=renderer.templates.reaches,
            digests=loaded.digests,
            asked={**(before.asked if before else {}), **loaded.asked},
            turns=loaded.turns,
            keys=keys,
        )


@dataclass
class Planner:
    """Makes the site of one project, in one process or several."""

    project: Path
    cache: Cache
    workers: Workers[Articles]
    drafts: bool = False
    base_url: str | None = None
    host: str | None = None
    compress: bool = False
    lasting_names: bool = False
    search: bool = True  # where the settings ask for it
    _renderer: Renderer | None = field(default=None, init=False)  # the last, for what it has compiled

    def plan(
        self,
        inputs: Snapshot,
        changed: Collection[str],
        last: BuildRecord | None,
        timer: Timer,
        day: date | None = None,
        *,
        future: bool = False,
    ) -> Plan:
        """The plan of the site that the files in `inputs` describe, of which those in `changed` may differ from what
        the `last` build made. What appears after `day` is held back, unless the `future` is wanted. Raises SiteError
        when there is no site to be made.
        """
        before = last.result if last else None
        loaded = self._loader(timer, day, future=future).load(inputs, changed, last)
        themed = before is None or any(file.startswith(("templates", "static")) for file in changed)
        if loaded.site is None or not loaded.is_themed:
            found = without_ignored(self.project, [*flat(loaded.problems), *checks.check(self.project)])
            raise SiteError(in_order(graded(found, loaded.rules)))
        with timer("route"):
            return self._plan(loaded, loaded.site, before, themed=themed)

    def _plan(self, loaded: LoadedSite, site: Site, before: BuildResult | None, *, themed: bool) -> Plan:
        """The plan for what was loaded; `themed` says that the theme may have changed."""
        if before and not themed and site is before.site:
            last, known = self._last_renderer(before), self._renderer
            if known and known.site is site and known.templates == last.templates:
                last = known  # which every process has already
            return Plan(loaded, last, loaded.problems, renditions(site.settings), is_partial=True)
        said, wrong, missing = messages.read(self.project, site.settings.language)
        accent = self.cache.memoize("accent", colors.accent)(site.settings.accent)
        files = assets.load(self.project, said, accent, lasting_names=self.lasting_names)
        searched = self.search and site.settings.search
        sheets = Stylesheets(*(f"/{one}" for one in files.stylesheets))
        theme = Theme(sheets, f"/{files.scripts}", said, searched, self._fonts(site))
        outputs = [
            *outputs_of(site, said),
            *(Output(name, copy=file, origin=f"static/{name}") for name, file in files.files.items()),
            *(Output(name, data=data) for name, data in files.generated.items()),
            *([Output(SCHEMA, data=schema())] if site.settings.twins else []),
        ]
        used = {output.template for output in outputs if output.template} | {COMPARISON, RULING}
        if before and not themed and used <= before.reaches.keys():
            reaches = before.reaches
        else:
            reaches = dependencies.reaches(self.project, used)
        problems = dict(loaded.problems)
        if loaded.project:
            wrong += search.check(loaded.project)
            if loaded.project.settings:
                wrong += messages.untranslated(missing, loaded.project.settings.document, site.settings.language)
                wrong += fonts.undrawn(self.project, site, said, loaded.project.settings.document)
            problems[THEME] = (*checks.check(self.project), *wrong, *self._collisions(site, outputs))
        elif not _are_known(outputs, before) and (found := self._collisions(site, outputs)):
            problems[THEME] = tuple(found)
        taken = for_host(self.project, site.settings, outputs, files, search=searched, compressed=self.compress)
        problems[SETTINGS] = taken.problems
        renderer = self._renderer_of(site, theme, reaches)
        others = [output for output in taken.outputs if not output.comparison]
        return Plan(loaded, renderer, problems, renditions(site.settings), others)

    def _fonts(self, site: Site) -> bytes:
        return fonts.digest_of_all(self.project) if site.settings.cards else b""

    def _collisions(self, site: Site, outputs: Sequence[Output]) -> list[Problem]:
        taken = [Output(search.FOLDER.rstrip("/"))] if site.settings.search else []
        return collisions.check(self.project, [*taken, *outputs])

    def render(self, plan: Plan, before: BuildResult | None, lost: Collection[str], stage: Stage) -> Iterator[Artifact]:
        """Every file of the site, or for a partial plan those that may have to be made again; `lost` are those that lie
        in the output folder no longer as they were made.

        Raises SiteError when a template fails.
        """
        site = plan.renderer.site
        keys = {page: key for page, key in before.keys.items() if page not in lost} if before else {}
        stale = self._stale_comparisons(plan, before, keys, lost)
        if not plan.is_partial:
            settled = set(site.listings).difference(stale)
            yield from (Artifact(one, keys[one]) for listing in settled for one in output_paths(listing, plan.names))
        renderer = self._renderer = plan.renderer.adopt(self._renderer)
        self.workers.broadcast(Articles.set_renderer, renderer)
        work = {
            listing.origin: (
                plan.loaded.digests[listing.origin],
                {one: keys.get(one, b"") for one in output_paths(listing, plan.names)},
            )
            for listing in stale
        }
        outputs = self._partial_outputs(plan, before, lost) if before and plan.is_partial else plan.outputs
        yield from Feeds(renderer, plan.loaded.digests, self.workers, self.cache).made(outputs, keys, stage)
        yield from in_turns(
            self.workers.map(Articles.render, work, stage), made_of_site(self.project, renderer, outputs, keys, stage)
        )
        renderer.templates.fragments.keep(site.listings)
        if before and (last := self._last_renderer(before)).templates != renderer.templates:
            last.templates.fragments.forget()
        if before and plan.renderer.templates.theme.search:  # the last search index, until there is another
            yield from (Artifact(page, key) for page, key in before.keys.items() if search.is_part(page))

    def _stale_comparisons(
        self, plan: Plan, before: BuildResult | None, keys: Mapping[str, bytes], lost: Iterable[str]
    ) -> Sequence[Listing]:
        """Comparisons of which a file may have another key than the last build's: all of them when something has
        changed that every such page shows, else those that were linked again, that show others which have changed, or
        of which a file is not in the output folder. `keys` are those of what lies there; `lost` is there no longer.
        """
        site = plan.renderer.site
        if not plan.names:
            return ()
        if before is None or not (plan.is_partial or self._show_the_same(plan.renderer, before)):
            return site.listings
        affected = affected_by(before.site, site) if site is not before.site else ()
        damaged = {output_path.rpartition("/")[0] for output_path in lost}
        return [
            listing
            for listing in site.listings
            if listing.origin in plan.loaded.relinked
            or listing.slug in affected
            or page_output_path(listing) not in keys
            or listing.path.strip("/") in damaged
        ]

    def _show_the_same(self, renderer: Renderer, before: BuildResult) -> bool:
        """Whether what all pages of comparisons show is what they showed before."""
        last = self._last_renderer(before)
        return COMPARISON in before.reaches and last.template_key(COMPARISON) == renderer.template_key(COMPARISON)

    def check(self, inputs: Snapshot, today: date, timer: Timer) -> tuple[Problem, ...]:
        """Every problem, also of what templates make of the content; nothing is written."""
        loader = self._loader(timer, today, future=True, judging=True)
        loaded = loader.load(inputs, inputs.paths, None)
        if loaded.site is None or not loaded.is_themed:
            found = [*flat(loaded.problems), *checks.check(self.project)]
            return self._all(loaded, inputs, [*found, *loader.without_drafts(loaded)])
        plan = self._plan(loaded, loaded.site, None, themed=True)
        problems = flat(plan.problems)
        if not errors(problems):
            try:
                for _ in self.render(self._of_own(plan), None, (), Discard(Tree(Path()), Tree(Path()), None)):
                    pass
            except SiteError as error:
                problems += error.problems
        # What leads to a draft is sound only as long as drafts are published.
        return self._all(loaded, inputs, [*problems, *loader.without_drafts(loaded)])

    def _of_own(self, plan: Plan) -> Plan:
        """The plan without what no template of the project's own has a part in. The built-in theme makes a page of all
        that can be linked, as tests hold: nothing is found by making it.
        """
        own, reaches = dependencies.own_templates(self.project).keys(), plan.renderer.templates.reaches
        spared = {name for name, reach in reaches.items() if own.isdisjoint(reach.sources)}
        outputs = [one for one in plan.outputs if one.template not in spared or (one.whole and RULING not in spared)]
        return replace(plan, outputs=outputs, names=() if COMPARISON in spared else (PAGE,))

    def _all(self, loaded: LoadedSite, inputs: Snapshot, found: Iterable[Problem]) -> tuple[Problem, ...]:
        """Those that are found, as the site grades them, and what is wrong with the comments that hide some."""
        comments = comments_in(self.project, (file for file in inputs.paths if file.startswith("content/")))
        told = [*without_ignored(self.project, found, comments), *of_ignores(comments, found)]
        return in_order(graded(told, loaded.rules))

    def records(self, inputs: Snapshot, today: date, *, future: bool) -> Iterator[tuple[str, bytes]]:
        """The record of each comparison that is published today, by its file. Raises SiteError for any error."""
        loaded = self._loader(Timer(None), today, future=future).load(inputs, inputs.paths, None)
        if loaded.site is None or errors(flat(loaded.problems)):
            raise SiteError(flat(loaded.problems))
        return self.workers.map(Articles.record, [listing.origin for listing in loaded.site.listings], today)

    def due(self, inputs: Snapshot, today: date, timer: Timer) -> recheck.Queue:
        """What to check again, in order. Raises SiteError where there are no settings."""
        loaded = self._loader(timer, today, future=True).load(inputs, inputs.paths, None)
        if loaded.project is None or loaded.site is None:
            raise SiteError(flat(loaded.problems))
        known = sorted(loaded.index.entries.keys() - loaded.index.broken)
        found = list(self.workers.map(Articles.uses, known))
        changed = {page: look.changed for page, look in loaded.project.lock.items() if look.changed}
        return recheck.queue([*recheck.facts(loaded.project, loaded.index), *found], today, changed)

    def _loader(self, timer: Timer, day: date | None, *, future: bool, judging: bool = False) -> SiteLoader:
        given = (self.project, self.workers, self.cache, timer, self.drafts, self.base_url, self.host)
        return SiteLoader(*given, day=day, future=future, judging=judging)

    def _renderer_of(self, site: Site, theme: Theme, reaches: Mapping[str, Reach]) -> Renderer:
        return Renderer(site, Templates(self.project, site.settings, theme, reaches, self.cache))

    def _last_renderer(self, before: BuildResult) -> Renderer:
        return self._renderer_of(before.site, before.theme, before.reaches)

    def _partial_outputs(self, plan: Plan, before: BuildResult, lost: Collection[str]) -> Sequence[Output]:
        """The outputs to be made for a partial plan: feeds that show what changed, and what was deleted or edited."""
        outputs = (*stale_feeds(plan.loaded, before), *self._lost_outputs(plan, lost))
        return tuple({output.output_path: output for output in outputs}.values())

    def _lost_outputs(self, plan: Plan, lost: Collection[str]) -> Sequence[Output]:
        """The outputs that were deleted or edited, though nothing that they show has changed; no comparison's."""
        made = (output_paths(listing, plan.names) for listing in plan.renderer.site.listings)
        if not set(lost).difference(*made):
            return ()
        full = self._plan(plan.loaded, plan.renderer.site, None, themed=True)
        return [output for output in full.outputs if output.output_path in lost]


def _are_known(outputs: Sequence[Output], before: BuildResult | None) -> bool:
    """Whether each has a path of its own that the last build wrote, so that no two of them can collide."""
    paths = {output.output_path for output in outputs}
    return before is not None and len(paths) == len(outputs) and paths <= before.keys.keys()
