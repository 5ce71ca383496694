"""A reader who disagrees gets a letter with the page's particulars already in it."""

from dataclasses import replace
from datetime import date
from email.message import EmailMessage
from urllib.parse import parse_qs, urlsplit

from samples import compared

from tiebreak.feedback import mailto
from tiebreak.model import Settings

SETTINGS = Settings("Picks", "https://example.org/picks/", feedback_email="nice+picks@example.org")
DRAFT = compared("C", "C++")
DATED = compared("R&D", "日本", own_title="R&D vs 日本 = 100%?", published=date(2026, 4, 2), updated=date(2026, 5, 1))


def test_the_letter_names_page_address_and_revision() -> None:
    """So that whoever reads it knows which text it speaks of."""
    url = urlsplit(mailto(DATED, SETTINGS))
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
    link = mailto(DATED, SETTINGS)
    assert link.isascii()
    assert link.count("&") == 1
    assert not set(link) & set(' \r\n"<>+')


def test_the_subject_is_one_line() -> None:
    """A mail program accepts it as a header, even when the title was written on two lines."""
    message = EmailMessage()
    link = mailto(replace(DATED, own_title="Tea\nBcc: x@example.org"), SETTINGS)
    message["subject"] = parse_qs(urlsplit(link).query)["subject"][0]
    assert message["subject"] == "Disagree: Tea Bcc: x@example.org"


def test_a_draft_has_no_date() -> None:
    """It says so."""
    assert "Revision%3A%20draft" in mailto(DRAFT, SETTINGS)


def test_a_site_without_an_address_takes_no_letters() -> None:
    """Then there is no link."""
    assert mailto(DATED, Settings("Picks", "https://example.org/")) == ""
