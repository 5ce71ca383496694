"""What readers can do with a comparison: their priorities, the table's rows and columns, sources, copies, sharing."""

import csv
import io
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from accessible import violations
from hosted import FLAGSHIP, PHONE, SIX, TWO, Open, Served, serve_built
from playwright.sync_api import Locator, Page, expect
from samples import compared

from tiebreak.model.balance import weigh
from tiebreak.model.comparison import Comparison
from tiebreak.model.table import Factor

CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
SCRIPT = "document.querySelector(\"script[src$='/page.js']\").src"
WEIGH = f"""async tables => {{
    const {{ weigh }} = await import({SCRIPT}.replace("page.js", "weigh.js"));
    return tables.map(({{ rows, subjects, weights }}) => weigh(rows, subjects, new Map(weights)));
}}"""


def factors(page: Page) -> Locator:
    return page.locator("[data-part=factors]")


def lead(page: Page) -> Locator:
    return factors(page).locator(".yours [role=status]")


def shown_rows(page: Page) -> list[str]:
    rows = factors(page).locator("tbody tr[id]").all()
    return [(row.get_attribute("id") or "").removeprefix("factor-") for row in rows if row.is_visible()]


def shown_columns(page: Page) -> list[str]:
    return [head.inner_text() for head in factors(page).locator(".scroller thead th").all() if head.is_visible()]


def reach(control: Locator) -> Locator:
    """Gives it the focus; its tools are ready then."""
    control.focus()
    for tool in control.locator("xpath=ancestor-or-self::*[@data-tool]").all():
        expect(tool).to_have_attribute("data-ready", "")
    return control


def unfold(page: Page, name: str) -> None:
    """As a keyboard does it; what is in there is ready then."""
    summary = factors(page).locator("summary", has_text=name)
    summary.focus()
    page.keyboard.press("Enter")
    details = summary.locator("xpath=..")
    tools = details.locator("xpath=descendant-or-self::*[@data-tool]")
    for tool in tools.all():
        expect(tool).to_have_attribute("data-ready", "")


# --- your priorities --------------------------------------------------------------------------------------------------


def tables(count: int) -> list[Comparison]:
    """Tables of all sizes, with shared wins, ties, rows that nobody judged and rows that weigh nothing."""
    chance = random.Random(4)
    made = []
    for _ in range(count):
        names = "ABCDEF"[: chance.randint(2, 6)]
        sides = ["=", "?", *names, *(f"{one}+{other}" for one in names for other in names if one < other)]
        won = [chance.choice(sides) for _ in range(chance.randint(1, 12))]
        made.append(compared(*names, won=" ".join(won), weights=[chance.randint(0, 5) for _ in won]))
    return made


def row(factor: Factor, comparison: Comparison) -> dict[str, Any]:
    sides = [] if factor.tied else [comparison.subject_ids.index(winner) for winner in factor.winners]
    return {"id": factor.id, "weight": factor.weight, "sides": sides}


def test_the_browser_and_python_agree_on_who_leads(drinks: Served, visit: Open) -> None:
    """On 1,000 random tables with random priorities: the same sums, and the same leaders, level ones included."""
    chance = random.Random(5)
    given, expected = [], []
    for comparison in tables(1000):
        weights = {factor.id: chance.randint(0, 5) for factor in comparison.factors if chance.random() < 0.6}
        rows = [row(factor, comparison) for factor in comparison.factors]
        given.append({"rows": rows, "subjects": len(comparison.subjects), "weights": list(weights.items())})
        changed = [replace(factor, weight=weights.get(factor.id, factor.weight)) for factor in comparison.factors]
        totals = weigh(comparison.subjects, changed).weights
        leaders = [place for place, total in enumerate(totals) if total == max(totals)]
        expected.append({"totals": list(totals), "leaders": leaders})
    assert visit(drinks.url(TWO)).page.evaluate(WEIGH, given) == expected


