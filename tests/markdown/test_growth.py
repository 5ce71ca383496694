"""No text takes its readers longer than in proportion to its length, whatever is repeated in it.

`TIEBREAK_FUZZ=<seconds>` tries every piece alone and behind others, in bodies and in fields.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import pytest
from growth import assert_bounded

from tiebreak.markdown import convert, review
from tiebreak.markdown.fences import Code
from tiebreak.markdown.highlight import LONGEST_LINE, SHORTER, TRIED, rendered
from tiebreak.markdown.tables import is_head
from tiebreak.problems import RemarkError

LONG = bool(os.environ.get("TIEBREAK_FUZZ"))
PIECES = [
    *(
        "*a **b*c ",
        "**a *b**c ",
        "[",
        "![",
        "[x][",
        "[](",
        '[]("',
        "[a](b ",
        "[a](<",
        "![a](",
        "[a](b(",
        "[a]: b\n",
        "[a]:\n",
        '[a]: b\n"c"\n',
        "[a]: b\n'c'\n\u00a0\n",
        "[^a]",
        "[^a]: b\n\n",
        "][",
        "](",
        "]",
    ),
    *(
        "*_`[<\"'",
        "**x",
        "*x ",
        "***a",
        "_a",
        "`",
        "` ",
        "``a`",
        "\\",
        "\\`",
        '"',
        "'",
        "\"'",
        "...",
        "--",
        "&",
        "&a;",
        "&#26;",
    ),
    *(
        "``` x\n",
        "```\n",
        "```\n\n",
        "~~~ x\n",
        "````\n",
        "---\n",
        "===\n",
        "a\n---\n",
        "# a\n",
        "# a\n\n",
        "#",
        "x  \n",
        "  \n",
    ),
    *(
        "- a\n",
        "- a\n\n",
        "-\n",
        "- ",
        "  - a\n",
        "1. a\n\n",
        "> ",
        "> a\n",
        "> a\n\n",
        "a\n: b\n",
        "a\n: b\n\n",
        "    a\n",
        "a\n\n",
    ),
    *(
        "|",
        "a|b\n-|-\n",
        "|a|b|\n|-|-|\n",
        "#|\n",
        "[a|]:\n",
        "|a\n=|\n",
        "<x ",
        "<x",
        "</x",
        "<!--",
        "<![CDATA[",
        "<?",
        "<a b='",
        "<div>",
        "<p>\n\n",
        "<b><!-- -->",
    ),
    *(
        "a<b ",
        "<b>",
        "</div>\n",
        "http://a.b ",
        "<http://",
        "<a@b",
        " ",
        "\n",
        "é",
        "[TOC]\n\n",
        "[^a]\n\n[^a]: b\n\n",
        "{.a}",
        "~~a ",
        "~a",
        "~~a~",
        "https://a.b/(",
        "https://a.b;",
        "www.",
        "a@",
        "a@b.",
        "\\\n",
        "- [ ] ",
        "> [!NOTE]\n",
        "> [!NOTE]\n> a\n\n",
        "- a\n  - b\n\n",
        "1) a\n",
        "- ```\n",
        "  ```\n",
        "-\n\n",
        ">\n",
        "a\n|b|\n|-|\n",
        "(",
        ")",
    ),
]
# What was once worse; the others are tried when there is time.
WORST = (
    *(
        "*a **b*c ",
        "[",
        "![",
        "[x][",
        '[]("',
        "*_`[<\"'",
        '"',
        "``` x\n",
        "---\n",
        "# a\n\n",
        "- a\n\n",
        "a\n: b\n\n",
        "a\n\n",
        "**x",
    ),
    *("x  \n", "> a\n\n", "[^a]\n\n[^a]: b\n\n", "|a|b|\n|-|-|\n", "```\n\n", "[a]:\n"),
    *("https://a.b/(", "https://a.b;", "a@b.", "- a\n  - b\n\n", "  ```\n", ">\n", "a\n|b|\n|-|\n"),
    *('[a]: b\n"c"\n', "[a]: b\n'c'\n\u00a0\n"),
)
HTML = [piece for piece in PIECES if "<" in piece]
BEHIND = ("&amp; ",) if not LONG else ("&amp; ", "    a|b\n    -|-\n", "", "a ", "> ", "- ", "| a |\n|---|\n", '"')


def pumped(piece: str, before: str) -> Callable[[int], str]:
    return lambda size: before + (piece * (size // len(piece) + 1))[:size]


def body(text: str, *, allow_html: bool = False) -> None:
    convert.blocks(text, [], allow_html=allow_html)


def field(text: str) -> None:
    with suppress(RemarkError):
        convert.inline(text)


def assert_grows_with_its_length(make: Callable[[int], str], run: Callable[[str], object]) -> None:
    assert_bounded(make, run, start=1000, most=80_000 if LONG else 16_000, allowed=1.5, repeats=1)


@pytest.mark.slow
@pytest.mark.parametrize("before", BEHIND)
@pytest.mark.parametrize("piece", PIECES if LONG else WORST)
def test_a_body_of_one_piece_again_and_again(piece: str, before: str) -> None:
    """With something before it that fast.py does not read, too."""
    assert_grows_with_its_length(pumped(piece, before), body)


@pytest.mark.slow
@pytest.mark.parametrize("piece", HTML if LONG else ["<x ", "<b><!-- -->", "<div>", "<![CDATA["])
def test_a_body_of_raw_html_again_and_again(piece: str) -> None:
    """Where it is allowed."""
    assert_grows_with_its_length(pumped(piece, "&amp; "), lambda text: body(text, allow_html=True))


def looked_at(text: str, *, allow_html: bool = False) -> None:
    """As `tiebreak check` does."""
    if prose := convert.blocks(text, [], allow_html=allow_html):
        review.review(text, prose, allow_html=allow_html)


@pytest.mark.slow
def test_the_line_below_the_head_of_a_table_is_read_in_linear_time() -> None:
    """It may be one of a paragraph as well, with any blanks in it."""
    assert_bounded(lambda size: f"|-{' ' * size}x", lambda line: is_head("| a |", line), start=2_000, most=128_000)


@pytest.mark.slow
@pytest.mark.parametrize("before", ["    a", "- ", "> a\n"])
@pytest.mark.parametrize("piece", PIECES if LONG else ["  ", "\u00a0", "[a]: b\n\n", "<b>a", "x[^a] ", "» ", "a\n\n"])
def test_a_body_is_compared_in_linear_time(piece: str, before: str) -> None:
    """With GitHub's reading, and looked through for what has no effect."""
    assert_grows_with_its_length(lambda size: f"{pumped(piece, before)(size)}b", looked_at)


