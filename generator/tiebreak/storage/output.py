"""Publishes the site: moves files that differ, each whole or not at all, and removes only what builds wrote."""

import errno
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tiebreak.storage.manifest import Entries
from tiebreak.storage.stage import Artifact, Notify, Stage
from tiebreak.storage.tree import Tree

NO_MARKS: frozenset[str] = frozenset()
FEW = 20  # files that are named one by one


def publish(
    artifacts: Iterable[Artifact], stage: Stage, *, partial: bool = False, notify: Notify | None = None
) -> Mapping[str, str]:
    """Move what is staged into the output folder, and remove what an earlier build wrote and this one did not make;
    unless it is `partial`, when nothing is removed and the list of what builds wrote is only added to.

    Returns what was done, by path: `new`, `changed` or `removed`. A build that is stopped half-way leaves every file
    whole, the old one or the new one, and a manifest that lists them all, so that the next one can finish the work.
    Raises OSError, before anything is touched, when something stands in the way that no build wrote or a folder cannot
    be written to; later, with the paths of what was done until then.
    """
    artifacts = sorted(artifacts)
    staged = [one for one in artifacts if one.staged]
    manifest = stage.manifest
    before = manifest.read() if manifest and not partial else {}
    marks = {
        one.output_path: manifest.mark(one.output_path, one.digest) for one in artifacts if manifest and one.digest
    }
    made = {one.output_path for one in artifacts}
    gone, kept = _gone(stage, before, made)
    present = _check_ways(stage.output, staged, gone)
    if manifest and staged:
        manifest.add({one.output_path: marks[one.output_path] for one in staged})
    done: dict[str, str] = {}
    try:
        # First, because what is gone may stand in the way: a file where a folder must be, or the same name in capitals.
        for path in sorted(gone):
            stage.output.remove(path)
            done[path] = "removed"
        for one in _moved(staged, stage, present):
            done[one.output_path] = one.staged
        now = {path: frozenset([marks[path]]) if path in marks else before.get(path, NO_MARKS) for path in made}
        if manifest and not partial and (staged or now != before):
            manifest.write(now)
    except OSError as error:
        raise OSError(error.errno, f"{error.strerror}; {_so_far(done)}", error.filename) from None
    if kept and notify:
        notify(f"no longer made, but kept, because they are not as a build wrote them: {_named(kept)}")
    return done


LARGEST = 1 << 28  # bytes of a file that is looked at before it is removed


def _gone(stage: Stage, before: Entries, made: set[str]) -> tuple[set[str], list[str]]:
    """The files of earlier builds that this one did not make: those to be removed, and those that others have
    changed.
    """
    gone: set[str] = set()
    kept: list[str] = []
    if stage.manifest is None:
        return gone, kept
    for path in sorted(before.keys() - made):
        data = stage.output.read(path, LARGEST)
        if data is not None and stage.manifest.is_as_written(path, data, before):
            gone.add(path)
        elif stage.output.exists(path):
            kept.append(path)
    return gone, kept


def _so_far(done: Mapping[str, str]) -> str:
    """What a build that failed has already changed in the site, in words."""
    new = [path for path, what in done.items() if what != "removed"]
    removed = [path for path, what in done.items() if what == "removed"]
    if not done:
        return "the site is as it was"
    parts = [f"{what}: {_named(paths)}" for what, paths in (("new", new), ("removed", removed)) if paths]
    return f"already {', '.join(parts)}; all else is as it was, and the next build goes on from here"


def _named(paths: list[str]) -> str:
    """A list of files in words; many of them are given as a range."""
    if len(paths) <= FEW:
        return ", ".join(paths)
    return f"{len(paths):,} files, in the order of their paths from {paths[0]} to {paths[-1]}"


def _moved(staged: Iterable[Artifact], stage: Stage, present: set[str]) -> Iterator[Artifact]:
    """Move staged files into the output: folders that it lacks as a whole, all else file by file.

    `present` are the folders that it has. Yields each file after it was moved.
    """
    moved: set[str] = set()  # folders that were not, and now are with all that was staged for them
    stage.output.make()
    for one in staged:
        for folder in _folders_of(one.output_path):
            if folder in moved:
                break
            if folder not in present:
                if stage.output.status(folder) is None and stage.output.move_folder(stage.folder, folder):
                    moved.add(folder)
                    break
                present.add(folder)
        else:
            stage.output.move(stage.folder, one.output_path)
        yield one


def _folders_of(path: str) -> Iterator[str]:
    """The folders in which a file lies, the outermost first."""
    end = path.find("/")
    while end >= 0:
        yield path[:end]
        end = path.find("/", end + 1)


def _check_ways(output: Tree, staged: Iterable[Artifact], gone: set[str]) -> set[str]:
    """Raise OSError where files cannot be put: a file or link in the place of a folder, a folder that cannot be
    written to, or a folder in the place of a file that will not be removed. Returns the folders that exist.
    """
    free: set[str] = set()  # folders
    absent: set[str] = set()
    for one in staged:
        for folder in ("", *_folders_of(one.output_path)):
            if folder in absent:
                break
            if folder not in free:
                (free if _is_free(output, folder, gone) else absent).add(folder)
                if folder in absent:
                    break
        else:
            status = output.status(one.output_path) if one.staged == "new" else None
            if status and stat.S_ISDIR(status.st_mode):
                target = output.full_path / one.output_path
                if any(file not in gone for file in _files_in(target, one.output_path)):
                    message = "the site has a file of this name, and a folder stands there"
                    raise IsADirectoryError(errno.EISDIR, message, str(target))
    return free


def _is_free(output: Tree, folder: str, gone: set[str]) -> bool:
    """Whether the output has this folder and files can be put into it; False when there is none."""
    status = output.status(folder)
    if status is None or folder in gone:
        return False
    if stat.S_ISLNK(status.st_mode):
        message = "the site has a folder of this name, and a link stands there; take it away"
        raise NotADirectoryError(errno.ENOTDIR, message, str(output.full_path / folder))
    if not stat.S_ISDIR(status.st_mode):
        message = "the site has a folder of this name, and a file stands there"
        raise NotADirectoryError(errno.ENOTDIR, message, str(output.full_path / folder))
    if not output.is_writable(folder):
        raise PermissionError(errno.EACCES, "nothing can be written to this folder", str(output.full_path / folder))
    return True


def _files_in(folder: Path, path: str) -> Iterator[str]:
    """The output paths of everything below a folder but folders."""
    waiting = [(folder, path)]
    while waiting:
        here, prefix = waiting.pop()
        with os.scandir(here) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((here / entry.name, f"{prefix}/{entry.name}"))
                else:
                    yield f"{prefix}/{entry.name}"
