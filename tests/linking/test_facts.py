"""What is known of each subject, as data: what stands in the files, and what makes them others."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import Build, MakeSite
from samples import changed, loaded_site

from tiebreak.linking import facts
from tiebreak.model.site import Site

TEA, COFFEE, MATE = (f"content/subjects/{id}.yaml" for id in ("tea", "coffee", "mate"))
FULL = """\
name: Tea
kind: Drink
homepage: https://example.org/tea
version: "1.10"
facts:
  price: {value: 1.10, source: ../pages/prices.md, checked: 2026-11-01, kind: measured}
  caffeine:
    text: "Some, of *course*: `30`"
    state: partial
    source: ["https://example.org/a", "https://example.org/b"]
    quote: Some of it
"""
FILES = {
    TEA: FULL,
    COFFEE: "name: Coffee\nkind: Drink\nfacts: {price: 2, taste: Bitter}\n",
    "content/factors.yaml": (
        "price: {label: What's paid, note: A *cup*., unit: EUR, better: lower}\nunused: {label: U}\n"
    ),
    "content/pages/prices.md": "---\ntitle: Prices\n---\n",
}


def site_of(project: Path) -> Site:
    site = loaded_site(project).site
    assert site is not None
    return site


def built(project: Path, path: str) -> Any:
    return json.loads((project / "site" / path).read_bytes())


def test_a_file_has_all_that_is_known_of_a_subject(make_site: MakeSite, build: Build) -> None:
    """Values as written, Markdown as plain text, addresses relative to the file, and only what there is."""
    project = make_site(FILES)
    build(project)
    assert built(project, "subjects/tea/facts.json") == {
        "id": "tea",
        "name": "Tea",
        "kind": "Drink",
        "version": "1.10",
        "homepage": "https://example.org/tea",
        "url": "./",
        "hue": 300,
        "comparisons": [
            {
                "title": "Tea vs Coffee",
                "url": "../../compare/tea-vs-coffee/",
                "subjects": ["tea", "coffee"],
                "pick": "Tea",
            }
        ],
        "facts": {
            "price": {
                "value": "1.10",
                "kind": "measured",
                "checked": "2026-11-01",
                "sources": [{"title": "Prices", "url": "../../prices/"}],
            },
            "caffeine": {
                "state": "partial",
                "text": "Some, of course: 30",
                "quote": "Some of it",
                "sources": [
                    {"title": "example.org/a", "url": "https://example.org/a"},
                    {"title": "example.org/b", "url": "https://example.org/b"},
                ],
            },
        },
    }


def test_the_index_names_subjects_and_what_their_facts_are_about(make_site: MakeSite, build: Build) -> None:
    """Factors in the order of `factors.yaml`, without those of which nothing is known; then what nobody described."""
    project = make_site(FILES)
    build(project)
    assert built(project, "subjects/index.json") == {
        "factors": [
            {"id": "price", "label": "What’s paid", "note": "A cup.", "unit": "EUR", "better": "lower"},
            {"id": "caffeine", "label": "Caffeine"},
            {"id": "taste", "label": "Taste"},
        ],
        "subjects": [
            {"id": "coffee", "name": "Coffee", "kind": "Drink"},
            {"id": "tea", "name": "Tea", "kind": "Drink"},
        ],
    }


def test_a_factor_is_called_as_a_comparison_calls_it(make_site: MakeSite) -> None:
    """When it is not described in `factors.yaml`; and by its id when no comparison has it either."""
    text = changed(("- factor: Caffeine", "- factor: The kick\n    id: kick"))
    fact = "name: Tea\nkind: Drink\nfacts: {kick: Some, no-row: Some}\n"
    site = site_of(make_site({"content/compare/tea-vs-coffee.md": text, TEA: fact}))
    labels = [factor["label"] for factor in json.loads(facts.index_json(site, ()))["factors"]]
    assert labels == ["The kick", "No row"]


@pytest.mark.parametrize("text", ["name: Tea\nkind: Drink\n", "name: Tea\nfacts: {price: 1}\n"])
def test_what_has_no_kind_or_no_facts_takes_no_part(make_site: MakeSite, build: Build, text: str) -> None:
    """It cannot be put beside others of its kind; a site without such subjects has no such files at all."""
    report = build(make_site({TEA: text}))
    assert not [path for path in report.paths if re.fullmatch(r"subjects/.*\.json", path)]


def test_a_subject_that_nobody_compared_takes_part(make_site: MakeSite, build: Build) -> None:
    """But has no page to lead to."""
    project = make_site({**FILES, MATE: "name: Mate\nkind: Drink\nfacts: {price: 3}\n"})
    build(project)
    assert built(project, "subjects/mate/facts.json").keys() == {"id", "name", "kind", "hue", "facts"}


def test_drafts_are_not_told(make_site: MakeSite, build: Build) -> None:
    """A comparison that is not published stands in no file."""
    draft = changed(("published: 2026-04-02", "draft: true"))
    project = make_site({**FILES, "content/compare/tea-vs-coffee.md": draft})
    build(project)
    assert "comparisons" not in built(project, "subjects/tea/facts.json")


def test_only_kinds_of_which_there_are_two_are_offered(make_site: MakeSite) -> None:
    """On the list of comparisons, and on the hubs of their subjects: each is offered the others."""
    site = site_of(make_site({**FILES, MATE: "name: Mate\nkind: Herb\nfacts: {price: 3}\n"}))
    assert facts.choice(site).kinds == ("Drink",)
    assert facts.others(facts.by_kind(site)) == {"coffee": (("tea", "Tea"),), "tea": (("coffee", "Coffee"),)}


def test_a_hub_does_not_list_a_crowd(make_site: MakeSite) -> None:
    """N hubs with N subjects each would be N squared; where there are many, the hub leads to the choice of all."""
    many = {
        f"content/subjects/x{place}.yaml": f"name: X{place}\nkind: Drink\nfacts: {{price: {place}}}\n"
        for place in range(facts.MOST_OFFERED)
    }
    few = dict(list(many.items())[: facts.MOST_OFFERED - 2])
    assert len(facts.others(facts.by_kind(site_of(make_site({**FILES, **few}))))["tea"]) == facts.MOST_OFFERED - 1
    assert facts.others(facts.by_kind(site_of(make_site({**FILES, **many}, folder="crowd"))))["tea"] == ()


HUBS = ("subjects/coffee/index.html", "subjects/tea/index.html")  # which show the numbers of the kind


def test_one_fact_makes_one_file_anew(make_site: MakeSite, build: Build) -> None:
    """And the hubs of its kind; not the files of other subjects, the index, or a page that does not show it."""
    project = make_site(FILES)
    build(project)
    (project / TEA).write_text(FULL.replace("value: 1.10", "value: 1.20"))
    report = build(project, why=True)
    assert report.done == dict.fromkeys(("subjects/tea/facts.json", *HUBS), "changed")
    assert report.causes == {"subjects/tea/facts.json": (f"factor price of {TEA}",), **dict.fromkeys(HUBS, (TEA,))}
    assert built(project, "subjects/tea/facts.json")["facts"]["price"]["value"] == "1.20"


def test_a_verdict_that_changes_is_told_by_its_subjects(make_site: MakeSite, build: Build) -> None:
    """By the files of those that it compares, and of nobody else."""
    project = make_site({**FILES, MATE: "name: Mate\nkind: Drink\nfacts: {price: 3}\n"})
    build(project)
    path = project / "content/compare/tea-vs-coffee.md"
    path.write_text(changed(("pick: tea", "pick: none")))
    report = build(project, why=True)
    files = [path for path in report.done if re.fullmatch(r"subjects/.*\.json", path)]
    assert files == ["subjects/coffee/facts.json", "subjects/tea/facts.json"]
    assert [report.causes[file] for file in files] == [("content/compare/tea-vs-coffee.md",)] * 2
    assert "pick" not in built(project, "subjects/tea/facts.json")["comparisons"][0]


def test_a_label_that_changes_is_told_by_the_index(make_site: MakeSite, build: Build) -> None:
    """The facts themselves stay as they are."""
    project = make_site(FILES)
    build(project)
    path = project / "content/factors.yaml"
    path.write_text(path.read_text().replace("What's paid", "Price"))
    report = build(project, why=True)
    assert report.done == dict.fromkeys(("subjects/index.json", *HUBS), "changed")
    assert report.causes["subjects/index.json"] == ("factor price of content/factors.yaml",)


def test_a_build_that_goes_on_makes_the_same_bytes(make_site: MakeSite, build: Build) -> None:
    """As one that begins anew, whatever was there before."""
    project = make_site({**FILES, COFFEE: "name: Coffee\n"})
    build(project)
    make_site(FILES)
    build(project)
    clean = make_site(FILES, folder="clean")
    build(clean)
    for path in ("subjects/index.json", "subjects/tea/facts.json", "subjects/coffee/facts.json"):
        assert (project / "site" / path).read_bytes() == (clean / "site" / path).read_bytes()


def test_a_script_in_a_fact_is_text(make_site: MakeSite, build: Build) -> None:
    """It arrives as it was written, for a page to show as text; nothing that is shown is marked up."""
    script = "<script>alert(1)</script>"
    fact = f"{{text: '{script}', quote: '{script}', source: 'https://example.org/', checked: 2026-11-01}}"
    project = make_site(
        {
            **FILES,
            TEA: f"name: '{script}'\nkind: Drink\nfacts: {{price: {fact}}}\n",
            "content/compare/tea-vs-coffee.md": None,
        }
    )
    build(project)
    tea = built(project, "subjects/tea/facts.json")
    assert (tea["name"], tea["facts"]["price"]["text"], tea["facts"]["price"]["quote"]) == (script,) * 3
