"""What the last build saw and made, kept for the next."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from published import DRINKS
from samples import loaded_site

from tiebreak.build.state import Baseline, BuildRecord, BuildResult, RecordStore
from tiebreak.linking import Questions
from tiebreak.model.serialize import digest_of
from tiebreak.pages.messages import Messages
from tiebreak.storage import snapshot
from tiebreak.storage.cache import Cache
from tiebreak.storage.manifest import Manifest
from tiebreak.storage.snapshot import Snapshot
from tiebreak.storage.stage import Stage
from tiebreak.storage.tree import Tree
from tiebreak.theme.assets import Stylesheets, Theme

OTHER = snapshot.Snapshot(("a",), bytes(snapshot.BYTES), 1)
THEME = Theme(
    Stylesheets("/style.css", "/print.css"),
    "/js/",
    Messages("en", {"page": {"skip": "Skip", "rows": {"one": "row", "other": "rows"}}}),
)


@pytest.fixture(scope="module")
def result() -> BuildResult:
    loaded = loaded_site(DRINKS)
    assert loaded.site is not None
    return BuildResult(loaded.index, loaded.site, loaded.dialect, THEME, {}, loaded.digests, {}, {"index.html": b"1"})


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    cache = Cache(tmp_path / "state")
    yield cache
    cache.close()


def stage(folder: Path) -> Stage:
    return Stage(Tree(folder / "staged"), Tree(folder / "site"), Manifest(Tree(folder), "site", b"key"))


def baseline(folder: Path, inputs: Snapshot = snapshot.NOTHING) -> Baseline:
    return Baseline(inputs, snapshot.NOTHING, {}, stage(folder).manifest_stamp(), {})


def reloaded(folder: Path, *kind: object) -> BuildRecord | None:
    """As the next process finds it, all of its result in memory."""
    with closing(Cache(folder / "state")) as cache:
        record = RecordStore(cache, *kind).load(stage(folder))
        assert record is None or (record.result is not None and record.asked is not None)
    return record


def themed(result: BuildResult, number: int) -> Theme:
    return result.theme._replace(stylesheets=Stylesheets(f"/{number}.css", "/print.css"))


def track(result: BuildResult | None) -> tuple[object, ...]:
    assert result is not None
    return result.index.entries, result.site, result.digests, result.keys, result.theme


def test_what_is_saved_is_loaded_in_the_next_process(tmp_path: Path, cache: Cache, result: BuildResult) -> None:
    """And at once in this one; nothing before that."""
    records = RecordStore(cache, "site", None, False)
    assert records.load(stage(tmp_path)) is None
    records.save(baseline(tmp_path), result, lasting=True)
    assert records.load(stage(tmp_path)) is records.last
    record = reloaded(tmp_path, "site", None, False)
    assert record is not None
    assert record.baseline == baseline(tmp_path)
    assert track(record.result) == track(result)


def test_builds_of_another_kind_have_another_record(tmp_path: Path, cache: Cache, result: BuildResult) -> None:
    """Another output folder, another base URL, drafts or none."""
    RecordStore(cache, "site", None, False).save(baseline(tmp_path), result, lasting=True)
    for kind in (("elsewhere", None, False), ("site", "https://example.org/", False), ("site", None, True)):
        assert reloaded(tmp_path, *kind) is None


def test_the_last_save_counts_and_leaves_nothing_of_the_one_before(
    tmp_path: Path, cache: Cache, result: BuildResult
) -> None:
    """A memo does not grow by being used."""
    sizes = []
    for number in range(3):
        records = RecordStore(cache, "kind")
        last = records.load(stage(tmp_path))
        assert last is None or last.result is not None
        site = replace(result.site, pages=result.site.pages[: number % 2])
        records.save(baseline(tmp_path, OTHER), replace(result, site=site, theme=themed(result, number)), lasting=True)
        record = reloaded(tmp_path, "kind")
        assert record is not None
        assert record.result is not None
        assert (record.result.theme, record.result.site) == (themed(result, number), site)
        database = cache._open()
        assert database is not None
        sizes.append(database.execute("SELECT count(*) FROM memo").fetchone()[0])
    assert len(set(sizes)) == 1


def test_what_stays_the_same_is_not_written_again(tmp_path: Path, cache: Cache, result: BuildResult) -> None:
    """The index and the site are large; what they are is told by the object, not by looking through it."""
    records = RecordStore(cache, "kind")
    records.save(baseline(tmp_path), result, lasting=True)
    assert records.last is not None
    before = dict(records.last._tokens)
    records.save(baseline(tmp_path), replace(result, site=replace(result.site, pages=())), lasting=True)
    after = records.last._tokens
    same = {part: before[part] == after[part] for part in before}
    assert same == {"index": True, "site": False, "asked": True, "rest": False}
    record = reloaded(tmp_path, "kind")
    assert record is not None
    assert record.result is not None
    assert record.result.site.pages == ()


def test_what_is_kept_for_this_process_only_does_not_last(tmp_path: Path, cache: Cache, result: BuildResult) -> None:
    """The next process finds the last that lasts, and it is whole."""
    records = RecordStore(cache, "kind")
    records.save(baseline(tmp_path), result, lasting=True)
    passing = replace(result, site=replace(result.site, pages=()), theme=themed(result, 1))
    records.save(baseline(tmp_path, OTHER), passing, lasting=False)
    record = records.load(stage(tmp_path))
    assert record is not None
    assert record.result is passing
    record = reloaded(tmp_path, "kind")
    assert record is not None
    assert (record.baseline, track(record.result)) == (baseline(tmp_path), track(result))


def test_what_lasts_after_what_did_not_is_whole(tmp_path: Path, cache: Cache, result: BuildResult) -> None:
    """Though a part of it is the very one that was kept for this process only."""
    records = RecordStore(cache, "kind")
    records.save(baseline(tmp_path), result, lasting=True)
    passing = replace(result, site=replace(result.site, pages=()))
    records.save(baseline(tmp_path), passing, lasting=False)
    records.save(baseline(tmp_path), passing, lasting=True)
    record = reloaded(tmp_path, "kind")
    assert record is not None
    assert record.result is not None
    assert record.result.site.pages == ()


ONE, TWO, THREE = ((("factor", name),) for name in ("speed", "price", "size"))


def asking(result: BuildResult, **asked: Questions) -> BuildResult:
    """Of a site of twenty comparisons, some of which asked."""
    return replace(result, digests=dict.fromkeys(map(chr, range(97, 117)), b""), asked=asked)


def kept(record: BuildRecord | None) -> tuple[object, object]:
    """What is known of questions, and what of that is kept apart."""
    assert record is not None
    assert record.result is not None
    return record.asked, record.result.asked


def test_what_few_asked_is_kept_apart(tmp_path: Path, cache: Cache, result: BuildResult) -> None:
    """It stands before what all had asked, until too many have; and with what is gone, its questions go."""
    records = RecordStore(cache, "kind")
    records.save(baseline(tmp_path), asking(result, a=ONE, b=ONE, zz=ONE), lasting=True)
    for asked, all_asked in (
        ({"a": TWO}, {"a": TWO, "b": ONE}),
        ({"a": TWO, "b": TWO}, {"a": TWO, "b": TWO}),
        ({"a": TWO, "b": TWO, "c": THREE}, {"a": TWO, "b": TWO, "c": THREE}),
    ):
        records.save(baseline(tmp_path), asking(result, **asked), lasting=True)
        apart = asked if len(asked) < 3 else {}
        assert kept(records.last) == kept(reloaded(tmp_path, "kind")) == (all_asked, apart)


def test_what_was_asked_in_passing_is_not_lost(tmp_path: Path, cache: Cache, result: BuildResult) -> None:
    """Builds that did not last, and the one after them that does."""
    records = RecordStore(cache, "kind")
    records.save(baseline(tmp_path), asking(result, a=ONE, b=ONE), lasting=True)
    records = RecordStore(cache, "kind")
    assert records.load(stage(tmp_path)) is not None
    records.save(baseline(tmp_path), asking(result, a=TWO), lasting=False)
    records.save(baseline(tmp_path), asking(result, a=TWO, b=THREE), lasting=True)
    assert kept(reloaded(tmp_path, "kind")) == ({"a": TWO, "b": THREE}, {"a": TWO, "b": THREE})


def test_a_record_without_its_result_is_none(tmp_path: Path, cache: Cache, result: BuildResult) -> None:
    """When any part of it was forgotten; what was seen is still told."""
    records = RecordStore(cache, "kind")
    records.save(baseline(tmp_path), result, lasting=True)
    assert records.last is not None
    cache.delete("site", records.last._tokens["site"])
    cache.flush()
    record = RecordStore(cache, "kind").load(stage(tmp_path))
    assert record is not None
    assert (record.baseline, record.result) == (baseline(tmp_path), None)


def test_a_build_that_did_not_come_to_its_end_makes_the_record_void(
    tmp_path: Path, cache: Cache, result: BuildResult
) -> None:
    """It has listed files that the record knows nothing of; in this process, too."""
    records = RecordStore(cache, "kind")
    records.save(baseline(tmp_path), result, lasting=True)
    (tmp_path / "manifest-site.txt").write_text("")
    assert records.load(stage(tmp_path)) is None
    assert reloaded(tmp_path, "kind") is None


def test_files_of_the_site_are_lost_when_they_are_not_as_they_were_written(tmp_path: Path) -> None:
    """Changed or gone; one that is merely young is told by its bytes."""
    for name in ("a", "b", "c"):
        (tmp_path / name).write_text(name)
    outputs = snapshot.stat(tmp_path, ["a", "b", "c"])
    assert outputs.racy() == {"a", "b", "c"}
    racy_digests = {name: digest_of(name.encode()) for name in ("a", "b", "c")}
    seen = Baseline(snapshot.NOTHING, outputs, racy_digests, b"", {})
    assert seen.lost(tmp_path, snapshot.stat(tmp_path, outputs.paths)) == set()
    (tmp_path / "a").write_text("x")
    (tmp_path / "b").unlink()
    assert seen.lost(tmp_path, snapshot.stat(tmp_path, outputs.paths)) == {"a", "b"}
    unknown = replace(seen, racy_digests={})
    assert unknown.lost(tmp_path, snapshot.stat(tmp_path, outputs.paths)) == {"a", "b", "c"}
