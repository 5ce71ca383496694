"""One run of `tiebreak verify`: asks every cited page, looks for the claims in its text, and writes the lock."""

import asyncio
import re
import zlib
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import tiebreak
from tiebreak.content import (
    LOCK,
    Citation,
    ComparisonEntry,
    Document,
    Project,
    citations,
    is_url,
    open_project,
    parse,
    read_project,
    written_lock,
)
from tiebreak.model import Look
from tiebreak.problems import Problem, SiteError, errors, graded, in_order
from tiebreak.rules import unsound_sources, without_ignored
from tiebreak.sources.fetch import Answer, Fetcher, Manners, NoAnswerError
from tiebreak.sources.matching import Text
from tiebreak.sources.network import CheckedTransport, Resolve, resolve
from tiebreak.sources.text import NoTextError, extract
from tiebreak.storage import Cache, Tree, folders, snapshot

Progress = Callable[[str, int, int], None]  # the host that answered, how many pages did, and how many there are
Cited = Sequence[tuple[Document, Collection[Citation]]]  # by file
TEXTS = "sources.sqlite3"  # in the folder that is the builds' own
EXTRACTING = 2  # texts at the same time


@dataclass(frozen=True)
class Options:
    """What a run is asked to do."""

    project: Path
    today: date
    allow_private: bool = False
    max_age: int = 0  # days for which what was found counts as fresh, and is not looked at again
    manners: Manners = field(default_factory=Manners)  # without a name they get that of the program and the site
    resolve: Resolve = resolve
    progress: Progress | None = None


@dataclass(frozen=True)
class Report:
    """What a run found: the looks at all pages, which of them were asked, and every warning about sources."""

    looks: Mapping[str, Look]
    asked: Collection[str]
    problems: tuple[Problem, ...]


def verify(options: Options) -> Report:
    """Ask the cited pages, oldest look first, and write what they answered to the lock, also when interrupted.

    Raises SiteError for files that cannot be read, and NoAnswerError when nobody answers at all.
    """
    with closing(Cache(options.project / ".tiebreak", lasting=False)) as cache:
        project, cited = _read(options.project, cache)
    claims = _claims(cited)
    last = {page: look for page, look in project.lock.items() if page in claims}
    due = [page for page in claims if not _is_fresh(last.get(page), claims[page], options)]
    due.sort(key=lambda page: (last[page].looked if page in last else date.min, page))
    with closing(Cache(options.project / ".tiebreak", file=TEXTS)) as texts:
        run = Run(options, _manners(options, project), claims, last, texts)
        try:
            asyncio.run(run.all(due))
        finally:
            looks = run.looks
            if run.is_answered:
                texts.trim(2 * len(claims))
                texts.flush()
                _write(options.project, looks)
    if due and not run.is_answered:
        why = next((looks[page].trouble for page in due if page in looks), "")
        raise NoAnswerError(f"no source answered, so nothing was written; the first because: {why}")
    return Report(looks, due, _problems(project, cited, looks))


def _read(root: Path, cache: Cache) -> tuple[Project, Cited]:
    """The project, and what each file of it cites. Raises SiteError, but not for a lock that cannot be read."""
    project = open_project(root, snapshot.scan(root, {"content": folders.INPUTS["content"]}))
    read_project(project, cache)
    problems, cited = project.problems, list[tuple[Document, Collection[Citation]]]()
    for file in project.comparisons:
        parsed, more = parse(root, file, ComparisonEntry, cache, project.dialect)
        problems += more
        if parsed:
            cited.append((parsed.document, list(citations.of_comparison(parsed.entry, project.unit_of))))
    for subject in project.subjects.values():
        cited.append((subject.document, list(citations.of_subject(subject.entry, project.unit_of))))
    if wrong := [one for one in errors(problems) if one.file != LOCK]:
        raise SiteError(wrong)
    return project, cited


def _problems(project: Project, cited: Cited, looks: Mapping[str, Look]) -> tuple[Problem, ...]:
    """Every warning about sources, as a check tells them: without what comments hide, as the site grades them."""
    found = [problem for document, some in cited for problem in unsound_sources(document, some, looks.get)]
    rules = project.settings.entry.rules if project.settings else {}
    return in_order(graded(without_ignored(project.root, found), rules))


def _claims(cited: Cited) -> dict[str, dict[str, bool]]:
    """For each page the claims that may stand in it, and whether each is a quote."""
    found: dict[str, dict[str, bool]] = {}
    for _, some in cited:
        for one in some:
            claims = {claim: at[-1] == "quote" for claim, at in one.claims.items()}
            for page in one.pages:
                found.setdefault(page, {}).update(claims)
    return found


def _is_fresh(look: Look | None, claims: Collection[str], options: Options) -> bool:
    """Whether all that is to be known of a page was looked for lately."""
    if look is None or (options.today - look.looked).days >= options.max_age:
        return False
    return bool(look.trouble) or not look.alive or {*look.found, *look.missing}.issuperset(claims)


