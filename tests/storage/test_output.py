"""The site onto the disk: only what differs, each file whole, and nothing touched that is not ours."""

import contextlib
import errno
import os
import sys
import threading
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from edits import contents

from tiebreak.model.serialize import digest_of
from tiebreak.storage import output as publishing
from tiebreak.storage import stage as waiting
from tiebreak.storage import tree
from tiebreak.storage.manifest import Entries, Manifest
from tiebreak.storage.output import publish
from tiebreak.storage.stage import STAGED, Artifact, name_of, staging

PAGES = [("index.html", b"front"), ("compare/a/index.html", b"a"), ("compare/b/index.html", b"b")]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The output folder, with three files published into it."""
    again(tmp_path / "site", PAGES)
    return tmp_path / "site"


def again(site: Path, files: Iterable[tuple[str, bytes]], *, fresh: bool = False) -> Mapping[str, str]:
    """Stage and publish these files; what was done."""
    with staging(site.parent / "state", site, fresh=fresh) as stage:
        return publish([stage.put(path, b"key", data) for path, data in files], stage)


def manifest(site: Path) -> Path:
    state = site.parent / "state"
    return state / f"manifest-{name_of(site, state)}.txt"


def test_a_first_build_writes_every_file(site: Path) -> None:
    """What was handed over lies there, and nothing else: no temporary file stays."""
    assert contents(site) == dict(PAGES)


def test_what_is_right_already_is_not_touched(site: Path) -> None:
    """A file that has the right bytes keeps its time, so that a host uploads nothing."""
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*")}
    assert again(site, PAGES) == {}
    assert {path: path.stat().st_mtime_ns for path in site.rglob("*")} == before


def test_only_what_differs_is_written(site: Path) -> None:
    """One page changed is one file written."""
    assert again(site, [*PAGES[:2], ("compare/b/index.html", b"B")]) == {"compare/b/index.html": "changed"}
    assert (site / "compare/b/index.html").read_bytes() == b"B"


def test_fresh_writes_everything(site: Path) -> None:
    """`--fresh` trusts nothing that lies there."""
    assert set(again(site, PAGES, fresh=True)) == {path for path, _ in PAGES}


def test_a_file_damaged_by_others_is_mended(site: Path) -> None:
    """The bytes on the disk count, not what the manifest remembers of them."""
    (site / "index.html").write_bytes(b"damage")
    assert again(site, PAGES) == {"index.html": "changed"}
    assert contents(site) == dict(PAGES)


def test_a_page_that_is_gone_is_removed_with_its_folder(site: Path) -> None:
    """What an earlier build wrote and this one did not would be a page that nobody maintains."""
    assert again(site, PAGES[:1]) == {"compare/a/index.html": "removed", "compare/b/index.html": "removed"}
    assert contents(site) == dict(PAGES[:1])
    assert not (site / "compare").exists()


def test_foreign_files_survive(site: Path) -> None:
    """A file that no build wrote is never touched, nor is the folder that holds it."""
    (site / "CNAME").write_bytes(b"example.org")
    (site / "compare/a/notes.txt").write_bytes(b"mine")
    again(site, PAGES[:1])
    assert contents(site) == {"CNAME": b"example.org", "compare/a/notes.txt": b"mine", "index.html": b"front"}


def test_a_file_may_become_a_folder_and_a_folder_a_file(tmp_path: Path) -> None:
    """A path that was a file may be a folder in the next build, and the other way round."""
    site = tmp_path / "site"
    again(site, [("a", b"1"), ("b/c", b"2")])
    again(site, [("a/d", b"3"), ("b", b"4")])
    assert contents(site) == {"a/d": b"3", "b": b"4"}


def test_a_foreign_folder_in_the_way_is_an_error_and_stays(tmp_path: Path) -> None:
    """Where somebody else's folder stands in a page's place, the build fails rather than delete it."""
    (tmp_path / "site/index.html").mkdir(parents=True)
    (tmp_path / "site/index.html/mine").write_bytes(b"mine")
    with pytest.raises(OSError):
        again(tmp_path / "site", PAGES)
    assert contents(tmp_path / "site") == {"index.html/mine": b"mine"}


@pytest.mark.parametrize("place", ["site", "site/compare", "site/compare/b"])
def test_a_foreign_file_in_the_way_is_an_error_and_stays(tmp_path: Path, place: str) -> None:
    """Where somebody else's file stands in a folder's place, also in that of the output itself; nothing is written."""
    (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / place).write_bytes(b"mine")
    before = contents(tmp_path)
    with pytest.raises(NotADirectoryError) as caught:
        again(tmp_path / "site", PAGES)
    assert caught.value.filename == str(tmp_path / place)
    assert {path: data for path, data in contents(tmp_path).items() if not path.startswith("state/")} == before


@pytest.mark.parametrize("damage", [b"", b"\n", b"\xff", b"index.html\n", b"0" * 64 + b" index.html\n", b"0 " * 99])
def test_a_damaged_manifest_loses_nothing(site: Path, damage: bytes) -> None:
    """Without a readable list nothing is removed: at worst a stale file stays."""
    assert manifest(site).exists()
    manifest(site).write_bytes(damage)
    assert again(site, PAGES[:1]) == {}
    assert contents(site) == dict(PAGES)


def test_a_list_that_cannot_be_written_leaves_no_secret_of_what_is_new(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last step of a build, when everything is in its place already."""

    def full(self: Manifest, entries: Entries) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", self.name)

    monkeypatch.setattr(Manifest, "write", full)
    with pytest.raises(OSError, match=r"left on device; already new: about/index\.html; all else is as it was"):
        again(site, [*PAGES, ("about/index.html", b"about")])


