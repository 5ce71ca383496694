"""Every page as a reader meets it: under its prefix, at any width, without JavaScript, in the dark, on paper."""

import re
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urldefrag, urlsplit

import pytest
from hosted import FLAGSHIP, PHONE, SIX, TWO, Open, Served, every_kind, serve
from playwright.sync_api import Locator, Page, Route, expect

from tiebreak.scaffold import init


def links(page: Page) -> set[str]:
    """Every address on this host that a page links to, without its fragment."""
    found = page.eval_on_selector_all(
        "a[href]", "links => links.map(link => new URL(link.getAttribute('href'), link.baseURI).href)"
    )
    return {urldefrag(url).url for url in found if urlsplit(url).netloc == urlsplit(page.url).netloc}


def bottom(locator: Locator) -> float:
    box = locator.bounding_box()
    assert box is not None
    assert box["height"] > 0
    return box["y"] + box["height"]


# --- under a prefix ---------------------------------------------------------------------------------------------------


def test_the_flagship_works_under_a_prefix(own: Served, visit: Open) -> None:
    """Built for https://example.org/deep/prefix/: styled, with its font, and every link on it leads to a page."""
    opened = visit(own.url(FLAGSHIP))
    assert opened.faults == []
    assert opened.page.evaluate("document.styleSheets[0].cssRules.length") > 0
    assert opened.page.evaluate("document.fonts.ready.then(fonts => [...fonts].some(font => font.status == 'loaded'))")
    found = links(opened.page)
    assert len(found) > 10
    for url in sorted(found):
        assert url.startswith(own.url()), url
        assert opened.page.request.get(url).status == 200, url


@every_kind
def test_every_kind_of_page_works_under_a_prefix(drinks: Served, visit: Open, path: str) -> None:
    """Nothing that a page asks for is missing, and no link on it leaves the prefix."""
    opened = visit(drinks.url(path))
    assert opened.faults == []
    assert opened.page.evaluate("document.styleSheets[0].cssRules.length") > 0
    for url in links(opened.page):
        assert url.startswith(drinks.url()), url


def test_a_missing_address_gets_a_page_that_works(drinks: Served, visit: Open) -> None:
    """At any depth: status 404, styled, and with a way back."""
    opened = visit(drinks.url("no/such/page/at/all"))
    assert opened.response is not None
    assert opened.response.status == 404
    assert opened.faults == []
    opened.page.get_by_role("link", name="All comparisons").first.click()
    expect(opened.page).to_have_url(drinks.url("compare/"))


MOVED = [("compare/coffee-vs-tea/", TWO), ("old/tea/", TWO), ("guide/", "guide/start/"), ("begin.html", "guide/start/")]


@pytest.mark.parametrize(("old", "new"), MOVED)
@pytest.mark.parametrize("has_scripts", [True, False])
def test_old_addresses_lead_on(drinks: Served, visit: Open, old: str, new: str, has_scripts: bool) -> None:
    """Mirrors, aliases and bare folders arrive by themselves, under the prefix too, and in place of the old page; with
    what a reader's address has behind its path, where scripts can see to it.
    """
    page = visit(drinks.url("about/"), java_script_enabled=has_scripts).page
    page.goto(drinks.url(f"{old}?weights=caffeine:5&x=%26#factor-caffeine"))
    page.wait_for_url(drinks.url(f"{new}?weights=caffeine:5&x=%26#factor-caffeine" if has_scripts else new))
    page.go_back()
    page.wait_for_url(drinks.url("about/"))


@pytest.mark.parametrize(
    "behind",
    ["?//evil.example/", "?https://evil.example/", "?url=//evil.example#//evil.example", "#javascript:alert(1)", "?#"],
)
def test_no_address_leads_a_reader_astray(drinks: Served, visit: Open, behind: str) -> None:
    """Where a page leads is its own affair; what stands behind its path is no more than that."""
    page = visit(drinks.url(f"old/tea/{behind}")).page
    page.wait_for_url(lambda url: urldefrag(url).url.partition("?")[0] == drinks.url(TWO))
    expect(page).to_have_url(drinks.url(TWO + ("" if behind == "?#" else behind)))


