"""Whether a code host and this site read a text alike, as far as the tags of both tell it without a parser.

Each step leaves the outline of a text as it is, so that what comes out equal has one outline. What it does not know is
never alike.
"""

import re
from collections.abc import Sequence
from html import unescape
from itertools import zip_longest

from tiebreak.markdown.containers import ALIGNED
from tiebreak.markdown.outline import plain, target_of
from tiebreak.model import Link, Prose

_TAG = re.compile(r'(<[^<>"]*(?:"[^"]*"[^<>"]*)*>)')
_POSITION = re.compile(r' data-sourcepos="[0-9:-]+"')
_OURS = re.compile(  # what only this site adds: colours of code, marks on headings and notes, wrappers
    r"""
    </?span[^<>]*> | <a[^<>]*[ ]class="anchor"[^<>]*>\#</a> | <figure[ ]class="listing"><figcaption>[^<>]*</figcaption>
    """,
    re.VERBOSE,
)
_NOTE = re.compile(r"<sup [^<>]*><a [^<>]*footnote-ref[^<>]*>\[?([0-9]+)\]?</a></sup>")
_BACK = re.compile(r"\s*(?:&nbsp;)?<a [^<>]*footnote-backref[^<>]*>↩</a>")
_TRAILING = re.compile(r"(?<![ \t])[ \t]++(?=\n|\Z)|(?<!\n)\n++\Z")
_NOTES = '<div class="footnote">\n<hr>'
_BLOCKS = "p ul ol li blockquote table thead tbody tr td pre h2 h3 h4 h5 h6".split()
_INLINE = [f"<{end}{name}>" for name in ("em", "strong", "del", "code", "a", "note") for end in ("", "/")]
_WITHIN = (*_INLINE, "<a ")
_SAME = {  # tags, and what they are compared as; nothing, where they are not seen
    **{tag: tag for name in _BLOCKS for tag in (f"<{name}>", f"</{name}>")},
    **{tag: tag for tag in (*_INLINE, "<notes>", "<br>", "<hr>")},
    **dict.fromkeys(("", "</div>", "</figure>", "</section>", '<div class="highlight">'), ""),
    **{f'<{name} align="{to}">': f"<td {to}>" for name in ("td", "th") for to in ALIGNED},
    **{f'<{name} class="{its}">': f"<td {to}>" for name in ("td", "th") for to, its in ALIGNED.items()},
    '<section class="footnotes" data-footnotes>': "<notes>",
    '<pre tabindex="0">': "<pre>",
    "<h1>": "<h2>",
    "</h1>": "</h2>",
    "<th>": "<td>",
    "</th>": "</td>",
    "<br />": "<br>",
    "<hr />": "<hr>",
}
_OTHER = re.compile(  # tags whose attributes differ from text to text
    r"""
    <(?: a[ ]href="(?P<link>[^"]*)"(?:[ ]title="[^"]*")? | ol[ ]start="(?P<start>[0-9]+)"
    | (?: (?P<name>h[2-6]|li|pre)[ ](?:id|lang)="[^"]*" ) | div[ ]aria-label="[^"]*"[ ]class="table-scroll"[^<>]*
    | figure[ ]aria-label="[^"<>]*" )>
    """,
    re.VERBOSE,
)


def is_alike(markup: str, prose: Prose) -> bool:
    """Whether both have the same outline, where that is easily told. `markup` is what a code host makes of a text
    without raw HTML. Takes time in proportion to the text.
    """
    theirs, ours = _POSITION.sub("", markup), _OURS.sub("", prose.html)
    if "footnote" in ours:
        theirs, ours = (_BACK.sub("", _NOTE.sub(r"<note>\1</note>", one)) for one in (theirs, ours))
        ours = ours.replace(_NOTES, "<notes>")
    try:
        steps = _steps(theirs, None), _steps(ours, prose.links)
    except _UnknownError:
        return False
    return len(steps[0]) == len(steps[1]) and all(map(_is_same, *steps))


class _UnknownError(Exception):
    """There is a tag that only a parser can judge."""


def _steps(markup: str, links: Sequence[Link] | None) -> list[str]:
    """The tags that are seen and the texts between them, which begin as no tag does: words with `=`, code with `:`.
    `links` are those that tokens stand for, in ours.
    """
    pieces, steps = _TAG.split(markup), list[str]()
    before = code = ""  # code: the tag of the code that the text stands in
    for text, tag in zip_longest(pieces[::2], pieces[1::2], fillvalue=""):
        same = _SAME.get(tag)
        tag = _other(tag, links) if same is None else same
        if text and code:
            steps.append(_code(text, code))
        elif text and (said := _words(text, before, tag)):
            steps.append(f"={said}")
        if tag:
            steps.append(tag)
        if tag in ("<pre>", "<code>"):
            code = code or tag
        elif code and tag == f"</{code[1:]}":
            code = ""
        before = tag
    return steps


def _code(text: str, tag: str) -> str:
    """What stands in code, but for what is not seen."""
    text = unescape(text)
    return ":" + (text.replace("\n", " ") if tag == "<code>" else _TRAILING.sub("", text))


def _words(text: str, before: str, behind: str) -> str:
    """Words without the white space that stands where a block or a line begins or ends."""
    text = unescape(text)
    text = text if before.startswith(_WITHIN) else text.lstrip()
    return text if behind.startswith(_WITHIN) else text.rstrip()


def _is_same(theirs: str, ours: str) -> bool:
    """Whether two steps are one, but for typography."""
    return theirs == ours or (theirs[0] == "=" == ours[0] and plain(theirs) == plain(ours))


def _other(tag: str, links: Sequence[Link] | None) -> str:
    """A tag with attributes as it is compared. Raises _UnknownError."""
    found = _OTHER.fullmatch(tag)
    if found is None:
        raise _UnknownError(tag)
    match found.lastgroup:
        case "link":
            return f"<a {target_of(unescape(found['link']), links)}>"
        case "start":
            return f"<ol {int(found['start'])}>"
        case "name":
            return f"<{found['name']}>"
        case _:
            return ""
