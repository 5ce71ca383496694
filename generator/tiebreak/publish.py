"""The site onto the disk: only what differs, each file whole or not at all, and nothing that is not ours touched."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from errno import EISDIR, ENOTDIR, ENOTEMPTY
from pathlib import Path
from typing import IO, Literal, NamedTuple

from tiebreak.inventory import NO_STAMP, stamp
from tiebreak.packing import digest_of

STAGED = "staged"
ANNOUNCED = "?"  # before the digest of a file that a build meant to write, and perhaps did not


class Made(NamedTuple):
    """A file of the site: its path there, the key of what it was made from, and what it is there, if it is staged
    (nothing, when the right bytes lie there already).
    """

    path: str
    key: bytes
    staged: Literal["new", "changed", ""] = ""
    digest: bytes = b""  # of the bytes; with the stamp, none for a file that did not have to be looked at
    stamp: bytes = b""  # of the file that has them, staged or in its place


@dataclass(frozen=True)
class Stage:
    """A folder in which files wait, on the file system of the output, until all of them are right. They lie in it as
    they will in the output, so that a folder which is new there can be moved as a whole.
    """

    folder: Path
    output: Path
    manifest: Path | None  # the list of what builds wrote to `output`, where one can be kept
    fresh: bool = False  # stage what is right already, too

    def manifest_stamp(self) -> bytes:
        """Another one whenever a build that did not come to its end has listed other files."""
        return stamp(str(self.manifest)) if self.manifest else b""

    def read(self, path: str) -> bytes:
        """The bytes that a file of the site will have. Raises OSError when it is neither staged nor there."""
        staged = _read(f"{self.folder}/{path}")
        return Path(self.output, path).read_bytes() if staged is None else staged

    def put(self, path: str, key: bytes, data: bytes) -> Made:
        """Stage a file, unless the output folder has it."""
        target, digest = f"{self.output}/{path}", digest_of(data)
        seen = stamp(target)  # before it is read, so that no later change can have this stamp
        old = None if seen == NO_STAMP else _read(target)
        if old == data and not self.fresh:
            return Made(path, key, digest=digest, stamp=seen)
        name = f"{self.folder}/{path}"
        _write(name, data)
        return Made(path, key, "new" if old is None else "changed", digest, stamp(name))


class Discard(Stage):
    """A stage for files that nobody wants."""

    def put(self, path: str, key: bytes, data: bytes) -> Made:  # noqa: ARG002 -- that is the point
        return Made(path, key)


@contextmanager
def staging(state: Path, output: Path, *, fresh: bool = False) -> Iterator[Stage]:
    """A stage for `output`, which no other build has meanwhile. `state` is the folder that is the builds' own."""
    with _alone(state) as is_ours, _for_everybody():
        folder = output / f".tiebreak-{STAGED}"
        if is_ours and _device(state) == _device(output):
            folder = state / STAGED
        shutil.rmtree(folder, ignore_errors=True)  # of a build that was killed
        folder.mkdir(parents=True)
        manifest = state / f"manifest-{name_of(output, state)}.json" if is_ours else None
        try:
            yield Stage(folder, output, manifest, fresh)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def publish(made: Iterable[Made], stage: Stage, *, partial: bool = False) -> Mapping[str, str]:
    """Move what is staged into the output folder, and remove what an earlier build wrote and this one did not make;
    unless it is `partial`, when nothing is removed, and only what the manifest lists already is written.

    Returns what was done, by path: `new`, `changed` or `removed`. A build that is stopped half-way leaves every file
    whole, the old one or the new one, and a manifest that lists them all, so that the next one can finish the work.
    Raises OSError, before anything is touched, when something stands in the way that no build wrote.
    """
    made = list(made)
    staged = [one for one in made if one.staged]
    if partial:
        return _moved(staged, stage)
    before = _read_manifest(stage.manifest)
    now = dict.fromkeys((one.path for one in made), "")
    gone = sorted(before.keys() - now.keys())
    done: dict[str, str] = {}
    _check_ways(stage.output, [one.path for one in staged if one.staged == "new"], set(gone))
    announced = {one.path: ANNOUNCED + one.digest.hex() for one in staged if one.path not in before}
    if announced:
        _write_manifest(stage.manifest, {**before, **announced})
    # First, because what is gone may stand in the way: a file where a folder must be, or the same name in capitals.
    for path in gone:
        if _remove(stage.output, path, before[path]):
            done[path] = "removed"
    done |= _moved(staged, stage)
    if now != before:
        _write_manifest(stage.manifest, now)
    return done


def _moved(staged: Iterable[Made], stage: Stage) -> dict[str, str]:
    """Move what is staged to its place: folders that the output lacks as wholes, all else file by file."""
    present: set[str] = set()  # folders that were there
    moved: set[str] = set()  # folders that were not, and now are with all that was staged for them
    for one in staged:
        for folder in _folders_of(one.path):
            if folder in moved:
                break
            if folder not in present:
                if not os.path.isdir(f"{stage.output}/{folder}") and _move_folder(stage, folder):  # noqa: PTH112
                    moved.add(folder)
                    break
                present.add(folder)
        else:
            _move(f"{stage.folder}/{one.path}", f"{stage.output}/{one.path}")
    return {one.path: one.staged for one in staged}


