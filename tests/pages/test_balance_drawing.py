"""Where the ticks of a balance stand: on whose side, how tall, and with how much room."""

import pytest
from samples import compared

from tiebreak.pages import balance_drawing


def test_two_subjects_share_a_beam() -> None:
    """From either end, the heaviest first, and what nobody won in the middle."""
    beam = balance_drawing.small(compared("A", "B", won="A B B = ?", weights=[1, 2, 5, 1, 1]).balance).beam
    assert beam is not None
    assert [(mark.tick.id, mark.x) for mark in beam.left] == [("row-1", 0)]
    assert [(mark.tick.id, mark.x) for mark in beam.right] == [("row-3", -4), ("row-2", -10)]
    assert [(mark.tick.id, mark.x) for mark in beam.middle] == [("row-4", -5), ("row-5", 1.75)]
    assert (beam.left_width, beam.middle_width, beam.right_width) == (9, 12, 15)
    assert (beam.foot, beam.height) == (18, 23)


def test_the_fulcrum_stands_where_the_beam_balances() -> None:
    """Level in the middle, else nearer to who has more weight."""
    found = [balance_drawing.small(compared("A", "B", won=won).balance).beam for won in ("A B", "A A B =", "B")]
    assert [beam and beam.lean for beam in found] == [50, 37.5, 100]


def test_more_subjects_have_a_strip_each() -> None:
    """In their order, and one of what nobody won."""
    drawn = balance_drawing.small(compared("A", "B", "C", won="A C C =").balance, 2)
    assert drawn.beam is None
    assert [[(mark.tick.id, mark.x) for mark in strip] for strip in drawn.strips] == [
        [("row-1", 0)],
        [],
        [("row-2", 0), ("row-3", 12)],
    ]
    assert [mark.tick.id for mark in drawn.undecided] == ["row-4"]


def test_a_tick_is_as_tall_as_its_row_weighs() -> None:
    """It stands on the foot; one without weight can still be seen, and one that nobody judged is an outline."""
    beam = balance_drawing.small(compared("A", "B", won="A A ?", weights=[2, 0, 2]).balance).beam
    assert beam is not None
    assert [(mark.y, mark.height) for mark in beam.left] == [(0.6, 8.4), (7.8, 1.2)]
    assert [(mark.y, mark.height, mark.width) for mark in beam.middle] == [(1.35, 6.9, 2.5)]


@pytest.mark.parametrize(("rows", "room"), [(1, 24), (11, 24), (12, 22), (100, 2)])
def test_there_is_room_for_a_finger_as_far_as_a_phone_has_it(rows: int, room: int) -> None:
    """And for no more in all than such a screen is wide."""
    beam = balance_drawing.large(compared("A", "B", won=" ".join("A" * rows)).balance).beam
    assert beam is not None
    assert {(mark.room_width, mark.room_height) for mark in beam.left} == {(room, 42)}
