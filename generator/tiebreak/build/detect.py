"""Finds what has changed since the last build: among the files of the project, and among those of the site."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from tiebreak.build.state import BuildRecord
from tiebreak.storage import Snapshot, folders, snapshot


@dataclass(frozen=True)
class Changes:
    """What there is when a build begins. `changed` are inputs that may have changed, `lost` outputs that have."""

    inputs: Snapshot
    outputs: Snapshot
    changed: Collection[str]
    lost: Collection[str]


def changes(project: Path, output: Path, last: BuildRecord | None, saved: Collection[str] | None) -> Changes:
    """What there is now, and what of it is other than the last build saw or left it.

    `saved` are the only files that can have changed, where that is known.
    """
    if last and saved is not None and all(_is_plain(project / file) for file in saved):
        inputs = last.baseline.inputs.updated(snapshot.stat(project, sorted(saved)))
        return Changes(inputs, last.baseline.outputs, set(saved), set())
    inputs = snapshot.scan(project, folders.INPUTS)
    if last is None:
        return Changes(inputs, snapshot.NOTHING, set(inputs.paths), set())
    outputs = snapshot.stat(output, last.baseline.outputs.paths)
    return Changes(inputs, outputs, last.baseline.inputs.changed(inputs), last.baseline.lost(output, outputs))


def _is_plain(file: Path) -> bool:
    """Whether it is a regular file: what is saved in a folder or a link may change other files as well."""
    return file.is_file() and not file.is_symlink()
