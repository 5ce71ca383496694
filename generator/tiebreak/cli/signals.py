"""Signals that end a process raise SystemExit first, so that it cleans up as it does after Ctrl-C."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_NUMBERS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


@contextmanager
def in_order() -> Iterator[None]:
    """Within this context, closing the terminal or SIGTERM raises SystemExit, with the exit status that shells know.

    Only the first signal does: a terminal may send a second one, which must not interrupt the cleaning up.
    """

    def end(number: int, _: object) -> None:
        for each in mine:
            signal.signal(each, signal.SIG_IGN)
        raise SystemExit(128 + number)

    # An ignored signal stays ignored, as `nohup` asks for. Only the main thread can set handlers.
    is_main = threading.current_thread() is threading.main_thread()
    mine = [number for number in _NUMBERS if is_main and signal.getsignal(number) == signal.SIG_DFL]
    for number in mine:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number in mine:
            signal.signal(number, signal.SIG_DFL)
