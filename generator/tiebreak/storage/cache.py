"""The cache: results by the digest of what they were computed from, in one SQLite file that is safe to delete."""

import os
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

import tiebreak
from tiebreak.model import DIGEST, digest, pack, unpack
from tiebreak.storage import secret
from tiebreak.storage.folders import builtin_folder
from tiebreak.storage.snapshot import stamp
from tiebreak.storage.tree import Tree

A = TypeVar("A")
R = TypeVar("R")
NAME = "memo.sqlite3"
BESIDE = ("-journal", "-wal", "-shm")  # what the names of files end in that SQLite puts beside it
TABLE = "memo (id INTEGER PRIMARY KEY, key BLOB UNIQUE, value BLOB)"
# All that a database of ours has, and how it begins: the last two bytes say that there is no write-ahead log. After
# some bytes more stand two numbers that are ours to choose.
_PARTS = [
    ("table", "memo", "memo", f"CREATE TABLE {TABLE}"),
    ("index", "sqlite_autoindex_memo_1", "memo", None),
]
_HEADER = b"SQLite format 3\0" + (4096).to_bytes(2) + b"\1\1"
_USER_VERSION, _APPLICATION_ID = slice(60, 64), slice(68, 72)
LOCKED = 3  # seconds to wait while another process writes
PATIENCE = 10  # seconds to wait for an answer
STEPS = 10_000  # of SQLite's machine between two looks at the clock
LARGEST = 1 << 28  # bytes of a value
MOST_WAITING = 250  # results to be written; more would only take memory
SPARE = 1000  # more results than that, for small sites and for edits that are undone


