"""Names, titles, labels and groups take code between backticks: code on the page, plain text wherever there is none."""

import re

import pytest
from conftest import Build, MakeSite
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from tiebreak.model import marked_name, plain_name

PAIR = """\
---
subjects: ["`cat`", "`<Link/>`"]
summary: Two ways to show a file.
pick: "`cat`"
why: It is there.
factors:
  - factor: "Reads `--stdin` & more"
    group: "The `-n` option"
    cells: {"`cat`": Yes, link: No}
    wins: cat
  - factor: Speed
    group: Other
    cells: [a, b]
verdict:
  "`cat`": You are in a hurry.
  "<Link/>": You are not.
published: 2026-04-02
---
A text.
"""
FILES = {"content/compare/cat-vs-link.md": PAIR, "content/compare/tea-vs-coffee.md": None}
NAME = st.text(st.characters(exclude_characters="`", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=9)


@pytest.fixture
def pair(make_site: MakeSite, build: Build) -> str:
    return (build(make_site(FILES)).output / "compare/cat-vs-link/index.html").read_text("utf-8")


def test_code_in_a_name_is_code_on_the_page(pair: str) -> None:
    """In the title, the heads of columns, the pick, the labels and the groups; and escaped, as all text is."""
    link = "<code>&lt;Link/&gt;</code>"
    for part in (
        f'<h1><code>cat</code> <i class="vs">vs</i> {link}</h1>',
        f'<a href="../../subjects/link/">{link}</a>',
        '<span class="pick-name"><code>cat</code></span>',
        '<span class="t">Reads <code>--stdin</code> &amp; more</span>',
        "<span>The <code>-n</code> option</span>",
        f"<span>{link}</span> if",
    ):
        assert part in pair, part


def test_no_backtick_reaches_a_reader(pair: str, make_site: MakeSite, build: Build) -> None:
    """Neither text nor title, nor what is read out, nor any other file of the site."""
    assert "<title>cat vs &lt;Link/&gt; · " in pair
    assert "`" not in re.sub(r"%60", "`", pair)
    files = build(make_site(FILES)).output.rglob("*")
    texts = {file: file.read_text("utf-8") for file in files if file.suffix in (".html", ".xml", ".json", ".csv")}
    assert [str(file) for file, text in texts.items() if "`" in text] == []
    ticks = html.fromstring(pair).xpath("//figure//a[starts-with(@class,'tick')]/@aria-label")
    assert "Reads --stdin & more: cat" in ticks


@given(st.lists(st.tuples(NAME, st.booleans()), min_size=1, max_size=5))
def test_a_plain_name_has_the_same_words(pieces: list[tuple[str, bool]]) -> None:
    """Whatever is code in it; a name without code is marked as nothing."""
    written = " ".join(f"`{text}`" if is_code else text for text, is_code in pieces)
    assert plain_name(written) == " ".join(text for text, _ in pieces)
    assert bool(marked_name(written)) == any(is_code for _, is_code in pieces)
