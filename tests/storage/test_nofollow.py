"""Nothing is opened through a link that leads out of its folder, whenever the link came to be there."""

import os
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tiebreak.storage import nofollow
from tiebreak.storage.nofollow import DEEPEST, LONGEST
from tiebreak.storage.refusals import LinkError, RefusedError
from tiebreak.storage.tree import Tree

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need a privilege there")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with a file beside its content, and a link to it all."""
    for path in ("p/content/sub/a.md", "p/content/.hidden/a.md", "p/secret", "p/.git/config", "p/site/index.html"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(path)
    (tmp_path / "project").symlink_to("p")
    return tmp_path / "project"


def test_a_file_is_read_whole(root: Path) -> None:
    """Whatever its size is; the project itself may be reached through a link."""
    for size in (0, 1, 1 << 20, (3 << 20) + 1):
        (root / "content/big").write_bytes(os.urandom(size))
        assert nofollow.read(root, "content/big") == (root / "content/big").read_bytes()
    assert nofollow.read(root, "content/big", 9) == (root / "content/big").read_bytes()[:9]
    assert nofollow.status(root, "content/big").st_size == (3 << 20) + 1


def test_a_link_that_stays_is_followed(root: Path) -> None:
    """From one to the next, absolute or relative, up and down."""
    links: dict[str, str | Path] = {
        "one": "sub/a.md",
        "sub/two": "../one",
        "sub/three": "two",
        "four": root / "content/sub/three",
        "five": root.resolve() / "content/four",
        "six": "../content/five",
    }
    for name, target in links.items():
        (root / "content" / name).symlink_to(target)
        assert nofollow.read(root, f"content/{name}") == b"p/content/sub/a.md"


REFUSED: dict[str, tuple[str, str]] = {
    "../secret": ("outside-project", "this link leads out of content/"),
    "../.git/config": ("outside-project", "this link leads out of content/"),
    "../site/index.html": ("outside-project", "this link leads out of content/"),
    "../content-of-others": ("outside-project", "this link leads out of content/"),
    "/dev/zero": ("outside-project", "this link leads out of content/"),
    "/proc/self/environ": ("outside-project", "this link leads out of content/"),
    "../../nowhere": ("outside-project", "this link leads out of content/"),
    "sub": ("linked-folder", "a folder is not read through a link"),
    "..": ("linked-folder", "a folder is not read through a link"),
    "/": ("linked-folder", "a folder is not read through a link"),
    ".hidden/a.md": ("hidden-file", "this link leads to something hidden"),
    "sub/../.hidden/a.md": ("hidden-file", "this link leads to something hidden"),
    "link": ("link-loop", "this link leads in a circle"),
    "by-folder/a.md": ("linked-folder", "a folder is not read through a link"),
    "by-link": ("outside-project", "this link leads out of content/"),
    "pipe": ("not-a-file", "this is a named pipe, not a file"),
}


@pytest.mark.parametrize("target", REFUSED)
def test_a_link_that_leads_elsewhere_is_refused(root: Path, target: str) -> None:
    """With a problem that says what is wrong and what would be right."""
    (root / "content/by-folder").symlink_to("sub")
    (root / "content/by-link").symlink_to("../secret")
    os.mkfifo(root / "content/pipe")
    (root / "content/link").symlink_to(target)
    for ask in (nofollow.read, nofollow.status):
        with pytest.raises(RefusedError) as caught:
            ask(root, "content/link")
        assert (caught.value.code, caught.value.strerror) == REFUSED[target]
        assert caught.value.help


def listened(path: Path) -> None:
    """A socket, bound by a short name: its path has few bytes."""
    with socket.socket(socket.AF_UNIX) as one:
        here = Path.cwd()
        os.chdir(path.parent)
        try:
            one.bind(path.name)
        finally:
            os.chdir(here)


ODD: dict[str, tuple[Callable[[Path], object], str]] = {
    "pipe": (os.mkfifo, "this is a named pipe, not a file"),
    "socket": (listened, "this is a socket, not a file"),
    "folder": (Path.mkdir, "this is a folder, not a file"),
}


@pytest.mark.parametrize("kind", ODD)
def test_what_is_no_file_is_not_waited_for(root: Path, kind: str) -> None:
    """Nobody ever writes to a pipe that lies in a project."""
    make, message = ODD[kind]
    make(root / "content/odd")
    with pytest.raises(RefusedError, match=message) as caught:
        nofollow.read(root, "content/odd")
    assert caught.value.code == "not-a-file"


def test_a_device_is_no_file() -> None:
    """It is told by what was opened, not by its name."""
    with pytest.raises(RefusedError, match="this is a device, not a file"):
        nofollow.open_file("/", "dev/zero")


@pytest.mark.parametrize(
    "path", ["../secret", "content/../secret", "content/./sub/a.md", "/etc/passwd", "content//a", ""]
)
def test_a_path_cannot_climb(root: Path, path: str) -> None:
    """Nor begin anew."""
    with pytest.raises(RefusedError, match="leads out"):
        nofollow.read(root, path)


@pytest.mark.parametrize("path", ["a/" * DEEPEST + "a", "a" * (LONGEST + 1)])
def test_what_lies_too_deep_is_told(root: Path, path: str) -> None:
    """Before the system runs out of something."""
    with pytest.raises(RefusedError) as caught:
        nofollow.read(root, path)
    assert caught.value.code == "too-deep"


def test_no_folder_on_the_way_is_a_link(root: Path) -> None:
    """For reading, for writing and for folders; nothing is made behind it."""
    (root / "content/by").symlink_to("../site")
    for ask in (
        lambda: nofollow.read(root, "content/by/index.html"),
        lambda: nofollow.open_file(root, "content/by/new", os.O_WRONLY | os.O_CREAT | os.O_EXCL),
        lambda: nofollow.open_folder(root, "content/by"),
    ):
        with pytest.raises(RefusedError) as caught:
            ask()
        assert caught.value.code == "linked-folder"
    assert [path.name for path in (root / "site").iterdir()] == ["index.html"]


def test_nothing_is_written_through_a_link(root: Path) -> None:
    """Nor emptied by the attempt."""
    (root / "content/link").symlink_to("../secret")
    for flags in (os.O_WRONLY | os.O_TRUNC, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, os.O_RDWR):
        with pytest.raises(LinkError):
            nofollow.open_file(root, "content/link", flags)
    assert (root / "secret").read_text() == "p/secret"


def test_an_open_folder_stays_what_it_is(root: Path) -> None:
    """A batch of files can be opened from one descriptor, whatever lies at its path by then."""
    folder = nofollow.open_folder(root, "content/sub")
    try:
        (root / "content/sub").rename(root / "content/kept")
        (root / "content/sub").symlink_to("../site")
        file = nofollow.open_file(folder, "a.md")
        assert os.read(file, 99) == b"p/content/sub/a.md"
        os.close(file)
    finally:
        os.close(folder)


def test_a_folder_that_is_swapped_all_the_time_leads_nowhere_else(root: Path) -> None:
    """Each of many readings has the folder's own file, or none."""
    (root / "site/a.md").write_text("of somebody else")
    (root / "link").symlink_to("../site")
    stop = threading.Event()

    def swap() -> None:
        while not stop.is_set():
            (root / "content/sub").rename(root / "kept")
            (root / "link").rename(root / "content/sub")
            (root / "content/sub").rename(root / "link")
            (root / "kept").rename(root / "content/sub")

    thread = threading.Thread(target=swap)
    thread.start()
    found: set[bytes] = set()
    try:
        for _ in range(3_000):
            with suppress(OSError):
                found.add(nofollow.read(root, "content/sub/a.md"))
    finally:
        stop.set()
        thread.join()
    assert found <= {b"p/content/sub/a.md"}


def test_no_descriptor_is_left_open(root: Path) -> None:
    """Whether a file was opened or refused."""
    for name, target in {"link": "../secret", "loop": "loop", "ok": "sub/a.md", "by": "sub"}.items():
        (root / "content" / name).symlink_to(target)
    paths = ["link", "loop", "ok", "by/a.md", "sub/a.md", "sub", "none", "sub/none", "sub/a.md/x"]
    before = os.open("/", os.O_RDONLY)
    os.close(before)
    for path in paths * 3:
        with suppress(OSError):
            nofollow.read(root, f"content/{path}")
    after = os.open("/", os.O_RDONLY)
    os.close(after)
    assert before == after


def test_the_way_without_descriptors_refuses_the_same(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What Windows has; only a race is not seen there."""
    monkeypatch.setattr(nofollow, "_CAN_WALK", False)
    (root / "content/by-folder").symlink_to("sub")
    (root / "content/by-link").symlink_to("../secret")
    (root / "content/good").symlink_to("sub/a.md")
    os.mkfifo(root / "content/pipe")
    assert nofollow.read(root, "content/good") == b"p/content/sub/a.md"
    for target, (code, _) in REFUSED.items():
        (root / "content/link").unlink(missing_ok=True)
        (root / "content/link").symlink_to(target)
        with pytest.raises(RefusedError) as caught:
            nofollow.read(root, "content/link")
        assert caught.value.code == code, target
    with pytest.raises(FileNotFoundError):
        nofollow.read(root, "content/none")
    os.close(nofollow.open_file(root, "content/new", os.O_WRONLY | os.O_CREAT | os.O_EXCL))


@pytest.mark.parametrize("kind", ["link", "twin", "pipe", "folder"])
def test_nothing_is_added_to_what_is_no_file_of_ours(root: Path, kind: str) -> None:
    """Not even where something took its place a moment ago."""
    mine = root.parent / "mine"
    mine.write_bytes(b"mine")
    if kind == "link":
        (root / "list").symlink_to(mine)
    elif kind == "twin":
        (root / "list").hardlink_to(mine)
    elif kind == "pipe":
        os.mkfifo(root / "list")
    else:
        (root / "list").mkdir()
    with pytest.raises(OSError):
        Tree(root).append("list", b"more")
    assert mine.read_bytes() == b"mine"
