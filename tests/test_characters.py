"""What nobody sees is told where it is out of place, and never acts on a terminal or on the log of a workflow."""

import json
import os
import re
import sys
import unicodedata
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from conftest import Build, Cli, MakeSite
from hypothesis import given
from hypothesis import strategies as st
from samples import COMPARISON, changed, loaded_site

from tiebreak.characters import character_name, in_json, misplaced, parts, unprintable, visible
from tiebreak.cli import main
from tiebreak.problems import Format, Problem, flat, report

# Each tries to begin a line of its own, to colour or rewrite what is there, or to give a command to a workflow.
HOSTILE = [
    "\n::error file=x::y",
    "\r::add-mask::a",
    "::stop-commands::x",
    "  ::error::x",
    "\u00a0::error::x",
    "##[command]rm",
    "x ##[add-mask]a",
    "##vso[task.setvariable variable=x]y",
    "##VSO[x]",
    "\x1b[31mred",
    "\x1b]8;;https://evil.example/\x1b\\x",
    "\x1b]52;c;eA==\x07",
    "\x9b31m",
    "\x85::error::x",
    "a\b\b\bz",
    "\x7f",
    "\u2028::error::x",
    "\u2029x",
    "\u202egnp.exe",
    "\u2066x\u2069",
    "\u200b",
    "\ufeff",
    "a\U000e0041b",
    "\udcff",
    "\ud83d",
    "\x00",
]
FORMATS: tuple[Format, ...] = ("text", "json", "github")


def obeyed(line: str) -> bool:
    """Whether a runner takes a line for a command: where it begins like one, or for the old ones where one is in it."""
    return line.strip().startswith("::") or re.search(r"##(vso)?\[", line, re.IGNORECASE) is not None


def harmless(text: str) -> bool:
    """Whether a terminal only shows it, and a stream can write it."""
    text.encode()
    unseen = {"Cc", "Cs", "Zl", "Zp"}
    marks = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    return not any(
        unicodedata.category(char) in unseen or char in marks for char in text.replace("\n", "").replace("\t", "")
    )


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_visible_text_is_one_line_that_nothing_obeys(text: str) -> None:
    """And making it visible again changes nothing."""
    shown = visible(text)
    assert harmless(shown)
    assert "\n" not in shown
    assert not obeyed(shown)
    assert visible(shown) == shown


