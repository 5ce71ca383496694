"""The files of a site before they are made: where each lies, and its template with what that is given."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tiebreak.model import Listing, Settings
from tiebreak.social import SiteCard

Crumbs = tuple[tuple[str, str], ...]
PAGE = "index.html"
TWINS = ("index.md", "index.json", "table.csv")
SCHEMA = "compare/schema.json"  # the output path of the form of all `index.json`
CARD = "card.png"  # the picture to share


@dataclass(frozen=True)
class SocialImage:
    """The picture that others show beside a link to a page; its size in pixels."""

    path: str  # URL within the site
    width: int
    height: int
    alt: str


@dataclass(frozen=True)
class Meta:
    """What every page says of itself. `path` is its URL within the site."""

    kind: str
    path: str
    title: str
    description: str = ""
    breadcrumb: Crumbs = ()  # (label, address), the front page first, the page itself left out
    updated: date | None = None
    image: SocialImage | None = None


@dataclass(frozen=True)
class Output:
    """One file of the site: a template with its context, the bytes of `copy`, a file of the project or the theme, or a
    picture.

    What is made of a `comparison` is only announced here: the process that has the comparison makes it, as
    build/renditions.py says.
    """

    output_path: str  # relative to the output folder: `compare/x/index.html`
    template: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)
    copy: str = ""
    data: bytes = b""  # what is made already
    card: SiteCard | None = None  # what the picture shows that is to be drawn
    comparison: str = ""  # the file of the comparison that it is made of
    origin: str = ""  # the author's file that asks for it, and where in it
    at: tuple[str | int, ...] = ()
    whole: tuple[Listing, ...] = ()  # comparisons of which it shows more than their cards have


def output_path_of(url: str) -> str:
    """The output path of the page at a URL that ends in a slash."""
    return f"{url.lstrip('/')}{PAGE}"


def renditions(settings: Settings) -> tuple[str, ...]:
    """The names of the files that are made of each comparison, its page first: `index.html`."""
    return (PAGE, *(TWINS if settings.twins else ()), *((CARD,) if settings.cards else ()))
