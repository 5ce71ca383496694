"""The preview's web server: livereload's, with a script in every page, and no answer to requests from other sites."""

import html
import json
import os
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path
from secrets import token_hex
from typing import Any
from urllib.parse import unquote, urlsplit

from livereload import Server
from livereload.handlers import LiveReloadHandler, StaticFileHandler
from tornado import web
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPServerRequest, split_host_and_port
from tornado.routing import Matcher, Rule

CLIENT = Path(__file__).parent
# No page can have such an address: ids have no full stop.
LIVE, SCRIPT = "/.tiebreak/live", "/.tiebreak/preview.js"
MISSING = "404.html"
NOTHING_YET = b"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Nothing to show yet</title>
<h1>Nothing to show yet</h1>
"""


@dataclass
class Screen:
    """What every browser should show: the pages in `folder`, and what is wrong with the project since they were made.

    `revision` is another one after every build, so that a page knows whether it missed something.
    """

    folder: Path
    problems: Sequence[str] = ()
    revision: str = field(default_factory=lambda: token_hex(8))

    def built(self) -> None:
        self.revision = token_hex(8)

    def page(self, markup: bytes) -> bytes:
        """A page with the script that reloads it. It comes last, because a page of an author's own may have no head."""
        problems = html.escape(json.dumps(self.problems, ensure_ascii=False))
        script = f'<script defer src="{SCRIPT}" data-state="{self.revision}" data-problems="{problems}"></script>'
        return markup + script.encode()

    def update(self, url: str, changed: Mapping[str, str]) -> Mapping[str, Any]:
        """What a browser at `url` has to know about `changed`, a build's report of what it did with each file."""
        shown = {_output_path(url)}
        if not os.path.isfile(self.folder / _output_path(url)):  # noqa: PTH113 -- no name is an error
            shown.add(MISSING)
        files = [
            output_path
            for output_path, what in changed.items()
            if not output_path.endswith(".html") and what != "removed"
        ]
        return {
            "state": self.revision,
            "problems": self.problems,
            "page": not shown.isdisjoint(changed),
            "files": files,
        }


def _output_path(url: str) -> str:
    output_path = unquote(urlsplit(url).path).lstrip("/")
    return output_path if output_path and not output_path.endswith("/") else f"{output_path}index.html"


def listen(host: str, port: int) -> socket.socket:
    """A socket on `port`, or on a free one for 0. Raises OSError with advice when it cannot be had."""
    found = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
        found.listen()
    except OSError as error:
        found.close()
        reason = f"{host}:{port} cannot be listened on ({error.strerror})"
        raise OSError(error.errno, f"{reason}; name another --port or --host") from None
    found.setblocking(False)
    return found


def port_of(listener: socket.socket) -> int:
    return int(listener.getsockname()[1])


def preview_url(host: str, port: int) -> str:
    """The URL to open; a server that listens everywhere is nearest on the loopback."""
    name = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 -- compared, not bound
    return f"http://{f'[{name}]' if ':' in name else name}:{port}/"


class PreviewServer(Server):  # type: ignore[misc]
    """livereload's server, for one screen; its own routes, open to all the web, are left out."""

    def __init__(self, screen: Screen, listener: socket.socket, names: Sequence[str], watcher: Any) -> None:
        """`names` are those by which it may be asked; the first is where it listens."""
        super().__init__(watcher=watcher)
        self._screen, self._listener = screen, listener
        self._guests = _Guests(names)

    def application(self, *_: Any, **__: Any) -> None:
        LiveReloadHandler.watcher = self.watcher
        routes = [
            (LIVE, _Live, {"screen": self._screen}),
            (r"/\.tiebreak/(preview\.js)", _Files, {"path": str(CLIENT)}),
            (r"/(.*)", _Pages, {"screen": self._screen}),
        ]
        application = web.Application(
            [Rule(self._guests, routes)], default_handler_class=_Refusal, log_function=lambda _request: None
        )
        HTTPServer(application).add_socket(self._listener)

    def notify_browsers(self, changed: Mapping[str, str]) -> None:
        """Let every browser know of a build; `changed` says what it did with each file."""
        for browser in LiveReloadHandler.waiters.copy():
            browser.send_message(self._screen.update(browser.url, changed))

    def _setup_logging(self) -> None:
        """The preview speaks for itself."""


