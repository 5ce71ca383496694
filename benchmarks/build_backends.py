"""setuptools, hatchling and flit-core: time to build one small package, what each weighs, and what each packs."""

import hashlib
import os
import shutil
import subprocess
import tarfile
import time
import zipfile
from pathlib import Path

import harness

VERSIONS = {
    "setuptools": "84.2.1",
    "hatchling": "1.33.0",
    "flit-core": "4.2.0",
    "build": "1.6.1",
}
BACKENDS = {
    "setuptools": "setuptools.build_meta",
    "hatchling": "hatchling.build",
    "flit-core": "flit_core.buildapi",
}
ROOT = harness.WORK / "build-backends"
MODULES = 20
RUNS = 11
PYPROJECT = """[build-system]
requires = ["{name}"]
build-backend = "{backend}"

[project]
name = "demo"
version = "1.0"
description = "A small package"
readme = "README.md"
requires-python = ">=3.10"
license = "MIT"
license-files = ["LICENSE"]
dependencies = ["click>=8"]

[project.scripts]
demo = "demo.module_0:main"
"""
EXTRA = {  # files that are not Python modules of the package; which of them are packed without being asked for?
    "README.md": "# Demo\n",
    "LICENSE": "MIT\n",
    "CHANGELOG.md": "# Changes\n",
    ".gitignore": "/dist/\n/scratch/\n",
    "scratch/notes.txt": "ignored by git\n",
    "docs/index.md": "# Documentation\n",
    "tests/conftest.py": "",
    "tests/test_demo.py": "def test_demo() -> None:\n    assert True\n",
    "src/demo/py.typed": "",
    "src/demo/data/table.json": "{}\n",
}


def project(name: str) -> Path:
    """A fresh copy of the package, with `name` as its build backend."""
    root = ROOT / name
    shutil.rmtree(root, ignore_errors=True)
    files = {"pyproject.toml": PYPROJECT.format(name=name, backend=BACKENDS[name]), "src/demo/__init__.py": "", **EXTRA}
    files |= {
        f"src/demo/module_{n}.py": f'"""Module {n}."""\n\n\ndef main() -> int:\n    return {n}\n' * 20
        for n in range(MODULES)
    }
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    subprocess.run(["git", "init", "-q", root], check=True)
    return root


def hook(call: str) -> str:
    """Python code that calls one hook of the backend and nothing else, into a directory of its own."""
    return f"import os, {{backend}} as backend; os.makedirs('dist', exist_ok=True); backend.{call}('dist')"


def packed(name: str) -> dict[str, list[str]]:
    """Which of the extra files ended up in the wheel and in the source distribution."""
    dist = ROOT / name / "dist"
    wheel = zipfile.ZipFile(next(dist.glob("*.whl"))).namelist()
    with tarfile.open(next(dist.glob("*.tar.gz"))) as archive:
        source = [member.partition("/")[2] for member in archive.getnames()]
    return {
        "wheel": [path for path in EXTRA if path.removeprefix("src/") in wheel],
        "sdist": [path for path in EXTRA if path in source],
    }


def identical(name: str, python: Path) -> dict[str, bool]:
    """Whether a second build, of the same files with newer time stamps, gives the same bytes."""
    digests: list[dict[str, str]] = []
    for age in (2000, 1000):
        root = project(name)
        for path in root.rglob("*"):
            os.utime(path, (time.time() - age,) * 2)
        command: list[str | Path] = [python, "-m", "build", "--no-isolation", "--sdist", "--wheel", root]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        digests.append(
            {path.suffix: hashlib.sha256(path.read_bytes()).hexdigest() for path in (root / "dist").iterdir()}
        )
    return {kind: digests[0][suffix] == digests[1][suffix] for kind, suffix in (("wheel", ".whl"), ("sdist", ".gz"))}


def main() -> None:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    pythons = {
        name: harness.environment(f"build-{name}", [f"{p}=={VERSIONS[p]}" for p in ("build", name)])
        for name in BACKENDS
    }
    for name in BACKENDS:
        project(name)
    figures: dict[str, object] = {}
    kinds = {"wheel": "build_wheel", "sdist": "build_sdist"}
    for kind, call in kinds.items():
        code = {name: hook(call).format(backend=backend) for name, backend in BACKENDS.items()}
        frontend: dict[str, list[str | Path]] = {
            name: [pythons[name], "-m", "build", f"--{kind}", "--no-isolation", "."] for name in BACKENDS
        }
        hooks: dict[str, list[str | Path]] = {name: [pythons[name], "-c", code[name]] for name in BACKENDS}
        for label, commands in {f"{kind}_with_build": frontend, f"{kind}_hook": hooks}.items():
            # each backend works in its own project; the shell only steps into it and removes what the last run left
            clean = 'cd "$0" && rm -rf build dist src/*.egg-info && exec "$@"'
            wrapped: dict[str, list[str | Path]] = {
                name: ["sh", "-c", clean, ROOT / name, *command] for name, command in commands.items()
            }
            samples = harness.alternate(wrapped, runs=RUNS)
            figures[label] = samples
    same = {name: identical(name, pythons[name]) for name in BACKENDS}
    contents = {name: packed(name) for name in BACKENDS}
    sizes = {name: harness.footprint(name, [f"{name}=={VERSIONS[name]}"]) for name in BACKENDS}
    results: dict[str, object] = {
        **figures,
        "runs": RUNS,
        "modules": MODULES,
        "install_mb": {name: size for name, (size, _) in sizes.items()},
        "dependencies": {name: count for name, (_, count) in sizes.items()},
        "packed_by_default": contents,
        "identical_after_touch": same,
    }
    question = "How long does each backend take to build one small package, what does it weigh and what does it pack?"
    harness.save("build-backends", question=question, versions=VERSIONS, results=results)


if __name__ == "__main__":
    main()
