"""Who else there is beside a subject: its kind and those that it is compared with, and the ruling on the two."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tiebreak.linking import facts
from tiebreak.model import Cards, Listing, Site

MOST = 12  # that a hub lists; of a larger kind it offers the rest in a form


@dataclass(frozen=True)
class Alternative:
    """Another subject. `path` is that of its hub, and `ruling` that of a comparison of the two, in which `picked` is
    named; each is empty where there is none. Of a comparison of more, `ruling` shows the columns of these two. Without
    a ruling, `asked` leads to their facts side by side.
    """

    name: str
    path: str = ""
    ruling: str = ""
    picked: str = ""
    asked: str = ""


@dataclass(frozen=True)
class Alternatives:
    """Those that a hub lists, and `others` of its kind where these are not all; see `facts.others`."""

    listed: tuple[Alternative, ...]
    others: facts.Others | None = None


def alternatives(site: Site) -> Iterator[tuple[str, Alternatives]]:
    """For each subject that is compared, by id: who it was judged against, and then the rest of its kind."""
    kinds = facts.by_kind(site)
    offered = facts.others(kinds)
    for id, comparisons in site.by_subject.items():
        judged = _nearest(id, comparisons.listings)
        kind = kinds.get(site.subjects[id].kind, ())
        room = MOST - len(judged)
        rest = [one.id for one in kind[: MOST + len(judged) + 2] if one.id != id and one.id not in judged]
        found = [_judged(site, id, other, listing) for other, listing in list(judged.items())[:MOST]]
        found += [_asked(site, id, other) for other in rest[: max(0, room)] if id in offered]
        yield id, Alternatives(tuple(found), offered.get(id) if len(rest) > room else None)


def _nearest(id: str, listings: Iterable[Listing]) -> Mapping[str, Listing]:
    """Whom a subject was judged against, and where: in the comparison of fewest, the newest among equals."""
    found: dict[str, Listing] = {}
    for listing in sorted(listings, key=lambda one: len(one.subject_ids)):
        for other in listing.subject_ids:
            if other != id:
                found.setdefault(other, listing)
    return found


def _judged(site: Site, id: str, other: str, listing: Listing) -> Alternative:
    picked = site.subjects[listing.picked].name if listing.picked else ""
    of_more = len(listing.subject_ids) > 2
    ruling = f"{listing.path}?show={id},{other}" if of_more else listing.path
    return Alternative(site.subjects[other].name, site.subjects[other].path, ruling, picked)


def _asked(site: Site, id: str, other: str) -> Alternative:
    subject = site.subjects[other]
    has_hub = bool(site.by_subject.get(other, Cards()))
    return Alternative(subject.name, subject.path if has_hub else "", asked=f"/compare/?with={id},{other}")
