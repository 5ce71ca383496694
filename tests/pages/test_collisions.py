"""Two files of the site that want one place, told at the one that asks for it second."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import MakeSite
from samples import ENGLISH, changed, loaded_site

from tiebreak.build.pipeline import Options, build
from tiebreak.pages.collisions import check, collisions
from tiebreak.pages.outputs import Output
from tiebreak.pages.routes import outputs_of
from tiebreak.problems import Problem, SiteError

TEA = "content/compare/tea-vs-coffee.md"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a/index.html", "a/index.html"),
        ("a/index.html", "A/index.html"),
        ("a", "a/b"),
        ("a/b", "a"),
        ("caf\u00e9.csv", "cafe\u0301.csv"),
        ("caf\u00e9.csv", "CAFE\u0301.csv"),
        ("caf\u00e9", "cafe\u0301/a.csv"),
    ],
)
def test_two_outputs_cannot_share_a_place(one: str, other: str) -> None:
    """One path twice, also in capitals or with accents of another encoding, and a file where a folder must be."""
    assert len(collisions([Output(one), Output(other)])) == 1


@pytest.mark.parametrize(("one", "other"), [("a/index.html", "ab/index.html"), ("a/b", "a/c"), ("a.html", "a/b")])
def test_neighbours_do_not_collide(one: str, other: str) -> None:
    """What only looks alike is left in peace."""
    assert collisions([Output(one), Output(other)]) == []


def told(make_site: MakeSite, files: dict[str, str], *more: Output) -> list[Problem]:
    project = make_site(files)
    site = loaded_site(project).site
    assert site is not None
    return check(project, [*outputs_of(site, ENGLISH), *more])


def test_an_alias_is_told_at_its_place(make_site: MakeSite) -> None:
    """With the line that asks, and two ways out."""
    text = changed(("published:", "aliases: [about]\npublished:"))
    (problem,) = told(make_site, {TEA: text, "content/pages/about.md": "---\ntitle: A\n---\n"})
    assert (problem.file, problem.line, problem.column, problem.excerpt) == (TEA, 13, 11, "aliases: [about]")
    assert problem.message == '"/about/" is already taken by content/pages/about.md'
    assert problem.help == "rename one of the two, or take the alias out"


def test_an_alias_that_is_the_pages_own_address_is_told_so(make_site: MakeSite) -> None:
    """There is nothing to rename."""
    text = changed(("published:", "aliases: [compare/tea-vs-coffee]\npublished:"))
    (problem,) = told(make_site, {TEA: text})
    assert problem.help == "it leads here without that: take the alias out"


def test_a_page_in_the_sites_own_place_is_told_by_its_name(make_site: MakeSite) -> None:
    """The file has to go elsewhere, whatever it says."""
    (problem,) = told(make_site, {"content/pages/compare.md": "---\ntitle: A\n---\n"})
    assert problem.file == "content/pages/compare.md"
    assert (problem.message, problem.help) == ('"/compare/" is already taken by the site itself', "rename it")


def test_a_file_of_the_theme_is_told_by_its_path(make_site: MakeSite) -> None:
    """It has no line, and no title to change."""
    own = Output("compare/index.html", copy="x", origin="static/compare/index.html")
    (problem,) = told(make_site, {}, own)
    assert (problem.file, problem.line, problem.column) == ("static/compare/index.html", 0, 0)
    assert problem.help == "rename it; a template of that name would change what the site writes"


def test_a_file_that_is_gone_meanwhile_is_still_told(make_site: MakeSite) -> None:
    """Without its line, which cannot be had any more."""
    outputs = [Output("a", origin="content/pages/a.md"), Output("a", origin="content/pages/gone.md", at=("aliases", 0))]
    (problem,) = check(make_site(), outputs)
    assert (problem.file, problem.line) == ("content/pages/gone.md", 0)


def test_nothing_collides_in_a_sound_site(make_site: MakeSite) -> None:
    """The sample itself."""
    assert told(make_site, {}) == []


@pytest.mark.parametrize("alias", ["_headers", ".well-known/x", "robots.txt", "CNAME", "a/.htaccess", "Vercel.json"])
def test_an_alias_is_no_setting_of_the_host(make_site: MakeSite, alias: str) -> None:
    """Told at its place, and once; the site's own files of such names are its own."""
    text = changed(("published:", f"aliases: [old, {alias}]\npublished:"))
    (problem,) = told(make_site, {TEA: text}, Output("x/robots.txt"), Output("_headers", origin="static/_headers"))
    assert (problem.code, problem.file, problem.line, problem.column) == ("host-configuration", TEA, 13, 16)


