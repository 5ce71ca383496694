"""The kinds of edits that people make to a site, alike for each generator, and where a site shows that one was made.

Every edit is one save of one file, and leaves a mark that no earlier edit left.
"""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import corpus
import harness
from site_builds import Contender

TEMPLATES = {
    "hugo": "layouts/page.html",
    "eleventy": "layouts/article.11ty.mjs",
    "tiebreak": "templates/comparison.html",
}
STYLES = {"hugo": "static/site.css", "eleventy": "static/site.css", "tiebreak": "static/css/95-own.css"}
# Where the site has its style sheet; Tiebreak's name in a build ends in a digest of what is in it.
PUBLISHED_STYLES = {"hugo": "site.css", "eleventy": "site.css", "tiebreak": "assets/style*.css"}
LIST = "compare/index.html"  # of all comparisons
THEME = harness.HERE.parent / "templates"
# A row of the table that shows what the subjects' own files say, as each generator's template has it.
ROWS = {
    "hugo": "<tr><th>Maturity</th>{{ range .Params.subjects }}<td>{{ (index $known .).maturity }}</td>{{ end }}</tr>",
    "eleventy": "<tr><th>Maturity</th>${subjects.map(({ id }) => `<td>${escape(known[id].maturity)}</td>`).join('')}"
    "</tr>",
}


@dataclass(frozen=True)
class Edit:
    """What is saved (no text: the file is removed), and the words that some files of the site then have, or not."""

    file: Path
    text: str | None
    shown_in: tuple[str, ...]
    words: str

    def make(self) -> None:
        if self.text is None:
            self.file.unlink()
        else:
            self.file.write_text(self.text, encoding="utf-8")

    def is_shown(self, page: str) -> bool:
        return (self.words in page) is (self.text is not None)


@dataclass(frozen=True)
class Place:
    """A project that is edited; `turn` counts the edits, so that each is another."""

    contender: Contender
    size: int
    turn: int

    @property
    def project(self) -> Path:
        return self.contender.project(self.size)

    @property
    def mark(self) -> str:
        """What no edit wrote before."""
        return f"Turn{self.turn}"

    @property
    def articles(self) -> Path:
        return self.project / corpus.ARTICLES[self.contender.generator]

    @property
    def subjects(self) -> Path:
        return self.project / corpus.SUBJECTS[self.contender.generator]

    def article(self) -> Path:
        """One in the middle of the alphabet."""
        files = sorted(self.articles.glob("*-vs-*.md"))
        return files[len(files) // 2]

    def subject(self) -> Path:
        """The file of a subject that the article compares."""
        return self.subjects / f"{self.article().stem.partition('-vs-')[0]}.yaml"

    def template(self) -> Path:
        """That of a comparison's page."""
        return self.project / TEMPLATES[self.contender.generator]

    def style(self) -> Path:
        return self.project / STYLES[self.contender.generator]

    def page(self) -> str:
        """The article's, in the site."""
        return f"compare/{self.article().stem}/index.html"

    def hub(self) -> str:
        """The subject's page in the site, which lists the article."""
        return f"subjects/{self.subject().stem}/index.html"

    def published_style(self) -> str:
        return PUBLISHED_STYLES[self.contender.generator]


def _replaced(file: Path, pattern: str, new: str) -> str:
    """A file's text in which the first match is another."""
    text, count = re.subn(pattern, lambda _: new, file.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
    assert count, f"{file} has no {pattern}"
    return text


def _line(
    file: Callable[[Place], Path], pattern: str, new: str, *shown_in: Callable[[Place], str]
) -> Callable[[Place], Edit]:
    """The first match of the pattern in a file becomes `new`, in which @ is the mark."""

    def edit(place: Place) -> Edit:
        text = _replaced(file(place), pattern, new.replace("@", place.mark))
        return Edit(file(place), text, tuple(where(place) for where in shown_in), place.mark)

    return edit


NEW_TITLE = "@ and one more"


def _new(place: Place) -> Edit:
    """The subject beside one that it has not met so far, compared as in the article in the middle."""
    article = place.article()
    first, _, second = article.stem.partition("-vs-")
    taken = {
        name for file in place.articles.glob("*-vs-*.md") for name in file.stem.split("-vs-") if first in file.stem
    }
    free = sorted(file.stem for file in place.subjects.iterdir() if file.stem not in taken)
    other = free[place.turn % len(free)]
    text = re.sub(rf"\b{second}\b", other, article.read_text(encoding="utf-8"))
    title = NEW_TITLE.replace("@", place.mark)
    text = re.sub(r"^title: .*$", f'title: "{title}"', text, count=1, flags=re.MULTILINE)
    slug = f"new-{place.mark.lower()}"
    return Edit(place.articles / f"{slug}.md", text, (f"compare/{slug}/index.html", LIST), title)


def _deleted(place: Place) -> Edit:
    """The comparison that was made last goes again."""
    file = max(place.articles.glob("new-*.md"), key=lambda one: one.stat().st_mtime_ns)
    return Edit(file, None, (LIST,), NEW_TITLE.replace("@", file.stem.removeprefix("new-").capitalize()))


_BEFORE_TABLE = r"(?<=\{% block main %\})(?:<i>Turn\d+</i>)?|(?:<i>Turn\d+</i>)?(?=<table>)"

KINDS: dict[str, Callable[[Place], Edit]] = {
    "a sentence": _line(Place.article, r"(?:^Turn\d+ was one more\.\n\n)?(?=^## )", "@ was one more.\n\n", Place.page),
    "a heading": _line(Place.article, r"^## .*$", "## @", Place.page),
    "a summary": _line(Place.article, r"^summary: .*$", 'summary: "For those who like @."', Place.page),
    "a title": _line(Place.article, r"^title: .*$", 'title: "@ or another"', Place.page, Place.hub),
    "a subject's name": _line(Place.subject, r"^name: .*$", "name: Subject @", Place.page, Place.hub),
    "a shared fact": _line(Place.subject, r"maturity: .*$", 'maturity: "@"', Place.page),
    "a new comparison": _new,
    "a deleted one": _deleted,  # stands after a new one
    "a template": _line(Place.template, _BEFORE_TABLE, "<i>@</i>", Place.page),
    "the style sheet": _line(Place.style, r"^.*$", ".@ { color: red }", Place.published_style),
}


def lay_out(contender: Contender, size: int) -> None:
    """Its project, with a row in every article that shows what the subjects' files say, and files for every edit."""
    contender.lay_out(size)
    place = Place(contender, size, 0)
    tiebreak = contender.generator == "tiebreak"
    for file in place.subjects.iterdir():
        fact = 'facts:\n  maturity: "Of age"\n' if tiebreak else 'maturity: "Of age"\n'
        file.write_text(file.read_text(encoding="utf-8") + fact, encoding="utf-8")
    if not tiebreak:
        place.template().write_text(
            _replaced(place.template(), r"^</tbody>", f"{ROWS[contender.generator]}\n</tbody>"), encoding="utf-8"
        )
        return
    (place.project / "content/factors.yaml").write_text("maturity: {label: Maturity}\n", encoding="utf-8")
    for file in place.articles.iterdir():
        file.write_text(_replaced(file, r"^verdict:", "  - factor: maturity\nverdict:"), encoding="utf-8")
    if not place.template().exists():
        place.template().parent.mkdir(parents=True)
        shutil.copy(THEME / place.template().name, place.template())
    place.style().parent.mkdir(parents=True, exist_ok=True)
    place.style().write_text("body { max-width: 60rem }\n", encoding="utf-8")
