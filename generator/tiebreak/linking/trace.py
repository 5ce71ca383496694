"""Records what an article asked of the index; while the answers are the same, it need not be linked again."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Concatenate, ParamSpec, TypeVar

from tiebreak.linking.index import READS, Index

P = ParamSpec("P")
T = TypeVar("T")
Question = tuple[Any, ...]  # the name of a method of the index, and plain arguments
Questions = tuple[Question, ...]


class Trace:
    """Asks the index, and records every question.

    Suggestions need no record: a file with a problem is linked again in any case.
    """

    def __init__(self, index: Index) -> None:
        self.index = index
        self._asked: dict[Question, None] = {}

    def ask(self, question: Callable[Concatenate[Index, P], T], *args: P.args, **_: P.kwargs) -> T:
        """The answer of a method of the index to plain arguments."""
        self._asked[(question.__name__, *args)] = None
        return question(self.index, *args)  # type: ignore[call-arg]

    @property
    def questions(self) -> Questions:
        """Each once."""
        return tuple(self._asked)


def changed_answers(questions: Iterable[Question], before: Index, now: Index) -> frozenset[Question]:
    """The questions that the two indexes answer differently. Where all that a kind of question reads is the same, none
    of that kind is asked.
    """
    settled = {name for name, part in READS.items() if getattr(before, part) == getattr(now, part)}
    asked = [question for question in questions if question[0] not in settled]
    methods = {name: getattr(Index, name) for name in {question[0] for question in asked}}
    return frozenset(
        question
        for question in asked
        if (method := methods[question[0]])(before, *question[1:]) != method(now, *question[1:])
    )


def interned(asked: Mapping[str, Questions]) -> dict[str, Questions]:
    """The same questions, but equal ones are the same object, so that they take less room in the state."""
    first: dict[Question, Question] = {}
    return {file: tuple(first.setdefault(one, one) for one in questions) for file, questions in asked.items()}
