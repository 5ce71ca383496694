"""The comparisons, worked through: each step when it is asked for, and no step twice."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from conftest import MakeSite
from published import DRINKS
from samples import COMPARISON, changed, comparison, loaded_site

from tiebreak.build import articles as module
from tiebreak.build.articles import Articles
from tiebreak.content.project import EntryT, Parsed
from tiebreak.markdown import Dialect
from tiebreak.model.serialize import pack, unpack
from tiebreak.model.site import Listing
from tiebreak.pages import messages, routes
from tiebreak.problems import Problem
from tiebreak.storage.cache import Cache
from tiebreak.storage.stage import staging
from tiebreak.theme import dependencies
from tiebreak.theme.assets import Stylesheets, Theme
from tiebreak.theme.render import Renderer, Templates

TEA = "content/compare/tea-vs-coffee.md"
PAGE = "compare/tea-vs-coffee/index.html"


def renderer(project: Path) -> Renderer:
    site = loaded_site(project).site
    assert site is not None
    reach = dependencies.reaches(project, [routes.COMPARISON])
    theme = Theme(Stylesheets("/style.css", "/print.css"), "/js/", messages.read(project, "en")[0])
    return Renderer(site, Templates(project, site.settings, theme, reach, Cache(None)))


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are parsed."""
    files: list[str] = []
    parse = module.parse

    def counted(
        root: Path, file: str, model: type[EntryT], cache: Cache, dialect: Dialect
    ) -> tuple[Parsed[EntryT] | None, list[Problem]]:
        files.append(file)
        return parse(root, file, model, cache, dialect)

    monkeypatch.setattr(module, "parse", counted)
    return files


def worked(project: Path, steps: Sequence[str]) -> Articles:
    """Articles that have come so far with the one comparison."""
    articles = Articles(project, Cache(None))
    if "read" in steps:
        list(articles.read([TEA], Dialect()))
    articles.set_index(loaded_site(project).index)
    if "link" in steps:
        list(articles.link([TEA], None))
    return articles


def test_a_file_is_read_to_its_outline(make_site: MakeSite) -> None:
    """And its problems; when nothing can be had of it, there is no outline."""
    project = make_site({"content/compare/broken.md": "not yet", "content/compare/odd.md": changed(("why:", "wy:"))})
    articles = Articles(project, Cache(None))
    found = {read.file: read for read in articles.read([TEA, "content/compare/broken.md"], Dialect())}
    assert found[TEA].entry == loaded_site(project).index.entries[TEA]
    assert found[TEA].problems == ()
    broken = found["content/compare/broken.md"]
    assert (broken.entry, [problem.code for problem in broken.problems]) == (None, ["no-front-matter"])
    (gone,) = articles.read(["content/compare/gone.md"], Dialect())
    assert (gone.entry, [problem.code for problem in gone.problems]) == (None, ["unreadable"])


def test_a_comparison_is_linked_to_its_listing_and_a_digest_of_the_whole(make_site: MakeSite) -> None:
    """The listing is what other pages may see of it; the digest is another one when anything in it is."""
    project = make_site()
    whole = comparison(project, loaded_site(project).index, TEA)
    (linked,) = worked(project, ["read"]).link([TEA], None)
    assert (linked.file, linked.listing, linked.problems) == (TEA, Listing.of(whole.card), ())
    (project / TEA).write_text(changed(("Tea is calmer.", "Tea is calm.")))
    (other,) = worked(project, ["read"]).link([TEA], None)
    assert other.listing == linked.listing
    assert other.digests != linked.digests


def test_what_was_remembered_links_to_the_same_digests(tmp_path: Path) -> None:
    """Of files parsed and of a world met in another process: equal values are the same to the next build."""
    index = loaded_site(DRINKS).index
    files = list(index.entries)
    found = []
    for met in (index, unpack(pack(index))):
        cache = Cache(tmp_path / "state")
        articles = Articles(DRINKS, cache)
        list(articles.read(files, Dialect()))
        articles.set_index(met)
        found.append([(linked.file, linked.listing, linked.digests) for linked in articles.link(files, None)])
        cache.close()
    assert found[0] == found[1]


def test_errors_and_weaknesses_come_with_it(make_site: MakeSite) -> None:
    """Without subjects there is no comparison; what is stale depends on the day."""
    project = make_site({TEA: changed(("pick: tea", "pick: te"), ("{tea: Some, coffee: Much}", "{tea: Some}"))})
    (linked,) = worked(project, ["read"]).link([TEA], date(2026, 5, 1))
    assert sorted(problem.code for problem in linked.problems) == ["unknown-cell", "unknown-subject"]
    project = make_site({TEA: changed(("[Tea, Coffee]", "[Tea, tea]"))})
    (linked,) = worked(project, ["read"]).link([TEA], None)
    assert (linked.listing, linked.digests, len(linked.problems)) == (None, b"", 1)


