"""Sites on a server that behaves like a static host, and visits to them in a browser."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, AnyStr

import pytest
from playwright.sync_api import Page, Request, Response, ViewportSize
from published import PREFIX, address, pages, publish_copy

if TYPE_CHECKING:
    from _typeshed import SupportsRead, SupportsWrite

FLAGSHIP = "compare/pytorch-vs-tensorflow/"
TWO = "compare/tea-vs-coffee/"
SIX = "compare/tea-vs-coffee-vs-mate-vs-cocoa-vs-milk-vs-water/"
KINDS = {
    "front": "",
    "list": "compare/",
    "two subjects": TWO,
    "six subjects": SIX,
    "subject": "subjects/tea/",
    "category": "categories/hot-drinks/",
    "tag": "tags/caffeine/",
    "page": "about/",
    "section": "guide/start/",
    "missing": "no/such/page/",
}
every_kind = pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE: ViewportSize = {"width": 390, "height": 844}


class Host(SimpleHTTPRequestHandler):
    """A static host that knows one site, under its prefix, and answers everything else with the site's 404 page."""

    site: Path
    headers_sent: Mapping[str, str] = {}
    pause = 0.0  # seconds between two pieces of a file

    def end_headers(self) -> None:
        for name, value in self.headers_sent.items():
            self.send_header(name, value)
        super().end_headers()

    def translate_path(self, path: str) -> str:
        path = path.partition("?")[0].partition("#")[0]
        if not path.startswith(PREFIX):
            return str(self.site / "nowhere")
        return str(self.site / path.removeprefix(PREFIX))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        body = (self.site / "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def copyfile(self, source: "SupportsRead[AnyStr]", outputfile: "SupportsWrite[AnyStr]") -> None:
        while piece := source.read(8_000):
            outputfile.write(piece)
            if not self.path.endswith(".css"):  # as if it had been kept from another page
                time.sleep(self.pause)

    def log_message(self, format: str, *args: object) -> None:
        """Requests are not news here."""


class Served:
    """A built site on a port of its own: `url("compare/")` is what a reader would open."""

    def __init__(self, folder: Path, origin: str) -> None:
        self.folder, self.origin = folder, origin
        # Redirects are visited by their own tests: they are gone before anything can be asked of them.
        self.addresses = [address(page) for page in pages(folder) if b"http-equiv" not in (folder / page).read_bytes()]

    def url(self, path: str = "") -> str:
        return f"{self.origin}{PREFIX}{path}"


def serve(project: Path, folder: Path, headers: Mapping[str, str] | None = None) -> Iterator[Served]:
    yield from serve_built(publish_copy(project, folder), headers)


def serve_built(site: Path, headers: Mapping[str, str] | None = None, pause: float = 0) -> Iterator[Served]:
    host = type("Host", (Host,), {"site": site, "headers_sent": headers or {}, "pause": pause})
    with ThreadingHTTPServer(("127.0.0.1", 0), host) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield Served(site, f"http://127.0.0.1:{server.server_port}")
        server.shutdown()
        thread.join()


class Visit:
    """An opened page, with the answer to it and everything that it asked for."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.requests: list[str] = []
        self.faults: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("requestfailed", self._note_failure)
        page.on("response", self._note)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.response = page.goto(url)
        page.wait_for_load_state("load")

    def _note_failure(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # as happens to what is under way when a page is left
            self.faults.append(f"failed: {request.url}: {request.failure}")

    def _note(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self.faults.append(f"{response.status}: {response.url}")


Open = Callable[..., Visit]
