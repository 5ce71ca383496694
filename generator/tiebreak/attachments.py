"""Files beside an article: which kinds are published, and how large an image is."""

import re
from pathlib import Path, PurePosixPath

from tiebreak import limits
from tiebreak.problems import Problem
from tiebreak.site import File
from tiebreak.source import too_large

IMAGES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg"})
# Nothing that a browser would run on the site's own origin.
DATA = frozenset(
    {".csv", ".tsv", ".json", ".jsonl", ".txt", ".log", ".yaml", ".yml", ".pdf", ".zip", ".parquet", ".ipynb"}
)
_ACTIVE = re.compile(
    rb"<\s*(\w+:)?(script|foreignobject|iframe|embed|object|handler)\b|[\s/\"']on\w+\s*=|javascript:|<!(ENTITY|DOCTYPE)|<\?xml-stylesheet",
    re.IGNORECASE,
)


def attachment(root: Path, path: str) -> File | Problem:
    """The file at `path` (relative to the project at `root`) as it is published, or why it is not."""
    suffix = PurePosixPath(path).suffix.lower()
    address = "/" + path.removeprefix("content/").removeprefix("pages/")
    if suffix not in IMAGES | DATA:
        help = "convert it, or put it under static/ if you trust it as you trust the theme"
        return Problem(path, 0, 0, "file-type", f'files ending in "{suffix}" are not published', help=help)
    if (root / path).stat().st_size > (limits.TEXT_FILE if suffix == ".svg" else limits.OTHER_FILE):
        return too_large(path, limits.TEXT_FILE if suffix == ".svg" else limits.OTHER_FILE)
    if suffix == ".svg" and _is_active((root / path).read_bytes()):
        help = "save it as a plain SVG in UTF-8, without scripts, event handlers and entities"
        return Problem(path, 0, 0, "active-svg", "this drawing can run code", help=help)
    return File(address, path, _size(root / path) if suffix in IMAGES else None)


def _is_active(svg: bytes) -> bool:
    """Whether a drawing could run code when it is opened by itself; one that is not plain UTF-8 is not trusted."""
    return b"\0" in svg or svg.startswith((b"\xff\xfe", b"\xfe\xff")) or b"&#" in svg or _ACTIVE.search(svg) is not None


def _size(image: Path) -> tuple[int, int] | None:
    import imagesize

    width, height = imagesize.get(str(image))
    return (round(width), round(height)) if width > 0 and height > 0 else None
