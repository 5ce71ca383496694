"""What authors may write: the keys of every file, their types and explanations; the format's one source of truth."""

from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    Tag,
    model_validator,
)
from pydantic_core import CoreSchema, core_schema

from tiebreak import limits
from tiebreak.content.scalars import (
    NUMBER,
    TEXT,
    Address,
    Better,
    CellSources,
    Color,
    Day,
    Duration,
    Flag,
    Id,
    Ids,
    Inline,
    KindWord,
    Label,
    LongText,
    Names,
    Number,
    OldPaths,
    Order,
    StateWord,
    Tags,
    Text,
    Url,
    Weight,
    Winners,
    inline,
    number,
    reader,
)
from tiebreak.model import CellState


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


class CellEntry(Entry):
    """A cell with more to it than a word."""

    text: Inline | None = Field(None, description="What stands in the cell. Inline Markdown.")
    value: Number | None = Field(None, description="The number to compare by, shown as written, with the row's unit.")
    compare: Number | None = Field(
        None, description="The number to compare by, where readers see `text`, or a `value` that means another number."
    )
    state: StateWord | None = Field(
        None, description="`yes`, `no`, `partial`, `unknown` or `n/a`: shown as an icon beside the word or the text."
    )
    source: CellSources | None = Field(None, description="The name of one of `sources`, a URL, or a list of them.")
    quote: LongText | None = Field(None, description="The words of the source that bear the cell out.")
    checked: Day | None = Field(None, description="The day somebody last looked.")
    kind: KindWord | None = Field(None, description="The evidence: `docs`, `vendor`, `measured` or `opinion`.")


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
    note: Inline | None = Field(None, description="What the factor means and why it matters. Inline Markdown.")
    group: Text | None = Field(None, description="The subhead that the row stands under.")
    unit: Text | None = Field(None, description="The unit of the row's values.")
    better: Better | None = Field(
        None,
        description="`lower` or `higher`: the winner is computed, from numbers in all cells, or yes, partial and no.",
    )
    cells: Cells | None = Field(
        None, description="One cell a subject, by id or name, or a list in the order of `subjects`."
    )
    wins: Winners | None = Field(
        None, description="Who wins the row: a subject, `tie`, or a list of subjects that share it."
    )


class SourceEntry(Entry):
    """A named source for cells."""

    title: Text = Field(description="The page's title.")
    url: Address = Field(description="Its URL, or the relative path of a page of this site.")
    accessed: Day | None = Field(None, description="The day it was read.")
    quote: LongText | None = Field(None, description="The words that matter, verbatim.")


class ConsiderEntry(Entry):
    """A third way out."""

    name: Text = Field(description="What to consider instead.")
    when: Inline = Field(alias="if", description="Completes the sentence that begins with `if`. Inline Markdown.")
    subject: Text | None = Field(None, description="The subject it leads to, by id or name.")


class ChangeEntry(Entry):
    """A verdict that has changed."""

    date: Day = Field(description="The day it changed.")
    was: Text = Field(description="The pick before: a subject, or `none`.")
    why: LongText = Field(description="What changed it.")


class PresetEntry(Entry):
    """The priorities of readers of one kind."""

    name: Text = Field(description="Who they are, such as `Mobile team`.")
    note: LongText | None = Field(None, description="Why they weigh it so, in a plain sentence.")
    weights: dict[str, Weight] = Field(
        max_length=limits.ROWS, description="By row id, how much it counts for them, 0 to 5; others as above."
    )


