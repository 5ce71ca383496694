"""The house stands as ARCHITECTURE.md draws it: imports lead down, and the command line starts light."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "generator/tiebreak").glob("*.py"))
# From the outside in; a module may import only from the lines below its own.
LAYERS = (
    "__main__",
    "cli",
    "serve scaffold",
    "build",
    "render review link publish",
    "theming rulings",
    "routes rows",
    "balance feedback related evidence",
    "linker",
    "references subjects",
    "content",
    "schema",
    "scalars attachments layout source",
    "markup colors",
    "names problems",
    "model",
    "__init__",
)
DEPTH = {module: depth for depth, layer in enumerate(LAYERS) for module in layer.split()}


def imported(path: Path) -> set[str]:
    """The package's own modules that one of them imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "tiebreak":
            module = (node.module or "").partition(".")[2]
            found |= {module} if module else {name.name if name.name in DEPTH else "__init__" for name in node.names}
        elif isinstance(node, ast.Import):
            found |= {name.name.partition(".")[2] for name in node.names if name.name.startswith("tiebreak")}
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_imports_run_one_way(path: Path) -> None:
    """From the command line to the values; never back, never sideways."""
    assert {module for module in imported(path) if DEPTH[module] <= DEPTH[path.stem]} == set()


def test_every_module_has_its_place() -> None:
    """In the layers above, and in the table of ARCHITECTURE.md, each once."""
    modules = sorted(path.stem for path in SOURCES)
    rows = re.findall(r"^\| `(\w+)\.py` \|", (ROOT / "ARCHITECTURE.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(DEPTH) == modules
    assert sorted(rows) == modules


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_module_says_what_it_owns(path: Path) -> None:
    """In one sentence, first thing."""
    said = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    assert said
    assert said.split("\n")[0].endswith(".")


def test_the_command_line_starts_light() -> None:
    """`--help` and shell completion do not wait for libraries that only a build needs."""
    code = "import sys, tiebreak.cli; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert "click" in loaded
    heavy = {
        "pydantic",
        "jinja2",
        "markdown",
        "yaml",
        "livereload",
        "tornado",
        "watchfiles",
        "pygments",
        "coloraide",
        "nh3",
    }
    assert heavy & set(loaded) == set()