def test_a_slow_answer_is_waited_for(drinks: Served, visit: Open) -> None:
    """The refresh, which is for those without scripts, does not overtake the script."""
    page = visit(drinks.url()).page
    asked = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        time.sleep(1.5)  # the browser goes on
        route.continue_()

    page.route(re.compile(rf"/{TWO}(\?.*)?$"), answer)
    page.goto(drinks.url("old/tea/?a=b"))
    page.wait_for_url(drinks.url(f"{TWO}?a=b"))
    assert asked == [drinks.url(f"{TWO}?a=b")]


# --- at any width -----------------------------------------------------------------------------------------------------


def test_no_page_scrolls_sideways_or_asks_another_host(own: Served, drinks: Served, visit: Open) -> None:
    """Wide things scroll in a frame of their own; the page never does, from the narrowest phone on. And a reader's
    visit to any page is nobody else's business.
    """
    for site in (own, drinks):
        opened = visit(site.url())
        page = opened.page
        for path in (*site.addresses, "no/such/page/"):
            page.goto(site.url(path))
            for width in (320, 390, 768, 1280):
                page.set_viewport_size({"width": width, "height": 800})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
        assert len(opened.requests) > len(site.addresses)
        assert [url for url in opened.requests if not url.startswith((site.origin, "data:"))] == []


ACT, RULE = "Bundesausbildungsförderungsgesetz" * 2, "Kraftfahrzeughaftpflichtversicherungs" * 2
LONG = f"""\
title: {ACT} oder {RULE}
summary: {RULE}
category: {ACT}
tags: [{RULE}]
subjects: [{ACT}, {RULE}]
pick: {ACT}
why: {RULE} or {ACT}.
factors:
  - {{factor: {RULE}, better: lower, unit: km, cells: [33, 36]}}
  - {{factor: Paper, cells: ["{RULE}", "{ACT}"], wins: tie}}
verdict: {{{ACT}: You study., {RULE}: You drive.}}
published: 2026-09-01
"""


@pytest.fixture(scope="module")
def wordy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    project = tmp_path_factory.mktemp("wordy")
    (project / "content/compare").mkdir(parents=True)
    site = f"title: {ACT}\ntagline: {RULE}\nbase_url: https://example.org/deep/prefix/\ncards: false\n"
    (project / "content/site.yaml").write_text(site, "utf-8")
    (project / "content/compare/laws.md").write_text(f"---\n{LONG}---\n## {RULE}\n\n{ACT}\n", "utf-8")
    yield from serve(project, tmp_path_factory.mktemp("wordy-site"))


