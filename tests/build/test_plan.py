"""What a build has to make: every file of the site, or no more than the pages that can have changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import MakeSite
from samples import changed

from tiebreak.build.articles import Articles
from tiebreak.build.plan import Plan, Planner
from tiebreak.build.state import Baseline, BuildRecord
from tiebreak.build.timing import Timer
from tiebreak.build.workers import Workers
from tiebreak.problems import SiteError
from tiebreak.storage import folders, snapshot
from tiebreak.storage.cache import Cache
from tiebreak.storage.output import publish
from tiebreak.storage.stage import Artifact, staging

TEA, MATE = "content/compare/tea-vs-coffee.md", "content/compare/mate-vs-milk.md"
OTHER = changed(
    ("[Tea, Coffee]", "[Mate, Milk]"),
    ("{tea: Some, coffee: Much}", "[a, b]"),
    ("wins: tea", "wins: tie"),
    ("pick: tea", "pick: none"),
    ("  tea: You", "  mate: You"),
    ("  coffee: You", "  milk: You"),
)
FILES = {MATE: OTHER, "static/own.txt": "mine"}
RULING, TABLE = "compare/tea-vs-coffee/index.html", "compare/tea-vs-coffee/table.csv"


@contextmanager
def making(project: Path) -> Iterator[Planner]:
    cache = Cache(None)
    workers = Workers(Articles(project, cache), 1)
    try:
        yield Planner(project, cache, workers)
    finally:
        workers.close()


def planned(maker: Planner, changed: set[str] | None = None, last: BuildRecord | None = None) -> Plan:
    inputs = snapshot.scan(maker.project, folders.INPUTS)
    return maker.plan(inputs, set(inputs.paths) if changed is None else changed, last, Timer())


def made(maker: Planner, plan: Plan, last: BuildRecord | None = None, lost: set[str] | None = None) -> list[Artifact]:
    """What is made of a plan, in the output folder of the project as well."""
    known = last.result if last else None
    with staging(maker.project / ".tiebreak", maker.project / "site") as stage:
        found = list(maker.render(plan, known, lost or set(), stage))
        publish(found, stage, partial=plan.is_partial)
    return found


def first(maker: Planner) -> BuildRecord:
    """What a first build of everything leaves."""
    plan = planned(maker)
    result = plan.result(made(maker, plan), None)
    baseline = Baseline(snapshot.NOTHING, snapshot.NOTHING, {}, b"", {})
    return BuildRecord(baseline, Cache(None), {}, result, plan.loaded.asked)


def staged(artifacts: list[Artifact]) -> set[str]:
    return {one.output_path for one in artifacts if one.staged}


def test_a_first_plan_is_of_everything(make_site: MakeSite) -> None:
    """Pages of comparisons are left to those who have read them; every path is made once, and lies there then."""
    with making(make_site(FILES)) as maker:
        plan = planned(maker)
        assert {"index.html", "404.html", "own.txt"} <= {output.output_path for output in plan.outputs}
        assert RULING not in {output.output_path for output in plan.outputs}
        paths = [one.output_path for one in made(maker, plan)]
        site = maker.project / "site"
        there = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
        assert sorted(paths) == sorted(there)
        assert RULING in paths


def test_what_only_one_page_shows_is_a_plan_of_one_page(make_site: MakeSite) -> None:
    """Nothing else is looked at; what is remembered is the whole site all the same."""
    with making(make_site(FILES)) as maker:
        last = first(maker)
        (maker.project / TEA).write_text(changed(("Tea is calmer.", "Tea is calm.")))
        plan = planned(maker, {TEA}, last)
        assert plan.is_partial
        found = made(maker, plan, last)
        assert {one.output_path: one.staged for one in found} == {RULING: "changed", TABLE: ""}
        assert last.result
        keys = plan.result(found, last.result).keys
        assert keys.keys() == last.result.keys.keys()
        assert {path for path, key in keys.items() if key != last.result.keys[path]} == {RULING, TABLE}


def test_the_site_goes_to_other_processes_once(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not at each save of what only one page shows: of ten thousand comparisons it is some megabytes."""
    with making(make_site(FILES)) as maker:
        last, sent = first(maker), list[object]()
        monkeypatch.setattr(Articles, "set_renderer", lambda _, renderer: sent.append(renderer))
        monkeypatch.setattr(Articles, "render", lambda *_: iter(()))
        for file, text in (
            ("static/own.txt", "ours"),  # no page shows it
            (TEA, changed(("Tea is calmer.", "Tea is calm."))),
            (TEA, changed(("Tea is calmer.", "Tea is cool."))),
        ):
            (maker.project / file).write_text(text)
            plan = planned(maker, {file}, last)
            last = replace(last, _result=plan.result(made(maker, plan, last), last.result))
        assert len(sent) == 1


def test_what_lists_show_is_a_plan_of_all_in_which_little_is_made(make_site: MakeSite) -> None:
    """The page itself and those that list it; the page of a comparison that has nothing to do with it stands."""
    with making(make_site(FILES)) as maker:
        last = first(maker)
        (maker.project / TEA).write_text(changed(("Tea for calm", "Tea for peace")))
        plan = planned(maker, {TEA}, last)
        assert not plan.is_partial
        found = made(maker, plan, last)
        assert last.result
        assert {one.output_path for one in found} == set(last.result.keys)
        assert {RULING, "index.html", "404.html"} <= staged(found)
        assert staged(found) & {"compare/mate-vs-milk/index.html", "own.txt", "robots.txt"} == set()


def test_a_file_of_the_theme_is_a_plan_of_all(make_site: MakeSite) -> None:
    """Any page may be made of it; those that are not stay as they are."""
    with making(make_site(FILES)) as maker:
        last = first(maker)
        (maker.project / "static/own.txt").write_text("ours")
        plan = planned(maker, {"static/own.txt"}, last)
        assert not plan.is_partial
        assert staged(made(maker, plan, last)) == {"own.txt"}


def test_files_that_were_lost_are_made_whatever_the_plan(make_site: MakeSite) -> None:
    """The page of a comparison as well as a file that a plan of few pages does not know."""
    with making(make_site(FILES)) as maker:
        last = first(maker)
        lost = {RULING, "own.txt", "404.html"}
        for path in lost:
            (maker.project / "site" / path).unlink()
        plan = planned(maker, set(), last)
        assert plan.is_partial
        assert staged(made(maker, plan, last, lost)) == lost


def test_without_settings_there_is_no_plan(make_site: MakeSite) -> None:
    """What is wrong elsewhere is told along with it, the templates included."""
    files = {"content/site.yaml": "tagline: [x\n", MATE: "not yet", "templates/404.html": "{% if %}"}
    with making(make_site(files)) as maker, pytest.raises(SiteError) as caught:
        planned(maker)
    assert {problem.file for problem in caught.value.problems} == set(files)


def test_problems_are_told_by_the_file_that_they_are_in(make_site: MakeSite) -> None:
    """So that a later plan, which looks at few files, need only replace what those have to say."""
    files = {**FILES, TEA: changed(("wins: tea", "wins: chai")), "templates/404.html": "{% if %}"}
    with making(make_site(files)) as maker:
        plan = planned(maker)
    assert {path: [one.code for one in some] for path, some in plan.problems.items() if some} == {
        TEA: ["unknown-subject"],
        "templates/": ["template-syntax"],
    }
