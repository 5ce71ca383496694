"""Reads, links, lints and renders comparisons, each step for the files that it is asked for."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from tiebreak.build.renditions import RENDITIONS, Candidate
from tiebreak.content import ChangesEntry, ComparisonEntry, Parsed, parse, record_of, written
from tiebreak.linking import Context, Index, IndexEntry, Questions, Trace, link_comparison, recorded
from tiebreak.markdown import Dialect, link_names
from tiebreak.model import Comparison, Listing
from tiebreak.pages import RULING, Output, related_to
from tiebreak.problems import Problem
from tiebreak.rules import Style, contradictions, lint_changes, lint_claims, lint_comparison, lint_texts, recheck, rows
from tiebreak.storage import Artifact, Cache, Stage, compression
from tiebreak.theme import Renderer


class Article(NamedTuple):
    """A comparison as its author wrote it, and as it was last recorded, if ever."""

    comparison: Parsed[ComparisonEntry]
    record: Parsed[ChangesEntry] | None

    @property
    def sound(self) -> bool:
        return self.comparison.sound and (self.record is None or self.record.sound)

    @property
    def recorded(self) -> ChangesEntry | None:
        return self.record.entry if self.record else None


class ReadResult(NamedTuple):
    """A file that was read: its index entry, which is None when the file could not be read; and whether all of it is
    sound.
    """

    file: str
    entry: IndexEntry | None
    problems: tuple[Problem, ...]
    sound: bool = True


class LinkResult(NamedTuple):
    """A comparison that was linked: its listing (None when it could not be linked), the digests of the whole
    comparison, and the questions that it asked of the index.
    """

    file: str
    listing: Listing | None
    digests: bytes
    problems: tuple[Problem, ...]
    questions: Questions
    said: tuple[contradictions.Said, ...] = ()  # where somebody asked for every weakness


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
        self._made_style: Style | None = None
        self._renderer: Renderer | None = None
        self._read: dict[str, Article] = {}
        self._comparisons: dict[str, Comparison] = {}

    def __getstate__(self) -> dict[str, object]:
        """Leaves out what was read and linked: another process finds it in the cache."""
        return {**self.__dict__, "_read": {}, "_comparisons": {}, "_made_style": None}

    def read(self, files: Iterable[str], dialect: Dialect) -> Iterator[ReadResult]:
        """Read these files again, even if they were read before."""
        self._dialect = dialect
        for file in files:
            self._comparisons.pop(file, None)
            self._read.pop(file, None)
            article, problems = self._parse(file)
            entry = None
            if article:
                self._read[file] = article
                parsed = article.comparison
                headings = link_names(parsed.body.headings)
                entry = IndexEntry.of(file, _slug(file), parsed.entry, headings, parsed.charts)
            yield ReadResult(file, entry, tuple(problems), sound=article is not None and article.sound)
        self._cache.flush()

    def set_index(self, index: Index) -> None:
        """Link against this index from now on."""
        self._index = index
        self._made_style = None
        self._comparisons.clear()

    def link(self, files: Iterable[str], today: date | None) -> Iterator[LinkResult]:
        """Link these comparisons, and lint those that are published."""
        for file in files:
            article = self._article(file)
            parsed = article.comparison
            comparison, context = self._link(file, article)
            problems, trace = context.problems, context.trace
            if comparison is None or not article.sound:
                yield LinkResult(file, None, b"", tuple(problems), trace.questions)
                continue
            if trace.index.shows(trace.index.entries[file]):
                problems += lint_comparison(parsed, comparison, trace, today, language=self._dialect.language)
                problems += lint_changes(parsed, article.record, comparison)
            said: tuple[contradictions.Said, ...] = ()
            if today and trace.index.drafts:  # `check`, which links once more without drafts
                problems += [*lint_texts(parsed, self._style), *lint_claims(parsed, comparison)]
                said = tuple(contradictions.written(rows(parsed, comparison)))
            listing, digests = Listing.of(comparison.card), comparison.digests
            yield LinkResult(file, listing, digests, tuple(problems), trace.questions, said)

    def uses(self, files: Iterable[str]) -> Iterator[recheck.Use]:
        """The cells that age, of those of these comparisons that are sound and published."""
        for file in files:
            article = self._article(file)
            comparison, context = self._link(file, article)
            if comparison and context.trace.index.shows(context.trace.index.entries[file]):
                yield from recheck.uses(article.comparison, comparison)

    def set_renderer(self, renderer: Renderer) -> None:
        """Render pages with this renderer from now on."""
        self._renderer = renderer.adopt(self._renderer)

    def render(self, known: Mapping[str, tuple[bytes, Mapping[str, bytes]]], stage: Stage) -> Iterator[Artifact]:
        """Make the files of comparisons whose key has changed.

        `known` has, by file, the digests of the comparison, and the output paths of what is to be made of it, each with
        the key of what lies there, or nothing.
        """
        assert self._renderer  # noqa: S101 -- set before
        site = self._renderer.site
        for file, (content, keys) in known.items():
            listing = site.listing_by_slug[_slug(file)]
            candidate = Candidate(self._renderer, listing, related_to(listing, site), content)
            for output_path, key in keys.items():
                rendition = RENDITIONS[output_path.rpartition("/")[2]]
                wanted = rendition.key(candidate, output_path)
                if wanted == key:
                    yield Artifact(output_path, key)
                    continue
                yield stage.put(output_path, wanted, rendition.made(candidate, self._linked(file)))
        self._cache.flush()

    def rulings(self, known: Mapping[str, bytes]) -> Iterator[tuple[bytes, str]]:
        """What feeds show of these comparisons, by the key of it, which is `known` by file."""
        assert self._renderer  # noqa: S101 -- set before
        for file, key in known.items():
            output = Output("feed.xml", RULING, {"comparison": self._linked(file)})
            yield key, self._renderer.page(output).decode().strip()

    def compress(self, work: Mapping[str, tuple[bytes, Collection[str]]], stage: Stage) -> Iterator[Artifact]:
        """Compress these files of the site, each with its key and the forms that are files of their own."""
        for path, (key, taken) in work.items():
            for end, data in compression.compressed(stage.read(path)):
                if f"{path}{end}" not in taken:
                    yield stage.put(f"{path}{end}", compression.key_of_form(key), data)

    def record(self, files: Iterable[str], today: date) -> Iterator[tuple[str, bytes]]:
        """The records of these comparisons as they are now, by their files; nothing of those without a date."""
        for file in files:
            article = self._article(file)
            comparison = self._comparisons.get(file) or self._link(file, article)[0]
            if comparison and (record := recorded(comparison, article.recorded, today)):
                yield record_of(file), written(record)

    @property
    def _style(self) -> Style:
        assert self._index  # noqa: S101 -- set before
        if self._made_style is None:
            self._made_style = Style.of(self._index, self._dialect)
        return self._made_style

    def _parse(self, file: str) -> tuple[Article | None, list[Problem]]:
        parsed, problems = parse(self._root, file, ComparisonEntry, self._cache, self._dialect)
        record, name = None, record_of(file)
        if _is_written(self._root / name):
            record, more = parse(self._root, name, ChangesEntry, self._cache, self._dialect)
            problems = [*problems, *more]
        return (Article(parsed, record) if parsed else None), problems

    def _article(self, file: str) -> Article:
        article = self._read.pop(file, None) or self._parse(file)[0]
        if article is None:
            raise FileNotFoundError(2, "the file changed while the site was built; build again", file)
        return article

    def _linked(self, file: str) -> Comparison:
        """A comparison that is known to be sound, linked if it is not yet."""
        comparison = self._comparisons.get(file) or self._link(file, self._article(file))[0]
        assert comparison  # noqa: S101 -- it is on the list of those that could be linked
        return comparison

    def _link(self, file: str, article: Article) -> tuple[Comparison | None, Context]:
        assert self._index  # noqa: S101 -- set before
        context = Context(Trace(self._index), article.comparison.document)
        comparison = link_comparison(context, _slug(file), article.comparison, article.recorded)
        if comparison is not None:
            self._comparisons[file] = comparison
        return comparison, context


def _is_written(path: Path) -> bool:
    """Whether a file is there, or what stands for one and is refused when it is read: a link, a pipe."""
    return path.is_symlink() or (path.exists() and not path.is_dir())


def _slug(file: str) -> str:
    return file.rpartition("/")[2].removesuffix(".md")