def test_no_long_word_makes_a_page_wider(wordy: Served, visit: Open) -> None:
    """Words of 66 and of 74 letters, as names, titles, taglines, in the pick, in lists and in the table."""
    page = visit(wordy.url()).page
    assert len(wordy.addresses) >= 6
    for path in wordy.addresses:
        page.goto(wordy.url(path))
        for width in (320, 390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", ["X" * 500, "\u05d1\u05d5 " * 166], ids=["one word", "right to left"])
def test_the_longest_names_stay_in_the_byline(drinks: Served, visit: Open, name: str, width: int) -> None:
    """They break where they must, in either direction, and push nothing off the page."""
    page = visit(drinks.url(TWO), width=width).page
    for start in ("By ", "Reviewed by "):
        page.locator(".credits > span", has_text=re.compile(f"^{start}")).evaluate(
            "(span, text) => span.textContent = text", start + name
        )
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    inside = page.locator(".ruling > .credits").bounding_box()
    assert inside is not None
    for span in page.locator(".credits > span").all():
        box = span.bounding_box()
        assert box is not None
        assert inside["x"] <= box["x"]
        assert box["x"] + box["width"] <= inside["x"] + inside["width"]


def test_the_advice_names_every_subject(own: Served, visit: Open) -> None:
    """However many there are, and although the box above says part of it."""
    page = visit(own.url("compare/mypy-vs-pyright-vs-pyrefly-vs-ty/")).page
    advice = page.locator("[data-part=verdict] ul").first.get_by_role("listitem")
    assert sum(one.is_visible() for one in advice.all()) == 4


def test_the_answer_is_on_a_phones_first_screen(own: Served, visit: Open) -> None:
    """At 390 x 844, without scrolling: title, balance, pick, reason, and when to use the other."""
    page = visit(own.url(FLAGSHIP), **PHONE).page
    pick = page.locator("[data-part=pick]")
    parts = [
        page.get_by_role("heading", level=1),
        page.locator("figure.balance"),
        pick.get_by_text("PyTorch", exact=True),
        pick.locator("p").filter(has_text=re.compile(r"\w+ \w+ \w+")).first,
        pick.locator("p").filter(has_text="Use TensorFlow if"),
    ]
    for part in parts:
        expect(part).to_be_visible()
        assert bottom(part) <= 844


def test_a_wide_screen_begins_the_table_on_its_first_screen(own: Served, visit: Open) -> None:
    """At 1280 x 800 the table's head is visible without scrolling."""
    page = visit(own.url(FLAGSHIP)).page
    assert bottom(page.locator("[data-part=factors] thead")) <= 800


@pytest.mark.parametrize(("path", "subjects"), [(TWO, 2), (SIX, 6)])
def test_a_phone_keeps_the_tables_meaning(drinks: Served, visit: Open, path: str, subjects: int) -> None:
    """However narrow, it is a table with named columns and rows for those who hear it."""
    page = visit(drinks.url(f"{path}?show=all"), **PHONE).page
    rows = page.locator("tr[id^=factor-]").count()
    region = page.locator("[data-part=factors] .scroller table")
    expect(region.locator("thead th[data-column]:visible")).to_have_count(subjects)
    heard = Counter(node["role"]["value"] for node in heard_in(page, region) if not node["ignored"])
    assert rows >= 3
    assert heard["table"] == 1
    assert heard["columnheader"] == subjects
    assert heard["rowheader"] >= rows
    assert heard["cell"] + heard["gridcell"] >= rows * subjects


def heard_in(page: Page, element: Locator) -> list[dict[str, Any]]:
    """What the browser hands to a screen reader of an element and all in it."""
    session = page.context.new_cdp_session(page)
    element.evaluate("element => { window.heard = element }")
    handle = session.send("Runtime.evaluate", {"expression": "window.heard"})["result"]["objectId"]
    tree = session.send("Accessibility.queryAXTree", {"objectId": handle})
    return list(tree["nodes"])


def test_the_first_column_stays_while_a_wide_table_scrolls(drinks: Served, visit: Open) -> None:
    """Six subjects on a phone: the factor stays in sight, and all subjects can be reached."""
    page = visit(drinks.url(f"{SIX}?show=all"), **PHONE).page
    region = page.locator("[data-part=factors] [role=region][tabindex='0']")
    expect(region.get_by_role("columnheader", name="Water")).to_be_visible()
    region.evaluate("region => region.scrollIntoView({ behavior: 'instant' })")
    head = region.get_by_role("rowheader").first
    before = head.bounding_box()
    region.evaluate("region => region.scrollBy(400, 0)")
    assert region.evaluate("region => region.scrollLeft") == 400
    assert head.bounding_box() == before
    region.evaluate("region => region.scrollBy(9999, 0)")
    expect(region.get_by_role("columnheader", name="Water")).to_be_in_viewport()


def test_the_head_of_the_table_stays_while_the_page_scrolls(own: Served, visit: Open) -> None:
    """In the last row one still sees whose column is whose."""
    page = visit(own.url(FLAGSHIP), height=500).page
    factors = page.locator("[data-part=factors]")
    factors.locator("tr[id]").last.evaluate("row => row.scrollIntoView({block: 'center'})")
    for name in ("PyTorch", "TensorFlow"):
        expect(factors.get_by_role("columnheader", name=name)).to_be_in_viewport()


@pytest.mark.parametrize("width", [390, 1280])
def test_what_a_link_leads_to_is_in_sight(drinks: Served, visit: Open, width: int) -> None:
    """A tick leads to its row, a figure to its source; neither hides its target behind what sticks."""
    page = visit(drinks.url(TWO), width=width, height=844, reduced_motion="reduce").page
    page.get_by_role("link", name="Works as a dye: not judged").click()
    expect(page).to_have_url(re.compile(r"#factor-works-as-a-dye$"))
    row = page.locator("#factor-works-as-a-dye").get_by_role("rowheader")
    expect(row).to_be_in_viewport(ratio=1)
    box = row.bounding_box()
    assert box is not None
    assert box["y"] >= bottom(page.locator("[data-part=factors]").get_by_role("columnheader", name="Tea")) - 1
    page.locator("[data-part=factors]").get_by_role("link", name="Source 2").first.click()
    expect(page.locator(".cell-sources")).to_be_in_viewport(ratio=1)
    page.goto(drinks.url(f"{TWO}#source-2"))
    expect(page.locator("#source-2")).to_be_in_viewport(ratio=1)


# --- without JavaScript, in the dark, on paper ------------------------------------------------------------------------


@every_kind
def test_nothing_is_lost_without_javascript(drinks: Served, visit: Open, path: str) -> None:
    """A page needs no script to be read: the same text with it and without, but for what only scripts can do."""
    with_it, without = (visit(drinks.url(path), java_script_enabled=enabled).page for enabled in (True, False))
    for tool in without.locator(".scripted").all():
        expect(tool).to_be_hidden()
    with_it.add_style_tag(content=".scripted { display: none !important }")
    text = without.locator("main").inner_text()
    assert len(text) > 20
    assert text == with_it.locator("main").inner_text()


def test_the_flagship_is_complete_without_javascript(own: Served, visit: Open) -> None:
    """Pick, table, argument, verdict, sources, related and feedback are all there to see."""
    page = visit(own.url(FLAGSHIP), java_script_enabled=False).page
    for part in ("pick", "contents", "body", "factors", "verdict", "related", "feedback"):
        expect(page.locator(f"[data-part={part}]")).to_be_visible()
    expect(page.locator("#sources")).to_be_visible()
    assert page.locator("[data-part=body]").inner_text().count(" ") > 500


@every_kind
def test_dark_is_dark(drinks: Served, visit: Open, path: str) -> None:
    """Paper and ink change places with the reader's scheme; nobody has to press anything."""
    light, dark = (visit(drinks.url(path), color_scheme=scheme).page for scheme in ("light", "dark"))
    assert brightness(light, "background-color") > 0.9
    assert brightness(dark, "background-color") < 0.15
    assert brightness(light, "color") < 0.15
    assert brightness(dark, "color") > 0.8


def brightness(page: Page, name: str) -> float:
    """Of a colour of the page, from 0 to 1, as a pixel of it would be."""
    script = """name => {
        const pixel = new OffscreenCanvas(1, 1).getContext('2d');
        for (const element of [document.documentElement, document.body]) {
            pixel.fillStyle = getComputedStyle(element).getPropertyValue(name);
            pixel.fillRect(0, 0, 1, 1);
        }
        return [...pixel.getImageData(0, 0, 1, 1).data];
    }"""
    red, green, blue, _ = page.evaluate(script, name)
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255


def test_on_paper_it_is_a_memo(own: Served, visit: Open) -> None:
    """Without what only a screen can use, and with the addresses of its sources in print."""
    page = visit(own.url(FLAGSHIP)).page
    page.emulate_media(media="print")
    for name in ("Site", "Contents"):
        expect(page.get_by_role("navigation", name=name)).to_be_hidden()
    for part in ("pick", "factors", "verdict", "body"):
        expect(page.locator(f"[data-part={part}]")).to_be_visible()
    sources = page.locator("#sources li")
    assert sources.count() > 3
    for source in sources.all():
        link = source.locator("cite a")
        shown = link.evaluate("link => link.parentElement.innerText + getComputedStyle(link, '::after').content")
        assert urlsplit(link.evaluate("link => link.href")).path.removeprefix("/deep/prefix") in shown


def test_a_memo_takes_two_pages(own: Served, visit: Open) -> None:
    """Each comparison of our own: one sheet, printed on both sides."""
    found = [path for path in own.addresses if re.fullmatch("compare/.+/", path)]
    assert len(found) > 10
    printed = {path: visit(own.url(path)).page.pdf(prefer_css_page_size=True) for path in found}
    sheets = {path: len(re.findall(rb"/Type\s*/Page\b(?!s)", cache)) for path, cache in printed.items()}
    assert sheets == dict.fromkeys(found, 2)


def test_a_dark_screen_still_prints_on_white(drinks: Served, visit: Open) -> None:
    """Nobody wants a black sheet."""
    page = visit(drinks.url(TWO), color_scheme="dark").page
    page.emulate_media(media="print")
    assert brightness(page, "background-color") > 0.9
    assert brightness(page, "color") < 0.3


# --- prose ------------------------------------------------------------------------------------------------------------

_BLOCKS = "One.\n\nTwo.\n\n- Three\n\nFour:\n\n```text\nfive\n```\n\nSix.\n"
_AROUND = {
    "callout": re.sub("^", "> ", f"[!NOTE]\n{_BLOCKS}", flags=re.MULTILINE),
    "quotation": re.sub("^", "> ", _BLOCKS, flags=re.MULTILINE),
    "item": "- " + re.sub("\n(?=.)", "\n  ", _BLOCKS),
    "details": f"<details open><summary>More</summary>\n\n{_BLOCKS}\n</details>",
    "div": f'<div dir="rtl">\n\n{_BLOCKS}\n</div>',
}


@pytest.fixture(scope="module")
def prose(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A site with a page for each kind of element that blocks may stand in."""
    project = tmp_path_factory.mktemp("prose")
    init(project)
    settings = project / "content/site.yaml"
    settings.write_text(settings.read_text() + "allow_html: true\n")
    for name, text in {**_AROUND, "italic": "A *word **in bold** of it*."}.items():
        (project / f"content/pages/{name}.md").write_text(f"---\ntitle: {name}\n---\n{text}\n")
    yield from serve(project, tmp_path_factory.mktemp("served"))


@pytest.mark.parametrize("name", _AROUND)
def test_blocks_stand_apart_wherever_they_stand(prose: Served, visit: Open, name: str) -> None:
    """Between two paragraphs, and around a list or code, there is more than a line's own space."""
    gaps = visit(prose.url(f"{name}/")).page.evaluate("""
        () => {
            const words = ["One.", "Two.", "Three", "Four:", "five", "Six."]
            const deepest = word => [...document.querySelectorAll(".prose :is(p, li, pre)")]
                .filter(one => one.textContent.trim().startsWith(word)).at(-1).getBoundingClientRect()
            const boxes = words.map(deepest)
            return boxes.slice(1).map((box, place) => Math.round(box.top - boxes[place].bottom))
        }
    """)
    assert min(gaps) >= 5, gaps


def test_bold_words_in_italics_are_seen_to_be_bold(prose: Served, visit: Open) -> None:
    """The italic of the typeface has one weight: in it, bold words are upright."""
    page = visit(prose.url("italic/")).page
    shown = "one => [getComputedStyle(one).fontFeatureSettings, getComputedStyle(one).fontWeight]"
    assert page.locator(".prose em").evaluate(shown) == ['"ital"', "400"]
    assert page.locator(".prose em strong").evaluate(shown) == ["normal", "600"]
