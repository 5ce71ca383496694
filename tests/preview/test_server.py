"""What browsers see of a preview: pages that follow it, and files as they are now; who it listens to."""

import asyncio
import html
import json
import re
import socket
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tiebreak.preview.server import PreviewServer, Screen, listen, port_of, preview_url
from tiebreak.preview.watcher import Watcher

PAGE = "<!doctype html>\n<title>Tea</title>\n"


class Answer:
    """An answer of the server."""

    def __init__(self, url: str, **headers: str) -> None:
        try:
            with urlopen(Request(url, headers=headers), timeout=20) as answer:
                self.status, self.headers, self.text = answer.status, answer.headers, answer.read().decode()
        except HTTPError as error:
            with error:
                self.status, self.headers, self.text = error.code, error.headers, error.read().decode()


class Shown:
    """A screen on a server of its own, in a thread."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        self._listener = listen("127.0.0.1", 0)
        self.port = port_of(self._listener)
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.call_soon(PreviewServer(self.screen, self._listener, ["127.0.0.1"], Watcher(Path())).application)
        self._loop.run_forever()

    def get(self, path: str = "", **headers: str) -> Answer:
        return Answer(f"{preview_url('127.0.0.1', self.port)}{path}", **headers)

    def end(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(20)
        self._loop.close()
        self._listener.close()


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[Shown]:
    for path, text in {"index.html": PAGE, "tea/index.html": PAGE, "own.txt": "mine"}.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    found = Shown(Screen(tmp_path.resolve()))
    yield found
    found.end()


def script(text: str) -> tuple[str, list[str]]:
    """The state and the problems that a page is given."""
    found = re.search(r'<script defer src="/\.tiebreak/preview\.js" data-state="(\w+)" data-problems="(.*?)">', text)
    assert found
    return found[1], json.loads(html.unescape(found[2]))


# --- what is shown ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", "index.html", "tea/", "tea/index.html"])
def test_a_page_is_as_built_with_a_script_behind_it(shown: Shown, path: str) -> None:
    """The script knows which build the page is of, and what is wrong since."""
    answer = shown.get(path)
    assert answer.status == 200
    assert answer.text.startswith(PAGE + "<script")
    assert script(answer.text) == (shown.screen.revision, [])


def test_what_is_wrong_stands_in_the_page_as_text(shown: Shown) -> None:
    """Whatever characters an author's file has in it."""
    shown.screen.problems = ["a.md:1:1: error[x]: \"</script>\" & 'é'"]
    text = shown.get().text
    assert text.count("</script>") == 1
    assert script(text)[1] == shown.screen.problems


def test_other_files_are_sent_as_they_are(shown: Shown) -> None:
    """Without a script, and never from what a browser kept."""
    answer = shown.get("own.txt")
    assert (answer.status, answer.text) == (200, "mine")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Etag" not in answer.headers
    (shown.screen.folder / "own.txt").write_text("ours")
    assert shown.get("own.txt").text == "ours"


def test_a_missing_page_is_the_sites_own(shown: Shown) -> None:
    """It follows the preview as well; before anything was built, another stands in for it."""
    answer = shown.get("no/such/page/")
    assert answer.status == 503
    assert "Nothing to show yet" in answer.text
    (shown.screen.folder / "404.html").write_text("Lost.")
    answer = shown.get("no/such/page/")
    assert answer.status == 404
    assert answer.text.startswith("Lost.<script")


# --- what browsers are told -------------------------------------------------------------------------------------------

# Where a browser is, what a build did, whether that is another page now, and which files it may have to fetch anew.
UPDATES: dict[str, tuple[str, dict[str, str], bool, list[str]]] = {
    "its page": ("http://x/tea/", {"tea/index.html": "changed"}, True, []),
    "its page by its whole name": ("http://x/tea/index.html?a#b", {"tea/index.html": "changed"}, True, []),
    "another page": ("http://x/tea/", {"index.html": "changed"}, False, []),
    "the front page": ("http://x", {"index.html": "changed"}, True, []),
    "a style": ("http://x/tea/", {"assets/style.css": "changed"}, False, ["assets/style.css"]),
    "a file that went": ("http://x/tea/", {"own.txt": "removed"}, False, []),
    "a page that is not there": ("http://x/none/", {"404.html": "changed"}, True, []),
    "a page that has come": ("http://x/none/", {"none/index.html": "new"}, True, []),
    "the missing page, elsewhere": ("http://x/tea/", {"404.html": "changed"}, False, []),
    "a name in other characters": ("http://x/t%65a/", {"tea/index.html": "changed"}, True, []),
}


