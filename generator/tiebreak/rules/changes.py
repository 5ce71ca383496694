"""Warnings about what has changed: what is not recorded yet, what has no reason, and records of nothing."""

from collections.abc import Iterator

from tiebreak.content import ChangesEntry, ComparisonEntry, Parsed, Project
from tiebreak.model import Comparison
from tiebreak.problems import Problem, Severity


def lint_changes(
    parsed: Parsed[ComparisonEntry], record: Parsed[ChangesEntry] | None, comparison: Comparison
) -> Iterator[Problem]:
    """Every warning about one comparison and its record."""
    if record is None:
        return
    for change in comparison.history:
        if not change.why:
            message = f"the pick was {change.was or 'none'} when this was last recorded, and `history` does not say so"
            help = f"add {{date: {change.date}, was: {record.entry.pick}, why: ...}} to `history`"
            yield parsed.document.warning("untold-verdict", message, ("pick",), help)
    if fresh := len(comparison.corrections) - len(record.entry.changes):
        cells = "a cell has" if fresh == 1 else f"{fresh} cells have"
        message = f"{cells} changed since {record.document.file} was written"
        yield parsed.document.warning("unrecorded-change", message, ("factors",), "`tiebreak build --record`", key=True)
    for place, one in enumerate(record.entry.changes):
        if one.why is None:
            help = "add `why`: the page tells its readers what changed"
            yield record.document.warning(
                "unexplained-change", "nobody says why this changed", ("changes", place), help
            )


def orphan_records(project: Project) -> Iterator[Problem]:
    """Records of comparisons that there are not."""
    for file in project.orphan_records:
        message, help = "there is no comparison of this name", "rename it as the comparison was, or delete it"
        yield Problem(file, 0, 0, "orphan-record", message, help, Severity.WARNING)
