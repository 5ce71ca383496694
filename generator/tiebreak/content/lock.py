"""`content/sources.lock`: what `tiebreak verify` found at the cited sources, one block for each, which diffs well."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from tiebreak import limits
from tiebreak.characters import in_json
from tiebreak.content.addresses import is_url
from tiebreak.model import Look
from tiebreak.problems import Problem, SiteError

Looks = Mapping[str, Look]  # by the address of the page
Wrong = tuple[tuple[int | str, ...], str]  # a place, by an address and a key, and what is wrong there
_OTHER = re.compile(r"[^\x20-\x7e]")  # than what addresses and the heads of answers consist of
_HALF = re.compile(r"[\ud800-\udfff]")
_MEND = "run `tiebreak verify`, which writes this file; without it, it is begun anew"
_HEAD = "#"  # the key of what the file says of itself
_SAYS = "Written by `tiebreak verify`: what it found at the sources that cells cite. Not to be edited by hand."


def read_lock(file: str, text: str) -> tuple[dict[str, Look], list[Problem]]:
    """What is sound of the lock, and what is wrong with it, each with its position as far as those are few."""
    looks, wrong = _read(file, text)
    problems = [_at_key(file, text, at, message) for at, message in wrong[: limits.GUESSES]]
    if more := len(wrong) - len(problems):
        problems.append(Problem(file, 0, 0, "bad-lock", f"{more:,} more blocks are wrong", _MEND))
    return looks, problems


def _read(file: str, text: str) -> tuple[dict[str, Look], list[Wrong]]:
    """What is sound, and what is wrong by its place. Raises SiteError for what is no lock at all."""
    twice: list[str] = []
    data = _parsed(file, text, twice)
    wrong: list[Wrong] = [((key,), f'"{key}" stands here twice') for key in dict.fromkeys(twice)]
    try:
        looks = _adapter().validate_python(data)
    except ValidationError as error:
        found = [(one["loc"], _said(one)) for one in error.errors(include_url=False, include_input=False)]
        unsound = {at[0] for at, _ in found}
        looks = _adapter().validate_python({key: one for key, one in data.items() if key not in unsound})
        wrong += found
    for page, look in list(looks.items()):
        if what := list(_unsound(page, look)):
            wrong += what
            del looks[page]
    return looks, wrong


def _parsed(file: str, text: str, twice: list[str]) -> dict[str, Any]:
    """The blocks by their addresses; adds keys that are written twice to `twice`. Raises SiteError."""
    message, line, column = "this is not the JSON that a lock consists of", 0, 0
    try:
        data = json.loads(text or "{}", object_pairs_hook=lambda pairs: _once(pairs, twice))
        if isinstance(data, dict):
            data.pop(_HEAD, None)
            return data
    except json.JSONDecodeError as error:
        message, line, column = f"{message}: {error.msg}", error.lineno, error.colno
    except (RecursionError, ValueError):  # the latter: a number of thousands of digits
        pass
    raise SiteError([Problem(file, line, column, "bad-lock", message, _MEND)])


def written_lock(looks: Looks) -> bytes:
    """The lock with these looks, in the order of their addresses; what would say nothing is left out."""
    blocks = {page: _block(look) for page, look in sorted(looks.items())}
    text = json.dumps({_HEAD: _SAYS, **blocks}, indent=1, ensure_ascii=False)
    return f"{in_json(text)}\n".encode()


def _block(look: Look) -> dict[str, Any]:
    values = {field.name: getattr(look, field.name) for field in fields(look)}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items() if value}


@cache
def _adapter() -> TypeAdapter[dict[str, Look]]:
    """Made when it is needed, as that takes its time."""
    return TypeAdapter(dict[str, Look])


def _once(pairs: list[tuple[str, Any]], twice: list[str]) -> dict[str, Any]:
    """The pairs as a mapping; keys that are written twice are added to `twice`."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice += [key for key, count in Counter(key for key, _ in pairs).items() if count > 1]
    return found


def _said(details: ErrorDetails) -> str:
    """What pydantic found, in an author's words."""
    key = details["loc"][-1]
    match details["type"]:
        case "missing" | "missing_argument":
            return f'"{key}" is missing'
        case "unexpected_keyword_argument":
            return f'"{key}" is not a key of a block'
        case _:
            return f'"{key}" cannot have this value'


def _unsound(page: str, look: Look) -> Iterator[Wrong]:
    """What of a block cannot be used, by its place."""
    for at, address in ({(page,): page} | ({(page, "final"): look.final} if look.final else {})).items():
        if not is_url(address):
            yield at, f'"{address}" is not an address that a page may link to'
    for name in ("trouble", "etag", "modified", "digest"):
        if _OTHER.search(getattr(look, name)):
            yield (page, name), f"`{name}` has a character in it that no answer has"
    for name in ("found", "missing"):
        if _HALF.search("".join(getattr(look, name))):
            yield (page, name), f"`{name}` has half a character in it"


def _at_key(file: str, text: str, at: tuple[int | str, ...], message: str) -> Problem:
    """A problem at a key of a block, or at its address."""
    place = max(0, text.find(json.dumps(at[0], ensure_ascii=False)))
    if len(at) > 1:
        end = text.find("\n }", place)
        place = max(place, text.find(json.dumps(at[1]), place, len(text) if end < 0 else end))
    line = text.count("\n", 0, place) + 1
    excerpt = text.split("\n")[line - 1]
    return Problem(file, line, place - text.rfind("\n", 0, place), "bad-lock", message, _MEND, excerpt=excerpt)
