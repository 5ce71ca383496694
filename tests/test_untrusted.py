"""What an author writes is text: in no field does it become a script, or a link that runs one.

Every key of the schema stands in FULL once. Those of a file that take any text are put there by their declaration; any
other that is added and does not stand here fails the first test.
"""

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from conftest import Build, MakeSite
from hypothesis import given
from hypothesis import strategies as st
from samples import loaded_site, mistakes

from tiebreak.build import pipeline as builder
from tiebreak.content.chart_schema import ChartEntry
from tiebreak.content.editors import SCHEMAS, json_schema
from tiebreak.content.entry import Entry
from tiebreak.content.scalars import TEXT
from tiebreak.content.schema import PageEntry
from tiebreak.preview.server import Screen
from tiebreak.problems import Problem

Place = tuple[str | int, ...]
SITE, FACTORS, TEA = "content/site.yaml", "content/factors.yaml", "content/subjects/tea.yaml"
COMPARISON, PAGE = "content/compare/tea-vs-coffee.md", "content/pages/guide.md"
RECORD = "content/changes/tea-vs-coffee.yaml"


def cell(source: str, value: str) -> dict[str, Any]:
    return {
        "text": "Some",
        "value": value,
        "compare": value,
        "low": value,
        "high": value,
        "runs": "3",
        "from": f"benchmarks/results/tea.json#/{value}",
        "state": "partial",
        "source": [source, "../pages/guide.md"],
        "quote": "Some of it",
        "checked": "2026-01-02",
        "by": "Somebody",
        "kind": "measured",
        "max_age": "180d",
        "version": "1.9",
    }


WRITTEN: dict[str, dict[str, Any]] = {
    SITE: {
        "title": "Picks",
        "base_url": "https://example.org/picks/",
        "language": "en",
        "author": {"name": "Author", "url": "https://example.org/me", "organization": "true"},
        "schema_type": "Product",
        "feedback": {"email": "me@example.org", "issues": "https://example.org/issues/new"},
        "accent": "#0b7a75",
        "navigation": [{"label": "Guide", "page": "guide"}],
        "max_age": "1y",
        "search": "false",
        "host": "cloudflare",
        "cards": "false",
        "twins": "false",
        "indexnow": "0123-abcd",
        "rules": {"stale": "error"},
        "filler": ["Filler"],
        "allow_html": "false",
    },
    FACTORS: {"caffeine": {"label": "Label", "note": "Note", "unit": "mg", "better": "lower", "max_age": "180d"}},
    TEA: {
        "name": "Tea",
        "aliases": ["Chai"],
        "schema_type": "SoftwareApplication",
        "homepage": "https://example.org/tea",
        "color": "#0b7a75",
        "facts": {"caffeine": cell("https://example.org/fact", "30")},
        "releases": [
            {
                "version": "1.0",
                "date": "2026-01-02",
                "until": "2026-02-03",
                "source": "https://example.org/releases",
                "checked": "2026-01-03",
            }
        ],
    },
    COMPARISON: {
        "subjects": ["tea", "coffee"],
        "pick": "tea",
        "factors": [
            {"factor": "caffeine", "cells": {"coffee": cell("box", "95")}, "wins": ["tea"]},
            {
                "factor": "Other",
                "id": "other",
                "weight": "2",
                "max_age": "26w",
                "note": "Note",
                "group": "Group",
                "unit": "g",
                "better": "higher",
                "cells": ["Scalar", cell("box", "30")],
                "wins": ["tie"],
                "override": "The same every day",
                "decisive": "true",
            },
        ],
        "presets": [{"name": "Preset", "note": "Preset note", "weights": {"other": "5"}}],
        "verdict": {"tea": "You sleep", "coffee": "You wake"},
        "consider": [{"name": "Cocoa", "if": "you dream", "subject": "tea"}],
        "left_out": [{"name": "Milk", "why": "It is white", "subject": "water"}],
        "faq": [{"q": "Is it hot", "a": "Yes, hot"}],
        "sources": {
            "box": {"title": "Box", "url": "https://example.org/box", "accessed": "2026-01-02", "quote": "Quote"}
        },
        "tags": ["Tag"],
        "published": "2026-04-02",
        "updated": "2026-05-02",
        "related": ["water-vs-juice"],
        "aliases": ["old/path"],
        "history": [{"date": "2026-05-01", "was": "coffee", "why": "Because"}],
        "draft": "false",
        "(body)": "## Heading\n\nBody\n",
    },
    RECORD: {
        "recorded": "2026-05-02",
        "pick": "tea",
        "cells": {"caffeine": {"coffee": "More"}},
        "changes": [
            {
                "date": "2026-05-02",
                "factor": "caffeine",
                "subject": "coffee",
                "was": "Much",
                "now": "Some",
                "why": "We looked",
            }
        ],
    },
    PAGE: {
        "title": "Guide",
        "summary": "Summary",
        "order": "1",
        "draft": "false",
        "aliases": ["old/guide"],
        "(body)": "## Heading\n\nBody\n",
    },
}
MODELS: dict[str, type[Entry]] = {
    SITE: SCHEMAS["site"],
    TEA: SCHEMAS["subject"],
    COMPARISON: SCHEMAS["comparison"],
    PAGE: PageEntry,
    RECORD: SCHEMAS["changes"],
}


