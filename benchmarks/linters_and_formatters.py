"""Ruff, Black and Flake8 on published packages: time, how alike they judge and format, and mistakes reported."""

import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import harness

VERSIONS = {"ruff": "0.17.6", "black": "26.10.1", "flake8": "7.5.0", "flake8-bugbear": "26.10.27"}
ROOT = Path(tempfile.gettempdir()) / "tiebreak-linters"  # outside the repository, whose settings they would read
REAL = ["rich==15.0.0", "click==8.5.1", "starlette==1.10.0", "httpx==0.28.1"]
RULES = "F,E4,E7,E9"  # what Pyflakes finds, and those rules of pycodestyle that Ruff has without `--preview`
ONE = "click/core.py"
RUNS = 7
Command = Sequence[str | Path]


def tools() -> dict[str, Path]:
    """The program of each tool, in an environment of its own; "bugbear" is Flake8 with that plug-in."""
    wanted = {name: [f"{name}=={VERSIONS[name]}"] for name in ("ruff", "black", "flake8")}
    found = {name: harness.environment(name, pins).parent / name for name, pins in wanted.items()}
    both = [f"{name}=={VERSIONS[name]}" for name in ("flake8", "flake8-bugbear")]
    return {**found, "bugbear": harness.environment("flake8-bugbear", both).parent / "flake8"}


def published() -> Path:
    """The Python files of the packages, as their authors published them."""
    site = next((harness.environment("linters-code", REAL).parents[1] / "lib").glob("python*/site-packages"))
    root = fresh("published")
    for pin in REAL:
        name = pin.partition("==")[0]
        for file in sorted((site / name).rglob("*.py")):
            target = root / file.relative_to(site)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
    return root


def fresh(name: str) -> Path:
    """An empty folder."""
    shutil.rmtree(ROOT / name, ignore_errors=True)
    (ROOT / name).mkdir(parents=True)
    return ROOT / name


def formatted(name: str, source: Path, command: Command) -> Path:
    """A copy of `source` after a formatter has rewritten it."""
    target = fresh(name)
    shutil.copytree(source, target, dirs_exist_ok=True)
    subprocess.run([*command, target], check=True, capture_output=True)
    return target


def alike(one: Path, other: Path) -> dict[str, int]:
    """How many files and lines there are in `one`, and how many of them `other` has otherwise."""
    files = [file.read_text().splitlines() for file in sorted(one.rglob("*.py"))]
    diff: list[str | Path] = ["git", "diff", "--no-index", "--numstat", one, other]
    told = subprocess.run(diff, capture_output=True, text=True).stdout.splitlines()
    removed = [int(line.split("\t")[1]) for line in told]
    return {
        "files": len(files),
        "changed_files": len(removed),
        "lines": sum(map(len, files)),
        "changed_lines": sum(removed),
    }


def findings(command: Command, folder: Path) -> list[tuple[str, int, str]]:
    """File, line and code of all that a linter reports."""
    told = subprocess.run([*command, "."], cwd=folder, capture_output=True, text=True).stdout
    rows = re.findall(r"^(.+?):(\d+):\d+: (\S+)", told, re.MULTILINE)
    return [(Path(file).as_posix(), int(line), code) for file, line, code in rows]


def by_rule(found: Counter[tuple[str, str]]) -> dict[str, int]:
    """How many findings there are of each rule."""
    counted: Counter[str] = Counter()
    for (_, rule), times in found.items():
        counted[rule] += times
    return dict(counted.most_common())


def linters(program: Mapping[str, Path]) -> dict[str, Command]:
    """Each linter with its own choice of rules, and without those that Black makes pointless."""
    flake8 = ["--isolated", "--exit-zero", "--extend-ignore", "E203,E501,E701"]
    return {
        "ruff": [program["ruff"], "check", "--isolated", "--no-cache", "--exit-zero", "--output-format", "concise"],
        "flake8": [program["flake8"], *flake8],
        "flake8-bugbear": [program["bugbear"], *flake8],
    }


