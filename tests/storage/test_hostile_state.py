"""The cache and the output folder may come with a stranger's branch: whatever lies there, nothing outside is touched.

Every place that a build writes to is taken by everything that can stand there.
"""

import json
import os
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from conftest import Cli, MakeSite
from samples import changed

from tiebreak.build.pipeline import Options, build, check
from tiebreak.model.serialize import digest_of
from tiebreak.storage import secret
from tiebreak.storage.cache import NAME, TABLE, Cache
from tiebreak.storage.manifest import STRANGE, Manifest
from tiebreak.storage.output import publish
from tiebreak.storage.stage import name_of, staging
from tiebreak.storage.tree import Tree

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs links and named pipes")

MINE = b"mine, to the last byte\n"
PAGE = "compare/tea-vs-coffee/index.html"
MANIFEST = ".tiebreak/manifest-*.txt"
PLACES = [
    ".tiebreak",
    ".tiebreak/lock",
    ".tiebreak/staged",
    ".tiebreak/staged-0123456789abcdef",
    MANIFEST,
    f".tiebreak/{NAME}",
    f".tiebreak/{NAME}-journal",
    f".tiebreak/{NAME}-wal",
    f".tiebreak/{NAME}-shm",
    "site",
    "site/index.html",
    "site/robots.txt",
    "site/.tiebreak-staged-0123456789abcdef",
    "site/compare",
    "site/compare/tea-vs-coffee",
    f"site/{PAGE}",
]


def folder_with_a_link(place: Path, victim: Path) -> None:
    place.mkdir()
    (place / "x").symlink_to(victim)


def file_that_nobody_may_write(place: Path, victim: Path) -> None:
    place.write_bytes(MINE)
    place.chmod(0)


KINDS: dict[str, Callable[[Path, Path], object]] = {
    "a link to a file": lambda place, victim: place.symlink_to(victim / "precious.txt"),
    "a link to a folder": lambda place, victim: place.symlink_to(victim),
    "a link to nowhere": lambda place, victim: place.symlink_to(victim / "not-yet"),
    "a link to itself": lambda place, victim: place.symlink_to(place.name),
    "a link to a device": lambda place, victim: place.symlink_to("/dev/null"),
    "another name of a file": lambda place, victim: place.hardlink_to(victim / "precious.txt"),
    "another name of a database": lambda place, victim: place.hardlink_to(victim / "precious.sqlite3"),
    "a named pipe": lambda place, victim: os.mkfifo(place),
    "a folder": lambda place, victim: place.mkdir(),
    "a folder with a link in it": folder_with_a_link,
    "a file that nobody may write": file_that_nobody_may_write,
}


