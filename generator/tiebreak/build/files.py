"""Makes the files of a site that are no pages of comparisons: feeds, of what others keep or make anew, and the rest."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tiebreak.build.articles import Articles
from tiebreak.build.state import ruling_of
from tiebreak.build.workers import Workers
from tiebreak.media import attachments
from tiebreak.model import Listing, digest_of
from tiebreak.pages import RULING, Output, collisions
from tiebreak.problems import SiteError
from tiebreak.storage import Artifact, Cache, Stage, folders
from tiebreak.theme import Renderer

Texts = dict[bytes, str]  # what feeds show of a comparison, by the key of that


@dataclass(frozen=True)
class Files:
    """Makes the files of one site. `digests` are those of the comparisons, by file, and `keys` those of what lies in
    the output folder, by output path.
    """

    project: Path
    renderer: Renderer
    digests: Mapping[str, bytes]
    keys: Mapping[str, bytes]
    stage: Stage

    def feeds(self, outputs: Iterable[Output], workers: Workers[Articles], cache: Cache) -> Iterator[Artifact]:
        """Those that show more of comparisons than their cards have, which the processes make that have them. Raises
        SiteError when a template fails.
        """
        keyed = [(output, self._key(output)) for output in outputs if output.whole]
        stale = [(output, key) for output, key in keyed if key != self.keys.get(output.output_path)]
        yield from (Artifact(one.output_path, key) for one, key in keyed if key == self.keys.get(one.output_path))
        rulings = self._rulings([output for output, _ in stale], workers, cache)
        for output, key in stale:
            shown = {one.slug: rulings[self._ruling_key(one)] for one in output.whole}
            filled = replace(output, context={**output.context, "rulings": shown})
            yield self.stage.put(output.output_path, key, self.renderer.page(filled))

    def others(self, outputs: Iterable[Output]) -> Iterator[Artifact]:
        """Those that this process makes by itself. Raises SiteError for aliases of places where somebody else's files
        lie.
        """
        foreign: list[Output] = []
        for output in outputs:
            if output.whole:
                continue
            data = self._copied(output) if output.copy else output.data
            key = digest_of(data) if data else self._key(output)
            if key == self.keys.get(output.output_path):
                yield Artifact(output.output_path, key)
                continue
            data = data or self.renderer.page(output)
            one = self.stage.put(output.output_path, key, data)
            if one.staged and collisions.is_alias(output) and self._is_foreign(output, data):
                foreign.append(output)
            yield one
        if foreign:
            raise SiteError(collisions.with_foreign(self.project, foreign))

    def _key(self, output: Output) -> bytes:
        shown = (dict(output.context), [self._ruling_key(one) for one in output.whole])
        return self.renderer.page_key(output.output_path, output.template, shown)

    def _ruling_key(self, listing: Listing) -> bytes:
        """By what a feed shows of a comparison, which is all but its argument."""
        return self.renderer.page_key("feed.xml", RULING, ruling_of(self.digests[listing.origin]))

    def _rulings(self, feeds: Sequence[Output], workers: Workers[Articles], cache: Cache) -> Texts:
        """What these feeds show of their comparisons: what is kept of the last build, feed by feed, or is made anew."""
        shown = {_folder(feed): [(one.origin, self._ruling_key(one)) for one in feed.whole] for feed in feeds}
        found: Texts = {}
        for folder in shown:
            found |= cache.get("rulings", folder) or {}
        missing = {origin: key for pairs in shown.values() for origin, key in pairs if key not in found}
        found |= workers.map(Articles.rulings, missing)
        for folder, pairs in shown.items():
            cache.set({key: found[key] for _, key in pairs}, "rulings", folder)
        return found

    def _copied(self, output: Output) -> bytes:
        """The bytes of a file of the project or the theme; an author's are judged as they are now."""
        data = folders.read_bytes(self.project, output.copy)
        return attachments.published(output.origin, data) if output.origin.startswith("content/") else data

    def _is_foreign(self, output: Output, data: bytes) -> bool:
        return self.stage.is_foreign(output.output_path, collisions.head_of(data))


def _folder(feed: Output) -> str:
    """Where a feed lies, in each of its formats."""
    return feed.output_path.rpartition("/")[0]
