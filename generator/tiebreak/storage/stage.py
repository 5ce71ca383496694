"""Stages files until all of them are right, and locks the project, so that only one build runs at a time."""

import errno
import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple

from tiebreak.model import digest_of
from tiebreak.storage import folders, secret
from tiebreak.storage.manifest import Entries, Manifest
from tiebreak.storage.snapshot import NO_STAMP
from tiebreak.storage.tree import Tree

STAGED = "staged"
LOCK = "lock"
UNNOTICED, BETWEEN = 1.0, 0.05  # seconds to wait for another build without a word, and between two looks
Notify = Callable[[str], None]  # shows a message to the user
_FORGETFUL = (
    "this user has no folder for caches outside the project: what earlier builds wrote is not known, and stays when "
    "it is no longer made; let XDG_CACHE_HOME name one that can be written to"
)


class Artifact(NamedTuple):
    """A file of the site: its path in the output folder, the key of what it was made from, and whether it is staged.

    `staged` is empty when the output folder already has the right bytes.
    """

    output_path: str
    key: bytes
    staged: Literal["new", "changed", ""] = ""
    digest: bytes = b""  # of the bytes; with the stamp, none for a file that did not have to be looked at
    stamp: bytes = b""  # of the file that has them, staged or in its place


@dataclass(frozen=True)
class Stage:
    """A folder for files that wait until all of them are right, on the file system of the output.

    Files lie in it as they will in the output, so that a folder which is new there can be moved as a whole.
    """

    folder: Tree
    output: Tree
    manifest: Manifest | None  # the list of what builds wrote to `output`, where one can be kept
    fresh: bool = False  # stage files even if the output has the same bytes
    first: bool = False  # there is no output yet

    def __getstate__(self) -> dict[str, object]:
        return {field.name: getattr(self, field.name) for field in fields(self)} | {"manifest": None}  # one publishes

    def manifest_stamp(self) -> bytes:
        """The stamp of the manifest, which differs after a build that listed files and did not finish."""
        return self.manifest.stamp() if self.manifest else b""

    def read(self, path: str) -> bytes:
        """The bytes of a file of the site, staged or published. Raises OSError when there is neither."""
        for tree in (self.folder, self.output):
            if (found := tree.read(path)) is not None:
                return found
        raise FileNotFoundError(
            errno.ENOENT, "the site lacks a file that was made before", str(self.output.full_path / path)
        )

    def put(self, path: str, key: bytes, data: bytes) -> Artifact:
        """Stage a file, unless the output folder has it."""
        digest = digest_of(data)
        # A larger one has other bytes, and may be any size.
        old, seen = (None, NO_STAMP) if self.first else self.output.read_with_stamp(path, len(data))
        if old == data and not self.fresh:
            return Artifact(path, key, digest=digest, stamp=seen)
        return Artifact(path, key, "new" if seen == NO_STAMP else "changed", digest, self.folder.write(path, data))

    def is_foreign(self, path: str, ours: bytes) -> bool:
        """Whether there is a file at a path of the output that no build wrote.

        A file that begins with the bytes `ours` counts as a build's whose list was lost.
        """
        if not self.output.exists(path):
            return False
        return path not in self._listed and self.output.read_start(path, len(ours)) != ours

    @cached_property
    def _listed(self) -> Entries:
        """The files that earlier builds wrote."""
        return self.manifest.read() if self.manifest else {}


class Discard(Stage):
    """A stage that keeps nothing, for checks."""

    def put(self, path: str, key: bytes, data: bytes) -> Artifact:  # noqa: ARG002 -- that is the point
        return Artifact(path, key)

    def is_foreign(self, path: str, ours: bytes) -> bool:  # noqa: ARG002
        return False


@contextmanager
def staging(state: Path, output: Path, *, fresh: bool = False, notify: Notify | None = None) -> Iterator[Stage]:
    """A stage for `output`, which no other build has meanwhile. `state` is the folder that is the builds' own, in the
    project. Raises OSError where a link in the project, or in the repository around it, leads to the output.
    """
    site = _output(state.parent, output)
    own = Tree(state.parent, state.name)
    with closing(site), closing(own), _alone(own, notify) as is_ours, _for_everybody():
        beside = is_ours and own.device() == site.device()
        place, prefix = (own, STAGED) if beside else (site, f".tiebreak-{STAGED}{_lock_of(state) if is_ours else ''}")
        if is_ours:  # left by killed builds; without the lock, it may belong to a running one
            own.tidy()
            for leftover in place.names():
                if leftover.startswith(prefix):
                    place.clear(leftover)
        name = f"{prefix}-{os.urandom(8).hex()}"
        place.make(name)
        key = secret.key(state.parent)
        if is_ours and notify and secret.is_temporary(key):
            notify(_FORGETFUL)
        manifest = Manifest(own, name_of(output, state), key) if is_ours else None
        try:
            with closing(place / name) as folder:
                yield Stage(folder, site, manifest, fresh, first=not site.exists(""))
        finally:
            place.clear(name)


