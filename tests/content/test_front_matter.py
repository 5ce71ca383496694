"""An author's file: every scalar as written, and every value with its place."""

import string

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from tiebreak.content.document import Data, Document
from tiebreak.content.front_matter import _parse_events, _parse_nodes, read
from tiebreak.problems import Problem, SiteError

MARKDOWN = "---\ntitle: A\nrows:\n  - {x: 1, y: 22}\n  - name: Bé\n---\nBody [one](a.md), a.md.\n\nThen [two](a.md).\n"
# What PyYAML, or an older or newer YAML, would take for something else than text.
SCALARS = (
    "1.10 1e3 010 0o14 0x1F 1_000 12:30 12:30:45 190:20:30 No no NO yes on Off y true False null Null ~ .inf .NaN "
    "-.5 +12 2026-11-23 2026-11-23T10:00:00Z = << - -- --- ? 1.0.0 v2 50% C++ C# F# .NET 日本語 ñ"
)
AS_WRITTEN = SCALARS.split()


def parsed(text: str | bytes, file: str = "content/x.yaml") -> Document:
    """The document of a sound file."""
    document, problems = read(file, text.encode() if isinstance(text, str) else text)
    assert problems == []
    return document


def refused(text: str | bytes, file: str = "content/x.yaml") -> Problem:
    """The one thing that is wrong with a file, whether or not data can be had of it."""
    try:
        _, problems = read(file, text.encode() if isinstance(text, str) else text)
    except SiteError as error:
        problems = list(error.problems)
    (problem,) = problems
    return problem


@pytest.mark.parametrize("scalar", [text for text in AS_WRITTEN if text not in ("-", "---", "?")])
def test_a_scalar_is_read_as_written(scalar: str) -> None:
    """`1.10` is a version, `No` a word, `12:30` a time of day: nothing is resolved, in block style or in flow."""
    for text, data in {f"key: {scalar}\n": scalar, f"key: [{scalar}]\n": [scalar]}.items():
        document, problems = read("content/x.yaml", text.encode())
        assert document.data == {"key": data}
        assert [problem.code for problem in problems] == ["null-text"] * (scalar in ("~", "null", "Null"))
    assert parsed(f"{scalar}: value\n").data == {scalar: "value"}


@pytest.mark.parametrize("quote", ["'", '"'])
@pytest.mark.parametrize("scalar", AS_WRITTEN)
def test_quotes_change_nothing(scalar: str, quote: str) -> None:
    """What is quoted for safety's sake reads the same."""
    assert parsed(f"key: {quote}{scalar}{quote}\n").data == {"key": scalar}


@pytest.mark.slow
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufffe\uffff")))
def test_whatever_text_yaml_can_hold_comes_back(text: str) -> None:
    """Any text, written by a YAML library, is read as that text; what nobody sees is only warned about."""
    document, problems = read("x.yaml", yaml.safe_dump({"key": [text]}, allow_unicode=True).encode())
    assert {problem.code for problem in problems} <= {"invisible-character", "no-break-space"}
    assert document.data == {"key": [text]}


@given(st.text(string.ascii_letters + string.digits + "._+/%$;^()<=~-日é", min_size=1))
def test_whatever_may_stand_without_quotes_comes_back(text: str) -> None:
    """Plain scalars, too, whatever they look like."""
    if not text.startswith(("-", "%", "=")) and text not in ("~", "null", "Null", "NULL"):
        assert parsed(f"key: {text}\n").data == {"key": text}


def test_a_key_without_a_value_has_none() -> None:
    """Nothing is not the empty text."""
    assert parsed("a:\nb: ''\nc: {d: }\n").data == {"a": None, "b": "", "c": {"d": None}}


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n"])
def test_an_empty_file_has_no_keys(text: str) -> None:
    """So that it is told which ones are missing."""
    assert parsed(text).data == {}


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_and_byte_order_mark_do_not_matter(ends: str) -> None:
    """A file saved on Windows, with a byte order mark, reads as the same file and has the same places."""
    plain, other = parsed(MARKDOWN, "x.md"), parsed(b"\xef\xbb\xbf" + MARKDOWN.replace("\n", ends).encode(), "x.md")
    assert other == plain
    assert other.data == plain.data
    assert other.problem("stale", "x", ("rows", 1)) == plain.problem("stale", "x", ("rows", 1))