def test_a_folder_across_a_mount_point_is_tidied_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many files are copied into it."""
    tidied: list[str] = []

    def elsewhere(*_: object, **__: object) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    own, other = tree.Tree(tmp_path / "own"), tree.Tree(tmp_path / "other")
    own.make()
    other.make("a")
    paths = [f"a/{number}" for number in range(5)]
    for path in paths:
        own.write(path, b"x")
    monkeypatch.setattr(tree.Tree, "tidy", lambda self, age: tidied.append(self.full_path.name))
    monkeypatch.setattr(tree.Tree, "replace", lambda *_: None)
    monkeypatch.setattr(os, "replace", elsewhere)
    for path in paths:
        other.move(own, path)
    assert tidied == ["a"]


@pytest.mark.parametrize("path", ["../precious", "compare/../../precious", "/precious", ""])
def test_a_manifest_cannot_name_what_lies_outside(site: Path, path: str) -> None:
    """A list that somebody tampered with removes nothing outside the output folder."""
    (site.parent / "precious").write_bytes(b"mine")
    with staging(site.parent / "state", site) as stage:
        assert stage.manifest
        mark = stage.manifest.mark(path, digest_of(b"mine"))  # as only this user's builds can write it
    with manifest(site).open("a") as file:
        file.write(f"{mark} {path}\n")
    with contextlib.suppress(OSError):
        again(site, PAGES[:1])
    assert (site.parent / "precious").read_bytes() == b"mine"


def test_published_files_can_be_read_by_everyone(site: Path) -> None:
    """A web server runs as another user."""
    assert (site / "index.html").stat().st_mode & 0o777 == 0o644


def test_each_output_folder_has_its_own_manifest(site: Path) -> None:
    """Two outputs of one project do not prune each other's files."""
    other = site.parent / "elsewhere"
    assert again(other, PAGES[:1]) == {"index.html": "new"}
    assert manifest(site) != manifest(other)
    assert contents(site) == dict(PAGES)
    state = site.parent / "state"
    assert name_of(site.parent / "x/../site", state) == name_of(site, state)


def test_a_project_that_moves_takes_its_manifest_along(tmp_path: Path) -> None:
    """What an earlier build wrote is removed, wherever the project lay then; an output elsewhere is another one."""
    (tmp_path / "one").mkdir()
    again(tmp_path / "one/site", PAGES)
    (tmp_path / "one").rename(tmp_path / "other")
    assert set(again(tmp_path / "other/site", PAGES[:1]).values()) == {"removed"}
    elsewhere = {name_of(Path("/elsewhere/site"), tmp_path / name / "state") for name in ("one", "other")}
    assert len(elsewhere) == 1
    assert name_of(tmp_path / "other/site", tmp_path / "other/state") not in elsewhere


def test_what_is_staged_waits_beside_and_is_gone_after(tmp_path: Path) -> None:
    """Nothing lies in the output folder until all of it is right; what was staged in vain leaves nothing behind."""
    site, state = tmp_path / "site", tmp_path / "state"
    (state / STAGED).mkdir(parents=True)
    (state / STAGED / "of-a-build-that-was-killed").write_bytes(b"x")
    with staging(state, site) as stage:
        for path, data in PAGES:
            assert stage.put(path, b"key", data).staged == "new"
        assert contents(stage.folder.full_path) == dict(PAGES)
        assert not site.exists()
    assert not [path for path in state.iterdir() if path.name.startswith(STAGED)]
    assert not site.exists()


