"""An independent judge of what reaches a page: html5lib reads it as browsers do, and the lists of the gate decide."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import html5lib
from markupsafe import escape

from tiebreak.markdown import convert, sanitizer
from tiebreak.markdown.convert import fill_links, fill_words
from tiebreak.markdown.headings import is_public
from tiebreak.model.prose import FACT, MARK, Link, Prose

END = "the-end-of-the-text"
_FACT = re.compile(f'<data value="{MARK}{FACT}[^{MARK}]*{MARK}">[^<]*</data>')  # which linking replaces
_SCHEME = re.compile(r"[\x00-\x20]*([a-zA-Z][a-zA-Z0-9+.-]*):")


def shown(prose: Prose) -> str:
    """The HTML as it stands on a page. A link that cannot stand is refused before there is one."""

    def attributes(link: Link) -> str:
        address = link.target if re.match(r"https?://|mailto:|[\w/.#-]*\Z", link.target) else "refused"
        return f'{"src" if link.image else "href"}="{escape(address)}"'

    prose = replace(prose, html=_FACT.sub("fact", prose.html))
    return fill_words(fill_links(prose, attributes), lambda name, number: f"{name} {number}")


def judged(text: str, *, allow_html: bool) -> list[str]:
    prose = convert.blocks(text, [], allow_html=allow_html)
    if prose is None:
        return []
    html = shown(prose)
    left = [what for what, sign in (("a token", MARK), ("the secret", sanitizer._secret())) if sign in html]
    return [*faults(html), *left]


def faults(markup: str) -> list[str]:
    """What stands in an author's HTML, ready for a page, that must not: put between two elements, as it is on pages."""
    page = f'<!doctype html><title>t</title><main><div class="prose">{markup}</div><hr id="{END}"></main>'
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(page)
    main = tree.find("body/main")
    if main is None or [child.tag for child in main] != ["div", "hr"]:
        return ["it breaks out of its place"]
    coloured = {one for block in main[0].iter("div") if block.get("class") == "highlight" for one in block.iter()}
    found = [
        fault for element in main[0].iter() if element is not main[0] for fault in _of(element, element in coloured)
    ]
    ids = [element.get("id") for element in main[0].iter() if element.get("id")]
    return [*found, *(f"the id {one} twice" for one in set(ids) if ids.count(one) > 1)]


def _of(element: Any, is_code: bool) -> Iterator[str]:
    if not isinstance(element.tag, str):
        yield "a comment"
        return
    is_box = element.tag == sanitizer.OURS and element.get("type") == "checkbox" and "disabled" in element.attrib
    if element.tag not in sanitizer.TAGS and not is_box:
        yield f"<{element.tag}>"
    allowed = sanitizer.ATTRIBUTES["*"] | sanitizer.ATTRIBUTES.get(element.tag, set())
    for name, value in element.attrib.items():
        is_mark = name == sanitizer.HIDDEN and element.tag == "a" and value == "true"  # of a heading's own link
        if name not in allowed and not is_mark:
            yield f"{name} of <{element.tag}>"
        if name in ("href", "src", "cite"):
            scheme = _SCHEME.match(re.sub(r"[\t\r\n]", "", value))
            if scheme and scheme[1].lower() not in ("http", "https", "mailto"):
                yield f"the address {value}"
        if name == "id" and (value.startswith("_") or is_public(value)):
            yield f"the id {value}"
        if name == "class":
            own = r"[a-z][a-z0-9]{0,2}|lineno|highlight" if is_code else "listing" if element.tag == "figure" else "x-"
            odd = [one for one in value.split() if not re.fullmatch(rf"x-[\w-]+|{own}", one)]
            yield from (f"the class {one}" for one in odd if one not in sanitizer.CLASSES)
