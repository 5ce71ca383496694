"""The state that a build saves for the next one: the stamps of files, the linked site, and the keys of its pages."""

import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tiebreak.model import DIGEST, digest_of
from tiebreak.problems import Problem
from tiebreak.storage import Artifact, Cache, Snapshot, Stage, Tree

if TYPE_CHECKING:  # these take long to import, and a build that finds nothing to do needs none of them
    from tiebreak.linking import Index, Questions
    from tiebreak.markdown import Dialect
    from tiebreak.model import Site
    from tiebreak.theme import Reach, Theme


FEW = 1 / 8  # of all comparisons; while fewer were linked again, their questions are kept apart from the others'
THEME = "templates/"  # what stands for the path of a file where what is wrong with the theme is told


@dataclass(frozen=True)
class BuildResult:
    """The result of a build without the bytes of its pages: index, site, theme and keys."""

    index: "Index"
    site: "Site"
    dialect: "Dialect"
    theme: "Theme"
    reaches: "Mapping[str, Reach]"
    digests: Mapping[str, bytes]  # those of each comparison, by its file
    asked: "Mapping[str, Questions]"  # by comparisons that were linked again lately
    keys: Mapping[str, bytes]  # of each file of the site, by its output path
    turns: frozenset[date] = frozenset()  # last days on which cells are fresh

    def with_index(
        self, artifacts: Iterable[Artifact], index: Iterable[Artifact]
    ) -> "tuple[list[Artifact], BuildResult]":
        """Every file of the same site with another search index, and its result; `artifacts` are those just made."""
        from tiebreak.pages import search

        files = {output_path: Artifact(output_path, key) for output_path, key in self.keys.items()} | {
            one.output_path: one for one in artifacts
        }
        pages = [one for output_path, one in sorted(files.items()) if not search.is_part(output_path)]
        whole = [*pages, *index]
        return whole, replace(self, keys={one.output_path: one.key for one in whole})


def ruling_of(digests: bytes) -> bytes:
    """Of the digests of a comparison, that of all but its argument."""
    return digests[:DIGEST]


@dataclass(frozen=True)
class Baseline:
    """What the next build compares with to see whether anything has changed, and the warnings to repeat if nothing
    has.
    """

    inputs: Snapshot
    outputs: Snapshot  # the files of the site, in the order in which they are reported
    racy_digests: Mapping[str, bytes]  # outputs whose stamps cannot be trusted yet: the digests of their bytes
    manifest: bytes  # the stamp of the list of files that were written
    warnings: Mapping[str, tuple[Problem, ...]]  # by the file of the comparison; else under THEME or ""
    rules: Mapping[str, str] = field(default_factory=dict)  # the severities that the site gives them
    held: Mapping[str, date] = field(default_factory=dict)  # comparisons that wait for their day, by file
    days: tuple[date, date] = (
        date.min,
        date.max,
    )  # from the first to the day before the second, the same comparisons have appeared and the same cells are stale

    def is_current(self, day: date) -> bool:
        """Whether on this day the site is the same as on that of the build, as long as no file changes."""
        return self.days[0] <= day < self.days[1]

    def still_warned(self, inputs: Snapshot) -> Mapping[str, tuple[Problem, ...]]:
        """The warnings, without those of comparisons whose files are gone."""
        present = {"", THEME, *inputs.paths} if self.warnings else ()
        return {file: some for file, some in self.warnings.items() if file in present}

    def lost(self, output: Path, now: Snapshot) -> set[str]:
        """The output paths whose files were deleted or edited since they were written."""
        suspects = self.outputs.changed(now) | now.missing()
        return {output_path for output_path in suspects if not self._is_settled(output, output_path)}

    def _is_settled(self, output: Path, output_path: str) -> bool:
        try:
            data = Tree(output).read(output_path) if output_path in self.racy_digests else None
        except OSError:
            return False
        return data is not None and digest_of(data) == self.racy_digests[output_path]


def unchanging(today: date, news: Collection[date]) -> tuple[date, date]:
    """The last of the days on which something is another that is not after today, and the first that is."""
    past, ahead = (day for day in news if day <= today), (day for day in news if day > today)
    return max(past, default=date.min), min(ahead, default=date.max)


@dataclass
class BuildRecord:
    """A baseline, and the result and questions of the same build, which are loaded only when they are asked for."""

    baseline: Baseline
    _cache: Cache
    _tokens: Mapping[str, bytes]
    _result: BuildResult | None = None
    _asked: "Mapping[str, Questions] | None" = None
    lasting: bool = True  # false in a live preview, whose builds are not written to the cache

    @property
    def result(self) -> BuildResult | None:
        """None when the cache no longer has it."""
        if self._result is None:
            index, site, rest = (self._cache.get(part, self._tokens[part]) for part in ("index", "site", "rest"))
            if index is not None and site is not None and rest is not None:
                self._result = BuildResult(index=index, site=site, **rest)
        return self._result

    @property
    def asked(self) -> "Mapping[str, Questions]":
        """The questions that each comparison asked of the index when it was linked, by its file.

        Comparisons whose questions the cache no longer has are left out.
        """
        if self._asked is None:
            self._asked = self._cache.get("asked", self._tokens["asked"]) or {}
        return {**self._asked, **(self.result.asked if self.result else {})}


class RecordStore:
    """Loads and saves the record of builds with one output folder and one set of options."""

    def __init__(self, cache: Cache, *kind: object) -> None:
        self._cache = cache
        self._kind = ("record", *kind)
        self.last: BuildRecord | None = None

    def load(self, stage: Stage) -> BuildRecord | None:
        """The record of the last build; None when another build has started since then and did not finish."""
        if self.last is None and (found := self._cache.get(*self._kind)):
            baseline, tokens = found
            self.last = BuildRecord(baseline, self._cache, tokens)
        return self.last if self.last and self.last.baseline.manifest == stage.manifest_stamp() else None

    def save(self, baseline: Baseline, result: BuildResult, *, lasting: bool) -> None:
        """Replace the last record; parts that are the same objects as before are not written again.

        A record that is not `lasting` is kept in this process only, which takes no time.
        """
        last, old = self.last, self.last._result if self.last else None
        if not lasting and last:
            self.last = BuildRecord(baseline, self._cache, last._tokens, result, last._asked, lasting=False)
            return
        asked = last._asked if last else None
        if last is None or len(result.asked) > len(result.digests) * FEW:
            everything = {**(last.asked if last else {}), **result.asked}
            asked = {file: some for file, some in everything.items() if file in result.digests}
            result = replace(result, asked={})
        tokens = {}
        rest = {
            name: getattr(result, name) for name in BuildResult.__dataclass_fields__ if name not in ("index", "site")
        }
        written = old if last and last.lasting else None
        parts: list[tuple[str, object, object]] = [
            ("index", result.index, written and written.index),
            ("site", result.site, written and written.site),
            ("asked", asked, last and last._asked),
            ("rest", rest, None),
        ]
        for part, value, before in parts:
            if last and value is before:
                tokens[part] = last._tokens[part]
                continue
            tokens[part] = os.urandom(8)
            self._cache.set(value, part, tokens[part])
            if last:
                self._cache.delete(part, last._tokens[part])
        self._cache.set((baseline, tokens), *self._kind)
        self._cache.flush()
        self._cache.trim(len(baseline.inputs.paths))
        self.last = BuildRecord(baseline, self._cache, tokens, result, asked)
