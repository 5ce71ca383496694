"""Links for feedback: a prefilled letter or issue that names the page, and the row that it is about."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote, urlencode

from tiebreak.model import Card, Cell, Comparison, Factor, Settings
from tiebreak.pages.messages import Messages

_PLAIN = "!$()*,;:@"  # RFC 6068 lets them stand, but for + and ', which some programs and pages take for something else
LONGEST = 2000  # characters of an address that every mail program and browser takes


def about_page(comparison: Card, settings: Settings, messages: Messages) -> str:
    """A `mailto:` URL (RFC 6068) with subject and body filled in, or the address of a new issue with title and body;
    empty when the site takes no feedback.
    """
    title = messages.say("letter.subject", title=_one_line(comparison.title))
    return _filled(title, [*_page(comparison, settings, messages), *_asked(messages)], settings)


def about_row(comparison: Comparison, factor: Factor, settings: Settings, messages: Messages) -> str:
    """The same for one row of the table, with what it says now, its sources and their dates.

    Where that is too long for an address, the sources are left out.
    """
    title = messages.say("letter.subject-row", title=_one_line(comparison.title), row=_one_line(factor.label))
    head = [
        *_page(comparison, settings, messages, f"#factor-{factor.id}"),
        "",
        messages.say("letter.row", row=_one_line(factor.label)),
    ]
    whole, brief = list(head), list(head)
    for subject, cell in zip(comparison.subjects, factor.cells, strict=True):
        line = messages.say("letter.cell", name=_one_line(subject.name), cell=_cell_text(cell, factor, messages))
        brief.append(line)
        whole += [line, *_sources(cell, settings, messages)]
    filled = _filled(title, [*whole, *_asked(messages)], settings, row=True)
    return filled if len(filled) <= LONGEST else _filled(title, [*brief, *_asked(messages)], settings, row=True)


def _page(comparison: Card, settings: Settings, messages: Messages, fragment: str = "") -> list[str]:
    title, address = _one_line(comparison.title), settings.absolute(comparison.path) + fragment
    if comparison.revised:
        said = messages.say("letter.page", title=title, address=address, day=comparison.revised.isoformat())
    else:
        said = messages.say("letter.draft", title=title, address=address)
    return said.split("\n")


def _cell_text(cell: Cell, factor: Factor, messages: Messages) -> str:
    """What a reader sees in a cell."""
    state = messages.say(f"state.{cell.state.name_in_theme}") if cell.state else ""
    value = f"{cell.value} {factor.unit}".rstrip() if cell.value is not None else ""
    parts = [state, value, cell.text.text if cell.text else ""]
    return _one_line(messages.say("joined.semicolon").join(part for part in parts if part))


def _sources(cell: Cell, settings: Settings, messages: Messages) -> Iterator[str]:
    for source in cell.sources:
        address, day = settings.absolute(source.url), cell.checked or source.accessed
        if day:
            yield "  " + messages.say("letter.source-read", address=address, day=day.isoformat())
        else:
            yield "  " + messages.say("letter.source", address=address)


def _asked(messages: Messages) -> list[str]:
    return ["", messages.say("letter.asked"), ""]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _filled(title: str, body: Sequence[str], settings: Settings, *, row: bool = False) -> str:
    if settings.feedback_issues and (row or not settings.feedback_email):
        # GitHub, Gitea and Forgejo know one pair of names, GitLab another.
        names = ("issue[title]", "issue[description]") if "/-/" in settings.feedback_issues else ("title", "body")
        fields = zip(names, (title, "\n".join(body)), strict=True)
        return f"{settings.feedback_issues}?{urlencode(list(fields), quote_via=quote, errors='replace')}"
    if not settings.feedback_email:
        return ""
    to = quote(settings.feedback_email, safe="@")
    subject, letter = (quote(text, safe=_PLAIN, errors="replace") for text in (title, "\r\n".join(body)))
    return f"mailto:{to}?subject={subject}&body={letter}"
