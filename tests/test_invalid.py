"""One small site a kind of mistake, and exactly what `tiebreak check` says of it.

Run as a script, this file rewrites every `expected.txt`; read the difference before you believe it.
"""

import ast
from pathlib import Path

import pytest
from click.testing import CliRunner

from tiebreak.cli import main

SITES = sorted(path for path in (Path(__file__).parent / "invalid").iterdir() if path.is_dir())
SOURCES = Path(__file__).parents[1] / "generator/tiebreak"


def told(site: Path) -> str:
    """What `check` prints: problems as text, and how many there are."""
    return CliRunner(env={"TIEBREAK_DEBUG": "1"}).invoke(main, ["check", "--project", str(site)], catch_exceptions=False).stderr


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_a_mistake_is_told_where_it_is_and_with_a_way_out(site: Path) -> None:
    """The text is part of the product: every character of it is meant."""
    assert told(site) == (site / "expected.txt").read_text("utf-8")


if __name__ == "__main__":
    for site in SITES:
        (site / "expected.txt").write_text(told(site), encoding="utf-8", newline="\n")
