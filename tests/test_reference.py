"""The guide says what the code does: reference pages made from it, everything explained, every example true.

Run as a script, this file writes the reference pages anew: python tests/test_reference.py
"""

import ast
import inspect
import json
import re
import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import click
import pytest

from tiebreak import scaffold
from tiebreak.build import pipeline as builder
from tiebreak.cli import main
from tiebreak.codes import ERRORS, WARNINGS
from tiebreak.content import front_matter
from tiebreak.content.chart_schema import ChartEntry
from tiebreak.content.editors import SCHEMAS
from tiebreak.content.entry import Entry
from tiebreak.content.schema import PageEntry
from tiebreak.content.table_schema import CellEntry
from tiebreak.markdown import heading_id
from tiebreak.model.balance import Balance, Tick
from tiebreak.model.card import Card, Change
from tiebreak.model.cell import Cell, CellState, EvidenceKind, Source
from tiebreak.model.chart import Chart, ChartedProse, ChartKind, ChartRow, Measure, Point
from tiebreak.model.comparison import Comparison, Consider, LeftOut, Preset, Question
from tiebreak.model.prose import Heading, Prose, Written
from tiebreak.model.site import Cards, NavigationItem, Page, Person, Settings, Site
from tiebreak.model.table import Factor, Subject
from tiebreak.pages import messages
from tiebreak.pages.outputs import Meta, SocialImage
from tiebreak.pages.related import Related
from tiebreak.pages.routes import Hub
from tiebreak.problems import Problem, report
from tiebreak.storage.cache import Cache
from tiebreak.storage.folders import builtin_folder
from tiebreak.theme.assets import Stylesheets, Theme
from tiebreak.theme.environment import environment

ROOT = Path(__file__).parents[1]
GUIDE = ROOT / "content/pages/guide"
CODE = ROOT / "generator/tiebreak"
MADE = {"reference-commands.md", "reference-format.md", "reference-templates.md"}
MADE_BY = "# Made from the code by tests/test_reference.py: change the code and run that file, not this one."


# --- the reference pages, made from the code ------------------------------------------------------------------------


def commands_page() -> str:
    """Every command with its arguments and options, as click knows them."""
    parts = [
        "---",
        MADE_BY,
        "title: Commands",
        "summary: Every command of tiebreak and every option, made from the code.",
        "order: 80",
        "---",
        "`python -m tiebreak` is the same as `tiebreak`. [Checks](checks.md#exit-codes) has the exit codes.",
    ]
    for name, command in sorted(main.commands.items()):
        context = click.Context(command, info_name=f"tiebreak {name}")
        parts += [f"\n## tiebreak {name}\n", inspect.cleandoc(command.help or "")]
        parts += ["", "```text", command.get_usage(context)[7:], "```"]
        options = [param for param in command.params if isinstance(param, click.Option)]
        if options:
            parts += ["", "| Option | Takes | Meaning |", "| --- | --- | --- |"]
        parts += [f"| `{option.opts[0]}` | {_takes(option)} | {_meaning(option)} |" for option in options]
    return "\n".join([*parts, ""])


def _takes(option: click.Option) -> str:
    kind = option.type
    if option.is_flag:
        return "nothing"
    if isinstance(kind, click.Choice):
        return ", ".join(f"`{choice}`" for choice in kind.choices)
    if isinstance(kind, click.IntRange):
        return f"a number, {kind.min} to {kind.max}" if kind.max is not None else f"a number, {kind.min} or more"
    return {"directory": "a folder", "text": "text"}[kind.name] if not option.metavar else f"a {option.metavar}"


def _meaning(option: click.Option) -> str:
    shown = option.show_default if isinstance(option.show_default, str) else f"`{option.default}`"
    return f"{option.help} Default: {shown}." if option.show_default else str(option.help)