# What lies in an alias's place: whether a build may put the redirect there.
FOREIGN: dict[str, tuple[Callable[[Path], object], bool]] = {
    "a page": (lambda place: place.write_bytes(b"<h1>Mine</h1>"), False),
    "another program's redirect": (lambda place: place.write_bytes(b'<meta http-equiv="refresh" content="0">'), False),
    "nothing in it": (lambda place: place.write_bytes(b""), False),
    "a link": (lambda place: place.symlink_to("elsewhere"), False),
    "nothing": (lambda place: None, True),
}


@pytest.mark.slow
@pytest.mark.parametrize("lists", ["with a list", "without a list"])
@pytest.mark.parametrize("kind", FOREIGN)
def test_an_alias_never_takes_the_place_of_somebody_elses_file(make_site: MakeSite, kind: str, lists: str) -> None:
    """Told at the alias, before anything is written; whether the builds know what is theirs or their list is lost."""
    project = make_site()
    if lists == "with a list":
        build(Options(project))
    place = project / "site/old/tea/index.html"
    place.parent.mkdir(parents=True)
    FOREIGN[kind][0](place)
    data = place.read_bytes() if place.is_file() else None
    make_site({TEA: changed(("published:", "aliases: [old/tea]\npublished:"))})
    if FOREIGN[kind][1]:
        assert "old/tea/index.html" in build(Options(project)).done
        return
    with pytest.raises(SiteError) as caught:
        build(Options(project))
    assert str(caught.value) == (
        f'{TEA}:13:11: error[foreign-file]: the output folder has a file at "old/tea/index.html" that no build wrote\n'
        "   13 | aliases: [old/tea]\n"
        "      |           ^^^^^^^ move that file away, or take the alias out"
    )
    assert (place.read_bytes() if place.is_file() else None) == data
    assert (project / "site/index.html").exists() is (lists == "with a list")


def test_an_alias_takes_the_place_of_what_builds_wrote(make_site: MakeSite) -> None:
    """Damaged, as long as the list is there; or a redirect that they made, when it is lost, wherever it led."""
    project = make_site({TEA: changed(("published:", "aliases: [old/tea]\npublished:"))})
    build(Options(project))
    place = project / "site/old/tea/index.html"
    right = place.read_bytes()
    place.write_bytes(b"damaged")
    build(Options(project))
    assert place.read_bytes() == right
    place.write_bytes(right.replace(b"tea-vs-coffee", b"elsewhere"))
    shutil.rmtree(project / ".tiebreak")
    build(Options(project))
    assert place.read_bytes() == right


def test_two_names_of_one_hub_are_told(make_site: MakeSite) -> None:
    """At the comparison with the second of them, by the alphabet: readers would find both under one name."""
    other = changed(("[Tea, Coffee]", "[Tea, Water]"), ("coffee:", "water:"), ("published:", "tags: C#\npublished:"))
    tea = changed(("published:", "category: Hot drinks\ntags: [Hot, c-sharp]\npublished:"))
    (problem,) = told(make_site, {TEA: tea, "content/compare/tea-vs-water.md": other})
    assert (problem.file, problem.code, problem.line, problem.column) == (TEA, "name-conflict", 14, 13)
    owner = "content/compare/tea-vs-water.md"
    assert problem.message == f'"c-sharp" and "C#" ({owner}) have one address, /tags/c-sharp/'


@pytest.mark.slow
@pytest.mark.parametrize("line", ["aliases: [about]", "tags: [Hot, hot]", "aliases: [vercel.json]"])
def test_an_edit_that_makes_a_collision_is_refused_as_from_cold(make_site: MakeSite, line: str) -> None:
    """What only one comparison shows is not left unchecked because nobody else sees the change."""
    project = make_site({"content/pages/about.md": "---\ntitle: A\n---\n"})
    build(Options(project))
    (project / TEA).write_text(changed(("published:", f"{line}\npublished:")))
    with pytest.raises(SiteError) as warm:
        build(Options(project))
    with pytest.raises(SiteError) as cold:
        build(Options(project, fresh=True))
    assert warm.value.problems == cold.value.problems


def test_an_old_path_in_any_script_redirects(make_site: MakeSite) -> None:
    """Its folder has the name itself, and hosts are told the encoded address."""
    aliases = "aliases: ['%E6%97%A5%E6%9C%AC/C%23', über uns]"
    project = make_site({TEA: changed(("published:", f"{aliases}\npublished:"))})
    build(Options(project))
    assert (project / "site/日本/C#/index.html").is_file()
    assert (project / "site/über uns/index.html").is_file()
    told = [row.split(" ")[0] for row in (project / "site/_redirects").read_text().splitlines()]
    assert told[-2:] == ["/picks/%E6%97%A5%E6%9C%AC/C%23/", "/picks/%C3%BCber%20uns/"]
