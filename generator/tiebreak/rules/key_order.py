"""Warnings about keys that stand in another order than the guide has them, and the same lines in that order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import yaml

from tiebreak.content import Document, Entry
from tiebreak.problems import Fix, Problem

_KEY = re.compile(r"^([A-Za-z_][\w-]*):", re.MULTILINE)


def of_keys(document: Document, model: type[Entry]) -> Iterator[Problem]:
    """A warning of the first key of a file that stands before one that belongs above it."""
    order = [field.alias or name for name, field in model.model_fields.items()]
    if _first_wrong(_KEY.findall(document.front), order) is None:
        return  # nearly every file, and no node was made
    root = document.root
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        return
    keys = [key for key, _ in root.value]
    wrong = _first_wrong([key.value for key in keys], order)
    if wrong is None:
        return
    before = next(key.value for key in keys if key.value in order and _rank(order, key.value) > _rank(order, wrong))
    message = f'"{wrong}" stands below "{before}"'
    help = "`tiebreak check --fix` puts the keys in the order of the guide"
    found = document.warning("key-order", message, (wrong,), help, key=True)
    yield replace(found, fix=_sorted(document, root, order))


def _first_wrong(keys: Sequence[str], order: Sequence[str]) -> str | None:
    """The first key that stands below one that belongs below it."""
    highest = -1
    for key in keys:
        if key in order:
            if _rank(order, key) < highest:
                return key
            highest = _rank(order, key)
    return None


def _rank(order: Sequence[str], key: str) -> int:
    return order.index(key)


def _sorted(document: Document, root: yaml.MappingNode, order: Sequence[str]) -> Fix | None:
    """The lines of the keys in order, each with the comment right above it; nothing if they would say anything else."""
    lines = document.front.split("\n")
    if lines.pop():
        return None  # the last line has no end
    starts = [_start(lines, key.start_mark.line) for key, _ in root.value]
    starts[0] = root.value[0][0].start_mark.line  # what stands above all keys is about the file
    ends = [*starts[1:], len(lines)]
    parts = {key.value: lines[start:end] for (key, _), start, end in zip(root.value, starts, ends, strict=True)}
    ranks = {key: _rank(order, key) if key in order else len(order) for key in parts}
    text = "".join(f"{line}\n" for key in sorted(parts, key=ranks.__getitem__) for line in parts[key])
    if len(parts) < len(root.value):
        return None  # one is written twice
    head = "".join(f"{line}\n" for line in lines[: starts[0]])
    if not _says_the_same(head + text, document.front):
        return None
    first = document.front_line + starts[0] + 1
    return Fix((first, 1), (document.front_line + len(lines) + 1, 1), text)


def _start(lines: Sequence[str], line: int) -> int:
    while line and lines[line - 1].lstrip().startswith("#"):
        line -= 1
    return line


def _says_the_same(text: str, other: str) -> bool:
    """Whether two texts are the same data; the first may be none, as where the mark of a document's end was moved."""
    try:
        return _read(text) == _read(other)
    except yaml.YAMLError:
        return False


def _read(text: str) -> object:
    return yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 -- which makes nothing but text
