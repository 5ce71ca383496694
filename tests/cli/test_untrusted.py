"""A stranger's branch may change files in the folders that are named, and nothing else."""

import os
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import MakeSite

from tiebreak.cli import main
from tiebreak.cli.untrusted import CannotCompareError, check
from tiebreak.problems import Problem

pytestmark = pytest.mark.slow  # git is started for every step

TEA = "content/compare/tea-vs-coffee.md"
IDENTITY = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org"}
IDENTITY |= {"GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org", "GIT_CONFIG_GLOBAL": os.devnull}


def git(project: Path, *words: str) -> None:
    subprocess.run(["git", "-C", str(project), *words], check=True, capture_output=True, env=os.environ | IDENTITY)


def commit(project: Path) -> None:
    git(project, "add", "--all", "--force")
    git(project, "commit", "--quiet", "--allow-empty", "--message", "x")


def put(project: Path, path: str, text: str) -> None:
    (project / path).parent.mkdir(parents=True, exist_ok=True)
    (project / path).write_text(text, "utf-8")


@pytest.fixture
def project(make_site: MakeSite) -> Path:
    """A site whose owner has committed a file of every kind."""
    files = {
        "static/own.js": "own()",
        "content/sources.lock": "{}",
        "templates/own.html": "",
        ".gitignore": "*.log\n",
        "Makefile": "",
        "n.txt": "a\n",
    }
    root = make_site(files)
    git(root, "init", "--quiet", "--initial-branch=main")
    commit(root)
    git(root, "branch", "owner")
    return root


def told(project: Path, *folders: str, base: str | None = "owner") -> list[tuple[str, str]]:
    return [(problem.code, problem.file) for problem in check(project, folders or ("content",), base)]


@pytest.mark.parametrize("is_committed", [True, False])
def test_content_may_be_changed(project: Path, is_committed: bool) -> None:
    """New texts, pictures and data, changes and removals."""
    put(project, "content/pages/new.md", "---\ntitle: A\n---\n")
    put(project, "content/pages/a b ü\n.csv" if os.name == "posix" else "content/pages/a.csv", "1")
    put(project, "content/subjects/oolong.yaml", "name: Oolong\n")
    (project / TEA).unlink()
    if is_committed:
        commit(project)
    assert told(project) == []


OWNED = [
    "static/own.js",
    "static/new.js",
    "templates/own.html",
    "templates/base.html",
    "content/site.yaml",
    "site/index.html",
    ".tiebreak/memo.sqlite3",
    ".github/workflows/x.yml",
    "Makefile",
    ".gitattributes",
    "contents/x.md",
    "static/ü \n.js" if os.name == "posix" else "static/x.js",
]


@pytest.mark.parametrize("path", OWNED)
def test_what_is_committed_elsewhere_is_refused(project: Path, path: str) -> None:
    """Wherever it lies, and under whatever name."""
    put(project, path, "changed")
    commit(project)
    assert told(project) == [("owners-file", path)]
    (project / path).unlink()  # it is still what the branch holds
    assert ("owners-file", path) in told(project)


