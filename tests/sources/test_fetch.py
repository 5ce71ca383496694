"""Pages are fetched from a real server that misbehaves: within bounds, politely, and from no private address."""

import asyncio
import itertools
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from misbehaving import Request, Server, plain, serving

from tiebreak.model.look import ROBOTS
from tiebreak.sources import network
from tiebreak.sources.fetch import Answer, Fetcher, Manners, NoAnswerError
from tiebreak.storage import Cache

QUICK = Manners("Test", pause=0, backoff=0.01, connect=0.5, read=0.5, whole=1.5, most=200_000, longest_wait=1)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


def fetch(server: Server, *urls: str, manners: Manners = QUICK, allow_private: bool = True) -> list[Answer | str]:
    """The answer for each address, or why there is none."""

    async def every() -> list[Answer | str]:
        transport = network.CheckedTransport(allow_private=allow_private, resolve=server.resolve)
        fetcher = Fetcher(manners, transport, Cache(None))

        async def one(url: str) -> Answer | str:
            try:
                return await fetcher.get(url, {}, url)
            except NoAnswerError as error:
                return str(error)

        return await asyncio.gather(*map(one, urls))

    return asyncio.run(every())


def one(server: Server, path: str, *, allow_private: bool = True) -> Answer | str:
    return fetch(server, server.url(path), allow_private=allow_private)[0]


def test_no_trouble_is_without_an_end(server: Server) -> None:
    """Whatever a server does, it is told in words, and within seconds."""
    expected = {
        "/loop": "redirects without an end",
        "/drip": "no whole answer within 1.5 s",
        "/silent": "no answer in time",
        "/huge": "the answer is larger than 200,000 bytes",
        "/bomb": "the answer is larger than 200,000 bytes",
        "/broken-gzip": "the answer is compressed in a way that is not read",
        "/twice-packed": "the answer is compressed in a way that is not read",
        "/hangs-up": "the answer is not HTTP",
        "/to-file": "a redirect leads to file:, which is not followed",
        "/to-nothing": "a redirect leads to something that is no address",
    }
    began = time.monotonic()
    answers = fetch(server, *(server.url(path, f"h{place}.example") for place, path in enumerate(expected)))
    assert dict(zip(expected, answers, strict=True)) == expected
    assert time.monotonic() - began < 5


def test_redirects_are_followed_and_told(server: Server) -> None:
    """Where a page was found in the end, and whether it stays there."""
    found = {}
    for path in ("/good", "/moved", "/moved-twice", "/elsewhere"):
        answer = one(server, path)
        assert isinstance(answer, Answer)
        found[path] = (answer.status, answer.url == server.url("/good"), answer.permanent)
    assert found == {
        "/good": (200, True, False),
        "/moved": (200, True, True),
        "/moved-twice": (200, True, True),
        "/elsewhere": (200, True, False),
    }


def test_a_busy_or_faulty_server_is_asked_again(server: Server) -> None:
    """Three times at most, and not where it asks for more patience than we have."""
    statuses = {}
    for path in ("/busy", "/faulty", "/down", "/come-back-later", "/gone", "/forbidden"):
        answer = one(server, path)
        assert isinstance(answer, Answer)
        statuses[path] = (answer.status, server.paths().count(path))
    assert statuses == {
        "/busy": (200, 2),
        "/faulty": (200, 2),
        "/down": (503, 3),
        "/come-back-later": (429, 1),
        "/gone": (410, 1),
        "/forbidden": (403, 1),
    }


def test_retry_after_is_waited_for(server: Server) -> None:
    """Nobody asks the host anything meanwhile."""

    def later(request: Request) -> None:
        request.answer(429, Retry_After="1") if request.count == 1 else plain("now")(request)

    server.pages["/later"] = later
    fetch(server, server.url("/later"), server.url("/good"))
    times = [began for (_, path), began in zip(server.asked, server.began, strict=True) if path != "/robots.txt"]
    assert server.paths() == ["/later", "/later", "/good"]
    assert times[1] - times[0] >= 1


def test_one_request_at_a_time_for_each_host(server: Server) -> None:
    """Many hosts at once, up to a number; of one host one page, robots.txt and redirects included."""

    def slow(request: Request) -> None:
        time.sleep(0.02)
        plain("slow")(request)

    for place in range(6):
        server.pages[f"/{place}"] = slow
    server.pages["/away"] = lambda request: request.answer(302, Location=server.url("/0", "h0.example"))
    urls = [server.url(f"/{place}", f"h{host}.example") for place in range(6) for host in range(5)]
    urls += [server.url("/away", f"h{host}.example") for host in range(1, 5)]
    fetch(server, *urls, manners=replace(QUICK, hosts=3))
    assert set(server.most.values()) == {1}
    assert len(server.most) == 5
    assert server.most_at_all == 3


