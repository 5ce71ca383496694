"""Watches the folders that an author writes in, and yields the files that were saved, a burst at a time."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Thread

from tornado.ioloop import IOLoop
from watchfiles import Change, watch

from tiebreak.storage import folders, nofollow, snapshot

WATCHED = tuple(folders.INPUTS)
# watchfiles looks every STEP_MS whether the system reported something, and yields when a step brought nothing more: a
# save is known 4 to 8 ms later. 1 ms would gain 5 ms, cost twice the CPU while idle, and split bursts.
STEP_MS = 4
LONGEST_MS = 1000  # saves that never pause are yielded in parts
POLL = 0.3  # seconds from one look to the next, where nothing is reported
LOOK_MS = 24  # how often it is seen whether one of the folders came, went or was replaced


class Watcher:
    """The watcher for livereload: watches in a thread, and delivers saves in the server's loop."""

    def __init__(self, project: Path, *, poll: bool = False) -> None:
        self._project, self._find = project, polled if poll else bursts
        self._bursts: SimpleQueue[frozenset[str]] = SimpleQueue()
        self._error: OSError | None = None
        self._stopped = Event()
        self._thread = Thread(target=self._watch, daemon=True)
        self._notice: Callable[[], None] = lambda: None
        # livereload's own
        self._tasks = {"project": None}
        self._changes: list[object] = []

    def begin(self) -> frozenset[str]:
        """Start, and return what to build first, once no later save can be missed.

        Raises OSError when the system does not report changes.
        """
        self._thread.start()
        everything = self._bursts.get()
        if self._error:
            raise self._error
        return everything

    def follow(self, saved: Callable[[frozenset[str]], None], notify: Callable[[str], None]) -> None:
        """Call `saved` in the server's loop for all that was saved since the last call, together."""
        loop = IOLoop.current()

        def deliver() -> None:
            files: frozenset[str] = frozenset()
            while not self._bursts.empty():
                files |= self._bursts.get()
            if files:
                saved(files)
            if self._error:
                notify(f"saves are no longer noticed ({self._error.strerror or self._error}); start the preview anew")

        self._notice = lambda: loop.add_callback(deliver)
        self._notice()

    def start(self, _callback: Callable[[], None]) -> bool:
        """For livereload: it need not poll."""
        return True

    def close(self) -> None:
        """Stop the thread, which waits in native code and would keep the process alive."""
        self._stopped.set()
        if self._thread.ident:
            self._thread.join()

    def _watch(self) -> None:
        try:
            for burst in self._find(self._project, self._stopped):
                self._bursts.put(burst)
                self._notice()
        except OSError as error:  # such as no more watches to be had
            self._error = error
            self._bursts.put(frozenset())
            self._notice()


def bursts(project: Path, stopped: Event) -> Iterator[frozenset[str]]:
    """What was saved, as paths relative to `project`, which is absolute; a folder stands for everything in it.

    The first set is all watched folders: it comes when no later save can be missed. Ends when `stopped` is set.
    """
    watched = {str(project / name) for name in WATCHED}
    while not stopped.is_set():
        tops = _folders(project)
        unseen = set(WATCHED)  # what happened in a folder before it was watched
        try:
            for changes in watch(
                *_within(project, tops),
                recursive=False,  # else it would follow links to wherever they lead
                watch_filter=None,
                debounce=LONGEST_MS,
                step=STEP_MS,
                rust_timeout=LOOK_MS,
                yield_on_timeout=True,
                stop_event=stopped,
            ):
                changed = unseen | {Path(path).relative_to(project).as_posix() for _, path in changes}
                unseen = set()
                if saved := frozenset(path for path in changed if not folders.is_ignored(path)):
                    yield saved
                gone = any(what is Change.deleted and path in watched for what, path in changes)
                if gone or _folders(project) != tops or any(_is_new_folder(*change) for change in changes):
                    break
        except FileNotFoundError:  # a folder went before it was watched; look again
            stopped.wait(LOOK_MS / 1000)


def polled(project: Path, stopped: Event) -> Iterator[frozenset[str]]:
    """The same as `bursts`, for file systems whose changes no system reports: it looks every POLL seconds."""
    last = snapshot.scan(project, folders.INPUTS)
    yield frozenset(WATCHED)
    while not stopped.wait(POLL):
        now = snapshot.scan(project, folders.INPUTS)
        if saved := last.changed(now):
            yield frozenset(saved)
        last = now


def _folders(project: Path) -> dict[str, int]:
    """The inode of whatever lies in the place of a watched folder, which may be replaced by another, or by a link."""
    found: dict[str, int] = {}
    for name in WATCHED:
        with suppress(OSError):
            found[name] = (project / name).lstat().st_ino
    return found


def _within(project: Path, tops: Iterable[str]) -> list[Path]:
    """These folders and all below them that a build may read, none of them behind a link."""
    ahead, found = list(tops), []
    for folder in ahead:  # grows meanwhile
        ignores = folders.INPUTS[folders.top_of(folder)]
        with suppress(OSError), nofollow.entries(project, folder) as entries:
            ahead += [
                f"{folder}/{entry.name}"
                for entry in entries
                if entry.is_dir(follow_symlinks=False) and not ignores(entry.name, True)
            ]
            found.append(project / folder)
    return found


def _is_new_folder(what: Change, path: str) -> bool:
    folder = Path(path)
    return what is Change.added and folder.is_dir() and not folder.is_symlink()
