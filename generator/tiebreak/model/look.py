"""What a look at a source found: whether it answered, where it has gone, and which claims its text bears out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

ROBOTS = "robots.txt asks programs to stay away"
_REFUSED = frozenset({401, 402, 403, 405, 406, 407, 408, 429, 451, 999})  # programs, which says nothing of readers


@dataclass(frozen=True)
class Look:
    """The last look at one page, as `content/sources.lock` records it.

    `found` and `missing` are claims: quotes as cells have them, and values with their units.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = {"extra": "forbid"}

    looked: date
    status: int = 0  # of HTTP; 0 where there was no answer
    trouble: str = ""  # why there was none, or no text in it
    final: str = ""  # the address that redirects led to
    permanent: bool = False  # whether all of them say that the page has moved
    digest: str = ""  # of its text, which the cache may have
    changed: date | None = None  # when the text was first seen to be another than before
    etag: str = ""
    modified: str = ""
    found: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def alive(self) -> bool:
        return 200 <= self.status < 300

    @property
    def dead(self) -> bool:
        """Whether readers are not served either, as far as one look tells."""
        return not self.alive and self.status not in _REFUSED and self.trouble != ROBOTS


def page_of(url: str) -> str:
    """The address of the page that a URL is within: what is fetched once for all places in it."""
    return url.partition("#")[0]


def value_claim(value: str, unit: str) -> str:
    """A number with the unit of its row, as a claim about sources."""
    return f"{value} {unit}".strip()


def is_found(claims: Iterable[str], looks: Sequence[Look | None]) -> bool | None:
    """Whether each of the claims occurs in one of the sources; None where that is not known, or nothing is claimed."""
    answers = {_is_found(claim, looks) for claim in claims}
    return next((answer for answer in (False, None, True) if answer in answers), None)


def _is_found(claim: str, looks: Sequence[Look | None]) -> bool | None:
    if any(look and claim in look.found for look in looks):
        return True
    return False if looks and all(look and claim in look.missing for look in looks) else None
