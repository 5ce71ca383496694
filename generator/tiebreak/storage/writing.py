"""Writes one file, whole or not at all."""

import os
from contextlib import suppress

NEW = os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def replace_whole(name: str, at: int | None, data: bytes, mode: int | None = None) -> None:
    """With a `mode`, the file gets that; else what the user's mask leaves."""
    folder = "" if at is not None else f"{os.path.dirname(name)}/"  # noqa: PTH120
    beside = f"{folder}.tiebreak-{os.urandom(8).hex()}"
    handle = os.open(beside, NEW | os.O_EXCL, 0o666, dir_fd=at)
    try:
        try:
            if mode is not None and hasattr(os, "fchmod"):
                os.fchmod(handle, mode & 0o777)
            write_all(handle, data)
        finally:
            os.close(handle)
        os.replace(beside, name, src_dir_fd=at, dst_dir_fd=at)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside, dir_fd=at)
        raise


def write_all(file: int, data: bytes) -> None:
    """Write all of `data`: a disk that is nearly full takes only a part at first."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file, rest) :]
