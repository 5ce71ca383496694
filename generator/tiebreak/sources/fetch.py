"""Fetches one page politely: robots.txt, one request at a time for each host, bounds, retries, redirects by hand."""

import asyncio
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx

from tiebreak.model import ROBOTS
from tiebreak.sources import waiting
from tiebreak.sources.decoding import TooLargeError, UnknownEncodingError, body_of
from tiebreak.sources.network import RefusedAddressError
from tiebreak.sources.robots import LONGEST, Robots, robots_of
from tiebreak.storage import Cache

_REDIRECTS = (301, 302, 303, 307, 308)
_PERMANENT = (301, 308)
NAME = "tiebreak"  # what robots.txt may call this program
ROBOTS_KEPT = 24 * 3600  # seconds
_BUSY = (429, 500, 502, 503, 504)


@dataclass(frozen=True)
class Manners:
    """How pages are fetched. Times are in seconds."""

    agent: str = ""  # names the program and whom it works for
    hosts: int = 8  # that are asked at the same time
    pause: float = 1.0  # between two requests to one host, where it does not wish for more
    connect: float = 10.0
    read: float = 20.0  # without a byte
    whole: float = 60.0  # for one answer
    most: int = 20_000_000  # bytes of one answer
    tries: int = 3
    backoff: float = 2.0  # before the second try; twice as long before the third
    longest_wait: float = 60.0  # that a host may ask for before another try
    redirects: int = 10


@dataclass(frozen=True)
class Answer:
    """What a page answered. `url` is where it was found; `permanent` says that all redirects there are for good."""

    status: int
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    permanent: bool = False


class NoAnswerError(Exception):
    """There was no answer, or none that is read; and why."""


class Fetcher:
    """Fetches pages for one run, and knows the hosts that it has asked."""

    def __init__(self, manners: Manners, transport: httpx.AsyncBaseTransport, cache: Cache) -> None:
        """The `cache` keeps each robots.txt for a day, as RFC 9309 allows."""
        self.manners = manners
        self._robots: dict[str, Robots] = {}  # by origin
        self._cache = cache
        self._transport = transport
        self._hosts = waiting.Hosts(manners.hosts)

    async def get(self, url: str, conditions: Mapping[str, str], at: str) -> Answer:
        """The page at `url`; `conditions` are sent to the address `at`. Raises NoAnswerError."""
        here, kinds = url, list[int]()
        while True:
            robots = await self._robots_for(here)
            if not robots.allows(here, NAME):
                raise NoAnswerError(ROBOTS)
            pause = max(self.manners.pause, robots.delay(NAME))
            answer = await self._ask(here, conditions if here == at else {}, pause, self.manners.most)
            if answer.status not in _REDIRECTS or not (target := answer.headers.get("location")):
                is_permanent = bool(kinds) and all(kind in _PERMANENT for kind in kinds)
                return Answer(answer.status, here, answer.headers, answer.body, is_permanent)
            kinds.append(answer.status)
            if len(kinds) > self.manners.redirects:
                raise NoAnswerError("redirects without an end")
            here = _joined(here, target)

    async def _robots_for(self, url: str) -> Robots:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        async with self._hosts.origin(origin):
            if origin not in self._robots:
                since, robots = self._cache.get("robots", origin) or (0.0, Robots())
                if not 0 <= time.time() - since < ROBOTS_KEPT:
                    robots = await self._read_robots(f"{origin}/robots.txt")
                    self._cache.set((time.time(), robots), "robots", origin)
                self._robots[origin] = robots
        return self._robots[origin]

    async def _read_robots(self, url: str) -> Robots:
        for _ in range(6):
            try:
                answer = await self._ask(url, {}, self.manners.pause, LONGEST * 4)
            except NoAnswerError as error:
                raise NoAnswerError(f"{error} (when asked for robots.txt)") from None
            if answer.status not in _REDIRECTS or not (target := answer.headers.get("location")):
                return robots_of(answer.status, answer.body)
            url = _joined(url, target)
        return Robots()

    async def _ask(self, url: str, conditions: Mapping[str, str], pause: float, most: int) -> Answer:
        """One answer of one host, after as many tries as it takes. No other request goes to the host meanwhile."""
        async with self._hosts.turn(urlsplit(url).hostname or "", pause) as ask:
            for number in range(1, self.manners.tries + 1):
                is_last = number == self.manners.tries
                try:
                    async with ask():
                        answer = await self._once(url, conditions, most)
                except NoAnswerError:
                    raise
                except httpx.TransportError as error:
                    if is_last:
                        raise NoAnswerError(_said(error)) from None
                    answer = Answer(0, url)
                if is_last or (answer.status and answer.status not in _BUSY):
                    break
                wait = waiting.asked_for(answer.headers.get("retry-after", ""))
                if wait is not None and wait > self.manners.longest_wait:
                    break
                await asyncio.sleep(self.manners.backoff * 2 ** (number - 1) if wait is None else wait)
        return answer

    async def _once(self, url: str, conditions: Mapping[str, str], most: int) -> Answer:
        """One request. Raises NoAnswerError where another would be in vain, and httpx.TransportError."""
        manners = self.manners
        timeout = httpx.Timeout(manners.read, connect=manners.connect).as_dict()
        headers = {"User-Agent": manners.agent, "Accept": "text/html,application/pdf,text/plain,*/*;q=0.5"}
        headers |= {"Accept-Encoding": "gzip", "Accept-Language": "en,*;q=0.5", **conditions}
        try:
            request = httpx.Request("GET", url, headers=headers, extensions={"timeout": timeout})
            async with asyncio.timeout(manners.whole):
                response = await self._transport.handle_async_request(request)
                try:
                    return await _read(response, url, most)
                finally:
                    await response.aclose()
        except TimeoutError:
            raise NoAnswerError(f"no whole answer within {manners.whole:g} s") from None
        except TooLargeError:
            raise NoAnswerError(f"the answer is larger than {most:,} bytes") from None
        except (UnknownEncodingError, zlib.error):
            raise NoAnswerError("the answer is compressed in a way that is not read") from None
        except RefusedAddressError as error:
            raise NoAnswerError(str(error)) from None
        except (OSError, UnicodeError):
            raise NoAnswerError("there is no such host") from None
        except (httpx.InvalidURL, httpx.UnsupportedProtocol):
            raise NoAnswerError("this is no address that can be asked") from None


async def _read(response: httpx.Response, url: str, most: int) -> Answer:
    headers = {name.lower(): value for name, value in reversed(response.headers.multi_items())}
    body = b""
    if response.status_code == 200:
        body = await body_of(response.aiter_raw(), headers.get("content-encoding", ""), most)
    return Answer(response.status_code, url, headers, body)


def _joined(url: str, target: str) -> str:
    """Where a redirect leads. Raises NoAnswerError where that is no page."""
    try:
        found = httpx.URL(url).join(target).copy_with(fragment=None, userinfo=b"")
    except (httpx.InvalidURL, UnicodeError, ValueError):
        raise NoAnswerError("a redirect leads to something that is no address") from None
    if found.scheme not in ("http", "https") or not found.host:
        raise NoAnswerError(f"a redirect leads to {found.scheme or 'something'}:, which is not followed")
    return str(found)


def _said(error: httpx.TransportError) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "no answer in time"
    if isinstance(error, httpx.ConnectError):
        return f"no connection: {error}" if str(error) else "no connection"
    return "the answer broke off" if isinstance(error, httpx.NetworkError) else "the answer is not HTTP"
