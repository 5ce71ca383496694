"""What a host asks of programs in its robots.txt: which paths they leave alone, and how long they wait in between."""

from dataclasses import dataclass

from protego import Protego

LONGEST = 500_000  # bytes that are read of one, as RFC 9309 has it
SLOWEST = 60.0  # seconds that are waited between two requests at most


@dataclass(frozen=True)
class Robots:
    """The rules of one host for a program of this name; without a text there are none, unless `closed`."""

    text: str = ""
    closed: bool = False  # it could not be read, which forbids all

    def allows(self, url: str, agent: str) -> bool:
        return not self.closed and bool(Protego.parse(self.text).can_fetch(url, agent))

    def delay(self, agent: str) -> float:
        """Seconds between two requests."""
        wanted = Protego.parse(self.text).crawl_delay(agent) or 0.0
        return min(max(0.0, wanted), SLOWEST)


def robots_of(status: int, body: bytes) -> Robots:
    """The rules that an answer means: a host without robots.txt allows everything, one in trouble nothing."""
    if 200 <= status < 300:
        return Robots(body[:LONGEST].decode("utf-8-sig", "replace"))
    return Robots(closed=status >= 500 or status == 429)
