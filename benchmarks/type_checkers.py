"""Four Python type checkers: time for a cold check of a generated typed package, memory, and which mistakes each reports."""

import json
import os
import re
import shutil
import statistics
import subprocess
from collections.abc import Sequence
from pathlib import Path

import harness

VERSIONS = {"mypy": "2.4.1", "pyright": "1.1.414", "pyrefly": "1.4.1", "ty": "0.0.105"}
ROOT = harness.WORK / "type-checkers"
MODULES = 150
RUNS = 9
MODULE = '''"""Module {n}."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, Literal, Protocol, TypedDict, TypeVar

{imports}

T = TypeVar("T")
Kind = Literal["alpha", "beta", "gamma"]


class Named(Protocol):
    @property
    def name(self) -> str: ...


class Row(TypedDict):
    key: str
    value: float


@dataclass(frozen=True)
class Item:
    name: str
    size: int = 0
    tags: tuple[str, ...] = ()


@dataclass
class Store(Generic[T]):
    entries: dict[str, T] = field(default_factory=dict)

    def put(self, key: str, value: T) -> None:
        self.entries[key] = value

    def get(self, key: str, default: T | None = None) -> T | None:
        return self.entries.get(key, default)

    def map(self, function: Callable[[T], T]) -> Store[T]:
        return Store({{key: function(value) for key, value in self.entries.items()}})


{functions}
'''
FUNCTION = '''def work_{k}(items: Iterable[Item], kind: Kind = "alpha") -> dict[str, list[int]]:
    grouped: dict[str, list[int]] = {{}}
    for position, item in enumerate(sorted(items, key=lambda one: (one.size, one.name))):
        match kind:
            case "alpha":
                grouped.setdefault(item.name, []).append(position + {k})
            case "beta" | "gamma":
                grouped.setdefault(item.name.upper(), []).extend(range(position))
    return {{key: values for key, values in grouped.items() if values}}


def rows_{k}(named: Iterable[Named], factor: float = 1.5) -> Iterator[Row]:
    for index, one in enumerate(named):
        if isinstance(one, Item) and one.tags:
            yield {{"key": one.tags[0], "value": one.size * factor}}
        else:
            yield Row(key=one.name, value=float(index))


def stored_{k}(rows: Iterable[Row]) -> Store[float]:
    store: Store[float] = Store()
    for row in rows:
        previous = store.get(row["key"])
        store.put(row["key"], row["value"] if previous is None else previous + row["value"])
    return store.map(lambda value: round(value, {k} % 5))

'''


def package() -> Path:
    """A package of correctly typed modules, each importing from the three before it."""
    root = ROOT / "package"
    shutil.rmtree(root, ignore_errors=True)
    (root / "demo").mkdir(parents=True)
    (root / "demo" / "__init__.py").write_text("")
    for n in range(MODULES):
        imports = "\n".join(f"from demo.module_{m} import Store as Store{m}, work_0 as work_of_{m}" for m in range(max(0, n - 3), n))
        uses = "\n\n".join(f"def use_{m}(items: list[Item]) -> Store{m}[int]:\n    return Store{m}({{str(len(items)): {m}}})\n" for m in range(max(0, n - 3), n))
        functions = "\n".join(FUNCTION.format(k=k) for k in range(15)) + "\n\n" + uses
        (root / "demo" / f"module_{n}.py").write_text(MODULE.format(n=n, imports=imports, functions=functions))
    return root


def flagged(command: Sequence[str | Path], folder: Path) -> list[int]:
    """The lines of mistakes.py that a checker reports as errors or warnings."""
    output = subprocess.run([str(word) for word in command], cwd=folder, capture_output=True, text=True).stdout
    if output.lstrip().startswith("{"):
        found = [one["range"]["start"]["line"] + 1 for one in json.loads(output)["generalDiagnostics"]]
    else:
        found = [int(number) for number in re.findall(r"mistakes\.py:(\d+)", output)]
    return sorted(set(found))


