"""What `check` tells of a text: where GitHub reads it otherwise, and what stands in it to no effect."""

import re
from html import unescape

import hostile
import markdowns
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiebreak import limits
from tiebreak.markdown import convert, gfm, review
from tiebreak.markdown.outline import outline
from tiebreak.problems import Remark, gathered


def told(text: str, *, allow_html: bool = False) -> list[Remark]:
    """What is told of a text, but for what its conversion tells."""
    prose = convert.blocks(text, [], allow_html=allow_html)
    assert prose
    return review.review(text, prose, allow_html=allow_html)


def codes(text: str, *, allow_html: bool = False) -> list[tuple[str, int]]:
    return [(remark.code, remark.line) for remark in told(text, allow_html=allow_html)]


LEFT = {
    "See [this][missing].": "undefined-reference",
    "A note[^1].": "undefined-reference",
    "A[^1].\n\n[^1]: One.\n[^1]: Two.": "defined-twice",
    "[a] b\n\n[a]: /one\n[a]: /two": "defined-twice",
    "A.\n\n[^1]: One.": "unused-note",
    "Text {{< ref >}}": "left-over",
    "Text {{% ref %}}": "left-over",
    "{% include a %}": "left-over",
    "import Tabs from '@theme/Tabs'": "left-over",
    "<Tabs>": "left-over",
    "Done :tada: now": "left-over",
    "| a | b |\n| - | - |\n| 1 | :+1: |": "left-over",
    "So $x^2$ it is": "left-over",
    "$$\na = b\n$$": "left-over",
    "See [a b](raw data.csv).": "no-link",
    '![a](my pic.png#x "A title")': "no-link",
    '!!! note "Title"': "left-over",
    "??? note": "left-over",
    "> !!! danger": "left-over",
    '=== "Tab"': "left-over",
    ":::tip Title": "left-over",
    "::: {.callout-note}": "left-over",
    "Made with :heart: and :+1: by us.": "left-over",
    "Press <kbd>x</kbd>.": "raw-html",
    "<!-- a comment -->": "raw-html",
    "| a | b |\n| - | - |\n| 1 | 2 | 3 |": "wide-row",
    "- Right under\n  a text\n  | a | b |\n  | - | - |\n  | 1 | 2 | 3 |": "wide-row",
    "| a | b |\n| - | - |\n| 1 | `2|3` |": "wide-row",
    "- | a | b |\n  | - | - |\n  | 1 | 2 | 3 |": "wide-row",
    "---\ntitle: Twice\n---\n": "second-front-matter",
}


@pytest.mark.parametrize("text", LEFT)
def test_what_has_no_effect_is_told_once_with_its_line(text: str) -> None:
    """Once, however the two readings of that place differ as well."""
    found = told(f"First.\n\n{text}" if LEFT[text] != "second-front-matter" else text)
    assert [remark.code for remark in found] == [LEFT[text]]
    assert found[0].line > (0 if LEFT[text] == "second-front-matter" else 2)


@pytest.mark.slow
@given(st.lists(st.sampled_from(sorted(LEFT)), min_size=1, max_size=5), st.sampled_from(["```", "~~~~", "````"]))
def test_nothing_in_code_is_told(texts: list[str], fence: str) -> None:
    """Neither in a block of code nor in a span."""
    block = "\n\n".join(texts)
    spans = " and ".join(f"`` {line} ``" for text in texts for line in text.split("\n") if line.strip())
    cells = "|" in spans or "\n" in spans
    assert codes(f"Code:\n\n{fence}\n{block}\n{fence}\n") == []
    assert cells or not {code for code, _ in codes(f"Code: {spans}.")} - {"read-otherwise"}


@pytest.mark.parametrize(
    "text",
    ["At 10:30:45.", "a:b:c", "std::string::npos", "`:memory:`", "| a |\n|:-:|", "C:\\x:", "What!!! note", "?? a"],
)
def test_what_is_no_name_of_an_emoji_and_no_block_of_another_tool(text: str) -> None:
    """Colons, exclamation and question marks of other kinds."""
    assert "left-over" not in [code for code, _ in codes(text)]


def test_beside_the_name_of_an_emoji_the_rest_of_its_line_is_still_read() -> None:
    """A name hides no difference in the same line."""
    assert codes("A :heart: and ![*b*](x).") == [("left-over", 1), ("read-otherwise", 1)]


def test_a_difference_says_both_readings_and_its_line() -> None:
    """The first one in a paragraph, and no other in the same."""
    found = told("First.\n\nA List<b> of List<i>\nand List<u>.\n", allow_html=False)
    assert [(one.code, one.line) for one in found] == [("raw-html", 3), ("raw-html", 4)]
    found = told("First.\n\n![*a*](x), ![*b*](x)\n\nLast ![*c*](x).\n")
    assert [(one.code, one.line) for one in found] == [("read-otherwise", 3), ("read-otherwise", 5)]
    assert found[0].message == "GitHub reads an image (x a) here, this site an image (x *a*)"
    assert found[0].help == "write the text of an image without signs of Markdown, and its address without spaces"


