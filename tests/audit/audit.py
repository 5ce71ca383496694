"""A built site before other people's tools: Nu, html-validate, stylelint, tsc, schema-dts, lychee, Readability,
feedparser, lxml, WebKit, Firefox, nginx, Caddy, Apache, wrangler, and the routing of Netlify and Vercel, Lighthouse.

`python tests/audit/audit.py site --tools .audit` prints what each has to say, and exits with 1 if one of them objects.
"""

import argparse
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import engines
import feedparser
import on_hosts
from defusedxml import ElementTree
from extraction import AUTHOR, extremes, lost
from lxml import etree
from published import DRINKS, ROOT, publish_copy
from samples import linked

HERE = Path(__file__).resolve().parent
FLAGSHIP = "compare/pytorch-vs-tensorflow/"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
# Performance is a measurement, and shared machines are noisy; the rest is arithmetic.
FLOORS = {"performance": 0.95, "accessibility": 1.0, "best-practices": 1.0, "seo": 1.0}
CHROMIUM_FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-quic"


@dataclass(frozen=True)
class Audit:
    """The site to look at, and where the node tools lie."""

    site: Path
    tools: Path

    @property
    def base_url(self) -> str:
        """The public address of the front page, as the site itself gives it."""
        first = ElementTree.parse(self.site / "sitemap.xml").find(f".//{SITEMAP}")
        assert first is not None
        return str(first.text)

    def tool(self, name: str) -> str:
        return str(self.tools / "node_modules" / ".bin" / name)


def run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    words = [str(word) for word in command]
    return subprocess.run(
        words, capture_output=True, text=True, check=False, timeout=300, env={**os.environ, **environment}
    )


def complaints(done: subprocess.CompletedProcess[str]) -> Iterator[str]:
    """What a tool printed, when it failed."""
    if done.returncode:
        yield (done.stdout + done.stderr).strip() or f"exit status {done.returncode}"


def nu(audit: Audit) -> Iterator[str]:
    """No page and no drawing has an error."""
    jar = audit.tools / "node_modules/vnu-jar/build/dist/vnu.jar"
    java: list[str | Path] = ["java", "-Xss8m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", jar]
    options: list[str | Path] = ["--errors-only", "--skip-non-html", "--also-check-svg", "--format", "json", audit.site]
    done = run(*java, *options)
    messages = json.loads(done.stderr)["messages"]
    for message in messages:
        yield f"{message.get('url')}:{message.get('lastLine')}: {message['message']}"
    if done.returncode and not messages:
        yield f"exit status {done.returncode}"


def html_validate(audit: Audit) -> Iterator[str]:
    yield from complaints(
        run(audit.tool("html-validate"), "--config", HERE / "html-validate.json", f"{audit.site}/**/*.html")
    )


def stylelint(audit: Audit) -> Iterator[str]:
    """The stylesheets, as published; it resolves its configuration from where the tools lie."""
    options: list[str | Path] = [
        "--config",
        HERE / "stylelint.json",
        "--config-basedir",
        audit.tools,
        "--allow-empty-input=false",
    ]
    yield from complaints(run(audit.tool("stylelint"), *options, f"{audit.site}/assets/*.css"))


def types(audit: Audit) -> Iterator[str]:
    """The theme's scripts, by what their comments say, with the words of the built site."""
    words = next(audit.site.glob("assets/js.*/words.js"))
    with tempfile.TemporaryDirectory() as folder:
        scripts = shutil.copytree(HERE.parents[1] / "static/js", Path(folder) / "js")
        shutil.copy(words, scripts)
        language = ["--target", "es2023", "--lib", "es2023,dom,dom.iterable", "--module", "esnext"]
        options = ["--noEmit", "--allowJs", "--checkJs", "--strict", *language, "--moduleResolution", "bundler"]
        yield from complaints(run(audit.tool("tsc"), *options, *sorted(scripts.glob("*.js"))))


