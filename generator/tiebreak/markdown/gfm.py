"""Markdown as a code host reads it: GitHub's own parser, which only `tiebreak check` asks."""

from tiebreak.markdown.outline import Block, outline


def read(text: str, *, allow_html: bool = False) -> list[Block]:
    """The outline of a text, with lines. Raw HTML that is not allowed stands in it as a token of its own."""
    return outline(markup(text, allow_html=allow_html))


def markup(text: str, *, allow_html: bool = False) -> str:
    """The HTML of a text, with the place of each block; its time grows with the length of the text."""
    import cmarkgfm
    from cmarkgfm.cmark import Options

    options = Options.CMARK_OPT_SOURCEPOS | Options.CMARK_OPT_FOOTNOTES
    if allow_html:
        options |= Options.CMARK_OPT_UNSAFE
    html: str = cmarkgfm.github_flavored_markdown_to_html(text, options)
    return html
