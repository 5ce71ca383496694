"""What each kind of edit costs Tiebreak, Hugo and Eleventy: seconds, and as a share of a cold build.

    python benchmarks/incremental_builds.py                                  # everything; about an hour
    python benchmarks/incremental_builds.py --sizes 1000 --runs 3 --only "tiebreak, own theme"

The projects are those of `site_builds.py`, to which a row is added that takes its cells from the subjects' own files.
Every edit is made anew before each run, and is looked for in the site once. A fact that is shared, and a row that shows
it, only Tiebreak knows; Eleventy copies no style sheet unless its settings are changed. A quick look (fewer than five
runs, other sizes, or not every contender) is printed and not saved.
"""

import argparse
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import corpus
import harness
import site_builds
from site_builds import OUTPUT, Contender

SIZES, RUNS = [1_000, 10_000], 5
CONTENDERS = ("tiebreak, own theme", "tiebreak", "hugo", "eleventy")
LAYOUTS = {"hugo": "layouts/page.html", "eleventy": "layouts/base.11ty.mjs", "tiebreak": "templates/comparison.html"}
STYLES = {"hugo": "static/site.css", "tiebreak": "static/css/95-own.css"}
THEME = harness.HERE.parent / "templates"


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
    def generator(self) -> str:
        return self.contender.generator

    @property
    def mark(self) -> str:
        """What no edit wrote before."""
        return f"Turn{self.turn}"

    def article(self) -> Path:
        """One in the middle of the alphabet."""
        files = sorted((self.project / corpus.ARTICLES[self.generator]).glob("*-vs-*.md"))
        return files[len(files) // 2]

    def subject(self) -> Path:
        """The file of a subject that the article compares."""
        name = self.article().stem.partition("-vs-")[0]
        return self.project / corpus.SUBJECTS[self.generator] / f"{name}.yaml"


def change(file: Path, pattern: str, new: str) -> None:
    """The first line that matches is another now."""
    text, count = re.subn(pattern, lambda _: new, file.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
    assert count, f"{file} has no {pattern}"
    file.write_text(text, encoding="utf-8")


def sentence(place: Place) -> None:
    change(place.article(), r"(?:^Turn\d+ was one more\.\n\n)?(?=^## )", f"{place.mark} was one more.\n\n")


def heading(place: Place) -> None:
    change(place.article(), r"^## .*$", f"## {place.mark}")


def summary(place: Place) -> None:
    change(place.article(), r"^summary: .*$", f'summary: "For those who like {place.mark}."')


def title(place: Place) -> None:
    change(place.article(), r"^title: .*$", f'title: "{place.mark} or another"')


def name(place: Place) -> None:
    change(place.subject(), r"^name: .*$", f"name: Subject {place.mark}")


def fact(place: Place) -> None:
    change(place.subject(), r"maturity: .*$", f'maturity: "{place.mark}"')


def new(place: Place) -> None:
    """A third subject beside one that is there, which compares like the article in the middle."""
    article = place.article()
    old = article.stem.partition("-vs-")[2]
    text = article.read_text(encoding="utf-8")
    text = re.sub(rf"\b{old}\b", f"{place.mark.lower()}x", text)
    text = re.sub(r"^title: .*$", f'title: "{place.mark} and one more"', text, count=1, flags=re.MULTILINE)
    text = re.sub(r"^slug: .*\n", "", text, count=1, flags=re.MULTILINE)
    known = (place.project / corpus.SUBJECTS[place.generator]) / f"{place.mark.lower()}x.yaml"
    known.write_text(
        corpus.subject_file(corpus.Subject(known.stem, known.stem)) + FACTS[place.generator], encoding="utf-8"
    )
    (article.parent / f"new-{place.mark.lower()}.md").write_text(text, encoding="utf-8")


def deleted(place: Place) -> None:
    """The one that was made last is gone again."""
    newest = max(
        (place.project / corpus.ARTICLES[place.generator]).glob("new-*.md"), key=lambda one: one.stat().st_mtime
    )
    newest.unlink()


def template(place: Place) -> None:
    file = place.project / LAYOUTS[place.generator]
    if place.generator == "eleventy":
        change(file, r"</body>(?:<!-- Turn\d+ -->)?", f"</body><!-- {place.mark} -->")
    elif place.generator == "hugo":
        change(file, r"(?:<small>Turn\d+</small>)?<thead>", f"<small>{place.mark}</small><thead>")
    else:
        change(file, r"\{% block main %\}(?:<i>Turn\d+</i>)?", f"{{% block main %}}<i>{place.mark}</i>")


def style(place: Place) -> None:
    file = place.project / STYLES[place.generator]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f".{place.mark} {{ color: red }}\n", encoding="utf-8")


FACTS = {"tiebreak": 'facts:\n  maturity: "Of age"\n', "hugo": "", "eleventy": ""}
EDITS: dict[str, Callable[[Place], None]] = {
    "a sentence": sentence,
    "a heading": heading,
    "a summary": summary,
    "a title": title,
    "a subject's name": name,
    "a shared fact": fact,
    "a new comparison": new,
    "a deleted one": deleted,
    "a template": template,
    "the style sheet": style,
}
NOT_FOR = {("hugo", "a shared fact"), ("eleventy", "a shared fact"), ("eleventy", "the style sheet")}


def lay_out(contender: Contender, size: int) -> None:
    """Its project, with a row in every article that shows what the subjects' files say, and a template of its own."""
    contender.lay_out(size)
    project = contender.project(size)
    if contender.generator != "tiebreak":
        return
    for file in (project / corpus.SUBJECTS["tiebreak"]).iterdir():
        file.write_text(file.read_text(encoding="utf-8") + FACTS["tiebreak"], encoding="utf-8")
    (project / "content/factors.yaml").write_text("maturity: {label: Maturity}\n", encoding="utf-8")
    for file in (project / corpus.ARTICLES["tiebreak"]).iterdir():
        change(file, r"^verdict:", "  - factor: maturity\nverdict:")
    own = project / LAYOUTS["tiebreak"]
    if not own.exists():
        own.parent.mkdir(parents=True)
        shutil.copy(THEME / own.name, own)


def look(place: Place, edit: str) -> None:
    """Fail unless the edit shows in the site."""
    site, found = place.project / OUTPUT, place.mark
    where = site / "compare" / place.article().stem / "index.html"
    if edit == "a new comparison":
        where = site / "compare" / f"new-{place.mark.lower()}" / "index.html"
    if edit == "a deleted one":
        assert (
            len(list((site / "compare").glob("new-*")))
            == len(list((place.project / corpus.ARTICLES[place.generator]).glob("new-*.md")))
            or place.generator != "tiebreak"
        ), f"{place.contender.name} kept a page"
        return
    files = site.rglob("*.css") if edit == "the style sheet" else [where]
    assert any(found in file.read_text(encoding="utf-8") for file in files), f"{place.contender.name}: {edit}"


def measure(entrants: Sequence[Contender], size: int, runs: int) -> dict[str, dict[str, harness.Sample]]:
    """Every edit of each contender at one size, in turn, after a cold build of each."""
    found: dict[str, dict[str, harness.Sample]] = {}
    commands = {one.name: one.build(size) for one in entrants}
    by_name = {one.name: one for one in entrants}
    try:
        for one in entrants:
            lay_out(one, size)
        found["cold"] = harness.alternate(
            commands, runs=min(runs, 3), warmup=0, before=lambda x: by_name[x].clear(size)
        )
        turn = 0
        for edit, make in EDITS.items():
            able = {name: one for name, one in by_name.items() if (one.generator, edit) not in NOT_FOR}
            for _ in range(runs + 1 if edit == "a new comparison" else 1):
                turn += 1
                for one in able.values():
                    make(Place(one, size, turn))
                    subprocess.run(one.build(size), check=True, stdout=subprocess.DEVNULL)
                    look(Place(one, size, turn), edit)

            def before(name: str, make: Callable[[Place], None] = make, able: Mapping[str, Contender] = able) -> None:
                nonlocal turn
                turn += 1
                make(Place(able[name], size, turn))

            found[edit] = harness.alternate({name: commands[name] for name in able}, runs=runs, warmup=0, before=before)
    finally:
        for one in entrants:
            site_builds.put_aside(one.project(size))
    return found


def table(size: int, found: Mapping[str, Mapping[str, harness.Sample]]) -> str:
    """As Markdown: wall seconds of each edit, and the share of a cold build."""
    names = list(found["cold"])
    rows = []
    for edit, samples in found.items():
        cells = []
        for one in names:
            if one in samples:
                share = samples[one].wall_ms / found["cold"][one].wall_ms
                cells.append(f"{samples[one].wall_ms / 1000:.2f} ({share:.0%})")
            else:
                cells.append("")
        rows.append([edit, *cells])
    return site_builds.markdown([f"{size:,} articles", *names], rows)


def main(argv: Sequence[str]) -> None:
    """Measure, print, and save unless it was a quick look."""
    parser = argparse.ArgumentParser(description="Measure what each kind of edit costs.")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N", help="articles")
    parser.add_argument("--runs", type=int, default=RUNS, help="timed runs of each edit; the median counts")
    parser.add_argument("--only", nargs="+", metavar="NAME", default=CONTENDERS, help="these contenders")
    parser.add_argument("--tiebreak", type=Path, default=Path(sys.executable).with_name("tiebreak"), metavar="PROGRAM")
    given = parser.parse_args(argv)
    entrants = site_builds.contenders(given.tiebreak, given.only)
    results = {}
    try:
        for size in given.sizes:
            found = measure(entrants, size, given.runs)
            print(table(size, found), flush=True)
            results[str(size)] = found
    finally:
        shutil.rmtree(site_builds.TRASH, ignore_errors=True)
    if tuple(given.only) != CONTENDERS or given.runs < RUNS or given.sizes != SIZES:
        print("A quick look: not saved.")
        return
    harness.save(
        "incremental_builds",
        question="How long until a site of N articles is right again after each kind of edit?",
        versions={name: site_builds.VERSIONS[name] for name in ("hugo", "eleventy")},
        results={
            size: {edit: {name: vars(one) for name, one in samples.items()} for edit, samples in found.items()}
            for size, found in results.items()
        },
    )


if __name__ == "__main__":
    main(sys.argv[1:])
