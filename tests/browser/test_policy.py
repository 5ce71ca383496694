"""A site works under the strictest policies that a host can send; what an address or a file says stays text."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hosted import FLAGSHIP, Open, Served, Visit, serve, serve_built
from playwright.sync_api import Page, expect
from published import ROOT

GUIDE = (ROOT / "content/pages/guide/deployment.md").read_text("utf-8")
(POLICY,) = re.findall(r"^Content-Security-Policy: (.+)$", GUIDE, re.MULTILINE)  # what the guide promises
WATCH = """
    window.violations = [];
    addEventListener("securitypolicyviolation", (one) =>
        violations.push(`${one.violatedDirective}: ${one.blockedURI} ${one.sample}`));
"""
ODD = ("constructor", "hasownproperty", "tostring", "valueof", "prototype", "isprototypeof")
HOSTILE = "<img src=x onerror=document.title=1>\"'&lt;b&gt;"


def watched(visit: Open, url: str, **options: object) -> Visit:
    """A page of which every violation and every word on its console is kept."""
    opened = visit("about:blank", **options)
    page = opened.page
    page.add_init_script(WATCH)
    page.on(
        "console", lambda message: opened.faults.append(message.text) if message.type in ("error", "warning") else None
    )
    page.goto(url)
    page.wait_for_load_state("load")
    return opened


def sound(opened: Visit) -> None:
    """Nothing was refused, and nothing failed."""
    assert opened.page.evaluate("violations") == []
    assert opened.faults == []


@pytest.fixture(scope="module")
def strict(own: Served) -> Iterator[Served]:
    """This repository's own site, under the policy."""
    yield from serve_built(own.folder, {"Content-Security-Policy": POLICY})


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Subjects, factors, rows and kinds that are called as what every object of JavaScript has, under the policy."""
    kind, files = "toString", {}
    files["site.yaml"] = "title: Odd\nbase_url: https://example.org/\nsearch: true\n"
    files["factors.yaml"] = "".join(f"{id}: {{label: {id}, unit: g, better: lower}}\n" for id in ODD)
    for place, id in enumerate(ODD):
        facts = "".join(f"  {factor}: {place}\n" for factor in ODD[place:])
        files[f"subjects/{id}.yaml"] = f"name: {id}\nkind: {kind}\nsummary: {json.dumps(HOSTILE)}\nfacts:\n{facts}"
    files["compare/constructor-vs-tostring.md"] = (
        "---\nsummary: Both.\nsubjects: [constructor, tostring, valueof]\npick: constructor\nwhy: Because.\n"
        "factors:\n"
        + "".join(f"  - {{factor: {id}, id: {id}, group: {id}, cells: [a, b, c], wins: {ODD[0]}}}\n" for id in ODD)
        + f"presets: [{{name: __proto__, weights: {{{ODD[0]}: 5}}}}]\n"
        "verdict: {constructor: a, tostring: b, valueof: c}\ncategory: constructor\ntags: [__proto__]\n"
        f"published: 2026-04-02\n---\nText that says {HOSTILE.replace('<', '&lt;')} plainly.\n"
    )
    project = tmp_path_factory.mktemp("odd")
    for path, text in files.items():
        file = project / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    yield from serve(project, tmp_path_factory.mktemp("served"), {"Content-Security-Policy": POLICY})


def opened_fully(page: Page) -> None:
    """Every fold, so that every tool that stands on the page is started."""
    for summary in page.locator("summary").all():
        summary.focus()
        page.keyboard.press("Enter")
    for tool in page.locator("[data-tool]").all():
        tool.dispatch_event("pointerover")
        expect(tool).to_have_attribute("data-ready", "")


def test_the_policy_is_one_that_refuses(strict: Served, visit: Open) -> None:
    """Otherwise what follows would prove nothing."""
    page = watched(visit, strict.url()).page
    assert page.evaluate("(() => { try { document.body.innerHTML = 'x'; return false } catch { return true } })()")
    page.wait_for_timeout(50)
    assert "require-trusted-types-for" in page.evaluate("violations.join()")
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.evaluate("document.body.append(document.createElement('style'))")
    page.evaluate("document.body.lastChild.append('p { color: red }')")
    page.wait_for_timeout(50)
    refused = page.evaluate("violations.join()")
    assert "style-src-attr: inline" in refused
    assert "style-src-elem: inline" in refused
    assert "unsafe-inline" not in POLICY


KINDS = (
    *("", "compare/", "compare/?with=pytorch,jax", FLAGSHIP, "subjects/pytorch/", "categories/machine-learning/"),
    *("tags/python/", "guide/start/", "measurements/installers/", "no/such/page/"),
)


@pytest.mark.parametrize("path", KINDS)
def test_every_tool_of_every_kind_of_page_starts(strict: Served, visit: Open, path: str) -> None:
    """Without a violation, and without a word on the console."""
    opened = watched(visit, strict.url(path))
    opened.faults = [fault for fault in opened.faults if "404" not in fault]  # of the page that is not there
    assert opened.page.locator("link[rel=canonical]").count() == (path != "no/such/page/")
    opened_fully(opened.page)
    sound(opened)


def test_a_phone_may_keep_the_site(strict: Served, visit: Open) -> None:
    """Browsers read the manifest, and find nothing wrong with it."""
    opened = watched(visit, strict.url(FLAGSHIP))
    found = opened.page.context.new_cdp_session(opened.page).send("Page.getAppManifest")
    assert found["url"] == strict.url("manifest.webmanifest")
    assert found["errors"] == []
    assert json.loads(found["data"])["name"] == "Tiebreak"
    sound(opened)


def test_pages_look_as_they_should(strict: Served, visit: Open) -> None:
    """Subjects have their hues, in the table, in the balance and in what scripts make; cells are aligned."""
    page = watched(visit, strict.url(FLAGSHIP)).page
    hue = "one => getComputedStyle(one.querySelector('span')).borderTopColor"
    heads = page.locator(".factors thead th").evaluate_all(f"all => all.map({hue})")
    fills = [page.locator(f".beam > .pan:nth-child({place}) .tick").first for place in (1, 3)]
    assert heads == [one.evaluate("one => getComputedStyle(one).color") for one in fills]
    assert len(set(heads)) == 2
    assert all(re.fullmatch(r"oklch\(0\.5 0\.\d+ \d+\)", head) for head in heads)
    accent = page.locator("[data-tool=search]").evaluate("one => getComputedStyle(one).getPropertyValue('--accent')")
    assert re.fullmatch(r"light-dark\(#\w{6}, ?#\w{6}\)", accent)
    page = watched(visit, strict.url("compare/?with=pytorch,jax")).page
    expect(page.locator(".anything thead th")).to_have_count(2)
    heads = page.locator(".anything thead th").evaluate_all(f"all => all.map({hue})")
    assert len(set(heads)) == 2
    assert all(head.startswith("oklch(0.5 ") for head in heads)
    page = watched(visit, strict.url("measurements/installers/")).page
    assert page.locator(".prose .align-end").first.evaluate("one => getComputedStyle(one).textAlign") == "end"


def test_a_page_that_moved_leads_on(strict: Served, visit: Open) -> None:
    """With what stands behind its path, and without a word on the console of either page."""
    opened = watched(visit, strict.url("compare/tensorflow-vs-pytorch/?weights=a:5#factor-a"))
    expect(opened.page).to_have_url(strict.url(f"{FLAGSHIP}?weights=a:5#factor-a"))
    opened.page.wait_for_load_state("load")
    sound(opened)


def test_the_tools_of_a_table_work(strict: Served, visit: Open) -> None:
    """Priorities, rows, copies, sources beside a cell, sharing and citing."""
    opened = watched(visit, strict.url(FLAGSHIP), permissions=["clipboard-read", "clipboard-write"])
    page = opened.page
    opened_fully(page)
    page.locator("[data-weights]").last.click()
    page.get_by_role("slider").first.press("ArrowRight")
    expect(page.locator(".yours [role=status]")).not_to_be_empty()
    page.get_by_role("searchbox", name="Find rows").fill("model")
    page.get_by_role("checkbox", name="Only rows that differ").check()
    for button in page.locator("[data-tool=copy] button").all():
        button.click()
    page.locator("td .ref a").first.click()
    expect(page.locator(".cell-sources")).to_be_visible()
    page.keyboard.press("Escape")
    page.evaluate("navigator.share = undefined")
    page.get_by_role("button", name="Share").click()
    page.get_by_role("button", name="Cite").click()
    page.locator("button[value=cite]").click()
    sound(opened)


def test_lists_search_and_ways_to_compare_work(strict: Served, visit: Open) -> None:
    """Pagefind's own script included, which needs WebAssembly and no policy of its own."""
    opened = watched(visit, strict.url("compare/"))
    page = opened.page
    opened_fully(page)
    page.get_by_role("searchbox", name="Find").fill("torch")
    expect(page.locator(".list-tools .tally")).not_to_be_empty()
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="A word, or two names to compare")).to_be_focused()
    page.keyboard.type("torch")
    expect(page.locator(".found mark").first).to_be_visible()
    sound(opened)
    opened = watched(visit, strict.url("subjects/jax/"))
    opened.page.get_by_role("link", name="facts side by side").first.click()
    expect(opened.page.locator(".anything .said > *").first).to_be_visible()
    sound(opened)


