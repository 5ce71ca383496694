"""What is legal but weak is said, and does not stop a build."""

from datetime import date

import pytest
from conftest import MakeSite
from samples import changed, loaded_site, texts

from tiebreak.problems import Severity, flat
from tiebreak.rules.comparison import LONGEST_SUMMARY

NOTHING = "`better: lower` decides nothing here: "
SAME = "denied-winner: Tea wins this row, and its cell says what that of Coffee says"
TEA = "content/compare/tea-vs-coffee.md"


def warnings(
    make_site: MakeSite, files: dict[str, str], today: date | None = None, *, drafts: bool = False
) -> list[str]:
    """Every warning, in order; the project has no errors."""
    loaded = loaded_site(make_site(files), drafts=drafts, today=today)
    assert loaded.site is not None
    found = flat(loaded.problems)
    assert {problem.severity for problem in found} <= {Severity.WARNING}
    return texts(found)


def test_a_sound_project_has_no_weakness(make_site: MakeSite) -> None:
    """The sample itself."""
    assert warnings(make_site, {}) == []


@pytest.mark.parametrize(("length", "weak"), [(LONGEST_SUMMARY, 0), (LONGEST_SUMMARY + 1, 1)])
def test_a_summary_is_as_long_as_search_engines_show(make_site: MakeSite, length: int, weak: int) -> None:
    """160 characters, whatever bytes they take."""
    text = changed(("Tea for calm, coffee for speed.", "é" * length))
    message = f"long-summary: the summary has {length} characters; search engines show about 160"
    assert warnings(make_site, {TEA: text}) == [message] * weak


@pytest.mark.parametrize(
    ("cells", "weak"),
    [
        ("    cells: {tea: Some}\n", ["Coffee"]),
        ("", ["Tea", "Coffee"]),
        ("    cells: {tea: Some, coffee: unknown}\n", []),
        ("    cells: {tea: Some, coffee: {state: unknown}}\n", []),
    ],
)
def test_a_cell_that_is_left_out_is_noticed(make_site: MakeSite, cells: str, weak: list[str]) -> None:
    """Unless the author says that nobody knows."""
    text = changed(("    cells: {tea: Some, coffee: Much}\n", cells))
    messages = [f'unknown-cell: "Caffeine" says nothing on {name}; the cell reads "unknown"' for name in weak]
    assert sorted(warnings(make_site, {TEA: text})) == sorted(messages)


def test_a_row_of_which_nobody_knows_anything_is_noticed(make_site: MakeSite) -> None:
    """It decides nothing, however honest."""
    text = changed(("    cells: {tea: Some, coffee: Much}\n", "    cells: [unknown, unknown]\n"))
    assert warnings(make_site, {TEA: text}) == ['unknown-cell: "Caffeine" is unknown for every subject']


def test_a_fact_fills_a_cell(make_site: MakeSite) -> None:
    """Then nothing is left out, also when the fact is that nobody knows."""
    subjects = {
        f"content/subjects/{id}.yaml": f"name: {id.title()}\nfacts: {{caffeine: unknown}}\n" for id in ("tea", "coffee")
    }
    assert warnings(make_site, {TEA: changed(("    cells: {tea: Some, coffee: Much}\n", "")), **subjects}) == []


@pytest.mark.parametrize(
    ("fact", "weak"),
    [
        ("Some", False),
        ("{text: Some, source: https://example.org/, checked: 2026-01-01}", False),
        ("Little", True),
        ("30", True),
        ("no", True),
    ],
)
def test_a_cell_that_contradicts_the_fact_is_noticed(make_site: MakeSite, fact: str, weak: bool) -> None:
    """Where a reader would see the difference; one of the two is out of date."""
    said = fact if weak else ""
    found = warnings(make_site, {"content/subjects/tea.yaml": f"name: Tea\nfacts: {{caffeine: {fact}}}\n"})
    assert found == [f'fact-differs: the fact in content/subjects/tea.yaml differs: it says "{said}"'] * weak


@pytest.mark.parametrize("pick", ["tea", "none"])
def test_a_pick_that_wins_owes_nothing(make_site: MakeSite, pick: str) -> None:
    """Nor does no pick; rows of no weight and ties count for nobody."""
    rows = "  - {factor: A, cells: [a, b], wins: coffee, weight: 0}\n  - {factor: B, cells: [a, b], wins: tie}\n"
    text = changed(("pick: tea", f"pick: {pick}"), ("verdict:", f"{rows}verdict:"))
    assert warnings(make_site, {TEA: text}) == []


