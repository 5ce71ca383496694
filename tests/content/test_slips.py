"""What YAML reads otherwise than it looks is told; comments that are meant are not."""

import pytest

from tiebreak.content import front_matter
from tiebreak.problems import SiteError


def told(front: str) -> list[str]:
    """The codes of all that is said of a file with this front matter."""
    try:
        return [problem.code for problem in front_matter.read("x.md", f"---\n{front}\n---\n".encode())[1]]
    except SiteError as error:
        return [problem.code for problem in error.problems]


@pytest.mark.parametrize(
    "line", ["a: We are # 1", "a: The C #language", "a: C # and more", "- a # B\n- We\t#2", "a: {b: See #1\n  }"]
)
def test_a_text_that_is_cut_short_is_told(line: str) -> None:
    """A space and a sign, in a text that anybody would read on."""
    front = line if line.startswith("a") else f"a:\n{line}"
    assert "cut-text" in told(front)


@pytest.mark.parametrize(
    "line",
    [
        "a: 2 # heavy",
        "a: true # until May",
        "a: tea # or coffee",
        "a: We are  # a comment",
        "a: 'We # are'",
        "a: |\n  We # are",
        "a: C#",
        "# We are",
    ],
)
def test_a_comment_is_none_of_it(line: str) -> None:
    """Behind one word of the format, behind two spaces, on a line of its own; and in quotes it is text."""
    assert told(line if line != "# We are" else "# We are\na: b") == []


@pytest.mark.parametrize("space", ["\u00a0", "\u2003", "\u202f", "\u3000"])
@pytest.mark.parametrize("line", ["a:{}b", "a: b\n{}c: d", "a:\n  - b:{}c\n    d: e", "a:\n{}{}b: c"])
def test_a_space_that_is_none_to_yaml_is_named(line: str, space: str) -> None:
    """Behind a colon and as indentation, whether YAML can be read or not."""
    assert told(line.replace("{}", space)) == ["no-break-space"]


def test_such_a_space_within_a_text_is_typography() -> None:
    """In quotes and in blocks, and between words."""
    assert told("a: '\u00a0b:\u00a0c'\nd: |\n  e:\u00a0f\ng: 5\u00a0ms") == []
