"""A project from a stranger: whatever lies in it instead of a file, nothing is read that is not the project's own.

Every kind of link, pipe and folder stands at every place at which a build reads something; so do those that come
there between the moment when a build looks and the moment when it reads.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path, PurePosixPath

import pytest
from conftest import Cli, MakeSite
from previewed import previewing
from samples import COMPARISON, FILES, changed

from tiebreak.build import pipeline as builder
from tiebreak.problems import Problem, SiteError, errors
from tiebreak.storage import snapshot
from tiebreak.storage.nofollow import DEEPEST
from tiebreak.storage.snapshot import Snapshot

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need a privilege there")

SECRET = "S3CR3T"
PAGE = "---\ntitle: T\nsummary: S.\n---\nBody.\n"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x08\x08\x06\0\0\0"
# Everything that a build reads: a file of each kind, at its place.
PLACES: dict[str, str | bytes] = {
    "content/compare/tea-vs-coffee.md": COMPARISON,
    "content/pages/page.md": PAGE,
    "content/pages/data.csv": "data",
    "content/pages/drawing.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "content/compare/picture.png": PNG,
    "content/subjects/tea.yaml": "name: Tea\n",
    "content/site.yaml": FILES["content/site.yaml"],
    "content/factors.yaml": "taste: {label: Taste}\n",
    "static/file.txt": "file",
    "static/css/own.css": "a { color: red }\n",
    "static/js/own.js": "export {};\n",
    "templates/page.html": "{% extends 'default/page.html' %}",
    "templates/words/en.yaml": "{}\n",
}
# What a link may lead to, as it is written in the link ({up} leads to the project, {in} to the place's first folder),
# and what is said of it.
TARGETS: dict[str, tuple[str, str]] = {
    "a file elsewhere": ("{up}../outside", "outside-project"),
    "a file elsewhere, absolute": ("{root}/../outside", "outside-project"),
    "a file of the project": ("{up}beside", "outside-project"),
    "a file of another folder": ("{up}{other}/theirs", "outside-project"),
    "a file of another folder, absolute": ("{root}/{other}/theirs", "outside-project"),
    "the environment's file": ("{up}.env", "outside-project"),
    "git's configuration": ("{up}.git/config", "outside-project"),
    "the cache": ("{up}.tiebreak/memo.sqlite3", "outside-project"),
    "the output": ("{up}site/index.html", "outside-project"),
    "the environment": ("/proc/self/environ", "outside-project"),
    "a device": ("/dev/zero", "outside-project"),
    "nowhere": ("{up}../nowhere", "outside-project"),
    "nowhere inside": ("{in}nowhere", "unreadable"),
    "a hidden file": ("{in}.hidden", "hidden-file"),
    "a hidden folder": ("{in}.git/config", "hidden-file"),
    "a folder": ("{up}site", "linked-folder"),
    "a folder inside": ("{in}folder", "linked-folder"),
    "the root": ("/", "linked-folder"),
    "itself": ("{name}", "link-loop"),
    "a link that leads out": ("{in}chain.txt", "outside-project"),
    "a link that leads in a circle": ("{in}circle.txt", "link-loop"),
    "a file behind a folder's link": ("{in}by/config", "linked-folder"),
    "a pipe": ("{in}pipe.txt", "not-a-file"),
    "a file, as a folder": ("{in}theirs/x", "unreadable"),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with secrets all around, after its first build."""
    root = tmp_path_factory.mktemp("built") / "project"
    secrets = ("../outside", "beside", ".env", ".git/config", "content/.git/config")
    hidden = ("static/.git/config", "templates/.git/config")  # all of static/ is published
    for path, data in {**PLACES, **dict.fromkeys(secrets, SECRET), **dict.fromkeys(hidden, "hidden")}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data if isinstance(data, bytes) else data.encode())
    builder.build(builder.Options(root))
    return root


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    shutil.copytree(built.parent, tmp_path / "all", symlinks=True)
    return tmp_path / "all/project"


