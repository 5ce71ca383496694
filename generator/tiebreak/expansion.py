"""How much there is to draw of a drawing whose parts are drawn again where others refer to them."""

import re
from collections import Counter
from collections.abc import Iterable

MOST = 100_000  # elements that a browser has to draw; it draws a copy for each reference
DEEPEST = 50  # references that lead on to others
_REFERENCE = re.compile(r"url\(\s*[\"']?#([^\"')]*?)[\"']?\s*\)")
CHEAP = frozenset({"linearGradient", "radialGradient"})  # whose parts are not drawn


class TooDeepError(ValueError):
    """References that lead on and on."""


class Parts:
    """The parts of one drawing: each element with an id, what is in it up to the next one, and what it refers to."""

    def __init__(self) -> None:
        self._own: Counter[str] = Counter()  # elements of each part, by its id
        self._within: dict[str, list[str]] = {}  # the parts in it, and those that it refers to
        self._open = [""]
        self._everywhere: set[str] = set()  # what style sheets refer to, from whichever element
        self._cheap: set[str] = set()

    def begin(self, element: str, id: str, values: Iterable[str], address: str) -> None:
        """An element begins; `values` are those of its attributes, and `address` is where it leads."""
        part = self._open[-1]
        if id:
            self._within.setdefault(part, []).append(id)
            part = id
            if element in CHEAP:
                self._cheap.add(id)
        self._open.append(part)
        self._own[part] += 1
        found = [match for value in values for match in _REFERENCE.findall(value)]
        if address.startswith("#"):
            found.append(address[1:])
        if found:
            self._within.setdefault(part, []).extend(found)

    def end(self) -> None:
        """The element that began last ends."""
        self._open.pop()

    def style(self, sheet: str) -> None:
        """A style sheet, which may refer to parts from any element."""
        self._everywhere.update(_REFERENCE.findall(sheet))

    @property
    def drawn(self) -> int:
        """How many elements are drawn, copies and all. Raises TooDeepError."""
        return self._drawn("", {}, 0)

    def _drawn(self, part: str, known: dict[str, int], depth: int) -> int:
        if part in known:
            return known[part]
        if depth > DEEPEST:
            raise TooDeepError
        known[part] = 0  # what leads back to itself is not drawn again
        everywhere = sum(self._drawn(one, known, depth + 1) for one in self._everywhere - self._cheap if one != part)
        inside = sum(self._drawn(one, known, depth + 1) for one in self._within.get(part, ()))
        known[part] = self._own[part] * (1 + everywhere) + inside
        return known[part]
