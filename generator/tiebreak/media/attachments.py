"""Files beside an article: which kinds are published, as what bytes, and how large an image is."""

from pathlib import Path, PurePosixPath
from urllib.parse import quote

from tiebreak import limits
from tiebreak.media.signatures import HEAD, MEASURED, has_signature, is_signed, looks_like_page, measured
from tiebreak.model import Attachment
from tiebreak.problems import Problem, SiteError
from tiebreak.storage import nofollow, refusals

IMAGES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg"})
# Nothing that a browser would run on the site's own origin.
DATA = frozenset(
    {".csv", ".tsv", ".json", ".jsonl", ".txt", ".log", ".yaml", ".yml", ".pdf", ".zip", ".parquet", ".ipynb"}
)
WIDEST = 32_767  # pixels that a page makes room for


def attachment(root: Path, file: str) -> Attachment | list[Problem]:
    """The `file` (relative to the project at `root`) as it is published, or why it is not."""
    suffix = PurePosixPath(file).suffix.lower()
    address = quote("/" + file.removeprefix("content/").removeprefix("pages/"))
    if suffix not in IMAGES | DATA:
        help = "convert it, or put it under static/ if you trust it as you trust the theme"
        return [Problem(file, 0, 0, "file-type", f'files ending in "{suffix}" are not published', help=help)]
    most = limits.TEXT_FILE if suffix == ".svg" else limits.OTHER_FILE
    try:
        if nofollow.status(root, file).st_size > most:
            return [refusals.too_large(file, most)]
        data = nofollow.read(root, file, None if suffix == ".svg" else MEASURED if suffix in IMAGES else HEAD)
    except OSError as error:
        return [refusals.as_problem(file, error)]
    if suffix == ".svg":
        from tiebreak.media.svg import drawing

        found = drawing(file, data)
        return found if isinstance(found, list) else Attachment(address, file, found.size)
    if wrong := _misnamed(file, suffix, data):
        return [wrong]
    return _measured(Attachment(address, file), data) if suffix in IMAGES else Attachment(address, file)


def is_picture(file: str) -> bool:
    """Whether a file of this name is a picture, of whatever size."""
    return PurePosixPath(file).suffix.lower() in IMAGES


def published(file: str, data: bytes) -> bytes:
    """The bytes that are published for the `file`: an SVG is sanitised, everything else stays as it is.

    It is checked again, because the file may have changed since `attachment` read it. Raises SiteError.
    """
    suffix = PurePosixPath(file).suffix.lower()
    if suffix == ".svg":
        from tiebreak.media.svg import drawing

        found = drawing(file, data)
        if isinstance(found, list):
            raise SiteError(found)
        return found.data
    if wrong := _misnamed(file, suffix, data):
        raise SiteError([wrong])
    if suffix in IMAGES and isinstance(problems := _measured(Attachment("", file), data[:MEASURED]), list):
        raise SiteError(problems)
    return data


def _misnamed(file: str, suffix: str, data: bytes) -> Problem | None:
    """A problem when browsers could take the file for another type than its name says."""
    if has_signature(suffix):
        if is_signed(suffix, data):
            return None
        message, help = f"this is not a {suffix} file, by its first bytes", "save it again as what its name says"
    elif looks_like_page(data):
        message, help = "this begins as a page does, and could be shown as one", "begin it with something else than <"
    else:
        return None
    return Problem(file, 0, 0, "wrong-content", message, help)


def _measured(file: Attachment, data: bytes) -> Attachment | list[Problem]:
    """The picture with its size, or without where nothing sensible is to be had."""
    size = measured(data)
    if size is None:
        help = "open it in a picture editor and save it again"
        return [Problem(file.origin, 0, 0, "wrong-content", "this picture is damaged: it has no size", help)]
    if size[0] * size[1] > limits.PIXELS:
        message = f"the picture has {size[0]:,} × {size[1]:,} pixels, and {limits.PIXELS:,} are the most"
        return [Problem(file.origin, 0, 0, "too-large", message, "scale it down")]
    return Attachment(file.path, file.origin, size if min(size) > 0 and max(size) <= WIDEST else None)