def test_front_matter_and_body_are_cut_at_the_dashes() -> None:
    """The first line of three dashes after the first ends the front matter; later ones are rules in the body."""
    document = parsed("---\na: b\n---\nText\n\n---\n\nMore\n", "x.md")
    assert document.data == {"a": "b"}
    assert document.body == "Text\n\n---\n\nMore\n"


def test_dashes_inside_a_line_do_not_end_the_front_matter() -> None:
    """Only a whole line does."""
    assert parsed("---\na: x --- y\nb: |\n  ---\nc: d\n---\n", "x.md").data == {"a": "x --- y", "b": "---\n", "c": "d"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Text\n", "the file has no front matter"),
        ("\n---\na: b\n---\n", "something stands before the three dashes"),
        (" ---\na: b\n---\n", "something stands before the three dashes"),
        ("----\na: b\n----\n", "the first line is not three dashes"),
        ("---toml\na = 1\n---\n", '"toml" stands behind the three dashes, and only YAML is read'),
        ("--- json\n{}\n---\n", '"json" stands behind the three dashes, and only YAML is read'),
        ("", "the file has no front matter"),
        ("---\na: b\n", "the front matter is never closed"),
        ("--- a: b ---\n", "the first line is not three dashes"),
    ],
)
def test_a_markdown_file_without_front_matter_is_refused(text: str, message: str) -> None:
    """It would be published without a title."""
    problem = refused(text, "x.md")
    assert (problem.code, problem.message) == ("no-front-matter", message)


def test_a_key_written_twice_is_refused_at_the_second() -> None:
    """The first value stands, so that everything else can still be checked."""
    document, problems = read("x.yaml", b"a: 1\nb: {c: 2, c: 3}\na: 4\n")
    assert document.data == {"a": "1", "b": {"c": "2"}}
    assert [(one.code, one.message, one.line, one.column) for one in problems] == [
        ("duplicate-key", '"c" is written twice', 2, 11),
        ("duplicate-key", '"a" is written twice', 3, 1),
    ]


def test_keys_that_only_look_alike_are_two() -> None:
    """`1.0` and `1.00`, `No` and `no` are different keys, because nothing is resolved."""
    assert parsed("{'1.0': a, '1.00': b, No: c, no: d}").data == {"1.0": "a", "1.00": "b", "No": "c", "no": "d"}


@pytest.mark.parametrize(
    ("text", "what", "mark"),
    [
        ("a: &x b\n", "anchor", "&"),
        ("a: &x [b]\nc: *x\n", "anchor", "&"),
        ("&x a: b\n", "anchor", "&"),
        ("a: !!int 1\n", "tag", "!"),
        ("a: !python/object:os.system b\n", "tag", "!"),
        ("a: ! b\n", "tag", "!"),
    ],
)
def test_anchors_and_tags_are_refused(text: str, what: str, mark: str) -> None:
    """A text that begins with `&` or `!` would lose its beginning without a word."""
    problem = refused(text)
    assert (problem.code, problem.message) == ("yaml-feature", f"a YAML {what} is not read here")
    assert problem.help == f'put a text that begins with "{mark}" in quotes; else write the value out'


def test_a_few_lines_do_not_unfold_into_gigabytes() -> None:
    """Aliases of collections are not followed."""
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 30)]
    document, problems = read("x.yaml", "\n".join(lines).encode())
    assert {problem.code for problem in problems} == {"yaml-feature"}
    assert len(str(document.data)) < 2_000


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}"), ("- ", "")])
def test_yaml_nested_without_end_is_refused(opening: str, closing: str) -> None:
    """With a problem, not with an exhausted stack."""
    problem = refused("a:\n  " + opening * 3000 + closing * 3000)
    assert problem.code == "yaml-syntax"


