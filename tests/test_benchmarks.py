"""The corpus that the generators are measured on: the same every time, alike for all, and sound."""

import importlib
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from conftest import Cli

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"


@pytest.fixture(scope="module", autouse=True)
def scripts() -> Iterator[None]:
    """The scripts import each other by name, as they do when they are run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(BENCHMARKS)
        yield


@pytest.fixture(scope="module")
def corpus(scripts: None) -> ModuleType:
    return importlib.import_module("corpus")


@pytest.fixture(scope="module")
def site_builds(scripts: None) -> ModuleType:
    return importlib.import_module("site_builds")


def test_a_seed_gives_the_same_articles_every_time(corpus: ModuleType, tmp_path: Path) -> None:
    """Two corpora of one seed are equal byte for byte; another seed gives another."""
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        corpus.write(20, tmp_path / name, "tiebreak", seed=seed)
    one, again, other = (
        {path.relative_to(tmp_path / name): path.read_bytes() for path in sorted((tmp_path / name).rglob("*.*"))}
        for name in ("one", "again", "other")
    )
    assert one == again
    assert one != other


def test_every_generator_is_given_the_same_bodies(corpus: ModuleType, tmp_path: Path) -> None:
    """Only front matter differs, and no two bodies are alike."""
    bodies = {}
    for generator in corpus.GENERATORS:
        corpus.write(12, tmp_path / generator, generator)
        files = sorted((tmp_path / generator / corpus.ARTICLES[generator]).glob("*-vs-*.md"))
        bodies[generator] = [path.read_text(encoding="utf-8").split("---\n", 2)[2] for path in files]
    assert len(set(bodies["tiebreak"])) == 12
    assert all(each == bodies["tiebreak"] for each in bodies.values())


@pytest.mark.slow
@pytest.mark.parametrize("plain", [True, False])
def test_the_corpus_has_nothing_to_mend(corpus: ModuleType, tmp_path: Path, cli: Cli, plain: bool) -> None:
    """Neither the articles nor the plain templates leave anything for `check` to complain of."""
    corpus.write(30, tmp_path, "tiebreak", plain=plain)
    assert "no problems" in cli("check", "--project", tmp_path).output


@pytest.mark.slow
def test_what_is_checked_has_evidence_and_nothing_but_weights_to_mend(tmp_path: Path, cli: Cli) -> None:
    """Real bodies, facts in a row of each table, and a lock that knows every source; weights are drawn."""
    checks = importlib.import_module("checks")
    checks.write(20, tmp_path)
    found = json.loads(cli("check", "--project", tmp_path, "--today", "2026-11-29", "--format", "json").stdout)
    assert {one["code"] for one in found} <= {"unlike-weight"}
    assert (tmp_path / "content/sources.lock").read_text(encoding="utf-8").count('"status": 200') > 40


def test_an_edit_changes_one_sentence_of_one_article_each_time(corpus: ModuleType, tmp_path: Path) -> None:
    """Three edits are three texts of one file, and the rest stays."""
    corpus.write(10, tmp_path, "tiebreak")
    seen = set()
    for _ in range(3):
        path = corpus.edit_one(tmp_path, "tiebreak")
        seen.add((path, path.read_text(encoding="utf-8")))
    assert len(seen) == 3
    assert len({path for path, _ in seen}) == 1


def test_a_repository_is_not_emptied(corpus: ModuleType, tmp_path: Path) -> None:
    """The folder named on the command line is emptied, unless it is somebody's work."""
    (tmp_path / ".git").mkdir()
    with pytest.raises(SystemExit, match="repository"):
        corpus.main(["3", str(tmp_path)])
    assert (tmp_path / ".git").is_dir()


def test_a_fit_finds_the_line_and_the_power(site_builds: ModuleType) -> None:
    """Twice the articles plus five: slope 2, intercept 5; the square: exponent 2."""
    line = site_builds.fit([(n, 2 * n + 5) for n in (10, 30, 100)])
    assert (line["slope"], line["intercept"], line["r_squared"]) == (2, 5, 1)
    assert site_builds.fit([(n, n * n) for n in (10, 30, 100)])["exponent"] == 2


