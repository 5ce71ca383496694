"""What an article asks of the index is all that linking it depends on."""

from inspect import signature
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from published import DRINKS
from samples import loaded_site

from tiebreak.content import ComparisonEntry, parse
from tiebreak.linking import Context, Index, Trace, changed_answers, interned, link_comparison
from tiebreak.linking.index import READS
from tiebreak.markdown import Dialect
from tiebreak.model import Comparison
from tiebreak.problems import Problem
from tiebreak.rules import lint_comparison
from tiebreak.storage import Cache

ROOT = Path(__file__).resolve().parents[2]


class Replay(Trace):
    """Answers as another trace was answered, and knows nothing else."""

    def __init__(self, trace: Trace) -> None:
        self.answers = {one: getattr(trace.index, one[0])(*one[1:]) for one in trace.questions}

    def ask(self, question: Any, *args: Any, **_: Any) -> Any:
        return self.answers[(question.__name__, *args)]

    @property
    def index(self) -> Index:
        raise AssertionError("more was looked at than was asked for")

    @index.setter
    def index(self, _: Index) -> None: ...


def linked(root: Path, file: str, trace: Trace, *, dialect: Dialect) -> tuple[Comparison | None, list[Problem]]:
    parsed, _ = parse(root, file, ComparisonEntry, Cache(None), dialect)
    assert parsed
    context = Context(trace, parsed.document)
    comparison = link_comparison(context, Path(file).stem, parsed)
    return comparison, context.problems + (lint_comparison(parsed, comparison, trace) if comparison else [])


@pytest.mark.slow
@pytest.mark.parametrize("root", [DRINKS, ROOT], ids=["drinks", "own"])
def test_what_is_asked_is_all_that_an_article_is_linked_with(root: Path) -> None:
    """With nothing but the answers it is the same, and so are its warnings; what has an error may be guessed at."""
    loaded = loaded_site(root)
    for file in loaded.index.entries:
        trace = Trace(loaded.index)
        comparison, problems = linked(root, file, trace, dialect=loaded.dialect)
        if problems:
            continue
        assert linked(root, file, Replay(trace), dialect=loaded.dialect) == (comparison, problems)
        assert len(set(trace.questions)) == len(trace.questions)


def test_a_question_counts_when_its_answer_is_another() -> None:
    """Not when the index is another in anything else."""
    before, now = (loaded_site(DRINKS).index for _ in range(2))
    questions = {("default_author",), ("subject", "Tea"), ("fact", "tea", "nothing"), ("is_draft", "tea-vs-coffee")}
    assert changed_answers(questions, before, now) == frozenset()
    now.registry.by_id.pop("tea")
    assert changed_answers(questions, before, now) == {("subject", "Tea")}


@pytest.mark.parametrize(("question", "part"), READS.items(), ids=READS.keys())
def test_a_question_that_is_said_to_read_one_part_reads_no_other(question: str, part: str) -> None:
    """Such questions are not asked again while their part is the same."""
    index = loaded_site(DRINKS).index
    only = SimpleNamespace(**{part: getattr(index, part)})
    method = getattr(Index, question)
    names = ("tea", "price")[: len(signature(method).parameters) - 1]
    assert method(only, *names) == method(index, *names)


def test_equal_questions_are_one_object() -> None:
    """Which takes less room where they are kept."""
    asked = {"a": (("factor", "x" * 2),), "b": (("factor", "x" * 2), ("default_author",))}
    same = interned(asked)
    assert same == asked
    assert same["a"][0] is same["b"][0]