def main() -> None:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    pythons = {name: harness.environment(name, [f"{name}=={VERSIONS[name]}"]) for name in VERSIONS if name != "pyright"}
    node = ROOT / "node"
    if not (node / "node_modules" / "pyright").exists():
        node.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "install", "--silent", "--prefix", node, f"pyright@{VERSIONS['pyright']}"], check=True)
    python = harness.environment("empty", [])
    mypy: list[str | Path] = [pythons["mypy"].parent / "mypy", "--python-executable", python, "--no-error-summary"]
    pyright: list[str | Path] = ["node", node / "node_modules" / "pyright" / "index.js", "--pythonpath", python]
    pyrefly: list[str | Path] = [pythons["pyrefly"].parent / "pyrefly", "check", "--python-interpreter-path", python]
    ty: list[str | Path] = [pythons["ty"].parent / "ty", "check", "--python", python, "--no-progress"]
    root = package()
    for file in ("pyrefly.toml", "ty.toml"):
        (root / file).write_text("")
    cold: list[str | Path] = [*mypy, "--cache-dir=/dev/null", "demo"]
    commands: dict[str, Sequence[str | Path]] = {
        "mypy": cold,
        "mypy-2-workers": [*mypy, "--cache-dir", ROOT / "cold-cache", "-n", "2", "demo"],
        "mypy-warm-cache": [*mypy, "--cache-dir", ROOT / "cache", "demo"],
        "pyright": [*pyright, "demo"],
        "pyrefly": [*pyrefly, "demo"],
        "ty": [*ty, "demo"],
    }
    samples: dict[str, list[harness.Sample]] = {name: [] for name in commands}
    for turn in range(RUNS + 1):  # the first turn is not counted
        for name, command in commands.items():
            shutil.rmtree(ROOT / "cold-cache", ignore_errors=True)
            one = harness.alternate({name: command}, runs=1, warmup=0, cwd=root)[name]
            if turn:
                samples[name].append(one)
    mistakes = ROOT / "mistakes"
    shutil.rmtree(mistakes, ignore_errors=True)
    mistakes.mkdir()
    source = (Path(__file__).parent / "type_checkers_mistakes.txt").read_text()
    (mistakes / "mistakes.py").write_text(source)
    for file in ("pyrefly.toml", "ty.toml"):
        (mistakes / file).write_text("")
    wrong = {number: line.partition("# wrong: ")[2] for number, line in enumerate(source.splitlines(), 1) if "# wrong: " in line}
    checks: dict[str, Sequence[str | Path]] = {
        "mypy": [*mypy, "--cache-dir=/dev/null", "mistakes.py"],
        "mypy-strict": [*mypy, "--cache-dir=/dev/null", "--strict", "mistakes.py"],
        "pyright": [*pyright, "--outputjson", "mistakes.py"],
        "pyrefly": [*pyrefly, "--output-format", "min-text", "mistakes.py"],
        "ty": [*ty, "--output-format", "concise", "mistakes.py"],
    }
    lines = {name: flagged(command, mistakes) for name, command in checks.items()}
    code_lines = sum(len(path.read_text().splitlines()) for path in root.rglob("*.py"))
    results: dict[str, object] = {
        "modules": MODULES,
        "lines": code_lines,
        "runs": RUNS,
        "wall_ms": {name: round(statistics.median(s.wall_ms for s in values)) for name, values in samples.items()},
        "cpu_ms": {name: round(statistics.median(s.cpu_ms for s in values)) for name, values in samples.items()},
        "peak_mb": {name: round(statistics.median(s.peak_mb for s in values)) for name, values in samples.items()},
        "mistakes": len(wrong),
        "found": {name: len(set(found) & set(wrong)) for name, found in lines.items()},
        "missed": {name: [what for number, what in wrong.items() if number not in found] for name, found in lines.items()},
        "lines_flagged_elsewhere": {name: len(set(found) - set(wrong)) for name, found in lines.items()},
        "install_mb": {
            name: round(sum(p.stat().st_size for p in (node / "node_modules").rglob("*") if p.is_file()) / 1e6, 1)
            if name == "pyright"
            else harness.footprint(name, [f"{name}=={VERSIONS[name]}"])[0]
            for name in VERSIONS
        },
    }
    question = "How long do four type checkers take for a cold check, and which of some plain mistakes do they report unconfigured?"
    harness.save("type-checkers", question=question, versions=VERSIONS, results=results)


if __name__ == "__main__":
    main()
