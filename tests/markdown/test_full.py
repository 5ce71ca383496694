"""Python-Markdown reads what is not everyday."""

import re
from xml.etree.ElementTree import Element

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown

from tiebreak import limits
from tiebreak.markdown import bounds, convert, full
from tiebreak.model.prose import Link
from tiebreak.problems import Remark, RemarkError


def test_links_are_numbered_after_those_that_there_are() -> None:
    """One text after the other becomes one page."""
    links = [Link("a.md")]
    assert full.inline("[b](b.md) [c](c.md)", links) == '<a href="\x001\0">b</a> <a href="\x002\0">c</a>'
    assert links == [Link("a.md"), Link("b.md"), Link("c.md")]


@pytest.mark.parametrize("text", ["# a", "- a", "1. a", "> a", "    a", "![a](b.png)", "a\n: b", "[a]: b", "<b>a</b>"])
def test_a_line_has_no_blocks(text: str) -> None:
    """Whatever it looks like."""
    html = full.inline(text, [])
    assert not any(f"<{tag}" in html for tag in ("h1", "ul", "ol", "blockquote", "pre", "img", "dl", "b>"))


def test_all_of_python_markdown_is_there() -> None:
    """Definitions, notes, references, code with options."""
    html, headings, links = full.blocks(
        'Term\n:   Definition[^1]\n\n[^1]: Note [a][b]\n\n[b]: c.md\n\n```{.python hl_lines="1"}\nx\n```\n\nH\n---\n',
        allow_html=False,
        remarks=[],
    )
    assert all(part in html for part in ("<dt>", 'id="fn:1"', 'class="hll"', 'id="h"'))
    assert ([one.id for one in headings], links) == (["h"], [Link("c.md")])


def test_a_fault_of_python_markdowns_is_told_at_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it raises, as `unreadable-text`; and the next text is read as if nothing had been."""
    from markdown.blockprocessors import ParagraphProcessor

    real = ParagraphProcessor.run

    def run(self: ParagraphProcessor, parent: Element, blocks: list[str]) -> None:
        if "boom" in blocks[0]:
            raise IndexError("pop from empty list")
        real(self, parent, blocks)

    monkeypatch.setattr(ParagraphProcessor, "run", run)
    remarks: list[Remark] = []
    assert convert.blocks("A &amp; b\n\nC\n\nboom &amp; d\n\nE", remarks) is None
    assert [(one.code, one.line) for one in remarks] == [("unreadable-text", 5)]
    assert convert.blocks("A &amp; b", [])
    with pytest.raises(RemarkError):
        full.inline("boom &amp;", [])


@pytest.mark.parametrize(
    ("text", "target", "shown"),
    [
        (
            "See [a](https://x.example/Schindler's_List_(film)) and `c`.",
            "https://x.example/Schindler's_List_(film)",
            "and",
        ),
        ("[a](https://x.example/(b(c)d)) e", "https://x.example/(b(c)d)", "e"),
        ('[a](b.md "t (u) v") e', "b.md", 'title="t (u) v"'),
        ("[a](b.md 't \"u\" v') e", "b.md", "title"),
        ("[a](<b c.md> 't') e", "b c.md", 'title="t"'),
        ("[a]( b.md ) e", "b.md", "e"),
    ],
)
def test_a_link_ends_where_its_brackets_do(text: str, target: str, shown: str) -> None:
    """A quote within an address is a part of it, and what follows the link is still there."""
    for before in ("", "&amp; "):
        prose = convert.blocks(f"{before}{text}", [])
        assert prose
        assert [link.target for link in prose.links] == [target]
        assert shown in prose.html


def test_a_note_may_have_any_label() -> None:
    """White space in it is none in the ids."""
    prose = convert.blocks("Text[^my note].\n\n[^my note]: A note.", [])
    assert prose
    assert 'id="fn:my%20note"' in prose.html
    assert 'href="#fn:my%20note"' in prose.html


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a|" * 300 + "\n" + "-|" * 300 + "\n" + "|\n" * 300, "too-long"),
        ("a|b\n-|-\n" + "`|" * 400, "too-long"),
        ("<div></i>" * 500, "too-deep"),
        ("<p>" + "".join(f'<b title="{"a" * 1000}">' for _ in range(150)) + "<p>x" * 1000, "too-deep"),
    ],
)
def test_what_would_grow_is_refused(text: str, code: str) -> None:
    """A kilobyte that would become a megabyte, or take the square of its length."""
    found: list[Remark] = []
    assert convert.blocks(text, found, allow_html=True) is None
    assert [remark.code for remark in found if remark.code != "removed-html"] == [code]


@pytest.mark.parametrize(
    "text",
    [
        '<input type="checkbox"> x\n\n',
        "<source src=x>\n\n",
        "<!-- <b> -->\n\n",
        "<option>x\n\n",
        "<b>x</b>\n\n",
        "<p>x\n\n",
    ],
)
def test_what_is_not_nested_is_not_too_deep(text: str) -> None:
    """Elements without an end, and comments."""
    assert convert.blocks(text * 300, [], allow_html=True)


@pytest.mark.parametrize(
    "text", ["<div><![x]></div>", "<div>\n<![x\n\n* x", "<p>\n<![a[ ", "<div><!x></div>", "<div><?x></div>"]
)
def test_sections_of_other_languages_are_no_fault(text: str) -> None:
    """The standard library's parser of HTML gives up at them."""
    assert convert.blocks(text, [], allow_html=True)


