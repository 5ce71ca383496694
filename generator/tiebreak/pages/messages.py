"""The texts of the theme in each language: all that pages say beside what authors wrote."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path, PurePosixPath
from string import Formatter
from typing import Any, NamedTuple, TypeAlias

from markupsafe import Markup, escape

from tiebreak.content import Data, Document, Position, front_matter
from tiebreak.languages import canonical, direction, fallbacks
from tiebreak.pages import locales
from tiebreak.problems import Problem, Severity, SiteError, did_you_mean, errors
from tiebreak.storage import builtin_folder, project_files, read_bytes

Text: TypeAlias = "str | Mapping[str, str]"  # or plural forms, by their CLDR category
FOLDER = "words"
FALLBACK = "en"  # knows every word
SCRIPTED = {"tools": "words.js", "facts": "facts-words.js"}  # the parts that scripts say, and the modules of them
_CATEGORIES = ("zero", "one", "two", "few", "many", "other")
_ALONE = "{"  # stands among the names in braces for a brace without another
_BOLD = re.compile(r"\*\*(.+?)\*\*")
# A full stop behind what is filled in, which may end in one itself, as names and dates of some languages do.
_STOP = re.compile(r"\{(\w+)\}([”“»’\u2069]*)\.")
_ENDS = (".", "!", "?", "…", "。", "！", "？")
_PLACE = re.compile(r"(?<!\]\()\{(?!(?:address|url|count)\})(\w+)\}")  # of a name, and not of an address
_LINK = re.compile(r"\[(.+?)\]\(\{(\w+)\}\)")


class _Pattern(NamedTuple):
    """A text with placeholders: as it is filled with plain text, and as it is filled with markup."""

    plain: str
    escaped: str
    is_markup: bool
    stopped: tuple[str, ...] = ()  # the names behind which a full stop stands, where it is needed

    def fill(self, values: dict[str, object], number: Callable[[int], str]) -> str:
        is_markup = self.is_markup
        for name, value in values.items():  # once a text, and there are hundreds on a page
            kind = type(value)
            if kind is int:
                values[name] = number(value)  # type: ignore[arg-type]
            elif kind is Markup:
                is_markup = True
        for name in self.stopped:
            values[f"{name} stop"] = "" if str(values.get(name)).rstrip("”“»’)\u2069").endswith(_ENDS) else "."
        if not is_markup:
            return self.plain.format_map(values)
        escaped = {name: escape(value) for name, value in values.items()}
        return Markup(self.escaped.format_map(escaped))  # noqa: S704 -- all of it is escaped


_Ready: TypeAlias = "str | _Pattern"


@dataclass(frozen=True)
class Messages:
    """The words of one language (BCP 47), by part of the site and by name within it."""

    language: str
    texts: Mapping[str, Mapping[str, Text]]

    def __getstate__(self) -> dict[str, Any]:
        """Without what is made ready, which would make another value of it."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def __hash__(self) -> int:
        return hash(self.language)

    def say(self, key: str, **values: object) -> str:
        """The text called `part.name`, with its `{placeholders}` filled; `count` chooses the plural form.

        Whole numbers are written as the language does it. Markup when the text has bold words or a link in it, or one
        of the values is markup. Raises LookupError for a text or a value that is not there.
        """
        text = self._ready.get(key)
        if isinstance(text, str):
            return text
        if text is None:
            raise LookupError(f'the theme has no text "{key}"')
        if not isinstance(text, _Pattern):
            form = text.get(self._plural(values["count"])) or text["other"]  # type: ignore[arg-type]
            if isinstance(form, str):
                return form
            text = form
        return text.fill(values, self._number)

    def fixed(self, key: str) -> str | None:
        """The text, where it is there and has neither placeholders nor forms."""
        text = self._ready.get(key)
        return text if isinstance(text, str) else None

    def listed(self, names: Iterable[str]) -> str:
        """`PyTorch, Keras and JAX`; markup when one of the names is. Raises ValueError without a name."""
        *most, last = names
        comma = self.say("joined.comma")
        if any(isinstance(name, Markup) for name in most):
            comma = escape(comma)
        return self.say("joined.and", most=comma.join(most), last=last) if most else last

    def modules(self) -> Mapping[str, bytes]:
        """The words that scripts say, as modules by name; the second adds to the first. That has the locales, too, in
        which they say them: that of the language, with the figures that authors write, and one for browsers that do not
        know it. Days and lists are those of Britain where the language is English, as the templates have them.
        """
        tag = "en-GB" if self.language == FALLBACK else self.language.partition("-u-")[0]
        locales = json.dumps(list(dict.fromkeys((f"{tag}-u-nu-latn", "en-GB"))))
        first, second = (
            json.dumps(self.texts.get(part, {}), ensure_ascii=False, separators=(",", ":")) for part in SCRIPTED
        )
        words, more = SCRIPTED.values()
        return {
            words: f"export const locales = {locales};\nexport const words = {first};\n".encode(),
            more: f'import {{ words }} from "./{words}";\nObject.assign(words, {second});\n'.encode(),
        }

    @cached_property
    def _plural(self) -> Callable[[int], str]:
        return locales.plural(self.language)

    @cached_property
    def _number(self) -> Callable[[int], str]:
        return locales.number(self.language)

    @cached_property
    def _ready(self) -> "dict[str, _Ready | dict[str, _Ready]]":
        return {
            f"{part}.{name}": _ready(text) if isinstance(text, str) else {form: _ready(text[form]) for form in text}
            for part, texts in self.texts.items()
            for name, text in texts.items()
        }


