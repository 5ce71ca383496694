"""A `tiebreak serve` in a process of its own, for tests that look at it from outside."""

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
from urllib.request import urlopen

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
        self._settings = project / "content/site.yaml"
        self._lines: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.url = ""

    def started(self) -> None:
        """Wait until it answers, be it with a page or with what is wrong, and follows what is saved."""
        self.wait_for(lambda: "preview at" in self.said)
        self.url = re.findall(r"preview at (\S+)", self.said)[0]
        self.wait_for(lambda: self.get()[0] == 200)
        before = len(self._lines)
        self.wait_for(lambda: self._touched() and len(self._lines) > before)

    def _touched(self) -> bool:
        self._settings.touch()
        return True

    @property
    def said(self) -> str:
        return "".join(self._lines)

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._lines.append(line)

    def get(self, path: str = "") -> tuple[int, str]:
        """(status, text) of an address; status 0 while nobody answers."""
        try:
            with urlopen(self.url + path, timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            with error:
                return error.code, error.read().decode()
        except URLError:
            return 0, ""

    def wait_for(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert self.process.poll() is None, self.said
            assert time.monotonic() < deadline, self.said
            time.sleep(0.02)

    def interrupt(self) -> int:
        """Ctrl-C; the exit status."""
        self.process.send_signal(signal.SIGINT)
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
        preview.process.kill()
        preview.end()
