"""Feeds, each as Atom and as JSON Feed: which pages have one, and what stands in it."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from tiebreak.model import Cards, Listing
from tiebreak.pages.outputs import Meta, Output

RULING = "ruling.html"  # the template of what a feed shows of a comparison
RULINGS = 20  # in one feed, the newest


def of_rulings(meta: Meta, comparisons: Cards, atom: str = "feed.xml") -> Iterator[Output]:
    """The feeds of a page that lists comparisons, newest first; one without a date has no place in them."""
    shown = tuple(islice((one for one in comparisons.listings if one.revised), RULINGS))
    context = {"meta": meta, "comparisons": Cards(shown), "updated": shown[0].revised if shown else None}
    yield from both(meta, (atom, "feed.json"), context, shown)


def both(
    meta: Meta, templates: tuple[str, str], context: Mapping[str, Any], whole: tuple[Listing, ...] = ()
) -> Iterator[Output]:
    """The two feeds of a page."""
    for name, template in zip(("feed.xml", "feed.json"), templates, strict=True):
        yield Output(f"{meta.path.lstrip('/')}{name}", template, context, whole=whole)
