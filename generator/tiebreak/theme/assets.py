"""The static files: what is copied, the stylesheets for screen and print, the scripts, and the output path of each."""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tiebreak.languages import direction
from tiebreak.pages import Messages
from tiebreak.storage import builtin_files, project_files, read_bytes
from tiebreak.theme.colors import Hue

STYLES, SCRIPTS = "css/", "js/"
ACCENT = "css/15-accent.css"  # behind the theme's own colours
LEFTWARD = ".rtl.css"  # the end of the names of styles that only sites written from right to left have
# By what the names of styles end in, the stylesheets that not every page waits for: only printing needs one, and only
# charts the other. All else is in the first.
APART = {"-print.css": "print", "-chart.css": "chart", "-hub.css": "hub"}
FOLDER = "assets"
_DIGITS = 12  # of the digest in a name
_KINDS = ("style", *APART.values())
# How the output paths begin, of this build and of others, that change with what lies there.
HASHED = rf"{FOLDER}/(?:(?:{'|'.join(_KINDS)})\.[0-9a-f]{{{_DIGITS}}}\.css|js\.[0-9a-f]{{{_DIGITS}}}/)"
_STYLE_COMMENTS = re.compile(rb"(?s)[ \t]*/\*.*?\*/\n?")
# Blanks around a sign that divides and behind a colon, and the last semicolon of a rule; what stands between quotation
# marks is left as it is.
_STYLE_BLANKS = re.compile(rb"""("[^"\n]*"|'[^'\n]*')|\s*;\s*(?=})|\s*([{};,])\s*|(?<=:) +""")
_BLOCK = rb"/\*\*(?:(?!\*/).)*\*/"
# A line's end is a comment where no quotation mark follows: what stands between two of them is left as it is.
_END = rb"(?<=[;,{}()\]])[ \t]+//[ ][^\n'\"`]*$"
_SCRIPT_COMMENTS = re.compile(
    rb"(?ms)^[ \t]*(?://[^\n]*|" + _BLOCK + rb")[ \t]*\n+|(?=/\*\* @type)" + _BLOCK + rb" ?|" + _END
)

_LAYOUT = re.compile(rb"(?m)^[ \t]+|^\n")  # indentation and empty lines: no text of the theme's spans lines
# Blanks beside a sign, but for those of + and -, which may stand beside another, and the end of a line that cannot be
# that of a statement. A line with a text in backquotes stays as it is: there is code in it, with texts of its own.
_SCRIPT_TEXT = rb"""^.*`.*$|"(?:\\.|[^"\\\n])*\""""
_SCRIPT_BLANKS = re.compile(rb"(?m)(" + _SCRIPT_TEXT + rb")|(?<![\w$+-]) +| +(?![\w$+-])|(?<=[;,{}(\[])\n")


class Stylesheets(NamedTuple):
    """Where the stylesheets are: of all pages, of print, and of what only some pages have; see `APART`."""

    style: str
    print: str
    chart: str = ""
    hub: str = ""


class Theme(NamedTuple):
    """What every page needs of the theme besides templates: the URLs of its stylesheets and scripts, and its texts."""

    stylesheets: Stylesheets
    scripts: str  # a folder of modules, with a slash at its end
    messages: Messages
    search: bool = False  # whether there is an index to search
    fonts: bytes = b""  # the digest of those that pictures are lettered in, where there are any


@dataclass(frozen=True)
class Assets:
    """The files of `static/` by output path: those that are copied, and those that are generated."""

    files: Mapping[str, str]  # as folders.data_of takes them
    generated: Mapping[str, bytes]
    stylesheets: Stylesheets  # paths in the output
    scripts: str


def load(project: Path, messages: Messages, accent: Hue, *, lasting_names: bool = False) -> Assets:
    """The project's static files before the built-in ones.

    Styles, among them one for the accent, are joined into one file (those that end in `.rtl.css` only where lines run
    from right to left; those with an ending in `APART` into others), and scripts share a folder, each
    named by a digest so that a browser may keep them for ever; with `lasting_names` styles keep their names when they
    change.
    """
    default = {name: str(file) for name, file in builtin_files("static").items()}
    own = {name: f"static/{name}" for name in project_files(project, "static")}
    layers = dict(sorted((default | own).items()))

    def text(name: str) -> bytes:
        data = read_bytes(project, layers[name])
        return data if name in own else _lean(name, data)

    is_leftward = direction(messages.language) == "rtl"
    names = [name for name in layers if name.startswith(STYLES) and name.endswith(".css")]
    styles = {name: text(name) for name in names if is_leftward or not name.endswith(LEFTWARD)}
    styles[ACCENT] = f"@layer tokens{{:root{{--accent:light-dark({accent.light},{accent.dark})}}}}".encode()
    sheets = dict(_sheets(styles, lasting_names=lasting_names))
    modules = {name: text(name) for name in layers if name.startswith(SCRIPTS)}
    modules |= {SCRIPTS + name: data for name, data in messages.modules().items()}
    folder = f"{FOLDER}/js.{_name(*(part for item in modules.items() for part in (os.fsencode(item[0]), item[1])))}/"
    return Assets(
        files={name: file for name, file in layers.items() if not name.startswith((STYLES, SCRIPTS))},
        generated=sheets | {folder + name.removeprefix(SCRIPTS): data for name, data in modules.items()},
        stylesheets=Stylesheets(*sheets),
        scripts=folder,
    )


def _sheets(styles: Mapping[str, bytes], *, lasting_names: bool) -> Iterator[tuple[str, bytes]]:
    """The stylesheets in the order of `Stylesheets`, each with its output path."""
    for kind in _KINDS:
        data = _joined(styles[name] for name in sorted(styles) if APART.get(_ending(name), "style") == kind)
        yield f"{FOLDER}/{kind}{'' if lasting_names else f'.{_name(data)}'}.css", data


def _ending(name: str) -> str:
    return next((ending for ending in APART if name.endswith(ending)), "")


def _joined(styles: Iterable[bytes]) -> bytes:
    return b"\n".join(style.strip() for style in styles).replace(b"\r\n", b"\n") + b"\n"


def _lean(name: str, data: bytes) -> bytes:
    """A style or script of the theme without comments, and without blanks that say nothing: a fifth of its size."""
    if name.endswith(".css"):
        return _STYLE_BLANKS.sub(rb"\1\2", _STYLE_COMMENTS.sub(b"", data))
    return _SCRIPT_BLANKS.sub(rb"\1", _LAYOUT.sub(b"", _SCRIPT_COMMENTS.sub(b"", data)))


def _name(*parts: bytes) -> str:
    """A name that changes with the bytes it stands for."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8) + part)
    return digest.hexdigest()[:_DIGITS]
