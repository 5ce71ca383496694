"""The command line: what it prints where, its exit codes, and that no traceback reaches an author."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import Cli, MakeSite
from samples import changed

from tiebreak import __version__
from tiebreak.cli import main

BROKEN = {"content/compare/tea-vs-coffee.md": changed(("wins: tea", "wins: chai"))}
WEAK = {"content/compare/tea-vs-coffee.md": changed(("coffee: Much", "coffee: unknown"), ("tea: Some, ", ""))}
PROBLEM = """\
content/compare/tea-vs-coffee.md:9:11: error[unknown-subject]: wins names "chai", which is not a subject here
    9 |     wins: chai
      |           ^^^^ one of: coffee, tea, tie
"""


def run(*args: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The command as a process of its own, without standard input."""
    command = [sys.executable, "-m", "tiebreak", *map(str, args)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)


# --- build ------------------------------------------------------------------------------------------------------------


def test_build_tells_people_on_stderr_and_exits_with_0(make_site: MakeSite, cli: Cli) -> None:
    """Messages for people go to stderr; stdout stays free for data."""
    project = make_site()
    result = cli("build", "--project", project)
    assert result.stdout == ""
    count = sum(path.is_file() for path in (project / "site").rglob("*"))
    assert result.stderr == f"{count} files in {project / 'site'}, {count} changed\n"


def test_build_with_errors_exits_with_1_and_writes_nothing(make_site: MakeSite, cli: Cli) -> None:
    """A site is whole or is not written."""
    project = make_site(BROKEN)
    result = cli("build", "--project", project, ok=False)
    assert result.exit_code == 1
    assert result.stderr == f"{PROBLEM}\n1 error\n"
    assert not (project / "site").exists()


def test_build_as_json_says_what_was_done_on_stdout(make_site: MakeSite, cli: Cli) -> None:
    """Data goes to stdout, and nothing else does."""
    project = make_site()
    result = cli("build", "--project", project, "--format", "json")
    record = json.loads(result.stdout)
    assert record["output"] == str(project / "site")
    assert record["files"] == len(record["done"])
    assert record["done"]["index.html"] == "new"
    assert record["problems"] == []
    assert result.stderr == ""


def test_build_with_errors_as_json_lists_the_problems(make_site: MakeSite, cli: Cli) -> None:
    """A program that reads stdout gets the problems there."""
    result = cli("build", "--project", make_site(BROKEN), "--format", "json", ok=False)
    assert [problem["code"] for problem in json.loads(result.stdout)] == ["unknown-subject"]


def test_why_names_each_file_that_was_touched(make_site: MakeSite, cli: Cli) -> None:
    """`--why` says what happened to a file, and which of the author's made it change; a second build touches none."""
    project = make_site()
    first = cli("build", "--project", project, "--why").stderr
    assert "new: compare/tea-vs-coffee/index.html (nothing is known of an earlier build)\n" in first
    assert "index.html" not in cli("build", "--project", project, "--why").stderr
    make_site({"content/compare/tea-vs-coffee.md": changed(("Tea is calmer.", "Tea is calm."))})
    edited = cli("build", "--project", project, "--why").stderr
    assert "changed: compare/tea-vs-coffee/index.html (content/compare/tea-vs-coffee.md)\n" in edited
    assert edited.count("index.html") == 1


def test_quiet_says_nothing_of_a_build_that_went_well(make_site: MakeSite, cli: Cli) -> None:
    """`--quiet` says nothing but what is wrong."""
    assert cli("build", "--project", make_site(), "--quiet").output == ""


def test_quiet_still_tells_errors(make_site: MakeSite, cli: Cli) -> None:
    """`--quiet` says nothing but what is wrong."""
    assert cli("build", "--project", make_site(BROKEN), "--quiet", ok=False).stderr.startswith(PROBLEM)


def test_strict_lets_warnings_fail_the_build(make_site: MakeSite, cli: Cli) -> None:
    """Without `--strict` a warning is told and the site is built; with it, it is not."""
    project = make_site(WEAK)
    assert cli("build", "--project", project, "--strict", ok=False).exit_code == 1
    assert not (project / "site").exists()
    assert "warning[unknown-cell]" in cli("build", "--project", project).stderr
    assert (project / "site/index.html").exists()


