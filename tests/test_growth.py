"""Nothing grows worse than n log n in what an author writes."""

import pytest
from growth import assert_bounded, exponent

from tiebreak.names import slugify
from tiebreak.problems import Problem, in_order, report


def test_the_harness_tells_a_square_from_a_line() -> None:
    """Otherwise nothing below would say anything."""

    def line(size: int) -> int:
        return sum(number & 7 for number in range(size))

    def square(size: int) -> int:
        return sum(sum(range(size)) & 7 for _ in range(size))

    assert_bounded(int, line, start=10_000)
    assert exponent(int, square, (500, 1_000, 2_000)) > 1.6
    with pytest.raises(AssertionError, match="time grows with the power"):
        assert_bounded(int, square, start=500, most=2_000)


def test_a_long_name_is_made_an_id_in_linear_time() -> None:
    """Whatever stands in it."""
    for text in ("a-", ".", "+é' "):
        slugify.cache_clear()
        assert_bounded(lambda size, text=text: text * size, slugify.__wrapped__, start=20_000)  # type: ignore[misc]


def test_many_problems_are_told_in_linear_time() -> None:
    """In every format."""

    def problems(size: int) -> list[Problem]:
        return [
            Problem("content/x.md", place, 1, "bad-url", "wrong", "mend it", excerpt="x: y") for place in range(size)
        ]

    for format in ("text", "json", "github"):
        assert_bounded(problems, lambda some, format=format: report(in_order(some), format))  # type: ignore[misc]
