"""What authors may write: keys, their types, and the same said as JSON Schema."""

import pickle
import pickletools
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from samples import COMPARISON, SITE, changed, texts

from tiebreak.content.changes import CellChangeEntry, ChangesEntry
from tiebreak.content.chart_schema import ChartEntry
from tiebreak.content.editors import SCHEMAS, json_schema
from tiebreak.content.entry import Entry
from tiebreak.content.front_matter import read
from tiebreak.content.schema import (
    ChangeEntry,
    ComparisonEntry,
    ConsiderEntry,
    LeftOutEntry,
    PageEntry,
    PresetEntry,
    QuestionEntry,
    ReleaseEntry,
    SubjectEntry,
)
from tiebreak.content.settings import AuthorEntry, FeedbackEntry, NavigationEntry, SettingsEntry
from tiebreak.content.table_schema import CellEntry, FactorEntry, SharedFactorEntry, SourceEntry
from tiebreak.content.validation import validate, validate_factors
from tiebreak.model.cell import CellState, EvidenceKind
from tiebreak.problems import Problem

OTHER = "q" * 9  # which no key is like
FRONT = COMPARISON.split("---\n")[1]


def entry(model: type[Entry], text: str) -> Any:
    """The entry of a sound file."""
    document, _ = read("x.yaml", text.encode())
    found, problems, _ = validate(document, model)
    assert problems == []
    return found


def told(model: type[Entry], text: str) -> list[Problem]:
    document, _ = read("x.yaml", text.encode())
    return validate(document, model)[1]


def models() -> set[type[Entry]]:
    """Every kind of mapping that an author may write."""
    return set(Entry.__subclasses__())


@pytest.mark.parametrize("model", sorted(models(), key=str), ids=lambda one: one.__name__)
def test_every_key_is_explained(model: type[Entry]) -> None:
    """Editors show the description, and the guide's tables are made of it."""
    for name, field in model.model_fields.items():
        assert field.description, name
        assert field.description.endswith("."), name


def cell(written: str) -> CellEntry:
    found: CellEntry = entry(FactorEntry, f"factor: x\ncells: [{written}]").cells[0]
    return found


@pytest.mark.parametrize("model", [ComparisonEntry, SubjectEntry, SettingsEntry, ChangesEntry])
def test_what_stands_in_an_entry_is_told_by_its_own_keys(model: type[Entry]) -> None:
    """A key too many and a key too few in every mapping of a file, wherever it stands in a list or under a name."""
    for name, field in model.model_fields.items():
        for inner in _entries(field.annotation):
            for nested in ([{OTHER: "1"}], {OTHER: {OTHER: "1"}}, {OTHER: "1"}):
                document, _ = read("x.yaml", yaml.safe_dump({field.alias or name: nested}).encode())
                _, problems, _ = validate(document, model)
                known = [one.alias or key for key, one in inner.model_fields.items()]
                told = [one.help for one in problems if one.message == f'"{OTHER}" is not a key here']
                assert all(key in help for help in told for key in known), (name, told)


def _entries(annotation: object) -> list[type[Entry]]:
    """The entries that a key may have, in lists, mappings and alternatives."""
    if isinstance(annotation, type) and issubclass(annotation, Entry):
        return [annotation]
    return [found for one in getattr(annotation, "__args__", ()) for found in _entries(one)]


@pytest.mark.parametrize("state", list(CellState))
def test_a_word_for_a_state_is_a_state(state: CellState) -> None:
    """`yes`, `no`, `partial`, `unknown` and `n/a` become icons beside their words."""
    assert (cell(state.value).state, cell(state.value).text) == (state, None)


@pytest.mark.parametrize(
    ("written", "state"), [("No", CellState.NO), ("YES", CellState.YES), ("N/A", CellState.NOT_APPLICABLE)]
)
def test_a_state_in_other_capitals_is_shown_as_written(written: str, state: CellState) -> None:
    """`No` stays `No`."""
    found = cell(written)
    assert found.text is not None
    assert (found.state, found.text.text) == (state, written)


