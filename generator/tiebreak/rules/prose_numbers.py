"""Warnings about numbers in texts: those that stand with a row's label and its unit, and are in no cell of the row."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import permutations, product
from typing import NamedTuple

from tiebreak.content import ComparisonEntry, Parsed, Position
from tiebreak.linking import Index, Trace, find_among
from tiebreak.model import Comparison, DecimalSign, Factor, Prose, Subject
from tiebreak.problems import Problem, Severity

_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
_LINE = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<t[dh][^>]*>(.*?)</t[dh]>", re.DOTALL)
_BLOCK = re.compile(r"</?(?:p|li|h\d|blockquote|d[dt]|div)\b[^>]*>")
_DIGIT = re.compile("[0-9]")
_NUMBER = r"([0-9][0-9.,]*)"
_SHORTEST = 4  # letters of a label that is looked for: a shorter one may be any word
_MOST_ROWS = 50  # that are looked for in each sentence of a text
_NEAR = Decimal("0.02")  # by how much "about" may be off


class _Row(NamedTuple):
    """A row of the table with numbers, and how they stand in a sentence and alone."""

    factor: Factor
    numbers: Sequence[Decimal]
    in_words: re.Pattern[str] | None
    alone: re.Pattern[str]


class _Claim(NamedTuple):
    """A number in a text, and those that the table has for it."""

    factor: Factor
    said: re.Match[str]
    numbers: Sequence[Decimal]


def of_comparison(parsed: Parsed[ComparisonEntry], comparison: Comparison, trace: Trace) -> Iterator[Problem]:
    """Numbers in the texts of a comparison that contradict its table."""
    rows = [row for factor in comparison.factors if (row := _row(factor)).numbers and len(factor.label) >= _SHORTEST]
    if not rows:
        return
    decimal = trace.ask(Index.decimal_sign)
    for at, text in _texts(parsed, comparison):
        folded = text.text.casefold()
        near = [row for row in rows if row.factor.label.casefold() in folded][:_MOST_ROWS]
        for claim in (*_in_tables(text, near, comparison.subjects), *_in_sentences(text, near)) if near else ():
            number = _read(claim.said[1], decimal)
            if number is not None and not _is_as_written(claim) and not _is_borne_out(number, claim.numbers):
                yield _told(parsed, at, claim.said[0], claim.factor)


def _row(factor: Factor) -> _Row:
    numbers = [number for cell in factor.cells if (number := cell.number) is not None]
    unit = rf"[\s\xa0]?{re.escape(factor.unit)}"
    in_words = re.compile(rf"(?<![\w.,-]){_NUMBER}{unit}(?!\w)") if factor.unit else None
    return _Row(factor, numbers, in_words, re.compile(rf"{_NUMBER}(?:{unit})?"))


def _texts(parsed: Parsed[ComparisonEntry], comparison: Comparison) -> Iterator[tuple[Position, Prose]]:
    """The texts that argue with numbers, each with its position; that of the body is empty."""
    yield ("why",), comparison.why
    for key, (_, verdict) in zip(parsed.entry.verdict, comparison.advice, strict=False):
        yield ("verdict", key), verdict
    for place, one in enumerate(comparison.faq):
        yield ("faq", place, "a"), one.answer
    yield (), comparison.body


def _in_tables(text: Prose, rows: Sequence[_Row], subjects: Sequence[Subject]) -> Iterator[_Claim]:
    """Numbers that are all of a cell, in a line that a row's label heads and a column that a subject heads."""
    for table in _TABLE.findall(text.html):
        heads, *lines = [[Prose(cell).text.strip() for cell in _CELL.findall(line)] for line in _LINE.findall(table)]
        columns = {place: found for place, head in enumerate(heads) if (found := find_among(head, subjects))}
        for line, row in product(lines, rows):
            if line and row.factor.label.casefold() in line[0].casefold():
                yield from _in_line(line, row, columns, subjects)


def _in_line(
    line: Sequence[str], row: _Row, columns: Mapping[int, Subject], subjects: Sequence[Subject]
) -> Iterator[_Claim]:
    for place, subject in columns.items():
        number = row.factor.cells[subjects.index(subject)].number
        if number is not None and place < len(line) and (said := row.alone.fullmatch(line[place])):
            yield _Claim(row.factor, said, (number,))


def _in_sentences(text: Prose, rows: Sequence[_Row]) -> Iterator[_Claim]:
    """Numbers with a row's unit, in a sentence with its label."""
    for block in _BLOCK.split(_TABLE.sub("", text.html)):
        for sentence in filter(_DIGIT.search, _SENTENCE.split(Prose(block).text)):
            for row in rows:
                if row.in_words and row.factor.label.casefold() in sentence.casefold():
                    yield from (_Claim(row.factor, said, row.numbers) for said in row.in_words.finditer(sentence))


def _told(parsed: Parsed[ComparisonEntry], at: Position, said: str, row: Factor) -> Problem:
    cells = ", ".join(dict.fromkeys(cell.said for cell in row.cells if cell.number is not None))
    message = f'"{said}" stands beside "{row.label}", whose row says {cells}'
    help = "say the fact with `{fact:subject.factor}`, or mend the one that is wrong"
    if at:
        return parsed.document.warning("unmatched-number", message, at, help=help)
    needle = said.replace("\xa0", " ")
    return parsed.document.body_problem("unmatched-number", message, needle, help=help, severity=Severity.WARNING)


def _read(text: str, decimal: DecimalSign) -> Decimal | None:
    plain = text.rstrip(".,")
    plain = plain.replace(".", "").replace(",", ".") if decimal == "," else plain.replace(",", "")
    return Decimal(plain) if re.fullmatch(r"[0-9]{1,30}(\.[0-9]{1,30})?", plain) else None


def _is_as_written(claim: _Claim) -> bool:
    """Whether a number is a cell's, digit for digit, as `{fact:...}` puts it into texts of whatever language."""
    said = claim.said[1].rstrip(".,")
    return any(cell.value == said and cell.number in claim.numbers for cell in claim.factor.cells)


def _is_borne_out(number: Decimal, own: Sequence[Decimal]) -> bool:
    """Whether a number is one of a row, or the difference or the sum of two, as far as it is exact."""
    pairs = list(permutations(own, 2))
    made = (*own, *(one - other for one, other in pairs), *(one + other for one, other in pairs))
    return any(_rounds_to(abs(one), number) for one in made)


def _rounds_to(exact: Decimal, number: Decimal) -> bool:
    """Whether a number is another, rounded to so many digits, or very near to it."""
    digits = number.normalize()
    is_rounded = round(exact, -int(digits.as_tuple().exponent)) == number if digits else not exact
    return is_rounded or abs(exact - number) <= _NEAR * max(exact, number)
