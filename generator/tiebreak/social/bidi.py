"""The order of signs in a line, from the order in which they are read: Unicode's bidirectional algorithm (UAX 9).

Without explicit embeddings, which no line of a picture has. What stands between FSI and PDI is a text of its own.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby

ISOLATE, POP = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_OTHER = "\N{OBJECT REPLACEMENT CHARACTER}"  # stands for a text of its own: it has no direction to those around
_NUMBERS = ("EN", "AN")
_LEFTWARD = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")


def levels(text: str, base: int) -> list[int]:
    """The level of each sign in a line whose own level is `base`, 0 or 1; even ones run from left to right."""
    if not base and not _LEFTWARD.search(text):
        return [0] * len(text)
    outer: list[tuple[int, int]] = []  # where the texts of their own begin and end
    start = -1
    for place, sign in enumerate(text):
        if sign == ISOLATE and start < 0:
            start = place
        elif sign == POP and start >= 0:
            outer.append((start, place + 1))
            start = -1
    flat = _without(text, outer)
    found = _plain_levels(flat, base)
    for start, end in outer:
        inner = text[start + 1 : end - 1]
        step = found[start] + (1 if (found[start] % 2) != _own(inner) else 0)
        raised = [level - _own(inner) + step for level in _plain_levels(inner, _own(inner))]
        found[start:end] = [found[start], *raised, found[start]]
    return found


def visual(found: Sequence[int]) -> list[int]:
    """The places of signs with these levels from left to right (rule L2)."""
    order = list(range(len(found)))
    for level in range(max(found, default=0), 0, -1):
        order = _turned(order, [found[place] >= level for place in order])
    return order


def _turned(order: Sequence[int], turns: Sequence[bool]) -> list[int]:
    """The order with each stretch of what `turns` the other way round."""
    turned: list[int] = []
    for is_turned, group in groupby(zip(order, turns, strict=True), key=lambda one: one[1]):
        places = [place for place, _ in group]
        turned += reversed(places) if is_turned else places
    return turned


def _own(text: str) -> int:
    """1 where the first sign with a direction runs from right to left."""
    kinds = (unicodedata.bidirectional(sign) for sign in text)
    return int(next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L")


def _without(text: str, outer: Sequence[tuple[int, int]]) -> str:
    for start, end in outer:
        text = text[:start] + _OTHER * (end - start) + text[end:]
    return text


def _plain_levels(text: str, base: int) -> list[int]:
    kinds = _weak([unicodedata.bidirectional(sign) or "ON" for sign in text], "R" if base else "L")
    kinds = _neutral(kinds, "R" if base else "L")
    raised = {"L": base + base % 2, "R": base + 1 - base % 2, "EN": 2, "AN": 2}
    return [raised[kind] for kind in kinds]


def _weak(kinds: list[str], start: str) -> list[str]:
    """Rules W1 to W7: marks are as what they stand on, and signs in numbers are as these."""
    strong, before = start, start
    for place, kind in enumerate(kinds):
        if kind == "NSM":
            kinds[place] = kind = before
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[place] = "AN"
        before = kinds[place]
    for place in range(1, len(kinds) - 1):
        around = {kinds[place - 1], kinds[place + 1]}
        if len(around) == 1 and (
            (kinds[place] == "ES" and around == {"EN"}) or (kinds[place] == "CS" and around <= {*_NUMBERS})
        ):
            kinds[place] = around.pop()
    return _latin_numbers(_terminated(kinds), start)


def _terminated(kinds: list[str]) -> list[str]:
    """Rule W5: what belongs to a number, as a currency's sign, is as the number."""
    place = 0
    for kind, group in groupby(list(kinds)):
        end = place + len(list(group))
        if kind == "ET" and "EN" in kinds[max(place - 1, 0) : place] + kinds[end : end + 1]:
            kinds[place:end] = ["EN"] * (end - place)
        place = end
    return kinds


def _latin_numbers(kinds: list[str], start: str) -> list[str]:
    """Rule W7: behind Latin letters, a number is as these."""
    strong = start
    for place, kind in enumerate(kinds):
        if kind in ("L", "R", "AL"):
            strong = "L" if kind == "L" else "R"
            kinds[place] = strong
        elif kind == "EN" and strong == "L":
            kinds[place] = "L"
    return kinds


def _neutral(kinds: list[str], start: str) -> list[str]:
    """Rules N1 and N2: between two of one direction it is as these, else as the line."""
    known = ("L", "R", *_NUMBERS)
    sides = ["R" if kind in _NUMBERS else kind for kind in kinds]
    place = 0
    for is_known, group in groupby(list(kinds), key=lambda kind: kind in known):
        end = place + len(list(group))
        if not is_known:
            before = sides[place - 1] if place else start
            after = sides[end] if end < len(kinds) else start
            kinds[place:end] = [before if before == after else start] * (end - place)
        place = end
    return kinds
