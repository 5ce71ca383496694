"""Copies what an author wrote from an entry into the value of the model that has a field of the same name."""

from dataclasses import fields
from typing import Any, TypeVar

from tiebreak.content import Entry
from tiebreak.linking.context import Context
from tiebreak.model import Comparison, Page, Prose, Settings, Subject

T = TypeVar("T", Comparison, Page, Settings, Subject)


def of_entry(model: type[T], entry: Entry, context: Context | None, **made: Any) -> T:
    """A value whose fields are those `made` for it, else those of the entry, else the model's own defaults.

    Lists become tuples without repetitions, and links in prose are resolved. Raises TypeError for prose without a
    context to resolve its links in.
    """
    plain: dict[str, Any] = {}
    for name in (field.name for field in fields(model) if field.name not in made):
        value = getattr(entry, name, None)
        if isinstance(value, Prose):
            if context is None:
                raise TypeError(f"{name} may have links, which only a context can resolve")
            value = context.prose(value, (name,))
        if value is not None:
            plain[name] = tuple(dict.fromkeys(value)) if isinstance(value, list) else value
    return model(**made, **plain)
