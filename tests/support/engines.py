"""WebKit and Firefox by their own drivers: opens pages in them, and runs scripts there."""

import base64
import http.client
import json
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from os import killpg
from pathlib import Path
from typing import Any

# A command of WebDriver by its name there, with its parameters; gives the value of the answer.
Command = Callable[[str, dict[str, Any]], Any]
PATIENCE = 60.0  # seconds for a browser to begin, or to answer
PATHS = {
    "Navigate": "url",
    "ExecuteScript": "execute/sync",
    "SetWindowRect": "window/rect",
    "TakeScreenshot": "screenshot",
}


class Engine:
    """A window of one browser."""

    def __init__(self, command: Command) -> None:
        self._command = command
        self.resize(1280, 900)

    def resize(self, width: int, height: int) -> None:
        self._command("SetWindowRect", {"width": width, "height": height})

    def open(self, url: str) -> None:
        self._command("Navigate", {"url": url})

    def run(self, script: str) -> Any:
        """What the body of an asynchronous function returns."""
        return self._command("ExecuteScript", {"script": f"return (async () => {{{script}}})()", "args": []})

    def picture(self) -> bytes:
        """What the window shows, as a PNG."""
        return base64.b64decode(self._command("TakeScreenshot", {"full": False}))


@contextmanager
def webkit() -> Iterator[Engine | None]:
    """WebKitGTK, on a screen of its own; nothing where it is not installed."""
    if not all(map(shutil.which, ("WebKitWebDriver", "xvfb-run"))):
        yield None
        return
    port = _free_port()
    with _running("xvfb-run", "-a", "WebKitWebDriver", f"--port={port}"):
        _reached(port).close()

        def ask(path: str, parameters: dict[str, Any]) -> Any:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            method = "GET" if path.endswith("/screenshot") else "POST"
            connection.request(method, path, json.dumps(parameters), {"Content-Type": "application/json"})
            return _value(json.loads(connection.getresponse().read()))

        session = ask("/session", {"capabilities": {}})["sessionId"]
        yield Engine(lambda name, parameters: ask(f"/session/{session}/{PATHS[name]}", parameters))


@contextmanager
def firefox() -> Iterator[Engine | None]:
    """Firefox by Marionette, which is its own driver: WebDriver's commands as JSON, each behind its length."""
    found = shutil.which("firefox-esr") or shutil.which("firefox")
    if not found:
        yield None
        return
    port = _free_port()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        (Path(profile) / "user.js").write_text(f'user_pref("marionette.port", {port});\n')
        with _running(found, "--headless", "--marionette", "--no-remote", "--profile", profile), _reached(port) as line:
            stream = line.makefile("rb")
            _told(stream)

            def ask(name: str, parameters: dict[str, Any]) -> Any:
                message = json.dumps([0, 1, f"WebDriver:{name}", parameters]).encode()
                line.sendall(b"%d:%s" % (len(message), message))
                _, _, error, value = _told(stream)
                return _value({"value": error or value})

            ask("NewSession", {})
            yield Engine(ask)


def _told(stream: Any) -> Any:
    length = b""
    while (byte := stream.read(1)) != b":":
        length += byte
    return json.loads(stream.read(int(length)))


def _value(answer: dict[str, Any]) -> Any:
    value = answer["value"]
    if isinstance(value, dict) and "error" in value:
        raise RuntimeError(f"{value['error']}: {value.get('message')}")
    return value["value"] if isinstance(value, dict) and value.keys() == {"value"} else value


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _reached(port: int) -> socket.socket:
    """A connection, as soon as somebody listens."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), PATIENCE)
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


@contextmanager
def _running(*command: str) -> Iterator[None]:
    """A program, ended with all that it has started."""
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield
    finally:
        for sign in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError):
                killpg(process.pid, sign)
            with suppress(subprocess.TimeoutExpired):
                process.wait(5)
