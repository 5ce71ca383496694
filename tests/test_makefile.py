"""`make test` where a browser cannot be had: it says what to install, and all else counts."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NEEDED = ("make", "sh", "dirname", "env")
REST = ("lint", "types", "check", "unit")  # tested by being run

pytestmark = pytest.mark.skipif(not all(map(shutil.which, NEEDED)), reason="needs make and a shell")


def made(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """`make test` on a machine with nothing but the most necessary programs, its first parts taken as done."""
    for name in NEEDED:
        (tmp_path / name).symlink_to(str(shutil.which(name)))
    command = ["make", "--no-print-directory", *(part for target in REST for part in ("-o", target)), "test"]
    given = {"PATH": str(tmp_path), "HOME": os.environ.get("HOME", "/"), **environment}
    return subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=False)


def test_without_a_browser_the_rest_is_run(tmp_path: Path) -> None:
    """With what to install, and no failure."""
    run = made(tmp_path)
    assert (run.returncode, run.stdout.splitlines()[-1]) == (0, "browser, audit: skipped; all else has passed")
    assert "Install chromium" in run.stderr


def test_in_continuous_integration_nothing_is_skipped(tmp_path: Path) -> None:
    """There nobody would read that it was."""
    assert made(tmp_path, CI="true").returncode != 0
