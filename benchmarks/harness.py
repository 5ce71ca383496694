"""What every measurement shares: pinned environments, alternating runs, and a result that says where it came from."""

import json
import os
import platform
import statistics
import subprocess
import sys
import venv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
WORK = HERE.parent / ".bench"  # environments and scratch files; never committed

# Python keeps what it has compiled, as it does where a program is installed, whatever is usual while one works on it.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

# Linux counts what the starting process held towards the peak of the one it starts. A bare interpreter starts them.
LAUNCHER = """
import os, sys, time
quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
start = time.perf_counter()
process = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet)
_, status, used = os.wait4(process, 0)
wall = time.perf_counter() - start
print(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, wall, used.ru_maxrss)
"""


@dataclass(frozen=True)
class Sample:
    """Medians over the counted runs of one command: CPU and wall time in milliseconds, peak memory in megabytes.

    `cpu_low` and `cpu_high` are the least and the most CPU time that a run took.
    """

    cpu_ms: float
    wall_ms: float
    peak_mb: float
    runs: int
    cpu_low: float
    cpu_high: float


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


def download_wheels(python: Path, requirements: Sequence[str], folder: Path) -> None:
    """Put the wheels of `requirements`, and of what they need, into a folder."""
    command: list[str | Path] = [python, "-m", "pip", "download", "-q", "--only-binary", ":all:", "-d", folder]
    subprocess.run([*command, *requirements], check=True)


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
    taken = sorted(round(row[0], 2) for row in rows)
    return Sample(cpu, wall, peak, runs=len(rows), cpu_low=taken[0], cpu_high=taken[-1])


def run(command: Sequence[str | Path], cwd: Path | None = None) -> tuple[float, float, float]:
    """Milliseconds of CPU and of wall time, and the peak in megabytes, of one run of a command, which must succeed.

    Megabytes are 10^6 bytes. The launcher's own 9 MB are the least that can be found.
    """
    words = [sys.executable, "-I", "-S", "-c", LAUNCHER, *(str(word) for word in command)]
    told = subprocess.run(words, cwd=cwd, env=ENVIRONMENT, check=True, stdout=subprocess.PIPE, text=True).stdout
    status, cpu, wall, kibibytes = (float(number) for number in told.split())
    if status:
        raise RuntimeError(f"exit status {status:.0f}: {command}")
    return cpu * 1000, wall * 1000, kibibytes * 1024 / 1e6


def footprint(name: str, requirements: Sequence[str]) -> tuple[float, int]:
    """Megabytes (10^6 bytes) that an install adds to an empty environment, and how many packages come along unasked."""
    root = environment(name, requirements).parents[1]
    packages = len(list(root.glob("lib/python*/site-packages/*.dist-info"))) - 1  # pip's own
    return round((_size(root) - _size(bare().parents[1])) / 1e6, 2), packages - len(requirements)


def _size(root: Path) -> int:
    files = (path for path in root.rglob("*") if path.is_file())
    return sum(path.lstat().st_size for path in files if path.name != "requirements.txt")


@dataclass(frozen=True)
class Spread:
    """A median of CPU milliseconds, and the least and the most of its runs."""

    value: float
    low: float
    high: float
    runs: int


def cpu(sample: Sample, *, less: float = 0, unit: float = 1, digits: int = 1) -> Spread:
    """The CPU time of a sample, `less` milliseconds taken off, in units of `unit` milliseconds."""
    value, low, high = (
        round((time - less) / unit, digits) for time in (sample.cpu_ms, sample.cpu_low, sample.cpu_high)
    )
    return Spread(value, low, high, sample.runs)


def spread(times: Sequence[float], digits: int = 1) -> Spread:
    """The median, least and most of `times` (milliseconds)."""
    low, value, high = (round(one, digits) for one in (min(times), statistics.median(times), max(times)))
    return Spread(value, low, high, len(times))


def import_times(statements: Mapping[str, tuple[Path, str]], *, runs: int = 21) -> dict[str, Spread]:
    """CPU milliseconds that each statement, such as `import json`, adds to the median of bare starts of a Python."""
    commands: dict[str, Sequence[str | Path]] = {"": [bare(), "-c", ""]}
    commands.update({name: [python, "-c", code] for name, (python, code) in statements.items()})
    samples = alternate(commands, runs=runs)
    bare_start = samples[""].cpu_ms
    return {name: cpu(one, less=bare_start) for name, one in samples.items() if name}


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


def plain(value: object) -> object:
    """Samples and spreads as mappings, wherever they stand in what is to be written."""
    if isinstance(value, Sample | Spread):
        return asdict(value)
    return {key: plain(one) for key, one in value.items()} if isinstance(value, Mapping) else value


def save(name: str, *, question: str, versions: Mapping[str, str], results: Mapping[str, object]) -> Path:
    """Write `results/<name>.json`: the question asked, the date, the machine, the versions and the figures."""
    path = HERE / "results" / f"{name}.json"
    path.parent.mkdir(exist_ok=True)
    record = {
        "question": question,
        "date": datetime.now(UTC).date().isoformat(),
        "machine": machine(),
        "versions": dict(versions),
        "results": plain(results),
    }
    path.write_text(json.dumps(record, indent=2) + "\n")
    print(path.read_text(), file=sys.stdout)
    return path
