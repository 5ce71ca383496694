"""Rules that a project may break and still build: warnings about what is allowed but weak."""

from tiebreak.rules.comparison import future_facts, lint_comparison, orphan_subjects
from tiebreak.rules.sources import sources_of_facts, unsound_sources
from tiebreak.rules.texts import lint_fields, lint_texts
