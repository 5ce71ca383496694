"""pytest and unittest: time to run 500 equal trivial tests, time to run one, and what pytest adds to an environment."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import harness

VERSIONS = {"pytest": "9.2.0"}
ROOT = harness.WORK / "test-runners"
FILES, TESTS = 10, 50
RUNS = 11


def functions(tests: int) -> str:
    """Plain test functions, as pytest likes them."""
    return "".join(f"def test_{n}() -> None:\n    assert {n} + 1 == {n + 1}\n\n\n" for n in range(tests))


def cases(tests: int) -> str:
    """The same tests as methods of a unittest.TestCase."""
    body = "".join(
        f"    def test_{n}(self) -> None:\n        self.assertEqual({n} + 1, {n + 1})\n\n" for n in range(tests)
    )
    return f"import unittest\n\n\nclass Arithmetic(unittest.TestCase):\n{body}"


def suite(name: str, text: str, files: int) -> Path:
    """A fresh directory of test files."""
    root = ROOT / name
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    for number in range(files):
        (root / f"test_file_{number}.py").write_text(text)
    return root


def main() -> None:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    python = harness.environment("pytest", [f"pytest=={VERSIONS['pytest']}"])
    results: dict[str, object] = {"tests": FILES * TESTS, "files": FILES, "runs": RUNS}
    for label, files, tests in (("one", 1, 1), ("all", FILES, TESTS)):
        plain = suite(f"functions-{label}", functions(tests), files)
        classes = suite(f"cases-{label}", cases(tests), files)
        pytest: list[str | Path] = [python, "-m", "pytest", "-q", "--rootdir"]
        commands: dict[str, Sequence[str | Path]] = {
            "bare-interpreter": [python, "-c", ""],
            "unittest": [python, "-m", "unittest", "discover", "-q", "-s", classes],
            "pytest-functions": [*pytest, plain, plain],
            "pytest-testcases": [*pytest, classes, classes],
        }
        results[label] = harness.alternate(commands, runs=RUNS, warmup=2)
    results["install_mb"], results["dependencies"] = harness.footprint("pytest", [f"pytest=={VERSIONS['pytest']}"])
    results["import_ms"] = harness.import_times(
        {"pytest": (python, "import pytest"), "unittest": (python, "import unittest")}
    )
    question = "What do 500 trivial tests, and a single one, cost under pytest and under unittest?"
    harness.save("test-runners", question=question, versions={**VERSIONS, "unittest": "Python's own"}, results=results)


if __name__ == "__main__":
    main()