def format_page() -> str:
    """Every key of every file, as the schema knows them."""
    parts = [
        "---",
        MADE_BY,
        "title: Keys",
        "summary: Every key of every file that an author writes, with its type, made from the code.",
        "order: 90",
        "---",
        "[The content format](format.md) explains these keys with examples. A key in bold is required.",
    ]
    for title, entry in TABLES.items():
        rows = ["| Key | Holds | Meaning |", "| --- | --- | --- |", *_rows("", entry)]
        parts += ["", f"## {title}", "", re.sub("^`", "The file `", str(entry.__doc__)), "", *rows]
    return "\n".join([*parts, ""])


TABLES: Mapping[str, type[Entry]] = {
    "Settings": SCHEMAS["site"],
    "Comparisons": SCHEMAS["comparison"],
    "Cells": CellEntry,
    "Charts": ChartEntry,
    "Subjects": SCHEMAS["subject"],
    "Shared factors": SCHEMAS["factors"],
    "Changes": SCHEMAS["changes"],
    "Pages": PageEntry,
}


def _rows(path: str, entry: type[Entry]) -> Iterator[str]:
    """The keys of `entry`, those of mappings inside it under dotted paths."""
    properties = entry.model_json_schema(by_alias=True)["properties"]
    for name, field in entry.model_fields.items():
        key = field.alias or name
        shown = f"`{path}{key}`"
        holds, meaning = _holds(properties[key]), str(field.description).removesuffix(" Inline Markdown.")
        yield f"| {f'**{shown}**' if field.is_required() else shown} | {holds} | {meaning} |"
        inner, joint = _inner(field.annotation)
        if inner is not None and inner is not CellEntry:
            yield from _rows(f"{path}{key}{joint}", inner)


def _inner(annotation: Any) -> tuple[type[Entry] | None, str]:
    """The mapping with keys of its own that an annotation holds, and how its keys are reached: `.`, `[].` or `.*.`."""
    if isinstance(annotation, type) and issubclass(annotation, Entry):
        return annotation, "."
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is list:
        return _inner(arguments[0])[0], "[]."
    if origin is dict:
        return _inner(arguments[1])[0], ".*."
    if origin in (UnionType, Union):
        return next((found for part in arguments if part is not NoneType and (found := _inner(part))[0]), (None, ""))
    return _inner(arguments[0]) if arguments else (None, "")


FORMATS = {"date": "a date", "uri": "a URL", "uri-reference": "a URL or a relative path", "email": "an e-mail address"}
WORDS = {
    "boolean": "`true` or `false`",
    "string": "text",
    "['string', 'number', 'boolean']": "text",
    "['number', 'string']": "a number",
}
PATTERNS = {"csv": "a path", "#": "a colour", "[dwmy]": "a length of time", "{8,128}": "a key", "[a-z0-9]": "an id"}


def _holds(node: Mapping[str, Any]) -> str:
    """A JSON Schema in an author's words."""
    choices = [choice for choice in node.get("anyOf", node.get("oneOf", ())) if choice.get("type") != "null"]
    if len(choices) == 1:
        return _holds(choices[0])
    if choices:
        many = next((choice for choice in choices if choice.get("type") == "array"), None)
        if many and many["items"] in choices:
            return f"{_holds(many['items'])}, or {_many(many)}"
        return "[cells](#cells)"
    if "$ref" in node:
        return "the keys below"
    if node.get("type") == "array":
        return f"{_many(node)}: {_holds(node['items'])}"
    if node.get("type") == "object":
        many = f"up to {node['maxProperties']:,} names" if "maxProperties" in node else "names"
        return f"{many}, each with {_holds(node['additionalProperties'])}"
    return _holds_one(node)


def _many(node: Mapping[str, Any]) -> str:
    least, most = node.get("minItems"), node.get("maxItems")
    return f"a list of {least} to {most:,}" if least else f"a list of up to {most:,}" if most else "a list"


def _holds_one(node: Mapping[str, Any]) -> str:
    if "enum" in node:
        return "one of " + ", ".join(f"`{word}`" for word in node["enum"])
    if "$comment" in node:
        return str(node["$comment"])
    if "format" in node:
        return FORMATS[node["format"]]
    if "pattern" in node:
        return next(words for mark, words in PATTERNS.items() if mark in node["pattern"])
    if node.get("type") == "integer":
        return f"{node['minimum']} to {node['maximum']}" if "maximum" in node else "a whole number"
    return WORDS[str(node["type"])]