class Cache:
    """A mapping of digests to values. It fails by forgetting: a damaged file is begun anew, one that cannot be
    written is done without, and what another version computed is not found. One that another user began is not even
    opened, but begun anew: it lacks the mark that is made of this user's secret. Each value is sealed with its key and
    that secret as well.
    """

    def __init__(self, folder: Path | None, *, file: str = NAME, lasting: bool = True) -> None:
        """In a `file` in `folder`, or nowhere: then it forgets at once. One that is not `lasting` writes nothing there,
        and remembers in this process what it did not find.
        """
        self._name = file
        self._folder = folder if lasting or (folder and (folder / file).is_file()) else None
        self._lasting = lasting
        self._salt = fingerprint() if self._folder else b""
        self._secret = secret.key(self._folder.parent) if self._folder else b""
        self._new: dict[bytes, bytes] = {}
        self._old: list[tuple[bytes]] = []
        self._database: sqlite3.Connection | None = None
        self._owner = 0
        self._asked = 0.0  # when the database was
        self._is_blank = False  # there is nothing in the database to be asked for

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_new": {}, "_old": [], "_database": None, "_owner": 0}

    def get(self, *parts: object) -> Any:
        """The value stored under these parts, or None."""
        key = self.key(*parts)
        data = self._new.get(key) or self._select(key)
        if data is None or self._seal(key, memoryview(data)[DIGEST:]) != data[:DIGEST]:
            return None
        with suppress(Exception):  # damaged bytes may raise anything
            return unpack(data[DIGEST:])
        return None

    def set(self, value: object, *parts: object) -> None:
        """Store a value, unless it is too large; it is written at the next `flush` at the latest."""
        if self._folder or not self._lasting:
            key, data = self.key(*parts), pack(value)
            if len(data) <= LARGEST:
                self._new[key] = self._seal(key, data) + data
            if len(self._new) >= MOST_WAITING:
                self.flush()

    def memoize(self, name: str, function: Callable[[A], R]) -> Callable[[A], R]:
        """A pure function of one plain argument with its results cached under `name`."""

        @lru_cache(maxsize=1024)
        def call(argument: A) -> R:
            found: R | None = self.get(name, argument)
            if found is None:
                found = function(argument)
                self.set(found, name, argument)
            return found

        return call

    def delete(self, *parts: object) -> None:
        """Delete a value at the next `flush`."""
        key = self.key(*parts)
        self._new.pop(key, None)
        self._old.append((key,))

    def flush(self) -> None:
        """Write everything new in one transaction."""
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
        """The key of a value, which differs for every version of the code that computes it."""
        return digest((self._salt, parts))

    def _seal(self, key: bytes, data: bytes | memoryview) -> bytes:
        """A digest with the user's secret, which binds the data to its key, so that nobody else can make or move it."""
        sealed = blake2b(key, digest_size=DIGEST, key=self._secret)
        sealed.update(data)
        return sealed.digest()

    def trim(self, files: int) -> None:
        """Delete the oldest results when there are many more than two for each of so many files."""
        if self._lasting and (database := self._open()):
            newest = "(SELECT max(id) FROM memo)"
            # Counted row by row, and no further than it matters: in a damaged file, or a hostile one, there is no end.
            most = 2 * files + SPARE
            count = f"(SELECT count(*) FROM (SELECT 1 FROM memo LIMIT {most + 1}))"  # noqa: S608
            self._attempt(
                lambda: database.execute(
                    f"DELETE FROM memo WHERE {count} > ? AND id <= {newest} - ?",  # noqa: S608
                    (most, files + SPARE // 2),
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
        self._asked = time.monotonic()
        try:
            row = database.execute("SELECT value FROM memo WHERE key = ?", (key,)).fetchone()
        except sqlite3.DatabaseError as error:
            self._heal(error)
            return None
        return row[0] if row and isinstance(row[0], bytes) and len(row[0]) > DIGEST else None

    def _attempt(self, *steps: Any) -> None:
        self._asked = time.monotonic()
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
                self._database = self._connect(self._folder)
                self._is_blank = not self._database.execute("SELECT 1 FROM memo LIMIT 1").fetchall()
            except (sqlite3.Error, OSError) as error:
                if not self._heal(error):
                    break
            else:
                return self._database
        self._folder = None
        return None

    def _connect(self, folder: Path) -> sqlite3.Connection:
        """Open the database, and check that it has our table and nothing else."""
        found = self._prepare(folder)
        file = folder.absolute() / self._name
        mode = "rw" if self._lasting else "ro"
        self._asked = time.monotonic()
        database = self._database = sqlite3.connect(f"{file.as_uri()}?mode={mode}", uri=True, timeout=LOCKED)
        database.set_progress_handler(lambda: time.monotonic() > self._asked + PATIENCE, STEPS)
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST + 1000)  # a row has more than its value
        database.setlimit(sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 0)
        # Without a journal a power cut may damage values: their seals do not match then.
        for setting in (
            "trusted_schema = OFF",
            *(("journal_mode = MEMORY", "synchronous = OFF") if self._lasting else ()),
        ):
            database.execute(f"PRAGMA {setting}")
        parts = database.execute("SELECT type, name, tbl_name, sql FROM sqlite_master LIMIT 3").fetchall()
        # SQLite follows links that are put there between the look at the file and its opening.
        if not os.path.samestat(found, file.lstat()):
            raise FileNotFoundError(self._name)
        if not parts and self._lasting:
            _begin(database, self._mark())
        elif parts != _PARTS:
            raise sqlite3.DatabaseError("not of our make")
        return database

    def _prepare(self, folder: Path) -> os.stat_result:
        """See to it that there is a plain file in a folder that is no link, and nothing beside it.

        SQLite does what a journal says, which can be to remove any file. So we write none, and what an interrupted
        build spoils is begun anew.
        """
        name, beside = self._name, self._beside
        with closing(Tree(folder.parent, folder.name)) as state:
            if self._lasting:
                state.make()
                for leftover in beside if state.has_file(name) else (name, *beside):
                    state.clear(leftover)
                if not state.has_file(name):
                    state.append(name, b"")
            found = state.status(name)
            if found is None or not state.has_file(name) or any(map(state.exists, beside)):
                raise FileNotFoundError(name)
            start = state.read_start(name, _APPLICATION_ID.stop)
            if start and not (
                start.startswith(_HEADER) and start[_USER_VERSION] + start[_APPLICATION_ID] == self._mark()
            ):
                raise sqlite3.DatabaseError("not of our make")
            return found

    @property
    def _beside(self) -> list[str]:
        return [f"{self._name}{end}" for end in BESIDE]

    def _mark(self) -> bytes:
        """The mark in the file's header, which shows that this user began it; others cannot make it without the
        secret.
        """
        return blake2b(b"memo", digest_size=8, key=self._secret).digest()

    def _heal(self, error: Exception) -> bool:
        """Close the database, and delete its file where it is damaged or does not answer in time. Returns whether to
        try again.

        A lock, a full disk or a folder of somebody else is no damage: then there is no cache.
        """
        if self._database is not None:
            with suppress(sqlite3.Error):
                self._database.close()
        self._database = None
        is_late = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT
        if (isinstance(error, sqlite3.OperationalError | OSError) and not is_late) or not self._lasting:
            self._folder = None
        elif self._folder:
            with closing(Tree(self._folder.parent, self._folder.name)) as state:
                for leftover in (self._name, *self._beside):
                    state.clear(leftover)
        return self._folder is not None


def _begin(database: sqlite3.Connection, mark: bytes) -> None:
    """Create our table and the mark in one transaction, because another process may open the file at the same time."""
    version, application = (int.from_bytes(part, signed=True) for part in (mark[:4], mark[4:]))
    for statement in (
        "BEGIN IMMEDIATE",
        f"CREATE TABLE IF NOT EXISTS {TABLE}",
        f"PRAGMA user_version = {version}",
        f"PRAGMA application_id = {application}",
        "COMMIT",
    ):
        database.execute(statement)


def fingerprint() -> bytes:
    """The digest of all code that computes results: Python, Tiebreak's own files, and every installed package."""
    own = [
        Path(tiebreak.__file__).parent.rglob("*.py"),
        *(builtin_folder(kind).rglob("*.*") for kind in ("templates", "static")),
    ]
    stamps = sorted((str(file), stamp(str(file))) for files in own for file in files)
    beside = {
        name
        for folder in sys.path
        if os.path.isdir(folder)  # noqa: PTH112 -- an entry of the path may be anything
        for name in os.listdir(folder)  # noqa: PTH208
        if name.endswith((".dist-info", ".egg-info"))
    }
    return digest((sys.version, stamps, sorted(beside)))
