"""From an author's file to the page: what was written is what a reader sees, however it was saved."""

from pathlib import Path

import pytest
from conftest import Build, Cli, MakeSite
from lxml import html
from samples import COMPARISON, changed

TEA = "content/compare/tea-vs-coffee.md"
WORDS = ["1.10", "No", "12:30", "010", "null", "~", "1e3", "0x1F", "2026-11-23", "3.0", "off", "C++", "50%", "日本"]


def page(site: Path, address: str) -> html.HtmlElement:
    text = (site / address.strip("/") / "index.html").read_text("utf-8")
    return html.document_fromstring(text)


def words(document: html.HtmlElement, path: str) -> str:
    """The text of the first element at an XPath."""
    return " ".join(document.xpath(path)[0].text_content().split())


def test_a_cell_says_what_was_written(make_site: MakeSite, build: Build) -> None:
    """Nothing is rounded, resolved or translated on the way."""
    rows = "".join(f"  - {{factor: Row {place}, cells: [{word}, unknown]}}\n" for place, word in enumerate(WORDS))
    document = page(build(make_site({TEA: changed(("verdict:", f"{rows}verdict:"))})).output, "/compare/tea-vs-coffee/")
    shown = [words(document, f'//*[@id="factor-row-{place}"]/td[1]') for place in range(len(WORDS))]
    assert [word for word, cell in zip(WORDS, shown, strict=True) if word not in cell.split()] == []


def test_plain_fields_say_what_was_written(make_site: MakeSite, build: Build) -> None:
    """Titles, taglines, categories and authors, too."""
    text = changed(("published:", "title: 1.10\ntagline: 12:30\nauthor: No\ncategory: '010'\ntags: [null]\npublished:"))
    report = build(make_site({TEA: text}))
    document = page(report.output, "/compare/tea-vs-coffee/")
    assert words(document, "//h1") == "1.10"
    for written in ("12:30", "No", "010", "null"):
        assert written in words(document, "//main").split(), written
    assert {"categories/010/index.html", "tags/null/index.html"} <= set(report.paths)


def test_a_duplicate_key_is_refused(make_site: MakeSite, cli: Cli) -> None:
    """No one of the two is dropped in silence."""
    result = cli("build", "--project", make_site({TEA: changed(("pick: tea", "pick: tea\npick: coffee"))}), ok=False)
    assert result.stderr == (
        f'{TEA}:5:1: error[duplicate-key]: "pick" is written twice\n'
        "    5 | pick: coffee\n"
        "      | ^^^^ keep one of the two\n"
        "\n1 error\n"
    )


@pytest.mark.slow
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_how_a_file_was_saved_does_not_show(make_site: MakeSite, build: Build, mark: bytes, ends: str) -> None:
    """The site is the same, byte for byte."""
    plain = make_site(folder="plain")
    data = mark + COMPARISON.replace("\n", ends).encode()
    other = make_site({TEA: data, "content/site.yaml": mark + b"title: Picks\nbase_url: https://example.org/picks/\n"})
    one, two = build(plain), build(other)
    assert one.paths == two.paths
    for path in one.paths:
        assert (one.output / path).read_bytes() == (two.output / path).read_bytes(), path


def test_c_plus_plus_stands_beside_c(make_site: MakeSite, build: Build) -> None:
    """Each has its name on the page, its hub, and its mirror."""
    text = changed(
        ("[Tea, Coffee]", "[C, C++]"),
        ("pick: tea", "pick: C++"),
        ("{tea: Some, coffee: Much}", "{C: a, C++: b}"),
        ("wins: tea", "wins: C++"),
        ("  tea: You", "  C: You"),
        ("  coffee: You", "  C++: You"),
    )
    report = build(make_site({"content/compare/c-vs-c-plus-plus.md": text}))
    document = page(report.output, "/compare/c-vs-c-plus-plus/")
    assert words(document, "//h1") == "C vs C++"
    assert "C++" in words(document, '//*[@data-part="pick"]')
    assert set(document.xpath("//td/@data-subject")) == {"c", "c-plus-plus"}
    assert words(page(report.output, "/subjects/c/"), "//h1") == "C"
    assert words(page(report.output, "/subjects/c-plus-plus/"), "//h1") == "C++"
    assert "compare/c-plus-plus-vs-c/index.html" in report.paths


def test_names_may_be_japanese(make_site: MakeSite, build: Build) -> None:
    """Subjects, factors, categories, tags and headings are shown as written, at addresses that every host can serve."""
    text = changed(
        ("[Tea, Coffee]", "[緑茶, コーヒー]"),
        ("pick: tea", "pick: 緑茶"),
        ("factor: Caffeine", "factor: カフェイン"),
        ("{tea: Some, coffee: Much}", "{緑茶: 少ない, コーヒー: 多い}"),
        ("wins: tea", "wins: 緑茶"),
        ("  tea: You", "  緑茶: You"),
        ("  coffee: You", "  コーヒー: You"),
        ("published:", "category: 飲み物\ntags: [朝]\npublished:"),
        ("## The argument", "## 議論"),
    )
    report = build(make_site({TEA: None, "content/compare/green-tea.md": text}))
    assert all(path.isascii() for path in report.paths)
    document = page(report.output, "/compare/green-tea/")
    assert words(document, "//h1") == "緑茶 vs コーヒー"
    for name in ("カフェイン", "少ない", "多い", "飲み物", "朝", "議論"):
        assert name in words(document, "//main"), name
    assert sum(path.startswith("subjects/") for path in report.paths) == 2
