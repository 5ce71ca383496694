"""What stands in a text to no effect: notes and links without a definition, another tool's commands, raw HTML."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence

from tiebreak.markdown.code_spans import without_spans
from tiebreak.markdown.tables import RULE, cells
from tiebreak.problems import Remark

_APART = re.compile(r"\n[ \t]*(?=\n)")
_POSITION = re.compile(r'<(pre|table) data-sourcepos="([0-9]+):[0-9]+-([0-9]+):')
_DEFINITION = re.compile(r"^[ >]*(?:[-*+][ ]+)?\[(\^?[^\[\]\n]{1,500})\]:", re.MULTILINE)
_REFERENCE = re.compile(r"(?<![\w\]\\)])!?\[([^\[\]\n]{1,500})\]\[([^\[\]\n]{0,500})\]")
_NOTE = re.compile(r"(?<!\\)\[(\^[^\[\]\s]{1,500})\](?!\()")
_TAG = re.compile(r"<(?:/?([a-zA-Z][\w.:-]*)(?:[ \t\n][^<>]*)?/?|!--[^<>]*--|[!?][^<>]*)>")
_COMMAND = re.compile(
    r"""\{\{[<%](?:[^\n]{0,80}?[>%]\}\}|[^\n]{0,80})|\{%(?:[^\n]{0,80}?%\}|[^\n]{0,80})
    |^[ >]*(?:(?:!!!|\?\?\?\+?)[ ]"?[a-z][^\n]{0,80}|===[!+]?[ ]"[^\n]{1,80}|:::+[ ]*\{?\.?[a-z][^\n]{0,80})""",
    re.MULTILINE | re.VERBOSE,
)
_IMPORT = re.compile(
    r"""^(?:import\s[^\n]{0,200}?\sfrom|import|export\s\*\sfrom)\s["'][^"'\n]+["'];?[ \t]*$""", re.MULTILINE
)
_EMOJI = re.compile(r":(?<![\w:/\\]:)(?:[a-z][a-z0-9_+-]{0,40}|[+-]1):(?![\w:/])")
# As GitHub finds them: no blank inside, no letter or digit outside, so that `$5 and $6` is none.
_FORMULA = re.compile(
    r"""
    (?<![^\s(\[{"'|*>:-])
    (?: \$\$\s*[^$\s][^$]{0,2000}\$\$ | \$(?=[^\s$])[^$\n]{0,500}(?<=[^\s$\\])\$ )
    (?![\w$])
    """,
    re.VERBOSE,
)
_SPACED = re.compile(
    r"""
    (?<!\\) (!?\[[^\[\]\n]{0,500}\])
    \( ([^\s()<>"'][^()<>"'\n]{0,500} \.[A-Za-z0-9]{1,7} (?:\#[^\s()<>]{1,200})?) ([ ]+"[^"\n]*")? \)
    """,
    re.VERBOSE,
)
_IN_ADDRESS = re.compile(r"\]\([^()\n]* ")
SIGNS = ("emoji", "formula")  # topics of remarks beside which the rest of a line is still read
_KEY = re.compile(r"[A-Za-z_][\w-]*:(\s|$)")
_LONGEST_FRONT = 200  # lines


def find(text: str, markup: str, *, allow_html: bool = False) -> list[Remark]:
    """Remarks on a text, each with its line; `markup` is what a code host makes of it without raw HTML. Nothing in code
    counts. Takes time in proportion to the text.
    """
    clear, line = without_code(text, markup), _Lines(text)
    return [
        *_pasted_front_matter(text),
        *_definitions(clear, text, line),
        *_commands(clear, line),
        *_signs(clear, line),
        *_spaced(clear, line),
        *([] if allow_html else _raw_html(clear, line)),
        *_wide_rows(text, markup),
    ]


def without_code(text: str, markup: str) -> str:
    """The same text, as long as it was, with blanks in the place of code; `markup` is what a code host makes of it."""
    lines = text.split("\n")
    for kind, first, last in _POSITION.findall(markup):
        if kind == "pre":
            for number in range(int(first) - 1, min(int(last), len(lines))):
                lines[number] = " " * len(lines[number])
    found, start, joined = list[str](), 0, "\n".join(lines)
    for end in (*(gap.start() for gap in _APART.finditer(joined)), len(joined)):
        found.append(without_spans(joined[start:end]))
        start = end
    return "".join(found)


def _matches(pattern: re.Pattern[str], text: str, *signs: str) -> Iterator[re.Match[str]]:
    """Every match of a pattern that finds nothing where none of the signs stands, which is quicker to tell."""
    return pattern.finditer(text) if any(sign in text for sign in signs) else iter(())


class _Lines:
    """Finds the line of a place in a text."""

    def __init__(self, text: str) -> None:
        self._ends = [end.start() for end in re.finditer("\n", text)]

    def __call__(self, place: int) -> int:
        return bisect_left(self._ends, place) + 1


def front_matter_lines(text: str) -> range:
    """The lines of front matter that a body begins with, from 1."""
    lines = text.split("\n")
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if lines[start].rstrip() != "---":
        return range(0)
    front = lines[start + 1 : start + _LONGEST_FRONT]
    end = next((number for number, line in enumerate(front) if line.rstrip() == "---"), None)
    is_front = end and any(map(_KEY.match, front[:end]))
    return range(start + 1, start + end + 3) if end and is_front else range(0)


def _pasted_front_matter(text: str) -> Iterator[Remark]:
    for line in front_matter_lines(text)[:1]:
        message, help = "the text begins with front matter of its own", "keep one of the two, at the top of the file"
        yield Remark("second-front-matter", message, help, line, "---")


def _definitions(clear: str, text: str, line: _Lines) -> Iterator[Remark]:
    first, twice = dict[str, re.Match[str]](), list[re.Match[str]]()
    found = list(_matches(_DEFINITION, clear, "]:"))
    for definition in found:
        same = first.setdefault(_label(text[slice(*definition.span(1))]), definition)
        if same is not definition and _rest(text, same) != _rest(text, definition):
            twice.append(definition)
    for definition in twice:
        what = "note" if definition[1].startswith("^") else "link"
        message = f'the {what} "{definition[1]}" is defined twice, and only one of them counts'
        help, needle = "delete one, or give it another name", f"[{definition[1]}]:"
        yield Remark("defined-twice", message, help, line(definition.start(1)), needle)
    places = {definition.start(1) for definition in found}
    cited = {_label(note[1]) for note in _matches(_NOTE, clear, "[^") if note.start(1) not in places}
    for label, definition in first.items():
        if label.startswith("^") and label not in cited:
            message = f'no text refers to the note "{definition[1]}"'
            help, needle = f"write [{definition[1]}] where it belongs, or delete it", f"[{definition[1]}]:"
            yield Remark("unused-note", message, help, line(definition.start(1)), needle)
    yield from _undefined(clear, text, line, first.keys(), places)


def _undefined(
    clear: str, text: str, line: _Lines, defined: Collection[str], places: Collection[int]
) -> Iterator[Remark]:
    for found in _matches(_REFERENCE, clear, "]["):
        label = text[slice(*found.span(2 if found[2] else 1))]
        if _label(label) not in defined and not (found[1].startswith("^") or label.startswith("^")):
            message, help = f'no line defines the link "{label}"', f"add the line [{label}]: and its address"
            yield Remark("undefined-reference", message, help, line(found.start()), found[0])
    for found in _matches(_NOTE, clear, "[^"):
        if found.start(1) not in places and _label(found[1]) not in defined:
            message, help = f'no line defines the note "{found[1]}"', f"add the line [{found[1]}]: and the note"
            yield Remark("undefined-reference", message, help, line(found.start()), found[0])


def _rest(text: str, definition: re.Match[str]) -> str:
    """What a definition says."""
    end = text.find("\n", definition.end())
    return text[definition.end() : len(text) if end < 0 else end].strip()


def _label(label: str) -> str:
    return " ".join(label.split()).casefold()


def _commands(text: str, line: _Lines) -> Iterator[Remark]:
    told = set[int]()
    commands = _matches(_COMMAND, text, "{{", "{%", "!!! ", "???", "===", ":::")
    imports = _matches(_IMPORT, text, "import", "export")
    for found in sorted((*commands, *imports), key=lambda one: one.start()):
        if (number := line(found.start())) not in told:
            told.add(number)
            name = found[0].strip(" >\n").rstrip("; ")
            message, topic = f"{name} is another tool's command, shown as text here", " ".join(name.split()[:2])
            yield Remark("left-over", message, "write in Markdown what it stood for", number, found[0], topic)


def _signs(text: str, line: _Lines) -> Iterator[Remark]:
    """What GitHub makes emoji and formulas of."""
    told = set[int]()
    for found in _EMOJI.finditer(text):
        if (number := line(found.start())) not in told:
            told.add(number)
            help = "put the sign itself in its place, or backticks around it"
            message = f"{found[0]} is the name of a sign, shown as it is written here"
            yield Remark("left-over", message, help, number, found[0], SIGNS[0])
    for found in _matches(_FORMULA, text, "$"):
        shown = _shortened(found[0])
        message = f"{shown} is a formula on GitHub, shown as it is written here"
        help = "write it in words, as code or as an image; or \\$ where money is meant"
        needle = found[0].partition("\n")[0]
        yield Remark("left-over", message, help, line(found.start()), needle, SIGNS[1])


def _spaced(text: str, line: _Lines) -> Iterator[Remark]:
    """Links and images that are none, because there is a space in the address."""
    for found in _SPACED.finditer(text) if _IN_ADDRESS.search(text) else ():
        label, address, title = found[1], found[2], found[3] or ""
        if " " in address:
            message, help = f'"{address}" has a space in it, so this is no link', f"write {label}(<{address}>{title})"
            yield Remark("no-link", message, help, line(found.start()), found[0])


def _raw_html(text: str, line: _Lines) -> Iterator[Remark]:
    """One for each line with a tag in it, or for a whole block of HTML."""
    end = 0
    gaps = [gap.start() for gap in _APART.finditer(text)]
    for found in _TAG.finditer(text):
        before = text[max(0, found.start() - 3) : found.start()]
        if found.start() < end or before[-1:] == "\\" or before[-2:] == "](" or before == "]: ":
            continue
        name = found[1] or found[0][:2]
        if name[0].isupper() and before[-1:].isalnum():
            continue  # List<String>
        end = _end(text, gaps, found)
        shown = _shortened(found[0])
        needle = found[0].partition("\n")[0]
        if name[0].isupper():
            message, help = f"{shown} is another tool's component, shown as text here", "write it in Markdown"
            yield Remark("left-over", message, help, line(found.start()), needle, name)
        else:
            message = f"{shown} is shown as text"
            help = "write Markdown; or set `allow_html: true` in site.yaml; or put it in backticks to show it"
            yield Remark("raw-html", message, help, line(found.start()), needle, name)


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) < 60 else f"{words[:50]}…"


def _end(text: str, gaps: Sequence[int], tag: re.Match[str]) -> int:
    """Where the line of a tag ends, or the block of HTML that begins with it."""
    if text[text.rfind("\n", 0, tag.start()) + 1 : tag.start()].strip():
        end = text.find("\n", tag.end())
        return end if end >= 0 else len(text)
    number = bisect_left(gaps, tag.start())
    return gaps[number] if number < len(gaps) else len(text)


def _wide_rows(text: str, markup: str) -> Iterator[Remark]:
    """A bar parts cells in code as well, and the line below the head has as many columns as the table."""
    lines = text.split("\n")
    for kind, first, last in _POSITION.findall(markup):
        if kind != "table":
            continue
        end = min(int(last), len(lines))
        # The text that a table stands right under counts as a part of it.
        ruled = next((number for number in range(int(first) + 1, end + 1) if _is_rule(lines[number - 1])), end)
        columns = _count(lines[ruled - 1])
        for number in range(ruled + 1, end + 1):
            count = _count(lines[number - 1])
            if count > columns:
                message = f"this row has {count} cells and its table {columns} columns: the rest is not shown"
                help = "write \\| for a sign that is no border, or give the table another column"
                yield Remark("wide-row", message, help, number, lines[number - 1].strip())


def _is_rule(line: str) -> bool:
    """Whether a line is what stands below the head of a table, be it in a quotation."""
    return RULE.fullmatch(line.expandtabs(4).lstrip(" >")) is not None


def _count(row: str) -> int:
    """The cells of a row, be it in a quotation."""
    return len(cells(row.strip(" \t>")))