def test_there_is_a_pause_between_two_requests(server: Server) -> None:
    """Ours, or what robots.txt wishes for where that is longer."""
    server.pages["slow.example/robots.txt"] = lambda request: request.answer(
        200, "User-agent: *\nCrawl-delay: 0.2\n", "text/plain"
    )
    fetch(
        server, *(server.url("/good?" + str(n), "slow.example") for n in range(3)), manners=replace(QUICK, pause=0.05)
    )
    gaps = [after - before for before, after in zip(server.began, server.began[1:], strict=False)]
    assert gaps[0] >= 0.05
    assert min(gaps[1:]) >= 0.2


def test_robots_are_heeded(server: Server) -> None:
    """Also those of the host that a redirect leads to; rules for other programs are none for us."""
    server.pages["closed.example/robots.txt"] = lambda request: request.answer(
        200, "User-agent: other\nDisallow:\n\nUser-agent: Tiebreak\nDisallow: /\nAllow: /open*\n", "text/plain"
    )
    server.pages["down.example/robots.txt"] = lambda request: request.answer(503)
    server.pages["/to-closed"] = lambda request: request.answer(302, Location=server.url("/good", "closed.example"))
    server.pages["/open"] = plain("open")
    urls = [server.url("/good", "closed.example"), server.url("/to-closed"), server.url("/good", "down.example")]
    assert fetch(server, *urls) == [ROBOTS] * 3
    assert ("closed.example", "/good") not in server.asked
    (allowed,) = fetch(server, server.url("/open", "closed.example"))
    assert isinstance(allowed, Answer)


@pytest.mark.parametrize(
    "address",
    [
        *("http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://localhost/"),
        *("http://10.0.0.1/", "http://169.254.169.254/latest/meta-data", "http://192.168.1.1/", "http://0.0.0.0/"),
        *("http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[fe80::1]/", "http://[64:ff9b::7f00:1]/"),
        "http://[fd00::1]/",
    ],
)
def test_private_addresses_are_refused(address: str) -> None:
    """However they are written."""
    transport = network.CheckedTransport()

    async def ask() -> str:
        with pytest.raises(NoAnswerError) as error:
            await Fetcher(QUICK, transport, Cache(None)).get(address, {}, address)
        return str(error.value)

    assert "is not a public address" in asyncio.run(ask())


def test_nothing_leads_to_a_private_address(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """No redirect, no name that resolves to one, and no name that resolves to another address the next time."""
    monkeypatch.setattr(network, "is_public", lambda address: address == "127.0.0.1")  # where the server is
    names = {
        "inside.example": itertools.repeat("127.0.0.2"),
        "rebound.example": iter(["127.0.0.1", "127.0.0.1", "127.0.0.9"]),
    }
    usual = server.resolve

    async def resolve(host: str, port: int) -> list[str]:
        return [next(names[host])] if host in names else list(await usual(host, port))

    server.resolve = resolve  # type: ignore[method-assign]
    paths = ("/to-private", "/to-loopback", "/to-named-private")
    found = [one(server, path, allow_private=False) for path in paths]
    assert found == [
        "10.1.2.3 lies at 10.1.2.3, which is not a public address (when asked for robots.txt)",
        "127.0.0.2 lies at 127.0.0.2, which is not a public address (when asked for robots.txt)",
        "inside.example lies at 127.0.0.2, which is not a public address (when asked for robots.txt)",
    ]
    rebound = server.url("/good", "rebound.example")
    assert fetch(server, rebound, allow_private=False) != fetch(server, rebound, allow_private=False)
    assert [host for host, _ in server.asked].count("rebound.example") == 2  # robots.txt and the page, then neither


def test_names_that_lead_nowhere() -> None:
    """They are told as what they are; the system's own resolver is asked."""
    url = "http://nowhere.invalid/"

    async def ask() -> None:
        await Fetcher(QUICK, network.CheckedTransport(), Cache(None)).get(url, {}, url)

    with pytest.raises(NoAnswerError, match="there is no such host"):
        asyncio.run(ask())


def test_it_says_who_asks(server: Server) -> None:
    """In every request; and sends no cookies that it was given."""
    server.pages["/cookie"] = plain("cookie", Set_Cookie="id=1")
    fetch(server, server.url("/cookie"), server.url("/good"))
    assert {headers["User-Agent"] for headers in server.seen} == {"Test"}
    assert [headers["Cookie"] for headers in server.seen] == [None] * 3
    assert server.seen[0]["Host"] == f"docs.example:{server.port}"
