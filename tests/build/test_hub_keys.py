"""Pages that show something of many files are made again when one of these changes, as a clean build makes them."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from conftest import Build, MakeSite
from samples import changed

TEA, COFFEE, RULING = "content/subjects/tea.yaml", "content/subjects/coffee.yaml", "content/compare/tea-vs-coffee.md"
CITED = "{tea: {text: Some, source: ../pages/lab.md}, coffee: Much}"
FILES = {
    TEA: "name: Tea\nkind: Drink\nfacts: {price: 1}\n",
    COFFEE: "name: Coffee\nkind: Drink\nfacts: {price: 2}\n",
    "content/factors.yaml": "price: {label: Price, unit: EUR, better: lower}\n",
    "content/pages/lab.md": "---\ntitle: Lab\n---\nMeasured.\n",
}
EDITS: dict[str, tuple[Mapping[str, str], str, str]] = {
    "a number of another": ({COFFEE: FILES[COFFEE].replace("2", "5")}, "subjects/tea/index.html", "Coffee: 5 EUR"),
    "another of its kind": (
        {"content/subjects/milk.yaml": "name: Milk\nkind: Drink\nfacts: {price: 3}\n"},
        "subjects/tea/index.html",
        "?with=tea,milk",
    ),
    "a release": (
        {TEA: FILES[TEA] + "releases: [{version: '9.8', date: 2026-01-02}]\n"},
        "subjects/tea/index.html",
        "9.8",
    ),
    "a source": (
        {RULING: changed(("{tea: Some, coffee: Much}", CITED))},
        "lab/index.html",
        'href="../compare/tea-vs-coffee/#sources"',
    ),
}


def test_they_follow_every_file_that_they_show(make_site: MakeSite, build: Build) -> None:
    """The number of another subject, a subject more, a release, a row that cites a page."""
    for name, (files, page, said) in EDITS.items():
        project = make_site(FILES, folder=name)
        build(project)
        assert said not in _made(project, page), name
        for path, text in files.items():
            (project / path).write_text(text)
        build(project)
        warm = _made(project, page)
        assert said in warm, name
        for folder in ("site", ".tiebreak"):
            shutil.rmtree(project / folder)
        build(project)
        assert warm == _made(project, page), name


def _made(project: Path, page: str) -> str:
    return (project / "site" / page).read_text("utf-8")
