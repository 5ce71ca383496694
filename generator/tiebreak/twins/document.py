"""The page of a comparison as one Markdown file, complete for whoever reads nothing else of it."""

import re
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from tiebreak.markdown import writer
from tiebreak.model import Cell, CellChange, Change, Comparison, Factor, Leaning, Prose, Source, Subject
from tiebreak.pages import Figure, figures, phrases
from tiebreak.twins.argument import argument
from tiebreak.twins.texts import Texts

_NUMBERED = re.compile(r"^ {0,3}\[\d+\]:", re.MULTILINE)  # defines where a number in brackets leads


def document_md(comparison: Comparison, texts: Texts) -> bytes:
    """The bytes of the file: the ruling, the table, the verdict, the argument, the sources."""
    blocks = filter(None, _Document(comparison, texts).blocks())
    return ("\n\n".join(blocks) + "\n").encode()


class _Document:
    """A comparison while it is written down."""

    def __init__(self, comparison: Comparison, texts: Texts) -> None:
        self.comparison, self.texts = comparison, texts
        self.argument = argument(comparison, texts)
        # In brackets, unless the argument defines what such a number means.
        self.mark = "\\[{}\\]" if _NUMBERED.search(self.argument) else "[{}]"

    def blocks(self) -> Iterator[str]:
        """Paragraphs, lists and tables, one below the other."""
        yield f"# {self.text(self.comparison.shown_title)}"
        yield from self.ruling()
        yield from self.table()
        yield from self.verdict()
        yield self.argument
        yield from self.questions()
        yield from self.sources()
        yield from self.history()
        yield from self.around()

    def text(self, text: str) -> str:
        """A text of the author's, in which there may be code between backticks."""
        return writer.name(self.texts.typographic(text))

    def say(self, key: str, **values: object) -> str:
        return self.texts.say_markdown(key, **values)

    def ruling(self) -> Iterator[str]:
        it, texts = self.comparison, self.texts
        yield f"*{self.text(it.tagline)}*" if it.tagline else ""
        yield writer.paragraph(self.text(it.summary))
        picked = self.say("feed.pick", name=it.pick.name) if it.pick else self.say("feed.no-pick")
        close = self.say(f"pick.{it.closeness.value}") if it.closeness else ""
        yield f"**{picked}** *{close}*" if close else f"**{picked}**"
        yield writer.paragraph(texts.markdown(it.why))
        yield self.say("pick.override", text=texts.markup(it.override)) if it.override else ""
        yield self.say("pick.disclosure", text=texts.markup(it.disclosure)) if it.disclosure else ""
        yield " · ".join(self.byline())

    def use(self, subject: Subject, when: Prose) -> str:
        """`**Use Tea if** you want to sleep.`"""
        return self.say("verdict.use", name=self.texts.code(subject.shown), when=self.texts.continued(when))

    def byline(self) -> Iterator[str]:
        it, day = self.comparison, self.texts.day
        if it.updated:
            key = "published-and-updated" if it.updated == it.published else "updated"
            yield self.say(f"byline.{key}", day=day(it.updated))
        if it.published and it.updated != it.published:
            yield self.say("byline.published", day=day(it.published))
        if it.author:
            yield self.say("byline.author", author=self.texts.smart(it.author))
        if it.reviewer:
            yield self.say("byline.reviewer", reviewer=self.texts.smart(it.reviewer))
        if it.checked:
            rows = len(it.bearing)
            some = {"some": it.upheld, "all": rows} if it.upheld < rows else {}
            yield self.say("byline.checked-some" if some else "byline.checked", day=day(it.checked), **some)

    def table(self) -> Iterator[str]:
        it = self.comparison
        yield f"## {self.say('table.title')}"
        heads = [f"{writer.name(it.subjects[place].shown)} {it.measured_on[place]}".rstrip() for place in it.columns]
        lines = [["", *heads], ["---"] * (len(heads) + 1)]
        written = figures(it, self.texts.figure)
        for name, rows in it.groups:
            lines += [[f"*{self.text(name)}*", *[""] * len(heads)]] if name else []
            lines += [[self.label(row), *self.cells(row, written[row.id])] for row in rows]
        yield "\n".join(map(writer.row, lines))
        yield writer.paragraph(self.legend())
        yield from self.below_table()

    def label(self, row: Factor) -> str:
        """A row's label, with all that is said of the whole row."""
        say, remarks = self.say, list[str]()
        remarks += [f"×{row.weight}"] if row.weight != 1 else []
        remarks += [say("table.decisive")] if row.decisive else []
        remarks += [say("legend.tied")] if row.tied else []
        remarks += [say(f"evidence.{row.kind.value}")] if row.kind and row.kind.remarkable else []
        remarks += [say("table.runs", count=row.runs)] if row.runs else []
        said = f" ({say('joined.comma').join(remarks)})" if remarks else ""
        return f"{self.text(row.shown)}{said}{self.marks(row)}"

    def cells(self, row: Factor, written: Sequence[Figure | None]) -> Iterator[str]:
        it = self.comparison
        for place in it.columns:
            cell = row.cells[place]
            said = self.said(cell, row, written[place])
            wins = it.subjects[place].id in row.winners and not row.tied
            more = self.say("joined.semicolon").join(self.remarks(cell, row, place, written[place]))
            yield f"{f'**{said}**' if wins else said}{self.marks(cell, row)}{f'; {more}' if more else ''}"

    def said(self, cell: Cell, row: Factor, figure: Figure | None) -> str:
        """What a cell says first: its number with the row's unit, or its words."""
        if cell.value is not None and figure:
            return writer.escaped(f"{figure.text} {row.unit}".rstrip())
        state = self.texts.state(cell)
        text = self.texts.markdown(cell.text) if cell.text else ""
        if not text or not state or cell.says(state):
            return text or state
        return f"{self.say('table.state', state=state)} {text}"

    def remarks(self, cell: Cell, row: Factor, place: int, figure: Figure | None) -> Iterator[str]:
        """What else it says, in the order of the page."""
        say, texts = self.say, self.texts
        if cell.kind and cell.kind.remarkable and not row.kind:
            yield say(f"evidence.{cell.kind.value}")
        if figure and figure.low:
            yield say("table.spread", low=figure.low, high=figure.high)
        if cell.runs and not row.runs:
            yield say("table.runs", count=cell.runs)
        if cell.value is not None and cell.text:
            yield texts.markdown(cell.text)
        if cell.version and cell.version != self.comparison.measured_on[place]:
            yield say("table.version", version=cell.version)
        if cell.stale and cell.checked:
            yield say("table.stale", day=texts.day(cell.checked))
        if cell.quote and not cell.sources:
            yield writer.escaped(f"“{texts.smart(cell.quote)}”")

    def marks(self, citing: Cell | Factor, beside: Factor | None = None) -> str:
        return "".join(f" {self.mark.format(number)}" for number in self.comparison.marks(citing, beside))

    def legend(self) -> str:
        it, say = self.comparison, self.say
        bold = say("legend.bold")
        said = [f"**{bold}**: {say('legend.wins')}"]
        said += [say("legend.weight")] if any(row.weight != 1 for row in it.factors) else []
        said += [f"{say(f'evidence.{kind.value}')}: {say(f'evidence.{kind.value}-means')}" for kind in it.kinds]
        said += [say("legend.stale")] if it.has_stale else []
        said += [f"{self.mark.format(1)}: {say('sources.title')}"] if it.sources else []
        return " · ".join(said)

    def below_table(self) -> Iterator[str]:
        it, texts = self.comparison, self.texts
        yield "\n".join(self.notes())
        if said := phrases.describe_flips(texts.messages, it):
            yield self.say("flips.flips", said=texts.smart(said))
        if it.left_out:
            yield f"**{self.say('table.left-out')}**"
            yield "\n".join(f"- {self.way(one.name, one.path)}: {texts.markdown(one.why)}" for one in it.left_out)

    def notes(self) -> Iterator[str]:
        """What each row means, and why it is decided as it is."""
        for row in (row for _, rows in self.comparison.groups for row in rows):
            said = self.texts.markdown(row.note) if row.note else ""
            why = self.say("table.override", why=self.texts.markup(row.override)) if row.override else ""
            if said or why:
                yield f"- **{self.text(row.shown)}**: {f'{said} {why}'.strip()}"

    def way(self, name: str, path: str | None) -> str:
        """A name that leads on, where it does."""
        text = self.text(name)
        return writer.link(text, self.texts.settings.absolute(path)) if path else text

    def verdict(self) -> Iterator[str]:
        it, texts = self.comparison, self.texts
        yield f"## {self.say('verdict.title')}"
        lines = [self.use(subject, when) for subject, when in it.advice]
        lines += [writer.escaped(texts.smart(said)) for said in phrases.describe_decisive(texts.messages, it)]
        for third in it.consider:
            named = Markup(texts.anchor(third.name, third.path))  # noqa: S704 -- escaped
            lines.append(self.say("verdict.consider", name=named, when=texts.continued(third.when)))
        yield "\n".join(f"- {line}" for line in lines)

    def questions(self) -> Iterator[str]:
        if self.comparison.faq:
            yield f"## {self.say('faq.title')}"
        for one in self.comparison.faq:
            yield f"### {self.text(one.question)}"
            yield writer.paragraph(self.texts.markdown(one.answer))

    def sources(self) -> Iterator[str]:
        it = self.comparison
        if it.sources:
            yield f"## {self.say('sources.title')}"
            yield "\n".join(self.source(number, source) for number, source in enumerate(it.sources, 1))
            marks = {"alive": "○", "found": "◇", "confirmed": "✓"}
            means = [f"{marks[name]} {self.say(f'sources.{name}-means')}" for name in it.assurances]
            yield " · ".join([*means, *([self.say("sources.not-asked")] if it.assurances == ("confirmed",) else [])])

    def source(self, number: int, source: Source) -> str:
        """A source as an item of a list, with what rests on it."""
        say, texts = self.say, self.texts
        title = writer.link(writer.escaped(texts.smart(source.title)), texts.settings.absolute(source.url))
        host = source.host or say("sources.this-site")
        said = say("sources.read", host=host, day=texts.day(source.accessed)) if source.accessed else host
        if source.alive:
            said += f"{say('joined.comma')}○ {say('sources.alive', day=texts.day(source.alive))}"
        rows = say("joined.comma").join(map(self.leaning, self.comparison.leaning_on(source)))
        quotes = "".join(f" “{writer.escaped(texts.smart(quote))}”" for quote in self.comparison.quotes(source))
        return f"{number}. {title}: {said}{say('joined.semicolon') + rows if rows else ''}.{quotes}"

    def leaning(self, row: Leaning) -> str:
        """`Speed ◇ ✓ 2 April 2026 Ada`"""
        marks = [" ◇"] if row.found else []
        if row.confirmed:
            day = "" if row.confirmed == row.source.accessed else f" {self.texts.day(row.confirmed)}"
            marks += [f" ✓{day}", *(f" {writer.escaped(one)}" for one in row.by)]
        return f"{writer.escaped(self.texts.smart(row.factor.label))}{''.join(marks)}"

    def history(self) -> Iterator[str]:
        it = self.comparison
        if it.changes:
            yield f"## {self.say('history.corrected' if it.corrections else 'history.title')}"
            yield "\n".join(f"- {self.texts.day(one.date)}: {self.changed(one)}" for one in it.changes)

    def changed(self, change: Change | CellChange) -> str:
        key, values = phrases.of_change(change, self.texts.smart)
        return self.say(key, **values).rstrip()

    def around(self) -> Iterator[str]:
        """Where the same is to be had."""
        settings, path = self.texts.settings, self.comparison.path
        yield "---"
        page = writer.link(writer.escaped(self.texts.smart(settings.title)), settings.absolute(path))
        files = {"JSON": "index.json", "CSV": "table.csv"}
        yield " · ".join([page, *(writer.link(name, settings.absolute(path + file)) for name, file in files.items())])
