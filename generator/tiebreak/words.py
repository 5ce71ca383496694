"""The words of the theme, by language: all that pages say beside what authors wrote, and how they write dates."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any, TypeAlias

from markupsafe import Markup, escape

from tiebreak import source
from tiebreak.document import Data, Document, Place
from tiebreak.layout import builtin
from tiebreak.problems import Problem, SiteError, did_you_mean

if TYPE_CHECKING:
    from babel import Locale

Text: TypeAlias = "str | Mapping[str, str]"  # or plural forms, by their CLDR category
FOLDER = "words"
FALLBACK = "en"  # knows every word
SCRIPTED = "tools"  # the part that scripts say
_CATEGORIES = ("zero", "one", "two", "few", "many", "other")
_ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True)
class Words:
    """The words of one language (BCP 47), by part of the site and by name within it."""

    language: str
    texts: Mapping[str, Mapping[str, Text]]

    def say(self, key: str, **values: object) -> str:
        """The text called `part.name`, with its `{placeholders}` filled; `count` chooses the plural form.

        Markup when one of the values is. Raises KeyError for a text or a value that is not there.
        """
        part, _, name = key.partition(".")
        text = self.texts[part][name]
        if not isinstance(text, str):
            text = text.get(plural(self.language)(values["count"])) or text["other"]
        if any(isinstance(value, Markup) for value in values.values()):
            return Markup(escape(text)).format(**values)  # noqa: S704 -- escaped, and format() escapes the rest
        return text.format(**values)

    def module(self) -> bytes:
        """The words that scripts say, as a module."""
        words = json.dumps(self.texts.get(SCRIPTED, {}), ensure_ascii=False, separators=(",", ":"))
        return f"export const language = {json.dumps(self.language)};\nexport const words = {words};\n".encode()


def read(project: Path, language: str) -> tuple[Words, list[Problem]]:
    """The theme's words in a language, and what is wrong with the project's own.

    What neither the project nor the theme has in it is said in English.
    """
    problems: list[Problem] = []
    default, own = builtin("templates") / FOLDER, project / "templates" / FOLDER
    texts = _texts(_read(default / f"{FALLBACK}.yaml", ""))
    tags = dict.fromkeys([language.split("-")[0], language])
    for tag in tags:
        if tag != FALLBACK and (default / f"{tag}.yaml").is_file():
            texts = _merged(texts, _texts(_read(default / f"{tag}.yaml", "")))
    for tag in tags if own.resolve() != default.resolve() else ():
        if (own / f"{tag}.yaml").is_file():
            try:
                document = _read(own / f"{tag}.yaml", f"templates/{FOLDER}/{tag}.yaml")
            except SiteError as error:
                problems += error.problems
                continue
            wrong = list(_check(document, texts))
            problems += wrong
            texts = texts if wrong else _merged(texts, _texts(document))
    return Words(language, texts), problems


def _read(file: Path, path: str) -> Document:
    document, problems = source.read(path or file.name, file.read_bytes())
    if problems:
        raise SiteError(problems)
    return document


def _texts(document: Document) -> dict[str, dict[str, Text]]:
    return document.data if isinstance(document.data, dict) else {}  # type: ignore[return-value]


def _merged(
    under: Mapping[str, Mapping[str, Text]], over: Mapping[str, Mapping[str, Text]]
) -> dict[str, dict[str, Text]]:
    return {part: {**texts, **over.get(part, {})} for part, texts in under.items()}


def _check(document: Document, known: Mapping[str, Mapping[str, Text]]) -> Iterator[Problem]:
    """Whatever is not a text that the theme says, in its place and with its placeholders."""
    for part, texts in document.data.items() if isinstance(document.data, dict) else ():
        if part not in known:
            yield _unknown(document, (part,), known)
        elif not isinstance(texts, dict):
            yield document.problem("wrong-type", "expected keys and values", (part,))
        else:
            for name, text in texts.items():
                yield from _check_text(document, (part, name), text, known[part])


def _check_text(document: Document, at: Place, text: Data, known: Mapping[str, Text]) -> Iterator[Problem]:
    name = str(at[-1])
    if name not in known:
        yield _unknown(document, at, known)
        return
    plural_expected = not isinstance(known[name], str)
    forms: list[tuple[Place, Data]] = [(at, text)]
    if isinstance(text, dict) and plural_expected:
        for category in text:
            if category not in _CATEGORIES:
                yield _unknown(document, (*at, category), _CATEGORIES)
        if "other" not in text:
            yield document.problem("missing-key", '"other" is missing', at, key=True, help="every language has it")
        forms = [((*at, category), form) for category, form in text.items()]
    allowed = _placeholders(known[name])
    for place, form in forms:
        if not isinstance(form, str):
            yield document.problem("wrong-type", "expected a text", place)
        elif extra := _placeholders(form) - allowed:
            names = ", ".join(f"{{{name}}}" for name in sorted(allowed)) or "nothing in braces"
            message = f"{{{min(extra)}}} is not filled in here"
            yield document.problem("unknown-placeholder", message, place, help=f"there is {names}")


def _unknown(document: Document, at: Place, known: Mapping[str, object] | tuple[str, ...]) -> Problem:
    message, help = f'"{at[-1]}" is not a key here', did_you_mean(str(at[-1]), known)
    return document.problem("unknown-key", message, at, key=True, help=help)


def _placeholders(text: Text) -> set[str]:
    forms = [text] if isinstance(text, str) else text.values()
    try:
        return {name for form in forms for _, name, _, _ in Formatter().parse(form) if name is not None}
    except ValueError:
        return {"…"}  # a brace that is not closed


# --- how a language writes --------------------------------------------------------------------------------------------


def _is_english(language: str) -> bool:
    return language.split("-")[0] == "en"


@cache
def plural(language: str) -> Callable[[Any], str]:
    """The CLDR plural category of a count. English needs no library, which would take 0.1 s to import."""
    locale = None if _is_english(language) else _locale(language)
    return locale.plural_form if locale else lambda count: "one" if count == 1 else "other"


def day(language: str) -> Callable[[date], str]:
    """How a date is written: `2 April 2026`, with the month in words, as the language does it."""
    tag = language.split("-")
    locale = None if _is_english(language) and "US" not in tag[1:] else _locale(language)
    if locale is None:
        return lambda value: f"{value.day} {_ENGLISH_MONTHS[value.month - 1]} {value.year}"

    @cache
    def written(value: date) -> str:
        from babel.dates import format_date

        return format_date(value, "long", locale=locale)

    return written


@cache
def _locale(language: str) -> "Locale | None":
    """What Babel knows of a language, or of the nearest that it does know; None, for English, when it knows neither."""
    from babel import Locale, UnknownLocaleError

    for tag in (language, language.split("-")[0]):
        with suppress(UnknownLocaleError, ValueError):
            return Locale.parse(tag, sep="-")
    return None