@pytest.mark.parametrize("written", ["0", "915", "1.10", "-3", "+0.5"])
def test_a_number_is_a_value_as_written(written: str) -> None:
    """`1.10` keeps its zero, and can still be compared."""
    assert (cell(written).value, cell(written).text) == (written, None)


@pytest.mark.parametrize("written", ["010", "12:30", "null", "~", "1e3", "1.2.3", "true", "2026-11-23", "nope", "50%"])
def test_everything_else_is_text_as_written(written: str) -> None:
    """YAML's other readings of a plain scalar are not ours."""
    found = cell(written)
    assert found.text is not None
    assert (found.text.text, found.value, found.state) == (written, None, None)


def test_a_cell_may_say_more() -> None:
    """As a mapping, with every key of its own."""
    found = cell(
        "{text: '`x`', value: 1.10, state: partial, source: [a, b], quote: q, checked: 2026-11-01, kind: docs}"
    )
    assert found.text is not None
    assert (found.text.html, found.value, found.state, found.kind) == (
        "<code>x</code>",
        "1.10",
        "partial",
        EvidenceKind.DOCS,
    )
    assert found.source == ["a", "b"]


@pytest.mark.parametrize(
    ("short", "long"), [("915", "value: 915"), ("yes", "state: yes"), ("No", "{state: no, text: No}"), ("a", "text: a")]
)
def test_a_scalar_is_short_for_a_mapping(short: str, long: str) -> None:
    """Whoever reads cells need not know which was written."""
    assert cell(short) == cell(long if long.startswith("{") else f"{{{long}}}")


def test_cells_go_by_subject_or_in_order() -> None:
    """A mapping or a list."""
    assert set(entry(FactorEntry, "factor: x\ncells: {a: 1, b: {value: 2}}").cells) == {"a", "b"}
    assert [one.value for one in entry(FactorEntry, "factor: x\ncells: [1, {value: 2}]").cells] == ["1", "2"]


def test_an_optional_key_without_a_value_counts_as_left_out() -> None:
    """A template's empty keys do no harm."""
    found = entry(ComparisonEntry, FRONT + "tags:\nupdated:\ndraft:\nconsider:\n")
    assert (found.tags, found.updated, found.draft, found.consider) == ([], None, False, [])


def test_a_required_key_without_a_value_is_missing_it() -> None:
    """And is told at the key, not at the top of the file."""
    (problem,) = told(PageEntry, "summary: x\ntitle:\n")
    assert (problem.code, problem.line, problem.column) == ("missing-value", 2, 7)


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("[Ada, Bo]", ("wrong-type", "expected text, found a list", 'write one text, such as "Ada, Bo"')),
        (
            "{name: Ada}",
            ("wrong-type", "expected text, found a mapping", "quote text that begins with a bracket or a brace"),
        ),
        ("''", ("missing-value", "the text is empty", "write it here, or leave the whole entry out")),
        ("x" * 501, ("too-long", "the text has 501 characters, and 500 is the most here", "write at most 500")),
    ],
)
def test_a_reviewer_is_a_name(written: str, problem: tuple[str, str, str]) -> None:
    """One line of text, and no list; what is wrong is told where it stands."""
    (found,) = told(ComparisonEntry, f"{FRONT}reviewer: {written}\n")
    assert (found.code, found.message, found.help) == problem
    assert (found.line, found.column) == (len(FRONT.splitlines()) + 1, 11)


def test_an_unknown_key_without_a_value_is_still_unknown() -> None:
    """Nothing is ignored."""
    assert [problem.code for problem in told(PageEntry, "title: x\nsumary:\n")] == ["unknown-key"]


