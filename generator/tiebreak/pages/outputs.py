"""The files of a site before they are made: where each lies, and its template with what that is given."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tiebreak.model import Listing

Crumbs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Meta:
    """What every page says of itself. `path` is its URL within the site."""

    kind: str
    path: str
    title: str
    description: str = ""
    breadcrumb: Crumbs = ()  # (label, address), the front page first, the page itself left out
    updated: date | None = None


@dataclass(frozen=True)
class Output:
    """One file of the site: a template with its context, or the bytes of `copy`, a file of the project or the theme.

    The page of a `comparison` has no context here: the process that has the comparison renders it (`comparison_page`).
    """

    output_path: str  # relative to the output folder: `compare/x/index.html`
    template: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)
    copy: str = ""
    data: bytes = b""  # what is made already
    comparison: str = ""  # the file of the comparison whose page it is
    origin: str = ""  # the author's file that asks for it, and where in it
    at: tuple[str | int, ...] = ()
    whole: tuple[Listing, ...] = ()  # comparisons of which it shows more than their cards have


def output_path_of(url: str) -> str:
    """The output path of the page at a URL that ends in a slash."""
    return f"{url.lstrip('/')}index.html"
