"""The releases of a subject as a strip of dates, and what a check says of them."""

from datetime import date

from conftest import Build, Cli, MakeSite
from samples import ENGLISH, compared, published

from tiebreak.model.facts import Release
from tiebreak.model.site import Site
from tiebreak.pages import releases as module
from tiebreak.pages.releases import releases

DAY, LATER = date(2025, 1, 2), date(2026, 1, 2)


def of(*some: Release) -> Site:
    site = published(compared("Tea", "Coffee"))
    return Site(site.settings, site.listings, site.subjects, releases={"tea": some})


def test_a_line_for_each_release() -> None:
    """A day, or a span where it is known until when the release is supported; a source that several share once."""
    first = Release("2.0", LATER, source="https://example.org/r", checked=LATER)
    found = releases(of(first, Release("1.0", DAY, LATER, "https://example.org/r", LATER)), "tea", ENGLISH)
    assert found is not None
    assert [(row.label, row.points[0] and row.points[0].reach) for row in found.chart.rows] == [
        ("2.0", (LATER, LATER)),
        ("1.0", (DAY, LATER)),
    ]
    assert found.has_ends
    assert [(one.url, one.accessed) for one in found.sources] == [("https://example.org/r", LATER)]


def test_older_ones_are_counted() -> None:
    """A subject with a hundred releases has eight lines; one without has none."""
    site = of(*(Release(str(number), DAY) for number in range(20)))
    found = releases(site, "tea", ENGLISH)
    assert found is not None
    assert (len(found.chart.rows), found.more) == (module.MOST, 20 - module.MOST)
    assert not found.has_ends
    assert releases(site, "coffee", ENGLISH) is None


def test_a_page_says_what_a_bar_is(make_site: MakeSite, build: Build) -> None:
    """Where one is drawn: nothing else tells it from a day."""
    line = "{version: '2', date: 2025-01-02}"
    for end, count in (("", 0), (", until: 2026-01-02", 1)):
        text = f"name: Tea\nreleases:\n  - {line.replace('}', end + '}')}\n"
        project = make_site({"content/subjects/tea.yaml": text}, folder=f"tea{count}")
        page = (build(project).output / "subjects/tea/index.html").read_text("utf-8")
        assert page.count("A bar is how long a release is supported") == count


def test_a_release_cannot_lie_in_the_future(make_site: MakeSite, cli: Cli) -> None:
    """Nor the day on which somebody read of it; support may end then."""
    line = "  - {version: '2', date: 2030-01-02, until: 2040-01-02, checked: 2031-01-02}\n"
    project = make_site({"content/subjects/tea.yaml": f"name: Tea\nreleases:\n{line}"})
    said = cli("check", "--project", str(project), "--today", "2026-11-29").output
    assert [part.partition(" lies")[0] for part in said.split("warning[future-date]: ")[1:]] == [
        "2030-01-02",
        "2031-01-02",
    ]