def structured_data(audit: Audit) -> Iterator[str]:
    """What a page of each kind tells search engines, by the types of schema.org."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "node_modules").symlink_to(audit.tools / "node_modules")
        script, lines = Path(folder) / "data.ts", ['import type { Graph } from "schema-dts";']
        for place, page in enumerate(sorted({address.partition("?")[0] for address in sample(audit.site)})):
            tree = etree.parse(audit.site / page / "index.html", etree.HTMLParser(encoding="utf-8"))
            (data,) = tree.xpath("//script[@type='application/ld+json']/text()")
            lines.append(f"export const page{place}: Graph = {data};")
        script.write_text("\n".join(lines), "utf-8")
        options = ["--noEmit", "--strict", "--target", "es2023", "--module", "esnext", "--moduleResolution", "bundler"]
        yield from complaints(run(audit.tool("tsc"), *options, script))


def lychee(audit: Audit) -> Iterator[str]:
    """Every link and fragment within the site leads somewhere, the absolute ones of feeds and sitemap included."""
    options = ["--offline", "--include-fragments", "--index-files", "index.html", "--no-progress"]
    places = ["--root-dir", str(audit.site), "--remap", f"^{audit.base_url}(.*) file://{audit.site}/$1"]
    files = [f"{audit.site}/{name}" for name in ("**/*.html", "**/feed.xml", "sitemap.xml")]
    yield from complaints(run(Path(sys.executable).parent / "lychee", *options, *places, *files))


def feed(audit: Audit) -> Iterator[str]:
    """Every one is read without a fault, and has something in it."""
    for file in sorted(audit.site.rglob("feed.xml")):
        parsed = feedparser.parse(file.read_bytes())
        if parsed.bozo:
            yield f"{file}: {parsed.bozo_exception}"
        if not parsed.entries:
            yield f"{file} has no entry"


def sitemap(audit: Audit) -> Iterator[str]:
    schema = etree.XMLSchema(file=audit.tools / "node_modules/sitemap/schema/sitemap.xsd")
    schema.validate(etree.parse(audit.site / "sitemap.xml"))
    yield from map(str, schema.error_log)


def vulnerabilities(_: Audit) -> Iterator[str]:
    """Nothing that users install has a known hole, as far as pip-audit reaches what is known."""
    listed = (ROOT / "THIRD_PARTY.md").read_text("utf-8").lower().replace("_", "-")
    options = ["--format", "json", "--progress-spinner", "off", "--skip-editable"]
    done = run(Path(sys.executable).parent / "pip-audit", *options)
    try:
        found = json.loads(done.stdout)["dependencies"]
    except ValueError:
        found = []
    names = set(re.findall(r"^\| (\S+) \|", listed, re.MULTILINE))
    asked = [one for one in found if "skip_reason" not in one and one["name"].lower().replace("_", "-") in names]
    if not asked:
        print("  pip-audit: skipped, it cannot reach what is known of packages")
    for one in asked:
        yield from (f"{one['name']} {one['version']}: {hole['id']}" for hole in one["vulns"])


def other_engines(audit: Audit) -> Iterator[str]:
    """In WebKit and in Firefox, where they are here, links and controls are seen, and tools work without an error."""
    script = (HERE / "smoke.js").read_text("utf-8")
    with served(audit.site, NotingHandler) as origin:
        for browser in (engines.webkit, engines.firefox):
            with browser() as engine:
                if not engine:
                    print(f"  {browser.__name__}: skipped, it is not installed")
                    continue
                for page in sample(audit.site):
                    engine.open(origin + page)
                    yield from (f"{browser.__name__}: {page}: {wrong}" for wrong in engine.run(script))


def hosts(audit: Audit) -> Iterator[str]:
    """Redirects, headers and settings do what they are meant to on the hosts that are here."""
    with tempfile.TemporaryDirectory() as folder:
        project = on_hosts.prepared(Path(folder) / "project")
        for name, (_, needed) in on_hosts.RUN.items():
            if on_hosts.is_here(needed, audit.tools):
                found = on_hosts.wrong(name, project, audit.tools, Path(folder) / name)
                yield from (f"{name}: {wrong}" for wrong in found)
            else:
                print(f"  {name}: skipped, {needed} is not installed")


def lighthouse(audit: Audit) -> Iterator[str]:
    """A page of each important kind, as a phone sees it."""
    with served(audit.site) as origin:
        for page in sample(audit.site):
            scores = best_scores(audit, origin + page)
            print(f"  {page}: " + ", ".join(f"{name} {score:.2f}" for name, score in scores.items()))
            yield from (
                f"{page}: {name} {scores[name]:.2f} is below {floor}"
                for name, floor in FLOORS.items()
                if scores[name] < floor
            )


def best_scores(audit: Audit, url: str) -> Mapping[str, float]:
    """The best of up to three looks: what else the machine does can only slow a page down."""
    scores = lighthouse_scores(audit, url)
    for _ in range(2):
        if scores["performance"] >= FLOORS["performance"]:
            break
        scores = max(scores, lighthouse_scores(audit, url), key=lambda found: found["performance"])
    return scores


def lighthouse_scores(audit: Audit, url: str) -> Mapping[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report.json"
        options = ["--quiet", "--output=json", f"--output-path={out}", f"--chrome-flags={CHROMIUM_FLAGS}"]
        done = run(audit.tool("lighthouse"), url, *options, CHROME_PATH=os.environ.get("CHROMIUM", ""))
        if done.returncode:
            sys.exit(f"lighthouse {url}: {done.stderr}")
        categories = json.loads(out.read_bytes())["categories"]
    return {name: categories[name]["score"] or 0.0 for name in FLOORS}


def sample(site: Path) -> list[str]:
    """The front page, the list, subjects side by side, the flagship, the longest comparison, and one of every other
    kind: a subject, a category, a measurement, a page of the guide.
    """
    longest = max(site.glob("compare/*/index.html"), key=lambda path: path.stat().st_size)
    others = [min(site.glob(f"{kind}/*/index.html")) for kind in ("subjects", "categories", "measurements")]
    places = (
        path.parent.relative_to(site).as_posix() for path in (longest, *others, max(site.glob("guide/**/index.html")))
    )
    return ["", "compare/", "compare/?with=jax,tensorflow", FLAGSHIP, *(f"{place}/" for place in places)]


def readability(audit: Audit) -> Iterator[str]:
    """The pick, every row, every note and the verdict of each comparison are left in a reader mode, and
    it names the author, for whom it takes no heading.

    Pages are built anew, of content that is at hand: what must be left is known by it.
    """
    with tempfile.TemporaryDirectory() as name:
        made = extremes(Path(name) / "extremes")
        for number, project in enumerate((ROOT, DRINKS, made)):
            folder = Path(name) / str(number)
            output = publish_copy(project, folder)
            site, _ = linked(folder)
            pages = [output / f"compare/{comparison.slug}/index.html" for comparison in site.whole]
            done = run("node", HERE / "readability.mjs", audit.tools, *pages)
            if done.returncode:
                sys.exit(f"readability: {done.stderr}")
            for comparison, told in zip(site.whole, json.loads(done.stdout), strict=True):
                yield from (f"compare/{comparison.slug}/: lost {part}" for part in lost(comparison, told["text"]))
                if told["author"] != (comparison.author or site.settings.title):
                    yield f"compare/{comparison.slug}/: it is by {told['author']!r}"
                if any(heading.text == AUTHOR for heading in comparison.body.headings) and AUTHOR not in told["text"]:
                    yield f"compare/{comparison.slug}/: lost the heading {AUTHOR!r}"


@contextmanager
def served(site: Path, handler: type["QuietHandler"] | None = None) -> Iterator[str]:
    """The site on a port of this machine."""
    answer = partial(handler or QuietHandler, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class QuietHandler(SimpleHTTPRequestHandler):
    """A static host that compresses text, as they do."""

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        kind = self.guess_type(str(file))
        if not file.is_file() or not kind.startswith(("text/", "application/j", "image/svg")):
            super().do_GET()
            return
        body = gzip.compress(self.content(file), 9)
        self.send_response(200)
        headers = {"Content-Type": kind, "Content-Encoding": "gzip", "Content-Length": str(len(body))}
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(ConnectionError):  # a browser leaves a page before it has all of it
            self.wfile.write(body)

    def content(self, file: Path) -> bytes:
        return file.read_bytes()

    def log_message(self, format: str, *args: object) -> None:
        """Requests are not news here."""


class NotingHandler(QuietHandler):
    """A host whose pages note the errors of their scripts, and what does not load, in `faults`."""

    NOTES = (
        b"<head><script>faults = []; const note = (what) => void faults.push(String(what));"
        b"addEventListener('error', (event) => note(event.message || event.target.outerHTML), true);"
        b"addEventListener('unhandledrejection', (event) => note(event.reason));</script>"
    )

    def content(self, file: Path) -> bytes:
        return super().content(file).replace(b"<head>", self.NOTES, 1)


CHECKS: tuple[Callable[[Audit], Iterator[str]], ...] = (
    nu,
    html_validate,
    stylelint,
    types,
    structured_data,
    feed,
    sitemap,
    lychee,
    vulnerabilities,
    readability,
    other_engines,
    hosts,
    lighthouse,
)


def main() -> None:
    names = [check.__name__ for check in CHECKS]
    parser = argparse.ArgumentParser(description="Check a built site with other people's tools.")
    parser.add_argument("site", type=Path)
    parser.add_argument("--tools", type=Path, required=True, help="the folder that holds node_modules/")
    parser.add_argument("--only", choices=names, action="append", help="leave out the other checks")
    arguments = parser.parse_args()
    audit = Audit(arguments.site.resolve(), arguments.tools.resolve())
    failed = []
    for check in CHECKS:
        if check.__name__ in (arguments.only or names):
            print(check.__name__, flush=True)
            found = list(check(audit))
            for complaint in found:
                print(f"  {complaint}", flush=True)
            failed += [check.__name__] if found else []
    sys.exit(f"failed: {', '.join(failed)}" if failed else 0)


if __name__ == "__main__":
    main()
