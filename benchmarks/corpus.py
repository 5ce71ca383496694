"""One made-up body of comparisons, grown from a seed, laid out as a project of each generator that is measured.

    python benchmarks/corpus.py 1000 FOLDER --for hugo

The prose is nonsense that parses like prose: its words are drawn from lists below, its punctuation is typewritten, so
that every generator has quotes, dashes and ellipses to set. The same seed gives the same articles to every generator.
Two things differ in the front matter: the peers are told their five related articles and who wins a row of numbers,
Tiebreak works out both.
"""

import argparse
import json
import random
import re
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
GENERATORS = ("tiebreak", "hugo", "eleventy", "pelican", "mkdocs")
PEERS = Path(__file__).resolve().parent / "peers"
ROWS, SECTIONS, RELATED = 8, 6, 5
SITE = {
    "title": "Picks of a thousand hands",
    "base_url": "https://example.org/",
    "description": "Comparisons that nobody wrote, for measuring those who would publish them.",
    "author": "Nobody",
}
# Where each generator looks for articles and for what is known of subjects, relative to its project.
ARTICLES = {
    "tiebreak": "content/compare",
    "hugo": "content/compare",
    "eleventy": "content/compare",
    "pelican": "content/compare",
    "mkdocs": "docs/compare",
}
SUBJECTS = {
    "tiebreak": "content/subjects",
    "hugo": "data/subjects",
    "eleventy": "subjects",
    "pelican": "subjects",
    "mkdocs": "subjects",
}

# --- words ------------------------------------------------------------------------------------------------------------


def _listed(text: str) -> list[str]:
    return [word.strip() for word in text.split(",")]


