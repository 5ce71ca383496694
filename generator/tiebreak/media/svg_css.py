"""Checks the CSS of an SVG: nothing in it may load another file.

A tokenizer reads it, and it is written again from its tokens.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import tinycss2

from tiebreak.characters import CONTROL, no_control
from tiebreak.media.svg_vocabulary import AT_RULES, FUNCTIONS, SELECTING, is_fragment

DEEPEST = 50  # brackets within brackets

_APART = re.compile(r""""[^"\\\n\r\f]*"|'[^'\\\n\r\f]*'|/\*.*?\*/""", re.DOTALL)  # strings and comments
# What cannot load or hide anything, and stands in the attributes of nearly every drawing.
_REFERENCE = re.compile(r"url\(#([\w.:-]+)\)", re.ASCII)
_HARMLESS = re.compile(
    r"(?:translate|scale|rotate|skew[XY]|matrix|rgba?|hsla?|color)\([-+.,%/\s\w]*\)|" + _REFERENCE.pattern, re.ASCII
)
_HIDING = re.compile(r"""[(){}\[\]"'\\@\r\f]|/\*""")
# Words that have things drawn again and again, of which no count says how often.
_UNBOUNDED = frozenset({"box-shadow", "context-fill", "context-stroke", "text-shadow"})
_MAYBE_UNBOUNDED = re.compile("-shadow|context-", re.IGNORECASE)


class Fault(NamedTuple):
    """A problem in CSS; `line` and `column` count from 1 in that CSS."""

    line: int
    column: int
    code: str
    message: str
    help: str


_LOADS = (
    "a drawing takes nothing from elsewhere: write url(#id), with the id of something in the drawing, or take it out"
)
_PLAIN = "take it out, or save the drawing as a plain SVG"


def needs_tokenizer(css: str) -> bool:
    """Whether CSS in an attribute could load something, which needs a bracket, or hide it, which needs an escape."""
    is_suspect = "(" in css or "\\" in css or _MAYBE_UNBOUNDED.search(css)
    return bool(is_suspect) and _plainly(css) is None


def _plainly(css: str) -> list[tuple[str, list[str]]] | None:
    """The declarations of CSS that is as plain as in nearly every attribute, as (property, ids that it refers to); None
    of any other, for which it takes a tokenizer.
    """
    css = _APART.sub(" ", css)
    if _HIDING.search(_HARMLESS.sub("", css)) or _MAYBE_UNBOUNDED.search(css):
        return None
    found = [(name.strip().lower(), _REFERENCE.findall(said)) for name, _, said in _parts(css)]
    return None if any(len(ids) > 1 or name.startswith("--") for name, ids in found) else found


def _parts(css: str) -> Iterator[tuple[str, str, str]]:
    return (declaration.partition(":") for declaration in css.split(";"))


def judged(css: str, *, sheet: bool) -> tuple[str, list[Fault]]:
    """`css` (a style sheet, or what stands in an attribute) as it may be written, and what is wrong with it.

    It is judged token by token, not rule by rule, because whatever loads or runs is a token of its own (`url()`,
    `src()`, `@import`), wherever it stands, and browsers differ in rules more than in tokens. What is written are the
    tokens, without comments and needless escapes, so that no browser can read another text than was judged here.
    """
    tokens = tinycss2.parse_component_value_list(css, skip_comments=True)
    faults = [fault for token in _walk(tokens) if (fault := _fault(token, sheet=sheet))]
    faults += [_by_sibling(token) for token in _beside(tokens)] if sheet else []
    faults += [fault for declaration in _declarations(tokens) if (fault := _multiplied(declaration))]
    written = "" if faults else tinycss2.serialize(tokens)
    if control := CONTROL.search(written):  # an escape in CSS such as `\1`, which XML has no way to write
        return "", [Fault(1, 1, "bad-svg", no_control(control[0]), _PLAIN)]
    return written, faults


def _beside(tokens: Sequence[Any]) -> Iterator[Any]:
    """Every sign that has a selector look at the elements before another, all of which a browser goes through for each;
    it may stand in a sum in brackets, and there it is none.
    """
    for token in tokens:
        if token in ("~", "+"):
            yield token
        elif token.type == "{} block":
            yield from _beside(token.content)
        elif token.type == "function" and token.lower_name in SELECTING:
            yield from _beside(token.arguments)


def _by_sibling(token: Any) -> Fault:
    message, help = f'"{token.value}" has elements found by those before them, which takes long', "give them a class"
    return Fault(token.source_line, token.source_column, "bad-svg", message, help)


class _TooDeep(NamedTuple):
    source_line: int
    source_column: int
    type: str = "too deep"


