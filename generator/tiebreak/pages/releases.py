"""The releases of a subject as a strip of dates."""

from dataclasses import dataclass

from tiebreak.model import Chart, ChartKind, ChartRow, Point, Release, Site, Source
from tiebreak.pages.messages import Messages

MOST = 8  # that are drawn, the newest


@dataclass(frozen=True)
class Releases:
    """The strip, where its dates were read, and how many older releases it leaves out."""

    chart: Chart
    sources: tuple[Source, ...]
    more: int = 0

    @property
    def has_ends(self) -> bool:
        """Whether a bar is drawn, for a release whose support has a known end."""
        return any(point.high for row in self.chart.rows for point in row.known)


def releases(site: Site, id: str, messages: Messages) -> Releases | None:
    """The releases of a subject, the newest first; None where nobody wrote any."""
    known = site.releases.get(id, ())
    if not known:
        return None
    rows = tuple(ChartRow(one.version, (_point(one),), site.subjects[id]) for one in known[:MOST])
    chart = Chart(ChartKind.DATES, rows, (), messages.say("subject.releases"))
    sources = dict.fromkeys(Source("", one.source, one.checked) for one in known[:MOST] if one.source)
    return Releases(chart, tuple(sources), len(known[MOST:]))


def _point(release: Release) -> Point:
    return Point(release.released, low=release.until and release.released, high=release.until)
