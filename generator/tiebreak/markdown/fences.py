"""Fenced code: where it begins and ends, and what its first line says of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from tiebreak.markdown.containers import Reader
from tiebreak.problems import Remark, Severity

MOST_TOLD = 10  # options of one block that are told
_FENCE = re.compile(r"( {0,3})(`{3,}(?=[^`\n]*\Z)|~{3,})(.*)")
_INNER = re.compile(r"(?:[ >]|(?:[*+-]|\d+[.)]) )[ >*+\d.)-]*(?:```|~~~)")
_LANGUAGE = re.compile(r"[\w#.+-]+")
_OPTION = re.compile(r"""([\w-]+)=("[^"]*"|'[^']*'|[^\s"']+)|[^\s=]+=?|=""")
_RANGE = re.compile(r"([0-9]{1,6})(?:-([0-9]{1,6}))?")
_HEADER = re.compile(r"(#!|:::+)([\w#.+-]+)[ \t]*+(?:(hl_lines=(?:\"[^\"\n]*\"|'[^'\n]*'))[ \t]*+)?(?:\n|\Z)")
_KNOWN = "code takes a language, and hl_lines, linenums and title"


class Code(NamedTuple):
    """A block of code, from `line` up to before `after`, both counted from 1; 0 where they are not known."""

    text: str
    language: str = ""
    marked: frozenset[int] = frozenset()  # lines of it that stand out
    first: int | None = None  # the number of its first line, where lines are numbered
    title: str = ""
    line: int = 0
    after: int = 0
    header: str = ""  # the first of its own lines, where that names the language
    before: str = ""  # what stands before it in its first line: marks of the lists and quotations around it


def split(text: str, remarks: list[Remark]) -> Iterator[str | Code]:
    """Text and fenced code in turns, as they stand one below the other; what is amiss goes to `remarks`.

    Code ends with the list or the quotation that it stands in, or with the text, if nothing closes it before. Tabs are
    spaces in the text, and tabs in code. Takes time in proportion to the text.
    """
    spaced = text.expandtabs(4)
    if "```" not in text and "~~~" not in text:
        yield spaced
        return
    lines, written = spaced.split("\n"), text.split("\n")
    reader = Reader() if any(map(_INNER.match, lines)) else None
    start = place = 0
    while place < len(lines):
        opening = _opening(lines[place], reader)
        if opening is None:
            place += 1
            continue
        column, match = opening
        end, code, is_closed = _body(lines, written, place + 1, match, reader)
        if not is_closed:
            message, help = "this code is never closed", f"end it with a line of {match[2][:3]}"
            remarks.append(Remark("open-fence", message, help, Severity.WARNING, place + 1, match[2]))
        yield "\n".join(lines[start:place])
        found = _code(match[3].strip(), "\n".join(code), place + 1, remarks)
        yield found._replace(after=end + 1, before=lines[place][:column])
        start = place = end
    yield "\n".join(lines[start:])


def _opening(line: str, reader: Reader | None) -> tuple[int, re.Match[str]] | None:
    """The fence that this line is, and in which column what it stands in ends."""
    if reader is None:
        match = _FENCE.match(line) if line[:1] in "`~" else None
        return (0, match) if match else None
    column = reader.read(line).place
    match = _FENCE.match(line[column:])
    return (column, match) if match else None


def _body(
    lines: Sequence[str], written: Sequence[str], start: int, fence: re.Match[str], reader: Reader | None
) -> tuple[int, list[str], bool]:
    """The line after fenced code, the code, and whether it was closed; `written` are the lines with their tabs."""
    code: list[str] = []
    closing = re.compile(rf" {{0,3}}{fence[2][0]}{{{len(fence[2])},}}[ \t]*")
    for place in range(start, len(lines)):
        column = reader.inside(lines[place]) if reader else 0
        if column is None:
            return place, code, False
        line = lines[place][column:]
        if closing.fullmatch(line):
            return place + 1, code, True
        spaces = len(line) - len(line.lstrip(" "))
        code.append(_behind(written[place], column + min(spaces, len(fence[1]))))
    return len(lines), code, False


def _behind(line: str, column: int) -> str:
    """What stands in a line from a column on; of a tab that reaches over it, the rest as spaces."""
    place = width = 0
    while width < column and place < len(line):
        width += 4 - width % 4 if line[place] == "\t" else 1
        place += 1
    return " " * (width - column) + line[place:]


def indented(text: str, remarks: list[Remark]) -> Code:
    """Indented code. A first line such as `:::python` or `#!python` names its language."""
    header = _HEADER.match(text)
    if header is None:
        return Code(text)
    found: list[Remark] = []
    code = _code(f"{header[2]} {header[3] or ''}", text[header.end() :], 0, found)
    remarks += [replace(remark, needle=header[0].strip()) for remark in found]
    code = code._replace(header=header[0].strip())
    return code._replace(first=1) if header[1] == "#!" else code


def _code(info: str, text: str, line: int, remarks: list[Remark]) -> Code:
    """Code with the language and options in `info`, the rest of its first line."""
    language, options, unknown = _read(info)
    marked = _lines(options["hl_lines"], text.count("\n") + 1) if "hl_lines" in options else frozenset()
    first = _first(options["linenums"]) if "linenums" in options else 0
    wrong = [name for name, value in (("hl_lines", marked), ("linenums", first)) if value is None]
    for name in [*unknown, *wrong][:MOST_TOLD]:
        message = f'"{name}" is given twice' if name in unknown and name in options else _wrong(name)
        remarks.append(Remark("code-option", message, _KNOWN, Severity.WARNING, line, name))
    return Code(text, language, marked or frozenset(), first or None, options.get("title", ""), line)


def _wrong(name: str) -> str:
    if name == "hl_lines":
        return 'hl_lines does not name lines of this code, such as "1 3-5"'
    if name == "linenums":
        return 'linenums is neither true nor false nor the number of the first line, such as "1"'
    return f'"{name}" is not an option of code'


def _read(info: str) -> tuple[str, dict[str, str], list[str]]:
    """The language, the known options, and everything else."""
    if info.startswith("{") and info.endswith("}"):
        info = info[1:-1]
    language, options, unknown = "", dict[str, str](), list[str]()
    for number, option in enumerate(_OPTION.finditer(info)):
        name, value = option[1], option[2]
        word = option[0].removeprefix(".")
        if name in ("hl_lines", "linenums", "title") and name not in options:
            options[name] = value[1:-1] if value[0] in "\"'" else value
        elif number == 0 and name is None and _LANGUAGE.fullmatch(word):
            language = word
        else:
            unknown.append(name or option[0])
    return language, options, unknown


def _lines(text: str, most: int) -> frozenset[int] | None:
    """The lines that `1 3-5` names; None when one of them does not exist."""
    ranges: list[tuple[int, int]] = []
    for part in re.split(r"[\s,]+", text.strip()):
        match = _RANGE.fullmatch(part)
        if match is None or not 1 <= int(match[1]) <= int(match[2] or match[1]) <= most:
            return None
        ranges.append((int(match[1]), int(match[2] or match[1])))
    found: list[int] = []
    for first, last in sorted(ranges):
        found += range(max(first, found[-1] + 1 if found else 1), last + 1)
    return frozenset(found)


def _first(text: str) -> int | None:
    """The number of the first line: 0 where lines are not numbered, None where the text is no number."""
    word = text.lower()
    if word in ("true", "false"):
        return int(word == "true")
    return (int(text) if re.fullmatch(r"[0-9]{1,6}", text) else 0) or None