def _walk(tokens: Sequence[Any]) -> Iterator[Any]:
    """Every token, also those in brackets, up to a depth that a recursive writer can follow."""
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
    if _is_url(token):
        return None if is_fragment(_target(token)) else Fault(line, column, "active-svg", "this loads a file", _LOADS)
    if kind == "ident" and (token.lower_value in _UNBOUNDED or token.value.startswith("--")):
        return Fault(line, column, "bad-svg", f'"{token.value}" may not stand in a drawing', _PLAIN)
    if kind == "function" and token.lower_name not in FUNCTIONS:
        return Fault(line, column, "active-svg", f'"{token.name}()" may not stand in a drawing', _PLAIN)
    return None


def _declarations(tokens: Sequence[Any]) -> Iterator[list[Any]]:
    """Everything that may be a declaration: the tokens up to the next semicolon or brace, at any place."""
    waiting = [tokens]
    while waiting:
        found = list[Any]()
        for one in waiting.pop():
            if one == ";" or one.type == "{} block":
                yield found
                found = []
            else:
                found.append(one)
            waiting += [one.content] if one.type == "{} block" else []
        yield found


def _multiplied(declaration: Sequence[Any]) -> Fault | None:
    """A fault when a declaration refers to several things, because each of them is drawn."""
    urls = list(filter(_is_url, _walk(declaration)))
    if len(urls) > 1:
        message, help = "more than one thing is referred to at once", "refer to one"
        return Fault(urls[1].source_line, urls[1].source_column, "bad-svg", message, help)
    return None


class Reference(NamedTuple):
    """A reference of a declaration, for the elements of one class, id or name, or `*` for any."""

    selector: str
    property: str  # empty where it is not known
    id: str


def references(css: str, *, sheet: bool) -> Iterator[Reference]:
    """What a piece of CSS that was judged refers to in its drawing, at most as much as the square of its length."""
    if sheet:
        yield from _of_rules(tinycss2.parse_stylesheet(css))
    elif (plain := _plainly(css)) is not None:
        yield from (Reference("", name, id) for name, ids in plain for id in ids)
    else:
        yield from (Reference("", name, id) for name, id in _declared(tinycss2.parse_component_value_list(css)))


def _of_rules(rules: Sequence[Any]) -> Iterator[Reference]:
    for rule in rules:
        if rule.type == "at-rule" and rule.content:
            yield from _of_rules(tinycss2.parse_rule_list(rule.content))
        elif rule.type == "qualified-rule" and not any(token.type == "{} block" for token in rule.content):
            found = dict.fromkeys(_declared(rule.content))
            yield from (Reference(selector, name, id) for selector in _selectors(rule.prelude) for name, id in found)
        elif rule.type in ("at-rule", "qualified-rule"):
            yield from (Reference("*", "", id) for id in _ids(rule.content or ()))


def _selectors(prelude: Sequence[Any]) -> set[str]:
    """For each selector of a rule one that stands for all elements that it means, and maybe for more."""
    found: list[list[Any]] = [[]]
    for part in prelude:
        if part == ",":
            found.append([])
        else:
            found[-1].append(part)
    return set(map(_selector, found))


def _selector(tokens: Sequence[Any]) -> str:
    compound, is_over = list[Any](), True  # of the elements themselves; what stands before it says what is around them
    for token in tokens:
        is_between = token.type == "whitespace" or token in (">", "+", "~")
        if is_over and not is_between:
            compound = []
        is_over = is_between
        compound += [] if is_between else [token]
    classes = [after.value for dot, after in pairwise(compound) if dot == "." and after.type == "ident"]
    ids = [token.value for token in compound if token.type == "hash"]
    names = [token.value for token in compound[:1] if token.type == "ident"]
    return next((f"{sign}{one[0]}" for sign, one in ((".", classes), ("#", ids), ("", names)) if one), "*")


def _declared(tokens: Sequence[Any]) -> list[tuple[str, str]]:
    """The property and id of every reference in a list of declarations."""
    found = tinycss2.parse_declaration_list(tokens, skip_comments=True, skip_whitespace=True)
    if any(one.type != "declaration" for one in found):
        return [("", id) for id in _ids(tokens)]
    return [(one.lower_name, id) for one in found for id in _ids(one.value)]


def _ids(tokens: Sequence[Any]) -> Iterator[str]:
    for token in _walk(tokens):
        if _is_url(token):
            yield _target(token).removeprefix("#")


def _is_url(token: Any) -> bool:
    return bool(token.type == "url" or (token.type == "function" and token.lower_name == "url"))


def _target(url: Any) -> str:
    """Where a url() leads; empty when it has more than one argument."""
    if url.type == "url":
        return str(url.value)
    said = [part for part in url.arguments if part.type != "whitespace"]
    return str(said[0].value) if len(said) == 1 and said[0].type == "string" else ""
