"""What the CSS of a drawing may say: nothing that loads. Read by a tokenizer, and written again from its tokens."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import tinycss2

from tiebreak.vocabulary import AT_RULES, FUNCTIONS, is_fragment

DEEPEST = 50  # brackets within brackets


class Fault(NamedTuple):
    """What is wrong with a piece of CSS; `line` and `column` count from 1, in that piece."""

    line: int
    column: int
    code: str
    message: str
    help: str


_LOADS = (
    "a drawing takes nothing from elsewhere: write url(#id), with the id of something in the drawing, or take it out"
)
_PLAIN = "take it out, or save the drawing as a plain SVG"


def judged(css: str, *, sheet: bool) -> tuple[str, list[Fault]]:
    """`css` (a style sheet, or what stands in an attribute) as it may be written, and what is wrong with it.

    It is judged token by token, not rule by rule, because whatever loads or runs is a token of its own (`url()`,
    `src()`, `@import`), wherever it stands, and browsers differ in rules more than in tokens. What is written are the
    tokens, without comments and needless escapes, so that no browser can read another text than was judged here.
    """
    tokens = tinycss2.parse_component_value_list(css, skip_comments=True)
    faults = [fault for token in _walk(tokens) if (fault := _fault(token, sheet=sheet))]
    return ("" if faults else tinycss2.serialize(tokens)), faults


class _TooDeep(NamedTuple):
    source_line: int
    source_column: int
    type: str = "too deep"


def _walk(tokens: Sequence[Any]) -> Iterator[Any]:
    """Every token, also of what stands in brackets, to a depth that a recursive writer can follow."""
    waiting = [(token, 0) for token in reversed(tokens)]
    while waiting:
        token, depth = waiting.pop()
        yield token
        inner = getattr(token, "content", None) or getattr(token, "arguments", None) or ()
        if inner and depth == DEEPEST:
            yield _TooDeep(token.source_line, token.source_column)
            return
        waiting += [(one, depth + 1) for one in reversed(inner)]


def _fault(token: Any, *, sheet: bool) -> Fault | None:
    line, column, kind = token.source_line, token.source_column, token.type
    if kind == "too deep":
        return Fault(line, column, "bad-svg", f"brackets lie in brackets, more than {DEEPEST} deep", _PLAIN)
    if kind == "error" or (kind == "literal" and token.value == "\\"):
        return Fault(line, column, "bad-svg", "this is not CSS", _PLAIN)
    if kind == "at-keyword" and not (sheet and token.lower_value in AT_RULES):
        return Fault(line, column, "active-svg", f'"@{token.value}" may not stand in a drawing', _PLAIN)
    if kind == "url" or (kind == "function" and token.lower_name == "url"):
        return None if is_fragment(_target(token)) else Fault(line, column, "active-svg", "this loads a file", _LOADS)
    if kind == "function" and token.lower_name not in FUNCTIONS:
        return Fault(line, column, "active-svg", f'"{token.name}()" may not stand in a drawing', _PLAIN)
    return None


def _target(url: Any) -> str:
    """Where a url() leads; nowhere, when it says more than one thing."""
    if url.type == "url":
        return str(url.value)
    said = [part for part in url.arguments if part.type != "whitespace"]
    return str(said[0].value) if len(said) == 1 and said[0].type == "string" else ""
