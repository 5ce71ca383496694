"""Live preview: it follows every save, shows what is wrong instead of dying, and ends without a word."""

import asyncio
import http.client
import json
import shutil
import signal
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from conftest import Cli, MakeSite
from previewed import Preview, previewing
from samples import changed
from tornado.websocket import websocket_connect

from tiebreak.build.pipeline import Report
from tiebreak.preview import rebuild
from tiebreak.preview.server import Screen
from tiebreak.problems import Problem, SiteError

pytestmark = pytest.mark.alone

PAGE = "compare/tea-vs-coffee/"
FILE = "content/compare/tea-vs-coffee.md"
BROKEN = changed(("wins: tea", "wins: chai"))


def test_the_preview_follows_saves_and_survives_mistakes(make_site: MakeSite) -> None:
    """An edit shows; a mistake is told in the page and in the terminal, in the same words, until it is mended."""
    project = make_site()
    with previewing(project) as preview:
        assert "Tea is calmer." in preview.get(PAGE)[1]
        (project / FILE).write_text(changed(("Tea is calmer.", "Tea is slower.")))
        preview.wait_for(lambda: "Tea is slower." in preview.get(PAGE)[1])

        (project / FILE).write_text(BROKEN)
        preview.wait_for(lambda: bool(preview.problems(PAGE)))
        assert preview.problems().startswith(f'{FILE}:9:11: error[unknown-subject]: wins names "chai"')
        preview.wait_for(lambda: preview.problems() in preview.said)
        assert "Tea is slower." in preview.get(PAGE)[1]
        assert preview.get("robots.txt")[1].startswith("User-agent")

        (project / FILE).write_text(changed())
        preview.wait_for(lambda: "Tea is calmer." in preview.get(PAGE)[1])
        assert not preview.problems()


def test_a_project_that_is_broken_from_the_start_is_served_too(make_site: MakeSite) -> None:
    """The first build may fail like any other: every address tells what is wrong."""
    project = make_site({FILE: BROKEN})
    with previewing(project) as preview:
        status, text = preview.get(PAGE)
        assert status == 503
        assert "Nothing to show yet" in text
        assert 'wins names "chai"' in preview.problems(PAGE)
        (project / FILE).write_text(changed())
        preview.wait_for(lambda: "Tea is calmer." in preview.get(PAGE)[1])


def test_new_and_removed_files_are_followed(make_site: MakeSite) -> None:
    """A page appears with its file and goes with it; so do templates and styles, and their folders."""
    project = make_site({"templates/404.html": "Lost."})
    about = project / "content/pages/deep/in/about.md"
    with previewing(project) as preview:
        status, text = preview.get("deep/in/about/")
        assert status == 404
        assert text.startswith("Lost.")
        about.parent.mkdir(parents=True)
        about.write_text("---\ntitle: About\n---\nUs.\n")
        preview.wait_for(lambda: preview.get("deep/in/about/")[0] == 200)
        shutil.rmtree(project / "content/pages")
        preview.wait_for(lambda: preview.get("deep/in/about/")[0] == 404)
        (project / "templates/home.html").write_text("Mine.")
        preview.wait_for(lambda: preview.get()[1].startswith("Mine."))
        (project / "static").mkdir()
        (project / "static/own.txt").write_text("hello")
        preview.wait_for(lambda: preview.get("own.txt") == (200, "hello"))
        (project / "static/own.txt").write_text("hello again")
        preview.wait_for(lambda: preview.get("own.txt") == (200, "hello again"))


def test_another_folder_under_the_same_name_is_followed(make_site: MakeSite) -> None:
    """What is watched is what has the name now, as when a whole folder is put back from elsewhere."""
    project, other = make_site(), make_site(folder="other")
    with previewing(project) as preview:

        def is_shown(text: str) -> bool:
            return text in preview.get(PAGE)[1]

        (project / "content").rename(project / "before")
        (other / "content").rename(project / "content")
        for text in ("Tea is slower.", "Tea is better."):
            (project / FILE).write_text(changed(("Tea is calmer.", text)))
            preview.wait_for(partial(is_shown, text))


