"""Warns of invisible characters that are out of place in an author's file, once for each line."""

import re
from collections.abc import Iterable, Iterator
from html import unescape

from tiebreak.characters import character_name, misplaced
from tiebreak.content.document import Data, Document
from tiebreak.problems import Problem, Severity

_SOFT_HYPHEN = "\u00ad"  # says in a body where a long word may be parted
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
_ENTITY = re.compile(r"&#?\w{1,32};?")


def in_source(document: Document) -> list[Problem]:
    """Warnings of characters in the text of a document, written as such or as escapes of YAML."""
    front, found = document.front, [] if document.text.isascii() else list(_plain(document))
    if _ESCAPE.search(front):
        shown = {char for _, char in misplaced("\n".join(_scalars(document.data)))}
        for match in _ESCAPE.finditer(front):
            number = int(match[1] or match[2] or match[3], 16)
            if number < 0x110000 and chr(number) in shown:
                found.append((document.front_start + match.start(), chr(number), len(match[0])))
    return _told(document, found)


def in_entities(document: Document, texts: Iterable[str]) -> list[Problem]:
    """Warnings of characters that entities put into these texts, HTML that was made of the document."""
    if "&" not in document.text:
        return []
    found = [(match.start(), unescape(match[0]), len(match[0])) for match in _ENTITY.finditer(document.text)]
    found = [(place, char, width) for place, char, width in found if any(misplaced(char))]
    if not found:
        return []
    shown = {char for _, char in misplaced("\n".join(map(unescape, texts)))}
    return _told(document, [one for one in found if one[1][0] in shown and _counts(document, one[0], one[1][0])])


def _plain(document: Document) -> Iterator[tuple[int, str, int]]:
    for place, char in misplaced(document.text):
        if _counts(document, place, char):
            yield place, char, 1


def _counts(document: Document, place: int, char: str) -> bool:
    return char != _SOFT_HYPHEN or place < document.body_start


def _scalars(data: Data) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif data:
        for item in data:
            yield from _scalars(item)
        for value in data.values() if isinstance(data, dict) else ():
            yield from _scalars(value)


def _told(document: Document, found: Iterable[tuple[int, str, int]]) -> list[Problem]:
    """One warning for each line with such characters."""
    text, begin, line = document.text, 0, 1
    by_line: dict[int, list[tuple[int, str, int]]] = {}
    for place, char, width in sorted(found):
        line += text.count("\n", begin, place)
        begin = place
        by_line.setdefault(line, []).append((place, char, width))
    return [_of_line(document, line, some) for line, some in by_line.items()]


def _of_line(document: Document, line: int, found: list[tuple[int, str, int]]) -> Problem:
    """Like `document.problem_at`, but without splitting the whole text into lines for each warning."""
    text, (place, char, width) = document.text, found[0]
    start, end = text.rfind("\n", 0, place) + 1, text.find("\n", place)
    message = f"a character that nobody sees ({character_name(char[0])}) is out of place here"
    if len(found) > 1:
        message = (
            f"{len(found)} characters that nobody sees (the first is {character_name(char[0])}) are out of place here"
        )
    help, excerpt = "delete it; what is read would not be what is there", text[start : end if end >= 0 else len(text)]
    return Problem(
        document.file, line, place - start + 1, "invisible-character", message, help, Severity.WARNING, excerpt, width
    )
