"""Warnings about wording: phrases that say nothing, what a template or a to-do list left, and sentences said twice."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from tiebreak.content import Document
from tiebreak.problems import Problem
from tiebreak.rules import filler
from tiebreak.rules.passages import Hit, Passage

_LEAK = re.compile(
    r"""
    \{\{[ ]?[^\s<%{}][^\n{}]{0,80}\}\} | \$\{[A-Za-z_][\w.]{0,60}\} | \[object[ ]Object\]
    | (?<![\w.#/-])(?:TODO|TBD|FIXME)(?![\w./-]) | (?<!\w)(?i:lorem\s+ipsum)(?!\w)
    | (?<![\\{$])(?!\{fact:)\{[ ]?(?i:facts?)[ ]?:[ ]?[\w-]+\.[\w-]+[ ]?\}
    """,
    re.VERBOSE,
)
LEAKING = re.compile(r"[{\[]|TODO|TBD|FIXME|undefined|None|NaN|nil|(?i:lorem)")  # one of these is in each of them
_EMPTY = re.compile(r"\s*(?:undefined|None|NaN|nil)\s*")
_OFTEN_NONE = frozenset({"text", "group", "note"})  # where the word may be the answer
_SENTENCE = re.compile(r"(?:[^.!?。！？]+|[.!?](?=[\w.!?]))+[.!?。！？]*")
_GAP = re.compile(r"\n[ \t>]*(?=\n|[-*+#|:]|\d+[.)])|\Z")  # between paragraphs, items and rows
_LETTERS = re.compile(r"\w+")
_ROW = re.compile(r"^[ \t>]*\|.*$", re.MULTILINE)
LONGEST_ALIKE = 6  # words that two sentences may share without being one


def of_wording(passages: Sequence[Passage], language: str, more: tuple[str, ...]) -> Iterator[Problem]:
    """Every warning about the wording of one file; `more` are the phrases that its site counts as filler."""
    phrases = filler.pattern(language, more)
    whole = "\n".join(passage.text for passage in passages)
    has_filler, has_leaks = filler.may_stand_in(whole, language, more), LEAKING.search(whole) is not None
    for passage in passages:
        if has_filler:
            yield from passage.problems(_filler, partial(_of_filler, phrases))
        if has_leaks:
            yield from passage.problems(_leak, partial(leaks, passage.key))
    yield from _repeated(passages)


def _filler(document: Document, start: int, hit: Hit) -> Problem:
    return document.warning_at("filler-phrase", hit.message, start + hit.start, hit.end - hit.start, help=hit.help)


def _leak(document: Document, start: int, hit: Hit) -> Problem:
    return document.warning_at("template-leak", hit.message, start + hit.start, hit.end - hit.start, help=hit.help)


def _of_filler(phrases: re.Pattern[str], text: str) -> Iterator[Hit]:
    for found in phrases.finditer(text):
        words = " ".join(found[0].split())
        yield Hit(found.start(), found.end(), f'"{words}" says nothing', "say what it depends on, or leave it out")


def leaks(key: str, text: str) -> Iterator[Hit]:
    """What was left in a text of a field."""
    help = "write what belongs there; or put it in backticks if it is meant"
    for found in _LEAK.finditer(text):
        yield Hit(found.start(), found.end(), f"{found[0]} was left here", help)
    if key != "body" and key not in _OFTEN_NONE and (empty := _EMPTY.fullmatch(text)):
        yield Hit(0, len(text), f"{empty[0].strip()} is what programs say for nothing", help)


def _repeated(passages: Iterable[Passage]) -> Iterator[Problem]:
    """Warns of a sentence that its page has said before. Cells of tables may say the same."""
    seen = set[str]()
    for passage in passages:
        if passage.key != "text":
            text = _ROW.sub(_blank, passage.text) if "|" in passage.text else passage.text
            for start, sentence in _sentences(text):
                folded = sentence.casefold()
                if len(folded) <= 2 * LONGEST_ALIKE:
                    continue  # it has fewer words
                words = _LETTERS.findall(folded)
                said = " ".join(words)
                if len(words) > LONGEST_ALIKE and said in seen:
                    yield _again(passage, start, sentence)
                seen.add(said)


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """Each sentence with its place; none goes on in the next paragraph."""
    start = 0
    for gap in _GAP.finditer(text):
        for found in _SENTENCE.finditer(text, start, gap.start()):
            yield found.start(), found[0]
        start = gap.end()


def _blank(row: re.Match[str]) -> str:
    return " " * len(row[0])


def _again(passage: Passage, start: int, sentence: str) -> Problem:
    message, help = "this page has said this before, word for word", "say it once"
    if passage.at is not None:
        return passage.document.warning("repeated-sentence", message, passage.at, help)
    place = passage.document.body_start + start + len(sentence) - len(sentence.lstrip())
    width = len(sentence.strip().partition("\n")[0])
    return passage.document.warning_at("repeated-sentence", message, place, width, help=help)
