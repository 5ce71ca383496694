"""A fact that stands in two places says one thing, and in one spelling."""

from datetime import date

import pytest
from conftest import MakeSite
from samples import changed, loaded_site, texts

from tiebreak.problems import flat
from tiebreak.rules.contradictions import one_spelling

TEA, OTHER, SUBJECT = "content/compare/tea-vs-coffee.md", "content/compare/tea-vs-milk.md", "content/subjects/tea.yaml"
CODES = ("two-spellings", "fact-differs")


def told(make_site: MakeSite, files: dict[str, str], *, drafts: bool = True) -> list[str]:
    """What is said of facts in two places, by a check."""
    found = flat(loaded_site(make_site(files), drafts=drafts, today=date(2026, 5, 1)).problems)
    return [text for text in texts(found) if text.startswith(CODES)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("BSD-3-Clause", "BSD 3-Clause"),
        ("v1.10", "1.10"),
        ("version 1.10", "1.10"),
        ("MIT", "MIT License"),
        ("MIT OR Apache-2.0", "MIT or Apache-2.0"),
        ("Pre-release", "pre release."),
    ],
)
def test_spellings_of_one_value_are_one(one: str, other: str) -> None:
    """Capitals, hyphens, a "v" before a number, and the word that a licence needs not."""
    assert one_spelling(one) == one_spelling(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1.10", "1.1"),
        ("1-2", "12"),
        ("C", "C++"),
        ("v8", "va8"),
        ("re-sign", "resign"),
        ("a-b", "--a-b"),
        ("n/a", "na"),
    ],
)
def test_other_values_are_others(one: str, other: str) -> None:
    """However near."""
    assert one_spelling(one) != one_spelling(other)


@pytest.mark.parametrize(
    ("fact", "cell", "found"),
    [
        ("Some", "Some", []),
        ("Some", "some", ['two-spellings: this says "some", and the fact in content/subjects/tea.yaml "Some"']),
        ("Some", "More", ['fact-differs: the fact in content/subjects/tea.yaml differs: it says "Some"']),
        (
            "yes",
            "{state: yes, text: Some}",
            ['fact-differs: the fact in content/subjects/tea.yaml differs: it says "yes"'],
        ),
    ],
)
def test_a_cell_and_the_fact(make_site: MakeSite, fact: str, cell: str, found: list[str]) -> None:
    """A cell that is written wins over the fact, so the two are compared."""
    files = {TEA: changed(("tea: Some", f"tea: {cell}")), SUBJECT: f"name: Tea\nfacts: {{caffeine: {fact}}}\n"}
    assert told(make_site, files) == found


@pytest.mark.parametrize(
    ("fact", "found"),
    [
        ("MIT", []),
        ("mit", ['two-spellings: this says "mit", and `license` of this file "MIT"']),
        ("GPL-3.0", ['fact-differs: `license` of this file differs: it says "MIT"']),
    ],
)
def test_a_subjects_own_file_says_one_thing(make_site: MakeSite, fact: str, found: list[str]) -> None:
    """Under `license`, which its page shows, and under `facts`, which tables show."""
    assert told(make_site, {SUBJECT: f"name: Tea\nlicense: MIT\nfacts: {{license: {fact}, price: 2}}\n"}) == found


def test_a_row_and_what_the_file_says_of_every_subject(make_site: MakeSite) -> None:
    """It is a fact as any other."""
    row = changed(("factor: Caffeine", "factor: Version"), ("tea: Some", "tea: v1.10"))
    found = told(make_site, {TEA: row, SUBJECT: 'name: Tea\nversion: "1.10"\n'})
    assert found == ['two-spellings: this says "v1.10", and the fact in content/subjects/tea.yaml "1.10"']


def test_two_comparisons_spell_one_value_alike(make_site: MakeSite) -> None:
    """Where both write it; what is another value may be meant."""
    pairs = [("[Tea, Coffee]", "[Tea, Milk]"), ("coffee: Much", "milk: Little"), ("  coffee: You", "  milk: You")]
    for words, count in (("some", 1), ("Some", 0), ("More", 0)):
        files = {OTHER: changed(*pairs, ("tea: Some", f"tea: {words}"))}
        message = f'two-spellings: this says "{words}", and {TEA} "Some"'
        assert told(make_site, files) == [message] * count
