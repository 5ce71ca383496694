"""Which names files and folders can have on every system, so that a site can be built, and checked out, on each."""

import re

LONGEST = 255  # bytes; a system that counts letters takes no more of them
# What Windows keeps for devices, whatever ending stands behind it.
_PORTS = (f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³")
DEVICES = frozenset(("con", "prn", "aux", "nul", "conin$", "conout$", *_PORTS))
_SIGNS = re.compile(r'[<>:"|?*\\]')


def refusal(name: str) -> str:
    """Why no file or folder should have this name, as a sentence about it; empty when nothing is against it."""
    if sign := _SIGNS.search(name):
        return f'"{name}" has a "{sign[0]}" in it, which no name can have on Windows'
    if name.partition(".")[0].rstrip().lower() in DEVICES:
        return f'"{name}" is a name that Windows keeps for itself'
    if name.endswith((".", " ")):
        return f'"{name}" ends in a {"full stop" if name.endswith(".") else "space"}, which Windows cuts off'
    if (length := len(name.encode(errors="surrogateescape"))) > LONGEST:
        return f'"{name[:20]}…" has {length:,} bytes, and {LONGEST} are the most for a name'
    return ""