def _folders_of(path: str) -> Iterator[str]:
    """The folders in which a file lies, the outermost first."""
    end = path.find("/")
    while end >= 0:
        yield path[:end]
        end = path.find("/", end + 1)


def _check_ways(output: Path, new: Iterable[str], gone: set[str]) -> None:
    """Raise OSError for a file where a folder must be, or a folder where a file must be, unless it will be gone."""
    free: set[str] = set()  # folders
    absent: set[str] = set()
    for path in new:
        for folder in ("", *_folders_of(path)):
            if folder in absent:
                break
            if folder not in free:
                place = output / folder
                if place.is_file() and folder not in gone:
                    message = "the site has a folder of this name, and a file stands there"
                    raise NotADirectoryError(ENOTDIR, message, str(place))
                (free if place.is_dir() else absent).add(folder)
        else:
            target = output / path
            if target.is_dir() and any(f"{path}/{file}" not in gone for file in _files_in(target)):
                message = "the site has a file of this name, and a folder stands there"
                raise IsADirectoryError(EISDIR, message, str(target))


def _files_in(folder: Path) -> Iterator[str]:
    return (file.relative_to(folder).as_posix() for file in folder.rglob("*") if not file.is_dir())


def name_of(output: Path, state: Path) -> str:
    """A name for an output folder; within the project, whose folder `state` is, it moves with the project."""
    path, project = output.resolve(), state.resolve().parent
    place = path.relative_to(project) if path.is_relative_to(project) else path
    return hashlib.sha256(place.as_posix().encode()).hexdigest()[:16]


@contextmanager
def _for_everybody() -> Iterator[None]:
    """What is written can be read by a web server, whatever else its author keeps to himself."""
    umask = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(umask)


@contextmanager
def _alone(state: Path) -> Iterator[bool]:
    """One build at a time, where files can be locked and the folder is ours to write to; else each for itself."""
    try:
        state.mkdir(parents=True, exist_ok=True)
        file = (state / "lock").open("wb")
        tempfile.TemporaryFile(dir=state).close()  # the lock may be older than what forbids to write here
    except OSError:
        yield False
        return
    with file:
        _lock(file, on=True)
        try:
            yield True
        finally:
            # Processes that were forked meanwhile have the file open, too, so that closing it here would not do.
            _lock(file, on=False)


def _lock(file: IO[bytes], *, on: bool) -> None:
    """Wait for the lock, or let it go; it goes by itself when the processes end that have it."""
    with suppress(ImportError):
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX if on else fcntl.LOCK_UN)


def _device(folder: Path) -> int:
    """Which file system a folder lies on, or would lie on."""
    while not folder.exists():
        folder = folder.parent
    return folder.stat().st_dev


def _read_manifest(manifest: Path | None) -> dict[str, str]:
    """What the last build wrote; nothing when the list is missing or damaged, so that at worst a stale file stays."""
    if manifest is None:
        return {}
    try:
        found = json.loads(manifest.read_bytes())
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {path: digest for path, digest in found.items() if _is_inside(path) and isinstance(digest, str)}


def _write_manifest(manifest: Path | None, paths: Mapping[str, str]) -> None:
    """Whole or not at all."""
    if manifest is None:
        return
    manifest.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=manifest.parent, prefix=".manifest-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(json.dumps(paths, indent=0, sort_keys=True).encode())
        Path(name).replace(manifest)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _is_inside(path: str) -> bool:
    return bool(path) and not path.startswith("/") and ".." not in path.split("/")


def _write(name: str, data: bytes) -> None:
    """A new file, and the folders for it."""
    folder = os.path.dirname(name)  # noqa: PTH120 -- ten thousand Paths take 0.1 s
    try:
        os.mkdir(folder)  # noqa: PTH102 -- nearly every page has a folder of its own
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103
    with open(name, "wb") as file:  # noqa: PTH123 -- twice as fast as Path.open
        file.write(data)


def _read(target: str | Path) -> bytes | None:
    try:
        with open(target, "rb") as file:  # noqa: PTH123 -- twice as fast as Path.read_bytes
            return file.read()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


def _move(staged: str, target: str) -> None:
    """A reader of `target` sees the old bytes or the new ones, never a part."""
    try:
        os.replace(staged, target)  # noqa: PTH105 -- as above
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120
        os.replace(staged, target)  # noqa: PTH105


def _move_folder(stage: Stage, folder: str) -> bool:
    """Whether a staged folder could be moved as a whole; not where something has come to be there meanwhile."""
    try:
        _move(f"{stage.folder}/{folder}", f"{stage.output}/{folder}")
    except (FileExistsError, IsADirectoryError, NotADirectoryError, PermissionError):
        return False
    except OSError as error:
        if error.errno == ENOTEMPTY:
            return False
        raise
    return True


def _remove(output: Path, path: str, digest: str) -> bool:
    """Remove a file that a build wrote. One that it only meant to write may be somebody else's by the same name."""
    target = output / path
    if digest.startswith(ANNOUNCED) and digest_of(_read(target) or b"").hex() != digest.removeprefix(ANNOUNCED):
        return False
    try:
        target.unlink()
    except (FileNotFoundError, NotADirectoryError):
        return False
    for folder in target.parents:
        if folder == output or any(folder.iterdir()):
            break
        folder.rmdir()
    return True
