"""Every word that a reader meets and no author wrote stands in the words of the theme, in every language that ships."""

import calendar
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from lxml import etree, html
from published import DRINKS, ROOT, copied, pages, parsed
from samples import ENGLISH

from tiebreak.build.pipeline import Options, build
from tiebreak.markdown.containers import CALLOUTS
from tiebreak.model.cell import CellState, EvidenceKind
from tiebreak.model.closeness import Closeness
from tiebreak.model.table import HEAVIEST
from tiebreak.pages.locales import plural
from tiebreak.pages.messages import SCRIPTED, Text, placeholders
from tiebreak.storage.folders import RESULTS, builtin_folder

LANGUAGES = sorted(file.stem for file in (builtin_folder("templates") / "words").iterdir())
LOADS_FACTS = ("anything", "facts-table", "lists")
KEYS = {f"{part}.{name}" for part, texts in ENGLISH.texts.items() for name in texts}


def texts(language: str) -> dict[str, Text]:
    """What the file of a language says, by key."""
    document = yaml.load((builtin_folder("templates") / f"words/{language}.yaml").read_text("utf-8"), yaml.BaseLoader)
    return {f"{part}.{name}": text for part, texts in document.items() for name, text in texts.items()}


# --- languages that ship ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_that_ships_says_what_english_says(language: str) -> None:
    """No text that English does not have, the same names in braces, and a form for each plural category. A text that is
    missing is said in English until somebody translates it: `tiebreak words` lists it.
    """
    said = texts(language)
    assert said.keys() == KEYS if language == "en" else said.keys() <= KEYS
    for key, text in said.items():
        known = ENGLISH.texts[key.partition(".")[0]][key.partition(".")[2]]
        assert placeholders(text) == placeholders(known), key
        if not isinstance(text, str):
            assert {plural(language)(count) for count in range(200)} <= text.keys(), key


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_marks_survive_translation(language: str) -> None:
    """As many bold words and links as in English."""
    for key, text in texts(language).items():
        english = json.dumps(texts("en")[key])
        assert json.dumps(text).count("**") == english.count("**"), key
        assert json.dumps(text).count("]({") == english.count("]({"), key


@pytest.mark.parametrize("language", sorted({*LANGUAGES} - {"en"}))
def test_words_say_whether_a_speaker_has_read_them(language: str) -> None:
    """In the file, and in the guide."""
    head = "\n".join((builtin_folder("templates") / f"words/{language}.yaml").read_text("utf-8").split("\n")[:3])
    guide = (ROOT / "content/pages/guide/templates.md").read_text("utf-8")
    is_unread = re.search("# No speaker of [A-Z][a-z]+ has read these words yet", head)
    assert bool(is_unread) == bool(re.search(rf"\| `words/{language}.yaml` \| [^|]+ \| no \|", guide))


def sources(*patterns: str) -> str:
    return "\n".join(file.read_text("utf-8") for pattern in patterns for file in sorted(ROOT.glob(pattern)))


def computed() -> Iterator[str]:
    """Keys that are put together, from the values that they are put together from."""
    yield from (f"state.{state.name_in_theme}" for state in CellState)
    yield from (f"pick.{closeness}" for closeness in Closeness)
    yield from (f"balance.{rest}" for rest in ("tied", "not-judged", "not-counted"))
    remarkable = [kind.value for kind in EvidenceKind if kind.remarkable]
    yield from (f"evidence.{kind}{means}" for kind in remarkable for means in ("", "-means"))
    yield from (f"sources.{mark}-means" for mark in ("alive", "found", "confirmed"))
    yield from (f"prose.{name}" for name in re.findall(r'theme_word\("(.+?)"', sources("generator/tiebreak/**/*.py")))
    yield from (f"prose.callout-{kind}" for kind in CALLOUTS)
    yield from (f"prose.task-{state}" for state in ("open", "done"))
    yield from (f"tools.level-{level}" for level in range(HEAVIEST + 1))


def test_nothing_is_said_that_no_page_says() -> None:
    """Each text is named in a template, in the code, or in a script, and each that is said there is there."""
    code = sources("templates/**/*.html", "templates/*.xml", "templates/**/*.txt", "generator/tiebreak/**/*.py")
    scripts = sources("static/js/*.js")
    named = {key for key in KEYS if f'"{key}"' in code}
    named |= {f"{part}.{name}" for part in SCRIPTED for name in ENGLISH.texts[part] if f'"{name}"' in scripts}
    assert named | set(computed()) == KEYS
    assert set(re.findall(r'\bsay\("([a-z.-]+\.[a-z-]+)"[,)]', code)) <= KEYS
    assert set(re.findall(r'\bsay\("([a-z-]+)"[,)]', scripts)) <= {
        name for part in SCRIPTED for name in ENGLISH.texts[part]
    }