@pytest.mark.parametrize("path", ["static/own.js", "content/site.yaml", "content/sources.lock", "n.txt"])
def test_what_is_taken_away_or_moved_is_refused(project: Path, path: str) -> None:
    """A missing file of the owner's changes the site as well."""
    (project / path).rename(project / "content/compare/moved.txt")
    commit(project)
    assert told(project) == [("owners-file", path)]


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("static/x.log", "static/x.log"),
        ("static/deep/x.js", "static/deep/"),
        ("templates/x.log", "templates/x.log"),
        (".tiebreak/x", ".tiebreak/"),
        ("site/x.html", "site/"),
    ],
)
def test_what_git_does_not_know_is_refused_where_a_build_would_use_it(project: Path, path: str, shown: str) -> None:
    """Untracked and ignored files alike; what a workflow puts elsewhere is its own."""
    put(project, path, "x")
    put(project, ".venv/bin/x", "x")
    assert told(project) == [("owners-file", shown)]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("content/pages/a.pdf", "untrusted-file"),
        ("content/pages/a.zip", "untrusted-file"),
        ("content/pages/a.html", "untrusted-file"),
        ("content/pages/a.JS", "untrusted-file"),
        ("content/pages/a", "untrusted-file"),
        ("content/pages/_headers", "host-configuration"),
        ("content/.htaccess", "host-configuration"),
        ("content/.gitattributes", "host-configuration"),
        ("content/pages/.well-known/a.txt", "host-configuration"),
        ("content/pages/Robots.txt", "host-configuration"),
    ],
)
def test_active_files_and_settings_are_refused_in_content_too(project: Path, path: str, code: str) -> None:
    """Even those that a build passes over."""
    put(project, path, "x")
    commit(project)
    assert told(project) == [(code, path)]
    git(project, "branch", "--force", "owner")
    assert told(project) == []  # the owner has taken it up


@pytest.mark.skipif(os.name != "posix", reason="needs symbolic links")
def test_links_are_refused(project: Path) -> None:
    """A link in content, and content as a link."""
    (project / "content/compare/a.txt").symlink_to("../../static/own.js")
    commit(project)
    assert told(project) == [("untrusted-file", "content/compare/a.txt")]
    (project / "content").rename(project / "elsewhere")
    (project / "content").symlink_to("elsewhere")
    commit(project)
    assert ("owners-file", "content") in told(project)


def test_attributes_hide_nothing(project: Path) -> None:
    """What git would not show as changed in the working tree is compared as it was committed."""
    put(project, "static/own.js", "changed()")
    commit(project)
    git(project, "update-index", "--assume-unchanged", "static/own.js")
    put(project, ".git/info/attributes", "* -diff diff=none filter=none\n")
    assert told(project) == [("owners-file", "static/own.js")]


@pytest.mark.skipif(os.name != "posix", reason="the programs are shell scripts")
def test_git_runs_nothing(project: Path, tmp_path: Path) -> None:
    """No hook, no monitor, no pager, no driver of differences, even where the repository asks for one."""
    spy = tmp_path / "spy"
    spy.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    spy.chmod(0o755)
    for key in (
        "core.fsmonitor",
        "core.pager",
        "diff.external",
        "diff.x.textconv",
        "diff.x.command",
        "core.sshCommand",
    ):
        git(project, "config", key, str(spy))
    for hook in ("post-index-change", "reference-transaction", "post-checkout"):
        (project / ".git/hooks").mkdir(exist_ok=True)
        (project / ".git/hooks" / hook).symlink_to(spy)
    put(project, ".git/info/attributes", "* diff=x\n")
    put(project, "static/own.js", "changed()")
    (tmp_path / "ran").unlink(missing_ok=True)
    assert told(project) == [("owners-file", "static/own.js")]
    assert not (tmp_path / "ran").exists()


def merged(project: Path, name: str, message: str = "x") -> None:
    git(project, "merge", "--quiet", "--no-ff", "--message", message, name)


def owner_commits(project: Path, path: str, text: str) -> None:
    """As if somebody had fetched what the owner did meanwhile; the branch stays where it is."""
    git(project, "switch", "--quiet", "owner")
    put(project, path, text)
    commit(project)
    git(project, "update-ref", "refs/remotes/origin/main", "owner")
    git(project, "switch", "--quiet", "main")


def test_a_branch_that_is_behind_is_told_to_catch_up(project: Path) -> None:
    """Where files of the owner's are newer there; what is new in content is no fault of the branch."""
    with pytest.raises(CannotCompareError, match="name a trusted revision, such as --base"):
        told(project, base=None)
    put(project, "content/pages/new.md", "---\ntitle: A\n---\n")
    commit(project)
    owner_commits(project, TEA, "newer")
    owner_commits(project, "content/pages/a.pdf", "of the owner")
    assert told(project, base=None) == []
    owner_commits(project, "static/own.js", "newer()")
    for base in (None, "owner"):
        (problem,) = check(project, ["content"], base)
        assert (problem.code, problem.file) == ("owners-file", "static/own.js")
        assert (problem.help or "").startswith("bring the branch up to date with ")
    merged(project, "owner")
    assert told(project, base=None) == []


