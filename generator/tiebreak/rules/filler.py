"""Phrases that say nothing, by language, for whoever wants a reason to find instead of them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

_PHRASES: Mapping[str, str] = {
    "en": """
        it is important to note; it's important to note; it is worth noting; it's worth noting; it should be noted
        it is worth mentioning; it's worth mentioning; needless to say; it goes without saying
        depends on your use case; depends on your use-case; depends on your needs; depends on your specific
        depends on your requirements; depends on your project; depends on what you need; it all depends on
        the choice is yours; the choice ultimately depends; comes down to personal preference
        there is no one-size-fits-all; there's no one-size-fits-all; one size does not fit all; no clear winner
        have their own strengths and weaknesses; have their pros and cons; has its own pros and cons
        in today's fast-paced; in today's digital; in today's world; in the world of; in the realm of
        at the end of the day; all things considered; last but not least; in a nutshell; without further ado
        look no further; let's dive in; dive deep into; delve into; buckle up
        plays a crucial role; plays a vital role; a game changer; a game-changer; cutting-edge; next-level
        take it to the next level; unlock the full potential; unleash the power; harness the power
        best of both worlds; a wide range of; a plethora of; a myriad of; rich ecosystem of; robust and scalable
        powerful yet simple; simple yet powerful; seamless experience; world-class; industry-leading; best-in-class
    """,
    "de": """
        es ist wichtig zu beachten; es ist erwähnenswert; an dieser stelle sei erwähnt; es sei darauf hingewiesen
        hängt von ihren anforderungen ab; hängt von deinen anforderungen ab; hängt vom anwendungsfall ab
        kommt auf den anwendungsfall an; am ende des tages; nicht zuletzt; in der heutigen zeit
        in der heutigen schnelllebigen; haben beide ihre vor- und nachteile; eine vielzahl von
        das beste aus beiden welten
    """,
    "fr": """
        il est important de noter; il convient de noter; il est à noter que; force est de constater
        dépend de vos besoins; dépend de votre cas d'usage; dépend de vos exigences; en fin de compte
        à la fin de la journée; dans le monde d'aujourd'hui; le meilleur des deux mondes; une large gamme de
        ont leurs avantages et leurs inconvénients
    """,
    "es": """
        es importante destacar; es importante señalar; cabe destacar; cabe mencionar; vale la pena mencionar
        depende de tus necesidades; depende de sus necesidades; depende del caso de uso; al fin y al cabo
        al final del día; en el mundo actual; lo mejor de ambos mundos; una amplia gama de
        tienen sus pros y sus contras; tienen sus ventajas y desventajas
    """,
    "pt": """
        é importante ressaltar; é importante destacar; vale ressaltar; vale destacar; cabe destacar
        depende das suas necessidades; depende do caso de uso; no fim das contas; no final do dia
        no mundo atual; o melhor dos dois mundos; uma ampla gama de; têm seus prós e contras
    """,
    "zh": "值得注意的是; 值得一提的是; 众所周知; 总而言之; 取决于您的需求; 取决于你的需求; 各有优缺点; 两全其美",
    "ja": "言うまでもなく; 注目すべきは; 用途によって異なります; ニーズによって異なります; 一長一短があります",
}
_UNSPACED = re.compile(
    "[\u0e00-\u109f\u1780-\u17ff\u3040-\u9fff]"
)  # letters of scripts that put no spaces between words


@lru_cache(maxsize=8)
def pattern(language: str, more: tuple[str, ...] = ()) -> re.Pattern[str]:
    """Finds the phrases of a language, and `more`, whatever blanks, capitals and apostrophes they have."""
    return re.compile("|".join(_alternatives(_known(language, more))) or r"(?!)", re.IGNORECASE)


def may_stand_in(text: str, language: str, more: tuple[str, ...] = ()) -> bool:
    """Whether any of the phrases stands in a text, be it within longer words: much quicker than to search for them."""
    plain = _plain(text)
    words = frozenset(plain.split(" "))
    return any(inner <= words and phrase in plain for phrase, inner in _plain_phrases(language, more))


@lru_cache(maxsize=8)
def _plain_phrases(language: str, more: tuple[str, ...]) -> tuple[tuple[str, frozenset[str]], ...]:
    """The phrases, each with the words in its midst, beside which no other letter or sign can stand."""
    return tuple((phrase, frozenset(phrase.split(" ")[1:-1])) for phrase in map(_plain, _known(language, more)))


def _plain(text: str) -> str:
    """A text in which signs that the patterns take for one another are one."""
    return " ".join(text.casefold().replace("’", "'").replace("ı", "i").split())


def _known(language: str, more: tuple[str, ...]) -> list[str]:
    known = _PHRASES.get(language.partition("-")[0], "")
    return [*(phrase.strip() for line in known.splitlines() for phrase in line.split(";") if phrase.strip()), *more]


def _alternatives(phrases: Iterable[str]) -> Iterator[str]:
    """Those of scripts without spaces, then all others by their first word, so that few are tried at each word."""
    by_first: dict[str, list[str]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        first, *rest = (re.escape(word).replace("'", "['’]") for word in phrase.split())
        if _UNSPACED.search(phrase):
            yield r"\s+".join((first, *rest))
        else:
            by_first.setdefault(first, []).append("".join(rf"\s+{word}" for word in rest))
    if by_first:
        words = "|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in by_first.items())
        yield rf"(?<!\w)(?:{words})(?!\w)"