def mistakes(commands: Mapping[str, Command]) -> dict[str, object]:
    """Which planted mistakes each linter reports on its line, and how many lines besides."""
    root = fresh("mistakes")
    source = (Path(__file__).parent / "linters_mistakes.txt").read_text()
    (root / "mistakes.py").write_text(source)
    marked = {number: line.partition("# wrong: ")[2] for number, line in enumerate(source.splitlines(), 1)}
    wrong = {number: what for number, what in marked.items() if what}
    lines = {name: {line for _, line, _ in findings(command, root)} for name, command in commands.items()}
    return {
        "planted": len(wrong),
        "found": {name: len(found & set(wrong)) for name, found in lines.items()},
        "missed": {name: [wrong[number] for number in wrong if number not in found] for name, found in lines.items()},
        "lines_flagged_elsewhere": {name: len(found - set(wrong)) for name, found in lines.items()},
    }


def formatting(program: Mapping[str, Path], source: Path, by_black: Path) -> dict[str, object]:
    """Each formatter checks its own formatting, without a cache and with one; then Ruff formats after Black."""
    black: Command = [program["black"], "--quiet"]
    ruff: Command = [program["ruff"], "format", "--isolated", "--quiet"]
    by_ruff = formatted("ruff", source, [*ruff, "--no-cache"])
    ruff_after_black = formatted("ruff-after-black", by_black, [*ruff, "--no-cache"])
    cache = ROOT / "cache"
    check: dict[str, Command] = {
        "black": [*black, "--check", "--cache-dir", cache / "black", by_black],
        "ruff": [*ruff, "--check", "--cache-dir", cache / "ruff", by_ruff],
    }
    one: dict[str, Command] = {
        "black": [*black, "--check", "--cache-dir", "/dev/null", by_black / ONE],
        "ruff": [*ruff, "--check", "--no-cache", by_ruff / ONE],
    }
    cold = harness.alternate(check, runs=RUNS, before=lambda name: shutil.rmtree(cache / name, ignore_errors=True))
    return {
        "format_check_cold": cold,
        "format_check_cached": harness.alternate(check, runs=RUNS),
        "format_one_file": harness.alternate(one, runs=RUNS),
        "ruff_after_black": alike(by_black, ruff_after_black),
    }


def linting(program: Mapping[str, Path], code: Path) -> dict[str, object]:
    """Ruff and Flake8 with their own rules and with the same ones, on Black's formatting; then the mistakes."""
    lint = linters(program)
    two = ("ruff", "flake8")
    same = {name: [*lint[name], "--select", RULES] for name in two}
    # by file and rule: of a statement over several lines, one names the first line and the other the line of the name
    ruff, flake8 = (Counter((file, rule) for file, _, rule in findings(same[name], code)) for name in two)
    return {
        "lint_own_rules": harness.alternate({name: [*lint[name], "."] for name in two}, runs=RUNS, cwd=code),
        "lint_same_rules": harness.alternate({name: [*same[name], "."] for name in two}, runs=RUNS, cwd=code),
        "lint_one_file": harness.alternate({name: [*lint[name], ONE] for name in two}, runs=RUNS, cwd=code),
        "same_rules_findings": {
            "ruff": ruff.total(),
            "flake8": flake8.total(),
            "both": (ruff & flake8).total(),
            "only_ruff": by_rule(ruff - flake8),
            "only_flake8": by_rule(flake8 - ruff),
        },
        "own_rules_findings": {name: len(findings(command, code)) for name, command in lint.items()},
        "mistakes": mistakes({**lint, "ruff-defaults-before-0.16": same["ruff"]}),
    }


def main() -> None:
    program = tools()
    source = published()
    by_black = formatted("black", source, [program["black"], "--quiet"])
    files = [file.read_text().splitlines() for file in source.rglob("*.py")]
    alone = {name: [f"{name}=={VERSIONS[name]}"] for name in program if name != "bugbear"}
    results: dict[str, object] = {
        "files": len(files),
        "lines": sum(map(len, files)),
        **formatting(program, source, by_black),
        **linting(program, by_black),
        "footprint": {name: harness.footprint(name, wanted) for name, wanted in alone.items()},
    }
    question = "What do Ruff, Black and Flake8 cost on published code, and how alike do they judge and format it?"
    harness.save("linters-and-formatters", question=question, versions=VERSIONS, results=results)


if __name__ == "__main__":
    main()
