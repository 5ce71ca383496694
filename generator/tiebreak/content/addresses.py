"""How addresses are read: URLs, links that may be relative paths, and old paths of the site."""

import re
from contextlib import suppress
from urllib.parse import unquote_to_bytes, urlsplit

from tiebreak import limits
from tiebreak.characters import unprintable
from tiebreak.content.complaints import wrong
from tiebreak.model import refusal
from tiebreak.storage import RESULTS

# Most addresses; the others are for urlsplit to judge, which takes ten times as long.
PLAIN_URL = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*([/?#][^\s<>\"\\^`{|}]*)?")


def url(text: str) -> str:
    if PLAIN_URL.fullmatch(text):
        return text
    with suppress(ValueError):
        parts = urlsplit(text)
        _ = parts.port  # raises ValueError for one that is none
        if parts.scheme in ("http", "https") and parts.hostname and not re.search(r"[\s<>\"\\^`{|}]", text):
            return text
    raise wrong("bad-url", f'"{text}" is not an address that a page may link to', "begin with https:// or http://")


def is_url(text: str) -> bool:
    """Whether it is an absolute URL that a page may link to."""
    with suppress(ValueError):
        return len(url(text)) <= limits.ADDRESS
    return False


def base_url(text: str) -> str:
    """An absolute URL that addresses can be appended to, ending in a slash. Raises ValueError for any other text."""
    if "@" in urlsplit(url(text)).netloc:
        raise wrong("bad-url", "base_url has a user in it", "write the host alone, such as https://example.org/picks/")
    if not text.isprintable():
        raise wrong("bad-url", "base_url has a character in it that cannot be seen", "write it anew, by hand")
    if "&" in text or "'" in text:
        message = "base_url has a sign in it that addresses cannot be made with"
        raise wrong("bad-url", message, "write it without & and '")
    if "?" in text or "#" in text:
        help = "end it after the path, such as https://example.org/picks/"
        raise wrong("bad-url", "base_url has a query or a fragment", help)
    return text.rstrip("/") + "/"


def issues_url(text: str) -> str:
    if "?" in url(text) or "#" in text:
        help = "end it after the path, such as https://example.org/me/site/issues/new"
        raise wrong("bad-url", "the address for issues has a query or a fragment", help)
    return text


def link(text: str) -> str:
    """An absolute URL, or a relative path that the link stage checks."""
    scheme = re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", text)
    return url(text) if scheme or text.startswith("//") else text


def result(text: str) -> str:
    """The path of a result file, and perhaps behind `#` a JSON Pointer into it."""
    file, _, pointer = text.partition("#")
    parts = file.removeprefix(f"{RESULTS}/").split("/")
    if not file.startswith(f"{RESULTS}/") or any(not part or part.startswith(".") for part in parts) or "\\" in file:
        message = f'"{text}" is not the path of a result file'
        raise wrong("bad-result", message, f"results are read below {RESULTS}/ alone: {RESULTS}/x.json#/a/b")
    if not file.endswith(".json") or unprintable(text):
        raise wrong("bad-result", f'"{text}" is not the path of a JSON file', "end its name in .json")
    if pointer and not pointer.startswith("/"):
        help = f"write a JSON Pointer: {file}#/{pointer.replace('.', '/')}"
        raise wrong("bad-result", f'"#{pointer}" does not say where in the file', help)
    return text


def data(text: str) -> str:
    """The path of a file with numbers, and of JSON perhaps behind `#` a JSON Pointer into it."""
    file, _, pointer = text.partition("#")
    parts, known = file.split("/"), ("content/", f"{RESULTS}/")
    if not file.startswith(known) or any(not part or part.startswith(".") for part in parts) or "\\" in file:
        help = f"data is read below content/ and {RESULTS}/ alone, and the path begins with that"
        raise wrong("bad-path", f'"{text}" is not the path of a file with numbers', help)
    if not file.endswith((".csv", ".tsv", ".json")) or unprintable(text):
        raise wrong(
            "bad-path", f'"{text}" is not the path of a file with numbers', "end its name in .csv, .tsv or .json"
        )
    if pointer and not (pointer.startswith("/") and file.endswith(".json")):
        help = f"write a JSON Pointer: {file}#/{pointer.replace('.', '/')}"
        if not file.endswith(".json"):
            help = "leave it out: only JSON has places in it"
        raise wrong("bad-path", f'"#{pointer}" does not say where in the file', help)
    return text


def old_path(text: str) -> str:
    """The path without its percent-encoding, and without slashes around it."""
    help = "write it without the host, such as old/path"
    path = unquote_to_bytes(text).decode(errors="replace").strip("/")
    parts = path.split("/")
    if "?" in text or "#" in text:
        raise wrong("bad-path", f'"{text}" has a query or a fragment', "write the path alone, such as old/path")
    if text.startswith("//"):
        raise wrong("bad-path", f'"{text}" begins with a host', help)
    if not {"", ".", ".."}.isdisjoint(parts) or "\ufffd" in path or unprintable(path) or path != path.strip():
        raise wrong("bad-path", f'"{text}" is not a path within the site', help)
    if reason := next(filter(None, map(refusal, parts)), ""):
        raise wrong("bad-path", f'"{text}" is not a path that files can have: {reason}', help)
    if len(parts) > limits.FOLDERS:
        message = f'"{text}" has {len(parts)} parts, and {limits.FOLDERS} are the most'
        raise wrong("bad-path", message, "take folders away")
    return path
