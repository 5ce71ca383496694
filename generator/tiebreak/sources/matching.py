"""Whether a quote or a number occurs in a text, whatever its marks, spaces, separators, scales and units."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice

MOST = 100_000  # readings of the numbers of one text
_SAME = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′ʼ", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff*`", None),
    }
)
_DASH = re.compile(r"\s*-+\s*")
_LEFT_OUT = re.compile(r"\[?\s*\.{3}\s*\]?")
_EDGE = " .,;:\"'"
_GAP = " \u00a0\u2007\u2009\u202f"
# What a number may stand in is taken whole, so that `3.12` is not found in `3.12.1`, nor `10` in `v10`.
_NUMBER = re.compile(
    rf"(?<![\w.,])(?P<sign>[-+]?)(?P<digits>\d{{1,20}}(?:[.,'_]\d{{1,20}}|[{_GAP}]\d{{3}}(?!\d)){{0,8}})"
    rf"(?![\d_]|[.,']\d)(?P<scale>[kKM](?![a-zA-Z])|[{_GAP}]?(?:thousand|million|billion|bn)\b)?"
    rf"[{_GAP}\n]?(?P<unit>[a-zA-Zµμ%]{{1,30}})?"
)
_GROUPED = re.compile(rf"[1-9]\d{{0,2}}(?:([,.'_{_GAP}])\d{{3}})(?:\1\d{{3}})*")
_DECIMAL = re.compile(r"(\d+)[.,](\d+)")
_SCALES = {"k": 3, "K": 3, "thousand": 3, "M": 6, "million": 6, "billion": 9, "bn": 9}
_WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_UNITS: dict[str, tuple[str, Decimal]] = {
    word: (kind, Decimal(size))
    for kind, sizes in {
        "byte": {
            "1": "B byte bytes",
            "1e3": "kB KB",
            "1e6": "MB",
            "1e9": "GB",
            "1e12": "TB",
            "1024": "KiB",
            "1048576": "MiB",
            "1073741824": "GiB",
            "1099511627776": "TiB",
        },
        "second": {
            "1e-9": "ns nanosecond nanoseconds",
            "1e-6": "us µs μs microsecond microseconds",
            "1e-3": "ms msec millisecond milliseconds",
            "1": "s sec secs second seconds",
            "60": "min mins minute minutes",
            "3600": "h hr hrs hour hours",
        },
        "percent": {"1": "% percent"},
    }.items()
    for size, words in sizes.items()
    for word in words.split()
}


@dataclass(frozen=True)
class Reading:
    """A number as it may be read: its amount in the base unit of its `kind`, the size of its last digit there, and by
    what it was multiplied for that.
    """

    amount: Decimal
    step: Decimal
    factor: Decimal
    kind: str = ""
    unit: str = ""

    def meets(self, other: "Reading") -> bool:
        """Whether both may be one number: in one unit, or where one of them names none, and equal but for rounding
        where they are written in two scales.
        """
        if self.unit and other.unit and self.kind != other.kind:
            return False
        one, two = (self, other) if self.kind == other.kind else (self.bare, other.bare)
        if one.amount == two.amount:
            return True
        coarser = max(one.step, two.step)
        is_rounded = abs(one.amount) >= 10 * coarser and abs(one.amount - two.amount) * 2 <= coarser
        return is_rounded and one.factor != two.factor

    @property
    def bare(self) -> "Reading":
        """The number without its unit."""
        size = _UNITS[self.unit][1] if self.kind else Decimal(1)
        return Reading(self.amount / size, self.step / size, self.factor / size)


class Text:
    """A text in which claims are looked for; made ready once for all of them."""

    def __init__(self, text: str) -> None:
        self._plain = _plain(text)
        self._raw = unicodedata.normalize("NFC", text)
        self._readings: tuple[Reading, ...] | None = None

    def has_quote(self, quote: str) -> bool:
        """Whether its words stand here in this order; `...` may leave words out."""
        parts = [part.strip(_EDGE) for part in _LEFT_OUT.split(_plain(quote))]
        place = 0
        for part in filter(None, parts):
            found = self._plain.find(part, place)
            if found < 0:
                return False
            place = found + len(part)
        return any(parts)

    def has_value(self, value: str, unit: str = "") -> bool:
        """Whether a number stands here, in this unit, in another of its kind, or without one."""
        if self._readings is None:
            self._readings = tuple(dict.fromkeys(islice(_readings(self._raw), MOST)))
        amount = Decimal(value)
        wanted = _in_unit(amount, Decimal(1).scaleb(int(amount.as_tuple().exponent)), unit)
        return any(wanted.meets(one) for one in self._readings) or self._has_word(amount)

    def _has_word(self, amount: Decimal) -> bool:
        """Whether a small number is written as a word."""
        if amount != int(amount) or not 0 <= amount < len(_WORDS):
            return False
        return re.search(rf"\b{_WORDS[int(amount)]}\b", self._plain, re.IGNORECASE) is not None


def _plain(text: str) -> str:
    """A text with one kind of each mark, and single spaces."""
    folded = unicodedata.normalize("NFKC", text.translate(_SAME)).translate(_SAME)
    return _DASH.sub("-", " ".join(folded.split()))


def _readings(text: str) -> Iterator[Reading]:
    """Every number of a text, in each way in which it may be read."""
    for found in _NUMBER.finditer(text.replace("−", "-").replace("’", "'")):
        power, sign = _SCALES.get((found["scale"] or "").strip(_GAP), 0), -1 if found["sign"] == "-" else 1
        for amount, step in _amounts(found["digits"]):
            unit = found["unit"] or ""  # or just the next word
            one = _in_unit(sign * amount, step, unit if unit in _UNITS else "", power)
            yield one
            if sign < 0:  # or a dash
                yield replace(one, amount=-one.amount)


def _amounts(digits: str) -> Iterable[tuple[Decimal, Decimal]]:
    """What digits with separators may mean, each with the size of the last one: `1.392` has two meanings."""
    if digits.isdecimal():
        yield Decimal(digits), Decimal(1)
        return
    if _GROUPED.fullmatch(digits):
        yield Decimal("".join(filter(str.isdecimal, digits))), Decimal(1)
    if found := _DECIMAL.fullmatch(digits):
        yield Decimal(f"{found[1]}.{found[2]}"), Decimal(1).scaleb(-len(found[2]))
    elif (point := max(digits.rfind("."), digits.rfind(","))) > 0 and _GROUPED.fullmatch(digits[:point]):
        whole = "".join(filter(str.isdecimal, digits[:point]))
        if digits[point] not in digits[:point]:
            yield Decimal(f"{whole}.{digits[point + 1 :]}"), Decimal(1).scaleb(point + 1 - len(digits))
    for part in digits.split() if any(gap in digits for gap in _GAP) else ():  # two columns of a table
        yield from _amounts(part)


def _in_unit(amount: Decimal, step: Decimal, unit: str, power: int = 0) -> Reading:
    kind, size = _UNITS.get(unit, ("", Decimal(1)))
    factor = size.scaleb(power)
    return Reading(amount * factor, step * factor, factor, kind, unit)
