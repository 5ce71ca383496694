"""Names that Windows cannot have, or no system, are known before something is written under them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiebreak.model.file_names import DEVICES, refusal


@given(st.sampled_from(sorted(DEVICES)), st.sampled_from(["", ".", ".png", ".tar.gz", " .txt"]), st.booleans())
def test_no_name_of_a_device(device: str, ending: str, is_upper: bool) -> None:
    """In any capitals, and with any ending."""
    assert refusal((device.upper() if is_upper else device) + ending)


@given(st.sampled_from(sorted(DEVICES)), st.from_regex("[a-z]{1,5}", fullmatch=True))
def test_a_name_that_only_begins_so_is_fine(device: str, more: str) -> None:
    """`console` and `auxin` are names like any other."""
    assert refusal(f"{device}{more}.md") == refusal(f"x{device}.md") == ""


@pytest.mark.parametrize("name", [*(f"a{sign}b" for sign in '<>:"|?*\\'), "a.", "a ", "...", "a" * 256, "é" * 128])
def test_no_such_name(name: str) -> None:
    """Signs, what is cut off at the end, and more bytes than a name can have."""
    assert refusal(name)


@pytest.mark.parametrize("name", ["a", "c#.png", "100%.png", "a b.png", "日本", ".htaccess", "a" * 255, "é" * 127])
def test_a_sound_name(name: str) -> None:
    """Whatever else stands in it."""
    assert refusal(name) == ""