def test_output_says_where_to_write(make_site: MakeSite, cli: Cli, tmp_path: Path) -> None:
    """The output may lie anywhere outside the project's own files."""
    cli("build", "--project", make_site(), "--output", tmp_path / "elsewhere")
    assert (tmp_path / "elsewhere/index.html").exists()


@pytest.mark.parametrize("output", [".", "..", "content", "content/compare", "templates", "static/x", ".tiebreak"])
def test_output_over_the_projects_own_files_is_refused(make_site: MakeSite, cli: Cli, output: str) -> None:
    """No option can make a build write over what an author wrote."""
    project = make_site()
    result = cli("build", "--project", project, "--output", project / output, ok=False)
    assert result.exit_code == 2
    assert "the output would lie over the project's own files" in result.stderr


def test_an_output_that_cannot_be_written_is_told(make_site: MakeSite, cli: Cli) -> None:
    """What the system refuses is told with the path, like any other error."""
    project = make_site({"site": "a file where the folder should be"})
    result = cli("build", "--project", project, ok=False)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"error: {project / 'site'}")
    assert (project / "site").read_text() == "a file where the folder should be"


def test_base_url_replaces_the_one_in_the_settings(make_site: MakeSite, cli: Cli) -> None:
    """`--base-url` gives public addresses another start, with or without its last slash."""
    project = make_site()
    cli("build", "--project", project, "--base-url", "https://other.example/x")
    assert "https://other.example/x/compare/tea-vs-coffee/" in (project / "site/sitemap.xml").read_text()


@pytest.mark.parametrize(
    "url",
    ["/picks/", "example.org", "ftp://example.org/", "https://", "https://example.org/?a=b", "https://e.org/\udcff/"],
)
def test_base_url_must_be_absolute(make_site: MakeSite, cli: Cli, url: str) -> None:
    """A base URL that no public address can be made of is refused as wrong usage."""
    result = cli("build", "--project", make_site(), "--base-url", url, ok=False)
    assert result.exit_code == 2
    assert "write an absolute URL, such as https://example.org/picks/" in result.stderr


def test_drafts_are_published_only_when_asked_for(make_site: MakeSite, cli: Cli) -> None:
    """A draft stays out of the site until `--drafts`, and leaves it again without."""
    draft = changed(
        ("published: 2026-04-02", "draft: true"),
        ("[Tea, Coffee]", "[Tea, Mate]"),
        ("coffee: Much", "mate: Much"),
        ("coffee: You", "mate: You"),
    )
    project = make_site({"content/compare/tea-vs-mate.md": draft})
    page = project / "site/compare/tea-vs-mate/index.html"
    cli("build", "--project", project)
    assert not page.exists()
    cli("build", "--project", project, "--drafts")
    assert page.exists()
    cli("build", "--project", project)
    assert not page.exists()


# --- check ------------------------------------------------------------------------------------------------------------


def test_check_of_a_sound_project_exits_with_0(make_site: MakeSite, cli: Cli) -> None:
    """Nothing wrong is said in so many words."""
    assert cli("check", "--project", make_site()).stderr == "no problems\n"


def test_check_exits_with_1_on_errors_and_writes_nothing(make_site: MakeSite, cli: Cli) -> None:
    """`check` only looks."""
    project = make_site(BROKEN)
    before = sorted(project.rglob("*"))
    result = cli("check", "--project", project, ok=False)
    assert (result.exit_code, result.stderr, result.stdout) == (1, f"{PROBLEM}\n1 error\n", "")
    assert sorted(project.rglob("*")) == before


def test_check_fails_on_warnings_only_when_strict(make_site: MakeSite, cli: Cli) -> None:
    """What is legal but weak is told; it fails a check only with `--strict`."""
    project = make_site(WEAK)
    assert cli("check", "--project", project).stderr.endswith("\n1 warning\n")
    assert cli("check", "--project", project, "--strict", ok=False).exit_code == 1


def test_check_as_json_prints_an_array_even_when_nothing_is_wrong(make_site: MakeSite, cli: Cli) -> None:
    """A program can always parse stdout."""
    assert json.loads(cli("check", "--project", make_site(), "--format", "json").stdout) == []


