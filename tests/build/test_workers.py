"""Several processes that share out the articles: nothing that they do shows, but for the time that it takes."""

import os
import signal
import time
from collections.abc import Generator, Iterator
from contextlib import closing, suppress
from datetime import date
from typing import Any

import pytest
from conftest import MakeSite
from hands import Hands
from published import DRINKS
from samples import changed, loaded_site

from tiebreak.build import workers as module
from tiebreak.build.pipeline import Builder, Options, check
from tiebreak.build.workers import BATCH, Workers
from tiebreak.problems import SiteError

PATHS = [f"{number}.md" for number in range(3 * BATCH)]


@pytest.fixture(autouse=True)
def _several(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little work is worth several processes here."""
    monkeypatch.setattr(module, "WORTH_A_POOL", 10)


def hands(jobs: int) -> Workers[Hands]:
    return Workers(Hands(), jobs)


@pytest.fixture
def three() -> Iterator[Workers[Hands]]:
    workers = hands(3)
    yield workers
    workers.close()


def pids(workers: Workers[Hands]) -> set[int]:
    return {pid for _, pid, _ in workers.map(Hands.say, PATHS)}


def is_there(pid: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False


def test_one_job_needs_no_other_process() -> None:
    """Nor does little work."""
    assert pids(hands(1)) == {os.getpid()}
    assert {pid for _, pid, _ in hands(3).map(Hands.say, PATHS[:9])} == {os.getpid()}


@pytest.mark.slow
def test_every_path_is_worked_through_once(three: Workers[Hands]) -> None:
    """In whatever order, and also when there is less to do than before, or nothing."""
    assert sorted(path for path, _, _ in three.map(Hands.say, PATHS)) == sorted(PATHS)
    assert [path for path, _, _ in three.map(Hands.say, PATHS[:1])] == PATHS[:1]
    assert list(three.map(Hands.say, [])) == []


def test_work_may_carry_something_for_each_path(three: Workers[Hands]) -> None:
    """And something for all."""
    work = {path: number for number, path in enumerate(PATHS)}
    assert dict(three.map(Hands.work, work, 2)) == dict(hands(1).map(Hands.work, work, 2))


def test_one_path_is_always_in_one_process(three: Workers[Hands]) -> None:
    """So that what it has read once, it need not read again."""
    first = {path: pid for path, pid, _ in three.map(Hands.say, PATHS)}
    assert {path: pid for path, pid, _ in three.map(Hands.say, PATHS[::-2])}.items() <= first.items()
    assert len(set(first.values())) == 3
    assert os.getpid() not in first.values()


def test_everybody_hears_what_is_told(three: Workers[Hands]) -> None:
    """Before there are several, and after."""
    three.broadcast(Hands.hear, "early")
    assert {track for _, _, track in three.map(Hands.say, PATHS)} == {("early",)}
    three.broadcast(Hands.hear, "late")
    assert {track for _, _, track in three.map(Hands.say, PATHS)} == {("early", "late")}


@pytest.mark.parametrize("jobs", [1, 3])
def test_an_error_comes_home(jobs: int) -> None:
    """The same error as from this process; the workers goes on."""
    workers = hands(jobs)
    with pytest.raises(SiteError) as caught:
        list(workers.map(Hands.fail, PATHS, PATHS[50]))
    assert [problem.file for problem in caught.value.problems] == [PATHS[50]]
    with pytest.raises(ValueError, match="what"):
        workers.broadcast(Hands.misunderstand, "what")
    assert len(list(workers.map(Hands.say, PATHS))) == len(PATHS)
    workers.close()


def test_an_error_says_where_it_arose(three: Workers[Hands]) -> None:
    """For whoever looks for the fault: the lines of the other process, and what was behind it."""
    pids(three)
    with pytest.raises(ValueError, match="what") as caught:
        three.broadcast(Hands.misunderstand, "what")
    (note,) = caught.value.__notes__
    assert "hands.py" in note
    assert "KeyError: 'cause'" in note


def test_whoever_stops_listening_leaves_nothing_unsaid(three: Workers[Hands]) -> None:
    """What is still to come of one call is never taken for an answer to the next."""
    answers = three.map(Hands.say, PATHS)
    next(answers)
    assert isinstance(answers, Generator)
    answers.close()
    three.broadcast(Hands.hear, "next")
    assert {track for _, _, track in three.map(Hands.say, PATHS)} == {("next",)}


def test_a_keyboard_interrupt_is_for_the_process_that_was_started_by_hand(three: Workers[Hands]) -> None:
    """The terminal sends it to all of them."""
    before = pids(three)
    for pid in before:
        os.kill(pid, signal.SIGINT)
    time.sleep(0.05)
    assert pids(three) == before


@pytest.mark.slow
def test_closed_processes_are_gone() -> None:
    """Also while they are still talking; closing twice does no harm, and work goes on in others."""
    workers = hands(3)
    there = pids(workers)
    assert all(is_there(pid) for pid in there)
    next(workers.map(Hands.say, PATHS))
    workers.close()
    assert not any(is_there(pid) for pid in there)
    workers.close()
    assert not pids(workers) & there
    workers.close()


def test_a_survey_is_the_same_in_any_number_of_processes() -> None:
    """Every listing, digest and problem."""
    one, three = loaded_site(DRINKS, jobs=1), loaded_site(DRINKS, jobs=3)
    assert (one.site, one.digests, one.problems) == (three.site, three.digests, three.problems)
    assert one.index.entries == three.index.entries


@pytest.mark.slow
def test_a_template_that_fails_hides_nothing_in_other_processes(make_site: MakeSite) -> None:
    """`check` goes on after it, and finds in several processes what it finds in one."""
    files: dict[str, Any] = {
        f"content/compare/a{number}-vs-b.md": changed(
            ("[Tea, Coffee]", f"[A{number}, B]"),
            ("{tea: Some, coffee: Much}", "[a, b]"),
            ("pick: tea", "pick: none"),
            ("wins: tea", "wins: tie"),
            ("  tea: You", f"  a{number}: You"),
            ("  coffee: You", "  b: You"),
            ("published: 2026-04-02", "draft: true" if number == 0 else "published: 2026-04-02"),
        )
        for number in range(4 * BATCH)
    }
    files["content/compare/tea-vs-coffee.md"] = changed(("Tea is calmer.", "[x](a0-vs-b.md)"))
    files["templates/home.html"] = "{{ nobody }}"
    project = make_site(files)
    found = [check(Options(project, jobs=jobs), date(2026, 5, 1)) for jobs in (1, 2)]
    assert [problem.code for problem in found[0]] == ["draft-link", "template-error"]
    assert found[0] == found[1]


@pytest.mark.slow
@pytest.mark.parametrize("start", ["spawn", module.start_method()])
def test_a_mistake_is_told_by_whichever_process_finds_it(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch, start: str
) -> None:
    """With its line, also when another process read the file from the cache, and in every later build."""
    monkeypatch.setattr(module, "start_method", lambda: start)
    names = {number: f"content/compare/tea-vs-c{number}.md" for number in range(12)}
    text = {number: changed().replace("Coffee]", f"C{number}]").replace("coffee:", f"c{number}:") for number in names}
    project = make_site({"content/compare/tea-vs-coffee.md": None, **{names[n]: text[n] for n in names}})
    with closing(Builder(Options(project, jobs=2))) as builder:
        builder.build()
        for _ in range(2):
            for number in (3, 7):
                wrong = text[number].replace("Tea is calmer.", f"[Tea](nowhere-{number}.md) is calmer.")
                (project / names[number]).write_text(wrong)
            with pytest.raises(SiteError) as caught:
                builder.build()
            assert [(one.file, one.code, one.excerpt) for one in caught.value.problems] == [
                (names[number], "broken-link", f"[Tea](nowhere-{number}.md) is calmer.") for number in (3, 7)
            ]
        for number in (3, 7):
            (project / names[number]).write_text(text[number])
        (project / "content/compare/tea-vs-c1.md").unlink()
        assert "compare/tea-vs-c1/index.html" in builder.build().done