def test_a_draft_is_not_reviewed_as_long_as_it_is_not_published(make_site: MakeSite) -> None:
    """It need not be good yet; it must not be wrong."""
    text = changed(("published: 2026-04-02", "draft: true"), ("{tea: Some, coffee: Much}", "{tea: Some}"))
    project = make_site({TEA: text})
    for drafts, weak in ((False, 0), (True, 1)):
        articles = Articles(project, Cache(None))
        articles.set_index(loaded_site(project, drafts=drafts).index)
        (linked,) = articles.link([TEA], None)
        assert len(linked.problems) == weak


@pytest.mark.slow
def test_no_file_is_parsed_twice_for_one_page(make_site: MakeSite, tmp_path: Path, parsed: list[str]) -> None:
    """Each step takes up what the one before has left; without it, it does that first."""
    project = make_site()
    index, dressed = loaded_site(project).index, renderer(project)
    with staging(tmp_path / "state", tmp_path / "site") as stage:
        for steps in (["read", "link"], ["link"], []):
            parsed.clear()
            articles = Articles(project, Cache(None))
            if "read" in steps:
                list(articles.read([TEA], Dialect()))
            articles.set_index(index)
            if "link" in steps:
                list(articles.link([TEA], None))
            articles.set_renderer(dressed)
            list(articles.render({TEA: (b"digest", {PAGE: b""})}, stage))
            assert parsed == [TEA], steps


def test_another_world_links_anew(make_site: MakeSite, tmp_path: Path) -> None:
    """A page never shows what was linked against an older one."""
    project = make_site({"content/subjects/tea.yaml": "name: Tea\nfacts: {caffeine: Little}\n"})
    (project / TEA).write_text(changed(("tea: Some, coffee: Much", "coffee: Much")))
    articles = worked(project, ["read", "link"])
    (project / "content/subjects/tea.yaml").write_text("name: Tea\nfacts: {caffeine: Hardly any}\n")
    articles.set_index(loaded_site(project).index)
    articles.set_renderer(renderer(project))
    with staging(tmp_path / "state", tmp_path / "site") as stage:
        (made,) = articles.render({TEA: (b"digest", {PAGE: b""})}, stage)
        assert "Hardly any" in stage.read(made.output_path).decode()


def test_a_page_is_made_unless_the_one_that_lies_there_has_its_key(make_site: MakeSite, tmp_path: Path) -> None:
    """Then nothing is done at all; another digest of the comparison is another key."""
    project = make_site()
    with staging(tmp_path / "state", tmp_path / "site") as stage:
        articles = worked(project, ["read", "link"])
        articles.set_renderer(renderer(project))
        (first,) = articles.render({TEA: (b"digest", {PAGE: b""})}, stage)
        assert (first.output_path, first.staged) == (PAGE, "new")
        assert "Tea is calmer." in stage.read(first.output_path).decode()
        (again,) = articles.render({TEA: (b"digest", {PAGE: first.key})}, stage)
        assert (again.output_path, again.key, again.staged) == (PAGE, first.key, "")
        (other,) = articles.render({TEA: (b"another", {PAGE: first.key})}, stage)
        assert other.key != first.key
        assert other.staged


def test_a_file_that_was_read_again_is_the_new_one(make_site: MakeSite, tmp_path: Path) -> None:
    """Whatever was known of it."""
    project = make_site()
    articles = worked(project, ["read", "link"])
    (project / TEA).write_text(COMPARISON.replace("Tea is calmer.", "Tea is calm."))
    list(articles.read([TEA], Dialect()))
    articles.set_renderer(renderer(project))
    with staging(tmp_path / "state", tmp_path / "site") as stage:
        (made,) = articles.render({TEA: (b"digest", {PAGE: b""})}, stage)
        assert "Tea is calm." in stage.read(made.output_path).decode()


def test_a_file_that_vanishes_while_the_site_is_built_is_told(make_site: MakeSite) -> None:
    """Like any file that the system will not give."""
    project = make_site()
    articles = Articles(project, Cache(None))
    articles.set_index(loaded_site(project).index)
    (project / TEA).unlink()
    with pytest.raises(FileNotFoundError) as caught:
        list(articles.link([TEA], None))
    assert caught.value.filename == TEA
