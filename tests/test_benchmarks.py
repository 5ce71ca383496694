"""The corpus that the generators are measured on: the same every time, alike for all, and sound."""

import importlib
from collections.abc import Iterator
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
    assert "nothing to mend" in cli("check", "--project", tmp_path).output


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


@pytest.mark.parametrize("generator", ["tiebreak", "hugo", "eleventy"])
def test_every_edit_is_another_one(
    site_builds: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, generator: str
) -> None:
    """Made twice, it leaves its own mark each time, in one file; a deleted comparison is gone."""
    edits = importlib.import_module("incremental_builds")
    monkeypatch.setattr(site_builds, "WORK", tmp_path)
    contender = site_builds.Contender(generator, generator, ())
    edits.lay_out(contender, 12)
    project = contender.project(12)
    for turn, (name, make) in enumerate([*edits.EDITS.items()] * 2):
        if (generator, name) in edits.NOT_FOR:
            continue
        place = edits.Place(contender, 12, turn)
        before = len([*project.rglob("*.md")])
        make(place)
        files = [file for file in project.rglob("*.*") if file.is_file() and place.mark in file.read_text("utf-8")]
        assert len(files) == (name != "a deleted one"), name
        change = {"a new comparison": 1, "a deleted one": -1}.get(name, 0)
        assert len([*project.rglob("*.md")]) - before == change, name


@pytest.mark.slow
def test_edits_that_are_sound_are_built(site_builds: ModuleType, tmp_path: Path, cli: Cli, monkeypatch: Any) -> None:
    """What is measured is a site without a mistake after each edit."""
    edits = importlib.import_module("incremental_builds")
    monkeypatch.setattr(site_builds, "WORK", tmp_path)
    contender = site_builds.Contender("tiebreak", "tiebreak", (), plain=False)
    edits.lay_out(contender, 12)
    for turn, make in enumerate(edits.EDITS.values()):
        make(edits.Place(contender, 12, turn))
        cli("build", "--quiet", "--project", str(contender.project(12)))
