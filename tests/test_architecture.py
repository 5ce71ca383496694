"""The house stands as ARCHITECTURE.md draws it."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "generator/tiebreak"
MODULES = frozenset(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))
DRAWN = dict(
    re.findall(r"^\| `([\w/]+\.py)` \| (.+?) \|$", (ROOT / "ARCHITECTURE.md").read_text("utf-8"), re.MULTILINE)
)


@cache
def tree_of(file: str) -> ast.Module:
    return ast.parse((PACKAGE / file).read_text("utf-8"))


def file_of(module: str) -> str:
    """The file of a module of the package by its dotted name: "tiebreak.model.slugs" is "model/slugs.py"."""
    path = "/".join(module.split(".")[1:])
    return f"{path}.py" if f"{path}.py" in MODULES else f"{path}/__init__.py".removeprefix("/")


def imported(file: str) -> set[str]:
    """The package's own files that one of them imports from, wherever in it."""
    found = set()
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.ImportFrom) and f"{node.module}.".startswith("tiebreak."):
            found |= {file_of(f"{node.module}.{one.name}") for one in node.names} & MODULES or {
                file_of(str(node.module))
            }
        elif isinstance(node, ast.Import):
            found |= {file_of(one.name) for one in node.names if f"{one.name}.".startswith("tiebreak.")}
    return found


def test_every_module_is_drawn() -> None:
    """Once, in a table that says in a sentence what it owns."""
    assert sorted(DRAWN) == sorted(MODULES)


def test_imports_run_one_way() -> None:
    """From the command line to the values: a module imports only from what stands below it."""
    order = list(DRAWN)
    upwards = {file: sorted(imported(file) - set(order[order.index(file) + 1 :])) for file in MODULES}
    assert upwards == {file: [] for file in MODULES}


def test_every_module_says_what_it_owns() -> None:
    """In one sentence, first thing, and the drawing says the same."""
    said = {file: " ".join((ast.get_docstring(tree_of(file)) or "").split()) for file in MODULES}
    sentences = {file: re.match(r".*?\.(?=\s|$)", text) for file, text in said.items()}
    assert {file: sentence and sentence[0] for file, sentence in sentences.items()} == DRAWN


def test_a_folder_hands_on_what_others_may_use() -> None:
    """Who is not in it imports from the folder, and not from its modules."""
    for file in sorted(MODULES):
        named = [str(node.module).split(".") for node in ast.walk(tree_of(file)) if isinstance(node, ast.ImportFrom)]
        inner = [parts for parts in named if parts[0] == "tiebreak" and len(parts) > 2]
        assert [".".join(parts) for parts in inner if parts[1] != file.partition("/")[0]] == [], file


def test_modules_and_functions_fit_on_a_screen_or_a_few() -> None:
    """A module has at most 300 lines, and a function 40."""
    for file in sorted(MODULES):
        assert len((PACKAGE / file).read_text("utf-8").splitlines()) <= 300, file
        functions = [node for node in ast.walk(tree_of(file)) if isinstance(node, ast.FunctionDef)]
        assert [one.name for one in functions if (one.end_lineno or 0) - one.lineno >= 40] == [], file
