"""How a PNG or an AVIF is turned when it is shown, as its eXIf chunk or irot box says; imagesize knows that of JPEG."""

import re
from struct import error, unpack_from

_ORIENTATION = 274  # the number of the tag
_TURNED = (5, 6, 7, 8)  # its values that exchange width and height
_MOST = 1_000  # chunks, and entries, that are looked at
_IROT = re.compile(rb"\0\0\0\x09irot(.)", re.DOTALL)  # how many quarters


def is_turned(data: bytes) -> bool:
    """Whether browsers show the PNG that begins with `data` turned by a quarter. They look before the first pixels."""
    place = 8
    for _ in range(_MOST):
        if data[place + 4 : place + 8] in (b"", b"IDAT", b"IEND"):
            return False
        (length,) = unpack_from(">I", data, place) if place + 8 <= len(data) else (0,)
        if data[place + 4 : place + 8] == b"eXIf":
            return _orientation(data[place + 8 : place + 8 + length]) in _TURNED
        place += length + 12
    return False


def unturned(avif: bytes) -> tuple[bytes, bool]:
    """The AVIF as it is stored, without the box that turns it, at which imagesize fails; and whether that box turns it
    by a quarter. Browsers go by it, and not by Exif data.
    """
    found = _IROT.search(avif)
    if found is None:
        return avif, False
    return avif.replace(b"\0\0\0\x09irot", b"\0\0\0\x09free"), bool(found[1][0] & 1)


def _orientation(exif: bytes) -> int:
    """The orientation that Exif data, a small TIFF file, gives; 1, as it is, where it gives none."""
    order = {b"MM": ">", b"II": "<"}.get(exif[:2])
    try:
        if order:
            (place,) = unpack_from(f"{order}I", exif, 4)
            (count,) = unpack_from(f"{order}H", exif, place)
            for entry in range(place + 2, place + 2 + 12 * min(count, _MOST), 12):
                tag, kind, _, value = unpack_from(f"{order}HHIH", exif, entry)
                if (tag, kind) == (_ORIENTATION, 3):
                    return int(value)
    except error:  # it ends before it should
        pass
    return 1
