"""A small project that changes as an author's does: its content as values, and the files that come of them.

Whatever is done to a World, its files make a sound project, because links, pins and the like that lead nowhere are left
out; until somebody is `careless`, or a file is `spoiled`, and nothing has been mended since.
"""

import json
import os
import shutil
import traceback
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from tiebreak.build.pipeline import Options, Report, build
from tiebreak.problems import SiteError

DRINKS = ("tea", "coffee", "mate", "cocoa", "milk", "water")
HEADINGS = ("What it does", "Where it grows", "Who drinks it", "When to stop")
LABELS = ("Taste", "Smell", "Keeps warm", "Stains the table")
# Of one length, so that a file can change and keep its size.
WORDS = ("calm", "loud", "slow", "warm", "cold")
RESULTS = "benchmarks/results/shop.json"
CUPS = "content/pages/cups.csv"
# What charts are drawn from; the facts only while they are numbers.
CHARTS = {
    "a result": f"kind: bars\ntitle: A result\ndata: {RESULTS}",
    "a file": f"kind: dots\ntitle: A file\ndata: {CUPS}",
    "facts": "kind: bars\ntitle: Facts\nfacts: tea.price",
    "a table": "kind: bars\ntitle: A table\n```\n\n| Drink | Cups |\n| --- | --- |\n| Tea | 3 |\n\n```text\nThe end.",
}
DAYS = ("2026-01-05", "2026-02-14", "2026-04-02", "2026-04-03", "2026-11-20")

PLAIN = {
    "base.html": """\
<!doctype html>
<title>{% block title %}{{ meta.title }} - {{ settings.title }}{% endblock %}</title>
<link rel="stylesheet" href="{{ stylesheet|url }}">
<link rel="canonical" href="{{ meta.path|absolute }}">
<nav>{% for item in site.navigation %}<a href="{{ item.path|url }}">{{ item.label }}</a>{% endfor %}</nav>
{% block head %}{% endblock %}
{% block main %}{% endblock %}
<footer>{{ settings.tagline }} {{ settings.language }} {{ accent.light }} {{ version }}</footer>
""",
    "comparison.html": """\
{% extends "base.html" %}
{% block main %}
<h1>{{ comparison.title|smart }}</h1>
<p>{{ comparison.tagline }} {{ comparison.summary }} {{ comparison.author }} {{ comparison.revised|day }}</p>
<p>{{ comparison.pick.name if comparison.pick }}: {{ comparison.why|prose }} {{ balance_said(comparison) }}</p>
{% for subject, when in comparison.advice %}<p>{{ subject.name }} {{ subject.color }}: {{ when|prose }}</p>{% endfor %}
{% for factor in comparison.factors %}
<p>{{ factor.label }} {{ factor.unit }} {{ factor.weight }} {{ factor.winners|join(" ") }}
{% if factor.note %}{{ factor.note|prose }}{% endif %}
{% for cell in factor.cells %}{{ cell.value }} {{ cell.low }} {{ cell.state }}
{% if cell.text %}{{ cell.text|prose }}{% endif %}
{% endfor %}</p>
{% endfor %}
{% for third in comparison.consider %}<p>{{ third.name }} {{ third.path|url if third.path }}</p>{% endfor %}
{% for change in comparison.history %}<p>{{ change.date }} {{ change.was }}</p>{% endfor %}
{{ comparison.body|prose }}
{% for other in related %}<a href="{{ other.comparison.path|url }}">{{ other.comparison.title }}</a>
{{ related_said(other) }}
{% endfor %}
<p>{{ feedback }} {{ comparison.tags|join(" ") }}</p>
{% endblock %}
""",
    "page.html": """\
{% extends "base.html" %}
{% block main %}
<h1>{{ page.title }}</h1>
{% for other in section %}<a href="{{ other.path|url }}">{{ other.title }}</a>{% endfor %}
{{ page.body|prose }}
<p>{{ previous.title if previous }} {{ next.title if next }}</p>
{% endblock %}
""",
    "subject.html": """\
{% extends "base.html" %}
{% block main %}
<h1>{{ subject.name }} {{ subject.summary }} {{ subject.homepage }}</h1>
{% for comparison in comparisons %}<a href="{{ comparison.path|url }}">{{ comparison.title }}</a>{% endfor %}
{% endblock %}
""",
    "hub.html": """\
{% extends "base.html" %}
{% block main %}
<h1>{{ hub.name }}</h1>
{% for comparison in hub.comparisons %}<a href="{{ comparison.path|url }}">{{ comparison.title }}</a>{% endfor %}
{% endblock %}
""",
    "home.html": """\
{% extends "base.html" %}
{% block main %}
<h1>{{ lead.title if lead }} {{ strongest|map(attribute="title")|join(", ") }}</h1>
{% for hub in categories %}<a href="{{ hub.path|url }}">{{ hub.name }} {{ hub.comparisons|length }}</a>{% endfor %}
{% endblock %}
""",
    "comparisons.html": """\
{% extends "base.html" %}
{% block main %}
<p>{{ meta.description }} {{ uncategorised|map(attribute="title")|join(", ") }}</p>
{% endblock %}
""",
    "404.html": '{% extends "base.html" %}\n{% block main %}Nothing{% endblock %}\n',
}