def test_a_strangers_commit_in_the_trusted_history_is_not_trusted(project: Path) -> None:
    """It was undone before it was merged, and a later branch begins at it: the tip is what counts."""
    git(project, "switch", "--quiet", "--create", "evil")
    put(project, "templates/base.html", "{{ evil }}")
    commit(project)
    git(project, "switch", "--quiet", "--create", "undone")
    (project / "templates/base.html").unlink()
    commit(project)
    git(project, "switch", "--quiet", "owner")
    merged(project, "undone")
    git(project, "update-ref", "refs/remotes/origin/main", "owner")
    git(project, "switch", "--quiet", "evil")
    put(project, "content/pages/new.md", "---\ntitle: A\n---\n")
    commit(project)
    assert told(project, base=None) == [("owners-file", "templates/base.html")]


@pytest.mark.skipif(os.name != "posix", reason="the program is a shell script")
def test_no_filter_runs_for_a_strangers_attributes(project: Path, tmp_path: Path) -> None:
    """A filter is a program of the user's, and attributes say for which files it runs."""
    spy = tmp_path / "spy"
    spy.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\ncat\n")
    spy.chmod(0o755)
    git(project, "config", "filter.x.clean", str(spy))
    for path in (".gitattributes", "content/.gitattributes"):
        put(project, path, "*.md filter=x\n")
    put(project, "content/pages/new.md", "---\ntitle: A\n---\n")  # git filters only what has changed
    commit(project)
    (tmp_path / "ran").unlink()
    (project / TEA).write_text((project / TEA).read_text() + "More.\n")
    assert told(project) == [("owners-file", ".gitattributes"), ("host-configuration", "content/.gitattributes")]
    assert not (tmp_path / "ran").exists()


@pytest.mark.skipif(os.name != "posix", reason="needs symbolic links")
def test_a_link_is_seen_behind_a_file_that_was_committed(project: Path) -> None:
    """What was committed and what lies there are judged, each as what it is."""
    file = project / "content/pages/a.csv"
    put(project, "content/pages/a.csv", "1")
    commit(project)
    file.unlink()
    file.symlink_to("../../static/own.js")
    assert told(project) == [("untrusted-file", "content/pages/a.csv")]


@pytest.fixture
def changed(project: Path) -> Path:
    """A branch with a change that is the owner's to make, and whose commit other names are given to."""
    put(project, "static/own.js", "evil()")
    commit(project)
    git(project, "update-ref", "refs/remotes/origin/owner", "owner")
    return project


def name_of(project: Path, revision: str) -> str:
    return subprocess.check_output(["git", "-C", str(project), "rev-parse", revision], text=True).strip()


@pytest.mark.parametrize(
    ("base", "taken"),
    [
        ("owner", "refs/tags/owner"),
        ("owner", "refs/remotes/owner"),
        ("owner", "refs/remotes/owner/HEAD"),
        ("owner", "refs/owner"),
        ("owner^0", "refs/tags/owner"),
        ("origin/owner", "refs/tags/origin/owner"),
        ("origin/owner", "refs/heads/origin/owner"),
        ("{short}", "refs/tags/{short}"),
        ("{short}", "refs/heads/{short}"),
    ],
)
def test_a_name_that_means_two_things_is_refused(changed: Path, base: str, taken: str) -> None:
    """Whoever can bring a branch or a tag chooses its name; git would take one of them without a word."""
    short = name_of(changed, "owner")[:10]
    base, taken = base.format(short=short), taken.format(short=short)
    assert told(changed, base=base) == [("owners-file", "static/own.js")]
    git(changed, "update-ref", taken, "HEAD")
    with pytest.raises(CannotCompareError, match=f"could be .*{taken}.* by its full name"):
        told(changed, base=base)


