"""Sites on real hosts: nginx, Caddy, Apache, Cloudflare's wrangler, and the routing of Netlify and Vercel.

Each serves a site that was built for it, below a path, with what the build wrote as its only settings.
"""

import gzip
import http.client
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from published import DRINKS, copied

from tiebreak.build.pipeline import Options, build
from tiebreak.hosts import policy

ROUTING = Path(__file__).resolve().parents[1] / "audit/hosts.mjs"
PREFIX = "/picks/"
MIRROR, ALIAS = "compare/coffee-vs-tea/", "old/tea/"
TARGET = "compare/tea-vs-coffee/"
WAIT = 60.0  # seconds for a host to begin
FILES = {
    "assets/style.0.css": "/* not named by its content */",
    "assets/js.mine/x.js": "// nor is this",
    "twin.md": "# A twin, long enough to be worth it\n" * 20,
    "site.webmanifest": '{"name": "Drinks"}',
}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


def ask(port: int, path: str, **headers: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    found = {name.lower(): value for name, value in answer.getheaders()}
    body = answer.read()
    connection.close()
    return Answer(answer.status, found, body)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def running(port: int, *command: str | Path, folder: Path, **environment: str) -> Iterator[int]:
    """A server on this port, until the end; its output is told where it does not begin."""
    log = folder / "log"
    with log.open("wb") as output:
        surroundings = {**os.environ, "HOME": str(folder), **environment}
        words = [str(word) for word in command]
        process = subprocess.Popen(
            words, stdout=output, stderr=output, cwd=folder, env=surroundings, start_new_session=True
        )
    try:
        until = time.monotonic() + WAIT
        while not _answers(port):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"{words[0]} does not run: {log.read_text('utf-8')[-2000:]}")
            time.sleep(0.1)
        yield port
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _answers(port: int) -> bool:
    with suppress(OSError, http.client.HTTPException):
        return ask(port, "/").status > 0
    return False


@dataclass(frozen=True)
class Place:
    """A folder whose `root` a host serves, with the site below PREFIX in it; `tools` are those of node."""

    folder: Path
    tools: Path

    @property
    def root(self) -> Path:
        return self.folder / "root"

    @property
    def site(self) -> Path:
        return self.root / PREFIX.strip("/")

    def lifted(self, *names: str) -> None:
        """Move files of the site to the root, where hosts look for them."""
        for name in names:
            (self.site / name).rename(self.root / name)


@contextmanager
def nginx(place: Place) -> Iterator[int]:
    port = free_port()
    settings = place.folder / "nginx.conf"
    settings.write_text(
        f"daemon off; pid {place.folder}/pid; error_log stderr; worker_processes 1; events {{ }}\n"
        f"{'user root;' if os.getuid() == 0 else ''} http {{ include /etc/nginx/mime.types; access_log off;\n"
        f"server {{ listen 127.0.0.1:{port}; root {place.root}; include {place.site}/_nginx.conf; }} }}\n"
    )
    with running(port, "nginx", "-p", place.folder, "-c", settings, folder=place.folder):
        yield port


@contextmanager
def caddy(place: Place) -> Iterator[int]:
    port = free_port()
    settings = place.folder / "Caddyfile"
    settings.write_text(
        "{\n admin off\n auto_https off\n}\n"
        f"http://127.0.0.1:{port} {{\n root * {place.root}\n import {place.site}/_Caddyfile\n}}\n"
    )
    with running(port, "caddy", "run", "--adapter", "caddyfile", "--config", settings, folder=place.folder):
        yield port


@contextmanager
def apache(place: Place) -> Iterator[int]:
    port, settings = free_port(), place.folder / "httpd.conf"
    modules = Path("/usr/lib/apache2/modules")
    names = "mpm_event authz_core mime dir headers filter deflate brotli alias rewrite".split()
    loaded = [f"LoadModule {name}_module {modules}/mod_{name}.so" for name in names]
    lines = [
        f"ServerRoot {place.folder}",
        f"Listen 127.0.0.1:{port}",
        "ServerName localhost",
        f"PidFile {place.folder}/pid",
    ]
    lines += [*loaded, "ErrorLog /dev/stderr", "TypesConfig /etc/mime.types", f"DocumentRoot {place.root}"]
    lines += [f"<Directory {place.root}>", "AllowOverride FileInfo", "Require all granted", "</Directory>"]
    lines += ['<FilesMatch "^\\.ht">', "Require all denied", "</FilesMatch>"]
    settings.write_text("\n".join(lines) + "\n")
    with running(port, "apache2", "-f", settings, "-DFOREGROUND", folder=place.folder):
        yield port


@contextmanager
def cloudflare(place: Place) -> Iterator[int]:
    place.lifted("_headers", "_redirects")
    port, wrangler = free_port(), place.tools / "node_modules/.bin/wrangler"
    command: list[str | Path] = [wrangler, "pages", "dev", place.root, "--port", str(port), "--ip", "127.0.0.1"]
    command += ["--compatibility-date", "2026-01-01", "--inspector-port", str(free_port())]
    with running(port, *command, folder=place.folder, CI="1", WRANGLER_SEND_METRICS="false"):
        yield port


