"""Python Markdown parsers: speed on one generated document, CommonMark examples passed, import time, size."""

import gc
import importlib
import json
import operator
import re
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable
from pathlib import Path

import harness

VERSIONS = {"python-markdown": "3.11.3", "mistune": "3.4.0", "markdown-it-py": "4.3.0", "mistletoe": "1.6.0"}
PACKAGES = {name: "Markdown" if name == "python-markdown" else name for name in VERSIONS}
MODULES = {name: {"python-markdown": "markdown", "markdown-it-py": "markdown_it"}.get(name, name) for name in VERSIONS}
REQUIREMENTS = {name: f"{PACKAGES[name]}=={version}" for name, version in VERSIONS.items()}
RUNS = 15
SECTION = """## Section {n}: a *heading* with `code`

The quick brown fox [jumps](https://example.org/{n} "over") the **lazy** dog, and `len(x) > {n}` is true.
A second line keeps the paragraph going, with <https://example.org/auto/{n}> and a hard break\\
before this one. ![Alt text {n}](image-{n}.png)

1. First item with *emphasis*
2. Second item

    - nested item {n}
    - another **nested** item

3. Third item

> A quotation that runs
> over two lines.

```python
def function_{n}(value: int) -> int:
    return value * {n}  # <not a tag> & not an entity
```

| Name | Value |
| ---- | ----: |
| row {n} | `{n}` |
| other | *text* |

"""


def converters() -> dict[str, Callable[[str], str]]:
    """Each parser with tables and fenced code blocks on, and nothing else beyond what it starts with."""
    markdown, mistune, markdown_it, mistletoe = (importlib.import_module(module) for module in MODULES.values())
    python_markdown = markdown.Markdown(extensions=["tables", "fenced_code"])
    return {
        "python-markdown": lambda text: python_markdown.reset().convert(text),
        "mistune": mistune.create_markdown(escape=False, plugins=["table"]),
        "markdown-it-py": markdown_it.MarkdownIt("commonmark").enable("table").render,
        "mistletoe": mistletoe.markdown,
    }


def tidy(html: str) -> str:
    """The same HTML whatever the spelling of void elements, quotation marks and white space between blocks."""
    html = re.sub(r"\s*/>", ">", html.replace("&quot;", '"'))
    return re.sub(r"\s+", " ", re.sub(r"(?<=>)\s+|\s+(?=<)", "", html)).strip()


def cpu_ms(parsers: dict[str, Callable[[str], str]], text: str) -> dict[str, harness.Spread]:
    """The CPU milliseconds of converting the text, the quickest of three, the parsers taking turns."""
    times: dict[str, list[float]] = {name: [] for name in parsers}
    for _ in range(RUNS):
        for name, convert in parsers.items():
            taken = []
            for _ in range(3):
                gc.collect()
                start = time.process_time()
                convert(text)
                taken.append((time.process_time() - start) * 1000)
            times[name].append(min(taken))
    return {name: harness.spread(values) for name, values in times.items()}


def worker(sections: int, spec: str) -> None:
    """Runs in the environment that has them all; prints what it measured as JSON."""
    text = "".join(SECTION.format(n=n) for n in range(sections))
    parsers = converters()
    outputs = [convert(text) for convert in parsers.values()]
    assert all(len({html.count(tag) for html in outputs}) == 1 for tag in ("<h2", "<li", "<pre", "<td", "<blockquote"))
    examples = json.loads(Path(spec).read_text())
    wanted = [tidy(example["html"]) for example in examples]
    found = {name: [tidy(convert(example["markdown"])) for example in examples] for name, convert in parsers.items()}
    print(json.dumps(harness.plain({
        "bytes": len(text.encode()),
        "convert_ms": cpu_ms(parsers, text),
        "brackets_ms": cpu_ms(parsers, "[" * 2000),
        "commonmark_passed": {name: sum(map(operator.eq, html, wanted)) for name, html in found.items()},
        "commonmark_examples": len(examples),
    })))  # fmt: skip


def specification() -> Path:
    """The examples of CommonMark 0.31.2, as the source distribution of markdown-it-py carries them."""
    folder = harness.WORK / "commonmark"
    if not list(folder.glob("*.tar.gz")):
        wanted = REQUIREMENTS["markdown-it-py"]
        command = [str(harness.bare()), "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:"]
        subprocess.run([*command, wanted, "-d", folder], check=True)
    with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
        archive.extractall(folder, filter="data")
    return next(folder.glob("*/tests/test_cmark_spec/commonmark.json"))


def main() -> None:
    sizes = {name: harness.footprint(name, [wanted]) for name, wanted in REQUIREMENTS.items()}
    together = harness.environment("markdown-parsers", list(REQUIREMENTS.values()))
    command: list[str | Path] = [together, __file__, "150", specification()]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    results = {
        "install_mb": {name: size for name, (size, _) in sizes.items()},
        "dependencies": {name: count for name, (_, count) in sizes.items()},
        "import_ms": harness.import_times({name: (together, f"import {MODULES[name]}") for name in MODULES}),
        **json.loads(output),
    }
    question = "How fast, how conforming and how heavy are Markdown parsers for Python?"
    harness.save("markdown-parsers", question=question, versions=VERSIONS, results=results)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        worker(int(sys.argv[1]), sys.argv[2])
    else:
        main()
