"""Markdown as a code host reads it: GitHub's own parser, which only `tiebreak check` asks."""


def markup(text: str, *, allow_html: bool = False) -> str:
    """The HTML of a text, with the place of each block; a comment stands for raw HTML that is not allowed. Its time
    grows with the length of the text.
    """
    import cmarkgfm
    from cmarkgfm.cmark import Options

    options = Options.CMARK_OPT_SOURCEPOS | Options.CMARK_OPT_FOOTNOTES
    if allow_html:
        options |= Options.CMARK_OPT_UNSAFE
    html: str = cmarkgfm.github_flavored_markdown_to_html(text, options)
    return html
