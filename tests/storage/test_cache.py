"""What was computed before: it is found again, or it is computed again; it never stands in a build's way."""

import multiprocessing
import os
import pickle
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from published import DRINKS

import tiebreak
from tiebreak.content.project import parse
from tiebreak.content.schema import ComparisonEntry
from tiebreak.markdown import Dialect
from tiebreak.model import pack
from tiebreak.storage import cache as module
from tiebreak.storage.cache import NAME, SPARE, Cache, fingerprint


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    cache = Cache(tmp_path / "state")
    yield cache
    cache.close()


def another(folder: Path) -> Cache:
    """As the next build opens it."""
    return Cache(folder / "state")


def recalled(folder: Path, *parts: object) -> object:
    found = another(folder)
    try:
        return found.get(*parts)
    finally:
        found.close()


def test_what_is_stored_is_found_under_the_same_parts(cache: Cache, tmp_path: Path) -> None:
    """At once by oneself, after a flush by everybody; under other parts there is nothing."""
    cache.set(("a", None), "parsed", "a.md", b"1", True)
    assert cache.get("parsed", "a.md", b"1", True) == ("a", None)
    assert recalled(tmp_path, "parsed", "a.md", b"1", True) is None
    cache.flush()
    assert recalled(tmp_path, "parsed", "a.md", b"1", True) == ("a", None)
    for other in (("parsed", "a.md", b"1", False), ("parsed", "a.md", b"2", True), ("parsed",), ()):
        assert cache.get(*other) is None


def test_the_last_that_was_stored_counts(cache: Cache, tmp_path: Path) -> None:
    """There is one value under one key."""
    for value in ("old", "new"):
        cache.set(value, "key")
        cache.flush()
    assert recalled(tmp_path, "key") == "new"


def test_what_is_forgotten_is_gone(cache: Cache, tmp_path: Path) -> None:
    """At the next flush; the rest stays."""
    for name in ("a", "b"):
        cache.set(name, name)
    cache.flush()
    cache.delete("a")
    assert cache.get("a") == "a"
    cache.flush()
    assert (recalled(tmp_path, "a"), recalled(tmp_path, "b")) == (None, "b")


def test_what_is_forgotten_before_it_was_written_is_gone(cache: Cache) -> None:
    """It need not be written first."""
    cache.set("a", "key")
    cache.delete("key")
    assert cache.get("key") is None
    cache.flush()
    assert cache.get("key") is None