# The values that templates meet, in the order in which one leads to another.
VALUES: tuple[type, ...] = (
    *(
        Meta,
        SocialImage,
        Site,
        Settings,
        Person,
        NavigationItem,
        Page,
        Hub,
        Card,
        Comparison,
        Related,
        Subject,
        Factor,
        Cell,
    ),
    *(
        CellState,
        EvidenceKind,
        Source,
        Prose,
        Written,
        Heading,
        Preset,
        Consider,
        LeftOut,
        Question,
        Change,
        Balance,
        Tick,
    ),
    *(ChartedProse, Chart, ChartKind, ChartRow, Point, Measure),
)
# What builds need and pages do not.
INNER = {"own_digest", "listings", "listing", "listing_by_slug", "place", "place_in_section", "facts", "files", "links"}
# By the name that a template has for it, where that is another.
SHOWN = {Cards: "a list of: [Card](#card)", NoneType: "nothing", str: "text", bool: "true or false", int: "a number"}
SHOWN |= {float: "a number", Decimal: "a number", date: "a date"}


def templates_page() -> str:
    """What a template can ask of every value that it is given, as the classes of the model have it."""
    parts = [
        "---",
        MADE_BY,
        "title: Values in templates",
        "summary: What a template can ask of the site, a page, a comparison and its parts, made from the code.",
        "order: 100",
        "---",
        "[Templates and styles](templates.md) says which of these each template is given. A value that does not exist",
        "is an error, so this is all there is. [Prose](#prose) goes through `|prose`, an address through `|url`.",
    ]
    for value in VALUES:
        said = inspect.cleandoc(vars(value).get("__doc__") or "").partition("\n\n")[0]
        about = [] if said.startswith(f"{value.__name__}(") else [said.replace("\n", " ")]
        more = [
            f"It has all that a [{base.__name__}](#{heading_id(base.__name__)}) has, and:" for base in value.__bases__
        ]
        told = " ".join([*about, *(more if value.__bases__[0] in VALUES else [])])
        parts += [f"\n## {value.__name__}", *(["", told] if told else []), *VALUE_HEAD]
        parts += [f"| `{name}` | {_told(kind)} |" for name, kind in _values(value) if name not in INNER]
    return "\n".join([*parts, ""])


VALUE_HEAD = ("", "| Value | Holds |", "| --- | --- |")


def _values(value: type) -> Iterator[tuple[str, Any]]:
    """The public fields and properties of a class, without those that it has from another one."""
    kinds = get_type_hints(value)
    yield from ((name, kinds[name]) for name in inspect.get_annotations(value) if not name.startswith("_"))
    for name, member in vars(value).items():
        made = member.fget if isinstance(member, property) else getattr(member, "func", None)
        if made and not name.startswith("_"):
            yield name, get_type_hints(made)["return"]


def _told(kind: Any) -> str:
    """A type in the words of somebody who writes templates."""
    origin, arguments = get_origin(kind), get_args(kind)
    if kind in SHOWN:
        return SHOWN[kind]
    if kind in VALUES:
        return f"[{kind.__name__}](#{heading_id(kind.__name__)})"
    if origin in (UnionType, Union):
        return " or ".join(map(_told, arguments))
    if origin is Literal:
        return " or ".join(f"`{word}`" for word in arguments)
    if origin in (tuple, list, Sequence, frozenset) and (len(arguments) == 1 or arguments[1:] == (...,)):
        return f"a list of: {_told(arguments[0])}"
    if origin is tuple:
        return f"({', '.join(map(_told, arguments))})"
    if origin in (dict, Mapping):
        return f"by {_told(arguments[0])}: {_told(arguments[1])}"
    return getattr(kind, "__name__", str(kind))


PAGES: Mapping[str, Callable[[], str]] = {
    "reference-commands.md": commands_page,
    "reference-format.md": format_page,
    "reference-templates.md": templates_page,
}