def test_the_verdict_uses_the_word_if() -> None:
    """`if` is a word of Python's, so the model has another, which authors cannot use."""
    found = entry(ComparisonEntry, FRONT + "consider: [{name: Cocoa, if: you want neither}]\n")
    assert found.consider[0].when.text == "you want neither"
    found = told(ComparisonEntry, FRONT + "consider: [{name: Cocoa, when: you want neither}]\n")
    assert sorted(problem.code for problem in found) == ["missing-key", "unknown-key"]


def test_all_mistakes_of_a_file_are_told_at_once() -> None:
    """Whatever their depth."""
    text = changed(
        ("pick: tea", "pick:"), ("tea: Some", "tea: {kind: x, value: y}"), ("wins: tea", "weight: z"), text=FRONT
    )
    assert sorted(problem.code for problem in told(ComparisonEntry, text)) == [
        "bad-choice",
        "bad-number",
        "bad-number",
        "missing-value",
    ]


def test_an_entry_travels_whole() -> None:
    """To another process or into the memo, and is an entry there: it compares, copies and stays as it is."""
    text = FRONT + "tags: [a, b]\nconsider: [{name: Cocoa, if: you want neither}]\n"
    found = entry(ComparisonEntry, text)
    other = pickle.loads(pickle.dumps(found))
    assert other == found
    assert other.factors[0].cells == found.factors[0].cells
    assert other.model_copy(update={"pick": "x"}) == found.model_copy(update={"pick": "x"}) != found
    with pytest.raises(ValueError, match="frozen"):
        other.pick = "x"


def test_an_entry_has_the_same_bytes_everywhere() -> None:
    """No sets, whose order changes from process to process; nor does it matter in which order the keys were written."""
    found = entry(PageEntry, "title: x\norder: 1\n")
    packed = pickle.dumps(found)
    assert not {"EMPTY_SET", "FROZENSET"} & {code.name for code, _, _ in pickletools.genops(packed)}
    assert packed == pickle.dumps(entry(PageEntry, "order: 1\ntitle: x\n"))


def test_sound_factors_are_kept_beside_broken_ones() -> None:
    """So that rows that use the sound ones are not told to lack them."""
    document, _ = read(
        "content/factors.yaml", b"speed: {label: Speed, max_age: 1y}\nsize: {labl: Size}\n'!': {label: x}\n"
    )
    factors, problems = validate_factors(document)
    assert (list(factors), factors["speed"].max_age) == (["speed", "size"], 365)
    assert texts(problems) == [
        'missing-key: "label" is missing',
        'unknown-key: "labl" is not a key here',
        'bad-id: "!" is not an id',
    ]


SOUND: dict[str, list[str]] = {
    "comparison": [
        FRONT,
        FRONT + "reviewer: 42\ntags: one\naliases: [a, b]\nrelated: x-vs-y\ndraft: false\nupdated: '2026-05-01'\n",
        changed(
            ("{tea: Some, coffee: Much}", "[{value: 1.5, kind: measured, checked: '2026-01-01', source: a}, 3]"),
            ("wins: tea", "better: lower\n    weight: 5"),
            (
                "published: 2026",
                "sources: {a: {title: A, url: ../pages/a.md}}\nconsider: [{name: x, if: y}]\npublished: 2026",
            ),
            text=FRONT,
        ),
    ],
    "subject": ["name: Tea\n", "name: C++\naliases: cpp\ncolor: '#abc'\nfacts: {size: 12, speed: {state: n/a}}\n"],
    "factors": ["size: {label: Size, unit: MB, better: lower, max_age: 180d}\n", "{}"],
    "site": [
        SITE,
        SITE + "author: {name: Me}\nfeedback: {email: a@b.c}\nallow_html: true\nnavigation: [{label: A, page: a}]\n",
    ],
}
UNSOUND: dict[str, list[str]] = {
    "comparison": [
        "pick: tea\n",
        FRONT + "colour: red\n",
        FRONT + "tags:\n",
        changed(("[Tea, Coffee]", "[Tea]"), text=FRONT),
        changed(("wins: tea", "weight: 6"), text=FRONT),
        changed(("tea: Some", "tea: {state: maybe}"), text=FRONT),
        changed(("tea: Some", "tea: {sorce: x}"), text=FRONT),
        changed(("wins: tea", "id: Two Words"), text=FRONT),
    ],
    "subject": ["summary: x\n", "name: Tea\ncolor: teal\n", "name: Tea\nfacts: [1]\n", "name: [Tea]\n"],
    "factors": [
        "size: {}\n",
        "Size: {label: Size}\n",
        "size: {label: x, better: less}\n",
        "size: {label: x, max_age: 1}\n",
    ],
    "site": ["title: x\n", SITE + "author: Me\n", SITE + "allow_html: maybe\n", SITE + "navigation: [{label: x}]\n"],
}