def _ready(text: str) -> _Ready:
    """A text, all but filled: `**bold**` and `[a link]({address})` are marked up in it."""
    escaped = str(escape(text))
    marked = _LINK.sub(r'<a href="{\2}">\1</a>', _BOLD.sub(r"<b>\1</b>", escaped))
    is_markup = marked != escaped
    if placeholders(text):
        plain, filled = (_STOP.sub(r"{\1}\2{\1 stop}", one) for one in (text, marked))
        return _Pattern(plain, filled, is_markup, tuple(match[1] for match in _STOP.finditer(text)))
    return Markup(marked.format()) if is_markup else text.format()  # noqa: S704 -- escaped


class Reading(NamedTuple):
    """The words of a site: what is said, what is wrong with the project's own, and what is missing in its language."""

    messages: Messages
    problems: list[Problem]
    missing: Mapping[str, Mapping[str, Text]]  # as English has it, and as it is said


def read(project: Path, language: str) -> Reading:
    """The theme's words in a language. What neither the project nor the theme has in it is said in English."""
    problems: list[Problem] = []
    english = _builtin(FALLBACK)
    known: Mapping[str, Mapping[str, Text]] = english if language.split("-")[0] == FALLBACK else {}
    tags = list(reversed(fallbacks(language)))
    for tag in tags:
        known = _merged(known, _builtin(tag))
    for file in _own(project, tags):
        try:
            document = _read(file, read_bytes(project, file), problems)
        except SiteError as error:
            problems += error.problems
            continue
        wrong = list(_check(document, english))
        problems += wrong
        known = known if wrong else _merged(known, _texts(document))
    texts = _merged(english, known)
    missing = {
        part: lacking
        for part, names in english.items()
        if (lacking := {name: text for name, text in names.items() if name not in known.get(part, {})})
    }
    is_leftward = direction(language) == "rtl"
    return Reading(Messages(language, _isolated(texts) if is_leftward else texts), problems, missing)


def untranslated(missing: Mapping[str, Mapping[str, Text]], settings: Document, language: str) -> list[Problem]:
    """That texts are missing in the language of the site, and how many."""
    count, total = (sum(map(len, texts.values())) for texts in (missing, _builtin(FALLBACK)))
    if not count:
        return []
    message = f'{count} of the {total} texts of the theme are missing in "{language}", and are said in English'
    help = f"`tiebreak words` lists them; translate them in templates/{FOLDER}/{language}.yaml"
    return [settings.problem("missing-words", message, ("language",), help=help, severity=Severity.WARNING)]


def _builtin(tag: str) -> dict[str, dict[str, Text]]:
    """What the theme has in exactly this language."""
    file = builtin_folder("templates") / FOLDER / f"{tag}.yaml"
    return _texts(_read(file.name, file.read_bytes())) if file.is_file() else {}


