"""Everything under `content/` is read on its own, and no mistake hides another."""

import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from conftest import MakeSite
from samples import COMPARISON, SITE, changed, loaded_site, read, texts

from tiebreak.build import workers
from tiebreak.content.project import parse
from tiebreak.content.schema import ComparisonEntry
from tiebreak.markdown import Dialect
from tiebreak.problems import Problem, flat
from tiebreak.storage.cache import Cache

TEA = "content/compare/tea-vs-coffee.md"
PAGE = "---\ntitle: A\n---\n"
needs_links = pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need a privilege there")


def complaints(problems: Iterable[Problem]) -> list[tuple[str, str]]:
    return [(problem.file, problem.code) for problem in sorted(problems)]


def test_every_kind_of_file_is_read(make_site: MakeSite) -> None:
    """Under the name that others call it by."""
    site = make_site(
        {
            "content/factors.yaml": "speed: {label: Speed}\n",
            "content/subjects/tea.yaml": "name: Tea\n",
            "content/pages/guide/start.md": PAGE,
            "content/compare/data.csv": "1\n",
        }
    )
    project = read(site)
    assert project.problems == []
    assert project.settings is not None
    assert project.settings.entry.title == "Picks"
    assert list(project.factors) == ["speed"]
    assert list(project.subjects) == ["tea"]
    assert project.comparisons == [TEA]
    assert list(project.pages) == ["guide/start"]
    assert [file.origin for file in project.attachments] == ["content/compare/data.csv"]


def test_a_broken_file_does_not_keep_the_others_from_being_read(make_site: MakeSite) -> None:
    """Each is told its own mistakes, and is remembered as broken, so that links to it are not called wrong."""
    site = make_site(
        {
            TEA: "no front matter",
            "content/site.yaml": SITE + "titel: x\n",
            "content/factors.yaml": "speed: [",
            "content/subjects/tea.yaml": "nam: Tea\n",
            "content/pages/a.md": "---\norder: first\n---\n",
            "content/pages/b.md": PAGE,
        }
    )
    loaded = loaded_site(site)
    assert complaints(flat(loaded.problems)) == [
        (TEA, "no-front-matter"),
        ("content/factors.yaml", "yaml-syntax"),
        ("content/pages/a.md", "missing-key"),
        ("content/pages/a.md", "bad-number"),
        ("content/site.yaml", "unknown-key"),
        ("content/subjects/tea.yaml", "missing-key"),
        ("content/subjects/tea.yaml", "unknown-key"),
    ]
    assert loaded.index.broken == {TEA, "content/pages/a.md", "content/subjects/tea.yaml"}
    assert {name: page.sound for name, page in read(site).pages.items()} == {"a": False, "b": True}


def test_a_duplicate_key_leaves_the_file_readable(make_site: MakeSite) -> None:
    """So that everything else in it is checked in the same run."""
    site = make_site({TEA: changed(("pick: tea", "pick: tea\npick: coffee"))})
    parsed, problems = parse(site, TEA, ComparisonEntry, Cache(None), Dialect())
    assert complaints(problems) == [(TEA, "duplicate-key")]
    assert parsed is not None
    assert parsed.entry.pick == "tea"


def test_hidden_files_and_editors_leavings_are_passed_over(make_site: MakeSite) -> None:
    """They are nobody's mistake."""
    site = make_site({"content/.DS_Store": "x", "content/pages/a.md~": "x", "content/.git/config": "x"})
    assert read(site).problems == []


@needs_links
def test_nothing_is_read_from_outside_content(make_site: MakeSite, tmp_path: Path) -> None:
    """A link may lead to another file in there, and nowhere else, also not to the rest of the project."""
    site = make_site()
    (tmp_path / "secret.md").write_text(PAGE)
    (site / "content/pages").mkdir()
    (site / "content/pages/secret.md").symlink_to(tmp_path / "secret.md")
    (site / "shared.md").write_text(PAGE)
    (site / "content/pages/shared.md").symlink_to(site / "shared.md")
    (site / "content/pages/own.md").write_text(PAGE)
    (site / "content/pages/linked.md").symlink_to(site / "content/pages/own.md")
    project = read(site)
    assert set(texts(project.problems)) == {"outside-project: this link leads out of content/"}
    assert sorted(complaints(project.problems)) == [
        ("content/pages/secret.md", "outside-project"),
        ("content/pages/shared.md", "outside-project"),
    ]
    assert sorted(project.pages) == ["linked", "own"]


@needs_links
def test_a_linked_folder_is_not_passed_over_in_silence(make_site: MakeSite, tmp_path: Path) -> None:
    """Whoever links one would wait for its pages."""
    site = make_site()
    (tmp_path / "docs").mkdir()
    (site / "content/pages").symlink_to(tmp_path / "docs", target_is_directory=True)
    assert complaints(read(site).problems) == [("content/pages", "linked-folder")]


@needs_links
def test_a_file_that_cannot_be_read_is_told(make_site: MakeSite) -> None:
    """A link that leads nowhere is one."""
    site = make_site()
    (site / "content/pages").mkdir()
    (site / "content/pages/gone.md").symlink_to("went.md")
    project = read(site)
    assert complaints(project.problems) == [("content/pages/gone.md", "unreadable")]
    assert texts(project.problems) == ["unreadable: the file cannot be read: No such file or directory"]


@pytest.mark.slow
def test_text_nested_without_end_is_told(make_site: MakeSite) -> None:
    """With a problem, not with an exhausted stack."""
    deep = "\n".join("    " * level + "- x" for level in range(250))
    project = read(make_site({"content/pages/deep.md": PAGE + deep}))
    assert complaints(project.problems) == [("content/pages/deep.md", "too-deep")]


def test_the_body_is_converted_as_the_settings_say(make_site: MakeSite) -> None:
    """Raw HTML is text, unless the site allows it."""
    files = {"content/pages/a.md": PAGE + "<kbd>A</kbd>\n"}
    assert "&lt;kbd&gt;" in read(make_site(files)).pages["a"].body.html
    allowed = {**files, "content/site.yaml": SITE + "allow_html: true\n"}
    assert "<kbd>" in read(make_site(allowed)).pages["a"].body.html


@pytest.mark.slow
def test_the_number_of_processes_does_not_show(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does the order in which they finish."""
    monkeypatch.setattr(workers, "WORTH_A_POOL", 1)
    files = {f"content/compare/p{place}.md": COMPARISON if place % 3 else "---\n---\n" for place in range(12)}
    site = make_site({**files, "content/compare/water-vs-juice.md": changed(("pick: tea", "pick: juice"))})
    one, two = loaded_site(site, jobs=1), loaded_site(site, jobs=2)
    assert (one.site, one.digests, one.problems) == (two.site, two.digests, two.problems)
    assert len(flat(one.problems)) > 4
