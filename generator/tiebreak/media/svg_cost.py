"""Estimates what an SVG takes to draw, because parts that refer to each other are drawn many times."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from itertools import islice, product
from urllib.parse import unquote

from tiebreak.media.svg_css import Reference, Selector, is_layered, references, rules
from tiebreak.media.svg_filters import Filter
from tiebreak.media.svg_vocabulary import STYLED

MOST = 150_000  # elements that a browser has to draw; it draws a copy for each reference
INK = 40  # characters of text or of a path that take as long as a shape
INK_OF_A_COPY = 8  # so that copies show about as much of it as there may be in a whole drawing
INK_OF_A_CLASS = 4
LAYER = 30  # shapes that take as long as a layer, or as a gradient, in what is drawn again
FILTERED = 4_000  # as long as an element that is filtered, whatever the steps: each takes as long as its area is large
MATCHES = 60_000_000  # elements that are drawn times what selectors ask of them: a browser tries each with each
DEEPEST = 200  # references that lead on to others
GRADIENTS = frozenset({"linearGradient", "radialGradient"})  # whose parts are not drawn
# What these refer to is drawn once for their element; what others refer to, for all that is in it, which inherits it.
_OF_ONE = frozenset({"clip-path", "filter", "mask"})
_BETWEEN = re.compile(r"[ \t\n\f\r]+")  # classes
_OF_VERTICES = frozenset({"", "marker", "marker-mid"})  # the first is a property that is not known
_NUMBER = re.compile(r"[0-9]*\.?[0-9]+")
_TEXTS = frozenset({"text", "textPath", "tref", "tspan"})
_PLACES = frozenset({"dx", "dy", "x", "y"})  # of a text; where there is one for each letter, each is drawn by itself


class EndlessError(ValueError):
    """References that lead on and on, or back to where they began, or that draw more than MOST elements."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or f"with its copies and filters it takes as long to draw as {MOST:,} shapes")


@dataclass
class _Part:
    """An element that can be referred to or refers to others, with everything in it up to the next such element."""

    keys: tuple[str, ...] = ()  # by which a rule of a style sheet may mean it
    around: int = 0  # the part that it is in
    vertices: int = 0  # of the shapes in it, at most
    ink: int = 0  # characters of its shapes and texts
    layers: int = 0  # elements in it that are painted by themselves first
    is_gradient: bool = False
    is_filter: bool = False
    filter: Filter = field(default_factory=Filter)  # where it is one
    others: Counter[str] = field(default_factory=Counter)  # elements in it by name
    uses: list[str] = field(default_factory=list)  # ids
    styled: list[Reference] = field(default_factory=list)


@dataclass
class _Drawn:
    """What is drawn because of references: other parts, and how often."""

    once: Counter[int] = field(default_factory=Counter)
    copies: Counter[int] = field(default_factory=Counter)  # which inherit from it
    each: Counter[int] = field(default_factory=Counter)  # for every element in it
    marks: Counter[int] = field(default_factory=Counter)  # for every vertex in it

    @property
    def parts(self) -> set[int]:
        return {*self.once, *self.copies, *self.each, *self.marks}


