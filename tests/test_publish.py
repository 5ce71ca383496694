"""The site onto the disk: only what differs, each file whole, and nothing touched that is not ours."""

import json
from pathlib import Path

import pytest

from tiebreak.publish import manifest_for, publish

PAGES = [("index.html", b"front"), ("compare/a/index.html", b"a"), ("compare/b/index.html", b"b")]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The output folder, with three files published into it."""
    publish(PAGES, tmp_path / "site", tmp_path / "manifest.json")
    return tmp_path / "site"


def again(site: Path, files: list[tuple[str, bytes]], *, fresh: bool = False) -> dict[str, str]:
    return dict(publish(files, site, site.parent / "manifest.json", fresh=fresh))


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


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
    site, manifest = tmp_path / "site", tmp_path / "manifest.json"
    publish([("a", b"1"), ("b/c", b"2")], site, manifest)
    publish([("a/d", b"3"), ("b", b"4")], site, manifest)
    assert contents(site) == {"a/d": b"3", "b": b"4"}


def test_a_foreign_folder_in_the_way_is_an_error_and_stays(tmp_path: Path) -> None:
    """Where somebody else's folder stands in a page's place, the build fails rather than delete it."""
    (tmp_path / "site/index.html").mkdir(parents=True)
    (tmp_path / "site/index.html/mine").write_bytes(b"mine")
    with pytest.raises(OSError):
        publish(PAGES, tmp_path / "site", tmp_path / "manifest.json")
    assert contents(tmp_path / "site") == {"index.html/mine": b"mine"}


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"\xff", b'"text"', b"null"])
def test_a_damaged_manifest_loses_nothing(site: Path, damage: bytes) -> None:
    """Without a readable list nothing is removed: at worst a stale file stays."""
    (site.parent / "manifest.json").write_bytes(damage)
    assert again(site, PAGES[:1]) == {}
    assert contents(site) == dict(PAGES)


@pytest.mark.parametrize("path", ["../precious", "compare/../../precious", "/precious", ""])
def test_a_manifest_cannot_name_what_lies_outside(site: Path, path: str) -> None:
    """A list that somebody tampered with removes nothing outside the output folder."""
    (site.parent / "precious").write_bytes(b"mine")
    (site.parent / "manifest.json").write_bytes(json.dumps({path: "0"}).encode())
    again(site, PAGES)
    assert (site.parent / "precious").read_bytes() == b"mine"


def test_published_files_can_be_read_by_everyone(site: Path) -> None:
    """A web server runs as another user."""
    assert (site / "index.html").stat().st_mode & 0o777 == 0o644


def test_each_output_folder_has_its_own_manifest(tmp_path: Path) -> None:
    """Two outputs of one project do not prune each other's files."""
    one, other = (manifest_for(tmp_path, tmp_path / name) for name in ("site", "elsewhere"))
    assert one != other
    assert one.parent == tmp_path / ".tiebreak"
    assert manifest_for(tmp_path, tmp_path / "x/../site") == one
