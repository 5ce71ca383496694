"""Makes feeds: what they show of comparisons is kept from one build to the next, or made where the comparison is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tiebreak.build.articles import Articles
from tiebreak.build.load import LoadedSite
from tiebreak.build.state import BuildResult, ruling_of
from tiebreak.build.workers import Workers
from tiebreak.model import Listing
from tiebreak.pages import RULING, Output, feeds_of
from tiebreak.storage import Artifact, Cache, Stage
from tiebreak.theme import Renderer

Texts = dict[bytes, str]  # what feeds show of a comparison, by the key of that


@dataclass(frozen=True)
class Feeds:
    """Makes the feeds of one site; `digests` are those of the comparisons, by file."""

    renderer: Renderer
    digests: Mapping[str, bytes]
    workers: Workers[Articles]
    cache: Cache

    def made(self, outputs: Iterable[Output], keys: Mapping[str, bytes], stage: Stage) -> Iterator[Artifact]:
        """The feeds among these outputs; `keys` are those of what lies in the output folder. Raises SiteError when a
        template fails.
        """
        keyed = [(output, self._key(output)) for output in outputs if output.whole]
        stale = [(output, key) for output, key in keyed if key != keys.get(output.output_path)]
        yield from (Artifact(output.output_path, key) for output, key in keyed if key == keys.get(output.output_path))
        rulings = self._rulings([output for output, _ in stale])
        for output, key in stale:
            shown = {one.slug: rulings[self._ruling_key(one)] for one in output.whole}
            filled = replace(output, context={**output.context, "rulings": shown})
            yield stage.put(output.output_path, key, self.renderer.page(filled))

    def _key(self, output: Output) -> bytes:
        rulings = [ruling_of(self.digests[one.origin]) for one in output.whole]
        shown = (dict(output.context), self.renderer.template_key(RULING), rulings)
        return self.renderer.page_key(output.output_path, output.template, shown)

    def _ruling_key(self, listing: Listing) -> bytes:
        return self.renderer.page_key("feed.xml", RULING, ruling_of(self.digests[listing.origin]))

    def _rulings(self, feeds: Sequence[Output]) -> Texts:
        """What these feeds show of their comparisons: what is kept of the last build, feed by feed, or is made anew."""
        shown = {_folder(feed): [(one.origin, self._ruling_key(one)) for one in feed.whole] for feed in feeds}
        found: Texts = {}
        for folder in shown:
            found |= self.cache.get("rulings", folder) or {}
        missing = {origin: key for pairs in shown.values() for origin, key in pairs if key not in found}
        found |= self.workers.map(Articles.rulings, missing)
        for folder, pairs in shown.items():
            self.cache.set({key: found[key] for _, key in pairs}, "rulings", folder)
        return found


def _folder(feed: Output) -> str:
    """Where a feed lies, in each of its formats."""
    return feed.output_path.rpartition("/")[0]


def stale_feeds(loaded: LoadedSite, before: BuildResult) -> Iterator[Output]:
    """The feeds that show more than their arguments of comparisons which were linked again, on the site of the last
    build.
    """
    then = before.digests  # of a draft, there may be none
    ruled = {file for file in loaded.relinked if ruling_of(loaded.digests[file]) != ruling_of(then.get(file, b""))}
    feeds = feeds_of(before.site, before.theme.messages) if ruled else ()
    return (feed for feed in feeds if any(one.origin in ruled for one in feed.whole))
