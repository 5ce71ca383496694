"""What the Markdown, the JSON and the CSV of a comparison say is what its page shows, read from the page itself."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from jsonschema import Draft202012Validator, FormatChecker
from lxml import html
from published import BASE_URL, DRINKS, ROOT, parsed, publish_copy

pytestmark = pytest.mark.slow  # this repository's own site is built


def words(element: html.HtmlElement | str) -> str:
    """The words of an element as a reader sees them, with the typewriter's signs."""
    text = element if isinstance(element, str) else element.text_content()
    for signs, plain in (("“”„‟«»", '"'), ("‘’‹›", "'"), ("–—", "-"), ("\u00a0", " ")):
        text = re.sub(f"[{signs}]", plain, text)
    return " ".join(text.replace("…", "...").replace("---", "-").replace("--", "-").split())


@dataclass(frozen=True)
class Ruling:
    """One comparison of a built site: its page, and what stands beside it."""

    site: Path
    slug: str

    @cached_property
    def page(self) -> html.HtmlElement:
        return parsed(self.site, f"compare/{self.slug}/index.html")

    @cached_property
    def data(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.beside("index.json"))
        return found

    @cached_property
    def lines(self) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.beside("table.csv"), newline=""), strict=True))

    @cached_property
    def document(self) -> html.HtmlElement:
        """The Markdown as GitHub's own reader shows it."""
        shown = cmarkgfm.github_flavored_markdown_to_html(self.beside("index.md"), Options.CMARK_OPT_FOOTNOTES)
        return html.fromstring(f"<main>{shown}</main>")

    def beside(self, name: str) -> str:
        return (self.site / "compare" / self.slug / name).read_bytes().decode()

    def one(self, path: str) -> html.HtmlElement:
        (found,) = self.page.cssselect(path) if hasattr(self.page, "cssselect") else self.page.xpath(path)
        return found

    def rows(self) -> Iterator[tuple[html.HtmlElement, list[html.HtmlElement]]]:
        """The rows of the table with their cells, in the order of the page."""
        for row in self.page.xpath("//*[@data-part='factors']//tbody/tr[@id]"):
            yield row, row.xpath("td")


@pytest.fixture(scope="module", params=[DRINKS, ROOT], ids=["drinks", "own"])
def rulings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Ruling]:
    site = publish_copy(request.param, tmp_path_factory.mktemp("site"))
    return [Ruling(site, path.parent.name) for path in sorted(site.glob("compare/*/index.json"))]


def cell_words(cell: html.HtmlElement) -> str:
    """What a cell says first: without marks of winners and sources, and without what stands below."""
    copied = html.fromstring(html.tostring(cell, encoding="unicode"))
    for part in copied.xpath("//*[contains(@class,'ref') or contains(@class,'also') or contains(@class,'kind')]"):
        part.drop_tree()
    for part in copied.xpath("//*[contains(@class,'mark')] | (//span[@class='sr'])"):
        if part.getparent() is not None and re.match(r"(Wins|Loses|Tied):", part.text_content().strip()):
            part.drop_tree()
    return words(copied)


