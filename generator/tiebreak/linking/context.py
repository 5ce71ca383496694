"""What it takes to link any file: resolves its links, finds its subjects, and collects its problems."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Concatenate

from tiebreak import limits
from tiebreak.content import Document, Position
from tiebreak.linking import links
from tiebreak.linking.index import Index
from tiebreak.linking.links import BrokenReferenceError
from tiebreak.linking.quoted_facts import Complain, with_facts
from tiebreak.linking.subjects import find_among, names
from tiebreak.linking.trace import P, T, Trace
from tiebreak.model import Link, Prose, Subject
from tiebreak.problems import Candidates, Problem, did_you_mean


@dataclass
class Context:
    """A file while it is linked: its trace of the index, and the problems found so far."""

    trace: Trace
    document: Document
    problems: list[Problem] = field(default_factory=list)

    def ask(self, question: Callable[Concatenate[Index, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The answer of the index: `context.ask(Index.fact, "python", "licence")`."""
        return self.trace.ask(question, *args, **kwargs)

    def report(self, code: str, message: str, at: Position, *, key: bool = False, help: str = "") -> None:
        self.problems.append(self.document.problem(code, message, at, key=key, help=help))

    def suggest(self, word: str, known: Iterable[str] | Candidates) -> str:
        """`did you mean …`; nothing once a file has so many problems that suggestions would take most of the time."""
        return did_you_mean(word, known) if len(self.problems) < limits.GUESSES else ""

    def prose(self, prose: Prose, at: Position) -> Prose:
        """A field's prose with its links resolved; broken links are reported at the field."""

        def complain(_: object, error: BrokenReferenceError) -> None:
            self.report(error.code, error.message, at, help=error.help)

        return self._resolved(prose, complain, complain)

    def optional_prose(self, prose: Prose | None, at: Position) -> Prose | None:
        return None if prose is None else self.prose(prose, at)

    def body(self, prose: Prose) -> Prose:
        """A body's prose with its links resolved; broken links are reported at their line in the body."""
        seen: Counter[str] = Counter()
        nths: dict[int, int] = {}
        for link in prose.links:
            nths[id(link)] = seen[link.target]
            seen[link.target] += 1

        def complain(link: Link, error: BrokenReferenceError) -> None:
            needle = link.target or "]()"
            problem = self.document.body_problem(error.code, error.message, needle, help=error.help, nth=nths[id(link)])
            self.problems.append(problem)

        def complain_of_fact(written: str, error: BrokenReferenceError) -> None:
            problem = self.document.body_problem(error.code, error.message, written, help=error.help, nth=seen[written])
            seen[written] += 1
            self.problems.append(problem)

        return self._resolved(prose, complain, complain_of_fact)

    def resolve(self, url: str, at: Position) -> str:
        """The URL that a field with one link leads to; a broken link is reported, and stays as written."""
        try:
            return links.resolve(Link(url), self.document.file, self.trace, self.suggest).target
        except BrokenReferenceError as error:
            self.report(error.code, error.message, at, help=error.help)
            return url

    def compared_subject(
        self, name: str, at: Position, subjects: Sequence[Subject], *, also: Iterable[str] = (), key: bool = False
    ) -> Subject | None:
        """The one of a comparison's `subjects` that `name` means; None, and a problem, when it means none of them."""
        subject = find_among(name, subjects)
        if subject is None:
            field = next(step for step in reversed(at[:-1] if key else at) if isinstance(step, str))
            verb = "name" if field == "cells" else "names"
            help = self.suggest(name, (*names(subjects), *also))
            self.report(
                "unknown-subject", f'{field} {verb} "{name}", which is not a subject here', at, key=key, help=help
            )
        return subject

    def _resolved(
        self, prose: Prose, complain: Callable[[Link, BrokenReferenceError], None], complain_of_fact: Complain
    ) -> Prose:
        def change(link: Link) -> Link:
            try:
                return links.resolve(link, self.document.file, self.trace, self.suggest)
            except BrokenReferenceError as error:
                complain(link, error)
                return link

        return with_facts(prose.map_links(change), self.document.file, self.trace, self.suggest, complain_of_fact)
