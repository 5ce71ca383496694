"""`tiebreak verify`: exit codes, and what it says where."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Cli, MakeSite
from misbehaving import Server, serving
from samples import changed

PAGE = "content/compare/tea-vs-coffee.md"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


def site(make_site: MakeSite, server: Server, path: str) -> Path:
    """A project whose only source is a page of the server."""
    cell = f'{{text: Some, quote: it takes 1.39k lines, source: "http://127.0.0.1:{server.port}{path}"}}'
    return make_site({PAGE: changed(("tea: Some", f"tea: {cell}"))})


def test_all_is_well(make_site: MakeSite, server: Server, cli: Cli) -> None:
    """One line for people says what was asked and found."""
    result = cli("verify", "--allow-private", "--project", site(make_site, server, "/good"))
    assert result.stdout == ""
    assert result.stderr == (
        "asked 1 of 1 sources, hosts: 1; 1 answer, 0 do not, 0 refuse programs; found 1 of 1 quotes and values\n"
    )


def test_what_is_wrong_fails(make_site: MakeSite, server: Server, cli: Cli) -> None:
    """With its place, as a check says it, and as a check goes on to say it without a network."""
    project = site(make_site, server, "/gone")
    result = cli("verify", "--allow-private", "--project", project, ok=False)
    assert result.exit_code == 1
    assert f"{PAGE}:8:" in result.stderr
    assert "warning[dead-source]" in result.stderr
    assert "warning[dead-source]" in cli("check", "--project", project).stderr


def test_private_addresses_are_refused_unless_allowed(make_site: MakeSite, server: Server, cli: Cli) -> None:
    """Nobody else was asked, so nothing is written."""
    project = site(make_site, server, "/good")
    result = cli("verify", "--project", project, ok=False)
    assert result.exit_code == 1
    assert result.stderr == (
        "error: no source answered, so nothing was written; the first because: "
        "127.0.0.1 lies at 127.0.0.1, which is not a public address (when asked for robots.txt)\n"
    )
    assert server.asked == []
    assert not (project / "content/sources.lock").exists()


def test_json_has_what_is_known_of_each_source(make_site: MakeSite, server: Server, cli: Cli) -> None:
    """On stdout, and nothing else there."""
    project = site(make_site, server, "/moved")
    result = cli(
        "verify", "--allow-private", "--format", "json", "--project", project, "--today", "2026-11-20", ok=False
    )
    record = json.loads(result.stdout)
    page = f"http://127.0.0.1:{server.port}/moved"
    assert record["asked"] == [page]
    assert record["sources"][page]["final"] == f"http://127.0.0.1:{server.port}/good"
    assert record["sources"][page]["looked"] == "2026-11-20"
    assert record["sources"][page]["alive"] is True
    assert [problem["code"] for problem in record["problems"]] == ["moved-source"]
    assert result.stderr == ""


def test_mistakes_in_content_are_told_first(make_site: MakeSite, cli: Cli) -> None:
    """As a check tells them."""
    result = cli("verify", "--project", make_site({PAGE: changed(("pick: tea", "pikc: tea"))}), ok=False)
    assert result.exit_code == 1
    assert "error[unknown-key]" in result.stderr


def test_a_project_without_sources_needs_no_network(make_site: MakeSite, cli: Cli) -> None:
    """There is nothing to ask."""
    assert cli("verify", "--project", make_site()).stderr.startswith("asked 0 of 0 sources")


@pytest.mark.slow
def test_no_other_command_loads_what_asks(make_site: MakeSite) -> None:
    """Builds and checks never need it, and it takes long to import."""
    code = "import sys; from tiebreak.cli import main; main(sys.argv[1:], standalone_mode=False); print(*sys.modules)"
    for command in ("build", "check"):
        words = [sys.executable, "-c", f"import atexit, sys; atexit.register(lambda: print(*sys.modules)); {code}"]
        done = subprocess.run([*words, command, "--project", make_site()], capture_output=True, text=True, check=True)
        loaded = {name.partition(".")[0] for name in done.stdout.split()}
        assert "pydantic" in loaded
        assert not loaded & {"httpx", "httpcore", "pypdf", "protego", "asyncio"}
