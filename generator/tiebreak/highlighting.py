"""Code in colours. Pygments is imported when the first code is met, and asked only once for each language."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pygments.formatters.html import HtmlFormatter
    from pygments.lexer import Lexer


def highlighted(program: str, language: str) -> str:
    """The HTML of a block of code; plain if there is no such language."""
    from pygments import highlight

    return highlight(program.strip("\n"), _lexer(language)(), _formatter())


@cache
def _formatter() -> "HtmlFormatter[str]":
    from pygments.formatters.html import HtmlFormatter

    return HtmlFormatter(cssclass="highlight", wrapcode=True)


@cache
def _lexer(language: str) -> "type[Lexer]":
    """A class, not a lexer: some keep in themselves what they have read."""
    from pygments.lexers import find_lexer_class_by_name
    from pygments.lexers.special import TextLexer
    from pygments.util import ClassNotFound

    try:
        return find_lexer_class_by_name(language)
    except ClassNotFound:
        return TextLexer
