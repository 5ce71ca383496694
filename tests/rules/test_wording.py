"""What a text says: names as their owners write them, nothing that says nothing, nothing twice."""

import json
from pathlib import Path

import pytest
from conftest import Cli, MakeSite
from hypothesis import given
from hypothesis import strategies as st
from samples import changed

from tiebreak.model import Subject
from tiebreak.rules import filler, wording
from tiebreak.rules.names import Spellings

# Of phrases, names and what templates leave, with signs that are taken for one another.
PARTS = [
    *"it IT's it’s is İS ıs important to note, depends on YOUR\\nuse case ſtraße STRASSE so delve into".split(),
    *"node.js Node.JS. visual Visual studio Studio code TODO ${name} {{ x }} [object Object] lorem ipsum None".split(),
    *("言うまでもなく", "es ist wichtig", "\xa0", "\n", "cutting-edge", "{fact: a.b}", "Lorem\nIpsum", "NaN"),
]
TEA, SITE = "content/compare/tea-vs-coffee.md", "content/site.yaml"
BASE = "title: Picks\nbase_url: https://example.org/picks/\n"


def told(cli: Cli, site: Path, code: str) -> list[tuple[int, int, str]]:
    """The line, column and message of each problem of a code that `check` tells."""
    problems = json.loads(cli("check", "--project", site, "--format", "json").stdout)
    return [(one["line"], one["column"], one["message"]) for one in problems if one["code"] == code]


def wrong(text: str, *names: str, aliases: tuple[str, ...] = ()) -> list[str]:
    """What `Spellings` would write in a text, for what."""
    subjects = [Subject(id=str(number), name=name, aliases=aliases) for number, name in enumerate(names)]
    return [f"{text[hit.start : hit.end]}: {hit.instead}" for hit in Spellings(subjects)(text)]


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("Pytorch and pytorch, PYTORCH", "PyTorch", ["Pytorch: PyTorch", "pytorch: PyTorch", "PYTORCH: PyTorch"]),
        ("PyTorch's own, (PyTorch).", "PyTorch", []),
        ("pytorch's own; *Pytorch*.", "PyTorch", ["pytorch: PyTorch", "Pytorch: PyTorch"]),
        ("javascript", "JavaScript", ["javascript: JavaScript"]),
        ("see pytorch.org, pytorch/vision, @pytorch, pytorch-lightning, my_pytorch, pytorch()", "PyTorch", []),
        ("use Visual studio code here", "Visual Studio Code", []),
        ("on node.js or NodeJS", "Node.js", []),
        ("on jinja2.", "Jinja2", ["jinja2: Jinja2"]),
        ("click the button; Click it", "Click", []),
        ("a Json file, JSON", "json", ["Json: json"]),
        ("Pytest is quick. Pytest, still", "pytest", []),
        ("with Pytest", "pytest", ["Pytest: pytest"]),
        ("## Pytest\n\n- Pytest\n\n| Pytest | with Pytest |", "pytest", ["Pytest: pytest"]),
        ("in Jax, jax and JAX", "JAX", ["Jax: JAX"]),
        ("Rest is ordinary. Get some rest", "REST", []),
        ("a Go to", "go", []),
        ("İstanbul and DOTNET", "DotNet", ["DOTNET: DotNet"]),
    ],
)
def test_a_name_has_its_own_capitals(text: str, name: str, found: list[str]) -> None:
    """Those with a capital inside are told wherever they are words; others only where no ordinary word can be meant."""
    assert wrong(text, name) == found


def test_an_alias_is_right_as_it_stands() -> None:
    """So is what is another subject's name."""
    assert wrong("pytorch and Pytorch", "PyTorch", aliases=("pytorch",)) == ["Pytorch: PyTorch"]
    assert wrong("json, JSON and Json", "JSON", "json") == ["Json: JSON"]


def test_a_name_is_told_where_it_stands(make_site: MakeSite, cli: Cli) -> None:
    """In every field that its author wrote, on the line where it is written; not in code, addresses and quotations."""
    files = {
        "content/subjects/tea.yaml": "name: GreenTea\naliases: [Tea]\nsummary: What greentea is.\n",
        "content/factors.yaml": "price:\n  label: Price of Greentea\n",
        "content/pages/about.md": "---\ntitle: X\nsummary: >\n  All of\n  greentea.\n---\n\tgreentea\n\n> greentea\n",
        TEA: changed(
            (
                "why: It lets you sleep.",
                "why: \"It isn't `greentea`, greentea, or 'Greentea' [greentea](greentea.md)\"",
            ),
            ("{tea: Some,", '{tea: "Some greentea", '),
            ("published:", "sources: {a: {title: greentea, url: https://example.org, quote: greentea}}\npublished:"),
            ("Tea is calmer.", 'A `greentea`, a "greentea"\nand greentea.\n\n```\ngreentea\n```\n'),
            ("why:", "category: Greentea\nwhy:"),
            ("verdict:", "consider: [{name: greentea or none, if: you like}]\nverdict:"),
        ).replace("(greentea.md)", "(tea-vs-coffee.md)"),
    }
    problems = json.loads(cli("check", "--project", make_site(files), "--format", "json").stdout)
    places = [f"{one['path']}:{one['line']}:{one['column']}" for one in problems if one["code"] == "wrong-case"]
    assert places == [
        f"{TEA}:6:28",
        f"{TEA}:6:42",
        f"{TEA}:6:53",
        f"{TEA}:9:24",
        f"{TEA}:11:19",
        f"{TEA}:21:5",
        "content/factors.yaml:2:19",
        "content/pages/about.md:5:3",
        "content/subjects/tea.yaml:3:15",
    ]