def texts(model: type[Entry]) -> dict[str, str]:
    """A word for each key that takes any: its own name."""
    keys = model.model_json_schema(by_alias=True)["properties"]
    return {
        key: key.capitalize()
        for key, node in keys.items()
        if any(one.get("type") == TEXT["type"] for one in node.get("anyOf", [node]))
    }


FULL = {file: (texts(MODELS[file]) if file in MODELS else {}) | data for file, data in WRITTEN.items()}
OTHER = """\
---
summary: Another one, so that something is related.
subjects: [Water, Juice]
pick: none
why: Both.
factors: [{factor: Taste, cells: [a, b]}]
verdict: {water: a, juice: b}
category: Category
published: 2026-04-02
---
"""


def leaves(node: object, path: Place = ()) -> Iterator[Place]:
    """The way to every scalar."""
    if isinstance(node, dict | list):
        for step, value in node.items() if isinstance(node, dict) else enumerate(node):
            yield from leaves(value, (*path, step))
    else:
        yield path


FIELDS = [(file, path) for file, data in FULL.items() for path in leaves(data)]
IDS = [f"{Path(file).stem}: {'.'.join(map(str, path))}" for file, path in FIELDS]


def with_text(files: dict[str, dict[str, Any]], file: str, path: Place, text: str) -> None:
    node: Any = files[file]
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = text


def written(files: dict[str, dict[str, Any]]) -> dict[str, str]:
    """The project's files as an author would have them."""

    def text(path: str, data: dict[str, Any]) -> str:
        front = yaml.safe_dump({key: data[key] for key in data if key != "(body)"}, allow_unicode=True, sort_keys=False)
        return f"---\n{front}---\n{data['(body)']}" if path.endswith(".md") else front

    return {path: text(path, data) for path, data in files.items()} | {
        "content/compare/water-vs-juice.md": OTHER,
        "benchmarks/results/tea.json": '{"30": 30, "95": 95}',
    }


def complaints(site: Path) -> list[Problem]:
    return mistakes(loaded_site(site))


def test_no_field_is_forgotten() -> None:
    """Each model's keys stand in FULL, whole, somewhere; so what is tested below is every field there is."""
    mappings = [frozenset(data) - {"(body)"} for data in maps(FULL)]
    for model in set(Entry.__subclasses__()) - {ChartEntry}:  # which stands in a body, see below
        fields = {field.alias or name for name, field in model.model_fields.items()}
        assert fields in mappings, model.__name__
    assert {*SCHEMAS.values(), PageEntry} <= set(Entry.__subclasses__())


@pytest.mark.parametrize("key", ["title", "note", "source", "unit"])
def test_what_a_chart_says_is_text(make_site: MakeSite, build: Build, key: str) -> None:
    """Around it, and in the table that it is drawn from."""
    evil = "<script>alert(1)</script>"
    table = f"| Name | Cups |\n| --- | ---: |\n| `{evil}` | 3 |\n| Tea | 5 |\n"
    keys = {"kind": "bars", "title": "Cups", "y": "Cups", key: evil}
    body = f"---\ntitle: Guide\n---\n```chart\n{yaml.safe_dump(keys)}```\n\n{table}"
    page = (build(make_site({PAGE: body})).output / "guide/index.html").read_text()
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(1)") >= 3  # said around the chart, in its table, and in the author's


def maps(node: object) -> Iterator[dict[str, Any]]:
    """Every mapping within."""
    if isinstance(node, dict):
        yield node
    if isinstance(node, dict | list):
        for value in node.values() if isinstance(node, dict) else node:
            yield from maps(value)


def test_the_full_project_is_sound(make_site: MakeSite) -> None:
    """Otherwise nothing below would say anything."""
    assert complaints(make_site(written(FULL))) == []