def name_of(output: Path, state: Path) -> str:
    """A name for an output folder. Within the project, whose folder `state` is, it stays the same when the project
    moves.
    """
    path, project = Path(os.path.realpath(output)), Path(os.path.realpath(state.parent))  # not even loops are errors
    place = path.relative_to(project) if path.is_relative_to(project) else path
    return hashlib.sha256(os.fsencode(place.as_posix())).hexdigest()[:16]


def _lock_of(state: Path) -> str:
    """A name for the lock of a project, in the names of its stages: builds with other locks may use the same output."""
    return f"-{hashlib.sha256(os.fsencode(os.path.realpath(state))).hexdigest()[:16]}"


def _output(project: Path, output: Path) -> Tree:
    """The output folder, at the end of all links. Its user may name it by links of their own; but those in the project
    and in the repository around it are the authors', who may be strangers.
    """
    guarded, place = folders.repository(project), Path.cwd() / output
    named = next((folder for folder in reversed(place.parents) if _is_same(folder, project)), None)
    if named:  # however the project was reached, the way goes on from there
        place = Path(os.path.realpath(project)) / place.relative_to(named)
    place = _without_links(place, guarded)
    within = _within(place, guarded)
    return Tree(within, "/".join(place.relative_to(within).parts)) if within else Tree(place)


def _without_links(path: Path, guarded: Path, most: int = 40) -> Path:
    """Where an absolute path leads, link after link. Raises OSError at a link that lies in the folder `guarded`."""
    place = Path(path.anchor)
    for count, part in enumerate(path.parts[1:], 2):
        here = place / part
        if part == "..":
            place = place.parent
        elif not here.is_symlink() and not getattr(here, "is_junction", bool)():  # the latter since Python 3.12
            place = here
        elif _within(place, guarded):
            message = "this is a link, and a site is not written through one that lies in the project or the "
            message += "repository around it; take it away, or name with --output where it leads"
            raise OSError(errno.ELOOP, message, str(here))
        elif not most:
            raise OSError(errno.ELOOP, "links lead to links without end", str(here))
        else:
            return _without_links(place.joinpath(here.readlink(), *path.parts[count:]), guarded, most - 1)
    return place


def _within(place: Path, folder: Path) -> Path | None:
    """The part of the path `place` that is `folder`, by whatever name, if it leads there."""
    return next((one for one in (place, *place.parents) if _is_same(one, folder)), None)


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


@contextmanager
def _for_everybody() -> Iterator[None]:
    """Files that are written can be read by a web server, whatever the umask of the author."""
    umask = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(umask)


@contextmanager
def _alone(state: Tree, notify: Notify | None) -> Iterator[bool]:
    """Lock the project, so that one build runs at a time. Yields False where it cannot be locked: then builds do not
    wait.
    """
    try:
        state.make()
        if not state.has_file(LOCK):
            state.clear(LOCK)
        file = state.open(LOCK)
        if not state.is_writable():  # the lock may be older than what forbids to write here
            os.close(file)
            raise PermissionError
    except OSError:
        if notify:
            notify(
                f"{state.full_path} cannot be written to: no other build is waited for, and no list of files is kept"
            )
        yield False
        return
    try:
        _lock(file, notify)
        yield True
    finally:
        # Processes that were forked meanwhile have the file open, too, so that closing it alone would not do.
        _unlock(file)
        os.close(file)


def _lock(file: int, notify: Notify | None) -> None:
    """Wait for the lock, with a message when that takes long. The system releases it when its processes end."""
    with suppress(ImportError):
        import fcntl

        until = time.monotonic() + UNNOTICED
        while time.monotonic() < until:
            with suppress(BlockingIOError):
                return fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            time.sleep(BETWEEN)
        if notify:
            notify("another build of this project is running; waiting for it")
        fcntl.flock(file, fcntl.LOCK_EX)
    return None


def _unlock(file: int) -> None:
    with suppress(ImportError):
        import fcntl

        fcntl.flock(file, fcntl.LOCK_UN)