@pytest.mark.parametrize(
    ("base", "taken"),
    [
        ("refs/heads/owner", "refs/tags/owner"),
        ("refs/heads/owner", "refs/tags/refs/heads/owner"),
        ("{full}", "refs/tags/{full}"),
        (None, "refs/tags/refs/remotes/origin/HEAD"),
        (None, "refs/tags/origin/HEAD"),
        (None, "refs/heads/origin/main"),
    ],
)
def test_a_full_name_means_one_thing(changed: Path, base: str | None, taken: str) -> None:
    """Whatever else was given that name; so do the names that are looked for without one."""
    git(changed, "update-ref", "refs/remotes/origin/main", "owner")
    full = name_of(changed, "owner")
    git(changed, "update-ref", taken.format(full=full), "HEAD")
    assert told(changed, base=base and base.format(full=full)) == [("owners-file", "static/own.js")]


def test_head_is_what_is_checked_out(changed: Path) -> None:
    """Not a tag of that name."""
    git(changed, "update-ref", "refs/tags/HEAD", "owner")
    assert told(changed, base="HEAD") == []
    put(changed, "static/own.js", "not committed")
    assert told(changed, base="HEAD") == [("owners-file", "static/own.js")]


def test_a_full_name_that_is_not_here_is_no_other_one(changed: Path) -> None:
    """Not a tag's that ends in it."""
    git(changed, "update-ref", "refs/tags/refs/heads/gone", "HEAD")
    git(changed, "update-ref", "refs/tags/refs/remotes/origin/HEAD", "HEAD")
    for base, why in (("refs/heads/gone", "is not a revision"), (None, "the default branch is not known")):
        with pytest.raises(CannotCompareError, match=why):
            told(changed, base=base)


def test_the_default_branch_is_not_guessed_from_two(changed: Path) -> None:
    """Where git was told which one it is, that one counts."""
    git(changed, "update-ref", "refs/remotes/origin/main", "HEAD")
    git(changed, "update-ref", "refs/remotes/origin/master", "owner")
    with pytest.raises(CannotCompareError, match="the default branch is not known"):
        told(changed, base=None)
    git(changed, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/master")
    assert told(changed, base=None) == [("owners-file", "static/own.js")]


@pytest.mark.parametrize("base", ["HEAD^1", "HEAD^", "HEAD~1", "@~1", "main~1", "{head}^"])
def test_the_side_of_a_merge_is_asked_of_a_merge(changed: Path, base: str) -> None:
    """The commit before a branch's last one is a stranger's as well."""
    put(changed, "content/pages/new.md", "---\ntitle: A\n---\n")
    commit(changed)
    with pytest.raises(CannotCompareError, match="HEAD is no merge commit; name the trusted branch"):
        told(changed, base=base.format(head=name_of(changed, "HEAD")))


@pytest.mark.parametrize(("depth", "ok"), [(1, False), (2, True)])
def test_a_shallow_checkout_of_a_merge(changed: Path, tmp_path: Path, depth: int, ok: bool) -> None:
    """As continuous integration makes one: the trusted side is there from the second level on."""
    git(changed, "switch", "--quiet", "owner")
    merged(changed, "main")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", f"--depth={depth}", "--branch=owner", changed.as_uri(), str(clone))
    if ok:
        (problem,) = check(clone, ["content"], "HEAD^1")
        assert (problem.file, problem.help) == ("static/own.js", "leave it as it is there")
    else:
        with pytest.raises(CannotCompareError, match="not a revision that is here; fetch it first"):
            check(clone, ["content"], "HEAD^1")


def test_a_project_may_lie_within_a_repository(make_site: MakeSite, tmp_path: Path) -> None:
    """What lies beside it is the owner's as well."""
    project = make_site(folder="deep/project")
    git(tmp_path, "init", "--quiet")
    commit(tmp_path)
    git(tmp_path, "branch", "owner")
    put(tmp_path, "deep/README.md", "x")
    put(project, "content/pages/new.md", "---\ntitle: A\n---\n")
    put(project, "static/x.js", "x")
    commit(tmp_path)
    assert told(project) == [("owners-file", "../README.md"), ("owners-file", "static/x.js")]


@pytest.mark.parametrize("base", ["nowhere", "--output=x", "-x", "HEAD:content", ""])
def test_a_revision_that_is_none_is_a_mistake_in_the_command(project: Path, base: str) -> None:
    """It is never taken for an option."""
    with pytest.raises(CannotCompareError):
        told(project, base=base)
    assert not (project / "x").exists()


@pytest.mark.parametrize("folder", ["", ".", "..", "content/..", "gone", "/", "Makefile"])
def test_only_folders_of_the_project_can_be_named(project: Path, folder: str) -> None:
    """To trust nobody with everything would be no check."""
    with pytest.raises(CannotCompareError, match="is not a folder in the project"):
        check(project, [folder], "owner")


def run(project: Path, *words: str) -> Result:
    return CliRunner(env={"TIEBREAK_DEBUG": "1"}).invoke(main, ["check", "--project", str(project), *words])


Change = Callable[[Path], None]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--untrusted", "content", "--base", "owner"), 0, "1 warning"),
        (("--untrusted", "content"), 2, "name a trusted revision"),
        (("--untrusted", "content", "--base", "gone"), 2, '"gone" is not a revision that is here'),
        (("--untrusted", "gone", "--base", "owner"), 2, '"gone" is not a folder'),
        (("--base", "owner"), 2, "name a folder with --untrusted"),
    ],
)
def test_exit_codes(project: Path, words: Sequence[str], code: int, said: str) -> None:
    """As of every command: 0 for nothing wrong, 1 for errors, 2 for a command that cannot be carried out."""
    result = run(project, *words)
    assert (result.exit_code, said in result.stderr) == (code, True), result.stderr