# Free text that names something else of the project, and so cannot say anything it likes.
REFERENCES = {"subjects", "pick", "wins", "source", "subject", "page"}
# Free text that no page shows.
UNSEEN = {(TEA, 0), (TEA, "quote"), (SITE, 0)}
SHARED_ROW: Place = ("factors", 0, "factor")  # names the shared factor, which the page would not show without it
KINDS = {SITE: "site", FACTORS: "factors", TEA: "subject", COMPARISON: "comparison", RECORD: "changes"}
SCHEMA = {file: json_schema(kind) for file, kind in KINDS.items()} | {PAGE: PageEntry.model_json_schema(by_alias=True)}


def kinds(file: str, path: Place) -> list[dict[str, Any]]:
    """What the JSON Schema says of a scalar: one entry a form that it may take."""
    found = [SCHEMA[file]]
    for step in (*path, None):
        found = [plain for node in found for plain in unfolded(file, node)]
        if isinstance(step, int):
            found = [node["items"] for node in found if "items" in node]
        elif step is not None:
            found = [
                child
                for node in found
                for child in [node.get("properties", {}).get(step) or node.get("additionalProperties")]
                if isinstance(child, dict)
            ]
    assert found, (file, path)
    return found


def unfolded(file: str, node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A node's alternatives, references followed."""
    if "$ref" in node:
        yield from unfolded(file, SCHEMA[file]["$defs"][node["$ref"].rpartition("/")[2]])
    elif "anyOf" in node or "oneOf" in node:
        for choice in node.get("anyOf") or node["oneOf"]:
            yield from unfolded(file, choice)
    else:
        yield node


def is_free(file: str, path: Place) -> bool:
    """Whether a field takes any text."""
    key = next(step for step in reversed(path) if isinstance(step, str))
    if key == "(body)":
        return True
    return key not in REFERENCES and any(kind.get("type") == TEXT["type"] for kind in kinds(file, path))


def is_inline(file: str, path: Place) -> bool:
    """Whether a field is Markdown."""
    is_cell = path[-2:-1] == ("cells",)
    return path[-1] == "(body)" or is_cell or any("Markdown" in kind.get("$comment", "") for kind in kinds(file, path))


def is_link(file: str, path: Place) -> bool:
    """Whether a field is an address."""
    formats = {kind.get("format") for kind in kinds(file, path)} if path[-1] != "(body)" else set()
    return "source" in path or bool(formats & {"uri", "uri-reference", "email"})


def attempts(root: Path, texts: list[str]) -> tuple[dict[int, list[Problem]], str]:
    """Each field with its text in it: what is refused and why; and a site with all that is not, as one text."""
    files, refused = copy.deepcopy(FULL), {}
    for number, ((file, path), text) in enumerate(zip(FIELDS, texts, strict=True)):
        attempt = copy.deepcopy(FULL)
        with_text(attempt, file, path, text)
        if found := complaints(put(root / str(number), written(attempt))):
            refused[number] = found
        elif path != SHARED_ROW:
            with_text(files, file, path, text)
    report = builder.build(builder.Options(put(root / "all", written(files))))
    paths = [path for path in report.paths if path.endswith((".html", ".xml", ".txt")) or path == "_redirects"]
    return refused, "\n".join((report.output / path).read_text("utf-8") for path in paths)


def put(root: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def script(number: int) -> str:
    return f"'\"><script>x{number}y</script>"


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[int, list[Problem]], str]:
    """A script in every field."""
    return attempts(tmp_path_factory.mktemp("scripts"), [script(number) for number in range(len(FIELDS))])


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(FIELDS)), ids=IDS)
def test_a_script_in_any_field_is_text(scripts: tuple[dict[int, list[Problem]], str], number: int) -> None:
    """Refused at its place where text cannot stand; else shown as it was written."""
    refused, shown = scripts
    file, path = FIELDS[number]
    assert (number in refused) is not is_free(file, path)
    for problem in refused.get(number, ()):
        assert problem.file.startswith("content/")
        assert problem.line > 0
    before = re.findall(rf"(.{{14}})x{number}y", shown, re.DOTALL)
    assert not any(text.lower().endswith("<script>") for text in before)
    is_seen = number not in refused and path != SHARED_ROW and (file, path[-1]) not in UNSEEN
    assert not is_seen or any(text == "&lt;script&gt;" for text in before)


RUNS = "javascript:alert(1)"


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[int, list[Problem]], str]:
    """A script as an address, in every field."""
    return attempts(tmp_path_factory.mktemp("addresses"), [RUNS] * len(FIELDS))


@pytest.fixture(scope="module")
def links(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[int, list[Problem]], str]:
    """A link to a script, in every field."""
    return attempts(tmp_path_factory.mktemp("links"), [f"[x]({RUNS})"] * len(FIELDS))