def test_priorities_are_set_with_the_keyboard_and_kept_in_the_address(own: Served, visit: Open) -> None:
    """A slider a row, from the author's weight; the answer follows; reload and the way back restore it."""
    page = visit(own.url(FLAGSHIP)).page
    expect(lead(page)).to_be_hidden()
    unfold(page, "Your priorities")
    expect(lead(page)).to_have_text("By your weights, PyTorch leads 13 to 3. That is our pick, too.")
    slider = page.get_by_role("slider", name="How much it counts: Model server from the project itself")
    expect(slider).to_have_attribute("aria-valuetext", "Counts twice")
    slider.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "Counts 5 times")
    expect(lead(page)).to_have_text("By your weights, PyTorch leads 13 to 6. That is our pick, too.")
    expect(page).to_have_url(re.compile(r"\?weights=model-server:5$"))
    page.reload()
    expect(lead(page)).to_have_text("By your weights, PyTorch leads 13 to 6. That is our pick, too.")
    expect(slider).to_have_value("5")
    page.go_back()
    expect(slider).to_have_value("4")
    page.go_forward()
    expect(slider).to_have_value("5")
    page.get_by_role("button", name="Reset").click()
    expect(lead(page)).to_have_text("By your weights, PyTorch leads 13 to 3. That is our pick, too.")
    expect(page).to_have_url(re.compile(r"\?weights=$"))
    unfold(page, "Your priorities")
    expect(lead(page)).to_be_hidden()
    expect(page).to_have_url(own.url(FLAGSHIP))


def test_a_score_stands_with_the_rows_that_it_comes_from(own: Served, visit: Open) -> None:
    """Each subject with its rows, the heaviest first, and each leads to its row; what decides nothing is named too."""
    page = visit(own.url(f"{FLAGSHIP}?weights=model-server:5")).page
    answer = factors(page).locator(".yours dl")
    expect(lead(page)).to_be_visible()
    said = answer.inner_text().split("\n")
    assert said[0] == "PyTorch 13"
    assert re.fullmatch(r"TensorFlow 6", said[said.index("TensorFlow 6")])
    assert said[said.index("TensorFlow 6") + 1].startswith("Model server from the project itself ×5")
    assert "Tied 2" in said
    answer.get_by_role("link", name="Deployment format").click()
    expect(page.locator("#factor-deployment-format")).to_be_in_viewport()


def test_a_preset_takes_one_press(own: Served, visit: Open) -> None:
    """The author's priorities for other readers, with the reason; how far that is from the pick is said."""
    page = visit(own.url(FLAGSHIP)).page
    unfold(page, "Your priorities")
    preset = page.get_by_role("button", name="A serving team on Linux")
    preset.focus()
    page.keyboard.press("Enter")
    expect(preset).to_have_attribute("aria-pressed", "true")
    expect(lead(page)).to_have_text("By your weights, TensorFlow leads 12 to 6. Our pick, PyTorch, is 6 behind.")
    expect(page.get_by_text("Models arrive trained")).to_be_visible()
    page.get_by_role("button", name="By our weights").press("Enter")
    expect(preset).to_have_attribute("aria-pressed", "false")
    expect(lead(page)).to_contain_text("13 to 3")


def bars(page: Page) -> list[list[str]]:
    """Of each side of the drawing, the rows and how tall they are: `mobile w3`."""
    pans = page.locator(".ruling .balance .pan")
    script = "pan => [...pan.children].map(one => one.hash.slice(8) + one.className.match(/ w./)[0])"
    return [pan.evaluate(script) for pan in pans.all()]


def test_a_readers_weights_draw_the_balance_anew(own: Served, visit: Open) -> None:
    """Heights, points and the fulcrum are the reader's, and the box says who leads. Nothing of ours stands beside it,
    and Reset puts back what was there, to the byte.
    """
    page = visit(own.url(FLAGSHIP)).page
    head = page.locator(".ruling")
    before, drawn = head.inner_html(), bars(page)
    unfold(page, "Your priorities")
    assert head.inner_html() == before
    page.get_by_role("button", name="A serving team on Linux").click()
    expect(head.locator(".by")).to_have_text(
        "By your weights, TensorFlow leads 12 to 6. Our pick, PyTorch, is 6 behind."
    )
    assert head.locator(".won-by").all_inner_texts() == ["6", "12"]
    assert bars(page) != drawn
    assert float((head.locator(".rod svg").get_attribute("x") or "").removesuffix("%")) > 50
    expect(head.locator(".how")).to_have_text("By your weights, TensorFlow leads 12 to 6.")
    expect(head.locator(".call")).to_be_hidden()
    for weight in page.locator("[data-part=factors] .weight").all():
        expect(weight).to_be_hidden()
    page.get_by_role("button", name="Reset").click()
    assert head.inner_html() == before
    unfold(page, "Your priorities")
    assert head.inner_html() == before
    expect(page.locator("[data-part=factors] .weight").first).to_be_visible()


