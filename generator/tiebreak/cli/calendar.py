"""The facts to check again as a calendar (RFC 5545): a day for each, and the same event when it is fetched anew."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from tiebreak import __version__

if TYPE_CHECKING:
    from tiebreak.rules import Recheck

WIDEST = 75  # bytes of a line
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def of(events: "Iterable[tuple[Recheck, date, str]]", today: date) -> bytes:
    """A calendar of facts, each with its day and what is said of it."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Tiebreak//{__version__}//EN"]
    for one, day, said in events:
        lines += _event(one, day, said, today)
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in folded(line)).encode()


def _event(one: "Recheck", day: date, said: str, today: date) -> Iterator[str]:
    home = one.file.removeprefix("content/").rpartition(".")[0].replace("/", ".")
    yield "BEGIN:VEVENT"
    yield f"UID:{home}.{one.subject}.{one.factor}@tiebreak"
    yield f"DTSTAMP:{today:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield "TRANSP:TRANSPARENT"
    yield f"SUMMARY:{escaped(f'Check again: {one.name}, {one.label}')}"
    described = [f"{one.file}:{one.line}", said, *one.sources]
    yield f"DESCRIPTION:{escaped(chr(10).join(described))}"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """A text as a value: what has a meaning there is escaped, and what may not stand there is left out."""
    plain = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(r"[\\;,]", r"\\\g<0>", plain).replace("\n", "\\n")


def folded(line: str) -> Iterator[str]:
    """A line in parts of at most 75 bytes, each but the first behind a space; no character is cut."""
    part, size = "", 0
    for char in line:
        width = len(char.encode())
        if size + width > WIDEST:
            yield part
            part, size = " ", 1
        part, size = part + char, size + width
    yield part
