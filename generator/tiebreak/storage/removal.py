"""Removes a folder with everything in it, however deep, without following a link in it."""

import os
import shutil
import stat

from tiebreak.storage import nofollow


def is_folder(name: str, at: int | None) -> bool:
    """Whether there is a folder of this name in the folder `at`; a link to one does not count."""
    return stat.S_ISDIR(os.stat(name, dir_fd=at, follow_symlinks=False).st_mode)


def remove_folder(name: str, at: int | None) -> None:
    """The folder of this name in the folder `at`, or the one at this path where a system has no descriptors of folders.

    Folders in it are moved to its top, one level at a time, so that no path grows long and no more than two folders are
    open at once. Raises OSError for what cannot be removed.
    """
    if at is None:
        shutil.rmtree(name)
        return
    folder = nofollow.open_folder(at, name)
    try:
        while names := os.listdir(folder):  # noqa: PTH208 -- of a descriptor
            for one in names:
                _remove_top(one, folder)
    finally:
        os.close(folder)
    os.rmdir(name, dir_fd=at)


def _remove_top(name: str, at: int) -> None:
    """Remove a file, or a folder after moving the folders in it to `at` under new names."""
    if not is_folder(name, at):
        os.unlink(name, dir_fd=at)
        return
    folder = nofollow.open_folder(at, name)
    try:
        for one in os.listdir(folder):  # noqa: PTH208 -- of a descriptor
            if is_folder(one, folder):
                os.rename(one, os.urandom(8).hex(), src_dir_fd=folder, dst_dir_fd=at)
            else:
                os.unlink(one, dir_fd=folder)
    finally:
        os.close(folder)
    os.rmdir(name, dir_fd=at)