def test_a_row_that_gets_weight_gets_a_bar(drinks: Served, visit: Open) -> None:
    """On its side, with its name; all others stay as they are."""
    page = visit(drinks.url(TWO)).page
    first, middle, last = bars(page)
    page.goto(drinks.url(f"{TWO}?weights=stains-the-table:2"))
    expect(page.locator(".by")).to_be_visible()
    assert bars(page) == [first, ["stains-the-table w2", *middle], last]
    expect(page.locator(".ruling").get_by_role("link", name="Stains the table")).to_be_attached()


def test_strips_are_drawn_anew(own: Served, visit: Open) -> None:
    """As a beam is: each row on the strip of its winner, the heaviest first."""
    page = visit(own.url("compare/uv-vs-poetry-vs-conda-vs-pixi/")).page
    before = bars(page)
    row = before[2][-1].split()[0]  # the lightest that conda wins
    page.goto(f"{page.url}?weights={row}:5")
    expect(page.locator(".by")).to_be_visible()
    assert bars(page)[2][0] == f"{row} w5"
    assert sorted(map(len, bars(page))) == sorted(map(len, before))


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ("caffeine:0,time-until-it-works:0,keeps-warm:0", "With these weights no row decides, so nobody leads."),
        (
            "caffeine:0,time-until-it-works:2,keeps-warm:2",
            "By your weights, Tea and Coffee are level with 2 each. Tea, our pick",
        ),
        ("nonsense:3,caffeine:9,<b>:1,,", "By your weights, Tea leads 4 to 1. That is our pick, too."),
    ],
)
def test_any_address_gets_an_honest_answer(drinks: Served, visit: Open, weights: str, said: str) -> None:
    """Nothing that counts, level subjects, and addresses that nobody should have written."""
    opened = visit(drinks.url(f"{TWO}?weights={weights}"))
    expect(lead(opened.page)).to_contain_text(said)
    assert opened.faults == []


def test_what_is_not_known_is_said(drinks: Served, visit: Open) -> None:
    """Rows that nobody judged, and rows with an unknown cell, are named in the answer."""
    page = visit(drinks.url(f"{TWO}?weights=")).page
    expect(lead(page)).to_be_visible()
    answer = factors(page).locator(".yours dl").inner_text()
    assert "Not judged 1\nWorks as a dye" in answer
    assert "With an unknown cell 1\nWorks as a dye" in answer


# --- rows and columns -------------------------------------------------------------------------------------------------


def test_rows_are_found_by_their_words(own: Served, visit: Open) -> None:
    """All words, in any column, capitals or not; the rest is counted, and the address keeps it."""
    page = visit(own.url(FLAGSHIP)).page
    reach(page.get_by_role("searchbox", name="Find rows"))
    page.keyboard.type("tensorflow SERVING")
    expect(factors(page).locator(".tally").first).to_have_text("1 of 12 rows shown.")
    assert shown_rows(page) == ["model-server"]
    expect(page).to_have_url(re.compile(r"\?find=tensorflow\+SERVING$"))
    page.reload()
    expect(factors(page).locator(".tally").first).to_have_text("1 of 12 rows shown.")
    assert shown_rows(page) == ["model-server"]
    page.go_back()
    expect(factors(page).locator(".tally").first).to_have_text("")
    assert len(shown_rows(page)) == 12
    page.get_by_role("searchbox", name="Find rows").fill("disagree")
    assert shown_rows(page) == []  # what stands beside every row is no part of it


def test_one_group_and_only_what_differs(drinks: Served, visit: Open) -> None:
    """What reads alike goes; what goes with an unknown cell is counted; an emptied group goes with its name."""
    page = visit(drinks.url(TWO)).page
    reach(page.get_by_role("checkbox", name="Only rows that differ"))
    page.keyboard.press("Space")
    assert "stains-the-table" not in shown_rows(page)
    assert "works-as-a-dye" in shown_rows(page)
    page.get_by_role("searchbox", name="Find rows").fill("effect")
    expect(factors(page).locator(".tally").first).to_contain_text("1 hidden row has an unknown cell.")
    assert shown_rows(page) == ["caffeine", "time-until-it-works"]
    expect(factors(page).get_by_role("rowheader", name="At the table")).to_be_hidden()
    again = visit(page.url).page
    expect(factors(again).locator(".tally").first).not_to_be_empty()
    expect(again.get_by_role("searchbox", name="Find rows")).to_have_value("effect")
    assert shown_rows(again) == ["caffeine", "time-until-it-works"]


