"""The site onto the disk: only what differs, each file whole or not at all, and nothing that is not ours touched."""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path


def publish(
    files: Iterable[tuple[str, bytes]], output: Path, manifest: Path, *, fresh: bool = False
) -> Mapping[str, str]:
    """Write `files` (path relative to `output`, bytes) and remove what an earlier build wrote and this one did not.

    Returns what was done, by path: `new`, `changed` or `removed`. With `fresh`, right files are written again too.
    """
    files = list(files)
    done: dict[str, str] = {}
    now = {path: hashlib.sha256(data).hexdigest() for path, data in files}
    # First, because what is gone may stand in the way: a file where a folder must be, or the same name in capitals.
    for path in sorted(set(_read_manifest(manifest)) - set(now)):
        if _remove(output, path):
            done[path] = "removed"
    for path, data in files:
        target = output / path
        old = _read(target)
        if old is None or fresh or old != data:
            _write(target, data)
            done[path] = "new" if old is None else "changed"
    _write(manifest, json.dumps(now, indent=0, sort_keys=True).encode())
    return done


def manifest_for(project: Path, output: Path) -> Path:
    """Where the list of what was written to `output` is kept."""
    name = hashlib.sha256(str(output.resolve()).encode()).hexdigest()[:16]
    return project / ".tiebreak" / f"manifest-{name}.json"


def _read_manifest(manifest: Path) -> Mapping[str, str]:
    """What the last build wrote; nothing when the list is missing or damaged, so that at worst a stale file stays."""
    try:
        found = json.loads(manifest.read_bytes())
    except (OSError, ValueError):
        return {}
    return {path: digest for path, digest in found.items() if _is_inside(path)} if isinstance(found, dict) else {}


def _is_inside(path: str) -> bool:
    return bool(path) and not path.startswith("/") and ".." not in path.split("/")


def _read(target: Path) -> bytes | None:
    try:
        return target.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


def _write(target: Path, data: bytes) -> None:
    """A reader of `target` sees the old bytes or the new ones, never a part."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".tiebreak-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _remove(output: Path, path: str) -> bool:
    target = output / path
    try:
        target.unlink()
    except (FileNotFoundError, NotADirectoryError):
        return False
    for folder in target.parents:
        if folder == output or any(folder.iterdir()):
            break
        folder.rmdir()
    return True
