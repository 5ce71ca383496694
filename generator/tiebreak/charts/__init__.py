"""Charts: where each mark and each label stands, worked out when a page is made."""

from tiebreak.charts.drawing import Plane, Rows, drawn
from tiebreak.charts.writing import Writing