@pytest.mark.parametrize("character", ["\0", "\x02", "\x1a", "\x1b", "\x7f", "\x85", "\x9f", "\u2028", "\ufffe"])
def test_control_characters_are_refused(character: str) -> None:
    """In the text they could forge our own marks or the terminal's, or begin a line that no editor shows."""
    problem = refused(f"---\na: b\n---\nSome\nte{character}xt\n", "x.md")
    assert (problem.code, problem.line, problem.column) == ("control-character", 5, 3)
    assert problem.message == f"a control character (U+{ord(character):04X}) cannot stand in text"


@pytest.mark.parametrize("text", ['a: "b\\x1ac"\n', '"b\\x1ac": a\n', 'a: ["b\\e[2J"]\n'])
def test_control_characters_are_refused_in_disguise(text: str) -> None:
    """An escape in double quotes is the same character."""
    assert refused(text).code == "control-character"


def test_tabs_and_line_ends_are_no_control_characters() -> None:
    """They are how text is laid out."""
    assert parsed('a: "b\\tc\\n"\n').data == {"a": "b\tc\n"}


def test_a_file_that_is_not_utf_8_is_told_by_line() -> None:
    """An editor that saves in an older encoding is the usual reason."""
    problem = refused("a: b\nc: caf\xe9\n".encode("latin-1"))
    assert problem.as_text() == (
        "content/x.yaml:2:1: error[not-utf-8]: this line is not UTF-8\n      = save the file as UTF-8"
    )


@given(st.binary(), st.sampled_from(["x.md", "x.yaml"]))
def test_arbitrary_bytes_are_read_or_refused(data: bytes, file: str) -> None:
    """Nothing but SiteError is ever raised for what a file holds."""
    try_to_read(file, data)


@pytest.mark.slow
@given(st.text("-:{}[]&*!|>'\"%@`#,?=~<. \t\n\\ab1é\u2028\x1a\ufeff"), st.booleans())
def test_arbitrary_front_matter_is_read_or_refused(text: str, is_markdown: bool) -> None:
    """Punctuation that means something to YAML reaches deeper than chance bytes."""
    try_to_read("x.md" if is_markdown else "x.yaml", f"---\n{text}\n---\nBody".encode())


def try_to_read(file: str, data: bytes) -> None:
    try:
        document, problems = read(file, data)
    except SiteError as error:
        problems = list(error.problems)
        assert problems
    else:
        assert isinstance(document.data, dict)
    for problem in problems:
        assert problem.as_text()
        assert 1 <= problem.line <= data.count(b"\n") + data.count(b"\r") + 1
        assert problem.column >= 1


@pytest.mark.parametrize(
    ("at", "key", "line", "column", "width"),
    [
        (("title",), False, 2, 8, 1),
        (("title",), True, 2, 1, 5),
        (("rows", 0, "y"), False, 4, 15, 2),
        (("rows", 0, "y"), True, 4, 12, 1),
        (("rows", 1, "name"), False, 5, 11, 2),
        (("rows", 1), False, 5, 5, 1),
        (("rows",), True, 3, 1, 4),
        ((), False, 2, 1, 1),
        (("rows", 0, "(mapping)", "y"), False, 4, 15, 2),
        (("rows", 0, "missing"), False, 4, 5, 1),
    ],
)
def test_every_value_has_a_place(at: tuple[str | int, ...], key: bool, line: int, column: int, width: int) -> None:
    """Keys and values are found by path; steps that the author did not write are passed over."""
    problem = parsed(MARKDOWN, "x.md").problem("stale", "x", at, key=key)
    assert (problem.line, problem.column, problem.width) == (line, column, width)
    assert problem.excerpt == MARKDOWN.split("\n")[line - 1]


def test_a_link_in_the_body_is_found_as_a_link() -> None:
    """The words of a path in the running text are not the link, and the second link is not the first."""
    document = parsed(MARKDOWN, "x.md")
    places = [(one.line, one.column) for n in range(2) if (one := document.body_problem("stale", "x", "a.md", nth=n))]
    assert places == [(7, 12), (9, 12)]


def test_a_link_is_not_found_inside_a_longer_one() -> None:
    """`a.md` is another target than `a.md#x` and `b/a.md`."""
    document = parsed("---\na: b\n---\n[one](a.md#x) [two](b/a.md) [three](<a.md>) a.md\n", "x.md")
    assert document.body_problem("stale", "x", "a.md").column == 38


