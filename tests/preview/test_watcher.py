"""Saves as the system reports them: what an author saved, wherever in the project, and nothing else."""

import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread

import pytest

from tiebreak.preview.watcher import WATCHED, Watcher, bursts

PATIENCE = 20  # seconds; far more than anything here takes on an idle machine


class Watched:
    """A project that is looked at: what is reported of it, as one set."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.stopped = Event()
        self._queue: SimpleQueue[frozenset[str]] = SimpleQueue()
        self._thread = Thread(target=self._watch, daemon=True)
        self._thread.start()
        self.first = self._queue.get(timeout=PATIENCE)

    def _watch(self) -> None:
        for burst in bursts(self.project, self.stopped):
            self._queue.put(burst)

    def save(self, path: str, text: str = "x") -> None:
        (self.project / path).parent.mkdir(parents=True, exist_ok=True)
        (self.project / path).write_text(text)

    def until(self, wanted: str, again: Callable[[], None] = lambda: None) -> set[str]:
        """All that is reported until `wanted` is; what is done `again` meanwhile may be seen or not."""
        found: set[str] = set()
        deadline = time.monotonic() + PATIENCE
        while wanted not in found:
            assert time.monotonic() < deadline, found
            again()
            try:
                found |= self._queue.get(timeout=0.2)
            except Empty:
                continue
        return found

    def end(self) -> None:
        self.stopped.set()
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    (tmp_path / "content/compare").mkdir(parents=True)
    (tmp_path / "static").mkdir()
    found = Watched(tmp_path.resolve())
    yield found
    found.end()


def test_at_first_everything_may_have_been_saved(watched: Watched) -> None:
    """The first report is all the folders there may be, and comes when no later save can be missed."""
    assert watched.first == set(WATCHED) == {"content", "templates", "static", "benchmarks/results"}
    watched.save("content/compare/a-vs-b.md")
    assert watched.until("content/compare/a-vs-b.md") == {"content/compare/a-vs-b.md"}


def test_a_removed_file_is_reported_as_a_saved_one(watched: Watched) -> None:
    """And a renamed one under both names."""
    watched.save("static/one.txt")
    watched.until("static/one.txt")
    (watched.project / "static/one.txt").rename(watched.project / "static/other.txt")
    assert watched.until("static/other.txt") == {"static/one.txt", "static/other.txt"}
    (watched.project / "static/other.txt").unlink()
    assert watched.until("static/other.txt") == {"static/other.txt"}


def test_a_new_folder_is_looked_into(watched: Watched) -> None:
    """What lay in it before it was watched is covered by the report of the folder; later saves are seen."""
    watched.save("content/pages/deep/in/a.md")
    watched.until("content")
    watched.until("content/pages/deep/in/a.md", lambda: watched.save("content/pages/deep/in/a.md"))


def test_results_of_measurements_are_watched(watched: Watched) -> None:
    """Also where their folder, or the one around it, comes later; what is no result is not reported."""
    name = "benchmarks/results/x.json"
    watched.save(name)
    watched.until("benchmarks/results")
    watched.until(name, lambda: watched.save(name))
    shutil.rmtree(watched.project / "benchmarks")
    watched.until("benchmarks/results")
    watched.save(name)
    watched.until(name, lambda: watched.save(name))
    watched.save("benchmarks/results/x.csv")
    watched.save("benchmarks/run.py")
    watched.save("static/x.txt")
    assert watched.until("static/x.txt") <= {"static/x.txt", name, *WATCHED}


def test_a_folder_that_comes_later_is_watched(watched: Watched) -> None:
    """There may be no templates at first; and a folder may go, and come back as another one."""
    watched.save("templates/home.html")
    watched.until("templates")
    watched.until("templates/home.html", lambda: watched.save("templates/home.html"))
    shutil.rmtree(watched.project / "templates")
    watched.until("templates")
    watched.save("templates/home.html")
    watched.until("templates/home.html", lambda: watched.save("templates/home.html"))


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need a privilege there")
def test_what_lies_behind_a_link_is_not_watched(tmp_path: Path) -> None:
    """A link may lead to anywhere, such as a folder in which something is always written."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "project/content").mkdir(parents=True)
    (tmp_path / "project/content/link").symlink_to(elsewhere)
    watched = Watched((tmp_path / "project").resolve())
    try:
        (elsewhere / "a.md").write_text("x")
        watched.save("content/b.md")
        assert watched.until("content/b.md") == {"content/b.md"}
    finally:
        watched.end()


def test_what_a_build_passes_over_is_not_reported(watched: Watched) -> None:
    """No build is made for what an editor or a desktop leaves behind, nor for what lies in a folder of that kind."""
    (watched.project / "static/old~").mkdir()
    for folder in ("content", "static"):
        (watched.project / folder / ".git").mkdir()
    left = [".DS_Store", ".#own.txt", ".own.txt.swp", "own.txt~", "old~/own.txt", "#own.txt#", "4913", ".git/index"]
    left = [*(f"static/{name}" for name in left), "content/.hidden", "content/.a.md.swp", "content/.git/index"]
    for path in left:
        watched.save(path)
    watched.save("static/.htaccess")
    assert watched.until("static/.htaccess") <= {"static/.htaccess", *WATCHED}


def test_a_watcher_begins_with_everything_and_ends_when_it_is_closed(tmp_path: Path) -> None:
    """Whether anything was ever saved or not; one that never began ends as well."""
    (tmp_path / "content").mkdir()
    watcher = Watcher(tmp_path.resolve())
    assert watcher.begin() == set(WATCHED)
    watcher.close()
    Watcher(tmp_path.resolve()).close()