@pytest.mark.parametrize(
    "text",
    [
        "A \"quote\" -- and 'more'... it's fine.",
        "Term\n:   What it means.\n\nOther\n:   That.",
        "A note[^a].\n\n[^a]: With *words*.",
        "# One\n\n## Two\n\n- a\n- b\n\n1. c\n2. d\n\n> q\n\n---\n\n| a | b |\n| :-- | --: |\n| `c` | **d** |",
        "See [a](b.md), [c](https://example.org/x?y=1&z=2) and ![d](e.png).",
        "a[0][1] and List<String> in `code<T>`",
        "It costs $5, $6 or US$7; $8/$9, 10$ and \\$x$, \\:x:",
        "At 12:30:45, a:b:c, std::x::y, http://a:b:/ and |:-:|",
        "See [a](<b c.md>), [d](e%20f.md), [g](h.md 'i j.md'), [k](l m) and [n](o.p or q).",
        "5'10\" and 'a' \"b\" «c» ‘d’",
        '![a\n"b" --c](d.png)',
        "A[^1] and[^2].\n\n[^1]: - a\n    - b\n\n[^2]: > c",
        "A\n\n\xa0\n\nB",
        "A text\nof two lines\n| a | b |\n| - | - |\n| 1 | 2 |",
    ],
)
def test_what_reads_the_same_is_not_told(text: str) -> None:
    """Typography, ids, wrappers, and what only this site has."""
    assert [one for one in codes(text) if "List" not in text] == []


def test_a_text_that_differs_everywhere_is_told_up_to_a_limit() -> None:
    assert len(told("\n\n".join(f"![*{n}*](x)" for n in range(limits.DIFFERENCES + 50)))) == limits.DIFFERENCES


@given(st.one_of(st.text("ab`*_[]()<>|:-#>!^~{}%\n\t \\1.", max_size=200), hostile.bodies), st.booleans())
def test_any_text_can_be_looked_at(text: str, allow_html: bool) -> None:
    """Without an exception, and every remark lies on a line of the text."""
    prose = convert.blocks(text, [], allow_html=allow_html)
    if prose:
        found = review.review(text, prose, allow_html=allow_html)
        assert all(1 <= one.line <= text.count("\n") + 1 for one in found)


def test_what_has_no_end_is_looked_at_too() -> None:
    """A quotation that a comment swallows and begins as a callout does, and code in what is not seen."""
    for text in ("<blockquote>[!NOTE]", "> [!NOTE]\n> <!-- a", "<figcaption><pre>a"):
        assert {code for code, _ in codes(text, allow_html=True)} <= {"read-otherwise"}


@pytest.mark.parametrize("text", ['[^1]: - a\n <div "\n', '[^1]: | a |\n|--|\n<div a="'])
def test_a_tag_without_an_end_that_only_github_sees_is_told(text: str) -> None:
    """As what it is: a difference."""
    (remark,) = (one for one in told(text, allow_html=True) if one.code == "read-otherwise")
    assert "this tag never ends" in remark.message


@pytest.mark.parametrize("position", ["x", "\u00b2:1", "-5:1", "9" * 5_000, f"{'9' * 5_000}:1-1:1"])
def test_positions_that_an_author_writes_are_none(position: str) -> None:
    """Only GitHub's parser knows where something stands."""
    text = f'<p data-sourcepos="{position}">a</p>\n\n<p><b>b</p>\n'
    assert all(0 < line <= 4 for _, line in codes(text, allow_html=True))


def test_the_words_of_a_link_share_its_address() -> None:
    """A few megabytes would become gigabytes, if each had its own."""
    (block,) = outline(f'<p><a href="/{"x" * 5_000}">{"<em>a</em>b" * 100}</a></p>')
    shared = {id(style) for token in block.tokens for style in token.styles if style.startswith("link")}
    assert len(block.tokens) > 200
    assert len(shared) == 1


@given(markdowns.bodies, st.sampled_from(["en", "de", "fr", "es", "ru", "pl", "sv", "hu", "ja", "de-CH"]))
def test_the_signs_of_a_language_are_no_difference(text: str, language: str) -> None:
    """The same is told of a text in every language."""
    found = [convert.blocks(text, [], language=one) for one in ("en", language)]
    told = [review.review(text, prose, allow_html=False) for prose in found if prose]
    assert [[(one.code, one.line) for one in each] for each in told[:1]] == [
        [(one.code, one.line) for one in each] for each in told[1:]
    ]


@pytest.mark.parametrize("above", ["-", "- a", "> a", "1. a\n\n   b", "# a", "---", "| a |\n|---|", "```\na\n```", ""])
def test_a_definition_has_a_term(above: str) -> None:
    """Where nothing stands that it could define, the line is text."""
    for between in ("\n", "\n\n"):
        text = f"{above}{between}: b"
        prose = convert.blocks(text, [])
        assert prose
        assert ("<dd>" in prose.html) == ("<dt>" in prose.html)
        assert {one.code for one in review.review(text, prose, allow_html=False)} <= {"read-otherwise"}
    assert told("<dl>\n<dd>a</dd>\n</dl>", allow_html=True) == []


