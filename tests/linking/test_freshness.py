"""How old the facts are that a ruling leans on."""

from datetime import date

from conftest import Build, MakeSite
from samples import changed, linked

TEA = "content/compare/tea-vs-coffee.md"
ROWS = changed(
    ("tea: Some", "tea: {text: Some, checked: 2026-03-01}"),
    ("coffee: Much", "coffee: {text: Much, checked: 2026-05-01}"),
    (
        "    wins: tea\n",
        """    wins: tea
  - factor: Price
    weight: 2
    cells: [{text: Two, checked: 2026-06-01}, Four]
    wins: tie
  - factor: Colour
    cells: [{text: Green, checked: 2026-01-01}, {text: Black, checked: 2026-01-01}]
  - factor: Smell
    weight: 0
    cells: [{text: Fine, checked: 2026-01-02}, {text: Strong, checked: 2026-01-02}]
    wins: coffee
""",
    ),
)
MAX_AGE = {"content/site.yaml": "title: Picks\nbase_url: https://example.org/\nmax_age: 90d\n"}


def test_facts_are_as_old_as_the_oldest_that_bears_the_ruling(make_site: MakeSite) -> None:
    """Rows that count and that somebody judged: neither what nobody wins, nor what weighs nothing."""
    (comparison,) = linked(make_site({TEA: ROWS}))[0].whole
    assert [row.id for row in comparison.bearing] == ["caffeine", "price"]
    assert comparison.checked == comparison.card.checked == date(2026, 3, 1)
    assert comparison.upheld == 1  # in the other, a cell has no date


def test_the_page_counts_what_was_checked_in_time(make_site: MakeSite, build: Build) -> None:
    """On the day of the build, with days that stay true while the page lies there; stale cells bear a mark."""
    project = make_site({TEA: ROWS, **MAX_AGE})
    page = project / "site/compare/tea-vs-coffee/index.html"
    build(project, today=date(2026, 4, 5))
    fresh = page.read_text()
    assert fresh.count("<td class") - fresh.count("data-stale") == 4  # but for colour and smell
    assert "In 1 of 2 deciding rows every cell was checked recently enough; oldest check: 1 March 2026" in fresh
    build(project, today=date(2026, 7, 1))
    late = page.read_text()
    assert "In 0 of 2 deciding rows every cell was checked recently enough; oldest check: 1 March 2026" in late
    assert '<span class="also">last checked 1 March 2026</span>' in late
    assert "last checked: longer ago than we allow" in late
    build(make_site({TEA: ROWS.replace("Four]", "{text: Four, checked: 2026-03-02}]")}, folder="other"))
    assert (
        "Facts checked on or after 1 March 2026"
        in (project.parent / "other/site/compare/tea-vs-coffee/index.html").read_text()
    )


def test_machines_get_the_day_by_which_a_fact_is_due(make_site: MakeSite, build: Build) -> None:
    """And can judge by their own clock; the file is the same on every day."""
    fact = "name: Tea\nkind: Drink\nfacts: {caffeine: {value: 3, checked: 2026-01-01}}\n"
    project = make_site({**MAX_AGE, "content/subjects/tea.yaml": fact})
    facts = project / "site/subjects/tea/facts.json"
    build(project, today=date(2026, 4, 2))
    before = facts.read_bytes()
    assert b'"checked":"2026-01-01","due":"2026-04-01"' in before
    build(project, today=date(2027, 1, 2))
    assert facts.read_bytes() == before
