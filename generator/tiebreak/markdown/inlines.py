"""Inline markup that Python-Markdown reads otherwise or not at all: code, addresses, strikethrough and backslashes."""

import re
from string import punctuation
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import (
    BACKTICK_RE,
    AutolinkInlineProcessor,
    BacktickInlineProcessor,
    InlineProcessor,
    SimpleTagInlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.util import AMP_SUBSTITUTE, AtomicString, code_escape

from tiebreak.markdown.highlight import unpadded
from tiebreak.markdown.sanitizer import reference
from tiebreak.model import FACT

_TICKS = re.compile(r"`+")
_BREAK = r"\\\n *"
# One tilde or two, each pair on one side of words: `~5 to ~6` has none, nor has `a ~~ b`.
_STRUCK = r"""
(?: (?<![\w~]) | (?<=\w)(?=~~?[\w\x02]) ) (~~?) (?![\s~])
([^~]*[^\s~])
(?: (?<=[\w\x03]) | (?=~~?(?:[\W_]|\Z)) ) \1 (?!~)
"""
# What may stand before an address, its domain, and everything up to white space, of which the end may not belong to it.
_URL = r"(?:(?<![A-Za-z0-9])(?i:https?)://|(?<![^\s*_~(])www\.)(?=[\w-]+(?:\.[\w-]+)*)[^\s<\x02\x03]*"
_NAME = "A-Za-z0-9._+-"
_MAIL = rf"(?<![{_NAME}])[{_NAME}]++@(?=[A-Za-z0-9_-])(?:[A-Za-z0-9_-]|\.(?=[A-Za-z0-9]))++(?<=[A-Za-z])(?!@)"
_ANGLED = r"<([a-zA-Z][a-zA-Z0-9+.-]+://[^<>\s]*)>"
_PART = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ANGLED_MAIL = rf"<([\w.+-]+@{_PART}(?:\.{_PART})*)>"
_DOMAIN = re.compile(r"(?:https?://|www\.)([\w-]+(?:\.[\w-]+)*)", re.IGNORECASE)
_FACT = r"\{fact:([^{}<>\n\x02\x03]{1,200})\}"
_ENTITY = re.compile(r"&[a-zA-Z0-9]+;\Z")


def register(converter: Markdown) -> None:
    """Let a converter know them."""
    converter.ESCAPED_CHARS = sorted({*converter.ESCAPED_CHARS, *punctuation} - {"&"})
    patterns = converter.inlinePatterns
    patterns.register(Code(BACKTICK_RE), "backtick", 190)
    patterns.register(SubstituteTagInlineProcessor(_BREAK, "br"), "break", 185)
    patterns.register(Ampersand(r"\\&", converter), "ampersand", 181)
    patterns.register(Fact(_FACT, converter), "fact", 178)
    patterns.register(AutolinkInlineProcessor(_ANGLED, converter), "autolink", 120)
    patterns.register(Mail(_ANGLED_MAIL, converter), "automail", 110)
    patterns.register(Address(_URL, converter), "address", 86)
    patterns.register(Mail(_MAIL, converter), "mail", 85)
    struck = SimpleTagInlineProcessor(_STRUCK, "del")
    struck.compiled_re = re.compile(_STRUCK, re.VERBOSE)
    patterns.register(struck, "struck", 65)


class Code(BacktickInlineProcessor):
    """Code between two rows of ticks of one length; a row that has no other is text."""

    def find_code_spans(self, start: int, text: str) -> tuple[int, int | None]:  # type: ignore[override]
        """Where code begins and ends, the first of them also if it does not end."""
        runs = _TICKS.finditer(text, start)
        first = next(runs)
        length = first.end() - start
        return first.end(), next((run.start() for run in runs if run.end() - run.start() == length), None)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | str | None, int | None, int | None]:  # type: ignore[override]
        """The code, with the blanks that belong to it."""
        if m[1]:
            return super().handleMatch(m, data)
        start, end = self.find_code_spans(m.start(), data)
        if end is None:
            return None, m.start(), start
        code = Element("code")
        code.text = AtomicString(code_escape(unpadded(data[start:end])))
        return code, m.start(), end + start - m.start()


class Ampersand(InlineProcessor):
    """A sign that begins no entity."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]
        """What becomes of it."""
        return f"{AMP_SUBSTITUTE}amp;", m.start(), m.end()


class Fact(InlineProcessor):
    """`{fact:pytorch.mobile}`, which linking replaces."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]
        """An element that stands for the fact, and says what was written."""
        fact = Element("data", {"value": reference(f"{FACT}{m[1]}")})
        fact.text = AtomicString(m[0])
        return fact, m.start(), m.end()


class Address(InlineProcessor):
    """`https://example.org` and `www.example.org`"""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int, int]:  # type: ignore[override]
        """The link, or none where there is no domain."""
        address = _trimmed(m[0])
        domain = _DOMAIN.match(address)
        if domain is None or any("_" in part for part in domain[1].split(".")[-2:]):
            return None, m.start(), m.end()
        is_short = address.startswith("www.")
        return _link(f"http://{address}" if is_short else address, address), m.start(), m.start() + len(address)


class Mail(InlineProcessor):
    """`name@example.org`, in angle brackets or without."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int, int]:  # type: ignore[override]
        """The link, or none where there is no domain of several parts."""
        name = m[0].strip("<>")
        if m[0] == name and "." not in name.partition("@")[2]:
            return None, m.start(), m.end()
        return _link(f"mailto:{name}", name), m.start(), m.end()


def _link(target: str, text: str) -> Element:
    link = Element("a", {"href": target})
    link.text = AtomicString(text)
    return link


def _trimmed(address: str) -> str:
    """An address without the signs at its end that belong to the sentence around it."""
    unopened, end = address.count(")") - address.count("("), len(address)
    while end:
        sign = address[end - 1]
        if sign == ")" and unopened > 0:
            unopened -= 1
            end -= 1
        elif sign == ";" and (entity := _ENTITY.search(address, max(0, end - 40), end)):
            end = entity.start()
        elif sign in "?!.,:*_~'\";":
            end -= 1
        else:
            break
    return address[:end]
