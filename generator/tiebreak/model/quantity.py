"""Reads quantities as people write them: a number, and the currency, unit or scale that is glued to it."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tiebreak import limits

DecimalSign = Literal[".", ","]

_SPACE = " \u00a0\u2009\u202f"
_CODES = (
    "AUD|BRL|CAD|CHF|CNY|CZK|DKK|EUR|GBP|HKD|HUF|IDR|ILS|INR|JPY|KRW"
    "|MXN|NOK|NZD|PLN|RUB|SEK|SGD|THB|TRY|TWD|UAH|USD|ZAR"
)
_CURRENCY = rf"[A-Z]{{0,2}}[$€£¥₹₩₽₺₿]|(?:{_CODES})\b"
_QUANTITY = re.compile(
    rf"""
    (?: (?: [~≈∼≃] | (?:about|approx\.|ca\.)\s ) \s* )?
    (?P<sign> [+\-−]? )
    (?: (?P<currency> {_CURRENCY} ) \s* )?
    (?P<inner> [+\-−]? )
    (?P<digits> \.?[0-9] (?: [0-9.,_'’] | [{_SPACE}](?=[0-9]{{3}}(?![0-9])) )* )
    (?: [eE](?P<exponent>[+\-−]?[0-9]{{1,2}})(?![0-9]) )?
    (?: (?P<scale> [kKM](?![^\W\d_]) | \s?(?:thousand|million|billion|bn)\b ) )?
    (?P<rest> .* )
    """,
    re.VERBOSE,
)
_SCALES = {"k": 3, "K": 3, "thousand": 3, "M": 6, "million": 6, "billion": 9, "bn": 9}
_BOUND = re.compile(r"\s*[<>≤≥]")
_RANGE = re.compile(rf"\s*(?:[-‒–—−…]|\.\.+|to\b)\s*(?:{_CURRENCY})?\s*[0-9.,]*[0-9](?![-/.:0-9])")
_OUT_OF = r"(?:/|out\ of\b)\s*[0-9]{1,4}(?![0-9.,])"
_WORD = r"(?:[^\W\d_]|[%‰°/·²³^*$€£¥₹₩₽₺₿×.\-])"
_UNIT = re.compile(rf"\s*(?:{_OUT_OF})?\s*(?:{_WORD}{{1,30}}(?:\ {_WORD}{{1,30}}){{0,2}})?", re.VERBOSE)
_PER = re.compile(r"\s*(?:/|\bper\b|\bout of\b)\s*")
_NAMES = (
    {"€": "EUR", "$": "USD", "US$": "USD", "£": "GBP", "₹": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY"}
    | {"mo": "month", "yr": "year", "y": "year", "hr": "hour", "h": "hour", "sec": "second", "s": "second"}
    | {"min": "minute", "wk": "week", "d": "day", "×": "x", "percent": "%"}
)
_GROUPED = re.compile(rf"([1-9][0-9]{{0,2}}(?:([{_SPACE}_'’])[0-9]{{3}})(?:\2[0-9]{{3}})*)(?:[.,]([0-9]+))?")
_BOTH = re.compile(
    r"([1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3})\.([0-9]+)|([1-9][0-9]{0,2}(?:\.[0-9]{3})+),([0-9]+)"
)
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:(?:,[0-9]{3}){2,}|(?:\.[0-9]{3}){2,})|[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}")
_THREE = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")  # a thousand to some, one and nothing to others
_DECIMAL = re.compile(r"(0|[1-9][0-9]*)?(?:([.,])([0-9]+))?")


@dataclass(frozen=True)
class Quantity:
    """A number, and the unit that stands with it, in one spelling; empty where the number stands alone."""

    amount: Decimal
    unit: str = ""


@dataclass(frozen=True)
class Doubt:
    """Why a text is not read as a quantity, as what completes `"5-10" is`. `is_plain` says that the text is as good as
    a number, so that an author will think that it is read.
    """

    what: str
    is_plain: bool = False


_NO_NUMBER = Doubt("not a number")
_UNCLEAR = Doubt("one number to some readers and another to others", is_plain=True)


def read(text: str, decimal: DecimalSign = ".") -> Quantity | Doubt:
    """The quantity that a text says and nothing else; `decimal` is the sign before decimals in the site's language."""
    text = text.strip()
    if len(text) > limits.NUMBER:
        return _NO_NUMBER
    if _BOUND.match(text):
        return Doubt("a bound, not one number", is_plain=True)
    found = _QUANTITY.fullmatch(text)
    if found is None or (found["sign"] and found["inner"]):
        return _NO_NUMBER
    rest = found["rest"]
    if rest.startswith("+") or "±" in rest or _RANGE.match(rest):
        return Doubt("more than one number", is_plain=True)
    if not _UNIT.fullmatch(rest):
        return Doubt("more than a number and its unit", is_plain=True)
    digits = plain(found["digits"], decimal)
    if isinstance(digits, Doubt):
        return digits
    exponent = int((found["exponent"] or "0").replace("−", "-")) + _SCALES.get((found["scale"] or "").strip(), 0)
    sign = (found["sign"] or found["inner"]).replace("−", "-")
    return Quantity(Decimal(f"{sign}{digits}e{exponent}"), unit_name(f"{found['currency'] or ''}{rest}"))


def plain(digits: str, decimal: DecimalSign = ".") -> str | Doubt:
    """Digits with separators, as digits with a full stop before the decimals."""
    if grouped := _GROUPED.fullmatch(digits):
        return _joined(grouped[1], grouped[3])
    if both := _BOTH.fullmatch(digits):
        return _joined(both[1] or both[3], both[2] or both[4])
    if _THOUSANDS.fullmatch(digits):
        return _joined(digits, None)
    if is_unclear(digits, decimal):
        return _UNCLEAR
    if _THREE.fullmatch(digits) and "," in digits:
        return _joined(digits, None)
    found = _DECIMAL.fullmatch(digits)
    if found is None:
        return _UNCLEAR if "," in digits else Doubt("not a number", is_plain=True)
    return _joined(found[1] or "0", found[3])


def is_unclear(digits: str, decimal: DecimalSign) -> bool:
    """Whether one separator may part thousands as well as decimals, or parts decimals in another language only."""
    if decimal == ",":
        return bool(_THREE.fullmatch(digits.lstrip("+-−")))
    return digits.count(",") == 1 and not _THREE.fullmatch(digits)


def _joined(whole: str, decimals: str | None) -> str:
    return re.sub("[^0-9]", "", whole) + (f".{decimals}" if decimals else "")


def unit_name(written: str) -> str:
    """A unit in one spelling: `€/mo`, `EUR per month` and `€ / months` are one."""
    parts = _PER.split(written.replace("\u00a0", " ").replace("\u202f", " ").replace("μ", "µ").strip())
    return "/".join(" ".join(map(_name, part.split())) for part in parts)


def _name(word: str) -> str:
    named = _NAMES.get(word)
    if named:
        return named
    is_plural = len(word) > 3 and word.endswith("s") and word.islower()
    return _NAMES.get(word[:-1], word[:-1]) if is_plural else word


def written_out(amount: Decimal) -> str:
    """A number as digits with a full stop, for programs that know no exponents."""
    return format(amount, "f")
