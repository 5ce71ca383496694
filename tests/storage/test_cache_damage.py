"""The memo is a help and never a need: whatever becomes of it, pages are right, and it stays small."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import edits
import pytest
from edits import World
from published import ROOT

pytestmark = pytest.mark.slow  # a build for each kind of damage

# What may become of a file that a program keeps for itself.
DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "a part of its head": lambda data: data[:50],
    "half": lambda data: data[: len(data) // 2],
    "without its end": lambda data: data[:-1],
    "garbage": lambda data: b"\xa5" * len(data),
    "a text": lambda data: b"{}\n",
    "garbage at its head": lambda data: b"\xa5" * 100 + data[100:],
    "garbage after its head": lambda data: data[:100] + b"\xa5" * (len(data) // 2) + data[100 + len(data) // 2 :],
    "garbage at its end": lambda data: data + b"\xa5" * 5000,
    "zeros in its midst": lambda data: data[: len(data) // 3] + bytes(len(data) // 3) + data[len(data) // 3 * 2 :],
}
SCHEMA = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"


def memo_files(project: Path) -> list[Path]:
    return sorted(path for path in (project / ".tiebreak").rglob("*") if path.is_file())


def built(world: World, project: Path) -> dict[str, bytes]:
    """The site, after a build that must succeed."""
    assert not isinstance(edits.attempt(edits.save(world.files(), project), jobs=1), Exception)
    return edits.contents(project / "site")


CLEAN: dict[str, dict[str, bytes]] = {}


def clean(world: World, tmp_path: Path) -> dict[str, bytes]:
    """What a clean build makes, which is made once for all of these tests."""
    key = repr(sorted(world.files().items()))
    if key not in CLEAN:
        CLEAN[key] = edits.clean(world.files(), tmp_path / "clean")[1]
    return CLEAN[key]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that was built, once whole and once after an edit."""
    world, folder = edits.shop(), tmp_path_factory.mktemp("original")
    built(world, folder)
    world.articles[0].front["summary"] = "Short."
    built(world, folder)
    assert memo_files(folder)
    return folder


@pytest.fixture
def project(original: Path, tmp_path: Path) -> Path:
    """The same, to do with as one likes."""
    return shutil.copytree(original, tmp_path / "project")


def edited() -> World:
    """What to build next: one article changed, the rest as it was."""
    world = edits.shop()
    world.articles[0].front["summary"] = "Long."
    return world


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_memo_heals(project: Path, tmp_path: Path, damage: str) -> None:
    """Whichever of its files is hit: this build and the next are right, and the one after that prunes again."""
    world = edited()
    for number in range(len(memo_files(project))):
        path = memo_files(project)[number % len(memo_files(project))]
        path.write_bytes(DAMAGES[damage](path.read_bytes()))
        for size in (5, 1):
            world.articles[0].front["summary"] = f"{size}, after damage to file {number}."
            world.settings["title"] = f"After {number}"
            expected = clean(world, tmp_path)
            assert built(world, project) == expected
            world.articles, gone = world.articles[:size], world.articles[size:]
            assert built(world, project) == clean(world, tmp_path)
            world.articles += gone
            built(world, project)


@pytest.mark.parametrize("seed", range(6))
def test_some_wrong_bytes_never_reach_a_page(project: Path, tmp_path: Path, seed: int) -> None:
    """A disk that errs, a file half copied: what the memo says is believed only when it is whole."""
    for path in memo_files(project):
        data = bytearray(path.read_bytes())
        for place in range(seed * 16, len(data), 97):
            data[place] ^= 1
        path.write_bytes(data)
    world = edited()
    shutil.rmtree(project / "site")
    assert built(world, project) == clean(world, tmp_path)
    assert built(world, project) == clean(world, tmp_path)


def test_every_byte_of_a_page_in_the_memo_is_checked(project: Path, tmp_path: Path) -> None:
    """A word changed in whatever the memo keeps, all else being sound, does not become a word on a page."""
    for path in memo_files(project):
        data = path.read_bytes()
        for word in (b"calm", b"Taste", b"stylesheet"):
            data = data.replace(word, word.upper())
        path.write_bytes(data)
    shutil.rmtree(project / "site")
    world = edited()
    assert built(world, project) == clean(world, tmp_path)


@pytest.mark.parametrize("what", ["a folder", "another program's", "of another make", "a link to nowhere"])
def test_something_else_in_the_memos_place(project: Path, tmp_path: Path, what: str) -> None:
    """Something that is no memo of ours, or of a version with other tables, is as good as none."""
    world = edited()
    for path in memo_files(project):
        tables = []
        if path.read_bytes().startswith(b"SQLite format 3\0"):
            with sqlite3.connect(path) as cache:
                tables = [row[0] for row in cache.execute(SCHEMA)]
            cache.close()
        path.unlink()
        if what == "a folder":
            path.mkdir()
        elif what == "a link to nowhere":
            path.symlink_to("nowhere/at/all")
        else:
            other = sqlite3.connect(path)
            for table in tables if what == "of another make" else ["theirs"]:
                other.execute(f"CREATE TABLE {table} (other TEXT)")
                other.execute(f"INSERT INTO {table} VALUES ('calm')")
            other.commit()
            other.close()
    assert built(world, project) == clean(world, tmp_path)
    world.settings["title"] = "Again"
    assert built(world, project) == clean(world, tmp_path)


