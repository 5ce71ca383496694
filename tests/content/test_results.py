"""Result files of measurements: what is read of them, and what is not."""

from decimal import Decimal
from pathlib import Path

import pytest
from conftest import MakeSite
from samples import changed, linked, texts

from tiebreak.content.results import Misreading, Reading, decimals_of, readings, rounded

FILE = "benchmarks/results/tea.json"
WRITTEN = """{
"tea": 4.60, "coffee": {"value": 5, "low": 4.25, "high": 1e2, "runs": 21}, "list": [1, [2.5]], "a/b": {"m~n": 3},
"word": "x", "yes": true, "nothing": null, "odd": {"value": "5"}, "half": {"value": 5, "runs": 1.5}, "huge": 1e99,
"": 7}"""


def read(root: Path, *pointers: str, text: str | bytes = WRITTEN) -> list[Reading | Misreading]:
    (root / FILE).parent.mkdir(parents=True, exist_ok=True)
    (root / FILE).write_bytes(text if isinstance(text, bytes) else text.encode())
    found = readings(root, [f"{FILE}{pointer}" for pointer in pointers])
    return [found[f"{FILE}{pointer}"] for pointer in pointers]


def said(root: Path, pointer: str, text: str | bytes = WRITTEN) -> str:
    (found,) = read(root, pointer, text=text)
    assert isinstance(found, Misreading), found
    return f"{found.message}; {found.help}"


def test_a_number_is_read_exactly(tmp_path: Path) -> None:
    """By a JSON Pointer, alone or with what was measured around it; never as a float, which would be another number."""
    found = read(tmp_path, "#/tea", "#/coffee", "#/list/1/0", "#/a~1b/m~0n", "#/")
    assert found == [
        Reading(Decimal("4.60")),
        Reading(Decimal(5), Decimal("4.25"), Decimal(100), 21),
        Reading(Decimal("2.5")),
        Reading(Decimal(3)),
        Reading(Decimal(7)),
    ]
    assert str(found[0].value) == "4.60"  # type: ignore[union-attr]
    assert read(tmp_path, "", text="5") == [Reading(Decimal(5))]


def test_what_is_no_number_is_told_with_what_there_is(tmp_path: Path) -> None:
    """Each with the place in the file."""
    known = "tea, coffee, list, a/b, word, yes, nothing, odd, half, huge"
    assert said(tmp_path, "#/mate") == f'{FILE} has nothing at "/mate"; there is {known}'
    assert said(tmp_path, "#/list/2") == f'{FILE} has nothing at "/list/2"; there is 0 to 1'
    assert said(tmp_path, "#/list/-1").startswith(f'{FILE} has nothing at "/list/-1"')
    assert said(tmp_path, "#/tea/x") == f'{FILE} has nothing at "/tea/x"; there is a single value there'
    assert said(tmp_path, "#/a~1b") == f'{FILE}#/a~1b has no "value"; there is m~n'
    for place in ("word", "yes", "nothing", "list"):
        assert said(tmp_path, f"#/{place}") == f"{FILE}#/{place} is not a number; point to one"
    assert said(tmp_path, "#/odd") == f"{FILE}#/odd/value is not a number; point to one"
    assert said(tmp_path, "#/half") == f"{FILE}#/half/runs is not a count; it is a whole number from 1"
    assert said(tmp_path, "#/huge").startswith(f"{FILE}#/huge has too many digits")


@pytest.mark.parametrize(
    "text", ["{", "[NaN]", "[" * 100_000, b"\xff\xfe", "", "[1e999999999999999999]", f"[{'9' * 10_000}]", "Infinity"]
)
def test_a_hostile_file_is_a_problem_and_no_traceback(tmp_path: Path, text: str | bytes) -> None:
    """Whatever the parser raises."""
    assert isinstance(read(tmp_path, "#/0", text=text)[0], Misreading)


def test_a_file_is_read_only_where_it_lies(tmp_path: Path) -> None:
    """No link is followed, to a file or to a folder, and nothing larger than a text is read."""
    secret = tmp_path / "secret.json"
    secret.write_text('{"tea": 1}')
    folder = tmp_path / "benchmarks/results"
    folder.mkdir(parents=True)
    (folder / "link.json").symlink_to(secret)
    (folder / "near.json").symlink_to("tea.json")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/x.json").write_text("1")
    (folder / "folder").symlink_to(tmp_path / "elsewhere")
    (folder / "large.json").write_text(f'{{"tea": 1}}{" " * 2_000_000}')
    names = ("link.json", "near.json", "folder/x.json", "large.json", "none.json")
    found = readings(tmp_path, [f"benchmarks/results/{name}#/tea" for name in names])
    assert not any(isinstance(one, Reading) for one in found.values())


def test_a_number_is_shown_with_three_figures() -> None:
    """Where it has decimals, and no zero is made up."""
    numbers = {
        "4.61234": "4.61",
        "4.6": "4.6",
        "26709": "26709",
        "1234.56": "1235",
        "0.00123456": "0.00123",
        "0.0": "0.0",
    }
    assert {text: rounded(Decimal(text), decimals_of(Decimal(text))) for text in numbers} == numbers


def test_a_cell_says_what_the_file_says(make_site: MakeSite) -> None:
    """With the file as its source and `measured` as its kind; the file is published."""
    row = (
        f'  - factor: Time\n    unit: s\n    cells: [{{from: "{FILE}#/coffee"}}, {{value: 4.6, from: "{FILE}#/tea"}}]\n'
    )
    old = "  - factor: Caffeine\n    cells: {tea: Some, coffee: Much}\n    wins: tea\n"
    site, problems = linked(make_site({"content/compare/tea-vs-coffee.md": changed((old, row)), FILE: WRITTEN}))
    assert texts(problems) == []
    one, other = site.whole[0].factors[0].cells
    assert (one.value, one.low, one.high, one.runs, one.kind) == ("5", "4", "100", 21, "measured")
    assert (other.value, other.low, other.sources) == ("4.6", None, one.sources)
    assert [(source.title, source.url) for source in one.sources] == [(FILE, f"/{FILE}")]
    assert [(file.path, file.origin) for file in site.files] == [(f"/{FILE}", FILE)]
