"""The record of a comparison: what it said when it was last recorded, and what had changed until then."""

import json
from collections.abc import Iterator
from pathlib import PurePosixPath

from pydantic import Field

from tiebreak import limits
from tiebreak.content.entry import Entry
from tiebreak.content.scalars import Day, Id, LongText

FOLDER = "content/changes/"
_TEXTS = ("was", "now", "why")
_HEAD = """\
# What this comparison said when it was last recorded, and what has changed since the first time.
# `tiebreak build --record` writes this file. Say `why` of a change here, and commit it.
"""


class CellChangeEntry(Entry):
    """A cell that said something else."""

    date: Day = Field(description="The day it changed.")
    factor: Id = Field(description="The row's id.")
    subject: Id = Field(description="The subject's id.")
    was: LongText = Field(description="What the cell said before.")
    now: LongText = Field(description="What it said after.")
    why: LongText | None = Field(None, description="What changed it, in a plain sentence.")


class ChangesEntry(Entry):
    """`content/changes/<slug>.yaml`, which `tiebreak build --record` writes."""

    recorded: Day = Field(description="The day of the newest content when it was recorded.")
    pick: Id = Field(description="What was picked then, a subject's id or `none`.")
    cells: dict[str, dict[str, LongText]] = Field(
        max_length=limits.ROWS, description="By row and subject, what each cell said then."
    )
    changes: list[CellChangeEntry] = Field(
        [], max_length=limits.CHANGES, description="Cells that changed until then, newest first."
    )


def record_of(comparison: str) -> str:
    """The file in which the comparison of a file is recorded."""
    return f"{FOLDER}{PurePosixPath(comparison).stem}.yaml"


def recorded_in(file: str) -> str:
    """The file of the comparison that is recorded in `file`; another file is itself."""
    comparison = f"content/compare/{PurePosixPath(file).stem}.md"
    return comparison if file == record_of(comparison) else file


def written(entry: ChangesEntry) -> bytes:
    """The record as it is written: one line a cell, so that a change of it is a line of a diff."""
    return (_HEAD + "\n".join(_lines(entry)) + "\n").encode()


def _lines(entry: ChangesEntry) -> Iterator[str]:
    yield f"recorded: {entry.recorded}"
    yield f"pick: {entry.pick}"
    yield "cells:"
    for row, cells in entry.cells.items():
        yield f"  {row}:"
        yield from (f"    {subject}: {_text(said)}" for subject, said in cells.items())
    if entry.changes:
        yield "changes:"
    for change in entry.changes:
        values = {name: getattr(change, name) for name in type(change).model_fields}
        given = [f"{name}: {_text(value) if name in _TEXTS else value}" for name, value in values.items() if value]
        yield from (f"  {'-' if place == 0 else ' '} {line}" for place, line in enumerate(given))


def _text(value: str) -> str:
    """A text in YAML: between quotation marks its escapes are those of JSON."""
    return json.dumps(value, ensure_ascii=False)