def test_words_of_the_body_are_found_where_no_link_is() -> None:
    """Failing that, the body's first line is near enough."""
    document = parsed(MARKDOWN, "x.md")
    assert document.body_problem("stale", "x", "Then").line == 9
    assert document.body_problem("stale", "x", "nowhere").line == 7


def test_brackets_without_end_are_refused_before_they_are_parsed() -> None:
    """libyaml recurses into them, and would take the process with it."""
    with pytest.raises(SiteError) as caught:
        read("content/factors.yaml", b"a: " + b"[" * 300_000)
    assert caught.value.problems[0].message == "the YAML is nested too deeply to be read"


# What means something to YAML, and a few words for it to mean something of.
SIGNS = r"""[ ] { } , : - ? | > ' " \ & * ! !! # % @ ` ~ = << --- ... |- >+ 'x' "y" "\x1b" '' "" it's é 😀 a b a: b:"""
LAYOUT = [
    " ",
    "  ",
    "\t",
    "\n",
    "\n  ",
    "\n    ",
    "\n- ",
    "\n---\n",
    "\n...\n",
    ": ",
    ", ",
    "# c\n",
    "%TAG ! x\n",
    "\ufeff",
]
SCALARS_IN_STYLES = [
    "",
    "x",
    "x y",
    "1.10",
    "No",
    "''",
    '""',
    "'it''s'",
    r'"x\ty"',
    "x:y",
    "x#y",
    "x\n   y",
    "|-\n   x\n\n   y",
]
NESTED = st.recursive(
    st.sampled_from(["x", "", "1.10", "a: b", "- a", "&a", "é\nx"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)


@st.composite
def mappings(draw: st.DrawFn) -> str:
    """A mapping as an author would write it, and at times with a key twice, an anchor, an alias or a tag."""
    lines = []
    for key in draw(st.lists(st.sampled_from(["a", "b", "c d", "'e'", '"f"']), max_size=4)):
        mark = draw(st.sampled_from([" "] * 12 + [" &x ", " *x", " !t "]))
        value = draw(st.sampled_from(SCALARS_IN_STYLES) | NESTED.map(in_flow))
        lines.append(f"{key}:{mark}{value}{draw(st.sampled_from(['', '  ', ' # why']))}")
    return draw(st.sampled_from(["\n", "\n\n", "\n# so\n"])).join(lines) + "\n"


def in_flow(data: object) -> str:
    return yaml.safe_dump(data, default_flow_style=True, width=10_000).removesuffix("...\n").rstrip("\n")


def carefully(text: str) -> tuple[Data, list[Problem]]:
    problems: list[Problem] = []
    return _parse_nodes(Document("x.yaml", text, 0, len(text), len(text)), problems), problems


@pytest.mark.slow
@given(mappings() | st.lists(st.sampled_from(SIGNS.split() + LAYOUT), max_size=14).map("".join))
@example("&x a: b\n")
@example("a: b\n--- c\n")
@example("? [a]\n: b\n")
@example("? \n: b\n")
@example('"\\x1b": b\n')
def test_what_is_read_quickly_is_what_would_be_read_carefully(text: str) -> None:
    """Where one pass without positions finds nothing remarkable, the pass with them has nothing to tell."""
    quick = _parse_events(text)
    assert quick is None or (quick, []) == carefully(text)


@pytest.mark.slow
@given(st.dictionaries(st.sampled_from("abc"), NESTED, min_size=1), st.sampled_from([True, False, None]))
def test_what_is_sound_is_read_quickly(data: dict[str, Data], flow: bool | None) -> None:
    """Whatever its style: nothing but what authors should not write takes the long way."""
    assert _parse_events(yaml.safe_dump(data, default_flow_style=flow)) == data


def test_what_nests_deeply_is_read_carefully() -> None:
    """There, the end of the stack is a problem of the file."""
    assert _parse_events("a:\n  " + "- " * 100 + "b") is not None
    assert _parse_events("a:\n  " + "- " * 1000 + "b") is None