# --- names that every object has --------------------------------------------------------------------------------------


def test_subjects_with_the_names_of_properties_stand_side_by_side(odd: Served, visit: Open) -> None:
    """As any other: facts that are there, and none that only every object has."""
    opened = watched(visit, odd.url("compare/?with=constructor,tostring"))
    page = opened.page
    expect(page.locator("#_anything-title")).to_have_text("constructor vs tostring")
    rows = {
        row.locator("th").inner_text(): row.locator("td").all_inner_texts()
        for row in page.locator(".anything tbody tr").all()
    }
    assert list(rows) == list(ODD)
    assert rows["constructor"][1].strip() == "Unknown"
    assert rows["valueof"] == ["Wins:\n0 g", "2 g"]
    sound(opened)


@pytest.mark.parametrize(
    "query",
    [
        "?with=__proto__,constructor",
        "?with=__defineGetter__,hasOwnProperty",
        "?with=<img src=x onerror=document.title=1>,tostring",
        "?with=%00,%0A,javascript:alert(1)",
        "?find=__proto__&category=constructor&kind=toString&order=__proto__",
        "?find=<img src=x onerror=document.title=1>&kind=<b>",
        "?__proto__=1&constructor=2&with[constructor]=3",
    ],
)
@pytest.mark.parametrize("path", ["compare/", "subjects/constructor/"])
def test_a_list_takes_any_address_for_text(odd: Served, visit: Open, path: str, query: str) -> None:
    """Whatever it asks for, nothing breaks, and nothing of it is an element."""
    opened = watched(visit, odd.url(path + query))
    opened.page.wait_for_timeout(200)
    assert opened.page.locator("main img").count() == 0
    assert opened.page.title() != "1"
    sound(opened)


