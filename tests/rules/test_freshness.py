"""What was checked too long ago is said once, where its date stands."""

from datetime import date

import pytest
from conftest import Cli, MakeSite
from samples import changed, loaded_site, texts

from tiebreak.problems import flat

TEA, FACTORS, SUBJECT = "content/compare/tea-vs-coffee.md", "content/factors.yaml", "content/subjects/tea.yaml"
SITE = "content/site.yaml"
SETTINGS = "title: Picks\nbase_url: https://example.org/\n"
CELL = changed(("factor: Caffeine", "factor: caffeine"), ("tea: Some", "tea: {text: Some, checked: 2026-01-01}"))
LAST, LATE = date(2026, 6, 30), date(2026, 7, 1)  # 180 days later, and one more
STALE = "stale: Tea was checked on 2026-01-01, and is to be checked again after 180 days"


def stale(make_site: MakeSite, files: dict[str, str], today: date | None) -> list[str]:
    found = flat(loaded_site(make_site(files), today=today).problems)
    return texts(problem for problem in found if problem.code == "stale")


def files(*, factor: str = "", site: str = "", row: str = "", cell: str = "") -> dict[str, str]:
    """The sample with a `max_age` of each of these."""

    def key(age: str) -> str:
        return f", max_age: {age}" if age else ""

    text = CELL.replace("2026-01-01}", f"2026-01-01{key(cell)}}}")
    text = text.replace("    cells:", f"    max_age: {row}\n    cells:") if row else text
    return {
        TEA: text,
        FACTORS: f"caffeine: {{label: Caffeine{key(factor)}}}\n",
        SITE: SETTINGS + (f"max_age: {site}\n" if site else ""),
    }


@pytest.mark.parametrize("today", [None, LAST, LATE])
@pytest.mark.parametrize(
    "found",
    [
        files(site="180d"),
        files(factor="180d", site="1y"),
        files(row="180d", factor="90y", site="1d"),
        files(cell="180d", row="1d", factor="90y"),
    ],
)
def test_the_nearest_policy_decides(make_site: MakeSite, found: dict[str, str], today: date | None) -> None:
    """That of the cell, else of the row, else of the factor, else of the site; without a day nothing is judged."""
    assert stale(make_site, found, today) == [STALE] * (today == LATE)


def test_without_a_policy_or_a_date_nothing_is_stale(make_site: MakeSite) -> None:
    """Nor where the policy outlasts the calendar."""
    late = date(9999, 12, 31)
    assert stale(make_site, files(), late) == []
    assert stale(make_site, files(site="99999y"), late) == []
    assert stale(make_site, {SITE: SETTINGS + "max_age: 1d\n"}, late) == []


def test_a_fact_is_told_where_it_stands(make_site: MakeSite) -> None:
    """Once, however many tables show it; and in the table where only that is stricter."""
    fact = {SUBJECT: "name: Tea\nfacts: {caffeine: {text: Some, checked: 2026-01-01}}\n"}
    row = changed(("factor: Caffeine", "factor: caffeine"), ("{tea: Some, coffee", "{coffee"))
    shown = {TEA: row, FACTORS: "caffeine: {label: Caffeine, max_age: 180d}\n", **fact}
    message = 'stale: "caffeine" was checked on 2026-01-01, and is to be checked again after 180 days'
    assert stale(make_site, shown, LATE) == [message]
    strict = {
        **shown,
        FACTORS: "caffeine: {label: Caffeine}\n",
        TEA: row.replace("    cells", "    max_age: 180d\n    cells"),
    }
    assert stale(make_site, strict, LATE) == [STALE]


def test_a_number_of_stale_cells_can_be_allowed(make_site: MakeSite, cli: Cli) -> None:
    """`--max-stale` fails a check with more, and says how many there are; `--strict` fails it with any."""
    project = make_site(files(site="180d"))
    check = ("check", "--project", project, "--today")
    assert "1 warning" in cli(*check, LATE).stderr
    cli(*check, LATE, "--max-stale", "1")
    assert "1 is stale, and 0 may be" in cli(*check, LATE, "--max-stale", "0", ok=False).stderr
    cli(*check, LAST, "--max-stale", "0", "--strict")
    cli(*check, LATE, "--strict", ok=False)
