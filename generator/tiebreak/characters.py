"""Invisible and control characters: which are out of place in a text, and how a terminal shows them."""

import re
from collections.abc import Iterator
from functools import cache
from struct import iter_unpack

# Control characters that an escape such as `&#26;` makes. Neither feeds nor drawings could hold them.
CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")

# What cannot be printed: controls but for the tab, what some programs take for the end of a line, halves of characters
# (which stand for bytes in a file's name that are not UTF-8), and `##[`, `##vso[` and the like, which logs would obey.
_CONTROL = r"\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff"
_UNPRINTABLE = rf"[{_CONTROL}]|(?<=#)#(?=\w{{0,20}}\[)"
_COMMAND = rf"\A(?:(?![{_CONTROL}])\s)*:(?=:)"  # at the beginning of a line
# Scripts that are written with joiners, and those in which a space of no width shows where a line may end: the Semitic,
# Indic and South-East Asian ones.
_JOINED = r"\u0600-\u18af\ua800-\uabff\ufb50-\ufdff\ufe70-\ufefc\U00010a00-\U00011fff\U0001e900-\U0001e95f"
_EMOJI = r"\u20e3\u2190-\u2bff\u3030-\u303d\u3297-\u3299\ufe0f\U0001f000-\U0001faff\U000e0020-\U000e007f"
_SELECTORS = r"\ufe00-\ufe0f\U000e0100-\U000e01ef"
_FLAG = "\U0001f3f4"  # of a part of a country, which tags name
_MARKS = "\u061c\u200e\u200f"  # of direction
# All that may be hidden, for a look that costs nothing where there is none of it; the rest are U+E0000 to U+E0FFF.
RARE = (
    r"\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    r"\ufeff\uffa0\ufff9-\ufffb"
)
RARE_PLANE = b"\xf3\xa0"  # how they begin in UTF-8
_HIDDEN = (
    rf"(?=[{RARE}\U000e0000-\U000e0fff{_FLAG}])(?:"
    # Embeddings, overrides and isolates of a direction; fillers; what was only meant for programs.
    r"[\u00ad\u034f\u115f\u1160\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]"
    rf"|(?<![{_JOINED}])[\u180e\u200b\u200c](?![{_JOINED}])"
    rf"|(?<![{_JOINED}])\u200d(?![{_JOINED}{_EMOJI}])|(?<![{_JOINED}{_EMOJI}])\u200d(?![{_JOINED}])"
    rf"|(?<![^\s{_SELECTORS}])[{_SELECTORS}]"  # with nothing before it that it could select
    rf"|{_FLAG}[\U000e0020-\U000e007e]{{3,6}}\U000e007f|[\U000e0000-\U000e007f]|[{_MARKS}])"  # see _judged
)
_RIGHT_TO_LEFT = r"[\u05d0-\u05f2\u0620-\u064a\u066e-\u08c9\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]"
_REMARKABLE = f"{_UNPRINTABLE}|{_COMMAND}|{_HIDDEN}"
_REMARKABLE_IN_JSON = f"(?!\n)(?:{_UNPRINTABLE}|{_HIDDEN})"  # whose lines end where no text does
_pattern = cache(re.compile)  # when it is needed, which for most commands is never


def misplaced(text: str) -> Iterator[tuple[int, str]]:
    """The characters of a text that nobody sees and that are not part of how its script is written, with their places.

    Joiners are at home beside Arabic and Indic letters and between emoji, marks of direction in a line that has letters
    written from right to left, a variation selector after what it selects, and tags in flags.
    """
    return iter(()) if text.isascii() else _judged(_HIDDEN, text)


def _judged(pattern: str, text: str) -> Iterator[tuple[int, str]]:
    """Where a pattern finds its characters, but for the flags and marks of direction that belong there."""
    end, is_mixed = -1, False  # of the line that was last asked for letters written from right to left
    for match in _pattern(pattern).finditer(text):
        offset, found = match.end() - 1, match[0][-1]
        if found in _MARKS:
            if offset > end:
                begin, end = text.rfind("\n", 0, offset) + 1, text.find("\n", offset)
                end = len(text) if end < 0 else end
                is_mixed = bool(_pattern(_RIGHT_TO_LEFT).search(text, begin, end))
            if is_mixed:
                continue
        if match[0][0] != _FLAG:
            yield offset, found


def unprintable(name: str) -> str:
    """The first character of a file's name that cannot be printed; empty when there is none."""
    if name.isascii() and name.isprintable():
        return ""
    found = _pattern(rf"[\t{_CONTROL}]").search(name)
    return found[0] if found else next((char for _, char in misplaced(name)), "")


def no_control(character: str) -> str:
    """The message for this control character."""
    return f"a control character (U+{ord(character):04X}) cannot stand in text"


def character_name(character: str) -> str:
    """The character as its code point and name: `U+202E, RIGHT-TO-LEFT OVERRIDE`"""
    import unicodedata

    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X}" + (f", {name}" if name else "")


def visible(text: str) -> str:
    """A text as one line for a terminal: what would move, colour or rewrite what is there is shown as an escape, and
    no program that reads the line as a CI log finds a command in it.
    """
    return "".join(parts(text)) if _is_remarkable(text) else text


def parts(text: str) -> list[str]:
    """What `visible` shows for each character."""
    shown = list(text)
    for offset, found in _judged(_REMARKABLE, text):
        shown[offset] = f"\\x{ord(found):02x}" if found in "#:" else found.encode("unicode_escape").decode()
    return shown


def _is_remarkable(text: str) -> bool:
    return not (text.isascii() and text.isprintable()) or "##" in text or "::" in text


def in_json(text: str) -> str:
    """JSON that says the same and can be printed."""
    return _pattern(_REMARKABLE_IN_JSON).sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{one:04x}" for (one,) in iter_unpack(">H", units))