class _Guests(Matcher):
    """Requests that name this server as its users do.

    A page elsewhere can have its own name lead to this machine and read what is answered (DNS rebinding), but it cannot
    forge the Host header. It cannot use an IP address either: nobody's address is theirs and ours. The port says
    nothing: a container or a tunnel may have this server under another one.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._names = frozenset(name.lower() for name in names)
        self._is_local = _is_loopback(names[0])

    def match(self, request: HTTPServerRequest) -> dict[str, Any] | None:
        name, _ = split_host_and_port(request.host.lower())
        return {} if self._is_known(name.removeprefix("[").removesuffix("]")) else None

    def _is_known(self, name: str) -> bool:
        return name in self._names or _is_loopback(name) or (not self._is_local and _address(name) is not None)


def _address(name: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(name)
    except ValueError:
        return None


def _is_loopback(name: str) -> bool:
    """Whether a name leads to the browser's own machine: nobody else can own it."""
    address = _address(name)
    return name == "localhost" or name.endswith(".localhost") or (address is not None and address.is_loopback)


class _Refusal(web.RequestHandler):
    def prepare(self) -> None:
        self.set_status(403)
        self.finish(
            "This preview is asked under another name than its own; tiebreak serve --allow-host NAME lets one in.\n"
        )


class _Live(LiveReloadHandler):  # type: ignore[misc]
    """The line to one browser: it says what it shows, and is told what became of it."""

    def initialize(self, screen: Screen) -> None:
        self._screen = screen
        self.url = "/"

    def prepare(self) -> None:
        """What names no origin that can be read comes from no page; tornado would fail at it."""
        try:
            urlsplit(self.request.headers.get("Origin", ""))
        except ValueError:
            raise web.HTTPError(403) from None

    def check_origin(self, origin: str) -> bool:
        """Browsers let any page open such a line; only those from here may have it."""
        host: str = self.request.host
        return urlsplit(origin).netloc.lower() == host.lower()

    def open(self, *_: str) -> None:
        self.set_nodelay(True)

    def on_message(self, message: str | bytes) -> None:
        """Where a page is and what it knows; for anything else the line is cut."""
        try:
            self.url, state = _said(message)
        except (ValueError, RecursionError):  # RecursionError for deeply nested JSON
            self.close(1003)
            return
        super().on_message(message)  # which adds the browser to those that wait
        missed = {} if state == self._screen.revision else {_output_path(self.url): "changed"}
        self.send_message(self._screen.update(self.url, missed))


def _said(message: str | bytes) -> tuple[str, object]:
    """The address and the state that a page tells. Raises ValueError for what none of ours says."""
    said = json.loads(message)
    if not isinstance(said, dict) or said.get("command") != "info" or not isinstance(url := said.get("url"), str):
        raise ValueError("this is no word of our script")
    _output_path(url)  # raises it for what is no address
    return url, said.get("state")


class _Files(StaticFileHandler):  # type: ignore[misc]
    """Files as they are now: nothing is kept by the browser, and no link leads out of the folder."""

    def set_default_headers(self) -> None:
        self.set_header("Cache-Control", "no-store")

    def compute_etag(self) -> None:
        return None

    def log_exception(self, kind: Any, error: Any, trace: Any) -> None:
        """What is refused or missing is no news for the terminal."""
        if not isinstance(error, web.HTTPError):
            super().log_exception(kind, error, trace)

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        try:
            found: str | None = super().validate_absolute_path(root, absolute_path)
        except ValueError:  # no file can have such a name
            raise web.HTTPError(404) from None
        if found and not Path(found).resolve().is_relative_to(Path(root).resolve()):
            raise web.HTTPError(403)
        return found


class _Pages(_Files):
    def initialize(self, screen: Screen) -> None:
        super().initialize(str(screen.folder), "index.html")
        self._screen = screen

    def redirect(self, url: str, permanent: bool = False, status: int | None = None) -> None:
        """To a folder's address with its slash; tornado leaves out what stands behind the path."""
        query = self.request.query
        super().redirect(f"{url}?{query}" if query else url, permanent, status)

    async def get(self, path: str, include_body: bool = True) -> None:
        self.path = self.parse_url_path(path)
        found = self.validate_absolute_path(self.root, self.get_absolute_path(self.root, self.path))
        if found and found.endswith(".html"):
            self.finish(self._screen.page(Path(found).read_bytes()))
        elif found:
            await super().get(path, include_body)

    def write_error(self, status_code: int, **_details: Any) -> None:
        missing = self._screen.folder / MISSING
        if status_code != 404:
            self.finish(f"{status_code}\n")
        elif missing.is_file():
            self.finish(self._screen.page(missing.read_bytes()))
        else:  # nothing was built so far
            self.set_status(503)
            self.finish(self._screen.page(NOTHING_YET))