def test_a_subject_nobody_compares_is_noticed(make_site: MakeSite) -> None:
    """A third way is a mention; an alias is a name."""
    files = {
        "content/subjects/tea.yaml": "name: Green tea\naliases: [Tea]\n",
        "content/subjects/cocoa.yaml": "name: Cocoa\n",
        "content/subjects/milk.yaml": "name: Milk\n",
        TEA: changed(("published:", "consider: [{name: X, if: y, subject: cocoa}]\npublished:")),
    }
    assert warnings(make_site, files) == ['orphan-subject: no comparison names "Milk"']


def test_a_subject_that_readers_can_compare_is_no_orphan(make_site: MakeSite) -> None:
    """With a kind, facts, and another such subject of that kind."""
    files = {
        f"content/subjects/{name}.yaml": f"name: {name}\nkind: {kind}\nfacts: {{price: 2}}\n"
        for name, kind in {"ale": "beer", "stout": "beer", "cider": "wine"}.items()
    }
    files["content/subjects/lager.yaml"] = "name: lager\nkind: beer\n"
    told = [f'orphan-subject: no comparison names "{name}"' for name in ("cider", "lager")]
    assert warnings(make_site, files) == told


def test_no_subject_is_an_orphan_while_comparisons_cannot_be_read(make_site: MakeSite) -> None:
    """The broken file may be the one that names it."""
    loaded = loaded_site(make_site({"content/subjects/milk.yaml": "name: Milk\n", "content/compare/a-vs-milk.md": ""}))
    assert loaded.site is not None
    assert {problem.file for problem in flat(loaded.problems)} == {"content/compare/a-vs-milk.md"}


def test_a_name_that_almost_has_a_file_is_noticed(make_site: MakeSite) -> None:
    """It would make a subject of its own."""
    files = {
        "content/subjects/coffee.yaml": "name: Coffee\n",
        "content/compare/water-vs-cofee.md": changed(
            ("[Tea, Coffee]", "[Water, Cofee]"),
            ("pick: tea", "pick: none"),
            ("{tea: Some, coffee: Much}", "[a, b]"),
            ("wins: tea", "wins: tie"),
            ("  tea: You", "  water: You"),
            ("  coffee: You", "  cofee: You"),
        ),
    }
    assert warnings(make_site, files) == ['unknown-subject: "Cofee" has no file under content/subjects/']


def test_a_source_nobody_cites_is_noticed(make_site: MakeSite) -> None:
    """By name, by URL or by a fact is cited; two names of one page are one source."""
    named = "sources:\n  {}: {{title: {}, url: https://example.org/{}}}\npublished:"
    uses = {
        "box": named.format("box", "Box", "box"),
        "url": named.format("url", "Url", "box"),
        "tin": named.format("tin", "Tin", "tin"),
    }
    cited = ("tea: Some", "tea: {text: Some, source: https://example.org/box}")
    found = {name: warnings(make_site, {TEA: changed(cited, ("published:", use))}) for name, use in uses.items()}
    assert found == {"box": [], "url": [], "tin": ['unused-source: no cell cites "tin"']}


@pytest.mark.parametrize("drafts", [False, True])
def test_a_pinned_draft_is_noticed(make_site: MakeSite, drafts: bool) -> None:
    """At what is published; one draft may pin another."""
    files = {
        TEA: changed(("published:", "related: [a-vs-b]\npublished:")),
        "content/compare/a-vs-b.md": changed(
            ("[Tea, Coffee]", "[A, B]"),
            ("pick: tea", "pick: none"),
            ("{tea: Some, coffee: Much}", "[a, b]"),
            ("wins: tea", "wins: tie"),
            ("  tea: You", "  a: You"),
            ("  coffee: You", "  b: You"),
            ("published: 2026-04-02", "draft: true\nrelated: [tea-vs-coffee]"),
        ),
    }
    message = 'draft-related: "a-vs-b" is a draft, which readers do not see among the related'
    assert warnings(make_site, files, drafts=drafts) == [message]


