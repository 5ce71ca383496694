"""The story of a build: everything is right, or nothing is written; the same input gives the same bytes."""

import json
import os
import re
import subprocess
import sys
import time
from contextlib import closing
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from conftest import Build, MakeSite
from edits import contents
from published import DRINKS, copied
from samples import COMPARISON, changed

from tiebreak.build import pipeline as builder
from tiebreak.build import workers
from tiebreak.build.pipeline import Options, check
from tiebreak.build.renditions import RENDITIONS
from tiebreak.pages import Output
from tiebreak.problems import SiteError
from tiebreak.theme import Renderer

OTHER = changed(("[Tea, Coffee]", "[Tea, Mate]"), ("coffee: Much", "mate: Much"), ("coffee: You", "mate: You"))


def drinks(folder: Path) -> Path:
    """A copy of the project that uses every feature."""
    return copied(DRINKS, folder)


# --- all or nothing ---------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/compare/tea-vs-coffee.md", changed(("wins: tea", "wins: chai"))),
        ("content/compare/tea-vs-coffee.md", "garbage"),
        ("content/site.yaml", "title: [\n"),
        ("templates/home.html", "{% if %}"),
        ("templates/home.html", "{{ nobody }}"),
        ("templates/404.html", "{{ nobody }}"),
        ("static/index.html", "mine"),
    ],
)
def test_a_failed_build_leaves_the_site_as_it_was(make_site: MakeSite, build: Build, path: str, text: str) -> None:
    """Whatever is wrong, in whichever file and step, the last good site stays to the byte."""
    project = make_site()
    build(project)
    before = contents(project / "site")
    make_site({path: text, "content/compare/tea-vs-mate.md": OTHER})
    with pytest.raises(SiteError):
        build(project)
    assert contents(project / "site") == before


def test_a_problem_carries_every_other_one_with_it(make_site: MakeSite, build: Build) -> None:
    """All problems of all files come in one run."""
    project = make_site(
        {
            "content/compare/tea-vs-coffee.md": changed(("wins: tea", "wins: chai"), ("pick: tea", "pick: chai")),
            "content/pages/about.md": "---\ntitel: x\n---\n",
            "templates/home.html": "{% if %}",
        }
    )
    with pytest.raises(SiteError) as caught:
        build(project)
    assert [(problem.file, problem.code) for problem in caught.value.problems] == [
        ("content/compare/tea-vs-coffee.md", "unknown-subject"),
        ("content/compare/tea-vs-coffee.md", "unknown-subject"),
        ("content/pages/about.md", "missing-key"),
        ("content/pages/about.md", "unknown-key"),
        ("templates/home.html", "template-syntax"),
    ]


def test_warnings_come_with_the_report(make_site: MakeSite, build: Build) -> None:
    """What is weak does not stop a build, and is not lost."""
    report = build(make_site({"content/subjects/mate.yaml": "name: Mate\n"}))
    assert [problem.code for problem in report.problems] == ["orphan-subject"]


def test_a_warning_stays_when_others_change(make_site: MakeSite, build: Build) -> None:
    """Also one that was found when the file was read, which has not changed since."""
    file = "content/compare/tea-vs-coffee.md"
    project = make_site({file: changed(("Tea is calmer.", "[TOC]"))})
    assert [problem.code for problem in build(project).problems] == ["contents-marker"]
    (project / "content/pages").mkdir()
    (project / "content/pages/about.md").write_text("---\ntitle: About\n---\n")
    assert [problem.code for problem in build(project).problems] == ["contents-marker"]


def test_strict_stops_at_warnings(make_site: MakeSite, build: Build) -> None:
    """With `strict`, a warning is as good as an error, also when an earlier build let it pass."""
    project = make_site({"content/subjects/mate.yaml": "name: Mate\n"})
    with pytest.raises(SiteError):
        build(project, strict=True)
    assert not (project / "site").exists()
    build(project)
    with pytest.raises(SiteError):
        build(project, strict=True)


