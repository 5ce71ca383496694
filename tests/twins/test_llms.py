"""The list of what there is, for assistants: in the form of llmstxt.org, and short on a site of any size."""

import re

import pytest
from conftest import Build, MakeSite
from samples import ENGLISH, SITE, changed, compared, published

from tiebreak.model.prose import Prose
from tiebreak.pages.outputs import Output
from tiebreak.pages.routes import LLMS, MOST_LISTED, NEWEST, outputs_of

# As the parser of llmstxt.org reads it: a title, a summary, then text, then sections of links.
FORM = re.compile(r"# (?P<title>[^\n]+)\n+(?:> (?P<summary>[^\n]+)\n+)?(?P<info>[^#]*)(?P<sections>.*)", re.DOTALL)
LINE = re.compile(r"- \[(?P<name>(?:\\.|[^\]])+)\]\((?P<url>[^)]+)\)(?:: (?P<note>.+))?")


def read(text: str) -> tuple[str, str | None, dict[str, list[dict[str, str | None]]]]:
    """Title, summary, and the links of each section."""
    whole = FORM.fullmatch(text)
    assert whole
    found = {}
    for section in re.split(r"^## ", whole["sections"], flags=re.MULTILINE)[1:]:
        head, *lines = filter(None, section.split("\n"))
        links = [LINE.fullmatch(line) for line in lines]
        found[head] = [link.groupdict() for link in links if link]
        assert len(found[head]) == len(lines)
    return whole["title"], whole["summary"], found


@pytest.mark.slow
def test_the_list_of_a_site(make_site: MakeSite, build: Build) -> None:
    """By category, each comparison with its pick and its summary; then plain pages. No sign of a text is markup."""
    hot = changed(("pick: tea", "pick: none\ncategory: Hot [and] *cold*"), ("Tea for calm", "Tea & <b> for calm"))
    files = {
        "content/site.yaml": f"{SITE}description: All that we drink.\n",
        "content/compare/tea-vs-coffee.md": hot,
        "content/pages/about.md": "---\ntitle: About us\nsummary: Who we are.\n---\nUs.\n",
    }
    site = build(make_site(files)).output
    title, summary, sections = read((site / LLMS).read_text("utf-8"))
    assert (title, summary) == ("Picks", "All that we drink.")
    address = "https://example.org/picks/compare/tea-vs-coffee/index.md"
    note = r"No pick. Tea & \<b> for calm, coffee for speed."
    assert sections == {
        r"Hot \[and\] \*cold\*": [{"name": "Tea vs Coffee", "url": address, "note": note}],
        "Guide": [{"name": "About us", "url": "https://example.org/picks/about/", "note": "Who we are."}],
    }


def lists(count: int) -> dict[str, Output]:
    """The lists of a site of so many comparisons in three categories."""
    some = [
        compared(f"A{number}", f"B{number}", category=f"Kind {number % 3}", summary="One.", why=Prose("Why."))
        for number in range(count)
    ]
    return {one.output_path: one for one in outputs_of(published(*some), ENGLISH) if one.template == LLMS}


def test_a_long_list_is_divided_by_category() -> None:
    """The one at the front has the newest and leads to the others; each comparison stands in one of those."""
    assert list(lists(MOST_LISTED)) == [LLMS]
    long = lists(MOST_LISTED + 1)
    assert list(long) == [*(f"categories/kind-{number}/{LLMS}" for number in range(3)), LLMS]
    ((_, newest),) = long.pop(LLMS).context["sections"]
    assert len(newest) == NEWEST
    listed = [len(comparisons) for one in long.values() for _, comparisons in one.context["sections"]]
    assert sum(listed) == MOST_LISTED + 1


def test_what_is_for_programs_is_no_page(make_site: MakeSite, build: Build) -> None:
    """Neither in the sitemap nor in the feed; pages lead to it by their heads, and below their ends."""
    site = build(make_site()).output
    page = (site / "compare/tea-vs-coffee/index.html").read_text("utf-8")
    for name in ("index.md", "index.json", "table.csv"):
        assert re.search(rf'<link rel="alternate" href="{name}"', page)
        assert re.search(rf'<a href="{name}"', page)
    for name in ("sitemap.xml", "feed.xml"):
        assert not re.search(r"index\.(md|json)|table\.csv|llms", (site / name).read_text("utf-8"))
    assert '<link rel="describedby" href="./llms.txt" type="text/markdown">' in (site / "index.html").read_text("utf-8")


def test_no_page_leads_to_what_is_switched_off(make_site: MakeSite, build: Build) -> None:
    """With `twins: false` there is nothing, and nothing says that there is."""
    site = build(make_site({"content/site.yaml": f"{SITE}twins: false\n"})).output
    assert not list(site.rglob("llms.txt")) + list(site.rglob("*.md")) + list(site.rglob("*.csv"))
    assert not (site / "compare/schema.json").exists()
    for page in site.rglob("*.html"):
        text = page.read_text("utf-8")
        assert not re.search(r"index\.md|index\.json|table\.csv|llms\.txt|describedby", text), page
