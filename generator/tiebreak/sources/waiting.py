"""Who waits for whom: one request at a time for each host, a pause behind it, and a few hosts at once."""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


class Hosts:
    """The hosts of one run: whose turn it is at each, and when it may be asked again."""

    def __init__(self, most: int) -> None:
        """At most so many are asked at the same time."""
        self._slots = asyncio.Semaphore(most)
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._origins: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._next: dict[str, float] = {}

    def origin(self, origin: str) -> AbstractAsyncContextManager[None]:
        """Alone with what is known of an origin."""
        return self._origins[origin]

    @asynccontextmanager
    async def turn(self, host: str, pause: float) -> AsyncIterator[Callable[[], AbstractAsyncContextManager[None]]]:
        """Alone with a host. Yields what surrounds each request to it: it waits for the end of the last pause."""

        @asynccontextmanager
        async def ask() -> AsyncIterator[None]:
            await asyncio.sleep(max(0.0, self._next.get(host, 0.0) - time.monotonic()))
            async with self._slots:
                try:
                    yield
                finally:
                    self._next[host] = time.monotonic() + pause

        async with self._turns[host]:
            yield ask


def asked_for(retry_after: str) -> float | None:
    """The seconds that a host asks to wait, or None: a number of them, or a time."""
    if retry_after.strip().isdecimal() and len(retry_after) < 10:
        return float(retry_after)
    with suppress(ValueError, TypeError, OverflowError):
        until = parsedate_to_datetime(retry_after)
        return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
    return None
