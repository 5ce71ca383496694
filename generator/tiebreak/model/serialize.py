"""Values to bytes and back, and their digests, which are the same in every process."""

import io
import pickle
from functools import cache
from hashlib import blake2b
from importlib import import_module
from typing import Any

DIGEST = 16  # bytes: of 2**64 values, two may share a digest
_TRUSTED = frozenset({("datetime", "date"), ("decimal", "Decimal"), ("builtins", "frozenset")})


def pack(value: object) -> bytes:
    """A value made of plain data and of Tiebreak's own classes, as bytes."""
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def unpack(data: bytes) -> Any:
    """What `pack` was given. Raises pickle.UnpicklingError, or another error, for bytes that it did not make.

    The bytes may come from a file that a stranger put into the project, so nothing but values can be made of them.
    """
    return _Unpickler(io.BytesIO(data)).load()


def digest(value: object) -> bytes:
    """The digest of a value made of plain data and frozen dataclasses.

    Equal values have one digest, provided that mappings are in the same order and that there are no sets in them, whose
    order changes from process to process. A value with an `own_digest` counts by that.
    """
    return _digest(_Pickler, value)


def plain_digest(value: object) -> bytes:
    """The same, faster, of a value in which none has an `own_digest`."""
    return _digest(pickle.Pickler, value)


def _digest(kind: type[pickle.Pickler], value: object) -> bytes:
    buffer = io.BytesIO()
    pickler = kind(buffer, pickle.HIGHEST_PROTOCOL)
    pickler.fast = True  # without a memo, so that it does not matter which equal parts are one object
    pickler.dump(value)
    return digest_of(buffer.getbuffer())


def digest_of(data: bytes | memoryview) -> bytes:
    """The digest of bytes, as of a file."""
    return blake2b(data, digest_size=DIGEST).digest()


class _Pickler(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:
        own = getattr(type(value), "own_digest", None)
        return NotImplemented if own is None else (bytes, (value.own_digest,))


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        return _value_class(module, name)


@cache
def _value_class(module: str, name: str) -> type:
    if module.startswith("tiebreak.") or (module, name) in _TRUSTED:
        found = getattr(import_module(module), name, None)
        if isinstance(found, type) and found.__module__ == module:  # not what a module has imported
            return found
    raise pickle.UnpicklingError(f"{module}.{name} is no value")
