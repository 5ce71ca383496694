"""The text of a page or a PDF as readers see it: a program of its own, so that what takes too long can be ended."""

import html
import re
import sys
from contextlib import suppress
from hashlib import blake2b
from io import BytesIO

from tiebreak.sources.decoding import text_of

LONGEST = 5_000_000  # characters that are kept of a text
SECONDS = 30  # of work
MEMORY = 2_000_000_000  # bytes
_UNSEEN = frozenset("head iframe math noscript object script select style svg template textarea".split())
_AROUND = frozenset("aside footer header nav".split())  # a page, and changes without it
_BLOCKS = frozenset(
    """
    address article aside blockquote br caption center dd details div dl dt fieldset figcaption figure footer form h1 h2
    h3 h4 h5 h6 header hr li main nav ol p pre section summary table td th title tr ul
    """.split()
)
_TAG = re.compile(r"<[^>]*>")
_BLANKS = re.compile(r"[ \t\r\f\v]*\n\s*")
_PLAIN = ("json", "xml", "javascript", "yaml", "toml")


def texts_in(body: bytes, content_type: str) -> tuple[str, str]:
    """The text of an answer, empty for what is no text; and by what of it a change is told."""
    kind = content_type.partition(";")[0].strip().lower()
    if body.startswith(b"%PDF-") or kind == "application/pdf":
        text = _of_pdf(body)
    elif kind in ("text/html", "application/xhtml+xml", ""):
        markup = text_of(body, content_type)
        return of_html(markup), of_html(markup, around=False)
    else:
        text = text_of(body, content_type) if kind.startswith("text/") or kind.endswith(_PLAIN) else ""
    return text, text


def of_html(markup: str, *, around: bool = True) -> str:
    """All that a reader sees of a page, a line for each block; or all but what is `around` its content."""
    import nh3

    unseen = _UNSEEN if around else _UNSEEN | _AROUND
    seen = nh3.clean(markup, tags=set(_BLOCKS - unseen), attributes={}, clean_content_tags=set(unseen), link_rel=None)
    return _BLANKS.sub("\n", html.unescape(_TAG.sub("\n", seen)))


def _of_pdf(body: bytes) -> str:
    from pypdf import PdfReader

    pages, length = list[str](), 0
    for page in PdfReader(BytesIO(body)).pages:
        pages.append(page.extract_text())
        length += len(pages[-1])
        if length > LONGEST:
            break
    return "\n".join(pages)


def main() -> None:
    """Reads a body, of the type that the first argument names, from standard input; writes a digest by which a change
    of its text is told, and the text.
    """
    with suppress(ImportError, ValueError):  # the latter: less is allowed already
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    text, core = (
        one.strip()[:LONGEST].encode("utf-8", "replace") for one in texts_in(sys.stdin.buffer.read(), sys.argv[1])
    )
    digest = blake2b(b"".join((core or text).split()), digest_size=8).hexdigest()
    sys.stdout.buffer.write(digest.encode() + b"\n" + text)


if __name__ == "__main__":
    main()