def test_the_tools_are_one_stop(drinks: Served, visit: Open) -> None:
    """Arrows lead through them; in the field for words the sideways ones stay with the words."""
    page = visit(drinks.url(TWO)).page
    summary = page.locator("summary", has_text="Your priorities")
    reach(summary)
    page.keyboard.press("ArrowLeft")
    find = page.get_by_role("searchbox", name="Find rows")
    expect(find).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(find).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("checkbox", name="Only rows that differ")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('table') !== null")


# --- sources, copies, sharing -----------------------------------------------------------------------------------------


def test_a_cells_sources_open_beside_it(own: Served, visit: Open) -> None:
    """By its figure with the keyboard, by a press on the cell; Escape closes it and the figure has the focus again."""
    page = visit(own.url(FLAGSHIP)).page
    figure = page.locator("#factor-model-server [data-subject=tensorflow] .ref a").first
    figure.focus()
    page.keyboard.press("Enter")
    box = page.locator(".cell-sources")
    expect(box).to_contain_text("The latest version of TensorFlow Serving, 2.20.0, has been released.")
    expect(box).to_contain_text("read 29 November 2026")
    expect(box).to_be_in_viewport(ratio=1)
    assert violations(page) == ""
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(figure).to_be_focused()
    page.locator("#factor-model-server [data-subject=pytorch]").click(position={"x": 60, "y": 12})
    expect(box).to_contain_text("This repository was archived by the owner on Aug 7, 2025.")


def test_what_is_known_of_a_source_is_said_beside_the_cell(own: Served, visit: Open) -> None:
    """Its marks for that row, with their key; those of the row are among them; a button closes it."""
    page = visit(own.url(FLAGSHIP)).page
    page.locator("#factor-transformers").hover()
    expect(page.locator(".scroller")).to_have_attribute("data-ready", "")
    page.locator("#factor-transformers [data-subject=pytorch]").click()
    box = page.locator(".cell-sources")
    expect(box.locator("li")).to_have_count(1)
    expect(box.locator(".meta")).to_contain_text("✓")
    expect(box.locator(".legend")).to_contain_text("confirmed: a person read it for that row")
    box.get_by_role("button", name="Close").press("Enter")
    expect(box).to_be_hidden()


def test_all_notes_are_shown_at_once(own: Served, visit: Open) -> None:
    """By one button, which the address keeps; a note goes with its row. On a wide screen they are there for two."""
    page = visit(own.url(f"{FLAGSHIP}?notes=1"), **PHONE).page
    note = page.locator("#factor-mobile + .note-row")
    expect(note).to_be_visible()
    button = page.get_by_role("button", name="Show notes")
    expect(button).to_have_attribute("aria-pressed", "true")
    assert violations(page) == ""
    button.press("Enter")
    expect(note).to_be_hidden()
    expect(page).not_to_have_url(re.compile("notes"))
    wide = visit(own.url(f"{FLAGSHIP}?find=server")).page
    expect(wide.locator("#factor-model-server")).to_be_visible()
    expect(wide.locator("#factor-mobile + .note-row")).to_be_hidden()
    expect(wide.locator(".note-row:visible")).to_have_count(wide.locator("tr[id]:visible + .note-row").count())


def test_without_scripts_a_figure_leads_to_its_source(own: Served, visit: Open) -> None:
    """What the tool does beside the cell, the page does at its end."""
    page = visit(own.url(FLAGSHIP), java_script_enabled=False).page
    page.locator("#factor-model-server .ref a").first.click()
    expect(page.locator(":target")).to_contain_text("archived")


def test_the_table_is_copied_as_it_is_shown(own: Served, visit: Open) -> None:
    """Markdown with winners and sources, or values separated by commas; only rows and columns that are shown."""
    page = visit(own.url(f"{FLAGSHIP}?find=server"), **CLIPBOARD).page
    unfold(page, "Copy")
    page.get_by_role("button", name="Markdown").press("Enter")
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    lines = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert re.fullmatch(r"\|  \| PyTorch [\d.]+ \| TensorFlow [\d.]+ \|", lines[0])
    assert lines[1] == "| --- | --- | --- |"
    assert len(lines) == 2 + len(shown_rows(page))
    assert (
        "| **Yes: TensorFlow Serving, still released** [2](https://github.com/tensorflow/serving/issues/4130)"
        in lines[2]
    )
    cited = re.findall(r" \[(\d+)\]\(([^)]+)\)", "\n".join(lines))
    assert list(dict.fromkeys(cited)) == [
        (str(place), url) for place, url in enumerate(dict.fromkeys(url for _, url in cited), 1)
    ]
    assert len(cited) > 2
    page.get_by_role("button", name="CSV").press("Enter")
    page.wait_for_function("navigator.clipboard.readText().then(text => !text.startsWith('|'))")
    rows = list(csv.reader(io.StringIO(page.evaluate("navigator.clipboard.readText()"))))
    assert [name.split(" ")[0] for name in rows[0]] == ["", "PyTorch", "TensorFlow"]
    assert rows[1] == [
        "Model server from the project itself ×2",
        "No: TorchServe archived in August 2025",
        *rows[1][2:],
    ]


