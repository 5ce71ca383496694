"""Scales hold whatever numbers there are between their ends, and have round ticks."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tiebreak.charts import scales
from tiebreak.charts.ticks import ticks_of
from tiebreak.charts.writing import Writing

NUMBERS = st.lists(
    st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=3), min_size=1, max_size=8
)
ABOVE_ZERO = st.lists(
    st.decimals(Decimal("0.000001"), 10**9, allow_nan=False, allow_infinity=False, places=6), min_size=1, max_size=8
)
DAYS = st.lists(st.dates(), min_size=1, max_size=8)


@given(NUMBERS)
def test_length_is_read_from_zero(numbers: list[Decimal]) -> None:
    """Zero lies on the scale, all numbers do, and a number twice as large is twice as far from zero."""
    scale = scales.from_zero(numbers)
    zero = scale.at(Decimal())
    assert 0 <= zero <= 100
    for number in numbers:
        assert 0 <= scale.at(number) <= 100
        half = (scale.at(number / 2) - zero) * 2
        assert abs(half - (scale.at(number) - zero)) <= 0.04


@given(NUMBERS)
def test_places_are_read_between_round_numbers(numbers: list[Decimal]) -> None:
    """All numbers lie between the first tick and the last, and the ticks are few, rising and evenly spread."""
    scale = scales.linear(numbers)
    assert all(0 <= scale.at(number) <= 100 for number in numbers)
    places = [scale.at(tick) for tick in scale.ticks]
    assert (places[0], places[-1]) == (0, 100)
    assert 2 <= len(places) <= 8
    steps = {round(after - before, 1) for before, after in pairwise(places)}
    assert max(steps) - min(steps) <= 0.2


@given(ABOVE_ZERO)
def test_equal_steps_multiply(numbers: list[Decimal]) -> None:
    """On a scale of multiples, all numbers lie between its ends, and ten times as much is as far from each."""
    scale = scales.logarithmic(numbers)
    assert all(-0.01 <= scale.at(number) <= 100.01 for number in numbers)
    steps = [scale.at(number * 10) - scale.at(number) for number in numbers]
    assert max(steps) - min(steps) <= 0.04
    assert 1 <= len(scale.ticks) <= 10


@given(DAYS)
def test_days_lie_between_the_first_and_the_last(days: list[date]) -> None:
    """Whatever the calendar has; ticks are first days of months, or the two ends."""
    scale = scales.time(days)
    assert all(0 <= scale.at(day) <= 100 for day in days)
    ends = (scale.first, scale.last)
    assert all(isinstance(tick, date) and (tick.day == 1 or tick.toordinal() in ends) for tick in scale.ticks)
    assert len(scale.ticks) > 1
    assert len(scale.ticks) <= 8


def test_ticks_are_what_people_would_choose() -> None:
    """Some scales, in full."""
    near_zero = scales.linear([Decimal("3.2"), Decimal("9.7")]).ticks
    assert [str(tick) for tick in near_zero] == ["0", "2", "4", "6", "8", "10"]
    assert [str(tick) for tick in scales.linear([Decimal(81), Decimal(97)]).ticks] == ["80", "85", "90", "95", "100"]
    below = scales.linear([Decimal("-3.2"), Decimal("-9.7")]).ticks
    assert [str(tick) for tick in below] == ["-10", "-8", "-6", "-4", "-2", "0"]
    assert scales.linear([Decimal(-81), Decimal(-97)]).ticks[-1] == -80
    multiples = scales.logarithmic([Decimal("0.48"), Decimal(11)]).ticks
    assert [f"{tick:f}" for tick in multiples] == ["0.2", "0.5", "1", "2", "5", "10", "20"]
    years = scales.time([date(2019, 5, 1), date(2026, 2, 3)]).ticks
    assert years == (date(2020, 1, 1), date(2022, 1, 1), date(2024, 1, 1), date(2026, 1, 1))


def test_multiples_that_do_not_all_fit_are_told_at_powers_of_ten() -> None:
    """On the narrowest phone; 1 is among them, where more and less than as much part."""
    writing = Writing(lambda number: f"{number:f}", str, str)
    scale = scales.logarithmic([Decimal("0.03"), Decimal("1.8")])
    assert [tick.text for tick in ticks_of(scale, writing) if tick.text] == ["0.1", "1"]
