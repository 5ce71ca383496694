"""What authors may write in a block of code called `chart`: its keys, their types and explanations."""

from typing import Annotated, Any, Literal

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from tiebreak import limits
from tiebreak.content.addresses import data
from tiebreak.content.entry import Entry
from tiebreak.content.scalars import STRING, TEXT, Day, Flag, LongText, Scalar, Text, Winners, one_of
from tiebreak.model import ChartKind


class _Columns:
    """Metadata of columns with the names that readers see: a mapping, or one column or a list that keep their own."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(_named, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [TEXT, {"type": "array", "items": TEXT}, handler(core)]}


def _named(value: object) -> object:
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return dict(zip(value, value, strict=True))
    return {value: value} if isinstance(value, str) and value else value


Columns = Annotated[dict[str, Text], Field(max_length=limits.FEW), _Columns()]
KindOfChart = Annotated[ChartKind, Scalar(one_of(ChartKind), {"enum": list(ChartKind)})]
Place = Annotated[Literal["next", "previous"], Scalar(one_of(("next", "previous")), {"enum": ["next", "previous"]})]
DataPath = Annotated[
    str,
    Scalar(
        data, {**STRING, "pattern": r"^(content|benchmarks/results)/[^#]+\.(csv|tsv|json)(#(/.*)?)?$"}, limits.ADDRESS
    ),
]


class ChartEntry(Entry):
    """A block of code called `chart`, in the body of a comparison or a page."""

    kind: KindOfChart = Field(description="`bars`, `dots`, `dates`, `scatter` or `lines`.")
    title: LongText = Field(description="What the chart shows, as a sentence.")
    table: Place | None = Field(
        None, description="Which table of the text has the numbers: the `next` one, as by default, or the `previous`."
    )
    data: DataPath | None = Field(
        None,
        description="The file that has them, below `content/` or `benchmarks/results/`: `x.csv`, `x.tsv`, or "
        "`x.json#/a/b`, a JSON Pointer into it.",
    )
    facts: Winners | None = Field(None, description="The facts that have them: `subject.factor`, or a list of these.")
    name: Text | None = Field(None, description="The column that names things; by default the first.")
    x: Columns | None = Field(
        None, description="The column from side to side: a number of a `scatter`, the day of `lines` and `dates`."
    )
    y: Columns | None = Field(
        None,
        description="The column, or the columns, with the numbers; as a mapping, each with the name that readers see.",
    )
    low: Text | None = Field(None, description="The column with the least of each number, or the first of days.")
    high: Text | None = Field(None, description="The column with the most of each number, or the last of days.")
    only: Columns | None = Field(
        None,
        description="The names that are drawn, in this order; by default all. As a mapping, each with the name that "
        "readers see.",
    )
    unit: Text | None = Field(None, description="The unit of the numbers.")
    x_unit: Text | None = Field(
        None, description="That of the numbers from side to side of a `scatter`; `lines` with it run over numbers."
    )
    log: Flag = Field(
        False, description="`true` for axes of `dots`, a `scatter` or `lines` whose equal steps multiply by one number."
    )
    source: LongText | None = Field(None, description="Where the numbers are from. Plain text.")
    date: Day | None = Field(None, description="The day of the numbers.")
    note: LongText | None = Field(None, description="What a reader has to know to read it. Plain text.")
