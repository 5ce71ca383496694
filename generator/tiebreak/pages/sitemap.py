"""The sitemap: one file, or parts and an index of them where it would have more than search engines read of one."""

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from zlib import crc32

from tiebreak.pages.outputs import Output

Entry = tuple[str, date | None]  # the URL of a page within the site, and the day of the newest content on it
# What sitemaps.org allows one file.
ADDRESSES = 50_000
BYTES = 50 * 2**20
_LINE = len("<url><loc></loc><lastmod>2026-11-29</lastmod></url>\n")
_FRAME = 1_000  # bytes around the lines, and to spare


def sitemap(articles: Sequence[Entry], others: Sequence[Entry], base_url: str) -> Iterator[Output]:
    """The files of a sitemap. `articles` are comparisons; an edit of one changes its own line, and those of some of
    the `others`, which list it.
    """
    whole = (*others, *articles)
    if _fits(whole, base_url):
        yield Output("sitemap.xml", "sitemap.xml", {"entries": whole})
        return
    parts = [*_parts(others, base_url), *_parts(articles, base_url)]
    named = [(f"sitemap-{number}.xml", part) for number, part in enumerate(parts, 1)]
    days = [(f"/{name}", max((day for _, day in part if day), default=None)) for name, part in named]
    yield Output("sitemap.xml", "sitemap-index.xml", {"parts": tuple(days)})
    yield from (Output(name, "sitemap.xml", {"entries": part}) for name, part in named)


def _parts(entries: Sequence[Entry], base_url: str) -> Sequence[tuple[Entry, ...]]:
    """The entries in as few parts as there may be of those that halve and halve again. Its address says which part an
    entry is in, so that a new page changes that one alone.
    """
    count = 1
    while True:
        parts: list[list[Entry]] = [[] for _ in range(count)]
        for entry in entries:
            parts[crc32(entry[0].encode()) % count].append(entry)
        if all(_fits(part, base_url) for part in parts):
            return [tuple(part) for part in parts if part]
        count *= 2


def _fits(entries: Sequence[Entry], base_url: str) -> bool:
    if len(entries) > ADDRESSES:
        return False
    line = _LINE + len(base_url)
    if _FRAME + sum(line + 6 * len(url) for url, _ in entries) <= BYTES:  # at most, and quickly worked out
        return True
    return _FRAME + sum(line + len(escape(url).encode()) for url, _ in entries) <= BYTES
