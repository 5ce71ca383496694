"""Quotes, dashes and ellipses as they are printed, made of what can be typed.

A sign is judged by what stands beside it in its paragraph, whatever is emphasised or linked there: a quotation mark
before a word opens, one behind a word closes, and one between two words closes what is open.
"""

import re
from collections.abc import Sequence

from tiebreak.languages import ENGLISH, Quotes, quotes

OPAQUE = "\N{OBJECT REPLACEMENT CHARACTER}"  # stands for code and the like, which is a word to what stands beside it
# Each branch begins with one certain character, so that a search can leap from one such to the next.
_SIGNS = re.compile(r"""'|"|--+|\.\.\.+""")
_OPENERS = frozenset("([{<=¿¡（［｛「『【〈《“‘«‹„‚–—")  # behind these, a quotation mark opens
_CLOSERS = frozenset(")]},.;:!?…）］｝」』】〉》，。、；：！？”’»›")  # before these, it closes
_ENDS = frozenset(")]}.!?…%”’»›）］｝」』】〉》。！？")  # what a dash may follow as it follows a word
_ELIDED = re.compile(r"(?:\d\ds?|em|tis|twas|til|cause|bout|round)(?![\w'])|n(?!\w)", re.IGNORECASE)
_THOUSANDS = re.compile(r"\d{3}(?![\d\"])")
_OPTION = re.compile(r"[\w-]+")
_INCHES = re.compile(r"[\d.,½¼¾]{1,9}")
# Scripts that put no spaces between words: Thai, Lao, Burmese, Khmer, Chinese, Japanese, and Korean beside them.
_UNSPACED = tuple(  # the first sign and the last of each
    zip(
        ("\u0e00", "\u1000", "\u1780", "\u2e80", "\uac00", "\uf900", "\uff00", "\U00020000"),
        ("\u0eff", "\u109f", "\u17ff", "\ua4cf", "\ud7ff", "\ufaff", "\uffef", "\U0003ffff"),
        strict=True,
    )
)
_CODE = re.compile(r"(`[^`]+`)")
_DASHES = {2: "–", 3: "—"}
_INNER_CLOSE = "›"  # until it is printed: an apostrophe is the same sign as the English one


def typeset(texts: Sequence[str], marks: Quotes = ENGLISH) -> Sequence[str]:
    """The texts of one paragraph in a row, which emphasis, links and code divide, as they are printed.

    What is no text is `OPAQUE` in it.
    """
    whole = "".join(texts)
    if not _SIGNS.search(whole):
        return texts
    setter, start, printed = _Setter(whole, marks), 0, list[str]()
    for text in texts:
        printed.append(setter.printed(start, start + len(text)))
        start += len(text)
    return printed


def plain(text: str, language: str = "en") -> str:
    """A text without markup as it is printed, in which nothing but code between backticks is left as it is."""
    if not _SIGNS.search(text):
        return text
    texts = _CODE.split(text)
    printed = list(typeset([OPAQUE if place % 2 else one for place, one in enumerate(texts)], quotes(language)))
    printed[1::2] = texts[1::2]
    return "".join(printed)


class _Setter:
    """Sets one paragraph from its beginning to its end, and knows which quotations are open."""

    def __init__(self, whole: str, marks: Quotes) -> None:
        self._whole = whole
        self._printed = dict(zip(("“", "”", "‘", _INNER_CLOSE), marks, strict=True))
        self._is_open = {'"': False, "'": False}
        self._end, self._last = -1, ""  # of the last sign: where it ends, and what it is to its neighbour
        self._option = -1  # where the last name of an option ends
        self._feet = -1  # where the last sign for feet ends

    def printed(self, start: int, end: int) -> str:
        """The part of the paragraph from `start` to `end`."""
        pieces, done = list[str](), start
        for found in _SIGNS.finditer(self._whole, start, end):
            pieces += (self._whole[done : found.start()], self._sign(found[0], found.start(), found.end()))
            done = found.end()
        pieces.append(self._whole[done:end])
        return "".join(pieces)

    def _sign(self, sign: str, start: int, end: int) -> str:
        before = self._last if start == self._end else self._whole[start - 1] if start else " "
        after = self._whole[end] if end < len(self._whole) else " "
        match sign[0]:
            case "'":
                shown = self._single(before, after, end)
            case '"':
                shown = self._double(before, after, start)
            case "-":
                shown = self._dash(sign, before, after, start)
            case _:
                shown = "…" if len(sign) == 3 and before != "." != after else sign
        self._end, self._last = end, shown[-1]
        return self._printed.get(shown, shown)

    def _dash(self, sign: str, before: str, after: str, start: int) -> str:
        """The name of an option stays, and so does what is no sign between two words."""
        end = start + len(sign)
        if len(sign) not in _DASHES or "-" in (before, after) or start < self._option:
            return sign
        if after.isspace() or before.isspace():
            is_dash = len(sign) == 3 or (after.isspace() and before.isspace())
        else:
            beyond = self._whole[end + 1 : end + 2] if after in "\"'" else after
            follows_word = _is_word(before) or before in _ENDS
            is_dash = follows_word and (_is_word(beyond) or beyond in _OPENERS - {"<", "="})
        if not is_dash and (option := _OPTION.match(self._whole, end)):
            self._option = option.end()
        return _DASHES[len(sign)] if is_dash else sign

    def _double(self, before: str, after: str, start: int) -> str:
        if before.isspace():
            return '"' if after.isspace() else self._opened('"')
        if self._feet >= 0 and _INCHES.fullmatch(self._whole, self._feet, start):
            return "″"
        is_open, is_number = self._is_open['"'], before.isdigit() and not _is_word(after)
        if not is_open and is_number:
            return "″"
        closes = after.isspace() or (after in _CLOSERS and before not in _OPENERS)
        opens = before in _OPENERS and after not in _CLOSERS and not after.isspace()
        return self._closed('"') if closes or (is_open and not opens) else self._opened('"')

    def _single(self, before: str, after: str, end: int) -> str:
        if before.isspace() and after.isspace():
            return "'"
        if _is_word(before) and _is_word(after) and not _is_unspaced(before) and not _is_unspaced(after):
            return self._within(before, after, end)
        if _is_word(before) and not _is_word(after) and not self._is_open["'"]:
            self._feet = end if before.isdigit() else -1
            return "′" if before.isdigit() else "’"
        if not _is_word(before) and _ELIDED.match(self._whole, end):
            return "’"
        opens = before.isspace() or before in _OPENERS or not self._is_open["'"]
        return self._opened("'") if opens and not after.isspace() else self._closed("'")

    def _within(self, before: str, after: str, end: int) -> str:
        """An apostrophe between two letters, or feet and inches."""
        if before.isdigit() and after.isdigit() and not _THOUSANDS.match(self._whole, end):
            self._feet = end
            return "′"
        return "’"

    def _opened(self, sign: str) -> str:
        self._is_open[sign] = True
        return "“" if sign == '"' else "‘"

    def _closed(self, sign: str) -> str:
        self._is_open[sign] = False
        return "”" if sign == '"' else _INNER_CLOSE


def _is_word(sign: str) -> bool:
    return sign.isalnum() or sign in (OPAQUE, "_")


def _is_unspaced(sign: str) -> bool:
    return sign > "\u0dff" and any(first <= sign <= last for first, last in _UNSPACED)
