"""Lists and quotations are read as GitHub reads them."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiebreak.markdown import convert, fast, full
from tiebreak.markdown.containers import CALLOUTS, DEEPEST, Container, lists, tree
from tiebreak.model import Prose
from tiebreak.problems import Remark, RemarkError

LINK = '<a aria-hidden="true" class="anchor" href="#a" tabindex="-1" title="\0section\0">#</a>'


def blocks(text: str) -> str:
    """The HTML of a text, which both converters agree on, without white space between its elements."""
    prose = convert.blocks(text, [])
    assert isinstance(prose, Prose)
    assert prose.html == full.blocks(text, allow_html=False, remarks=[])[0]
    return re.sub(r"\s*\n\s*(?=<)|(?<=>)\s*\n\s*", "", prose.html)


def remarks(text: str) -> list[tuple[str, int]]:
    found: list[Remark] = []
    convert.blocks(text, found)
    return [(remark.code, remark.line) for remark in found]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("- a\n  - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("1. a\n   - b\n2. c", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
        ("1. a\n  - b", "<ol><li>a</li></ol><ul><li>b</li></ul>"),
        ("- a\n    - b", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("Text\n- a\n- b", "<p>Text</p><ul><li>a</li><li>b</li></ul>"),
        ("Text\n1. a", "<p>Text</p><ol><li>a</li></ol>"),
        ("In\n2026. So", "<p>In\n2026. So</p>"),
        ("3) a\n4) b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("1. a\n1) b", "<ol><li>a</li></ol><ol><li>b</li></ol>"),
        ("- a\n* b", "<ul><li>a</li></ul><ul><li>b</li></ul>"),
        ("- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("- a\n\n  b\n- c", "<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>"),
        ("- a\n  - b\n\n  - c\n- d", "<ul><li>a<ul><li><p>b</p></li><li><p>c</p></li></ul></li><li>d</li></ul>"),
        ("- a\n  > b\n  >\n- c", "<ul><li>a<blockquote><p>b</p></blockquote></li><li>c</li></ul>"),
        ("- a\nb", "<ul><li>a\nb</li></ul>"),
        ("> a\nb\n\nc", "<blockquote><p>a\nb</p></blockquote><p>c</p>"),
        ("> - a\n> - b\n\nc", "<blockquote><ul><li>a</li><li>b</li></ul></blockquote><p>c</p>"),
        ("- a\n-\n- b", "<ul><li>a</li><li></li><li>b</li></ul>"),
        ("-\n\n  a", "<ul><li></li></ul><p>a</p>"),
        ("- - a", "<ul><li><ul><li>a</li></ul></li></ul>"),
        ("- - -", "<hr>"),
        ("a\n\n- b\n\nc", "<p>a</p><ul><li>b</li></ul><p>c</p>"),
        ("- # a\n  b", f'<ul><li><h2 id="a">a{LINK}</h2>b</li></ul>'),
        ("1. a\n\n\tb", "<ol><li><p>a</p><p>b</p></li></ol>"),
    ],
)
def test_lists_and_quotations(text: str, html: str) -> None:
    """As GitHub shows them."""
    assert blocks(text) == html


Items = list[tuple[str, "Items"]]
_items: st.SearchStrategy[Items] = st.recursive(
    st.lists(st.tuples(st.sampled_from("abc"), st.just([])), min_size=1, max_size=3),
    lambda below: st.lists(st.tuples(st.sampled_from("abc"), st.one_of(st.just([]), below)), min_size=1, max_size=3),
    max_leaves=8,
)


def written(items: Items, markers: list[str], indent: int) -> list[str]:
    """A list as an author writes it, with one marker for each depth; an item's parts below its first letter."""
    marker, lines = markers[0], list[str]()
    for text, below in items:
        lines.append(f"{' ' * indent}{marker} {text}")
        lines += written(below, markers[1:], indent + len(marker) + 1)
    return lines


def read(container: Container) -> Items:
    """The lists in what was read."""
    found: Items = []
    for part in lists(container):
        if isinstance(part, list):
            for item in part:
                if isinstance(item, Container):
                    assert isinstance(item.parts[0], list)
                    found.append((item.parts[0][0], read(item)))
    return found


@pytest.mark.slow
@settings(max_examples=150)
@given(_items, st.lists(st.sampled_from(["-", "*", "+", "1.", "1)", "001."]), min_size=9, max_size=9))
def test_every_list_is_nested_as_it_is_written(items: Items, markers: list[str]) -> None:
    """However deep, whatever its markers are: each level stands where the text above it does."""
    text = "\n".join(written(items, markers, 0))
    assert read(tree(text.split("\n"))) == items
    html = blocks(text)
    assert html.count("<li>") == len(text.split("\n"))
    assert fast.blocks(text, [])


