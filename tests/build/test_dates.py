"""What appears on a later day is held back until then, and no page knows the date otherwise."""

from datetime import date
from pathlib import Path

import pytest
from conftest import Build, Cli, MakeSite
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import changed

from tiebreak.problems import SiteError

LATER, LAST = "content/compare/water-vs-juice.md", "content/compare/milk-vs-cocoa.md"
BEFORE, DAY, AFTER = date(2026, 12, 31), date(2027, 1, 1), date(2027, 6, 1)


def other(one: str, two: str, published: str) -> str:
    pairs = [
        ("[Tea, Coffee]", f"[{one}, {two}]"),
        ("pick: tea", f"pick: {one.lower()}"),
        ("wins: tea", f"wins: {one.lower()}"),
    ]
    cells = [("{tea: Some, coffee: Much}", "[a, b]"), ("  tea: You", f"  {one.lower()}: You")]
    return changed(*pairs, *cells, ("  coffee: You", f"  {two.lower()}: You"), ("2026-04-02", published))


FILES = {LATER: other("Water", "Juice", str(DAY)), LAST: other("Milk", "Cocoa", str(AFTER))}


def pages(project: Path) -> dict[str, bytes]:
    site = project / "site"
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_a_page_appears_on_its_day(make_site: MakeSite, build: Build) -> None:
    """It is in no list before; with `future` it is there at once."""
    project = make_site(FILES)
    build(project, today=BEFORE)
    assert not any("water" in name for name in pages(project))
    assert not any(b"water-vs-juice" in data for data in pages(project).values())
    assert "compare/water-vs-juice/index.html" in build(project, today=DAY).done
    assert {"compare/water-vs-juice/index.html", "compare/milk-vs-cocoa/index.html"} <= set(
        build(project, today=BEFORE, future=True).paths
    )


def test_until_when_is_said(make_site: MakeSite, build: Build, cli: Cli) -> None:
    """By every build, also where nothing is to be done."""
    project = make_site(FILES)
    line = f"{LATER} is held back until 2027-01-01, when it is published; --future shows it"
    for _ in range(2):
        assert line in cli("build", "--project", project, "--today", BEFORE).stderr
    assert line not in cli("build", "--project", project, "--today", DAY).stderr
    assert "held back until 2027-06-01" in cli("check", "--project", project, "--today", DAY).stderr


def test_a_draft_is_not_said_to_wait_for_its_day(make_site: MakeSite, build: Build, cli: Cli) -> None:
    """`--future` alone would not show it; where drafts are shown, it waits as everything else does."""
    project = make_site({LATER: FILES[LATER].replace("published:", "draft: true\npublished:")})
    assert "held back" not in cli("build", "--project", project, "--today", BEFORE).stderr
    assert "--future shows it" in cli("build", "--project", project, "--today", BEFORE, "--drafts").stderr
    assert "`--drafts --future` shows it before" in cli("check", "--project", project, "--today", BEFORE).stderr
    assert "compare/water-vs-juice/index.html" not in build(project, today=BEFORE, future=True).paths
    assert "compare/water-vs-juice/index.html" in build(project, today=DAY, drafts=True).paths


def test_a_link_to_what_is_held_back_leads_nowhere_yet(make_site: MakeSite, build: Build) -> None:
    """As one to a draft."""
    tea = changed(("Tea is calmer.", "See [water](water-vs-juice.md)."))
    project = make_site({**FILES, "content/compare/tea-vs-coffee.md": tea})
    with pytest.raises(SiteError, match="held back until its day"):
        build(project, today=BEFORE)
    build(project, today=DAY)


DAYS = st.lists(st.sampled_from([BEFORE, DAY, date(2027, 5, 31), AFTER, date(2026, 1, 1)]), min_size=1, max_size=5)


@pytest.mark.slow
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=DAYS, edited=st.booleans())
def test_a_build_on_another_day_equals_a_clean_one(
    make_site: MakeSite, build: Build, tmp_path_factory: pytest.TempPathFactory, days: list[date], edited: bool
) -> None:
    """Byte for byte, whatever the days before were, with an edit between or without."""
    project = make_site(FILES, folder=str(tmp_path_factory.mktemp("warm")))
    clean = make_site(FILES, folder=str(tmp_path_factory.mktemp("clean")))
    for day in days:
        build(project, today=day)
    if edited:
        for root in (project, clean):
            (root / LATER).write_text(FILES[LATER].replace("Tea is calmer.", "Water is calmer."))
        build(project, today=days[-1])
    build(clean, today=days[-1])
    assert pages(project) == pages(clean)
