"""Languages by their tags (BCP 47): one spelling of each tag, the direction of writing, and the quotation marks."""

import re
from functools import cache
from typing import NamedTuple

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
# Languages that are written from right to left, unless their tag names another script; and the scripts that are.
_LEFTWARDS = frozenset(
    "apc ar arc ary arz azb bal bgn bqi brh ckb dv fa glk he iw "
    "ks lrc mzn nqo pnb ps rhg sd sdh skr syr trw ug ur yi".split()
)
_LEFTWARD_SCRIPTS = frozenset("Adlm Arab Aran Hebr Mand Mend Nkoo Rohg Samr Syrc Syre Syrj Syrn Thaa".split())
# Where a country or a script has a language written otherwise than the language alone has it.
_SCRIPTS = {"zh": "Hans", "zh-TW": "Hant", "zh-HK": "Hant", "zh-MO": "Hant", "sr": "Cyrl", "uz": "Latn", "pa": "Guru"}


class Quotes(NamedTuple):
    """Quotation marks: those of a quotation, and those of one within it."""

    open: str
    close: str
    inner_open: str
    inner_close: str


_THIN = "\u202f"  # a narrow space at which no line ends
ENGLISH = Quotes("“", "”", "‘", "’")
_GERMAN = Quotes("„", "“", "‚", "‘")
_FRENCH = Quotes(f"«{_THIN}", f"{_THIN}»", "“", "”")
_POINTED = Quotes("«", "»", "“", "”")
_RUSSIAN = Quotes("«", "»", "„", "“")
_POLISH = Quotes("„", "”", "«", "»")
_SWEDISH = Quotes("”", "”", "’", "’")
_CORNERS = Quotes("「", "」", "『", "』")
# As the Unicode CLDR has them (https://cldr.unicode.org), with the spaces that French printers put inside them. A
# language that is not here writes them as English does.
_QUOTES = {
    **dict.fromkeys(("de", "cs", "sk", "sl", "bg", "is", "lt", "et", "lb", "hsb", "dsb"), _GERMAN),
    **dict.fromkeys(("fr", "br"), _FRENCH),
    **dict.fromkeys(("es", "ca", "it", "pt-PT", "el", "ast", "hy", "sq", "ar"), _POINTED),
    **dict.fromkeys(("ru", "uk", "be", "kk", "ky"), _RUSSIAN),
    **dict.fromkeys(("pl", "ro", "hr", "bs"), _POLISH),
    **dict.fromkeys(("sv", "fi", "he", "se"), _SWEDISH),
    **dict.fromkeys(("ja", "zh-Hant"), _CORNERS),
    **dict.fromkeys(("fa", "de-CH", "de-LI", "fr-CH", "it-CH"), Quotes("«", "»", "‹", "›")),
    **dict.fromkeys(("no", "nb", "nn"), Quotes("«", "»", "‘", "’")),
    **dict.fromkeys(("es-419", "es-MX", "es-US", "es-AR", "es-CO", "es-CL", "es-PE"), ENGLISH),
    "hu": Quotes("„", "”", "»", "«"),
    "sr": Quotes("„", "”", "’", "’"),
    "mk": Quotes("„", "“", "’", "‘"),
    "fr-CA": Quotes("«\xa0", "\xa0»", "“", "”"),
    "ur": Quotes("”", "“", "’", "‘"),
}
QUOTATION_MARKS = frozenset("".join(mark for marks in (ENGLISH, *_QUOTES.values()) for mark in marks)) - {_THIN, "\xa0"}


def is_tag(text: str) -> bool:
    """Whether a text has the form of a tag, in capitals or not."""
    return _TAG.fullmatch(text) is not None


@cache
def canonical(tag: str) -> str:
    """The tag as it is usually spelt, for tags have no case: `PT-br` is `pt-BR`, `zh-hant-tw` is `zh-Hant-TW`."""
    language, *rest = tag.split("-")
    parts, is_extended = [language.lower()], False
    for part in rest:
        is_extended = is_extended or len(part) == 1  # what follows a single letter is spelt small
        small = part.lower()
        parts.append(small if is_extended else _SPELLINGS.get((len(part), part.isalpha()), str.lower)(small))
    return "-".join(parts)


_SPELLINGS = {(2, True): str.upper, (4, True): str.title}


def fallbacks(tag: str) -> tuple[str, ...]:
    """The tag, and then what it says with less and less of it; none that is written in another script."""
    parts = canonical(tag).split("-")
    found = ["-".join(parts[:length]) for length in range(len(parts), 0, -1)]
    implied = _SCRIPTS.get(f"{parts[0]}-{parts[-1]}") if len(parts) > 1 else None
    if implied and implied not in parts:
        found.insert(-1, f"{parts[0]}-{implied}")
    return tuple(one for one in found if script(one) == script(tag))


def script(tag: str) -> str:
    """The script (ISO 15924) that a tag names or implies; empty where it is the usual one of its language."""
    language, *rest = canonical(tag).split("-")
    named = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    return named or _SCRIPTS.get(f"{language}-{_region(tag)}") or _SCRIPTS.get(language, "")


@cache
def direction(tag: str) -> str:
    """`rtl` for what is written from right to left, else `ltr`."""
    language, named = canonical(tag).split("-")[0], script(tag)
    is_leftward = named in _LEFTWARD_SCRIPTS if named else language in _LEFTWARDS
    return "rtl" if is_leftward else "ltr"


@cache
def locale(tag: str) -> str:
    """The language and, where the tag names one, the country: `pt_BR`, `zh_TW` for `zh-Hant-TW`, `en`."""
    language, region = canonical(tag).split("-")[0], _region(tag)
    return f"{language}_{region}" if region else language


def _region(tag: str) -> str:
    return next((part for part in canonical(tag).split("-") if part.isupper()), "")


@cache
def quotes(tag: str) -> Quotes:
    """The quotation marks of a language."""
    return next((_QUOTES[one] for one in fallbacks(tag) if one in _QUOTES), ENGLISH)
