"""A mistake of the form hides no other: links, references and verdicts of the same file are told in the same run."""

import pytest
from conftest import MakeSite
from samples import SITE, changed, loaded_site, mistakes, texts

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


LOST = 'broken-link: "nowhere.md" leads nowhere'
LOST_LINK = "'[x](nowhere.md)'"
OTHERS = {
    "a subject": ("content/subjects/tea.yaml", f"name: Tea\nfacts: {{price: {{text: {LOST_LINK}}}}}\n", LOST),
    "a subject's fact": (
        "content/subjects/tea.yaml",
        "name: Tea\nfacts: {price: {text: a, source: b}}\n",
        "unknown-source",
    ),
    "a page": ("content/pages/a.md", "---\ntitle: A\n---\n[x](nowhere.md)\n", LOST),
    "a factor": ("content/factors.yaml", f"caffeine:\n  label: A\n  note: {LOST_LINK}\n", LOST),
    "the settings": ("content/site.yaml", f"{SITE}navigation: [{{label: A, page: b}}]\n", "unknown-page"),
}
# What may be wrong of the form: of a key that has to be there, or of any other.
SPOILT = [
    ("", "x: y\n", "unknown-key"),
    ("{key}:", "{key}x:", "missing-key"),
    ("{key}: ", "{key}: [a, b] #", "wrong-type"),
]


@pytest.mark.parametrize("spoilt", SPOILT, ids=[code for *_, code in SPOILT])
@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_the_same_holds_of_every_kind_of_file(
    make_site: MakeSite, other: tuple[str, str, str], spoilt: tuple[str, str, str]
) -> None:
    """Subjects, pages, shared factors, settings: what linking finds in them is told beside their own form."""
    file, text, lost = other
    key = next(key for key in ("title", "name", "label") if f"{key}: " in text)
    old, new, code = (part.format(key=key) for part in spoilt)
    indent = "  " * file.endswith("factors.yaml")
    old = old or f"{indent}{key}:"
    found = texts(
        mistakes(
            loaded_site(make_site({file: text.replace(old, (new if new[0] == key[0] else f"{indent}{new}{old}"), 1)}))
        )
    )
    assert [one for one in found if one.startswith(lost)], found
    assert {one.split(":")[0] for one in found if not one.startswith(lost)} <= {code, "unknown-key"}
    assert any(one.startswith(code) for one in found)


@pytest.mark.parametrize(
    ("cell", "help"),
    [
        ('{value: "2,5"}', "write 2.5: a full stop, whatever the language"),
        ('{value: "2,500"}', "write digits with a full stop, such as 915 or 1.10"),
        (
            "{value: 2,5}",
            "a comma begins another key here: write decimals with a full stop, such as 2.5, or a text in quotes",
        ),
    ],
)
def test_who_writes_decimals_behind_a_comma_is_told_how(make_site: MakeSite, cell: str, help: str) -> None:
    """In quotes and without; `2,500` may be two thousand and five hundred."""
    text = changed(("factors:\n", f"factors:\n  - {{factor: A, cells: [{cell}, b]}}\n"))
    assert [problem.help for problem in mistakes(loaded_site(make_site({TEA: text})))] == [help]