def test_leavings_of_a_crash_beside_the_memo_do_no_harm(project: Path, tmp_path: Path) -> None:
    """A journal that belongs to nothing, of whatever kind."""
    for path in memo_files(project):
        for ending in ("-journal", "-wal", "-shm", ".tmp"):
            path.with_name(path.name + ending).write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\xa5" * 4096)
    world = edited()
    assert built(world, project) == clean(world, tmp_path)


def test_a_locked_memo_is_not_waited_for_long(project: Path, tmp_path: Path) -> None:
    """A process that hangs with the memo in its hands does not hang the others."""
    locks = []
    for path in memo_files(project):
        if path.read_bytes().startswith(b"SQLite format 3\0"):
            lock = sqlite3.connect(path, isolation_level=None)
            lock.execute("BEGIN EXCLUSIVE")
            locks.append(lock)
    world = edited()
    edits.save(world.files(), project)
    command = [sys.executable, "-m", "tiebreak", "build", "--quiet", "--project", str(project)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=20)
    for lock in locks:
        lock.close()
    assert (done.returncode, done.stderr) == (0, "")
    assert edits.contents(project / "site") == clean(world, tmp_path)


def test_the_memo_stays_small(tmp_path: Path) -> None:
    """However often everything changes, it does not grow without end."""
    project, world = tmp_path / "project", edits.library(12)

    def size() -> int:
        return sum(path.stat().st_size for path in (project / ".tiebreak").rglob("*") if path.is_file())

    built(world, project)
    first = size()
    for number in range(30):
        world.settings["title"] = f"Title {number}"
        world.articles[0].front["summary"] = f"Summary {number}."
        built(world, project)
    assert size() < 5 * first + (1 << 18)


def test_fresh_believes_nothing(project: Path, tmp_path: Path) -> None:
    """`--fresh` is the way out when somebody suspects the memo."""
    world = edited()
    edits.save(world.files(), project)
    before = edits.stamps(project / "site")
    edits.attempt(project, fresh=True, jobs=1)
    after = edits.stamps(project / "site")
    assert edits.contents(project / "site") == clean(world, tmp_path)
    assert [path for path in before if after.get(path) == before[path]] == []


def _next_version(package: Path) -> None:
    change(package / "__init__.py", '__version__ = "', '__version__ = "9.')
    with (package / "markdown/convert.py").open("a") as file:
        file.write(
            "\n\ndef blocks(text, remarks, *, _blocks=blocks, **how):\n"
            "    prose = _blocks(text, remarks, **how)\n"
            "    return replace(prose, html=prose.html + '<hr id=next>')\n"
        )


def _next_theme(package: Path) -> None:
    change(package.parents[1] / "templates/base.html", "<body>", "<body><hr id=next>")


def _next_library(package: Path) -> None:
    installed = metadata.distribution("markdown")
    for name in ("markdown", f"markdown-{installed.version}.dist-info"):
        shutil.copytree(Path(str(installed.locate_file(name))), package.parent / name)
    change(package.parent / "markdown/core.py", "return output.strip()", "return output.strip() + '<hr id=next>'")
    change(package.parent / "markdown/__meta__.py", "__version_info__ = (", "__version_info__ = (9")
    version = f"Version: {installed.version}"
    change(package.parent / f"markdown-{installed.version}.dist-info/METADATA", version, version.replace(" ", " 9"))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("upgrade", [_next_version, _next_theme, _next_library])
def test_an_upgrade_shows_at_once(project: Path, tmp_path: Path, upgrade: Callable[[Path], None]) -> None:
    """A new Tiebreak, a new theme in it, or a new library beneath it may make other pages of the same content."""
    package = tmp_path / "next/generator/tiebreak"
    shutil.copytree(ROOT / "generator/tiebreak", package, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("templates", "static"):
        shutil.copytree(ROOT / name, tmp_path / "next" / name)
    upgrade(package)
    world = edits.shop(plain=False)
    world.articles[0].sections[0].text = "A note.[^1]\n\n[^1]: Which only a whole Markdown library understands."
    built(world, project)
    command = [sys.executable, "-m", "tiebreak", "build", "--quiet", "--project"]
    env = {**os.environ, "PYTHONPATH": str(package.parent)}
    for folder in (project, edits.save(world.files(), tmp_path / "clean")):
        subprocess.run([*command, str(folder)], check=True, env=env)
    page = (project / "site/compare/tea-vs-coffee/index.html").read_bytes()
    assert re.search(rb'<hr id="?next"?>', page)
    assert edits.contents(project / "site") == edits.contents(tmp_path / "clean/site")
