"""Code is coloured as Pygments would, and nothing that an author says reaches it but the language."""

import pytest
from growth import assert_bounded
from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers import get_lexer_by_name

from tiebreak.markdown import fences
from tiebreak.markdown.fences import Code
from tiebreak.markdown.highlight import LONGEST_CODE, LONGEST_LINE, rendered
from tiebreak.problems import Remark

CODE = '\n\ndef f(x: int) -> str:  # <b> & \'c\'\n    return f"{x}"\n\n<?php echo $x; ?>\n{"a": [1, null]}\n\n'


def plain(remarks: list[Remark]) -> list[str]:
    return [remark.message.removeprefix("this code stays plain: ") for remark in remarks]


@pytest.mark.parametrize("language", ["python", "Python", "json", "bash", "html", "py", "css", "toml"])
def test_code_is_coloured_as_pygments_colours_it(language: str) -> None:
    """Each language twice: a lexer must not remember what it has read."""
    for code in (CODE, "x = 1\n", CODE):
        remarks: list[Remark] = []
        made = highlight(code.strip("\n"), get_lexer_by_name(language), HtmlFormatter(nowrap=True))
        made = made.replace("&#39;", "'").replace("&quot;", '"')
        around = '<div class="highlight"><pre tabindex="0"><code>', "</code></pre></div>"
        assert rendered(Code(code, language), remarks) == made.join(around)
        assert not remarks


@pytest.mark.parametrize(
    ("language", "text", "reason"),
    [
        ("pyhton", "x", '"pyhton" is not a language that is coloured'),
        ("systemd", "x", '"systemd" is not a language that is coloured'),
        ("python", "x\n" * LONGEST_CODE, f"it has {2 * LONGEST_CODE} characters, and {LONGEST_CODE} are coloured"),
        ("python", "x" * 501, f"a line has 501 characters, and {LONGEST_LINE} are coloured"),
    ],
)
def test_code_that_is_not_coloured_is_plain_and_told(language: str, text: str, reason: str) -> None:
    """Whole, and escaped."""
    remarks: list[Remark] = []
    assert "<span" not in rendered(Code(text, language, line=3), remarks)
    assert plain(remarks) == [reason]
    assert remarks[0].line == 3


def test_a_lexer_that_fails_leaves_code_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that raises, and one that loses lines."""
    from pygments.lexers.python import PythonLexer

    def fail(self: PythonLexer, text: str) -> None:
        raise IndexError

    for lexer, reason in ((fail, "its lexer failed (IndexError)"), (lambda *_: [], "its lexer changed the text")):
        remarks: list[Remark] = []
        monkeypatch.setattr(PythonLexer, "get_tokens", lexer)
        assert "a &lt; b" in rendered(Code("a < b", "python"), remarks)
        assert plain(remarks) == [reason]


@pytest.mark.parametrize("language", ["", "text", "txt", "plain", "none", "TEXT"])
def test_plain_text_is_no_surprise(language: str) -> None:
    """Nothing is said of code that is meant to be plain."""
    remarks: list[Remark] = []
    assert "a &lt; b" in rendered(Code("a < b", language), remarks)
    assert not remarks


def test_lines_stand_out_and_are_numbered() -> None:
    """Numbers are not in the text, so that nobody copies them; blank lines above are counted and not shown."""
    made = rendered(Code("\na  \nb", "", frozenset({3}), 7, "<x>"), [])
    assert made == (
        '<figure class="listing"><figcaption>&lt;x&gt;</figcaption>\n'
        '<div class="highlight"><pre tabindex="0"><code>'
        '<span class="lineno" data-n="8"></span>a  \n'
        '<span class="hll"><span class="lineno" data-n="9"></span>b\n</span></code></pre></div>\n</figure>'
    )


def test_no_word_is_lost() -> None:
    """Spaces at the ends of lines are not shown to lexers, and stand there all the same."""
    made = rendered(Code('x = """  \n  \n\ta"""  \n', "python"), [])
    assert [line.rstrip("\n")[-2:] for line in made.split("\n")[1:2]] == ["  "]
    assert made.count("  \n") == 3


@pytest.mark.slow
def test_what_is_said_of_code_is_read_in_linear_time() -> None:
    """Lines that stand out, over and over, and what stands behind the name of a language."""

    def block(size: int) -> str:
        return f'```text hl_lines="{f"1-{size} " * size}"' + "\nx" * size + "\n```"

    assert_bounded(block, lambda text: list(fences.split(text, [])), start=100)
    assert_bounded(lambda size: f":::x{' ' * size}y\n", lambda text: fences.indented(text, []), start=10_000)