@given(st.text(st.characters(exclude_categories=[])))
def test_any_text_is_made_visible(text: str) -> None:
    """One piece for each character; JSON says the same as before."""
    shown = visible(text)
    assert harmless(shown)
    assert not obeyed(shown)
    assert visible(shown) == shown
    assert len(parts(text)) == len(text)
    plain = json.dumps(text, ensure_ascii=False)
    assert json.loads(in_json(plain)) == text
    assert harmless(in_json(plain))
    assert not obeyed(in_json(plain))


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"], exclude_characters="[:\u3164\uffa0\u115f\u1160")))
def test_what_is_seen_stays_as_it_is(text: str) -> None:
    """In any script."""
    assert visible(text) == text


TEXTS = [field.name for field in fields(Problem) if field.type in ("str", str) and field.name != "code"]


@pytest.mark.parametrize("field", TEXTS)
@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_no_part_of_a_problem_acts(field: str, text: str) -> None:
    """In all three formats: no line more than a sound problem has, no command but the one, nothing for a terminal."""
    sound = Problem("a.md", 1, 1, "stale", "message", "help", excerpt="excerpt")
    problem = Problem(**asdict(sound) | {field: text})
    for format in FORMATS:
        told = report([problem], format)
        assert harmless(told)
        assert told.count("\n") == report([sound], format).count("\n")
        lines = told.split("\n")
        assert [line for line in lines if obeyed(line)] == (lines if format == "github" else [])
        assert format != "github" or lines[0].startswith("::error file=")
    (told_again,) = json.loads(report([problem], "json"))
    key = "path" if field == "file" else field  # a name of the contract
    assert field == "excerpt" or told_again[key] == text


def test_a_workflow_command_ends_where_ours_does() -> None:
    """What would end its properties or its line is escaped in them."""
    told = Problem("a::b,c\nd.md", 1, 1, "stale", "x\n::y", "z").as_github()
    assert told == "::error file=a%3A%3Ab%2Cc%0Ad.md,line=1,col=1,title=stale::x%0A::y (z)"


@pytest.mark.parametrize("before", ["", "ab", "\x1b[31m", "\t東\u202e", "e\u0301\u200b"])
def test_the_underline_stays_below_what_it_marks(before: str) -> None:
    """Escapes are as wide as they look."""
    problem = Problem("x.md", 1, len(before) + 1, "stale", "old", excerpt=f"{before}\u202eHERE", width=5)
    _, shown, mark = problem.as_text().split("\n")
    seen = "".join(char + (" " if unicodedata.east_asian_width(char) in "WF" else "") for char in shown)
    seen = "".join(char for char in seen if not unicodedata.combining(char))
    assert seen[mark.index("^") : mark.rindex("^") + 1] == "\\u202eHERE"


# --- names of files ---------------------------------------------------------------------------------------------------

NAMES = ["a\nb", "a\n::error file=x::y", "\x1b[31m", "a\rb", "a\u202eb", "a\u200bb", "a\u2028b", os.fsdecode(b"\xff")]
FOLDERS = ["content/compare/{}.md", "content/compare/{}.png", "content/{}", "content/pages/{}/x.md"]
FOLDERS += ["content/subjects/{}.yaml", "static/{}.txt", "static/js/{}.js", "static/css/{}.css", "templates/{}.html"]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="no file can be called so there")
@pytest.mark.parametrize("place", FOLDERS)
def test_a_name_that_nobody_can_read_is_a_problem(make_site: MakeSite, place: str) -> None:
    """Each at its place, in every format, for both commands, and without a line or a command of its own."""
    project = make_site()
    for name in NAMES:
        file = project / place.format(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"x")
    for command in (["check"], ["check", "--format", "json"], ["check", "--format", "github"], ["build"]):
        result = CliRunner().invoke(main, [*command, "--project", str(project)])
        said = result.stderr + result.stdout
        assert result.exit_code == 1
        assert harmless(said)
        assert said.count("bad-name") == len(NAMES)
        assert "fault of Tiebreak" not in said
        if "github" in command:
            assert all(line.startswith(("::error file=", "::warning file=")) for line in said.splitlines())
        else:
            assert not any(map(obeyed, said.split("\n")))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="no folder can be called so there")
@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_project_in_a_folder_of_such_a_name_is_told_of_visibly(
    make_site: MakeSite, tmp_path: Path, name: str
) -> None:
    """What was made, where it lies, and what is not there."""
    project = make_site(folder=name)
    lines = [
        CliRunner().invoke(main, ["build", "--why", "--project", str(project)]),
        CliRunner().invoke(main, ["build", "--format", "json", "--project", str(project)]),
        CliRunner().invoke(main, ["new", "Milk vs Water", "--project", str(project)]),
        CliRunner().invoke(main, ["new", "Milk vs Water", "--project", str(project)]),
        CliRunner().invoke(main, ["init", str(tmp_path / "new" / name)]),
        CliRunner().invoke(main, ["init", str(tmp_path / "new" / name)]),
        CliRunner().invoke(main, ["build", "--project", str(project / "none")]),
        CliRunner().invoke(
            main, ["build", "--project", str(project), "--output", str(project / "content/site.yaml/x")]
        ),
    ]
    for result in lines:
        said = result.stderr + result.stdout
        assert said
        assert harmless(said)
        assert not any(map(obeyed, said.split("\n")))


