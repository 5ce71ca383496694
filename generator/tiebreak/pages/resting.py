"""The rulings that rest on a page of the site: those whose cells cite it as a source."""

from dataclasses import dataclass

from tiebreak.model import Listing, Site

MOST = 60  # that a page names; the newest of those with most rows


@dataclass(frozen=True)
class Ruling:
    """A comparison, who was picked in it, and how many of its rows rest on the page."""

    origin: str  # its file
    title: str
    path: str
    picked: str  # a name; may be empty
    rows: int


@dataclass(frozen=True)
class Resting:
    """Those that rest on a page, most rows first; `more` are not named."""

    rulings: tuple[Ruling, ...] = ()
    more: int = 0


def resting(site: Site, path: str) -> Resting:
    """What rests on the page at a URL within the site."""
    found = sorted(site.rests.get(path, ()), key=lambda one: -one[1])
    return Resting(tuple(_ruling(site, *one) for one in found[:MOST]), len(found[MOST:]))


def _ruling(site: Site, listing: Listing, rows: int) -> Ruling:
    picked = site.subjects[listing.picked].name if listing.picked else ""
    return Ruling(listing.origin, listing.title, listing.path, picked, rows)
