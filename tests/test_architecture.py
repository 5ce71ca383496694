"""The house stands as ARCHITECTURE.md draws it."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = {path.stem: path for path in sorted((ROOT / "generator/tiebreak").glob("*.py"))}
DRAWN = re.findall(r"^\| `(\w+)\.py` \|", (ROOT / "ARCHITECTURE.md").read_text("utf-8"), re.MULTILINE)


def imported(path: Path) -> set[str]:
    """The package's own modules that one of them imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "tiebreak":
            module = (node.module or "").partition(".")[2]
            found |= {module} if module else {one.name if one.name in MODULES else "__init__" for one in node.names}
        elif isinstance(node, ast.Import):
            found |= {one.name.partition(".")[2] or "__init__" for one in node.names if "tiebreak" in one.name}
    return found


def test_every_module_is_drawn() -> None:
    """Once, in the table that says in a sentence what it owns."""
    assert sorted(DRAWN) == sorted(MODULES)


@pytest.mark.parametrize("module", MODULES)
def test_imports_run_one_way(module: str) -> None:
    """From the command line to the values: a module imports only what stands below it in the table."""
    above = DRAWN[: DRAWN.index(module) + 1]
    assert imported(MODULES[module]) & set(above) == set()


@pytest.mark.parametrize("module", MODULES)
def test_every_module_says_what_it_owns(module: str) -> None:
    """In one sentence, first thing."""
    said = ast.get_docstring(ast.parse(MODULES[module].read_text("utf-8"))) or ""
    assert said.split("\n")[0].endswith(".")