def _manners(options: Options, project: Project) -> Manners:
    """The manners, with a name that says who asks, and for which site."""
    site = project.settings.entry.base_url if project.settings else ""
    return replace(options.manners, agent=options.manners.agent or f"Tiebreak/{tiebreak.__version__} (+{site})")


def _write(project: Path, looks: Mapping[str, Look]) -> None:
    """Write the lock, whole or not at all, if there is anything new in it."""
    data = written_lock(looks)
    with closing(Tree(project)) as tree:
        if tree.read(LOCK) != data:
            tree.replace(LOCK, data)


class Run:
    """The looks of one run, each kept as soon as it is there."""

    def __init__(
        self,
        options: Options,
        manners: Manners,
        claims: Mapping[str, Mapping[str, bool]],
        last: Mapping[str, Look],
        texts: Cache,
    ) -> None:
        self.looks = dict(last)
        self.is_answered = False  # by anybody
        self._options, self._manners, self._claims, self._texts = options, manners, claims, texts
        self._done = 0

    async def all(self, pages: Sequence[str]) -> None:
        """Look at all pages, many at a time."""
        options = self._options
        transport = CheckedTransport(allow_private=options.allow_private, resolve=options.resolve)
        fetcher = Fetcher(self._manners, transport, self._texts)
        extracting = asyncio.Semaphore(EXTRACTING)

        async def one(page: str) -> None:
            self.looks[page] = await self._look(page, fetcher, extracting)
            self._done += 1
            if options.progress:
                options.progress(urlsplit(page).hostname or "", self._done, len(pages))

        try:
            await asyncio.gather(*map(one, pages))
        finally:
            await transport.aclose()

    async def _look(self, page: str, fetcher: Fetcher, extracting: asyncio.Semaphore) -> Look:
        """A look at one page, after the last one."""
        claims = self._claims[page]
        last = self.looks.get(page, Look(self._options.today))
        known = {claim: claim in last.found for claim in (*last.found, *last.missing) if claim in claims}
        last = replace(last, looked=self._options.today, **_answers(known))
        text = None if known.keys() == claims.keys() else self._kept(page, last.digest)
        has_none = last.alive and bool(last.trouble)
        is_known = known.keys() == claims.keys() or has_none or text is not None
        try:
            answer = await fetcher.get(page, _conditions(last) if is_known else {}, last.final or page)
        except NoAnswerError as error:
            return replace(last, status=0, trouble=_printable(str(error)), final="", permanent=False)
        self.is_answered = True
        look = _answered(last, page, answer)
        if answer.status == 200:
            async with extracting:
                look, text = await self._with_text(page, look, answer)
        return look if text is None else replace(look, **_answers(_found(text, claims)))

    async def _with_text(self, page: str, look: Look, answer: Answer) -> tuple[Look, str | None]:
        """The look with what the answer has for a text, and that text, which is kept."""
        headers = answer.headers
        etag, modified = headers.get("etag", ""), headers.get("last-modified") or headers.get("date", "")
        look = replace(look, etag=_printable(etag), modified=_printable(modified))
        try:
            text, digest = await extract(answer.body, headers.get("content-type", ""))
        except NoTextError as error:
            digest = blake2b(answer.body, digest_size=8).hexdigest()
            return replace(look, trouble=_printable(str(error)), digest=digest, found=(), missing=()), None
        changed = self._options.today if look.digest not in ("", digest) else look.changed
        self._texts.set((digest, zlib.compress(text.encode())), "text", page)
        return replace(look, digest=digest, changed=changed), text

    def _kept(self, page: str, digest: str) -> str | None:
        """The text of a page, if it is the one with this digest."""
        known, data = self._texts.get("text", page) or ("", b"")
        return zlib.decompress(data).decode() if known and known == digest else None


def _conditions(look: Look) -> dict[str, str]:
    """What makes a request one for news only."""
    conditions = {"If-None-Match": look.etag, "If-Modified-Since": look.modified}
    return {name: value for name, value in conditions.items() if value and look.digest}


def _answered(last: Look, page: str, answer: Answer) -> Look:
    """The last look with what an answer says beside its text."""
    final = answer.url if answer.url != page and is_url(answer.url) else ""
    is_news = answer.status != 304
    return replace(
        last,
        status=answer.status if is_news else 200,
        trouble=last.trouble if last.alive and not is_news else "",
        final=final,
        permanent=bool(final) and answer.permanent,
    )


def _found(text: str, claims: Mapping[str, bool]) -> dict[str, bool]:
    """Whether each claim stands in a text."""
    ready = Text(text)
    return {
        claim: ready.has_quote(claim) if is_quote else ready.has_value(*claim.split(" ", 1))
        for claim, is_quote in claims.items()
    }


def _answers(found: Mapping[str, bool]) -> dict[str, Any]:
    """The two fields of a look."""
    return {
        "found": tuple(sorted(claim for claim, is_there in found.items() if is_there)),
        "missing": tuple(sorted(claim for claim, is_there in found.items() if not is_there)),
    }


def _printable(text: str) -> str:
    """The text, if it consists of what heads of answers and the lock may have; else without all other characters."""
    return re.sub(r"[^\x20-\x7e]", "", text)[:500]
