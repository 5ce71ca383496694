"""What lies in a folder, and whether it has changed."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tiebreak.storage.leftovers import is_hidden
from tiebreak.storage.snapshot import COARSE_TICK_NS, NO_STAMP, NOTHING, TICK_NS, Snapshot, scan, stat

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need a privilege there")
LATER = 10**12  # ns: long after everything was written


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "content/sub").mkdir(parents=True)
    for name in ("a", "b", "sub/c"):
        (tmp_path / "content" / name).write_text("one")
    return tmp_path


def taken(folder: Path) -> Snapshot:
    return scan(folder, {"content": is_hidden})


def old(files: Snapshot) -> Snapshot:
    """As if it had been taken long after its files were written."""
    return Snapshot(files.paths, files.stamps, files.taken + LATER, files.irregular)


def same_size_and_time(file: Path) -> None:
    before = file.stat()
    file.write_text("two")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def renamed_over(file: Path) -> None:
    (file.parent / "x").write_text("two")
    (file.parent / "x").replace(file)


def a_folder_in_its_place(file: Path) -> None:
    file.unlink()
    file.mkdir()


CHANGES: dict[str, tuple[Callable[[Path], object], set[str]]] = {
    "nothing": (lambda _: None, set()),
    "another size": (lambda file: file.write_text("three"), {"content/a"}),
    "the same size": (lambda file: file.write_text("two"), {"content/a"}),
    "the same size, its time put back": (same_size_and_time, {"content/a"}),
    "only touched": (lambda file: file.touch(), {"content/a"}),
    "another in its place": (renamed_over, {"content/a"}),
    "another name": (lambda file: file.rename(file.with_name("z")), {"content/a", "content/z"}),
    "gone": (lambda file: file.unlink(), {"content/a"}),
    "a new one": (lambda file: file.with_name("new").write_text(""), {"content/new"}),
    "a folder in its place": (a_folder_in_its_place, {"content/a"}),
    "a hidden one": (lambda file: file.with_name(".new").write_text(""), set()),
    "readable by others": (lambda file: file.chmod(0o640), {"content/a"}),
}


@pytest.mark.parametrize(("change", "paths"), CHANGES.values(), ids=CHANGES)
def test_every_change_shows(folder: Path, change: Callable[[Path], object], paths: set[str]) -> None:
    """By size, by either time, by the inode: no file can change in secret, whatever an editor or a tool does."""
    before = taken(folder)
    time.sleep(0.03)
    change(folder / "content/a")
    assert old(before).changed(taken(folder)) == paths


def test_paths_are_sorted_and_relative(folder: Path) -> None:
    """Whatever order the disk has; folders are looked at only under the names given."""
    (folder / "static").mkdir()
    (folder / "static/a~").write_text("")
    (folder / "content/.git").mkdir()
    (folder / "content/.git/x").write_text("")
    assert taken(folder).paths == ("content/a", "content/b", "content/sub/c")
    both = scan(folder, {"static": lambda *_: False, "content": is_hidden, "templates": is_hidden})
    assert both.paths == ("content/a", "content/b", "content/sub/c", "static/a~")
    assert scan(folder / "nowhere", {"content": is_hidden}).paths == ()


def test_a_young_file_may_change_in_secret_so_it_counts_as_changed(folder: Path) -> None:
    """Its stamp may stay the same when it is written twice within a tick of the clock."""
    now = time.time_ns()
    os.utime(folder / "content/a", ns=(now - LATER, now - LATER))
    found = taken(folder)
    written = min((folder / path).stat().st_ctime_ns for path in ("content/b", "content/sub/c"))
    soon = Snapshot(found.paths, found.stamps, written + TICK_NS - 1, found.irregular)
    assert soon.racy() >= {"content/b", "content/sub/c"}
    assert soon.changed(soon) == soon.racy()
    later = Snapshot(found.paths, found.stamps, found.taken + TICK_NS + COARSE_TICK_NS, found.irregular)
    assert later.racy() == set()


def test_a_time_put_back_does_not_make_a_file_old(folder: Path) -> None:
    """The time of its inode tells when it was really written."""
    os.utime(folder / "content/a", ns=(0, 0))
    assert "content/a" in taken(folder).racy()


def test_a_file_from_the_future_is_never_old(folder: Path) -> None:
    """Where the clock was wrong, or the file system's is another."""
    ahead = time.time_ns() + 3600 * 10**9
    os.utime(folder / "content/a", ns=(ahead, ahead))
    time.sleep(0.03)
    assert taken(folder).racy() == {"content/a"}


def test_on_a_clock_that_counts_in_seconds_files_stay_young_longer() -> None:
    """A whole number of seconds is taken for such a clock."""
    second = 10**9
    for renewed, after, is_young in ((5 * second, 1.9, True), (5 * second, 2.1, False), (5 * second + 1, 0.1, False)):
        stamp = b"".join(number.to_bytes(8, sys.byteorder) for number in (3, 5 * second, renewed, 7, 0o100644))
        assert (Snapshot(("a",), stamp, int(5 * second + after * second)).racy() == {"a"}) is is_young


@needs_links
def test_a_link_counts_as_what_it_leads_to(folder: Path) -> None:
    """It changes when that does, and when it is turned elsewhere; a folder behind one is a file."""
    (folder / "content/link").symlink_to("a")
    (folder / "content/folder").symlink_to("sub")
    (folder / "content/lost").symlink_to("nowhere")
    time.sleep(0.03)
    before = taken(folder)
    assert before.irregular == {"content/link", "content/folder", "content/lost"}
    assert "content/folder/c" not in before.paths
    assert before.stamp(before.paths.index("content/lost")) == NO_STAMP
    (folder / "content/a").write_text("two")
    assert old(before).changed(taken(folder)) == {"content/a", "content/link"}
    (folder / "content/nowhere").write_text("here")
    assert old(before).changed(taken(folder)) >= {"content/lost", "content/nowhere"}
    before = taken(folder)
    (folder / "content/link").unlink()
    (folder / "content/link").symlink_to("b")
    assert old(before).changed(taken(folder)) == {"content/link"}


def test_only_what_is_asked_for_is_looked_at(folder: Path) -> None:
    """In the order asked; what is not there has no stamp."""
    found = stat(folder, ["content/b", "content/nowhere", "content/a"])
    assert found.paths == ("content/b", "content/nowhere", "content/a")
    everything = taken(folder)
    assert found.stamp(0) == everything.stamp(1)
    assert found.stamp(1) == NO_STAMP
    (folder / "content/b").unlink()
    assert old(found).changed(stat(folder, found.paths)) == {"content/b"}


def test_an_update_replaces_what_was_looked_at_again(folder: Path) -> None:
    """And nothing else; what is gone is taken out, and what is new comes in."""
    before = taken(folder)
    time.sleep(0.03)
    (folder / "content/a").write_text("two")
    (folder / "content/b").write_text("two")
    after = before.updated(stat(folder, ["content/a"]))
    assert after.paths == before.paths
    assert after.taken > before.taken
    assert old(after).changed(taken(folder)) == {"content/b"}
    (folder / "content/sub/c").unlink()
    (folder / "content/new").write_text("new")
    after = after.updated(stat(folder, ["content/b", "content/sub/c", "content/new"]))
    assert (after.paths, after.stamps) == (taken(folder).paths, taken(folder).stamps)
    assert after.updated(NOTHING) is after