@pytest.mark.parametrize(
    "text",
    [
        "Name | V\n--- | ---\n" + "[a]: | 1\n" * 150,
        "- item [a]\n[a]: u.md\n[b]: u.md\n- two",
        "[12:01]: hi\n[12:02]: ho",
    ],
)
def test_what_begins_like_a_definition_stays_where_it_is(text: str) -> None:
    """In tables and lists, and where there are few of them."""
    lines = text.split("\n")
    reader = Markdown(extensions=["tables"])
    assert bounds.Lines(reader).run(lines) == lines


def test_many_definitions_are_read_one_at_a_time() -> None:
    """More of them than the lines that may stand without a blank one."""
    definitions = "".join(f"[a{number}]: b.md\n" for number in range(3000))
    assert convert.blocks(f"&amp; [x][a2999]\n\n{definitions}", []) is not None


def test_many_lines_are_no_table_because_code_looks_like_one() -> None:
    """Nor does white space that Markdown does not take for a blank line part them; nor may they be too long."""
    for text in ("    a|b\n    -|-\n" + "c\n" * 1200, "b\n 'c'\n\u00a0\n" * 400, f"[a]: {'b' * 1900}\n 'c'\n" * 60):
        found: list[Remark] = []
        assert convert.blocks(text, found) is None
        assert [remark.code for remark in found] == ["too-long"]


def refusal(text: str) -> Remark | None:
    found: list[Remark] = []
    prose = convert.blocks(text, found)
    assert (prose is None) == bool(found)
    assert {remark.code for remark in found} <= {"too-long"}
    return found[0] if found else None


def table(columns: int, rows: int, row: str) -> str:
    return "a|" * columns + "\n" + ":-:|" * columns + "\n" + f"{row}\n" * rows + "\n"


@pytest.mark.slow
def test_the_tables_of_a_text_have_so_many_cells() -> None:
    """All of them together, whichever way they are read: plain, or with an escape in them."""
    for row in ("|a|a|a|a|a|", "|a|a|a|\\a|a|"):
        one = "|a|a|a|a|a|\n|-|-|-|-|-|\n" + f"{row}\n" * 99 + "\n"
        assert refusal(one * 39) is None
        remark = refusal("x\n\n" + one * 41)
        assert remark is not None
        assert remark.needle == "|a|a|a|a|a|"


@pytest.mark.slow
def test_the_cells_of_a_table_are_written() -> None:
    """A row may lack some; a few kilobytes of `|a` are no megabytes of empty cells."""
    assert refusal(table(100, 5, "|a")) is None
    assert refusal(table(8, 150, "|a")) is None
    assert refusal(table(100, 100, "|a" * 90)) is None
    for text in (table(100, 150, "|a"), table(20, 800, "|a"), f"> {table(100, 150, '|a')}".replace("\n|", "\n> |")):
        remark = refusal(text)
        assert remark is not None
        assert remark.message == "most cells of a table are missing"


USES = ["[a]", "[x][a]", "![a]", "![x][a]"]


@pytest.mark.slow
@pytest.mark.parametrize("use", USES)
def test_what_is_defined_once_is_used_so_often(use: str) -> None:
    """Each use writes the address and the title anew."""
    address, title = "https://e.org/" + "x" * 986, "y" * 500
    for definition, few in ((f"[a]: {address}", 150), (f'[a]: u.md "{title}"', 300)):
        assert refusal(f"{definition}\n\n" + f"{use}\n\n" * few) is None
        remark = refusal(f"{definition}\n\n" + f"{use}\n\n" * few * 3)
        assert remark is not None
        assert remark.needle in definition
        assert remark.needle
    assert refusal("".join(f"[a{one}]: {address}\n\n[a{one}]\n\n" for one in range(500))) is None


