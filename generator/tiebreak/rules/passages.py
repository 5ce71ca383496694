"""The prose of a file as rules of wording read it: each of its fields, and its body, with what is no prose blanked."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import NamedTuple

from tiebreak.content import Document, Entry, Position
from tiebreak.markdown import without_spans
from tiebreak.model import Prose
from tiebreak.problems import Problem

# Fields that an author says something in, by the names that the schema has for them.
_SAYING = frozenset(
    "title tagline summary description why override note text verdict when disclosure factor label group".split()
)
_QUOTING = ("sources",)  # what stands under these is somebody else's
_CODE_OR_TAG = re.compile(r"<code\b.*?</code>|<[^>]*>", re.DOTALL)
# Addresses, tags, comments, and what stands between quotation marks.
_NO_PROSE = re.compile(
    r"""
    \]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+"[^"]*")?\)
    | ^[ >]*\[[^\]\n]+\]:[ ]*\S+.*$
    | <!--(?:[^-]|-(?!->)){0,2000}--> | <[^<>\n]*>
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


def passages(document: Document, entry: Entry, body: str, above: Position = ()) -> Iterator[Passage]:
    """Every text in which the author of an entry, which stands `above`, says something; `body` is without code."""
    for at, key, value in texts(entry, above):
        if key in _SAYING and not (at and at[0] in _QUOTING):
            text = _CODE_OR_TAG.sub(_blank_code, value.html) if isinstance(value, Prose) else value
            yield Passage(document, key, clear(unescape(text)), at)
    if body.strip():
        yield Passage(document, "body", clear(_QUOTATION.sub(_blank, body)))


def texts(value: object, at: Position = (), key: str = "") -> Iterator[tuple[Position, str, str | Prose]]:
    """Each text of an entry with its position, and the name of the field that it belongs to."""
    if isinstance(value, str | Prose):
        yield at, key, value
    elif isinstance(value, Entry):
        for name, field in type(value).model_fields.items():
            yield from texts(getattr(value, name), (*at, field.alias or name), name)
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from texts(one, (*at, name), key)
    elif isinstance(value, list | tuple):
        for place, one in enumerate(value):
            yield from texts(one, (*at, place), key)


def clear(text: str) -> str:
    """The same text, as long as it was, with blanks in the place of what is no prose."""
    return _NO_PROSE.sub(_blank, without_spans(text)) if _SIGN.search(text) else text


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _blank_code(found: re.Match[str]) -> str:
    return " \N{WHITE SQUARE} " if found[0].startswith("<code") else ""
