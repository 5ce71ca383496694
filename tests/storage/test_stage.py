"""Where a site is written: at the end of its user's links, and of no others."""

import sys
from pathlib import Path

import pytest
from conftest import Cli, MakeSite

from tiebreak.build.pipeline import Options, build

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need a privilege there")

# The output that is named, and every link on the way: where it lies and what is written in it. The project is `r/docs`.
ASTRAY: dict[str, tuple[str, dict[str, str]]] = {
    "the link itself": ("r/docs/out", {"r/docs/out": "../../victim"}),
    "a link that is absolute": ("r/docs/out", {"r/docs/out": "{all}/victim"}),
    "a folder behind it": ("r/docs/out/deep", {"r/docs/out": "../../victim"}),
    "through a link of the user's": ("mine", {"mine": "r/docs/out", "r/docs/out": "../../victim"}),
    "through two": ("mine", {"mine": "{all}/other", "other": "r/docs/out", "r/docs/out": "../../victim"}),
    "through one to a folder behind it": ("mine/deep", {"mine": "r/docs/out", "r/docs/out": "../../victim"}),
    "through one to a folder above": ("mine/out", {"mine": "r/docs", "r/docs/out": "../../victim"}),
    "in a circle": ("mine", {"mine": "r/docs/out", "r/docs/out": "../../mine"}),
    "beside the project": ("r/public", {"r/public": "../victim"}),
    "beside it, through a link of the user's": ("mine/public", {"mine": "r", "r/public": "../victim"}),
    "and back again": ("r/docs/out/../site", {"r/docs/out": "../../victim/folder"}),
    "and on to a link of the user's": ("r/docs/out", {"r/docs/out": "../../mine", "mine": "victim"}),
}


@pytest.fixture
def project(make_site: MakeSite, tmp_path: Path) -> Path:
    """A project in a folder of a repository, which may be a stranger's, and a folder outside that is not."""
    (tmp_path / "r/.git").mkdir(parents=True)
    (tmp_path / "victim/folder").mkdir(parents=True)
    return make_site(folder="r/docs")


def linked(links: dict[str, str], everything: Path) -> None:
    for place, target in links.items():
        (everything / place).symlink_to(target.format(all=everything))


@pytest.mark.parametrize("relative", [True, False], ids=["relative", "absolute"])
@pytest.mark.parametrize("what", ASTRAY)
def test_a_link_that_a_branch_can_bring_is_not_followed(
    project: Path, tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch, what: str, relative: bool
) -> None:
    """Neither where it is named nor where a link of the user's leads to it; it is named, with a way out."""
    output, links = ASTRAY[what]
    linked(links, tmp_path)
    monkeypatch.chdir(tmp_path)
    result = cli("build", "--project", project, "--output", output if relative else tmp_path / output, ok=False)
    astray = next(place for place in links if place.startswith("r/"))
    assert result.stderr == (
        f"error: {tmp_path / astray}: this is a link, and a site is not written through one that lies in the project "
        "or the repository around it; take it away, or name with --output where it leads\n"
    )
    assert [path.name for path in (tmp_path / "victim").rglob("*")] == ["folder"]


WELL: dict[str, tuple[str, str, dict[str, str]]] = {
    "a link of the user's": ("mine", "victim", {"mine": "victim"}),
    "one to what is not yet there": ("mine/deep", "new/deep", {"mine": "new"}),
    "one after the other": ("mine/deep", "victim/deep", {"mine": "{all}/other/x", "other": ".", "x": "victim"}),
    "one into the project": ("mine/site", "r/docs/site", {"mine": "r/docs"}),
    "one to the output": ("mine", "r/docs/out/deep", {"mine": "r/docs/out/deep"}),
    "one to what lies beside the project": ("mine", "r/public", {"mine": "r/public"}),
    "one and back again": ("mine/../site", "victim/site", {"mine": "victim/folder"}),
}


@pytest.mark.parametrize("what", WELL)
def test_links_of_the_user_are_followed(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """They lie outside of the repository, so no branch brings them along; a second build finds its files there."""
    output, place, links = WELL[what]
    linked(links, tmp_path)
    monkeypatch.chdir(tmp_path)
    assert build(Options(project, output=Path(output))).done
    assert (tmp_path / place / "index.html").is_file()
    assert not build(Options(project, output=Path(output))).done


def test_the_project_may_be_reached_by_a_link(project: Path, tmp_path: Path, cli: Cli) -> None:
    """Also by one in its repository: what is read there is written there."""
    (tmp_path / "r/web").symlink_to("docs")
    cli("build", "--project", tmp_path / "r/web")
    assert (project / "site/index.html").is_file()


def test_links_without_end_are_told(project: Path, tmp_path: Path, cli: Cli) -> None:
    """As such, with one of them."""
    linked({"mine": "other", "other": "mine"}, tmp_path)
    said = cli("build", "--project", project, "--output", tmp_path / "mine", ok=False).stderr
    assert said == f"error: {tmp_path / 'mine'}: links lead to links without end\n"


@pytest.mark.parametrize("output", ["out", "../public", "../../new"])
def test_an_output_need_not_be_there(project: Path, output: str) -> None:
    """It is made, with the folders above it."""
    build(Options(project, output=project / output / "deep/er"))
    assert (project / output / "deep/er/index.html").is_file()


@pytest.mark.parametrize("output", [".git", ".git/hooks", "docs/.git", "docs/.hidden/site", "docs/x/.y", ".github"])
def test_a_hidden_folder_is_no_place_for_a_site(project: Path, tmp_path: Path, cli: Cli, output: str) -> None:
    """In the project and in its repository, where programs keep their own; a link to it changes nothing."""
    (tmp_path / "mine").symlink_to(tmp_path / "r" / output)
    for named in (tmp_path / "r" / output, tmp_path / "mine"):
        result = cli("build", "--project", project, "--output", named, ok=False)
        assert (result.exit_code, "the output would lie in a hidden folder" in result.stderr) == (2, True)


@pytest.mark.parametrize(("root", "output"), [("r/.web", "site"), ("r/.web", "../public"), ("r/docs", "../../.new")])
def test_what_is_hidden_elsewhere_is_the_users_business(
    make_site: MakeSite, project: Path, cli: Cli, root: str, output: str
) -> None:
    """A project may be hidden itself, and so may a folder outside of the repository."""
    place = make_site(folder=root)
    cli("build", "--project", place, "--output", place / output)
    assert (place / output / "index.html").is_file()
