"""Warnings about claims that nothing on the page bears out: percentages, and superlatives of what can be measured."""

import re
from collections.abc import Collection, Iterator
from functools import partial

from tiebreak.content import ComparisonEntry, Document, Parsed
from tiebreak.model import Comparison, Factor
from tiebreak.problems import Problem
from tiebreak.rules.passages import Hit, passages, texts

_HELP = "link a source beside it, or add a row with the numbers"
_CLAIMING = frozenset({"summary", "tagline", "why", "verdict", "override", "a", "body"})
_PERCENTAGE = re.compile(
    r"(?<![\w.,])[0-9][0-9.,]*\s?(?:%|per\s?cent\b|percent\b|Prozent\b|por\s+ciento\b|pour\s+cent\b)"
)
_SUPERLATIVE = re.compile(
    r"""
    \b(?:(?:fast|quick|slow|small|light|heavi|tini)est
    | most\s+(?:popular|downloaded|starred|widely[ -]used|efficient|performant)
    | blazing(?:ly)?[ -]fast | lightning[ -]fast)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_EVIDENCE = re.compile(r"\]\(|\]\[|\[\^|https?://|<a\b")
_NUMBERED_ROW = re.compile(r"^[ >]*\|.*[0-9].*\|", re.MULTILINE)
_GAP = re.compile(r"\n[ \t]*(?=\n)|\Z")


def lint_claims(parsed: Parsed[ComparisonEntry], comparison: Comparison) -> list[Problem]:
    """Every claim of a comparison that nothing bears out: no row with numbers, no such table, no link beside it."""
    from tiebreak.markdown import review  # a build never needs it

    document = parsed.document
    if any(map(_has_numbers, comparison.factors)) or _NUMBERED_ROW.search(document.body):
        return []
    said = {cell.said for factor in comparison.factors for cell in factor.cells}
    found = list[Problem]()
    for passage in passages(document, texts(parsed.entry), review.without_code(document.body)):
        if passage.key in _CLAIMING and any(_claims("", said, passage.text)):
            raw = document.body if passage.at is None else document.written(passage.at)[1]
            if passage.at is None or not _EVIDENCE.search(raw):
                found += passage.problems(_told, partial(_claims, "" if passage.at else raw, said))
    return found


def _told(document: Document, start: int, hit: Hit) -> Problem:
    return document.warning_at("unsourced-claim", hit.message, start + hit.start, hit.end - hit.start, help=hit.help)


def _claims(raw: str, said: Collection[str], text: str) -> Iterator[Hit]:
    """Claims of a text in paragraphs without a link; `raw` is the same text with its links, where it is a body."""
    start = 0
    for gap in _GAP.finditer(text):
        if not _EVIDENCE.search(raw, start, gap.start()):
            for found in (
                *_PERCENTAGE.finditer(text, start, gap.start()),
                *_SUPERLATIVE.finditer(text, start, gap.start()),
            ):
                if not any(found[0] in cell for cell in said):
                    yield Hit(found.start(), found.end(), f'nothing here bears out "{found[0]}"', _HELP)
        start = gap.end()


def _has_numbers(factor: Factor) -> bool:
    return all(cell.number is not None for cell in factor.cells)
