"""Python-Markdown reads what is not everyday."""

import pytest

from tiebreak import converter, markup
from tiebreak.problems import Remark, RemarkError
from tiebreak.prose import Link


def test_links_are_numbered_after_those_that_there_are() -> None:
    """One text after the other becomes one page."""
    links = [Link("a.md")]
    assert converter.inline("[b](b.md) [c](c.md)", links) == '<a href="\x001\0">b</a> <a href="\x002\0">c</a>'
    assert links == [Link("a.md"), Link("b.md"), Link("c.md")]


@pytest.mark.parametrize("text", ["# a", "- a", "1. a", "> a", "    a", "![a](b.png)", "a\n: b", "[a]: b", "<b>a</b>"])
def test_a_line_has_no_blocks(text: str) -> None:
    """Whatever it looks like."""
    html = converter.inline(text, [])
    assert not any(f"<{tag}" in html for tag in ("h1", "ul", "ol", "blockquote", "pre", "img", "dl", "b>"))


def test_a_text_without_markup_keeps_what_looks_like_it() -> None:
    """Only quotes, dashes and ellipses change."""
    assert converter.typographic('*a* `b` "c" --') == "<p>*a* `b` &ldquo;c&rdquo; &ndash;</p>"


def test_all_of_python_markdown_is_there() -> None:
    """Definitions, notes, references, code with options."""
    html, headings, links = converter.blocks(
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

    def run(self: ParagraphProcessor, parent: object, blocks: list[str]) -> None:
        if "boom" in blocks[0]:
            raise IndexError("pop from empty list")
        real(self, parent, blocks)  # type: ignore[arg-type]

    monkeypatch.setattr(ParagraphProcessor, "run", run)
    remarks: list[Remark] = []
    assert markup.blocks("A &amp; b\n\nC\n\nboom &amp; d\n\nE", remarks) is None
    assert [(one.code, one.line) for one in remarks] == [("unreadable-text", 5)]
    assert markup.blocks("A &amp; b", [])
    with pytest.raises(RemarkError):
        converter.inline("boom &amp;", [])