@pytest.mark.parametrize("use", USES)
def test_a_title_of_a_definition_is_short(use: str) -> None:
    """As any that stands in one line; it is told where it is."""
    for length in (500, 501):
        remark = refusal(f'[a]: u.md "{"y" * length}"\n\n{use}')
        assert (remark is None) == (length == 500)
    assert remark is not None
    assert remark.needle == "y" * 80


@pytest.mark.slow
def test_a_text_has_so_many_headings() -> None:
    """Also those without a blank line between them, and lines across."""
    for line in ("#a", "a\n=", "a\n-", "***", "- - -"):
        count = 990 // (line.count("\n") + 1)
        block = f"{line}\n" * count + "^\n\n"
        assert refusal(block * (limits.BLOCKS // (count + 1) - 1)) is None
        assert refusal(block * (limits.BLOCKS // count + 2)) is not None


@pytest.mark.slow
def test_a_text_has_so_many_blocks() -> None:
    """Python-Markdown moves all that follow for each of them."""
    for text in ("a\n\n", "^a\n\n", "[a]: b\n\n"):
        assert convert.blocks(text * limits.BLOCKS, []) is not None
        found: list[Remark] = []
        assert convert.blocks(text * (limits.BLOCKS + 1), found) is None
        assert [remark.code for remark in found] == ["too-long"]


@pytest.mark.slow
@example(" [a](b)[a](b)a*_ *****.*[a](b)**b** __")
@example("*a_b**a_b*`code` ")
@example("x*_a__**b**c")
@settings(max_examples=300)
@given(
    st.lists(
        st.sampled_from(("*", "**", "***", "****", "_", "__", "___", "a", "b", " ", "c.", "`d`", "[a](b)")), min_size=3
    ).map("".join)
)
def test_no_letter_is_lost_between_signs_of_emphasis(text: str) -> None:
    """However they cross each other."""
    made = re.sub("<[^>]*>", "", full.inline(f"x{text}", []))
    assert re.sub(r"[*_` ]", "", made) == re.sub(r"[*_` ]", "", f"x{text.replace('[a](b)', 'a')}")


def test_notes_whose_labels_are_nearly_alike_are_two() -> None:
    """A blank in a label is not a hyphen in another."""
    prose, _, _ = full.blocks("x[^a b] y[^a-b]\n\n[^a b]: one\n\n[^a-b]: two", allow_html=False, remarks=[])
    assert len(set(re.findall(' id="([^"]*)"', prose))) == 4
    assert set(re.findall(' href="#([^"]*)"', prose)) == set(re.findall(' id="([^"]*)"', prose))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("```\n```\n" * 10 + "\n[TOC]", 22),
        ("```\n[TOC]\n```\n\n    [TOC]\n\n[TOC]", 7),
        ("```\n[TOC]\n```", 0),
        ("a\n\n    [TOC]", 0),
    ],
)
def test_a_marker_for_contents_is_told_at_its_line(text: str, line: int) -> None:
    """Code that stands above does not move it, and code that has one in it is code."""
    remarks: list[Remark] = []
    full.blocks(text, allow_html=False, remarks=remarks)
    assert [remark.line for remark in remarks] == ([line] if line else [])


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<details>\n<summary>A</summary>\n\n- b\n\n</details>", "<ul>\n<li>b</li>\n</ul>"),
        ('<div class="x-a">\n\n## A\n</div>', '<h2 id="a">'),
        ("- <div>\n\n  *a*\n  </div>\n- b", "<p><em>a</em>"),
        ("> <div>\n*a*", "<p><em>a</em></p>"),
        ("<div>\n*a*\n</div>", "<div>\n*a*\n</div>"),
        ("<pre>\n\n*a*</pre>", "*a*</pre>"),
        ("<!-- a\n\n*b* -->\n*c*", "<p><em>c</em></p>"),
        ("a\n<b>\n*b*</b>", "<p>a\n<b>\n<em>b</em></b></p>"),
        ("<N:M> and <www.a.b>", "&lt;N:M&gt; and &lt;www.a.b&gt;"),
        ('<a\nhref="b.md" title="c > d">e</a>', 'title="c &gt; d">e</a>'),
    ],
)
def test_markdown_in_raw_html_is_read_where_a_blank_line_parts_them(text: str, html: str) -> None:
    prose = convert.blocks(text, [], allow_html=True)
    assert prose
    assert html in prose.html