def test_a_burst_of_saves_makes_one_build_or_two(make_site: MakeSite) -> None:
    """The first save is built at once; what follows closely is built together when it is over."""
    project = make_site()
    with previewing(project) as preview:
        before = preview.builds
        for number in range(20):
            (project / FILE).write_text(changed(("Tea is calmer.", f"Tea is {number}.")))
        preview.wait_for(lambda: "Tea is 19." in preview.get(PAGE)[1])
        assert preview.builds - before <= 2


def test_links_stay_on_the_preview(make_site: MakeSite) -> None:
    """The preview is a site of its own: no address on it leads to the published one."""
    with previewing(make_site()) as preview:
        for path in ("", PAGE, "sitemap.xml", "feed.xml"):
            assert "https://example.org" not in preview.get(path)[1]


def test_drafts_are_shown_when_asked_for(make_site: MakeSite) -> None:
    """`--drafts` shows what is not published."""
    project = make_site({FILE: changed(("published: 2026-04-02", "draft: true"))})
    with previewing(project, "--drafts") as preview:
        assert preview.get(PAGE)[0] == 200
    with previewing(project) as preview:
        assert preview.get(PAGE)[0] == 404


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_cleanly(
    make_site: MakeSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    """No traceback, and nothing left behind but the memo: the preview builds elsewhere, and takes that away."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    project = make_site()
    before = sorted(project.rglob("*"))
    with previewing(project) as preview:
        assert [folder.name.partition("-")[0] for folder in temporary.iterdir()] == ["tiebreak"]
        said = preview.said
        assert preview.interrupt(number) in ((0, 130) if number == signal.SIGINT else (128 + number,))
        assert preview.said == said
    left = [path for path in sorted(project.rglob("*")) if ".tiebreak" not in path.parts]
    assert left == before
    assert list(temporary.iterdir()) == []


def test_a_port_that_is_taken_is_told(make_site: MakeSite, cli: Cli) -> None:
    """Exit status 1 and a way out, before anything is built."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = cli("serve", "--project", make_site(), "--port", str(port), ok=False)
    assert result.exit_code == 1
    assert result.stderr == (
        f"error: 127.0.0.1:{port} cannot be listened on (Address already in use); name another --port or --host\n"
    )


# --- who is answered ------------------------------------------------------------------------------------------------


def test_what_lies_outside_the_site_is_not_served(
    make_site: MakeSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No path leads out of the folder that is served, and no link in it."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    with previewing(make_site()) as preview:
        [site] = (tmp_path / "temporary").glob("tiebreak-*/site")
        (site / "link.txt").symlink_to(secret)
        (site / "folder").symlink_to(tmp_path)
        for path in (
            "../secret.txt",
            "..%2f..%2f..%2f..%2fsecret.txt",
            "%2e%2e/%2e%2e/etc/passwd",
            "/etc/passwd",
            "%2fetc/passwd",
            "link.txt",
            "folder/secret.txt",
            ".tiebreak/../../serve.py",
            ".tiebreak/..%2fserve.py",
            "robots.txt%00.html",
        ):
            status, text = preview.get(path)
            assert status in (403, 404), path
            assert "secret" not in text.replace("secret.txt", "")
            assert "root:" not in text
        assert "Traceback" not in preview.said


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview that no test writes to."""
    project = tmp_path_factory.mktemp("shared")
    (project / "content/compare").mkdir(parents=True)
    (project / "content/site.yaml").write_text("title: Picks\nbase_url: https://example.org/\n")
    (project / FILE).write_text(changed())
    with previewing(project) as preview:
        yield preview


@pytest.mark.parametrize("path", ["", PAGE, "robots.txt", ".tiebreak/preview.js", ".tiebreak/live", "no/such/page/"])
@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1.evil.example:{port}", "localhost.evil.example"]
)
def test_a_foreign_host_is_refused(shared: Preview, host: str, path: str) -> None:
    """A page elsewhere whose name leads to this machine reads nothing."""
    port = shared.url.split(":")[2].strip("/")
    assert shared.get(path, Host=host.format(port=port))[0] == 403


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LocalHost", "[::1]"])
def test_the_loopback_has_many_names(shared: Preview, host: str) -> None:
    """Each of them is answered, with the port."""
    port = shared.url.split(":")[2].strip("/")
    assert shared.get(PAGE, Host=f"{host}:{port}")[0] == 200


@pytest.mark.parametrize("address", ["livereload", "livereload.js", "forcereload"])
def test_livereloads_own_addresses_are_not_there(shared: Preview, address: str) -> None:
    """Anybody could make every browser reload through them."""
    assert shared.get(address)[0] == 404


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://{host}", 101),
        ("http://evil.example", 403),
        ("http://localhost:1", 403),
        ("null", 403),
        ("http://[x", 403),
    ],
)
def test_only_pages_from_here_may_listen(shared: Preview, origin: str, status: int) -> None:
    """Browsers let any page open a WebSocket to anywhere; the server has to ask where it comes from."""
    host = shared.url.removeprefix("http://").strip("/")
    headers = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGllYnJlYWsgdGllYnJlYQ==",
        "Origin": origin.format(host=host),
    }
    connection = http.client.HTTPConnection(host, timeout=20)
    connection.request("GET", "/.tiebreak/live", headers=headers)
    answer = connection.getresponse()
    assert answer.status == status
    answer.close()
    connection.close()
    assert "Traceback" not in shared.said


MESSAGES: dict[str, str | bytes] = {
    "no JSON": "{",
    "no text": b"\xff\xfe\xfd",
    "a list": "[1]",
    "nested": "[" * 100_000,
    "no command": "{}",
    "no address": '{"command": "info"}',
    "a number for an address": '{"command": "info", "url": 5}',
    "half an address": '{"command": "info", "url": "http://[x"}',
}
SOUND: dict[str, str | bytes] = {
    "a page": '{"command": "info", "url": "http://127.0.0.1/"}',
    "a long name": json.dumps({"command": "info", "url": "/" + "x" * 5000}),
    "no name of a file": json.dumps({"command": "info", "url": "/\0\ud800"}),
}


@pytest.mark.parametrize("message", [*MESSAGES, *SOUND])
def test_what_is_said_on_the_line_is_never_a_traceback(shared: Preview, message: str) -> None:
    """What no page of ours says ends the line; what one might is answered."""

    async def answer() -> str | bytes | None:
        line = await websocket_connect(f"{shared.url.replace('http', 'ws')}.tiebreak/live")
        await line.write_message((MESSAGES | SOUND)[message], binary=message == "no text")
        said = last = await asyncio.wait_for(line.read_message(), 10)
        line.close()
        while last is not None:  # until the other side has closed it too
            last = await asyncio.wait_for(line.read_message(), 10)
        return said

    with ThreadPoolExecutor() as elsewhere:
        said = elsewhere.submit(lambda: asyncio.run(answer())).result()
    assert (said is not None) is (message in SOUND)
    assert shared.get()[0] == 200
    assert "Traceback" not in shared.said


def test_a_preview_for_others_answers_to_addresses(make_site: MakeSite) -> None:
    """`--host 0.0.0.0` opens it to the network: under any IP address, which no foreign name can be, and localhost."""
    with previewing(make_site(), "--host", "0.0.0.0") as preview:
        assert preview.url.startswith("http://127.0.0.1:")
        port = preview.url.split(":")[2].strip("/")
        for host, status in {"192.0.2.7": 200, "[2001:db8::7]": 200, "localhost": 200, "evil.example": 403}.items():
            assert preview.get(PAGE, Host=f"{host}:{port}")[0] == status


def test_a_name_that_is_allowed_is_answered(make_site: MakeSite) -> None:
    """`--allow-host` lets in what a tunnel or a proxy calls the preview, under any port, and nothing else."""
    with previewing(make_site(), "--allow-host", "Picks.example", "--allow-host", "tea.test") as preview:
        for host, status in {"picks.example": 200, "tea.test:8443": 200, "x.picks.example": 403}.items():
            assert preview.get(PAGE, Host=host)[0] == status


def test_where_no_system_reports_saves_they_are_looked_for(make_site: MakeSite) -> None:
    """With `--poll`, a new file, another text and a removed file are all found."""
    project = make_site()
    with previewing(project, "--poll") as preview:
        (project / FILE).write_text(changed(("Tea is calmer.", "Tea is slower.")))
        preview.wait_for(lambda: "Tea is slower." in preview.get(PAGE)[1])
        (project / "static").mkdir()
        (project / "static/own.txt").write_text("own")
        preview.wait_for(lambda: preview.get("own.txt")[0] == 200)
        (project / "static/own.txt").unlink()
        preview.wait_for(lambda: preview.get("own.txt")[0] == 404)


@pytest.mark.parametrize("folder", ["", "content"])
def test_without_a_project_there_is_nothing_to_serve(tmp_path: Path, cli: Cli, folder: str) -> None:
    """It says so and ends."""
    (tmp_path / folder).mkdir(exist_ok=True)
    result = cli("serve", "--project", tmp_path, "--port", "0", ok=False)
    assert result.exit_code == 1
    assert result.stderr.startswith("content/site.yaml: error[no-settings]: a site project needs this file\n")


@pytest.mark.parametrize("option", [(), ("--poll",)])
def test_a_link_to_itself_is_told_and_stops_nothing(make_site: MakeSite, option: tuple[str, ...]) -> None:
    """Wherever it lies; when it is gone, the next save is built as ever."""
    project = make_site()
    with previewing(project, *option) as preview:
        for place in ("content/compare/x.md", "content/loop", "static", "templates", "static.md"):
            (project / place).symlink_to(Path(place).name)
            if place != "static.md":
                preview.wait_for(lambda place=place: place in "".join(preview.problems(PAGE)))  # type: ignore[misc]
                (project / place).unlink()
                preview.wait_for(lambda: not preview.problems(PAGE))
        (project / FILE).write_text(changed(("Tea is calmer.", "Tea is slower.")))
        preview.wait_for(lambda: "Tea is slower." in preview.get(PAGE)[1])
        assert "Traceback" not in preview.said


# --- when it is told ------------------------------------------------------------------------------------------------


class Engine:
    """Builds that come out as they are told to; notes what was saved and what was said."""

    def __init__(self, folder: Path, *outcomes: str) -> None:
        self.outcomes = list(outcomes)
        self.given: list[set[str]] = []
        self.told: list[str] = []
        self.shown: list[dict[str, str]] = []
        self.preview = rebuild.Preview(
            self.build, Screen(folder), lambda done: self.shown.append(dict(done)), self.tell
        )

    def build(self, saved: frozenset[str]) -> Report:
        self.given.append(set(saved))
        outcome = self.outcomes.pop(0)
        if outcome == "broken":
            raise SiteError([Problem("content/x.md", 0, 0, "broken", "it is broken")])
        return Report(Path(), (), {"x/index.html": outcome} if outcome else {}, ())

    def tell(self, text: str) -> None:
        self.told.append(text)

    def run(self, *saves: set[str]) -> None:
        """The saves, each once the one before it was answered to, but before its bad news."""

        async def saving() -> None:
            for paths in saves:
                self.preview.on_save(frozenset(paths))
                await asyncio.sleep(0)
            await asyncio.sleep(rebuild.CLOSE + rebuild.QUIET + rebuild.BAD_NEWS)

        with ThreadPoolExecutor() as elsewhere:  # the browser tests have a loop of their own in this thread
            elsewhere.submit(lambda: asyncio.run(saving())).result()


def test_a_save_in_two_steps_is_no_error(tmp_path: Path) -> None:
    """An editor may leave a file empty or missing for a moment: nobody hears of it. Nor is the first step forgotten."""
    engine = Engine(tmp_path, "broken", "changed")
    engine.run({"content/x.md"}, {"content/y.md"})
    assert engine.given == [{"content/x.md"}, {"content/x.md", "content/y.md"}]
    assert engine.shown == [{"x/index.html": "changed"}]
    assert [text for text in engine.told if "broken" in text] == []


def test_an_error_that_stays_is_told(tmp_path: Path) -> None:
    """Once nothing is saved any more."""
    engine = Engine(tmp_path, "broken")
    engine.run({"content/x.md"})
    assert engine.told == ["content/x.md: error[broken]: it is broken"]


def test_a_page_that_goes_and_comes_is_one_change(tmp_path: Path) -> None:
    """As when an editor moves the old file away before it writes the new one."""
    engine = Engine(tmp_path, "removed", "new")
    engine.run({"content/x.md"}, {"content/x.md"})
    assert engine.shown == [{"x/index.html": "new"}]


def test_what_follows_closely_is_built_together(tmp_path: Path) -> None:
    """The first save of a burst is built at once, the rest as one."""
    engine = Engine(tmp_path, "changed", "changed")
    engine.run({"a"}, {"b"}, {"c"}, {"d"})
    assert engine.given == [{"a"}, {"b", "c", "d"}]
