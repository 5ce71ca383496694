"""Code is coloured as Python-Markdown's codehilite would."""

import pytest
from markdown.extensions.codehilite import CodeHilite

from tiebreak.highlighting import highlighted

CODE = '\n\ndef f(x: int) -> str:  # <b> & \'c\'\n    return f"{x}"\n\n<?php echo $x; ?>\n{"a": [1, null]}\n\n'


@pytest.mark.parametrize(
    "language", ["python", "Python", "json", "bash", "php", "html", "yaml", "text", "", "no-such-language", "c++"]
)
def test_code_is_coloured_as_codehilite_colours_it(language: str) -> None:
    """Each language twice: a lexer must not remember what it has read."""
    for code in (CODE, "x = 1\n", CODE):
        stock = CodeHilite(code, lang=language or None, guess_lang=False, css_class="highlight", style="default")
        assert highlighted(code, language) == stock.hilite(shebang=False)
