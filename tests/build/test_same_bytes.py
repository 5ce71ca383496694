"""Nothing but content, theme and settings shows in a site: examples of what else may differ.

Any edits at all, one after the other, are tried in build/test_exact.py.
"""

import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import edits
import pytest
from edits import WORDS
from published import DRINKS, copied

from tiebreak.build.pipeline import Report

pytestmark = pytest.mark.slow  # builds in processes of their own


def drinks(folder: Path) -> Path:
    """A copy of the project that uses every feature; its files have the time of now."""
    return copied(DRINKS, folder)


def run(project: Path | str, output: Path, *args: str, umask: int = 0o022, cwd: Path | None = None, **env: str) -> None:
    """Build in another process."""
    command = [sys.executable, "-m", "tiebreak", "build", "--quiet", "--project", str(project)]
    command += ["--output", str(output), *args]
    subprocess.run(command, check=True, cwd=cwd, umask=umask, env={**os.environ, **env})


WORLDS: dict[str, dict[str, Any]] = {
    "several processes": {"args": ["--jobs", "3"]},
    "far east": {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONUTF8": "0"},
    "far west": {"PYTHONHASHSEED": "2", "TZ": "Pacific/Pago_Pago", "LC_ALL": "C.UTF-8", "umask": 0o077},
    "elsewhere": {"project": ".", "HOME": "/nowhere", "USER": "nobody", "SOURCE_DATE_EPOCH": "0"},
}


@pytest.mark.parametrize("name", WORLDS)
def test_nothing_around_a_build_shows(tmp_path: Path, name: str) -> None:
    """Neither in a first build nor in one that finds everything done already by a process in another world."""
    world = dict(WORLDS[name])
    args, relative = world.pop("args", []), world.pop("project", None)
    edits.attempt(drinks(tmp_path / "here"), jobs=1)
    expected, stamps = edits.contents(tmp_path / "here/site"), edits.stamps(tmp_path / "here/site")
    for project in (drinks(tmp_path / "there"), tmp_path / "here"):
        run(relative or project, project / "site", *args, cwd=project, **world)
        assert edits.contents(project / "site") == expected
    assert edits.stamps(tmp_path / "here/site") == stamps


def test_whoever_builds_everybody_may_read(tmp_path: Path) -> None:
    """A web server runs as another user, who must get into the folders as well."""
    run(drinks(tmp_path), tmp_path / "site", umask=0o077)
    paths = [tmp_path / "site", *(tmp_path / "site").rglob("*")]
    modes = {path.relative_to(tmp_path).as_posix(): path.stat().st_mode & 0o777 for path in paths}
    assert modes == {path: 0o755 if (tmp_path / path).is_dir() else 0o644 for path in modes}


def test_neither_order_nor_place_nor_times_of_files_show(tmp_path: Path) -> None:
    """The same files, written the other way round, elsewhere, at other times, are the same site."""
    files = edits.contents(drinks(tmp_path / "one"))
    edits.save(files, tmp_path / "an/other", sorted(files, reverse=True))
    for number, path in enumerate(sorted((tmp_path / "an/other").rglob("*"))):
        os.utime(path, (number * 1e7, number * 1e7))
    for project in (tmp_path / "one", tmp_path / "an/other"):
        edits.attempt(project)
    assert edits.contents(tmp_path / "one/site")
    assert edits.contents(tmp_path / "one/site") == edits.contents(tmp_path / "an/other/site")


def test_times_alone_change_nothing(tmp_path: Path) -> None:
    """A checkout gives every file a new time; a build after it has nothing to write."""
    edits.attempt(drinks(tmp_path))
    for path in (tmp_path / "content").rglob("*"):
        os.utime(path, (0, 0))
    again = edits.attempt(tmp_path)
    assert isinstance(again, Report)
    assert again.done == {}


def test_a_project_that_has_moved_takes_its_list_along(tmp_path: Path) -> None:
    """A build server unpacks the same project, site and memo in another folder: what is gone is pruned there too."""
    edits.attempt(edits.save(edits.shop().files(), tmp_path / "old"))
    shutil.move(tmp_path / "old", tmp_path / "new")
    world = edits.shop()
    del world.articles[1:]
    edits.attempt(edits.save(world.files(), tmp_path / "new"))
    assert edits.contents(tmp_path / "new/site") == edits.clean(world.files(), tmp_path / "clean")[1]


def test_what_one_process_remembers_serves_another(tmp_path: Path) -> None:
    """Nothing of what makes a page right stays behind in a process that ends."""
    world = edits.shop()
    for title in ("One", "Two"):
        world.settings["title"] = title
        edits.attempt(edits.save(world.files(), tmp_path / "warm"))
    made = edits.stamps(tmp_path / "warm/site")
    run(tmp_path / "warm", tmp_path / "warm/site")
    assert edits.stamps(tmp_path / "warm/site") == made
    run(edits.save(world.files(), tmp_path / "clean"), tmp_path / "clean/site")
    assert edits.contents(tmp_path / "warm/site") == edits.contents(tmp_path / "clean/site")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_save_while_the_file_is_read_is_not_lost(tmp_path: Path) -> None:
    """Not even one of the same size, so soon after the build has read the file that the system's clock stands still."""
    world = edits.shop()
    versions, sites = [], []
    for word in WORDS[:2]:
        world.articles[0].sections[0].text = word
        versions.append(world.files())
        sites.append(edits.clean(versions[-1], tmp_path / "clean")[1])
    project, path = tmp_path / "project", world.articles[0].path

    def save_while_built() -> None:
        read = threading.Event()
        sys.setswitchinterval(1e-5)
        sys.addaudithook(lambda event, args: read.set() if event == "open" and str(args[0]).endswith(path) else None)
        for number in range(12):
            old, new = number % 2, 1 - number % 2
            edits.save(versions[old], project)
            read.clear()

            def save(data: bytes = versions[new][path], late: float = number / 4000) -> None:
                read.wait(10)
                time.sleep(late)
                (project / path).write_bytes(data)

            author = threading.Thread(target=save)
            author.start()
            edits.attempt(project, jobs=1)
            read.set()
            author.join()
            edits.attempt(project, jobs=1)
            assert edits.contents(project / "site") == sites[new]

    assert edits.forked(save_while_built) == 0
