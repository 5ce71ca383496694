"""What an entry says that a value of the model says as it stands: handed over by the name that both have for it."""

from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar

from tiebreak.content import Entry
from tiebreak.linking.context import Context
from tiebreak.model import Prose

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")


def of_entry(model: type[T], entry: Entry, context: Context | None, **made: object) -> T:
    """A value with all that was `made` for it, and else with what stands in the entry: lists as tuples, nothing twice,
    and prose with its links resolved, for which there must be a context.

    What was left out there is what the model has by default.
    """
    plain: dict[str, Any] = {}
    for name in (field.name for field in fields(model) if field.name not in made):
        value = getattr(entry, name, None)
        if isinstance(value, Prose):
            if context is None:
                raise TypeError(f"{name} may have links, and nobody knows where they lead")
            value = context.prose(value, (name,))
        if value is not None:
            plain[name] = tuple(dict.fromkeys(value)) if isinstance(value, list) else value
    return model(**made, **plain)
