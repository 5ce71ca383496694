"""How long a filter of a drawing takes, by its steps and by how often they take each other up."""

from collections.abc import Mapping
from dataclasses import dataclass, field

STEPS = 50  # of a filter
_ENDLESS = 1_000_000  # more than a drawing may take
# Steps of a filter, and what one takes of a browser's time, in elements that it could draw meanwhile.
_STEPS = dict.fromkeys(("feFlood", "feMerge", "feOffset"), 30)
_STEPS |= dict.fromkeys(("feColorMatrix", "feComponentTransfer", "feComposite"), 100)
_STEPS |= dict.fromkeys(("feBlend", "feDiffuseLighting", "feDisplacementMap"), 300)
_STEPS |= dict.fromkeys(("feDropShadow", "feGaussianBlur", "feImage"), 300)
_STEPS |= {"feConvolveMatrix": 20_000}  # with the largest matrix that may be written
_STEPS |= dict.fromkeys(("feSpecularLighting", "feTile", "feTurbulence"), 300)
# What steps take up other than what the step before made.
_INPUTS: dict[str, tuple[str, ...]] = dict.fromkeys(("feBlend", "feComposite", "feDisplacementMap"), ("in", "in2"))
_INPUTS |= dict.fromkeys(("feFlood", "feImage", "feMerge", "feTurbulence"), ())


@dataclass
class Filter:
    """The steps of a filter; a browser may take each anew for every step that takes it up."""

    costs: list[int] = field(default_factory=lambda: [1])  # of each with what it takes up; first of what is filtered
    names: dict[str, int] = field(default_factory=lambda: {"SourceAlpha": 0, "SourceGraphic": 0})  # to places
    last: str = ""  # the name of the last step, which does not know itself

    def add(self, element: str, attributes: Mapping[str, str]) -> None:
        """A step, or what is in one."""
        if element == "feMergeNode" and len(self.costs) > 1:
            self.costs[-1] = min(self.costs[-1] + self._input(attributes.get("in"), -2), _ENDLESS)
        if element in _STEPS and len(self.costs) > STEPS:
            self.costs[-1] = _ENDLESS
        elif element in _STEPS:
            self.names[self.last] = len(self.costs) - 1
            self.last = attributes.get("result", "")
            taken_up = sum(self._input(attributes.get(one), -1) for one in _INPUTS.get(element, ("in",)))
            self.costs.append(min(_STEPS[element] + taken_up, _ENDLESS))

    def _input(self, name: str | None, before: int) -> int:
        return self.costs[self.names.get(name, before) if name else before]
