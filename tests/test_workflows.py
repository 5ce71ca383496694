"""Workflows, ours and those of `tiebreak init --ci`: what hosts accept, pinned, and allowed no more than they need."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Cli
from published import ROOT

from tiebreak import __version__, scaffold

OURS = sorted((ROOT / ".github/workflows").glob("*.yml"))
USES = re.compile(r"\buses: (?!\./)(?P<action>[^\s@]+)@(?P<pin>\S+)(?P<version> # v\d+\.\d+\.\d+)?$", re.MULTILINE)
WITH_BASH = pytest.mark.skipif(os.name == "nt" or not shutil.which("bash"), reason="needs bash")
GUIDE = sorted((ROOT / "content/pages/guide").glob("*.md"))


def conforms(schema: str, *files: Path) -> None:
    """To a schema that check-jsonschema has with it, so that no network is needed."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}"]
    done = subprocess.run([*command, *map(str, files)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def made(folder: Path, ci: str) -> Path:
    """The workflow of a new project."""
    scaffold.init(folder, ci)
    return folder / scaffold.WORKFLOWS[ci]


def read(path: Path) -> dict[str, Any]:
    """A workflow, in which `on` is no boolean."""
    found: dict[str, Any] = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    return found


# --- init --ci --------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_hosts_accept_the_workflows_of_new_projects(tmp_path: Path) -> None:
    """Both are what the schemas of their hosts allow."""
    conforms("github-workflows", made(tmp_path / "one", "github"))
    conforms("gitlab-ci", made(tmp_path / "two", "gitlab"))


@pytest.mark.parametrize("ci", scaffold.WORKFLOWS)
def test_a_project_that_is_there_gets_the_workflow_alone(tmp_path: Path, cli: Cli, ci: str) -> None:
    """Nothing else is written, and a workflow that is there stays as it is."""
    scaffold.init(tmp_path)
    (tmp_path / "content/site.yaml").write_text("mine")
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    cli("init", tmp_path, "--ci", ci)
    assert {path for path in tmp_path.rglob("*") if path.is_file()} - before == {tmp_path / scaffold.WORKFLOWS[ci]}
    assert (tmp_path / "content/site.yaml").read_text() == "mine"
    (tmp_path / scaffold.WORKFLOWS[ci]).write_text("mine")
    result = cli("init", tmp_path, "--ci", ci, ok=False)
    assert "would be overwritten" in result.stderr
    assert (tmp_path / scaffold.WORKFLOWS[ci]).read_text() == "mine"


def test_a_workflow_in_the_way_keeps_init_from_writing_anything(tmp_path: Path, cli: Cli) -> None:
    """Half a project helps nobody."""
    (tmp_path / ".gitlab-ci.yml").write_text("mine")
    assert cli("init", tmp_path, "--ci", "gitlab", ok=False).exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == [".gitlab-ci.yml"]


def test_what_a_workflow_installs_can_be_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A release where this Tiebreak is one; else a wheel that stands beside the content, and no name on an index."""

    class Installed:
        def __init__(self, url: str | None) -> None:
            self.url = url

        def read_text(self, _: str) -> str | None:
            return self.url

    for url, what in ((None, f"tiebreak=={__version__}"), ("{}", f"./vendor/tiebreak-{__version__}-py3-none-any.whl")):
        monkeypatch.setattr(scaffold.metadata, "distribution", lambda _, url=url: Installed(url))
        assert scaffold.requirement() == what


def test_pull_requests_of_forks_get_nothing(tmp_path: Path) -> None:
    """No secret stands in a workflow, nothing runs with the rights of the target, and only `deploy` may write."""
    text = (path := made(tmp_path, "github")).read_text("utf-8")
    assert "secrets." not in text
    assert "pull_request_target" not in text
    workflow = read(path)
    assert workflow["permissions"] == {"contents": "read"}
    writing = {name for name, job in workflow["jobs"].items() if "write" in job.get("permissions", {}).values()}
    assert writing == {"deploy"}
    assert "pull_request" in workflow["jobs"]["deploy"]["if"]
    assert workflow["concurrency"]["group"]


@pytest.mark.parametrize("ci", scaffold.WORKFLOWS)
def test_every_command_of_a_workflow_is_one(tmp_path: Path, cli: Cli, ci: str) -> None:
    """With options that it has."""
    text = re.sub(r"\$\{BASE_URL.*?\}", '--base-url "$BASE_URL"', made(tmp_path, ci).read_text("utf-8"))
    commands = re.findall(r"tiebreak ((?:check|build|due|verify)\b[^\n;]*)", text)
    assert {command.split()[0] for command in commands} == {"check", "build", "due", "verify"}
    for command in commands:
        name, *words = command.split()
        options = {word for word in words if word.startswith("--")}
        assert options <= set(re.findall(r"--[\w-]+", cli(name, "--help").stdout)), command


# --- all of them ------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_hosts_accept_our_workflows_and_the_action() -> None:
    """As far as their schemas say."""
    conforms("github-workflows", *OURS)
    conforms("github-actions", ROOT / "action.yml")
    conforms("dependabot", ROOT / ".github/dependabot.yml")


def test_actions_are_pinned_by_digest() -> None:
    """A tag can be moved, a commit cannot. What the digest is of stands beside it, and is one version everywhere."""
    pins: dict[str, set[str]] = {}
    for path in (*OURS, ROOT / "action.yml", *GUIDE, *(Path(scaffold.__file__).parent / "workflows").iterdir()):
        for match in USES.finditer(path.read_text("utf-8")):
            assert re.fullmatch(r"[0-9a-f]{40}", match["pin"]), f"{path.name}: {match[0]}"
            assert match["version"], f"{path.name}: {match[0]} does not say its version"
            pins.setdefault(match["action"], set()).add(match["pin"] + match["version"])
    assert len(pins) > 5
    assert [action for action, found in pins.items() if len(found) > 1] == []


def test_our_workflows_may_do_no_more_than_they_need() -> None:
    """What is not asked for is not allowed, and no checkout leaves a token behind."""
    for path in OURS:
        workflow = read(path)
        assert workflow["permissions"] in ({}, "", "{}", {"contents": "read"}), path.name
        for job in workflow["jobs"].values():
            checkouts = [step for step in job.get("steps", []) if step.get("uses", "").startswith("actions/checkout@")]
            assert all(step["with"]["persist-credentials"] == "false" for step in checkouts), path.name


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
@pytest.mark.parametrize(
    ("folder", "strict", "status"), [(".", "false", 1), ("./site/", "false", 1), ("site", "true", 1)]
)
def test_the_action_says_where_mistakes_are(tmp_path: Path, folder: str, strict: str, status: int) -> None:
    """From the root of the repository, wherever the project is; and it fails where there is one."""
    project = tmp_path / folder
    scaffold.init(project)
    article = project / "content/compare/yaml-vs-toml.md"
    article.write_text(article.read_text("utf-8").replace("wins: toml", "wins: tomll", 1), "utf-8")
    done = checked_by_action(tmp_path, folder, strict="false")
    assert done.returncode == 1, done.stderr
    path = f"{folder.strip('./')}/content/compare/yaml-vs-toml.md".lstrip("/")
    assert f"::error file={path},line=14,col=11,title=unknown-subject::" in done.stdout


@pytest.mark.slow
@WITH_BASH
def test_the_action_passes_what_is_right(tmp_path: Path) -> None:
    """Also a project whose warnings are wanted, and that has none."""
    scaffold.init(tmp_path / "a b")
    done = checked_by_action(tmp_path, "a b", strict="true")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def checked_by_action(workspace: Path, folder: str, *, strict: str) -> subprocess.CompletedProcess[str]:
    """The second step of the action, as GitHub runs it; the first has installed this Tiebreak."""
    program = workspace / "runner/tiebreak/bin/tiebreak"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}/generator" exec "{sys.executable}" -m tiebreak "$@"\n')
    program.chmod(0o755)
    _, step = read(ROOT / "action.yml")["runs"]["steps"]
    given = {"PROJECT": folder, "STRICT": strict, "RUNNER_TEMP": str(workspace / "runner")}
    assert set(step["env"]) <= set(given)
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    return subprocess.run(
        command, cwd=workspace, env={**os.environ, **given}, capture_output=True, text=True, check=False
    )


def test_the_hook_runs_a_command_that_there_is(cli: Cli) -> None:
    """On whatever files, because a mistake in one may be told in another."""
    (hook,) = yaml.load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"), yaml.BaseLoader)
    program, command = hook["entry"].split()
    assert (program, hook["language"], hook["pass_filenames"]) == ("tiebreak", "python", "false")
    assert cli(command, "--help").exit_code == 0
    assert re.search(hook["files"], "content/compare/a-vs-b.md")
    assert not re.search(hook["files"], "README.md")


def test_a_release_is_described_and_attested() -> None:
    """By an SBOM, before it is published, and it is published without a password by the one job that may."""
    text = (path := ROOT / ".github/workflows/release.yml").read_text("utf-8")
    jobs = read(path)["jobs"]
    assert "make dist sbom" in text
    assert "cyclonedx-py" in (ROOT / "Makefile").read_text("utf-8")
    assert [step["with"].get("sbom-path") for step in jobs["attest"]["steps"][2:]] == [None, "sbom.cdx.json"]
    assert (jobs["attest"]["needs"], jobs["publish"]["needs"]) == ("build", "attest")
    assert "secrets." not in text
    assert jobs["publish"]["permissions"] == {"id-token": "write"}
    assert jobs["build"]["permissions"] == {"contents": "read"}


@pytest.mark.slow
def test_the_container_is_made_of_what_it_is_given(tmp_path: Path) -> None:
    """On a base that cannot change, as nobody in particular; what .dockerignore lets through is enough for a wheel."""
    text = (ROOT / "Dockerfile").read_text("utf-8")
    bases = re.findall(r"^FROM (\S+)", text, re.MULTILINE)
    assert bases
    assert all(re.fullmatch(r"python:3\.\d+-slim@sha256:[0-9a-f]{64}", base) for base in bases)
    assert re.findall(r"^USER (\S+)$", text, re.MULTILINE) == ["10001:10001"]
    for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines():
        if line.startswith("!"):
            source, target = ROOT / line[1:], tmp_path / line[1:]
            copy = shutil.copytree if source.is_dir() else shutil.copyfile
            copy(source, target)
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path / "dist")]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