CATEGORIES = _listed(
    "Build tools, Caches, Charting, Command lines, Containers, Databases, Editors, Formatters, Linters, "
    "Message queues, Migrations, Observability, Parsers, Schedulers, Search engines, Serialisation, Site generators, "
    "Storage, Testing, Web servers"
)
TAGS = _listed(
    "accessibility, api, archive, async, audio, backup, batch, beginner, binary, browser, c, caching, cloud, compiler, "
    "concurrency, config, css, csv, desktop, docs, embedded, encryption, files, fonts, forms, geo, go, graphics, "
    "hardware, html, images, java, javascript, json, kotlin, kubernetes, licence, linux, logging, macos, markdown, "
    "memory, mobile, network, offline, parsing, pdf, performance, plugins, privacy, python, regex, rust, security, "
    "speed, sql, streaming, templates, terminal, typing"
)
_WORDS = {
    "one": _listed(
        "scheduler, cache, parser, release, upgrade, default, manual, queue, index, migration, plugin, test suite, "
        "log, benchmark, configuration, command line, dashboard, lock file, type checker, first hour, second year, "
        "error message, build, roadmap, licence, community, installer, network layer, storage engine, query planner, "
        "rollback, deployment, data model"
    ),
    "many": _listed(
        "releases, plugins, migrations, defaults, error messages, benchmarks, dashboards, examples, teams, "
        "maintainers, queries, edge cases, retries, timeouts, workers, snapshots, templates, permissions, "
        "backups, imports, tickets, pull requests"
    ),
    "how": _listed(
        "quiet, blunt, careful, patient, small, predictable, surprising, honest, slow, brisk, plain, stubborn, "
        "forgiving, thorough, expensive, cheap, modest, tidy, loud, brittle, sturdy, generous, strict, old-fashioned, "
        "well-worn, half-finished"
    ),
    "does": _listed(
        "explains, hides, shortens, survives, repeats, delays, rewards, punishes, simplifies, outlives, postpones, "
        "replaces, carries, tolerates, ignores, remembers, forgets, measures, reveals"
    ),
    "do": _listed(
        "explain, hide, shorten, survive, repeat, delay, reward, simplify, outlive, postpone, replace, carry, "
        "tolerate, ignore, remember, measure, reveal, rename, undo, rehearse"
    ),
    "who": _listed(
        "A reviewer, One operator, The team, A newcomer, Your successor, The night shift, An auditor, A maintainer, "
        "Whoever pays the bill, A careful reader, The person on call, A student"
    ),
    "when": _listed(
        "on a Friday evening, after a year, in the first week, under load, on a small machine, "
        "at three in the morning, before lunch, once a quarter, in production, on somebody's laptop, "
        "during an upgrade, when nobody is looking"
    ),
    "count": _listed("two, three, four, five, seven, nine, a dozen, twenty, forty, a hundred, several"),
    "adverb": _listed(
        "mostly, rarely, always, seldom, quietly, usually, sometimes, openly, gladly, barely, nearly always"
    ),
    "code": _listed(
        "--dry-run, max_retries = 3, config.toml, import core, status(), make check, 0.4.2, POST /jobs, timeout, null, "
        "--no-cache, worker.py, SIGTERM, /var/lib, retry(5), True, utf-8, PATH, on_error, index.lock"
    ),
    "place": _listed("manual, changelog, survey, post, talk, specification, report, guide, thread"),
    "page": _listed("limits, faq, upgrade-notes, design, roadmap, benchmarks, tuning, internals, history, support"),
}
_SENTENCES = (
    "{who} who has run both {when} will tell you that the {one} matters more than the {one}.",
    "{A} {does} the {one}; {B} {does} the {many}.",
    "It isn't the {one} that {does} your {many}, it's the {one}.",
    "The {many} of {B} are {how}, and that's {adverb} what you want {when}.",
    "{A}'s {one} is {how} -- not {how}, just {how}.",
    "You won't notice the difference {when}, but {count} {many} later you will.",
    "In our own trial, {count} of {n} {many} had to be done twice.",
    'Somebody once called {B} "the {how} one", and the name has stuck.',
    '{who} asked us: "Why does the {one} {do} so little?"',
    "There's no {how} way to {do} a {one} with {A}, and its manual doesn't pretend there is.",
    "Set `{code}` and the {one} {does} everything that follows.",
    "The {one} stays *{how}* for as long as nobody touches the {many}.",
    "What **{B}** lacks is a {how} {one}.",
    "The [{place}](https://example.org/{page}/{n}) says so in plain words, and it's right.",
    "According to a {how} [{place} of {n} teams](https://example.com/{page}#part-{n}), the {many} come first.",
    "Between the two, {A} {does} {adverb}, and {B} only {when}.",
    "If your {many} are {how}, neither will help: the {one} is yours to {do}.",
    "That's the trade: a {how} {one} against {count} {how} {many}.",
    "{who} can {do} the {one} without a meeting, which is worth {n} minutes {when}.",
    "We tried it with {n} {many} and a {how} {one}; nothing broke... at first.",
    "Call it taste, but a {one} that {does} the {many} shouldn't be {how}.",
    "By version {v}, the {many} had become {how} enough for the rest of us.",
    "They don't agree on `{code}`, and they {adverb} agree on `{code}`.",
    "The {many} didn't {do} {when} --- they never had to.",
    "A {how} {one} is one thing, a {how} {one} that {does} its {many} is quite another.",
    "Between {n} and {m} {many}, {A} keeps its pace while {B} begins to {do} the {one}.",
    "{B} wants a {one} for every {one}, and {adverb} gets it.",
    "You'll {do} the {many} anyway; the question is whether you do it {when}.",
    "Most of it comes down to *who* is asked to {do} the {one}.",
    "Nothing in {A} {does} the {one} as thoroughly as its own {many}.",
    "For {count} {many} we couldn't tell them apart, and we've looked.",
    "It's {how}, it's {how}, and it {adverb} {does} the {one}.",
)
_HEADINGS = (
    "What the {one} costs",
    "Where {A} is {how}",
    "Where {B} is {how}",
    "The {how} {one}",
    "{A}, {B} and the {one}",
    "Why {many} don't settle it",
    "A word on {many}",
    "Living with the {one} {when}",
    "How {B} treats its {many}",
    "Who has to {do} the {many}",
    "The {one}, {when}",
    'When "{how}" means {how}',
)
_ITEMS = (
    "A {how} {one} that {does} the {many}",
    "No {many} {when}, and no `{code}`",
    "{who}, who has to *{do}* the {one}",
    "`{code}` in place of a {one}",
    "{n} {many}, {adverb} {how}",
    "The {one}: {how}, then {how}",
)
_FACTORS = (
    "{One}",
    "{One} and {one}",
    "{How} {many}",
    "{Many}",
    "Cost of a {one}",
    "{Many} {when}",
    "{How} {one}",
    "Support for {many}",
    "Its {one}",
)
_CELLS = (
    "{How} {one}",
    "{Many} only",
    "Through a {one}",
    "{How}",
    "{How}, {adverb}",
    "One {one} in {count}",
    "From version {v}",
    "Built in",
    "A plugin",
    "By hand",
    "{Count} {many}",
)
_STATES, _RANKS = ("yes", "no", "partial"), ("yes", "partial", "no")  # as drawn; the better first
_UNITS = ("ms", "MB", "s", "kB", "files")
_WHY = (
    "Its {one} {does} the {many} and its {one} doesn't. Take the other when the {one} is *{how}*.",
    "The {many} are {how}, the {one} is {how}, and `{code}` is all it asks for. It's the {how} choice.",
    "You'll {do} fewer {many}, and a {how} {one} {does} the rest.",
)
_VERDICTS = (
    "You want a {how} {one} and can live with {how} {many}.",
    "Your {many} are *{how}* and you'd rather {do} the {one} than wait {when}.",
    "You have {count} {many}, a {how} {one} and nobody to {do} them {when}.",
    "You already {do} your {one} with `{code}` and it hasn't failed {when}.",
)
_CODE = {
    "python": 'from {a} import connect\n\nwith connect("{b}", retries={n}) as link:\n'
    "    for job in link.jobs():  # {how} {many}\n        print(job.name, job.done or {m})\n",
    "bash": '#!/bin/sh\nset -eu\n{a} --jobs {n} --output build/ "$1"\n'
    "{b} check build/ || echo 'not {how}'  # {when}\n",
    "javascript": 'import {{ open }} from "{a}";\n\nexport async function run(limit = {n}) {{\n'
    "  const {b} = await open({{ limit }});\n  return {b}.items.filter((one) => one.age > {m});\n}}\n",
    "yaml": "{a}:\n  workers: {n}\n  mode: {how}\n{b}:\n  enabled: true  # {adverb}\n  hosts: [one, two]\n",
    "json": '{{"name": "{a}", "limit": {n}, "peers": ["{b}"], "strict": true, "ratio": 0.{m}}}\n',
}
_STARTS = _listed(
    "Al, Bar, Cor, Del, Ev, Fen, Gar, Hol, Is, Jun, Kel, Lor, Mar, Nov, Or, Pel, Quil, Ros, Sel, Tam, Ul, Ver, Wil, "
    "Xan, Yar, Zel"
)
_MIDDLES = _listed(", , a, e, i, o, u, an, el, in, or, us, ber, den, fal, gon, mir, tol")
_ENDS = _listed(
    "base, bit, core, deck, fold, gate, hive, jar, kit, lane, mesh, nest, pad, rack, span, tide, vale, wick, yard, zone"
)
_SLOT = re.compile(r"\{(\w+)\}")
_BEFORE_VOWEL = re.compile(r"\b([Aa]) (?=[AEIOaeio]|[Uu]pg|[Hh]on)")