@pytest.fixture
def soon() -> Iterator[None]:
    """The test ends within a minute, whatever it waits for."""

    def late(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def complaints(project: Path) -> list[Problem]:
    """The errors that a build and a check tell, which are the same."""
    checked = builder.check(builder.Options(project, today=date(2026, 1, 1)))
    with pytest.raises(SiteError) as caught:
        builder.build(builder.Options(project))
    assert set(errors(caught.value.problems)) <= set(checked)
    return list(errors(caught.value.problems))


def keeps_its_secrets(project: Path, problems: list[Problem]) -> bool:
    """Whether nothing secret stands in what was said, published or remembered."""
    written = (file for folder in ("site", ".tiebreak") for file in (project / folder).rglob("*") if file.is_file())
    said = "\n".join(problem.as_text() for problem in problems)
    return SECRET not in said and not any(SECRET.encode() in file.read_bytes() for file in written)


@pytest.mark.slow
@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("what", TARGETS)
def test_a_link_that_leads_elsewhere_is_an_error(project: Path, what: str) -> None:
    """At every place in one report, each at the link; and nothing is said or kept of what it leads to."""
    target, code = TARGETS[what]
    for top in ("content", "static", "templates"):
        lay_out(project / top)
    for place in PLACES:
        depth, other = place.count("/"), "content" if place.startswith("static") else "static"
        ways = {"up": "../" * depth, "in": "../" * (depth - 1), "root": project, "other": other}
        (project / place).unlink()
        (project / place).symlink_to(target.format(**ways, name=PurePosixPath(place).name))
    problems = complaints(project)
    found = {problem.file: problem for problem in problems}
    assert {place: found[place].code for place in PLACES} == dict.fromkeys(PLACES, code)
    assert all(found[place].help or code == "unreadable" for place in PLACES)
    assert keeps_its_secrets(project, problems)


def lay_out(top: Path) -> None:
    """What links within a folder can lead to."""
    (top / "folder").mkdir(exist_ok=True)
    (top / "theirs").write_text(SECRET)
    (top / ".hidden").write_text("hidden")
    (top / "chain.txt").symlink_to("../.env")
    (top / "circle.txt").symlink_to("circle-2.txt")
    (top / "circle-2.txt").symlink_to("circle.txt")
    (top / "by").symlink_to("../.git")
    os.mkfifo(top / "pipe.txt")


@pytest.mark.parametrize("absolute", [True, False], ids=["absolute", "relative"])
def test_a_link_that_stays_is_followed(built: Path, project: Path, absolute: bool) -> None:
    """At every place: the site is the same as if the files themselves lay there."""
    kept = {"content": "content/pages/{}~", "static": "static/{}~", "templates": "templates/words/{}~"}
    for number, place in enumerate(PLACES):
        target = project / kept[place.partition("/")[0]].format(number)
        (project / place).rename(target)
        (project / place).symlink_to(target if absolute else os.path.relpath(target, (project / place).parent))
    shutil.rmtree(project / "site")
    builder.build(builder.Options(project, fresh=True))
    assert published(built).items() <= published(project).items()


def published(project: Path) -> dict[str, bytes]:
    site = project / "site"
    return {str(file.relative_to(site)): file.read_bytes() for file in site.rglob("*") if file.is_file()}


FOLDERS = sorted({str(parent) for place in PLACES for parent in Path(place).parents} - {"."})


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("inside", [True, False], ids=["inside", "outside"])
def test_a_linked_folder_is_an_error(project: Path, folder: str, inside: bool) -> None:
    """Wherever it lies and wherever it leads, the three folders themselves among them."""
    kept = project / folder.partition("/")[0] / "kept" if inside and "/" in folder else project / "../kept"
    (project / folder).rename(kept)
    (project / folder).symlink_to(kept, target_is_directory=True)
    problems = complaints(project)
    assert (folder, "linked-folder") in [(problem.file, problem.code) for problem in problems]


def socketed(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # its path has few bytes
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(path.name)
    finally:
        os.chdir(here)


ODD: dict[str, Callable[[Path], object]] = {"a pipe": os.mkfifo, "a socket": socketed}


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("odd", ODD)
def test_what_is_no_file_is_an_error_at_once(project: Path, odd: str) -> None:
    """At every place; nobody waits for somebody to write into it."""
    for place in PLACES:
        (project / place).unlink()
        ODD[odd](project / place)
    found = {problem.file: problem.code for problem in complaints(project)}
    assert found == dict.fromkeys(PLACES, "not-a-file")


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("top", ["content", "static", "templates"])
def test_a_pipe_in_a_folders_place_is_an_error(project: Path, top: str) -> None:
    """It is not taken for an empty one."""
    shutil.rmtree(project / top)
    os.mkfifo(project / top)
    assert (top, "not-a-file") in [(problem.file, problem.code) for problem in complaints(project)]


@pytest.mark.slow
@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("top", ["content/pages", "static", "templates"])
@pytest.mark.parametrize("levels", [DEEPEST + 1, 1_500])
def test_folders_without_end_are_an_error(project: Path, top: str, levels: int) -> None:
    """At the first that lies too deep; no stack and no path of the system runs out."""
    folder = os.open(project / top, os.O_RDONLY)
    try:
        for _ in range(levels):
            os.mkdir("d", dir_fd=folder)
            below = os.open("d", os.O_RDONLY, dir_fd=folder)
            os.close(folder)
            folder = below
        os.close(os.open("x.txt", os.O_CREAT | os.O_WRONLY, dir_fd=folder))
    finally:
        os.close(folder)
    try:
        (problem,) = complaints(project)
    finally:  # Python's own way of removing a folder ends where its stack does, and pytest's with it
        subprocess.run(["rm", "-rf", str(project / top / "d")], check=True)
    assert problem.code == "too-deep"
    assert problem.file.startswith(f"{top}/d/d/d")
    assert problem.file.count("/") == DEEPEST
    assert problem.message == f"this lies more than {DEEPEST - 1} folders deep"


@pytest.mark.slow
@pytest.mark.parametrize("top", ["content/pages", "static"])
def test_paths_without_end_are_an_error(project: Path, top: str) -> None:
    """Each name is one that the system takes."""
    folder = project / top / ("long-" * 40) / ("long-" * 40) / ("long-" * 40) / ("long-" * 40) / ("long-" * 40)
    folder.mkdir(parents=True)
    (folder / "x.txt").write_text("x")
    (problem,) = complaints(project)
    assert (problem.code, problem.message) == ("too-deep", "this path is longer than 1000 bytes")


@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else False, reason="an administrator reads everything")
@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_that_nobody_may_read_is_an_error(project: Path, folder: str) -> None:
    """It is not taken for an empty one."""
    (project / folder).chmod(0)
    try:
        problems = complaints(project)
    finally:
        (project / folder).chmod(0o755)
    assert (folder, "unreadable") in [(problem.file, problem.code) for problem in problems]


def swapped_for_a_link(path: Path) -> None:
    """What lies there now lies elsewhere, with secrets in it, and a link leads to it."""
    kept = path.parents[len(path.parts) - path.parts.index("all") - 2] / "swapped"
    path.rename(kept)
    made_secret(kept)
    path.symlink_to(kept)


def made_secret(place: Path) -> None:
    for file in [place, *place.rglob("*")]:
        if file.is_file():
            file.write_bytes(file.read_bytes() + f"\n# {SECRET}\n".encode())


def swapped_for_a_pipe(path: Path) -> None:
    gone(path)
    os.mkfifo(path)


def gone(path: Path) -> None:
    shutil.rmtree(path) if path.is_dir() else path.unlink()


SWAPS = {"a link": swapped_for_a_link, "a pipe": swapped_for_a_pipe, "nothing": gone}


@pytest.mark.slow
@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("path", [*PLACES, *FOLDERS])
@pytest.mark.parametrize("swap", SWAPS)
def test_what_is_swapped_after_the_look_is_never_followed(
    project: Path, path: str, swap: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file or a folder that was sound when the build looked, and is a link when it reads, is told."""
    scan, looks = snapshot.scan, list[Snapshot]()

    def scan_and_swap(root: Path, folders: dict[str, snapshot.Ignores]) -> Snapshot:
        found = scan(root, folders)
        if not looks:
            looks.append(found)
            SWAPS[swap](project / path)
        return found

    monkeypatch.setattr(snapshot, "scan", scan_and_swap)
    problems = told(project)
    assert keeps_its_secrets(project, problems)
    assert all(path.startswith(problem.file) or problem.file.startswith(path) for problem in problems)
    # What is gone from the theme when it is looked for is as if it had never been there.
    assert problems or (swap == "nothing" and not path.startswith("content/"))


def told(project: Path) -> list[Problem]:
    """The errors of a fresh build, in one process."""
    try:
        builder.build(builder.Options(project, fresh=True, jobs=1))
    except SiteError as error:
        return list(errors(error.problems))
    return []


@pytest.mark.slow
@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("path", ["content/pages", "content/pages/data.csv", "static/file.txt", "static/css"])
def test_what_is_swapped_all_the_time_is_never_followed(project: Path, path: str) -> None:
    """Whichever of the two a build meets: it publishes the project's own file, or nothing."""
    place, real, fake, link = project / path, *(project.parent / name for name in ("real", "fake", "link"))
    (shutil.copytree if place.is_dir() else shutil.copyfile)(place, fake)
    made_secret(fake)
    link.symlink_to(fake)
    stop = threading.Event()

    def swap() -> None:
        while not stop.is_set():
            place.rename(real)
            link.rename(place)
            place.rename(link)
            real.rename(place)

    thread = threading.Thread(target=swap)
    thread.start()
    try:
        assert all(keeps_its_secrets(project, told(project)) for _ in range(5))
    finally:
        stop.set()
        thread.join()


@pytest.mark.usefixtures("soon")
def test_new_writes_nothing_through_a_link(make_site: MakeSite, tmp_path: Path, cli: Cli) -> None:
    """Neither into a folder elsewhere nor into a file."""
    site = make_site()
    (site / "content/compare/water-vs-juice.md").symlink_to(tmp_path / "made.md")
    said = cli("new", "Water vs Juice", "--project", site, ok=False).stderr
    assert not (tmp_path / "made.md").exists()
    assert said.startswith("error: content/compare/water-vs-juice.md already compares them")
    (site / "content/compare").rename(tmp_path / "elsewhere")
    (site / "content/compare").symlink_to(tmp_path / "elsewhere")
    said = cli("new", "Milk vs Juice", "--project", site, ok=False).stderr
    assert said.startswith("content/compare: error[linked-folder]: a folder is not read through a link\n")
    (site / "content").rename(tmp_path / "other")
    (site / "content").symlink_to(tmp_path / "other")
    (tmp_path / "other/compare").unlink()
    said = cli("new", "Milk vs Juice", "--project", site, ok=False).stderr
    assert said.startswith("content: error[linked-folder]: a folder is not read through a link\n")
    assert not list(tmp_path.rglob("milk-vs-juice.md"))
    assert not (tmp_path / "other/compare").exists()


def test_a_locked_file_of_an_editor_is_passed_over(make_site: MakeSite, cli: Cli) -> None:
    """Emacs marks a file that is being edited by a link beside it that leads nowhere."""
    site = make_site({"templates/page.html": PLACES["templates/page.html"], "static/a.txt": "x"})
    for place in ("templates/.#page.html", "static/.#a.txt", "content/compare/.#x.md"):
        (site / place).symlink_to("me@here.1234:5678")
    cli("build", "--project", site)


@pytest.mark.slow
def test_a_pipe_that_is_saved_under_a_preview_is_told(make_site: MakeSite) -> None:
    """At each place, in a burst too; and the preview goes on when it is gone."""
    site = make_site(PLACES)
    with previewing(site) as one:

        def is_told(place: str) -> bool:
            return f"{place}: error[not-a-file]" in one.said

        for place, data in PLACES.items():
            (site / place).unlink()
            os.mkfifo(site / place)
            one.wait_for(partial(is_told, place))
            (site / place).unlink()
            (site / place).write_bytes(data if isinstance(data, bytes) else data.encode())
        for number in range(20):
            os.mkfifo(site / f"content/pages/burst-{number}.csv")
        one.wait_for(lambda: "burst-19.csv: error[not-a-file]" in one.said)
        for number in range(20):
            (site / f"content/pages/burst-{number}.csv").unlink()
        (site / "content/compare/tea-vs-coffee.md").write_text(changed(("Tea is calmer", "Tea is much calmer")))
        one.wait_for(lambda: "much calmer" in one.get("compare/tea-vs-coffee/")[1])


@pytest.mark.slow
def test_a_preview_looks_at_nothing_behind_a_link(make_site: MakeSite, tmp_path: Path) -> None:
    """Not even to see whether it changes: a link can lead to all of the machine."""
    site = make_site()
    (site / "static").mkdir()
    (site / "static/all").symlink_to("/")
    with previewing(site) as one:
        one.wait_for(lambda: "static/all: error[linked-folder]" in one.said)
        (site / "static/all").unlink()
        one.wait_for(lambda: one.builds > 0)
        (site / "static/new/folder").mkdir(parents=True)
        (site / "static/new/folder/a.txt").write_text("one")
        one.wait_for(lambda: one.get("new/folder/a.txt") == (200, "one"))
        (site / "static/new/folder/a.txt").write_text("two")
        one.wait_for(lambda: one.get("new/folder/a.txt") == (200, "two"))