@pytest.mark.parametrize("name", PAGES)
def test_reference_is_what_the_code_says(name: str) -> None:
    """A reference page is never edited: it is made from the code, and was made since the code changed."""
    assert (GUIDE / name).read_text("utf-8") == PAGES[name](), "run: python tests/test_reference.py"


def test_every_key_and_option_says_what_it_means() -> None:
    """A description stands beside every key, and a help text beside every option."""
    assert not [row for row in format_page().splitlines() if row.endswith(("| None |", "|  |"))]
    assert not [row for row in commands_page().splitlines() if row.endswith(("| None |", "|  |"))]


# --- everything is explained in the pages that people wrote -----------------------------------------------------------


def written() -> str:
    return "\n".join(page.read_text("utf-8") for page in sorted(GUIDE.glob("*.md")) if page.name not in MADE)


def entries() -> Iterator[type[Entry]]:
    def every(of: type[Entry]) -> Iterator[type[Entry]]:
        for one in of.__subclasses__():
            yield one
            yield from every(one)

    return every(Entry)


def test_every_key_is_explained() -> None:
    """The page on the format, or that on charts, names each key in its text."""
    text = "".join((GUIDE / name).read_text("utf-8") for name in ("format.md", "charts.md"))
    named = set(re.findall(r"`([a-z_]+)(?:: [a-z]+)?`", text))
    keys = {field.alias or name for entry in entries() for name, field in entry.model_fields.items()}
    assert keys - named == set()


def test_every_state_and_kind_is_explained() -> None:
    """The words that a cell may hold."""
    text = (GUIDE / "format.md").read_text("utf-8")
    assert [word for word in (*CellState, *EvidenceKind) if f"`{word}`" not in text] == []


def test_every_command_and_option_is_explained() -> None:
    """Each command and option is used somewhere in the guide, apart from the reference."""
    text = written()
    assert [name for name in main.commands if f"tiebreak {name}" not in text] == []
    options = {param.opts[0] for command in main.commands.values() for param in command.params}
    assert {
        option
        for option in options
        if option.startswith("--") and f"`{option}" not in text and f" {option}" not in text
    } == set()


def test_every_filter_and_global_is_explained() -> None:
    """What a template may call beyond Jinja's own stands in the page on templates."""
    from jinja2.defaults import DEFAULT_FILTERS, DEFAULT_NAMESPACE

    theme = Theme(Stylesheets("", ""), "", messages.read(ROOT, "en")[0])
    theming = environment(ROOT, Settings("", "https://example.org/"), theme, Cache(None))
    names = {*theming.filters, *theming.globals} - {*DEFAULT_FILTERS, *DEFAULT_NAMESPACE}
    text = (GUIDE / "templates.md").read_text("utf-8")
    assert {name for name in names if f"`{name}`" not in text and f"|{name}`" not in text} == set()


def test_every_built_in_template_is_named() -> None:
    """Whoever wants to replace one finds its name."""
    text = (GUIDE / "templates.md").read_text("utf-8")
    folder = builtin_folder("templates")
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    assert [name for name in names if f"`{name}`" not in text] == []


