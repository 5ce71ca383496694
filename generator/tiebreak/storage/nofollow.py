"""Opens files below a folder, and refuses symbolic links that lead out of it.

Folders are opened one from the other, by their descriptors, and no part of a path is followed that is a link: what is
exchanged for a link at any moment is refused or not yet there. Where a system cannot do that (Windows), each part is
looked at before and after, which only somebody who writes to the folder at that very moment can outwit.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from tiebreak.problems import Problem
from tiebreak.storage.refusals import LinkError, RefusedError, as_problem, linked_folder, no_file

DEEPEST = 64  # folders in one another: an author has ten, and the systems' own limits come soon after
LONGEST = 1_000  # bytes of a path
_CHAIN = 40  # links to links that are followed, as on Linux
_CAN_WALK = os.open in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW")
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | _NO_FOLLOW
# With O_NONBLOCK, opening a pipe does not wait for its other end, and it is refused afterwards.
_FILE = _NO_FOLLOW | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)


def read(root: Path, path: str, most: int | None = None) -> bytes:
    """The bytes of the file at `path`, or at `most` so many of its first ones. The parts of the path are joined by
    slashes; the first is the folder that no link leaves.

    A link to a file is followed as far as it stays in that folder and does not lead to anything hidden. Raises
    RefusedError where a link leads elsewhere, and for what is no file; OSError for what cannot be read.
    """
    file = _followed(root, path)
    try:
        return _all(file) if most is None else os.read(file, min(most, os.fstat(file).st_size + 1))
    finally:
        os.close(file)


def status(root: Path, path: str) -> os.stat_result:
    """The status of the file that `read` would read. Raises what `read` does."""
    file = _followed(root, path)
    try:
        return os.fstat(file)
    finally:
        os.close(file)


def problem_at(root: Path, path: str) -> Problem | None:
    """Why the file at `path` cannot be read, or None."""
    try:
        status(root, path)
    except OSError as error:
        return as_problem(path, error)
    return None


def open_file(root: Path | str | int, path: str, flags: int = os.O_RDONLY, mode: int = 0o666) -> int:
    """A descriptor of the file at `path` beneath `root`, opened with these flags; the caller closes it.

    `root` is a folder's path, which may lead through links, or its descriptor. Raises LinkError when the last part of
    `path` is a link, RefusedError when another one is or when there is no regular file, and OSError.
    """
    folder, _, name = _checked(path).rpartition("/")
    if not _CAN_WALK:
        return _open_by_path(root, path, flags, mode)
    at = open_folder(root, folder)
    try:
        try:
            file = os.open(name, flags | _FILE, mode, dir_fd=at)
        except OSError:
            _refuse(os.stat(name, dir_fd=at, follow_symlinks=False))
            raise
    finally:
        os.close(at)
    return _regular(file)


def open_folder(root: Path | str | int, path: str = "") -> int:
    """A descriptor of the folder at `path` beneath `root`, for `dir_fd`; the caller closes it. Windows has none.

    `root` is a folder's path, which may lead through links, or its descriptor. Raises RefusedError when a part of
    `path` is a link, and OSError.
    """
    parts = _checked(path).split("/") if path else []
    if isinstance(root, int):
        at = os.dup(root)
    elif parts:  # a link that is the last part of a path is not followed: this saves a descriptor
        at = _step(f"{os.fspath(root)}/{parts.pop(0)}", None)
    else:
        return os.open(root, _FOLDER & ~_NO_FOLLOW)
    for part in parts:
        above = at
        try:
            at = _step(part, above)
        finally:
            os.close(above)
    return at


@contextmanager
def entries(root: Path, path: str) -> Iterator[Iterator["os.DirEntry[str]"]]:
    """The entries of the folder at `path` beneath `root`, within a context. Raises what `open_folder` does."""
    if not _CAN_WALK:
        _look(root, f"{_checked(path)}/.")
        with os.scandir(root / path) as found:
            yield found
        return
    folder = open_folder(root, path)
    try:
        with os.scandir(folder) as found:
            yield found
    finally:
        os.close(folder)


def folder(root: Path, path: str = "") -> int | None:
    """What `open_folder` returns, or None on systems without descriptors of folders."""
    return open_folder(root, path) if _CAN_WALK else None


@contextmanager
def parent(root: Path | int, path: str) -> Iterator[tuple[str, int | None]]:
    """The last part of `path` beneath `root`, and the descriptor of the folder that it lies in, for `dir_fd`.

    Where a system has no such descriptors: the whole path, and None. Raises RefusedError when a part but the last is a
    link, and OSError.
    """
    above, _, name = _checked(path).rpartition("/")
    if not isinstance(root, int) and not _CAN_WALK:
        _look_at_folders(root, path)
        yield f"{os.fspath(root)}/{path}", None
    elif isinstance(root, int) and not above:
        yield name, root
    else:
        at = open_folder(root, above)
        try:
            yield name, at
        finally:
            os.close(at)


def _step(name: str, above: int | None) -> int:
    try:
        return os.open(name, _FOLDER, dir_fd=above)
    except OSError:
        if stat.S_ISLNK(os.stat(name, dir_fd=above, follow_symlinks=False).st_mode):
            raise linked_folder() from None
        raise


def _checked(path: str) -> str:
    """`path`, if it leads to something below a folder. Raises RefusedError otherwise."""
    parts = path.split("/")
    if not {"", ".", ".."}.isdisjoint(parts) or (os.sep != "/" and os.sep in path):
        raise RefusedError("outside-project", "this path leads out of its folder", "name a file in it")
    if len(parts) > DEEPEST:
        raise RefusedError("too-deep", f"this lies more than {DEEPEST - 1} folders deep", "move it further up")
    if len(path) > LONGEST // 4 and len(os.fsencode(path)) > LONGEST:
        raise RefusedError(
            "too-deep", f"this path is longer than {LONGEST} bytes", "move it further up, or shorten names"
        )
    return path


def _refuse(status: os.stat_result) -> None:
    """Raise for links and special files; for a folder, the error of opening it is kept."""
    if _is_link(status):
        raise LinkError
    if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
        raise no_file(status)


def _regular(file: int) -> int:
    status = os.fstat(file)
    if not stat.S_ISREG(status.st_mode):
        os.close(file)
        raise no_file(status)
    return file


def _is_link(status: os.stat_result) -> bool:
    """Whether this is a symbolic link, or a junction of Windows."""
    junction = getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", None)
    return stat.S_ISLNK(status.st_mode) or (junction is not None and getattr(status, "st_reparse_tag", 0) == junction)


def _open_by_path(root: Path | str | int, path: str, flags: int, mode: int) -> int:
    """Like `open_file`, for systems without descriptors of folders: checks the path before and after."""
    if isinstance(root, int):
        raise NotImplementedError("this system has no descriptors of folders")
    name = f"{os.fspath(root)}/{path}"
    _look(root, path)
    file = _regular(os.open(name, flags | _FILE, mode))
    try:
        _look(root, path)
        if os.path.samestat(os.fstat(file), os.lstat(name)):
            return file
        raise LinkError
    except BaseException:
        os.close(file)
        raise


def _look(root: Path | str, path: str) -> None:
    """Raise when a part of `path` is a link, or the last part is a special file."""
    _look_at_folders(root, path)
    try:
        _refuse(os.lstat(f"{os.fspath(root)}/{path}"))
    except FileNotFoundError:
        return


def _look_at_folders(root: Path | str, path: str) -> None:
    """Raise when a part of `path` but the last is a link, or missing."""
    place = os.fspath(root)
    for part in path.split("/")[:-1]:
        place = f"{place}/{part}"
        if _is_link(os.lstat(place)):
            raise linked_folder()


def _followed(root: Path, path: str) -> int:
    """A descriptor of the file at `path`, or of the file that the link at `path` leads to."""
    target = path
    for _ in range(_CHAIN):
        try:
            return open_file(root, target)
        except LinkError:
            target = _target(root, target)
    raise RefusedError("link-loop", "this link leads in a circle", "let it lead to a file")


def _target(root: Path, path: str) -> str:
    """The path that the link at `path` leads to, if that may be read through a link."""
    if os.path.isdir(os.path.join(root, path)):  # noqa: PTH112, PTH118 -- for the message; nothing is opened by it
        raise linked_folder()
    written = _link_at(root, path)
    folder, _, _ = path.partition("/")
    if os.path.isabs(written):  # noqa: PTH117
        base = next((base for base in (root.absolute(), root.resolve()) if _lies_in(written, base)), None)
        target = os.path.relpath(written, base) if base else ""
    else:
        target = os.path.normpath(f"{PurePosixPath(path).parent}/{written}")
    target = target.replace(os.sep, "/")
    if not target.startswith(f"{folder}/"):
        raise RefusedError("outside-project", f"this link leads out of {folder}/", "put a copy of the file here")
    if "/." in target:
        raise RefusedError("hidden-file", "this link leads to something hidden", "put a copy of the file here")
    return target


def _lies_in(path: str, folder: Path) -> bool:
    return os.path.normpath(path).startswith(f"{folder}{os.sep}")


def _link_at(root: Path, path: str) -> str:
    """The text of the link at `path`."""
    folder, _, name = path.rpartition("/")
    if not _CAN_WALK:
        return os.readlink(root / path).removeprefix("\\\\?\\")  # noqa: PTH115 -- as text
    at = open_folder(root, folder)
    try:
        return os.readlink(name, dir_fd=at)
    finally:
        os.close(at)


def _all(file: int) -> bytes:
    """All bytes of a regular file."""
    size = os.fstat(file).st_size
    data = os.read(file, size + 1)
    if len(data) == size:  # it ended there
        return data
    parts = [data]
    while data:
        data = os.read(file, 1 << 20)
        parts.append(data)
    return b"".join(parts)
