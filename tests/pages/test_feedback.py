"""A reader who disagrees gets a letter with the page's particulars already in it."""

from dataclasses import replace
from datetime import date
from email.message import EmailMessage
from urllib.parse import parse_qs, urlsplit

import pytest
from samples import ENGLISH, compared

from tiebreak.model.cell import Cell, CellState, Source
from tiebreak.model.comparison import Comparison
from tiebreak.model.prose import Prose
from tiebreak.model.site import Settings
from tiebreak.model.table import Factor
from tiebreak.pages.feedback import LONGEST, about_page, about_row

SETTINGS = Settings("Picks", "https://example.org/picks/", feedback_email="nice+picks@example.org")
NOWHERE = Settings("Picks", "https://example.org/")
SIZE = Factor(
    "size",
    "Size & weight",
    (
        Cell(
            value="1.10",
            sources=(Source("A", "https://example.org/a?b=c&d", date(2026, 4, 1)), Source("Guide", "/guide/")),
            checked=date(2026, 5, 1),
        ),
        Cell(text=Prose("gone <em>for good</em>"), state=CellState.NO),
    ),
    unit="MB",
)
ROWS: Comparison = replace(compared("A", "B"), factors=(SIZE,))
DRAFT = compared("C", "C++")
DATED = compared("R&D", "日本", own_title="R&D vs 日本 = 100%?", published=date(2026, 4, 2), updated=date(2026, 5, 1))


def test_the_letter_names_page_address_and_revision() -> None:
    """So that whoever reads it knows which text it speaks of."""
    url = urlsplit(about_page(DATED, SETTINGS, ENGLISH))
    asked = parse_qs(url.query, strict_parsing=True)
    assert (url.scheme, url.path, set(asked)) == ("mailto", "nice%2Bpicks@example.org", {"subject", "body"})
    assert asked["subject"] == ["Disagree: R&D vs 日本 = 100%?"]
    assert asked["body"][0].split("\r\n")[:4] == [
        "Page: R&D vs 日本 = 100%?",
        f"Address: https://example.org/picks{DATED.path}",
        "Revision: 2026-05-01",
        "",
    ]


def test_the_link_is_percent_encoded() -> None:
    """RFC 6068: no space, line end, ampersand or letter beyond ASCII stands in it as itself."""
    link = about_page(DATED, SETTINGS, ENGLISH)
    assert link.isascii()
    assert link.count("&") == 1
    assert not set(link) & set(' \r\n"<>+')


def test_the_subject_is_one_line() -> None:
    """A mail program accepts it as a header, even when the title was written on two lines."""
    message = EmailMessage()
    link = about_page(replace(DATED, own_title="Tea\nBcc: x@example.org"), SETTINGS, ENGLISH)
    message["subject"] = parse_qs(urlsplit(link).query)["subject"][0]
    assert message["subject"] == "Disagree: Tea Bcc: x@example.org"


def test_a_draft_has_no_date() -> None:
    """It says so."""
    assert "Revision:%20draft" in about_page(DRAFT, SETTINGS, ENGLISH)


def test_a_site_without_an_address_takes_no_letters() -> None:
    """Then there is no link."""
    assert about_page(DATED, NOWHERE, ENGLISH) == ""
    assert about_row(ROWS, SIZE, NOWHERE, ENGLISH) == ""


def test_a_letter_about_a_row_says_what_it_says() -> None:
    """Where it stands, and by subject what a reader sees there, with sources and the days they were read."""
    asked = parse_qs(urlsplit(about_row(ROWS, SIZE, SETTINGS, ENGLISH)).query)
    assert asked["subject"] == ["Disagree: A vs B, Size & weight"]
    assert asked["body"][0].split("\r\n") == [
        "Page: A vs B",
        "Address: https://example.org/picks/compare/a-vs-b/#factor-size",
        "Revision: draft",
        "",
        "Row: Size & weight",
        "A: 1.10 MB",
        "  source: https://example.org/a?b=c&d, read 2026-05-01",
        "  source: https://example.org/picks/guide/, read 2026-05-01",
        "B: No; gone for good",
        "",
        "What is wrong, and what would be right (a source helps):",
        "",
    ]


def test_a_row_with_many_sources_leaves_them_out() -> None:
    """A mail program cuts off what is too long, and the row is what matters."""
    sources = tuple(Source("A", f"https://example.org/{number}/{'x' * 90}") for number in range(20))
    long = about_row(
        ROWS, replace(SIZE, cells=(replace(SIZE.cells[0], sources=sources), SIZE.cells[1])), SETTINGS, ENGLISH
    )
    assert len(long) < LONGEST
    assert "source:" not in parse_qs(urlsplit(long).query)["body"][0]
    assert "A: 1.10 MB" in parse_qs(urlsplit(long).query)["body"][0]


@pytest.mark.parametrize(
    ("issues", "title", "body"),
    [
        ("https://code.example.org/me/picks/issues/new", "title", "body"),
        ("https://code.example.org/me/picks/-/issues/new", "issue[title]", "issue[description]"),
    ],
)
def test_disagreement_with_a_row_can_be_an_issue(issues: str, title: str, body: str) -> None:
    """In the words that the code host knows; the page's own letter stays a letter, where there is an address."""
    both = replace(SETTINGS, feedback_issues=issues)
    link = about_row(ROWS, SIZE, both, ENGLISH)
    assert link.startswith(f"{issues}?")
    asked = parse_qs(urlsplit(link).query, strict_parsing=True)
    assert asked[title] == ["Disagree: A vs B, Size & weight"]
    assert "Row: Size & weight\nA: 1.10 MB\n" in asked[body][0]
    assert about_page(ROWS, both, ENGLISH) == about_page(ROWS, SETTINGS, ENGLISH)
    assert about_page(ROWS, replace(both, feedback_email=""), ENGLISH).startswith(f"{issues}?")
