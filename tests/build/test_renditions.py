"""What is made of each comparison beside its page: each file by its own key, and none that is not stale."""

import pytest
from conftest import Build, MakeSite
from samples import SITE, changed

from tiebreak.build.renditions import RENDITIONS
from tiebreak.model.site import Settings
from tiebreak.pages.outputs import renditions
from tiebreak.problems import SiteError

TEA = "content/compare/tea-vs-coffee.md"
FOLDER = "compare/tea-vs-coffee/"
TABLE = f"{FOLDER}table.csv"


def test_every_file_that_a_site_wants_is_made() -> None:
    """A name without a function that makes it would fail in the middle of a build."""
    names = renditions(Settings("Picks", "https://example.org/"))
    assert sorted(names) == sorted(RENDITIONS)
    assert renditions(Settings("Picks", "https://example.org/", twins=False, cards=False)) == ("index.html",)


def test_a_file_that_is_gone_is_made_again_and_no_other(make_site: MakeSite, build: Build) -> None:
    """Whichever of those of a comparison it is."""
    project = make_site()
    site = build(project).output
    before = (site / TABLE).read_bytes()
    (site / TABLE).unlink()
    report = build(project, why=True)
    assert report.done == {TABLE: "new"}
    assert report.causes == {TABLE: ("it was no longer as it was written",)}
    assert (site / TABLE).read_bytes() == before


def test_a_switch_takes_them_away(make_site: MakeSite, build: Build) -> None:
    """And brings them back."""
    project = make_site()
    site = build(project).output
    settings = project / "content/site.yaml"
    settings.write_text(f"{SITE}twins: false\n")
    assert build(project).done[TABLE] == "removed"
    assert sorted(path.name for path in (site / FOLDER).iterdir()) == ["card.png", "index.html"]
    settings.write_text(SITE)
    assert build(project).done[TABLE] == "new"


def test_nothing_is_linked_for_what_is_not_stale(make_site: MakeSite, build: Build) -> None:
    """An edit of another comparison leaves them as they are: what stands beside a page shows no other."""
    other = changed(
        ("[Tea, Coffee]", "[Mate, Tea]"),
        ("{tea: Some, coffee: Much}", "[a, b]"),
        ("  coffee: You", "  mate: You"),
    )
    project = make_site({"content/compare/mate-vs-tea.md": other})
    build(project)
    (project / "content/compare/mate-vs-tea.md").write_text(other.replace("Tea for calm", "Tea for peace"))
    done = build(project).done
    assert f"{FOLDER}index.html" in done  # it shows the other among the related
    assert TABLE not in done
    assert "compare/mate-vs-tea/index.html" in done


def test_why_a_file_was_made(make_site: MakeSite, build: Build) -> None:
    """By the file of its comparison; not by what only the page shows."""
    project = make_site()
    build(project)
    (project / TEA).write_text(changed(("tea: Some", "tea: Little")))
    assert build(project, why=True).causes[TABLE] == (TEA,)
    (project / "templates").mkdir()
    (project / "templates/comparison.html").write_text("Own.")
    assert list(build(project, why=True).causes) == [f"{FOLDER}index.html"]


def test_what_an_author_put_there_is_told(make_site: MakeSite, build: Build) -> None:
    """As for any two files at one address."""
    project = make_site({"content/compare/tea-vs-coffee/table.csv": "a,b\n"})
    with pytest.raises(SiteError) as refused:
        build(project)
    assert [(one.code, one.file) for one in refused.value.problems] == [
        ("url-collision", "content/compare/tea-vs-coffee/table.csv")
    ]
