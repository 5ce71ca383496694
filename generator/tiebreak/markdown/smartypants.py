"""Plain text as HTML, with quotes, dashes and ellipses: in one pass what Python-Markdown's smarty does in eighteen."""

import re

_PUNCTUATION = r"""[!"#$%'()*+,\-./:;<=>?@\[\\\]^_`{|}~]"""
_OPENS = r"[ \t\r\n\[{(\-\x02\x03]"  # a quote after anything else closes

# One branch a sign, its conditions in the order of smarty's patterns. The sign comes first and the conditions look back
# over it, because `re` leaps from place to place only if every branch begins with one certain character. Which of the
# empty groups took part says what becomes of the sign.
_SIGN = re.compile(
    rf"""
    '(?: (?<=^') (?!--) (?={_PUNCTUATION}\B) ()
       | (?<!\w') (?=\d\ds) ()
       | (?<=[\s–—]') (?=\w) ()
       | (?<!{_OPENS}') (?<!^') (?!\s|s\b|\d) ()
       | (?=\s|s\b) ()
       | () )
  | "(?: (?<=^") (?!--) (?={_PUNCTUATION}\B) ()
       | (?<=[\s–—]") (?=\w) ()
       | (?=\s) ()
       | (?<!{_OPENS}") (?<!^") ()
       | () )
  | ---(?<!----)(?!-) ()
  | --(?<!---)(?!-) ()
  | \.\.\.(?<!\.\.\.\.)(?!\.) ()
  | & () | < () | > () | \xa0 ()
    """,
    re.VERBOSE,
)
# As a parser of HTML would write them out again.
_SHOWN = (
    *("’", "’", "‘", "’", "’", "‘"),
    *("”", "“", "”", "”", "“"),
    *("—", "–", "…"),
    *("&amp;", "&lt;", "&gt;", "&nbsp;"),
)
# Each of smarty's patterns sees what those before it left. That makes a difference only where quotes are next to each
# other, or almost, and after a long row of dashes. An entity is no plain text.
_ENTANGLED = re.compile(r"'[\ss]?['\"]|\"[\ss]?['\"]|----|&#?[0-9a-zA-Z]+;")


def entangled(text: str) -> bool:
    """Whether smarty might convert this text in another way than `typeset`."""
    return _ENTANGLED.search(text) is not None


def typeset(text: str) -> str:
    """The HTML of a text that stands between two tags; quotes look at where it begins and ends."""
    return _SIGN.sub(_shown, text)


def _shown(sign: re.Match[str]) -> str:
    return _SHOWN[(sign.lastindex or 0) - 1]