@pytest.mark.parametrize(("url", "done", "page", "files"), UPDATES.values(), ids=UPDATES)
def test_a_browser_is_told_what_concerns_it(
    tmp_path: Path, url: str, done: dict[str, str], page: bool, files: list[str]
) -> None:
    """Whether its page is another one, and which files besides."""
    (tmp_path / "tea").mkdir()
    for path in ("index.html", "tea/index.html", "404.html"):
        (tmp_path / path).write_text(PAGE)
    screen = Screen(tmp_path, problems=["wrong"])
    assert screen.update(url, done) == {"state": screen.revision, "problems": ["wrong"], "page": page, "files": files}


def test_every_build_has_a_state_of_its_own(tmp_path: Path) -> None:
    """So that a page can tell that it missed one."""
    screen, states = Screen(tmp_path), set()
    for _ in range(3):
        states.add(screen.revision)
        screen.built()
    assert len(states | {screen.revision}) == 4


# --- who is answered --------------------------------------------------------------------------------------------------


def test_only_its_own_names_are_answered(shown: Shown) -> None:
    """Under any port, as a container or a tunnel has it, whatever the address on the line is."""
    own = ("localhost", "LocalHost", "picks.localhost", "127.0.0.1", "127.1.2.3", "[::1]")
    foreign = (
        "evil.example",
        "localhost.evil.example",
        "notlocalhost",
        "127.0.0.1.evil.example",
        "192.0.2.7",
        "[2001:db8::7]",
    )
    names = {f"{name}{port}": 200 for name in own for port in ("", ":1", f":{shown.port}")}
    names |= {f"{name}{port}": 403 for name in foreign for port in ("", ":1", f":{shown.port}")}
    assert {name: shown.get(Host=name).status for name in names} == names


def test_the_redirect_to_a_slash_keeps_the_query(shown: Shown) -> None:
    """What a reader has set on a page stands there."""
    for path, place in {"tea?with=a,b&x=%26": "/tea/?with=a,b&x=%26", "tea": "/tea/"}.items():
        asked = HTTPConnection("127.0.0.1", shown.port)
        asked.request("GET", f"/{path}")
        with closing(asked):
            assert asked.getresponse().headers["Location"] == place


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="symbolic links need a privilege elsewhere")
def test_no_link_leads_out(shown: Shown, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What lies elsewhere is not of the site, even where the site has a link to it."""
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.txt"
    secret.write_text("secret")
    (shown.screen.folder / "link.txt").symlink_to(secret)
    answer = shown.get("link.txt")
    assert answer.status == 403
    assert "secret" not in answer.text


def test_a_taken_port_is_told_with_a_way_out() -> None:
    """And 0 is any that is free."""
    with listen("127.0.0.1", 0) as one, listen("127.0.0.1", 0) as other:
        assert port_of(one) != port_of(other)
        advice = rf"127\.0\.0\.1:{port_of(one)} cannot be listened on \(.+\); name another --port or --host"
        with pytest.raises(OSError, match=advice):
            listen("127.0.0.1", port_of(one))


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("0.0.0.0", "http://127.0.0.1:8000/"),
        ("::1", "http://[::1]:8000/"),
        ("::", "http://[::1]:8000/"),
        ("box.example", "http://box.example:8000/"),
    ],
)
def test_the_address_to_open_can_be_opened(host: str, url: str) -> None:
    """An IPv6 address stands in brackets, and "everywhere" is no place to go to."""
    assert preview_url(host, 8000) == url
