"""What a build makes of the finished files of a site: the search index, and compressed forms of files."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tiebreak.build.articles import Articles
from tiebreak.build.state import BuildResult
from tiebreak.build.timing import Timer
from tiebreak.build.workers import Workers
from tiebreak.pages import search
from tiebreak.storage import Artifact, Stage, compression


@dataclass(frozen=True)
class Made:
    """What a build has made so far; where it is `partial`, the artifacts are not all files of the site."""

    artifacts: Sequence[Artifact]
    result: BuildResult
    partial: bool


def with_index(made: Made, lost: Collection[str], stage: Stage, timer: Timer) -> Made:
    """The same with the search index that the site wants, made anew where its pages are others. `lost` is what lies in
    the output folder no longer as the last build left it.
    """
    result = made.result
    if not result.theme.search or not (key := search.due(result.keys, lost)):
        return made
    with timer("search"):
        index = search.index(result.keys, stage.read)
        artifacts, result = result.with_index(
            made.artifacts, [stage.put(output_path, key, index[output_path]) for output_path in index]
        )
    return Made(artifacts, result, partial=False)


@dataclass(frozen=True)
class Compressor:
    """Compresses what the last build, whose keys are in `before`, has not left compressed in the output folder."""

    workers: Workers[Articles]
    stage: Stage
    before: Mapping[str, bytes]
    lost: Collection[str]

    def with_forms(self, made: Made) -> Made:
        """The same with the compressed forms of all texts."""
        own = {path: key for path, key in made.result.keys.items() if not compression.is_form(key)}
        artifacts = [one for one in made.artifacts if not compression.is_form(one.key)]
        stale = self._stale(artifacts, own)
        kept = {
            form: compression.key_of_form(own[path])
            for path in own.keys() - stale
            for form in compression.forms(path)
            if form not in own and compression.is_form(self.before.get(form, b""))
        }
        work = {path: (own[path], own.keys() & compression.forms(path)) for path in sorted(stale)}
        new = list(self.workers.map(Articles.compress, work, self.stage))
        keys = dict(sorted({**own, **kept, **{one.output_path: one.key for one in new}}.items()))
        partial = made.partial and not any(compression.is_form(self.before[path]) for path in self.before.keys() - keys)
        found = {one.output_path: one for one in (*artifacts, *new)}
        if not partial:
            found = {path: found.get(path) or Artifact(path, key) for path, key in keys.items()}
        return Made(list(found.values()), replace(made.result, keys=keys), partial)

    def _stale(self, artifacts: Iterable[Artifact], own: Mapping[str, bytes]) -> set[str]:
        """The files that have to be compressed, or compressed again."""
        changed = {one.output_path for one in artifacts if one.staged or one.output_path not in self.before}
        return {path for path in {*changed, *self._lost()} if path in own and compression.is_text(path)}

    def _lost(self) -> Iterator[str]:
        """The files that are lost, or of which a compressed form is."""
        for path in self.lost:
            yield path.rpartition(".")[0] if compression.is_form(self.before.get(path, b"")) else path
