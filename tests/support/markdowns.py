"""Texts to hold one reader of Markdown against another: all that this repository publishes, and random ones."""

from collections.abc import Iterator
from pathlib import Path

import yaml
from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]
FOLDERS = ("content", "tests/sites", "generator/tiebreak/starter")


def _split(table: str) -> list[str]:
    """At spaces and ends of lines: `str.split` would lose the exotic spaces."""
    return [piece for line in table.split("\n") for piece in line.split(" ") if piece]


# What words, signs and marks may meet in a line, whole, broken and nested.
PIECES = _split(
    """
word it's 'tis '80s "quoted" "'nested'" 'a' s 8 C++ C# R&D AT&T; a|b snake_case 2*3*4 e.g. ... .... - -- --- ----
– — é ß 日本 <5 <- => < > & &amp; &copy &#39; &nbsp; <b> </b> <!-- ` `` ``` `code` `a``b` `<b>` `x"y` \\ \\* \\" \\|
* ** *** *em* *e*m **strong** ***both*** *open shut* _ __ _em_ __strong__ *a_b* **`code`** *[a](b)* `c`'s *e*'s
[ ] ]( [a](b) [`a`](b) [a_b](c_d) [a](b*c) ["a"](b) [a](b "t") [a](<b>) [a][b] [a] [^1] [x [a](b)] ![a](b) ![a]
~~gone~~ ~gone~ ~5 ~~ ~~*a*~~ a~b~c [x] https://a.b/c_d_e). www.x.org, HTTPS://A.b?c=d&amp; me@x.org. a@b
*www.a.b* \\~ @x.y {fact:a.b} *{fact:a_b.c}* \\{fact:a.b} {fact:"a"&.b}s {fact: {fact:a*b
http://a.b <http://a.b> <http://a*b*c> <me@a.b> [TOC] | : = ~ ^ # ! ? ( ) { } 's ' " ." ," \u00a0 \u2028
"""
)
_BETWEEN = [" "] * 6 + ["", "", "  ", "\n", "\n", "  \n", " \n", "\n  ", "\n    ", "\t"]
_MARKS = ["- ", "* ", "+ ", "1. ", "1. ", "2. ", "> ", ": ", "    ", "# ", "- - ", "-  "]
_MARKS += ["  - ", "   - ", "  2. ", "1) ", "3) ", "- [ ] ", "* [x] ", "  > ", "> - ", "   1. ", "  "]
_MARKS += ["- ```\n  ", "> [!NOTE]\n> "]
_CODE = ["x = 1", "", "  indented  ", "```", "'q' <b> &amp;", "#!python", "\tx", "# h", "~~~", "---", "\\"]


def _lines(piece: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(st.tuples(piece, st.sampled_from(_BETWEEN)).map("".join), min_size=1, max_size=6).map("".join)


pieces = st.sampled_from(PIECES)
lines = _lines(pieces)
_short = st.lists(pieces, max_size=3).map(" ".join)
_cells = st.lists(st.one_of(_short, st.sampled_from(["", "a", "b", "1"])), min_size=1, max_size=3)
_rule = st.lists(st.sampled_from(["---", ":-", "-:", ":-:", " - ", ""]), min_size=1, max_size=3)
_blocks = st.one_of(
    lines,
    lines.map(lambda text: f"Word {text}"),
    st.tuples(st.sampled_from(["# ", "## ", "### ", "##", "######"]), _short, st.sampled_from(["", " #"])).map("".join),
    st.tuples(st.sampled_from(_MARKS), st.lists(_short, min_size=1, max_size=4)).map(
        lambda made: "\n".join(made[0] + item for item in made[1])
    ),
    st.lists(st.tuples(st.sampled_from(_MARKS), _short).map("".join), max_size=4).map("\n".join),
    st.tuples(_cells, _rule, st.lists(_cells, max_size=3)).map(
        lambda made: "\n".join(f"| {' | '.join(row)} |" for row in (made[0], made[1], *made[2]))
    ),
    st.tuples(
        st.sampled_from(["```", "```", "~~~", "````"]),
        st.sampled_from(["", "python", ".bash", "chart", "nolang", " python", "{.python}", 'python hl_lines="1"']),
        st.lists(st.sampled_from(_CODE), max_size=3).map("\n".join),
    ).map(lambda made: f"{made[0]}{made[1]}\n{made[2]}\n{made[0]}"),
    st.sampled_from(["---", "***", "Word\n===", "[b]: c 'd'", "[^1]: Note", "Term\n: Definition", "<div>\nx\n</div>"]),
)
_INTO = ["\n\n  ", "\n  ", "\n\n- ", "\n- ", "\\\n", "\n> [!tip]\n> "]
_joints = st.sampled_from(["\n\n"] * 6 + ["\n", "\n\n\n", "\n \n", "\n> ", "  \n", *_INTO])
_plain = st.lists(st.tuples(_blocks, _joints).map("".join), max_size=4).map("".join)
bodies = st.one_of(_plain, _plain, st.tuples(_plain, _plain).map(lambda two: f"{quoted(two[0])}\n\n{two[1]}"))


def quoted(text: str) -> str:
    return "\n".join(f"> {line}" if line else ">" for line in text.rstrip().split("\n"))


def published_bodies() -> dict[str, str]:
    """Every body in this repository, by the path of its file."""
    return {path: text.split("\n---\n", 1)[-1] for path, text in _files("*.md")}


def published_fields() -> Iterator[str]:
    """Every scalar of every file in this repository."""
    for path, text in [*_files("*.md"), *_files("*.yaml")]:
        has_front = path.endswith(".md") and text.startswith("---\n")
        front = text.removeprefix("---\n").split("\n---\n", 1)[0] if has_front else text
        for event in yaml.parse(front, yaml.CBaseLoader) if has_front or path.endswith(".yaml") else ():
            if isinstance(event, yaml.ScalarEvent):
                yield event.value


def _files(pattern: str) -> list[tuple[str, str]]:
    paths = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob(pattern))
    return [(path.relative_to(ROOT).as_posix(), path.read_text("utf-8")) for path in paths]
