"""Estimates what an SVG takes to draw, because parts that refer to each other are drawn many times."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from urllib.parse import unquote

from tiebreak.media.svg_css import Reference, references
from tiebreak.media.svg_vocabulary import STYLED

MOST = 150_000  # elements that a browser has to draw; it draws a copy for each reference
INK = 40  # characters of text or of a path that take as long as a shape
INK_OF_A_CLASS = 4
STEPS = 50  # of a filter
MATCHES = 10_000_000  # elements that are drawn times selectors: a browser tries each selector with each of them
DEEPEST = 200  # references that lead on to others
GRADIENTS = frozenset({"linearGradient", "radialGradient"})  # whose parts are not drawn
# What these refer to is drawn once for their element; what others refer to, for all that is in it, which inherits it.
_OF_ONE = frozenset({"clip-path", "filter", "mask"})
_BETWEEN = re.compile(r"[ \t\n\f\r]+")  # classes
_FOR_A_CLASS = re.compile(r"(?<![^{}\s])(\.[\w-]+)\s*\{[^{},]*\}")
_OF_VERTICES = frozenset({"", "marker", "marker-mid"})  # the first is a property that is not known
_NUMBER = re.compile(r"[0-9]*\.?[0-9]+")
# Steps of a filter, and what one takes of a browser's time, in elements that it could draw meanwhile.
_STEPS = dict.fromkeys(("feFlood", "feMerge", "feOffset"), 30)
_STEPS |= dict.fromkeys(("feColorMatrix", "feComponentTransfer", "feComposite"), 100)
_STEPS |= dict.fromkeys(("feBlend", "feDiffuseLighting", "feDisplacementMap"), 300)
_STEPS |= dict.fromkeys(("feDropShadow", "feGaussianBlur", "feImage"), 300)
_STEPS |= {"feConvolveMatrix": 10_000, "feMorphology": 15_000}  # with the largest matrix and radius that may be written
_STEPS |= dict.fromkeys(("feSpecularLighting", "feTile", "feTurbulence"), 300)
# What steps take up other than what the step before made.
_INPUTS: dict[str, tuple[str, ...]] = dict.fromkeys(("feBlend", "feComposite", "feDisplacementMap"), ("in", "in2"))
_INPUTS |= dict.fromkeys(("feFlood", "feImage", "feMerge", "feTurbulence"), ())


class EndlessError(ValueError):
    """References that lead on and on, or back to where they began, or that draw more than MOST elements."""

    def __init__(self, message: str = "") -> None:
        many = f"its parts refer to each other so often that more than {MOST:,} would be drawn"
        super().__init__(message or many)


@dataclass
class _Filter:
    """The steps of a filter. A browser may compute a step again for every step that uses its result."""

    costs: list[int] = field(default_factory=lambda: [1])  # of each with what it takes up; first of what is filtered
    names: dict[str, int] = field(default_factory=lambda: {"SourceAlpha": 0, "SourceGraphic": 0})  # to places
    last: str = ""  # the name of the last step, which does not know itself

    def add(self, element: str, attributes: Mapping[str, str]) -> None:
        """Add a step, or an element within one."""
        if element == "feMergeNode" and len(self.costs) > 1:
            self.costs[-1] = min(self.costs[-1] + self._input(attributes.get("in"), -2), MOST + 1)
        if element in _STEPS and len(self.costs) > STEPS:
            self.costs[-1] = MOST + 1
        elif element in _STEPS:
            self.names[self.last] = len(self.costs) - 1
            self.last = attributes.get("result", "")
            taken_up = sum(self._input(attributes.get(one), -1) for one in _INPUTS.get(element, ("in",)))
            self.costs.append(min(_STEPS[element] + taken_up, MOST + 1))

    def _input(self, name: str | None, before: int) -> int:
        return self.costs[self.names.get(name, before) if name else before]


@dataclass
class _Part:
    """An element that can be referred to or refers to others, with everything in it up to the next such element."""

    keys: tuple[str, ...] = ()  # by which a rule of a style sheet may mean it
    around: int = 0  # the part that it is in
    vertices: int = 0  # of the shapes in it, at most
    ink: int = 0  # characters of its shapes and texts
    is_gradient: bool = False
    filter: _Filter = field(default_factory=_Filter)  # where it is one
    others: Counter[str] = field(default_factory=Counter)  # elements in it by name
    uses: list[str] = field(default_factory=list)  # ids
    styled: list[Reference] = field(default_factory=list)


@dataclass
class _Drawn:
    """What is drawn because of references: other parts, and how often."""

    once: Counter[int] = field(default_factory=Counter)
    each: Counter[int] = field(default_factory=Counter)  # for every element in it
    marks: Counter[int] = field(default_factory=Counter)  # for every vertex in it

    @property
    def parts(self) -> set[int]:
        return {*self.once, *self.each, *self.marks}


class Parts:
    """The parts of one drawing."""

    def __init__(self) -> None:
        self._parts = [_Part()]
        self._open = [0]
        self._numbers: dict[str, int] = {}  # of parts, by their ids
        self._filters: list[_Filter | None] = [None]  # for each open element, the filter whose steps are in it
        self._rules: dict[Reference, None] = {}  # in their order
        self._selectors = 0
        self._inherits = False  # whether any element may inherit what is not inherited by itself

    def begin(self, element: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        id, classes = attributes.get("id", ""), _BETWEEN.split(attributes.get("class", ""))
        keys = (element, *(f".{name}" for name in classes if name), *([f"#{id}"] if id else ()))
        part = _Part(keys, self._open[-1], vertices=2 * (element == "line"), is_gradient=element in GRADIENTS)
        part.ink += (len(classes) - 1) * INK_OF_A_CLASS  # beside the first
        around = self._filters[-1]
        if around:
            around.add(element, attributes)
        self._filters.append(part.filter if element == "filter" else around if element == "feMerge" else None)
        for name, value in attributes.items():
            if name in ("href", "xlink:href") and element != "a":
                part.uses.append(value.removeprefix("#"))
            elif name in ("d", "points"):
                part.vertices += _vertices(value)
                part.ink += len(value)
            if name == "style" or name in STYLED:
                self._look(value)
                if "url(" in value.lower():
                    part.styled += references(value if name == "style" else f"{name}:{value}", sheet=False)
        if len(part.keys) == 1 and not part.uses and not part.styled:
            self._parts[part.around].others[element] += 1
            self._parts[part.around].vertices += part.vertices
            self._parts[part.around].ink += part.ink
            self._open.append(part.around)
            return
        number = len(self._parts)
        self._parts.append(part)
        self._open.append(number)
        if id and id not in self._numbers:
            self._numbers[id] = number

    def end(self) -> None:
        """The last element that began ends."""
        self._open.pop()
        self._filters.pop()

    def text(self, length: int) -> None:
        """The open element has this many characters of text."""
        self._parts[self._open[-1]].ink += length

    def style(self, sheet: str) -> None:
        """Add a style sheet, whose rules may refer to parts from any element."""
        self._look(sheet)
        # At most: a comma may stand anywhere. Browsers find rules for one class by its name.
        self._selectors += sheet.count("{") + sheet.count(",") - len(set(_FOR_A_CLASS.findall(sheet)))
        for reference in references(sheet, sheet=True):
            self._rules[reference] = None
            if len(self._rules) > MOST:
                break

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
        drawn, vertices, depths = ([0] * len(self._parts) for _ in range(3))
        for number in order:
            part, found = self._parts[number], beside[number]
            each = _check(1 + sum(drawn[one] * times for one, times in found.each.items()))
            marks = sum(drawn[one] * times for one, times in found.marks.items())
            once = sum(times * (drawn[one] * each + vertices[one] * marks) for one, times in found.once.items())
            own = (part.filter.costs[-1] + part.others.total()) * each + part.vertices * marks + part.ink // INK
            drawn[number] = 0 if part.is_gradient else _check(own + once + sum(drawn[one] for one in inside[number]))
            vertices[number] = part.vertices + sum(vertices[one] for one in inside[number])
            vertices[number] += sum(vertices[one] * times for one, times in found.once.items())
            vertices[number] = min(vertices[number], MOST + 1)  # more are too many wherever one of them draws anything
            further = [depths[one] + 1 for one in found.parts]
            depths[number] = max([0, *(depths[one] for one in inside[number]), *further])
            if depths[number] > DEEPEST:
                raise EndlessError
        # From any element, and from what is drawn for it: how often, only the rules themselves could say.
        anywhere = [drawn[one] for rule in self._rules if rule.selector == "*" for one in self._meant(rule.id)]
        total, times = drawn[0] + vertices[0] * bool(anywhere), 1 + sum(anywhere)
        for _ in anywhere:
            total = _check(total * times)
        if _check(total) * self._selectors > MATCHES:
            raise EndlessError(f"there are more than {MATCHES:,} pairs of a selector and an element that is drawn")

    def _beside(self) -> list[_Drawn]:
        """What is drawn because of the references of each part. Raises EndlessError where that alone is too much."""
        rules, made, count = defaultdict[str, list[Reference]](list), list[_Drawn](), 0
        for rule in self._rules:
            if self._meant(rule.id):
                rules[rule.selector].append(rule)
        for number, part in enumerate(self._parts):
            around = made[part.around] if number else _Drawn()  # what it inherits, wherever it is drawn
            found = _Drawn(each=around.each.copy(), marks=around.marks.copy())
            found.once.update(one for id in part.uses for one in self._meant(id))
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


def _vertices(shape: str) -> int:
    """The most vertices that a path or a polygon can have."""
    shape = shape.lower()
    numbers = len(_NUMBER.findall(shape))
    return shape.count("z") + (numbers if "h" in shape or "v" in shape else numbers // 2)
