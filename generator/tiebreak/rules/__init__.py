"""Rules that a project may break and still build: warnings about what is allowed but weak."""

from tiebreak.rules.comparison import future_facts, lint_comparison, orphan_subjects
from tiebreak.rules.texts import lint_fields, lint_texts
from tiebreak.rules.weighing import unlike_weights
