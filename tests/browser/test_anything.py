"""Any subjects of one kind side by side: what the table says, what is said of it, and the ways there and back."""

import json
import random
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from accessible import violations
from hosted import PHONE, Open, Served, serve
from playwright.sync_api import Locator, Page, expect
from pydantic import TypeAdapter

from tiebreak.content.table_schema import AnyCell, CellEntry, SharedFactorEntry
from tiebreak.linking.facts import pack
from tiebreak.linking.index import Index
from tiebreak.linking.numbers import measured
from tiebreak.linking.subjects import Registry
from tiebreak.linking.winners import winners_by_cells
from tiebreak.model.cell import Cell, CellState
from tiebreak.model.table import Subject

CELL = TypeAdapter[CellEntry](AnyCell)
SCRIPT = "<img src=x onerror=document.title=1>"
KINDS = {
    "tea": "Drink",
    "coffee": "Drink",
    "mate": "Drink",
    "cocoa": "Drink",
    "milk": "Drink",
    "water": "Drink",
    "juice": "Drink",
    "cup": "Vessel",
    "mug": "Vessel",
}
FACTS = {
    "tea": "price: {value: 1.10, source: 'https://example.org/prices', checked: 2026-11-01}, hot: yes, taste: Mild",
    "coffee": "price: {value: 2.50, source: 'https://example.org/prices', checked: 2026-11-02}, hot: yes",
    "mate": f"price: 3, taste: {json.dumps(SCRIPT)}, hot: {{state: partial, text: 'As you like', kind: opinion}}",
    "cocoa": "price: 3, hot: yes",
    "milk": "hot: {state: no, checked: 2020-03-01, max_age: 1y}",
    "water": "hot: no, price: 0",
    "juice": "hot: no",
    "cup": "size: 2",
    "mug": "size: 3",
}
FACTORS = """\
hot: {label: Served hot, note: As it comes.}
price: {label: Price, unit: EUR, better: lower}
"""
RULING = """\
---
summary: Both.
subjects: [{ids}]
pick: {pick}
why: Because.
factors: [{{factor: Caffeine, cells: [{cells}], wins: {wins}}}]
verdict: {{{verdict}}}
published: 2026-04-02
---
"""


def link_comparison(*ids: str, pick: str) -> str:
    return RULING.format(
        ids=", ".join(ids),
        pick=pick,
        wins="tie" if pick == "none" else pick,
        cells=", ".join("Some" for _ in ids),
        verdict=", ".join(f"{id}: You do" for id in ids),
    )


WINNERS = """async rows => {
    const script = document.querySelector("script[src$='/page.js']").src;
    const { rowsOf } = await import(script.replace("page.js", "facts.js"));
    const known = values => values.map(value => ({ facts: { x: { value } } }));
    return rows.map(({ better, values }) => rowsOf([{ id: "x", better }], known(values))[0].winners);
}"""


