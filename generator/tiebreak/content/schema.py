"""What authors may write: the keys of every file, their types and explanations; the format's one source of truth."""

from collections.abc import Mapping
from typing import Annotated, Any, Self, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    Tag,
    ValidationError,
    model_validator,
)
from pydantic_core import CoreSchema, ErrorDetails, core_schema

from tiebreak import limits
from tiebreak.content.document import Document
from tiebreak.content.scalars import (
    NUMBER,
    TEXT,
    Address,
    BaseUrl,
    Better,
    CellSources,
    Color,
    Day,
    Duration,
    Email,
    Flag,
    Id,
    Ids,
    Inline,
    IssuesUrl,
    KindWord,
    Label,
    Language,
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
    id_help,
    inline,
    number,
    reader,
    wrong,
)
from tiebreak.model import ID_PATTERN, State, is_id
from tiebreak.problems import Problem, did_you_mean


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
    state: StateWord | None = Field(
        None, description="`yes`, `no`, `partial`, `unknown` or `n/a`: shown as an icon beside the word or the text."
    )
    source: CellSources | None = Field(None, description="The name of one of `sources`, a URL, or a list of them.")
    quote: LongText | None = Field(None, description="The words of the source that bear the cell out.")
    checked: Day | None = Field(None, description="The day somebody last looked.")
    kind: KindWord | None = Field(None, description="The evidence: `docs`, `vendor`, `measured` or `opinion`.")


