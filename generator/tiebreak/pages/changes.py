"""What has changed on a site, newest first: verdicts and cells that were others."""

from dataclasses import dataclass

from tiebreak.model import Card, CellChange, Change, Site, plain_digest

MOST = 200  # that one page lists
FEED_LENGTH = 50


@dataclass(frozen=True)
class SiteChange:
    """One change of one comparison."""

    comparison: Card
    change: Change | CellChange

    @property
    def address(self) -> str:
        """Where on the page of the comparison it is about."""
        return self.change.address

    @property
    def id(self) -> str:
        """What tells it from all other changes of the comparison, for feed readers."""
        return f"{self.change.date}-{plain_digest(self.change).hex()[:12]}"


def newest_changes(site: Site, most: int = MOST) -> tuple[SiteChange, ...]:
    """The newest changes; those of one day in the order of the site. Only as many cards are unpacked as it takes."""
    dated = [(listing.changed, listing) for listing in site.listings if listing.changed]
    dated.sort(key=lambda one: one[0], reverse=True)
    cards = [listing.card for _, listing in dated[:most]]
    found = [SiteChange(card, change) for card in cards for change in card.changes]
    return tuple(sorted(found, key=lambda one: one.change.date, reverse=True)[:most])
