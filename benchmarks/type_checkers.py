"""Python type checkers: a cold check of published and generated code, and which plain mistakes each reports."""

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import harness

VERSIONS = {"mypy": "2.4.1", "pyright": "1.1.414", "pyrefly": "1.5.0", "ty": "0.0.108", "zuban": "0.10.2"}
# outside the repository: the checkers would read its settings, and pyright passes over directories with a leading dot
ROOT = Path(tempfile.gettempdir()) / "tiebreak-type-checkers"
SETTINGS = {"pyrefly.toml": "", "ty.toml": "", "mypy.ini": "[mypy]\n", "pyrightconfig.json": "{}"}
MODULES = 60
RUNS = 7
REAL = ["rich==15.0.0", "click==8.5.1", "starlette==1.10.0", "httpx==0.28.1"]
SHELL = ["sh", "-c", '"$@" >/dev/null 2>&1; test $? -le 1', "sh"]  # 1: there are errors, as there are in any real code
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
FUNCTION = """def work_{k}(items: Iterable[Item], kind: Kind = "alpha") -> dict[str, list[int]]:
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

"""
USE = """def use_{m}(items: list[Item]) -> Store{m}[int]:
    return Store{m}({{str(len(items)): {m}}})
"""


def package() -> Path:
    """A package of correctly typed modules, each importing from the three before it."""
    root = ROOT / "package"
    shutil.rmtree(root, ignore_errors=True)
    (root / "demo").mkdir(parents=True)
    (root / "demo" / "__init__.py").write_text("")
    for n in range(MODULES):
        before = range(max(0, n - 3), n)
        imports = "\n".join(f"from demo.module_{m} import Store as Store{m}, work_0 as work_of_{m}" for m in before)
        uses = "\n\n".join(USE.format(m=m) for m in before)
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


def real(python: Path) -> Path:
    """Four published packages, copied out of the environment that also holds what they import."""
    root = ROOT / "real"
    shutil.rmtree(root, ignore_errors=True)
    site = next((python.parents[1] / "lib").glob("python*/site-packages"))
    for wanted in REAL:
        name = wanted.partition("==")[0].lower()
        shutil.copytree(site / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "*.so", "*.pyx"))
    return root


def measured(root: Path, names: Sequence[str], commands: Mapping[str, Sequence[str | Path]]) -> dict[str, object]:
    """CPU time with its spread, and medians of wall time and memory, over alternating runs in `root`."""
    for file, text in SETTINGS.items():  # without a file of its own Pyrefly looks for less
        (root / file).write_text(text)
    wrapped = {name: [*SHELL, *command, *names] for name, command in commands.items()}
    samples = harness.alternate(wrapped, runs=RUNS, cwd=root)
    return {
        "lines": sum(len(path.read_text().splitlines()) for path in root.rglob("*.py")),
        "cpu_s": {name: harness.cpu(one, unit=1000, digits=2) for name, one in samples.items()},
        "wall_s": {name: round(one.wall_ms / 1000, 2) for name, one in samples.items()},
        "peak_mb": {name: round(one.peak_mb) for name, one in samples.items()},
    }


