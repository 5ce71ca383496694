"""Compresses files of the site once for all who read them, as gzip and as Brotli, with the same bytes every time."""

import zlib
from collections.abc import Iterator
from importlib.util import find_spec

# By their ends, the files that get smaller; images, fonts and what search brings are compressed as they are.
TEXTS = (".html", ".css", ".js", ".json", ".xml", ".svg", ".txt", ".md", ".csv", ".webmanifest", ".ics")
ENDS = (".gz", ".br")
LEAST = 256  # bytes of a file that is worth it
# 11, the best, takes three times as long for one fiftieth of the size.
QUALITY = 10
_FORM = b"compressed"


def is_text(path: str) -> bool:
    return path.endswith(TEXTS)


def forms(path: str) -> tuple[str, ...]:
    """Where the compressed forms of a file lie."""
    return tuple(f"{path}{end}" for end in ENDS) if is_text(path) else ()


def key_of_form(key: bytes) -> bytes:
    """The key of the compressed forms of a file with this key."""
    return key + _FORM


def is_form(key: bytes) -> bool:
    """Whether it is the key of a file that was made by compressing another, which one of its name need not be."""
    return key.endswith(_FORM)


def is_possible() -> bool:
    """Whether what compresses is installed."""
    return find_spec("brotli") is not None


def compressed(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The compressed forms of a file that are smaller than it is, each with the end of its name."""
    import brotli  # only builds that compress need it

    if len(data) < LEAST:
        return
    for end, made in zip(ENDS, (_gzip(data), brotli.compress(data, quality=QUALITY)), strict=True):
        if len(made) < len(data):
            yield end, made


def _gzip(data: bytes) -> bytes:
    """A gzip file that names no time, file or system, which Python's own module does in some of its versions."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    head = b"\x1f\x8b\x08\x00" + bytes(4) + b"\x02\xff"
    size = len(data) & 0xFFFFFFFF
    return (
        head
        + packer.compress(data)
        + packer.flush()
        + zlib.crc32(data).to_bytes(4, "little")
        + size.to_bytes(4, "little")
    )
