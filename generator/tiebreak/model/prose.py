"""Prose: Markdown as safe HTML that serves pages at any depth and in any language."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from html import unescape
from math import ceil

_TAG = re.compile(r"<[^>]*>")
_NOT_PROSE = re.compile(
    r"""
    <pre.*?</pre> | <sup\ class="fact">.*?</sup> | <div\ class="footnote".*?</div> | <a\ [^<>]*class="anchor".*?</a>
    | <p\ class="callout-title".*?</p>
    """,
    re.DOTALL | re.VERBOSE,
)
WORDS_PER_MINUTE = (
    230  # Brysbaert 2019, doi:10.1016/j.jml.2019.104047: 238 for English non-fiction, less for tables and code
)
# Trauzettel-Klosinski 2012, doi:10.1167/iovs.11-8284: 255 in Chinese and 357 in Japanese, read aloud; a third more
# in silence.
CHARACTERS_PER_MINUTE = 400
# Scripts that put no spaces between words: Thai, Lao, Burmese, Khmer, Chinese and Japanese.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


@dataclass(frozen=True)
class Heading:
    id: str
    text: str  # plain, without markup
    level: int
    children: tuple["Heading", ...] = ()


@dataclass(frozen=True)
class Link:
    """Where a link or an image leads.

    `target` is as written at first; after linking, an absolute URL or a URL within the site (`/compare/x/#y`).
    """

    target: str
    image: bool = False
    alt: str | None = None
    decorative: bool = False  # an image that says that it shows nothing
    size: tuple[int, int] | None = None  # width and height in pixels


@dataclass(frozen=True)
class Prose:
    """Markdown as safe HTML. Each link stands in `html` as a numbered token, so one value serves pages at any depth;
    what the theme says in it is a `theme_word`, so it serves any language.
    """

    html: str
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def text(self) -> str:
        """Its words, without markup, code and notes."""
        words = _TAG.sub("", _NOT_PROSE.sub("", self.html)) if "<" in self.html else self.html
        return unescape(_STATE.sub(r"\1", words) if MARK in words else words)

    @property
    def is_plain(self) -> bool:
        """Whether it is words and nothing else."""
        return "<" not in self.html and not self.links

    def map_links(self, change: Callable[[Link], Link]) -> "Prose":
        return replace(self, links=tuple(map(change, self.links))) if self.links else self

    @property
    def reading_minutes(self) -> int:
        """Whole minutes, at least one; characters count where no spaces part words."""
        words, count = self.text, 0
        if not words.isascii():
            words, count = _UNSPACED.subn(" ", words)
        return max(1, ceil(len(words.split()) / WORDS_PER_MINUTE + count / CHARACTERS_PER_MINUTE))

    @property
    def anchors(self) -> frozenset[str]:
        def walk(headings: Sequence[Heading]) -> list[str]:
            return [id for heading in headings for id in (heading.id, *walk(heading.children))]

        return frozenset(walk(self.headings))


NO_PROSE = Prose("")


FACT = "fact:"  # begins the name of a token that stands for a fact, until its file is linked


# Stands on both sides of what is filled in when a page is made. No author can write it: front_matter.py refuses it, and
# no parser of HTML makes it, whatever it is given (`&#0;` is U+FFFD).
MARK = "\0"


_STATE = re.compile(f"{MARK}(?:state-|figure )([^{MARK}]+){MARK}")  # of a fact, which the theme says


def token(name: str | int) -> str:
    """What stands in prose as the value of an attribute, or as all the text of an element, that is filled in later: the
    place of a link among its links, or the name of a text of the theme.
    """
    return f"{MARK}{name}{MARK}"


def theme_word(name: str, number: int | str = "") -> str:
    """The name of a text that the theme says in prose, in the language of the site."""
    return f"{name} {number}" if number else name