@pytest.fixture(scope="module")
def bar(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Seven drinks and two vessels, of which few were judged, under a prefix."""
    files = {
        "site.yaml": "title: Bar\nbase_url: https://example.org/\n",
        "factors.yaml": FACTORS,
        "compare/tea-vs-coffee.md": link_comparison("tea", "coffee", pick="tea"),
        "compare/mate-vs-cocoa.md": link_comparison("mate", "cocoa", pick="none"),
        "compare/three.md": link_comparison("tea", "milk", "water", pick="water"),
        **{f"subjects/{id}.yaml": f"name: {id.title()}\nkind: {KINDS[id]}\nfacts: {{{FACTS[id]}}}\n" for id in FACTS},
    }
    project = tmp_path_factory.mktemp("bar")
    for path, text in files.items():
        file = project / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    yield from serve(project, tmp_path_factory.mktemp("served"))


def opened(bar: Served, visit: Open, query: str, **options: object) -> Page:
    """The list of comparisons, asked for these subjects, with the answer there."""
    opened = visit(bar.url(f"compare/{query}"), **options)
    expect(opened.page.locator("html:not([data-asked])")).to_have_count(1)
    expect(opened.page.locator(".anything .said > *").first).to_be_visible()
    assert opened.faults == []
    assert all(request.startswith(bar.origin) for request in opened.requests)
    return opened.page


def title(page: Page) -> str:
    return page.locator("#_anything-title").inner_text()


def box(page: Page, name: str) -> Locator:
    return page.get_by_role("checkbox", name=name)


def said(page: Page) -> str:
    return page.locator(".anything .said").inner_text().replace("\n\n", "\n")


def table(page: Page) -> list[list[str]]:
    """The words of the table, row by row, the factor first; what is only for the ear is in them."""
    rows = page.locator(".anything tbody tr").all()
    return [[clean(cell.text_content() or "") for cell in row.locator("> *").all()] for row in rows]


def clean(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


# --- what it says -----------------------------------------------------------------------------------------------------


def test_two_that_were_judged(bar: Served, visit: Open) -> None:
    """The written comparison comes first, with its pick; then the facts, numbers with their winner, gaps as unknown."""
    page = opened(bar, visit, "?with=tea,coffee")
    assert title(page) == "Tea vs Coffee"
    expect(page).to_have_title("Tea vs Coffee · Bar")
    assert said(page) == "Tea vs Coffee judges exactly these and picks Tea.\n1 of 3 rows lacks data: Coffee (1)."
    assert table(page) == [
        ["Served hot", "Yes", "Yes"],
        ["Price", "Wins: 1.10 EUR [1]", "2.50 EUR [2]"],
        ["Taste", "Mild", "Unknown"],
    ]
    expect(page.locator("td[data-wins]")).to_have_attribute("data-subject", "tea")
    expect(page.locator("td[data-state=unknown]")).to_have_attribute("data-subject", "coffee")
    page.get_by_role("link", name="Tea vs Coffee").first.click()
    expect(page).to_have_url(re.compile("/compare/tea-vs-coffee/$"))


def test_two_that_nobody_has_judged(bar: Served, visit: Open) -> None:
    """That is said plainly, and the order of the address is that of the columns."""
    page = opened(bar, visit, "?with=mate,tea")
    assert title(page) == "Mate vs Tea"
    assert said(page) == "Nobody has judged this pair yet. The table is what is known of each, and no verdict."


def test_a_pair_that_was_judged_among_others(bar: Served, visit: Open) -> None:
    """Is not called unjudged: the comparison that has both is linked."""
    page = opened(bar, visit, "?with=milk,water")
    assert "Nobody has judged just these yet." in said(page)
    expect(page.locator(".said a")).to_have_attribute("href", re.compile("/compare/three/$"))


def test_three_of_which_two_were_judged(bar: Served, visit: Open) -> None:
    """What shares at least two of them is linked."""
    page = opened(bar, visit, "?with=tea,coffee,mate")
    assert said(page).splitlines() == [
        "Nobody has judged these against each other yet. The table is what is known of each, and no verdict.",
        "Judged with some of them: Tea vs Coffee.",
        "1 of 3 rows lacks data: Coffee (1).",
    ]


def test_a_comparison_without_a_pick(bar: Served, visit: Open) -> None:
    """Picked none, and says so; a tie is a tie."""
    page = opened(bar, visit, "?with=cocoa,mate")
    assert said(page).startswith("Mate vs Cocoa judges exactly these and picks none of them.")
    assert table(page)[1] == ["Price", "Tied: 3 EUR", "Tied: 3 EUR"]


def numbers(count: int) -> list[list[str]]:
    """As an author may write them: with signs, long, written in several ways, and nearly the same."""
    chance = random.Random(7)
    written = [
        "0",
        "-0",
        "+0.00",
        "1",
        "1.10",
        "1.1",
        "-1.10",
        "+1.1",
        "0.1",
        "0.10000000000000000001",
        "-0.5",
        "10",
        "9",
    ]
    long = ["9" * 99, f"-{'9' * 99}", f"1{'0' * 98}", f"0.{'0' * 97}1", f"-0.{'0' * 96}1"]
    near = [
        f"{sign}{whole}{rest}"
        for sign in ("", "-")
        for whole in range(2**53 - 1, 2**53 + 4)
        for rest in ("", ".0", ".5")
    ]
    return [
        chance.choices(chance.choice((written, near, written + long + near)), k=chance.randint(2, 6))
        for _ in range(count)
    ]


def test_numbers_win_as_in_a_written_comparison(bar: Served, visit: Open) -> None:
    """Every digit counts: the browser names the winners that the build names, of numbers of any length."""
    rows = [*(["9007199254740993", "9007199254740992"], ["1.10", "+1.1"], ["-0", "0.0"]), *numbers(2_000)]
    asked = [{"better": better, "values": values} for better in ("lower", "higher") for values in rows]
    found = visit(bar.url("compare/")).page.evaluate(WINNERS, asked)
    for (better, values), winners in zip((one.values() for one in asked), found, strict=True):
        subjects = [Subject(str(place), "") for place, _ in enumerate(values)]
        expected = winners_by_cells([Cell(value=value) for value in values], "", better, subjects)  # type: ignore[arg-type]
        assert tuple(map(str, winners)) == expected, (better, values)


FACTS_AND_WINNERS = """async rows => {
    const script = document.querySelector("script[src$='/page.js']").src;
    const { rowsOf } = await import(script.replace("page.js", "facts.js"));
    const known = facts => facts.map(fact => ({ facts: { x: fact } }));
    return rows.map(({ better, unit, facts }) => rowsOf([{ id: "x", better, unit }], known(facts))[0]?.winners ?? []);
}"""
SAID = [
    "1,000",
    "999",
    "10k",
    "5 ms",
    "7 ms",
    "2 s",
    "-3",
    "~5",
    "1,5",
    "<5",
    "fast",
    "yes",
    "no",
    "partial",
    "unknown",
    "n/a",
]


@pytest.mark.parametrize("unit", ["", "ms"])
def test_what_is_written_wins_as_in_a_written_comparison(bar: Served, visit: Open, unit: str) -> None:
    """Texts that are numbers, units that differ, and states: any three of them."""
    shared = {"x": SharedFactorEntry.of(label="X", unit=unit, better="higher")}
    index = Index({}, {}, Registry(()), author="", drafts=False, factors=shared)
    cells = [_linked(text) for text in SAID]
    chosen = [(one, other, third) for one in cells for other in cells for third in cells[::5]]
    facts = [[json.loads(pack("s", {"x": cell}, index, "en").packed)["x"] for cell in some] for some in chosen]
    asked = [{"better": "higher", "unit": unit, "facts": some} for some in facts]
    found = visit(bar.url("compare/")).page.evaluate(FACTS_AND_WINNERS, asked)
    subjects = [Subject(str(place), "") for place in range(3)]
    for some, winners in zip(chosen, found, strict=True):
        expected = winners_by_cells([measured(cell, unit, "higher", ".") for cell in some], unit, "higher", subjects)
        assert tuple(map(str, winners)) == expected, some


def test_what_overlaps_is_level_as_in_a_written_comparison(bar: Served, visit: Open) -> None:
    """Spreads that overlap, touch or lie in one another, beside numbers without one, and what is no number."""
    spreads = [("4", "3", "5"), ("4.5", "4.50", "6"), ("5.1", "5.01", "9"), ("-1", "-2", "3.0"), ("7", "6", "8")]
    cells = [Cell(value=value, low=low, high=high) for value, low, high in spreads]
    cells += [Cell(value="4"), Cell(value="5"), Cell(value="9007199254740993"), Cell(state=CellState.YES)]
    chosen = [(one, other, third) for one in cells for other in cells for third in cells]
    index = Index({}, {}, Registry(()), author="", drafts=False)
    facts = [[json.loads(pack("s", {"x": cell}, index, "en").packed)["x"] for cell in some] for some in chosen]
    asked = [{"better": better, "facts": some} for better in ("lower", "higher") for some in facts]
    found = visit(bar.url("compare/")).page.evaluate(FACTS_AND_WINNERS, asked)
    subjects = [Subject(str(place), "") for place in range(3)]
    for (better, some), winners in zip(product(("lower", "higher"), chosen), found, strict=True):
        assert tuple(map(str, winners)) == winners_by_cells(some, "", better, subjects), (better, some)  # type: ignore[arg-type]


def _linked(text: str) -> Cell:
    entry = CELL.validate_python(text)
    return Cell(text=entry.text, value=entry.value, state=entry.state)


def test_six(bar: Served, visit: Open) -> None:
    """As many as there may be; a number wins only when all are known, and gaps are counted by subject."""
    page = opened(bar, visit, "?with=tea,coffee,mate,cocoa,milk,water")
    assert page.locator(".anything thead th").count() == 6
    assert page.locator("td[data-wins]").count() == 0
    assert re.search(r"2 of 3 rows lack data: Coffee \(1\), Cocoa \(1\), Milk \(2\),? and Water \(1\)\.$", said(page))
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_rows_of_which_nothing_is_known_are_not_shown(bar: Served, visit: Open) -> None:
    """A row is there for what one of them at least has."""
    page = opened(bar, visit, "?with=milk,juice")
    assert [row[0] for row in table(page)] == ["Served hot"]


def test_sources_are_listed_with_the_day_they_were_checked(bar: Served, visit: Open) -> None:
    """Small figures lead to them; a click on one opens them at the cell, as in any table."""
    page = opened(bar, visit, "?with=tea,coffee")
    days = [clean(item.inner_text()) for item in page.locator("#sources li .meta").all()]
    assert days == ["example.org, ✓ confirmed 1 November 2026", "example.org, ✓ confirmed 2 November 2026"]
    page.locator("td .ref a").first.click()
    expect(page.locator(".cell-sources")).to_contain_text("confirmed 1 November 2026")


def test_the_browser_knows_what_is_stale(bar: Served, visit: Open) -> None:
    """By its own day and the one in the file: the page itself was made on another."""
    page = opened(bar, visit, "?with=milk,juice")
    marked = page.locator("[data-subject=milk] [data-stale]")
    expect(marked).to_have_text("last checked 1 March 2020")
    expect(page.locator(".anything .legend")).to_contain_text("last checked: longer ago than we allow")
    expect(opened(bar, visit, "?with=tea,coffee").locator("[data-stale]")).to_have_count(0)


def test_what_an_author_wrote_is_text(bar: Served, visit: Open) -> None:
    """Markup in a fact is shown, not run."""
    page = opened(bar, visit, "?with=tea,mate")
    assert SCRIPT in table(page)[2]
    expect(page).to_have_title("Tea vs Mate · Bar")
    assert page.locator(".anything img").count() == 0


# --- what cannot be answered ------------------------------------------------------------------------------------------


def test_an_unknown_subject(bar: Served, visit: Open) -> None:
    """Is named, and the near one is a link that mends the address."""
    page = opened(bar, visit, "?with=tea,cofee")
    assert said(page) == "There is nothing called “cofee” to compare here. Did you mean Coffee?"
    assert table(page) == []
    page.get_by_role("link", name="Coffee", exact=True).click()
    expect(page.locator("#_anything-title")).to_have_text("Tea vs Coffee")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?with=tea", "Choose at least one more."),
        ("?with=tea,tea", "Choose at least one more."),
        ("?with=tea,mug", "Only things of one kind can be compared here: Tea (Drink) and Mug (Vessel)."),
        ("?with=zzzzzz,tea", "There is nothing called “zzzzzz” to compare here."),
        ("?with=tea,coffee,mate,cocoa,milk,water,juice", "At most 6 fit side by side, and you chose 7."),
        ("?with=tea,__proto__", "There is nothing called “__proto__” to compare here."),
    ],
)
def test_what_cannot_be_compared_is_said_in_words(bar: Served, visit: Open, query: str, words: str) -> None:
    """And the list of comparisons stands below, as ever."""
    page = opened(bar, visit, query)
    assert said(page).splitlines()[0] == words
    assert title(page) == "Make your own comparison"
    assert table(page) == []
    expect(page.get_by_role("link", name=re.compile("Mate vs Cocoa")).last).to_be_visible()


def test_facts_that_cannot_be_had(bar: Served, visit: Open) -> None:
    """A reader who is not online is told so, and may try again."""
    page = visit(bar.url("compare/")).page
    page.route("**/*.json", lambda route: route.abort())
    page.get_by_label("Kind").focus()
    page.get_by_label("Kind").select_option("Drink")
    expect(page.locator(".said")).to_contain_text("could not be loaded")
    page.unroute("**/*.json")
    page.get_by_label("Kind").select_option("Vessel")
    expect(box(page, "Mug")).to_be_visible()


# --- there and back ---------------------------------------------------------------------------------------------------


def test_a_reader_chooses_with_the_keyboard_alone(bar: Served, visit: Open) -> None:
    """The kind, its subjects, the button; then the focus is at the answer, and the address can be shared."""
    page = visit(bar.url("compare/")).page
    page.get_by_label("Kind").focus()
    expect(page.locator(".anything[data-ready]")).to_have_count(1)
    page.keyboard.type("Drink")
    expect(box(page, "Coffee")).to_be_visible()
    for _ in range(2):  # Cocoa, Coffee
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
    for _ in range(6):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#_anything-title")).to_have_text("Cocoa vs Coffee")
    expect(page.locator("#_anything-title")).to_be_focused()
    expect(page).to_have_url(bar.url("compare/?with=cocoa,coffee"))
    for _ in range(3):  # past whom to add, and the button that adds it
        page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("role", "region")


def test_no_more_than_six_can_be_ticked(bar: Served, visit: Open) -> None:
    """The seventh waits until one is taken out."""
    page = opened(bar, visit, "?with=tea,coffee,mate,cocoa,milk,water")
    expect(box(page, "Juice")).to_be_disabled()
    box(page, "Mate").uncheck()
    expect(box(page, "Juice")).to_be_enabled()


def test_the_page_says_how_many_can_be_ticked(bar: Served, visit: Open) -> None:
    """The script has no number of its own: where two are allowed, the third waits, and three are refused."""
    page = visit(bar.url("compare/")).page
    page.locator(".anything[data-most]").evaluate("section => (section.dataset.most = 2)")
    page.get_by_label("Kind").focus()
    page.get_by_label("Kind").select_option("Drink")
    box(page, "Tea").check()
    expect(box(page, "Juice")).to_be_enabled()
    box(page, "Mate").check()
    expect(box(page, "Juice")).to_be_disabled()
    page.evaluate("history.pushState(null, '', '?with=tea,mate,milk'); dispatchEvent(new PopStateEvent('popstate'))")
    expect(page.locator(".said p").first).to_have_text("At most 2 fit side by side, and you chose 3.")


def test_what_was_asked_for_meets_the_eye_first(bar: Served, visit: Open) -> None:
    """And not the list that it stands above; without a question it is the other way round."""
    sizes = (
        "['h1', '#_anything-title'].map((one) => parseFloat(getComputedStyle(document.querySelector(one)).fontSize))"
    )
    page = opened(bar, visit, "?with=tea,coffee")
    expect(page.locator(".anything table")).to_be_visible()
    list_size, answer_size = page.evaluate(sizes)
    assert answer_size > 2 * list_size
    list_size, answer_size = visit(bar.url("compare/")).page.evaluate(sizes)
    assert list_size > answer_size


def test_back_and_forward(bar: Served, visit: Open) -> None:
    """Each table is a step; a link within the page draws nothing anew."""
    page = opened(bar, visit, "?with=tea,coffee")
    box(page, "Mate").check()
    page.get_by_role("button", name="Compare").click()
    heading = page.locator("#_anything-title")
    expect(heading).to_have_text("Coffee vs Mate vs Tea")
    page.go_back()
    expect(heading).to_have_text("Tea vs Coffee")
    expect(box(page, "Mate")).not_to_be_checked()
    page.go_forward()
    expect(heading).to_have_text("Coffee vs Mate vs Tea")
    page.locator(".anything table").evaluate("table => (table.dataset.same = '')")
    page.evaluate("location.hash = 'source-1'")
    page.wait_for_timeout(100)
    expect(page.locator(".anything table[data-same]")).to_have_count(1)


def test_back_to_the_list(bar: Served, visit: Open) -> None:
    """Without subjects in the address, the page is the list that it was."""
    page = visit(bar.url("compare/")).page
    page.get_by_label("Kind").focus()
    page.get_by_label("Kind").select_option("Vessel")
    box(page, "Cup").check()
    box(page, "Mug").check()
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("#_anything-title")).to_have_text("Cup vs Mug")
    page.go_back()
    expect(page.locator("#_anything-title")).to_have_text("Make your own comparison")
    expect(page.locator(".anything table")).to_have_count(0)
    expect(page).to_have_title("All comparisons · Bar")


def test_a_form_of_the_platform_asks_as_well(bar: Served, visit: Open) -> None:
    """`with=` more than once is read, and written as it can be shared."""
    page = opened(bar, visit, "?with=tea&with=coffee")
    assert title(page) == "Tea vs Coffee"
    expect(page).to_have_url(bar.url("compare/?with=tea,coffee"))


def test_a_hub_offers_it(bar: Served, visit: Open) -> None:
    """Its subject with another one of the kind, in one step; where the two were judged, it leads to the ruling."""
    page = visit(bar.url("subjects/tea/")).page
    assert page.locator(".alternatives li").all_inner_texts() == [
        "Coffee\nruling: Tea",
        "Milk\nruling: Water",
        "Water\nruling: Water",
        "Cocoa\nfacts side by side",
        "Juice\nfacts side by side",
        "Mate\nfacts side by side",
    ]
    page.get_by_role("listitem").filter(has_text="Mate").get_by_role("link", name="facts side by side").click()
    expect(page.locator("#_anything-title")).to_have_text("Tea vs Mate")
    expect(page).to_have_url(bar.url("compare/?with=tea,mate"))


def test_rulings_need_no_script(bar: Served, visit: Open) -> None:
    """What takes one is not there then."""
    page = visit(bar.url("subjects/tea/"), java_script_enabled=False).page
    shown = [link.inner_text() for link in page.locator(".alternatives a.meta").all() if link.is_visible()]
    assert shown == ["ruling: Tea", "ruling: Water", "ruling: Water"]
    page.get_by_role("link", name="ruling: Tea").click()
    expect(page).to_have_url(bar.url("compare/tea-vs-coffee/"))


def test_only_what_is_shown_is_fetched(bar: Served, visit: Open) -> None:
    """One file for each of them and the index; and nothing at all before somebody asks."""
    asked = visit(bar.url("compare/?with=tea,mate"))
    expect(asked.page.locator(".anything table")).to_be_visible()
    files = sorted(request.removeprefix(bar.url()) for request in asked.requests if request.endswith(".json"))
    assert files == ["subjects/index.json", "subjects/mate/facts.json", "subjects/tea/facts.json"]
    plain = visit(bar.url("compare/"))
    assert [request for request in plain.requests if "anything" in request or request.endswith(".json")] == []


# --- for everyone -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(bar: Served, visit: Open, width: int, scheme: str) -> None:
    """With two, with six, and with nothing to show; narrow and wide, in both schemes."""
    for query in ("?with=tea,mate", "?with=tea,coffee,mate,cocoa,milk,water", "?with=tea,cofee"):
        page = opened(bar, visit, query, width=width, color_scheme=scheme)
        assert violations(page) == "", query
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_our_own_subjects_can_be_compared(own: Served, visit: Open) -> None:
    """What this repository knows of them is enough for a table."""
    page = opened(own, visit, "?with=jax,keras,tensorflow", **PHONE)
    assert title(page) == "JAX vs Keras vs TensorFlow"
    assert len(table(page)) >= 3
    assert violations(page) == ""


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_when_the_table_comes(bar: Served, visit: Open, width: int) -> None:
    """Its place is kept before anything is painted."""
    page = opened(bar, visit, "?with=tea,coffee", width=width)
    moved = page.evaluate(
        """() => new Promise(done => new PerformanceObserver(list =>
            done(list.getEntries().reduce((sum, one) => sum + one.value, 0))
        ).observe({type: "layout-shift", buffered: true}) || setTimeout(() => done(0), 300))"""
    )
    assert moved < 0.02


@pytest.mark.parametrize("path", ["compare/?with=tea,coffee", "subjects/tea/"])
def test_without_scripts_there_is_no_dead_form(bar: Served, visit: Open, path: str) -> None:
    """The list is whole, and nothing asks for what cannot be answered."""
    page = visit(bar.url(path), java_script_enabled=False).page
    assert page.locator(".line").count() >= 2
    assert not [form for form in page.locator("form").all() if form.is_visible()]
    expect(page.locator("h1")).to_be_visible()


def test_the_address_of_the_page_is_one(bar: Served) -> None:
    """Whatever is compared on it, to search engines it is the list."""
    page = (Path(bar.folder) / "compare/index.html").read_text("utf-8")
    assert '<link rel="canonical" href="https://example.org/deep/prefix/compare/">' in page


def test_the_table_itself_takes_and_leaves_out(bar: Served, visit: Open) -> None:
    """A press leaves a subject out, another adds one; the address says which, and the focus is at the title."""
    page = opened(bar, visit, "?with=tea,coffee,mate")
    page.locator(".scroller").get_by_role("button", name="Leave out Coffee").press("Enter")
    page.wait_for_url("**?with=tea,mate")
    expect(page.locator(".scroller th[data-column]")).to_have_count(2)
    expect(page.locator("#_anything-title")).to_be_focused()
    expect(page.get_by_role("button", name=re.compile("Leave out"))).to_have_count(0)
    page.get_by_role("combobox", name="Add").select_option("Cocoa")
    page.get_by_role("button", name="Add", exact=True).press("Enter")
    page.wait_for_url("**?with=tea,mate,cocoa")
    expect(page.locator(".scroller th[data-column]")).to_have_count(3)
