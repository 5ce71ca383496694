"""Which comparisons belong together, and why."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Literal

from tiebreak.model import Card, Cards, Listing, Site

MOST = 5
NEWEST = 300  # that are looked at, of those that share one thing: a site may be about one subject throughout
# A shared subject says more than a shared shelf, and a shelf more than a label.
SUBJECT, CATEGORY, TAG = 100, 10, 1


@dataclass(frozen=True)
class Related:
    """Another comparison, what relates it, and the names of what the two share."""

    listing: Listing
    by: Literal["subject", "category", "tag", "author"]
    shared: tuple[str, ...] = ()

    @property
    def comparison(self) -> Card:
        return self.listing.card


def related_to(comparison: Listing, site: Site, most: int = MOST) -> tuple[Related, ...]:
    """Up to `most` others: those the author pinned, then the nearest; the newest first among equals. Where hundreds
    share the same, the nearest of the newest.

    Empty only when no other published comparison shares a subject, a category or a tag, and none is pinned.
    """
    known = site.listing_by_slug
    pinned = [known[slug] for slug in comparison.pinned if slug in known and slug != comparison.slug]
    passed_over = {comparison.slug, *(other.slug for other in pinned)}
    near = _neighbours(comparison, site, passed_over, most - len(pinned))
    nearest = _nearest(comparison, near.values(), site)
    return tuple(_related(comparison, other, site) for other in [*pinned, *nearest][:most])


def affected_by(before: Site, now: Site) -> set[str]:
    """The slugs of comparisons of `now` to which others may be related than before, or look otherwise: those that share
    anything with one that is new, gone or another, or pin it.
    """
    changed = [
        listing
        for one, other in ((now, before), (before, now))
        for listing in one.listings
        if other.listing_by_slug.get(listing.slug) != listing
    ]
    slugs = {listing.slug for listing in changed}
    found = {one.slug for one in now.listings if one.slug in slugs or not slugs.isdisjoint(one.pinned)}
    for index, keys in (
        (now.by_subject, {id for listing in changed for id in listing.subject_ids}),
        (now.by_category, {listing.category for listing in changed}),
        (now.by_tag, {tag for listing in changed for tag in listing.tags}),
    ):
        found |= {other.slug for key in keys for other in index.get(key, Cards()).listings}
    return found


def _neighbours(comparison: Listing, site: Site, passed_over: Container[str], wanted: int) -> dict[str, Listing]:
    """Others that share a subject, else a category, else a tag, by slug; stops when the nearest are among them."""
    tags = TAG * len(comparison.tags)
    shared = (
        (site.by_subject, comparison.subject_ids, CATEGORY + tags),
        (site.by_category, (comparison.category,), tags),
        (site.by_tag, comparison.tags, 0),
    )
    near: dict[str, Listing] = {}
    for (index, keys, next_best), worth in zip(shared, (SUBJECT, CATEGORY, TAG), strict=True):
        for key in keys:
            newest = index.get(key, Cards()).listings[:NEWEST]
            near |= {other.slug: other for other in newest if other.slug not in passed_over}
        if len(near) >= wanted and next_best < worth:
            break
    return near


def _nearest(comparison: Listing, others: Iterable[Listing], site: Site) -> list[Listing]:
    """Those that share most first, the newest first among equals."""
    subjects, category, tags = {*comparison.subject_ids}, comparison.category, {*comparison.tags}

    def distance(other: Listing) -> tuple[int, int]:
        shared = SUBJECT * len(subjects.intersection(other.subject_ids)) + TAG * len(tags.intersection(other.tags))
        return -shared - CATEGORY * (category == other.category != ""), site.place[other.slug]

    return sorted(others, key=distance)


def _related(comparison: Listing, other: Listing, site: Site) -> Related:
    subjects = tuple(site.subjects[id].name for id in comparison.subject_ids if id in other.subject_ids)
    if subjects:
        return Related(other, "subject", subjects)
    if comparison.category and comparison.category == other.category:
        return Related(other, "category", (comparison.category,))
    tags = tuple(tag for tag in comparison.tags if tag in other.tags)
    return Related(other, "tag", tags) if tags else Related(other, "author")
