"""Reads the blocks of a body that describe charts, each as a small file within its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tiebreak import limits
from tiebreak.content import front_matter, validation
from tiebreak.content.chart_schema import ChartEntry
from tiebreak.content.document import Document
from tiebreak.markdown import Code, Dialect, charts
from tiebreak.problems import Problem, Severity, SiteError


@dataclass(frozen=True)
class ChartBlock:
    """A chart as its author describes it. `line` is that of its fence in the body, by which the body's HTML names its
    place; the front matter of the `document` is what stands in the block.
    """

    line: int
    document: Document
    entry: ChartEntry


def blocks(document: Document, body: str, dialect: Dialect) -> tuple[list[ChartBlock], list[Problem]]:
    """What is sound of the charts in a body, and what is wrong with them."""
    found, problems = list[ChartBlock](), list[Problem]()
    fences, strays = charts(body, allow_html=dialect.allow_html)
    for number, fenced in enumerate(fences):
        if wrong := list(_misplaced(document, fenced, number)):
            problems += wrong
            continue
        try:
            own, more = front_matter.parsed(_within(document, fenced))
        except SiteError as error:
            problems += error.problems
            continue
        entry, wrong, _ = validation.validate(own, ChartEntry, dialect.language)
        problems += [*more, *wrong]
        if entry and not wrong:
            found.append(ChartBlock(fenced.line, own, entry))
    return found, [*problems, *(_stray(document, *place) for place in strays)]


def with_text(blocks: Sequence[ChartBlock], text: str) -> list[ChartBlock]:
    """The blocks with the text of their file again, which the cache does not keep."""
    return [replace(block, document=block.document.with_text(text)) for block in blocks]


def _misplaced(document: Document, fenced: Code, number: int) -> Iterator[Problem]:
    """What is wrong with a block whatever stands in it."""
    message = help = ""
    if fenced.before:
        message, help = "a chart stands in a list or a quotation", "let it begin at the very beginning of a line"
    elif fenced.title or fenced.marked or fenced.first is not None:
        message, help = "a chart takes no options behind its name", "write keys and values into the block"
    elif number == limits.CHARTS:
        message, help = f"a text may have {limits.CHARTS} charts at most", "show less, or more in one of them"
    if message:
        line = document.body_line + fenced.line
        yield document.problem_at(line, len(fenced.before) + 1, 1, "bad-chart", message, help, Severity.ERROR)


def _stray(document: Document, line: int, column: int) -> Problem:
    """What is wrong with a chart that is text where it stands."""
    message = "a chart is not drawn here, where it is text"
    help = "begin it at the very beginning of a line, outside of notes, definitions, tables and HTML"
    line += document.body_line
    return document.problem_at(line, column, 3, "bad-chart", message, help, Severity.ERROR)


def _within(document: Document, fenced: Code) -> Document:
    """The block as a document: its lines are the front matter."""
    lines = document.text.split("\n")
    first = document.body_line + fenced.line
    start = sum(len(line) + 1 for line in lines[:first])
    end = start + sum(len(line) + 1 for line in lines[first : first + len(fenced.text and fenced.text.split("\n"))])
    return replace(document, front_start=start, front_end=min(end, len(document.text)), data=None)
