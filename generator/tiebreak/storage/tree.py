"""A folder in which files are read and written, without following any link below it."""

import errno
import os
import re
import stat
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from tiebreak.storage import nofollow, refusals
from tiebreak.storage.removal import is_folder, remove_folder
from tiebreak.storage.snapshot import NO_STAMP, stamp_of
from tiebreak.storage.writing import NEW, replace_whole, write_all

UNUSED = 3600  # seconds after which a temporary file was left by a killed process
_BESIDE = re.compile(r"\.tiebreak-[0-9a-f]{16}")  # the name of a temporary file, see writing.py
_ABSENT = (FileNotFoundError, NotADirectoryError, refusals.RefusedError)


class Tree:
    """The folder at `path` beneath `root`. `root` may be reached through links; `path`, and what lies there, may not.

    Each process opens the folder when it first needs it and keeps it open, so that whatever is put in its place
    meanwhile is not written to. Paths are relative and have slashes; errors name the whole path.
    """

    def __init__(self, root: Path, path: str = "") -> None:
        self.full_path = root / path
        self._root, self._path = root, path
        self._descriptor: int | None = None
        self._made = {""}  # folders in it that were made for files
        self._tidied: set[str] = set()  # folders in it from which files of killed builds were removed

    def __reduce__(self) -> tuple[type["Tree"], tuple[Path, str]]:
        return Tree, (self._root, self._path)

    def __truediv__(self, path: str) -> "Tree":
        """The folder at a path in this one."""
        return Tree(self._root, "/".join(part for part in (self._path, path) if part))

    def close(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    __del__ = close

    def status(self, path: str = "") -> os.stat_result | None:
        """The status of what is at `path`, of a link itself; None when there is nothing. Raises RefusedError behind
        a link.
        """
        if not path and self._path:  # what lies in the place of the folder itself, which may be none
            return Tree(self._root).status(self._path)
        try:
            if not path:
                return self._root.stat()
            with self._at(path) as (name, at):
                return os.stat(name, dir_fd=at, follow_symlinks=False)
        except (FileNotFoundError, NotADirectoryError):
            return None

    def exists(self, path: str) -> bool:
        """Whether there is anything at `path` that is not behind a link."""
        try:
            return self.status(path) is not None
        except refusals.RefusedError:
            return False

    def is_writable(self, path: str = "") -> bool:
        """Whether files can be put into the folder at `path`, as far as the system tells."""
        with self._at(path) as (name, at):
            return os.access(name, os.W_OK, dir_fd=at)

    def has_file(self, path: str) -> bool:
        """Whether there is a regular file with no second name at `path`."""
        status = self.status(path)
        return status is not None and stat.S_ISREG(status.st_mode) and status.st_nlink == 1

    def read(self, path: str, limit: int = -1) -> bytes | None:
        """The bytes of the file at `path`; None when there is none, or it has more than `limit` bytes."""
        return self.read_with_stamp(path, limit)[0]

    def read_start(self, path: str, count: int) -> bytes | None:
        """The first `count` bytes of the file at `path`; None when there is none."""
        try:
            with self._at(path) as (name, at), os.fdopen(_opened(name, at), "rb") as file:
                return file.read(count)
        except (*_ABSENT, IsADirectoryError):
            return None

    def read_with_stamp(self, path: str, limit: int = -1) -> tuple[bytes | None, bytes]:
        """What `read` returns, and the stamp of the file before it was read."""
        try:
            with self._at(path) as (name, at), os.fdopen(_opened(name, at), "rb") as file:
                status = os.fstat(file.fileno())
                return None if 0 <= limit < status.st_size else file.read(), stamp_of(status)
        except (*_ABSENT, IsADirectoryError):
            return None, NO_STAMP

    def make(self, path: str = "") -> None:
        """Make a folder, and those above it."""
        if not self._path:
            self._root.mkdir(parents=True, exist_ok=True)
        whole = Tree(self._root) if self._path else self
        parts = [part for part in (*self._path.split("/"), *path.split("/")) if part]
        for count in range(1, len(parts) + 1):
            with suppress(FileExistsError), whole._at("/".join(parts[:count])) as (name, at):
                os.mkdir(name, dir_fd=at)

    def write(self, path: str, data: bytes) -> bytes:
        """Write a new file, and make its folders; returns its stamp.

        Only for folders that builds made for themselves: links in `path` are not looked for.
        """
        name, at = self._own(path)
        try:
            if (folder := path.rpartition("/")[0]) not in self._made:
                self._make_own(folder)
                self._made.add(folder)
            handle = os.open(name, NEW | os.O_TRUNC, 0o666, dir_fd=at)
            try:
                write_all(handle, data)
            finally:
                os.close(handle)
            return stamp_of(os.stat(name, dir_fd=at, follow_symlinks=False))
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(self.full_path / path)) from None

    def _make_own(self, path: str) -> None:
        """Make a folder; its parent nearly always exists, so that is tried first."""
        name, at = self._own(path)
        try:
            os.mkdir(name, dir_fd=at)
        except FileExistsError:
            pass
        except FileNotFoundError:
            self.make(path)

    def replace(self, path: str, data: bytes, *, keep_mode: bool = False) -> None:
        """Replace the file at `path`, whole or not at all; in the place of a link, its target is not touched."""
        with self._at(path) as (name, at):
            mode = os.stat(name, dir_fd=at, follow_symlinks=False).st_mode if keep_mode else None
            replace_whole(name, at, data, mode)

    def append(self, path: str, data: bytes) -> None:
        """Append to a regular file, or begin one."""
        with self._at(path) as (name, at):
            handle = os.open(name, NEW | os.O_APPEND | getattr(os, "O_NONBLOCK", 0), 0o666, dir_fd=at)
            try:
                status = os.fstat(handle)
                if not stat.S_ISREG(status.st_mode) or status.st_nlink != 1:
                    raise OSError(errno.EEXIST, "something else stands in the place of a file")
                write_all(handle, data)
            finally:
                os.close(handle)

    def open(self, path: str) -> int:
        """A descriptor for reading and writing of the regular file at `path`, which is made when there is none."""
        with self._at(path) as (name, at):
            return _opened(name, at, os.O_RDWR | os.O_CREAT)

    def move(self, source: "Tree", path: str) -> None:
        """Move the file at `path` in `source`, a folder of the build's own, to the same path here.

        A reader sees the old bytes or the new ones, never a part.
        """
        try:
            self._rename(source, path)
        except FileNotFoundError:
            self.make(path.rpartition("/")[0])
            self._rename(source, path)

    def _rename(self, source: "Tree", path: str) -> None:
        own, at_own = source._own(path)
        try:
            with self._at(path) as (name, at):
                os.replace(own, name, src_dir_fd=at_own, dst_dir_fd=at)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            # Across a mount point: another disk, or the same one twice.
            if (place := path.rpartition("/")[0]) not in self._tidied:
                self._tidied.add(place)
                with closing(self / place) as folder:
                    folder.tidy(UNUSED)
            self.replace(path, source.read(path) or b"")

    def move_folder(self, source: "Tree", path: str) -> bool:
        """Move the folder at `path` in `source` to the same path here as a whole; returns whether that was possible.

        It is not where there is something by now, across file systems, or where it is not allowed.
        """
        own, at_own = source._own(path)
        for _ in range(2):
            try:
                with self._at(path) as (name, at):
                    os.replace(own, name, src_dir_fd=at_own, dst_dir_fd=at)
                return True
            except FileNotFoundError:
                self.make(path.rpartition("/")[0])
            except OSError:
                break
        return False

    def remove(self, path: str) -> None:
        """Remove a file, and the folders that are empty without it."""
        with self._at(path) as (name, at):
            os.unlink(name, dir_fd=at)
        with suppress(OSError):  # it is not empty, or may not be removed
            while path := path.rpartition("/")[0]:
                with self._at(path) as (name, at):
                    os.rmdir(name, dir_fd=at)

    def clear(self, path: str) -> None:
        """Remove whatever is at `path`, if possible; what a link leads to stays."""
        with suppress(OSError), self._at(path) as (name, at):
            if is_folder(name, at):
                remove_folder(name, at)
            else:
                os.unlink(name, dir_fd=at)

    def tidy(self, age: float = 0) -> None:
        """Remove temporary files of killed processes that nobody wrote to for `age` seconds."""
        for name in filter(_BESIDE.fullmatch, self.names()):
            status = self.status(name)
            if status and stat.S_ISREG(status.st_mode) and status.st_mtime <= time.time() - age:
                self.clear(name)

    def names(self) -> list[str]:
        """The names of all entries of the folder itself."""
        try:
            with self._at("") as (name, at):
                return os.listdir(name if at is None else at)  # noqa: PTH208 -- of a descriptor
        except _ABSENT:
            return []

    def device(self) -> int:
        """The file system that the folder is on, or would be on."""
        folder = self.full_path
        while not folder.is_dir():
            folder = folder.parent
        return folder.stat().st_dev

    def _base(self) -> int | None:
        """A descriptor of the folder; None on systems without them."""
        if self._descriptor is None:
            self._descriptor = nofollow.folder(self._root, self._path)
        return self._descriptor

    def _own(self, path: str) -> tuple[str, int | None]:
        """A name and the folder that it is relative to; links in between are not looked for."""
        base = self._base()
        return (path, base) if base is not None else (f"{self.full_path}/{path}", None)

    @contextmanager
    def _at(self, path: str) -> Iterator[tuple[str, int | None]]:
        """A name and the folder that it is relative to; no folder in between is a link."""
        try:
            base = self._base()
            if base is None:
                whole = "/".join(part for part in (self._path, path) if part)
                if not whole:
                    yield str(self._root), None
                    return
                with nofollow.parent(self._root, whole) as found:
                    yield found
            elif not path:
                yield ".", base
            else:
                with nofollow.parent(base, path) as found:
                    yield found
        except refusals.RefusedError as error:
            error.filename = str(self.full_path / path)
            raise
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(self.full_path / path)) from None


def _opened(name: str, at: int | None, flags: int = os.O_RDONLY) -> int:
    if at is not None:
        return nofollow.open_file(at, name, flags)
    folder, _, name = name.rpartition("/")
    return nofollow.open_file(folder, name, flags)
