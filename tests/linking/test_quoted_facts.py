"""A text that refers to a fact says what the table says, and where it is from; what is no fact is told."""

import json
from datetime import date
from pathlib import Path

import pytest
from conftest import Build, MakeSite
from samples import changed, linked, loaded_site, texts

from tiebreak import limits
from tiebreak.problems import Severity, flat

TEA, SUBJECT, PAGE = "content/compare/tea-vs-coffee.md", "content/subjects/tea.yaml", "content/pages/a.md"
FACTORS = "content/factors.yaml"
SUBJECT_TEXT = """\
name: Green *Tea* & co
aliases: [Tea]
kind: Drink
version: "1.10"
license: MIT OR Apache-2.0
homepage: https://www.example.org/tea/
facts:
  price: {value: 1.10, source: [https://example.org/a, ../pages/a.md], checked: 2026-01-01}
  colour: "*Green*, see [us](../pages/a.md)"
  hot: yes
  cold: {state: no, text: Never}
  size: {value: 3, text: In a cup}
  heavy: "1,000"
"""
FILES = {
    SUBJECT: SUBJECT_TEXT,
    FACTORS: "price: {label: Price, unit: EUR, note: 'Tea: {fact:tea.price}.'}\nheavy: {label: Weight, unit: g}\n",
    PAGE: "---\ntitle: A\n---\nText.\n",
}
MARK = '<a href="\0{}\0" title="{}">{}</a>'


def page(make_site: MakeSite, body: str) -> tuple[str, list[str]]:
    """The HTML of a page with this body, and where its links lead."""
    site, problems = linked(make_site({**FILES, PAGE: f"---\ntitle: A\n---\n{body}\n"}))
    assert texts(problems) == []
    return site.pages[0].body.html, [link.target for link in site.pages[0].body.links]


@pytest.mark.parametrize(
    ("name", "html"),
    [
        ("name", "Green *Tea* &amp; co"),
        ("version", "1.10"),
        ("license", "MIT OR Apache-2.0"),
        ("hot", "<span>\0state-yes\0</span>"),
        ("cold", "Never"),
        ("size", "3"),
        ("heavy", "<span>\0figure 1000\0</span>&nbsp;g"),
    ],
)
def test_it_says_what_the_table_says(make_site: MakeSite, name: str, html: str) -> None:
    """A number with its unit, else the text, else the state; and what the file says of every subject."""
    assert page(make_site, f"It is {{fact:tea.{name}}}.")[0] == f"<p>It is {html}.</p>"


def test_the_sources_are_beside_it(make_site: MakeSite) -> None:
    """As links of the text, wherever it stands."""
    html, targets = page(make_site, "[x](a.md) {fact:tea.price}, {fact:tea.colour} [y](a.md)")
    first, second = MARK.format(2, "example.org/a", "\0source\0"), MARK.format(3, "A", "2")
    assert html == (
        f'<p><a href="\0000\0">x</a> <span>\0figure 1.10\0</span>&nbsp;EUR<sup class="fact">[{first}, {second}]</sup>, '
        '<em>Green</em>, see <a href="\0004\0">us</a> <a href="\0001\0">y</a></p>'
    )
    assert targets == ["/a/", "/a/", "https://example.org/a", "/a/", "/a/"]


def test_the_homepage_is_a_link(make_site: MakeSite) -> None:
    """It is its own evidence."""
    html, targets = page(make_site, "{fact:tea.homepage}")
    assert (html, targets) == ('<p><a href="\0000\0">example.org/tea</a></p>', ["https://www.example.org/tea/"])


def test_within_a_link_there_is_no_other(make_site: MakeSite) -> None:
    """The words stay."""
    html, targets = page(make_site, "[at {fact:tea.price}, {fact:tea.colour}](a.md)")
    assert html == '<p><a href="\0000\0">at <span>\0figure 1.10\0</span>&nbsp;EUR, <em>Green</em>, see us</a></p>'
    assert targets == ["/a/"]