OLD = {"index.html": b"1", "robots.txt": b"2", PAGE: b"3", "gone/index.html": b"4", "compare/tea-vs-coffee/x": b"5"}
NEW = {"index.html": b"11", "robots.txt": b"2", PAGE: b"33", "tags/new/index.html": b"6"}


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    """A folder outside of the project, with names in it that a site has, too."""
    folder = tmp_path / "home"
    for path in ("precious.txt", "index.html", "robots.txt", "lock", "tea-vs-coffee/index.html", "compare/x"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(MINE)
    with sqlite3.connect(folder / "precious.sqlite3") as database:
        database.execute(f"CREATE TABLE {TABLE}")
    database.close()
    return folder


def contents(folder: Path) -> dict[str, bytes | None]:
    """Everything in a folder, also what is empty, and where links lead."""
    return {
        path.relative_to(folder).as_posix(): str(path.readlink()).encode()
        if path.is_symlink()
        else path.read_bytes()
        if path.is_file()
        else None
        for path in sorted(folder.rglob("*"))
    }


def contents_of_files(folder: Path) -> dict[str, bytes]:
    return {path: data for path, data in contents(folder).items() if data is not None}


def place_in(project: Path, path: str) -> Path:
    name = name_of(project / "site", project / ".tiebreak")
    return project / path.replace("*", name)


def put(project: Path, victim: Path, path: str, kind: str) -> Path:
    place = place_in(project, path)
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    place.unlink(missing_ok=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    KINDS[kind](place, victim)
    return place


def work(project: Path, pages: Mapping[str, bytes]) -> Mapping[str, str]:
    """What a build does on the disk: it remembers, stages, publishes, and asks what it remembers."""
    with staging(project / ".tiebreak", project / "site") as stage, closing(Cache(project / ".tiebreak")) as cache:
        cache.get("key")
        made = [stage.put(path, b"key", data) for path, data in pages.items()]
        cache.set("value", "key")
        cache.flush()
        cache.trim(0)
        return publish(made, stage)


def tried(project: Path, pages: Mapping[str, bytes]) -> None:
    """The same; it succeeds, or says in an error what stands in its way."""
    told = [("nothing", str(project))]
    try:
        work(project, pages)
    except OSError as error:
        told = [(error.strerror or "", str(error.filename))]
    assert all(what and where.startswith(str(project)) for what, where in told)


@pytest.fixture(autouse=True)
def in_time() -> Iterator[None]:
    """A build that hangs is ended by an alarm."""

    def ring(*_: object) -> None:
        raise AssertionError("the build hangs")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(30)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.slow
@pytest.mark.parametrize("before", [False, True], ids=["in a fresh project", "after a build"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("path", PLACES)
def test_nothing_outside_is_touched(tmp_path: Path, victim: Path, path: str, kind: str, before: bool) -> None:
    """Whatever stands in whichever place: by a build, and by one that changes a page and removes one."""
    project = tmp_path / "project"
    project.mkdir()
    if before:
        work(project, OLD)
    was = contents(victim)
    for pages in (OLD, NEW):
        put(project, victim, path, kind)
        tried(project, pages)
        assert contents(victim) == was


@pytest.mark.slow
@pytest.mark.parametrize("path", [path for path in PLACES if path.startswith(".tiebreak")])
@pytest.mark.parametrize("kind", KINDS)
def test_a_hostile_cache_costs_time_and_nothing_else(tmp_path: Path, victim: Path, path: str, kind: str) -> None:
    """What is published is right all the same."""
    project = tmp_path / "project"
    project.mkdir()
    put(project, victim, path, kind)
    work(project, OLD)
    work(project, {**OLD, **NEW})
    assert contents_of_files(project / "site") == {**OLD, **NEW}


def deep_folder(place: Path, depth: int) -> None:
    """Folders in one another, more of them than a path can name; in each a link and a file."""
    place.mkdir(parents=True)
    at = os.open(place, os.O_RDONLY)
    for _ in range(depth):
        os.symlink("/etc", "link", dir_fd=at)
        os.close(os.open("file", os.O_WRONLY | os.O_CREAT, dir_fd=at))
        os.mkdir("d", dir_fd=at)
        below = os.open("d", os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = below
    os.close(at)


@pytest.mark.slow
@pytest.mark.parametrize("path", [".tiebreak/lock", ".tiebreak/staged", MANIFEST, f".tiebreak/{NAME}"])
def test_a_deep_folder_in_the_way_is_taken_away(tmp_path: Path, path: str) -> None:
    """However deep: then all is as ever, and nothing of it is left."""
    project, clean = tmp_path / "project", tmp_path / "clean"
    project.mkdir()
    deep_folder(place_in(project, path), 1500)
    clean.mkdir()
    for one in (project, clean):
        work(one, OLD)
        assert set(work(one, {"index.html": b"1"}).values()) == {"removed"}
    assert [file.name for file in sorted((project / ".tiebreak").iterdir())] == [
        file.name for file in sorted((clean / ".tiebreak").iterdir())
    ]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["a link to a file", "a named pipe", "another name of a database", "a folder"])
def test_a_build_in_the_midst_of_it_is_right(make_site: MakeSite, victim: Path, kind: str) -> None:
    """With everything in the cache replaced at once; a check, which writes nothing, is not held up either."""
    project = make_site()
    report = build(Options(project, jobs=1))
    right, was = contents(project / "site"), contents(victim)
    for path in PLACES:
        if path.startswith(".tiebreak/"):
            put(project, victim, path, kind)
    assert check(Options(project, jobs=1), date(2026, 11, 28)) == report.problems
    for path in PLACES:
        if path.startswith(("site/r", "site/i", "site/compare/tea-vs-coffee/")) and kind != "a folder":
            put(project, victim, path, kind)
    build(Options(project, jobs=1))
    assert contents(project / "site") == right
    assert contents(victim) == was


def test_a_link_in_the_place_of_the_site_is_named(make_site: MakeSite, victim: Path, cli: Cli) -> None:
    """With a way out; also when the option names it, because the link is the project's."""
    project = make_site()
    (project / "site").symlink_to(victim)
    for more in ((), ("--output", project / "site"), ("--output", project / "site/sub")):
        result = cli("build", "--project", project, *more, ok=False)
        assert result.stderr == (
            f"error: {project}/site: this is a link, and a site is not written through one that lies in the project "
            "or the repository around it; take it away, or name with --output where it leads\n"
        )


def test_an_output_elsewhere_may_lie_behind_a_link(make_site: MakeSite, tmp_path: Path) -> None:
    """Its user names it, and no branch brings it along."""
    (tmp_path / "releases").mkdir()
    (tmp_path / "current").symlink_to(tmp_path / "releases")
    build(Options(make_site(), output=tmp_path / "current"))
    assert (tmp_path / "releases/index.html").is_file()


# --- lists ------------------------------------------------------------------------------------------------------------

LISTED = ["own.txt", "../precious", "compare/../own.txt", "/etc/hostname", "..\\own.txt", "C:own.txt", "own\0.txt", ""]


@pytest.mark.slow
@pytest.mark.parametrize("path", LISTED)
def test_a_list_that_somebody_else_wrote_removes_nothing(make_site: MakeSite, tmp_path: Path, path: str) -> None:
    """Not even a file in the site whose bytes they knew: the list is sealed with a key that they do not have."""
    project = make_site()
    build(Options(project))
    (project / "site/own.txt").write_bytes(MINE)
    (project / "precious").write_bytes(MINE)
    name = name_of(project / "site", project / ".tiebreak")
    for key in (b"", b"a guess", bytes(32)):
        forged = Manifest(Tree(project, ".tiebreak"), name, key)
        forged.add({path: forged.mark(path, digest_of(MINE))})
        build(Options(project))
        assert (project / "site/own.txt").read_bytes() == MINE
        assert (project / "precious").read_bytes() == MINE


@pytest.mark.parametrize("own", [True, False], ids=["removed", "kept"])
def test_a_file_that_is_gone_is_removed_as_it_was_written(make_site: MakeSite, own: bool) -> None:
    """One that others have changed since is theirs; the build says that it stays."""
    project, said = make_site({"content/pages/gone.md": "---\ntitle: Gone\n---\nText.\n"}), list[str]()
    build(Options(project))
    if not own:
        (project / "site/gone/index.html").write_bytes(MINE)
    (project / "content/pages/gone.md").unlink()
    done = build(Options(project, notify=said.append)).done
    assert ("gone/index.html" in done) is own
    assert (project / "site/gone").exists() is not own
    assert said == (
        [] if own else ["no longer made, but kept, because they are not as a build wrote them: gone/index.html"]
    )


@pytest.mark.parametrize("again", [1, 3])
def test_a_page_that_was_edited_and_is_gone_is_removed(make_site: MakeSite, again: int) -> None:
    """Builds that write one page only list its new bytes as well."""
    project = make_site()
    other = changed(("[Tea, Coffee]", "[Tea, Mate]"), ("coffee: Much", "mate: Much"), ("coffee: You", "mate: You"))
    file = project / "content/compare/tea-vs-mate.md"
    file.write_text(other)
    build(Options(project))
    for number in range(again):
        file.write_text(f"{other}\nMore of it, {number}.\n")
        assert build(Options(project)).done == {
            f"compare/tea-vs-mate/index.{kind}": "changed" for kind in ("html", "md")
        }
    file.unlink()
    assert build(Options(project)).done["compare/tea-vs-mate/index.html"] == "removed"


@pytest.mark.slow
@pytest.mark.parametrize(
    "data",
    [b"[" * 1_000_000, b"0" * 64 + b" x\n" * 100_000, bytes(1_000_000), json.dumps({"own.txt": ""}).encode()],
    ids=["nested", "long", "zeros", "of an older version"],
)
def test_a_list_of_whatever_kind_is_read(make_site: MakeSite, data: bytes) -> None:
    """As none."""
    project = make_site()
    build(Options(project))
    (project / "site/own.txt").write_bytes(MINE)
    place_in(project, MANIFEST).write_bytes(data)
    (project / ".tiebreak" / f"manifest-{name_of(project / 'site', project / '.tiebreak')}.json").write_bytes(data)
    build(Options(project))
    assert (project / "site/own.txt").read_bytes() == MINE


def listing(folder: Path) -> Manifest:
    return Manifest(Tree(folder), "site", b"key")


@pytest.mark.parametrize(
    "line", [b"\n", b"0" * 64 + b" own.txt\n", b"x", b"own.txt\n"], ids=["empty", "forged", "one line", "no mark"]
)
def test_a_long_list_that_somebody_else_wrote_is_not_read_to_its_end(tmp_path: Path, line: bytes) -> None:
    """It takes neither time nor memory."""
    (tmp_path / listing(tmp_path).name).write_bytes(line * ((30 << 20) // len(line)))
    begin = time.monotonic()
    tracemalloc.start()
    try:
        assert listing(tmp_path).read() == {}
        assert tracemalloc.get_traced_memory()[1] < 100 << 20
    finally:
        tracemalloc.stop()
    assert time.monotonic() - begin < 2


@pytest.mark.slow
def test_a_list_in_many_pieces_is_read_whole(tmp_path: Path) -> None:
    """As builds leave it that wrote a page each, and some of which were stopped while they wrote."""
    manifest = listing(tmp_path)
    for number in range(3 * STRANGE):
        manifest.add({f"{number}.html": manifest.mark(f"{number}.html", digest_of(b"x"))})
        if number % 10 == 0:
            manifest.state.append(manifest.name, b"0123")
    assert manifest.read().keys() == {f"{number}.html" for number in range(3 * STRANGE)}


# --- databases --------------------------------------------------------------------------------------------------------


@pytest.fixture
def stranger(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[], None]:
    """From its call on, builds are another user's."""
    return lambda: monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another"))


def test_what_another_user_computed_is_not_believed(make_site: MakeSite, stranger: Callable[[], None]) -> None:
    """Neither a text nor the record of a build: a memo that lies about everything changes nothing."""
    project = make_site()
    build(Options(project, jobs=1))
    right = contents(project / "site")
    cache = Cache(project / ".tiebreak")
    cache.set("value", "key")
    cache.flush()
    assert cache.get("key") == "value"
    cache.close()
    stranger()
    cache = Cache(project / ".tiebreak")
    assert cache.get("key") is None
    cache.close()
    shutil.rmtree(project / "site")
    build(Options(project, jobs=1))
    assert contents(project / "site") == right


def test_a_value_is_bound_to_its_key(tmp_path: Path) -> None:
    """One that was copied to another key is none."""
    cache = Cache(tmp_path / "state")
    cache.set("good", "a")
    cache.set("bad", "b")
    cache.flush()
    with sqlite3.connect(tmp_path / "state" / NAME) as database:
        swap = "UPDATE memo SET value = (SELECT value FROM memo WHERE key = ?) WHERE key = ?"
        database.execute(swap, (cache.key("b"), cache.key("a")))
    database.close()
    assert (cache.get("a"), cache.get("b")) == (None, "bad")
    cache.close()


@pytest.mark.parametrize("lasting", [True, False])
def test_a_database_that_another_user_began_is_not_opened(
    tmp_path: Path, stranger: Callable[[], None], monkeypatch: pytest.MonkeyPatch, lasting: bool
) -> None:
    """Whatever it makes of a question, and however long that takes: it is told by its first bytes, and begun anew."""
    with closing(Cache(tmp_path / "state")) as cache:
        cache.set("value", "key")
        cache.flush()
    stranger()
    sizes, real = list[int](), sqlite3.connect

    def connect(address: str, *, uri: bool, timeout: float) -> sqlite3.Connection:
        sizes.append((tmp_path / "state" / NAME).stat().st_size)
        return real(address, uri=uri, timeout=timeout)

    monkeypatch.setattr("tiebreak.storage.cache.sqlite3.connect", connect)
    with closing(Cache(tmp_path / "state", lasting=lasting)) as cache:
        assert cache.get("key") is None
        cache.set("own", "key")
        cache.flush()
    assert sizes == ([0] if lasting else [])
    with closing(Cache(tmp_path / "state")) as cache:
        assert cache.get("key") == ("own" if lasting else None)


def own_database(folder: Path) -> sqlite3.Connection:
    """One that this user's builds began, with nothing in it."""
    with closing(Cache(folder)) as cache:
        cache.get("key")
    database = sqlite3.connect(folder / NAME)
    database.execute("DROP TABLE memo")
    return database


ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT"
SCHEMAS = {
    "a view without end": [f"CREATE VIEW memo AS {ENDLESS} x AS id, x AS key, x AS value FROM c"],
    "a trigger without end": [
        f"CREATE TABLE {TABLE}",
        f"CREATE TRIGGER t AFTER INSERT ON memo BEGIN {ENDLESS} count(*) FROM c; END",
    ],
    "a check without end": ["CREATE TABLE memo (id INTEGER PRIMARY KEY, key BLOB UNIQUE, value BLOB CHECK(1))"],
    "another table": [f"CREATE TABLE {TABLE}", "CREATE TABLE more (x)"],
    "write-ahead": ["PRAGMA journal_mode = WAL", f"CREATE TABLE {TABLE}"],
}


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_database_of_another_make_is_begun_anew(tmp_path: Path, schema: str) -> None:
    """Nothing that a stranger wrote into it is run."""
    database = own_database(tmp_path / "state")
    for statement in SCHEMAS[schema]:
        database.execute(statement)
    database.commit()
    database.close()
    begin = time.monotonic()
    cache = Cache(tmp_path / "state")
    cache.set("value", "key")
    cache.flush()
    cache.trim(0)
    cache.close()
    again = Cache(tmp_path / "state")
    assert again.get("key") == "value"
    again.close()
    assert time.monotonic() - begin < 5


def test_a_question_without_end_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever makes the database run on, it is stopped, and begun anew."""
    monkeypatch.setattr("tiebreak.storage.cache.PATIENCE", 0.2)
    cache = Cache(tmp_path / "state")
    database = cache._open()
    assert database is not None
    cache._attempt(lambda: database.execute(f"{ENDLESS} count(*) FROM c").fetchall())
    assert cache.get("key") is None
    cache.set("value", "key")
    cache.flush()
    cache.close()
    with closing(Cache(tmp_path / "state")) as cache:
        assert cache.get("key") == "value"


# --- the key ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache/tiebreak"


def test_the_key_is_the_users_own(home: Path, tmp_path: Path) -> None:
    """Random, the same from then on, and for nobody else to read."""
    first = secret.key(tmp_path / "project")
    assert len(first) == secret.SIZE
    assert secret.key(tmp_path / "another") == first
    assert [path.name for path in home.iterdir()] == ["key"]
    assert (home / "key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("kind", ["short", "for all to read", "a link", "a folder", "a pipe"])
def test_what_is_no_key_is_not_used(home: Path, tmp_path: Path, kind: str) -> None:
    """It is replaced, or done without."""
    home.mkdir(parents=True)
    known = bytes(range(secret.SIZE))
    (tmp_path / "known").write_bytes(known)
    (tmp_path / "known").chmod(0o600)
    if kind == "a link":
        (home / "key").symlink_to(tmp_path / "known")
    elif kind == "a folder":
        (home / "key").mkdir()
    elif kind == "a pipe":
        os.mkfifo(home / "key")
    else:
        (home / "key").write_bytes(known if kind != "short" else b"x")
        (home / "key").chmod(0o644 if kind != "short" else 0o600)
    found = secret.key(tmp_path / "project")
    assert found != known
    assert len(found) == secret.SIZE
    assert secret.key(tmp_path / "project") == found
    assert (tmp_path / "known").read_bytes() == known


def test_a_key_that_comes_with_the_project_is_not_used(
    make_site: MakeSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where a build server keeps all caches in the folder of the project."""
    project = make_site()
    monkeypatch.setenv("XDG_CACHE_HOME", str(project / ".cache"))
    (project / ".cache/tiebreak").mkdir(parents=True)
    known = bytes(range(secret.SIZE))
    (project / ".cache/tiebreak/key").write_bytes(known)
    (project / ".cache/tiebreak/key").chmod(0o600)
    assert secret.key(project) != known


@pytest.mark.parametrize("home", ["", "relative", "/dev/null"])
def test_where_no_key_can_be_kept_there_is_one_for_now(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch, home: str
) -> None:
    """A build does as well, and says that the next one will not know of it."""
    monkeypatch.setenv("XDG_CACHE_HOME", home)
    monkeypatch.setenv("HOME", "/dev/null")
    project = make_site()
    assert secret.key(project) == secret.key(project)
    said: list[str] = []
    build(Options(project, notify=said.append))
    assert len(said) == 1
    assert "what earlier builds wrote is not known" in said[0]
    assert build(Options(project)).done == {}


def test_where_a_key_can_be_kept_nothing_is_said_of_it(home: Path, make_site: MakeSite) -> None:
    """As nearly everywhere."""
    said: list[str] = []
    build(Options(make_site(), notify=said.append))
    assert said == []
    assert (home / "key").is_file()


@pytest.mark.slow
def test_programs_that_start_at_once_agree_on_the_key(home: Path, tmp_path: Path) -> None:
    """Whichever is first."""
    program = (
        "import sys, pathlib; from tiebreak.storage import secret; print(secret.key(pathlib.Path(sys.argv[1])).hex())"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "project")]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    said = {one.communicate()[0] for one in running}
    assert said == {f"{(home / 'key').read_bytes().hex()}\n"}


def write_journal(database: Path, victim: str) -> None:
    """A rollback journal that asks for the removal of another file, as SQLite does after a transaction over several."""
    pages, magic = database.stat().st_size // 4096, bytes.fromhex("d9d505f920a163d7")
    head = (magic + struct.pack(">IIIII", 0, 1234, pages, 512, 4096)).ljust(512, b"\0")
    name = victim.encode()
    tail = struct.pack(">I", 0x40000000 // 4096 + 1) + name + struct.pack(">II", len(name), sum(name)) + magic
    database.with_name(f"{database.name}-journal").write_bytes(head + tail)


@pytest.mark.slow
@pytest.mark.parametrize("command", ["build", "check"])
@pytest.mark.parametrize("is_absolute", [True, False])
def test_a_journal_removes_nothing(
    make_site: MakeSite, tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch, command: str, is_absolute: bool
) -> None:
    """SQLite would remove the file that it names, wherever that lies; so none is ever there when it looks."""
    precious = tmp_path / "precious"
    precious.write_bytes(b"mine")
    monkeypatch.chdir(tmp_path)
    project = make_site()
    state = project / ".tiebreak"
    with closing(own_database(state)) as database:
        database.execute(f"CREATE TABLE {TABLE}")
        database.commit()
    write_journal(state / NAME, str(precious) if is_absolute else "precious")
    cli(command, "--project", project)
    cli(command, "--project", project)
    assert precious.read_bytes() == b"mine"


def test_a_database_that_would_do_something_is_begun_anew(tmp_path: Path) -> None:
    """A trigger behind any number of rows that look like ours."""
    with closing(own_database(tmp_path / ".tiebreak")) as database:
        database.execute(f"CREATE TABLE {TABLE}")
        database.execute("PRAGMA writable_schema = ON")
        row = "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master WHERE type = 'index'"
        for _ in range(9):
            database.execute(f"INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql) {row} LIMIT 1")
        database.execute("CREATE TABLE fat (b)")
        database.execute("CREATE TRIGGER t AFTER INSERT ON memo BEGIN INSERT INTO fat VALUES (zeroblob(1000000)); END")
        database.commit()
    cache = Cache(tmp_path / ".tiebreak")
    cache.set("value", "key")
    cache.flush()
    cache.close()
    assert (tmp_path / ".tiebreak" / NAME).stat().st_size < 100_000


def test_a_huge_file_in_the_site_is_not_read(make_site: MakeSite) -> None:
    """One that is larger than the page has other bytes, whatever they are."""
    project = make_site()
    (project / "site").mkdir()
    with (project / "site/index.html").open("wb") as file:
        file.truncate(1 << 40)
    report = build(Options(project))
    assert report.done["index.html"] == "changed"
    assert (project / "site/index.html").stat().st_size < 1 << 20
