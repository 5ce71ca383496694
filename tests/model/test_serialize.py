"""Values to bytes and back: nothing but values comes out of bytes, and a digest is the same in every process."""

import os
import pickle
import pickletools
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from published import DRINKS
from samples import compared, linked, loaded_site

from tiebreak.model.cell import Cell, CellState
from tiebreak.model.prose import Prose
from tiebreak.model.serialize import DIGEST, digest, digest_of, pack, unpack
from tiebreak.model.site import Listing
from tiebreak.storage.cache import Cache

VALUES: list[Any] = [
    None,
    ("a", 1, 1.5, b"b", True, {"k": (None,)}),
    date(2026, 5, 1),
    Decimal("1.10"),
    frozenset({"a"}),
    Cell(Prose("<b>x</b>"), value="1.10", state=CellState.NO, checked=date(2026, 1, 1)),
    compared("A", "B", won="A = ?"),
    Listing.of(compared("A", "B").card),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_what_is_packed_comes_out_equal(value: object) -> None:
    """Plain data, and Tiebreak's own values."""
    assert unpack(pack(value)) == value


def test_a_whole_survey_comes_out_equal() -> None:
    """All that a build remembers of a project that uses every feature."""
    loaded = loaded_site(DRINKS)
    assert unpack(pack((loaded.site, loaded.problems))) == (loaded.site, loaded.problems)
    index = unpack(pack(loaded.index))
    assert (index.entries, index.targets, index.facts, index.factors) == (
        loaded.index.entries,
        loaded.index.targets,
        loaded.index.facts,
        loaded.index.factors,
    )
    assert {name: index.registry.find(name) for name in ("tea", "Nobody")} == {
        name: loaded.index.registry.find(name) for name in ("tea", "Nobody")
    }


class Call:
    """Pickled, it is a call."""

    def __init__(self, function: Callable[..., object], *args: object) -> None:
        self.call = function, args

    def __reduce__(self) -> Any:
        return self.call


def made_by(module: str, name: str, argument: str) -> bytes:
    """The bytes of a call of anything by its name, as an attacker would write them by hand."""

    def text(word: str) -> bytes:
        return pickle.SHORT_BINUNICODE + bytes([len(word)]) + word.encode()

    named = text(module) + text(name) + pickle.STACK_GLOBAL
    arguments = pickle.MARK + pickle.EMPTY_LIST + pickle.MARK + text("touch") + text(argument) + pickle.APPENDS
    return b"\x80\x04" + named + arguments + pickle.TUPLE + pickle.REDUCE + pickle.STOP


@pytest.mark.parametrize("function", [os.system, eval, open, getattr, subprocess.Popen, Path, unpack])
def test_bytes_of_a_stranger_call_nothing(tmp_path: Path, function: Callable[..., object]) -> None:
    """The memo lies in the project, which may have come from anywhere."""
    with pytest.raises(pickle.UnpicklingError, match="is no value"):
        unpack(pickle.dumps(Call(function, f"touch {tmp_path}/taken")))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("subprocess", "Popen"),
        ("tiebreak.preview.rebuild", "webbrowser.subprocess.Popen"),
        ("tiebreak.storage.output", "os.system"),
        ("tiebreak.content.project", "Path"),
        ("tiebreak.model.serialize", "pickle.Unpickler"),
        ("tiebreak.scaffold", "init"),
        ("tiebreak", "__version__"),
        ("tiebreakers", "anything"),
    ],
)
def test_a_name_within_tiebreak_leads_to_its_own_values_only(tmp_path: Path, module: str, name: str) -> None:
    """Not to what its modules have imported, nor to a function."""
    data = made_by(module, name, f"{tmp_path}/taken")
    assert [code.name for code, _, _ in pickletools.genops(data)][-2] == "REDUCE"
    with pytest.raises(pickle.UnpicklingError, match="is no value"):
        unpack(data)
    assert list(tmp_path.iterdir()) == []


def test_equal_values_have_one_digest() -> None:
    """Whichever of their parts are one object; a digest is short."""
    name = "".join(["long", "er"])
    assert digest((name, name)) == digest(("longer", "".join(["lon", "ger"])))
    assert digest(compared("A", "B", won="A B")) == digest(compared("A", "B", won="A B"))
    assert len(digest(None)) == len(digest_of(b"")) == DIGEST


def test_other_values_have_another() -> None:
    """However small the difference, and whatever looks alike."""
    values = [
        1,
        "1",
        b"1",
        1.0,
        ("1",),
        ("1", ""),
        ("", "1"),
        None,
        "",
        compared("A", "B"),
        compared("A", "B", won="A"),
    ]
    assert len({digest(value) for value in values}) == len(values)


def test_a_value_with_a_digest_of_its_own_counts_by_that() -> None:
    """A listing has that of its card, so that nobody unpacks it."""
    one = Listing.of(compared("A", "B").card)
    assert digest([one]) == digest([one._replace(packed=b"other")])
    assert digest([one]) != digest([one._replace(own_digest=b"other")])


@pytest.mark.slow
def test_a_digest_is_the_same_in_every_process() -> None:
    """Else nothing that one build has learnt would serve the next."""
    code = (
        "import sys; sys.path[:0] = ['tests', 'tests/support']; from pathlib import Path; from published import DRINKS;"
        "from samples import linked, loaded_site; from tiebreak.model.serialize import digest;"
        "loaded = loaded_site(DRINKS);"
        "print(digest(loaded.digests).hex(), digest(loaded.site).hex(), digest(linked(DRINKS)[0]).hex())"
    )
    loaded = loaded_site(DRINKS)
    here = f"{digest(loaded.digests).hex()} {digest(loaded.site).hex()} {digest(linked(DRINKS)[0]).hex()}\n"
    for seed in ("1", "2"):
        there = subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            text=True,
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        assert there.stdout == here


def test_the_keys_of_the_memo_are_the_same_in_every_process(tmp_path: Path) -> None:
    """And others for other parts."""
    cache = Cache(tmp_path)
    assert cache.key("parsed", "a.md", b"1", True) == Cache(tmp_path / "elsewhere").key("parsed", "a.md", b"1", True)
    assert cache.key("parsed", "a.md", b"1", True) != cache.key("parsed", "a.md", b"1", False)


class Change(NamedTuple):
    """A value with a digest among its fields."""

    file: str
    digest: bytes
    other: str


def test_only_what_says_so_counts_by_its_own_digest() -> None:
    """A field that happens to be called `digest` is a field as any other."""
    assert digest(Change("a.md", b"1", "x")) != digest(Change("a.md", b"1", "y"))
    listing = Listing.of(compared("Tea", "Coffee").card)
    assert digest([listing]) == digest([listing._replace(title="Another")])
