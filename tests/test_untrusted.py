"""What an author writes is text: in no field does it become a script, or a link that runs one.

Every key of the schema stands in FULL once; a key that is added there and not here fails the first test.
"""

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Build, MakeSite

from tiebreak import build as builder
from tiebreak.content import read
from tiebreak.link import link
from tiebreak.problems import Problem, SiteError
from tiebreak.schema import SCHEMAS, Entry, PageEntry

Place = tuple[str | int, ...]
SITE, FACTORS, TEA = "content/site.yaml", "content/factors.yaml", "content/subjects/tea.yaml"
COMPARISON, PAGE = "content/compare/tea-vs-coffee.md", "content/pages/guide.md"


def cell(source: str, value: str) -> dict[str, Any]:
    return {
        "text": "Some",
        "value": value,
        "state": "partial",
        "source": [source, "../pages/guide.md"],
        "quote": "Some of it",
        "checked": "2026-01-02",
        "kind": "measured",
    }


FULL: dict[str, dict[str, Any]] = {
    SITE: {
        "title": "Picks",
        "base_url": "https://example.org/picks/",
        "tagline": "Tagline",
        "description": "Description",
        "language": "en",
        "author": {"name": "Author", "url": "https://example.org/me"},
        "feedback": {"email": "me@example.org"},
        "accent": "#0b7a75",
        "navigation": [{"label": "Guide", "page": "guide"}],
        "allow_html": "false",
    },
    FACTORS: {"caffeine": {"label": "Label", "note": "Note", "unit": "mg", "better": "lower", "max_age": "180d"}},
    TEA: {
        "name": "Tea",
        "aliases": ["Chai"],
        "kind": "Drink",
        "homepage": "https://example.org/tea",
        "summary": "Summary",
        "version": "1.10",
        "license": "MIT",
        "color": "#0b7a75",
        "facts": {"caffeine": cell("https://example.org/fact", "30")},
    },
    COMPARISON: {
        "title": "Title",
        "tagline": "Tagline",
        "summary": "Summary",
        "subjects": ["tea", "coffee"],
        "pick": "tea",
        "why": "Why",
        "factors": [
            {"factor": "caffeine", "cells": {"coffee": cell("box", "95")}, "wins": ["tea"]},
            {
                "factor": "Other",
                "id": "other",
                "weight": "2",
                "note": "Note",
                "group": "Group",
                "unit": "g",
                "better": "higher",
                "cells": ["Scalar", cell("box", "30")],
                "wins": ["tie"],
            },
        ],
        "verdict": {"tea": "You sleep", "coffee": "You wake"},
        "consider": [{"name": "Cocoa", "if": "you dream", "subject": "tea"}],
        "sources": {
            "box": {"title": "Box", "url": "https://example.org/box", "accessed": "2026-01-02", "quote": "Quote"},
        },
        "category": "Category",
        "tags": ["Tag"],
        "published": "2026-04-02",
        "updated": "2026-05-02",
        "author": "Author",
        "related": ["water-vs-juice"],
        "aliases": ["old/path"],
        "disclosure": "Disclosure",
        "history": [{"date": "2026-05-01", "was": "coffee", "why": "Because"}],
        "draft": "false",
        "(body)": "## Heading\n\nBody\n",
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

    return {path: text(path, data) for path, data in files.items()} | {"content/compare/water-vs-juice.md": OTHER}


def complaints(site: Path) -> list[Problem]:
    project = read(site)
    return [*project.problems, *link(project)[1]]


def keys(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        yield from (key for key in node if isinstance(key, str))
    if isinstance(node, dict | list):
        for value in node.values() if isinstance(node, dict) else node:
            yield from keys(value)


def test_no_field_is_forgotten() -> None:
    """Each model's keys stand in FULL, whole, somewhere; so what is tested below is every field there is."""
    mappings = [frozenset(data) - {"(body)"} for data in maps(FULL)]
    for model in Entry.__subclasses__():
        fields = {field.alias or name for name, field in model.model_fields.items()}
        assert fields in mappings, model.__name__
    assert {*SCHEMAS.values(), PageEntry} <= set(Entry.__subclasses__())


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


def poison(number: int) -> str:
    return f"'\"><script>x{number}y</script>"


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, frozenset[int]]:
    """All pages of a project with a script in every field that takes one, as one text; and the fields that refuse it."""
    root = tmp_path_factory.mktemp("poisoned")
    files, refused = copy.deepcopy(FULL), set()
    for number, (file, path) in enumerate(FIELDS):
        attempt = copy.deepcopy(FULL)
        with_text(attempt, file, path, poison(number))
        if complaints(put(root / str(number), written(attempt))):
            refused.add(number)
        else:
            with_text(files, file, path, poison(number))
    report = builder.build(builder.Options(put(root / "all", written(files))))
    texts = [(report.output / path).read_text("utf-8") for path in report.paths if not path.startswith(("fonts/", "assets/"))]
    return "\n".join(texts), frozenset(refused)


def put(root: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root
