"""A number beside a row's label is one that the row has."""

from decimal import Decimal

import pytest
from conftest import MakeSite
from samples import changed, loaded_site, texts

from tiebreak.problems import flat
from tiebreak.rules.prose_numbers import _is_borne_out

TEA, SITE = "content/compare/tea-vs-coffee.md", "content/site.yaml"
ROW = (("factor: Caffeine", "factor: Caffeine in a cup\n    unit: mg"), ("{tea: Some, coffee: Much}", "[30.5, 95]"))


def told(make_site: MakeSite, body: str, why: str = "It lets you sleep.", settings: str = "") -> list[str]:
    files = {TEA: changed(*ROW, ("It lets you sleep.", why), ("Tea is calmer.", body))}
    if settings:
        files[SITE] = f"title: X\nbase_url: https://example.org/\n{settings}\n"
    return [text for text in texts(flat(loaded_site(make_site(files)).problems)) if text.startswith("unmatched")]


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ("The caffeine in a cup is 40 mg.", "40 mg"),
        ("*Caffeine* in a cup: **40&nbsp;mg**", "40\xa0mg"),
        ("- Caffeine in a cup is 1,000 mg\n- and so on", "1,000 mg"),
        ("The caffeine in a cup is 30.5 mg, about 30 mg, or 95 mg; the difference is 65 mg, both are 125.5 mg.", ""),
        ("The caffeine in a cup is 40 g.", ""),
        ("The caffeine in a cup is high. It was 40 mg.", ""),
        ("Forty is 40 mg. Caffeine in a cup matters.", ""),
        ("`The caffeine in a cup is 40 mg`\n\n    caffeine in a cup 40 mg\n", "40 mg"),
        ("Caffeine in a cup: x40 mg, 4-40 mg, 40 mgs, 1.2.3.40 mg", ""),
    ],
)
def test_in_a_sentence_with_its_unit(make_site: MakeSite, body: str, wrong: str) -> None:
    """Both in one sentence; what is rounded, a difference or a sum is no mistake."""
    message = f'unmatched-number: "{wrong}" stands beside "Caffeine in a cup", whose row says 30.5, 95'
    assert told(make_site, body) == ([message] if wrong else [])


def test_in_fields_as_well(make_site: MakeSite) -> None:
    """Where they argue."""
    assert len(told(make_site, "Tea.", why="The caffeine in a cup is 40 mg.")) == 1


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("| Caffeine in a cup (mg) | 30.5 | 95 | 7 |", 0),
        ("| Caffeine in a cup (mg) | 95 | 30.5 | 7 |", 2),
        ("| Caffeine in a cup | 31 mg | 96 mg | 7 |", 0),
        ("| Caffeine in a cup | 40 mg | about 96 mg of it | 7 |", 1),
        ("| Sugar | 40 | 41 | 7 |", 0),
        ("| Caffeine in a cup |", 0),
    ],
)
def test_in_a_table_under_its_subject(make_site: MakeSite, line: str, count: int) -> None:
    """The number is that subject's own; other columns are others' business."""
    assert len(told(make_site, f"| | Tea | Coffee | Milk |\n| --- | --- | --- | --- |\n{line}")) == count


def test_numbers_are_read_as_the_language_writes_them(make_site: MakeSite) -> None:
    """With a comma before decimals in German."""
    assert told(make_site, "Caffeine in a cup: 30,5 mg.", settings="language: de") == []
    assert len(told(make_site, "Caffeine in a cup: 30,5 mg.")) == 1


@pytest.mark.parametrize("number", ["39.6", "40", "39.5", "1000", "961"])
def test_a_number_may_be_rounded(number: str) -> None:
    """Or near, or what two numbers of the row make."""
    assert _is_borne_out(Decimal(number), [Decimal("39.6"), Decimal(1000)])


@pytest.mark.parametrize("number", ["35", "0", "1100"])
def test_any_other_number_is_another(number: str) -> None:
    """However few digits it has."""
    assert not _is_borne_out(Decimal(number), [Decimal("39.6"), Decimal(1000)])


def test_what_a_fact_puts_into_a_text_is_borne_out(make_site: MakeSite) -> None:
    """Also where the language would write the number otherwise."""
    files = {
        "content/subjects/tea.yaml": "name: Tea\nfacts: {caffeine-in-a-cup: {value: 30.5}}\n",
        "content/factors.yaml": "caffeine-in-a-cup: {label: Caffeine in a cup, unit: mg}\n",
        TEA: changed(
            ("factor: Caffeine", "factor: caffeine-in-a-cup"),
            ("{tea: Some, coffee: Much}", "{coffee: 95}"),
            ("Tea is calmer.", "Caffeine in a cup: {fact:tea.caffeine-in-a-cup}."),
        ),
        SITE: "title: X\nbase_url: https://example.org/\nlanguage: de\n",
    }
    assert [text for text in texts(flat(loaded_site(make_site(files)).problems)) if "unmatched" in text] == []