def test_numbers_are_copied_for_programs_as_csv(own: Served, visit: Open) -> None:
    """Alone and in plain digits, with the unit at the label; in Markdown as they are shown."""
    page = visit(own.url(f"{FLAGSHIP}?find=installed size"), **CLIPBOARD).page
    unfold(page, "Copy")
    page.get_by_role("button", name="CSV").press("Enter")
    page.wait_for_function("navigator.clipboard.readText().then(text => text.includes('1532'))")
    rows = list(csv.reader(io.StringIO(page.evaluate("navigator.clipboard.readText()"))))
    assert rows[1] == ["Installed size measured (MB)", "857", "1532"]
    page.get_by_role("button", name="Markdown").press("Enter")
    page.wait_for_function("navigator.clipboard.readText().then(text => text.includes('1,532 MB'))")


def test_a_button_has_its_name_back(own: Served, visit: Open) -> None:
    """However often it is pressed while it says that something was copied."""
    page = visit(own.url(f"{FLAGSHIP}?find=server"), **CLIPBOARD).page
    unfold(page, "Copy")
    expect(page.locator("[data-tool=copy]")).to_have_attribute("data-ready", "")
    button = page.locator("button[value=csv]")
    button.press("Enter")
    expect(button).to_have_text("Copied")
    button.press("Enter")
    page.wait_for_timeout(2500)
    expect(button).to_have_text("CSV")


def test_copies_do_nobody_harm(drinks: Served, visit: Open) -> None:
    """What a spreadsheet would run is text, quotes are doubled, and Markdown's own characters are escaped."""
    script = f"""async rows => {{
        const {{ csv, markdown }} = await import({SCRIPT}.replace("page.js", "copy.js"));
        return [csv(rows), markdown(rows)];
    }}"""
    texts = ["=1+1", "-3.5", "a, b", 'say "x"', "a|b*c", "@x"]
    rows = [[{"text": text, "wins": False, "sources": []} for text in texts]]
    rows[0][0]["sources"] = ["https://example.org/a)[b](javascript:alert(1)"]
    as_csv, as_markdown = visit(drinks.url(TWO)).page.evaluate(script, rows)
    assert as_csv == '\'=1+1,-3.5,"a, b","say ""x""",a|b*c,\'@x\r\n'
    first, rest = as_markdown.splitlines()[0].split(" | ", 1)
    assert first == "| =1+1 [1](https://example.org/a%29[b]%28javascript:alert%281%29)"
    assert rest == '-3.5 | a, b | say "x" | a\\|b\\*c | @x |'


