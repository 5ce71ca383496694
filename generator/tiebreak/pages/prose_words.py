"""What the theme says within an author's text: the number or the state of a fact, and the words beside links."""

from collections.abc import Callable

from markupsafe import escape

from tiebreak.pages import locales
from tiebreak.pages.messages import Messages


def prose_words(messages: Messages) -> Callable[[str, str], str]:
    """A function that says, as markup, what stands for a `theme_word` of this name and number."""
    figure = locales.figure(messages.language)

    def say(name: str, number: str) -> str:
        if name == "figure":  # of a fact, as what follows
            return figure(number)
        if name.startswith("state-"):
            return escape(messages.say(name.replace("-", ".")))
        return escape(messages.say(f"prose.{name}", number=number))

    return say
