"""Problems are told like a compiler's: where, what, and what would be right."""

import json

from tiebreak.problems import WIDEST, Problem, Severity, SiteError, did_you_mean, errors, in_order, report

TYPO = Problem(
    "content/compare/a-vs-b.md",
    14,
    5,
    "unknown-subject",
    'cells name "tensorfow", which is not a subject here',
    'did you mean "tensorflow"?',
    excerpt="    tensorfow: Native",
    width=9,
)


def test_text_shows_the_line_and_points_at_the_place() -> None:
    """The contract's own example, to the letter."""
    assert TYPO.as_text() == (
        'content/compare/a-vs-b.md:14:5: error[unknown-subject]: cells name "tensorfow", which is not a subject here\n'
        "   14 |     tensorfow: Native\n"
        '      |     ^^^^^^^^^ did you mean "tensorflow"?'
    )


def test_a_problem_of_a_whole_file_has_no_line() -> None:
    """Line 0 is not printed, and the help stands by itself."""
    problem = Problem("content/a.txt", 0, 0, "misplaced-file", "nothing is read here", "move it")
    assert problem.as_text() == "content/a.txt: error[misplaced-file]: nothing is read here\n      = move it"


def test_the_underline_is_as_wide_as_what_it_marks() -> None:
    """A tab stays a tab; an ideograph takes two columns, a combining accent none."""
    problem = Problem("x.yaml", 1, 5, "stale", "old", excerpt="\t東e\u0301名前: x", width=2)
    assert problem.as_text().splitlines()[2] == "      | \t   ^^^^"


def test_a_long_line_is_cut_around_the_place() -> None:
    """A paragraph on one line does not fold the terminal; the ellipses say that more is there."""
    line = "a" * 400 + "HERE" + "b" * 400
    shown, mark = Problem("x.md", 1, 401, "stale", "old", excerpt=line, width=4).as_text().splitlines()[1:]
    assert len(shown) == len("    1 | ") + WIDEST + 2
    assert shown.startswith("    1 | …a")
    assert shown.endswith("b…")
    assert shown[mark.index("^") : mark.rindex("^") + 1] == "HERE"


def test_help_that_does_not_fit_beside_the_mark_stands_below() -> None:
    """An underline near the right edge leaves the help a line of its own."""
    problem = Problem("x.md", 1, 90, "stale", "old", "look again " * 3, excerpt="a" * 100, width=4)
    assert problem.as_text().splitlines()[-1].startswith("      = look again")


def test_json_has_the_seven_keys_of_the_contract() -> None:
    """Other programs read path, line, column, severity, code, message and help, as plain values."""
    assert json.loads(report([TYPO], "json")) == [
        {
            "path": "content/compare/a-vs-b.md",
            "line": 14,
            "column": 5,
            "severity": "error",
            "code": "unknown-subject",
            "message": 'cells name "tensorfow", which is not a subject here',
            "help": 'did you mean "tensorflow"?',
        }
    ]


def test_no_problems_are_an_empty_json_list() -> None:
    """A program need not treat success differently."""
    assert report([], "json") == "[]"


def test_github_gets_a_workflow_command() -> None:
    """What would end the command early is escaped, and a whole file counts as its first line."""
    problem = Problem("a,b:c.md", 0, 0, "stale", "100%\nold", "look", Severity.WARNING)
    assert report([problem], "github") == "::warning file=a%2Cb%3Ac.md,line=1,col=1,title=stale::100%25%0Aold (look)"


def test_problems_come_by_file_and_place_and_once() -> None:
    """The order in which they were found never shows."""
    first, second = Problem("a.md", 2, 1, "stale", "x"), Problem("a.md", 10, 1, "stale", "x")
    other = Problem("b.md", 1, 1, "stale", "x")
    assert in_order([other, second, first, second]) == (first, second, other)


def test_a_site_error_tells_every_problem() -> None:
    """Whoever catches it can print it."""
    error = SiteError([Problem("b.md", 0, 0, "stale", "two"), Problem("a.md", 0, 0, "stale", "one")])
    assert str(error) == "a.md: error[stale]: one\nb.md: error[stale]: two"


def test_warnings_are_no_errors() -> None:
    """Only errors stop a build."""
    warning = Problem("a.md", 0, 0, "stale", "x", severity=Severity.WARNING)
    assert errors([warning, TYPO]) == (TYPO,)


def test_a_near_miss_is_suggested() -> None:
    """Capitals do not count, and the suggestion is spelled as it should be."""
    assert did_you_mean("pytroch", ["PyTorch", "JAX"]) == 'did you mean "PyTorch"?'


def test_a_far_miss_lists_the_choices_while_they_are_few() -> None:
    """Up to eight, each once however it is capitalised."""
    assert did_you_mean("zzz", ["b", "a", "B"]) == "one of: a, b"
    assert did_you_mean("zzz", list("abcdefghi")) == ""
