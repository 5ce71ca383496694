"""The user's secret key, kept outside of every project, with which builds seal their own files."""

import os
import stat
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

SIZE = 32  # bytes
NAME = "key"


def key(project: Path) -> bytes:
    """The user's key, which is made at the first call.

    Where it could be kept nowhere, or only within the project, which may be a stranger's, it is a temporary one.
    """
    with suppress(OSError, RuntimeError):  # the latter: there is no home
        folder = _folder()
        if not folder.resolve().is_relative_to(project.resolve()):
            return _read(folder / NAME) or _made(folder)
    return _temporary()


def _folder() -> Path:
    """The platform's folder for caches of this user."""
    chosen = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(chosen):  # noqa: PTH117 -- the specification has others ignored
        return Path(chosen, "tiebreak")
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local", "tiebreak")
    return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "tiebreak"


def _read(file: Path) -> bytes | None:
    """The key in the file; None when others can have read or written it."""
    try:
        handle = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return None
    with os.fdopen(handle, "rb") as opened:
        status = os.fstat(handle)
        private = os.name == "nt" or (status.st_uid == os.geteuid() and not status.st_mode & 0o077)
        if stat.S_ISREG(status.st_mode) and private and len(data := opened.read(SIZE + 1)) == SIZE:
            return data
    return None


def _made(folder: Path) -> bytes:
    """Write a new key; where two processes do so at once, both use the first one's."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file, data = folder / NAME, os.urandom(SIZE)
    written = file.with_name(f"{NAME}-{os.urandom(8).hex()}")
    with os.fdopen(os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(data)
    try:
        os.link(written, file)
    except OSError:  # there is a file by now, maybe no valid key, or there are no hard links here
        if found := _read(file):
            return found
        written.replace(file)
    finally:
        written.unlink(missing_ok=True)
    return data


def is_temporary(key: bytes) -> bool:
    """Whether this key is kept only in this process."""
    return key == _temporary()


@cache
def _temporary() -> bytes:
    return os.urandom(SIZE)