@dataclass(eq=False)
class Section:
    heading: str
    text: str

    @property
    def anchor(self) -> str:
        return self.heading.lower().replace(" ", "-")


@dataclass(eq=False)
class Text:
    """A page, or what an article has in common with one; `name` is its path without `.md` under `content/pages/`."""

    name: str
    front: dict[str, Any]
    sections: list[Section] = field(default_factory=list)
    links: list[tuple["Text", Section | None]] = field(default_factory=list)
    charts: list[str] = field(default_factory=list)

    @property
    def path(self) -> str:
        return f"content/pages/{self.name}.md"

    @property
    def draft(self) -> bool:
        return bool(self.front.get("draft"))


@dataclass(eq=False)
class Article(Text):
    """`name` is its slug."""

    subjects: tuple[str, ...] = ()
    rows: list[dict[str, Any]] = field(default_factory=list)
    pins: list["Article"] = field(default_factory=list)
    images: list[str] = field(default_factory=list)

    @property
    def path(self) -> str:
        return f"content/compare/{self.name}.md"

    @property
    def key(self) -> str:
        """What no other article shares with it."""
        return "-".join(sorted(self.subjects))

    @property
    def names(self) -> tuple[str, ...]:
        """The slugs that it may have without standing in another article's way."""
        return ("-vs-".join(self.subjects), "-vs-".join(reversed(self.subjects)), f"on-{self.key}")


