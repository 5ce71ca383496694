"""Asks another process for the text of an answer, and ends it where that takes too long."""

import asyncio
import re
import subprocess
import sys

from tiebreak.sources.extractor import SECONDS

LONGEST = 200  # characters of a type that are looked at
FEWEST = 40  # characters; a page with less shows its text by a script


class NoTextError(Exception):
    """An answer without a text in which anything could be looked for, and why."""


async def extract(body: bytes, content_type: str) -> tuple[str, str]:
    """The text of an answer, and a digest by which a change of it is told. Raises NoTextError."""
    try:
        written = await asyncio.to_thread(_extracted, body, re.sub(r"[^\x20-\x7e]", "", content_type)[:LONGEST])
    except subprocess.TimeoutExpired:
        raise NoTextError("to read its text takes too long") from None
    except subprocess.CalledProcessError:
        written = b""
    digest, _, text = written.decode().partition("\n")
    if len(text) < FEWEST:
        raise NoTextError("there is no text in it that can be read")
    return text, digest


def _extracted(body: bytes, content_type: str) -> bytes:
    # Without -P, modules would be looked for in the project first, which may be a stranger's.
    program = (sys.executable, "-P", "-m", "tiebreak.sources.extractor", content_type)
    return subprocess.run(  # noqa: S603 -- our own, and what the host sent is no option of it
        program, input=body, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=SECONDS, check=True
    ).stdout
