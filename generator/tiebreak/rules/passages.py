"""The prose of a file as rules of wording read it: each of its fields, and its body, with what is no prose blanked."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from typing import NamedTuple

from tiebreak.content import Document, Entry, Position
from tiebreak.markdown import without_spans
from tiebreak.model import Prose
from tiebreak.problems import Problem

# Fields that an author says something in, by the names that the schema has for them.
_SAYING = frozenset(
    "title tagline summary description why override note text verdict when disclosure factor label group q a".split()
)
_QUOTING = ("sources",)  # what stands under these is somebody else's
_NAMING = ("consider", "left_out", "presets")  # whose names are the author's own words
_CODE_OR_TAG = re.compile(r"<code\b.*?</code>|<[^>]*>", re.DOTALL)
# Addresses, tags, comments, and what stands between quotation marks.
_NO_PROSE = re.compile(
    r"""
    \]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+"[^"]*")?\)
    | ^[ >]*\[[^\]\n]+\]:[ ]*\S+.*$
    | <!--(?:[^-<]|-(?!->)|<(?!!--))*+--> | <[^<>\n]*>
    | (?:https?://|www\.)[^\s<>"]+ | [\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]+
    | “[^“”]*” | \\?"[^"\n]*" | «[^«»]*» | „[^„“”]*[“”]
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
_SIGN = re.compile(r"[`<@\"“«„\[]|//|www\.")  # without any of these, all is prose
_QUOTATION = re.compile(r"^ {0,3}>.*$", re.MULTILINE)


class Hit(NamedTuple):
    """What a rule finds in a text, from `start` to `end`, and what to write there if only one thing is right."""

    start: int
    end: int
    message: str
    help: str
    instead: str | None = None


Text = tuple[Position, str, str | Prose]  # its position, the name of the field that it belongs to, and itself
Rule = Callable[[str], Iterator[Hit]]


@dataclass(frozen=True)
class Passage:
    """A text of a file. `at` leads to the field that it stands in; None stands for the body, of which `text` has each
    character in its place.
    """

    document: Document
    key: str
    text: str
    at: Position | None = None

    def problems(self, told: "Told", rule: Rule) -> Iterator[Problem]:
        """Warnings of what a rule finds, each at its place in the file."""
        found = list(rule(self.text))
        if not found:
            return
        start, written = self.document.body_start, self.text
        if self.at is not None:
            start, raw = self.document.written(self.at)
            written = clear(raw)
            # What is written may differ from what is read: quotation marks, entities, lines that are folded.
            found = list(rule(written)) or [found[0]._replace(start=0, end=len(raw), instead=None)]
        for hit in found:
            yield told(self.document, start, hit)


Told = Callable[[Document, int, Hit], Problem]


def passages(document: Document, written: Iterable[Text], body: str) -> Iterator[Passage]:
    """Every text in which an author says something, of those of an entry and its body, which is without code."""
    for at, key, value in written:
        first = at[0] if at else ""
        if (key in _SAYING and first not in _QUOTING) or (key == "name" and first in _NAMING):
            text = _CODE_OR_TAG.sub(_blank_code, value.html) if isinstance(value, Prose) else value
            yield Passage(document, key, clear(unescape(text)), at)
    if body.strip():
        yield Passage(document, "body", clear(_QUOTATION.sub(_blank, body)))


def texts(entry: Entry, at: Position = ()) -> list[Text]:
    """Each text of an entry, which stands `at` a place of its file."""
    found: list[Text] = []
    _collect(entry, at, "", found)
    return found


def _collect(value: object, at: Position, key: str, found: list[Text]) -> None:
    if isinstance(value, str | Prose):
        found.append((at, key, value))
    elif isinstance(value, Entry):
        for name, alias in _fields(type(value)):
            if (one := getattr(value, name)) is not None:
                _collect(one, (*at, alias), name, found)
    elif isinstance(value, dict):
        for name, one in value.items():
            _collect(one, (*at, name), key, found)
    elif isinstance(value, list | tuple):
        for place, one in enumerate(value):
            _collect(one, (*at, place), key, found)


@cache
def _fields(kind: type[Entry]) -> tuple[tuple[str, str], ...]:
    """The names that the fields of a kind of entry have in Python, and in a file."""
    return tuple((name, field.alias or name) for name, field in kind.model_fields.items())


def clear(text: str) -> str:
    """The same text, as long as it was, with blanks in the place of what is no prose."""
    return _NO_PROSE.sub(_blank, without_spans(text)) if _SIGN.search(text) else text


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _blank_code(found: re.Match[str]) -> str:
    return " \N{WHITE SQUARE} " if found[0].startswith("<code") else ""