def test_check_looks_at_drafts_and_at_what_templates_make_of_them(make_site: MakeSite) -> None:
    """A template that only fails on a draft is told before the draft is published."""
    own = "{% extends 'default/comparison.html' %}{% block title %}{{ comparison.published.year }}{% endblock %}"
    draft = changed(("published: 2026-04-02", "draft: true"))
    project = make_site({"content/compare/tea-vs-coffee.md": draft, "templates/comparison.html": own})
    assert [problem.code for problem in check(Options(project), date(2026, 5, 1))] == ["template-error"]


def test_check_renders_only_what_own_templates_have_a_part_in(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A part of a page counts as the page, and what copies files or comes from the built-in theme is not rendered."""
    rendered: list[str] = []
    page = Renderer.page

    def seen(self: Renderer, output: Output) -> bytes:
        rendered.append(output.template)
        return page(self, output)

    monkeypatch.setattr(Renderer, "page", seen)
    project = make_site()
    check(Options(project))
    assert set(rendered) <= {""}
    (project / "templates/parts").mkdir(parents=True)
    (project / "templates/parts/verdict.html").write_text("{% macro verdict_list(it) %}{{ 1 / 0 }}{% endmacro %}")
    assert {problem.code for problem in check(Options(project))} == {"template-error"}


# --- addresses --------------------------------------------------------------------------------------------------------


def test_a_collision_is_told_at_the_one_that_asks_second(make_site: MakeSite, build: Build) -> None:
    """Two things that want one address: the message names the other, and points to the key to change."""
    text = changed(("published:", "aliases: [about]\npublished:"))
    project = make_site(
        {"content/pages/about.md": "---\ntitle: About\n---\n", "content/compare/tea-vs-coffee.md": text}
    )
    with pytest.raises(SiteError) as caught:
        build(project)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.column) == ("content/compare/tea-vs-coffee.md", 13, 11)
    assert problem.message == '"/about/" is already taken by content/pages/about.md'


def test_a_static_file_cannot_take_a_pages_place(make_site: MakeSite, build: Build) -> None:
    """The theme's files share the address space with the pages, and are told apart from them in the message."""
    with pytest.raises(SiteError) as caught:
        build(make_site({"static/compare/index.html": "mine"}))
    assert str(caught.value).splitlines()[0] == (
        'static/compare/index.html: error[url-collision]: "/compare/" is already taken by the site itself'
    )


@pytest.mark.slow
def test_base_url_changes_public_addresses_and_nothing_else(make_site: MakeSite, build: Build) -> None:
    """Pages link relatively: only what must be absolute knows the base URL."""
    project = make_site()
    build(project)
    report = build(project, base_url="https://other.example/")
    assert "compare/tea-vs-coffee/index.html" in report.done
    page = (project / "site/compare/tea-vs-coffee/index.html").read_text()
    assert "https://other.example/compare/tea-vs-coffee/" in page
    assert "example.org" not in page


# --- the same bytes ---------------------------------------------------------------------------------------------------


def test_a_second_build_touches_nothing(make_site: MakeSite, build: Build) -> None:
    """The same input gives the same bytes, so there is nothing to write."""
    project = make_site()
    build(project)
    assert build(project).done == {}


def test_a_removed_comparison_takes_its_pages_along(make_site: MakeSite, build: Build) -> None:
    """Page with what stands beside it, mirror, and the hubs that only it needed."""
    project = make_site({"content/compare/tea-vs-mate.md": OTHER})
    build(project)
    (project / "content/compare/tea-vs-mate.md").unlink()
    removed = {path for path, what in build(project).done.items() if what == "removed"}
    own = {f"compare/tea-vs-mate/{name}" for name in RENDITIONS}
    assert removed == {*own, "compare/mate-vs-tea/index.html", "subjects/mate/index.html"}


def versus(one: str, other: str, day: int) -> tuple[str, str]:
    """A comparison of two subjects, which appeared on a day of May."""
    renamed = (("[Tea, Coffee]", f"[{one}, {other}]"), ("{tea: Some, coffee: Much}", "[Some, Much]"))
    ids = (("pick: tea", f"pick: {one}"), ("wins: tea", f"wins: {one}"), ("  tea:", f"  {one}:"))
    text = changed(*renamed, *ids, ("  coffee:", f"  {other}:"), ("2026-04-02", f"2026-05-{day:02}"))
    return f"content/compare/{one}-vs-{other}.md", text


def test_one_subject_has_one_hue(make_site: MakeSite, build: Build) -> None:
    """On every page, in every list and in its data, also where no file is about it; and it differs from its rivals'."""
    files = dict(versus(*pair, day) for day, pair in enumerate(combinations(["ale", "rum", "gin", "port"], 2), 1))
    facts = "kind: Drink\nfacts: {proof: 40}\ncolor: '#aa3300'\n"
    named = {f"content/subjects/{id}.yaml": f"name: {id.title()}\n{facts}" for id in ("ale", "rum", "fizz")}
    project = make_site({**files, **named})
    build(project)
    found: dict[str, set[str]] = {}
    for file in (project / "site").rglob("*.html"):
        for hue, id in re.findall(r'class="hue-(\d+)" data-column="(\w+)"', file.read_text("utf-8")):
            found.setdefault(id, set()).add(hue)
        for hue, name in re.findall(r'<p class="won hue-(\d+)">.*<b>(\w+)</b>', file.read_text("utf-8")):
            found.setdefault(name.casefold(), set()).add(hue)
    for file in (project / "site/subjects").glob("*/facts.json"):
        found.setdefault(file.parent.name, set()).add(str(json.loads(file.read_bytes())["hue"]))
    assert found.keys() == {"ale", "rum", "gin", "port", "fizz", "tea", "coffee"}
    assert {len(hues) for hues in found.values()} == {1}
    assert found["ale"] == found["fizz"]  # which nothing is compared with
    assert len(set.union(*(found[id] for id in ("ale", "rum", "gin", "port")))) == 4


def test_a_hue_that_moves_is_moved_wherever_it_is_shown(make_site: MakeSite, build: Build) -> None:
    """Two that nobody compared have one colour. Once they are compared, one of them gets another, and only its pages
    are made again.
    """
    red = "kind: Drink\nfacts: {proof: 40}\ncolor: '#aa3300'\n"
    files = dict([versus("rum", "port", 1), versus("ale", "gin", 2), versus("mead", "perry", 3)])
    files |= {f"content/subjects/{id}.yaml": f"name: {id.title()}\n{red}" for id in ("ale", "rum")}
    project = make_site(files)
    build(project)
    path, text = versus("rum", "ale", 4)
    (project / path).write_text(text)
    done = build(project).done
    shown = {path for path, what in done.items() if what == "changed"}
    assert {"compare/ale-vs-gin/index.html", "subjects/ale/index.html", "subjects/ale/facts.json"} <= shown
    assert "compare/mead-vs-perry/index.html" not in done
    pages = [project / f"site/compare/{pair}/index.html" for pair in ("rum-vs-port", "rum-vs-ale")]
    first, second = (re.findall(r'class="hue-(\d+)" data-column="rum"', page.read_text("utf-8")) for page in pages)
    assert first == second


def test_foreign_files_in_the_site_survive(make_site: MakeSite, build: Build) -> None:
    """What others put into the output folder is not the build's business."""
    project = make_site({"site/CNAME": "example.org", "site/.gitignore": "*\n"})
    build(project)
    build(project, fresh=True)
    assert (project / "site/CNAME").read_text() == "example.org"
    assert (project / "site/.gitignore").read_text() == "*\n"


@pytest.mark.slow
def test_the_number_of_processes_never_shows(tmp_path: Path, build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any `--jobs` gives the same bytes; a low threshold makes this small site worth several."""
    monkeypatch.setattr(workers, "WORTH_A_POOL", 1)
    project = drinks(tmp_path)
    outputs = [
        build(project, output=tmp_path / f"site-{jobs}", state=tmp_path / f"state-{jobs}", jobs=jobs).output
        for jobs in (1, 2, 3)
    ]
    assert contents(outputs[0])
    assert contents(outputs[0]) == contents(outputs[1]) == contents(outputs[2])


@pytest.mark.slow
def test_problems_are_the_same_in_any_number_of_processes(
    make_site: MakeSite, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mistakes found in another process, in content and in templates, are told as from this one."""
    monkeypatch.setattr(workers, "WORTH_A_POOL", 1)
    wrong = changed(("wins: tea", "wins: chai"), ("Tea is calmer.", "[x](nowhere.md)"))
    project = make_site({"content/compare/tea-vs-coffee.md": wrong, "content/compare/tea-vs-mate.md": "---\n---\n"})
    assert track(project, 1) == track(project, 2) == track(project, 3)
    make_site({"content/compare/tea-vs-mate.md": OTHER})
    for template in ("404.html", "comparison.html"):
        project = make_site({f"templates/{template}": "{{ nobody }}"})
        assert track(project, 1) == track(project, 2) == track(project, 3)
        (project / f"templates/{template}").unlink()


def track(project: Path, jobs: int) -> str:
    with pytest.raises(SiteError) as caught:
        builder.build(Options(project, jobs=jobs))
    return str(caught.value)


@pytest.mark.slow
def test_neither_hash_seed_nor_locale_nor_time_zone_shows(tmp_path: Path) -> None:
    """The same input gives the same bytes in processes that differ in all that must not matter."""
    project = drinks(tmp_path)
    worlds = [
        {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "0"},
    ]
    for number, world in enumerate(worlds):
        command = [sys.executable, "-m", "tiebreak", "build", "--quiet", "--project", str(project)]
        subprocess.run([*command, "--output", str(tmp_path / str(number))], check=True, env={**os.environ, **world})
    assert contents(tmp_path / "0") == contents(tmp_path / "1")


@pytest.mark.slow
def test_the_order_of_files_on_the_disk_never_shows(tmp_path: Path, build: Build) -> None:
    """A project written in another order, in a folder of another name, is the same site."""
    inputs = sorted([*(DRINKS / "content").rglob("*"), *(DRINKS / "benchmarks").rglob("*")])
    files = {path: path.read_bytes() for path in inputs if path.is_file()}
    for name, order in (("one", list(files)), ("other", list(reversed(files)))):
        for path in order:
            target = tmp_path / name / path.relative_to(DRINKS)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(files[path])
        build(tmp_path / name)
    assert contents(tmp_path / "one/site") == contents(tmp_path / "other/site")


@pytest.mark.slow
def test_a_builder_whose_processes_are_at_work_builds_again(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They have the lock's file open, too, and must not keep it locked."""
    monkeypatch.setattr(workers, "WORTH_A_POOL", 1)
    project = make_site()
    with closing(builder.Builder(Options(project, jobs=2))) as preview:
        preview.build()
        (project / "content/compare/tea-vs-coffee.md").write_text(COMPARISON.replace("calmer", "milder"))
        written = preview.build().done
        assert written == {f"compare/tea-vs-coffee/{name}": "changed" for name in ("index.html", "index.md")}


@pytest.mark.slow
def test_a_build_that_finds_nothing_to_do_imports_little(make_site: MakeSite, build: Build) -> None:
    """What reads and renders takes longer to import than all that such a build does."""
    project = make_site()
    time.sleep(0.05)  # what is new within a tick of the clock is read again
    build(project)
    script = (
        "import sys; from tiebreak.cli import main; "
        "main(['build', '--quiet', '--project', sys.argv[1]], standalone_mode=False); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(project)], capture_output=True, text=True, check=True)
    heavy = {"pydantic", "jinja2", "yaml", "tiebreak.content", "tiebreak.theme", "tiebreak.pages"}
    assert set(done.stdout.split()) & heavy == set()
