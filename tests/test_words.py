"""The words of the theme: one place, any language, and an author told where his own are wrong."""

import re
from pathlib import Path

import pytest
from conftest import MakeSite
from markupsafe import Markup
from published import ROOT
from samples import texts

from tiebreak import source
from tiebreak.locales import plural
from tiebreak.words import Words, placeholders, read

WORDS = Words("en", {"table": {"pin": "Pin {name}", "rows": {"one": "{count} row", "other": "{count} rows"}}})


def test_a_text_is_said_with_its_values() -> None:
    """And in the form that its count asks for."""
    assert WORDS.say("table.pin", name="Tea") == "Pin Tea"
    assert [WORDS.say("table.rows", count=count) for count in (0, 1, 2)] == ["0 rows", "1 row", "2 rows"]


def test_markup_stays_markup_and_all_else_is_escaped() -> None:
    """A text with a link in it does not open a way in for what stands beside the link."""
    words = Words("en", {"x": {"both": "{link} & {name}"}})
    said = words.say("x.both", link=Markup('<a href="#x">x</a>'), name="<b>")
    assert said == Markup('<a href="#x">x</a> &amp; &lt;b&gt;')


def test_what_is_not_there_is_no_text() -> None:
    """A template that asks for it is told so, at its line."""
    with pytest.raises(LookupError, match=r"table\.nothing"):
        WORDS.say("table.nothing")


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", "other one other"),
        ("de", "other one other"),
        ("fr", "one one other"),
        ("pl", "many one few"),
        ("xx", "other one other"),
    ],
)
def test_every_language_has_its_own_plurals(language: str, forms: str) -> None:
    """As CLDR has them; a language that nobody knows has those of English."""
    assert " ".join(plural(language)(count) for count in (0, 1, 2)) == forms


def test_a_project_says_it_otherwise(make_site: MakeSite) -> None:
    """What its own file mentions; a region before its language; English for all the rest."""
    project = make_site(
        {
            "templates/words/pt.yaml": "table: {reset: Repor, tools: Ferramentas}\n",
            "templates/words/pt-BR.yaml": "table: {reset: Redefinir}\n",
        }
    )
    words, problems = read(project, "pt-BR")
    assert problems == []
    assert words.say("table.reset") == "Redefinir"
    assert words.say("table.tools") == "Ferramentas"
    assert words.say("table.find") == read(project, "en")[0].say("table.find")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- a list\n", "yaml-syntax: expected keys and values here"),
        ("table: Table\n", "wrong-type: expected keys and values"),
        ("table: {pin: [x]}\n", "wrong-type: expected a text"),
        ("tabel: {pin: x}\n", 'unknown-key: "tabel" is not a key here'),
        ("table: {pim: x}\n", 'unknown-key: "pim" is not a key here'),
        ("table: {pin: 'x {'}\n", "unknown-placeholder: {…} is not filled in here"),
        ("table: {pin: 'x {name.secret}'}\n", "unknown-placeholder: {name.secret} is not filled in here"),
        ("tools: {shown: {one: '1'}}\n", 'missing-key: "other" is missing'),
    ],
)
def test_a_mistake_is_told_and_nothing_of_its_file_is_used(make_site: MakeSite, text: str, said: str) -> None:
    """Whatever would be shown wrongly, or not at all, to a reader."""
    project = make_site({"templates/words/en.yaml": text})
    words, problems = read(project, "en")
    assert texts(problems) == [said]
    assert {problem.path for problem in problems} == {"templates/words/en.yaml"}
    assert words == read(Path(), "en")[0]


def test_words_that_cannot_be_read_are_told(make_site: MakeSite) -> None:
    """Like any file."""
    problems = read(make_site({"templates/words/en.yaml": "table: {\n"}), "en")[1]
    assert [problem.code for problem in problems] == ["yaml-syntax"]


SHIPPED = [file.stem for file in sorted((ROOT / "templates/words").glob("*.yaml"))]


@pytest.mark.parametrize("language", SHIPPED)
def test_every_language_that_comes_with_the_theme_is_whole(language: str) -> None:
    """Every text of English, with the same placeholders, and no other."""
    english, other = (
        source.read(f"{name}.yaml", (ROOT / f"templates/words/{name}.yaml").read_bytes())[0].data
        for name in ("en", language)
    )
    assert isinstance(english, dict)
    assert isinstance(other, dict)
    for part, said in english.items():
        assert {name: placeholders(text) for name, text in other[part].items()} == {
            name: placeholders(text) for name, text in said.items()
        }


def test_scripts_say_only_what_there_is() -> None:
    """Every text that a script names is in the part that scripts have."""
    scripts = "".join(file.read_text("utf-8") for file in sorted((ROOT / "static/js").glob("*.js")))
    named = set(re.findall(r'\bsay\(\s*"([a-z0-9-]+)"', scripts))
    assert len(named) > 20
    assert named - read(ROOT, "en")[0].texts["tools"].keys() == set()
