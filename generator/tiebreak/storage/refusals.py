"""The errors for files that are refused, such as links and pipes, and the problems they become."""

import errno
import os
import stat

from tiebreak.problems import Problem

_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


class RefusedError(OSError):
    """A file is not opened on purpose; has the code, message and help of the problem."""

    def __init__(self, code: str, message: str, help: str) -> None:
        super().__init__(errno.EPERM, message)
        self.code, self.help = code, help

    def __reduce__(self) -> tuple[type["RefusedError"], tuple[str, str, str]]:
        return RefusedError, (self.code, self.strerror or "", self.help)


class LinkError(RefusedError):
    """There is a link where a file was expected."""

    def __init__(self) -> None:
        super().__init__("not-a-file", "this is a link, not a file", "put a file in its place")


def as_problem(file: str, error: OSError) -> Problem:
    """The problem for an error while opening or reading the `file`."""
    if isinstance(error, RefusedError):
        return Problem(file, 0, 0, error.code, error.strerror or "", error.help)
    return Problem(file, 0, 0, "unreadable", f"the file cannot be read: {error.strerror}")


def too_large(file: str, most: int) -> Problem:
    """The problem of a file with more than `most` bytes."""
    return Problem(file, 0, 0, "too-large", f"the file has more than {most // 1_000_000} MB", help="make it smaller")


def no_file(status: os.stat_result) -> RefusedError:
    kind = _KINDS.get(stat.S_IFMT(status.st_mode), "something else")
    return RefusedError("not-a-file", f"this is {kind}, not a file", "take it away, or put a file in its place")


def linked_folder() -> RefusedError:
    message, help = "a folder is not read through a link", "move the folder here, or link its files"
    return RefusedError("linked-folder", message, help)
