"""A web server on the loopback that misbehaves in every way that servers do, and remembers who asked it and when."""

import gzip
import socket
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Handle = Callable[["Request"], None]
SLOW = 0.05  # seconds between two bytes of a slow answer


@dataclass
class Request:
    """One request, while it is answered."""

    host: str
    path: str
    headers: Message
    handler: BaseHTTPRequestHandler
    count: int  # how often the path was asked for on this host, this time included

    def answer(self, status: int, body: bytes | str = b"", kind: str = "text/html", **headers: str) -> None:
        """The whole answer; keywords are headers, `_` for `-`."""
        data = body.encode() if isinstance(body, str) else body
        self.handler.send_response(status)
        self.handler.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.handler.send_header(name.replace("_", "-"), value)
        self.handler.send_header("Content-Length", str(len(data)))
        self.handler.end_headers()
        self.handler.wfile.write(data)

    def stream(self, chunks: Iterator[bytes], **headers: str) -> None:
        """An answer of unknown length."""
        self.handler.send_response(200)
        self.handler.send_header("Content-Type", "text/html")
        for name, value in headers.items():
            self.handler.send_header(name.replace("_", "-"), value)
        self.handler.end_headers()
        for chunk in chunks:
            self.handler.wfile.write(chunk)
            self.handler.wfile.flush()


@dataclass
class Server:
    """A running server. `pages` are by path, or by host and path; what is not there is a 404."""

    port: int = 0
    pages: dict[str, Handle] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)  # host and path of every request, in order
    seen: list[Message] = field(default_factory=list)  # their headers
    began: list[float] = field(default_factory=list)  # seconds
    most: Counter[str] = field(default_factory=Counter)  # requests that were answered at the same time, by host
    most_at_all: int = 0

    def url(self, path: str, host: str = "docs.example") -> str:
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """What was asked for, without robots.txt."""
        return [path for _, path in self.asked if path != "/robots.txt"]

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        """Every name leads here; an address leads to itself."""
        return [host if host.replace(".", "").isdigit() else "127.0.0.1"]


@contextmanager
def serving() -> Iterator[Server]:
    """A server with the pages of `PAGES`, to which a test may add."""
    server, busy, lock = Server(pages=dict(PAGES)), defaultdict[str, int](int), threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host = (self.headers["Host"] or "").partition(":")[0]
            with lock:
                server.asked.append((host, self.path))
                server.seen.append(self.headers)
                server.began.append(time.monotonic())
                count = server.asked.count((host, self.path))
                busy[host] += 1
                server.most[host] = max(server.most[host], busy[host])
                server.most_at_all = max(server.most_at_all, sum(busy.values()))
            with suppress(OSError):
                found = server.pages.get(host + self.path) or server.pages.get(self.path) or missing
                found(Request(host, self.path, self.headers, self, count))
            with lock:
                busy[host] -= 1

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """A client may hang up: that is what it is tested for."""

    with Quiet(("127.0.0.1", 0), Handler) as web:
        server.port = web.server_port
        thread = threading.Thread(target=web.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        web.shutdown()
        thread.join()


def missing(request: Request) -> None:
    request.answer(404, "<p>There is nothing here.")


def plain(text: str, **headers: str) -> Handle:
    """A page with a text long enough to be one."""
    return lambda request: request.answer(200, f"<!doctype html><title>T</title><p>{text}<p>{FILL}", **headers)


def redirect(status: int, target: str) -> Handle:
    """To a path on the same host, or to an address; `{port}` is the server's."""
    return lambda request: request.answer(
        status,
        Location=target.replace("{port}", str(request.handler.server.server_address[1])),  # type: ignore[index]
    )


def _drip(request: Request) -> None:
    def chunks() -> Iterator[bytes]:
        while True:
            yield b"<p>"
            time.sleep(SLOW)

    request.stream(chunks())


def _silent(request: Request) -> None:
    time.sleep(5)


def _huge(request: Request) -> None:
    request.stream(b"<p>word " * 8_000 for _ in range(1_000))


def _bomb(request: Request) -> None:
    request.answer(200, BOMB, Content_Encoding="gzip")


def _broken_gzip(request: Request) -> None:
    request.answer(200, b"this is no gzip at all", Content_Encoding="gzip")


def _busy(request: Request) -> None:
    if request.count == 1:
        request.answer(429, "<p>later", Retry_After="0")
    else:
        plain("It takes 915 MB.")(request)


def _faulty(request: Request) -> None:
    if request.count == 1:
        request.answer(500, "<p>oops")
    else:
        plain("It works now and then.")(request)


def _hangs_up(request: Request) -> None:
    request.handler.connection.shutdown(socket.SHUT_RDWR)


def _tagged(request: Request) -> None:
    if request.headers["If-None-Match"] == '"one"':
        request.answer(304, ETag='"one"')
    else:
        plain("Read in under 20 ms, it says here.", ETag='"one"')(request)


def _dated(request: Request) -> None:
    day = "Fri, 20 Nov 2026 10:00:00 GMT"
    if request.headers["If-Modified-Since"] == day:
        request.answer(304)
    else:
        plain("It has 1,392 facts.", Last_Modified=day)(request)


def pdf(text: str) -> bytes:
    """The smallest PDF with a line of text."""
    stream = f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode()
    font = b"/F1 5 0 R"
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 200] /Contents 4 0 R /Resources << /Font << %s >> >> >>"
        % font,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    found, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(found))
        found += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 6\n0000000000 65535 f \n" + table
    return found + head + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(found)


