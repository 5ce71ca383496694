"""Sanitises authors' HTML: parses it, and keeps only the elements and attributes on its lists.

Whatever Python-Markdown made goes through it last, with raw HTML in it or without. What fast.py makes need not: a
test holds that it comes out of the gate as it went in.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from html import unescape
from html.parser import HTMLParser
from secrets import token_hex

import nh3

from tiebreak.characters import CONTROL, no_control
from tiebreak.markdown.containers import ALIGNED, CALLOUTS
from tiebreak.markdown.headings import is_public
from tiebreak.model import MARK, Link, token
from tiebreak.problems import Remark, RemarkError, Severity

TAGS = frozenset(
    """
    a abbr article aside b bdi bdo blockquote br caption cite code col colgroup data dd del details dfn div dl
    dt em figcaption figure footer h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li mark nav ol p pre q rp rt
    ruby s samp section small span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr
    """.split()
)
OURS = "input"  # only what the converter writes: the box of a task
HIDDEN = "aria-hidden"  # of the link at a heading; what an author hides from some is hidden from all
ATTRIBUTES = {
    "*": {"aria-label", "class", "dir", "id", "lang", "role", "tabindex", "title"},
    "a": {"href", "hreflang", "rel"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "data": {"value"},
    "del": {"cite", "datetime"},
    "details": {"open"},
    OURS: {"checked", "disabled", "type"},
    "img": {"alt", "decoding", "height", "loading", "src", "width"},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "ol": {"reversed", "start", "type"},
    "q": {"cite"},
    "span": {"data-n"},
    "td": {"colspan", "headers", "rowspan"},
    "th": {"abbr", "colspan", "headers", "rowspan", "scope"},
    "time": {"datetime"},
}
# What the theme styles in prose. An author's own begin with `x-`, so that no text wears anything else of the theme's.
# Those of code are the highlighter's alone, see `reference`.
CLASSES = frozenset(
    {"anchor", "callout", "callout-title", "footnote", "footnote-ref", "footnote-backref", "table-scroll", "task"}
    | {f"callout-{kind}" for kind in CALLOUTS}
    | set(ALIGNED.values())
)
_ELEMENTS_OF_CODE = {"highlight": "div", "listing": "figure"}  # every other class of code is a <span>'s
_CLASS = re.compile(r"x-[A-Za-z0-9_-]+")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(_[0-9]+)?|fn(ref[0-9]*)?:\S+")
_WHOLE = re.compile(r"-?[0-9]{1,6}")
_INSTEAD = {
    "class": "let names of classes of your own begin with x-",
    "id": "write lower-case letters, digits and hyphens, and no id that the page has already",
    "href": "only http, https, mailto and relative paths lead somewhere",
    "src": "put the image beside the article",
    "h1": "begin with <h2>; the page's title is the only <h1>",
    "style": "give it a class that begins with x-, and style that",
}
_REL = frozenset({"external", "license", "nofollow", "noopener", "noreferrer", "sponsored", "ugc"})
_NUMBERS = frozenset({"colspan", "data-n", "height", "rowspan", "span", "start", "tabindex", "width"})
_LINK = re.compile(f"(<(?:a|img) [^<>{MARK}]*){MARK}([0-9]+){MARK}([^<>]*>)")
_ALT = re.compile(r' alt="([^"]*)"')
_SAID = ' title="decorative"'
_DECORATIVE = re.compile(rf'{_SAID}| role="(?:presentation|none)"')


@cache
def _secret() -> str:
    """A URL scheme that no author can guess, by which the sanitizer recognises what the converter wrote."""
    return f"t{token_hex(8)}"


def reference(value: str) -> str:
    """What the converter writes for an attribute's value, so that `clean` knows whose it is: the address of a link that
    Markdown made, the name of a text of the theme, or a class of code.
    """
    return f"{_secret()}:-{value}"


def clean(markup: str, links: list[Link]) -> str:
    """`markup` with nothing in it but what the lists above name, and with a token in the place of each link.

    The links are added to `links` as they are written; nothing is known of where they lead. Raises RemarkError where
    raw HTML takes what is ours into a text or an attribute of its own.
    """
    gate = _Gate()
    found = nh3.clean(
        markup,
        tags={*TAGS, OURS},
        attributes={**ATTRIBUTES, "a": ATTRIBUTES["a"] | {HIDDEN}},
        attribute_filter=gate.attribute,
        url_schemes={"http", "https", "mailto", _secret()},
        link_rel=None,
    )
    found = re.sub(f">{_secret()}:-([a-z-]+)<", lambda word: f">{token(word[1])}<", found)
    if _secret() in found:
        message = "raw HTML in this text reaches into what was made of the Markdown around it"
        raise RemarkError(Remark("unreadable-text", message, "close every tag and every quote of it", needle="<"))
    return _LINK.sub(lambda link: _numbered(link, gate.links, links), found) if gate.links else found


def _numbered(element: re.Match[str], found: Sequence[Link], links: list[Link]) -> str:
    """An allowed element, with its link replaced by a number among `links`."""
    link, before, after = found[int(element[2])], element[1], element[3]
    if link.image:
        alt = _ALT.search(element[0])
        link = replace(link, alt=unescape(alt[1]) if alt else "")
        if not link.alt and _DECORATIVE.search(element[0]):
            link = replace(link, decorative=True)
            before, after = before.replace(_SAID, ""), after.replace(_SAID, "")
    links.append(link)
    return f"{before}{token(len(links) - 1)}{after}"


class _Gate:
    """Decides on each attribute of one text."""

    def __init__(self) -> None:
        self.links: list[Link] = []  # those of elements that are taken out, too
        self._ids: set[str] = set()

    def attribute(self, tag: str, name: str, value: str) -> str | None:
        """The value of the attribute as it may be written; None when it may not."""
        is_ours = value.startswith(f"{_secret()}:-")
        value = value.removeprefix(f"{_secret()}:-")
        match name:
            case "href" | "src":
                return value if value.startswith("#") and not is_ours else self._link(value, tag == "img")
            case "class":
                if is_ours:
                    # A tag that an author leaves open takes our attributes for its own.
                    return value if tag == _ELEMENTS_OF_CODE.get(value, "span") else None
                return " ".join(one for one in value.split() if _is_class(one)) or None
            case "id":
                return self._id(value)
            case "rel":
                return " ".join(one for one in value.lower().split() if one in _REL) or None
            case _ if name == HIDDEN:
                return value if is_ours else None
            case "type" if tag == OURS:
                return value if is_ours else None
            case "cite":
                return value if value.startswith(("https://", "http://")) else None
            case _ if name in _NUMBERS:
                return value if _WHOLE.fullmatch(value) else None
        return token(value) if is_ours else value

    def _link(self, target: str, is_image: bool) -> str:
        self.links.append(Link(target, is_image))
        return token(len(self.links) - 1)

    def _id(self, id: str) -> str | None:
        if not _ID.fullmatch(id) or is_public(id) or id in self._ids:
            return None
        self._ids.add(id)
        return id


def _is_class(name: str) -> bool:
    return name in CLASSES or _CLASS.fullmatch(name) is not None


def control_characters(markup: str, links: Sequence[Link]) -> Iterator[Remark]:
    """Control characters in cleaned HTML and its links, which feeds cannot contain."""
    if found := next(filter(None, map(CONTROL.search, (markup, *(link.target for link in links)))), None):
        yield Remark("control-character", no_control(found[0]), "take it out", needle="&#", severity=Severity.ERROR)


_START = re.compile(r"<([A-Za-z][\w:.-]*)(\s[^<>]*)>")
_ATTRIBUTE = re.compile(r"""([^\s"'=<>/]+)(?:([ \t]*=)\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]*))?""")


def removed(text: str, tags: Counter[str], before: str, after: str) -> Iterator[Remark]:
    """What the sanitizer removed of `text`, each kind once: `tags`, and what `after` lacks of `before`."""
    old, new = _inventory(before), _inventory(after)
    taken = {(tag, "") for tag in tags}
    taken |= {(tag, name) for tag, name in old if new[tag, name] < old[tag, name] and (not name or new[tag, ""])}
    places = _places(text) if taken else {}
    for tag, name in sorted(taken):
        what = f'the attribute "{name}" of <{tag}>, or a part of it,' if name else f"<{tag}>"
        help = _INSTEAD.get(name or tag, "the guide lists the HTML that may stand in a text")
        line, column, needle = places.get((tag, name), (0, 0, f"{name}=" if name else f"<{tag}"))
        if tag.startswith("/"):
            what, needle = f"what stands behind the name in <{tag}>", f"{needle} "
        yield Remark("removed-html", f"{what} was taken out", help, line, needle, column=column)


def _places(text: str) -> Mapping[tuple[str, str], tuple[int, int, str]]:
    """The line and column in which each attribute of each element is first written, and its name there."""
    found, line, begin, last = dict[tuple[str, str], tuple[int, int, str]](), 1, 0, 0
    for tag in _START.finditer(text):
        for attribute in _ATTRIBUTE.finditer(text, *tag.span(2)):
            start, name = attribute.start(), attribute[1]
            line += text.count("\n", last, start)
            begin = max(begin, text.rfind("\n", last, start) + 1)
            last = start
            place = (line, start - begin + 1, name + (attribute[2] or ""))
            found.setdefault((tag[1].lower(), name.lower()), place)
    return found


class _Parser(HTMLParser):
    """The standard library's parser, without its exception for sections that HTML does not have."""

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """A section such as `<![x]>`, which is no more than a comment."""
        end: int = self.parse_bogus_comment(i)
        return end

    def unknown_decl(self, data: str) -> None:
        """Ignore it."""


class _Inventory(_Parser):
    """Counts elements, and attributes with their values."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Counter[tuple[str, str]] = Counter()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found[tag, ""] += 1
        for name, value in attributes:
            if (tag, name, value) == ("img", "title", "decorative"):  # `_numbered` understands it, and takes it out
                continue
            self.found[tag, name] += len((value or "").split()) if name in ("class", "rel") else 1


def _inventory(markup: str) -> Counter[tuple[str, str]]:
    parser = _Inventory()
    parser.feed(markup)
    parser.close()
    return parser.found


class _Words(_Parser):
    """Collects the text of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def text_of(markup: str) -> str:
    """The words of HTML in one line, as a reader sees them."""
    parser = _Words()
    parser.feed(markup)
    parser.close()
    return " ".join("".join(parser.said).split())