@given(st.text("ab *", min_size=1, max_size=20))
def test_code_between_ticks_keeps_its_blanks(text: str) -> None:
    """As on GitHub: but for one at both ends."""
    assert codes(f"x `{text}` y `` {text}` `` z `{text}`") == []


@given(
    st.lists(st.text("a\t `", max_size=6).map("{}x".format), max_size=4),
    st.sampled_from([("", "```"), ("", "  ~~~"), ("> ", "```make"), ("- ", "~~~"), ("1.\t", "```"), ("-\t> ", "```")]),
)
def test_fenced_code_keeps_its_tabs(lines: list[str], around: tuple[str, str]) -> None:
    """In whatever it stands: a Makefile does not work without them."""
    marks, fence = around
    below = marks.replace("-", " ").replace("1.", "")
    text = "\n".join([marks + fence, *(f"{below}{line}" for line in lines), below + fence.strip("make")])
    prose = convert.blocks(text, [])
    assert prose
    ours, theirs = (re.findall("(?s)<pre.*?</pre>", markup) for markup in (prose.html, gfm.markup(text)))
    read = [[unescape(re.sub("<[^>]*>", "", one)).strip("\n") for one in found] for found in (ours, theirs)]
    assert read[0] == read[1]


OTHERWISE = {  # each is read otherwise, and what to write instead is told
    "![*a*](x)": "write the text of an image",
    "一**二。**三": "put * or _ right before and behind words",
    "- a\n  > [!NOTE]\n  > b": "let the callout stand outside",
    "~~a ~~b~~ c~~": "put ~~ right before and behind words",
}


@pytest.mark.parametrize("text", OTHERWISE)
def test_a_difference_says_what_to_write_instead(text: str) -> None:
    found = told(text)
    assert [one.code for one in found] == ["read-otherwise"]
    assert found[0].help.startswith(OTHERWISE[text])


def test_one_difference_in_a_list_or_a_table_does_not_hide_another() -> None:
    assert codes("- a\n- ![*b*](x)\n- c\n- ![*d*](x)") == [("read-otherwise", 2), ("read-otherwise", 4)]
    rows = "| a |\n| - |\n| ![*b*](x) |\n| c |\n| ![*d*](x) |"
    assert codes(rows) == [("read-otherwise", 3), ("read-otherwise", 5)]


def test_what_is_told_already_is_not_told_as_a_difference_too() -> None:
    """Of elements and attributes that are taken out, the sanitizer tells."""
    text = '<h1 align="center">A</h1>\n\n<table><tr><td align="right">b</td></tr></table>'
    assert codes(text, allow_html=True) == []
    assert codes("- a <br> ![*b*](x)\n- c <br> d\n") == [("raw-html", 1), ("raw-html", 2)]


def test_many_remarks_that_say_the_same_are_gathered() -> None:
    """With the numbers of the other lines in the file; a few are told one by one."""
    found = gathered(told("\n\n".join(["Press <kbd>x</kbd>."] * 20 + ["{% raw %}"] * 3)), 5)
    assert [(one.code, one.line) for one in found][:2] == [("left-over", 41), ("left-over", 43)]
    assert len(found) == 4
    shown = "8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30 and 7 more"
    assert found[-1].message == f"<kbd> is shown as text; likewise on lines {shown}"


HTML = (
    "<p>a\n*b*</p>",
    "<!-- a\n\n# b -->",
    "<pre>\n*a*\n\n- a\n</pre>",
    '<img src="a.png"\nalt="b">',
    "<b>*a*</b> <N:M> <a@b.c> <www.a.b>",
    "a\n<i>\nb</i>",
)
MARKDOWN = (
    "# a",
    "*a* `<b>`",
    "- a\n- b",
    "1. a\n\n   ```\n   <p>\n   ```",
    "> a",
    "| a |\n| - |\n| <b>c</b> |",
    "    <p>",
)


@given(st.lists(st.sampled_from([*HTML, *MARKDOWN]), min_size=1, max_size=6), st.sampled_from(["", "- ", "> "]))
def test_markdown_around_raw_html_is_read_as_github_reads_it(parts: list[str], marker: str) -> None:
    """A block of HTML ends at a blank line, or where its comment or its code does, and what follows is Markdown."""
    indent = " " * len(marker) if marker == "- " else marker
    text = marker + "\n\n".join(parts).replace("\n", f"\n{indent}")
    assert [one for one in codes(text, allow_html=True) if one[0] == "read-otherwise"] == []


@pytest.mark.parametrize(
    "text", [text for text, code in LEFT.items() if code != "second-front-matter" and "<" not in text]
)
def test_nothing_is_told_of_raw_html_that_is_let_through(text: str) -> None:
    assert codes(f"Text.\n\n<pre>\n{text}\n</pre>\n", allow_html=True) == []
