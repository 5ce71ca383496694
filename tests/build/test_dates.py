"""What appears on a later day is held back until then, and no page knows the date otherwise."""

from collections.abc import Mapping
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


AGED = changed(("tea: Some", "tea: {text: Some, checked: 2026-10-02}"))
SOURCED = {
    "content/compare/tea-vs-coffee.md": AGED,
    "content/subjects/water.yaml": "name: Water\nfacts: {caffeine: {text: None, checked: 2026-12-02}}\n",
    LATER: other("Water", "Juice", "2026-04-02").replace("[a, b]", "{juice: b}"),
    "content/site.yaml": "title: Picks\nbase_url: https://example.org/\nmax_age: 90d\n",
}


def for_readers(done: Mapping[str, str]) -> list[str]:
    """What is for readers of what was written; files for programs and feeds say the same."""
    return [path for path in done if path.endswith(".html")]


def test_a_page_is_made_again_on_the_day_on_which_a_cell_turns_stale(make_site: MakeSite, build: Build) -> None:
    """And on no other day; no other page is."""
    project = make_site(SOURCED)
    build(project, today=date(2026, 12, 2))
    assert build(project, today=BEFORE).done == {}
    done = build(project, today=DAY, why=True)
    assert for_readers(done.done) == ["compare/tea-vs-coffee/index.html"]
    assert done.done["compare/tea-vs-coffee/index.json"] == "changed"
    assert done.causes["compare/tea-vs-coffee/index.html"] == ("the day: what was to be checked again by 2026-12-31",)
    assert build(project, today=date(2027, 3, 2)).done == {}
    assert for_readers(build(project, today=date(2027, 3, 3)).done) == ["compare/water-vs-juice/index.html"]
    assert build(project, today=AFTER).done == {}
    assert for_readers(build(project, today=BEFORE).done) == [
        "compare/tea-vs-coffee/index.html",
        "compare/water-vs-juice/index.html",
    ]


def test_an_edit_is_judged_by_its_own_day(make_site: MakeSite, build: Build) -> None:
    """Also when nothing else has turned since the last build."""
    project = make_site(SOURCED)
    build(project, today=date(2026, 12, 2))
    (project / "content/compare/tea-vs-coffee.md").write_text(AGED.replace("2026-10-02", "2026-09-20"))
    build(project, today=date(2026, 12, 25))
    page = (project / "site/compare/tea-vs-coffee/index.html").read_text()
    assert "last checked 20 September 2026" in page


@pytest.mark.slow
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.lists(st.tuples(st.sampled_from([BEFORE, DAY, date(2027, 3, 3), AFTER]), st.integers(0, 3)), max_size=5))
def test_stale_cells_are_those_of_a_clean_build(
    make_site: MakeSite,
    build: Build,
    tmp_path_factory: pytest.TempPathFactory,
    days: list[tuple[date, int]],
) -> None:
    """Whatever the days before were, and whatever was edited on them."""
    project = make_site(SOURCED, folder=str(tmp_path_factory.mktemp("warm")))
    for day, edit in days:
        checked = f"2026-10-0{edit + 1}"
        (project / "content/compare/tea-vs-coffee.md").write_text(AGED.replace("2026-10-02", checked))
        build(project, today=day)
        clean = make_site(SOURCED, folder=str(tmp_path_factory.mktemp("clean")))
        (clean / "content/compare/tea-vs-coffee.md").write_text(AGED.replace("2026-10-02", checked))
        build(clean, today=day)
        assert pages(project) == pages(clean)
