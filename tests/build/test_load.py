"""What has to be read and linked again since the last build, and what stands."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import MakeSite
from samples import COMPARISON, ENGLISH, SITE, changed, loaded_site

from tiebreak.build.articles import Articles
from tiebreak.build.load import LoadedSite, SiteLoader, load_site
from tiebreak.build.state import Baseline, BuildRecord, BuildResult
from tiebreak.build.timing import Timer
from tiebreak.build.workers import Workers
from tiebreak.problems import flat
from tiebreak.storage import folders, snapshot
from tiebreak.storage.cache import Cache
from tiebreak.theme.assets import Stylesheets, Theme

TEA, MILK, PAGE, SUBJECT, RESULT = (
    "content/compare/tea-vs-coffee.md",
    "content/compare/milk-vs-water.md",
    "content/pages/about.md",
    "content/subjects/tea.yaml",
    "benchmarks/results/x.json",
)
OTHER = changed(
    ("[Tea, Coffee]", "[Milk, Water]"),
    ("{tea: Some, coffee: Much}", "[a, b]"),
    ("wins: tea", 'wins: tie\n  - {factor: Size, cells: [{from: "benchmarks/results/x.json#/milk"}, 3]}'),
    ("pick: tea", "pick: none"),
    ("  tea: You", "  milk: You"),
    ("  coffee: You", "  water: You"),
)
FILES: dict[str, str | None] = {
    TEA: COMPARISON,
    MILK: OTHER,
    PAGE: "---\ntitle: About\n---\n",
    SUBJECT: "name: Tea\n",
    RESULT: '{"milk": 5, "water": 7}',
    "templates/404.html": "Lost.",
    "static/x.txt": "x",
}


def loader(project: Path) -> SiteLoader:
    cache = Cache(None)
    return SiteLoader(project, Workers(Articles(project, cache), 1), cache, Timer(), drafts=False)


def record(loaded: LoadedSite) -> BuildRecord:
    """What a build of it would leave."""
    assert loaded.site is not None
    result = BuildResult(
        loaded.index, loaded.site, loaded.dialect, Theme(Stylesheets("", ""), "", ENGLISH), {}, loaded.digests, {}, {}
    )
    baseline = Baseline(
        snapshot.NOTHING, snapshot.NOTHING, {}, b"", {path: some for path, some in loaded.problems.items() if some}
    )
    return BuildRecord(baseline, Cache(None), {}, result, loaded.asked)


def after(it: SiteLoader, edits: Mapping[str, str | None]) -> tuple[BuildResult, LoadedSite]:
    """The result of a first build, and what is loaded after some edits."""
    inputs = snapshot.scan(it.root, folders.INPUTS)
    first = it.load(inputs, inputs.paths, None)
    last = record(first)
    assert last.result
    for path, text in edits.items():
        (it.root / path).unlink(missing_ok=True)
        if text is not None:
            (it.root / path).write_text(text)
    return last.result, it.load(snapshot.scan(it.root, folders.INPUTS), set(edits), last)


def same(one: LoadedSite, other: LoadedSite) -> None:
    assert one.site == other.site
    assert one.digests == other.digests
    assert one.index.entries == other.index.entries
    assert one.dialect == other.dialect


BOTH = {TEA, MILK}
# What is edited, which articles are linked again, and what of it stands: index and site, the index, the site, neither.
EDITS: dict[str, tuple[dict[str, str | None], set[str], str]] = {
    "nothing": ({}, set(), "all"),
    "the argument": ({TEA: changed(("Tea is calmer.", "Tea is calm."))}, {TEA}, "all"),
    "an aside in a cell": ({TEA: changed(("Much", "Too much"))}, {TEA}, "all"),
    "white space": ({TEA: COMPARISON + "\n"}, {TEA}, "all"),
    "who wins": ({TEA: changed(("wins: tea", "wins: tie"))}, {TEA}, "but listings"),
    "why": ({TEA: changed(("It lets you sleep.", "So that you sleep."))}, {TEA}, "but listings"),
    "a tag": ({TEA: changed(("published:", "tags: [hot]\npublished:"))}, {TEA}, "but listings"),
    "two insides": ({TEA: changed(("Some", "A bit")), MILK: changed(("[a, b]", "[c, d]"), text=OTHER)}, BOTH, "all"),
    "a heading": ({TEA: changed(("## The argument", "## An argument"))}, {TEA}, "the site"),
    "a row": ({TEA: changed(("factor: Caffeine", "factor: Effect"))}, {TEA}, "nothing"),
    "the title": ({TEA: changed(("pick:", "title: T\npick:"))}, {TEA}, "nothing"),
    "a draft now": ({TEA: changed(("published: 2026-04-02", "draft: true"))}, {TEA}, "nothing"),
    "the day": ({TEA: changed(("2026-04-02", "2026-04-03"))}, {TEA}, "nothing"),
    "one comparison less": ({MILK: None}, set(), "nothing"),
    "one more": ({"content/compare/a-vs-b.md": "not yet"}, set(), "the site"),
    "a page": ({PAGE: "---\ntitle: About\n---\nx\n"}, set(), "nothing"),
    "a subject": ({SUBJECT: "name: Green tea\naliases: [Tea]\n"}, {TEA}, "nothing"),
    "a result": ({RESULT: '{"milk": 6, "water": 7}'}, {MILK}, "nothing"),
    "a result that nobody shows": ({RESULT: '{"milk": 5, "water": 8}'}, set(), "nothing"),
    "the settings": ({"content/site.yaml": SITE + "tagline: x\n"}, set(), "nothing"),
    "HTML allowed": ({"content/site.yaml": SITE + "allow_html: true\n"}, BOTH, "nothing"),
    "a template": ({"templates/404.html": "Gone."}, set(), "the site"),
    "an inside and a page": ({TEA: changed(("Some", "A bit")), PAGE: None}, {TEA}, "nothing"),
    "an inside that is wrong": ({TEA: changed(("wins: tea", "wins: te"))}, {TEA}, "but listings"),
    "a file that cannot be read": ({TEA: "not yet"}, set(), "nothing"),
}


@pytest.mark.parametrize(("edits", "relinked", "stands"), EDITS.values(), ids=EDITS)
def test_what_others_can_see_is_all_that_is_looked_at_again(
    make_site: MakeSite, edits: dict[str, str | None], relinked: set[str], stands: str
) -> None:
    """And what comes of it is what is found when everything is loaded."""
    it = loader(make_site(FILES))
    last, loaded = after(it, edits)
    assert set(loaded.relinked) == relinked
    assert (loaded.project is None) is (stands in ("all", "but listings"))
    assert (loaded.index is last.index) is (stands in ("all", "but listings"))
    assert (loaded.site is last.site) is (stands in ("all", "the site"))
    same(loaded, loaded_site(it.root))


@pytest.mark.parametrize("edits", [edits for edits, _, _ in EDITS.values()], ids=EDITS)
def test_problems_are_those_of_the_files_that_were_looked_at(make_site: MakeSite, edits: dict[str, str | None]) -> None:
    """Kept by file, so that those of the others stand; with everything looked at, they are all."""
    it = loader(make_site({**FILES, MILK: changed(("[a, b]", "[a]"), text=OTHER)}))
    _, loaded = after(it, edits)
    found = loaded_site(it.root).problems
    kept = {path: some for path, some in loaded.problems.items() if some}
    if loaded.project:
        assert kept == {path: some for path, some in found.items() if some}
    else:
        assert kept == {path: some for path, some in found.items() if some and path in edits}


def test_a_file_that_only_may_have_changed_changes_nothing(make_site: MakeSite) -> None:
    """It is read again, and found to be the same."""
    last, loaded = after(loader(make_site(FILES)), {TEA: COMPARISON})
    assert loaded.site is last.site
    assert loaded.digests == last.digests


def test_two_edits_one_after_the_other(make_site: MakeSite) -> None:
    """What was learnt from the first is not lost with the second."""
    it = loader(make_site(FILES))
    _, one = after(it, {TEA: changed(("wins: tea", "wins: tie"))})
    (it.root / MILK).write_text(changed(("[a, b]", "[c, d]"), text=OTHER))
    two = it.load(snapshot.scan(it.root, folders.INPUTS), {MILK}, record(one))
    assert set(two.relinked) == {MILK}
    same(two, loaded_site(it.root))


def test_without_drafts_what_leads_to_one_is_wrong(make_site: MakeSite) -> None:
    """A check looks at both sites; also when the settings cannot be read."""
    draft = changed(("published: 2026-04-02", "draft: true"), text=OTHER)
    files = {MILK: draft, TEA: changed(("Tea is calmer.", "[m](milk-vs-water.md)")), RESULT: FILES[RESULT]}
    for settings in (SITE, "title: ["):
        project = make_site({**files, "content/site.yaml": settings})
        cache = Cache(None)
        it = SiteLoader(project, Workers(Articles(project, cache), 1), cache, Timer(), drafts=True)
        inputs = snapshot.scan(project, folders.INPUTS)
        loaded = it.load(inputs, inputs.paths, None)
        assert "draft-link" not in {problem.code for problem in flat(loaded.problems)}
        assert [problem.code for problem in it.without_drafts(loaded)] == ["draft-link"]


def test_a_base_url_of_ones_own_replaces_that_of_the_settings(make_site: MakeSite) -> None:
    """It is the site's as if it had been written there."""
    project = make_site()
    cache = Cache(None)
    it = SiteLoader(
        project, Workers(Articles(project, cache), 1), cache, Timer(), drafts=False, base_url="https://x.y/"
    )
    inputs = snapshot.scan(project, folders.INPUTS)
    site = it.load(inputs, inputs.paths, None).site
    assert site is not None
    assert site.settings.base_url == "https://x.y/"


def test_one_survey_needs_nothing_but_a_folder(make_site: MakeSite) -> None:
    """For commands that only look."""
    project = make_site(FILES)
    same(load_site(project), loaded_site(project))
    assert not (project / ".tiebreak").exists()
