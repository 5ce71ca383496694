"""What runs after a save: a build, whose result is sent to the open browsers and the terminal."""

import os
import tempfile
import time
import webbrowser
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tornado.ioloop import IOLoop

from tiebreak.build import Builder, Report
from tiebreak.build import Options as BuildOptions
from tiebreak.content import SETTINGS, no_settings
from tiebreak.preview.server import PreviewServer, Screen, listen, port_of, preview_url
from tiebreak.preview.watcher import Watcher
from tiebreak.problems import Problem, SiteError, report

Notify = Callable[[str], None]
# Builds what follows from the saved paths (see watcher.bursts). May raise SiteError; is then given them again.
Rebuild = Callable[[frozenset[str]], Report]

# Seconds. A save after a pause is built at once. What follows so close is a burst, such as a change of branch, and is
# built as one when it is over. Bad news waits too: a save in two steps leaves a file missing or empty in between.
CLOSE, QUIET, LONGEST, BAD_NEWS = 0.1, 0.03, 1.0, 0.05


@dataclass(frozen=True)
class Options:
    """What a preview is asked to do. `allowed` are names by which it may be asked beside its own."""

    project: Path
    host: str
    port: int
    allowed: tuple[str, ...] = ()
    poll: bool = False  # look for saves, instead of waiting for the system to report them
    open_browser: bool = False
    drafts: bool = False
    future: bool = False
    today: date | None = None


def serve(options: Options, notify: Notify) -> None:
    """Serve a preview of the project until interrupted; nothing is left behind.

    Raises OSError when the port cannot be had, and SiteError where there is no project.
    """
    project, host = options.project, options.host
    if not os.path.lexists(project / SETTINGS):
        raise SiteError([no_settings()])
    listener = listen(host, options.port)
    url = preview_url(host, port_of(listener))
    with tempfile.TemporaryDirectory(prefix="tiebreak-") as folder:
        screen = Screen(Path(folder).resolve() / "site")
        screen.folder.mkdir()
        with (
            closing(Builder(_options(options, screen.folder, url))) as builder,
            closing(Watcher(project.resolve(), poll=options.poll)) as watcher,
        ):
            server = PreviewServer(screen, listener, (host, *options.allowed), watcher)
            preview = Preview(builder.build, screen, server.notify_browsers, notify)
            preview.start(watcher.begin())
            watcher.follow(preview.on_save, notify)
            notify(f"preview at {url} (Ctrl-C ends it)")
            if options.open_browser:
                webbrowser.open(url)
            server.serve()


def _options(asked: Options, output: Path, url: str) -> BuildOptions:
    """Nothing of a preview lies in the project but what its files were read as, which saves the next one the reading.

    Under one name, a new style is a new file and no new page. There is no search, whose index takes a second to make.
    """
    return BuildOptions(
        asked.project,
        output,
        url,
        "",  # the preview reads no settings of hosts
        asked.drafts,
        asked.future,
        asked.today,
        state=output.parent / "state",
        cache=asked.project / ".tiebreak",
        lasting_names=True,
        search=False,
    )


class Preview:
    """The project, built again after every burst of saves. All of its methods run in the server's thread."""

    def __init__(
        self, rebuild: Rebuild, screen: Screen, show: Callable[[dict[str, str]], None], notify: Notify
    ) -> None:
        self._rebuild, self._screen, self._show, self._notify = rebuild, screen, show, notify
        self._unbuilt: frozenset[str] = frozenset()  # saved since the last build that succeeded
        self._untold: dict[str, str] = {}  # what happened to each file since the browsers were notified
        self._words = ""
        self._problems: tuple[Problem, ...] = ()
        self._saved = self._built = 0.0
        self._timer: object | None = None

    def start(self, everything: frozenset[str]) -> None:
        self._unbuilt = everything
        self._build()
        self._announce()

    def on_save(self, files: frozenset[str]) -> None:
        loop = IOLoop.current()
        if self._timer:
            loop.remove_timeout(self._timer)
        self._unbuilt |= files
        now = loop.time()
        in_burst = now - max(self._saved, self._built) < CLOSE
        self._saved = now
        if in_burst:
            self._timer = loop.call_at(min(now + QUIET, self._built + LONGEST), self._follow)
        else:
            self._follow()

    def _follow(self) -> None:
        if self._build():
            self._announce()
        else:
            self._timer = IOLoop.current().call_later(BAD_NEWS, self._announce)

    def _build(self) -> bool:
        """Build, and return whether the result can be shown at once."""
        start = time.perf_counter()
        try:
            made = self._rebuild(self._unbuilt)
        except SiteError as error:
            self._problems = error.problems
        except OSError as error:  # a file can vanish between the save and the read
            self._problems = (Problem(str(error.filename or ""), 0, 0, "unreadable", str(error.strerror)),)
        else:
            self._problems = ()
            self._unbuilt = frozenset()
            self._untold |= made.done
            took = (time.perf_counter() - start) * 1000
            self._words = f"{len(made.paths)} files, {len(made.done)} changed, {took:.0f} ms"
        self._screen.built()
        self._built = IOLoop.current().time()
        return not self._problems and "removed" not in self._untold.values()

    def _announce(self) -> None:
        self._timer = None
        self._screen.problems = [problem.as_text() for problem in self._problems]
        self._show(self._untold)
        self._untold = {}
        self._notify(report(self._problems, "text") or self._words)
