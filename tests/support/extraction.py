"""What of a comparison is left in the text that another program took out of its page, by the comparison's own data."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tiebreak.model.cell import Cell
from tiebreak.model.comparison import Comparison
from tiebreak.model.table import Factor
from tiebreak.pages.figures import Figure, figures
from tiebreak.pages.locales import figure

# A word, or the mark of a source. A mark that touches what stands before it is none, so that `3.15[8]` is found out.
_TOKEN = re.compile(r"(?<=\s)\[\d+\]|[^\W_]+")
_ESCAPED = re.compile(r"\\([^\w\s])")
_LINK = re.compile(r"\[([^]]*)\]\(<?[^)]*\)")
# What the theme says between two texts of an author: "Wins", a state, a weight, a kind of evidence.
_SAID = r"(?: \S+){0,6}? "


def lost(comparison: Comparison, text: str) -> list[str]:
    """What of the pick, the rows and the verdict does not stand in `text`, in the data's words and the page's order.

    A row stands there when its label, and each cell with the marks of its sources, follow each other in it, with
    little between them. Neither letter case nor punctuation matters, nor the signs of Markdown.
    """
    words = _words(_LINK.sub(r"\1", _ESCAPED.sub(r"\1", text)))
    missing, at = [], 0
    for name, pattern in _expected(comparison):
        found = re.compile(pattern).search(words, at)
        if found:
            at = found.end() - 1  # the space that ends it begins the next
        else:
            missing.append(name)
    return missing


def _words(text: str) -> str:
    return f" {' '.join(_TOKEN.findall(f' {text.lower()}'))} "


def _expected(comparison: Comparison) -> Iterator[tuple[str, str]]:
    """A name and a pattern for each part, in the order of the page."""
    name = comparison.pick.name if comparison.pick else ""
    yield "the pick", _pattern(name, comparison.why.text)
    for group, factors in comparison.groups:
        if group:
            yield f"the group {group}", _pattern(group)
        for factor in factors:
            yield factor.label, _row(comparison, factor)
            if factor.note:
                yield f"the note on {factor.label}", _pattern(factor.note.text)
    for subject, when in comparison.advice:
        yield f"the verdict on {subject.name}", _pattern(subject.name, when.text)


def _row(comparison: Comparison, factor: Factor) -> str:
    numbers = figures(comparison, figure("en"))[factor.id]
    cells = (_cell(comparison, factor, factor.cells[place], numbers[place]) for place in comparison.columns)
    runs = f"{factor.runs} runs" if factor.runs else ""
    label = (factor.label, runs, _marks(comparison.marks(factor)))
    return _pattern(*label, *(text for cell in cells for text in cell))


def _marks(numbers: Iterable[int]) -> str:
    return "".join(f" [{number}]" for number in numbers)


def _cell(comparison: Comparison, factor: Factor, cell: Cell, number: Figure | None) -> Iterator[str]:
    """The answer of a cell with its marks, and what stands below it."""
    marks = _marks(comparison.marks(cell, factor))
    text = cell.text.text if cell.text else ""
    if cell.value is not None and number:
        yield f"{number.text} {factor.unit}{marks}"
        yield f"{number.low} to {number.high}" if number.low else ""
        yield f"{cell.runs} runs" if cell.runs and not factor.runs else ""
        yield text
    else:
        yield (text or (cell.state.value if cell.state else "")) + marks


def _pattern(*texts: str) -> str:
    """A pattern for texts that follow each other with a few words between them."""
    parts = (re.escape(_words(text).strip()) for text in texts)
    return " " + _SAID.join(part for part in parts if part) + " "


AUTHOR = "Author tools"  # the id of this heading is not the name of whoever wrote the page
_SENTENCE = "The cup is warm, the day is long, and whoever drinks slowly keeps a clear head for the afternoon. "


def extremes(folder: Path) -> Path:
    """A project with three comparisons that are hard to read: of many notes, of a long argument, and of awkward names.

    Programs that look for the text of a page add up what looks like sentences; notes or an argument must not make them
    forget the rest. And they leave out what has words of theirs in its class or its id.
    """
    notes = [f"Point {number}" for number in range(40)]
    _write(folder, "tea-vs-coffee", notes, _SENTENCE)
    _write(
        folder, "cocoa-vs-mate", ["Caffeine"], "\n\n".join(f"## Part {part}\n\n{_SENTENCE * 6}" for part in range(80))
    )
    _write(
        folder,
        "milk-vs-water",
        [f"The {word}" for word in _AWKWARD.split()],
        f"## {AUTHOR}\n\n" + f"{_SENTENCE * 6}\n\n" * 8,
    )
    (folder / "content/site.yaml").write_text("title: Drinks\nbase_url: https://example.org/\n")
    return folder


# From the lists of Readability and trafilatura. "share" is not among them: Readability leaves out every element with
# that word in its id, and a row's id is made of its name. The guide says so.
_AWKWARD = """ad author banner breadcrumbs byline comment community contact cookie extra footer header legends login
    masthead media menu meta nav newsletter popup premium promo related reply rss scroll sidebar social sponsor tags
    widget"""


def _write(folder: Path, slug: str, labels: Iterable[str], body: str) -> None:
    """Writes the comparison of two subjects, with a row, a note and two cited values for each label."""
    one, other = slug.split("-vs-")
    rows = "".join(
        f"  - factor: {label}\n    note: {_SENTENCE}\n    cells:\n"
        f"      {one}: {{value: {number}.5, source: 'https://example.org/{number}'}}\n"
        f"      {other}: {{text: Some, source: 'https://example.org/{number}'}}\n"
        for number, label in enumerate(labels)
    )
    path = folder / f"content/compare/{slug}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"---\nsummary: {one} for calm.\nsubjects: [{one}, {other}]\npick: {one}\nwhy: It lets you sleep.\n"
        f"factors:\n{rows}"
        f"verdict:\n  {one}: You want to sleep.\n  {other}: You want to wake.\npublished: 2026-04-02\n---\n{body}\n"
    )