def test_what_is_code_or_escaped_is_text(make_site: MakeSite) -> None:
    """A guide shows how it is written."""
    body = "`{fact:a.b}` \\{fact:a.b} {facts:a.b} {fact}\n\n```\n{fact:a.b}\n```\n\n    {fact:a.b}\n"
    html, _ = page(make_site, body)
    assert "<code>{fact:a.b}</code> {fact:a.b} {facts:a.b} {fact}</p>" in html
    assert "<data" not in html


def test_a_heading_keeps_its_address(make_site: MakeSite) -> None:
    """Whatever the fact is by then."""
    site, _ = linked(make_site({**FILES, PAGE: "---\ntitle: A\n---\n## In {fact:tea.version}\n\n### {fact:tea.hot}\n"}))
    (heading,) = site.pages[0].body.headings
    assert (heading.id, heading.text) == ("in-fact-tea-version", "In 1.10")
    assert heading.children[0].text == "yes"


def test_every_text_in_markdown_may_refer_to_facts(make_site: MakeSite, build: Build) -> None:
    """Of comparisons, cells among them, and of shared factors."""
    text = changed(
        ("why: It lets you sleep.", "why: 'Why {fact:tea.version}.'"),
        ("tea: Some", "tea: 'Cell {fact:tea.version}'"),
        ("factor: Caffeine", "factor: price"),
        ("tea: You want to sleep.", "tea: 'Use {fact:tea.version}.'"),
        ("Tea is calmer.", "Body {fact:tea.version}."),
    )
    project = make_site({**FILES, TEA: text})
    build(project)
    html = (project / "site/compare/tea-vs-coffee/index.html").read_text()
    for said in ("Why 1.10.", "Cell 1.10", "Use 1.10.", "Body 1.10.", "Tea: <span>1.10</span>&nbsp;EUR<sup"):
        assert said in html, said


def test_the_theme_says_states_numbers_and_marks(make_site: MakeSite, build: Build) -> None:
    """In the language of the site."""
    project = make_site(
        {
            **FILES,
            PAGE: "---\ntitle: A\n---\n{fact:tea.hot}, {fact:tea.price}\n",
            "content/site.yaml": "title: X\nbase_url: https://example.org/\nlanguage: de\n",
        }
    )
    build(project)
    html = (project / "site/a/index.html").read_text()
    assert "<p><span>Ja</span>, <span>1,10</span>&nbsp;EUR<sup" in html
    assert '">Quelle</a>, <a ' in html
    assert "\0" not in html


@pytest.mark.parametrize(
    ("name", "message", "help"),
    [
        ("tee.price", '{fact:tee.price} names "tee", which is not a subject of this site', 'did you mean "tea"?'),
        ("tea.prise", 'content/subjects/tea.yaml has no fact "prise"', 'did you mean "price"?'),
        ("coffee.price", "Coffee has no file, and so no facts", "give it content/subjects/coffee.yaml"),
        ("tea", "{fact:tea} names no fact", None),
        ("Tea.price", "{fact:Tea.price} names no fact", None),
        ('t"&a.b', '{fact:t"&a.b} names no fact', None),
    ],
)
def test_what_is_no_fact_is_told_where_it_stands(
    make_site: MakeSite, name: str, message: str, help: str | None
) -> None:
    """With what may have been meant; in a body at its own place, in a field at the field."""
    text = changed(("Tea is calmer.", f"{{fact:tea.price}} {{fact:{name}}} *{{fact:{name}}}*"))
    found = linked(make_site({**FILES, TEA: text}))[1]
    assert [(one.message, one.line, one.column) for one in found] == [(message, 17, 18), (message, 17, 27 + len(name))]
    assert help in (found[0].help, None)


def test_a_fact_takes_up_no_other(make_site: MakeSite) -> None:
    """Two of them might wait for each other."""
    found = linked(make_site({**FILES, SUBJECT: SUBJECT_TEXT + "  more: '{fact:tea.price}'\n"}))[1]
    assert texts(found) == ["unknown-fact: a fact cannot take up another: {fact:tea.price}"]


def test_a_file_that_cannot_be_read_may_have_it(make_site: MakeSite) -> None:
    """Its own mistake is told, and no other for it."""
    files = {**FILES, SUBJECT: "name: [", PAGE: "---\ntitle: A\n---\n{fact:tea.price}\n"}
    assert {one.file for one in linked(make_site(files))[1]} == {SUBJECT}


