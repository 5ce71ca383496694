"""Rules that a project may break and still build: warnings about what is allowed but weak."""

from tiebreak.rules import contradictions, recheck, versions
from tiebreak.rules.changes import lint_changes, orphan_records
from tiebreak.rules.claims import lint_claims
from tiebreak.rules.comparison import future_facts, lint_comparison, orphan_subjects, rows
from tiebreak.rules.fixes import Fixed, mend
from tiebreak.rules.freshness import stale_facts
from tiebreak.rules.ignored import comments_in, of_ignores, without_ignored
from tiebreak.rules.recheck import Recheck
from tiebreak.rules.sources import sources_of_facts, unsound_sources
from tiebreak.rules.texts import Style, lint_fields, lint_texts
from tiebreak.rules.weighing import unlike_weights
