"""Quotes, dashes and ellipses are set by what stands beside them, in one paragraph, in the language's own signs."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiebreak.languages import quotes
from tiebreak.markdown.convert import inline
from tiebreak.markdown.smartypants import OPAQUE, plain, typeset

PIECES = [*"""'"-.,!? sd8_()[{=/""", "--", "---", "...", "'s", "word", "–", "“", "你", "\n", "é", OPAQUE]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("\"It's so\" -- 'so'...", "“It’s so” – ‘so’…"),
        ('"yes"/"no"', "“yes”/“no”"),
        ('key="value"', "key=“value”"),
        ('a key="" b', "a key=“” b"),
        ("5'10\" tall", "5′10″ tall"),
        ('"He is 5\'10" tall"', "“He is 5′10″ tall”"),
        ('a 15" screen', "a 15″ screen"),
        ("6' tall", "6′ tall"),
        ("1'000'000", "1’000’000"),
        ('他说"你好"吗', "他说“你好”吗"),
        ("彼は'はい'と言った", "彼は‘はい’と言った"),
        ("the '90s, rock 'n' roll, 'tis", "the ’90s, rock ’n’ roll, ’tis"),
        ("\"'a' b\" \"c 'd'\"", "“‘a’ b” “c ‘d’”"),
        ('the dogs\' "bone"', "the dogs’ “bone”"),
        ('("a") ["b"] he said:"c"', "(“a”) [“b”] he said:“c”"),
        ('"a"---"b"', "“a”—“b”"),
        ("1990--2000, word--word", "1990–2000, word–word"),
        ('"x" " y', '“x” " y'),
        ("a .... b ---- c", "a .... b ---- c"),
    ],
)
def test_signs_become_what_is_printed(text: str, printed: str) -> None:
    """What can be typed becomes what is printed."""
    assert plain(text) == printed


@pytest.mark.parametrize(
    "text",
    [
        "--ff",
        "git merge --ff|--no-ff",
        "(--ff)",
        "a/--ff",
        "[--ff]",
        "x --ff, --no-ff; --a=b",
        "C--",
        "i--",
        "--[no-]ff",
        "a -->",
    ],
)
def test_the_name_of_an_option_is_no_dash(text: str) -> None:
    """Neither is what ends in hyphens, nor an arrow."""
    assert plain(text) == text
    assert inline(text).text == text


@pytest.mark.slow
@given(
    st.from_regex(r"--[a-z][a-z0-9-]{0,8}[a-z]", fullmatch=True),
    st.sampled_from(["", "(", "[", "/", "|", "=", ", ", "x "]),
)
def test_no_option_becomes_a_dash(option: str, before: str) -> None:
    """Wherever an option begins as a command has it."""
    assert plain(f"{before}{option} b") == f"{before}{option} b"


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ('"[a](https://a.b)"', "“a”"),
        ('*a*"', "a”"),
        ('"*a*" and "**b**"', "“a” and “b”"),
        ('the [a](https://a.b)\'s "`b`"', "the a’s “b”"),
        ('"a [b](https://a.b)", c', "“a b”, c"),
        ("*a*--*b*", "a–b"),
        ("`--ff` is --ff", "--ff is --ff"),
        ('\\"a\\" "b"', '"a" “b”'),
        ('x&nbsp;"a"', "x\xa0“a”"),
    ],
)
def test_a_sign_looks_beyond_links_and_emphasis(markdown: str, text: str) -> None:
    """What divides the text of a paragraph does not divide a quotation; code in it is a word."""
    assert inline(markdown).text == text


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        ("en", "“a ‘b’” it’s"),
        ("de", "„a ‚b‘“ it’s"),
        ("de-CH", "«a ‹b›» it’s"),
        ("fr", "«\u202fa “b”\u202f» it’s"),
        ("pt-BR", "“a ‘b’” it’s"),
        ("ja", "「a 『b』」 it’s"),
        ("zh-TW", "「a 『b』」 it’s"),
        ("zh", "“a ‘b’” it’s"),
        ("xx", "“a ‘b’” it’s"),
    ],
)
def test_a_language_has_its_own_quotation_marks(language: str, printed: str) -> None:
    """An apostrophe is the same sign in all of them."""
    assert plain("\"a 'b'\" it's", language) == printed
    assert inline("\"a 'b'\" it's", language).text == printed


def test_code_in_plain_text_is_left_as_it_is() -> None:
    """Between backticks, a sign is what it is."""
    assert plain("the `'a' --b` \"c\"") == "the `'a' --b` “c”"


@pytest.mark.slow
@settings(max_examples=1000)
@given(st.lists(st.sampled_from(PIECES), max_size=12), st.sampled_from(["en", "de", "fr", "ja"]))
def test_a_text_is_set_alike_however_it_is_divided(pieces: list[str], language: str) -> None:
    """Unless a sign of several characters is cut; and nothing but signs changes."""
    whole = "".join(pieces)
    together = typeset([whole], quotes(language))[0]
    divided = "".join(typeset(pieces, quotes(language)))
    cut = any(one[-1:] == other[:1] and one[-1:] in ("-", ".") for one, other in pairwise(pieces))
    assert cut or together == divided
    signs = str.maketrans("", "", "'\"-.“”‘’„‚«»\u202f「」『』–—…′″")
    assert together.translate(signs) == whole.translate(signs)
