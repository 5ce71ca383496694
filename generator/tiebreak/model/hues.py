"""Hues of subjects: one each on the whole site, apart from those of the subjects that it is compared with.

Comparisons are taken in one after the other, the oldest first. So a new one leaves every hue as it was but those of its
own subjects, and of these it moves only what is too close to another of them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import combinations, permutations
from math import atan2, cbrt, degrees, hypot
from operator import mul, neg
from zlib import crc32

# Degrees from one hue of `22-hues.css` to the next: no page needs a style of its own, and no brand is far from one.
STEP = 10
# Degrees between two hues that are compared: wherever five of them stand, there is room for a sixth.
APART = 40
GREY = 0.03  # below this chroma a colour has no hue worth keeping
EVERY = range(0, 360, STEP)
MANY = 16  # neighbours: one that has more leaves no room to choose by theirs, and it would take long

Taken = tuple[tuple[int, int], ...]  # hues, and how many neighbours stand at each


def hues_of(colors: Mapping[str, str | None], compared: Iterable[Sequence[str]]) -> dict[str, int]:
    """The hue of each subject by its id, in degrees: a multiple of `STEP`. Two that are compared stand at least `APART`
    from each other if each is compared with five or fewer, else as far as can be.

    `colors` are the subjects' own, in hexadecimal. `compared` has the ids of each comparison, the oldest first. A
    subject keeps its own colour's hue unless one that is compared with it has that, too. Then the one with fewer such
    neighbours moves, or else the later one. A subject without a colour makes way for one that has its own.
    """
    wheel = _Wheel(colors)
    for ids in compared:
        wheel.take_in(tuple(dict.fromkeys(ids)))
    return {id: wheel.hues.get(id, wheel.wished(id)) for id in colors}


def own_hue(color: str | None) -> int | None:
    """The hue of the stylesheet nearest to a colour's, `#rgb` or `#rrggbb`; None without a colour and for a grey."""
    if color is None:
        return None
    a, b = _oklab(color)
    return None if hypot(a, b) < GREY else round(degrees(atan2(b, a)) / STEP) * STEP % 360


def between(one: int, other: int) -> int:
    """Degrees between two hues, the short way round."""
    return abs((one - other + 180) % 360 - 180)


def _cost(apart: int) -> int:
    return 10 ** ((APART - apart) // STEP - 1) if apart < APART else 0


# By a hue and the place of another among all of them: the degrees between them, and how bad it is that they are so
# close. One that is closer outweighs many that are further off.
APARTS = {one: tuple(between(one, other) for other in EVERY) for one in EVERY}
COSTS = {one: tuple(_cost(apart) for apart in APARTS[one]) for one in EVERY}


class _Wheel:
    """Where subjects stand, and where those do that each of them is compared with."""

    def __init__(self, colors: Mapping[str, str | None]) -> None:
        self._own = {id: own_hue(color) for id, color in colors.items()}
        self._neighbours: dict[str, dict[str, None]] = {}
        self._taken: dict[str, Counter[int]] = {}  # by a subject, how many of its neighbours stand at each hue
        self.hues: dict[str, int] = {}

    def wished(self, id: str) -> int:
        """Its own hue, or one that is made of its id: without a colour, not all of them are to be blue."""
        own = self._own[id]
        return EVERY[crc32(id.encode("utf-8", "surrogatepass")) % len(EVERY)] if own is None else own

    def take_in(self, ids: Sequence[str]) -> None:
        """Have these compared with each other."""
        for pair in permutations(ids, 2):
            self._join(*pair)
        new = [id for id in ids if id not in self.hues]
        for id in sorted(new, key=lambda id: self._own[id] is None):
            self._put(id, self._best(id)[1] if self._own[id] is None else self.wished(id))
        while any(self._part(*pair) for pair in combinations(ids, 2)):
            pass

    def _join(self, id: str, neighbour: str) -> None:
        known = self._neighbours.setdefault(id, {})
        if neighbour not in known:
            known[neighbour] = None
            self._taken.setdefault(id, Counter()).update([self.hues[neighbour]] if neighbour in self.hues else [])

    def _put(self, id: str, hue: int) -> None:
        old, self.hues[id] = self.hues.get(id), hue
        for neighbour in self._neighbours.get(id, ()):
            self._taken[neighbour][hue] += 1
            if old is not None:
                self._taken[neighbour][old] -= 1

    def _part(self, earlier: str, later: str) -> bool:
        """Move one of the two if they are too close and there is a better place for one. Says whether it did."""
        if between(self.hues[earlier], self.hues[later]) >= APART:
            return False
        pair = sorted((later, earlier), key=self._standing)
        places: list[tuple[int, int, str]] = []
        while pair and (not places or places[-1][0]):  # the second is not looked at where the first finds a free place
            places.append((*self._best(pair[0]), pair.pop(0)))
        crowded, hue, id = min(places, key=lambda place: place[0])
        if crowded >= self._crowded(id):
            return False
        self._put(id, hue)
        return True

    def _standing(self, id: str) -> tuple[bool, int]:
        """Who has less of it moves: who stands at its own hue has more, then who has more neighbours."""
        return self.hues[id] == self._own[id], len(self._neighbours[id])

    def _crowded(self, id: str) -> int:
        return sum(COSTS[hue][self.hues[id] // STEP] * count for hue, count in self._around(id))

    def _best(self, id: str) -> tuple[int, int]:
        near = self._neighbours.get(id, {})
        further = [one for one in near if len(self._neighbours[one]) <= MANY] if len(near) <= MANY else []
        return _best(self._around(id), self._around(*further), self.wished(id))

    def _around(self, *ids: str) -> Taken:
        """Where the neighbours of these stand."""
        found: Counter[int] = Counter()
        for id in ids:
            found.update(self._taken.get(id, {}))
        return tuple(sorted((hue, count) for hue, count in found.items() if count))


@lru_cache(maxsize=10_000)  # most subjects have few neighbours
def _best(near: Taken, further: Taken, wished: int) -> tuple[int, int]:
    """The best hue for a subject, and first how crowded it is there: far from its neighbours, then from theirs, which
    readers may put beside it, and then near to the one that it wishes for.
    """
    crowding, beyond = _crowding(near), _crowding(further)
    nearest = [min(column) for column in zip(*(APARTS[hue] for hue, _ in near), strict=True)] or crowding
    least, _, _, _, hue = min(zip(crowding, beyond, map(neg, nearest), APARTS[wished], EVERY, strict=True))
    return least, hue


def _crowding(taken: Taken) -> list[int]:
    """How bad it would be to stand at each hue, by who stands near; 0 where nobody does."""
    counts = [count for _, count in taken]
    columns = zip(*(COSTS[hue] for hue, _ in taken), strict=True)
    return [sum(map(mul, column, counts)) for column in columns] or [0] * len(EVERY)


def _oklab(color: str) -> tuple[float, float]:
    """a and b of a colour in OKLab (Ottosson 2020)."""
    digits = color.removeprefix("#")
    pairs = [digit * 2 for digit in digits] if len(digits) == 3 else [digits[at : at + 2] for at in (0, 2, 4)]
    r, g, b = (_linear(int(pair, 16) / 255) for pair in pairs)
    long = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    medium = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    short = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    return (
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
