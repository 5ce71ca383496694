"""What an author may write has limits, and nothing that he writes ends in anything but a page or a located problem."""

import copy
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from conftest import Build, MakeSite
from hypothesis import given, settings
from hypothesis import strategies as st
from large import ROWS, Files, comparison, head, pages
from samples import SITE, changed, loaded_site, texts
from test_untrusted import FIELDS, FULL, Place, put, written

import tiebreak
from tiebreak import limits
from tiebreak.build import pipeline as builder
from tiebreak.model.cell import Cell
from tiebreak.model.table import Factor
from tiebreak.problems import Problem, SiteError, errors, flat, report
from tiebreak.storage.folders import builtin_folder

TEA = "content/compare/tea-vs-coffee.md"


def told(site: Path) -> list[str]:
    return texts(flat(loaded_site(site).problems))


def rows(size: int) -> Files:
    return comparison(("  - factor: Caffeine\n    cells: {tea: Some, coffee: Much}\n    wins: tea\n", "".join(
        f"  - {{factor: R {number}, cells: [a, b], wins: tea}}\n" for number in range(size)
    )))  # fmt: skip


LISTS: dict[str, tuple[Callable[[int], Files], int]] = {
    "factors": (rows, limits.ROWS),
    "sources": (
        lambda size: head("sources:\n" + "".join(f"  s{n}: {{title: T{n}, url: x.pdf}}\n" for n in range(size))),
        limits.SOURCES,
    ),
    "source": (
        lambda size: comparison(("tea: Some", f"tea: {{text: x, source: [{'https://example.org/,' * size}]}}")),
        limits.SOURCES_OF_A_CELL,
    ),
    "tags": (lambda size: head(f"tags: [{'a, ' * size}]"), limits.TAGS),
    "aliases": (lambda size: head(f"aliases: [{'old, ' * size}]"), limits.OLD_PATHS),
    "history": (lambda size: head("history:\n" + "  - {date: 2026-01-01, was: tea, why: x}\n" * size), limits.CHANGES),
    "presets": (
        lambda size: head("presets:\n" + "".join(f"  - {{name: P{n}, weights: {{}}}}\n" for n in range(size))),
        limits.PRESETS,
    ),
    "consider": (lambda size: head("consider:\n" + "  - {name: x, if: y}\n" * size), limits.FEW),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", LISTS)
def test_a_list_has_a_limit(make_site: MakeSite, name: str) -> None:
    """As many as the limit are read; one more is told at the list, with the limit."""
    make, most = LISTS[name]
    assert not [said for said in told(make_site(make(most))) if said.startswith("wrong-count")]
    (said,) = [said for said in told(make_site(make(most + 1), folder="more")) if said.startswith("wrong-count")]
    assert said == f'wrong-count: "{name}" has {most + 1:,}, expected at most {most:,}'


def test_a_file_has_a_limit(make_site: MakeSite) -> None:
    """It is not read beyond that."""
    site = make_site({"content/factors.yaml": "#" * limits.TEXT_FILE})
    assert told(site) == []
    for path in ("content/factors.yaml", "content/site.yaml", TEA, "content/subjects/tea.yaml", "content/pages/a.md"):
        large = make_site({path: "#" * (limits.TEXT_FILE + 1)}, folder=Path(path).stem)
        assert "too-large: the file has more than 2 MB" in told(large)


def test_another_file_has_a_limit_too(make_site: MakeSite) -> None:
    """A hole of a gigabyte costs an author a second, and a build its memory."""
    site = make_site({"content/compare/hole.csv": ""})
    with (site / "content/compare/hole.csv").open("wb") as file:
        file.truncate(limits.OTHER_FILE + 1)
    assert told(site) == ["too-large: the file has more than 100 MB"]


@pytest.mark.slow
def test_the_side_navigation_of_a_long_section_is_a_part_of_it(make_site: MakeSite, build: Build) -> None:
    """The first page, and those around the page itself, which is one of them."""
    report = build(make_site(pages(200, "guide/p@", extra="order: @\n")))
    for number in (0, 1, 30, 100, 198, 199):
        html = (report.output / f"guide/p{number}/index.html").read_text("utf-8")
        side = html[html.index('class="side"') : html.index("</nav>", html.index('class="side"'))]
        assert side.count("<li>") == limits.SECTION
        assert side.count('aria-current="page"') == 1
        assert ">Page 0<" in side
        near = range(max(0, number - 20), min(200, number + 20))
        assert [place for place in near if f">Page {place}<" not in side] == []


@pytest.mark.slow
def test_the_head_of_a_page_links_no_more_than_it_can_hold(make_site: MakeSite, build: Build) -> None:
    """Long navigations are cut, and the author is told: `long-navigation`; what he names himself is his."""
    site = make_site(pages(limits.TOPS + 1, "p@"))
    report = build(site)
    (problem,) = report.problems
    assert (problem.file, problem.code, problem.line) == ("content/site.yaml", "long-navigation", 1)
    head = (report.output / "index.html").read_text("utf-8").split("</header>")[0]
    assert head.count("<li>") == limits.TOPS + 1  # with that of all comparisons
    (site / "content/site.yaml").write_text(SITE + "navigation: [{label: One, page: p1}]\n")
    assert build(site).problems == ()


def test_thousands_of_problems_are_counted_in_a_text() -> None:
    """Programs get all of them."""
    problems = [Problem("content/x.md", line, 1, "bad-url", "wrong") for line in range(1, 2_501)]
    lines = report(problems, "text").split("\n")
    assert len(lines) == limits.PROBLEMS + 1
    assert lines[-1] == "... and 1,500 more, all of which `tiebreak check --format json` tells"
    assert report(problems, "json").count('"code"') == 2_500


@pytest.mark.parametrize("weight", ["0000000009", "9", "-1", "1e1", "0x5", "٥", "5.0", "0" * 3_000 + "5" * 3_000])
def test_a_weight_is_read_by_its_value(make_site: MakeSite, weight: str) -> None:
    """However many zeros stand before it: a drawing is as tall as the heaviest row."""
    site = make_site({TEA: changed(("wins: tea", f"wins: tea\n    weight: {weight}"))})
    (said,) = told(site)
    assert said.startswith(("bad-number", "too-long"))


@pytest.mark.slow
@pytest.mark.parametrize("number", ["9" * limits.NUMBER, "0." + "0" * 90 + "1", "-0", "0", "-0.0"])
def test_any_number_can_be_drawn(make_site: MakeSite, build: Build, number: str) -> None:
    """Next to any other."""
    cells = f"[{{value: '{number}'}}, 1]"
    site = make_site({TEA: changed(("{tea: Some, coffee: Much}", f"{cells}\n    unit: mg"))})
    assert build(site).problems == ()
    shares = Factor("x", "x", (Cell(value=number), Cell(value="1")), unit="mg").shares
    assert all(0 <= share <= 1 and str(share)[0] != "-" for share in shares)


WHOLE = copy.deepcopy(FULL)
NASTY: list[Any] = [
    None,
    [],
    {},
    [[[[]]]],
    {"a": {"b": [None]}},
    "",
    " ",
    "\u00a0",
    "\u2028",
    "\ufeff",
    "\u202e\u200b",
    "\ud7ff\ue000\U0010ffff",
    "\U000e0001",
    "İıẞß\u0345",
    "-0",
    "1e999",
    "٣",
    "0" * 400,
    "9" * 99,
    "10000-01-01",
    "0000-00-00",
    "9999-12-31",
    "0001-01-01",
    "99999y",
    "zz-ZZ",
    "en-US-u-ca-buddhist",
    "x",
    "root",
    "http://[",
    "http://[::1]:99999/",
    "https://u:p@example.org:1/",
    "https://example.org:99999/",
    "https://\u2100.example/",
    "https://exämple.org/ö",
    "https://example.org/%zz%00%ff",
    "//[",
    "a\\b",
    "../" * 600,
    "%2e%2e/%00",
    "#",
    "#%00",
    "#fff",
    "&#26;&#0;&#xD800;&#99999999;",
    "{message}",
    "%s{0}",
    "x" * 600,
    "x" * 20_000,
    "😀" * 300,
    "*" * 500,
    "[" * 500,
    "`" * 501,
    "constructor",
    "__proto__",
    "none",
    "tie",
    "(list)",
    "a/" * 200,
    "." * 300,
]


@pytest.mark.slow
@given(st.sampled_from(FIELDS), st.one_of(st.sampled_from(NASTY), st.text(max_size=60)), st.booleans())
@settings(max_examples=60)
def test_no_value_of_any_field_ends_in_anything_but_problems(
    field: tuple[str, Place], value: object, is_key: bool
) -> None:
    """Each at its place, or there is a site."""
    file, path = field
    files = copy.deepcopy(WHOLE)
    node: Any = files[file]
    for step in path[:-1]:
        node = node[step]
    if path[-1] == "(body)" and not isinstance(value, str):
        return
    if is_key and isinstance(node, dict) and isinstance(value, str) and path[-1] != "(body)":
        node[value] = node.pop(path[-1])
    else:
        node[path[-1]] = value
    with TemporaryDirectory() as folder:
        holds(put(Path(folder), written(files)))


def holds(site: Path) -> None:
    """There is a site, or there are problems, each of which says where."""
    try:
        found = builder.check(builder.Options(site, jobs=1, today=date(2026, 11, 23)))
    except SiteError as error:
        found = error.problems
    for problem in found:
        assert problem.file.startswith("content"), problem
        assert problem.as_text()


WORDS = ["author", "cells", "facts", "factors", "pick", "sources", "subjects", "verdict", "weights", "wins", "(list)"]


@pytest.mark.parametrize("word", WORDS)
def test_words_of_the_format_are_names_as_well(make_site: MakeSite, word: str) -> None:
    """Wherever an author gives a name, with an entry below it that is wrong."""
    site = make_site(
        {
            "content/factors.yaml": f'"{word}": {{}}\na: {{label: A}}\n',
            "content/subjects/tea.yaml": f'name: Tea\nfacts:\n  "{word}": {{nte: x, state: perhaps}}\n',
            TEA: changed(
                ("pick: tea", f'pick: "{word}"'),
                ("wins: tea", f'wins: "{word}"'),
                ("coffee: Much}", f'coffee: Much, "{word}": {{nte: x}}}}'),
                ("verdict:\n", f'verdict:\n  "{word}": x\n'),
                ("published:", f'sources:\n  "{word}": {{nte: x}}\nconsider: [{{name: "{word}"}}]\npublished:'),
            ),
        }
    )
    problems = flat(loaded_site(site).problems)
    helps = {problem.help.partition(",")[0] for problem in problems if problem.message == '"nte" is not a key here'}
    assert helps == {"one of: accessed", "the keys here are text"}
    assert [problem.help for problem in problems if problem.message == '"title" is missing'] == [
        "add it: The page's title."
    ]
    said = {problem.message.partition(",")[0] for problem in problems if problem.code == "unknown-subject"}
    assert said == {f'{what} "{word}"' for what in ("cells name", "pick names", "verdict names", "wins names")}
    holds(site)


YAML = [
    "a: " + "[" * 10_000,
    "a: " + "{" * 10_000,
    "- " * 10_000,
    "? " * 10_000,
    "".join(" " * depth + "a:\n" for depth in range(1_200)),
    "".join(" " * depth + "a:\n" for depth in range(400)),
    "a: " + "[" * 190 + "]" * 190,
    "a: &a [*a]",
    "a: &a x\nb: *a",
    "<<: {title: x}\ntitle: y",
    "<<: *nothing",
    "a: !!python/object/apply:os.system [x]",
    "!!python/name:os.system x: y",
    'a: "\\ud800"',
    'a: "\\udc00\\ud800"',
    'a: "\\U00110000"',
    'a: "\\x00"',
    'a: "\\x1a3\\x1a"',
    "a: |\n" + " x\n" * 300_000,
    "a: '" + "x" * 1_000_000 + "'",
    "? " + "k" * 100_000 + "\n: x",
    "? [a, b]\n: x",
    "? {a: b}\n: x",
    "%YAML 1.1\n---\na: b",
    "%TAG ! tag:x,2000:\n---\na: b",
    "---\na: b\n---\nc: d",
    "...\n",
    "a: b\n...\n%YAML 1.2\n",
    "a: @",
    "a: `",
    "\ta: b",
    "a:\n\t- b",
    "a: b: c",
    "- a\nb: c",
    "a: \ufeff",
    "\ufeffa: b",
    "[" * 250 + "]" * 250,
    "null",
    "~",
    "a",
    "[]",
    "''",
    "# nothing",
    "",
]


@pytest.mark.slow
@pytest.mark.parametrize("file", ["content/site.yaml", "content/factors.yaml", "content/subjects/tea.yaml", TEA])
def test_no_yaml_ends_in_anything_but_problems(make_site: MakeSite, file: str) -> None:
    """However deep, long or clever it is; before what a file needs or instead of it."""
    for text in YAML:
        site = make_site({file: f"---\n{text}\n---\nBody\n" if file.endswith(".md") else text})
        for problem in flat(loaded_site(site).problems):
            assert problem.file.startswith("content"), (text, problem)
            assert problem.as_text(), text


def test_a_table_takes_no_more_from_shared_files_than_it_may_say(make_site: MakeSite) -> None:
    """Each comparison that names many long notes would be a page of megabytes for a few hundred bytes."""
    note = "word " * 1_900
    most = limits.TABLE // len(note.rstrip())

    def site(count: int) -> Path:
        shared = "".join(f"f{one}: {{label: F {one}, note: {note}}}\n" for one in range(count))
        rows = "".join(f"  - {{factor: f{one}, cells: [a, b], wins: tie}}\n" for one in range(count))
        text = comparison((ROWS, rows))[TEA]
        return make_site({"content/factors.yaml": shared, TEA: text})

    assert [one.code for one in flat(loaded_site(site(most - 1)).problems)] == []
    (problem,) = flat(loaded_site(site(most + 1)).problems)
    assert (problem.code, problem.file) == ("too-long", TEA)
    assert "200,000 is the most" in problem.message


CITED = ", ".join(f"https://e.example/{one}" for one in range(8))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "text", "row"),
    [
        ("content/subjects/tea.yaml", f"name: {'n' * 400}\n", "  - {factor: Row @, cells: [a, b], wins: tea}\n"),
        (TEA, "", f"  - {{factor: Row @, group: {'g' * 400}, cells: [a, b], wins: tea}}\n"),
        (TEA, "", f"  - {{factor: @ {'l' * 400}, cells: [a, b], wins: tea}}\n"),
        (
            "content/subjects/tea.yaml",
            "name: Tea\nfacts:\n" + "".join(f"  f{one}: {{text: a, quote: {'q' * 400}}}\n" for one in range(600)),
            "  - {factor: f@, cells: {coffee: b}, wins: tea}\n",
        ),
        (TEA, "", f"  - {{factor: @ {'l' * 40}, cells: [a, {{text: b, source: [{CITED}]}}], wins: tea}}\n"),
    ],
    ids=["names", "groups", "labels", "quotes", "references"],
)
def test_every_word_of_a_table_counts(make_site: MakeSite, file: str, text: str, row: str) -> None:
    """Whoever is compared stands in every row, and what bears a fact out on every page that shows it."""
    shared = "".join(f"f{one}: {{label: F {one}}}\n" for one in range(600))

    def codes(count: int) -> list[str]:
        rows = "".join(row.replace("@", str(one)) for one in range(count))
        files = {file: text} if text else {}
        site = make_site({"content/factors.yaml": shared, TEA: comparison((ROWS, rows))[TEA], **files})
        return [one.code for one in errors(flat(loaded_site(site).problems))]

    assert codes(300) == []
    assert codes(600) == ["too-long"]


