"""A mistake of the form hides no other: links, references and verdicts of the same file are told in the same run."""

import pytest
from conftest import MakeSite
from samples import changed, loaded_site, mistakes, texts

TEA = "content/compare/tea-vs-coffee.md"
# Three mistakes that only linking finds.
LINKED = [
    ("wins: tea", "wins: milk"),
    ("Tea is calmer.", "See [this](nowhere.md)."),
    ("  coffee: You want to wake.\n", ""),
]
TOLD = [
    'broken-link: "nowhere.md" leads nowhere',
    'missing-verdict: the verdict says nothing on "Coffee"',
    'unknown-subject: wins names "milk", which is not a subject here',
]
FORM = {
    "winner: tea\npick: tea": "unknown-key",
    "pick: [tea]": "wrong-type",
    "pick: tea\ntags: {a: b}": "wrong-type",
    "pick: tea\nupdated: soon": "bad-date",
    "pick: tea\nconsider: [{name: Cocoa}]": "missing-key",
    "pick: tea\nhistory: [{date: soon, was: tea, why: x}]": "bad-date",
    "pick: tea\nsources: {a: {title: A, url: nothing:x}}": "bad-url",
    "pick: tea\npresets: [{name: A, weights: {caffeine: 9}}]": "bad-number",
    "pick: tea\nrelated: Tea vs Milk": "bad-id",
    "pick:": "missing-value",
    "": "missing-key",
}


@pytest.mark.parametrize(("line", "code"), FORM.items())
def test_a_mistake_of_the_form_hides_no_other(make_site: MakeSite, line: str, code: str) -> None:
    """Whatever it is, what linking finds is told beside it, and nothing that is not wrong."""
    text = changed(("pick: tea", line), *LINKED)
    found = sorted(texts(mistakes(loaded_site(make_site({TEA: text})))))
    assert [one for one in found if one in TOLD] == TOLD
    assert [one.split(":")[0] for one in found if one not in TOLD] == [code]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("  - cells: [a, b]", "missing-key"),
        ("  - {factor: A, cells: {tea: {kind: x}, coffee: b}}", "bad-choice"),
        ("  - {factor: A, cells: [{value: x}, b]}", "bad-number"),
        ("  - {factor: A, winner: tea}", "unknown-key"),
        ("  - nothing", "wrong-type"),
    ],
)
def test_a_row_with_a_mistake_hides_none_of_another_row(make_site: MakeSite, row: str, code: str) -> None:
    """And the places of rows stay what they are."""
    text = changed(("factors:\n", f"factors:\n{row}\n"), *LINKED)
    problems = mistakes(loaded_site(make_site({TEA: text})))
    assert [problem.line for problem in problems if problem.code == "unknown-subject"] == [
        text[: text.index("milk")].count("\n") + 1
    ]
    assert sorted(problem.code for problem in problems if f"{problem.code}: {problem.message}" not in TOLD) == [code]


def test_links_to_such_a_file_are_sound(make_site: MakeSite) -> None:
    """Whatever they name in it: what it says is not known."""
    page = "---\ntitle: Guide\n---\n[a](../compare/tea-vs-coffee.md#the-lost-heading)\n"
    project = make_site({TEA: changed(("pick: tea", "pick: tea\nx: y")), "content/pages/guide.md": page})
    assert [problem.code for problem in mistakes(loaded_site(project))] == ["unknown-key"]
