"""Recognises a file's type by its first bytes, because browsers may go by these and not by its name."""

import re
from collections.abc import Mapping
from io import BytesIO

from tiebreak.media.orientation import is_turned, unturned

HEAD = 1445  # bytes that a browser looks at: https://mimesniff.spec.whatwg.org/#reading-the-resource-header
MEASURED = 1 << 20  # bytes of a picture in which its size is looked for

_JPEG = re.compile(rb"\xff\xd8\xff")
_SIGNATURES: Mapping[str, re.Pattern[bytes]] = {
    ".png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    ".jpg": _JPEG,
    ".jpeg": _JPEG,
    ".gif": re.compile(rb"GIF8[79]a"),
    ".webp": re.compile(rb"(?s)RIFF....WEBPVP"),
    ".avif": re.compile(rb"(?s)....ftyp(?:....){0,32}?avi[fs]"),
    ".pdf": re.compile(rb"%PDF-"),
    ".zip": re.compile(rb"PK(?:\x03\x04|\x05\x06)"),
    ".parquet": re.compile(rb"PAR[1E]"),
}
# What the standard takes for HTML, XML or a comment when nobody says what it is begins like this, and more besides.
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?[\t\n\x0c\r ]*<[A-Za-z!?/]")


def has_signature(suffix: str) -> bool:
    """Whether files of this kind begin with fixed bytes; text does not."""
    return suffix in _SIGNATURES


def is_signed(suffix: str, data: bytes) -> bool:
    """Whether `data` begins as files of this kind do; only for kinds that `has_signature`."""
    return _SIGNATURES[suffix].match(data) is not None


def looks_like_page(data: bytes) -> bool:
    """Whether a browser could take this text for HTML or XML when its type is not given."""
    return _PAGE.match(data[:HEAD]) is not None


def measured(data: bytes) -> tuple[int, int] | None:
    """Width and height of a picture that begins with `data`, as it is shown, or None for one that is damaged."""
    import imagesize

    try:
        is_avif = is_signed(".avif", data)
        data, turned = unturned(data) if is_avif else (data, is_signed(".png", data) and is_turned(data))
        width, height = imagesize.get(BytesIO(data), exif_rotation=not is_avif)
        if turned:
            width, height = height, width
        return max(round(width), 0), max(round(height), 0)
    except Exception:  # whatever a library may say of bytes that somebody made up
        return None