# --- how many are compared --------------------------------------------------------------------------------------------


def test_how_many_are_compared_is_said_in_one_place() -> None:
    """Scripts, templates, styles, words and messages have it from there."""
    package = Path(tiebreak.__file__).parent
    files = [
        file
        for folder in (package, builtin_folder("templates"), builtin_folder("static"))
        for file in folder.rglob("*.*")
    ]
    texts = {file: file.read_text("utf-8") for file in files if file.suffix in (".py", ".js", ".html", ".yaml", ".css")}
    said = re.compile(r"\b(to|at most|bis|höchstens) (six|sechs|6)\b|\bsix at most|1-6\]|MOST = 6\b", re.IGNORECASE)
    assert [f"{file.name}: {found[0]}" for file, text in texts.items() if (found := said.search(text))] == []


def test_a_page_hands_on_how_many_stand_side_by_side(make_site: MakeSite, build: Build) -> None:
    """To its script, and to its reader."""
    subject = "name: {}\nkind: Drink\nfacts: {{price: 1}}\n"
    files = {f"content/subjects/{id}.yaml": subject.format(id.title()) for id in ("tea", "coffee")}
    page = (build(make_site(files)).output / "compare/index.html").read_text()
    assert f'data-fewest="{limits.FEWEST_SUBJECTS}" data-most="{limits.SUBJECTS}"' in page
    assert page.count(f"{limits.FEWEST_SUBJECTS} to {limits.SUBJECTS} ") == 2
