"""Warnings about texts: bodies that a code host reads in another way, and Markdown in fields of plain text."""

import re
from collections.abc import Iterator
from typing import TypeVar

from tiebreak.content import Document, Entry, Parsed, Position
from tiebreak.problems import Problem

EntryT = TypeVar("EntryT", bound=Entry)
_SIGNS = (
    re.compile(r"!\[[^\]\n]*\]"),
    re.compile(r"\[\^[^\]\s]+\]"),
    re.compile(r"(?<![\w/*])\*\*[^\s*][^*\n]*(?<![\s/])\*\*"),
    re.compile(r"<br\s*/?>", re.IGNORECASE),
    re.compile(r"\{fact:[^{}\s]+\}"),
    re.compile(r"(?<![\w:]):[a-z][a-z0-9_+-]*:(?![\w:])"),
)
_CODE = re.compile(r"`[^`\n]+`")
_WITH_CODE = frozenset({"factor", "label", "name", "subjects", "title", "group"})  # in which code is code
_NOT_SHOWN = frozenset({"aliases", "cells", "homepage", "related", "source", "url", "wins", "pick", "was", "extra"})


def lint_texts(parsed: Parsed[EntryT], *, allow_html: bool) -> list[Problem]:
    """Every warning about the texts of one file."""
    from tiebreak.markdown import review  # a build never needs it

    document = parsed.document
    remarks = review.review(document.body, parsed.body, allow_html=allow_html) if document.body.strip() else []
    return [*document.remarks(remarks), *lint_fields(document, parsed.entry)]


def lint_fields(document: Document, entry: Entry, at: Position = ()) -> Iterator[Problem]:
    """Warns of signs of Markdown in the fields of an entry that take plain text."""
    for place, key, text in _plain(entry, at, ""):
        signs = _SIGNS if key in _WITH_CODE else (*_SIGNS, _CODE)
        found = next(filter(None, (sign.search(text) for sign in signs)), None)
        if found:
            message, help = f"{found[0][:60]} is shown as it is written: this is plain text", "take the signs out"
            yield document.warning("plain-text", message, place, help=help)


def _plain(value: object, at: Position, key: str) -> Iterator[tuple[Position, str, str]]:
    """Each plain text with its position and the key that it stands under."""
    if isinstance(value, str):
        yield at, key, value
    elif isinstance(value, Entry):
        for name, field in type(value).model_fields.items():
            if name not in _NOT_SHOWN:
                yield from _plain(getattr(value, name), (*at, field.alias or name), name)
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from _plain(one, (*at, name), key)
    elif isinstance(value, list | tuple):
        for place, one in enumerate(value):
            yield from _plain(one, (*at, place), key)
