"""The stamp of every file in a folder, which differs as soon as the file has changed."""

import os
import time
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from struct import Struct

from tiebreak.storage import nofollow

FIELDS = 5  # numbers in a stamp: size, when it was modified, when its inode was, which inode it is, which kind
BYTES = FIELDS * 8
# A file may change twice within one tick of the file system's clock, and have one stamp after both.
TICK_NS = 20_000_000
COARSE_TICK_NS = 2_000_000_000  # on file systems that count in seconds
NO_STAMP = bytes(BYTES)
Ignores = Callable[[str, bool], bool]  # whether a name, of a folder or else of a file, is passed over
_PACK = Struct(f"={FIELDS}q").pack


@dataclass(frozen=True)
class Snapshot:
    """Files by path, each with its stamp; `taken` is when, in ns since 1970, before the first of them was looked at."""

    paths: tuple[str, ...]
    stamps: bytes  # BYTES for each path
    taken: int
    irregular: frozenset[str] = frozenset()  # paths at which lies something else than a file, such as a link

    def stamp(self, place: int) -> bytes:
        return self.stamps[place * BYTES : (place + 1) * BYTES]

    def by_path(self) -> dict[str, bytes]:
        """The stamp of each file."""
        return {path: self.stamp(place) for place, path in enumerate(self.paths)}

    def changed(self, now: "Snapshot") -> set[str]:
        """Paths that are new, gone, or may have other bytes than at the time of this snapshot."""
        if self.paths == now.paths and self.stamps == now.stamps:
            return self.racy()
        old, new = self.by_path(), now.by_path()
        return {path for path in old.keys() | new.keys() if old.get(path) != new.get(path)} | self.racy()

    def updated(self, now: "Snapshot") -> "Snapshot":
        """This snapshot with newer stamps for some files; files that are gone are taken out."""
        if not now.paths:
            return self
        found = self.by_path() | now.by_path()
        paths = tuple(sorted(path for path, stamp in found.items() if stamp != NO_STAMP))
        return replace(self, paths=paths, stamps=b"".join(found[path] for path in paths), taken=now.taken)

    def missing(self) -> set[str]:
        """Paths without a file."""
        return {path for path, stamp in self.by_path().items() if stamp == NO_STAMP}

    def racy(self) -> set[str]:
        """Files that were so new that a change right afterwards need not show in their stamps."""
        return {self.paths[place] for place in self._untrusted()}

    def _untrusted(self) -> Iterator[int]:
        numbers = array("q", self.stamps)
        latest = max(numbers[1::FIELDS], default=0), max(numbers[2::FIELDS], default=0)
        if max(latest) + COARSE_TICK_NS < self.taken:
            return
        for place in range(len(self.paths)):
            modified, renewed = numbers[place * FIELDS + 1], numbers[place * FIELDS + 2]
            tick = TICK_NS if renewed % 1_000_000_000 else COARSE_TICK_NS
            if max(modified, renewed) + tick > self.taken:
                yield place


NOTHING = Snapshot((), b"", 0)


def scan(root: Path, folders: Mapping[str, Ignores]) -> Snapshot:
    """Every file under these folders of `root`, sorted. Each folder has its test for names that are passed over,
    folders with all that is in them.

    A link counts as the file that is read through it. Where nothing is read, as at a pipe or a folder that cannot be
    looked into, there is one path with the stamp `NO_STAMP`.
    """
    taken = time.time_ns()
    found: dict[str, bytes] = {}
    odd: set[str] = set()
    for folder, ignores in folders.items():
        _walk(root, folder, ignores, found, odd)
    paths = tuple(sorted(found))
    return Snapshot(paths, b"".join(found[path] for path in paths), taken, frozenset(odd))


def _walk(root: Path, folder: str, ignores: Ignores, found: dict[str, bytes], odd: set[str]) -> None:
    below: list[str] = []
    try:
        with nofollow.entries(root, folder) as entries:
            for entry in entries:
                is_folder = entry.is_dir(follow_symlinks=False)
                if ignores(entry.name, is_folder):
                    continue
                path = f"{folder}/{entry.name}"
                if is_folder:
                    below.append(path)
                elif entry.is_file(follow_symlinks=False):
                    found[path] = _stamp_of(entry)
                else:
                    odd.add(path)
                    found[path] = _stamp_beneath(root, path)
    except FileNotFoundError:
        return
    except OSError:  # reading the path reports why
        odd.add(folder)
        found[folder] = NO_STAMP
    for path in below:
        _walk(root, path, ignores, found, odd)


def _stamp_of(entry: "os.DirEntry[str]") -> bytes:
    try:
        return stamp_of(entry.stat(follow_symlinks=False))
    except OSError:  # it was removed meanwhile
        return NO_STAMP


def _stamp_beneath(root: Path, path: str) -> bytes:
    try:
        return stamp_of(nofollow.status(root, path))
    except OSError:
        return NO_STAMP


def stat(root: Path, paths: Sequence[str]) -> Snapshot:
    """The files at these paths under `root`; one that is not there has the stamp `NO_STAMP`."""
    taken = time.time_ns()
    base = f"{root}/"
    return Snapshot(tuple(paths), b"".join([stamp(base + path) for path in paths]), taken)


def moved(root: Path, before: Mapping[str, bytes]) -> Snapshot:
    """The stamps of files at these paths under `root` after they were moved there; `before` are their stamps before
    that.

    A file that was replaced meanwhile gets the stamp `NO_STAMP`.
    """
    now = stat(root, list(before))
    stamps = (
        new if _unmoved(new) == _unmoved(old) else NO_STAMP
        for new, old in zip(now.by_path().values(), before.values(), strict=True)
    )
    return replace(now, stamps=b"".join(stamps))


def _unmoved(stamp: bytes) -> bytes:
    """The part of a stamp that moving a file does not change: all but the time when its inode was changed."""
    return stamp[:16] + stamp[24:]


def stamp(file: str) -> bytes:
    """The stamp of the file at a path."""
    try:
        return stamp_of(os.stat(file))  # noqa: PTH116 -- ten thousand Paths take 0.1 s
    except OSError:
        return NO_STAMP


def stamp_of(stat: os.stat_result) -> bytes:
    return _PACK(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino & 0x7FFF_FFFF_FFFF_FFFF, stat.st_mode)
