"""Whatever stops a build, wherever it is: every file of the site is whole, nobody else's is lost, the next build heals.

`TIEBREAK_SOAK=<seconds>` kills builds for a quarter of that time, and at every step instead of at some.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import edits
import pytest

pytestmark = [pytest.mark.skipif(sys.platform == "win32", reason="needs signals and process groups"), pytest.mark.alone]

SOAK = float(os.environ.get("TIEBREAK_SOAK", "0"))
OWN = {"CNAME": b"example.org", "compare/notes.txt": b"mine"}


@dataclass(frozen=True)
class Version:
    """A project at one time: its files, and the site that they make."""

    files: Mapping[str, bytes]
    site: Mapping[str, bytes]


def versions(folder: Path, count: int) -> tuple[Version, Version]:
    """Two of one project: every page differs, some are only in the first, more are only in the second."""
    first, second = edits.library(count, title="First"), edits.library(count + count // 2, title="Second")
    del second.articles[: count // 4]
    made = []
    for world in (first, second):
        files = world.files()
        made.append(Version(files, edits.clean(files, folder)[1]))
    return made[0], made[1]


@dataclass(frozen=True)
class Place:
    """Where a project and its site lie."""

    project: Path
    site: Path

    def command(self, *args: str) -> list[str]:
        command = [sys.executable, "-m", "tiebreak", "build", "--project", str(self.project)]
        return [*command, "--output", str(self.site), *args]

    def start(self, *args: str) -> subprocess.Popen[str]:
        """A build that leads a group of processes and hears an interrupt, which tests in the background would not."""
        return subprocess.Popen(
            self.command(*args),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )

    def run(self, *args: str) -> tuple[int, list[str]]:
        """The exit status of a build, and the lines that it had to say."""
        done = subprocess.run(self.command("--quiet", *args), capture_output=True, text=True)
        return done.returncode, (done.stdout + done.stderr).strip().splitlines()

    def become(self, version: Version) -> None:
        """The project is written and built in this process, and the site is right, with other people's files in it."""
        edits.save(version.files, self.project)
        self.take_in()
        edits.attempt(self.project, output=self.site)
        assert self.strangers(version) == {}

    def take_in(self) -> None:
        for path, data in OWN.items():
            (self.site / path).parent.mkdir(parents=True, exist_ok=True)
            (self.site / path).write_bytes(data)

    def strangers(self, *versions: Version, hidden: bool = True) -> dict[str, bytes | None]:
        """What should not be so: files that are in no version, or missing in the only one, or somebody else's lost.

        Without `hidden`, names that begin with a dot are passed over: no web server shows them.
        """
        found = edits.contents(self.site)
        right = [{**version.site, **OWN} for version in versions]
        names = {name for version in right for name in version}
        wrong: dict[str, bytes | None] = {
            path: data
            for path, data in found.items()
            if data not in [version.get(path) for version in right]
            and (hidden or path in names or not any(part.startswith(".") for part in path.split("/")))
        }
        needed = right[0] if len(right) == 1 else OWN
        return wrong | {path: None for path in needed if path not in found}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "project", tmp_path / "project/site")


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[Version, Version]:
    """Versions of a project of some forty articles."""
    return versions(tmp_path_factory.mktemp("two") / "clean", 36)


# --- killed -----------------------------------------------------------------------------------------------------------


def test_a_build_killed_at_any_moment_leaves_whole_files(place: Place, two: tuple[Version, Version]) -> None:
    """Each as the old build left it or as the new one would; the next build, of either version, sets all right."""
    old, new = two
    place.become(old)
    edits.save(new.files, place.project)
    begin = time.monotonic()
    assert place.run()[0] == 0
    duration = time.monotonic() - begin
    old, new = new, old
    chance, until = random.Random(time.time() if SOAK else 0), time.monotonic() + SOAK / 8
    kills = 0
    while kills < 12 or time.monotonic() < until:
        edits.save(new.files, place.project)
        builder = place.start(*(["--jobs", "1"] if kills % 2 else []))
        share = chance.random() if SOAK else kills / 11
        time.sleep(duration * (0.25 + 0.8 * share))
        os.killpg(builder.pid, signal.SIGKILL)
        builder.communicate()
        kills += 1
        assert place.strangers(old, new, hidden=False) == {}
        if kills % 3:
            old, new = new, old
        place.become(old)
    if SOAK:
        print(f"\n{kills} builds killed in {duration:.1f} s each")


CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.chmod", "os.truncate", "sqlite3.connect"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def changes(event: str, args: Any) -> bool:
    """Whether Python is about to change something on the disk."""
    return event in CHANGES or (event == "open" and isinstance(args[2], int) and bool(args[2] & WRITING))


def hit_at(step: int, hit: Callable[[], Any], place: Place) -> int:
    """How a build in a process of its own ends, when `hit` happens just before it changes the disk the n-th time."""

    def work() -> None:
        left = step

        def watch(event: str, args: Any) -> None:
            nonlocal left
            if left and changes(event, args):
                left -= 1
                if left == 0:
                    hit()

        sys.addaudithook(watch)
        with suppress(OSError):
            edits.attempt(place.project, output=place.site, jobs=1)
        os._exit(DONE if left else 0)

    return edits.forked(work)


DONE = 77  # a build that ended before it was hit


def each_step(density: int) -> Iterator[int]:
    """The first ones one by one, then ever fewer; under soak all of them. Whoever asks ends it."""
    step = 1
    while True:
        yield step
        step += 1 if SOAK else 1 + step // density


def kill() -> None:
    os.killpg(0, signal.SIGKILL)


def test_a_build_killed_at_any_step_leaves_whole_files(place: Place, tmp_path: Path) -> None:
    """Before any folder is made, any file is opened, renamed or removed."""
    one, other = versions(tmp_path / "clean", 8)
    place.become(one)
    for step in each_step(5):
        edits.save(other.files, place.project)
        ended = hit_at(step, kill, place)
        assert place.strangers(one, other, hidden=False) == {}, f"killed before step {step}"
        if ended == DONE:
            break
        assert ended == -signal.SIGKILL
        if step % 2:
            one, other = other, one
        place.become(one)
    assert step > 20


HITS: dict[str, Callable[[Place], Any]] = {
    "a folder is lost": lambda place: shutil.rmtree(place.site / "compare", ignore_errors=True),
    "a page is lost": lambda place: (place.site / "index.html").unlink(missing_ok=True),
    "a page is edited": lambda place: (place.site / "index.html").write_bytes(b"edited"),
    "a file that stays is edited": lambda place: (place.site / "robots.txt").write_bytes(b"edited"),
    "the site is lost": lambda place: shutil.rmtree(place.site, ignore_errors=True),
}


@pytest.mark.parametrize("hit", HITS)
def test_what_others_do_at_any_step_is_mended(place: Place, tmp_path: Path, hit: str) -> None:
    """Even what happens between a build's last look and its end, the next build finds."""
    one, other = versions(tmp_path / "clean", 4)
    place.become(one)
    for step in each_step(2):
        edits.save(other.files, place.project)
        if hit_at(step, lambda: HITS[hit](place), place) == DONE:
            break
        place.become(other)
        one, other = other, one
    assert step > 8


# --- nowhere to write -------------------------------------------------------------------------------------------------


