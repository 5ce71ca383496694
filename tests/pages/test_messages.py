"""The words of the theme: what a language says, what a project may say otherwise, and how mistakes in it are told."""

import json
from pathlib import Path

import pytest
from conftest import MakeSite
from markupsafe import Markup
from samples import ENGLISH

from tiebreak.pages.locales import plural
from tiebreak.pages.messages import SCRIPTED, Messages, placeholders, read
from tiebreak.problems import Problem

TEXTS = Messages(
    "en",
    {
        "part": {
            "plain": "Salt & {name}",
            "fixed": "Salt & vinegar",
            "bold": "**Use {name} if** {when}",
            "link": "see [the & page]({address}).",
            "rows": {"one": "{count} row", "other": "{count} rows"},
            "braces": "a {{b}}",
        },
        "joined": {"comma": " & ", "and": "{most} and {last}"},
    },
)


def said(project: Path, language: str) -> Messages:
    messages, problems, _ = read(project, language)
    assert problems == []
    return messages


def problems(make_site: MakeSite, text: str) -> list[Problem]:
    return read(make_site({"templates/words/en.yaml": text}), "en")[1]


# --- what is said -----------------------------------------------------------------------------------------------------


def test_values_stand_where_their_names_are_in_braces() -> None:
    """As plain text, which templates escape; two braces are one."""
    assert TEXTS.say("part.plain", name="<b>") == "Salt & <b>"
    assert not isinstance(TEXTS.say("part.plain", name="<b>"), Markup)
    assert TEXTS.say("part.fixed") == "Salt & vinegar"
    assert TEXTS.say("part.braces") == "a {b}"


STOPPED = Messages("en", {"part": {"cite": "{author}. “{title}.” {site}, {day}. {url}", "said": "„{title}“. {count}."}})


@pytest.mark.parametrize("mark", [".", "!", "?", "…", "。", "e.g.", "?”", ".)"])
@pytest.mark.parametrize("kind", [str, Markup])
def test_a_sentence_has_one_full_stop(mark: str, kind: type[str]) -> None:
    """Where a name, a title or a date ends in one of its own, as dates in Hungarian do, no second one follows."""
    values = {name: kind(f"{name}{mark}") for name in ("author", "title", "site", "day", "url")}
    told = STOPPED.say("part.cite", **values)
    assert told == f"author{mark} “title{mark}” site{mark}, day{mark} url{mark}"
    plain = STOPPED.say("part.cite", author="a", title="t...", site="s", day=2, url="u")
    assert plain == "a. “t...” s, 2. u"
    assert STOPPED.say("part.said", title=f"t{mark}", count=3) == f"„t{mark}“ 3."


def test_markup_among_the_values_makes_markup() -> None:
    """Of which all the rest is escaped: the text, and values that are none."""
    filled = TEXTS.say("part.plain", name=Markup("<i>x</i>"))
    assert isinstance(filled, Markup)
    assert filled == "Salt &amp; <i>x</i>"
    assert TEXTS.say("part.bold", name="<x>", when=Markup("<i>y</i>")) == "<b>Use &lt;x&gt; if</b> <i>y</i>"


def test_words_may_be_bold_or_a_link() -> None:
    """Whatever the values are; an address cannot end its attribute."""
    assert TEXTS.say("part.bold", name="<x>", when="'y'") == "<b>Use &lt;x&gt; if</b> &#39;y&#39;"
    assert TEXTS.say("part.link", address='a"b?c&d') == 'see <a href="a&#34;b?c&amp;d">the &amp; page</a>.'


@pytest.mark.parametrize(
    ("language", "count", "text"),
    [
        ("en", 1, "1 row"),
        ("en", 0, "0 rows"),
        ("en-US", 10_000, "10,000 rows"),
        ("de", 10_000, "10.000 rows"),
        ("de", 999, "999 rows"),
        ("xx", 12_345, "12\u202f345 rows"),
        ("fr", 0, "0 row"),
        ("pl", 3, "3 rows"),  # "few", which is not there
    ],
)
def test_a_count_chooses_the_form(language: str, count: int, text: str) -> None:
    """By the language's own rule; a form that is not there is the other; thousands are written as the language does."""
    assert Messages(language, TEXTS.texts).say("part.rows", count=count) == text


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


