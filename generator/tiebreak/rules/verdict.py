"""Warnings about the verdict: a pick that its rows deny, a subject that wins nothing, advice that names a lost row."""

import re
from collections.abc import Iterable, Iterator
from html import unescape

from tiebreak.content import ComparisonEntry, Parsed
from tiebreak.linking import find_among
from tiebreak.model import Comparison, Factor, Prose
from tiebreak.problems import Problem

ROWS_EACH = 2  # as many rows with a winner as this for each subject, before one without any is remarkable
_STEM = 5  # letters by which two forms of a word are told to be one
_WORD = re.compile(r"[^\W\d_]{3,}")
_TAG = re.compile(r"<[^>]*>")
# Behind these, a text says what does not matter.
_CONCESSIONS = re.compile(
    r"\b(?:no|not|never|nor|without|less|little|rather|although|though|despite|even|seldom|rarely|irrelevant|only)\b|n[’']t\b"
)
_SMALL = frozenset(
    "and are but can for from has have how its more most much than that the their them they this was what when where"
    " which who why with you your".split()
)


def of_comparison(parsed: Parsed[ComparisonEntry], comparison: Comparison, language: str) -> Iterator[Problem]:
    """Every warning about what one comparison decides and advises; its texts are in a `language`."""
    yield from _of_pick(parsed, comparison)
    yield from _winning_nothing(parsed, comparison)
    if language.partition("-")[0] == "en":  # what concedes something is told by its words
        yield from _denied_advice(parsed, comparison)


def _of_pick(parsed: Parsed[ComparisonEntry], comparison: Comparison) -> Iterator[Problem]:
    """Warns of a pick that another subject outweighs, unless `override` says why, and of an override of nothing."""
    weights = dict(zip(comparison.subjects, comparison.balance.weights, strict=True))
    leader = max(comparison.subjects, key=lambda subject: weights[subject])
    lead = weights[leader]
    own = weights[comparison.pick] if comparison.pick else lead
    if lead > own and not comparison.override:
        message = f"{leader.name} wins rows of weight {lead}, the pick {own}"
        help = "say under `override` what outweighs those rows, or set the weights that you mean"
        yield parsed.document.warning("pick-loses", message, ("pick",), help)
    if comparison.override and lead <= own:
        message, help = "no subject wins more than the pick, so nothing is overridden", "delete it, or mend the weights"
        yield parsed.document.warning("unused-override", message, ("override",), help, key=True)


def _winning_nothing(parsed: Parsed[ComparisonEntry], comparison: Comparison) -> Iterator[Problem]:
    """Warns of subjects that neither win nor share a row, in a table that could have had one for each."""
    judged = [factor for factor in comparison.factors if factor.winners and not factor.tied]
    if len(judged) < ROWS_EACH * len(comparison.subjects):
        return
    for place, subject in enumerate(comparison.subjects):
        if not any(subject.id in factor.winners for factor in comparison.factors):
            message = f"{subject.name} wins none of {len(judged)} rows"
            help = "add the row that speaks for it, or leave it out of the comparison"
            yield parsed.document.warning("wins-nothing", message, ("subjects", place), help)


def _denied_advice(parsed: Parsed[ComparisonEntry], comparison: Comparison) -> Iterator[Problem]:
    """Warns of advice to use a subject for a row that it loses, where nothing in it is about a row that it wins."""
    keys = {subject: key for key in parsed.entry.verdict if (subject := find_among(key, comparison.subjects))}
    for subject, advice in comparison.advice:
        said = _plain(advice)
        if subject not in keys or _CONCESSIONS.search(said.casefold()):
            continue
        words = _words(said)
        rows = [factor for factor in comparison.factors if factor.winners]
        lost = [factor for factor in rows if subject.id not in factor.winners and _is_named(factor, words)]
        won = (factor for factor in rows if subject.id in factor.winners)
        if lost and words.isdisjoint(_about(won)):
            message = f'this says to use {subject.name} for "{lost[0].label}", which {subject.name} loses'
            help = "say what it wins, or mend who wins that row"
            yield parsed.document.warning("denied-advice", message, ("verdict", keys[subject]), help)


def _is_named(factor: Factor, words: set[str]) -> bool:
    """Whether a text has all words of a row's label in it."""
    label = _words(factor.label)
    return bool(label) and label <= words


def _about(factors: Iterable[Factor]) -> set[str]:
    texts = ((factor.label, _plain(factor.note) if factor.note else "") for factor in factors)
    return {word for both in texts for text in both for word in _words(text)}


def _words(text: str) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(text.casefold()) if word not in _SMALL}


def _plain(prose: Prose) -> str:
    return unescape(_TAG.sub("", prose.html))