@pytest.mark.slow
@pytest.mark.parametrize("piece", HTML if LONG else ["a<u>b</u>", "<b>b</b>", "<p>a</p>\n\n", "a <!-- b -->", "<!--"])
def test_raw_html_is_compared_in_linear_time(piece: str) -> None:
    """Where it is allowed."""
    make = pumped(piece, "<div>\n")
    assert_grows_with_its_length(lambda size: make(size) + "\n</div>", partial(looked_at, allow_html=True))


@pytest.mark.slow
@pytest.mark.parametrize("piece", PIECES if LONG else WORST[:7])
def test_a_field_of_one_piece_again_and_again(piece: str) -> None:
    """One line of Markdown."""
    assert_grows_with_its_length(pumped(piece, "&amp; "), field)


@pytest.mark.slow
@pytest.mark.parametrize("piece", ['"a" -- ', "'", "a'b ", "... ", "&amp; ", "---- "])
def test_a_plain_text_again_and_again(piece: str) -> None:
    """Quotes and dashes."""
    assert_grows_with_its_length(pumped(piece, ""), lambda text: str(convert.typographic(text)))


CODE = [" ", "a", '"\\', "'", "(", "{", "<a", "/*", "a.", "a\n", '"""\n', "1", "#{", "${", "\t\n", "a: "]


@pytest.mark.skipif(not LONG, reason="takes minutes")
@pytest.mark.parametrize("language", sorted(TRIED))
def test_code_is_coloured_in_little_time(language: str) -> None:
    """As much of it as is coloured at all, of whatever is repeated: a lexer that takes long is not on the list."""
    from time import process_time

    size = SHORTER.get(language, 8000)
    for piece in CODE:
        line = (piece.replace("\n", "") * LONGEST_LINE)[: LONGEST_LINE - 1] + "\n"
        for text in ((piece.rstrip() + "\n") * (size // (len(piece.rstrip()) + 1)), line * (size // LONGEST_LINE)):
            began = process_time()
            rendered(Code(text[:size], language), [])
            assert process_time() - began < 3, (language, piece)
