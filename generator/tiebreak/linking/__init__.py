"""Turns entries into the model: resolves references between files, and reports those that do not fit together."""

from tiebreak.linking import facts, numbers, winners
from tiebreak.linking.changes import recorded
from tiebreak.linking.comparison import link_comparison
from tiebreak.linking.context import Context
from tiebreak.linking.index import Index, IndexEntry, held_back
from tiebreak.linking.numbers import measured
from tiebreak.linking.project import build_index, build_site
from tiebreak.linking.subjects import RESERVED, find_among
from tiebreak.linking.trace import Question, Questions, Trace, changed_answers, interned
