"""How much there is to draw of a drawing whose parts are drawn again where others refer to them."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from math import prod
from urllib.parse import unquote

from tiebreak.styling import Reference, references

MOST = 100_000  # elements that a browser has to draw; it draws a copy for each reference
DEEPEST = 200  # references that lead on to others
_CHEAP = frozenset({"linearGradient", "radialGradient"})  # whose parts are not drawn
_LEADS_ONLY = _CHEAP | {"a"}  # what their addresses lead to is not drawn where they stand
# What these refer to is drawn once for their element; what others refer to, for all that is in it, which inherits it.
_OF_ONE = frozenset({"clip-path", "filter", "mask"})


class EndlessError(ValueError):
    """References that lead on and on, or back to where they began."""


@dataclass
class _Part:
    """An element that can be referred to, or that refers to others, with what is in it up to the next such."""

    keys: tuple[str, ...] = ()  # by which a rule of a style sheet may mean it
    others: Counter[str] = field(default_factory=Counter)  # elements in it by name
    parts: list[int] = field(default_factory=list)
    uses: list[str] = field(default_factory=list)  # ids
    styled: list[Reference] = field(default_factory=list)


class Parts:
    """The parts of one drawing."""

    def __init__(self) -> None:
        self._parts = [_Part()]
        self._open = [0]
        self._numbers: dict[str, int] = {}  # of parts, by their ids
        self._cheap: set[str] = set()
        self._rules: list[Reference] = []
        self._inherits = False  # whether any element may inherit what is not inherited by itself

    def begin(self, element: str, attributes: Mapping[str, str]) -> None:
        """An element begins, with these attributes."""
        id = attributes.get("id", "")
        part = _Part((element, *(f".{name}" for name in attributes.get("class", "").split()), *([f"#{id}"] * bool(id))))
        for name, value in attributes.items():
            if name in ("href", "xlink:href") and element not in _LEADS_ONLY:
                part.uses.append(value.removeprefix("#"))
            elif "url(" in value.lower():
                part.styled += references(value if name == "style" else f"{name}:{value}", sheet=False)
            self._inherits |= (name in _OF_ONE or name == "style") and "inherit" in value.lower()
        around, number = self._parts[self._open[-1]], len(self._parts)
        if len(part.keys) == 1 and not part.uses and not part.styled:
            around.others[element] += 1
            self._open.append(self._open[-1])
            return
        self._parts.append(part)
        around.parts.append(number)
        self._open.append(number)
        if id and id not in self._numbers:
            self._numbers[id] = number
            self._cheap |= {id} if element in _CHEAP else set()

    def end(self) -> None:
        """The element that began last ends."""
        self._open.pop()

    def style(self, sheet: str) -> None:
        """A style sheet, which may refer to parts from any element."""
        self._rules += references(sheet, sheet=True)
        self._inherits |= "inherit" in sheet.lower()

    @property
    def drawn(self) -> int:
        """How many elements are drawn, copies and all; never less than a browser draws. Raises EndlessError."""
        edges = list(self._edges())
        needs = {number: {*self._parts[number].parts, *once, *each} for number, (once, each) in enumerate(edges)}
        drawn, depths = [0] * len(edges), [0] * len(edges)
        try:
            order = list(TopologicalSorter(needs).static_order())
        except CycleError:
            raise EndlessError from None
        for number in order:
            part, (once, each) = self._parts[number], edges[number]
            inside = part.others.total() + sum(drawn[one] for one in part.parts)
            copies = sum(drawn[one] * times for one, times in once.items())
            drawn[number] = (1 + inside + copies) * (1 + sum(drawn[one] for one in each))
            depths[number] = max(
                [0, *(depths[one] for one in part.parts), *(depths[one] + 1 for one in {*once, *each})]
            )
            if depths[number] > DEEPEST:
                raise EndlessError
        # From any element, and from what is drawn for it: how often, only the rules themselves could say.
        anywhere = [drawn[one] for rule in self._rules if rule.selector == "*" for one in self._meant(rule.id)]
        return drawn[0] * prod([1 + sum(anywhere)] * len(anywhere))

    def _edges(self) -> Iterator[tuple[Counter[int], set[int]]]:
        """For each part the other parts that are drawn for it: so many times, and for every element in it.

        Raises EndlessError where they are too many by themselves.
        """
        rules, count = defaultdict[str, list[Reference]](list), 0
        for rule in self._rules:
            if self._meant(rule.id):
                rules[rule.selector].append(rule)
        for part in self._parts:
            once, each = Counter(one for id in part.uses for one in self._meant(id)), set[int]()
            own = [*part.styled, *(rule for key in part.keys for rule in rules[key])]
            others = ((rule, times) for name, times in part.others.items() for rule in rules[name])
            for reference, times in (*((one, 1) for one in own), *others):
                for one in self._meant(reference.id):
                    if reference.property in _OF_ONE and not self._inherits:
                        once[one] += times
                    else:
                        each.add(one)
            count += len(own) + len(once)
            if count > MOST:
                raise EndlessError
            yield once, each

    def _meant(self, id: str) -> set[int]:
        """The part with an id, as it stands there and as an address says it."""
        return {self._numbers[one] for one in (id, unquote(id)) if one in self._numbers and one not in self._cheap}
