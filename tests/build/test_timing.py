"""Where the time of a build goes, and how far it has come."""

import pytest

from tiebreak.build.timing import Timer


def test_phases_add_up_in_the_order_in_which_they_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    """A phase that comes again is the same one."""
    clock = iter((0.0, 1.0, 10.0, 12.0, 20.0, 24.0))
    monkeypatch.setattr("tiebreak.build.timing.time.perf_counter", lambda: next(clock))
    timer = Timer()
    for name in ("read", "link", "read"):
        with timer(name):
            pass
    assert list(timer.seconds.items()) == [("read", 5.0), ("link", 2.0)]


def test_a_phase_that_fails_counts_as_well() -> None:
    """The error passes through."""
    timer = Timer()
    with pytest.raises(ValueError), timer("read"):
        raise ValueError
    assert timer.seconds["read"] > 0


def test_what_is_told_comes_through_unchanged() -> None:
    """Each thing with its number, of how many; the time is that of those who make the things, too."""
    heard: list[tuple[str, int, int]] = []
    timer = Timer(lambda *said: heard.append(said))
    assert list(timer.track("read", iter("ab"), 2)) == ["a", "b"]
    assert heard == [("read", 1, 2), ("read", 2, 2)]
    assert list(timer.seconds) == ["read"]


def test_nobody_need_listen() -> None:
    """Nor need there be anything to tell of."""
    timer = Timer()
    assert list(timer.track("read", "ab", 2)) == ["a", "b"]
    assert list(timer.track("link", "", 0)) == []
    assert list(timer.seconds) == ["read", "link"]
