"""Templates: where they come from, and what they may call."""

import re
from collections.abc import Callable
from functools import cached_property, partial
from operator import attrgetter
from pathlib import Path

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
)
from markupsafe import Markup, escape

from tiebreak import __version__, colors, locales, markup, wording
from tiebreak.assets import Theme
from tiebreak.feedback import about_row
from tiebreak.layout import builtin
from tiebreak.memo import Memo
from tiebreak.model import Link, Prose, Settings
from tiebreak.names import slugify
from tiebreak.routes import hub_path
from tiebreak.words import Words

# Stands in rendered text before every address within the site, until render.py knows how deep the page lies.
ROOT = "\x1a"


def environment(project: Path, settings: Settings, theme: Theme, memo: Memo) -> Environment:
    """Jinja with the project's templates before the built-in ones, which also answer to `default/<name>`."""
    environment = Environment(
        loader=_loader(project),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    words = theme.words
    accent, palette = memo.remembered("accent", colors.accent), memo.remembered("palette", colors.palette)
    environment.filters |= {
        "url": url,
        "absolute": settings.absolute,
        "prose": partial(prose, words),
        "continued": continued,
        "smart": markup.typographic,
        "day": locales.day(settings.language),
        "number": locales.number(settings.language),
        "slug": slugify,
        "host": lambda text: re.sub(r"^https?://(www\.)?|/$", "", text),
    }
    environment.globals |= {
        "settings": settings,
        "stylesheet": theme.stylesheet,
        "scripts": theme.scripts,
        "say": words.say,
        "listed": words.listed,
        "search": theme.search,
        "accent": _Accent(lambda: accent(settings.accent)),
        "hues": lambda comparison: palette(tuple(subject.color for subject in comparison.subjects)),
        "weigh": attrgetter("balance"),
        "balance_said": partial(wording.balance_said, words),
        "tick_said": partial(wording.tick_said, words),
        "flips": partial(wording.flips_said, words),
        "related_said": partial(wording.related_said, words),
        "feedback_on": lambda comparison, factor: about_row(comparison, factor, settings, words),
        "hub_path": hub_path,
        "version": __version__,
    }
    return environment


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


def _loader(project: Path) -> BaseLoader:
    default = FileSystemLoader(builtin("templates"))
    own = project / "templates"
    layers: list[BaseLoader] = (
        [FileSystemLoader(own)] if own.is_dir() and own.resolve() != builtin("templates").resolve() else []
    )
    return ChoiceLoader([*layers, default, PrefixLoader({"default": default})])


def url(target: str) -> str:
    """A link to an address within the site, right at any depth; other URLs stay as they are."""
    return ROOT + target[1:] if target.startswith("/") else target


def prose(words: Words, value: Prose) -> Markup:
    """Prose as markup, its links ready for this page, and in the words of the theme what those say in it."""

    def say(name: str, number: str) -> str:
        return escape(words.say(f"prose.{name}", number=number))

    filled = markup.fill_words(markup.fill_links(value, _attributes), say)
    return Markup(filled)  # noqa: S704 -- markup.py makes it, never an author


def _attributes(link: Link) -> str:
    if not link.image:
        return f'href="{escape(url(link.target))}"'
    size = f' width="{link.size[0]}" height="{link.size[1]}"' if link.size else ""
    return f'src="{escape(url(link.target))}"{size}'


def continued(value: Markup) -> Markup:
    """Prose as the rest of a sentence that the theme begins ("Use PyTorch if"): a leading "You" loses its capital."""
    return Markup("y" + value[1:]) if re.match(r"You\b|Your\b", value) else value  # noqa: S704 (it was markup before)
