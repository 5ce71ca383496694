"""Markdown as a value, and what follows from it."""

from dataclasses import replace

import pytest

from tiebreak.model.prose import Heading, Link, Prose


@pytest.mark.parametrize(("count", "minutes"), [(0, 1), (1, 1), (230, 1), (231, 2), (1150, 5)])
def test_reading_takes_whole_minutes(count: int, minutes: int) -> None:
    """Rounded up, at least one."""
    assert Prose(" ".join(["word"] * count)).reading_minutes == minutes


def test_links_change_without_the_text() -> None:
    """The HTML holds tokens, so a link is resolved once for every page that shows it."""
    prose = Prose("html", links=(Link("a.md"), Link("b.md")))
    assert prose.map_links(lambda link: replace(link, target="/" + link.target)).links == (Link("/a.md"), Link("/b.md"))


def test_anchors_are_those_of_all_levels() -> None:
    """A link may lead to any heading."""
    headings = (Heading("a", "A", 2, (Heading("b", "B", 3, (Heading("c", "C", 4),)),)), Heading("d", "D", 2))
    assert Prose("", headings).anchors == {"a", "b", "c", "d"}


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("Salt &amp; vinegar", "Salt & vinegar"),
        ("a <em>b</em> &lt;c&gt;", "a b <c>"),
        ('<h2>One<a class="anchor" href="#one">#</a></h2><pre tabindex="0"><code>x</code></pre><p>Two</p>', "OneTwo"),
    ],
)
def test_the_text_of_prose_is_its_words(html: str, text: str) -> None:
    """Without markup, code and what is there to be clicked."""
    assert Prose(html).text == text


def test_where_no_spaces_part_words_characters_count() -> None:
    assert Prose("字" * 4000).reading_minutes == 10
    assert Prose("かな" * 2000 + " word" * 230).reading_minutes == 11
    assert Prose("단어 " * 230).reading_minutes == 1
