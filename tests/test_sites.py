"""Whole sites, byte for byte.

`make accept` rewrites what is expected; read the difference before you believe it.
"""

import shutil
import tempfile
from pathlib import Path

from published import DRINKS, publish_copy, snapshot

EXPECTED = DRINKS / "expected"


def expected() -> dict[str, str]:
    return {
        file.relative_to(EXPECTED).as_posix(): file.read_text("utf-8")
        for file in sorted(EXPECTED.rglob("*"))
        if file.is_file()
    }


def test_the_sample_site_is_made_as_it_was_last_looked_at(tmp_path: Path) -> None:
    """Every file of a site that uses every feature stays as it is until somebody means a change."""
    found, wanted = snapshot(publish_copy(DRINKS, tmp_path)), expected()
    assert sorted(found) == sorted(wanted)
    for path, text in found.items():
        assert text == wanted[path], f"{path} changed; `make accept` takes it up"


def rewrite() -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = snapshot(publish_copy(DRINKS, Path(folder)))
    shutil.rmtree(EXPECTED, ignore_errors=True)
    for path, text in found.items():
        target = EXPECTED / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="")


if __name__ == "__main__":
    rewrite()
