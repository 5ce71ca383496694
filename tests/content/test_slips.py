"""What YAML reads otherwise than it looks is told; comments that are meant are not."""

from contextlib import suppress

import pytest
from growth import assert_bounded

from tiebreak.content import front_matter
from tiebreak.problems import SiteError


def told(front: str) -> list[str]:
    """The codes of all that is said of a file with this front matter."""
    try:
        return [problem.code for problem in front_matter.read("x.md", f"---\n{front}\n---\n".encode())[1]]
    except SiteError as error:
        return [problem.code for problem in error.problems]


@pytest.mark.parametrize(
    "line",
    [
        "a: We are # 1",
        "a: The C #language",
        "a: C # and more",
        "- a # B\n- We\t#2",
        "a: {b: See #1\n  }",
        "title: foo # bar",
        "tags:\n- c # and java",
        "cells:\n  tea: some # of it",
        "name: c # language",
        "pick: tea #1",
    ],
)
def test_a_text_that_is_cut_short_is_told(line: str) -> None:
    """A space and a sign, in a text that anybody would read on."""
    front = f"a:\n{line}" if line.startswith("-") else line
    assert "cut-text" in told(front)


@pytest.mark.parametrize(
    "line",
    [
        "a: 2 # heavy",
        "a: true # until May",
        "pick: tea # or coffee",
        "subjects:\n- tea # green\n- coffee # black",
        "url: https://example.org/ # read in May",
        "cells:\n  tea: yes # since May",
        "a: We are  # a comment",
        "a: 'We # are'",
        "a: |\n  We # are",
        "a: C#",
        "# We are",
    ],
)
def test_a_comment_is_none_of_it(line: str) -> None:
    """Behind a number, a state or one name; behind two spaces, on a line of its own; and in quotes it is text."""
    assert told(line if line != "# We are" else "# We are\na: b") == []


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("tags: [tea, c #, coffee]", 15),
        ("cells: {tea: Some #1, coffee: b}", 19),
        ("tags: [#a, b]", 8),
        ("a: ['#', b #", 12),
    ],
)
def test_a_comment_that_swallows_a_bracket_is_told_at_its_sign(line: str, column: int) -> None:
    """And not as a comma that is missing."""
    with pytest.raises(SiteError) as raised:
        front_matter.read("x.md", f"---\n{line}\nb: c\n---\n".encode())
    (problem,) = raised.value.problems
    assert (problem.column, problem.message) == (
        column,
        "what stands from here on is a comment, and so the bracket is never closed",
    )


@pytest.mark.parametrize("line", ["summary:Tea", "summary\uff1aTea", "summary \uff1a Tea"])
@pytest.mark.parametrize("after", ["b: c", ""])
def test_a_colon_that_makes_no_key_is_told_where_it_stands(line: str, after: str) -> None:
    """YAML notices it in the line behind."""
    with pytest.raises(SiteError) as raised:
        front_matter.read("x.md", f"---\na: 1\n{line}\n{after}\n---\n".encode())
    (problem,) = raised.value.problems
    assert problem.code == "yaml-syntax"
    assert (problem.line, problem.message) == (3, "this colon makes no key")


@pytest.mark.parametrize("word", ["null", "~", "NULL", "Null"])
def test_what_is_nothing_to_yaml_is_told_to_be_text(word: str) -> None:
    """As a value, in a list or a mapping; in quotes it is meant."""
    assert told(f"a: {word}") == told(f"a: [b, {word}]") == told(f"a: {{b: {word} }}") == ["null-text"]
    assert told(f"a: '{word}'\nb: the {word} device") == []


@pytest.mark.parametrize("space", ["\u00a0", "\u2003", "\u202f", "\u3000"])
@pytest.mark.parametrize(
    "line",
    ["a:{}b", "a: b\n{}c: d", "a:\n  - b:{}c\n    d: e", "a:\n{}{}b: c", "a:\n{}  b: c", "a:\n-{}b: c\n", "a{}: b"],
)
def test_a_space_that_is_none_to_yaml_is_named(line: str, space: str) -> None:
    """Behind a colon and as indentation, whether YAML can be read or not."""
    assert told(line.replace("{}", space)) == ["no-break-space"]


def test_such_a_space_within_a_text_is_typography() -> None:
    """In quotes and in blocks, and between words."""
    assert told("a: '\u00a0b:\u00a0c'\nd: |\n  e:\u00a0f\ng: 5\u00a0ms") == []


@pytest.mark.slow
def test_such_spaces_are_looked_for_in_linear_time() -> None:
    """Though nothing but more of them stands behind one."""

    def read(data: bytes) -> None:
        with suppress(SiteError):
            front_matter.read("content/site.yaml", data)

    assert_bounded(lambda size: ("a: b\n" + "\u00a0" * size + "\n").encode(), read, start=4_000, most=64_000)
