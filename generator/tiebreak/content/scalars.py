"""How single values are read: text stays as written; dates, numbers and others are checked."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from tiebreak import limits
from tiebreak.content.addresses import base_url, issues_url, link, old_path, result, url
from tiebreak.content.complaints import too_long, wrong
from tiebreak.content.days import day
from tiebreak.host_names import HOSTS
from tiebreak.languages import canonical, is_tag
from tiebreak.markdown import convert
from tiebreak.model import DEVICES, HEAVIEST, ID_PATTERN, CellState, EvidenceKind, Prose, is_id, slugify
from tiebreak.problems import RemarkError, did_you_mean

T = TypeVar("T")
StrT = TypeVar("StrT", bound=str)
NUMBER = re.compile(r"[+-]?(0|[1-9][0-9]*)(\.[0-9]+)?")
_DURATION = re.compile(r"([1-9][0-9]{0,4})([dwmy])")
# Errors that libraries raise for unforeseen text.
_FAILURES = (RecursionError, LookupError, ArithmeticError, ValueError)
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
_EMAIL = re.compile(r"[^@\s<>?&,;:]+@[^@\s<>?&,;:]+\.[^@\s<>?&,;:.]+")


def _no_text(value: object) -> PydanticCustomError:
    """The problem of a value that is not text."""
    if value is None or isinstance(value, str):
        message = "the value is missing" if value is None else "the text is empty"
        return wrong("missing-value", message, "write it here, or leave the whole entry out")
    if isinstance(value, list) and len(value) > 1 and all(isinstance(item, str) for item in value):
        joined = ", ".join(value)
        return wrong("wrong-type", "expected text, found a list", f'write one text, such as "{joined[: limits.NAME]}"')
    what = "a list" if isinstance(value, list) else "a mapping"
    return wrong("wrong-type", f"expected text, found {what}", "quote text that begins with a bracket or a brace")


def reader(check: Callable[[str], T], most: int) -> Callable[[object], T]:
    """A validator of one scalar of at most `most` characters: strips it and passes it to `check`."""

    def read(value: object) -> T:
        if isinstance(value, str) and (text := value.strip()):
            if len(text) > most:
                raise too_long(text, most)
            try:
                return check(text)
            except PydanticCustomError:
                raise
            except _FAILURES:
                raise wrong("unreadable", "this cannot be read", "write it more simply") from None
        raise _no_text(value)

    return read


@dataclass(frozen=True, eq=False)
class Scalar:
    """Metadata of a field that holds one scalar of at most `most` characters, read by `check`, and shows up in the JSON
    Schema as `schema`.
    """

    check: Callable[[str], Any]
    schema: Mapping[str, Any]
    most: int = limits.KEYWORD

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(reader(self.check, self.most))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        is_free = "string" in self.schema.get("type", ()) and not {"pattern", "format"} & self.schema.keys()
        return {**self.schema, "maxLength": self.most} if is_free else dict(self.schema)


class _Worded(Scalar):
    """A scalar whose `check` also takes the language of the text, which is the context of the validation."""

    check: Callable[..., Any]

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        read = cache(lambda language: reader(partial(self.check, language=language), self.most))
        return core_schema.with_info_plain_validator_function(lambda value, info: read(info.context or "en")(value))


def inline(text: str, language: str = "en") -> Prose:
    """Inline Markdown in a language."""
    try:
        return convert.inline(text, language)
    except RemarkError as error:
        raise wrong(error.remark.code, error.remark.message, error.remark.help) from None


def _email(text: str) -> str:
    if not _EMAIL.fullmatch(text):
        raise wrong("bad-email", f'"{text}" is not an e-mail address', "write name@example.org")
    return text


def _id(text: str) -> str:
    if not is_id(text):
        raise wrong("bad-id", f'"{text}" is not an id', id_help(text))
    return text


def id_help(text: str) -> str:
    """What to write in the place of `text`, which is no id."""
    suggestion = slugify(text)
    return f'did you mean "{suggestion}"?' if suggestion else "use lower-case letters, digits and single hyphens"


def _color(text: str) -> str:
    if not re.fullmatch(r"#[0-9A-Fa-f]{3}([0-9A-Fa-f]{3})?", text):
        raise wrong("bad-color", f'"{text}" is not a colour', 'write it as "#0b7a75", in quotes')
    return text.lower()


def _indexnow(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9-]{8,128}", text):
        help = "write 8 to 128 letters a to z, digits and hyphens, such as those that `openssl rand -hex 16` makes"
        raise wrong("bad-indexnow", f'"{text}" is not a key for IndexNow', help)
    return text


def _language(text: str) -> str:
    if not is_tag(text):
        raise wrong("bad-language", f'"{text}" is not a language tag', "write a BCP 47 tag, such as en or pt-BR")
    return canonical(text)


def filed(text: str) -> str:
    """A name that is also made into the name of a folder."""
    if (id := slugify(text)) in DEVICES:
        message = f'an address made from this would have "{id}" in it, a name that Windows keeps for itself'
        raise wrong("bad-name", message, "write another name, or a longer one")
    if (length := len(id)) > limits.ID:
        message = f"an address made from this has {length:,} characters, and {limits.ID} is the most"
        raise wrong("too-long", message, "write a shorter name")
    return text


def _duration(text: str) -> int:
    match = _DURATION.fullmatch(text)
    if not match:
        help = "write days, weeks, months or years, such as 180d or 1y"
        raise wrong("bad-duration", f'"{text}" is not a length of time', help)
    return int(match[1]) * _DAYS[match[2]]


def number(text: str) -> str:
    """A number as it is written."""
    if len(text) > limits.NUMBER:
        raise too_long(text, limits.NUMBER)
    if not NUMBER.fullmatch(text):
        point = text.replace(",", ".")
        is_comma = NUMBER.fullmatch(point) and not re.search(r",[0-9]{3}$", text)
        help = (
            f"write {point}: a full stop, whatever the language"
            if is_comma
            else "write digits with a full stop, such as 915 or 1.10"
        )
        raise wrong("bad-number", f'"{text}" is not a number', help)
    return text


def _whole(low: int, high: int) -> Callable[[str], int]:
    def check(text: str) -> int:
        if re.fullmatch(r"[0-9]+", text) and low <= int(text) <= high:
            return int(text)
        raise wrong("bad-number", f'"{text}" is not a whole number from {low} to {high}', f"write {low} to {high}")

    return check


def _flag(text: str) -> bool:
    if text not in ("true", "false"):
        raise wrong("bad-flag", f'"{text}" is neither true nor false', "write true or false")
    return text == "true"


def one_of(words: Iterable[StrT]) -> Callable[[str], StrT]:
    known = {str(word): word for word in words}

    def check(text: str) -> StrT:
        if text not in known:
            raise wrong("bad-choice", f'"{text}" is not one of the choices', did_you_mean(text, known))
        return known[text]

    return check


class Many:
    """Metadata of a list: a single value counts as a list of one."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(
            lambda value: value if isinstance(value, list) or value is None else [value], handler(source)
        )

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        several = handler(core)
        return {"anyOf": [several, several["items"]]}


