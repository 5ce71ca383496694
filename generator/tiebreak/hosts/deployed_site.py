"""What a host is told of a site: where it lies, its redirects, and which of its files never change."""

import re
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

_NAME = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z](?:[a-z0-9-]*[a-z0-9])?")
# Nothing in these is more than a path to any host: no variable, wildcard, placeholder, quotation mark or line's end.
_PLAIN = re.compile(r"[\w./~-]*")


class Redirect(NamedTuple):
    """A redirect from an old address to a page; both are URLs within the site, as browsers send them. `output_path` is
    that of the page that redirects where a host does not.
    """

    old: str
    new: str
    output_path: str


@dataclass(frozen=True)
class DeployedSite:
    """`stylesheets` and `scripts` (a folder) are the output paths of what is named by its content, and `hashed` is a
    regular expression for such paths, those of other builds included.
    """

    base_url: str
    search: bool
    stylesheets: tuple[str, ...]
    scripts: str
    hashed: str
    compressed: bool = False  # whether there are compressed files beside the others

    @cached_property
    def prefix(self) -> str:
        """The path of the front page as browsers send it, with a slash at its end."""
        return quote(unquote(urlsplit(self.base_url).path), safe="/~", errors="replace")  # of half a character

    @property
    def own_host(self) -> str:
        """The host of the base URL where it is a name of more than one part, in ASCII; else nothing."""
        parts = urlsplit(self.base_url)
        with suppress(UnicodeError):
            name = (parts.hostname or "").encode("idna").decode()
            return name if _NAME.fullmatch(name) and parts.port is None else ""
        return ""

    @cached_property
    def root(self) -> str:
        """The prefix as files and servers have it: decoded."""
        return unquote(self.prefix)

    def full(self, url: str) -> str:
        """The path of a URL within the site, from the root of its host."""
        return self.prefix + url.removeprefix("/")

    def file(self, url: str) -> str:
        """The same, decoded."""
        return unquote(self.full(url))


def is_plain(path: str) -> bool:
    """Whether a path, as browsers send it, can stand decoded in any settings."""
    return bool(_PLAIN.fullmatch(unquote(path)))
