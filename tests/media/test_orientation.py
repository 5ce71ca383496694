"""A picture that is shown turned has the size that is shown."""

import struct
import zlib
from base64 import b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiebreak.media.orientation import is_turned
from tiebreak.media.signatures import measured


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def exif(orientation: int, order: str = ">", before: int = 0) -> bytes:
    """Exif data with an orientation behind some other entries."""
    head = (b"MM\0*" if order == ">" else b"II*\0") + struct.pack(f"{order}IH", 8, before + 1)
    others = struct.pack(f"{order}HHII", 271, 4, 1, 6) * before
    return head + others + struct.pack(f"{order}HHIHHI", 274, 3, 1, orientation, 0, 0)


def png(*chunks: bytes, rest: bytes = b"") -> bytes:
    size = struct.pack(">IIBBBBB", 30, 20, 8, 0, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(bytes(31 * 20)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + b"".join(chunks) + pixels + rest + chunk(b"IEND", b"")


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("before", [0, 3])
def test_a_quarter_turn_exchanges_width_and_height(order: str, before: int) -> None:
    """Orientations 5 to 8 do, in either order of bytes, wherever the tag and the chunk stand before the pixels."""
    for orientation in range(10):
        text = chunk(b"tEXt", b"Software\0x")
        shown = measured(png(text, chunk(b"eXIf", exif(orientation, order, before))))
        assert shown == ((20, 30) if orientation in (5, 6, 7, 8) else (30, 20)), orientation


def test_what_stands_behind_the_pixels_turns_nothing() -> None:
    """Browsers know the size by then."""
    assert measured(png(rest=chunk(b"eXIf", exif(6)))) == (30, 20)


@given(st.binary(max_size=60), st.integers(0, 60))
def test_damaged_data_turn_nothing(data: bytes, end: int) -> None:
    """Whatever they say, and wherever they are cut off."""
    assert measured(png(chunk(b"eXIf", exif(6)[:20] + data[:2]))) in ((30, 20), (20, 30))
    assert is_turned(png(chunk(b"eXIf", data))[:end]) in (True, False)
    assert measured(png(chunk(b"eXIf", b"MM\0*" + data))) in ((30, 20), (20, 30))


# 40 pixels wide and 20 high, and turned by three quarters.
AVIF = b64decode(
    "AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUIAAAD1bWV0YQAAAAAAAAAhaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAA"
    "AAAAAAAOcGl0bQAAAAAAAQAAAB5pbG9jAAAAAEQAAAEAAQAAAAEAAAEdAAAALAAAAChpaW5mAAAAAAABAAAAGmluZmUCAAAAAAEA"
    "AGF2MDFDb2xvcgAAAAB0aXBycAAAAFRpcGNvAAAAFGlzcGUAAAAAAAAAKAAAABQAAAAQcGl4aQAAAAADCAgIAAAADGF2MUOBAAwA"
    "AAAAE2NvbHJuY2x4AAEADQAGgAAAAAlpcm90AwAAABhpcG1hAAAAAAAAAAEAAQUBAoMEhQAAADRtZGF0EgAKCRgVJ5tEBDQaEDId"
    "FMeHhmUCCCCeUAAAAMeTtOcFh2sE6HK+ix9+idA="
)


def test_an_avif_has_the_size_that_it_is_shown_with() -> None:
    """Its irot box counts quarters; without one it is shown as it is stored."""
    place = AVIF.index(b"irot") + 4
    sizes = [measured(AVIF[:place] + bytes([quarters]) + AVIF[place + 1 :]) for quarters in range(4)]
    assert sizes == [(40, 20), (20, 40), (40, 20), (20, 40)]
    assert measured(AVIF.replace(b"irot", b"free")) == (40, 20)
