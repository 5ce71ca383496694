"""What can be right in one way only is written into the file, and nothing else of it changes."""

import re
import sys
from pathlib import Path

import pytest
from conftest import Cli, MakeSite
from hypothesis import given
from hypothesis import strategies as st
from samples import changed

from tiebreak.content.days import day
from tiebreak.problems import Fix, Problem
from tiebreak.rules.fixes import applied

TEA = "content/compare/tea-vs-coffee.md"
SUBJECT = {"content/subjects/tea.yaml": "name: GreenTea\naliases: [Tea]\n"}


SOURCES = """\
sources:
  # kept
  a: {title: A, url: https://example.org/a}  # goes
  b:
    title: B
    url: https://example.org/b
    quote: |
      Greentea

  c: {title: C, url: https://example.org/c}
"""


def fix(cli: Cli, site: Path, *, ok: bool = True) -> list[str]:
    """What `check --fix` says that it mended."""
    told = cli("check", "--fix", "--project", site, ok=ok).stderr
    return re.findall(r"^\S+?:(\d+:\d+: (?:not )?mended.*?: [a-z-]+): ", told, re.MULTILINE)


def test_a_file_is_mended_and_nothing_else_of_it_changes(make_site: MakeSite, cli: Cli) -> None:
    """Comments, quotation marks, line ends, blanks and order stay; a second run has nothing to do."""
    text = changed(
        ("why: It lets you sleep.", "# a comment\nwhy:   'It''s Greentea,  and greentea'   # another"),
        ("published: 2026-04-02", 'published: "2 April 2026"'),
        (
            "verdict:",
            f"{SOURCES}verdict:",
        ),
        ("tea: Some", "tea: {text: Some, source: c}"),
        ("Tea is calmer.", "A greentea is `greentea`.  \n\n\tgreentea\n"),
    )
    right = changed(
        ("why: It lets you sleep.", "# a comment\nwhy:   'It''s GreenTea,  and GreenTea'   # another"),
        ("published: 2026-04-02", 'published: "2026-04-02"'),
        ("verdict:", "sources:\n  # kept\n\n  c: {title: C, url: https://example.org/c}\nverdict:"),
        ("tea: Some", "tea: {text: Some, source: c}"),
        ("Tea is calmer.", "A GreenTea is `greentea`.  \n\n\tgreentea\n"),
    )
    site = make_site({TEA: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(), **SUBJECT})
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file() and path.name != Path(TEA).name}
    codes = {line.rpartition(" ")[2] for line in fix(cli, site)}
    assert codes == {"bad-date", "wrong-case", "unused-source"}
    assert (site / TEA).read_bytes().decode() == "\ufeff" + right.replace("\n", "\r\n")
    assert {path: path.read_bytes() for path in before} == before
    assert fix(cli, site) == []
    assert (site / TEA).read_bytes().decode() == "\ufeff" + right.replace("\n", "\r\n")


def test_it_says_what_it_did_and_what_remains(make_site: MakeSite, cli: Cli) -> None:
    """A line for each, then the problems that are left, with their exit status."""
    text = changed(("Tea is calmer.", "A greentea. :tada:"))
    told = cli("check", "--fix", "--strict", "--project", make_site({TEA: text, **SUBJECT}), ok=False).stderr
    first, second, *_ = told.splitlines()
    assert first == f'{TEA}:17:3: mended: wrong-case: "greentea" is written "GreenTea"'
    assert second.startswith(f"{TEA}:17:13: warning[left-over]")


@pytest.mark.parametrize(
    "hidden",
    [
        {TEA: changed(("Tea is calmer.", "A greentea. <!-- tiebreak: ignore[wrong-case] meant -->"))},
        {
            TEA: changed(("Tea is calmer.", "A greentea.")),
            "content/site.yaml": "title: Picks\nbase_url: https://example.org/picks/\nrules: {wrong-case: off}\n",
        },
    ],
)
def test_what_is_hidden_stays(make_site: MakeSite, cli: Cli, hidden: dict[str, str]) -> None:
    """By a comment or by the settings."""
    site = make_site({**SUBJECT, **hidden})
    assert fix(cli, site) == []
    assert (site / TEA).read_text() == hidden[TEA]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_nothing_is_written_through_a_link(make_site: MakeSite, cli: Cli) -> None:
    """Nor in the place of one."""
    text = changed(("Tea is calmer.", "A greentea."))
    site = make_site({TEA: None, "content/compare/coffee.txt": text, **SUBJECT})
    (site / TEA).symlink_to("coffee.txt")
    assert "17:3: not mended, because it is a link: wrong-case" in fix(cli, site)
    assert (site / TEA).is_symlink()
    assert (site / TEA).read_text() == text


