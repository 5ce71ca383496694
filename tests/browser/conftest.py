"""What the browser tests share: Debian's Chromium, and the built sites on a server that behaves like a static host."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Response
from published import DRINKS, PREFIX, ROOT, address, pages, publish_copy

HERE = Path(__file__).parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    found = next(filter(None, map(shutil.which, (os.environ.get("CHROMIUM", ""), *NAMES))), None)
    return {**browser_type_launch_args, "args": ARGUMENTS} | ({"executable_path": found} if found else {})


class Host(SimpleHTTPRequestHandler):
    """A static host that knows one site, under its prefix, and answers everything else with the site's 404 page."""

    site: Path

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

    def log_message(self, format: str, *args: object) -> None:
        """Requests are not news here."""


class Served:
    """A built site on a port of its own: `url("compare/")` is what a reader would open."""

    def __init__(self, folder: Path, origin: str) -> None:
        self.folder, self.origin = folder, origin
        self.addresses = [address(page) for page in pages(folder)]

    def url(self, path: str = "") -> str:
        return f"{self.origin}{PREFIX}{path}"


def serve(project: Path, folder: Path) -> Iterator[Served]:
    site = publish_copy(project, folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), type("Host", (Host,), {"site": site})) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield Served(site, f"http://127.0.0.1:{server.server_port}")
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def drinks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The sample of every feature, built for https://example.org/deep/prefix/ and served under that prefix."""
    yield from serve(DRINKS, tmp_path_factory.mktemp("drinks"))


@pytest.fixture(scope="session")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """This repository's content, built and served in the same way."""
    yield from serve(ROOT, tmp_path_factory.mktemp("own"))


class Visit:
    """An opened page, with the answer to it and everything that it asked for."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.requests: list[str] = []
        self.faults: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("requestfailed", lambda request: self.faults.append(f"failed: {request.url}"))
        page.on("response", self._note)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.response = page.goto(url)
        page.wait_for_load_state("networkidle" if url.startswith("http") else "load")

    def _note(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self.faults.append(f"{response.status}: {response.url}")


Open = Callable[..., Visit]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Open]:
    """`visit(url, **options of a browser context)`: the page, opened; 1280 x 800 unless said otherwise."""
    contexts = []

    def open_page(url: str, *, width: int = 1280, height: int = 800, **options: Any) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        return Visit(context.new_page(), url)

    yield open_page
    for context in contexts:
        context.close()
