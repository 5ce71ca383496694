"""What a page says as plain text, in the words and signs of the site's language."""

import re
from dataclasses import dataclass
from functools import cached_property
from html import escape, unescape

from tiebreak.markdown import convert, typographic
from tiebreak.model import Cell, Factor, Prose, Settings, plain_name
from tiebreak.pages import Messages, locales

_NOTE = re.compile(r'<sup class="fact">.*?</sup>')  # what leads to the sources of a fact
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Texts:
    """Writes texts as the pages of one site have them."""

    settings: Settings
    messages: Messages

    def smart(self, text: str) -> str:
        """A text of the author's with typographic signs, and without the backticks around code."""
        return plain_name(typographic(text, self.settings.language))

    def plain(self, prose: Prose) -> str:
        """The words of prose, without markup and without notes."""
        if prose.is_plain:
            return unescape(prose.html)
        return unescape(_TAG.sub("", self.filled(_NOTE.sub("", prose.html))))

    def filled(self, html: str) -> str:
        """HTML of prose with what the theme says in it."""
        return convert.fill_words(html, self._word)

    def figure(self, number: str, factor: Factor) -> str:
        """A number in the table: without a unit it may be a version, and stays as its author wrote it."""
        return self._figure(number) if factor.unit else number

    def state(self, cell: Cell) -> str:
        """`Partial`; nothing where the cell has no state."""
        return self.messages.say(f"state.{cell.state.name_in_theme}") if cell.state else ""

    def words(self, cell: Cell) -> str:
        """What a cell says in words, its state before them: `Yes: through a plugin`."""
        text, state = self.plain(cell.text) if cell.text else "", self.state(cell)
        if not text or not state or cell.says(state):
            return text or state
        return f"{self.messages.say('table.state', state=state)} {text}"

    def _word(self, name: str, number: str) -> str:
        """What stands for a `theme_word`, as HTML."""
        if name == "figure":
            return self._figure(number)
        key = name.replace("-", ".", 1) if name.startswith("state-") else f"prose.{name}"
        return escape(self.messages.say(key, number=number), quote=False)

    @cached_property
    def _figure(self) -> locales.Write:
        return locales.figure(self.settings.language)