def reported(tools: Mapping[str, Sequence[str | Path]]) -> dict[str, object]:
    """Which of the planted mistakes each checker reports, as installed and set up: no settings lie beside the file."""
    source = (Path(__file__).parent / "type_checkers_mistakes.txt").read_text()
    marked = {number: line.partition("# wrong: ")[2] for number, line in enumerate(source.splitlines(), 1)}
    wrong = {number: what for number, what in marked.items() if what}
    checks: dict[str, tuple[Mapping[str, str], Sequence[str | Path]]] = {
        "mypy": ({}, tools["mypy"]),
        "mypy-strict": ({}, [*tools["mypy"], "--strict"]),
        "mypy-strict-possibly-undefined": (
            {},
            [*tools["mypy"], "--strict", "--enable-error-code", "possibly-undefined"],
        ),
        "pyright": ({}, [*tools["pyright"], "--outputjson"]),
        "pyrefly": ({}, [*tools["pyrefly"], "--output-format", "min-text"]),
        "pyrefly-own-file": ({"pyrefly.toml": ""}, [*tools["pyrefly"], "--output-format", "min-text"]),
        "ty": ({}, [*tools["ty"], "--output-format", "concise"]),
        "ty-all": ({}, [*tools["ty"], "--output-format", "concise", "--error", "all"]),
        "zuban": ({}, tools["zuban"]),
    }
    lines: dict[str, list[int]] = {}
    for name, (settings, command) in checks.items():
        folder = ROOT / "mistakes" / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for file, text in {"mistakes.py": source, **settings}.items():
            (folder / file).write_text(text)
        lines[name] = flagged([*command, "mistakes.py"], folder)
    return {
        "mistakes": len(wrong),
        "found": {name: len(set(found) & set(wrong)) for name, found in lines.items()},
        "missed": {name: [wrong[number] for number in wrong if number not in found] for name, found in lines.items()},
        "lines_flagged_elsewhere": {name: len(set(found) - set(wrong)) for name, found in lines.items()},
    }


def footprint(name: str) -> float:
    """Megabytes that a checker adds to an empty environment, or to an empty folder where npm installs it."""
    if name != "pyright":
        return harness.footprint(name, [f"{name}=={VERSIONS[name]}"])[0]
    files = (path for path in (ROOT / "node" / "node_modules").rglob("*") if path.is_file())
    return round(sum(path.stat().st_size for path in files) / 1e6, 1)


def checkers(python: Path) -> dict[str, list[str | Path]]:
    """The command of each checker, told which Python holds the third-party packages."""
    node = ROOT / "node"
    if not (node / "node_modules" / "pyright").exists():
        node.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "install", "--silent", "--prefix", node, f"pyright@{VERSIONS['pyright']}"], check=True)
    tools = {
        name: harness.environment(name, [f"{name}=={VERSIONS[name]}"]).parent for name in VERSIONS if name != "pyright"
    }
    return {
        "mypy": [tools["mypy"] / "mypy", "--python-executable", python, "--no-error-summary", "--cache-dir=/dev/null"],
        "pyright": ["node", node / "node_modules" / "pyright" / "index.js", "--pythonpath", python],
        "pyrefly": [tools["pyrefly"] / "pyrefly", "check", "--python-interpreter-path", python],
        "ty": [tools["ty"] / "ty", "check", "--python", python, "--no-progress"],
        "zuban": [tools["zuban"] / "zuban", "check", "--python-executable", python],
    }


def main() -> None:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    python = harness.environment("type-checkers-real", REAL)
    tools = checkers(python)
    timed: dict[str, Sequence[str | Path]] = dict(tools)
    timed["mypy-warm-cache"] = [*tools["mypy"][:-1], "--cache-dir", ROOT / "cache"]
    generated = measured(package(), ["demo"], timed)
    last = ROOT / "package" / "demo" / f"module_{MODULES - 1}.py"
    last.write_text(last.read_text() + "\n\nwrong: int = 'text'\n")
    for name, command in timed.items():  # does each of them look at every module?
        output = subprocess.run(
            [*map(str, command), "demo"], cwd=ROOT / "package", capture_output=True, text=True
        ).stdout
        assert last.name in output, (name, output)
    published = measured(real(python), [wanted.partition("==")[0].lower() for wanted in REAL], timed)
    results: dict[str, object] = {
        "modules": MODULES,
        "generated": generated,
        "published": published,
        **reported(tools),
        "install_mb": {name: footprint(name) for name in VERSIONS},
    }
    question = "How long does a cold check take, and which plain mistakes does each type checker report?"
    harness.save("type-checkers", question=question, versions=VERSIONS, results=results)


if __name__ == "__main__":
    main()
