"""The way back from a reader: a prefilled letter, or issue, that names the page and the row it speaks of."""

from collections.abc import Iterable, Sequence
from urllib.parse import quote, urlencode

from tiebreak.model import Card, Cell, Comparison, Factor, Listing, Settings

LONGEST = 2000  # characters of an address that every mail program and browser takes
_ASKED = ("", "What is wrong, and what would be right (a source helps):", "")


def about_page(comparison: Card | Listing, settings: Settings) -> str:
    """A `mailto:` URL (RFC 6068) with subject and body filled in, or the address of a new issue with title and body;
    empty when the site takes no feedback.
    """
    return _filled(comparison, _page(comparison, settings), settings)


def about_row(comparison: Comparison, factor: Factor, settings: Settings) -> str:
    """The same for one row of the table, with what it says now, its sources and their dates.

    Where that is too long for an address, the sources are left out.
    """
    page = _page(comparison, settings, f"#factor-{factor.id}")
    cells = list(zip((subject.name for subject in comparison.subjects), factor.cells, strict=True))
    brief = [f"Row: {factor.label}", *(f"{name}: {_said(cell, factor)}" for name, cell in cells)]
    whole = brief[:1]
    for line, (_, cell) in zip(brief[1:], cells, strict=True):
        whole += [line, *_sources(cell, settings)]
    filled = _filled(comparison, [*page, "", *whole], settings, factor.label)
    return filled if len(filled) <= LONGEST else _filled(comparison, [*page, "", *brief], settings, factor.label)


def _page(comparison: Card | Listing, settings: Settings, fragment: str = "") -> list[str]:
    revised = comparison.revised.isoformat() if comparison.revised else "draft"
    return [
        f"Page: {_one_line(comparison.title)}",
        f"Address: {settings.absolute(comparison.path)}{fragment}",
        f"Revision: {revised}",
    ]


def _said(cell: Cell, factor: Factor) -> str:
    """What a reader sees in a cell."""
    value = f"{cell.value} {factor.unit}".rstrip() if cell.value is not None else ""
    words = [cell.state.label if cell.state else "", value, cell.text.text if cell.text else ""]
    return _one_line("; ".join(word for word in words if word))


def _sources(cell: Cell, settings: Settings) -> Iterable[str]:
    for source in cell.sources:
        day = cell.checked or source.accessed
        read = f", read {day.isoformat()}" if day else ""
        yield f"  source: {settings.absolute(source.url)}{read}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _filled(comparison: Card | Listing, lines: Sequence[str], settings: Settings, row: str = "") -> str:
    title = f"Disagree: {_one_line(comparison.title)}{f', {_one_line(row)}' if row else ''}"
    body = [*lines, *_ASKED]
    if settings.feedback_issues and (row or not settings.feedback_email):
        # GitHub, Gitea and Forgejo know one pair of names, GitLab another.
        names = ("issue[title]", "issue[description]") if "/-/" in settings.feedback_issues else ("title", "body")
        fields = zip(names, (title, "\n".join(body)), strict=True)
        return f"{settings.feedback_issues}?{urlencode(list(fields), quote_via=quote)}"
    if not settings.feedback_email:
        return ""
    address, letter = quote(settings.feedback_email, safe="@"), quote("\r\n".join(body), safe="")
    return f"mailto:{address}?subject={quote(title, safe='')}&body={letter}"
