"""Reads quantities as people write them: a number, and the currency, unit or scale that is glued to it."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tiebreak import limits

DecimalSign = Literal[".", ","]

_SPACE = " \u00a0\u2007\u2009\u202f"
_SIGN = "+\\-−–"
_CODES = """
    AED|AFN|ALL|AMD|ANG|AOA|ARS|AUD|AWG|AZN|BAM|BBD|BDT|BGN|BHD|BIF|BMD|BND|BOB|BRL|BSD|BTN|BWP|BYN|BZD|CAD|CDF|CHF
    |CLP|CNY|COP|CRC|CUP|CVE|CZK|DJF|DKK|DOP|DZD|EGP|ERN|ETB|EUR|FJD|FKP|GBP|GEL|GHS|GIP|GMD|GNF|GTQ|GYD|HKD|HNL|HTG
    |HUF|IDR|ILS|INR|IQD|IRR|ISK|JMD|JOD|JPY|KES|KGS|KHR|KMF|KPW|KRW|KWD|KYD|KZT|LAK|LBP|LKR|LRD|LSL|LYD|MAD|MDL|MGA
    |MKD|MMK|MNT|MOP|MRU|MUR|MVR|MWK|MXN|MYR|MZN|NAD|NGN|NIO|NOK|NPR|NZD|OMR|PAB|PEN|PGK|PHP|PKR|PLN|PYG|QAR|RON|RSD
    |RUB|RWF|SAR|SBD|SCR|SDG|SEK|SGD|SHP|SLE|SOS|SRD|SSP|STN|SVC|SYP|SZL|THB|TJS|TMT|TND|TOP|TRY|TTD|TWD|TZS|UAH|UGX
    |USD|UYU|UZS|VES|VND|VUV|WST|XAF|XCD|XOF|XPF|YER|ZAR|ZMW|ZWL"""
_MONEY = "$¢£¤¥֏؋৳฿៛₠-⃀﷼"
_CURRENCY = rf"(?: [A-Z]{{0,3}}[{_MONEY}] | (?:{_CODES})\b | (?: kr | Kr | zł | Kč | Ft | Fr | Rs | Rp | RM | лв )\.? )"
_QUANTITY = re.compile(
    rf"""
    (?: (?: [~≈∼≃] | (?:about|around|approx\.?|circa|ca\.?)\s ) \s* )?
    (?P<sign> [{_SIGN}]? )
    (?: (?P<currency> {_CURRENCY} ) \s* )?
    (?P<inner> [{_SIGN}]? )
    (?P<digits> \.?[0-9] (?: [0-9.,_'’] | [{_SPACE}](?=[0-9]{{3}}(?![0-9])) )* )
    (?: [eE](?P<exponent>[{_SIGN}]?[0-9]{{1,2}})(?![0-9]) )?
    (?: (?P<letter> [kKM] ) (?![^\W\d_])
      | [{_SPACE}]?
        (?P<scale> (?: thousand|million|billion|trillion|bn|lakh|crore )\b | Tsd\. | Mio\. | Mrd\. | [万萬億亿] )
    )?
    (?P<rest> .* )
    """,
    re.VERBOSE,
)
_POWERS = {
    3: "k K thousand Tsd.",
    4: "万 萬",
    5: "lakh",
    6: "M million Mio.",
    7: "crore",
    8: "億 亿",
    9: "billion bn Mrd.",
    12: "trillion",
}
_SCALES = {word: power for power, words in _POWERS.items() for word in words.split()}
_BOUND = re.compile(r"\s*[<>≤≥]")
_RANGE = re.compile(rf"\s*(?:[-‒–—−…]|\.\.+|to\b)\s*{_CURRENCY}?\s*[0-9.,]*[0-9](?![-/.:0-9])", re.VERBOSE)
_OUT_OF = r"(?:/|out\ of\b)\s*[0-9]{1,4}(?![0-9.,])"
_FRACTION = "¼-¾⅐-↉"
_WORD = rf"(?:[^\W\d_{_FRACTION}]|[{_MONEY}%‰°/·²³^*×.\-])"
_UNIT = re.compile(rf"(?![²³¹⁰-⁹^])\s*(?:{_OUT_OF})?\s*(?:{_WORD}{{1,30}}(?:\ {_WORD}{{1,30}}){{0,4}})?", re.VERBOSE)
_OR_MORE = re.compile(r"\s*(?:\+|(?:or|and|oder|und|ou|et)\s)[^0-9]*")
# Few words before a number: `up to 5`, `from $5`, `(5)`.
_LED = re.compile(r"[^\d\n]{1,15}\d[\d.,'’ ]*")
_PER = re.compile(r"\s*(?:/|\bper\b|\bout of\b)\s*")
_NAMES = (
    {"€": "EUR", "$": "USD", "US$": "USD", "£": "GBP", "₹": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY"}
    | {"mo": "month", "yr": "year", "y": "year", "hr": "hour", "h": "hour", "sec": "second", "s": "second"}
    | {"min": "minute", "wk": "week", "d": "day", "×": "x", "percent": "%"}
)
_ASCII = str.maketrans("٫٬٪％，．＋－＄￡￥", ".,%%,.+-$£¥")
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
_A_BOUND = Doubt("a bound, not one number", is_plain=True)


def read(text: str, decimal: DecimalSign = ".", row_unit: str = "") -> Quantity | Doubt:
    """The quantity that a text says and nothing else, in a row with this unit.

    `decimal` is the sign before decimals in the site's language. Digits may be those of any script.
    """
    text = text.strip()
    if len(text) > limits.NUMBER:
        return _NO_NUMBER
    if not text.isascii():
        text = "".join(_digit(char) for char in text).translate(_ASCII)
    if _BOUND.match(text):
        return _A_BOUND
    found = _QUANTITY.fullmatch(text)
    if found is None or (found["sign"] and found["inner"]):
        return _without_digits_first(text)
    rest = found["rest"]
    if _OR_MORE.fullmatch(rest):
        return _A_BOUND
    if rest.startswith("+") or "±" in rest or _RANGE.match(rest):
        return Doubt("more than one number", is_plain=True)
    if not _UNIT.fullmatch(rest):
        return Doubt("more than a number and its unit", is_plain=True)
    digits = plain(found["digits"], decimal)
    if isinstance(digits, Doubt):
        return digits
    letter = found["letter"] or ""
    if letter and not rest.strip() and row_unit.startswith((letter, letter.lower()) if letter == "K" else letter):
        return _UNCLEAR  # `5M` in a row of MB: megabytes or millions of them
    power = _SCALES.get(letter or found["scale"] or "", 0) + int(_sign(found["exponent"] or "0"))
    sign = _sign(found["sign"] or found["inner"])
    return Quantity(Decimal(f"{sign}{digits}e{power}"), unit_name(f"{found['currency'] or ''}{rest}"))


def _digit(char: str) -> str:
    """A digit of any script as that of ASCII; other characters as they are."""
    digit = unicodedata.decimal(char, None)
    return char if digit is None else str(digit)


def _sign(written: str) -> str:
    return written.replace("−", "-").replace("–", "-")


def _without_digits_first(text: str) -> Doubt:
    """The doubt about a text that does not begin with digits, and may mean a number: `up to 5`, `½`, `五`."""
    led = _LED.match(text)
    if led and _UNIT.fullmatch(text[led.end() :].rstrip(")]+")):
        return Doubt("more than a number and its unit", is_plain=True)
    is_numeral = bool(text) and all(unicodedata.numeric(char, None) is not None for char in text.split()[0])
    return Doubt(_NO_NUMBER.what, is_plain=is_numeral)


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
    return "/".join(" ".join(dict.fromkeys(map(_name, part.split()))) for part in parts)


def _name(word: str) -> str:
    word = word.rstrip(".") or word
    named = _NAMES.get(word)
    if named:
        return named
    is_plural = len(word) > 3 and word.endswith("s") and word.islower()
    return _NAMES.get(word[:-1], word[:-1]) if is_plural else word


def written_out(amount: Decimal) -> str:
    """A number as digits with a full stop, for programs that know no exponents."""
    return format(amount, "f")
