"""pip and uv: time to install 49 pinned wheels from a local folder into a fresh virtual environment."""

import os
import shutil
import statistics
from pathlib import Path

import harness

VERSIONS = {"pip": "26.3", "uv": "0.13.9"}
# fmt: off
REQUIREMENTS = [
    "amqp==5.4.2", "annotated-doc==0.0.7", "annotated-types==0.8.0", "anyio==4.16.0", "asgiref==3.13.0",
    "billiard==4.3.2", "celery==5.7.0", "certifi==2026.10.18", "charset-normalizer==3.5.2", "click==8.5.1",
    "click-didyoumean==0.3.1", "click-plugins==1.1.1.2", "click-repl==0.4.1", "Django==5.2.19", "fastapi==0.165.0",
    "h11==0.16.0", "httpcore==1.0.9", "httpx==0.28.1", "idna==3.20", "iniconfig==2.3.1", "Jinja2==3.1.6",
    "kombu==5.7.0", "markdown-it-py==4.3.0", "MarkupSafe==3.0.4", "mdurl==0.1.2", "numpy==2.4.6",
    "opentelemetry-api==1.45.2", "packaging==26.3", "pandas==3.1.1", "pluggy==1.7.0", "prompt_toolkit==3.0.53",
    "pydantic==2.14.3", "pydantic_core==2.50.4", "Pygments==2.21.0", "pytest==9.2.0",
    "python-dateutil==2.9.0.post0", "requests==2.34.2", "rich==15.0.0", "six==1.17.0", "SQLAlchemy==2.1.9",
    "sqlparse==0.6.1", "starlette==1.10.0", "typing-inspection==0.4.5", "typing_extensions==4.16.0",
    "tzlocal==5.4.5", "urllib3==2.8.0", "uvicorn==0.54.0", "vine==5.1.0", "wcwidth==0.9.4",
]
# fmt: on
ROOT = harness.WORK / "installers"
RUNS = 9


def prepare() -> tuple[Path, Path, Path]:
    """The folder of wheels, a virtual environment to copy from (with the pinned pip in it), and the uv binary."""
    tools = harness.environment("installers-tools", [f"uv=={VERSIONS['uv']}"])
    wheels, template = ROOT / "wheels", ROOT / "template"
    if len(list(wheels.glob("*.whl"))) != len(REQUIREMENTS):
        harness.download_wheels(tools, REQUIREMENTS, wheels)
    if not template.exists():
        shutil.copytree(
            harness.environment("installers-pip", [f"pip=={VERSIONS['pip']}"]).parents[1], template, symlinks=True
        )
    (ROOT / "requirements.txt").write_text("\n".join(REQUIREMENTS))
    return wheels, template, tools.parent / "uv"


def packages(root: Path) -> int:
    """How many distributions a virtual environment holds."""
    return len(list(root.glob("lib/python*/site-packages/*.dist-info")))


def main() -> None:
    wheels, template, uv = prepare()
    for name in [name for name in os.environ if name.startswith(("PIP_", "UV_"))]:
        del os.environ[name]
    os.environ["PIP_CONFIG_FILE"] = os.devnull
    target = ROOT / "target"
    python = target / "bin" / "python"
    source: list[str | Path] = ["--quiet", "--no-index", "--find-links", wheels, "-r", ROOT / "requirements.txt"]
    with_pip: list[str | Path] = [python, "-m", "pip", "install", "--disable-pip-version-check", *source]
    with_uv: list[str | Path] = [
        uv,
        "pip",
        "install",
        "--no-config",
        "--python",
        python,
        "--cache-dir",
        ROOT / "cache",
        *source,
    ]
    commands = {
        "pip": with_pip,
        "uv": with_uv,
        "pip-no-compile": [*with_pip, "--no-compile"],
        "uv-compile": [*with_uv, "--compile-bytecode"],
        "uv-no-cache": [*with_uv, "--no-cache"],
        "uv-copy": [*with_uv, "--link-mode", "copy"],
    }
    walls: dict[str, list[float]] = {name: [] for name in commands}
    cpus: dict[str, list[float]] = {name: [] for name in commands}
    peaks: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(RUNS + 1):  # the first turn fills uv's cache and is not counted
        for name, command in commands.items():
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(template, target, symlinks=True)
            os.sync()
            sample = harness.alternate({name: command}, runs=1, warmup=0)[name]
            installed = packages(target) - packages(template)
            assert installed == len(REQUIREMENTS), (name, installed)
            if turn:
                walls[name].append(sample.wall_ms)
                cpus[name].append(sample.cpu_ms)
                peaks[name].append(sample.peak_mb)
    results: dict[str, object] = {
        "packages": len(REQUIREMENTS),
        "wheels_mb": round(sum(path.stat().st_size for path in wheels.glob("*.whl")) / 1e6, 1),
        "runs": RUNS,
        "wall_ms": {name: round(statistics.median(values)) for name, values in walls.items()},
        "wall_range_ms": {name: [round(min(values)), round(max(values))] for name, values in walls.items()},
        "cpu_ms": {name: round(statistics.median(values)) for name, values in cpus.items()},
        "peak_mb": {name: round(statistics.median(values)) for name, values in peaks.items()},
        "install_mb": {
            "pip": round(
                sum(p.stat().st_size for p in template.glob("lib/python*/site-packages/pip*/**/*") if p.is_file())
                / 1e6,
                1,
            ),
            "uv": harness.footprint("installers-tools", [f"uv=={VERSIONS['uv']}"])[0],
        },
    }
    question = "How long do pip and uv take to install the same pinned wheels into a fresh virtual environment?"
    harness.save("installers", question=question, versions=VERSIONS, results=results)


if __name__ == "__main__":
    main()
