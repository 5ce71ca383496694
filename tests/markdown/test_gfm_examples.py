"""The examples of GitHub's specification of Markdown: each is read alike here, or `tiebreak check` tells."""

import json
import re
from pathlib import Path
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import html5lib
import pytest

from tiebreak.markdown import convert, gfm, review
from tiebreak.markdown.containers import ALIGNED
from tiebreak.markdown.convert import fill_links, fill_words
from tiebreak.model import Prose
from tiebreak.problems import Remark

EXAMPLES = json.loads((Path(__file__).parent / "gfm-examples.json").read_text("utf-8"))["examples"]
OUR_OWN = {"highlight", "listing", "table-scroll"}  # classes of wrappers
SEEN = {"href", "src", "alt", "title", "start", "checked"}
TYPOGRAPHY = {"“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "–": "--", "—": "---"}


def as_seen(markup: str) -> str:
    """HTML as a reader has it: without ids, classes, wrappers, colours of code and typography, and with the title of a
    page as its only heading of the first level.
    """
    found = html5lib.parseFragment(markup, namespaceHTMLElements=False)
    text = re.sub(r"\s+", " ", _seen(found))
    for sign, plain in TYPOGRAPHY.items():
        text = text.replace(sign, plain)
    # Emphasis in strong emphasis looks like strong emphasis in emphasis.
    text = re.sub(r"(?:</?(?:em|strong)(?: \{\})?>)+", lambda one: "".join(sorted(re.findall("<[^>]+>", one[0]))), text)
    return re.sub(r" ?(<(?:/|!)?(?:p|li|[ou]l|h\d|blockquote|pre|hr|t\w+|br)\b[^>]*>) ?", r"\1", text).strip()


def _seen(element: Element, around: str = "") -> str:
    name = element.tag if isinstance(element.tag, str) else "!"
    name = {"h1": "h2", "th": "td", "div": "", "figure": "", "span": "", "DOCUMENT_FRAGMENT": ""}.get(name, name)
    classes = set(element.get("class", "").split())
    if "anchor" in classes:
        return element.tail or ""
    inside = (element.text or "") + "".join(_seen(child, name or around) for child in element)
    if name in ("thead", "tbody") or (name == "code" and around == "pre"):
        name = ""
    if element.tag == "pre":
        inside = re.sub("[ \t]+(?=\n|\\Z)", "", inside).rstrip("\n").replace("\n", "␤").replace(" ", "␣")
    if name == "p" and not inside.strip():
        inside = ""
    given = {key: unquote(value) for key, value in sorted(element.attrib.items()) if key in SEEN}
    aligned = element.get("align") or "".join(to for to, name in ALIGNED.items() if name == element.get("class"))
    written = f"<{name} {given}{aligned}>{inside}</{name}>" if name else inside
    return written + (element.tail or "")


def shown(prose: Prose) -> str:
    """What is on the page."""
    links = fill_links(
        prose,
        lambda one: (
            f'src="{escaped(one.target)}" alt="{escaped(one.alt or "")}"'
            if one.image
            else f'href="{escaped(one.target)}"'
        ),
    )
    return fill_words(links, lambda name, _: name)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


def outcome(text: str, html: str) -> str:
    """`alike`, `told` or `silent`. Some examples, from before there were bare addresses, are as a parser without them
    reads them; GitHub's own reading counts there.
    """
    remarks: list[Remark] = []
    prose = convert.blocks(text, remarks)
    if prose is None or review.review(text, prose, allow_html=False):
        return "told"
    seen, has_address = as_seen(shown(prose)), "://" in text or "@" in text
    if seen == as_seen(html) or (has_address and seen == as_seen(gfm.markup(text, allow_html=True))):
        return "alike"
    return "told" if remarks else "silent"


@pytest.mark.slow
def test_no_example_is_read_otherwise_in_silence() -> None:
    """What does not come out as the specification has it, `check` tells."""
    found = {number: outcome(one["markdown"], one["html"]) for number, one in enumerate(EXAMPLES, 1)}
    assert [number for number, one in found.items() if one == "silent"] == []
    counts = {kind: list(found.values()).count(kind) for kind in ("alike", "told")}
    assert counts == {"alike": 540, "told": 133}