def as_editor(text: str) -> Any:
    """What an editor's YAML library hands to its schema validator: dates are text there."""
    return yaml.load(text, Loader=type("Loader", (yaml.SafeLoader,), {"yaml_implicit_resolvers": _without_dates()}))


def _without_dates() -> dict[str, list[tuple[str, Any]]]:
    resolvers = yaml.SafeLoader.yaml_implicit_resolvers
    return {
        start: [(tag, pattern) for tag, pattern in pairs if not tag.endswith("timestamp")]
        for start, pairs in resolvers.items()
    }


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_json_schema_is_one(name: str) -> None:
    """Of draft 2020-12, as the contract says."""
    schema = json_schema(name)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["title"] == f"Tiebreak {name}"


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in SOUND.items() for text in texts])
def test_an_editor_accepts_what_we_accept(name: str, text: str) -> None:
    """No red line under what builds."""
    document, _ = read("x.yaml", text.encode())
    problems = validate_factors(document)[1] if name == "factors" else validate(document, SCHEMAS[name])[1]
    assert problems == []
    assert list(Draft202012Validator(json_schema(name)).iter_errors(as_editor(text))) == []


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in UNSOUND.items() for text in texts])
def test_an_editor_refuses_what_we_refuse(name: str, text: str) -> None:
    """Unknown keys, missing keys, wrong types, and words that are not among the choices."""
    assert not Draft202012Validator(json_schema(name)).is_valid(as_editor(text))


KEYS: dict[type[Entry], str] = {
    ComparisonEntry: "title tagline summary subjects pick why override factors presets verdict consider left_out "
    "faq sources category tags published updated author reviewer related aliases disclosure history draft",
    FactorEntry: "factor id weight note group unit better max_age cells wins override decisive",
    CellEntry: "text value compare state source quote checked kind max_age version low high runs from",
    ChartEntry: "kind title table data facts name x y low high only unit x_unit log source date note",
    PresetEntry: "name note weights",
    SourceEntry: "title url accessed quote",
    ReleaseEntry: "version date until source checked",
    ConsiderEntry: "name if subject",
    LeftOutEntry: "name why subject",
    QuestionEntry: "q a",
    ChangeEntry: "date was why",
    ChangesEntry: "recorded pick cells changes",
    CellChangeEntry: "date factor subject was now why",
    SubjectEntry: "name aliases kind schema_type homepage summary version license color facts releases",
    SharedFactorEntry: "label note unit better max_age",
    PageEntry: "title summary order draft aliases",
    SettingsEntry: "title base_url tagline description language author feedback accent navigation max_age search "
    "schema_type allow_html",
    AuthorEntry: "name url organization",
    FeedbackEntry: "email issues",
    NavigationEntry: "label page",
}


def test_the_keys_are_those_of_version_1() -> None:
    """The names are a promise: content written today keeps working. Keys may be added, none taken away."""
    assert KEYS.keys() == set(Entry.__subclasses__())
    for model, keys in KEYS.items():
        assert set(keys.split()) <= {field.alias or name for name, field in model.model_fields.items()}
