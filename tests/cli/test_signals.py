"""Signals that end a process: each lets it put its things in order first."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import edits
import pytest

from tiebreak.cli import signals

pytestmark = [pytest.mark.skipif(sys.platform == "win32", reason="needs signals"), pytest.mark.alone]

NUMBERS = [signal.SIGHUP, signal.SIGTERM]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_signal_ends_with_its_number(number: signal.Signals) -> None:
    """The second one does not cut short what is done because of the first; after that all is as it was."""
    before = signal.getsignal(number)

    def work() -> None:
        try:
            os.kill(os.getpid(), number)
            time.sleep(5)
        finally:
            for again in NUMBERS:
                os.kill(os.getpid(), again)

    with pytest.raises(SystemExit) as caught, signals.in_order():
        work()
    assert caught.value.code == 128 + number
    assert signal.getsignal(number) == before


def test_what_is_ignored_stays_ignored() -> None:
    """As under `nohup`."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with signals.in_order():
            os.kill(os.getpid(), signal.SIGHUP)
        assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


# A command that has begun, with a stage and other processes, and comes to no end.
ENDLESS = """\
import os, sys, time
from tiebreak import cli
from tiebreak.build import articles, plan, workers
workers.WORTH_A_POOL = 1
def pages(self, known, stage):
    stage.put("x", b"", b"x")
    os.write(1, b"at work\\n")
    time.sleep(60)
    yield
articles.Articles.render = pages
sys.argv[0] = "tiebreak"
cli.main()
"""


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("command", ["build", "check"])
def test_a_command_ends_in_order(tmp_path: Path, command: str, number: signal.Signals) -> None:
    """The status that shells know, not a word, no process and no folder left, whoever of the group gets the signal."""
    project, temporary = edits.save(edits.library(4).files(), tmp_path / "project"), tmp_path / "temporary"
    temporary.mkdir()
    running = subprocess.Popen(
        [sys.executable, "-c", ENDLESS, command, "--project", str(project), "--jobs", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "TMPDIR": str(temporary)},
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "at work\n"
    time.sleep(0.2)
    if number == signal.SIGHUP:
        os.killpg(running.pid, number)
    else:
        running.send_signal(number)
    _, said = running.communicate(timeout=20)
    assert (running.returncode, said) == (128 + number, "")
    with pytest.raises(ProcessLookupError):
        os.killpg(running.pid, 0)
    assert list(temporary.iterdir()) == []
    state = project / ".tiebreak"
    assert [path.name for path in state.glob("staged*")] == []
    assert not (project / "site").exists()