@contextmanager
def _of_node(place: Place, name: str, *lifted: str) -> Iterator[int]:
    place.lifted(*lifted)
    shutil.copy(place.site / "404.html", place.root)
    process = subprocess.Popen(["node", ROUTING, place.tools, name, place.root], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    try:
        yield int(process.stdout.readline())
    finally:
        process.kill()
        process.wait()


def netlify(place: Place) -> AbstractContextManager[int]:
    return _of_node(place, "netlify", "_headers", "_redirects")


def vercel(place: Place) -> AbstractContextManager[int]:
    return _of_node(place, "vercel", "vercel.json")


# By the name of the host, how it is run, and the program or the package that this takes.
RUN: Mapping[str, tuple[Callable[[Place], AbstractContextManager[int]], str]] = {
    "nginx": (nginx, "nginx"),
    "caddy": (caddy, "caddy"),
    "apache": (apache, "apache2"),
    "cloudflare": (cloudflare, "wrangler"),
    "netlify": (netlify, "@netlify/redirects"),
    "vercel": (vercel, "@vercel/routing-utils"),
}
SERVERS = ("nginx", "caddy", "apache")  # that do by themselves what the others' networks do


def is_here(needed: str, tools: Path) -> bool:
    """Whether a program is installed, or a package of node among the tools."""
    search = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"])
    return bool(shutil.which(needed, path=search)) or (tools / "node_modules" / needed).is_dir()


def prepared(folder: Path) -> Path:
    """The project whose site every host serves, with files of its owner beside those with digests in their names."""
    project = copied(DRINKS, folder)
    for path, text in FILES.items():
        (project / "static" / path).parent.mkdir(parents=True, exist_ok=True)
        (project / "static" / path).write_text(text)
    return project


def wrong(name: str, project: Path, tools: Path, folder: Path) -> Iterator[str]:
    """What a host answers otherwise than it should, with a site that was built for it."""
    place = Place(folder, tools)
    place.root.mkdir(parents=True)
    base_url = f"https://example.org{PREFIX}"
    build(Options(project, output=place.site, base_url=base_url, host=name, compress=name in SERVERS[:2]))
    with RUN[name][0](place) as port:
        for path, expected in _expected(place, name):
            answer = ask(port, PREFIX + path, Accept_Encoding="identity")
            yield from (f"{path}: {said}" for said in _differences(answer, expected))
        if name in SERVERS:
            yield from _compression(name, place, port)
        if name == "vercel":  # its network adds the query, which is not in its package
            return
        query = ask(port, f"{PREFIX}{MIRROR}?with=x").headers.get("location", "")
        if not query.endswith(f"{PREFIX}{TARGET}?with=x"):
            yield f"{MIRROR}: the query is lost on the way to {query}"


Expected = Mapping[str, str | int | bytes | None]


def _expected(place: Place, name: str) -> Iterator[tuple[str, Expected]]:
    """What is asked for, and what is answered: a status, headers, and the body."""
    common: Expected = {"content-security-policy": policy(search=False), "x-content-type-options": "nosniff"}
    kept = "public, max-age=31536000, immutable"
    for old in (MIRROR, ALIAS):
        yield old, {"status": 301, "location": f"{PREFIX}{TARGET}"}
    yield "begin.html", {"status": 301, "location": f"{PREFIX}guide/start/"}
    yield "", {**common, "status": 200, "immutable": 0, "content-type": "text/html; charset=utf-8"}
    yield TARGET, {**common, "status": 200, "immutable": 0}
    for missing in ("nothing/at/all/", "nothing.png"):
        yield missing, {**common, "status": 404, "body": (place.site / "404.html").read_bytes(), "immutable": 0}
    for file in sorted([*place.site.glob("assets/*.css"), *place.site.glob("assets/js.*/*.js")]):
        path = file.relative_to(place.site).as_posix()
        is_ours = path not in FILES
        yield path, {**common, "status": 200, "immutable": int(is_ours), **({"cache-control": kept} if is_ours else {})}
    yield "feed.xml", {**common, "status": 200, "content-type": "application/atom+xml; charset=utf-8"}
    yield "changes/feed.xml", {"status": 200, "content-type": "application/atom+xml; charset=utf-8"}
    yield "twin.md", {**common, "status": 200, "content-type": "text/markdown; charset=utf-8"}
    yield "site.webmanifest", {"status": 200, "content-type": "application/manifest+json; charset=utf-8"}
    for own in ("_nginx.conf", "_Caddyfile", ".htaccess"):
        if (place.site / own).exists():
            yield own, {"status": 403 if name == "apache" else 404}


def _differences(answer: Answer, expected: Expected) -> Iterator[str]:
    kept = int("immutable" in answer.headers.get("cache-control", ""))
    found: Expected = {**answer.headers, "status": answer.status, "body": answer.body, "immutable": kept}
    for name, value in expected.items():
        got = found.get(name)
        got = got.lower().replace("; charset", ";charset") if name == "content-type" and isinstance(got, str) else got
        value = value.replace("; charset", ";charset") if name == "content-type" and isinstance(value, str) else value
        if name == "location" and isinstance(got, str):
            got = "/" + got.partition("//")[2].partition("/")[2] if "//" in got else got
        if got != value:
            yield f"{name} is {got!r} and not {value!r}"


def _compression(name: str, place: Place, port: int) -> Iterator[str]:
    """Pages and texts come compressed, and where they lie so beside the others, as they lie there."""
    for path, file in (("", "index.html"), ("feed.xml", "feed.xml"), ("twin.md", "twin.md")):
        plain = (place.site / file).read_bytes()
        answer = ask(port, PREFIX + path, Accept_Encoding="gzip")
        if answer.headers.get("content-encoding") != "gzip" or gzip.decompress(answer.body) != plain:
            yield f"{file} does not come as gzip: {answer.headers}"
        elif name != "apache" and answer.body != (place.site / f"{file}.gz").read_bytes():
            yield f"{file} is compressed anew"
        if "accept-encoding" not in answer.headers.get("vary", "").lower():
            yield f"{file} does not say that it varies"
    if name == "caddy" and ask(port, PREFIX, Accept_Encoding="br").body != (place.site / "index.html.br").read_bytes():
        yield "index.html does not come as Brotli"