@pytest.mark.parametrize(
    ("row", "weak"),
    [
        (
            "cells: [fast, 2], better: lower",
            'unused-better: `better: lower` decides nothing here: "fast" is not a number',
        ),
        (
            "cells: [1, unknown], better: lower",
            'unused-better: `better: lower` decides nothing here: "unknown" cannot be compared',
        ),
        (
            "cells: [yes, n/a], better: higher",
            'unused-better: `better: higher` decides nothing here: "n/a" cannot be compared',
        ),
        (
            "cells: [3, yes], better: higher",
            'unused-better: `better: higher` decides nothing here: "yes" is not a number, and other cells are',
        ),
        (
            "cells: [5 ms, 2 s], better: lower",
            f"unused-better: {NOTHING}" + '"2 s" cannot be compared, because "5 ms" has another unit',
        ),
        (
            "cells: [5-10, 7], better: lower, wins: tea",
            'unused-better: `better: lower` decides nothing here: "5-10" is more than one number',
        ),
        ("cells: [5 GB, 7], unit: MB", 'unread-number: "5 GB" is not in MB, which is this row\'s unit'),
        (
            "cells: ['1,5', 7], unit: MB",
            'unread-number: "1,5" is not read as a number: it is one number to some readers and another to others',
        ),
        ("cells: [Unlimited, 7], unit: MB", None),
        (
            "cells: [5 ms, 7 ms], better: lower, wins: coffee",
            'denied-winner: "coffee" does not win: lower is better, and that is Tea',
        ),
        ("cells: [no, yes], wins: tea", 'denied-winner: Tea wins this row, and its "no" beats the "yes" of Coffee'),
        ("cells: [no, yes], better: lower, wins: tea", None),
        (
            "cells: [partial, yes], wins: tea",
            'denied-winner: Tea wins this row, and its "partial" beats the "yes" of Coffee',
        ),
        ("cells: [unknown, no], wins: tea", "denied-winner: Tea wins this row, and its own cell is unknown"),
        ("cells: [n/a, no], wins: tea", 'denied-winner: Tea wins this row, and its own cell says "n/a"'),
        ("cells: [Fine, Fine], wins: tea", SAME),
        ("cells: [1.0, 1.00], wins: tea", SAME),
        ("cells: [Fine, fine.], wins: tea", SAME),
        ("cells: ['1,000 ms', 1000ms], wins: tea", SAME),
        ("cells: [{value: 5, compare: 3}, {value: 5, compare: 4}], wins: tea", None),
        (
            "cells: [5 ms, 7 ms], better: lower, wins: tie",
            'denied-winner: "tie" does not win: lower is better, and that is Tea',
        ),
        (
            "cells: [yes, no], better: higher, wins: tie",
            'denied-winner: "tie" does not win: higher is better, and that is Tea',
        ),
        ("cells: [unknown, yes], wins: tie", "denied-winner: Tea shares this row, and its own cell is unknown"),
        ("cells: [yes, n/a], wins: tie", 'denied-winner: Coffee shares this row, and its own cell says "n/a"'),
        ("cells: [n/a, n/a], wins: tie", None),
        ("cells: [yes, no], wins: tie", None),
        (
            "cells: [5M, 6 MB], unit: MB, better: lower",
            f"unused-better: {NOTHING}" + '"5M" is one number to some readers and another to others',
        ),
        (
            "cells: [up to 5, 7], unit: MB",
            'unread-number: "up to 5" is not read as a number: it is more than a number and its unit',
        ),
        ("cells: [Fine, Fine], wins: tie", None),
        ("cells: [Fine, Bad]", "unjudged-pick: Tea is picked, and no row says who wins it"),
    ],
)
def test_what_the_cells_say_and_who_wins_fit_together(make_site: MakeSite, row: str, weak: str | None) -> None:
    """A `better` without effect, a number that is not read, a winner that its own cells deny, a pick without a row."""
    other = "" if weak and "unjudged" in weak else "  - {factor: Taste, cells: [Mild, Strong], wins: tea, weight: 5}\n"
    old = "  - factor: Caffeine\n    cells: {tea: Some, coffee: Much}\n    wins: tea\n"
    found = warnings(make_site, {TEA: changed((old, f"  - {{factor: X, {row}}}\n{other}"))})
    assert found == [weak] * bool(weak)


def test_a_shared_better_without_effect_is_noticed_beside_wins(make_site: MakeSite) -> None:
    """Whoever reads factors.yaml would think that it decides the row."""
    files = {
        TEA: changed(("factor: Caffeine", "factor: caffeine")),
        "content/factors.yaml": "caffeine: {label: Caffeine, better: lower}\n",
    }
    where = "`better: lower` of content/factors.yaml decides nothing here: "
    assert warnings(make_site, files) == [f'unused-better: {where}"Some" is not a number']


def test_a_date_in_the_future_is_noticed(make_site: MakeSite) -> None:
    """Wherever something is said to have happened; `future-date` depends on today, and only `check` knows it."""
    late = "2027-01-01"
    text = changed(
        ("tea: Some,", f"tea: {{text: Some, source: s, checked: {late}}},"),
        ("published: 2026-04-02", f"published: {late}\nupdated: {late}\nhistory: [{{date: {late}, was: tea, why: x}}]"),
        ("verdict:", f"sources: {{s: {{title: S, url: 'https://example.org/', accessed: {late}}}}}\nverdict:"),
    )
    files = {TEA: text, "content/subjects/tea.yaml": f"name: Tea\nfacts: {{x: {{text: y, checked: {late}}}}}\n"}
    found = warnings(make_site, files, date(2026, 12, 31))
    told = "future-date: 2027-01-01 lies in the future; today is 2026-12-31"
    assert found.count(told) == 5
    assert "future-date: held back until 2027-01-01, when it is published" in found
    assert warnings(make_site, files, date(2027, 1, 1)) == warnings(make_site, files) == []
