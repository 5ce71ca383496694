"""Reads an author's files into entries, each file checked by itself."""

from tiebreak.content import citations, front_matter, ignores, placeholders
from tiebreak.content.addresses import base_url, is_url
from tiebreak.content.changes import CellChangeEntry, ChangesEntry, record_of, recorded_in, written
from tiebreak.content.chart_schema import ChartEntry
from tiebreak.content.charts import ChartBlock
from tiebreak.content.citations import Citation
from tiebreak.content.document import Data, Document, Position
from tiebreak.content.editors import json_schema
from tiebreak.content.entry import Entry
from tiebreak.content.file_kinds import LOCK, SETTINGS, configures_host, host_problem
from tiebreak.content.ignores import Ignore
from tiebreak.content.lock import Looks, written_lock
from tiebreak.content.project import Parsed, Project, no_settings, open_project, parse, read_project
from tiebreak.content.results import Misreading, Reading, decimals_of, readings, rounded
from tiebreak.content.results import file_of as result_file
from tiebreak.content.schema import ComparisonEntry, PageEntry, ReleaseEntry, SubjectEntry
from tiebreak.content.settings import NavigationEntry, SettingsEntry
from tiebreak.content.table_schema import CellEntry, FactorEntry, FactorsFile, SharedFactorEntry, SourceEntry
from tiebreak.content.tables import Entry as TableEntry
from tiebreak.content.tables import Table, tables
