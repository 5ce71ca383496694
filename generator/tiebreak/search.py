"""The search index: Pagefind's, made of the pages as they are published, and published beside them."""

import sys
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path

from tiebreak.packing import digest

FOLDER = "pagefind/"
ENTRY = f"{FOLDER}pagefind-entry.json"
# What stands on pages and is not what they say.
NOT_INDEXED = ".scripted, .yours, .factor-note, .byline, .legend, .related, .facts, .feedback, .tags, .anchor"
_PARTS = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json")  # its other scripts are ready-made dialogs


def is_here() -> bool:
    """Whether Pagefind is installed, which is an extra."""
    return find_spec("pagefind") is not None


def is_part(path: str) -> bool:
    """Whether a file of the site belongs to its index."""
    return path.startswith(FOLDER)


def due(keys: Mapping[str, bytes], lost: Iterable[str]) -> bytes | None:
    """The key of the index that is to be made; None when the one that is there is of the same pages, and whole.

    `keys` are those of the files of the site; `lost` those that are not as a build left them.
    """
    key = digest(sorted((path, key) for path, key in keys.items() if path.endswith(".html")))
    return None if keys.get(ENTRY) == key and not any(map(is_part, lost)) else key


def index(output: Path) -> dict[str, bytes]:
    """The files of an index of the pages in a folder, by their paths in the site; the same of the same pages.

    Raises OSError when Pagefind fails.
    """
    import subprocess  # only builds that make an index need it
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        options = ["--site", str(output), "--output-path", folder, "--exclude-selectors", NOT_INDEXED]
        run = [sys.executable, "-m", "pagefind", *options, "--quiet"]
        done = subprocess.run(run, capture_output=True, text=True, check=False)  # noqa: S603 -- our own arguments
        if done.returncode:
            raise OSError(f"Pagefind could not index the site: {(done.stderr or done.stdout).strip()}")
        made = Path(folder)
        return {f"{FOLDER}{path}": (made / path).read_bytes() for path in _needed(made)}


def _needed(made: Path) -> list[str]:
    """What searching takes: its own script, and what that loads."""
    paths = sorted(path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file())
    return [path for path in paths if path in _PARTS or not path.endswith((".js", ".css", ".json"))]
