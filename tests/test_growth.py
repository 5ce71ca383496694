"""Nothing grows worse than n log n in what an author writes."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from shutil import rmtree

import pytest
from growth import assert_bounded, exponent, seconds
from large import OF_THE_PROJECT, UNBOUNDED, WITHIN, Files
from samples import loaded_site
from test_untrusted import put

from tiebreak import limits
from tiebreak.build import pipeline as builder
from tiebreak.model.slugs import slugify
from tiebreak.problems import Format, Problem, SiteError, in_order, report


@pytest.mark.slow
def test_the_harness_tells_a_square_from_a_line() -> None:
    """Otherwise nothing below would say anything."""

    def line(size: int) -> int:
        return sum(number & 7 for number in range(size))

    def square(size: int) -> int:
        return sum(sum(range(size)) & 7 for _ in range(size))

    assert_bounded(int, line, start=10_000)
    assert exponent({size: seconds(int, square, size) for size in (1_000, 2_000, 4_000)}) > 1.6
    with pytest.raises(AssertionError, match="time grows with the power"):
        assert_bounded(int, square, start=1_000, most=4_000)


@pytest.mark.slow
def test_a_long_name_is_made_an_id_in_linear_time() -> None:
    """Whatever stands in it."""
    for text in ("a-", ".", "+é' "):
        slugify.cache_clear()
        assert_bounded(text.__mul__, slugify.__wrapped__, start=20_000)


@pytest.mark.slow
def test_many_problems_are_told_in_linear_time() -> None:
    """In every format."""

    def problems(size: int) -> list[Problem]:
        return [
            Problem("content/x.md", place, 1, "bad-url", "wrong", "mend it", excerpt="x: y") for place in range(size)
        ]

    def told(format: Format, some: list[Problem]) -> str:
        return report(in_order(some), format)

    formats: tuple[Format, ...] = ("text", "json", "github")
    for format in formats:
        assert_bounded(problems, partial(told, format))


Written = Callable[[Callable[[int], Files]], Callable[[int], Path]]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """What writes such files into a project before the time is taken: a disk is as slow as it likes."""

    def writing(make: Callable[[int], Files]) -> Callable[[int], Path]:
        def write(size: int) -> Path:
            rmtree(tmp_path / "project", ignore_errors=True)
            return put(tmp_path / "project", dict(make(size)))

        return write

    return writing


def made(project: Path) -> None:
    """Every page, in this process."""
    with suppress(SiteError):
        builder.check(builder.Options(project, jobs=1, today=date(2026, 11, 23)))


@pytest.mark.slow
@pytest.mark.parametrize("make", WITHIN.values(), ids=WITHIN)
def test_what_stands_in_one_file(make: Callable[[int], Files], written: Written) -> None:
    """Up to the limits: read, linked and made into pages."""
    assert_bounded(written(make), made, start=125, most=limits.ROWS, repeats=1)


@pytest.mark.slow
@pytest.mark.parametrize("make", UNBOUNDED.values(), ids=UNBOUNDED)
def test_what_is_wrong_in_one_file(make: Callable[[int], Files], written: Written) -> None:
    """However often it is."""
    assert_bounded(written(make), loaded_site, start=500, most=64_000, repeats=1)


@pytest.mark.slow
@pytest.mark.parametrize("make", OF_THE_PROJECT.values(), ids=OF_THE_PROJECT)
def test_what_makes_a_project_large(make: Callable[[int], Files], written: Written) -> None:
    """Files, and what they have in common: read, linked and made into pages."""
    assert_bounded(written(make), made, start=60, most=1920, repeats=1)