@contextmanager
def small_disk(folder: Path) -> Iterator[Callable[[int | None], None]]:
    """A disk at `folder`; what it yields leaves so many free bytes on it, or plenty."""
    folder.mkdir(parents=True)
    mount = shutil.which("mount")
    if sys.platform != "linux" or not mount:
        pytest.skip("needs a tmpfs")
    if subprocess.run([mount, "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(folder)], capture_output=True).returncode:
        pytest.skip("needs the right to mount")

    def leave(free: int | None) -> None:
        size = 64 << 20 if free is None else shutil.disk_usage(folder).used + free
        subprocess.run([mount, "-o", f"remount,size={size}", str(folder)], check=True)

    try:
        yield leave
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize(
    ("where", "free"), [("the site", 8 << 10), ("the site", 96 << 10), ("the project", 8 << 10), ("both", 64 << 10)]
)
def test_a_full_disk_is_told_in_one_line(tmp_path: Path, two: tuple[Version, Version], where: str, free: int) -> None:
    """Every file stays whole; when there is room again, the next build goes on as if nothing had been.

    Where only the cache has no room, a build may as well do without.
    """
    old, new = two
    small = tmp_path / "small"
    project, site = (small if where != "the site" else tmp_path), (small if where != "the project" else tmp_path)
    place = Place(project / "project", site / "public")
    with small_disk(small) as leave:
        place.become(old)
        edits.save(new.files, place.project)
        leave(free)
        status, said = place.run()
        assert status == 1 or (where == "the project" and place.strangers(new) == {})
        if status == 1:
            assert len(said) == 1
            assert "space" in said[0] or "full" in said[0]
        assert place.strangers(old, new, hidden=False) == {}
        leave(None)
        place.become(new)
        place.become(old)


def chattr(change: str, path: Path) -> None:
    """What even root cannot write to."""
    command = shutil.which("chattr")
    if not command or subprocess.run([command, change, str(path)], capture_output=True).returncode:
        pytest.skip("needs chattr, the right to use it and a disk that knows it")


def _folder_for_page(site: Path) -> None:
    (site / "index.html").unlink()
    (site / "index.html").mkdir()
    (site / "index.html/notes.txt").write_bytes(b"mine")


def _file_for_folder(site: Path) -> None:
    shutil.rmtree(site / "guide")
    (site / "guide").write_bytes(b"mine")


OBSTACLES: dict[str, tuple[Callable[[Path], None], Callable[[Path], None]]] = {
    "a folder in a page's place": (_folder_for_page, lambda site: shutil.rmtree(site / "index.html")),
    "a file in a folder's place": (_file_for_folder, lambda site: (site / "guide").unlink()),
    "a page that cannot be written": (
        lambda site: chattr("+i", site / "index.html"),
        lambda site: chattr("-i", site / "index.html"),
    ),
    "a page that cannot be removed": (
        lambda site: chattr("+i", site / "compare/s0-vs-s1/index.html"),
        lambda site: chattr("-i", site / "compare/s0-vs-s1/index.html"),
    ),
    "a folder that cannot be written to": (
        lambda site: chattr("+i", site / "compare"),
        lambda site: chattr("-i", site / "compare"),
    ),
}


@pytest.mark.parametrize("obstacle", OBSTACLES)
def test_what_stands_in_the_way_is_named(place: Place, two: tuple[Version, Version], obstacle: str) -> None:
    """In one line, with exit status 1; all else is whole, and right as soon as the way is free."""
    old, new = two
    put, take_away = OBSTACLES[obstacle]
    place.become(old)
    edits.save(new.files, place.project)
    put(place.site)
    mine = {path: data for path, data in edits.contents(place.site).items() if data == b"mine"}
    try:
        status, said = place.run()
        assert status == 1
        assert len(said) == 1
        assert str(place.site) in said[0]
        torn = {path: data for path, data in place.strangers(old, new, hidden=False).items() if path not in mine}
        assert torn == {}
        assert mine.items() <= edits.contents(place.site).items()
    finally:
        take_away(place.site)
    place.become(new)


CACHES: dict[str, tuple[Callable[[Path], Any] | None, bool]] = {  # what lies there, and whether it may be changed
    "a file": (lambda cache: cache.write_bytes(b"mine"), True),
    "a link to nowhere": (lambda cache: cache.symlink_to("nowhere/at/all"), True),
    "a fixed file": (lambda cache: cache.write_bytes(b"mine"), False),
    "an empty fixed folder": (Path.mkdir, False),
    "the last cache in a fixed folder": (None, False),
}


@pytest.mark.parametrize("kept", CACHES)
def test_a_build_does_without_a_cache(place: Place, two: tuple[Version, Version], kept: str) -> None:
    """Whatever lies in its place is left alone; only what is gone cannot be told from other people's files then."""
    old, new = two
    make, free = CACHES[kept]
    place.become(old)
    edits.save(new.files, place.project)
    path = place.project / ".tiebreak"
    if make:
        shutil.rmtree(path)
        make(path)
    if not free:
        chattr("+i", path)
    try:
        assert place.run()[0] == 0
        assert place.strangers(old, new) == {}
        assert new.site.items() <= edits.contents(place.site).items()
        assert "file" not in kept or path.read_bytes() == b"mine"
    finally:
        if not free:
            chattr("-i", path)


def test_a_site_behind_a_link_stays_there(place: Place, two: tuple[Version, Version], tmp_path: Path) -> None:
    """The folder may lie elsewhere; the link to it is not ours to replace, and not the project's."""
    old, new = two
    (tmp_path / "elsewhere").mkdir()
    place = Place(place.project, tmp_path / "public")
    place.site.symlink_to(tmp_path / "elsewhere")
    place.become(old)
    place.become(new)
    assert place.site.is_symlink()
    assert edits.contents(tmp_path / "elsewhere") == {**new.site, **OWN}


def test_a_page_is_never_written_through_a_link(place: Place, two: tuple[Version, Version], tmp_path: Path) -> None:
    """A link that somebody put in a page's place is replaced; what it leads to is not ours."""
    old, new = two
    (tmp_path / "precious").write_bytes(b"mine")
    place.become(old)
    (place.site / "index.html").unlink()
    (place.site / "index.html").symlink_to(tmp_path / "precious")
    place.become(new)
    assert not (place.site / "index.html").is_symlink()
    assert (tmp_path / "precious").read_bytes() == b"mine"


def test_a_folder_lost_while_the_build_runs_comes_back(place: Place, two: tuple[Version, Version]) -> None:
    """At the latest with the next build; the one that lost it succeeds, or fails in one line."""
    old, new = two
    place.become(old)
    builds = [old, new] * (8 if SOAK else 1)
    for goal in reversed(builds):
        edits.save(goal.files, place.project)
        stop = threading.Event()

        def lose(stop: threading.Event = stop) -> None:
            while not stop.wait(0.004):
                shutil.rmtree(place.site / "compare", ignore_errors=True)

        vandal = threading.Thread(target=lose)
        vandal.start()
        status, said = place.run()
        stop.set()
        vandal.join()
        place.take_in()
        assert (status, len(said)) in [(0, 0), (1, 1)]
        assert place.strangers(old, new, hidden=False) == {}
        place.become(goal)


# --- at once ----------------------------------------------------------------------------------------------------------


def test_two_builds_at_once_into_one_site(place: Place, two: tuple[Version, Version]) -> None:
    """Both succeed, and what they leave is right."""
    old, new = two
    place.become(old)
    for goal in [new, old] * (20 if SOAK else 1):
        edits.save(goal.files, place.project)
        builders = [place.start("--quiet") for _ in range(3)]
        said = [builder.communicate()[1] for builder in builders]
        assert ([builder.returncode for builder in builders], said) == ([0, 0, 0], ["", "", ""])
        assert place.strangers(goal) == {}


def test_two_builds_at_once_into_two_sites(place: Place, two: tuple[Version, Version]) -> None:
    """They share a cache and nothing else."""
    places = [Place(place.project, place.project / name) for name in ("site", "public")]
    for here in places:
        here.take_in()
    for goal in [*two] * (20 if SOAK else 1):
        edits.save(goal.files, place.project)
        builders = [here.start("--quiet") for here in places]
        said = [builder.communicate()[1] for builder in builders]
        assert ([builder.returncode for builder in builders], said) == ([0, 0], ["", ""])
        for here in places:
            assert here.strangers(goal) == {}


# --- interrupted ------------------------------------------------------------------------------------------------------


def members(group: int) -> list[int]:
    """The processes of a session that still run."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = stat.read_text()
        except OSError:
            continue
        state, _, _, session, *_ = text.rpartition(")")[2].split()
        if int(session) == group and state != "Z":
            found.append(int(stat.parent.name))
    return found


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[Version, float]:
    """A project that pays for several processes, and how many seconds one of them takes to build it."""
    folder = tmp_path_factory.mktemp("large")
    files = edits.library(160, plain=False).files()
    edits.save(files, folder)
    begin = time.monotonic()
    assert Place(folder, folder / "site").run("--jobs", "1")[0] == 0
    return Version(files, edits.contents(folder / "site")), time.monotonic() - begin


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupt_ends_a_build_at_once(place: Place, large: tuple[Version, float], jobs: str) -> None:
    """Exit status 130, not a word of Python's, no process left behind; what is in the site is whole."""
    version, duration = large
    edits.save(version.files, place.project)
    for staged in [10, 100] * (15 if SOAK else 1):
        for folder in (place.site, place.project / ".tiebreak"):
            shutil.rmtree(folder, ignore_errors=True)
        builder = place.start("--jobs", jobs, "--quiet")
        while builder.poll() is None and sum(1 for _ in place.project.glob(".tiebreak/staged-*/**/*.html")) < staged:
            time.sleep(0.01)
        os.killpg(builder.pid, signal.SIGINT)
        begin = time.monotonic()
        _, said = builder.communicate()
        took = time.monotonic() - begin
        left = members(builder.pid) if Path("/proc/self/stat").exists() else []
        # As a shell has it: an interpreter on its way out dies of the signal.
        status = builder.returncode if builder.returncode >= 0 else 128 - builder.returncode
        assert (status, said.strip()) == (130, "")
        assert left == []
        assert took < duration  # what is left to do takes most of that
        place.take_in()
        assert place.strangers(version, Version({}, {}), hidden=False) == {}
    place.become(version)
