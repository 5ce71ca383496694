"""What every measurement shares: pinned environments, alternating runs, and a result that says where it came from."""

import json
import os
import platform
import statistics
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
WORK = HERE.parent / ".bench"  # environments and scratch files; never committed

# Python keeps what it has compiled, as it does where a program is installed, whatever is usual while one works on it.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True)
class Sample:
    """Medians over the counted runs of one command: CPU and wall time in milliseconds, peak memory in megabytes."""

    cpu_ms: float
    wall_ms: float
    peak_mb: float
    runs: int


def environment(name: str, requirements: Sequence[str]) -> Path:
    """The Python of a virtual environment that holds `requirements` (pinned, `name==version`) and what they need."""
    root = WORK / "environments" / name
    python = root / "bin" / "python"
    marker = root / "requirements.txt"
    wanted = "\n".join(requirements)
    if not marker.exists() or marker.read_text() != wanted:
        venv.create(root, with_pip=True, clear=True)
        if requirements:
            subprocess.run([python, "-m", "pip", "install", "--quiet", *requirements], check=True)
        marker.write_text(wanted)
    return python


def bare() -> Path:
    """The Python of an environment with nothing in it but pip, of the same version as the Python that asks."""
    return environment(f"empty-{sys.version_info.major}.{sys.version_info.minor}", [])


def alternate(
    commands: Mapping[str, Sequence[str | Path]],
    *,
    runs: int = 7,
    warmup: int = 1,
    cwd: Path | None = None,
    before: Callable[[str], object] | None = None,
) -> dict[str, Sample]:
    """Run the commands in turn (A B A B ...), so that drift treats all alike, and keep each one's medians.

    `before` is given a command's name ahead of each of its runs, to prepare what the run shall find; it is not timed.
    """
    samples: dict[str, list[tuple[float, float, float]]] = {name: [] for name in commands}
    for turn in range(warmup + runs):
        for name, command in commands.items():
            if before:
                before(name)
            sample = run(command, cwd)
            if turn >= warmup:
                samples[name].append(sample)
    return {name: _medians(rows) for name, rows in samples.items()}


def _medians(rows: Sequence[tuple[float, float, float]]) -> Sample:
    cpu, wall, peak = (round(statistics.median(column), 2) for column in zip(*rows, strict=True))
    return Sample(cpu, wall, peak, runs=len(rows))


def run(command: Sequence[str | Path], cwd: Path | None = None) -> tuple[float, float, float]:
    """Milliseconds of CPU and of wall time, and the peak in megabytes, of one run of a command, which must succeed."""
    start = time.perf_counter()
    process = subprocess.Popen([str(word) for word in command], cwd=cwd, env=ENVIRONMENT, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"exit status {process.returncode}: {command}")
    return (usage.ru_utime + usage.ru_stime) * 1000, wall * 1000, usage.ru_maxrss / 1024


def footprint(name: str, requirements: Sequence[str]) -> tuple[float, int]:
    """Megabytes (10^6 bytes) that an install adds to an empty environment, and how many packages come along unasked."""
    root = environment(name, requirements).parents[1]
    packages = len(list(root.glob("lib/python*/site-packages/*.dist-info"))) - 1  # pip's own
    return round((_size(root) - _size(bare().parents[1])) / 1e6, 2), packages - len(requirements)


def _size(root: Path) -> int:
    files = (path for path in root.rglob("*") if path.is_file())
    return sum(path.lstat().st_size for path in files if path.name != "requirements.txt")


def import_times(statements: Mapping[str, tuple[Path, str]], *, runs: int = 21) -> dict[str, float]:
    """CPU milliseconds that each statement, such as `import json`, adds to a bare start of its Python."""
    commands: dict[str, Sequence[str | Path]] = {"": [bare(), "-c", ""]}
    commands.update({name: [python, "-c", code] for name, (python, code) in statements.items()})
    samples = alternate(commands, runs=runs)
    return {name: round(samples[name].cpu_ms - samples[""].cpu_ms, 1) for name in statements}


def machine() -> dict[str, str | int]:
    """What the figures were taken on."""
    model = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    return {
        "cpu": model,
        "cores": os.cpu_count() or 0,
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
    }


def save(name: str, *, question: str, versions: Mapping[str, str], results: Mapping[str, object]) -> Path:
    """Write `results/<name>.json`: the question asked, the date, the machine, the versions and the figures."""
    path = HERE / "results" / f"{name}.json"
    path.parent.mkdir(exist_ok=True)
    figures = {key: asdict(value) if isinstance(value, Sample) else value for key, value in results.items()}
    record = {
        "question": question,
        "date": datetime.now(UTC).date().isoformat(),
        "machine": machine(),
        "versions": dict(versions),
        "results": figures,
    }
    path.write_text(json.dumps(record, indent=2) + "\n")
    print(path.read_text(), file=sys.stdout)
    return path