def test_check_as_json_gives_each_problem_every_key(make_site: MakeSite, cli: Cli) -> None:
    """One object a problem, with the keys that the contract names."""
    result = cli("check", "--project", make_site(BROKEN), "--format", "json", ok=False)
    assert json.loads(result.stdout) == [
        {
            "path": "content/compare/tea-vs-coffee.md",
            "line": 9,
            "column": 11,
            "severity": "error",
            "code": "unknown-subject",
            "message": 'wins names "chai", which is not a subject here',
            "help": "one of: coffee, tea, tie",
        }
    ]


def test_check_for_github_prints_workflow_commands(make_site: MakeSite, cli: Cli) -> None:
    """The code host shows each problem beside its line."""
    result = cli("check", "--project", make_site(BROKEN), "--format", "github", ok=False)
    assert result.stdout == (
        "::error file=content/compare/tea-vs-coffee.md,line=9,col=11,title=unknown-subject::"
        'wins names "chai", which is not a subject here (one of: coffee, tea, tie)\n'
    )


# --- the others -------------------------------------------------------------------------------------------------------


def test_version_is_the_packages(cli: Cli) -> None:
    """`--version` says which Tiebreak this is."""
    assert cli("--version").stdout == f"tiebreak, version {__version__}\n"


def test_help_names_every_command(cli: Cli) -> None:
    """`tiebreak -h` and `tiebreak --help` are the same, and show all there is."""
    told = cli("--help").stdout
    assert told == cli("-h").stdout
    assert sorted(main.commands) == ["build", "check", "due", "init", "new", "schema", "serve", "verify", "words"]
    for name, command in main.commands.items():
        assert f"  {name} " in told
        assert command.help
    assert "..." not in told.partition("Commands:")[2]  # every summary fits its line


def test_a_command_alone_is_asked_for_its_help(cli: Cli) -> None:
    """As `--help` has it, line by line."""
    result = cli(ok=False)
    assert (result.exit_code, result.stderr) == (2, cli("--help").stdout)


@pytest.mark.parametrize("language", ["../nl", "klingon please", "n"])
def test_words_are_asked_for_in_a_language(make_site: MakeSite, cli: Cli, language: str) -> None:
    """Anything else would be a file's name that the theme never reads."""
    result = cli("words", language, "--project", make_site(), ok=False)
    assert result.exit_code == 2
    assert f'"{language}" is not a language tag' in result.stderr


def test_words_outside_a_project_say_what_is_missing(cli: Cli, tmp_path: Path) -> None:
    """Which language is meant is a setting."""
    result = cli("words", "--project", tmp_path, ok=False)
    assert result.exit_code == 1
    assert result.stderr.startswith("content/site.yaml: error[no-settings]:")
    assert cli("words", "nl", "--project", tmp_path).stdout.startswith("site:\n")


@pytest.mark.parametrize("kind", ["comparison", "subject", "factors", "site"])
def test_schema_prints_json_schema(cli: Cli, kind: str) -> None:
    """Editors get JSON Schema 2020-12 for every kind of file."""
    assert json.loads(cli("schema", kind).stdout)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.slow
def test_init_then_build(cli: Cli, tmp_path: Path) -> None:
    """A new project builds at once, with nothing to complain of."""
    assert f"cd {tmp_path / 'demo'} && tiebreak serve --open" in cli("init", tmp_path / "demo").stderr
    cli("build", "--project", tmp_path / "demo", "--strict")


def test_init_never_overwrites(cli: Cli, tmp_path: Path) -> None:
    """A second `init` is wrong usage, and says which files are in the way."""
    cli("init", tmp_path / "demo")
    result = cli("init", tmp_path / "demo", ok=False)
    assert result.exit_code == 2
    assert f"{tmp_path / 'demo/content/site.yaml'}" in result.stderr


def test_new_says_what_it_made(make_site: MakeSite, cli: Cli) -> None:
    """The path of the new file, to be opened."""
    project = make_site()
    assert (
        cli("new", "Foo vs C++", "--project", project).stderr
        == f"made {project}/content/compare/foo-vs-c-plus-plus.md\n"
    )


