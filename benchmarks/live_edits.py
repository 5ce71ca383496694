"""`tiebreak serve`, `hugo server` and `eleventy --serve --incremental`: how soon they show what was saved.

Each is started once, as its users start it. The clock runs from before the save until the served page has the new
words: it is asked for again and again over HTTP. Then the server is left alone until it has nothing more to do. What
a browser adds, `live_preview.py` measures.
"""

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import harness
import site_builds
from edit_kinds import KINDS, Edit, Place
from site_builds import Contender

# By kind of edit and contender: milliseconds in the order in which they were taken, None for what was not shown.
Times = dict[str, dict[str, list[float | None]]]
ENOUGH_MS = 15_000  # for all runs of one kind together
START, PATIENCE, PATIENCE_EACH = (
    1200,
    90,
    0.03,
)  # seconds for the first build; until an edit is not shown, and an article more
PAUSE, GLANCE, IDLE = 1.0, 0.5, 0.1  # seconds that all are given, seconds of one look, share of a core while idle
SERVE: dict[str, Callable[[Sequence[str]], list[str]]] = {
    "tiebreak": lambda build: [*build[: build.index("build")], "serve"],
    "hugo": lambda build: [build[0], "server", *build[1:]],
    "eleventy": lambda build: [*build, "--serve", "--incremental"],
}


def is_enough(times: Times, kind: str, name: str) -> bool:
    """Whether something took so long that it is not done again."""
    pair = {"a new comparison": "a deleted one", "a deleted one": "a new comparison"}  # one needs the other
    return all(
        sum(filter(None, taken)) > ENOUGH_MS for taken in (times[each][name] for each in (kind, pair.get(kind, kind)))
    )


class Server:
    """A preview that runs: it is asked for pages, and watched until it rests."""

    def __init__(self, contender: Contender, size: int) -> None:
        self.contender, self.size = contender, size
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        scratch = site_builds.WORK / "tmp"  # all write to the same disk
        scratch.mkdir(parents=True, exist_ok=True)
        self._process = subprocess.Popen(
            [*SERVE[contender.generator](contender.command), "--port", str(self._port)],
            cwd=contender.project(size),
            env={**harness.ENVIRONMENT, "TMPDIR": str(scratch)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def page(self, address: str) -> str:
        """What is served there; nothing while nobody answers or there is no such page."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        try:
            connection.request("GET", f"/{address.removesuffix('index.html').replace('*', '')}")
            answer = connection.getresponse()
            return answer.read().decode() if answer.status == 200 else ""
        except (OSError, http.client.HTTPException):
            return ""
        finally:
            connection.close()

    def wait_for(self, addresses: Sequence[str], shows: Callable[[str], bool], patience: float) -> float | None:
        """The seconds until every address shows it; None if that does not happen."""
        start = time.perf_counter()
        for address in addresses:
            while True:
                asked = time.perf_counter()
                if (page := self.page(address)) and shows(page):
                    break
                now = time.perf_counter()
                if now - start > patience or self._process.poll() is not None:
                    return None
                time.sleep(max(0.004, now - asked))  # it has at least half of the time for itself
        return time.perf_counter() - start

    def settle(self) -> None:
        """Wait until it has nothing to do."""
        time.sleep(PAUSE)
        before, used = self._cpu(), 1.0
        while used > IDLE * GLANCE:
            time.sleep(GLANCE)
            now = self._cpu()
            before, used = now, now - before

    def _cpu(self) -> float:
        """Seconds that its processes have used so far."""
        ticks = 0
        for process in site_builds.session(self._process.pid):
            try:
                fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has just ended
                continue
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        os.killpg(self._process.pid, signal.SIGTERM)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


@contextmanager
def serving(contender: Contender, size: int) -> Iterator[Server]:
    """A server that has made its first build."""
    server = Server(contender, size)
    try:
        started = server.wait_for([Place(contender, size, 0).page()], bool, START)
        assert started is not None, f"{contender.name} does not serve"
        yield server
    finally:
        server.close()


def shown_after(server: Server, edit: Edit) -> float | None:
    """The milliseconds from a save until every file that the edit shows in is served with it; None if one never is."""
    before = [server.page(address) for address in edit.shown_in]  # Hugo renders first what was looked at
    server.settle()
    if all(map(edit.is_shown, before)):  # as what never was listed cannot be seen to go
        edit.make()
        return None
    start = time.perf_counter()
    edit.make()
    shown = server.wait_for(edit.shown_in, edit.is_shown, PATIENCE + PATIENCE_EACH * server.size)
    return None if shown is None else round((time.perf_counter() - start) * 1000, 1)


def measure(entrants: Sequence[Contender], size: int, turns: Iterator[int], rounds: int) -> Times:
    """Every kind of edit for each server, in turn, as often as there are rounds; all of them run all the time.

    What a server failed to show is not waited for again, and what took it long is not done again.
    """
    found: Times = {kind: {one.name: [] for one in entrants} for kind in KINDS}
    with ExitStack() as stack:
        servers = [stack.enter_context(serving(one, size)) for one in entrants]
        for server in servers:
            server.settle()
        for _ in range(rounds):
            for kind, edit in KINDS.items():
                turn = next(turns)
                for server in servers:
                    taken = found[kind][server.contender.name]
                    if None in taken:
                        edit(Place(server.contender, size, turn)).make()
                    elif not is_enough(found, kind, server.contender.name):
                        taken.append(shown_after(server, edit(Place(server.contender, size, turn))))
    return found
