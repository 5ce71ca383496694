"""Puts facts into texts that refer to them: `{fact:subject.factor}` becomes what a table says, with its sources."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from html import escape, unescape

from tiebreak import limits
from tiebreak.content import SubjectEntry
from tiebreak.linking.index import Index
from tiebreak.linking.links import BrokenReferenceError, Guess
from tiebreak.linking.numbers import measured
from tiebreak.linking.trace import Trace
from tiebreak.model import FACT, MARK, Cell, CellState, Heading, Link, Prose, is_id, theme_word, token

Complain = Callable[[str, BrokenReferenceError], None]  # of what is written in the text
# What every subject may have, as facts.
NAME, VERSION, LICENSE, HOMEPAGE = "name", "version", "license", "homepage"
_PLACE = re.compile(f'(<a )|(</a>)|<data value="{MARK}{FACT}([^{MARK}]*){MARK}">[^<]*</data>')
_WRITTEN = re.compile(r"\{fact:([^{}<>\n]{1,200})\}")
_NUMBERED = re.compile(f'(?<=="){MARK}([0-9]+){MARK}(?=")')
_ANCHOR = re.compile("</?a(?: [^>]*)?>")


def with_facts(prose: Prose, origin: str, trace: Trace, guess: Guess, complain: Complain) -> Prose:
    """`prose`, which stands in the file `origin`, with the facts that it refers to; what it takes for one and is none
    is complained of, and stays as written.
    """
    if f"{MARK}{FACT}" not in prose.html:
        return prose
    text = _Text(origin, trace, guess, complain, list(prose.links))
    html = _PLACE.sub(text.filled, prose.html)
    return replace(prose, html=html, links=tuple(text.links), headings=text.headings(prose.headings))


@dataclass
class _Text:
    """A text while facts are put into it."""

    origin: str
    trace: Trace
    guess: Guess
    complain: Complain
    links: list[Link]
    said: dict[str, str] = field(default_factory=dict)  # in words, by what is written
    count: int = 0
    in_link: bool = False

    def filled(self, place: re.Match[str]) -> str:
        """What becomes of the beginning or the end of a link, or of a reference to a fact."""
        if place[3] is None:
            self.in_link = place[1] is not None
            return place[0]
        name = unescape(place[3])
        self.count += 1
        try:
            if self.count > limits.FACTS_IN_TEXT:
                message = f"a text may refer to {limits.FACTS_IN_TEXT} facts at most"
                raise BrokenReferenceError("too-long", message, "a table shows more of them")
            html = self._html(name)
        except BrokenReferenceError as error:
            self.complain(written(name), error)
            return escape(written(name), quote=False)
        self.said[written(name)] = Prose(html).text
        return html

    def headings(self, headings: tuple[Heading, ...]) -> tuple[Heading, ...]:
        """Headings that say the facts; their ids stay, whatever these are."""
        return tuple(
            replace(one, text=self._in_words(one.text), children=self.headings(one.children)) for one in headings
        )

    def _in_words(self, text: str) -> str:
        for reference, words in self.said.items():
            text = text.replace(reference, words)
        return text

    def _html(self, name: str) -> str:
        factor = name.rpartition(".")[2]
        cell = find(name, self.origin, self.trace, self.guess)
        unit = (shared.unit or "") if (shared := self.trace.ask(Index.factor, factor)) else ""
        cell = measured(cell, unit, shared.better if shared else None, self.trace.ask(Index.decimal_sign))
        if cell.value is not None:
            html = _with_unit(cell, unit) if unit else escape(cell.value)
        elif cell.text:
            html = self._taken_up(cell.text)
        else:
            state = cell.state or CellState.UNKNOWN
            html = f"<span>{token(theme_word(f'state-{state.name_in_theme}'))}</span>"
        return html + ("" if self.in_link else self._marks(cell))

    def _taken_up(self, text: Prose) -> str:
        """The HTML of a fact's text, with its links among those of this one; without them within a link."""
        if self.in_link:
            return _ANCHOR.sub("", text.html)
        before = len(self.links)
        self.links += text.links
        return _NUMBERED.sub(lambda number: token(before + int(number[1])), text.html)

    def _marks(self, cell: Cell) -> str:
        """What leads to the sources of a fact."""
        marks = []
        for number, source in enumerate(cell.sources, 1):
            self.links.append(Link(source.url))
            word = token(theme_word("source")) if number == 1 else str(number)
            title = escape(source.title)
            href = token(len(self.links) - 1)
            marks.append(f'<a href="{href}" title="{title}">{word}</a>')
        return f'<sup class="fact">[{", ".join(marks)}]</sup>' if marks else ""