class Parts:
    """The parts of one drawing."""

    def __init__(self) -> None:
        self._parts = [_Part()]
        self._open = [0]
        self._numbers: dict[str, int] = {}  # of parts, by their ids
        self._filters: list[Filter | None] = [None]  # for each open element, the filter whose steps are in it
        self._apart = [False]  # for each open element, whether each letter in it is drawn by itself
        self._rules: dict[Reference, None] = {}  # in their order
        self._layered: set[str] = set()  # what selectors stand for of which rules make layers
        self._selectors: list[Selector] = []  # but the first one for a class: a browser finds these by its name
        self._classes: set[str] = set()
        self._deepest = 0  # elements in one another
        self._inherits = False  # whether any element may inherit what is not inherited by itself

    def begin(self, element: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        id, classes = attributes.get("id", ""), _BETWEEN.split(attributes.get("class", ""))
        keys = (element, *(f".{name}" for name in classes if name), *([f"#{id}"] if id else ()))
        part = _Part(keys, self._open[-1], vertices=2 * (element == "line"), is_gradient=element in GRADIENTS)
        part.is_filter = element == "filter"
        part.ink += (len(classes) - 1) * INK_OF_A_CLASS  # beside the first
        self._deepest = max(self._deepest, len(self._open))
        around = self._filters[-1]
        if around:
            around.add(element, attributes)
        self._filters.append(part.filter if part.is_filter else around if element == "feMerge" else None)
        self._apart.append(self._apart[-1] or (element in _TEXTS and _is_apart(element, attributes)))
        for name, value in attributes.items():
            self._take(part, element, name, value)
        if len(part.keys) == 1 and not part.uses and not part.styled:
            self._parts[part.around].others[element] += 1
            self._parts[part.around].vertices += part.vertices
            self._parts[part.around].ink += part.ink
            self._parts[part.around].layers += part.layers
            self._open.append(part.around)
            return
        number = len(self._parts)
        self._parts.append(part)
        self._open.append(number)
        if id and id not in self._numbers:
            self._numbers[id] = number

    def _take(self, part: _Part, element: str, name: str, value: str) -> None:
        """An attribute of the element that a part begins with."""
        if name in ("href", "xlink:href") and element != "a":
            part.uses.append(value.removeprefix("#"))
        elif name in ("d", "points"):
            part.vertices += _vertices(value)
            part.ink += len(value)
        if name == "style" or name in STYLED:
            self._look(value)
            css = value if name == "style" else f"{name}:{value}"
            part.layers |= is_layered(css)
            if "url(" in value.lower():
                part.styled += references(css)

    def end(self) -> None:
        """The last element that began ends."""
        self._open.pop()
        self._filters.pop()
        self._apart.pop()

    def text(self, length: int) -> None:
        """So many characters of text stand in the element that is open."""
        part = self._parts[self._open[-1]]
        part.ink += length
        part.others[""] += length * self._apart[-1]

    def style(self, sheet: str) -> None:
        """Add a style sheet, whose rules may refer to parts from any element."""
        self._look(sheet)
        for rule in rules(sheet):
            for selector in rule.selectors:
                if not selector.is_class or selector.subject in self._classes:
                    self._selectors.append(selector)
                self._classes |= {selector.subject} if selector.is_class else set()
                self._layered |= {selector.subject} if rule.is_layered else set()
            if len(self._rules) <= MOST:
                subjects = dict.fromkeys(selector.subject for selector in rule.selectors)
                pairs = islice(product(subjects, rule.references), MOST + 1)
                self._rules |= dict.fromkeys(Reference(subject, *reference) for subject, reference in pairs)

    def _look(self, css: str) -> None:
        self._inherits = self._inherits or "inherit" in css.lower()

    def check(self) -> None:
        """Raise EndlessError if more than MOST elements are drawn, copies and all, or if there are too many selectors
        for what is drawn; never fewer than a browser draws are counted.
        """
        _check(len(self._rules))
        beside = self._beside()
        inside: list[list[int]] = [[] for _ in self._parts]
        for number, part in enumerate(self._parts[1:], 1):
            inside[part.around].append(number)
        try:
            needs = {number: {*inside[number], *found.parts} for number, found in enumerate(beside)}
            order = list(TopologicalSorter(needs).static_order())
        except CycleError:
            raise EndlessError from None
        self._count(beside, inside, order)

    def _count(self, beside: list[_Drawn], inside: list[list[int]], order: list[int]) -> None:
        drawn, vertices, depths = ([0] * len(self._parts) for _ in range(3))
        copied = self._copied(beside)
        for number in order:
            part, found = self._parts[number], beside[number]
            drawn[number] = self._drawn(part, found, drawn, vertices, number in copied)
            drawn[number] += sum(drawn[one] for one in inside[number] if not self._parts[one].is_filter)
            drawn[number] = 0 if part.is_gradient else _check(drawn[number])
            vertices[number] = part.vertices + sum(vertices[one] for one in inside[number])
            vertices[number] += sum(vertices[one] * times for one, times in (found.once + found.copies).items())
            vertices[number] = min(vertices[number], MOST + 1)  # more are too many wherever one of them draws anything
            further = [depths[one] + 1 for one in found.parts]
            depths[number] = max([0, *(depths[one] for one in inside[number]), *further])
            if depths[number] > DEEPEST:
                raise EndlessError
        # From any element, and from what is drawn for it: how often, only the rules themselves could say.
        anywhere = [drawn[one] or LAYER for rule in self._rules if rule.selector == "*" for one in self._meant(rule.id)]
        total, times = drawn[0] + vertices[0] * bool(anywhere), 1 + sum(anywhere)
        for _ in anywhere:
            total = _check(total * times)
        signs = sum(one.signs * (self._deepest if one.is_deep else 1) for one in self._selectors)
        if _check(total) * signs > MATCHES:
            raise EndlessError(f"its selectors are compared with its elements more than {MATCHES:,} times")

    def _drawn(self, part: _Part, found: _Drawn, drawn: list[int], vertices: list[int], is_copied: bool) -> int:
        """What a part costs but for other parts in it."""
        each = _check(1 + sum(drawn[one] * times for one, times in found.each.items()))
        each_copy = each + LAYER * sum(times for one, times in found.each.items() if self._parts[one].is_gradient)
        marks = sum(drawn[one] * times for one, times in found.marks.items())
        count = (1 + part.others.total()) * (each_copy if is_copied else each) + part.vertices * marks
        count += part.ink // INK_OF_A_COPY + LAYER * self._layers(part) if is_copied else part.ink // INK
        count += FILTERED + part.filter.costs[-1] if part.is_filter else 0
        count += sum(drawn[one] * times for one, times in found.once.items())
        return count + sum((drawn[one] * each_copy + vertices[one] * marks) * n for one, n in found.copies.items())

    def _layers(self, part: _Part) -> int:
        """How many elements of a part are layers, at most."""
        if "*" in self._layered:
            return 1 + part.others.total()
        by_name = sum(times for name, times in part.others.items() if name in self._layered)
        return part.layers + by_name + (not self._layered.isdisjoint(part.keys))

    def _copied(self, beside: list[_Drawn]) -> set[int]:
        """The parts that are drawn where others refer to them, or that are in such a one."""
        found = {one for drawn in beside for one in drawn.parts}
        for number, part in enumerate(self._parts):
            found |= {number} if number and part.around in found else set()
        return found

    def _beside(self) -> list[_Drawn]:
        """What is drawn because of the references of each part. Raises EndlessError where that alone is too much."""
        rules, made, count = defaultdict[str, list[Reference]](list), list[_Drawn](), 0
        for rule in self._rules:
            if self._meant(rule.id):
                rules[rule.selector].append(rule)
        for number, part in enumerate(self._parts):
            around = made[part.around] if number else _Drawn()  # what it inherits, wherever it is drawn
            found = _Drawn(each=around.each.copy(), marks=around.marks.copy())
            found.copies.update(one for id in part.uses for one in self._meant(id))
            for reference in (*part.styled, *(rule for key in part.keys for rule in rules[key])):
                self._add(found, reference, 1)
                count += 1
            for name, times in part.others.items():
                for reference in rules[name]:
                    self._add(found, reference, times)
                    count += 1
            count = _check(count + len(found.parts))
            made.append(found)
        return made

    def _add(self, found: _Drawn, reference: Reference, times: int) -> None:
        """Add a reference of a part, or of `times` elements in it."""
        for one in self._meant(reference.id):
            if reference.property in _OF_ONE and not self._inherits:
                found.once[one] += times
            else:
                found.each[one] += 1
                if reference.property in _OF_VERTICES:
                    found.marks[one] += 1

    def _meant(self, id: str) -> set[int]:
        """The part with an id, written as such or percent-encoded."""
        return {self._numbers[one] for one in (id, unquote(id)) if one in self._numbers}


def _check(count: int) -> int:
    """Raise EndlessError as soon as a count is too large: a kilobyte of SVG can make numbers of a gigabyte."""
    if count > MOST:
        raise EndlessError
    return count


def _is_apart(element: str, attributes: Mapping[str, str]) -> bool:
    """Whether each letter of a text is at a place of its own."""
    if element == "textPath" or "rotate" in attributes or "textLength" in attributes:
        return True
    return any(len(_NUMBER.findall(attributes.get(name, ""))) > 1 for name in _PLACES)


def _vertices(shape: str) -> int:
    """The most vertices that a path or a polygon can have."""
    shape = shape.lower()
    numbers = len(_NUMBER.findall(shape))
    return shape.count("z") + (numbers if "h" in shape or "v" in shape else numbers // 2)