@pytest.mark.slow
@pytest.mark.parametrize(
    "number",
    [n for n, field in enumerate(FIELDS) if is_link(*field)],
    ids=[i for i, f in zip(IDS, FIELDS, strict=True) if is_link(*f)],
)
def test_an_address_that_runs_is_refused(addresses: tuple[dict[int, list[Problem]], str], number: int) -> None:
    """In every field that holds one, at its place."""
    (problem,) = addresses[0][number]
    assert problem.file == FIELDS[number][0]
    assert problem.code in ("bad-url", "unsafe-link", "unknown-source", "bad-email")
    assert RUNS in problem.message
    assert problem.excerpt[problem.column - 1 :].startswith(RUNS)


@pytest.mark.slow
@pytest.mark.parametrize(
    "number",
    [n for n, field in enumerate(FIELDS) if is_inline(*field)],
    ids=[i for i, f in zip(IDS, FIELDS, strict=True) if is_inline(*f)],
)
def test_a_link_that_runs_is_refused(links: tuple[dict[int, list[Problem]], str], number: int) -> None:
    """In every field of Markdown, at its place."""
    (problem,) = links[0][number]
    assert problem.file == FIELDS[number][0]
    assert (problem.code, problem.message) == ("unsafe-link", f'"{RUNS}" is not a link that a page may carry')
    assert RUNS in problem.excerpt[problem.column - 1 :]


def test_every_kind_of_field_is_among_them() -> None:
    """The tests above would hold for no fields at all."""
    assert sum(is_free(*field) for field in FIELDS) > 40
    assert sum(is_inline(*field) for field in FIELDS) > 10
    assert sum(is_link(*field) for field in FIELDS) > 10


@pytest.mark.slow
def test_plain_text_is_never_a_link(
    links: tuple[dict[int, list[Problem]], str], addresses: tuple[dict[int, list[Problem]], str]
) -> None:
    """Titles, names and quotations that look like one are shown, not linked."""
    for shown in (links[1], addresses[1]):
        assert RUNS in shown
        assert not re.search(r"""(href|src|action|url)=["']?\s*javascript:""", shown, re.IGNORECASE)


def test_names_that_an_author_makes_up_are_text(make_site: MakeSite, build: Build) -> None:
    """Subjects without a file, and the keys of sources."""
    text = OTHER.replace("Water", "'<script>x</script>'").replace("water", "'<script>x</script>'")
    text = text.replace("cells: [a, b]", "cells: {'<script>x</script>': {text: a, source: '<x-b>'}, juice: b}")
    text = text.replace("published:", "sources: {'<x-b>': {title: '<x-i>', url: https://example.org/}}\npublished:")
    report = build(make_site({"content/compare/script-vs-juice.md": text}))
    pages = [(report.output / path).read_text("utf-8") for path in report.paths if path.endswith((".html", ".xml"))]
    assert any("&lt;script&gt;x&lt;/script&gt;" in page for page in pages)
    for page in pages:
        assert not re.search("<script>x|<x-", page)
    assert "subjects/script-x-script/index.html" in report.paths


def test_the_problems_in_a_preview_are_text(tmp_path: Path) -> None:
    """A page carries the author's line to the preview's script, and must not run it."""
    problem = Problem("<b>.md", 1, 1, "stale", "<script>x</script>", "<i>", excerpt="<script>y</script>")
    page = Screen(tmp_path, [problem.as_text()]).page(b"").decode()
    assert "&lt;script&gt;y&lt;/script&gt;" in page
    assert not re.search("<script>|<b>|<i>", page)


DAMAGE = [
    "",
    "\n",
    "\n  ",
    ": ",
    "- ",
    "[",
    "}",
    "'",
    '"',
    "*",
    "&",
    "!",
    "#",
    "|",
    "@",
    "no",
    "-1",
    "[x](y)",
    "![](z)",
    "#a",
    "//x",
    "日本",
]


@pytest.mark.slow
@given(st.sampled_from(sorted(FULL)), st.integers(0, 2_000), st.integers(0, 12), st.sampled_from(DAMAGE))
def test_no_damage_to_a_file_ends_in_a_traceback(file: str, start: int, length: int, instead: str) -> None:
    """Cut a piece out of any file and put another in its place: there are problems to tell, or there are none."""
    files = written(FULL)
    start %= len(files[file])
    files[file] = files[file][:start] + instead + files[file][start + length :]
    with TemporaryDirectory() as folder:
        for problem in complaints(put(Path(folder), files)):
            assert problem.as_text().startswith("content/")
