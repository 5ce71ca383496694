"""What a page says, as plain text and as Markdown, in the words and signs of the site's language."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from html import unescape

from markupsafe import Markup, escape

from tiebreak.charts import Writing
from tiebreak.markdown import convert, typographic, writer
from tiebreak.model import Cell, Prose, Settings, plain_name
from tiebreak.pages import Messages, locales, prose_words
from tiebreak.theme import environment

_NOTE = re.compile(r'<sup class="fact">.*?</sup>')  # what leads to the sources of a fact
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Texts:
    """Writes texts as the pages of one site have them."""

    settings: Settings
    messages: Messages

    def typographic(self, text: str) -> str:
        """A text of the author's with typographic signs, but in code between backticks."""
        return typographic(text, self.settings.language)

    def smart(self, text: str) -> str:
        """The same without the backticks."""
        return plain_name(self.typographic(text))

    def plain(self, prose: Prose) -> str:
        """The words of prose, without markup and without notes."""
        if prose.is_plain:
            return unescape(prose.html)
        return unescape(_TAG.sub("", self.filled(_NOTE.sub("", prose.html))))

    def filled(self, html: str) -> str:
        """HTML of prose with what the theme says in it."""
        return convert.fill_words(html, self._word)

    def markup(self, prose: Prose) -> Markup:
        """Prose as HTML with absolute links."""
        html = convert.fill_links(prose, lambda link: f'href="{escape(self.settings.absolute(link.target))}"')
        return Markup(self.filled(html))  # noqa: S704 -- it is as safe as on the page

    def markdown(self, prose: Prose) -> str:
        """Prose of one line as Markdown."""
        return writer.markdown(prose.html if prose.is_plain else str(self.markup(prose)))

    def continued(self, prose: Prose) -> Markup:
        """Prose as the rest of a sentence that the theme begins."""
        return environment.continued(self.markup(prose))

    def code(self, name: str) -> str:
        """A name with code in it as markup."""
        return environment.code(name)

    def anchor(self, name: str, path: str | None) -> str:
        """A name as HTML that leads on, where it does."""
        text = escape(self.code(self.typographic(name)))
        return f'<a href="{escape(self.settings.absolute(path))}">{text}</a>' if path else str(text)

    def say_markdown(self, key: str, **values: object) -> str:
        """A text of the theme as Markdown, filled with plain text or markup."""
        said = self.messages.say(key, **values)
        return writer.markdown(said) if isinstance(said, Markup) else writer.escaped(said)

    def state(self, cell: Cell) -> str:
        """`Partial`; nothing where the cell has no state."""
        return self.messages.say(f"state.{cell.state.name_in_theme}") if cell.state else ""

    def words(self, cell: Cell) -> str:
        """What a cell says in words, its state before them: `Yes: through a plugin`."""
        text, state = self.plain(cell.text) if cell.text else "", self.state(cell)
        if not text or not state or cell.says(state):
            return text or state
        return f"{self.messages.say('table.state', state=state)} {text}"

    @cached_property
    def figure(self) -> locales.Write:
        """How a number is written."""
        return locales.figure(self.settings.language)

    @cached_property
    def day(self) -> Callable[[date], str]:
        """How a day is written."""
        return locales.day(self.settings.language)

    @cached_property
    def writing(self) -> Writing:
        """How numbers and days of charts are written."""
        return environment.writing(self.settings)

    @cached_property
    def _word(self) -> Callable[[str, str], str]:
        """What stands for a `theme_word`."""
        return prose_words(self.messages)