class Voice:
    """Fills patterns with words drawn at random, and with what is fixed for one article: {A}, {B}, {a}, {b}."""

    def __init__(self, seed: str, **fixed: str) -> None:
        self.random = random.Random(seed)
        self._fixed = fixed

    def pick(self, options: Sequence[T]) -> T:
        """One of the options; `random.choice` at a third of its cost."""
        return options[int(self.random.random() * len(options))]

    def number(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        return low + int(self.random.random() * (high - low + 1))

    def say(self, pattern: str) -> str:
        """The pattern with each slot filled; a slot with a capital ({One}) fills in a capitalised word."""
        return _BEFORE_VOWEL.sub(r"\1n ", _SLOT.sub(self._fill, pattern))

    def one_of(self, patterns: Sequence[str]) -> str:
        """One of the patterns, filled."""
        return self.say(self.pick(patterns))

    def some(self, patterns: Sequence[str], count: int) -> list[str]:
        """`count` texts, each of another pattern."""
        chosen: dict[str, None] = {}
        while len(chosen) < count:
            chosen[self.pick(patterns)] = None
        return [self.say(pattern) for pattern in chosen]

    def _fill(self, slot: re.Match[str]) -> str:
        name = slot[1]
        if name in self._fixed:
            return self._fixed[name]
        if name in _WORDS:
            return self.pick(_WORDS[name])
        if name in _NUMBERS:
            return _NUMBERS[name](self)
        return self.pick(_WORDS[name.lower()]).capitalize()


_NUMBERS: dict[str, Callable[[Voice], str]] = {
    "n": lambda voice: str(voice.number(2, 60)),
    "m": lambda voice: str(voice.number(61, 999)),
    "v": lambda voice: f"{voice.number(0, 9)}.{voice.number(0, 20)}",
}

# --- what there is to write about -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Subject:
    """One of the things compared."""

    id: str
    name: str


@dataclass(frozen=True)
class Topic:
    """What an article is about: all that others must know of it before it is written."""

    slug: str
    title: str
    subjects: tuple[Subject, Subject]
    category: str
    tags: tuple[str, ...]
    published: date
    updated: date


def topics(count: int, seed: int = 1) -> list[Topic]:
    """`count` pairs of subjects, no two alike, about an eighth as many subjects, each with its shelf and its labels."""
    voice = Voice(f"{seed}/topics")
    size = max(count // 8, next(n for n in range(2, count + 3) if n * (n - 1) // 2 >= 2 * count))
    subjects = _subjects(size, voice)
    seen: set[frozenset[str]] = set()
    return [_topic(subjects[place % size], subjects, seen, voice) for place in range(count)]


def _topic(first: Subject, subjects: Sequence[Subject], seen: set[frozenset[str]], voice: Voice) -> Topic:
    second = first
    while second is first or frozenset((first.id, second.id)) in seen:
        if second is not first:  # a subject that has met every other makes way for the next
            first = subjects[voice.number(0, len(subjects) - 1)]
        second = subjects[voice.number(0, len(subjects) - 1)]
    seen.add(frozenset((first.id, second.id)))
    published = date(2022, 1, 1) + timedelta(days=voice.number(0, 1200))
    return Topic(
        slug=f"{first.id}-vs-{second.id}",
        title=f"{first.name} vs {second.name}",
        subjects=(first, second),
        category=voice.pick(CATEGORIES),
        tags=tuple(dict.fromkeys(voice.pick(TAGS) for _ in range(4))),
        published=published,
        updated=published + timedelta(days=voice.number(0, 300)),
    )


def _subjects(count: int, voice: Voice) -> list[Subject]:
    """Names of two or three syllables, no two alike."""
    names: dict[str, None] = {}
    while len(names) < count:
        extra = voice.pick(_MIDDLES) if len(names) > len(_STARTS) * len(_ENDS) else ""
        names[voice.pick(_STARTS) + voice.pick(_MIDDLES) + extra + voice.pick(_ENDS)] = None
    return [Subject(name.lower(), name) for name in names]


def relations(all_topics: Sequence[Topic]) -> list[tuple[Topic, ...]]:
    """Five others for each: those that share a subject, then those on its shelf. Told to the peers, who cannot tell."""
    by_subject: dict[str, list[Topic]] = {}
    by_category: dict[str, list[Topic]] = {}
    for topic in all_topics:
        by_category.setdefault(topic.category, []).append(topic)
        for subject in topic.subjects:
            by_subject.setdefault(subject.id, []).append(topic)
    return [
        tuple(
            other
            for other in dict.fromkeys(
                [
                    *by_subject[topic.subjects[0].id][:4],
                    *by_subject[topic.subjects[1].id][:4],
                    *by_category[topic.category][: RELATED + 1],
                ]
            )
            if other is not topic
        )[:RELATED]
        for topic in all_topics
    ]


# --- the writing ------------------------------------------------------------------------------------------------------


def article(topic: Topic, related: Sequence[Topic], generator: str, seed: int = 1) -> str:
    """The file of one article: YAML front matter and about 700 words of Markdown."""
    first, second = topic.subjects
    voice = Voice(f"{seed}/{topic.slug}", A=first.name, B=second.name, a=first.id, b=second.id)
    front = _front_matter(topic, voice, computes=generator == "tiebreak")
    body = _body(voice)
    return f"---\n{front}{_ADDITIONS[generator](topic, related)}---\n{body}"


def _front_matter(topic: Topic, voice: Voice, *, computes: bool) -> str:
    first, second = (subject.id for subject in topic.subjects)
    rows, weights = _rows(topic, voice, computes=computes)
    pick = first if weights[0] >= weights[1] else second
    pages = [voice.pick(_WORDS["page"]) for _ in range(2)]
    lines = [
        f"title: {_quoted(topic.title)}",
        f"tagline: {_quoted(voice.say('{How} {one} against {how} {many}'))}",
        f"summary: {_quoted(voice.say('For {many} that are {how}, with a {one} that {does} {when}.'))}",
        f"subjects: [{first}, {second}]",
        f"pick: {pick}",
        f"why: {_quoted(voice.one_of(_WHY))}",
        "factors:",
        *rows,
        "verdict:",
        f"  {first}: {_quoted(voice.one_of(_VERDICTS))}",
        f"  {second}: {_quoted(voice.one_of(_VERDICTS))}",
        "sources:",
        f'  one: {{title: "{topic.subjects[0].name}, {pages[0]}", url: "https://example.org/{first}/{pages[0]}"}}',
        f'  two: {{title: "{topic.subjects[1].name}, {pages[1]}", url: "https://example.net/{second}/{pages[1]}"}}',
        f"category: {_quoted(topic.category)}",
        f"tags: [{', '.join(topic.tags)}]",
        f"published: {topic.published}",
        f"updated: {topic.updated}",
    ]
    return "\n".join(lines) + "\n"


def _rows(topic: Topic, voice: Voice, *, computes: bool) -> tuple[list[str], tuple[int, int]]:
    """The lines of the factor table, and the weight that each subject wins. The second and the sixth row cite."""
    first, second = (subject.id for subject in topic.subjects)
    lines: list[str] = []
    won = {first: 0, second: 0, "tie": 0}
    for place, label in enumerate(voice.some(_FACTORS, ROWS)):
        weight = voice.pick((1, 1, 1, 2, 3))
        lines.append(f"  - factor: {_quoted(label)}")
        if weight != 1:
            lines.append(f"    weight: {weight}")
        if place in (3, 7):
            cells, winner, told = _numbers(topic, voice)
            lines += cells
        else:
            winner, told = voice.pick((first, second, first, second, "tie")), True
            cited = (", source: one", ", source: two") if place in (1, 5) else ("", "")
            said = (
                [voice.one_of(_CELLS), voice.one_of(_CELLS)]
                if place % 3
                else [voice.pick(_STATES), voice.pick(_STATES)]
            )
            winner = _not_denied(winner, said, (first, second))
            lines.append("    cells:")
            for id, text, source in zip((first, second), said, cited, strict=True):
                # A state is a word to Tiebreak; other readers of YAML would make `no` a truth value of it.
                plain = text if computes and not place % 3 else _quoted(text)
                lines.append(f"      {id}: {{text: {plain}{source}}}" if source else f"      {id}: {plain}")
        if told or not computes:
            lines.append(f"    wins: {winner}")
        won[winner] += weight
    return lines, (won[first], won[second])


def _not_denied(winner: str, said: Sequence[str], ids: Sequence[str]) -> str:
    """The winner of a row, or whom its cells allow: cells that say the same are a tie, and the better state wins."""
    if said[0] == said[1]:
        return "tie"
    if set(said) <= set(_STATES):
        return min(zip(said, ids, strict=True), key=lambda one: _RANKS.index(one[0]))[1]
    return winner


def _numbers(topic: Topic, voice: Voice) -> tuple[list[str], str, bool]:
    """A row of two numbers, the lower of which wins; Tiebreak sees that for itself."""
    values = [voice.number(2, 500), voice.number(501, 900)]
    if voice.random.random() < 0.5:
        values.reverse()
    first, second = (subject.id for subject in topic.subjects)
    lines = [
        f"    unit: {voice.pick(_UNITS)}",
        "    better: lower",
        "    cells:",
        f"      {first}: {{value: {values[0]}}}",
        f"      {second}: {{value: {values[1]}}}",
    ]
    return lines, first if values[0] < values[1] else second, False


def _body(voice: Voice) -> str:
    """An opening and six sections; a list in the second and the fifth, code in the third and perhaps the sixth."""
    parts = [_paragraph(voice, 4)]
    blocks = {1: _list, 2: _code, 4: _list}
    if voice.random.random() < 0.5:
        blocks[5] = _code
    for place, heading in enumerate(voice.some(_HEADINGS, SECTIONS)):
        parts += [f"## {heading}", _paragraph(voice, voice.number(2, 4))]
        if place in blocks:
            parts.append(blocks[place](voice))
        parts.append(_paragraph(voice, voice.number(3, 4)))
    return "\n\n".join(parts) + "\n"


def _paragraph(voice: Voice, sentences: int) -> str:
    return " ".join(voice.some(_SENTENCES, sentences))


def _list(voice: Voice) -> str:
    mark = voice.pick(("- ", "1. "))
    return "\n".join(mark + voice.one_of(_ITEMS) for _ in range(voice.number(3, 4)))


def _code(voice: Voice) -> str:
    language = voice.pick(tuple(_CODE))
    text = voice.say(_CODE[language].replace("{{", "\0").replace("}}", "\1")).replace("\0", "{").replace("\1", "}")
    return f"```{language}\n{text}```"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


# --- what each generator wants in addition ----------------------------------------------------------------------------


def _nothing(topic: Topic, related: Sequence[Topic]) -> str:
    return ""


def _related(topic: Topic, related: Sequence[Topic]) -> str:
    entries = (f'  - {{title: "{other.title}", path: /compare/{other.slug}/}}' for other in related)
    return "related:\n" + "\n".join(entries) + "\n"


def _with_dates(topic: Topic, related: Sequence[Topic]) -> str:
    """Hugo, Eleventy and Pelican know a page's day as `date`."""
    return f"{_related(topic, related)}date: {topic.published}\n"


def _for_hugo(topic: Topic, related: Sequence[Topic]) -> str:
    """Hugo knows an article's shelf as one of its `categories`."""
    return f"{_with_dates(topic, related)}lastmod: {topic.updated}\ncategories: [{_quoted(topic.category)}]\n"


def _for_pelican(topic: Topic, related: Sequence[Topic]) -> str:
    first, second = (subject.id for subject in topic.subjects)
    return f"{_with_dates(topic, related)}modified: {topic.updated}\nslug: {topic.slug}\nauthors: [{first}, {second}]\n"


_ADDITIONS: dict[str, Callable[[Topic, Sequence[Topic]], str]] = {
    "tiebreak": _nothing,
    "hugo": _for_hugo,
    "eleventy": _with_dates,
    "pelican": _for_pelican,
    "mkdocs": _related,
}


def subject_file(subject: Subject, seed: int = 1) -> str:
    """What is known of a subject, in the keys of Tiebreak's `content/subjects/`."""
    voice = Voice(f"{seed}/{subject.id}")
    lines = [
        f"name: {subject.name}",
        f"kind: {_quoted(voice.say('{How} {one}'))}",
        f"homepage: https://example.org/{subject.id}",
        f"summary: {_quoted(voice.say('A {how} {one} that {does} the {many}.'))}",
        f'version: "{voice.say("{v}")}"',
        "license: MIT",
    ]
    return "\n".join(lines) + "\n"


# --- projects ---------------------------------------------------------------------------------------------------------


def write(count: int, project: Path, generator: str, *, seed: int = 1, plain: bool = False) -> None:
    """Write a project of `count` articles, with the generator's templates; Tiebreak's own plain ones if `plain`."""
    shutil.rmtree(project, ignore_errors=True)
    if generator != "tiebreak" or plain:
        shutil.copytree(PEERS / generator, project)
    all_topics = topics(count, seed)
    if generator == "tiebreak":
        _write(project / "content" / "site.yaml", _site())
    folder = project / ARTICLES[generator]
    folder.mkdir(parents=True, exist_ok=True)
    for topic, related in zip(all_topics, relations(all_topics), strict=True):
        (folder / f"{topic.slug}.md").write_text(article(topic, related, generator, seed), encoding="utf-8")
    known = project / SUBJECTS[generator]
    known.mkdir(parents=True, exist_ok=True)
    for subject in dict.fromkeys(subject for topic in all_topics for subject in topic.subjects):
        (known / f"{subject.id}.yaml").write_text(subject_file(subject, seed), encoding="utf-8")


def _site() -> str:
    author = f"author: {{name: {SITE['author']}}}\n"
    # Winners, advice and sentences are drawn, and agree by chance only.
    chance = (
        "denied-advice",
        "noise-lead",
        "one-row-lead",
        "one-sided",
        "pick-loses",
        "repeated-sentence",
        "wins-nothing",
    )
    author += f"rules: {{{', '.join(f'{code}: off' for code in chance)}}}\n"
    return "".join(f"{key}: {_quoted(SITE[key])}\n" for key in ("title", "base_url", "description")) + author


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


_REVISION = re.compile(r"(?: That was written (\d+) times\.)?\n\Z")


def edit_one(project: Path, generator: str) -> Path:
    """Change a sentence in the body of the article in the middle of the alphabet, each time to another; its file."""
    files = sorted((project / ARTICLES[generator]).glob("*.md"))
    path = files[len(files) // 2]
    text = path.read_text(encoding="utf-8")
    changed = _REVISION.sub(lambda old: f" That was written {int(old[1] or 1) + 1} times.\n", text, count=1)
    path.write_text(changed, encoding="utf-8")
    return path


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Write a project of N made-up articles.")
    parser.add_argument("count", type=int, metavar="N")
    parser.add_argument("folder", type=Path, help="emptied first")
    parser.add_argument("--for", dest="generator", choices=GENERATORS, default="tiebreak")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plain", action="store_true", help="give Tiebreak the plain templates of peers/tiebreak")
    return parser.parse_args(argv)


def main(argv: Sequence[str]) -> None:
    """The command line."""
    given = _arguments(argv)
    if (given.folder / ".git").exists():
        sys.exit(f"{given.folder} is a repository, which would be emptied")
    write(given.count, given.folder, given.generator, seed=given.seed, plain=given.plain)


if __name__ == "__main__":
    main(sys.argv[1:])
