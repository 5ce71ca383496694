"""The measures of a balance: how far apart its ticks stand, and where its beam is held."""

import pytest
from published import ROOT
from samples import compared

from tiebreak.model.table import HEAVIEST
from tiebreak.pages import balance_drawing


def test_the_fulcrum_stands_where_the_beam_balances() -> None:
    """In the middle where both have as much, else nearer to who has more; ties hold it back."""
    found = [balance_drawing.fulcrum(compared("A", "B", won=won).balance) for won in ("A B", "A A B =", "B", "=")]
    assert found == [50, 37.5, 100, 50]


@pytest.mark.parametrize(
    ("rows", "pitch"), [(1, 24), (11, 24), (12, 20), (13, 20), (14, 16), (66, 4), (67, 2), (100, 2)]
)
def test_there_is_room_for_a_finger_as_far_as_a_phone_has_it(rows: int, pitch: int) -> None:
    """And for no more in all than such a screen is wide, also where a reader gives weight to what has none."""
    for weights in ([1] * rows, [0] * rows):
        assert balance_drawing.pitch(compared("A", "B", won=" ".join("A" * rows), weights=weights).balance) == pitch


def test_of_strips_the_longest_is_what_needs_room() -> None:
    """Which may be that of what nobody won; a tie is on nobody's strip."""
    assert balance_drawing.pitch(compared("A", "B", "C", won="A B C A B C A B C").balance) == 24
    assert balance_drawing.pitch(compared("A", "B", "C", won="A " * 7 + "B C").balance) == 20
    assert balance_drawing.pitch(compared("A", "B", "C", won="= ? " * 5).balance) == 16
    assert balance_drawing.pitch(compared("A", "B", "C").balance) == 24


def test_the_style_has_a_class_for_each_measure() -> None:
    """No page has a style of its own: the pitches, and the weights that have a bar."""
    style = (ROOT / "static/css/34-balance.css").read_text("utf-8")
    for pitch in (*balance_drawing.PITCHES, balance_drawing.LEAST):
        assert f".p{pitch} {{ --pitch: {pitch}px; }}" in style
    for weight in range(1, HEAVIEST + 1):
        assert f".w{weight} {{ --w: {weight}; }}" in style
