"""The wheel alone, in an environment of its own, away from this repository: what a stranger installs."""

import ast
import email
import email.message
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from published import ROOT, pages

PART_OF_ANOTHER = {"pydantic_core"}  # pydantic's other half, pinned by it
CALLED_BY_NAME = {"pygments", "pagefind"}  # Python-Markdown loads the one for code, and the other is a program


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def tiebreak(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installed command. Dependencies are borrowed from the environment of the tests, so no network is needed."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    names = {"base": str(folder), "platbase": str(folder)}
    site_packages, scripts = (Path(sysconfig.get_path(kind, "venv", names)) for kind in ("purelib", "scripts"))
    python = scripts / ("python.exe" if os.name == "nt" else "python")
    options = ["--quiet", "--no-deps", "--no-index", "--disable-pip-version-check"]
    subprocess.run([sys.executable, "-m", "pip", "--python", str(python), "install", *options, str(wheel)], check=True)
    # A line in a .pth file adds a folder, but not what .pth files in there would add: the editable install stays out.
    (site_packages / "borrowed.pth").write_text(sysconfig.get_path("purelib"))
    return scripts / "tiebreak"


def run(*command: str | Path, cwd: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [str(word) for word in command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_a_stranger_gets_a_complete_site(tiebreak: Path, tmp_path: Path) -> None:
    """`init`, `build`, `new`, `build`, with nothing but the wheel: styled, and with every kind of page."""
    run(tiebreak, "init", "demo", cwd=tmp_path)
    demo = tmp_path / "demo"
    run(tiebreak, "build", "--strict", cwd=demo)
    front = (demo / "site/index.html").read_text("utf-8")
    (style,) = (demo / "site/assets").glob("style.*.css")
    assert f"./assets/{style.name}" in front
    assert style.stat().st_size > 10_000
    run(tiebreak, "new", "Foo vs C++", cwd=demo)
    run(tiebreak, "build", "--drafts", cwd=demo)
    assert {
        "404.html",
        "about/index.html",
        "compare/foo-vs-c-plus-plus/index.html",
        "compare/yaml-vs-toml/index.html",
        "index.html",
        "subjects/c-plus-plus/index.html",
    } <= set(pages(demo / "site"))


@pytest.mark.slow
def test_the_installed_code_and_theme_are_the_wheels_own(tiebreak: Path, tmp_path: Path) -> None:
    """Otherwise the test above would prove nothing."""
    code = (
        "import tiebreak; from tiebreak.storage import builtin_folder as folder;"
        "print(tiebreak.__file__, folder('templates'), folder('static'))"
    )
    python = tiebreak.with_name("python")
    for path in run(python, "-c", code, cwd=tmp_path).split():
        assert Path(path).is_relative_to(tiebreak.parents[1])


def test_the_wheel_carries_what_it_needs_and_no_more(wheel: Path) -> None:
    """Code, types, theme, starter and licences; no tests, no content, no leavings."""
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"tiebreak/py.typed", "tiebreak/starter/content/site.yaml", "tiebreak/theme/templates/base.html"} <= names
    assert any(name.endswith("/licenses/LICENSE") for name in names)
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"tiebreak"}
    assert not [name for name in names if "__pycache__" in name or "/tests/" in name]
    theme = {
        path.relative_to(ROOT).as_posix()
        for kind in ("templates", "static")
        for path in (ROOT / kind).rglob("*")
        if path.is_file()
    }
    assert {f"tiebreak/theme/{path}" for path in theme} <= names


def test_the_wheel_is_small(wheel: Path) -> None:
    """Under 3 MB, so that it can lie in a repository beside the content."""
    assert wheel.stat().st_size < 3_000_000


def metadata_of(wheel: Path) -> email.message.Message:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        return email.message_from_bytes(archive.read(name))


def test_the_readme_stands_on_an_index_too(wheel: Path) -> None:
    """Where no picture and no link of the repository leads anywhere, and nobody has a clone."""
    text = metadata_of(wheel).get_payload()
    assert isinstance(text, str)
    links = re.findall(r"\]\(([^)]+)\)|(?:src|href)=\"([^\"]+)", text)
    assert [link for link in links if not re.match(r"https?:|#", "".join(link))] == []
    assert "\npip install tiebreak\n" in text
    assert not re.search(r"<!--|<img|!\[|make test|\[\]", text)
    assert "## How fast" in text


def test_what_is_shipped_says_its_licences(wheel: Path) -> None:
    """That of the code, of the typeface, and of what it knows of languages, each with its text."""
    metadata = metadata_of(wheel)
    assert metadata["License-Expression"] == "MIT AND OFL-1.1 AND Unicode-3.0"
    names = metadata.get_all("License-File", [])
    assert names == ["LICENSE", "generator/cldr-license.txt", "static/fonts/OFL.txt", "templates/fonts/OFL.txt"]
    with zipfile.ZipFile(wheel) as archive:
        texts = [archive.read(f"{wheel.name.split('-py3')[0]}.dist-info/licenses/{name}").decode() for name in names]
    opens = ("MIT License", "UNICODE LICENSE V3", "SIL OPEN FONT LICENSE", "SIL OPEN FONT LICENSE")
    for text, words in zip(texts, opens, strict=True):
        assert words in text


@pytest.mark.slow
def test_the_source_distribution_makes_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    """It is whole, and a build of it needs nothing that a clone has."""
    command = [sys.executable, "-m", "hatchling", "build", "--directory", str(tmp_path)]
    subprocess.run([*command, "--target", "sdist"], cwd=ROOT, check=True, capture_output=True)
    (archive,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        opened.extractall(tmp_path, filter="data")
    folder = tmp_path / archive.name.removesuffix(".tar.gz")
    assert {"README.md", "LICENSE", "Makefile", "ARCHITECTURE.md", "tests", "content"} <= {
        one.name for one in folder.iterdir()
    }
    subprocess.run([*command, "--target", "wheel"], cwd=folder, check=True, capture_output=True)
    assert contents(next(tmp_path.glob("*.whl"))) == contents(wheel)


def contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.slow
def test_every_import_is_a_declared_dependency(wheel: Path) -> None:
    """What the code imports is installed with it, and nothing is installed that no line imports."""
    imported = set()
    for path in (ROOT / "generator").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.partition(".")[0])
    owners = packages_distributions()
    needed = {owners[name][0].lower() for name in imported - sys.stdlib_module_names - {"tiebreak", *PART_OF_ANOTHER}}
    lines = metadata_of(wheel).get_all("Requires-Dist", [])  # those of extras, too
    declared = {re.split(r"[^\w.-]", line)[0].lower() for line in lines}
    assert needed | CALLED_BY_NAME == declared