class ComparisonEntry(Entry):
    """The front matter of `content/compare/<slug>.md`."""

    title: Text | None = Field(None, description="By default the subjects' names joined by `vs`.")
    tagline: Text | None = Field(None, description="A few words under the title.")
    summary: LongText = Field(description="One or two plain sentences: under the title, and what search engines show.")
    subjects: Annotated[list[Text], Field(min_length=limits.FEWEST_SUBJECTS, max_length=limits.SUBJECTS)] = Field(
        description="Who is compared, by id or by name as it should be shown."
    )
    pick: Text = Field(description="The subject that wins, or `none`.")
    why: Inline = Field(description="The reason, in the pick box. Inline Markdown.")
    factors: Annotated[list[FactorEntry], Field(min_length=1, max_length=limits.ROWS)] = Field(
        description="The rows of the table."
    )
    presets: list[PresetEntry] = Field(
        [],
        max_length=limits.PRESETS,
        description="Priorities that a reader can take up at once: `name`, `weights` and optionally `note`.",
    )
    verdict: dict[str, Inline] = Field(description="For every subject, what completes `Use it if`. Inline Markdown.")
    consider: list[ConsiderEntry] = Field(
        [], max_length=limits.FEW, description="Third ways out: `name`, `if` and optionally `subject`."
    )
    sources: dict[str, SourceEntry] = Field(
        {}, max_length=limits.SOURCES, description="Named sources for the cells: `title`, `url`, `accessed`, `quote`."
    )
    category: Label | None = Field(None, description="The one category it belongs to.")
    tags: Tags = Field([], description="What it is filed under besides.")
    published: Day | None = Field(None, description="The day it appeared; required unless it is a draft.")
    updated: Day | None = Field(None, description="The day its content last changed.")
    author: Text | None = Field(None, description="By default the site's author.")
    reviewer: Text | None = Field(None, description="Who else has checked the page, by name.")
    related: Ids = Field([], description="Slugs of comparisons to show first among the related.")
    aliases: OldPaths = Field([], description="Old paths that redirect here.")
    disclosure: Inline | None = Field(
        None, description="What a reader should know about your interests. Inline Markdown."
    )
    history: list[ChangeEntry] = Field(
        [], max_length=limits.CHANGES, description="Verdicts before this one, newest first: `date`, `was`, `why`."
    )
    draft: Flag = Field(False, description="`true` keeps it out of the site unless `--drafts` is given.")


class SubjectEntry(Entry):
    """`content/subjects/<id>.yaml`."""

    name: Text = Field(description="The name as its owners write it.")
    aliases: Names = Field([], description="Other names that content may call it by.")
    kind: Text | None = Field(None, description="What sort of thing it is.")
    homepage: Url | None = Field(None, description="Its home page.")
    summary: LongText | None = Field(None, description="One plain sentence.")
    version: Text | None = Field(None, description="The version that the facts speak of.")
    license: Text | None = Field(None, description="The licence, by its SPDX name.")
    color: Color | None = Field(
        None, description="Its brand colour; the theme keeps the hue and sets the rest for contrast."
    )
    facts: dict[str, AnyCell] = Field(
        {}, max_length=limits.FACTS, description="Cells by factor id, for every comparison that leaves them out."
    )


class SharedFactorEntry(Entry):
    """One factor in `content/factors.yaml`, by id."""

    label: Text = Field(description="The row's label.")
    note: Inline | None = Field(None, description="What it means and why it matters. Inline Markdown.")
    unit: Text | None = Field(None, description="The unit of its values.")
    better: Better | None = Field(None, description="`lower` or `higher`.")
    max_age: Duration | None = Field(
        None, description="After this long a checked date is stale: `180d`, `26w`, `6m`, `1y`."
    )


class PageEntry(Entry):
    """The front matter of `content/pages/**/<slug>.md`."""

    title: Text = Field(description="The page's title.")
    summary: LongText | None = Field(None, description="One plain sentence, for search engines and lists.")
    order: Order | None = Field(None, description="Its place in the section; pages without come last, by title.")
    draft: Flag = Field(False, description="`true` keeps it out of the site unless `--drafts` is given.")
    aliases: OldPaths = Field([], description="Old paths that redirect here.")


FactorsFile = dict[str, SharedFactorEntry]