def test_a_folder_that_is_new_is_moved_as_a_whole(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One move for it and all that is in it; a file that is new in a folder that was there is moved alone."""
    moves: list[str] = []
    real = tree.os.replace

    def replace(staged: str, target: str, **where: int | None) -> None:
        moves.append(staged)
        real(staged, target, **where)

    new = [("compare/c/index.html", b"c"), ("tags/x/index.html", b"x"), ("tags/y/index.html", b"y"), ("a.txt", b"a")]
    monkeypatch.setattr(tree.os, "replace", replace)
    assert again(site, [*PAGES, *new]) == {path: "new" for path, _ in new}
    assert sorted(move for move in moves if not move.startswith(".tiebreak")) == ["a.txt", "compare/c", "tags"]
    assert contents(site) == dict([*PAGES, *new])


def test_a_folder_that_comes_to_be_there_meanwhile_is_filled(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What somebody else puts into it stays."""
    real = publishing._check_ways

    def check(output: tree.Tree, staged: Iterable[Artifact], gone: set[str]) -> set[str]:
        present = real(output, staged, gone)
        (site / "tags/x").mkdir(parents=True)
        (site / "tags/x/notes.txt").write_bytes(b"mine")
        return present

    monkeypatch.setattr(publishing, "_check_ways", check)
    monkeypatch.setattr(tree.Tree, "status", lambda self, path="": None)
    new = [("tags/x/index.html", b"x"), ("tags/y/index.html", b"y")]
    again(site, [*PAGES, *new])
    assert contents(site) == dict([*PAGES, *new, ("tags/x/notes.txt", b"mine")])


def test_where_the_builds_cannot_write_to_their_folder_the_stage_lies_in_the_output(tmp_path: Path) -> None:
    """Nothing is remembered then, so nothing is removed; the site is published all the same."""
    (tmp_path / "state").write_bytes(b"a file where the folder should be")
    site = tmp_path / "site"
    assert set(again(site, PAGES)) == dict(PAGES).keys()
    assert again(site, PAGES[:1]) == {}
    assert contents(site) == dict(PAGES)


def test_what_an_earlier_build_left_right_needs_no_staging(site: Path) -> None:
    """A file that is made but not staged is one that the output has; it is kept, and listed."""
    with staging(site.parent / "state", site) as stage:
        assert publish([Artifact(path, b"key", "") for path, _ in PAGES], stage) == {}
    assert contents(site) == dict(PAGES)
    assert sorted(line.partition(" ")[2] for line in manifest(site).read_text().splitlines()) == sorted(dict(PAGES))


# --- what fails midway ------------------------------------------------------------------------------------------------

NEXT = [("a/index.html", b"new"), ("compare/a/index.html", b"A"), ("compare/b/index.html", b"B"), ("index.html", b"F")]
FAILURES = {
    "a mount point": errno.EBUSY,
    "a full disk": errno.ENOSPC,
    "no right": errno.EPERM,
    "read-only": errno.EROFS,
}


def failing(monkeypatch: pytest.MonkeyPatch, number: int, after: int) -> None:
    """From now on, moving into the site fails after so many moves."""
    real, left = tree.os.replace, after

    def replace(staged: str, target: str, **where: int | None) -> None:
        nonlocal left
        if not staged.startswith(".tiebreak"):
            left -= 1
            if left < 0:
                raise OSError(number, os.strerror(number), staged, None, target)
        real(staged, target, **where)

    monkeypatch.setattr(tree.os, "replace", replace)


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("after", range(4))
def test_what_fails_midway_names_what_is_new(site: Path, failure: str, after: int) -> None:
    """Every file is the old one or the new one, the error says which are new, and the next build goes on."""
    with pytest.MonkeyPatch.context() as patch:
        failing(patch, FAILURES[failure], after)
        with pytest.raises(OSError) as caught:
            again(site, NEXT)
    was, will = dict(PAGES), dict(NEXT)
    new = [path for path, _ in NEXT[:after]]
    named = f"already new: {', '.join(new)}; all else is as it was, and the next build goes on from here"
    assert caught.value.strerror == f"{os.strerror(FAILURES[failure])}; {named if new else 'the site is as it was'}"
    assert caught.value.filename == str(site / NEXT[after][0])
    assert contents(site) == {path: will[path] if path in new else was[path] for path in {*was, *new}}
    again(site, NEXT)
    assert contents(site) == will


def test_what_fails_after_files_were_removed_names_them(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are gone, which is what the build was asked for."""
    failing(monkeypatch, errno.EPERM, 0)
    with pytest.raises(OSError, match=r"already removed: compare/a/index[.]html; all else is as it was"):
        again(site, [("index.html", b"F"), PAGES[2]])


def test_many_files_are_named_by_the_first_and_the_last(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are moved in the order of their paths, so that this says of each whether it is new."""
    pages = [(f"{number:03}.html", b"x") for number in range(100)]
    failing(monkeypatch, errno.ENOSPC, 60)
    with pytest.raises(
        OSError, match=r"already new: 60 files, in the order of their paths from 000[.]html to 059[.]html"
    ):
        again(site, reversed(pages))
    assert contents(site) == dict(pages[:60])


def across_a_mount_point(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on, nothing that is staged can be renamed into the site."""
    real = tree.os.replace

    def replace(staged: str, target: str, **where: int | None) -> None:
        if not staged.startswith(".tiebreak"):
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        real(staged, target, **where)

    monkeypatch.setattr(tree.os, "replace", replace)


def test_across_a_mount_point_files_are_copied(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside their place first, so that nobody sees a part of one; folders are filled file by file."""
    across_a_mount_point(monkeypatch)
    again(site, NEXT)
    assert contents(site) == dict(NEXT)
    assert again(site, NEXT) == {}


LEFT = ".tiebreak-0123456789abcdef"


def test_what_a_killed_build_left_beside_its_files_is_taken_away(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the builds' own folder at once; in the site, where others may be at work, what is old. Nothing else."""
    own, compare = site.parent / "state", site / "compare/a"
    (compare / f"{LEFT}0").write_bytes(b"mine")
    (own / "folder").mkdir()
    (own / LEFT.replace("0", "1")).symlink_to("folder")
    (compare / LEFT.replace("0", "2")).write_bytes(b"at work")
    for folder in (own, compare):
        (folder / LEFT).write_bytes(b"left")
        os.utime(folder / LEFT, (1, 1))
    across_a_mount_point(monkeypatch)
    again(site, NEXT)
    assert not (own / LEFT).exists()
    assert (own / LEFT.replace("0", "1")).is_symlink()
    assert sorted(path.name for path in compare.iterdir()) == [f"{LEFT}0", LEFT.replace("0", "2"), "index.html"]


def test_a_copy_that_fails_leaves_nothing_behind(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a part of a page nor a file beside it."""

    def replace(staged: str, target: str, **where: int | None) -> None:
        raise OSError(errno.EXDEV if not staged.startswith(".tiebreak") else errno.ENOSPC, "No")

    monkeypatch.setattr(tree.os, "replace", replace)
    with pytest.raises(OSError, match="the site is as it was"):
        again(site, NEXT)
    assert contents(site) == dict(PAGES)


def test_a_folder_that_cannot_be_written_to_is_told_before_anything_is_touched(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is moved, removed or announced."""
    real, inode = tree.os.access, (site / "compare/b").stat().st_ino

    def access(name: str, mode: int, *, dir_fd: int | None = None) -> bool:
        return os.stat(name, dir_fd=dir_fd).st_ino != inode and real(name, mode, dir_fd=dir_fd)

    before = manifest(site).read_bytes()
    monkeypatch.setattr(tree.os, "access", access)
    with pytest.raises(PermissionError) as caught:
        again(site, [("index.html", b"F"), ("compare/b/index.html", b"B")])
    assert caught.value.filename == str(site / "compare/b")
    assert contents(site) == dict(PAGES)
    assert manifest(site).read_bytes() == before


# --- two at once ------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="files are not locked there")
def test_a_build_that_waits_for_another_says_so(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once, after a second; one that need not wait, or not for long, says nothing."""
    monkeypatch.setattr(waiting, "UNNOTICED", 0.1)
    state, said, entered = site.parent / "state", list[str](), threading.Event()

    def wait() -> None:
        with staging(state, site, notify=said.append):
            entered.set()

    with staging(state, site, notify=said.append):
        other = threading.Thread(target=wait)
        other.start()
        time.sleep(0.5)
        assert said == ["another build of this project is running; waiting for it"]
        assert not entered.is_set()
    other.join(10)
    assert entered.is_set()
    assert len(said) == 1


def test_builds_without_the_lock_leave_each_others_stages(tmp_path: Path) -> None:
    """Where no list can be kept, each says so, and what the other has staged is published."""
    site, state, said = tmp_path / "site", tmp_path / "state", list[str]()
    state.write_bytes(b"a file where the folder should be")
    with staging(state, site, notify=said.append) as one:
        made = [one.put("one.html", b"key", b"1")]
        with staging(state, site, notify=said.append) as other:
            publish([other.put("other.html", b"key", b"2")], other)
        with staging(tmp_path / "another", site) as other:
            publish([other.put("another.html", b"key", b"3")], other)
        publish(made, one)
    assert contents(site) == {"one.html": b"1", "other.html": b"2", "another.html": b"3"}
    assert said == [f"{state} cannot be written to: no other build is waited for, and no list of files is kept"] * 2


def test_a_stage_in_the_site_is_tidied_by_builds_that_have_its_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where the site lies on another disk than the project: of another project's, nothing is known."""
    site = tmp_path / "site"
    monkeypatch.setattr(tree.Tree, "device", lambda self: 1 if self.full_path == site else 2)
    with staging(tmp_path / "one", site) as one, staging(tmp_path / "other", site) as other:
        stages = [one.folder.full_path, other.folder.full_path]
    for stage in stages:
        stage.mkdir()
    with staging(tmp_path / "one", site):
        assert [stage.exists() for stage in stages] == [False, True]