def _with_unit(cell: Cell, unit: str) -> str:
    """A number as the table has it, in the signs of the language."""
    return f"<span>{token(theme_word('figure', escape(cell.plain)))}</span>&nbsp;{escape(unit, quote=False)}"


def facts_in(text: str, origin: str, trace: Trace) -> tuple[tuple[str, Prose], ...]:
    """The facts that a Markdown text in the file `origin` refers to, by what is written there. What refers to none
    stays as it is, and `with_facts` has complained of it.
    """
    found = dict.fromkeys(_WRITTEN.findall(text)) if f"{{{FACT}" in text else {}
    shells = {name: Prose(f'<data value="{token(FACT + escape(name))}">{escape(name)}</data>') for name in found}
    return tuple(
        (written(name), with_facts(shell, origin, trace, lambda *_: "", lambda *_: None))
        for name, shell in shells.items()
    )


def own_facts(entry: SubjectEntry) -> dict[str, Cell]:
    """What the file of a subject says of every subject, as facts by factor. They have no source: the file is theirs."""
    texts = {VERSION: entry.version, LICENSE: entry.license}
    found = {id: Cell(text=Prose(escape(text, quote=False))) for id, text in texts.items() if text}
    if entry.homepage:
        host = escape(entry.homepage.partition("://")[2].rstrip("/").removeprefix("www."), quote=False)
        found[HOMEPAGE] = Cell(text=Prose(f'<a href="{token(0)}">{host}</a>', links=(Link(entry.homepage),)))
    return found


def written(name: str) -> str:
    """A reference as it stands in a text."""
    return f"{{fact:{name}}}"


def find(name: str, origin: str, trace: Trace, guess: Guess) -> Cell:
    """The fact called `subject.factor`. Raises BrokenReferenceError where there is none."""
    subject, _, factor = name.partition(".")
    if origin.startswith("content/subjects/"):
        message, help = f"a fact cannot take up another: {written(name)}", "write here what it is"
        raise BrokenReferenceError("unknown-fact", message, help)
    if not is_id(subject) or not is_id(factor):
        help = "write the ids of a subject and a factor, with a full stop between: {fact:pytorch.mobile}"
        raise BrokenReferenceError("unknown-fact", f"{written(name)} names no fact", help)
    found = trace.ask(Index.subject, subject)
    if found is None:
        message = f'{written(name)} names "{subject}", which is not a subject of this site'
        raise BrokenReferenceError("unknown-subject", message, guess(subject, trace.index.registry.candidates))
    if factor == NAME:
        return Cell(text=Prose(escape(found.name, quote=False)))
    fact = trace.ask(Index.fact, found.id, factor)
    if fact is None and not trace.ask(Index.is_unread, file := f"content/subjects/{found.id}.yaml"):
        message = f'{file} has no fact "{factor}"' if found.written else f"{found.name} has no file, and so no facts"
        help = guess(factor, [NAME, *trace.index.facts.get(found.id, ())]) if found.written else f"give it {file}"
        raise BrokenReferenceError("unknown-fact", message, help)
    return fact or Cell(state=CellState.UNKNOWN)