def test_what_is_too_large_costs_nothing_else(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite refuses it, and all that is written with it; so it is not stored, and what is just not too large is."""
    cache.set("a", "small")
    cache.flush()
    cache.close()
    fits = "b" * 1_000_000
    monkeypatch.setattr(module, "LARGEST", len(pack(fits)))
    cache.set(fits, "fits")
    cache.set(fits + "b", "large")
    cache.flush()
    assert (cache.get("small"), cache.get("fits") == fits, cache.get("large")) == ("a", True, None)


def test_what_is_forgotten_and_stored_again_is_there(cache: Cache, tmp_path: Path) -> None:
    """In one flush."""
    cache.set("old", "a")
    cache.flush()
    cache.delete("a")
    cache.set("new", "a")
    cache.flush()
    assert recalled(tmp_path, "a") == "new"


def test_a_memo_without_a_folder_forgets_at_once() -> None:
    """It costs nothing, and its users need not know."""
    nowhere = Cache(None)
    nowhere.set("value", "key")
    nowhere.flush()
    nowhere.trim(0)
    assert nowhere.get("key") is None


def test_a_pure_function_is_remembered_by_name(cache: Cache, tmp_path: Path) -> None:
    """By this process, and by the next one."""
    calls: list[int] = []

    def double(number: int) -> int:
        calls.append(number)
        return number * 2

    assert [cache.memoize("double", double)(2) for _ in range(3)] == [4, 4, 4]
    cache.flush()
    later = another(tmp_path)
    assert later.memoize("double", double)(2) == 4
    later.close()
    assert calls == [2]


def test_the_oldest_go_when_there_is_much_more_than_is_used(cache: Cache, tmp_path: Path) -> None:
    """What is left is the newest; as long as there is room, nothing goes."""
    for number in range(2 * 100 + SPARE):
        cache.set(number, number)
    cache.flush()
    cache.trim(100)
    assert recalled(tmp_path, 0) == 0
    cache.set("last", "last")
    cache.flush()
    cache.trim(100)
    assert recalled(tmp_path, 0) is None
    assert recalled(tmp_path, "last") == "last"
    with sqlite3.connect(tmp_path / "state" / NAME) as database:
        (left,) = database.execute("SELECT count(*) FROM memo").fetchone()
    database.close()
    assert 200 <= left <= 2 * 100 + SPARE


@pytest.mark.parametrize("damage", [b"", b"garbage" * 1000, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_file_is_begun_anew(tmp_path: Path, damage: bytes) -> None:
    """With nothing in it, and without a word."""
    first = another(tmp_path)
    first.set("value", "key")
    first.flush()
    first.close()
    (tmp_path / "state" / NAME).write_bytes(damage)
    assert recalled(tmp_path, "key") is None
    second = another(tmp_path)
    second.set("again", "key")
    second.flush()
    second.close()
    assert recalled(tmp_path, "key") == "again"


@pytest.mark.parametrize("value", [b"", b"x" * 15, b"x" * 100, "text", 5, None])
def test_a_damaged_value_is_none(cache: Cache, tmp_path: Path, value: object) -> None:
    """Its digest tells; what nobody can unpack counts as never stored."""
    cache.set("value", "key")
    cache.set("other", "other")
    cache.flush()
    with sqlite3.connect(tmp_path / "state" / NAME) as database:
        database.execute("UPDATE memo SET value = ? WHERE key = ?", (value, cache.key("key")))
    database.close()
    assert (recalled(tmp_path, "key"), recalled(tmp_path, "other")) == (None, "other")


def test_another_version_finds_nothing(cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What other code has computed may be another thing."""
    cache.set("value", "key")
    cache.flush()
    monkeypatch.setattr(module, "fingerprint", lambda: b"another")
    assert recalled(tmp_path, "key") is None


def test_a_package_that_comes_or_goes_makes_another_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any of them may have a say in what comes of a file."""
    before = fingerprint()
    assert fingerprint() == before
    (tmp_path / "other-1.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    assert fingerprint() != before


def test_an_edit_below_the_package_makes_another_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In whatever folder of it the module lies."""
    module = tmp_path / "folder/deeper/module.py"
    module.parent.mkdir(parents=True)
    module.write_text("A = 1")
    monkeypatch.setattr(tiebreak, "__file__", str(tmp_path / "__init__.py"))
    monkeypatch.setattr("tiebreak.storage.cache.builtin_folder", lambda kind: tmp_path / kind)
    before = fingerprint()
    assert fingerprint() == before
    module.write_text("A = 10")
    assert fingerprint() != before


def test_a_folder_that_cannot_be_made_is_done_without(tmp_path: Path) -> None:
    """A build then costs more, and that is all."""
    (tmp_path / "state").write_text("a file where the folder should be")
    cache = another(tmp_path)
    cache.set("value", "key")
    cache.flush()
    cache.trim(0)
    cache.close()
    assert cache.get("key") is None
    assert (tmp_path / "state").read_text() == "a file where the folder should be"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_not_ours_is_read_only(tmp_path: Path) -> None:
    """What is there serves; nothing is added."""
    first = another(tmp_path)
    first.set("value", "key")
    first.flush()
    first.close()
    for path in (tmp_path / "state" / NAME, tmp_path / "state"):
        path.chmod(path.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
    cache = another(tmp_path)
    assert cache.get("key") == "value"
    cache.set("other", "other")
    cache.flush()
    cache.close()
    assert recalled(tmp_path, "other") is None


def test_a_locked_file_is_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a moment; what is in it is not harmed."""
    assert module.LOCKED < 5
    monkeypatch.setattr(module, "LOCKED", 0.05)
    first = another(tmp_path)
    first.set("value", "key")
    first.flush()
    first.close()
    other = sqlite3.connect(tmp_path / "state" / NAME)
    other.execute("BEGIN EXCLUSIVE")
    cache = another(tmp_path)
    cache.set("new", "new")
    cache.flush()
    assert cache.get("key") is None
    cache.close()
    other.rollback()
    other.close()
    assert (recalled(tmp_path, "key"), recalled(tmp_path, "new")) == ("value", None)


def test_two_builds_share_one_memo(tmp_path: Path) -> None:
    """Each finds what the other has flushed; neither overwrites the other's."""
    one, other = another(tmp_path), another(tmp_path)
    for number in range(10):
        for name, cache in (("one", one), ("other", other)):
            cache.set(number, name, number)
            cache.flush()
    assert [one.get("other", number) for number in range(10)] == list(range(10))
    assert [other.get("one", number) for number in range(10)] == list(range(10))
    one.close()
    other.close()


def test_a_memo_goes_into_another_process(cache: Cache, tmp_path: Path) -> None:
    """Which opens the file for itself; both go on using it, and each flushes only what is its own."""
    cache.set("before", "before")
    cache.flush()
    cache.set("unflushed", "unflushed")

    def there() -> None:
        cache.set(cache.get("before"), "there")
        cache.flush()
        cache.close()

    process = multiprocessing.get_context("fork").Process(target=there)
    process.start()
    process.join()
    assert process.exitcode == 0
    assert cache.get("there") == "before"
    cache.flush()
    assert recalled(tmp_path, "unflushed") == "unflushed"


def test_a_memo_is_sent_without_what_is_its_own(cache: Cache) -> None:
    """Where processes cannot be forked."""
    cache.set("before", "before")
    cache.flush()
    cache.set("unflushed", "unflushed")
    sent = pickle.loads(pickle.dumps(cache))
    assert (sent.get("before"), sent.get("unflushed")) == ("before", None)
    sent.close()


def test_a_memo_that_is_not_lasting_writes_nothing(cache: Cache, tmp_path: Path) -> None:
    """It finds what is there, and knows what it has found out itself, as long as it lives."""
    passing = Cache(tmp_path / "elsewhere", lasting=False)
    passing.set("value", "key")
    passing.flush()
    assert passing.get("key") == "value"
    passing.close()
    assert not (tmp_path / "elsewhere").exists()
    cache.set("before", "before")
    cache.flush()
    passing = Cache(tmp_path / "state", lasting=False)
    passing.set("value", "key")
    passing.flush()
    passing.trim(0)
    assert (passing.get("before"), passing.get("key")) == ("before", "value")
    passing.close()
    assert recalled(tmp_path, "key") is None


def test_every_comparison_is_remembered_as_it_was_parsed(cache: Cache, tmp_path: Path) -> None:
    """Entry, prose, positions and problems, of a project that uses every feature."""
    for file in sorted((DRINKS / "content/compare").glob("*.md")):
        path = file.relative_to(DRINKS).as_posix()
        fresh = parse(DRINKS, path, ComparisonEntry, cache, Dialect())
        cache.flush()
        later = another(tmp_path)
        again = parse(DRINKS, path, ComparisonEntry, later, Dialect())
        later.close()
        assert again == fresh
        assert fresh[0] is not None
        assert again[0] is not None
        place = ("subjects", 0)
        assert again[0].document.problem("x", "y", place) == fresh[0].document.problem("x", "y", place)
