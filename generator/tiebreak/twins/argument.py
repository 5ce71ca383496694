"""The argument of a comparison in its author's Markdown, with facts, absolute links, and charts as tables."""

import re
from collections.abc import Callable, Iterator, Sequence

from tiebreak.markdown import charts, code_lines, without_spans, writer
from tiebreak.model import Chart, ChartedProse, ChartKind, Comparison, Measure, Number, Point, Precision
from tiebreak.twins.texts import Texts

_APART = re.compile(r"\n[ \t]*\n")
# A link, from the end of its text; its address, where its label is defined; a fact; what would begin raw HTML; an
# address in that. Each begins with one of few signs, so that a search can leap from one to the next.
_PLACES = re.compile(
    r"""
    \](?: \([ \t]*(?:<(?P<angled>[^<>\n]*)>|(?P<inline>[^\s<>()]+(?:\([^\s()]*\)[^\s()]*)*))
      | :[ \t]*(?:<(?P<angled_label>[^<>\n]*)>|(?P<label>\S+)) )
    | (?P<fact>\{fact:[^{}<>\n]{1,200}\})
    | (?P<tag><)(?=[a-zA-Z/!?])(?!(?:https?|mailto):|[\w.+-]+@)
    | =["'](?P<attribute>[^"'\n]*)["']
    """,
    re.VERBOSE,
)
_ADDRESSES = ("angled", "inline", "angled_label", "label", "attribute")
_DEFINED = re.compile(r" {0,3}\[[^\]\n]+")  # the line before the end of a label


def argument(comparison: Comparison, texts: Texts) -> str:
    """The body, from its first line to its last."""
    written = comparison.written
    text = written.text.strip("\n")
    links = {raw: texts.settings.absolute(url) for raw, url in written.links}
    facts = {name: texts.markdown(prose) for name, prose in written.facts}
    is_html = texts.settings.allow_html

    def filled(place: re.Match[str], said: str) -> str:
        if place["fact"]:
            return facts.get(place["fact"], place["fact"])
        if place["tag"]:
            return "<" if is_html else "\\<"
        kind = next(kind for kind in _ADDRESSES if place[kind] is not None)
        line = place.string[place.string.rfind("\n", 0, place.start()) + 1 : place.start()]
        if place[kind] not in links or (kind.endswith("label") and not _DEFINED.fullmatch(line)):
            return said
        start, end = place.start(kind) - place.start(), place.end(kind) - place.start()
        return f"{said[:start]}{links[place[kind]]}{said[end:]}"

    text = _outside_code(text, filled)
    body = comparison.body
    return _with_charts(text, body.charts, texts) if isinstance(body, ChartedProse) else text


def _outside_code(text: str, filled: Callable[[re.Match[str], str], str]) -> str:
    """The text with what `filled` makes of each place that is not code, and of what stands there."""
    masked, pieces, done = _masked(text), list[str](), 0
    for place in _PLACES.finditer(masked):
        pieces += [text[done : place.start()], filled(place, text[place.start() : place.end()])]
        done = place.end()
    return "".join([*pieces, text[done:]])


def _masked(text: str) -> str:
    """The same, sign for sign, with blanks in the place of code."""
    if "`" not in text and "~~~" not in text:
        return text
    fenced = code_lines(text)
    lines = text.split("\n")
    prose = "\n".join(" " * len(line) if number in fenced else line for number, line in enumerate(lines, 1))
    pieces, start = list[str](), 0
    for gap in _APART.finditer(prose):
        pieces += [without_spans(prose[start : gap.start()]), gap[0]]
        start = gap.end()
    return "".join([*pieces, without_spans(prose[start:])])


def _with_charts(text: str, drawn: Sequence[Chart], texts: Texts) -> str:
    """The text with a table in the place of each block that describes a chart."""
    lines = text.split("\n")
    blocks, _ = charts(text, allow_html=texts.settings.allow_html)
    for block, chart in reversed(list(zip(blocks, drawn, strict=False))):
        lines[block.line - 1 : block.after - 1] = "\n".join(_chart(chart, texts)).split("\n")
    return "\n".join(lines)


def _chart(chart: Chart, texts: Texts) -> Iterator[str]:
    """A chart as the lines of a table, with what stands around it."""
    if chart.title:
        yield f"**{writer.escaped(texts.smart(chart.title))}**\n"
    head, *rows = _table(chart, texts)
    yield writer.row(head)
    yield writer.row(["---"] * len(head))
    yield from map(writer.row, rows)
    source = chart.source and texts.messages.say("chart.source", source=texts.smart(chart.source))
    around = [texts.smart(chart.note), source, texts.day(chart.day) if chart.day else ""]
    said = [writer.escaped(one) for one in around if one]
    if chart.data:
        said.append(writer.link(texts.messages.say("chart.file"), texts.settings.absolute(chart.data)))
    if said:
        yield f"\n{writer.paragraph(' · '.join(said))}"


def _table(chart: Chart, texts: Texts) -> Iterator[list[str]]:
    """The head and the rows of its numbers, as cells in Markdown."""
    say = texts.messages.say
    coarse: dict[Number, Precision] = dict(chart.coarse)

    def said(number: Number | None) -> str:
        return "" if number is None else texts.writing.said(number, coarse.get(number, chart.precision))

    def point(one: Point | None) -> str:
        if one is None:
            return "–"
        spread = "" if one.low is None else f" ({said(one.low)}–{said(one.high)})"
        return f"{said(one.value)}{spread}"

    labels = [writer.escaped(texts.smart(row.label)) for row in chart.rows]
    named = [_named(measure, texts) for measure in chart.measures]
    if chart.kind in (ChartKind.SCATTER, ChartKind.LINES):
        yield ["", named[0] if len(named) > 1 else say("chart.day"), named[-1] or say("chart.value")]
        for label, row in zip(labels, chart.rows, strict=True):
            yield from ([label, said(one.at), point(one)] for one in row.known)
    elif chart.kind is ChartKind.DATES:
        yield ["", say("chart.day")]
        for label, row in zip(labels, chart.rows, strict=True):
            yield from ([label, " – ".join(map(said, dict.fromkeys(one.reach)))] for one in row.known)
    else:
        yield ["", *named]
        yield from ([label, *map(point, row.points)] for label, row in zip(labels, chart.rows, strict=True))


def _named(measure: Measure, texts: Texts) -> str:
    label, unit = texts.smart(measure.label), measure.unit
    return writer.escaped(f"{label} ({unit})" if label and unit else label or unit)