def test_a_row_can_be_linked_to(own: Served, visit: Open) -> None:
    """From the row itself; the link is on the clipboard, and leads to the row, which lights up."""
    page = visit(own.url(FLAGSHIP), **CLIPBOARD).page
    page.locator("#factor-mobile button").press("Enter")
    for key in ("Tab", "Tab", "Enter"):  # the first is what closes the note
        page.keyboard.press(key)
    expect(page.get_by_text("Link copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == own.url(f"{FLAGSHIP}#factor-mobile")
    arrived = visit(own.url(f"{FLAGSHIP}#factor-mobile")).page
    expect(arrived.locator("#factor-mobile")).to_be_in_viewport()


def test_the_page_is_shared_and_cited(own: Served, visit: Open) -> None:
    """As a link where the system has no sheet of its own; the reference names author, title, site, day and address."""
    page = visit(own.url(FLAGSHIP), **CLIPBOARD).page
    page.evaluate("navigator.share = undefined")
    page.get_by_role("button", name="Share").press("Enter")
    expect(page.get_by_role("button", name="Link copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    page.get_by_role("button", name="Cite").press("Enter")
    page.get_by_role("button", name="Copy", exact=True).press("Enter")
    page.wait_for_function("navigator.clipboard.readText().then(text => text.includes('“'))")
    reference = page.evaluate("navigator.clipboard.readText()")
    said = r"The Tiebreak authors\. “PyTorch vs TensorFlow\.” Tiebreak, \d+ \w+ 2026\. https://\S+/compare/pytorch-vs-tensorflow/"
    assert re.fullmatch(said, reference)


def test_a_reference_can_be_read_without_scripts(own: Served, visit: Open) -> None:
    """It opens by the platform alone, and can be marked by hand."""
    page = visit(own.url(FLAGSHIP), java_script_enabled=False).page
    page.get_by_role("button", name="Cite").click()
    expect(page.locator(".reference")).to_be_visible()


def test_the_system_shares_where_it_can(own: Served, visit: Open) -> None:
    """With title and address of the view."""
    page = visit(own.url(f"{FLAGSHIP}?weights=mobile:5")).page
    page.evaluate("navigator.share = async data => { window.shared = data }")
    page.get_by_role("button", name="Share").click()
    page.wait_for_function("window.shared")
    assert page.evaluate("window.shared.url") == own.url(f"{FLAGSHIP}?weights=mobile:5")


# --- all of it --------------------------------------------------------------------------------------------------------

EVERYTHING = "weights=caffeine:5&differ=1&find=a"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", [f"{TWO}?{EVERYTHING}", f"{SIX}?{EVERYTHING}&sort=caffeine&show=tea,mate,cocoa,milk"])
def test_axe_finds_nothing_with_every_tool_open(
    drinks: Served, visit: Open, path: str, width: int, scheme: str
) -> None:
    """WCAG 2.2 AA and best practice hold for what readers open, too."""
    opened = visit(drinks.url(path), width=width, height=900, color_scheme=scheme)
    expect(lead(opened.page)).to_be_visible()
    assert opened.faults == []
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(opened.page) == ""
    opened.page.get_by_role("button", name="Cite").press("Enter")
    assert violations(opened.page) == ""


@pytest.mark.parametrize("width", [320, 390])
def test_fingers_find_the_tools(drinks: Served, visit: Open, width: int) -> None:
    """On a touch screen every control of a tool is 44 pixels tall, and nothing leaves the screen."""
    page = visit(drinks.url(f"{SIX}?{EVERYTHING}"), width=width, height=800, has_touch=True, is_mobile=True).page
    expect(lead(page)).to_be_visible()
    controls = page.locator(
        ":is(.tools, .yours, .weigh) :is(button, select, input[type=search], input[type=range], .check, summary)"
    )
    assert controls.count() > 10
    for control in controls.all():
        if control.is_visible():
            box = control.bounding_box()
            assert box is not None
            assert box["height"] >= 44, control.evaluate("control => control.outerHTML")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.fixture(scope="module")
def slow(own: Served) -> Iterator[Served]:
    """This repository's own site over a slow line: pages come in pieces, the font and the scripts after them."""
    yield from serve_built(own.folder, pause=0.05)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", ["", "compare/", FLAGSHIP, "subjects/pytorch/", "guide/start/"])
def test_nothing_moves_while_the_page_loads(slow: Served, visit: Open, path: str, width: int) -> None:
    """Neither when what stands below arrives, nor the font, nor the scripts: all have their place."""
    script = """new Promise(done => {
        const moved = [];
        const named = ({ node, previousRect, currentRect }) =>
            `${node?.outerHTML?.slice(0, 80)} ${JSON.stringify([previousRect, currentRect])}`;
        new PerformanceObserver(list => list.getEntries().forEach(
            ({ value, sources }) => moved.push(`${value}: ${sources.map(named)}`)))
            .observe({ type: "layout-shift", buffered: true });
        setTimeout(() => done(moved), 500);
    })"""
    assert visit(slow.url(path), width=width, height=800).page.evaluate(script) == []


def test_a_page_asks_for_little(own: Served, visit: Open) -> None:
    """The page, its style and those of print and charts, its font, a script and the icon; tools come when needed."""
    opened = visit(own.url(FLAGSHIP))
    opened.page.wait_for_timeout(300)
    assert len(opened.requests) <= 7
    opened.page.locator("summary", has_text="Your priorities").click()
    expect(lead(opened.page)).to_be_visible()
    assert any(url.endswith("/priorities.js") for url in opened.requests)
