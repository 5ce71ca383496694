"""All that is shipped or installed with Tiebreak is listed with its licence; as a program, it writes the list anew."""

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from email.message import Message
from importlib import metadata
from itertools import chain

import pytest
from packaging.requirements import Requirement
from published import ROOT

FILE = ROOT / "THIRD_PARTY.md"
CLASSIFIER = "License :: OSI Approved :: "
ALLOWED = {"Apache", "BSD", "ISC", "MIT", "MPL", "PSF"}  # whose terms a site and its tools can keep without a thought
HEAD = """# What comes with Tiebreak

Written by `make accept`; each licence is what the package says of itself.

## In its wheel

| what | licence |
| --- | --- |
| Newsreader, the typeface of titles | [SIL Open Font Licence 1.1](static/fonts/OFL.txt) |
| Newsreader, Inter, Literata and Noto, of pictures to share | [SIL Open Font Licence 1.1](templates/fonts/OFL.txt) |
| Dates, numbers and plurals of the Unicode CLDR | [Unicode Licence 3](generator/cldr-license.txt) |

A site that is built has the first of them in it; the others are read while it is built.

## Installed with it

Nothing of these is in the pages of a site, but for Pagefind, which is installed with `tiebreak[search]` alone, as
Brotli is with `tiebreak[compress]`.

| package | licence | for |
| --- | --- | --- |
"""


def direct() -> set[str]:
    """What pyproject.toml names, with all that is optional, by the names that packages have themselves."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return set(named([*project["dependencies"], *chain(*project["optional-dependencies"].values())]))


def named(lines: Iterable[str], extra: str = "") -> Iterator[str]:
    """The packages that requirements name, where they hold here."""
    for requirement in map(Requirement, lines):
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
            found = metadata.distribution(requirement.name).metadata["Name"]
            yield found
            for more in requirement.extras:
                yield from named(metadata.requires(found) or (), more)


def installed() -> dict[str, set[str]]:
    """Every package that is installed with Tiebreak, and for whom."""
    found: dict[str, set[str]] = {}
    todo = [(name, "Tiebreak") for name in direct()]
    while todo:
        name, who = todo.pop()
        is_new = name not in found
        found.setdefault(name, set()).add(who)
        todo += [(one, name) for one in named(metadata.requires(name) or ())] if is_new else []
    return found


def licence(name: str) -> str:
    """As its metadata have it: an expression, a word or two, else what the classifiers say."""
    about: Message = metadata.metadata(name)  # type: ignore[assignment]  # its type lacks what it has
    for said in (about.get("License-Expression"), about.get("License")):
        if said and len(said) < 30:
            return re.sub(r" License$", "", str(said))
    classified = [one for one in about.get_all("Classifier", []) if one.startswith(CLASSIFIER)]
    return re.sub(r" License( \(\w+\))?$", "", classified[0].removeprefix(CLASSIFIER)) if classified else "unknown"


def family(text: str) -> str:
    """BSD, whichever of them."""
    return re.split(r"[^A-Za-z]", text)[0]


def listed() -> str:
    lines = []
    for name, whom in sorted(installed().items(), key=lambda item: item[0].lower()):
        lines.append(f"| {name} | {licence(name)} | {', '.join(sorted(whom, key=str.lower))} |\n")
    return HEAD + "".join(lines)


ROW = re.compile(r"^\| (\w[\w.-]+) \| ([^|]+) \| [^|]+ \|$", re.MULTILINE)
ROWS = dict(ROW.findall(FILE.read_text("utf-8").partition("| for |")[2])) if FILE.exists() else {}


@pytest.mark.skipif(sys.platform != "linux", reason="the list is that of Linux; on Windows, click needs colorama")
def test_everything_that_is_installed_is_listed() -> None:
    """With the licence that it has; versions may spell that in two ways."""
    rows = {name.lower(): text for name, text in ROWS.items()}  # Brotli has written itself in two ways
    for name in installed():
        assert name.lower() in rows, f"{name} is not in THIRD_PARTY.md"
        assert family(licence(name)) == family(rows[name.lower()]), name


def test_no_licence_asks_for_more_than_to_be_named() -> None:
    """A package under another one is no dependency until somebody has read it."""
    assert {family(text) for text in ROWS.values()} <= ALLOWED


def test_what_the_wheel_carries_is_listed() -> None:
    """Each file of a licence."""
    text = FILE.read_text("utf-8")
    for path in ("static/fonts/OFL.txt", "templates/fonts/OFL.txt", "generator/cldr-license.txt"):
        assert f"]({path})" in text
        assert (ROOT / path).is_file()


def test_each_direct_dependency_has_its_reason() -> None:
    """In the table of ARCHITECTURE.md, with its licence and its size, and no other package has."""
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8").partition("\n## Dependencies\n")[2]
    rows = re.findall(r"^\| ([\w.-]+) \| ([\d.]+) \| ([^|]+) \| ([^|]+) \|$", text, re.MULTILINE)
    assert {name.lower() for name, *_ in rows} == {name.lower() for name in direct()}
    for name, _, said, why in rows:
        assert family(said) == family(licence(name)), name
        assert len(why) > 20, name


if __name__ == "__main__":
    FILE.write_text(listed(), "utf-8")