TEXT = {"type": ["string", "number", "boolean"]}
STRING = {"type": "string"}
Text = Annotated[str, Scalar(str, TEXT, limits.NAME)]
Source = Annotated[str, Scalar(str, TEXT, limits.ADDRESS)]
LongText = Annotated[str, Scalar(str, TEXT, limits.TEXT)]
Label = Annotated[str, Scalar(filed, TEXT, limits.NAME)]
Inline = Annotated[Prose, _Worded(inline, {**TEXT, "$comment": "inline Markdown"}, limits.INLINE)]
Day = Annotated[date, Scalar(day, {**STRING, "format": "date"})]
Url = Annotated[str, Scalar(url, {**STRING, "format": "uri"}, limits.ADDRESS)]
Address = Annotated[str, Scalar(link, {**STRING, "format": "uri-reference"}, limits.ADDRESS)]
Id = Annotated[str, Scalar(_id, {**STRING, "pattern": f"^{ID_PATTERN}$"}, limits.ID)]
OldPath = Annotated[str, Scalar(old_path, STRING, limits.OLD_PATH)]
ResultPath = Annotated[
    str, Scalar(result, {**STRING, "pattern": r"^benchmarks/results/[^#]+\.json(#(/.*)?)?$"}, limits.ADDRESS)
]
Color = Annotated[str, Scalar(_color, {**STRING, "pattern": "^#([0-9A-Fa-f]{3}){1,2}$"})]
Number = Annotated[str, Scalar(number, {"type": ["number", "string"]}, limits.NUMBER)]
Weight = Annotated[int, Scalar(_whole(0, HEAVIEST), {"type": "integer", "minimum": 0, "maximum": HEAVIEST})]
Count = Annotated[int, Scalar(_whole(1, 999_999_999), {"type": "integer", "minimum": 1})]
Order = Annotated[int, Scalar(_whole(0, 999_999), {"type": "integer", "minimum": 0})]
Email = Annotated[str, Scalar(_email, {**STRING, "format": "email"}, limits.NAME)]
Language = Annotated[str, Scalar(_language, STRING)]
IndexNowKey = Annotated[str, Scalar(_indexnow, {**STRING, "pattern": "^[A-Za-z0-9-]{8,128}$"}, limits.NAME)]
IssuesUrl = Annotated[str, Scalar(issues_url, {**STRING, "format": "uri"}, limits.ADDRESS)]
BaseUrl = Annotated[str, Scalar(base_url, {**STRING, "format": "uri"}, limits.ADDRESS)]
Duration = Annotated[int, Scalar(_duration, {**STRING, "pattern": "^[1-9][0-9]{0,4}[dwmy]$"})]
Better = Annotated[Literal["lower", "higher"], Scalar(one_of(("lower", "higher")), {"enum": ["lower", "higher"]})]
StateWord = Annotated[CellState, Scalar(one_of(CellState), {"enum": list(CellState)})]
SCHEMA_TYPES = ("SoftwareApplication", "Product", "Thing")
SchemaType = Annotated[
    Literal["SoftwareApplication", "Product", "Thing"], Scalar(one_of(SCHEMA_TYPES), {"enum": list(SCHEMA_TYPES)})
]
KindWord = Annotated[EvidenceKind, Scalar(one_of(EvidenceKind), {"enum": list(EvidenceKind)})]
Flag = Annotated[bool, Scalar(_flag, {"type": "boolean"})]
Level = Annotated[
    Literal["off", "warning", "error"],
    Scalar(one_of(("off", "warning", "error")), {"enum": ["off", "warning", "error"]}),
]
Host = Annotated[str, Scalar(one_of(HOSTS), {"enum": [*HOSTS]})]
Names = Annotated[list[Text], Field(max_length=limits.NAMES), Many()]
Winners = Annotated[list[Text], Field(max_length=limits.FEW), Many()]
CellSources = Annotated[list[Source], Field(max_length=limits.SOURCES_OF_A_CELL), Many()]
Tags = Annotated[list[Label], Field(max_length=limits.TAGS), Many()]
Ids = Annotated[list[Id], Field(max_length=limits.FEW), Many()]
OldPaths = Annotated[list[OldPath], Field(max_length=limits.OLD_PATHS), Many()]
