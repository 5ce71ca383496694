"""What all mappings in files have in common: unknown keys are errors, and an empty key counts as left out."""

from typing import Any, Self

from pydantic import BaseModel, ConfigDict, model_validator


class Entry(BaseModel):
    """A mapping that an author wrote: keys not listed are errors, a key without a value counts as left out."""

    # What no file needs is not built: that takes longer than to validate many files.
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False, defer_build=True)

    @classmethod
    def of(cls, **values: object) -> Self:
        """An entry of values that are known to be sound; all others are None."""
        entry = cls.__new__(cls)
        entry.__setstate__(dict.fromkeys(cls.__pydantic_fields__) | values)
        return entry

    def __getstate__(self) -> dict[str, Any]:
        """Its values, and not which of them the author wrote: a set has another order in each process."""
        return self.__dict__

    def __setstate__(self, state: dict[str, Any]) -> None:
        assign = object.__setattr__  # an entry is frozen
        assign(self, "__dict__", state)
        assign(self, "__pydantic_fields_set__", set())
        assign(self, "__pydantic_extra__", None)
        assign(self, "__pydantic_private__", None)

    @model_validator(mode="before")
    @classmethod
    def _leave_out_empty(cls, data: object) -> object:
        if not isinstance(data, dict) or None not in data.values():
            return data
        optional = {field.alias or name for name, field in cls.model_fields.items() if not field.is_required()}
        return {key: value for key, value in data.items() if value is not None or key not in optional}