@dataclass
class World:
    settings: dict[str, Any]
    factors: dict[str, dict[str, Any]] = field(default_factory=dict)
    subjects: dict[str, dict[str, Any]] = field(default_factory=dict)
    articles: list[Article] = field(default_factory=list)
    pages: list[Text] = field(default_factory=list)
    cups: int = 3
    results: dict[str, Any] = field(default_factory=lambda: {"a": 5, "b": {"value": 8}})  # of a measurement
    others: dict[str, bytes] = field(default_factory=dict)  # what is written as it is: images, templates, static files
    spoiled: dict[str, bytes] = field(default_factory=dict)  # what stands in the place of sound files
    careless: bool = False  # links that lead nowhere stay

    @property
    def sound(self) -> bool:
        return not (self.careless or self.spoiled)

    def mend(self) -> None:
        self.careless = False
        self.spoiled.clear()

    def files(self) -> dict[str, bytes]:
        """Every file of the project, by its path."""
        texts = {text.path: self._text(text) for text in (*self.articles, *self.pages)}
        data = {
            "content/site.yaml": self._settings(),
            **({"content/factors.yaml": self.factors} if self.factors else {}),
            **{f"content/subjects/{id}.yaml": subject for id, subject in self.subjects.items()},
        }
        return {
            **{path: _yaml(mapping).encode() for path, mapping in data.items()},
            **{path: text.encode() for path, text in texts.items()},
            RESULTS: json.dumps(self.results).encode(),
            CUPS: f"Drink,Cups\nTea,{self.cups}\nCoffee,4\n".encode(),
            **self.others,
            **self.spoiled,
        }

    def has_image(self, path: str) -> bool:
        return path in self.others

    def _settings(self) -> dict[str, Any]:
        shown = {page.name for page in self.pages if not page.draft}
        items = self.settings.get("navigation")
        if items is None or self.careless:
            return self.settings
        return {**self.settings, "navigation": [item for item in items if item["page"] in shown]}

    def _text(self, text: Text) -> str:
        front = self._front(text) if isinstance(text, Article) else text.front
        parts = [f"## {section.heading}\n\n{section.text}\n" for section in text.sections]
        parts += [f"See [this]({link}).\n" for link in self._links(text)]
        parts += [f"```chart\n{CHARTS[name]}\n```\n" for name in text.charts if name != "facts" or self._has_price()]
        if isinstance(text, Article):
            images = (path for path in text.images if path in self.others or self.careless)
            parts += [f"![A chart]({path.removeprefix('content/compare/')})\n" for path in images]
        return f"---\n{_yaml(front)}---\n" + "\n".join(parts)

    def _has_price(self) -> bool:
        """Whether there is a number to draw."""
        return "price" in (self.subjects.get("tea", {}).get("facts") or {})

    def _links(self, text: Text) -> Iterator[str]:
        up = "../" * text.path.removeprefix("content/").count("/")
        for target, section in text.links:
            lost = target not in self.articles and target not in self.pages
            lost = lost or (target.draft and not text.draft) or (section is not None and section not in target.sections)
            if not lost or self.careless:
                fragment = f"#{section.anchor}" if section else ""
                yield up + target.path.removeprefix("content/") + fragment

    def _front(self, article: Article) -> dict[str, Any]:
        pins = [pin.name for pin in article.pins if pin is not article and (pin in self.articles or self.careless)]
        known = {*self.subjects, *(id for other in self.articles for id in other.subjects)}
        ways = [
            {key: value for key, value in third.items() if key != "subject" or value in known or self.careless}
            for third in article.front.get("consider", ())
        ]
        return {
            **article.front,
            "subjects": article.subjects,
            "factors": article.rows,
            "consider": ways,
            "related": pins,
        }


def _yaml(mapping: Mapping[str, Any]) -> str:
    """A key a line, its value in YAML's flow style; null is a key that is left out."""
    return "".join(f"{key}: {json.dumps(value)}\n" for key, value in mapping.items() if value is not None)


def article(subjects: Sequence[str], number: int = 0) -> Article:
    """A whole one; `number` varies it."""
    word, day = WORDS[number % len(WORDS)], DAYS[number % len(DAYS)]
    made = Article(
        "-vs-".join(subjects),
        {
            "summary": f"It is {word}.",
            "pick": subjects[number % len(subjects)],
            "why": f"It is **{word}**, although the rest is not.",
            "verdict": {id: f"You like {id}." for id in subjects},
            "category": ("Hot", None, "Cold")[number % 3],
            "tags": [["morning"], [], ["morning", "evening"]][number % 3],
            "published": day,
        },
        subjects=tuple(subjects),
    )
    made.rows = [{"factor": "price"}, row(made, "Taste", number)]
    made.sections = [Section(HEADINGS[place], f'It is "{word}" <b>here</b>.') for place in (0, 1 + number % 3)]
    return made


def row(owner: Article, label: str, number: int = 0) -> dict[str, Any]:
    cells = {id: WORDS[(number + place) % len(WORDS)] for place, id in enumerate(owner.subjects)}
    return {"factor": label, "cells": cells, "wins": owner.subjects[number % len(owner.subjects)]}


