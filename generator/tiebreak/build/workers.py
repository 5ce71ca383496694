"""Runs work in one process or several; one file always goes to the same process, which keeps what it has read."""

import multiprocessing
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice, zip_longest
from multiprocessing.connection import Connection, wait
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar
from zlib import crc32

S = TypeVar("S")  # what shares are of
W = TypeVar("W", bound=Iterable[str])  # work, a mapping or list of files
T = TypeVar("T")
P = ParamSpec("P")
WORTH_A_POOL = 150  # articles to work through; for fewer, a second process costs more than it saves
BATCH = 32  # results sent at once


class Workers(Generic[S]):
    """Runs the methods of a worker in this process, or in `jobs` processes once there is enough work for them."""

    def __init__(self, worker: S, jobs: int) -> None:
        self._worker = worker
        self._jobs = jobs
        self._peers: list[_Peer] = []
        self._busy: list[Any] = []  # connections on which answers are still to come
        self._last_args: dict[object, tuple[object, ...]] = {}  # of broadcasts, by method

    def broadcast(self, method: Callable[Concatenate[S, P], None], *args: P.args, **_: P.kwargs) -> None:
        """Call a method of every worker, unless the last call of it had the very same arguments."""
        if any(before is not now for before, now in zip_longest(self._last_args.get(method, ()), args)):
            if not self._peers:
                method(self._worker, *args)  # type: ignore[call-arg]
            self._call(method, [args] * len(self._peers))
            for _answer in self._answers():
                pass
            self._last_args[method] = args

    def map(
        self, method: Callable[Concatenate[S, W, P], Iterator[T]], work: W, *args: P.args, **_: P.kwargs
    ) -> Iterator[T]:
        """What a method of the workers yields for this work, in any order; each worker gets a share of it.

        Other processes begin at once, even before the results are iterated.
        """
        files = list(work)
        if not self._peers and self._jobs > 1 and len(files) >= WORTH_A_POOL:
            self._peers = _peers(self._worker, self._jobs)
        if not self._peers:
            return method(self._worker, work, *args)  # type: ignore[call-arg]
        shares: list[list[str]] = [[] for _ in self._peers]
        for file in files:
            # A file goes to the same process in every call.
            shares[crc32(file.encode()) % len(shares)].append(file)
        parts = ({file: work[file] for file in share} if isinstance(work, Mapping) else share for share in shares)
        self._call(method, [(part, *args) for part in parts])
        return self._answers()

    def _call(self, method: Callable[..., object], each: Sequence[tuple[object, ...]]) -> None:
        """Start a call of a method in every other process."""
        with suppress(Exception):  # results of an earlier call that were never asked for
            for _ in self._answers():
                pass
        for peer, args in zip(self._peers, each, strict=True):
            peer.connection.send((method, args))
            self._busy.append(peer.connection)

    def _answers(self) -> Iterator[Any]:
        """All results of one call. An error is raised once every process is done with the call."""
        errors: list[Exception] = []
        while self._busy:
            ready: list[Any] = wait(self._busy)
            for connection in ready:
                answers, is_last, error = connection.recv()
                yield from answers
                if error is not None:
                    errors.append(error)
                if is_last:
                    self._busy.remove(connection)
        if errors:
            raise errors[0]

    def close(self) -> None:
        """Stop the other processes, whatever they are doing."""
        for peer in self._peers:
            peer.process.kill()
            peer.connection.close()
        for peer in self._peers:
            peer.process.join()
        self._peers = []
        self._busy = []


class _Peer:
    """Another process, and the connection to it."""

    def __init__(self, context: Any, worker: object, siblings: Iterable["_Peer"]) -> None:
        self.connection, theirs = context.Pipe()
        # A process that holds a sibling's connection would keep it waiting when this one is killed.
        closed = [self.connection, *(sibling.connection for sibling in siblings)]
        forked = context.get_start_method() == "fork"
        self.process = context.Process(target=_work, args=(worker, theirs, closed if forked else []), daemon=True)
        self.process.start()
        theirs.close()


def start_method() -> str:
    """`fork`, which starts at once and knows what this process knows, where that is safe; else `spawn`."""
    # A fork is not safe beside threads, nor on macOS.
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


def _peers(worker: object, jobs: int) -> list[_Peer]:
    context = multiprocessing.get_context(start_method())
    peers: list[_Peer] = []
    for _ in range(jobs):
        peers.append(_Peer(context, worker, peers))
    return peers


def _work(worker: object, connection: Connection, closed: list[Connection]) -> None:
    """Answer calls until the connection is closed."""
    for name in ("SIGINT", "SIGHUP"):  # the main process decides when to stop
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for one in closed:
        one.close()
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            method, args = connection.recv()
            try:
                for batch in _batches(method(worker, *args)):
                    connection.send((batch, False, None))
                connection.send(((), True, None))
            except Exception as error:  # it is raised again in the main process
                connection.send(((), True, _portable(error)))


def _batches(answers: Iterable[T] | None) -> Iterator[list[T]]:
    results = iter(answers or ())
    while batch := list(islice(results, BATCH)):
        yield batch


def _portable(error: Exception) -> Exception:
    """The error with its traceback as a note, because tracebacks cannot be pickled."""
    error.add_note("".join(traceback.format_exception(error)))
    error.__traceback__ = error.__cause__ = error.__context__ = None
    return error


def in_turns(first: Iterator[T], second: Iterator[T]) -> Iterator[T]:
    """Both, one of each as long as there are; so what another process has done is taken while this one works."""
    for one, other in zip_longest(first, second):
        if one is not None:
            yield one
        if other is not None:
            yield other
