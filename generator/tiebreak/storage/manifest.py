"""The list of files that builds wrote to one output folder, which only this user's builds can extend."""

import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from io import BytesIO

from tiebreak.model import DIGEST, digest_of
from tiebreak.storage.snapshot import NO_STAMP, stamp_of
from tiebreak.storage.tree import Tree

LARGEST = 1 << 25  # bytes, for some 250,000 files; what is larger is none of ours, or one to begin anew
STRANGE = 1_000  # lines without a seal of ours, beyond as many as there are with one, after which the rest is not read
_MARK = 2 * 2 * DIGEST  # characters

# By path, the marks of the bytes that a build has written there, or meant to when it was stopped.
Entries = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Manifest:
    """A file in `state` with a line a file: its mark, a space, and its path in the output.

    A mark is the digest of the bytes and a seal, which binds it to the path and the output, and which nobody can make
    who does not know the key. What has no such mark is not listed, whoever wrote it.
    """

    state: Tree
    output: str  # a name for the output folder
    key: bytes = field(repr=False)

    @property
    def name(self) -> str:
        return f"manifest-{self.output}.txt"

    def stamp(self) -> bytes:
        """The stamp of the list, which differs whenever a file was listed."""
        status = self.state.status(self.name)
        return stamp_of(status) if status and stat.S_ISREG(status.st_mode) else NO_STAMP

    def read(self) -> Entries:
        """What is listed; nothing when the list is missing or damaged, so that at worst an old file stays in the
        output.
        """
        found: dict[str, frozenset[str]] = {}
        strange = 0
        for line in BytesIO(self.state.read(self.name, LARGEST) or b""):
            mark, path = _parts(line)
            if self._is_genuine(path, mark):
                found[path] = found.get(path, frozenset()) | {mark}
                strange -= 1
            else:
                strange += 1
            if strange > STRANGE:
                break
        return found

    def write(self, entries: Entries) -> None:
        """List these and nothing else; the list is replaced whole."""
        self._make_way()
        self.state.replace(
            self.name, _lines((mark, path) for path in sorted(entries) for mark in sorted(entries[path]))
        )

    def add(self, marks: Mapping[str, str]) -> None:
        """Add these marks by path, and keep what is already listed."""
        data = b"\n" + _lines((mark, path) for path, mark in marks.items())
        self._make_way()
        status = self.state.status(self.name)
        if status is not None and status.st_size + len(data) > LARGEST:
            self.write(self.read())
        self.state.append(self.name, data)

    def mark(self, path: str, digest: bytes) -> str:
        """The mark of a file with these bytes at a path."""
        sealed = blake2b(digest, digest_size=DIGEST, key=self.key)
        sealed.update(f"{self.output} {path}".encode("utf-8", "surrogateescape"))
        return digest.hex() + sealed.hexdigest()

    def is_as_written(self, path: str, data: bytes, entries: Entries) -> bool:
        """Whether a build has written these very bytes to this path."""
        return self.mark(path, digest_of(data)) in entries.get(path, ())

    def _make_way(self) -> None:
        if not self.state.has_file(self.name):
            self.state.clear(self.name)

    def _is_genuine(self, path: str, mark: str) -> bool:
        try:
            return bool(path) and self.mark(path, bytes.fromhex(mark[: 2 * DIGEST])) == mark
        except ValueError:
            return False


def _parts(line: bytes) -> tuple[str, str]:
    """The mark and the path of a line; two empty texts for any other line."""
    if line[_MARK : _MARK + 1] != b" ":
        return "", ""
    path = line[_MARK + 1 :].removesuffix(b"\n")
    return line[:_MARK].decode("ascii", "replace"), path.decode("utf-8", "surrogateescape")


def _lines(entries: Iterable[tuple[str, str]]) -> bytes:
    # A path with a line break could not be told from two; it is not listed, and so it is never removed.
    lines = [f"{mark} {path}\n" for mark, path in entries if "\n" not in path]
    return "".join(lines).encode("utf-8", "surrogateescape")
