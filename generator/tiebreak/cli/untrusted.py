"""Checks what a stranger's branch changes: only content files, and only in the folders that are named."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePosixPath

from tiebreak.content import LOCK, SETTINGS, configures_host, host_problem
from tiebreak.media import DATA, IMAGES
from tiebreak.problems import Problem, in_order
from tiebreak.storage import RESULTS, is_leftover

# What a build reads or writes beside `content/`; here untracked and ignored files count, too.
OWNERS = ("templates", "static", RESULTS, "site", ".tiebreak", SETTINGS, LOCK)
# Files that a stranger may add: those that builds check, or that are harmless, but no archives and PDFs.
KINDS = (IMAGES | DATA | {".md", ".yaml"}) - {".pdf", ".zip"}
LINK, MODULE = "120000", "160000"  # modes in git's lists
# git runs no program that a configuration names, fetches nothing, and writes nothing.
_QUIET = ("--no-pager", "--literal-pathspecs", "--no-replace-objects", "--no-optional-locks")
_SETTINGS = (
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.untrackedCache=false",
    "protocol.allow=never",
    "safe.bareRepository=explicit",
    "submodule.recurse=false",
)
_DIFF = ("--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-relative")
# Where the tip of the default branch is, and where it may be when git was not told which branch that is.
DEFAULT, GUESSES = "refs/remotes/origin/HEAD", ("refs/remotes/origin/main", "refs/remotes/origin/master")
# What a short name may be short for; git itself would take the first that is there.
_SHORT = ("refs/heads/{}", "refs/tags/{}", "refs/remotes/{}", "refs/remotes/{}/HEAD", "refs/{}")
_REVISION = re.compile(r"(?P<name>[^-\s~^:?*\[\\{][^\s~^:?*\[\\{]*)(?P<steps>([~^]\d*)*)")


class CannotCompareError(Exception):
    """There is no revision to compare with; its text says what to do."""


@dataclass(frozen=True)
class Change:
    """A file that differs from the trusted revision. `file` is relative to the project; `mode` is git's, or nothing for
    a file that git does not know.
    """

    file: str
    mode: str
    is_gone: bool = False


def check(project: Path, folders: Sequence[str], base: str | None = None) -> tuple[Problem, ...]:
    """A problem for everything in which the project differs from `base` (a revision; by default the tip of the default
    branch) and that lies outside these folders (relative to the project), or that a stranger may not make in them.

    Raises CannotCompareError without git, a repository or such a revision.
    """
    named = [_folder(project, folder) for folder in folders]
    git = _Git(project)
    revision = git.revision(base)
    short = revision[:12]
    # What lies there is compared only where nothing is wrong with what was committed: git may run programs for that,
    # and a file of attributes, which must be the owner's by then, says which.
    problems = in_order(_problems(git.committed(revision), named, short))
    problems = problems or in_order(_problems(git.present(revision), named, short))
    if not problems or not git.lacks(revision):
        return problems
    first = f"bring the branch up to date with {short}, which it lacks"
    return tuple(replace(problem, help=f"{first}; then {problem.help}") for problem in problems)


def _folder(project: Path, folder: str) -> str:
    parts = PurePosixPath(Path(folder).as_posix()).parts
    if not parts or ".." in parts or Path(folder).is_absolute() or not (project / folder).is_dir():
        raise CannotCompareError(f'"{folder}" is not a folder in the project')
    return "/".join(parts) + "/"


def _problems(changes: Iterator[Change], folders: Sequence[str], base: str) -> Iterator[Problem]:
    for change in changes:
        file = change.file
        if not file.startswith(tuple(folders)) or file.casefold() in (SETTINGS, LOCK):
            how = "is not in" if not change.mode else "is missing, and is in" if change.is_gone else "differs from"
            message, help = f"this is the owner's, and {how} {base}", "leave it as it is there"
            yield Problem(file, 0, 0, "owners-file", message, help)
        elif not change.is_gone:
            yield from _within(change)


def _within(change: Change) -> Iterator[Problem]:
    """The problem of a changed file in a folder that strangers may write to, if it has one."""
    file, suffix = change.file, PurePosixPath(change.file).suffix.lower()
    inside = file.partition("/")[2]
    if change.mode in (LINK, MODULE):
        message, help = "a stranger may not bring links and repositories", "put the files here"
        yield Problem(file, 0, 0, "untrusted-file", message, help)
    elif configures_host(inside):
        yield host_problem(file)
    elif suffix not in KINDS and not is_leftover(PurePosixPath(file).name):
        kind = f'files ending in "{suffix}"' if suffix else "files without an ending"
        message = f"{kind} are taken from the owner only"
        help = "convert it, or ask the owner to add it"
        yield Problem(file, 0, 0, "untrusted-file", message, help)


class _Git:
    """Reads the repository around a project without changing it."""

    def __init__(self, project: Path) -> None:
        self._root = project.resolve()
        found = shutil.which("git")
        if not found or Path(found).resolve().is_relative_to(self._root):  # Windows looks in the current folder first
            raise CannotCompareError("git is not installed, and only git knows what was changed")
        self._program = found
        prefix = self._ask("rev-parse", "--show-prefix")
        if prefix is None:
            raise CannotCompareError("the project is in no git repository, or in one that git does not trust here")
        self._prefix = os.fsdecode(prefix).rstrip("\r\n")
        if self._ask("rev-parse", "--show-superproject-working-tree"):
            raise CannotCompareError("the project is a submodule, whose history may be a stranger's own")

    def _ask(self, *question: str) -> bytes | None:
        """The output of a git command, or None when it fails."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        quiet = {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_ATTR_NOSYSTEM": "1", "LC_ALL": "C"}
        settings = [word for one in _SETTINGS for word in ("-c", one)]
        command = [self._program, "-C", str(self._root), *_QUIET, *settings, *question]
        done = subprocess.run(command, env=kept | quiet, stdin=subprocess.DEVNULL, capture_output=True, check=False)  # noqa: S603 -- its own words, and no option among what comes from outside
        return done.stdout if done.returncode == 0 else None

    def _said(self, *question: str) -> list[str]:
        """The parts of the output of a git command that must not fail."""
        said = self._ask(*question)
        if said is None:
            raise CannotCompareError(f"`git {question[0]}` failed here")
        return [os.fsdecode(part) for part in said.split(b"\0")[:-1]]

    @cached_property
    def _head(self) -> str:
        """The commit that is checked out."""
        if found := self._exactly("HEAD"):
            return found
        raise CannotCompareError("nothing is committed here yet")

    def revision(self, base: str | None) -> str:
        """The full name of the commit to compare with. Raises CannotCompareError for unknown and ambiguous names."""
        if not base:
            return self._default()
        parts = _REVISION.fullmatch(base)
        meant = self._meant(parts["name"]) if parts else {}
        if len(meant) > 1:
            raise CannotCompareError(f'"{base}" could be {" or ".join(meant.values())}; say which, by its full name')
        start, found = next(iter(meant), ""), None
        if parts and start:
            found = self._commit(start + parts["steps"])
        if not found:
            raise CannotCompareError(f'"{base}" is not a revision that is here; fetch it first')
        if start == self._head and found != start and not self._commit(f"{start}^2"):
            message = "is a commit of the branch itself, because HEAD is no merge commit; name the trusted branch"
            raise CannotCompareError(f'"{base}" {message}')
        return found

    def _default(self) -> str:
        """The tip of the default branch."""
        if found := self._exactly(DEFAULT):
            return found
        guesses = [found for ref in GUESSES if (found := self._exactly(ref))]
        if len(guesses) == 1:
            return guesses[0]
        raise CannotCompareError(
            "the default branch is not known here: name a trusted revision, such as --base origin/main"
        )

    def _meant(self, name: str) -> dict[str, str]:
        """Every commit that a name may mean, with a full name for each: whoever can add a branch or a tag can give
        it the name of another one, or the first letters of a commit.
        """
        if name == "HEAD" or name.startswith("refs/"):
            exact = self._exactly(name)
            return {exact: name} if exact else {}
        objects = (self._ask("rev-parse", f"--disambiguate={name}") or b"").decode().split()
        if name.lower() in objects:
            candidates = [(name, self._commit(name))]
        else:
            refs = [short.format(name) for short in _SHORT]
            candidates = [(ref, self._exactly(ref)) for ref in refs]
            candidates += [(one, self._commit(one)) for one in (*objects, name)]  # the last is what git takes it for
        meant: dict[str, str] = {}
        for full, commit in candidates:
            if commit:
                meant.setdefault(commit, full)
        return meant

    def _exactly(self, ref: str) -> str | None:
        """The commit of HEAD, or of the branch or tag with this full name."""
        found = self._ask("show-ref", "--verify", "--hash", "--", ref)
        return self._commit(found.decode().strip()) if found else None

    def _commit(self, revision: str) -> str | None:
        found = self._ask("rev-parse", "--verify", "-q", f"{revision}^{{commit}}")
        return found.decode().strip() if found else None

    def lacks(self, revision: str) -> bool:
        """Whether `revision` is not in the history of what is checked out."""
        return self._ask("merge-base", "--is-ancestor", revision, self._head) is None

    def committed(self, revision: str) -> Iterator[Change]:
        """Every file that differs from `revision` as it was committed, where no attribute can hide a change."""
        return self._changes(revision, self._head)

    def present(self, revision: str) -> Iterator[Change]:
        """Every tracked file that differs from `revision` as it lies there, which is what is built, and every file that
        git does not know among the owner's.
        """
        yield from self._changes(revision)
        unknown = self._said("ls-files", "-z", "--others", "--directory", "--no-empty-directory", "--", *OWNERS)
        yield from (Change(file, "") for file in unknown)

    def _changes(self, *revisions: str) -> Iterator[Change]:
        words = iter(self._said("diff", *_DIFF, "--ignore-submodules=dirty", *revisions, "--"))
        for fields, path in zip(words, words, strict=True):
            before, after, _, _, status = fields.removeprefix(":").split(" ")
            is_gone = status == "D"
            yield Change(self._from_project(path), before if is_gone else after, is_gone)

    def _from_project(self, path: str) -> str:
        """A path of the repository as one that is relative to the project."""
        if path.startswith(self._prefix):
            return path.removeprefix(self._prefix)
        return os.path.relpath(path, self._prefix).replace(os.sep, "/")