@pytest.mark.skipif(sys.platform == "win32", reason="modes mean little there")
def test_a_file_keeps_its_mode(make_site: MakeSite, cli: Cli) -> None:
    """What only its owner may read stays so."""
    site = make_site({TEA: changed(("Tea is calmer.", "A greentea.")), **SUBJECT})
    (site / TEA).chmod(0o600)
    assert fix(cli, site) == ["17:3: mended: wrong-case"]
    assert (site / TEA).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("sources", "left"),
    [
        ("sources: {a: {title: A, url: https://example.org/a}}\n", None),
        ("sources:\n  a:\n    title: A\n    url: https://example.org/a\n", "sources:\n"),
        ("sources:\n  a:\n    title: A\n    url: https://example.org/a\n\n  # b\n", "sources:\n\n  # b\n"),
        ("sources: {\n  a: {title: A, url: https://example.org/a},\n}\n", None),
    ],
)
def test_a_source_goes_with_its_lines(make_site: MakeSite, cli: Cli, sources: str, left: str | None) -> None:
    """Where nothing else stands on them."""
    site = make_site({TEA: changed(("verdict:\n", f"{sources}verdict:\n"))})
    fix(cli, site)
    assert (site / TEA).read_text() == changed(("verdict:\n", f"{sources if left is None else left}verdict:\n"))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026/11/01", "2026-11-01"),
        ("2026.1.2", "2026-01-02"),
        ("20261101", "2026-11-01"),
        ("2026-11-01T10:00:00Z", "2026-11-01"),
        ("2026-11-01 10:00", "2026-11-01"),
        ("1 Nov 2026", "2026-11-01"),
        ("1st of Nov 2026", None),
        ("1st November 2026", "2026-11-01"),
        ("November 1, 2026", "2026-11-01"),
        ("Sept. 3 2026", "2026-09-03"),
        ("Ma 3 2026", None),
        ("31.12.2026", "2026-12-31"),
        ("12/31/2026", "2026-12-31"),
        ("05/05/2026", "2026-05-05"),
        ("03/04/2026", None),
        ("2026-02-30", None),
        ("30 Feb 2026", None),
        ("26-11-01", None),
        ("soon", None),
    ],
)
def test_a_day_is_known_however_it_is_written(text: str, meant: str | None) -> None:
    """Unless it could be another."""
    with pytest.raises(ValueError) as error:
        day(text)
    assert error.value.context["instead"] == meant  # type: ignore[attr-defined]


LINES = st.lists(st.text(st.characters(exclude_characters="\r\n\ufeff", exclude_categories=["Cs"]), max_size=9))


@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]), st.booleans(), st.data())
def test_every_other_character_stays(lines: list[str], end: str, marked: bool, data: st.DataObject) -> None:
    """Whatever the line ends are, and with a byte order mark or without."""
    problems, parts = list[Problem](), list[str]()
    for number, line in enumerate(lines, 1):
        start = data.draw(st.integers(0, len(line)))
        stop = data.draw(st.integers(start, len(line)))
        instead = Fix((number, start + 1), (number, stop + 1), "X")
        problems.append(Problem("a", number, start + 1, "wrong-case", "m", excerpt=line, fix=instead))
        parts.append(f"{line[:start]}X{line[stop:]}")
    mark = "\ufeff" * marked
    assert applied(mark + end.join(lines), problems) == (mark + end.join(parts), tuple(problems))


def test_a_line_that_has_changed_is_left_alone() -> None:
    """As where another program writes meanwhile; of two fixes of one place the first counts."""
    one = Problem("a", 1, 1, "wrong-case", "m", excerpt="tea", fix=Fix((1, 1), (1, 4), "Tea"))
    two = Problem("a", 1, 2, "wrong-case", "m", excerpt="tea", fix=Fix((1, 2), (1, 3), "E"))
    assert applied("tea\n", [two, one]) == ("Tea\n", (one,))
    assert applied("tee\n", [one]) == ("tee\n", ())
    assert applied("", [one]) == ("", ())


ORDERED = """\
# about the file
name: Tea

# of the kind
# in two lines
kind: drink  # trailing
homepage: https://example.org
facts:
  # inside
  price: 2

  note: |
    # text
    kind: text
"""
UNORDERED = """\
# about the file
facts:
  # inside
  price: 2

  note: |
    # text
    kind: text
homepage: https://example.org
# of the kind
# in two lines
kind: drink  # trailing
name: Tea

"""
ASKED = {"content/site.yaml": "title: Picks\nbase_url: https://example.org/picks/\nrules: {key-order: warning}\n"}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_keys_are_put_in_order(make_site: MakeSite, cli: Cli, end: str) -> None:
    """With their lines and the comments right above them; what stands above all keys is about the file."""
    file = "content/subjects/tea.yaml"
    site = make_site({file: UNORDERED.replace("\n", end).encode(), **ASKED})
    assert fix(cli, site) == ["9:1: mended: key-order"]
    assert (site / file).read_bytes().decode() == ORDERED.replace("\n", end)
    assert fix(cli, site) == []


def test_the_order_of_keys_is_told_to_who_asks(make_site: MakeSite, cli: Cli) -> None:
    """Others write them as they like. In braces, before the mark of a document's end, and in a file whose last line has
    no end, they stay.
    """
    file = "content/subjects/tea.yaml"
    assert fix(cli, make_site({file: UNORDERED})) == []
    for text in ("{kind: drink, name: Tea}\n", "---\nkind: drink\nname: Tea\n...\n", "kind: drink\nname: Tea"):
        site = make_site({file: text, **ASKED}, folder=str(len(text)))
        assert fix(cli, site) == []
        assert (site / file).read_text() == text


def test_lines_that_end_in_several_ways_are_not_moved(make_site: MakeSite, cli: Cli) -> None:
    """They would have to be given other ends."""
    file, text = "content/subjects/tea.yaml", b"kind: drink\r\nname: Tea\n"
    site = make_site({file: text, **ASKED})
    assert fix(cli, site) == []
    assert (site / file).read_bytes() == text
