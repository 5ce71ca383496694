"""What every test may use: a site project in a temporary folder, a build of it, and the command line."""

import signal
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import compiled
import pytest
from click.testing import CliRunner, Result
from hypothesis import settings
from samples import FILES

from tiebreak.build import pipeline as builder
from tiebreak.build import workers
from tiebreak.cli import main

# No test fails for the time that it takes: how much else a machine has to do is no fault of the code.
settings.register_profile("untimed", deadline=None)
settings.register_profile("repeatable", settings.get_profile("untimed"), derandomize=True)
settings.load_profile("untimed")

if hasattr(signal, "SIGHUP"):  # what ignores it, as nohup does, would have the programs under test ignore it too
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
# Ctrl-C is ignored by what a shell starts in the background, and so by Python.
signal.signal(signal.SIGINT, signal.default_int_handler)

MakeSite = Callable[..., Path]
Build = Callable[..., builder.Report]
Cli = Callable[..., Result]


@pytest.fixture(scope="session", autouse=True)
def a_cache_of_our_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test, nor a program that it starts, looks into the home of the person at the keyboard."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session", autouse=True)
def templates_are_compiled_once() -> Iterator[None]:
    """Hundreds of tests build a small site in this process, and all with the same theme."""
    with pytest.MonkeyPatch.context() as patch:
        compiled.once(patch)
        yield


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--spawn", action="store_true", help="start workers as on macOS and Windows, and in a live preview"
    )


@pytest.fixture(scope="session", autouse=True)
def spawned_workers(pytestconfig: pytest.Config) -> Iterator[None]:
    """With --spawn, whatever a build starts several processes for, it spawns them."""
    with pytest.MonkeyPatch.context() as patch:
        if pytestconfig.getoption("--spawn"):
            patch.setattr(workers, "start_method", lambda: "spawn")
        yield


@pytest.fixture
def make_site(tmp_path: Path) -> MakeSite:
    """`make_site({path: text, bytes or None})`: a valid project with these files; None leaves out one of its own."""

    def make(files: Mapping[str, str | bytes | None] | None = None, *, folder: str = "project") -> Path:
        root = tmp_path / folder
        for path, data in {**FILES, **(files or {})}.items():
            if data is not None:
                target = root / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data if isinstance(data, bytes) else data.encode())
        return root

    return make


@pytest.fixture
def build() -> Build:
    """`build(project, **options)`: the report of a build; SiteError passes through."""

    def build(project: Path, **options: Any) -> builder.Report:
        return builder.build(builder.Options(project=project, **options))

    return build


@pytest.fixture
def cli() -> Cli:
    """`cli(*args, ok=True)`: a command's result. It must succeed (or fail, with `ok=False`); faults are raised."""

    def cli(*args: str | Path, ok: bool = True) -> Result:
        result = CliRunner(env={"TIEBREAK_DEBUG": "1"}).invoke(main, [str(arg) for arg in args], catch_exceptions=False)
        assert (result.exit_code == 0) is ok, f"exit status {result.exit_code}\n{result.output}"
        return result

    return cli