def test_words_of_facts_are_there_for_the_scripts_that_say_them() -> None:
    """Only scripts that load them do, or are loaded by one that does."""
    others = [file.read_text() for file in Path(ROOT, "static/js").glob("*.js") if file.stem not in LOADS_FACTS]
    said = {name for script in others for name in re.findall(r'\bsay\("([a-z-]+)"[,)]', script)}
    assert said <= ENGLISH.texts["tools"].keys()
    assert not ENGLISH.texts["tools"].keys() & ENGLISH.texts["facts"].keys()


# --- a page in another language ---------------------------------------------------------------------------------------

MONTHS = frozenset(calendar.month_name[1:])


@pytest.mark.slow
@pytest.mark.parametrize("language", sorted({*LANGUAGES} - {"en"}))
def test_a_page_in_another_language_says_nothing_in_english(tmp_path: Path, language: str) -> None:
    """Neither a month, nor a word of the theme that is no word of that language, author or address."""
    copied(DRINKS, tmp_path)
    settings = tmp_path / "content/site.yaml"
    settings.write_text(settings.read_text("utf-8").replace("language: en", f"language: {language}"), "utf-8")
    site = build(Options(project=tmp_path)).output
    months = {"de": {"April", "August", "September", "November"}, "es": {"may"}}
    own = months.get(language, set())
    english = (vocabulary("en") | MONTHS) - vocabulary(language) - own
    content = set(re.findall(r"\w+", written()))
    met = [piece for page in pages(site) for text in shown(parsed(site, page)) for piece in text]
    said = {word for piece in met for word in re.findall(r"[^\W\d_]{3,}", re.sub(r"https?://\S+", "", piece))}
    assert (said & english) - content == set()


def vocabulary(language: str) -> set[str]:
    """The words that the texts of a language are made of, but for the names of what is filled in."""
    forms = [form for text in texts(language).values() for form in ([text] if isinstance(text, str) else text.values())]
    return {word for form in forms for word in re.findall(r"[^\W\d_]{3,}", re.sub(r"\{.*?\}", "", form))}


# --- a language of brackets -------------------------------------------------------------------------------------------

BRACKETS = re.compile("([⟦⟧])")
FACTS = {"tea.caffeine": "45 mg", "coffee.caffeine": "94.8 mg"}  # that texts of the sample say
SHOWN = ("aria-label", "title", "alt", "placeholder", "content", "data-note")
# What is no word of a language: dates, addresses, names of formats, and what elements in the head say to machines.
NO_WORDS = re.compile(
    r"\d{4}-\d\d-\d\d|https?://\S+"
    r"|^(?:width=device-width, initial-scale=1|light dark|noindex|article|website|0; url=.*|CSV|JSON|Markdown"
    r"|summary|xx|#[0-9a-f]{6})$"
)


def bracketed(project: Path, files: dict[str, str] | None = None) -> Path:
    """The sample site, in a language whose every text is the English one in brackets; the folder of its output."""
    messages = {part: {name: _bracketed(text) for name, text in texts.items()} for part, texts in ENGLISH.texts.items()}
    copied(DRINKS, project)
    settings = project / "content/site.yaml"
    settings.write_text(settings.read_text("utf-8").replace("language: en", "language: xx"), "utf-8")
    for path, text in {"words/xx.yaml": json.dumps(messages, ensure_ascii=False), **(files or {})}.items():
        (project / "templates" / path).parent.mkdir(parents=True, exist_ok=True)
        (project / "templates" / path).write_text(text, "utf-8")
    return build(Options(project=project)).output


def _bracketed(text: Text) -> Text:
    return f"⟦{text}⟧" if isinstance(text, str) else {form: f"⟦{said}⟧" for form, said in text.items()}


