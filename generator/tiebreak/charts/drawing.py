"""One chart as a drawing, of whichever kind it is."""

from tiebreak.charts import bars, plane
from tiebreak.charts.bars import Rows
from tiebreak.charts.plane import Plane
from tiebreak.charts.writing import Writing
from tiebreak.model import Chart, ChartKind


def drawn(chart: Chart, writing: Writing) -> Rows | Plane:
    """Where everything in a chart stands: x in hundredths of the width, y in pixels."""
    if chart.kind in (ChartKind.SCATTER, ChartKind.LINES):
        return plane.drawn(chart, writing)
    return bars.drawn(chart, writing)