@pytest.mark.parametrize(
    "arguments",
    [
        ["{}"],
        ["build", "--{}"],
        ["build", "{}"],
        ["build", "--jobs", "{}"],
        ["build", "--project", "{}"],
        ["build", "--base-url", "{}"],
        ["check", "--format", "{}"],
        ["new", "{}"],
        ["new", "{} vs"],
        ["schema", "{}"],
        ["serve", "--port", "{}"],
    ],
    ids=" ".join,
)
def test_what_a_command_was_given_is_repeated_visibly(arguments: list[str]) -> None:
    """click's own messages among them."""
    for text in (text for text in HOSTILE if "\0" not in text):
        result = CliRunner().invoke(main, [one.format(text) for one in arguments])
        said = result.stderr + result.stdout
        assert result.exit_code in (1, 2), ascii(text)
        assert harmless(said), ascii(text)
        assert not any(map(obeyed, said.split("\n"))), ascii(text)


def test_a_fault_is_told_visibly(monkeypatch: pytest.MonkeyPatch, make_site: MakeSite) -> None:
    """Of the system and of our own."""
    for error in (OSError(5, "no\n::error::x", "a\x1b[31m\udcff\n::error::x"), ValueError("x\n::error::\x1b[31m")):

        def fail(*_: Any, error: Exception = error) -> None:
            raise error

        monkeypatch.setattr("tiebreak.build.pipeline.check", fail)
        result = CliRunner().invoke(main, ["check", "--project", str(make_site())])
        assert result.exit_code == 1
        assert harmless(result.stderr)
        assert not any(map(obeyed, result.stderr.split("\n")))


@pytest.mark.parametrize("text", ["a.png", "naïve café.png", "日本.png", "می‌خواهم.png", "👩‍💻.png"])
def test_names_in_any_script_can_be_read(text: str) -> None:
    """Nothing is said of them."""
    assert unprintable(text) == ""


# --- what is out of place ---------------------------------------------------------------------------------------------

