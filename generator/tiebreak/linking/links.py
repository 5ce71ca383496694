"""Resolves links in an author's text: a relative file path becomes a URL within the site, or a problem."""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from urllib.parse import quote, unquote, urlsplit

from tiebreak import limits
from tiebreak.linking.index import Index, Target
from tiebreak.linking.trace import Trace
from tiebreak.markdown import heading_id
from tiebreak.model import Link
from tiebreak.problems import Candidates, did_you_mean
from tiebreak.storage import is_hidden

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_SCHEMES = ("http", "https", "mailto")
# Most addresses; the others are for urlsplit to judge, which takes ten times as long.
_PLAIN_URL = re.compile(r"https?://[A-Za-z0-9.-]*[A-Za-z0-9][A-Za-z0-9.-]*(?:[/?#]|$)")
_LISTED = 20  # ids in a message
Guess = Callable[[str, Iterable[str] | Candidates], str]
# What a URL parser may pass over while it looks for the scheme, and what would not be seen to be part of an address.
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]")


class BrokenReferenceError(Exception):
    """Why a link cannot stand: a problem's code, message and help, without its place."""

    def __init__(self, code: str, message: str, help: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.help = code, message, help


def page_url(name: str) -> str:
    """`guide/start` -> `/guide/start/`; an `index` stands for its folder."""
    folder = "" if name == "index" else name.removesuffix("/index")
    return f"/{folder}/" if folder else "/"


def readings(written: str, origin: str) -> Iterator[tuple[str, str]]:
    """The files that a relative link in the file `origin` may name, relative to the project, each with its fragment.

    First the link as an address, with its percent-encoding; then as a name written as it is, such as `c#.png`.
    """
    path, _, fragment = written.partition("#")
    for name, rest in dict.fromkeys(
        ((unquote(path), fragment), (path, fragment), (unquote(written), ""), (written, ""))
    ):
        yield posixpath.normpath(posixpath.join(posixpath.dirname(origin), name)) if name else origin, rest


def find(written: str, origin: str, trace: Trace) -> tuple[str, str, Target | None]:
    """The file that a relative link in the file `origin` names, its fragment and its target; None for no target."""
    tried = []
    for file, fragment in readings(written, origin):
        target = trace.ask(Index.destination, file)
        if target is not None:
            return file, fragment, target
        tried.append((file, fragment))
    return *tried[0], None


def resolve(link: Link, origin: str, trace: Trace, guess: Guess = did_you_mean) -> Link:
    """`link`, written in the file `origin`, with its target made an absolute URL or an address within the site;
    `guess` says what may have been meant by a word.

    Raises BrokenReferenceError when it leads nowhere, somewhere unpublished, or somewhere unsafe.
    """
    written = _written(link)
    if _SCHEME.match(written) or written.startswith(("//", "\\")):
        return replace(link, target=_external(link, written))
    if written.startswith("/"):
        raise BrokenReferenceError(
            "broken-link", f'"{link.target}" is not a relative path', "link the file itself, such as ../pages/guide.md"
        )
    relative_path = (relative := link.target.strip()).partition("#")[0]
    file, fragment, target = find(relative, origin, trace)
    if target is None:
        raise _nowhere(link, file, origin, trace.index, guess)
    if target.draft:
        check_published(link.target, file, origin, trace)
    anchor = trace.ask(Index.anchor, file, name) if (name := unquote(fragment)) else ""
    if anchor is None:
        help = _ids(guess(heading_id(name), trace.index.headings(file)), trace.index.headings(file))
        raise BrokenReferenceError("missing-heading", f'"{relative_path or file}" has no heading "#{fragment}"', help)
    if link.image and not target.image:
        help = "to link to it, leave out the exclamation mark"
        raise BrokenReferenceError("broken-link", f'"{link.target}" is not an image', help)
    shown = fragment if anchor == name else anchor
    return replace(link, target=f"{target.url}#{shown}" if anchor else target.url, size=target.size)


def _written(link: Link) -> str:
    """The target without characters that nobody sees. Raises BrokenReferenceError when no link can be made of it."""
    written = _INVISIBLE.sub("", link.target)
    if len(link.target) > limits.LINK:
        message = f"the address of a link has {len(link.target):,} characters, and {limits.LINK:,} is the most"
        raise BrokenReferenceError("too-long", message, "link a shorter one")
    if link.image and not link.decorative and not (link.alt or "").strip():
        raise BrokenReferenceError(
            "missing-alt",
            f'the image "{link.target}" has no alternative text',
            'say in the brackets what it shows; if that is nothing, write "decorative" behind the address',
        )
    if not written:
        raise BrokenReferenceError(
            "broken-link", "the link has no target", "write a relative file path or a URL in the parentheses"
        )
    return written


def check_published(written: str, file: str, origin: str, trace: Trace) -> None:
    """Raises BrokenReferenceError for a `file` of a draft, named in the file `origin` as it is `written` there, unless
    that is one as well.
    """
    if not _is_draft(origin, trace):
        held = trace.ask(Index.is_held, file)
        raise BrokenReferenceError(
            "draft-link",
            f'"{written}" is {"held back until its day" if held else "a draft, which is not published"}',
            "publish it first, or build with " + ("--future" if held else "--drafts"),
        )


def _is_draft(file: str, trace: Trace) -> bool:
    own = trace.ask(Index.destination, file)
    return own is not None and own.draft


def _external(link: Link, written: str) -> str:
    scheme = "" if written.startswith(("//", "\\")) else written.partition(":")[0].lower()
    if scheme not in _SCHEMES:
        raise BrokenReferenceError(
            "unsafe-link",
            f'"{link.target}" is not a link that a page may carry',
            "only http, https, mailto and relative paths",
        )
    if link.image:
        raise BrokenReferenceError(
            "external-image",
            f'"{link.target}" would make the page ask another host',
            "put the image beside the article",
        )
    url = _INVISIBLE.sub(lambda found: quote(found[0]), link.target.strip())
    if _PLAIN_URL.match(url):
        return url
    try:
        host = urlsplit(url).hostname
        if not url.lower().startswith(f"{scheme}:") or (scheme != "mailto" and (not host or "%" in host)):
            raise ValueError
    except ValueError:
        help = "write it whole, such as https://example.org/x"
        raise BrokenReferenceError("bad-url", f'"{link.target}" is not a URL', help) from None
    return url


def _ids(guessed: str, headings: Candidates) -> str:
    """What was guessed, and the ids that there are."""
    if not (ids := sorted(headings, key=lambda id: (id.startswith("factor-"), id))):
        return "there is no heading there"
    listed = ", ".join(ids[:_LISTED]) + (f" and {len(ids) - _LISTED:,} more" if len(ids) > _LISTED else "")
    return f"{guessed} there are: {listed}" if guessed.startswith("did you mean") else f"there are: {listed}"


def _nowhere(link: Link, file: str, origin: str, index: Index, guess: Guess) -> BrokenReferenceError:
    if not file.startswith("content/"):
        return BrokenReferenceError(
            "broken-link", f'"{link.target}" leads out of content/', "link a file under content/"
        )
    if any(map(is_hidden, file.split("/"))):
        help = "what editors leave behind, and names that begin with a full stop, are passed over: rename it"
        return BrokenReferenceError("broken-link", f'"{link.target}" is not published', help)
    candidates = (posixpath.relpath(candidate, posixpath.dirname(origin)) for candidate in index.linkable.near(file))
    help = guess(link.target.split("#")[0], candidates)
    if not help or help.startswith("one of"):
        help = "there is no such file; paths are relative to this one"
    return BrokenReferenceError("broken-link", f'"{link.target}" leads nowhere', help)
