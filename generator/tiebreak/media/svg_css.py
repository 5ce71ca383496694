"""Checks the CSS of an SVG: nothing in it may load another file.

A tokenizer reads it, and it is written again from its tokens.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import tinycss2

from tiebreak.characters import CONTROL, no_control
from tiebreak.media.svg_vocabulary import AT_RULES, FUNCTIONS, PSEUDO_CLASSES, is_fragment

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
# A selector by the kinds of its tokens: `n` for a name and `#` for an id, the others for themselves. At most four
# elements within one another, each of a type, classes, ids and states, six in all.
_COMPOUND = r"(?:[n*](?:\.n|#|:n){0,5}|(?:\.n|#|:n){1,6})"
_SELECTOR = re.compile(rf" *{_COMPOUND}(?:(?: *> *| +){_COMPOUND}){{0,3}} *")
# What has a browser paint an element, with all that is in it, by itself and then into the drawing.
_LAYER = re.compile(
    r"(?<![\w-])(?:-webkit-)?(?:opacity(?!\s*:\s*1(?:\.0*)?\s*(?:;|$))|mask(?:-image)?(?!\s*:\s*none|-type)"
    r"|mix-blend-mode(?!\s*:\s*normal)|isolation|will-change|all(?![\w-]))",
    re.IGNORECASE,
)


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
    faults += [fault for declaration in _declarations(tokens) if (fault := _multiplied(declaration))]
    faults += _misplaced(tokens) if sheet and not faults else []  # brackets may lie too deep in what has others
    written = "" if faults else tinycss2.serialize(tokens)
    if control := CONTROL.search(written):  # an escape in CSS such as `\1`, which XML has no way to write
        return "", [Fault(1, 1, "bad-svg", no_control(control[0]), _PLAIN)]
    return written, faults


def _misplaced(tokens: Sequence[Any]) -> Iterator[Fault]:
    """What of a style sheet is more than rules, each with a few plain selectors and with declarations only."""
    for rule in tinycss2.parse_rule_list(tokens, skip_comments=True, skip_whitespace=True):
        if rule.type == "at-rule":
            yield from _misplaced(rule.content or ())
        elif rule.type == "qualified-rule":
            yield from (_no_selector(part or [rule]) for part in _listed(rule.prelude) if not _is_selector(part))
            inner = [token for token in rule.content if token.type in ("{} block", "at-keyword")]
            yield from (_at(token, "bad-svg", "a rule stands within another", "put it beside that") for token in inner)
        else:
            yield _at(rule, "bad-svg", "this is not CSS", _PLAIN)


def _listed(prelude: Sequence[Any]) -> list[list[Any]]:
    """The selectors of a rule, which commas part."""
    found: list[list[Any]] = [[]]
    for part in prelude:
        found += [[]] if part == "," else []
        found[-1] += [] if part == "," else [part]
    return found


_KINDS, _SIGNS = {"ident": "n", "hash": "#", "whitespace": " "}, (".", ":", "*", ">")


def _is_selector(tokens: Sequence[Any]) -> bool:
    """Whether these are one that a browser tries in a moment."""
    kinds = "".join(part.value if part in _SIGNS else _KINDS.get(part.type, "?") for part in tokens)
    states = [after.lower_value for colon, after in pairwise(tokens) if colon == ":" and after.type == "ident"]
    return _SELECTOR.fullmatch(kinds) is not None and PSEUDO_CLASSES.issuperset(states)


def _no_selector(tokens: Sequence[Any]) -> Fault:
    help = "select by few types, classes and ids, of no more than four elements within one another"
    return _at(tokens[0], "bad-svg", "this selector takes a browser long, or is none", help)


def _at(token: Any, code: str, message: str, help: str) -> Fault:
    return Fault(token.source_line, token.source_column, code, message, help)


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


class Selector(NamedTuple):
    """How elements are found: one class, id or name that all of them have, what of these it asks for, and where."""

    subject: str
    signs: int
    is_deep: bool  # whether it looks at all that an element is in

    @property
    def is_class(self) -> bool:
        return self.signs == 1 and self.subject.startswith(".")


class Rule(NamedTuple):
    """A rule of a style sheet: the elements that it means, what it refers to, and whether it makes layers of them."""

    selectors: list[Selector]
    references: list[tuple[str, str]]  # property and id
    is_layered: bool


def references(css: str) -> Iterator[Reference]:
    """What declarations that were judged refer to in their drawing."""
    found = _plainly(css)
    if found is None:
        found = [(name, [id]) for name, id in _declared(tinycss2.parse_component_value_list(css))]
    yield from (Reference("", name, id) for name, ids in found for id in ids)


def rules(sheet: str) -> Iterator[Rule]:
    """The rules of a style sheet that was judged."""
    yield from _rules(tinycss2.parse_component_value_list(sheet))


def _rules(tokens: Sequence[Any]) -> Iterator[Rule]:
    for rule in tinycss2.parse_rule_list(tokens, skip_comments=True, skip_whitespace=True):
        if rule.type == "at-rule":
            yield from _rules(rule.content or ())
        else:
            found = list(dict.fromkeys(_declared(rule.content)))
            selectors = [_selector(part) for part in _listed(rule.prelude)]
            yield Rule(selectors, found, is_layered(tinycss2.serialize(rule.content)))


def is_layered(css: str) -> bool:
    """Whether declarations may have a browser paint an element as a layer of its own."""
    return _LAYER.search(css) is not None


def _selector(tokens: Sequence[Any]) -> Selector:
    steps: list[list[Any]] = [[]]  # what each of the elements is asked for, the last of which is meant
    is_over = False
    for part in tokens:
        is_between = part.type == "whitespace" or part == ">"
        if is_over and not is_between:
            steps.append([])
        is_over = bool(steps[-1]) and is_between
        steps[-1] += [] if is_between else [part]
    is_deep = len(steps) - 1 > sum(part == ">" for part in tokens)
    compound = steps[-1]
    classes = [after.value for dot, after in pairwise(compound) if dot == "." and after.type == "ident"]
    ids = [token.value for token in compound if token.type == "hash"]
    names = [token.value for token in compound[:1] if token.type == "ident"]
    subject = next((f"{sign}{one[0]}" for sign, one in ((".", classes), ("#", ids), ("", names)) if one), "*")
    return Selector(subject, sum(part.type in ("ident", "hash") or part == "*" for part in tokens), is_deep)


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