def test_new_refuses_a_pair_that_exists_in_either_order(make_site: MakeSite, cli: Cli) -> None:
    """One page a pair: exit status 1, and where it is."""
    result = cli("new", "Coffee vs Tea", "--project", make_site(), ok=False)
    assert (result.exit_code, result.stderr) == (1, "error: content/compare/tea-vs-coffee.md already compares them\n")


@pytest.mark.parametrize(
    "args",
    [
        ["build", "--project", "missing"],
        ["build", "--nonsense"],
        ["build", "--jobs", "0"],
        ["check", "--format", "xml"],
        ["new", "Tea"],
        ["new", "Tea vs tea"],
        ["new", "Tea vs !!"],
        ["new"],
        ["schema", "site-map"],
        ["serve", "--port", "70000"],
        ["check", "--today", "2026-02-30"],
        ["nonsense"],
    ],
    ids=" ".join,
)
def test_wrong_usage_exits_with_2(
    make_site: MakeSite, cli: Cli, args: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the caller got wrong is told apart from what the content has wrong."""
    monkeypatch.chdir(make_site())
    result = cli(*args, ok=False)
    assert result.exit_code == 2
    assert "Error:" in result.stderr


@pytest.mark.slow
def test_module_and_command_are_the_same() -> None:
    """`python -m tiebreak` is `tiebreak`, by that name."""
    done = run("--help")
    assert done.returncode == 0
    assert done.stdout.startswith("Usage: tiebreak [OPTIONS] COMMAND")


@pytest.mark.slow
def test_help_loads_nothing_it_does_not_need() -> None:
    """`--help` answers at once because the engine and its libraries stay unloaded."""
    code = "import sys; from tiebreak.cli import main; main(['-h'], standalone_mode=False); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert "click" in loaded
    assert not loaded & {
        "jinja2",
        "livereload",
        "markdown",
        "nh3",
        "pydantic",
        "pygments",
        "tornado",
        "watchfiles",
        "yaml",
    }


@pytest.mark.slow
def test_a_project_is_where_one_stands(make_site: MakeSite) -> None:
    """Without `--project`, the current folder is the project, and paths are told from there."""
    done = run("build", cwd=make_site())
    assert done.returncode == 0
    assert " files in site, " in done.stderr


@pytest.mark.slow
def test_an_empty_folder_is_told_what_it_lacks(tmp_path: Path) -> None:
    """A folder that is no project gets a way to become one."""
    done = run("build", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr == (
        "content/site.yaml: error[no-settings]: a site project needs this file\n"
        "      = `tiebreak init` makes a project; `--project DIR` names one\n\n1 error\n"
    )


GARBAGE = bytes(range(256)) * 8
PLACES = [
    "content/site.yaml",
    "content/factors.yaml",
    "content/subjects/tea.yaml",
    "content/compare/tea-vs-coffee.md",
    "content/compare/cup.png",
    "content/compare/cup.jpg",
    "content/compare/cup.svg",
    "content/pages/about.md",
    "content/stray.bin",
    "templates/home.html",
    "templates/parts/pick.html",
    "static/css/99-own.css",
    "static/favicon.svg",
    ".tiebreak/garbage.json",
]


@pytest.mark.slow
@pytest.mark.parametrize("command", ["build", "check"])
@pytest.mark.parametrize("path", PLACES)
def test_binary_garbage_in_any_file_causes_no_traceback(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch, path: str, command: str
) -> None:
    """Whatever a file holds, an author gets an answer; a fault of our own would be raised here."""
    monkeypatch.setenv("TIEBREAK_DEBUG", "1")
    result = CliRunner().invoke(main, [command, "--project", str(make_site({path: GARBAGE}))], catch_exceptions=False)
    assert result.exit_code in (0, 1)


@pytest.mark.parametrize("path", PLACES)
def test_a_file_that_cannot_be_read_causes_no_traceback(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """A link that leads to nothing stands for every file that the system will not hand out."""
    monkeypatch.setenv("TIEBREAK_DEBUG", "1")
    project = make_site({path: ""})
    (project / path).unlink()
    (project / path).symlink_to("nowhere")
    result = CliRunner().invoke(main, ["check", "--project", str(project)], catch_exceptions=False)
    assert result.exit_code in (0, 1)
