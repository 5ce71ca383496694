"""HTML of one line as Markdown: every reader of Markdown sees what the page shows."""

import cmarkgfm
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tiebreak.markdown import convert, writer
from tiebreak.model.prose import Prose

READERS = {
    "cmark-gfm": cmarkgfm.github_flavored_markdown_to_html,
    "markdown-it": MarkdownIt("gfm-like", {"linkify": False}).render,
}


def shown(prose: Prose) -> str:
    return convert.fill_links(prose, lambda link: f'href="{link.target}"')


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    "html",
    [
        "plain",
        "a <em>b</em> and <strong>c</strong>",
        '<a href="https://example.org/a">the <em>page</em></a>, again',
        "<code>a`b</code>, <code>`x`</code> and <code>&lt;b&gt;</code>",
        "1 * 2 * 3, a_b_c, _x_, [y](z), &lt;b&gt;, &amp;amp; ~~no~~ # 1 \\ |",
        "# no heading",
        "- no list",
        "1. no list either",
        "&gt; nobody said it",
        "<strong>Use <em>Tea</em> if</strong> you want",
    ],
)
def test_a_line_reads_as_it_did(reader: str, html: str) -> None:
    """Nothing of it is taken for markup that it was not."""
    made = READERS[reader](writer.paragraph(writer.markdown(html))).strip()
    assert made.replace("&quot;", '"') == f"<p>{html}</p>"


@given(st.text(st.sampled_from("ab1 *_`[]()<>#~|\\&;-+=.!\"'{}:/"), max_size=24))
def test_any_text_is_text(text: str) -> None:
    """Whatever stands in it."""
    words = " ".join(text.split())
    read = cmarkgfm.github_flavored_markdown_to_html(writer.paragraph(writer.escaped(words))).strip()
    assert read == (f"<p>{escaped(words)}</p>" if words else "")


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


@given(st.text(st.sampled_from("ab `|\\*"), min_size=1, max_size=12))
def test_any_code_is_code(text: str) -> None:
    """In a cell of a table, where a bar would end it."""
    words = text.strip() or "x"
    table = "\n".join([writer.row(["a"]), writer.row(["---"]), writer.row([writer.code(words)])])
    assert f"<td><code>{words}</code></td>" in cmarkgfm.github_flavored_markdown_to_html(table)