@pytest.mark.slow
def test_every_problem_code_is_explained() -> None:
    """Each code, and only those, as an error or a warning, as the code gives it."""
    text = (GUIDE / "checks.md").read_text("utf-8")
    explained = {
        heading: re.findall(r"^`([a-z0-9-]+)`\n: {3}\S", part, re.MULTILINE)
        for heading, part in re.findall(r"^## (Errors|Warnings)\n(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)
    }
    assert explained["Errors"] == sorted(codes(warnings=False))
    assert explained["Warnings"] == sorted(codes(warnings=True)) == sorted(WARNINGS)
    assert codes(warnings=False) - WARNINGS == ERRORS


def codes(*, warnings: bool) -> set[str]:
    """Every problem code in the code: whatever is passed for a parameter or field named `code`."""
    trees = [ast.parse(path.read_text("utf-8")) for path in sorted(CODE.rglob("*.py"))]
    places = dict(place for tree in trees for node in ast.walk(tree) for place in _place_of_code(node))
    remarks = {remark for tree in trees for remark in _remarks(tree)}
    found: set[str] = set()
    for call in (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = ast.unparse(call.func).rpartition(".")[2]
        place = places.get((name, isinstance(call.func, ast.Attribute)))
        if place is None or len(call.args) <= place:
            continue
        code = call.args[place]
        if isinstance(code, ast.Constant) and isinstance(code.value, str):
            is_warning = name in ("warning", "warning_at", "warn") or "WARNING" in ast.dump(call) or call in remarks
            found |= {code.value} if is_warning is warnings else set()
        else:
            # Handed on from where it was written, never put together.
            assert ast.unparse(code).endswith(("code", "['code']")), ast.unparse(call)
    return found


def _remarks(tree: ast.Module) -> Iterator[ast.Call]:
    """Remarks that are warnings: all but those that a RemarkError is made of, where it is raised or by a name."""
    raised = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "RemarkError"]
    within = {inner for error in raised for inner in ast.walk(error)}
    names = {name for node in within if isinstance(node, ast.Name) and (name := node.id)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and names & {ast.unparse(target) for target in node.targets}:
            within |= set(ast.walk(node.value))
    for node in ast.walk(tree):
        is_remark = isinstance(node, ast.Call) and ast.unparse(node.func) == "Remark"
        if is_remark and node not in within and "ERROR" not in ast.dump(node):
            assert isinstance(node, ast.Call)
            yield node


def _place_of_code(node: ast.AST) -> Iterator[tuple[tuple[str, bool], int]]:
    """((name, whether it is a method), position) of a function, a method or a class that takes a problem's code."""
    if not isinstance(node, ast.FunctionDef | ast.ClassDef):
        return
    parameters: list[str] = []
    if isinstance(node, ast.FunctionDef) and node.name != "__init__":
        parameters = [arg.arg for arg in node.args.args]
    elif isinstance(node, ast.ClassDef):
        makers = [item for item in node.body if isinstance(item, ast.FunctionDef) and item.name == "__init__"]
        fields = [ast.unparse(item.target) for item in node.body if isinstance(item, ast.AnnAssign)]
        parameters = [arg.arg for arg in makers[0].args.args[1:]] if makers else fields
    if "code" in parameters:
        is_method = parameters[0] == "self"
        yield (node.name, is_method), parameters.index("code") - is_method


# --- every command and every example holds ----------------------------------------------------------------------------

DOCUMENTS = [
    *sorted(GUIDE.glob("*.md")),
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md")),
]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_shown_exists(document: Path) -> None:
    """Each `tiebreak …` in a block of commands or in the text names a command and options that there are."""
    for line in _commands(document.read_text("utf-8")):
        messages = shlex.split(line.split(" > ")[0].split(" && ")[0])[1:]
        command = main.commands.get(messages[0]) if messages else None
        assert command or messages == ["--version"], line
        options = {option for param in command.params for option in param.opts} if command else {"--version"}
        assert [word for word in messages if word.startswith("--") and word not in options] == [], line


def _commands(text: str) -> list[str]:
    blocks = "".join(re.findall(r"^```(?:sh|yaml)\n(.*?)^```", text, re.DOTALL | re.MULTILINE))
    steps = re.findall(r"(?:^|- run: |&& )(?:\S*/)?(tiebreak [^#\n&]+)", blocks, re.MULTILINE)
    return [*steps, *re.findall(r"`(tiebreak [^`…|]+)`", text)]


def examples(page: str) -> dict[str, str]:
    """The files that a page of the guide shows: a block under a line that is only a path and a colon."""
    text = (GUIDE / page).read_text("utf-8")
    return dict(
        re.findall(
            r"^`((?:content|templates|static|benchmarks)/\S+)`:\n\n```\S+\n(.*?)^```$", text, re.DOTALL | re.MULTILINE
        )
    )


def checked(project: Path, files: Mapping[str, str], today: date = date(2026, 11, 23)) -> tuple[Problem, ...]:
    for path, text in files.items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text(text, "utf-8")
    return builder.check(builder.Options(project, today=today))


@pytest.fixture
def starter(tmp_path: Path) -> Path:
    scaffold.init(tmp_path / "demo")
    return tmp_path / "demo"


@pytest.mark.slow
def test_starter_has_nothing_to_mend(starter: Path) -> None:
    """A new project passes the strictest check, this year and in ten."""
    assert checked(starter, {}) == ()
    assert checked(starter, {}, date(2036, 11, 23)) == ()


@pytest.mark.slow
def test_example_of_the_format_is_a_site(tmp_path: Path) -> None:
    """The files that the page on the format shows are one project without a warning, and use every key but a few, and
    those of charts, which have a page of their own.
    """
    files = examples("format.md")
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>'
    assert checked(tmp_path, {**files, "content/pages/guide/thermometers.svg": picture}) == ()
    files_own = (entry for entry in entries() if entry is not ChartEntry)
    keys = {field.alias or name for entry in files_own for name, field in entry.model_fields.items()}
    unused = {key for key in keys if not re.search(rf"(^|[\s{{,-]){key}:", "\n".join(files.values()), re.MULTILINE)}
    assert unused == {"allow_html", "license", "organization", "search"}


def test_first_comparison_is_sound(starter: Path) -> None:
    """What the five minutes end with passes the strict check, and the mistake in them is reported as shown."""
    files = examples("start.md")
    assert checked(starter, files) == ()
    path, text = next(iter(files.items()))
    problems = checked(starter, {path: text.replace("pick: tabs", "pick: tab")})
    assert report(problems, "text") in (GUIDE / "start.md").read_text("utf-8")


def test_problems_look_as_shown(starter: Path) -> None:
    """The three formats in the page on checks are what the starter's misspelt subject gives."""
    path = "content/compare/yaml-vs-toml.md"
    text = (starter / path).read_text("utf-8")
    problems = checked(starter, {path: text.replace("wins: toml", "wins: tomll", 1)})
    page = (GUIDE / "checks.md").read_text("utf-8")
    assert f"```text\n{report(problems, 'text')}\n" in page
    assert f"```text\n{problems[0].as_github()}\n```" in page
    assert f"```json\n{json.dumps(problems[0].as_dict(), indent=2)}\n```" in page


@pytest.mark.slow
def test_templates_of_the_guide_work(starter: Path) -> None:
    """The overrides in the page on templates build, and show in the pages."""
    files = examples("templates.md")
    assert checked(starter, files) == ()
    made = builder.build(builder.Options(starter))
    assert set(made.done.values()) == {"new"}
    page = (starter / "site/compare/yaml-vs-toml/index.html").read_text("utf-8")
    assert '<p class="block own"><a href="../../about/">How we decide</a></p>' in page
    assert '<link rel="author" href="../../about/">' in page
    assert "<h1>No such page</h1>" in (starter / "site/404.html").read_text("utf-8")
    (style,) = (starter / "site/assets").glob("style.*.css")
    assert files["static/css/90-own.css"].strip() in style.read_text("utf-8")


def test_yaml_of_the_guide_can_be_read() -> None:
    """Every YAML block is YAML, without a key written twice. In workflows, a digest is followed by its version."""
    for page in sorted(GUIDE.glob("*.md")):
        for block in re.findall(r"^```yaml\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE):
            read = re.sub(r"(uses: \S+@[0-9a-f]{40}) # v[\d.]+$", r"\1", block, flags=re.MULTILINE)
            assert front_matter.read("block.yaml", read.encode())[1] == [], block


def test_reference_names_nothing_twice() -> None:
    """A key that the reference shows twice in one table would be two keys to an author."""
    for table in re.split(r"^## ", format_page(), flags=re.MULTILINE)[1:]:
        keys = re.findall(r"^\| \**`([^`]+)`", table, re.MULTILINE)
        assert len(keys) == len(set(keys))
    assert {*TABLES.values()} == {*SCHEMAS.values(), CellEntry, ChartEntry, PageEntry}


if __name__ == "__main__":
    for name, make in PAGES.items():
        (GUIDE / name).write_text(make(), "utf-8")
        print(GUIDE / name)
