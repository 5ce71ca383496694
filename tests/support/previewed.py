"""A `tiebreak serve` in a process of its own, for tests that look at it from outside."""

import html
import json
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

PATIENCE = 20  # seconds; far more than anything here takes on an idle machine


class Preview:
    """A running preview: its address, and everything that it has said so far."""

    def __init__(self, project: Path, *options: str) -> None:
        command = [sys.executable, "-m", "tiebreak", "serve", "--project", str(project), "--port", "0", *options]
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            # A job in the background inherits a deaf ear for Ctrl-C.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )
        self._lines: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.url = ""

    def started(self) -> None:
        """Wait until it says where it is; from then on it answers, and misses no save."""
        self.wait_for(lambda: "preview at" in self.said)
        self.url = re.findall(r"preview at (\S+)", self.said)[0]

    @property
    def said(self) -> str:
        return "".join(self._lines)

    @property
    def builds(self) -> int:
        """How many builds it told of, those that failed left out."""
        return len(re.findall(r" changed, \d+ ms$", self.said, re.MULTILINE))

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._lines.append(line)

    def get(self, path: str = "", **headers: str) -> tuple[int, str]:
        """(status, text) of an address; status 0 while nobody answers."""
        try:
            with urlopen(Request(self.url + path, headers=headers), timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            with error:
                return error.code, error.read().decode()
        except URLError:
            return 0, ""

    def problems(self, path: str = "") -> str:
        """What a browser that opens `path` is told to be wrong."""
        found = re.search(r'data-problems="(.*?)"', self.get(path)[1])
        assert found
        return "\n".join(json.loads(html.unescape(found[1])))

    def wait_for(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert self.process.poll() is None, self.said
            assert time.monotonic() < deadline, self.said
            time.sleep(0.02)

    def interrupt(self, number: int = signal.SIGINT) -> int:
        """Ctrl-C, or another signal; the exit status."""
        self.process.send_signal(number)
        return self.end()

    def end(self) -> int:
        """The exit status, once everything that it had to say is read."""
        status = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        assert self.process.stdout
        self.process.stdout.close()
        return status


@contextmanager
def previewing(project: Path, *options: str) -> Iterator[Preview]:
    preview = Preview(project, *options)
    try:
        preview.started()
        yield preview
    finally:
        preview.process.terminate()  # so that it takes its folder away
        try:
            preview.end()
        finally:
            preview.process.kill()