def test_the_json_has_its_form(rulings: list[Ruling]) -> None:
    """That of the schema which the site publishes, and to which each file points."""
    schema = json.loads((rulings[0].site / "compare/schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    for it in rulings:
        assert list(validator.iter_errors(it.data)) == [], it.slug
        assert it.data["$schema"] == f"{BASE_URL}compare/schema.json"


def test_the_json_says_what_the_table_shows(rulings: list[Ruling]) -> None:
    """Row by row, cell by cell: label, weight, state, number, words, winner, spread, sources."""
    for it in rulings:
        rows = list(it.rows())
        assert [f"factor-{one['id']}" for one in it.data["factors"]] == [row.get("id") for row, _ in rows]
        for factor, (row, shown) in zip(it.data["factors"], rows, strict=True):
            where = f"{it.slug}, {factor['id']}"
            assert words(factor["label"]) == words(row.xpath(".//span[@class='t']")[0]), where
            assert str(factor["weight"]) == row.get("data-weight"), where
            assert ("tied" in factor) == (row.get("data-tied") is not None), where
            common = numbers(row.xpath("th")[0])
            cells = {one["subject"]: one for one in factor["cells"]}
            assert cells.keys() == {one.get("data-subject") for one in shown}
            for cell in shown:
                said = cells[cell.get("data-subject")]
                assert said.get("state") == cell.get("data-state"), where
                assert said.get("wins", False) == (cell.get("data-wins") is not None), where
                assert said.get("stale", False) == (cell.get("data-stale") is not None), where
                assert [said["value"]] == cell.xpath("data/@value") if "value" in said else not cell.xpath("data")
                assert words(said.get("text", "")) in words(cell), where
                assert {one["source"] for one in said.get("sources", ())} == {*numbers(cell), *common}, where


def numbers(element: html.HtmlElement) -> list[int]:
    """The numbers of the sources that stand in a cell."""
    return [int(one.strip("[]")) for one in element.xpath(".//span[@class='ref']/a/text()")]


def test_the_json_says_what_stands_around_the_table(rulings: list[Ruling]) -> None:
    """Title, pick and how close it was, reasons, what would flip it, verdict, what was left out, sources."""
    for it in rulings:
        data, page = it.data, it.page
        names = {one["id"]: one["name"] for one in data["subjects"]}
        assert words(data["title"]) == words(page.xpath("//h1")[0])
        assert words(data["summary"]) == words("".join(page.xpath("//p[@class='summary']//text()")))
        (box,) = page.xpath("//*[@data-part='pick']")
        assert words(names.get(data["pick"], "A split decision")) == words(box.xpath(".//span[@class='pick-name']")[0])
        assert data.get("closeness", "") in "".join(box.xpath("p[@class='call']//text()")).lower()
        assert words(data["why"]) == words(box.xpath("p[@class='pick-why']")[0])
        assert words(data["flips"]["text"] if "flips" in data else "") in words(page.xpath("string(//*[@id='flip'])"))
        verdict = words(page.xpath("//*[@data-part='verdict']")[0]).lower()
        for advice in data["verdict"]:
            assert f"{names[advice['subject']]} if {words(advice['use_if'])}".lower() in verdict
        for third in data.get("consider", ()):
            assert f"{words(third['name'])} if {words(third['consider_if'])}".lower() in verdict
        for rival in data.get("left_out", ()):
            assert f"{words(rival['name'])}: {words(rival['why'])}" in words(page.xpath("//*[@data-part='factors']")[0])


def test_the_json_lists_the_sources_of_the_page(rulings: list[Ruling]) -> None:
    """Each with its address, the rows that rest on it, and what is known of them."""
    for it in rulings:
        listed = it.page.xpath("//*[@id='sources']/ol/li")
        assert len(listed) == len(it.data.get("sources", ()))
        for source, shown in zip(it.data.get("sources", ()), listed, strict=True):
            assert words(source["title"]) == words(shown.xpath(".//cite/a")[0])
            (href,) = shown.xpath(".//cite/a/@href")
            assert source["url"] == href.replace("../../", BASE_URL)
            assert [words(quote) for quote in source.get("quotes", ())] == [words(q) for q in shown.xpath(".//q")]
            rows = [one.removeprefix("#factor-") for one in shown.xpath(".//span[@class='used']/a/@href")]
            assert [one["factor"] for one in source.get("rows", ())] == rows
            text = shown.text_content()
            assert ("○" in text) == ("alive" in source)
            assert text.count("◇") == sum("found" in one for one in source.get("rows", ()))
            assert text.count("✓") == sum("confirmed" in one for one in source.get("rows", ()))


def test_the_csv_is_the_table(rulings: list[Ruling]) -> None:
    """The columns in the order of the page; a number is that of the page, in plain digits; else a cell is its words."""
    for it in rulings:
        heads = [words(one) for one in it.page.xpath("//th[@data-column]//a")]
        rows = list(it.rows())
        assert len(it.lines) == len(rows)
        for line, (row, shown) in zip(it.lines, rows, strict=True):
            names = [name for name in list(line)[5:-1] if not name.endswith((" low", " high"))]
            assert names == heads
            assert words(line["factor"]) == words(row.xpath(".//span[@class='t']")[0])
            won = [head for head, cell in zip(heads, shown, strict=True) if cell.get("data-wins") is not None]
            tied = row.get("data-tied") is not None
            assert (["tie"] if tied else sorted(won)) == sorted(filter(None, line["wins"].split("; ")))
            for name, cell in zip(names, shown, strict=True):
                number = cell.xpath("data[not(@hidden)]/@value")
                assert words(line[name].removeprefix("'")) == (number[0] if number else cell_words(cell)), it.slug


def test_the_markdown_has_the_table(rulings: list[Ruling]) -> None:
    """As another program reads it: the same cells, and the winner in bold."""
    for it in rulings:
        (table, *_) = it.document.xpath("//h2[1]/following-sibling::table")
        rows = [row for row in table.xpath("tbody/tr") if any(words(cell) for cell in row.xpath("td")[1:])]
        for row, (expected, shown) in zip(rows, it.rows(), strict=True):
            label, *cells = row.xpath("td")
            assert words(label).startswith(words(expected.xpath(".//span[@class='t']")[0]))
            for cell, there in zip(cells, shown, strict=True):
                assert words(cell).startswith(cell_words(there)), it.slug
                assert bool(cell.xpath("strong")) == (there.get("data-wins") is not None), it.slug
                assert [int(one) for one in re.findall(r"\[(\d+)\]", words(cell))] == numbers(there), it.slug


def test_the_markdown_has_the_whole_page(rulings: list[Ruling]) -> None:
    """Each heading, each paragraph of the argument, each link in it, each note, each quotation and each source."""
    for it in rulings:
        for mark in it.document.xpath("//sup"):  # of a note, as below
            mark.drop_tree()
        text = re.sub(r" \(source(, \d+)*\)", "", words(it.document)).replace("[ ] ", "").replace("[x] ", "")
        body = it.page.xpath("//*[@data-part='body']")[0]
        for part in body.xpath(
            ".//figure | .//*[contains(@class,'anchor') or contains(@class,'callout-title')] | .//sup"
        ):
            part.drop_tree()
        for part in body.xpath(".//p | .//h2 | .//h3 | .//li[not(.//ul)] | .//pre | .//td"):
            assert words(part) in text, it.slug
        hrefs = set(it.document.xpath("//a/@href | //img/@src"))
        for href in body.xpath(".//a/@href | .//img/@src"):
            if not href.startswith(("#", "mailto:")):
                absolute = re.sub(r"^(\.\./)+", BASE_URL, href)
                assert absolute in hrefs or absolute.startswith("https://www."), f"{it.slug}: {href}"
        for note in it.page.xpath("//tr[@class='note-row']//p | //*[@id='sources']//q"):
            assert words(note) in text, it.slug
        for heading in it.page.xpath("//main//h2[not(ancestor::*[@data-part='related' or @data-part='feedback'])]"):
            if heading.get("id") != "_pick":
                assert words(heading) in [words(one).removesuffix(" #") for one in it.document.xpath("//h2")], it.slug
