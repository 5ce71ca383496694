"""A block that describes a chart has a place in the text, or is named where it cannot have one."""

from collections.abc import Callable, Sequence

import pytest
from growth import assert_bounded
from hypothesis import given
from hypothesis import strategies as st

from tiebreak.markdown import charts, convert
from tiebreak.problems import Remark

Wrapper = Callable[[Sequence[str]], list[str]]


def within(first: str, rest: str | None = None, above: Sequence[str] = (), below: Sequence[str] = ()) -> Wrapper:
    """What puts lines behind these marks: the first line behind `first`, each other that is not blank behind `rest`."""

    def wrapped(lines: Sequence[str]) -> list[str]:
        behind = first if rest is None else rest
        return [*above, first + lines[0], *(behind + line if line else line for line in lines[1:]), *below]

    return wrapped


def in_a_cell(lines: Sequence[str]) -> list[str]:
    return ["", "| A | B |", "| --- | --- |", f"| a | {'<br>'.join(lines)} |", ""]


NOTE = ["It is so[^1].", "", "[^1]: A note", ""]
CONTAINERS: dict[str, Wrapper] = {
    "an item": within("- ", "  "),
    "a numbered item": within("1. ", "   "),
    "a task": within("- [ ] ", "  "),
    "below an item": within("  ", above=["- a", ""]),
    "far below an item": within("    ", above=["1. a", ""]),
    "a quotation": within("> "),
    "a narrow quotation": within(">"),
    "a callout": within("> ", above=["> [!NOTE]"]),
    "a note": within("[^1]: ", "    ", above=["It is so[^1].", ""]),
    "below a note": within("    ", above=NOTE),
    "right below a note": within("    ", above=NOTE[:-1]),
    "a lazy note": within("[^1]: ", "", above=["It is so[^1].", ""]),
    "a definition": within(":   ", "    ", above=["Term"]),
    "below a definition": within("    ", above=["Term", ":   What it means.", ""]),
    "a cell": in_a_cell,
    "details": within("", above=["<details><summary>More</summary>"], below=["</details>"]),
    "open details": within("", above=["<details><summary>More</summary>", ""], below=["", "</details>"]),
    "a paragraph": within("", above=["Some words"], below=["and more."]),
    "a heading": within("## ", ""),
    "indented code": within("    ", above=[""]),
    "code by a tab": within("\t", above=[""]),
    "three blanks": within("   "),
}
FENCES = ("```chart", "~~~chart", "``` chart", "```{.chart}", "````chart", "```Chart", '```chart title="x"')


@given(
    names=st.lists(st.sampled_from(list(CONTAINERS)), max_size=3),
    opening=st.sampled_from(FENCES),
    is_closed=st.booleans(),
    allow_html=st.booleans(),
)
def test_a_chart_is_drawn_or_told_wherever_it_stands(
    names: list[str], opening: str, is_closed: bool, allow_html: bool
) -> None:
    """In whatever stands within whatever; told in its own line."""
    lines = [opening, "kind: bars", "title: Tea is calmer", *([opening[0] * 4] if is_closed else [])]
    for name in names:
        lines = CONTAINERS[name](lines)
    text = "\n".join(["Above.", "", *lines, "", "Below.", ""])
    (line,) = (number for number, one in enumerate(text.split("\n"), 1) if opening in one)
    blocks, strays = charts(text, allow_html=allow_html)
    told = [*(block.line for block in blocks if block.before), *(place for place, _ in strays)]
    prose = convert.blocks(text, list[Remark](), allow_html=allow_html)
    assert prose is not None
    drawn = [block.line for block in blocks if f"chart {block.line}" in prose.html]
    assert line in told or line in drawn
    assert [block.line for block in blocks] == drawn
    assert len({*told, *drawn}) == 1


@pytest.mark.parametrize(
    "text",
    [
        "````markdown\n```chart\nkind: bars\n```\n````\n",
        "> ````\n> ```chart\n> kind: bars\n> ```\n> ````\n",
        "Write `` ```chart `` and keys below it.\n",
        "A fence is ```chart``` here.\n",
        "<!--\n```chart\nkind: bars\n```\n-->\n",
        "<pre>\n```chart\nkind: bars\n```\n</pre>\n",
    ],
)
def test_what_shows_a_chart_or_speaks_of_it_is_none(text: str) -> None:
    """Longer code around it, code in a line, a comment, HTML that shows what stands in it."""
    assert charts(text, allow_html=True) == ([], [])


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", ["~~~chart ", "~~~", "> ~~~chart\n", "    ```chart\n\n", "    ```chart\n    kind: x\n\n", "```chart kind"]
)
def test_time_grows_with_the_length(piece: str) -> None:
    """Of a text of nothing but beginnings."""
    assert_bounded(lambda size: piece * size, charts, start=1_000, most=64_000)
