"""The folders of a project: what lies in them that is read."""

from pathlib import Path

import pytest

from tiebreak.storage import folders, snapshot

LEAVINGS = (
    *"""
    .DS_Store .#a .#a.md a.md~ .a.md.swp a.swp a~/b.md a/.DS_Store #a# #a.md#
    4913 a/4913 a.md___jb_tmp___ a.md.part a.md.save a.md.sb-1a2b3c4d-XyZ123 @eaDir/a.md __pycache__/a.pyc
    a.md___jb_old___ Thumbs.db a/thumbs.db Desktop.ini .directory a.orig a.md.orig a.md.rej a.tmp B.TMP a.png.bak
    ._a.png __MACOSX/a.md .git/config .gitkeep .hg/store .idea/x.xml ~$a.docx .~lock.a.csv# .nfs0001 .goutputstream-X1
    """.split(),
    "Icon\r",
)
HIDDEN = (".hidden", ".well-known/security.txt", "a/.b/c.md")
READ = """
    a.md a/b.md DS_Store a~b.md #a a.swp.md b/4913/a.md icon.md orig tmp.md c# a.sb-b.md part.md
""".split()


def lying(root: Path, *paths: str) -> set[str]:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("x")
    return set(paths)


@pytest.mark.parametrize("folder", ["content", "templates", "static"])
def test_names_say_what_is_passed_over(tmp_path: Path, folder: str) -> None:
    """Leavings everywhere, and in `content` all that is hidden; a path is judged as the folder is when it is read."""
    paths = lying(tmp_path, *(f"{folder}/{name}" for name in (*LEAVINGS, *HIDDEN, *READ)))
    names = READ if folder == "content" else (*HIDDEN, *READ)
    assert set(snapshot.scan(tmp_path, folders.INPUTS).paths) == {f"{folder}/{name}" for name in names}
    assert {path for path in paths if not folders.is_ignored(path)} == {f"{folder}/{name}" for name in names}


def test_of_results_only_json_is_read(tmp_path: Path) -> None:
    """Whatever else a benchmark leaves there, and what is hidden, builds neither read nor watch."""
    folder = folders.RESULTS
    paths = lying(
        tmp_path, *(f"{folder}/{name}" for name in ("a.json", "b/c.json", "a.csv", ".d.json", ".e/f.json", "g"))
    )
    assert list(snapshot.scan(tmp_path, folders.INPUTS).paths) == [f"{folder}/a.json", f"{folder}/b/c.json"]
    assert {path for path in paths if not folders.is_ignored(path)} == {f"{folder}/a.json", f"{folder}/b/c.json"}


def test_a_folder_itself_is_read() -> None:
    """It stands for everything in it."""
    assert not any(map(folders.is_ignored, folders.INPUTS))


def test_no_leavings_are_of_the_theme() -> None:
    """What lies beside its files is told by the same rule."""
    for kind in ("templates", "static"):
        assert folders.builtin_files(kind)
        assert not any(folders.is_ignored(f"{kind}/{name}") for name in folders.builtin_files(kind))