BOMB = gzip.compress(b"a" * 50_000_000)
FILL = "What follows is only there so that the page has a text of some length, as pages have."
LATIN = f"<p>Die Größe beträgt 602 MB, für alle.<p>{FILL}".encode("latin-1")
PAGES: dict[str, Handle] = {
    "/good": plain("It says “fast, not clever” — and it takes 1.39k lines."),
    "/gone": lambda request: request.answer(410, "<p>gone"),
    "/forbidden": lambda request: request.answer(403, "<p>no programs"),
    "/moved": redirect(301, "/good"),
    "/moved-twice": redirect(308, "/moved"),
    "/elsewhere": redirect(302, "/good"),
    "/loop": redirect(301, "/loop-back"),
    "/loop-back": redirect(301, "/loop"),
    "/to-private": redirect(301, "http://10.1.2.3:{port}/good"),
    "/to-loopback": redirect(302, "http://127.0.0.2:{port}/good"),
    "/to-named-private": redirect(302, "http://inside.example:{port}/good"),
    "/to-file": redirect(301, "file:///etc/passwd"),
    "/to-nothing": redirect(301, "http://[::1"),
    "/drip": _drip,
    "/silent": _silent,
    "/huge": _huge,
    "/bomb": _bomb,
    "/broken-gzip": _broken_gzip,
    "/gzip": lambda request: request.answer(200, gzip.compress(f"<p>packed {FILL}".encode()), Content_Encoding="gzip"),
    "/twice-packed": lambda request: request.answer(200, b"", Content_Encoding="gzip, gzip"),
    "/busy": _busy,
    "/come-back-later": lambda request: request.answer(429, Retry_After="86400"),
    "/faulty": _faulty,
    "/down": lambda request: request.answer(503, "<p>down"),
    "/hangs-up": _hangs_up,
    "/tagged": _tagged,
    "/dated": _dated,
    "/wrong-charset": lambda request: request.answer(200, LATIN, "text/html; charset=utf-8"),
    "/paper.pdf": lambda request: request.answer(200, pdf(f"A wheel of 915 MB. {FILL}"), "application/pdf"),
    "/broken.pdf": lambda request: request.answer(200, b"%PDF-1.4 and then nothing", "application/pdf"),
    "/picture": lambda request: request.answer(200, b"\x89PNG" * 50, "image/png"),
    "/script": lambda request: request.answer(200, "<div id=app></div><script>show('It says it all')</script>"),
}
