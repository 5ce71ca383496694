"""A cell that is true of another version than the subject's file names says so by its key."""

import pytest
from conftest import Build, MakeSite
from samples import changed, loaded_site, texts

from tiebreak.problems import flat

TEA, SUBJECT = "content/compare/tea-vs-coffee.md", "content/subjects/tea.yaml"
TOLD = "other-version: this says version 0.0.105, and Tea is at 0.0.106"


@pytest.mark.parametrize(
    ("version", "cell", "found"),
    [
        ("0.0.106", "{value: 3, text: version 0.0.105, kind: measured}", [TOLD]),
        ("0.0.106", "{text: 'It took 3 s, with Version 0.0.105.', kind: measured}", [TOLD]),
        ("0.0.106", "v0.0.105", [TOLD]),
        ("0.0.106", "{value: 3, text: version 0.0.106, kind: measured}", []),
        ("0.0.106", "{value: 3, text: version 0.0.105, version: 0.0.105, kind: measured}", []),
        ("0.0.106", "Since version 0.0.105", []),
        ("0.0.106", "{text: Still version 0, kind: measured}", []),
        ("0.0.106", "{text: version 0.0, kind: measured}", []),
        ("0.0", "{text: version 0.0.105, kind: measured}", []),
        ("Python 3.13", "{text: version 0.0.105, kind: measured}", []),
        ("", "{text: version 0.0.105, kind: measured}", []),
    ],
)
def test_what_was_measured_on_another_version_is_told(
    make_site: MakeSite, version: str, cell: str, found: list[str]
) -> None:
    """In the words of a measured cell, or where nothing else is said; else it may be history."""
    own = f'version: "{version}"\n' if version else ""
    files = {TEA: changed(("tea: Some", f"tea: {cell}")), SUBJECT: f"name: Tea\n{own}"}
    problems = flat(loaded_site(make_site(files)).problems)
    assert [text for text in texts(problems) if text.startswith("other-version")] == found


def test_readers_see_the_version(make_site: MakeSite, build: Build) -> None:
    """At the head of the column, and in the file for programs."""
    fact = "{value: 3, version: 0.0.105, kind: measured, source: https://example.org/m}"
    files = {
        TEA: changed(("factor: Caffeine", "factor: Size"), ("{tea: Some, coffee", "{coffee")),
        SUBJECT: f"name: Tea\nkind: Drink\nversion: 0.0.106\nfacts: {{size: {fact}}}\n",
    }
    project = make_site(files)
    build(project)
    page = (project / "site/compare/tea-vs-coffee/index.html").read_text()
    assert "Tea</a> <small>0.0.105</small>" in page
    assert '"version":"0.0.105"' in (project / "site/subjects/tea/facts.json").read_text()