def test_what_is_not_there_is_an_error() -> None:
    """A text, a value: both are mistakes in a template, which are told with its line."""
    with pytest.raises(LookupError, match=r'the theme has no text "part\.salt"'):
        TEXTS.say("part.salt")
    with pytest.raises(LookupError, match="name"):
        TEXTS.say("part.plain")
    with pytest.raises(LookupError, match="count"):
        TEXTS.say("part.rows")


def test_names_are_listed() -> None:
    """With commas and an "and"; as markup when one of them is."""
    assert TEXTS.listed(["A"]) == "A"
    assert TEXTS.listed(["A", "B"]) == "A and B"
    assert TEXTS.listed(["A", "<", "C"]) == "A & < and C"
    assert TEXTS.listed(["A", Markup("<b>B</b>"), "C"]) == "A &amp; <b>B</b> and C"


def test_what_was_said_is_no_part_of_the_value() -> None:
    """Words that were used and words that were not have one digest, so a page has one key."""
    from tiebreak.model.serialize import digest

    messages = Messages("en", TEXTS.texts)
    before = digest(messages)
    messages.say("part.rows", count=1)
    assert digest(messages) == before
    assert hash(messages) == hash(Messages("en", {}))


def test_scripts_have_their_part_as_a_module() -> None:
    """With the language, and in their own letters."""
    words, more = Messages("de", {"tools": {"a": "Übrig"}, "part": {"b": "x"}, "facts": {"c": "y"}}).modules().values()
    assert words.decode() == 'export const locales = ["de-u-nu-latn", "en-GB"];\nexport const words = {"a":"Übrig"};\n'
    assert more.decode() == 'import { words } from "./words.js";\nObject.assign(words, {"c":"y"});\n'
    assert Messages("de", {}).modules()["words.js"].endswith(b"words = {};\n")


# --- whose words ------------------------------------------------------------------------------------------------------


def test_a_project_changes_what_it_mentions(make_site: MakeSite) -> None:
    """And nothing else."""
    project = make_site({"templates/words/en.yaml": "table:\n  reset: Back\n"})
    messages = said(project, "en")
    assert messages.say("table.reset") == "Back"
    assert {**messages.texts, "table": {**messages.texts["table"], "reset": ""}} == {
        **ENGLISH.texts,
        "table": {**ENGLISH.texts["table"], "reset": ""},
    }


def test_what_a_language_leaves_out_is_said_in_english(make_site: MakeSite) -> None:
    """A language of the project's own may begin with one text."""
    messages = said(make_site({"templates/words/nl.yaml": "table:\n  reset: Terug\n"}), "nl")
    assert (messages.language, messages.say("table.reset"), messages.say("table.find")) == ("nl", "Terug", "Find rows")


def test_a_country_says_otherwise_what_its_language_says(make_site: MakeSite) -> None:
    """The built-in language first, then the project's own, then the project's own for the country."""
    files = {
        "templates/words/de.yaml": "table:\n  reset: Eins\n  find: Eins\n",
        "templates/words/de-CH.yaml": "table:\n  find: Zwei\n",
        "templates/words/en.yaml": "table:\n  columns: No\n",
    }
    messages = said(make_site(files), "de-CH")
    assert [messages.say(f"table.{name}") for name in ("reset", "find", "columns")] == ["Eins", "Zwei", "Spalten"]


def test_a_sentence_from_right_to_left_says_so_within_another(make_site: MakeSite) -> None:
    """One made of places alone has no letter to tell its direction; and it has one full stop, as any has."""
    arabic = said(make_site(), "ar")
    sentence = arabic.say("flips.sentence", clauses="يحدث تعادل")
    assert sentence == "\u200f\u2068يحدث تعادل\u2069."
    assert arabic.say("flips.sentence", clauses=f"{sentence}") == f"\u200f\u2068{sentence}\u2069"
    assert "\u200f" not in arabic.say("flips.if-not-counted", row="Tea")
    assert "\u200f" not in said(make_site(), "de").say("flips.sentence", clauses="Tea")


