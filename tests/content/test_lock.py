"""The lock says what was found at each source, diffs well, and is read with care."""

import json
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiebreak.content.lock import read_lock, written_lock
from tiebreak.model import Look
from tiebreak.problems import SiteError

FILE = "content/sources.lock"
LOOK = Look(date(2026, 11, 20), 200, digest="0f", etag='W/"a"', found=("a “quote”\nof two lines", "1392 MB"))


def test_what_is_written_is_read() -> None:
    """By address, one key a line, without what would say nothing."""
    looks = {"https://example.org/b": LOOK, "https://example.org/a": Look(date(2026, 11, 1), 404)}
    text = written_lock(looks).decode()
    assert read_lock(FILE, text) == (looks, [])
    assert text.index("example.org/a") < text.index("example.org/b")
    lines = text.split("\n")
    assert lines[2:7] == [
        ' "https://example.org/a": {',
        '  "looked": "2026-11-01",',
        '  "status": 404',
        " },",
        ' "https://example.org/b": {',
    ]


@given(st.text(), st.text())
def test_any_claim_is_read_as_it_was_written(one: str, other: str) -> None:
    """Control characters and all: what cannot be printed stands there as an escape."""
    looks = {"https://example.org/": Look(date(2026, 11, 20), 200, found=(one,), missing=(other,))}
    text = written_lock(looks).decode()
    assert read_lock(FILE, text) == (looks, [])
    assert "\x1b" not in text


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(), lambda one: st.lists(one) | st.dictionaries(st.text(), one)
    )
)
def test_any_json_is_read_or_told(value: object) -> None:
    """Whatever a merge or a stranger makes of it."""
    try:
        looks, problems = read_lock(FILE, json.dumps({"https://example.org/": value}))
    except SiteError:
        return
    assert bool(looks) is not bool(problems)


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, "1" * 10_000, "[]", "null", "NaN", "\x00"])
def test_what_is_no_lock_is_told(text: str) -> None:
    """In one problem, however deep and long it is."""
    with pytest.raises(SiteError) as error:
        read_lock(FILE, text)
    assert [problem.code for problem in error.value.problems] == ["bad-lock"]


@pytest.mark.slow
def test_twenty_thousand_sources_are_read_at_once() -> None:
    """Or in a moment, and as many mistakes in not much more."""
    looks = {f"https://example.org/{number}": LOOK for number in range(20_000)}
    text = written_lock(looks).decode()
    for one, problems in ((text, 0), (text.replace('"status": 200', '"status": "fine"'), 201)):
        began = time.perf_counter()
        assert len(read_lock(FILE, one)[1]) == problems
        assert time.perf_counter() - began < 10
