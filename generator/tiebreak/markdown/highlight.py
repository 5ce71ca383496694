"""Colours code: Pygments classifies its words, and nothing else of its output is used.

Its lexers are regular expressions, some of which take hours for a kilobyte. So only languages whose lexers were tried
are coloured, and no code that is longer, or has longer lines, than what they were tried on.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from html import escape
from typing import TYPE_CHECKING

from tiebreak.markdown.fences import CHART, Code
from tiebreak.model import theme_word, token
from tiebreak.problems import Remark, did_you_mean

if TYPE_CHECKING:
    from pygments.lexer import Lexer
    from pygments.token import _TokenType

LONGEST_CODE, LONGEST_LINE = 10_000, 500  # characters
PLAIN = frozenset({"", "text", "txt", "plain", "plaintext", "none"})
_CLASS = re.compile(r"[a-z][a-z0-9]{0,5}")
# By one of its names, every language whose lexer was tried with code that is meant to take it long.
TRIED = frozenset(
    """
    apacheconf bash bat c cmake console cpp csharp css dart diff docker go html html+jinja http ini java
    javascript jinja json json5 jsonnet jsx kotlin latex less lua make mako markdown mysql nginx perl php
    postgresql powershell pycon python pytb rst ruby rust sass scss sql sqlite3 swift toml typescript xml yaml
    """.split()
)


# Those that take time with the square of the code's length are given less of it.
SHORTER = {"csharp": 1_000, "java": 3_000, "less": 4_000, "markdown": 3_000}


def rendered(block: Code, remarks: list[Remark]) -> str:
    """The HTML of a block of code; where it cannot be coloured it is plain, and `remarks` gets the reason."""
    lines, offset = _without_blank_ends(block.text.split("\n"))
    bare = [line.rstrip() for line in lines]
    coloured = (not block.is_chart and _coloured(bare, block, remarks)) or map(markup_of, bare)
    whole = (html + markup_of(line[len(short) :]) for html, line, short in zip(coloured, lines, bare, strict=True))
    numbered = "".join(_line(line, number, block) for number, line in enumerate(whole, offset + 1))
    shown = f'<div class="highlight"><pre tabindex="0"><code>{numbered}</code></pre></div>'
    if block.is_chart:  # until it is drawn
        return f'<figure aria-label="{token(theme_word(CHART, block.line))}">\n{shown}\n</figure>'
    if not block.title:
        return shown
    return f'<figure class="listing"><figcaption>{markup_of(block.title)}</figcaption>\n{shown}\n</figure>'


def _without_blank_ends(lines: list[str]) -> tuple[list[str], int]:
    """The lines without blank ones at both ends, and how many were removed at the top."""
    said = [number for number, line in enumerate(lines) if line.strip()]
    return (lines[said[0] : said[-1] + 1], said[0]) if said else ([""], 0)


def markup_of(text: str) -> str:
    """A text as HTML, written as a parser of HTML would write it out again."""
    return escape(text, quote=False).replace("\xa0", "&nbsp;")


def unpadded(text: str) -> str:
    """Code between ticks without the one blank at both of its ends that lets it begin or end with a tick."""
    is_padded = len(text) > 2 and text[0] in " \n" and text[-1] in " \n" and not text.isspace()
    return text[1:-1] if is_padded else text


def _line(markup: str, number: int, block: Code) -> str:
    counted = "" if block.first is None else f'<span class="lineno" data-n="{block.first + number - 1}"></span>'
    return f'<span class="hll">{counted}{markup}\n</span>' if number in block.marked else f"{counted}{markup}\n"


def _coloured(lines: Sequence[str], block: Code, remarks: list[Remark]) -> list[str] | None:
    """The HTML of each line; None where the code stays plain.

    The lines end without spaces, because many lexers take long for those.
    """
    if block.language.lower() in PLAIN:
        return None
    lexer = _lexer(block.language)
    names = TRIED.intersection(lexer.aliases) if lexer else frozenset()
    reason, help = _refusal(lines, block.language, names)
    if lexer and not reason:
        try:
            text = "\n".join(lines)
            tokens = list(lexer().get_tokens(text))
        except Exception as error:  # lexers may raise anything for unforeseen text
            reason = f"its lexer failed ({type(error).__name__})"
        else:
            if "".join(words for _, words in tokens).rstrip("\n") == text:
                return list(_lines_of(tokens))
            reason = "its lexer changed the text"
    message = f"this code stays plain: {reason}"
    needle = block.header or block.language
    remarks.append(Remark("plain-code", message, help, block.line, needle, message))
    return None


def _refusal(lines: Sequence[str], language: str, names: AbstractSet[str]) -> tuple[str, str]:
    """Why code is not coloured, and what would be right; `names` are the languages that were tried."""
    if not names:
        return f'"{language}" is not a language that is coloured', _near(language)
    length, longest = sum(map(len, lines)) + len(lines), max(map(len, lines))
    most = min(SHORTER.get(name, LONGEST_CODE) for name in names)
    if length > most:
        return f"it has {length} characters, and {most} are coloured", "show less of it"
    if longest > LONGEST_LINE:
        return f"a line has {longest} characters, and {LONGEST_LINE} are coloured", "break the line"
    return "", ""


def _lines_of(tokens: Iterable[tuple["_TokenType", str]]) -> Iterator[str]:
    """Lines of HTML made of tokens and their types."""
    line: list[str] = []
    last = ""
    for kind, words in tokens:
        name = _class_of(kind)
        for number, part in enumerate(words.split("\n") if "\n" in words else (words,)):
            if number:
                yield "".join(line) + ("</span>" if last else "")
                line, last = [], ""
            if not part:
                continue
            if name != last:
                line.append(("</span>" if last else "") + (f'<span class="{name}">' if name else ""))
                last = name
            line.append(_markup_of_words(part))
    if line:
        yield "".join(line) + ("</span>" if last else "")


@lru_cache(maxsize=4096)
def _markup_of_words(words: str) -> str:
    """As markup_of; a few words and signs make up most code."""
    return markup_of(words)


@lru_cache(maxsize=1024)
def _near(language: str) -> str:
    return did_you_mean(language, TRIED)


@cache
def _class_of(kind: "_TokenType") -> str:
    """The CSS class of a token type, or of its nearest parent that has one."""
    from pygments.token import STANDARD_TYPES

    while kind not in STANDARD_TYPES and kind.parent:
        kind = kind.parent
    name = STANDARD_TYPES[kind]
    return name if _CLASS.fullmatch(name) else ""


@cache
def _lexer(language: str) -> "type[Lexer] | None":
    """The lexer class of a language, because lexer objects may keep state. None for a language that is not coloured."""
    from pygments.lexers import find_lexer_class_by_name
    from pygments.util import ClassNotFound

    try:
        found = find_lexer_class_by_name(language)
    except ClassNotFound:
        return None
    return found if TRIED.intersection(found.aliases) else None
