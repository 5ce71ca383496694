"""Warnings about names of subjects that are written in the wrong case, each with the one that is right."""

import re
from collections.abc import Iterable, Iterator, Sequence

from tiebreak.content import Document
from tiebreak.model import Subject
from tiebreak.problems import Problem
from tiebreak.rules.passages import Hit, Passage

SHORTEST = 3  # characters of a name that is looked for
HELP = "`tiebreak check --fix` writes it so; or put it in backticks where it is code"
# No part of a path, an address, an option, a handle or a longer name.
_WORD = re.compile(r"(?<![\w./@:#&=+~\\$-])[^\W_][\w.+#-]*(?![\w/@(=\\]|[:\[{]\w)")
_ENDS = ".+#-_"  # of a word that are none of it, unless its name has them
_MARKS = " \t*_~\"'“‘([¿¡"  # between the end of a sentence and the first word of the next
_BEGINS = re.compile(r"(?:^|\n)[ \t>]*(?:#+|[-*+|]|\d+[.)])?[ \t]*$")


class Spellings:
    """The names of subjects as their owners write them, by their first word in small letters."""

    def __init__(self, subjects: Iterable[Subject]) -> None:
        subjects = tuple(subjects)
        self._right = frozenset(name for one in subjects for name in (one.name, *one.aliases))
        self._by_word: dict[str, list[str]] = {}
        for one in subjects:
            if len(one.name) >= SHORTEST and one.name.split():
                self._by_word.setdefault(one.name.split()[0].casefold(), []).append(one.name)

    def __call__(self, text: str) -> Iterator[Hit]:
        """Names in the wrong case. Takes time in proportion to the text."""
        for word in _WORD.finditer(text):
            for name in self._beginning_with(word[0]):
                found = text[word.start() : word.start() + len(name)]
                if self._is_wrong(found, name, text, word.start()):
                    yield Hit(word.start(), word.start() + len(name), f'"{found}" is written "{name}"', HELP, name)
                    break

    def _beginning_with(self, word: str) -> Sequence[str]:
        folded = word.casefold()
        return self._by_word.get(folded, self._by_word.get(folded.rstrip(_ENDS), []))

    def may_be_wrong(self, text: str) -> bool:
        """Whether there is a word in a text that begins a name and does not spell it right by itself, which is quicker
        to tell.
        """
        folded = ((word, word.casefold()) for word in set(_WORD.findall(text)))
        near = [word for word, one in folded if one in self._by_word or one.rstrip(_ENDS) in self._by_word]
        return any(word[: len(name)] not in self._right for word in near for name in self._beginning_with(word))

    def _is_wrong(self, found: str, name: str, text: str, start: int) -> bool:
        end = start + len(name)
        if found in self._right or found.casefold() != name.casefold() or text[end : end + 1].isalnum():
            return False
        if _is_distinctive(name):
            return True
        # Only the first letter is told of names that may be words as well, and only where no sentence begins.
        return (name.islower() or name.isupper()) and found == name.capitalize() and not _begins(text, start)


def of_names(passages: Sequence[Passage], spellings: Spellings) -> Iterator[Problem]:
    """Every name of a subject that the passages write in the wrong case."""
    is_wrong = spellings.may_be_wrong("\n".join(passage.text for passage in passages))
    for passage in passages if is_wrong else ():
        yield from passage.problems(_wrong_case, spellings)


def _wrong_case(document: Document, start: int, hit: Hit) -> Problem:
    return document.warning_at(
        "wrong-case", hit.message, start + hit.start, hit.end - hit.start, help=hit.help, instead=hit.instead
    )


def _is_distinctive(name: str) -> bool:
    """Whether a name has capitals inside a word, or digits beside letters, as no ordinary word has."""
    words = name.split()
    mixed = any(word[1:] != word[1:].lower() and word != word.upper() for word in words)
    return mixed or (any(map(str.isdigit, name)) and name != name.lower())


def _begins(text: str, start: int) -> bool:
    """Whether a sentence, a heading, an item or a cell begins at a place."""
    before = text[max(0, start - 200) : start]
    ended = before.rstrip(_MARKS + "\n")
    return not ended or ended[-1] in ".!?:;|。…—–" or bool(_BEGINS.search(before.rstrip(_MARKS[2:])))