_STATES = {state.value: state for state in State}


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
        None, description="`lower` or `higher`: with a value in every cell, the winner is computed."
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
    subjects: Annotated[list[Text], Field(min_length=2, max_length=6)] = Field(
        description="Two to six subjects, by id or by name as it should be shown."
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


class AuthorEntry(Entry):
    name: Text = Field(description="A name.")
    url: Url | None = Field(None, description="A page about them.")


class FeedbackEntry(Entry):
    email: Email | None = Field(None, description="Where a reader's disagreement goes.")
    issues: IssuesUrl | None = Field(
        None, description="The address for new issues on a code host; disagreement with a row goes there."
    )

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        if self.email is None and self.issues is None:
            help = "write one of the two, or leave `feedback` out"
            raise wrong("missing-key", "`feedback` has neither `email` nor `issues`", help)
        return self


class NavigationEntry(Entry):
    label: Text = Field(description="The words of the link.")
    page: Text = Field(description="A page's or a section's path under `content/pages/`, such as `guide`.")


class SettingsEntry(Entry):
    """`content/site.yaml`."""

    title: Text = Field(description="The site's name.")
    base_url: BaseUrl = Field(
        description="Where the site will live, absolute; a path prefix is honoured in every link."
    )
    tagline: Text | None = Field(None, description="A few words beside the name.")
    description: LongText | None = Field(None, description="One sentence for search engines and feeds.")
    language: Language = Field("en", description="A BCP 47 tag.")
    author: AuthorEntry | None = Field(None, description="`name` and optionally `url`.")
    feedback: FeedbackEntry | None = Field(None, description="`email`, `issues`, or both: where “Disagree?” leads.")
    accent: Color | None = Field(None, description="The one colour of the theme.")
    navigation: Annotated[list[NavigationEntry], Field(max_length=limits.FEW)] | None = Field(
        None, description="`label` and `page` a link; by default made from the pages."
    )
    search: Flag = Field(
        False, description="`true` makes a search index of the site, which needs the extra `tiebreak[search]`."
    )
    allow_html: Flag = Field(
        False, description="`true` lets raw HTML in Markdown through, sanitised; else it is shown as text."
    )


FactorsFile = dict[str, SharedFactorEntry]
_NESTED: Mapping[str, type[Entry]] = {
    "factors": FactorEntry,
    "cells": CellEntry,
    "facts": CellEntry,
    "sources": SourceEntry,
    "presets": PresetEntry,
    "consider": ConsiderEntry,
    "history": ChangeEntry,
    "author": AuthorEntry,
    "feedback": FeedbackEntry,
    "navigation": NavigationEntry,
}
E_ = TypeVar("E_", bound=Entry)


def validate(document: Document, model: type[E_]) -> tuple[E_ | None, list[Problem]]:
    """The document's data as a `model`, or None and everything that is wrong with it."""
    try:
        return model.model_validate(document.data), []
    except ValidationError as error:
        return None, [_explain(document, model, details) for details in error.errors(include_url=False)]


def validate_factors(document: Document) -> tuple[FactorsFile, list[Problem]]:
    """Every sound factor of `factors.yaml`, and what is wrong with the others."""
    factors: FactorsFile = {}
    problems: list[Problem] = []
    for id, value in document.data.items() if isinstance(document.data, dict) else ():
        if not is_id(id):
            problems.append(document.problem("bad-id", f'"{id}" is not an id', (id,), key=True, help=id_help(id)))
            continue
        try:
            factors[id] = SharedFactorEntry.model_validate(value if value is not None else {})
        except ValidationError as error:
            problems += [
                _explain(document, SharedFactorEntry, {**details, "loc": (id, *details["loc"])})
                for details in error.errors(include_url=False)
            ]
    return factors, problems


def _explain(document: Document, model: type[Entry], details: ErrorDetails) -> Problem:
    """What pydantic found, in an author's words."""
    at, kind, context = details["loc"], details["type"], details.get("ctx", {})
    owner = next((_NESTED[step] for step in reversed(at[:-1]) if isinstance(step, str) and step in _NESTED), model)
    match kind:
        case "tiebreak":
            return document.problem(context["code"], context["message"], at, help=context["help"])
        case "extra_forbidden":
            known = _keys(owner)
            help = did_you_mean(str(at[-1]), known) or f"the keys here are {', '.join(known)}"
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
            count = context["actual_length"]  # None where counting ended with the limit
            message = f'"{name}" has {"too many" if count is None else f"{count:,}"}, expected {few}'
            return document.problem("wrong-count", message, at, help=fields[str(name)].description or "")
        case "list_type":
            return document.problem(
                "wrong-type", "expected a list", at, help="write [a, b], or one item a line after a dash"
            )
        case "dict_type" | "model_type" | "model_attributes_type":
            inner = next((_NESTED[step] for step in reversed(at) if isinstance(step, str) and step in _NESTED), model)
            keys = "" if kind == "dict_type" else f"; keys: {', '.join(_keys(inner))}"
            help = f"write `key: value`, one a line, indented{keys}"
            return document.problem("wrong-type", "expected keys and values", at, help=help)
        case _:
            return document.problem("wrong-type", details["msg"], at)


def _keys(model: type[Entry]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


SCHEMAS: Mapping[str, type[Entry]] = {
    "comparison": ComparisonEntry,
    "subject": SubjectEntry,
    "factors": SharedFactorEntry,
    "site": SettingsEntry,
}


def json_schema(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one kind of file, for editors. Raises KeyError for a name not in SCHEMAS."""
    schema = SCHEMAS[name].model_json_schema(by_alias=True)
    if name == "factors":
        definitions = schema.pop("$defs", {})
        schema = {
            "type": "object",
            "propertyNames": {"pattern": f"^{ID_PATTERN}$"},
            "additionalProperties": schema,
            "$defs": definitions,
        }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_without_nulls(schema),
        "title": f"Tiebreak {name}",
    }


def _without_nulls(node: Any) -> Any:
    """A key that may be left out need not admit null, which authors would only write by accident."""
    if isinstance(node, list):
        return [_without_nulls(item) for item in node]
    if not isinstance(node, dict):
        return node
    node = {key: _without_nulls(value) for key, value in node.items() if not (key == "default" and value is None)}
    choices = [choice for choice in node.get("anyOf", ()) if choice != {"type": "null"}]
    if len(choices) == 1:
        return {**{key: value for key, value in node.items() if key != "anyOf"}, **choices[0]}
    return {**node, "anyOf": choices} if choices else node
