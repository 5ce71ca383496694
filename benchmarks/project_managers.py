"""uv and Poetry on one project: time to lock it, to install it from the lock file, and to start a command in it."""

import functools
import hashlib
import http.server
import shutil
import threading
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import harness

VERSIONS = {"uv": "0.13.9", "poetry": "2.5.1"}
ROOT = harness.WORK / "project-managers"
# The project asks for the first three; the last two are for other systems, which both lock as well. The rest follows.
DIRECT = ["celery==5.7.0", "fastapi==0.165.0", "pytest==9.2.0", "colorama==0.4.6", "tzdata==2026.6"]
RUNS = 7
PROJECT = """
[project]
name = "measured"
version = "0.1.0"
requires-python = ">=3.13,<3.14"
dependencies = ["celery", "fastapi", "pytest"]

[[tool.uv.index]]
url = "{index}"
default = true

[tool.poetry]
package-mode = false

[[tool.poetry.source]]
name = "measured"
url = "{index}"
"""


def wheels() -> Path:
    """A folder with the wheels of the project and of all that it needs, and the metadata of each beside it."""
    folder = ROOT / "wheels"
    if not folder.exists():
        harness.download_wheels(harness.bare(), DIRECT, folder)
        for wheel in folder.glob("*.whl"):
            with zipfile.ZipFile(wheel) as archive:
                name = next(one for one in archive.namelist() if one.endswith(".dist-info/METADATA"))
                wheel.with_name(wheel.name + ".metadata").write_bytes(archive.read(name))
    return folder


def index(folder: Path) -> None:
    """Pages of a simple package index (PEP 503 and PEP 658) beside the wheels."""
    by_name: dict[str, list[Path]] = {}
    for wheel in sorted(folder.glob("*.whl")):
        by_name.setdefault(wheel.name.split("-")[0].lower().replace("_", "-").replace(".", "-"), []).append(wheel)
    for name, files in by_name.items():
        links = [
            f'<a href="../../wheels/{file.name}#sha256={digest(file)}" '
            f'data-core-metadata="sha256={digest(file.with_name(file.name + ".metadata"))}">{file.name}</a><br>'
            for file in files
        ]
        page = ROOT / "simple" / name / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text("<!doctype html><title>Links</title>" + "\n".join(links))


def digest(file: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Files of a folder, without a line for each request."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served() -> Iterator[str]:
    """The address of the index on this machine, while it is served."""
    handler = functools.partial(Quiet, directory=str(ROOT))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/simple/"
        server.shutdown()


def projects(address: str) -> dict[str, Path]:
    """One folder a tool, with the same project in it."""
    folders = {}
    for name in VERSIONS:
        folders[name] = ROOT / name
        shutil.rmtree(folders[name], ignore_errors=True)
        folders[name].mkdir(parents=True)
        (folders[name] / "pyproject.toml").write_text(PROJECT.format(index=address))
    return folders


def settings() -> None:
    """No settings of the machine's, caches and environments of the measurement's own, and the same Python for both."""
    for name in [name for name in harness.ENVIRONMENT if name.startswith(("PIP_", "UV_", "POETRY_"))]:
        del harness.ENVIRONMENT[name]
    harness.ENVIRONMENT.update(
        UV_CACHE_DIR=str(ROOT / "cache-uv"), UV_PYTHON=str(harness.bare()), UV_PYTHON_DOWNLOADS="never",
        POETRY_CACHE_DIR=str(ROOT / "cache-poetry"), POETRY_VIRTUALENVS_IN_PROJECT="true",
        POETRY_CONFIG_DIR=str(ROOT / "config-poetry"), NO_PROXY="127.0.0.1",
    )  # fmt: skip


def commands(programs: Mapping[str, Path], folders: Mapping[str, Path]) -> dict[str, dict[str, Sequence[str | Path]]]:
    """What is timed, by task and tool."""
    uv: list[str | Path] = [programs["uv"], "--quiet", "--project", folders["uv"]]
    poetry: list[str | Path] = [programs["poetry"], "--quiet", "--no-interaction", "--directory", folders["poetry"]]
    return {
        "lock": {"uv": [*uv, "lock"], "poetry": [*poetry, "lock"]},
        "install": {"uv": [*uv, "sync", "--locked"], "poetry": [*poetry, "sync"]},
        "run": {"uv": [*uv, "run", "python", "-c", ""], "poetry": [*poetry, "run", "python", "-c", ""]},
    }


def measured(tasks: Mapping[str, Mapping[str, Sequence[str | Path]]], folders: Mapping[str, Path]) -> dict[str, object]:
    """Each task in turn: locking without a lock file, installing into no environment, a command with nothing to do."""
    locks = {"uv": folders["uv"] / "uv.lock", "poetry": folders["poetry"] / "poetry.lock"}
    before = {
        "lock": lambda name: locks[name].unlink(missing_ok=True),
        "install": lambda name: shutil.rmtree(folders[name] / ".venv", ignore_errors=True),
        "run": lambda name: None,
    }
    results: dict[str, object] = {}
    for task, both in tasks.items():
        results[task] = harness.alternate(both, runs=RUNS, before=before[task])
        if task == "install":
            results["packages"] = {name: installed(folder) for name, folder in folders.items()}
    results["bytecode_files"] = {name: len(list(folder.rglob("*.pyc"))) for name, folder in folders.items()}
    return results


def installed(folder: Path) -> int:
    """How many packages the project's environment holds, pip left out."""
    found = (folder / ".venv").glob("lib/python*/site-packages/*.dist-info")
    return len([one for one in found if not one.name.startswith("pip-")])


def main() -> None:
    pins = {name: [f"{name}=={version}"] for name, version in VERSIONS.items()}
    programs = {name: harness.environment(name, wanted).parent / name for name, wanted in pins.items()}
    settings()
    index(wheels())
    with served() as address:
        folders = projects(address)
        results = measured(commands(programs, folders), folders)
    results["footprint"] = {name: harness.footprint(name, wanted) for name, wanted in pins.items()}
    question = "How long do uv and Poetry take to lock one project, to install it and to start a command in it?"
    harness.save("project-managers", question=question, versions=VERSIONS, results=results)


if __name__ == "__main__":
    main()