def test_nothing_of_a_stranger_runs_before_it_is_compared(project: Path) -> None:
    """A template is a program: with such a change nothing is rendered, and the exact text says why."""
    put(project, "templates/base.html", "{% broken")
    commit(project)
    result = run(project, "--untrusted", "content", "--base", "owner")
    revision = subprocess.check_output(["git", "-C", str(project), "rev-parse", "owner"], text=True)[:12]
    assert result.exit_code == 1
    assert result.stderr == (
        f"templates/base.html: error[owners-file]: this is the owner's, and differs from {revision}\n"
        "      = leave it as it is there\n\n1 error\n"
    )


def test_without_git_or_a_repository_there_is_nothing_to_compare(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Both are said as what they are, with exit code 2."""
    project = make_site()
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    assert run(project, "--untrusted", "content").exit_code == 2
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    result = run(project, "--untrusted", "content")
    assert (result.exit_code, "git is not installed" in result.stderr) == (2, True)


def test_problems_are_in_order(project: Path) -> None:
    """By path, each once."""
    for path in ("static/b.js", "static/a.js", "Makefile"):
        put(project, path, "x")
    commit(project)
    found: tuple[Problem, ...] = check(project, ["content"], "owner")
    assert [problem.file for problem in found] == ["Makefile", "static/a.js", "static/b.js"]


def test_a_submodule_is_not_asked_about_itself(make_site: MakeSite, tmp_path: Path) -> None:
    """A branch could put a repository of its own, with a history of its own, into the project's place."""
    theirs = make_site(folder="theirs")
    git(theirs, "init", "--quiet")
    commit(theirs)
    git(theirs, "branch", "owner")
    ours = tmp_path / "ours"
    ours.mkdir()
    git(ours, "init", "--quiet")
    git(ours, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(theirs), "web")
    commit(ours)
    with pytest.raises(CannotCompareError, match="submodule"):
        check(ours / "web", ["content"], "HEAD")
