"""How the time that something takes grows with the size of what it is given."""

import gc
from collections.abc import Callable, Sequence
from math import log
from time import process_time
from typing import TypeVar

T = TypeVar("T")
ALLOWED = 1.35  # n log n over the sizes that are measured is about 1.1; the rest is room for noise
LONG_ENOUGH = 0.01  # seconds that the smallest size takes, so that neither clock nor fixed costs count
PATIENCE = 20.0  # seconds after which the larger sizes need not be measured to know


def seconds(make: Callable[[int], T], run: Callable[[T], object], size: int, repeats: int = 3) -> float:
    """The least processor time that `run` takes for an input of this size, made anew each time."""
    best = PATIENCE * 2
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


def exponent(
    make: Callable[[int], T], run: Callable[[T], object], sizes: Sequence[int], fixed: float, repeats: int = 3
) -> float:
    """The slope of the line through the logarithms of sizes and times: 1 for linear, 2 for quadratic growth.

    `fixed` are the seconds that any input takes, which are not counted.
    """
    points: list[tuple[float, float]] = []
    for size in sizes:
        taken = max(seconds(make, run, size, repeats) - fixed, LONG_ENOUGH / 2)
        points.append((log(size), log(taken)))
        if taken > PATIENCE and len(points) > 1:
            break
    middle_x = sum(x for x, _ in points) / len(points)
    middle_y = sum(y for _, y in points) / len(points)
    return sum((x - middle_x) * (y - middle_y) for x, y in points) / sum((x - middle_x) ** 2 for x, _ in points)


def sizes_for(
    make: Callable[[int], T], run: Callable[[T], object], start: int, most: int, fixed: float
) -> tuple[int, int, int]:
    """n, 2n and 4n: the smallest n, from `start` up by doubling, that takes long enough; 4n is `most` at most."""
    size = start
    while size * 8 <= most and seconds(make, run, size, repeats=1) - fixed < max(LONG_ENOUGH, fixed):
        size *= 2
    return size, size * 2, size * 4


def assert_bounded(
    make: Callable[[int], T],
    run: Callable[[T], object],
    *,
    start: int = 250,
    most: int = 1_000_000,
    allowed: float = ALLOWED,
    repeats: int = 3,
    attempts: int = 5,
) -> None:
    """Fail unless the time that `run` takes for what `make` makes of a size grows by an exponent below `allowed`.

    Other programs on the machine only ever add time, and not alike to each size: one good attempt is proof enough.
    """
    fixed = seconds(make, run, 2, 2)  # what is wrong with two of a kind may spare the work for one
    sizes = sizes_for(make, run, start, most, fixed)
    found: list[float] = []
    while len(found) < attempts:
        found.append(exponent(make, run, sizes, fixed, repeats))
        if found[-1] < allowed:
            return
        fixed = min(fixed, seconds(make, run, 2, 2))
    raise AssertionError(f"from {sizes[0]} to {sizes[-1]} time grows with the power {min(found):.2f}")