@pytest.fixture
def place(site_builds: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """`place(generator, turn)`: a laid-out project of twelve articles, to be edited for that time."""
    kinds = importlib.import_module("edit_kinds")
    monkeypatch.setattr(site_builds, "WORK", tmp_path)
    monkeypatch.setattr(site_builds, "TRASH", tmp_path / "trash")
    laid_out = set()

    def place(generator: str, turn: int) -> Any:
        build = (sys.executable, "-m", "tiebreak", "build", "--quiet")
        contender = site_builds.Contender(generator, generator, build, (".tiebreak",))
        if contender not in laid_out:
            kinds.lay_out(contender, 12)
            laid_out.add(contender)
        return kinds.Place(contender, 12, turn)

    return place


@pytest.mark.parametrize("generator", ["tiebreak", "hugo", "eleventy"])
def test_every_edit_is_another_one(place: Callable[..., Any], generator: str) -> None:
    """Made twice, it leaves its own mark each time, in one file; a deleted comparison is gone."""
    kinds = importlib.import_module("edit_kinds")
    for turn, (kind, made_by) in enumerate([*kinds.KINDS.items()] * 2):
        here = place(generator, turn)
        before = len([*here.project.rglob("*.md")])
        made_by(here).make()
        files = [file for file in here.project.rglob("*.*") if file.is_file() and here.mark in file.read_text("utf-8")]
        assert len(files) == (kind != "a deleted one"), kind
        change = {"a new comparison": 1, "a deleted one": -1}.get(kind, 0)
        assert len([*here.project.rglob("*.md")]) - before == change, kind


def test_what_is_not_shown_is_found_out(place: Callable[..., Any], tmp_path: Path) -> None:
    """A site without the words of an edit, or with those of a deleted comparison, stops the measurement."""
    builds, kinds = importlib.import_module("incremental_builds"), importlib.import_module("edit_kinds")
    title = kinds.KINDS["a title"](place("tiebreak", 1))
    for shown_in in title.shown_in:
        (tmp_path / shown_in).parent.mkdir(parents=True)
        (tmp_path / shown_in).write_text("Turn1 or another", encoding="utf-8")
    builds.look(tmp_path, title)
    (tmp_path / title.shown_in[-1]).write_text("As before", encoding="utf-8")
    with pytest.raises(AssertionError, match="Turn1"):
        builds.look(tmp_path, title)
    kinds.KINDS["a new comparison"](place("tiebreak", 2)).make()
    deleted = kinds.KINDS["a deleted one"](place("tiebreak", 3))
    (tmp_path / "compare/index.html").write_text("Turn2 and one more", encoding="utf-8")
    with pytest.raises(AssertionError, match="Turn2"):
        builds.look(tmp_path, deleted)


@pytest.mark.slow
def test_builds_and_previews_after_every_edit_are_measured(place: Callable[..., Any], cli: Cli) -> None:
    """Each kind is made to a small site, built and previewed, and is seen there; the tables hold them all."""

    def run(command: Sequence[str]) -> tuple[float, float, float]:
        """A build without the start of a Python."""
        start = time.perf_counter()
        cli("build", "--quiet", "--project", command[2])
        taken = (time.perf_counter() - start) * 1000
        return taken, taken, 0.0

    builds, live = importlib.import_module("incremental_builds"), importlib.import_module("live_edits")
    contender = place("tiebreak", 0).contender
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(builds.harness, "run", run)
        patch.setattr(live, "PAUSE", 0.0)
        patch.setattr(live, "GLANCE", 0.1)
        patch.setattr(live, "PATIENCE", 20)
        found = {part: times for one in builds.measure([contender], 12, 1, builds.PARTS) for part, times in one.items()}
    kinds = importlib.import_module("edit_kinds").KINDS
    assert [*found["builds"]["wall_ms"]] == [builds.COLD, *kinds, builds.NOTHING]
    assert [*found["preview"]["wall_ms"]] == [*kinds]
    for part in found.values():
        assert all(time for taken in part["wall_ms"].values() for time in taken["tiebreak"])


def test_tables_say_the_median_and_what_was_not_shown(site_builds: ModuleType) -> None:
    """Shares are of runs that followed one another; what was not shown has neither time nor share."""
    builds = importlib.import_module("incremental_builds")
    times = {"a title": {"tiebreak": [100.0, 400.0, 150.0], "hugo": [1000.0, 2000.0, 3000.0], "eleventy": [None]}}
    assert "| a title | 0.15 | 2.00 | – | 0.10 |  |" in builds.table(12, "preview", {"wall_ms": times})
    assert builds.seconds(12_345) == "12.3"


def test_pages_show_what_was_measured(scripts: None) -> None:
    """The tables of the README and of the guide are those of the results; the benchmark writes them anew."""
    builds = importlib.import_module("incremental_builds")
    for page, tables in builds.PAGES.items():
        shown = page.read_text(encoding="utf-8")
        assert all(table in shown for table in tables(builds.kept())), page


def test_what_took_long_is_not_done_again(scripts: None) -> None:
    """Unless it is half of a pair: what is made anew has to go again."""
    live = importlib.import_module("live_edits")
    kinds = ("a title", "a template", "a new comparison", "a deleted one")
    times = dict(zip(kinds, ({"one": runs} for runs in ([9e3, 5e3, None], [9e3, 7e3], [2e4], [1e3])), strict=True))
    assert [kind for kind in kinds if live.is_enough(times, kind, "one")] == ["a template"]
