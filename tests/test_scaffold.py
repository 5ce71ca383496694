"""New things: a project that builds at once, a comparison to fill in, and nothing of the author's overwritten."""

from datetime import date
from pathlib import Path

import pytest
from conftest import Build, MakeSite
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import loaded_site, mistakes

from tiebreak import scaffold
from tiebreak.build.pipeline import Options, check
from tiebreak.linking.facts import INDEX
from tiebreak.linking.subjects import RESERVED
from tiebreak.model.file_names import DEVICES
from tiebreak.model.slugs import slugify
from tiebreak.problems import SiteError

TODAY = date(2026, 11, 29)


def warnings(project: Path) -> list[str]:
    return [f"{problem.file} {problem.code}" for problem in check(Options(project, today=TODAY))]


# --- init -------------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_new_project_has_nothing_to_complain_of(tmp_path: Path, build: Build) -> None:
    """What `init` makes is an example: it builds without an error, and without a warning."""
    scaffold.init(tmp_path / "demo")
    assert warnings(tmp_path / "demo") == []
    assert "compare/yaml-vs-toml/index.html" in build(tmp_path / "demo").paths


@pytest.mark.slow
def test_readers_of_a_new_project_can_put_its_subjects_side_by_side(tmp_path: Path, build: Build) -> None:
    """Both are of one kind and have facts, so the form for any pair is there, its data, and the way to the other."""
    scaffold.init(tmp_path / "demo")
    assert INDEX in build(tmp_path / "demo").paths
    assert '<form class="tool"' in (tmp_path / "demo/site/compare/index.html").read_text()
    assert '<a href="../../subjects/yaml/">YAML</a>' in (tmp_path / "demo/site/subjects/toml/index.html").read_text()


def test_init_says_what_it_made(tmp_path: Path) -> None:
    """Every file, and nothing but files."""
    made = scaffold.init(tmp_path / "demo")
    assert sorted(made) == sorted(path for path in tmp_path.rglob("*") if path.is_file())


def test_init_may_be_told_the_folder_one_stands_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that holds other things becomes a project without losing them."""
    (tmp_path / "README.md").write_text("mine")
    monkeypatch.chdir(tmp_path)
    scaffold.init(Path())
    assert (tmp_path / "content/site.yaml").is_file()
    assert (tmp_path / "README.md").read_text() == "mine"


def test_init_overwrites_nothing_and_makes_nothing_when_it_would(tmp_path: Path) -> None:
    """One file in the way, and the folder stays exactly as it was."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.yaml").write_text("mine")
    with pytest.raises(FileExistsError) as caught:
        scaffold.init(tmp_path)
    assert str(caught.value) == f"{tmp_path}/content/site.yaml would be overwritten; name an empty folder"
    assert [path.name for path in tmp_path.rglob("*")] == ["content", "site.yaml"]
    assert (tmp_path / "content/site.yaml").read_text() == "mine"


# --- new --------------------------------------------------------------------------------------------------------------


def test_init_keeps_a_gitignore_that_is_there(tmp_path: Path) -> None:
    """A repository often has one before it has a site."""
    (tmp_path / ".gitignore").write_text("mine\n")
    made = scaffold.init(tmp_path)
    assert (tmp_path / ".gitignore").read_text() == "mine\n"
    assert tmp_path / ".gitignore" not in made
    assert (tmp_path / "content/site.yaml").exists()


def test_a_new_comparison_has_every_required_key_and_a_hint_for_each() -> None:
    """The file explains itself, so that nobody has to look anything up to fill it in."""
    lines = scaffold._text(["Foo", "C++"], ["foo", "c-plus-plus"], TODAY).split("\n")
    for key in ("summary", "subjects", "pick", "why", "factors", "verdict", "published"):
        (line,) = [line for line in lines if line.startswith(f"{key}:")]
        assert "#" in line or key in ("subjects", "published"), key


@pytest.mark.slow
@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Foo vs C++", "foo-vs-c-plus-plus"),
        ("C vs C++ vs C#", "c-vs-c-plus-plus-vs-c-sharp"),
        ("Node.js VS .NET", "node-js-vs-dot-net"),
        ("  Foo   vs.  Bar ", "foo-vs-bar"),
        ("It's vs 'quoted'", "its-vs-quoted"),
        ("a: b vs [c]", "a-b-vs-c"),
        ("# vs !a", "sharp-vs-a"),
        ("日本語 vs 中文", "ribenyu-vs-zhongwen"),
        ("1 vs 2 vs 3 vs 4 vs 5 vs 6", "1-vs-2-vs-3-vs-4-vs-5-vs-6"),
        ("yes vs no", "yes-vs-no"),
    ],
)
def test_a_new_comparison_builds_at_once(make_site: MakeSite, build: Build, title: str, slug: str) -> None:
    """Whatever characters the names hold, what `new` writes is sound; weak is only what is still to be filled in. It is
    a draft.
    """
    project = make_site()
    path = scaffold.new(project, title, TODAY)
    assert path == project / f"content/compare/{slug}.md"
    file = f"content/compare/{slug}.md"
    # No font of the theme has the signs of Chinese, for the picture to share.
    undrawn = {f"{file} undrawn-sign"} if "日" in title else set[str]()
    assert set(warnings(project)) == {f"{file} unknown-cell", f"{file} placeholder-text"} | undrawn
    assert f"compare/{slug}/index.html" not in build(project).paths
    assert f"compare/{slug}/index.html" in build(project, drafts=True).paths


