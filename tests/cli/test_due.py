"""`tiebreak due`: for people, for programs, and for a calendar."""

import json
from datetime import date

import pytest
from conftest import Cli, MakeSite
from samples import changed

from tiebreak.cli.calendar import escaped, folded

FILES = {
    "content/site.yaml": "title: Picks\nbase_url: https://example.org/\nmax_age: 90d\n",
    "content/compare/tea-vs-coffee.md": changed(
        ("factor: Caffeine", "factor: Dose, by the cup\n    id: caffeine\n    weight: 3"),
        ("{tea: Some, coffee: Much}", '{coffee: {text: Much, checked: 2026-05-01, source: "https://example.org/c"}}'),
    ),
    "content/subjects/tea.yaml": "name: Tea\nfacts:\n  caffeine: {text: Some, checked: 2026-01-01}\n  price: Two\n",
}
LINES = """\
content/subjects/tea.yaml:3:13: Tea, Dose, by the cup: checked 2026-01-01, due since 2026-04-01; 1 page, weight 3
content/compare/tea-vs-coffee.md:10:21: Coffee, Dose, by the cup: checked 2026-05-01, due 2026-07-30; 1 page, weight 3
content/subjects/tea.yaml:4:10: Tea, price: no date; no page
"""
TODAY = ("--today", "2026-07-01")


def test_each_is_said_where_it_is_written(make_site: MakeSite, cli: Cli) -> None:
    """As editors read it, on stdout; how many are due is for people."""
    project = make_site(FILES)
    found = cli("due", "--project", project, *TODAY)
    assert (found.stdout, found.stderr) == (LINES, "2 of 3 are due\n")
    assert cli("due", "--project", project, *TODAY, "--limit", "1").stdout == LINES.splitlines(keepends=True)[0]
    assert not (project / ".tiebreak").exists()


def test_without_a_policy_nothing_is_ever_due(make_site: MakeSite, cli: Cli) -> None:
    """Which is said, as it will be news to whoever asks."""
    found = cli("due", "--project", make_site())
    assert (found.stdout, found.stderr) == ("", "nothing ages here: no `max_age` says after how long\n")


def test_what_can_have_no_date_is_no_fact_to_check_again(make_site: MakeSite, cli: Cli) -> None:
    """The version, licence and home page that the file of a subject says itself, though a row shows them."""
    row = FILES["content/compare/tea-vs-coffee.md"].replace("verdict:", "  - factor: license\nverdict:")
    files = {
        **FILES,
        "content/compare/tea-vs-coffee.md": row,
        "content/subjects/coffee.yaml": "name: Coffee\nlicense: MIT\n",
    }
    assert cli("due", "--project", make_site(files), *TODAY).stdout == LINES


def test_a_draft_is_not_checked_again(make_site: MakeSite, cli: Cli) -> None:
    """And what has mistakes is passed over: `check` tells them."""
    draft = FILES["content/compare/tea-vs-coffee.md"].replace("published:", "draft: true\npublished:")
    files = {**FILES, "content/compare/tea-vs-coffee.md": draft, "content/subjects/coffee.yaml": "nam: x\n"}
    assert "compare" not in cli("due", "--project", make_site(files), *TODAY).stdout


def test_without_settings_there_is_no_queue(make_site: MakeSite, cli: Cli) -> None:
    """Whatever form is asked for, the problem is for people."""
    project = make_site({"content/site.yaml": None})
    for kind in ("text", "json", "ics"):
        found = cli("due", "--project", project, "--format", kind, ok=False)
        assert (found.stdout, "error[no-settings]" in found.stderr) == ("", True)


def test_as_json_it_has_what_the_order_is_made_of(make_site: MakeSite, cli: Cli) -> None:
    """One object a fact."""
    first, second, third = json.loads(cli("due", "--project", make_site(FILES), *TODAY, "--format", "json").stdout)
    assert first == {
        "path": "content/subjects/tea.yaml",
        "line": 3,
        "column": 13,
        "subject": "tea",
        "factor": "caffeine",
        "name": "Tea",
        "label": "Dose, by the cup",
        "checked": "2026-01-01",
        "due": "2026-04-01",
        "late": True,
        "changed": None,
        "sources": [],
        "pages": ["tea-vs-coffee"],
        "weight": 3,
        "likelihood": 0.752,
        "score": 2.444,
    }
    assert second["sources"] == ["https://example.org/c"]
    assert (third["checked"], third["due"], third["pages"], third["late"]) == (None, None, [], True)


def test_as_a_calendar_each_has_its_day(make_site: MakeSite, cli: Cli) -> None:
    """Today for what is late; the same event when it is fetched again on another day."""
    project = make_site(FILES)
    text = cli("due", "--project", project, *TODAY, "--format", "ics").stdout_bytes
    lines = text.decode().split("\r\n")
    assert (lines[0], lines[-2:]) == ("BEGIN:VCALENDAR", ["END:VCALENDAR", ""])
    assert b"\n" not in text.replace(b"\r\n", b"")
    assert max(map(len, text.split(b"\r\n"))) <= 75
    assert [line for line in lines if line.startswith("DTSTART")] == [
        f"DTSTART;VALUE=DATE:{day}" for day in ("20260701", "20260730", "20260701")
    ]
    assert "SUMMARY:Check again: Tea\\, Dose\\, by the cup" in lines
    later = cli("due", "--project", project, "--today", str(date(2027, 1, 1)), "--format", "ics").stdout
    uids = [[line for line in one if line.startswith("UID:")] for one in (lines, later.splitlines())]
    assert sorted(uids[0]) == sorted(uids[1])
    assert len(set(uids[0])) == 3


@pytest.mark.parametrize(
    ("text", "value"), [("a; b, c\\d", "a\\; b\\, c\\\\d"), ("a\r\nb\rc\nd", "a\\nb\\nc\\nd"), ("a\0b\x1bc", "abc")]
)
def test_no_text_ends_its_line(text: str, value: str) -> None:
    """Whatever an author wrote."""
    assert escaped(text) == value


def test_long_lines_are_folded_between_characters() -> None:
    """At 75 bytes, the space at their beginning among them."""
    text = "é" * 100
    parts = list(folded(text))
    assert [len(part.encode()) for part in parts] == [74, 75, 53]
    assert "".join(parts[:1] + [part[1:] for part in parts[1:]]) == text
