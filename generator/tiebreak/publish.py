"""The site onto the disk: only what differs, each file whole or not at all, and nothing that is not ours touched."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from errno import EISDIR, ENOTDIR
from pathlib import Path
from typing import IO, Literal, NamedTuple

from tiebreak.inventory import stamp
from tiebreak.packing import digest_of

STAGED = "staged"
ANNOUNCED = "?"  # before the digest of a file that a build meant to write, and perhaps did not


class Made(NamedTuple):
    """A file of the site: its path there, the key of what it was made from, and where its bytes wait to be moved from
    (nowhere, when the right bytes lie there already).
    """

    path: str
    key: bytes
    staged: str = ""
    was: Literal["new", "changed", ""] = ""
    digest: bytes = b""  # of the bytes; with the stamp, none for a file that did not have to be looked at
    stamp: bytes = b""  # of the file that has them, staged or in its place


@dataclass(frozen=True)
class Stage:
    """A folder in which files wait, on the file system of the output, until all of them are right."""

    folder: Path
    output: Path
    manifest: Path | None  # the list of what builds wrote to `output`, where one can be kept
    fresh: bool = False  # stage what is right already, too

    def manifest_stamp(self) -> bytes:
        """Another one whenever a build that did not come to its end has listed other files."""
        return stamp(str(self.manifest)) if self.manifest else b""

    def put(self, path: str, key: bytes, data: bytes) -> Made:
        """Stage a file, unless the output folder has it."""
        target, digest = self.output / path, digest_of(data)
        seen = stamp(str(target))  # before it is read, so that no later change can have this stamp
        old = _read(target)
        if old == data and not self.fresh:
            return Made(path, key, digest=digest, stamp=seen)
        name = str(self.folder / digest_of(path.encode()).hex())
        with open(name, "wb") as file:  # noqa: PTH123 -- twice as fast as Path.open
            file.write(data)
        return Made(path, key, name, "new" if old is None else "changed", digest, stamp(name))


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
        return _moved(staged, stage.output)
    before = _read_manifest(stage.manifest)
    now = dict.fromkeys((one.path for one in made), "")
    gone = sorted(before.keys() - now.keys())
    done: dict[str, str] = {}
    _check_ways(stage.output, [one.path for one in staged if one.was == "new"], set(gone))
    announced = {one.path: ANNOUNCED + one.digest.hex() for one in staged if one.path not in before}
    if announced:
        _write_manifest(stage.manifest, {**before, **announced})
    # First, because what is gone may stand in the way: a file where a folder must be, or the same name in capitals.
    for path in gone:
        if _remove(stage.output, path, before[path]):
            done[path] = "removed"
    done |= _moved(staged, stage.output)
    if now != before:
        _write_manifest(stage.manifest, now)
    return done


def _moved(staged: Iterable[Made], output: Path) -> dict[str, str]:
    done: dict[str, str] = {}
    for one in staged:
        _move(Path(one.staged), output / one.path)
        done[one.path] = one.was
    return done


def _check_ways(output: Path, new: Iterable[str], gone: set[str]) -> None:
    """Raise OSError for a file where a folder must be, or a folder where a file must be, unless it will be gone."""
    free: set[str] = set()
    for path in new:
        target = output / path
        if target.is_dir() and any(f"{path}/{file}" not in gone for file in _files_in(target)):
            raise IsADirectoryError(EISDIR, "the site has a file of this name, and a folder stands there", str(target))
        for length in range(path.count("/") + 1):
            folder = "/".join(path.split("/")[:length])
            if folder not in free and folder not in gone and (output / folder).is_file():
                message = "the site has a folder of this name, and a file stands there"
                raise NotADirectoryError(ENOTDIR, message, str(output / folder))
            free.add(folder)


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


def _read(target: Path) -> bytes | None:
    try:
        with open(target, "rb") as file:  # noqa: PTH123 -- twice as fast as Path.read_bytes
            return file.read()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


def _move(staged: Path, target: Path) -> None:
    """A reader of `target` sees the old bytes or the new ones, never a part."""
    try:
        os.replace(staged, target)  # noqa: PTH105 -- as above
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        staged.replace(target)


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