def _own(project: Path, tags: Sequence[str]) -> list[str]:
    """The project's files of words in these languages, in their order; tags have no case."""
    names = [name for name in project_files(project, "templates") if fnmatchcase(name, f"{FOLDER}/*.yaml")]
    found = [(tags.index(tag), name) for name in names if (tag := canonical(PurePosixPath(name).stem)) in tags]
    return [f"templates/{name}" for _, name in sorted(found)]


def _isolated(texts: Mapping[str, Mapping[str, Text]]) -> dict[str, dict[str, Text]]:
    """Texts for lines from right to left, in which names in Latin letters keep their own order."""

    def isolated(text: str) -> str:
        apart = _PLACE.sub("\u2068{\\1}\u2069", text)
        # What is filled into another text tells its direction by its own letters alone: without any, a mark says it.
        return "\u200f" + apart if apart != text and not _is_directed(_PLACE.sub("", text)) else apart

    def said(text: Text) -> Text:
        return isolated(text) if isinstance(text, str) else {form: isolated(text[form]) for form in text}

    return {part: {name: said(text) for name, text in names.items()} for part, names in texts.items()}


def _is_directed(text: str) -> bool:
    return any(unicodedata.bidirectional(sign) in ("L", "R", "AL") for sign in text)


def _read(file: str, data: bytes, warnings: list[Problem] | None = None) -> Document:
    document, problems = front_matter.read(file, data)
    if errors(problems):
        raise SiteError(problems)
    if warnings is not None:
        warnings += problems
    return document


def _texts(document: Document) -> dict[str, dict[str, Text]]:
    return document.data if isinstance(document.data, dict) else {}  # type: ignore[return-value]


def _merged(
    under: Mapping[str, Mapping[str, Text]], over: Mapping[str, Mapping[str, Text]]
) -> dict[str, dict[str, Text]]:
    return {part: {**under.get(part, {}), **over.get(part, {})} for part in {**under, **over}}


def _check(document: Document, known: Mapping[str, Mapping[str, Text]]) -> Iterator[Problem]:
    """Whatever is not a text that the theme says, in its place and with its placeholders."""
    parts = document.data if isinstance(document.data, dict) else {}  # front_matter.py refuses anything else
    for part, texts in parts.items():
        if part not in known:
            yield _unknown(document, (part,), known)
        elif not isinstance(texts, dict):
            yield document.problem("wrong-type", "expected keys and values", (part,))
        else:
            for name, text in texts.items():
                yield from _check_text(document, (part, name), text, known[part])


def _check_text(document: Document, at: Position, text: Data, known: Mapping[str, Text]) -> Iterator[Problem]:
    name = str(at[-1])
    if name not in known:
        yield _unknown(document, at, known)
        return
    allowed = placeholders(known[name])
    plural_expected = not isinstance(known[name], str) or "count" in allowed
    forms: list[tuple[Position, Data]] = [(at, text)]
    if isinstance(text, dict) and plural_expected:
        for category in text:
            if category not in _CATEGORIES:
                yield _unknown(document, (*at, category), _CATEGORIES)
        if "other" not in text:
            yield document.problem("missing-key", '"other" is missing', at, key=True, help="every language has it")
        forms = [((*at, category), form) for category, form in text.items()]
    for place, form in forms:
        if not isinstance(form, str):
            yield document.problem("wrong-type", "expected a text", place)
        elif extra := placeholders(form) - allowed:
            names = ", ".join(f"{{{name}}}" for name in sorted(allowed)) or "nothing in braces"
            message = "a brace stands alone" if extra == {_ALONE} else f"{{{min(extra)}}} is not filled in here"
            yield document.problem("unknown-placeholder", message, place, help=f"there is {names}")


def _unknown(document: Document, at: Position, known: Mapping[str, object] | tuple[str, ...]) -> Problem:
    message, help = f'"{at[-1]}" is not a key here', did_you_mean(str(at[-1]), known)
    return document.problem("unknown-key", message, at, key=True, help=help)


def placeholders(text: Text) -> set[str]:
    """The names in braces, with all that stands there: `{count:d}` is no name."""
    forms = [text] if isinstance(text, str) else text.values()
    try:
        return {
            name + (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else "")
            for form in forms
            for _, name, spec, conversion in Formatter().parse(form)
            if name is not None
        }
    except ValueError:
        return {_ALONE}
