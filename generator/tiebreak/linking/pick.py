"""The pick of a comparison, which must be one of its subjects or `none`, and what its verdict says on each."""

from collections.abc import Sequence

from tiebreak.content import ComparisonEntry
from tiebreak.linking.context import Context
from tiebreak.linking.index import Index
from tiebreak.linking.rows import by_subject
from tiebreak.model import NO_PROSE, Prose, Subject


def pick(context: Context, entry: ComparisonEntry, subjects: Sequence[Subject]) -> Subject | None:
    """The subject that is picked; None for `none`, and where the pick is no subject here, which is a problem."""
    if entry.pick == "none":
        return None
    return context.compared_subject(entry.pick, ("pick",), subjects, also=("none",))


def former_pick(context: Context, was: str) -> str | None:
    """The name of an earlier pick, which need not be a subject any more; None for `none`."""
    if was == "none":
        return None
    subject = context.ask(Index.subject, was)
    return subject.name if subject else was


def verdict(context: Context, entry: ComparisonEntry, subjects: Sequence[Subject]) -> tuple[Prose, ...]:
    """One line a subject, in the order of subjects; a subject without one is a problem."""
    keyed = by_subject(context, entry.verdict, ("verdict",), subjects)
    lines = []
    for subject in subjects:
        if subject.id in keyed:
            key, prose = keyed[subject.id]
            lines.append(context.prose(prose, ("verdict", key)))
        else:
            message, help = f'the verdict says nothing on "{subject.name}"', f"add `{subject.id}: You ...`"
            context.report("missing-verdict", message, ("verdict",), key=True, help=help)
            lines.append(NO_PROSE)
    return tuple(lines)
