"""What was computed before, by the digest of what it was computed from: one SQLite file, safe to delete."""

import os
import sqlite3
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from tiebreak.inventory import stamp
from tiebreak.layout import builtin
from tiebreak.packing import DIGEST, digest, digest_of, pack, unpack

A = TypeVar("A")
R = TypeVar("R")
NAME = "memo.sqlite3"
PATIENCE = 10  # seconds to wait for another build that writes
MOST_WAITING = 250  # results to be written; more would only take memory
SPARE = 1000  # results beyond that, for small sites and for edits that are taken back


class Memo:
    """A mapping of digests to values. It fails by forgetting: a damaged file is begun anew, one that cannot be
    written is done without, and what another version computed is not found.
    """

    def __init__(self, folder: Path | None, *, lasting: bool = True) -> None:
        """In `folder`, or nowhere: then it forgets at once. One that is not `lasting` writes nothing there, and
        remembers in this process what it did not find.
        """
        self._folder = folder if lasting or (folder and (folder / NAME).is_file()) else None
        self._lasting = lasting
        self._salt = fingerprint() if self._folder else b""
        self._new: dict[bytes, bytes] = {}
        self._old: list[tuple[bytes]] = []
        self._database: sqlite3.Connection | None = None
        self._owner = 0
        self._is_blank = False  # there is nothing in the database to be asked for

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_new": {}, "_old": [], "_database": None, "_owner": 0}

    def recall(self, *parts: object) -> Any:
        """What was stored under these parts, or None."""
        key = self.key(*parts)
        data = self._new.get(key) or self._select(key)
        if data is None or digest_of(memoryview(data)[DIGEST:]) != data[:DIGEST]:
            return None
        with suppress(Exception):  # whatever bytes of another make may raise
            return unpack(data[DIGEST:])
        return None

    def store(self, value: object, *parts: object) -> None:
        """Remember a value, at the next `flush` at the latest."""
        if self._folder or not self._lasting:
            data = pack(value)
            self._new[self.key(*parts)] = digest_of(data) + data
            if len(self._new) >= MOST_WAITING:
                self.flush()

    def remembered(self, name: str, function: Callable[[A], R]) -> Callable[[A], R]:
        """A pure function of one plain argument that costs much and gives little, remembered under a name."""

        @lru_cache(maxsize=1024)
        def call(argument: A) -> R:
            found: R | None = self.recall(name, argument)
            if found is None:
                found = function(argument)
                self.store(found, name, argument)
            return found

        return call

    def forget(self, *parts: object) -> None:
        """At the next `flush`."""
        self._old.append((self.key(*parts),))

    def flush(self) -> None:
        """Write what is new, in one go."""
        if not self._lasting:
            return
        new, self._new = list(self._new.items()), {}
        old, self._old = self._old, []
        if (new or old) and (database := self._open()):
            self._is_blank = False
            self._attempt(
                lambda: database.executemany("DELETE FROM memo WHERE key = ?", old),
                lambda: database.executemany("INSERT OR REPLACE INTO memo (key, value) VALUES (?, ?)", new),
                database.commit,
            )

    def key(self, *parts: object) -> bytes:
        """What a value is stored under; another for another version of anything that computes."""
        return digest((self._salt, parts))

    def trim(self, files: int) -> None:
        """Forget the oldest when there is much more than two results for each of so many files."""
        if database := self._open():
            newest = "(SELECT max(id) FROM memo)"
            self._attempt(
                lambda: database.execute(
                    f"DELETE FROM memo WHERE (SELECT count(*) FROM memo) > ? AND id <= {newest} - ?",  # noqa: S608
                    (2 * files + SPARE, files + SPARE // 2),
                ),
                database.commit,
            )

    def close(self) -> None:
        if self._database is not None and self._owner == os.getpid():
            self._database.close()
        self._database = None

    def _select(self, key: bytes) -> bytes | None:
        database = self._open()
        if database is None or self._is_blank:
            return None
        try:
            row = database.execute("SELECT value FROM memo WHERE key = ?", (key,)).fetchone()
        except sqlite3.DatabaseError as error:
            self._heal(error)
            return None
        return row[0] if row and isinstance(row[0], bytes) and len(row[0]) > DIGEST else None

    def _attempt(self, *steps: Any) -> None:
        try:
            for step in steps:
                step()
        except sqlite3.DatabaseError as error:
            self._heal(error)

    def _open(self) -> sqlite3.Connection | None:
        """The database, opened by this very process: a connection must not be carried over a fork."""
        if self._folder is None or (self._database is not None and self._owner == os.getpid()):
            return self._database
        self._owner = os.getpid()
        for _ in range(2):
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
                self._database = sqlite3.connect(self._folder / NAME, timeout=PATIENCE)
                # What a power cut spoils is found out by its digest.
                self._database.execute("PRAGMA synchronous = OFF")
                self._database.execute(
                    "CREATE TABLE IF NOT EXISTS memo (id INTEGER PRIMARY KEY, key BLOB UNIQUE, value BLOB)"
                )
                self._is_blank = not self._database.execute("SELECT 1 FROM memo LIMIT 1").fetchall()
            except (sqlite3.Error, OSError) as error:
                if not self._heal(error):
                    break
            else:
                return self._database
        self._folder = None
        return None

    def _heal(self, error: Exception) -> bool:
        """Begin a damaged file anew: whether that is of use. A lock, a full disk or a folder that is not ours is no
        damage, and is done without.
        """
        if self._database is not None:
            with suppress(sqlite3.Error):
                self._database.close()
        self._database = None
        if isinstance(error, sqlite3.OperationalError | OSError):
            self._folder = None
        elif self._folder:
            for leftover in (NAME, f"{NAME}-journal"):
                with suppress(OSError):
                    (self._folder / leftover).unlink()
        return self._folder is not None


def fingerprint() -> bytes:
    """The digest of what computes: Python, Tiebreak's own files, and every package that is installed beside it."""
    own = [Path(__file__).parent.glob("*.py"), *(builtin(kind).rglob("*.*") for kind in ("templates", "static"))]
    stamps = sorted((str(file), stamp(str(file))) for files in own for file in files)
    beside = {
        name
        for folder in sys.path
        if os.path.isdir(folder)  # noqa: PTH112 -- an entry of the path may be anything
        for name in os.listdir(folder)  # noqa: PTH208
        if name.endswith((".dist-info", ".egg-info"))
    }
    return digest((sys.version, stamps, sorted(beside)))
