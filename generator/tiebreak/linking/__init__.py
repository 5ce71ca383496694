"""Turns entries into the model: resolves references between files, and reports those that do not fit together."""

from tiebreak.linking import facts
from tiebreak.linking.comparison import link_comparison
from tiebreak.linking.context import Context
from tiebreak.linking.index import Index, IndexEntry, held_back
from tiebreak.linking.lint import future_facts, lint_comparison, orphan_subjects
from tiebreak.linking.project import build_index, build_site
from tiebreak.linking.subjects import RESERVED
from tiebreak.linking.texts import lint_fields, lint_texts
from tiebreak.linking.trace import Question, Questions, Trace, changed_answers, interned
