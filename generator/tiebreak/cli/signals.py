"""Signals that end a process raise SystemExit first, so that it cleans up as it does after Ctrl-C."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_NUMBERS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


@contextmanager
def in_order() -> Iterator[None]:
    """Within it, the end of a terminal and the order to end raise SystemExit, with the status that shells know.

    Only the first time: a terminal that is closed often says so twice, and that must not cut short what is done then.
    """

    def end(number: int, _: object) -> None:
        for each in mine:
            signal.signal(each, signal.SIG_IGN)
        raise SystemExit(128 + number)

    # What is ignored was meant to be, as by `nohup`. Only the main thread can be told.
    is_main = threading.current_thread() is threading.main_thread()
    mine = [number for number in _NUMBERS if is_main and signal.getsignal(number) == signal.SIG_DFL]
    for number in mine:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number in mine:
            signal.signal(number, signal.SIG_DFL)
