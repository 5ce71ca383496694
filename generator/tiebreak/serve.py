"""Live preview: livereload's server over a temporary build, rebuilt when the system reports a save."""

import html
import socket
import tempfile
import webbrowser
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event, Thread
from typing import Any

from livereload import Server
from livereload.handlers import LiveReloadHandler, StaticFileHandler
from tornado.ioloop import IOLoop
from watchfiles import watch

from tiebreak.build import Options, build
from tiebreak.problems import Problem, SiteError, report

WATCHED = ("content", "templates", "static")
QUIET_MS = 60  # saves closer together than this make one rebuild


def serve(
    project: Path, *, host: str, port: int, open_browser: bool, drafts: bool, tell: Callable[[str], None]
) -> None:
    """Serve a preview of the project until interrupted. Raises OSError when the port cannot be had."""
    port = _free_port(host, port)
    with tempfile.TemporaryDirectory(prefix="tiebreak-") as folder:
        preview = _Preview(project, Path(folder), f"http://{host}:{port}/", drafts, tell)
        preview.rebuild()
        server = _Server(preview)
        tell(f"preview at {preview.url} (Ctrl-C ends it)")
        if open_browser:
            webbrowser.open(preview.url)
        LiveReloadHandler.DEFAULT_RELOAD_TIME = 0  # a second save at once is a change like any other
        try:
            server.serve(port=port, host=host, root=str(preview.folder))
        finally:
            server.watcher.stop()


def _free_port(host: str, port: int) -> int:
    """`port` itself when it can be had, a free one for 0."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise OSError(
                error.errno, f"{host}:{port} cannot be listened on ({error.strerror}); name another --port"
            ) from None
        return int(probe.getsockname()[1])


class _Preview:
    """The last build: a folder of pages, or the problems that stood in its way."""

    def __init__(self, project: Path, folder: Path, url: str, drafts: bool, tell: Callable[[str], None]) -> None:
        self.project, self.url, self.tell = project, url, tell
        self.folder = folder / "site"
        self.folder.mkdir()
        self.problems: tuple[Problem, ...] = ()
        self._options = Options(
            project, output=self.folder, manifest=folder / "manifest.json", base_url=url, drafts=drafts
        )

    def rebuild(self) -> None:
        """Build again; what is wrong is shown in the terminal and kept for the browser, never raised."""
        try:
            made = build(self._options)
        except SiteError as error:
            self.problems = error.problems
            self.tell(report(error.problems, "text"))
        except OSError as error:  # a file can vanish between the save and the read
            self.problems = (Problem(str(error.filename or ""), 0, 0, "unreadable", str(error.strerror)),)
            self.tell(report(self.problems, "text"))
        else:
            self.problems = ()
            self.tell(f"built {len(made.paths)} files, {len(made.done)} changed")


class _Watcher:
    """livereload's watcher interface over the system's notifications."""

    def __init__(self, preview: _Preview) -> None:
        self._preview = preview
        self._changes: list[tuple[str, float | str | None]] = []
        self._tasks = {"project": None}  # livereload watches the working directory when this is empty
        self.filepath: str | None = None
        self._stopped = Event()
        self._thread: Thread | None = None

    def start(self, callback: Callable[[], None]) -> bool:
        self._thread = Thread(target=self._watch, args=(IOLoop.current(), callback), daemon=True)
        self._thread.start()
        return True

    def stop(self) -> None:
        """Without this the process would not end: the system's notifications are waited for in native code."""
        self._stopped.set()
        if self._thread:
            self._thread.join()

    def examine(self) -> tuple[str | None, float | str | None]:
        return self._changes.pop() if self._changes else (self.filepath, None)

    def _watch(self, loop: IOLoop, callback: Callable[[], None]) -> None:
        root = self._preview.project.resolve()

        def is_ours(_: object, path: str) -> bool:
            parts = Path(path).relative_to(root).parts
            return bool(parts) and parts[0] in WATCHED and not parts[-1].endswith("~")

        for _ in watch(root, watch_filter=is_ours, debounce=QUIET_MS, step=QUIET_MS, stop_event=self._stopped):
            loop.add_callback(self._follow, callback)

    def _follow(self, callback: Callable[[], None]) -> None:
        self._preview.rebuild()
        self._changes.clear()
        self.filepath = "index.html"
        callback()


class _Server(Server):  # type: ignore[misc]
    def __init__(self, preview: _Preview) -> None:
        super().__init__(watcher=_Watcher(preview))
        self._preview = preview

    def get_web_handlers(self, _script: bytes) -> list[Any]:
        settings = {"path": self.root, "default_filename": "index.html", "preview": self._preview}
        return [(r"/(.*)", _Handler, settings)]

    def _setup_logging(self) -> None:
        """The preview speaks for itself."""


class _Handler(StaticFileHandler):  # type: ignore[misc]
    def initialize(self, path: str, default_filename: str, preview: _Preview) -> None:
        super().initialize(path, default_filename)
        self._preview = preview

    def prepare(self) -> None:
        """While the content is wrong, every page shows what is wrong; the page comes back when it is mended."""
        last = self.request.path.rpartition("/")[2]
        if self._preview.problems and ("." not in last or last.endswith(".html")):
            self.finish(_error_page(self._preview.problems))

    def compute_etag(self) -> str | None:
        """A page of problems is no file, so it has no digest of its own."""
        return None if self._preview.problems else super().compute_etag()

    def set_extra_headers(self, _path: str) -> None:
        self.set_header("Cache-Control", "no-store")

    def write_error(self, status_code: int, **_details: Any) -> None:
        page = self._preview.folder / "404.html"
        self.finish(page.read_bytes() if status_code == 404 and page.exists() else f"{status_code}")


def _error_page(problems: Sequence[Problem]) -> str:
    title = f"{len(problems)} problem{'' if len(problems) == 1 else 's'}"
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }}
body {{ margin: 3rem auto; max-width: 60rem; padding: 0 1.25rem }}
pre {{ font: .875rem/1.5 ui-monospace, monospace; white-space: pre-wrap; border-top: 1px solid; padding-top: 1rem }}
</style>
</head>
<body>
<main id="tiebreak-problems">
<h1>{title} in the content</h1>
<p>This page comes back by itself when they are mended.</p>
<pre>{html.escape(report(problems, "text"))}</pre>
</main>
</body>
</html>
"""