def test_the_name_of_a_subject_that_cannot_be_read_is_not_known(make_site: MakeSite, cli: Cli) -> None:
    """Its id stands for it, which no owner writes."""
    text = changed(("[Tea, Coffee]", "[green-tea, Coffee]"), ("tea:", "green-tea:"), ("pick: tea", "pick: green-tea"))
    site = make_site({TEA: f"{text}\nIt is Green-Tea.\n", "content/subjects/green-tea.yaml": "name: @\n"})
    assert "wrong-case" not in cli("check", "--project", site, ok=False).stderr


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It’s worth\nnoting that", True),
        ("It depends on your needs.", True),
        ("It depends on your needset.", False),
        ("a delve intoxicated", False),
        ("whatever depends on your camel", False),
    ],
)
def test_filler_is_found_however_it_is_set(text: str, told: bool) -> None:
    """With any blanks, apostrophes and capitals, as whole words."""
    assert bool(filler.pattern("en-GB").search(text)) is told


def test_filler_is_known_by_language() -> None:
    """A site may add its own; a language that is not known has those only."""
    assert filler.pattern("de").search("Das hängt vom Anwendungsfall ab.")
    assert filler.pattern("zh").search("但值得注意的是它")
    assert not filler.pattern("en").search("Das hängt vom Anwendungsfall ab.")
    assert not filler.pattern("xx").search("needless to say")
    assert filler.pattern("xx", ("so it goes",)).search("And so it goes.")
    assert filler.pattern("ru", ("как известно",)).search("Это, как\nизвестно, так.")
    assert not filler.pattern("ru", ("как известно",)).search("никак известно")


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("{{ name }} and ${name}, [object Object]", 3),
        ("TODO: more. TBD, FIXME and Lorem\nIpsum", 4),
        ("`{{ name }}`, `TODO`\n\n    TODO\n", 0),
        ("TODO.md, todo, METODO and {} or {{}}", 0),
        ("None of them is undefined.", 0),
        ("{ fact:tea.name}, {Fact:tea.name}, {facts: tea.name }", 3),
        ("{fact:tea.name}, \\{Fact:tea.name}, `{Fact:tea.name}`, {fact that: it.is} said", 0),
    ],
)
def test_what_a_template_left_is_told(make_site: MakeSite, cli: Cli, body: str, count: int) -> None:
    """Outside of code."""
    assert len(told(cli, make_site({TEA: changed(("Tea is calmer.", body))}), "template-leak")) == count


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("One two three four five six seven.\n\nOne two three four five six seven.", [19]),
        ("One two three four five six seven! And *one* two,\nthree four five six seven.", []),
        ("And more. One two three four\nfive six seven. One two three four five\nsix seven?", [18]),
        ("One two three four five six.\n\nOne two three four five six.", []),
        ("| a | b |\n| - | - |\n| one two three four five six seven | one two three four five six seven |", []),
        ("Version 1.5 of one two three four five.\n\nVersion 1.6 of one two three four five.", []),
    ],
)
def test_a_sentence_is_said_once(make_site: MakeSite, cli: Cli, body: str, lines: list[int]) -> None:
    """If it has seven words, wherever its lines break; cells of tables may be alike."""
    site = make_site({TEA: changed(("Tea is calmer.", body))})
    assert [line for line, *_ in told(cli, site, "repeated-sentence")] == lines


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (changed(("It lets you sleep.", "It is the fastest, and 30 % better.")), 2),
        (changed(("It lets you sleep.", "It is [the fastest](https://example.org/), and 30 % better.")), 0),
        (changed(("Tea is calmer.", "It is the most popular.")), 1),
        (changed(("Tea is calmer.", "It is the most\npopular.[^1]\n\n[^1]: In 2026.")), 0),
        (changed(("Tea is calmer.", "It is quickest.\n\n[Others](https://example.org/) are slower.")), 1),
        (changed(("Tea is calmer.", "It is quickest.\n\n| a | b |\n| - | - |\n| 1 | 2 |")), 0),
        (changed(("Tea is calmer.", "It has 4 % of it."), ("tea: Some", "tea: 4 % of it")), 0),
        (changed(("Tea is calmer.", "It is quickest."), ("Some, coffee: Much", "1, coffee: 2")), 0),
        (changed(("Tea is calmer.", "`the fastest`, best of all, 100 grams.")), 0),
        (changed(("You want to wake.", "You want 100 percent.")), 1),
    ],
)
def test_a_claim_is_borne_out(make_site: MakeSite, cli: Cli, text: str, found: int) -> None:
    """By a link in its paragraph, a cell that says it, or numbers in a row or a table."""
    assert len(told(cli, make_site({TEA: text}), "unsourced-claim")) == found


@given(st.lists(st.sampled_from(PARTS), max_size=12).map(" ".join), st.sampled_from(["en", "de", "ja"]))
def test_what_is_quick_to_tell_hides_nothing(text: str, language: str) -> None:
    """Where a rule finds something, the quick look before it says that there may be something."""
    more = ("Straße ſo", "it depends")
    spellings = Spellings([Subject(id="1", name="Node.js"), Subject(id="2", name="Visual Studio Code")])
    assert filler.may_stand_in(text, language, more) or not filler.pattern(language, more).search(text)
    assert spellings.may_be_wrong(text) or not list(spellings(text))
    assert wording.LEAKING.search(text) or not list(wording.leaks("summary", text))
