"""Reads, links, lints and renders comparisons, each step for the files that it is asked for."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from tiebreak.content import ComparisonEntry, Parsed, parse
from tiebreak.linking import Context, Index, IndexEntry, Questions, Trace, link_comparison
from tiebreak.markdown import Dialect, link_names
from tiebreak.model import Comparison, Listing, plain_digest
from tiebreak.pages import COMPARISON, comparison_page, page_output_path, related_to
from tiebreak.problems import Problem
from tiebreak.rules import lint_comparison, lint_texts, recheck
from tiebreak.storage import Artifact, Cache, Stage
from tiebreak.theme import Renderer


class ReadResult(NamedTuple):
    """A file that was read: its index entry, which is None when the file could not be read; and whether all of it is
    sound.
    """

    file: str
    entry: IndexEntry | None
    problems: tuple[Problem, ...]
    sound: bool = True


class LinkResult(NamedTuple):
    """A comparison that was linked: its listing (None when it could not be linked), the digest of the whole
    comparison, and the questions that it asked of the index.
    """

    file: str
    listing: Listing | None
    digest: bytes
    problems: tuple[Problem, ...]
    questions: Questions


class Articles:
    """Reads, links and renders some of the project's comparisons, which are told by their files.

    Results are kept until the index changes: rendering a page links its comparison only if that was not done before,
    and linking parses the file only if it was not read just now.
    """

    def __init__(self, root: Path, cache: Cache) -> None:
        self._root = root
        self._cache = cache
        self._dialect = Dialect()
        self._index: Index | None = None
        self._renderer: Renderer | None = None
        self._parsed: dict[str, Parsed[ComparisonEntry]] = {}
        self._comparisons: dict[str, Comparison] = {}

    def __getstate__(self) -> dict[str, object]:
        """Leaves out what was read and linked: another process finds it in the cache."""
        return {**self.__dict__, "_parsed": {}, "_comparisons": {}}

    def read(self, files: Iterable[str], dialect: Dialect) -> Iterator[ReadResult]:
        """Read these files again, even if they were read before."""
        self._dialect = dialect
        for file in files:
            self._comparisons.pop(file, None)
            self._parsed.pop(file, None)
            parsed, problems = parse(self._root, file, ComparisonEntry, self._cache, dialect)
            entry = None
            if parsed:
                self._parsed[file] = parsed
                entry = IndexEntry.of(file, _slug(file), parsed.entry, link_names(parsed.body.headings))
            yield ReadResult(file, entry, tuple(problems), sound=parsed is not None and parsed.sound)
        self._cache.flush()

    def set_index(self, index: Index) -> None:
        """Link against this index from now on."""
        self._index = index
        self._comparisons.clear()

    def link(self, files: Iterable[str], today: date | None) -> Iterator[LinkResult]:
        """Link these comparisons, and lint those that are published."""
        for file in files:
            parsed = self._parse(file)
            comparison, context = self._link(file, parsed)
            problems, trace = context.problems, context.trace
            if comparison is None or not parsed.sound:
                yield LinkResult(file, None, b"", tuple(problems), trace.questions)
                continue
            if trace.index.shows(trace.index.entries[file]):
                problems += lint_comparison(parsed, comparison, trace, today)
            if today and trace.index.drafts:  # `check`, which links once more without drafts
                problems += lint_texts(parsed, allow_html=self._dialect.allow_html)
            listing, digest = Listing.of(comparison.card), plain_digest(comparison)
            yield LinkResult(file, listing, digest, tuple(problems), trace.questions)

    def uses(self, files: Iterable[str]) -> Iterator[recheck.Use]:
        """The cells that age, of those of these comparisons that are sound and published."""
        for file in files:
            parsed = self._parse(file)
            comparison, context = self._link(file, parsed)
            if comparison and context.trace.index.shows(context.trace.index.entries[file]):
                yield from recheck.uses(parsed, comparison)

    def set_renderer(self, renderer: Renderer) -> None:
        """Render pages with this renderer from now on."""
        self._renderer = renderer.adopt(self._renderer)

    def render(self, known: Mapping[str, tuple[bytes, bytes]], stage: Stage) -> Iterator[Artifact]:
        """Render the pages of comparisons whose key has changed.

        `known` has, by file, the digest of the comparison and the key of its page in the output folder, or nothing.
        """
        assert self._renderer  # noqa: S101 -- set before
        site = self._renderer.site
        for file, (content, key) in known.items():
            listing = site.listing_by_slug[_slug(file)]
            near = related_to(listing, site)
            wanted = self._renderer.page_key(page_output_path(listing), COMPARISON, (listing, near, content))
            if wanted == key:
                yield Artifact(page_output_path(listing), key)
                continue
            comparison = self._comparisons.get(file) or self._link(file, self._parse(file))[0]
            assert comparison  # noqa: S101 -- it is on the list of those that could be linked
            output = comparison_page(site, comparison, near, self._renderer.templates.theme.messages)
            yield stage.put(output.output_path, wanted, self._renderer.page(output))
        self._cache.flush()

    def _parse(self, file: str) -> Parsed[ComparisonEntry]:
        parsed = self._parsed.pop(file, None)
        if parsed is None:
            parsed, _ = parse(self._root, file, ComparisonEntry, self._cache, self._dialect)
        if parsed is None:
            raise FileNotFoundError(2, "the file changed while the site was built; build again", file)
        return parsed

    def _link(self, file: str, parsed: Parsed[ComparisonEntry]) -> tuple[Comparison | None, Context]:
        assert self._index  # noqa: S101 -- set before
        context = Context(Trace(self._index), parsed.document)
        comparison = link_comparison(context, _slug(file), parsed)
        if comparison is not None:
            self._comparisons[file] = comparison
        return comparison, context


def _slug(file: str) -> str:
    return file.rpartition("/")[2].removesuffix(".md")
