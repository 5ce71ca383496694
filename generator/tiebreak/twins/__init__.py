"""Twins: what the page of a comparison says, for programs and other people's documents."""

from tiebreak.twins.table import table_csv
from tiebreak.twins.texts import Texts
