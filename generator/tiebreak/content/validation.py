"""Validates a file against its schema, and explains to an author what is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from tiebreak.content.changes import CellChangeEntry
from tiebreak.content.document import Document, Position
from tiebreak.content.entry import Entry
from tiebreak.content.salvage import salvage
from tiebreak.content.scalars import id_help
from tiebreak.content.schema import (
    ChangeEntry,
    ConsiderEntry,
    LeftOutEntry,
    PresetEntry,
    QuestionEntry,
    ReleaseEntry,
)
from tiebreak.content.settings import AuthorEntry, FeedbackEntry, NavigationEntry
from tiebreak.content.table_schema import CellEntry, FactorEntry, FactorsFile, SharedFactorEntry, SourceEntry
from tiebreak.model import is_id
from tiebreak.problems import Fix, Problem, did_you_mean

_NESTED: Mapping[str, type[Entry]] = {
    "factors": FactorEntry,
    "cells": CellEntry,
    "facts": CellEntry,
    "sources": SourceEntry,
    "presets": PresetEntry,
    "consider": ConsiderEntry,
    "left_out": LeftOutEntry,
    "faq": QuestionEntry,
    "history": ChangeEntry,
    "changes": CellChangeEntry,
    "releases": ReleaseEntry,
    "author": AuthorEntry,
    "feedback": FeedbackEntry,
    "navigation": NavigationEntry,
}

_NAMED = frozenset({"cells", "facts", "sources", "verdict", "weights"})  # in which an author gives the keys
_UNWRITTEN = frozenset({"(list)", "(mapping)"})  # which of its kinds a value was read as

# Keys of other generators and of the field -> what they are called here; the first that is a key there is meant.
_MEANT: Mapping[str, Sequence[str]] = {
    **dict.fromkeys(("date", "pubdate", "created", "publishdate"), ("published", "date", "checked")),
    **dict.fromkeys(("description", "excerpt", "abstract"), ("summary", "note")),
    **dict.fromkeys(("winner", "choice", "recommendation"), ("pick", "wins")),
    **dict.fromkeys(("lastmod", "modified", "last_modified_at", "lastupdated"), ("updated",)),
    **dict.fromkeys(("authors", "by", "byline"), ("author",)),
    **dict.fromkeys(("keywords", "topics"), ("tags",)),
    **dict.fromkeys(("categories", "section"), ("category",)),
    **dict.fromkeys(("redirect_from", "redirects", "permalink"), ("aliases",)),
    **dict.fromkeys(("items", "options", "products", "contenders"), ("subjects",)),
    **dict.fromkeys(("rows", "criteria", "features"), ("factors",)),
    **dict.fromkeys(("label", "name", "criterion", "feature"), ("factor", "title")),
    **dict.fromkeys(("reason", "rationale"), ("why",)),
    **dict.fromkeys(("link", "href"), ("url", "source", "homepage")),
    "subtitle": ("tagline",),
    "weight": ("order",),
}

E_ = TypeVar("E_", bound=Entry)


def validate(document: Document, model: type[E_], language: str = "en") -> tuple[E_ | None, list[Problem], bool]:
    """The document's data as a `model`, everything that is wrong with it, and whether all of it is sound. Its texts are
    in a `language`. With problems, the entry is what is sound of it, or None.
    """
    try:
        return model.model_validate(document.data, context=language), [], True
    except ValidationError as error:
        wrong = error.errors(include_url=False)
        own_name = PurePosixPath(document.file).stem
        entry = salvage(model, document.data, wrong, language, own_name)
        return entry, [_explain(document, model, details) for details in wrong], False


def validate_factors(document: Document, language: str = "en") -> tuple[FactorsFile, list[Problem]]:
    """What is sound of every factor of `factors.yaml`, and what is wrong with them."""
    factors: FactorsFile = {}
    problems: list[Problem] = []
    for id, value in document.data.items() if isinstance(document.data, dict) else ():
        if not is_id(id):
            problems.append(document.problem("bad-id", f'"{id}" is not an id', (id,), key=True, help=id_help(id)))
            continue
        written = value if value is not None else {}
        try:
            factors[id] = SharedFactorEntry.model_validate(written, context=language)
        except ValidationError as error:
            wrong = error.errors(include_url=False)
            problems += [
                _explain(document, SharedFactorEntry, {**details, "loc": (id, *details["loc"])}) for details in wrong
            ]
            if sound := salvage(SharedFactorEntry, written, wrong, language):
                factors[id] = sound
    return factors, problems


def _explain(document: Document, model: type[Entry], details: ErrorDetails) -> Problem:
    """What pydantic found, in an author's words."""
    at, kind, context = details["loc"], details["type"], details.get("ctx", {})
    owner = _owner(model, at[:-1])
    match kind:
        case "tiebreak":
            found = document.problem(context["code"], context["message"], at, help=context["help"])
            return found if context["instead"] is None else _fixed(document, found, at, context["instead"])
        case "extra_forbidden":
            known = _keys(owner)
            meant = next((key for key in _MEANT.get(str(at[-1]).casefold(), ()) if key in known), None)
            help = did_you_mean(meant or str(at[-1]), known) or f"the keys here are {', '.join(known)}"
            if str(at[-1]).isdecimal():
                help = (
                    "a comma begins another key here: write decimals with a full stop, such as 2.5, or a text in quotes"
                )
            return document.problem("unknown-key", f'"{at[-1]}" is not a key here', at, key=True, help=help)
        case "missing":
            field = next(field for name, field in owner.model_fields.items() if (field.alias or name) == at[-1])
            return document.problem(
                "missing-key", f'"{at[-1]}" is missing', at[:-1], key=True, help=f"add it: {field.description}"
            )
        case "too_short" | "too_long":
            limit = context["min_length" if kind == "too_short" else "max_length"]
            few = f"at least {limit:,}" if kind == "too_short" else f"at most {limit:,}"
            fields = {field.alias or name: field for name, field in owner.model_fields.items()}
            name = next(step for step in reversed(at) if step in fields)
            # Counted here: pydantic may stop counting at the limit.
            message = f'"{name}" has {len(details["input"]):,}, expected {few}'
            return document.problem("wrong-count", message, at, help=fields[str(name)].description or "")
        case "list_type":
            return document.problem(
                "wrong-type", "expected a list", at, help="write [a, b], or one item a line after a dash"
            )
        case "dict_type" | "model_type" | "model_attributes_type":
            keys = "" if kind == "dict_type" else f"; keys: {', '.join(_keys(_owner(model, at)))}"
            help = f"write `key: value`, one a line, indented{keys}"
            return document.problem("wrong-type", "expected keys and values", at, help=help)
        case _:
            return document.problem("wrong-type", details["msg"], at)


def _owner(model: type[Entry], at: Sequence[str | int]) -> type[Entry]:
    """What the value at `at` is an entry of, or stands in. What an author calls a thing says nothing of it."""
    found, is_name = model, model is SharedFactorEntry
    for step in at:
        if step not in _UNWRITTEN:
            found = found if is_name else _NESTED.get(str(step), found)
            is_name = not is_name and step in _NAMED
    return found


def _fixed(document: Document, problem: Problem, at: Position, instead: str) -> Problem:
    """The problem of a value that is written as it is read, with what is right in its place."""
    start, written = document.written(at)
    text = written.strip()
    place = start + written.index(text)
    places = (document.line_and_column(place), document.line_and_column(place + len(text)))
    return replace(problem, fix=Fix(*places, instead)) if text and "\n" not in text else problem


def _keys(model: type[Entry]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]