def shop(*, plain: bool = True) -> World:
    """Five articles, two subjects with files, three pages, an image; with a theme of few words, or the built-in one."""
    world = World(
        {"title": "Drinks", "base_url": "https://example.org/picks/", "author": {"name": "Ada"}},
        factors={"price": {"label": "Price of a cup", "unit": "ct", "better": "lower"}},
        subjects={
            "tea": {"name": "Tea", "kind": "Drink", "facts": {"price": {"value": 4}}},
            "coffee": {
                "name": "Coffee",
                "kind": "Drink",
                "homepage": "https://example.org/c",
                "facts": {"price": {"value": 12}},
            },
        },
        pages=[
            Text("about", {"title": "About"}, [Section(HEADINGS[0], "We pour.")]),
            Text("guide/start", {"title": "Start", "order": 1}, [Section(HEADINGS[1], "Sip.")]),
            Text("guide/more", {"title": "More", "order": 2}, [Section(HEADINGS[2], "Sip on.")]),
        ],
        others={"content/compare/chart.svg": drawing(3)},
    )
    sets = [("tea", "coffee"), ("coffee", "mate"), ("mate", "tea"), ("tea", "coffee", "water"), ("milk", "cocoa")]
    world.articles = [article(subjects, number) for number, subjects in enumerate(sets)]
    first, second, *_ = world.articles
    first.links = [(second, second.sections[0]), (world.pages[0], None)]
    first.images = ["content/compare/chart.svg"]
    second.front["consider"] = [{"name": "Water", "if": "you thirst", "subject": "water"}]
    second.pins = [world.articles[4]]
    world.pages[1].links = [(first, first.sections[1])]
    if plain:
        world.others |= {f"templates/{name}": text.encode() for name, text in PLAIN.items()}
    return world


def library(count: int, *, title: str = "Library", plain: bool = True) -> World:
    """As many articles as asked for, each linked to the next."""
    pairs = [pair for size in range(3, 99) if size * (size - 1) / 2 >= count for pair in combinations(range(size), 2)]
    world = shop(plain=plain)
    world.settings["title"] = title
    world.articles = [article([f"s{one}", f"s{other}"], place) for place, (one, other) in enumerate(pairs[:count])]
    for text, following in zip(world.articles, world.articles[1:], strict=False):
        text.links = [(following, following.sections[0])]
    world.pages[1].links.clear()
    return world


def drawing(size: int) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}"/>'.encode()


def photo(size: int) -> bytes:
    """As much of a PNG as tells how large it is."""
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + size.to_bytes(4) * 2 + b"\x08\x02\0\0\0"


# --- on the disk ------------------------------------------------------------------------------------------------------


def save(files: Mapping[str, bytes], project: Path, paths: Iterable[str] | None = None) -> Path:
    """Write them, in the order of `paths` when that is given, and remove whatever else a project holds."""
    for folder in ("content", "templates", "static", "benchmarks"):
        for file in (project / folder).rglob("*"):
            if file.is_file() and file.relative_to(project).as_posix() not in files:
                file.unlink()
    for path in files if paths is None else paths:
        target = project / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(files[path])
    return project


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, by its path in there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """What changes when a file is written again, even with the same bytes."""
    found = ((path.relative_to(folder).as_posix(), path.stat()) for path in folder.rglob("*") if path.is_file())
    return {path: (stat.st_ino, stat.st_mtime_ns) for path, stat in found}


def attempt(project: Path, **options: Any) -> Report | SiteError:
    try:
        return build(Options(project, **options))
    except SiteError as error:
        return error


def clean(files: Mapping[str, bytes], folder: Path, **options: Any) -> tuple[Report | SiteError, dict[str, bytes]]:
    """What comes of a project that was never built before, written backwards into a folder of its own."""
    save(files, folder, reversed(list(files)))
    result = attempt(folder, **options)
    made = contents(folder / "site")
    shutil.rmtree(folder)
    return result, made


def forked(work: Callable[[], None]) -> int:
    """Do it in a process of its own, which leads a group of its own; returns how that ended, 0 or a code or -signal."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of threads that other tests left behind
        child = os.fork()
    if child == 0:
        code = 1
        try:
            os.setsid()
            work()
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