@pytest.mark.parametrize(
    "query",
    [
        "?weights=__proto__:5,constructor:4,toString:0,valueof:3",
        "?show=__proto__,constructor&sort=toString",
        "?sort=-constructor&find=valueof&differ=__proto__",
        "?weights=<img src=x onerror=document.title=1>:5#<img src=x onerror=document.title=1>",
        "?show=<b>,tostring,valueof&sort=<b>&notes=<b>",
    ],
)
def test_a_table_takes_any_address_for_text(odd: Served, visit: Open, query: str) -> None:
    """Rows and columns of such names are weighed, shown and found; what is none is passed over."""
    opened = watched(visit, odd.url(f"compare/constructor-vs-tostring/{query}"))
    page = opened.page
    for tool in page.locator("main [data-tool]").all():
        expect(tool).to_have_attribute("data-ready", "")
    if "valueof:3" in query:
        expect(page.locator("#factor-constructor input[type=range]")).to_have_value("4")
        expect(page.locator("#factor-valueof input[type=range]")).to_have_value("3")
        expect(page.locator("#factor-tostring input[type=range]")).to_have_value("1")
    assert page.locator("main img").count() == 0
    assert page.title() != "1"
    sound(opened)


def test_what_search_finds_is_text(odd: Served, visit: Open) -> None:
    """Also where it looks like markup."""
    opened = watched(visit, odd.url())
    page = opened.page
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="A word, or two names to compare")).to_be_focused()
    page.keyboard.type("plainly")
    found = page.locator(".found p:has(mark)").first  # below the summary, which says none of it
    expect(found).to_be_visible()
    expect(found).to_contain_text("<img src=x onerror=document.title=1>")
    assert page.locator("dialog img").count() == 0
    sound(opened)


RUNS = "java\tscript:document.title=1"


def test_a_file_that_somebody_else_wrote_links_to_nothing_that_runs(odd: Served, visit: Open, tmp_path: Path) -> None:
    """The build refuses such addresses; the scripts do not depend on that."""
    opened = watched(visit, odd.url())
    page = opened.page
    file = json.loads((odd.folder / "subjects/constructor/facts.json").read_text())
    file["url"] = file["homepage"] = RUNS
    file["comparisons"] = [{"title": "x", "url": RUNS, "subjects": ["constructor", "tostring"]}]
    file["facts"]["constructor"] = {"text": "x", "sources": [{"title": "x", "url": RUNS}], "state": "yes"}
    page.route("**/constructor/facts.json", lambda route: route.fulfill(json=file))
    page.goto(odd.url("compare/?with=constructor,tostring"))
    expect(page.locator("#_anything-title")).to_have_text("constructor vs tostring")
    links = page.locator(".anything a").evaluate_all("links => links.map(one => one.protocol)")
    assert len(links) > 3
    assert not any("script" in link for link in links)
    sound(opened)
