"""One line of HTML as Markdown that means the same to every reader of Markdown: emphasis, code and links."""

import re
from collections.abc import Iterable
from html import unescape

from tiebreak.model import CODE

_PART = re.compile(r"<code>(.*?)</code>|<(/?)([a-z]+)([^>]*)>|[^<]+", re.DOTALL)
_HREF = re.compile(r'href="([^"]*)"')
_FACT = re.compile(r'<sup class="fact">\[(.*?)\]</sup>')  # links to the sources of a fact
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "del": "~~"}
# A sign that would begin something; within a word, `_` does not, and `~` only where it could end something.
_SIGN = re.compile(r"[\\`*\[\]|]|(?<!\w)_|_(?!\w)|(?<=\S)~|<(?=[a-zA-Z/!?])|&(?=#?\w+;)")
_BLOCK = re.compile(r"(?:#{1,6}(?=\s|$)|[-+=](?=\s|$|[-=])|>)|(\d{1,9})([.)])(?=\s|$)")
_TICKS = re.compile("`+")
_UNSAFE = re.compile(r"[\s<>()\\|`]")


def escaped(text: str) -> str:
    """Plain text, in which no sign means anything."""
    return _SIGN.sub(r"\\\g<0>", text)


def name(text: str) -> str:
    """A name or a label, in which there may be code between backticks."""
    parts = CODE.split(text)
    return "".join(code(part) if place % 2 else escaped(part) for place, part in enumerate(parts))


def code(text: str) -> str:
    """Code, between more backticks than stand in it."""
    fence = "`" * (max((len(run) for run in _TICKS.findall(text)), default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}".replace("|", "\\|")


def link(text: str, url: str) -> str:
    """A link whose text is Markdown already."""
    return f"[{text}]({address(url)})"


def address(url: str) -> str:
    """A URL as it stands in a link, which no sign in it ends."""
    return _UNSAFE.sub(lambda sign: "".join(f"%{byte:02X}" for byte in sign[0].encode()), url)


def paragraph(text: str) -> str:
    """Markdown that begins a line, and is neither a heading nor a list nor a quotation."""
    found = _BLOCK.match(text)
    if not found:
        return text
    return f"{found[1]}\\{text[found.start(2) :]}" if found[1] else f"\\{text}"


def row(cells: Iterable[str]) -> str:
    """A row of a table."""
    return f"| {' | '.join(cells)} |"


def markdown(html: str) -> str:
    """The Markdown of one line of HTML, whose links are absolute. Other elements than these are their contents."""
    if "<" not in html:
        return escaped(unescape(html))
    made, urls = list[str](), list[str]()
    for part in _PART.finditer(_FACT.sub(r" (\1)", html)):
        if part[1] is not None:
            made.append(code(unescape(part[1])))
        elif not part[3]:
            made.append(escaped(unescape(part[0])))
        elif part[3] == "a":
            made.append(_of_link(part, urls))
        elif part[3] == "br":
            made.append(" ")
        else:
            made.append(_MARKS.get(part[3], ""))
    return "".join(made)


def _of_link(part: re.Match[str], urls: list[str]) -> str:
    """The beginning or the end of a link; `urls` are those of the links that are open."""
    if not part[2]:
        href = _HREF.search(part[4])
        urls.append(unescape(href[1]) if href else "")
        return "["
    return f"]({address(urls.pop())})"
