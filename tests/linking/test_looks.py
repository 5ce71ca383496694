"""What `tiebreak verify` found reaches the pages and the data, and is never taken for what a person confirmed."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import Build, Cli, MakeSite

TEA, PAGE = "content/subjects/tea.yaml", "content/compare/tea-vs-coffee.md"
DOCS, LAB = "https://example.org/docs", "https://example.org/lab"
ROWS = """\
---
summary: Tea for calm, coffee for speed.
subjects: [tea, Coffee]
pick: tea
why: It lets you sleep.
factors:
  - factor: caffeine
    unit: mg
    cells: {Coffee: {value: 90, source: lab}}
    wins: tea
  - factor: Taste
    cells: {tea: {text: Mild, source: lab, checked: 2026-11-03, by: Ann}, Coffee: unknown}
verdict: {tea: You want to sleep., Coffee: You want to wake.}
sources:
  lab: {title: The lab, url: "https://example.org/lab#tea", accessed: 2026-11-01, quote: Mild it is.}
published: 2026-04-02
---
Tea is calmer.
"""
FILES = {
    PAGE: ROWS,
    TEA: f"name: Tea\nkind: Drink\nfacts: {{caffeine: {{value: 30, source: '{DOCS}', checked: 2026-11-01}}}}\n",
    "content/factors.yaml": "caffeine: {label: Caffeine, unit: mg}\n",
}
LOOKED = {"looked": "2026-11-20", "status": 200, "digest": "a"}


def lock(**pages: Any) -> str:
    return json.dumps({f"https://example.org/{name}": {**LOOKED, **look} for name, look in pages.items()})


def meta(project: Path) -> list[str]:
    """What the list of sources says of each."""
    html = (project / "site/compare/tea-vs-coffee/index.html").read_text("utf-8")
    found = re.findall(r'<span class="meta">(.*?)</span></span>', html)
    return [" ".join(re.sub("<[^>]*>", "", one).split()) for one in found]


def key(project: Path) -> list[str]:
    html = (project / "site/compare/tea-vs-coffee/index.html").read_text("utf-8")
    return re.findall("<span>(.*?)</span>", html[html.rindex('<p class="legend">') :].split("</p>")[0])


def test_without_a_lock_only_what_is_confirmed_is_shown(make_site: MakeSite, build: Build) -> None:
    """And that no program has looked."""
    project = make_site(FILES)
    build(project)
    assert meta(project) == [
        "example.org, read 1 November 2026; for Caffeine ✓",
        "example.org, read 1 November 2026; for Caffeine, Taste ✓ 3 November 2026 Ann",
    ]
    assert key(project) == [
        "✓ confirmed: a person read it for that row",
        "no program has read these sources",
    ]


def test_three_marks_are_never_one(make_site: MakeSite, build: Build) -> None:
    """A link that answers is not a value that was found, and neither was confirmed by anybody."""
    looks = lock(docs={"found": ["30 mg"]}, lab={"missing": ["90 mg", "Mild it is."]})
    project = make_site({**FILES, "content/sources.lock": looks})
    build(project)
    assert meta(project) == [
        "example.org, read 1 November 2026, ○ link alive 20 November 2026; for Caffeine ◇ ✓",
        "example.org, read 1 November 2026, ○ link alive 20 November 2026; for Caffeine, Taste ✓ 3 November 2026 Ann",
    ]
    assert [text[0] for text in key(project)] == ["○", "◇", "✓"]
    facts = json.loads((project / "site/subjects/tea/facts.json").read_bytes())["facts"]
    assert facts["caffeine"]["found"] is True
    assert facts["caffeine"]["sources"] == [{"title": "example.org/docs", "url": DOCS, "alive": "2026-11-20"}]


def test_a_dead_source_has_no_mark(make_site: MakeSite, build: Build) -> None:
    """What was found in it when it was alive is still known."""
    project = make_site({**FILES, "content/sources.lock": lock(lab={"status": 404, "found": ["Mild it is."]})})
    build(project)
    assert meta(project)[1] == "example.org, read 1 November 2026; for Caffeine, Taste ◇ ✓ 3 November 2026 Ann"


def test_all_that_a_cell_claims_has_to_be_found(make_site: MakeSite, build: Build) -> None:
    """The value of coffee, and the quote of its source."""
    for found, mark in ((["90 mg"], ""), (["Mild it is."], ""), (["90 mg", "Mild it is."], " ◇")):
        project = make_site({**FILES, "content/sources.lock": lock(lab={"found": found})})
        build(project)
        assert f"for Caffeine{mark}, Taste" in meta(project)[1]


def test_only_pages_that_show_a_source_are_made_again(make_site: MakeSite, build: Build) -> None:
    """And with the same bytes that a clean build makes."""
    other = ROWS.replace("[tea, Coffee]", "[Mate, Cocoa]").replace("tea:", "Mate:").replace("Coffee:", "Cocoa:")
    other = other.replace("pick: tea", "pick: mate").replace("wins: tea", "wins: mate").replace("/lab#tea", "/other")
    files = {**FILES, "content/compare/mate-vs-cocoa.md": other}
    project = make_site({**files, "content/sources.lock": lock(docs={})})
    build(project)
    make_site({**files, "content/sources.lock": lock(docs={"found": ["30 mg"]}, unused={})})
    done = build(project).done
    beside = ("index.html", "index.json", "index.md")
    assert set(done) == {"subjects/tea/facts.json", *(f"compare/tea-vs-coffee/{file}" for file in beside)}
    warm = {path: (project / "site" / path).read_bytes() for path in done}
    assert build(project, fresh=True)
    assert warm == {path: (project / "site" / path).read_bytes() for path in done}


def test_a_check_tells_facts_in_their_own_file(make_site: MakeSite, cli: Cli) -> None:
    """Once, however many comparisons take them up."""
    project = make_site({**FILES, "content/sources.lock": lock(docs={"status": 404, "missing": ["30 mg"]}, lab={})})
    said = cli("check", "--project", project).stderr
    assert re.findall(r"^(\S+): warning\[([a-z-]+)\]", said, re.MULTILINE) == [
        (f"{TEA}:3:27", "value-not-found"),
        (f"{TEA}:3:39", "dead-source"),
    ]


@pytest.mark.parametrize("word", ["found", "alive"])
def test_no_author_can_claim_what_a_program_found(make_site: MakeSite, cli: Cli, word: str) -> None:
    """The keys are none of the format."""
    cells = ROWS.replace("text: Mild,", f"text: Mild, {word}: true,")
    assert "unknown-key" in cli("check", "--project", make_site({PAGE: cells, TEA: FILES[TEA]}), ok=False).stderr


def test_the_queue_knows_which_sources_have_changed(make_site: MakeSite, cli: Cli) -> None:
    """What was checked before its source changed comes first, however fresh it is."""
    looks = lock(docs={}, lab={"changed": "2026-11-05"})
    rows = ROWS.replace("weight: 1", "").replace("checked: 2026-11-03", "checked: 2026-11-03, max_age: 1y")
    project = make_site({**FILES, PAGE: rows, "content/sources.lock": looks})
    result = cli("due", "--format", "json", "--today", "2026-11-20", "--project", project)
    (item,) = [one for one in json.loads(result.stdout) if one["factor"] == "taste"]
    assert item["changed"] == "2026-11-05"
