"""Warnings about texts: how a code host reads them, Markdown in fields of plain text, and what they say."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from tiebreak.content import Document, Entry, Parsed, Position, ignores
from tiebreak.linking import Index
from tiebreak.markdown import Dialect
from tiebreak.problems import Problem
from tiebreak.rules.key_order import of_keys
from tiebreak.rules.names import Spellings, of_names
from tiebreak.rules.passages import Text, passages, texts
from tiebreak.rules.wording import of_wording

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
_ANY_SIGN = re.compile(r"[\[*<{:`]")  # without one of them, there is none of the above
_WITH_CODE = frozenset({"factor", "label", "name", "subjects", "title", "group"})  # in which code is code
_NOT_SHOWN = frozenset({"aliases", "cells", "homepage", "related", "source", "url", "wins", "pick", "was", "extra"})


@dataclass(frozen=True)
class Style:
    """How texts of a site are read, how its subjects are spelled, and which phrases it counts as filler beside those
    that everyone does.
    """

    dialect: Dialect
    spellings: Spellings
    filler: tuple[str, ...] = ()

    @classmethod
    def of(cls, index: Index, dialect: Dialect) -> "Style":
        """The style of a site; the names of subjects whose files cannot be read are not known."""
        subjects = index.registry.by_id.items()
        known = (subject for id, subject in subjects if f"content/subjects/{id}.yaml" not in index.broken)
        return cls(dialect, Spellings(known), index.filler)


def lint_texts(parsed: Parsed[EntryT], style: Style) -> list[Problem]:
    """Every warning about the texts of one file with a body."""
    from tiebreak.markdown import review  # a build never needs it

    document = parsed.document
    body = ignores.without(document.body)
    if not body.strip():
        return list(lint_fields(document, parsed.entry, style))
    remarks = review.review(body, parsed.body, allow_html=style.dialect.allow_html)
    said = review.without_code(document.body)
    return [*document.remarks(remarks), *lint_fields(document, parsed.entry, style, said=said)]


def lint_fields(
    document: Document, entry: Entry, style: Style, at: Position = (), *, said: str = ""
) -> Iterator[Problem]:
    """Every warning about the texts in the fields of an entry, and in its body, which is `said` without code."""
    written = texts(entry, at)
    yield from _plain(document, written)
    yield from () if at else of_keys(document, type(entry))
    found = tuple(passages(document, written, said))
    yield from of_names(found, style.spellings)
    yield from of_wording(found, style.dialect.language, style.filler)


def _plain(document: Document, written: Iterable[Text]) -> Iterator[Problem]:
    """Warns of signs of Markdown in fields that take plain text."""
    for place, key, text in written:
        if not isinstance(text, str) or not _ANY_SIGN.search(text) or not _NOT_SHOWN.isdisjoint(place):
            continue
        signs = _SIGNS if key in _WITH_CODE else (*_SIGNS, _CODE)
        found = next(filter(None, (sign.search(text) for sign in signs)), None)
        if found:
            message, help = f"{found[0][:60]} is shown as it is written: this is plain text", "take the signs out"
            yield document.warning("plain-text", message, place, help=help)
