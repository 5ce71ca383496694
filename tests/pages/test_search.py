"""The search index: of the pages that are there, made when they have changed, and no part of a preview."""

import json
from pathlib import Path

import pytest
from conftest import Build, Cli, MakeSite
from samples import SITE, changed

from tiebreak.build.pipeline import Builder, Options
from tiebreak.pages import search

pytestmark = pytest.mark.slow  # Pagefind reads every site

SEARCHED = changed(("title: Picks\n", "title: Picks\nsearch: true\n"), text=SITE)
TEA = "content/compare/tea-vs-coffee.md"


def edit(project: Path, old: str, new: str, path: str = TEA) -> None:
    file = project / path
    file.write_text(changed((old, new), text=file.read_text()))


def bundle(project: Path) -> dict[str, bytes]:
    folder = project / "site/pagefind"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def count(project: Path) -> int:
    languages = json.loads(bundle(project)["pagefind-entry.json"])["languages"]
    return int(languages["en"]["page_count"])


@pytest.fixture
def project(make_site: MakeSite, build: Build) -> Path:
    about = "---\ntitle: About\n---\nWho we are.\n"
    project = make_site({"content/site.yaml": SEARCHED, "content/pages/about.md": about})
    build(project)
    return project


def test_what_says_something_is_indexed(project: Path) -> None:
    """The comparison, its two subjects and the page; neither lists nor redirects."""
    assert count(project) == 4
    assert {path.split("/")[0] for path in bundle(project) if "." in path.split("/")[0]} >= {"pagefind.js"}
    assert not [path for path in bundle(project) if "ui" in path]


def test_without_the_setting_there_is_no_trace_of_it(make_site: MakeSite, build: Build) -> None:
    """No index, no button, no mark on a page."""
    project = make_site()
    build(project)
    assert bundle(project) == {}
    assert not [page for page in (project / "site").rglob("*.html") if b"pagefind" in page.read_bytes()]


def test_the_same_pages_have_the_same_index(project: Path, build: Build) -> None:
    """Byte for byte, however they came about."""
    before = bundle(project)
    build(project, fresh=True)
    assert bundle(project) == before


def test_the_index_follows_the_pages(project: Path, build: Build) -> None:
    """A word that comes is found, what is no longer needed goes, and a warm index is a clean one."""
    before = bundle(project)
    edit(project, "Tea is calmer.", "Tea is calmer, and greener.")
    build(project)
    after = bundle(project)
    assert after.keys() != before.keys()
    build(project, fresh=True)
    assert bundle(project) == after


def test_an_index_is_made_only_of_other_pages(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that changes no page pays nothing for the search."""
    monkeypatch.setattr(search, "index", lambda paths, read: pytest.fail("indexed again"))
    (project / "static").mkdir()
    (project / "static/own.txt").write_text("mine")
    builder = Builder(Options(project))
    assert set(builder.build().done) == {"own.txt"}
    builder.close()


def test_a_damaged_index_is_made_again(project: Path, build: Build) -> None:
    """Like any file of the site."""
    before = bundle(project)
    (project / "site/pagefind/pagefind.js").unlink()
    build(project)
    assert bundle(project) == before


def test_an_index_that_nobody_wants_goes(project: Path, build: Build) -> None:
    """With the setting, by the manifest."""
    edit(project, "search: true\n", "", "content/site.yaml")
    build(project)
    assert bundle(project) == {}


def test_the_place_of_the_index_is_taken(make_site: MakeSite, cli: Cli) -> None:
    """Where the site has one: a file of the project's would be lost in it."""
    files = {"content/site.yaml": SEARCHED, "static/pagefind/pagefind.js": "", "static/Pagefind/mine.txt": ""}
    project = make_site(files)
    told = cli("check", "--project", str(project), ok=False).stderr
    for name in ("pagefind/pagefind.js", "Pagefind/mine.txt"):
        assert f'static/{name}: error[url-collision]: "/{name}" is already taken by the site itself' in told
    assert "= rename it\n" in told
    edit(project, "search: true\n", "", "content/site.yaml")
    cli("check", "--project", str(project))


def test_a_preview_has_no_search(project: Path, tmp_path: Path) -> None:
    """It would take longer than an edit does."""
    builder = Builder(Options(project, tmp_path / "screen", search=False, state=tmp_path / "state"))
    builder.build()
    builder.close()
    assert not (tmp_path / "screen/pagefind").exists()
    assert 'data-tool="search"' not in (tmp_path / "screen/index.html").read_text()


def test_the_time_that_it_takes_is_its_own(project: Path, cli: Cli) -> None:
    """`--profile` has a line for it."""
    edit(project, "calmer", "quieter")
    assert "\nsearch " in cli("build", "--project", str(project), "--profile").stderr


def test_without_pagefind_the_author_is_told(make_site: MakeSite, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the setting stands, and what would help; nothing is written."""
    monkeypatch.setattr(search, "find_spec", lambda name: None)
    project = make_site({"content/site.yaml": SEARCHED})
    result = cli("build", "--project", str(project), ok=False)
    assert "content/site.yaml:2:1: error[missing-search]: Pagefind is not installed" in result.stderr
    assert 'pip install "tiebreak[search]"' in result.stderr
    assert not (project / "site/index.html").exists()


@pytest.mark.parametrize("language", ["zh-TW", "ja", "KO"])
def test_a_language_without_spaces_wants_the_extended_pagefind(
    make_site: MakeSite, cli: Cli, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """A warning where only the plain one is there; none where both are."""
    project = make_site({"content/site.yaml": f"{SEARCHED}language: {language}\n"})
    for lacking, count in ("pagefind_bin_extended", 1), ("pagefind_bin", 0):
        monkeypatch.setattr(search, "find_spec", lambda name, lacking=lacking: None if name == lacking else name)
        told = cli("check", "--project", str(project)).stderr
        assert told.count("warning[unsegmented-search]") == count
        assert told.count('pip install "pagefind[extended]"') == count


def test_what_pagefind_cannot_do_is_told(project: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """In its own words, without a traceback, and the site stays as it was."""

    def fail(*given: object) -> dict[str, bytes]:
        raise OSError("Pagefind could not index the site: no room")

    monkeypatch.setattr(search, "index", fail)
    before = (project / "site/compare/tea-vs-coffee/index.html").read_bytes()
    edit(project, "calmer", "quieter")
    result = cli("build", "--project", str(project), ok=False)
    assert "error: Pagefind could not index the site: no room" in result.stderr
    assert (project / "site/compare/tea-vs-coffee/index.html").read_bytes() == before


def test_the_order_of_a_folder_does_not_show(project: Path) -> None:
    """Nor do pages that lie there and are not ours."""
    pages = {
        path.relative_to(project / "site").as_posix(): path.read_bytes() for path in (project / "site").rglob("*.html")
    }
    one = search.index(pages, pages.__getitem__)
    assert search.index(reversed(list(pages)), pages.__getitem__) == one
    assert {path: (project / "site" / path).read_bytes() for path in one} == one


def test_a_pagefind_that_ends_early_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever ended it."""
    monkeypatch.setattr(search.sys, "executable", "/bin/true")
    with pytest.raises(OSError, match="ended without an answer"):
        search.index(["index.html"], lambda path: search.BODY)
