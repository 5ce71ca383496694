"""One small site a kind of mistake, and exactly what `tiebreak check` says of it.

`make accept` rewrites every `expected.txt`; read the difference before you believe it.
"""

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import Cli

from tiebreak.cli import main

SITES = sorted(path for path in (Path(__file__).parent / "invalid").iterdir() if path.is_dir())
THIRTY = Path(__file__).parent / "invalid/thirty-mistakes"
CHECKS = Path(__file__).parents[1] / "content/pages/guide/checks.md"
WARNING = re.compile(r": warning\[(.+?)\]: ")
SOURCES = Path(__file__).parents[1] / "generator/tiebreak"
# What a folder of readable text files cannot show, and where it is tested instead.
ELSEWHERE = {
    "control-character": "content/test_front_matter.py",
    "foreign-file": "pages/test_collisions.py",
    "future-date": "rules/test_comparison.py",  # it depends on today
    "hidden-file": "storage/test_symlinks.py",
    "link-loop": "storage/test_symlinks.py",
    "linked-folder": "content/test_project.py",
    "long-navigation": "test_bounds.py",
    "missing-search": "pages/test_search.py",
    "not-a-file": "storage/test_symlinks.py",
    "not-utf-8": "content/test_front_matter.py",
    "outside-project": "content/test_project.py",
    "owners-file": "cli/test_untrusted.py",
    "too-deep": "content/test_project.py",
    "too-large": "test_bounds.py",
    "unsegmented-search": "pages/test_search.py",
    "unreadable": "content/test_project.py",
    "unreadable-text": "markdown/test_full.py",
    "untrusted-file": "cli/test_untrusted.py",
}
COMPLAINTS = {
    "Problem",
    "Notice",
    "problem",
    "body_problem",
    "report",
    "wrong",
    "warning",
    "warning_at",
    "warn",
    "BrokenReferenceError",
    "RefusedError",
} | {
    "_at_node",
    "_misplaced",
    "problem_at",
    "_problem",
    "_blame",
    "_located",
    "_blame_tag",
    "Fault",
    "Refusal",
    "Remark",
    "too_much",
}


def told(site: Path) -> str:
    """What `check` prints: problems as text, and how many there are."""
    runner = CliRunner(env={"TIEBREAK_DEBUG": "1"})
    return runner.invoke(main, ["check", "--project", str(site)], catch_exceptions=False).stderr


@pytest.mark.slow
@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_a_mistake_is_told_where_it_is_and_with_a_way_out(site: Path) -> None:
    """The text is part of the product: every character of it is meant."""
    assert told(site) == (site / "expected.txt").read_text("utf-8")


def test_thirty_mistakes_in_ten_files_are_told_at_once(tmp_path: Path, cli: Cli) -> None:
    """By `check` and by `build` alike, and what was published before stays as it is."""
    project = shutil.copytree(THIRTY, tmp_path / "project")
    (project / "site").mkdir()
    (project / "site/index.html").write_text("what was published before")
    result = cli("build", "--project", project, ok=False)
    assert result.stderr == told(THIRTY)
    problems = re.findall(r"^(content/\S+?):\d+:\d+: error\[", result.stderr, re.MULTILINE)
    assert (len(problems), len(set(problems))) == (30, 10)
    assert result.exit_code == 1
    assert sorted(path.name for path in project.iterdir()) == [".tiebreak", "content", "expected.txt", "site"]
    assert [path.read_text() for path in (project / "site").iterdir()] == ["what was published before"]


@pytest.mark.slow
def test_the_guide_names_what_only_a_check_tells(tmp_path: Path, cli: Cli) -> None:
    """A build gives every other warning of what it publishes, and no other; what depends on today is left out."""
    lacking = set[str]()
    for site in SITES:
        expected = (site / "expected.txt").read_text("utf-8")
        if "error[" not in expected:
            project = shutil.copytree(site, tmp_path / site.name)
            told, built = (set(WARNING.findall(one)) for one in (expected, cli("build", "--project", project).stderr))
            assert built <= told, site.name
            lacking |= told - built
    sentence = re.search(r"Only `tiebreak check` reads .*?\.\n", CHECKS.read_text("utf-8"), re.DOTALL)
    assert sentence
    assert lacking - {"stale"} == set(re.findall(r"`([a-z-]+)`", sentence[0]))


@pytest.mark.slow
def test_every_kind_of_mistake_has_a_site() -> None:
    """A code that the generator can print stands in some expected text, or is tested elsewhere and listed here."""
    texts = "".join((site / "expected.txt").read_text("utf-8") for site in SITES)
    shown = set(re.findall(r": (?:error|warning)\[(.+?)\]: ", texts))
    assert set(codes()) == shown | set(ELSEWHERE)
    for code, name in ELSEWHERE.items():
        assert code in (Path(__file__).parent / name).read_text("utf-8"), f"{name} says nothing of {code}"


def codes() -> Iterator[str]:
    """Every problem code in the sources: words with hyphens in the arguments of what makes problems."""
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in COMPLAINTS:
                for part in node.args:
                    value = getattr(part, "value", None)
                    if isinstance(value, str) and re.fullmatch(r"[a-z]+(-[a-z0-9]+)+|stale|unreadable", value):
                        yield value


if __name__ == "__main__":
    for site in SITES:
        (site / "expected.txt").write_text(told(site), encoding="utf-8", newline="\n")
