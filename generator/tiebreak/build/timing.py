"""Measures how long each phase of a build takes, and reports its progress."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")
Progress = Callable[[str, int, int], None]  # the phase, how many of its things are done, of how many


class Timer:
    """Adds up the seconds of each phase, in the order in which phases first begin, and reports progress."""

    def __init__(self, progress: Progress | None = None) -> None:
        self.seconds: dict[str, float] = {}
        self._progress = progress

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        self.seconds.setdefault(name, 0.0)
        began = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] += time.perf_counter() - began

    def track(self, name: str, things: Iterable[T], total: int) -> Iterator[T]:
        """Iterate over `things`; the time until each of them is there counts for the phase."""
        with self(name):
            for number, thing in enumerate(things, 1):
                if self._progress:
                    self._progress(name, number, total)
                yield thing