IN_PLACE = [
    "می‌خواهم",
    "PDF‌ها",
    "क्‍ष",
    "ශ්‍රී",
    "นี่\u200bคือ",
    "မြန်မာ\u200bဘာသာ",
    "👩‍💻 and 👨‍👩‍👧‍👦",
    "🏳️‍🌈",
    "❤️ 1️⃣ ©️",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿 and 🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "葛󠄀城",
    "שלום\u200f!",
    "עברית C++\u200e ועוד",
    "العربية\u061c 5",
    "e\u0301",
    "narrow\u202fspace",
]
OUT_OF_PLACE = {
    **{
        chr(code): f"a{chr(code)}b"
        for code in (0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
    },
    **{
        chr(code): f"a{chr(code)}b"
        for code in (0x34F, 0x61C, 0x115F, 0x1160, 0x180E, 0x2060, 0x2064, 0x206F, 0x3164, 0xFEFF, 0xFFA0, 0xFFFA)
    },
    **{chr(code): f"a {chr(code)}b" for code in (0xFE00, 0xFE0F, 0xE0100, 0xE01EF)},
    **{chr(code): f"a{chr(code)}b" for code in (0xE0000, 0xE0001, 0xE0041, 0xE007F)},
}
MORE_OUT_OF_PLACE = ["PyTorch\u200d", "\u200dPyTorch", "Py\u200cTorch", "a\u200d\u200db", "👩\u200dx", "x\u200d👩"]
MORE_OUT_OF_PLACE += [
    "א\u202eב",
    "ب\u2067a\u2069",
    "x\ufe0f\ufe0f",
    "🏴\U000e0067\U000e0062",
    "א\n\u200fa",
    "\u200fa\nא",
]


@pytest.mark.parametrize("text", IN_PLACE, ids=ascii)
def test_what_a_script_is_written_with_is_in_place(text: str) -> None:
    """Joiners beside Arabic and Indic letters and between emoji, marks beside letters from right to left, flags."""
    assert list(misplaced(text)) == []
    assert visible(text) == text


@pytest.mark.parametrize("text", [*OUT_OF_PLACE.values(), *MORE_OUT_OF_PLACE], ids=ascii)
def test_what_nobody_sees_elsewhere_is_out_of_place(text: str) -> None:
    """And is shown when it is told."""
    assert list(misplaced(text))
    assert len(visible(text)) > len(text)


def warned(project: Path) -> list[Problem]:
    return [one for one in flat(loaded_site(project).problems) if one.code == "invisible-character"]


@pytest.mark.parametrize("char", OUT_OF_PLACE, ids=ascii)
@pytest.mark.parametrize("way", ["itself", "escape", "entity"])
def test_it_is_told_where_it_stands(make_site: MakeSite, char: str, way: str) -> None:
    """As a warning that names it: as itself, as an escape of YAML, as an entity of HTML."""
    code = ord(char)
    escape = f"\\U{code:08x}"
    text = {
        "itself": changed(("factor: Caffeine", f"factor: Caf {char}feine")),
        "escape": changed(("factor: Caffeine", f'factor: "Caf {escape}feine"')),
        "entity": changed(("It lets you", f"It &#x{code:x};lets you")),
    }[way]
    (problem,) = warned(make_site({"content/compare/tea-vs-coffee.md": text}))
    assert character_name(char) in problem.message
    assert problem.severity == "warning"
    shown = {"itself": char, "escape": escape, "entity": f"&#x{code:x};"}[way]
    assert problem.excerpt[problem.column - 1 :][: problem.width] == shown
    assert harmless(problem.as_text())


def test_code_that_reads_otherwise_is_told(make_site: MakeSite) -> None:
    """In a body as well, one problem a line; soft hyphens may stand there."""
    body = "Donau\u00addampf\n\n```python\nif access != 'user\u202e \u2066# admin\u2069': pass\n```\n"
    (problem,) = warned(make_site({"content/compare/tea-vs-coffee.md": COMPARISON + body}))
    assert problem.message.startswith("3 characters that nobody sees (the first is U+202E")
    assert "access" in problem.excerpt


def test_what_is_only_spoken_of_is_not_told(make_site: MakeSite) -> None:
    """Entities in code, escapes in plain text."""
    body = "`&#x202e;` and\n\n```html\n&rlm;&#8238;\n```\n\nAlso \\u202e and &amp;#x202e;.\n"
    text = changed(("factor: Caffeine", "factor: Caf \\u202e feine"))
    assert warned(make_site({"content/compare/tea-vs-coffee.md": text + body})) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/factors.yaml", "caffeine: {{label: Caf{}feine}}\n"),
        ("content/subjects/tea.yaml", "name: Tea\naliases: [Ch{}ai]\n"),
        ("content/pages/about.md", "---\ntitle: Ab{}out\n---\nUs.\n"),
        ("content/site.yaml", "title: Pi{}cks\nbase_url: https://example.org/\n"),
    ],
)
def test_every_file_of_content_is_looked_at(make_site: MakeSite, path: str, text: str) -> None:
    """Not only comparisons."""
    (problem,) = warned(make_site({path: text.format("\u200b")}))
    assert problem.file == path


@pytest.mark.slow
def test_a_file_full_of_them_is_told_in_time_that_grows_with_it(make_site: MakeSite) -> None:
    """One problem a line, and each line is shown once."""
    body = "\n".join(["\u200f" * 200] * 2000)
    found = warned(make_site({"content/compare/tea-vs-coffee.md": COMPARISON + body}))
    assert len(found) == 2000
    assert "200 characters" in found[0].message


@pytest.mark.slow
def test_a_warning_stops_nothing(make_site: MakeSite, build: Build, cli: Cli) -> None:
    """But where warnings do."""
    project = make_site({"content/subjects/tea.yaml": "name: T\u200bea\n"})
    assert [problem.code for problem in build(project).problems] == ["invisible-character"]
    cli("check", "--project", project, "--strict", ok=False)


@pytest.mark.slow
def test_words_of_the_theme_are_looked_at(make_site: MakeSite, build: Build) -> None:
    """A warning, and they are said all the same."""
    project = make_site({"templates/words/en.yaml": "site: {skip: To the te\u200bxt}\n"})
    report = build(project)
    assert [(one.file, one.code) for one in report.problems] == [("templates/words/en.yaml", "invisible-character")]
    assert "To the te\u200bxt" in (report.output / "index.html").read_text("utf-8")