@pytest.mark.parametrize("kind", sorted(CALLOUTS))
def test_callouts(kind: str) -> None:
    """With the theme's word for them, also in a list, and without capitals."""
    callout = f'<div class="callout callout-{kind}"><p class="callout-title">\0callout-{kind}\0</p><p>a</p></div>'
    assert blocks(f"> [!{kind.upper()}]\n> a") == callout
    assert blocks(f"> [!{kind}]\n> a") == callout
    assert blocks(f"- > [!{kind}]\n  > a") == f"<ul><li>{callout}</li></ul>"
    prose = convert.blocks(f"Before.\n\n> [!{kind}]\n> a", [])
    assert prose
    assert (
        convert.fill_words(prose.html, lambda name, _: f"<{name}>").count(f">< callout-{kind}><".replace(" ", "")) == 1
    )
    assert prose.text.split() == ["Before.", "a"]


@pytest.mark.parametrize("text", ["> [!NOTE] a", "> [!HINT]\n> a", "> a\n> [!NOTE]", "[!NOTE]"])
def test_what_is_no_callout(text: str) -> None:
    """Other words, and where other text stands before or behind."""
    assert "callout" not in blocks(text)


def test_tasks() -> None:
    """Boxes that nobody can tick, with their state for those who cannot see them."""
    html = blocks("- [ ] a\n- [x] `b`\n- [X] c\n- [y] d\n- [ ]e\n\n[ ] f")
    boxes = re.findall(
        r'<li class="task"><input aria-label="\0task-(\w+)\0"( checked="")? disabled="" type="checkbox"> ', html
    )
    assert boxes == [("open", ""), ("done", ' checked=""'), ("done", ' checked=""')]
    assert "<li>[y] d</li><li>[ ]e</li>" in html
    assert "<p>[ ] f</p>" in html
    assert '<p><input aria-label="\0task-open\0" disabled="" type="checkbox"> a</p>' in blocks("- [ ] a\n\n- b")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("- a\n  ```\n  b\n\n    c\n  ```\n- d", "b\n\n  c\n"),
        ("1. a\n\n   ~~~\n   b\n   ~~~", "b\n"),
        ("> ```\n> b\n>\n> c\n> ```", "b\n\nc\n"),
        ("- ```\n  b\n  ```", "b\n"),
        ("> - a\n>   ```\n>   b\n>   ```", "b\n"),
        ("- a\n\n      b\n", "b\n"),
        ("   ```\n   b\n  c\n   ```", "b\nc\n"),
        ("````\n```\nb\n```\n````", "```\nb\n```\n"),
        ("- ```\n  - b\n  > c\n  ```", "- b\n&gt; c\n"),
    ],
)
def test_code_in_lists_and_quotations(text: str, code: str) -> None:
    """Without what it is indented by; the list goes on below it."""
    html = convert.blocks(text, [])
    assert html
    assert f'<div class="highlight"><pre tabindex="0"><code>{code}</code></pre></div>' in html.html
    assert remarks(text) == []
    blocks(text)


def test_options_of_code_in_a_list() -> None:
    """The same that code has elsewhere, and no others; what is amiss is told at its line."""
    html = blocks('- a\n\n  ```python hl_lines="1" title="x.py"\n  b\n  ```')
    assert '<figure class="listing"><figcaption>x.py</figcaption><div class="highlight">' in html
    assert '<span class="hll"><span class="n">b</span>' in html
    assert remarks('- a\n\n  ```python id="x"\n  b\n  ```') == [("code-option", 3)]


@pytest.mark.parametrize(
    ("text", "after"), [("a\n\n```\nb\n\nc", ""), ("- ```\n  b\n\nc", "<p>c</p>"), ("> ```\n> b\n\nc", "<p>c</p>")]
)
def test_code_that_is_not_closed(text: str, after: str) -> None:
    """It ends with what it stands in, and is told."""
    assert blocks(text).endswith(f"{after}" if after else "</code></pre></div>")
    assert [code for code, _ in remarks(text)] == ["open-fence"]


@pytest.mark.parametrize("marks", ["> ", "- ", "1) "])
def test_what_is_nested_too_deeply_is_refused(marks: str) -> None:
    """On one line, or line by line."""
    assert [code for code, _ in remarks(marks * (DEEPEST + 1) + "a")] == ["too-deep"]
    steps = "\n".join(" " * len(marks) * depth + marks + "a" for depth in range(DEEPEST + 1))
    if marks != "> ":
        assert [code for code, _ in remarks(steps)] == ["too-deep"]
        with pytest.raises(RemarkError):
            tree(steps.split("\n"))
        assert remarks(steps.rpartition("\n")[0]) == []
