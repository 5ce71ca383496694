"""The environment of templates: where they are loaded from, and the filters and functions that they may call."""

import re
from collections.abc import Callable, Iterator, MutableMapping
from functools import cached_property, lru_cache, partial
from operator import attrgetter
from pathlib import Path
from typing import Any
from unicodedata import bidirectional

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateNotFound,
)
from jinja2.ext import Extension
from jinja2.lexer import TOKEN_DATA, Token, TokenStream
from markupsafe import Markup, escape

from tiebreak import __version__, charts
from tiebreak.markdown import convert, writer
from tiebreak.model import CODE, MARK, Card, ChartedProse, Link, Prose, Settings, plain_name, slugify, theme_word, token
from tiebreak.pages import (
    Messages,
    StructuredData,
    about_row,
    balance_drawing,
    figures,
    hub_url,
    hubs,
    locales,
    phrases,
    prose_words,
    social,
)
from tiebreak.storage import Cache, builtin_folder, project_files, read_text, real_folder
from tiebreak.theme import colors
from tiebreak.theme.assets import Theme
from tiebreak.theme.json_text import json_file, json_inside

CHART_PART = "parts/chart.html"
# Stands in rendered text before every address within the site, until render.py knows how deep the page lies.
ROOT = MARK


def environment(project: Path, settings: Settings, theme: Theme, cache: Cache) -> Environment:
    """Jinja with the project's templates before the built-in ones, which also answer to `default/<name>`."""
    environment = _Environment(
        loader=_loader(project),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.add_extension(_fixed_texts(theme.messages))
    environment.filters |= _filters(settings, theme.messages, lambda: environment.get_template(CHART_PART))
    environment.globals |= _globals(settings, theme, cache)
    return environment


def _filters(
    settings: Settings, messages: Messages, chart_part: Callable[[], Template]
) -> dict[str, Callable[..., Any]]:
    return {
        "url": url,
        "absolute": settings.absolute,
        "prose": _prose(messages, chart_part),
        "continued": continued,
        "smart": partial(convert.typographic, language=settings.language),
        "isolated": _isolated(settings),
        "code": code,
        "plain": plain_name,
        "day": locales.day(settings.language),
        "short_day": locales.day(settings.language, short=True),
        "number": locales.number(settings.language),
        "figure": locales.figure(settings.language),
        "slug": slugify,
        "json": json_inside,
        "markdown": markdown,
        "json_file": json_file,
        "host": lambda text: re.sub(r"^https?://(www\.)?|/$", "", text),
    }


def _globals(settings: Settings, theme: Theme, cache: Cache) -> dict[str, Any]:
    messages = theme.messages
    accent = cache.memoize("accent", colors.accent)
    return {
        "settings": settings,
        "stylesheet": theme.stylesheets.style,
        "print_stylesheet": theme.stylesheets.print,
        "chart_stylesheet": theme.stylesheets.chart,
        "hub_stylesheet": theme.stylesheets.hub,
        "scripts": theme.scripts,
        "say": messages.say,
        "listed": messages.listed,
        "once": lru_cache(maxsize=40_000)(_once),
        "search": theme.search,
        "paper": colors.PAPER_HEX,
        "accent": _Accent(lambda: accent(settings.accent)),
        "hues": lambda comparison: tuple(f"hue-{subject.hue}" for subject in comparison.subjects),
        "weigh": attrgetter("balance"),
        "drawn_chart": partial(charts.drawn, writing=writing(settings)),
        "hue_of": lambda subject: f"hue-{subject.hue}",
        "pitch": balance_drawing.pitch,
        "fulcrum": balance_drawing.fulcrum,
        "balance_said": partial(phrases.describe_balance, messages),
        "tick_said": partial(phrases.describe_tick, messages),
        "flips": partial(phrases.describe_flips, messages),
        "nearest_said": partial(phrases.describe_nearest, messages),
        "decisive_said": partial(phrases.describe_decisive, messages),
        "related_said": partial(phrases.describe_related, messages),
        "figures": partial(figures, write=locales.figure(settings.language)),
        "feedback_on": lambda comparison, factor: about_row(comparison, factor, settings, messages),
        "hub_path": hub_url,
        "standing": lru_cache(maxsize=2)(hubs.standing),  # a page asks twice
        "structured_data": StructuredData(settings, messages),
        "answers": hubs.answers,
        "site_image": social.image_of_site(settings),
        "version": __version__,
    }


def writing(settings: Settings) -> charts.Writing:
    """How charts write numbers and days."""
    language = settings.language
    figure = locales.figure(language)
    return charts.Writing(
        lambda value: figure(format(value, "f")).replace("-", "\u2212"),
        locales.day(language, short=True),
        locales.month(language),
        settings.direction == "rtl",
    )


_SAY = ["variable_begin", "name", "lparen", "string", "rparen", "variable_end"]  # {{ say("…") }}


def _fixed_texts(messages: Messages) -> type[Extension]:
    """An extension that puts fixed texts into templates when they are compiled, because calling `say` at render time
    is slow.
    """

    class FixedTexts(Extension):
        def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
            held: list[Token] = []
            for one in stream:
                held.append(one)
                if [each.type for each in held] == _SAY and held[1].value == "say":
                    text = messages.fixed(held[3].value)
                    if text is not None:
                        held = [Token(one.lineno, TOKEN_DATA, escape(text))]
                if len(held) == len(_SAY):
                    yield held.pop(0)
            yield from held

    return FixedTexts


def _once(macro: Callable[..., str], comparison: Card, *arguments: object) -> str:
    """The result of a macro for a comparison, which is the same in all lists of all pages."""
    return macro(comparison, *arguments)


class _Environment(Environment):
    """Jinja, which gives each template the globals in one mapping: it compares their names at each import on each page,
    and in Jinja's own chain of two mappings that takes as long as many a page.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of one template; they do not change once it is loaded."""
        return {**self.globals, **(d or {})}


class _Accent:
    """The accent's two colours, worked out when a template first asks: the library for it takes long to import."""

    def __init__(self, hue: Callable[[], colors.Hue]) -> None:
        self._hue = hue

    @cached_property
    def light(self) -> str:
        return self._hue().light

    @cached_property
    def dark(self) -> str:
        return self._hue().dark


class _Theme(FileSystemLoader):
    """The theme's own templates, without the indentation that only those who write them read.

    Each keeps the name that it was asked for by: `default/<name>` is another template than a project's `<name>`.
    """

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        text, file, is_fresh = super().get_source(environment, template.removeprefix("default/"))
        return re.sub(r"(?m)^[ \t]+", "", text), file, is_fresh


class _Own(BaseLoader):
    """The project's templates. Raises SiteError for one that has been exchanged for what cannot be read."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self._names = frozenset(project_files(project, "templates"))

    def get_source(self, _: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        if template not in self._names:
            raise TemplateNotFound(template)
        file = f"templates/{template}"
        return read_text(self._project, file), str(real_folder(self._project, "templates") / template), lambda: True


def _loader(project: Path) -> BaseLoader:
    return ChoiceLoader([_Own(project), _Theme(builtin_folder("templates"))])


def url(target: str) -> str:
    """A link to a URL within the site, which works at any depth; other URLs stay as they are."""
    return ROOT + target[1:] if target.startswith("/") else target


def _prose(messages: Messages, chart_part: Callable[[], Template]) -> Callable[[Prose], Markup]:
    """A filter that makes markup of prose: fills in its charts, its links for this page, and the texts of the theme."""
    say = prose_words(messages)
    anchor, section = token(theme_word("section")), escape(messages.say("prose.section"))  # at every heading

    def prose(value: Prose) -> Markup:
        filled = convert.fill_links(value, _attributes).replace(anchor, section)
        if isinstance(value, ChartedProse):
            chart: Any = chart_part().module
            filled = convert.fill_charts(filled, lambda number: str(chart.chart(value.charts[number - 1])))
        return Markup(convert.fill_words(filled, say))  # noqa: S704 -- fast.py made it, or sanitizer.py passed it

    return prose


def code(text: str) -> str:
    """A name or a label as markup: what stands in it between backticks is code."""
    if "`" not in text:
        return text
    return Markup(CODE.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 -- escaped


def markdown(text: str) -> str:
    """A text of an author or of the theme as Markdown, for templates of Markdown; code stands between backticks."""
    said = writer.markdown(text) if isinstance(text, Markup) else writer.name(text)
    return Markup(said)  # noqa: S704 -- it is no HTML


def _isolated(settings: Settings) -> Callable[[str], str]:
    """A filter for names and answers in lines from right to left: one in Latin letters keeps its own order there."""
    if settings.direction == "ltr":
        return lambda text: text

    def isolated(text: str) -> str:
        if not text or any(bidirectional(char) in ("R", "AL") for char in text):
            return text
        return Markup(f'<bdi dir="ltr">{escape(text)}</bdi>')  # noqa: S704 -- escaped

    return isolated


def _attributes(link: Link) -> str:
    if not link.image:
        return f'href="{escape(url(link.target))}"'
    size = f' width="{link.size[0]}" height="{link.size[1]}"' if link.size else ""
    return f'src="{escape(url(link.target))}"{size}'


def continued(value: Markup) -> Markup:
    """Prose as the rest of a sentence that the theme begins ("Use PyTorch if"): a leading "You" becomes "you"."""
    return Markup("y" + value[1:]) if re.match(r"You\b|Your\b", value) else value  # noqa: S704 (it was markup before)