def test_every_text_to_be_replaced_is_told(make_site: MakeSite) -> None:
    """Until somebody has: the summary, the reason, the row, each line of the verdict, and the body's two."""
    project = make_site()
    path = scaffold.new(project, "Foo vs Bar", TODAY)
    assert warnings(project).count("content/compare/foo-vs-bar.md placeholder-text") == 7
    path.write_text(path.read_text("utf-8").replace("The reason, in one to three sentences.", "Because."), "utf-8")
    assert warnings(project).count("content/compare/foo-vs-bar.md placeholder-text") == 6


def test_code_in_a_name_is_code_where_it_can_be(make_site: MakeSite) -> None:
    """A summary is plain text, so that nothing is to be mended in it but what is to be replaced."""
    project = make_site()
    text = scaffold.new(project, "`cat` vs `git grep`", TODAY).read_text("utf-8")
    assert "summary: 'cat or git grep: " in text
    assert "subjects: ['`cat`', '`git grep`']" in text
    assert {one.split()[1] for one in warnings(project)} == {"placeholder-text", "unknown-cell"}


def test_names_are_kept_as_typed(make_site: MakeSite) -> None:
    """A name without a file of its own is shown exactly as it was typed."""
    project = make_site()
    scaffold.new(project, 'It\'s vs "C"', TODAY)
    assert loaded_site(project).index.entries["content/compare/its-vs-c.md"].subjects == ("It's", '"C"')


def test_a_known_subject_is_called_by_its_id(make_site: MakeSite) -> None:
    """An alias or a name in other capitals finds the subject's file."""
    project = make_site({"content/subjects/pytorch.yaml": "name: PyTorch\naliases: [torch]\n"})
    assert scaffold.new(project, "Torch vs Mate", TODAY).name == "pytorch-vs-mate.md"


def test_a_name_that_is_used_already_keeps_its_spelling(make_site: MakeSite) -> None:
    """Otherwise the new file would contradict the old one."""
    project = make_site()
    path = scaffold.new(project, "tea vs Mate", TODAY)
    assert "subjects: ['Tea', 'Mate']" in path.read_text("utf-8")
    assert "content/compare/tea-vs-mate.md unknown-cell" in warnings(project)


def test_outside_a_project_nothing_is_made(tmp_path: Path) -> None:
    """The command was most likely started in the wrong folder."""
    with pytest.raises(SiteError, match="a site project needs this file"):
        scaffold.new(tmp_path, "Foo vs Bar", TODAY)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("title", ["Tea vs Coffee", "Coffee vs Tea", "coffee VS TEA"])
@pytest.mark.parametrize("name", ["tea-vs-coffee", "hot-drinks"])
def test_a_pair_that_exists_is_refused(make_site: MakeSite, title: str, name: str) -> None:
    """In either order, and whatever its file is called: one page a pair."""
    text = make_site() / "content/compare/tea-vs-coffee.md"
    text.rename(text.with_name(f"{name}.md"))
    with pytest.raises(FileExistsError) as caught:
        scaffold.new(text.parents[2], title, TODAY)
    assert str(caught.value) == f"content/compare/{name}.md already compares them"


def test_a_broken_file_of_that_name_is_in_the_way_too(make_site: MakeSite) -> None:
    """What cannot be read yet is not overwritten, nor doubled."""
    project = make_site({"content/compare/foo-vs-bar.md": "not yet"})
    with pytest.raises(FileExistsError):
        scaffold.new(project, "Bar vs Foo", TODAY)
    assert (project / "content/compare/foo-vs-bar.md").read_text() == "not yet"


@pytest.mark.parametrize(
    ("title", "message"),
    [
        ("Tea", 'name 2 to 6 subjects with "vs" between them, such as "Foo vs C++"'),
        ("", 'name 2 to 6 subjects with "vs" between them, such as "Foo vs C++"'),
        ("Tea vs ", 'name 2 to 6 subjects with "vs" between them, such as "Foo vs C++"'),
        ("Canvas", 'name 2 to 6 subjects with "vs" between them, such as "Foo vs C++"'),
        ("a vs b vs c vs d vs e vs f vs g", 'name 2 to 6 subjects with "vs" between them, such as "Foo vs C++"'),
        ("Tea vs !", '"!" has no letter or digit to make an id from'),
        ("Tea vs tea", "the same subject is named twice"),
        ("Tea vs NUL", '"nul" is a name that Windows keeps for itself; give it a file under content/subjects/'),
    ],
)
def test_a_title_that_cannot_be_a_comparison_is_refused(make_site: MakeSite, title: str, message: str) -> None:
    """What is wrong with it, in one sentence, and no file."""
    project = make_site()
    with pytest.raises(ValueError) as caught:
        scaffold.new(project, title, TODAY)
    assert str(caught.value) == message
    assert len(list((project / "content/compare").iterdir())) == 1


printable = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12)
names = printable.filter(lambda name: slugify(name) not in ("", *RESERVED, *DEVICES))


@pytest.mark.slow
@settings(max_examples=40)
@given(names, names)
def test_any_two_names_make_a_sound_file(tmp_path_factory: pytest.TempPathFactory, one: str, other: str) -> None:
    """No name can break out of the file that it is written into."""
    if slugify(one) == slugify(other):
        return
    project = tmp_path_factory.mktemp("new")
    (project / "content").mkdir()
    (project / "content/site.yaml").write_text("title: Picks\nbase_url: https://example.org/\n")
    scaffold.new(project, f"{one} vs {other}", TODAY)
    loaded = loaded_site(project)
    assert mistakes(loaded) == []
    assert [entry.subjects for entry in loaded.index.entries.values()] == [(one, other)]