def unsaid(site: Path) -> set[str]:
    """What readers meet on the pages and in the feed that stands outside all brackets and in no file of the content."""
    content = written()
    documents = [parsed(site, page) for page in pages(site)]
    feed = etree.parse(site / "feed.xml").getroot()
    documents += [html.fromstring(text) for text in feed.xpath("//*[local-name()='content']/text()")]
    met = [part for document in documents for text in shown(document) for part in outside(text)]
    return {part for part in met if f" {' '.join(tokens(part))} " not in content}


def shown(document: html.HtmlElement) -> Iterator[Iterable[str]]:
    """All that is shown or read out of a page: its text, each attribute that has words in it, each letter; and what it
    tells search engines, but for the words of schema.org and the name of a kind of card.
    """
    yield document.xpath(".//text()[not(parent::script)]")
    for data in document.xpath(".//script/text()"):
        yield from ([text] for text in told(json.loads(data)))
    for element in document.iter(etree.Element):
        if element.get("name") != "twitter:card":
            yield from ([element.get(name, "")] for name in SHOWN)
        if element.get("href", "").startswith("mailto:"):
            letter = parse_qs(urlsplit(element.get("href")).query)
            yield from (letter[part] for part in ("subject", "body"))


def told(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            is_said = not key.startswith("@") and key != "encodingFormat"  # the name of a format is no word
            yield from told(value) if is_said or key == "@graph" else ()
    elif isinstance(data, list):
        for value in data:
            yield from told(value)
    elif isinstance(data, str):
        yield data


def outside(pieces: Iterable[str]) -> Iterator[str]:
    """What stands outside all brackets in a text that comes in pieces; brackets may span several."""
    depth = 0
    for piece in pieces:
        for part in BRACKETS.split(piece):
            if part in ("⟦", "⟧"):
                depth += 1 if part == "⟦" else -1
            elif depth == 0:
                # The theme joins titles, numbers with their units, and labels with weights by signs of no language.
                yield from (said for said in re.split("[·:.(×\xa0]", NO_WORDS.sub(" ", part)) if tokens(said))
    assert depth == 0


def tokens(text: str) -> list[str]:
    """Words that have a letter in them or stand beside such."""
    return re.findall(r"\w+", text) if re.search(r"[^\W\d]", text) else []


def written() -> str:
    """All words of the sample content in a row: the values of its files, their texts and their names, and results."""
    said = [file.read_text("utf-8") for file in (*(DRINKS / RESULTS).iterdir(), *DRINKS.rglob("content/**/*.csv"))]
    said.append("Caffeine (mg)")  # the label of a measure and its unit, at the head of a chart's column
    for file in sorted((DRINKS / "content").rglob("*")):
        if file.suffix in (".md", ".yaml"):
            front, _, body = file.read_text("utf-8").removeprefix("---\n").partition("\n---\n")
            for fact, text in FACTS.items():
                front, body = (part.replace(f"{{fact:{fact}}}", text) for part in (front, body))
            title = " vs ".join(name.capitalize() for name in file.stem.split("-vs-"))
            said += [*values(yaml.load(front, yaml.BaseLoader)), body, title]
    row = " ".join(["", *re.findall(r"\w+", "\n".join(said)), ""])
    return row + row.replace(" You ", " you ")  # as the rest of a sentence


def values(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        for value in data.values():
            yield from values(value)
    elif isinstance(data, list):
        for value in data:
            yield from values(value)
    else:
        yield str(data)


@pytest.mark.slow
def test_whatever_readers_meet_is_said_by_the_words_or_by_an_author(tmp_path: Path) -> None:
    """No template and no code has a word of its own."""
    assert unsaid(bracketed(tmp_path)) == set()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("template", "old", "new", "found"),
    [
        ("404.html", "<h1>", "<h1>Sorry: ", {"Sorry"}),
        ("parts/site.html", 'aria-label="{{ say("site.breadcrumb") }}"', 'aria-label="Way up"', {"Way up"}),
        ("parts/factors.html", 'say("table.wins")', '"Wins:"', {"Wins"}),
        ("ruling.html", 'say("feed.no-pick")', '"None"', {"None"}),
        ("base.html", '{{ say("site.feed") }}', "News", {"News"}),
    ],
)
def test_a_word_in_a_template_would_be_found(
    tmp_path: Path, template: str, old: str, new: str, found: set[str]
) -> None:
    """The test above would fail if somebody wrote one there."""
    text = (builtin_folder("templates") / template).read_text("utf-8")
    assert old in text
    assert unsaid(bracketed(tmp_path, {template: text.replace(old, new)})) == found
