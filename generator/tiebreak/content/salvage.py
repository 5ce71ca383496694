"""What is sound of a file with mistakes, so that those that only linking finds are told in the same run."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from tiebreak.content.entry import Entry
from tiebreak.content.schema import ComparisonEntry

E_ = TypeVar("E_", bound=Entry)

_TEXT = "x"
# What stands for a value that is wrong or missing, where leaving it out would bring another problem with it.
_STAND_INS: Mapping[str, Any] = {
    **dict.fromkeys(("summary", "why", "name", "if", "title", "label", "q", "a"), _TEXT),
    **dict.fromkeys(("pick", "was"), "none"),
    **dict.fromkeys(("published", "date"), "2000-01-01"),
    **dict.fromkeys(("url", "base_url"), "https://example.org/"),
    "weights": {},
    "verdict": {},
    "factors": [{"factor": _TEXT}],
}
# The same in mappings, each with the steps down to a value in it: a mapping that an author calls so lies deeper.
_IN_MAPPING: Mapping[tuple[str, int], Any] = {
    ("cells", 5): "unknown",  # a factor, its number, cells, (mapping), a subject
    ("verdict", 2): _TEXT,
    ("sources", 2): {"title": _TEXT, "url": "https://example.org/"},
}
_ROUNDS = 4  # a value in the place of another may bring up what it hid


def salvage(model: type[E_], data: Any, wrong: Sequence[ErrorDetails], language: str, own_name: str = "") -> E_ | None:
    """The entry without what is wrong in it; None where that is the subjects of a comparison, without which nothing can
    be linked. `own_name` stands for a name of the whole, so that no two have one.
    """
    data = deepcopy(data)
    for _ in range(_ROUNDS):
        if not isinstance(data, dict) or any(one["loc"][:1] == ("subjects",) for one in wrong):
            return None
        for one in wrong:
            _mend(data, one["loc"], one["type"], own_name)
        verdict = data.get("verdict") if model is ComparisonEntry else None
        if isinstance(verdict, dict) and any(one["loc"] == ("verdict",) for one in wrong):
            verdict.update(dict.fromkeys(data["subjects"], _TEXT))
        try:
            return model.model_validate(data, context=language)
        except ValidationError as error:
            wrong = error.errors(include_url=False)
    return None


def _mend(data: dict[str, Any], loc: Sequence[str | int], kind: str, own_name: str) -> None:
    """Take the value at `loc` out, or put one in its place; a list keeps its length, as places in it are told."""
    node, owner, name = _place(data, loc)
    last, is_foreign, within = loc[-1], kind == "extra_forbidden", _IN_MAPPING.get((name, len(loc)))
    if isinstance(node, dict) and not isinstance(last, int):
        if within and not is_foreign:
            node[last] = deepcopy(within)
        elif last == "factor" and not is_foreign:
            node[last] = f"{_TEXT} {loc[1]}"  # no two rows have one id
        elif last == "name" and node is data and own_name:
            node[last] = own_name
        elif not is_foreign and last in _STAND_INS:
            node[last] = deepcopy(_STAND_INS[last])
        elif kind == "missing":  # and nothing can stand for it: what needs it goes
            data.pop(str(loc[0]), None)
        else:
            node.pop(last, None)
    elif isinstance(node, list) and isinstance(last, int) and last < len(node) and name in ("factors", "cells"):
        node[last] = "unknown" if name == "cells" else {"factor": f"{_TEXT} {last}"}
    elif isinstance(owner, dict):
        owner.pop(name, None)


def _place(data: dict[str, Any], loc: Sequence[str | int]) -> tuple[Any, dict[str, Any] | None, str]:
    """What holds the value at `loc`; and the mapping that holds that, with the key, where it is one."""
    node: Any = data
    owner, name = None, ""
    for step in loc[:-1]:
        if isinstance(node, dict) and step in node:
            owner, node, name = node, node[step], str(step)
        elif isinstance(node, list) and isinstance(step, int) and step < len(node):
            owner, node, name = None, node[step], ""
    return node, owner, name