def test_a_text_takes_up_so_many(make_site: MakeSite) -> None:
    """Each may be long."""
    most = limits.FACTS_IN_TEXT
    for count in (most, most + 1):
        body = "\n".join(["{fact:tea.version}"] * count)
        found = linked(make_site({**FILES, PAGE: f"---\ntitle: A\n---\n{body}\n"}))[1]
        assert [one.code for one in found] == ["too-long"] * (count - most)


def test_plain_text_takes_up_none(make_site: MakeSite) -> None:
    """Which is said, by what tells of Markdown there."""

    text = changed(("summary: Tea for calm", "summary: Tea {fact:tea.price} for calm"))

    found = flat(loaded_site(make_site({**FILES, TEA: text}), drafts=True, today=date(2026, 4, 3)).problems)
    assert [one.severity for one in found if one.code == "plain-text"] == [Severity.WARNING]


def pages(project: Path) -> dict[str, bytes]:
    site = project / "site"
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_one_file_of_facts_drives_everything(make_site: MakeSite, build: Build) -> None:
    """Table, texts, hub, JSON and feed: one value is changed, and every place follows, in a build of what changed."""
    text = changed(
        ("factor: Caffeine", "factor: price\n    better: lower"),
        ("{tea: Some, coffee: Much}", "{coffee: 9}"),
        ("    wins: tea\n", ""),
        ("why: It lets you sleep.", "why: 'It costs {fact:tea.price}, in {fact:tea.version}.'"),
        ("Tea is calmer.", "Tea costs {fact:tea.price}."),
    )
    guide = "---\ntitle: A\n---\n{fact:tea.name} costs {fact:tea.price}.\n"
    project = make_site({**FILES, TEA: text, PAGE: guide})
    build(project)
    before = pages(project)
    after = SUBJECT_TEXT.replace("value: 1.10", "value: 7.77").replace('version: "1.10"', 'version: "2.22"')
    (project / SUBJECT).write_text(after)
    done = set(build(project).done)
    now = pages(project)
    places = ["compare/tea-vs-coffee/index.html", "a/index.html", "index.html", "feed.xml"]
    for name in places:
        assert b"1.10" in before[name], name
        assert b"1.10" not in now[name], name
        assert b"7.77" in now[name], name
    assert now["compare/tea-vs-coffee/index.html"].count(b"7.77") >= 3  # the table, the reason and the argument
    assert (b"1.10" in before["subjects/tea/index.html"], b"2.22" in now["subjects/tea/index.html"]) == (True, True)
    facts = json.loads(now["subjects/tea/facts.json"])
    assert (facts["version"], facts["facts"]["price"]["value"]) == ("2.22", "7.77")
    assert {*places, "subjects/tea/index.html", "subjects/tea/facts.json"} <= done
    clean = make_site({**FILES, TEA: text, PAGE: guide, SUBJECT: after}, folder="clean")
    build(clean)
    assert pages(clean) == now


def test_a_row_reads_what_the_file_says_of_every_subject(make_site: MakeSite) -> None:
    """Where no fact of the id says it; a fact that is written wins."""
    row = changed(("factor: Caffeine", "factor: Licence\n    id: license"), ("{tea: Some, coffee", "{coffee"))
    (comparison,) = linked(make_site({**FILES, TEA: row}))[0].whole
    assert [cell.said for cell in comparison.factors[0].cells] == ["MIT OR Apache-2.0", "Much"]
    own = SUBJECT_TEXT + "  license: {text: MIT, source: https://example.org/l}\n"
    (comparison,) = linked(make_site({**FILES, TEA: row, SUBJECT: own}))[0].whole
    assert comparison.factors[0].cells[0].said == "MIT"


def test_only_factors_that_are_described_are_published_of_it(make_site: MakeSite) -> None:
    """Readers who put subjects together get no rows that the site does not speak of."""
    project = make_site({**FILES, FACTORS: "license: {label: Licence}\nprice: {label: Price}\n"})
    site, _ = linked(project)
    (facts,) = site.facts
    assert set(facts.factors) == {"license", "price", "colour", "hot", "cold", "size", "heavy"}
