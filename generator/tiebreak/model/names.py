"""Names and labels in which code stands between backticks: as plain text, and as they were written."""

import re

CODE = re.compile(r"`([^`]+)`")


def plain_name(text: str) -> str:
    """`the cat command` for ``the `cat` command``: what titles, letters and drawings say."""
    return CODE.sub(r"\1", text) if "`" in text else text


def marked_name(text: str) -> str:
    """The text as it was written if there is code in it, else nothing."""
    return text if CODE.search(text) else ""
