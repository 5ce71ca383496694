"""How the time that something takes grows with the size of what it is given."""

import gc
from collections.abc import Callable, Mapping
from math import inf, log
from time import process_time
from typing import TypeVar

T = TypeVar("T")
ALLOWED = 1.35  # n log n over the sizes that are measured is about 1.1; the rest is room for noise
LONG_ENOUGH = 0.01  # seconds that the smallest size takes, so that neither clock nor fixed costs count
PATIENCE = 20.0  # seconds after which a size is not measured again


def seconds(make: Callable[[int], T], run: Callable[[T], object], size: int, repeats: int = 3) -> float:
    """The least processor time that `run` takes for an input of this size, made anew each time."""
    best = inf
    for _ in range(repeats):
        given = make(size)
        gc.collect()
        gc.disable()  # as the commands do
        try:
            began = process_time()
            run(given)
            best = min(best, process_time() - began)
        finally:
            gc.enable()
        if best > 1:
            break
    return best


def exponent(taken: Mapping[int, float], fixed: float = 0) -> float:
    """The slope of the line through the logarithms of sizes and seconds: 1 for linear, 2 for quadratic growth.

    The `fixed` seconds that any input takes are not counted; what is left beside them of less than their half may be
    noise, and counts as the half.
    """
    least = max(fixed, LONG_ENOUGH) / 2
    points = [(log(size), log(max(seconds - fixed, least))) for size, seconds in taken.items()]
    middle_x = sum(x for x, _ in points) / len(points)
    middle_y = sum(y for _, y in points) / len(points)
    return sum((x - middle_x) * (y - middle_y) for x, y in points) / sum((x - middle_x) ** 2 for x, _ in points)


def first_size(make: Callable[[int], T], run: Callable[[T], object], start: int, most: int, fixed: float) -> int:
    """The smallest size, from `start` up by doubling, that takes long enough; four times as much is `most` at most."""
    size = start
    while size * 8 <= most and seconds(make, run, size, repeats=1) - fixed < max(LONG_ENOUGH, fixed / 2):
        size *= 2
    return size


def assert_bounded(
    make: Callable[[int], T],
    run: Callable[[T], object],
    *,
    start: int = 250,
    most: int = 1_000_000,
    allowed: float = ALLOWED,
    repeats: int = 3,
    attempts: int = 6,
) -> None:
    """Fail unless the time that `run` takes for what `make` makes of a size grows by an exponent below `allowed`.

    It is taken from n, 2n and 4n, without what an input of two takes anyway. Other programs on the machine only ever
    add time, so of each size the least time counts, and what looks too steep is measured again; every other time with
    twice the sizes, up to `most`, as a step at one size says nothing of the growth.
    """
    gc.collect()
    gc.freeze()  # all that tests have imported and collected: to look through it takes longer than what is measured
    try:
        _assert_bounded(make, run, start=start, most=most, allowed=allowed, repeats=repeats, attempts=attempts)
    finally:
        gc.unfreeze()


def _assert_bounded(
    make: Callable[[int], T],
    run: Callable[[T], object],
    *,
    start: int,
    most: int,
    allowed: float,
    repeats: int,
    attempts: int,
) -> None:
    fixed = seconds(make, run, 2, 2)  # of two: what is wrong with them may spare the work for one
    size = first_size(make, run, start, most, fixed)
    least: dict[int, float] = {}
    found = inf
    for attempt in range(attempts):
        if attempt and attempt % 2 == 0 and size * 8 <= most:
            size *= 2
        sizes = (size, size * 2, size * 4)
        fixed = min(fixed, seconds(make, run, 2, repeats))
        for one in sizes:
            if least.get(one, 0) < PATIENCE:
                least[one] = min(least.get(one, inf), seconds(make, run, one, repeats))
        found = exponent({one: least[one] for one in sizes}, fixed)
        if found < allowed:
            return
    raise AssertionError(f"from {size} to {size * 4} time grows with the power {found:.2f}")
