"""What authors may write in the table of a comparison: rows, cells and sources, and the factors that files share."""

from typing import Annotated, Any

from pydantic import Discriminator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, Tag
from pydantic_core import CoreSchema, core_schema

from tiebreak import limits
from tiebreak.content.entry import Entry
from tiebreak.content.scalars import (
    NUMBER,
    TEXT,
    Address,
    Better,
    CellSources,
    Count,
    Day,
    Duration,
    Flag,
    Id,
    Inline,
    KindWord,
    LongText,
    Number,
    ResultPath,
    StateWord,
    Text,
    Weight,
    Winners,
    inline,
    number,
    reader,
)
from tiebreak.model import CellState


class CellEntry(Entry):
    """A cell with more to it than a word."""

    text: Inline | None = Field(None, description="What stands in the cell. Inline Markdown.")
    value: Number | None = Field(None, description="The number to compare by, shown as written, with the row's unit.")
    compare: Number | None = Field(
        None, description="The number to compare by, where readers see `text`, or a `value` that means another number."
    )
    low: Number | None = Field(None, description="The least that was measured; needs `high`.")
    high: Number | None = Field(None, description="The most that was measured; needs `low`.")
    runs: Count | None = Field(None, description="How often it was measured.")
    result: ResultPath | None = Field(
        None,
        alias="from",
        description="Where the number is read: `benchmarks/results/x.json#/a/b`, a file and a JSON Pointer into it.",
    )
    state: StateWord | None = Field(
        None, description="`yes`, `no`, `partial`, `unknown` or `n/a`: shown as an icon beside the word or the text."
    )
    source: CellSources | None = Field(None, description="The name of one of `sources`, a URL, or a list of them.")
    quote: LongText | None = Field(None, description="The words of the source that bear the cell out.")
    checked: Day | None = Field(None, description="The day somebody last looked.")
    by: Text | None = Field(None, description="Who looked on that day, by name.")
    kind: KindWord | None = Field(None, description="The evidence: `docs`, `vendor`, `measured` or `opinion`.")
    max_age: Duration | None = Field(
        None, description="After this long `checked` is stale: `180d`, `26w`, `6m`, `1y`; by default as the row has it."
    )
    version: Text | None = Field(
        None, description="The version of the subject that this is true of, where its file names another."
    )


_STATES = {state.value: state for state in CellState}


def _cell(text: str) -> CellEntry:
    """A cell written as one scalar: a state, a number, or text. `No` is a state that is shown as `No`."""
    if state := _STATES.get(text.lower()):
        return CellEntry.of(state=state, text=None if text == state else inline(text))
    if NUMBER.fullmatch(text):
        return CellEntry.of(value=number(text))
    return CellEntry.of(text=inline(text))


class _OrScalar:
    """Metadata of a cell: a mapping, or one scalar."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        read = reader(_cell, limits.INLINE)
        return core_schema.no_info_wrap_validator_function(
            lambda value, validate: validate(value) if isinstance(value, dict) else read(value), handler(source)
        )

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"oneOf": [handler(core), {**TEXT, "maxLength": limits.INLINE}]}


def _is_list(value: object) -> str:
    return "(list)" if isinstance(value, list) else "(mapping)"


AnyCell = Annotated[CellEntry, _OrScalar()]
Cells = Annotated[
    Annotated[dict[str, AnyCell], Tag("(mapping)")] | Annotated[list[AnyCell], Tag("(list)")], Discriminator(_is_list)
]


class FactorEntry(Entry):
    """One row of the table."""

    factor: Text = Field(description="The row's label, or the id of a factor in `factors.yaml`.")
    id: Id | None = Field(None, description="The row's id, for links and facts; by default made from the label.")
    weight: Weight | None = Field(None, description="How much the row should matter, 0 to 5; 1 by default.")
    decisive: Flag = Field(
        False, description="`true` where the row overrules all others for whoever needs what it is about."
    )
    note: Inline | None = Field(None, description="What the factor means and why it matters. Inline Markdown.")
    group: Text | None = Field(None, description="The subhead that the row stands under.")
    unit: Text | None = Field(None, description="The unit of the row's values.")
    better: Better | None = Field(
        None,
        description="`lower` or `higher`: the winner is computed, from numbers in all cells, or yes, partial and no.",
    )
    max_age: Duration | None = Field(
        None, description="After this long `checked` of a cell is stale; by default as `factors.yaml` has it."
    )
    cells: Cells | None = Field(
        None, description="One cell a subject, by id or name, or a list in the order of `subjects`."
    )
    wins: Winners | None = Field(
        None, description="Who wins the row: a subject, `tie`, or a list of subjects that share it."
    )
    override: Inline | None = Field(
        None, description="Why the better number wins although the spreads overlap. Inline Markdown."
    )


class SourceEntry(Entry):
    """A named source for cells."""

    title: Text = Field(description="The page's title.")
    url: Address = Field(description="Its URL, or the relative path of a page of this site.")
    accessed: Day | None = Field(None, description="The day it was read.")
    quote: LongText | None = Field(None, description="The words that matter, verbatim.")


class SharedFactorEntry(Entry):
    """One factor in `content/factors.yaml`, by id."""

    label: Text = Field(description="The row's label.")
    note: Inline | None = Field(None, description="What it means and why it matters. Inline Markdown.")
    unit: Text | None = Field(None, description="The unit of its values.")
    better: Better | None = Field(None, description="`lower` or `higher`.")
    max_age: Duration | None = Field(
        None,
        description="After this long `checked` is stale: `180d`, `26w`, `6m`, `1y`; by default as `site.yaml` has it.",
    )


FactorsFile = dict[str, SharedFactorEntry]