def test_any_count_may_have_forms_of_its_own(make_site: MakeSite) -> None:
    """English needs none for "2 tied", but another language may; and one that has no plural writes one text."""
    own = "balance:\n  tied: {few: '{count} f', other: '{count} o'}\n  rows: '{count} r'\n"
    messages = said(make_site({"templates/words/pl.yaml": own}), "pl")
    assert [messages.say("balance.tied", count=count) for count in (3, 5)] == ["3 f", "5 o"]
    assert messages.say("balance.rows", count=1) == "1 r"


# --- mistakes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "column", "told"),
    [
        ("- table\n", 1, 1, ("yaml-syntax", "expected keys and values here", None)),
        ("tabel:\n  find: x\n", 1, 1, ("unknown-key", '"tabel" is not a key here', 'did you mean "table"?')),
        ("table: x\n", 1, 8, ("wrong-type", "expected keys and values", "")),
        ("table:\n  fnid: x\n", 2, 3, ("unknown-key", '"fnid" is not a key here', 'did you mean "find"?')),
        ("table:\n  find: [x]\n", 2, 9, ("wrong-type", "expected a text", "")),
        ("table:\n  find: {other: x}\n", 2, 9, ("wrong-type", "expected a text", "")),
        (
            "table:\n  against: a {nmae}\n",
            2,
            12,
            ("unknown-placeholder", "{nmae} is not filled in here", "there is {name}"),
        ),
        (
            "table:\n  find: a {name}\n",
            2,
            9,
            ("unknown-placeholder", "{name} is not filled in here", "there is nothing in braces"),
        ),
        ("table:\n  against: '{name!r}'\n", 2, 12, ("unknown-placeholder", "{name!r} is not filled in here", None)),
        ("table:\n  against: '{name:>9}'\n", 2, 12, ("unknown-placeholder", "{name:>9} is not filled in here", None)),
        ("table:\n  against: '{name.x}'\n", 2, 12, ("unknown-placeholder", "{name.x} is not filled in here", None)),
        ("table:\n  against: '{}'\n", 2, 12, ("unknown-placeholder", "{} is not filled in here", None)),
        ("table:\n  against: 'a {name'\n", 2, 12, ("unknown-placeholder", "a brace stands alone", None)),
        ("balance:\n  tied: {one: x}\n", 2, 3, ("missing-key", '"other" is missing', "every language has it")),
        (
            "balance:\n  tied: {onne: x, other: x}\n",
            2,
            10,
            ("unknown-key", '"onne" is not a key here', 'did you mean "one"?'),
        ),
        ("balance:\n  tied: {other: [x]}\n", 2, 17, ("wrong-type", "expected a text", "")),
        ("balance:\n  tied: {other: '{x}'}\n", 2, 17, ("unknown-placeholder", "{x} is not filled in here", None)),
    ],
)
def test_a_mistake_is_told_where_it_is(
    make_site: MakeSite, text: str, line: int, column: int, told: tuple[str, str, str | None]
) -> None:
    """File, line and column, and a way out where one can be guessed."""
    (problem,) = problems(make_site, text)
    assert (problem.file, problem.line, problem.column) == ("templates/words/en.yaml", line, column)
    code, message, help = told
    assert (problem.code, problem.message) == (code, message)
    assert help is None or problem.help == help


def test_words_that_cannot_be_read_are_told(make_site: MakeSite) -> None:
    """Like any file."""
    assert [problem.code for problem in problems(make_site, "table: {\n")] == ["yaml-syntax"]


def test_a_file_with_a_mistake_changes_nothing(make_site: MakeSite) -> None:
    """Whatever else it says; one that says nothing is none."""
    messages, found, _ = read(make_site({"templates/words/en.yaml": "table:\n  reset: Back\n  fnid: x\n"}), "en")
    assert (messages, len(found)) == (ENGLISH, 1)
    assert said(make_site({"templates/words/en.yaml": "# nothing yet\n"}), "en") == ENGLISH


def test_placeholders_are_found_in_every_form() -> None:
    """Whatever stands in the braces."""
    assert placeholders("a {b} {c:d} {{e}}") == {"b", "c:d"}
    assert placeholders({"one": "{a}", "other": "{b!r}"}) == {"a", "b!r"}


def test_the_built_in_words_are_json_too() -> None:
    """Scripts read them."""
    for part in SCRIPTED:
        assert json.loads(json.dumps(ENGLISH.texts[part])) == ENGLISH.texts[part]
