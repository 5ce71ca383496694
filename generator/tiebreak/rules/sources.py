"""Warnings by what `tiebreak verify` found: sources that are gone, moved or changed, and claims not in them."""

from collections.abc import Callable, Iterable, Iterator

from tiebreak.content import Citation, ComparisonEntry, Document, Parsed, Project, citations
from tiebreak.linking import Index, Trace
from tiebreak.model import Look, is_found
from tiebreak.problems import Problem

LookAt = Callable[[str], Look | None]


def sources_of_comparison(parsed: Parsed[ComparisonEntry], trace: Trace) -> Iterator[Problem]:
    """Every warning about the sources of one comparison."""

    def unit_of(id: str) -> str:
        shared = trace.ask(Index.factor, id)
        return (shared and shared.unit) or ""

    cited = citations.of_comparison(parsed.entry, unit_of)
    return unsound_sources(parsed.document, cited, lambda page: trace.ask(Index.look, page))


def sources_of_facts(project: Project) -> Iterator[Problem]:
    """Every warning about the sources of facts."""
    for parsed in project.subjects.values() if project.lock else ():
        cited = citations.of_subject(parsed.entry, project.unit_of)
        yield from unsound_sources(parsed.document, cited, project.lock.get)


def unsound_sources(document: Document, cited: Iterable[Citation], look_at: LookAt) -> Iterator[Problem]:
    """Every warning about what a file cites. What is wrong with a page is told once, where it is cited first."""
    told: set[str] = set()
    for one in cited:
        looks = {page: look_at(page) for page in one.pages}
        for page, look in looks.items():
            if look and page not in told:
                told.add(page)
                yield from _page(document, one, page, look)
        for page, look in looks.items():
            if look and look.changed and one.checked and look.changed > one.checked:
                message = f"checked on {one.checked}, before {page} had another text, on {look.changed}"
                help = "read it again, and set `checked`"
                yield document.warning("changed-source", message, (*one.at, "checked"), help)
        yield from _claims(document, one, list(looks.values()))


def _page(document: Document, citation: Citation, page: str, look: Look) -> Iterator[Problem]:
    """Warns of a page that is gone, or lies elsewhere now."""
    at = citation.pages[page]
    if look.dead:
        answer = look.trouble or f"the answer was {look.status}"
        message, help = (
            f"{page} could not be read on {look.looked}: {answer}",
            "cite another source, or mend the address",
        )
        yield document.warning("dead-source", message, at, help)
    elif look.final and look.permanent:
        yield document.warning("moved-source", f"{page} has moved for good", at, f"write {look.final}")


def _claims(document: Document, citation: Citation, looks: list[Look | None]) -> Iterator[Problem]:
    """Warns of quotes and values that do not stand in the text of any of the sources."""
    for claim, at in citation.claims.items():
        if is_found([claim], looks) is False:
            what = "the quote does" if at[-1] == "quote" else f"{claim} does"
            where = "the source" if len(looks) == 1 else "any of the sources"
            help = "quote it as it stands there, or cite the page where it stands"
            message = f"{what} not stand in the text of {where}"
            if at[-1] == "quote":
                yield document.warning("quote-not-found", message, at, help)
            else:
                yield document.warning("value-not-found", message, at, help)
