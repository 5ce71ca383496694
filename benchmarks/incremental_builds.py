"""What each kind of edit costs Tiebreak, Hugo and Eleventy: in a build, and until a live preview shows it.

    python benchmarks/incremental_builds.py                    # everything; about an hour where nothing else runs
    python benchmarks/incremental_builds.py --sizes 1000 --rounds 1 --only "tiebreak, own theme"
    python benchmarks/incremental_builds.py --sizes 1000 --preview
    python benchmarks/incremental_builds.py --saved            # the tables of the results that are kept

The projects are those of `site_builds.py`, to which a row is added that takes its cells from the subjects' own files,
and a style sheet. In each round, each kind of edit is made to each project and built, in turn; that it shows in the
site is checked every time. Hugo builds the whole site whenever it is called. So does Eleventy: 3.1.8 ends with an error
when it is told which file changed (`--incremental=FILE`). Both keep more in mind while they serve, which
`live_edits.py` measures.

What took more than 15 seconds in all rounds so far is not done again. Results are kept for each size by itself, and the
tables of the README and of the guide are written anew. A quick look (fewer rounds, or not every contender) is printed
and not saved.
"""

import argparse
import itertools
import json
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import edit_kinds
import harness
import live_edits
import site_builds
from edit_kinds import KINDS, Edit, Place
from live_edits import Times, is_enough
from site_builds import OUTPUT, Contender

SIZES, ROUNDS = [1_000, 10_000], 3
CONTENDERS = ("tiebreak", "tiebreak, own theme", "hugo", "eleventy")
LABELS = {"tiebreak": "Tiebreak", "tiebreak, own theme": "own theme", "hugo": "Hugo", "eleventy": "Eleventy"}
COLD, NOTHING = "everything, from cold", "nothing"
NAME = "incremental_builds"


# --- what is measured -------------------------------------------------------------------------------------------------


def look(site: Path, edit: Edit) -> None:
    """Fail unless the edit shows in the site."""
    for shown_in in edit.shown_in:
        pages = [file.read_text(encoding="utf-8") for file in site.glob(shown_in)]
        assert pages, f"there is no {shown_in}"
        assert any(map(edit.is_shown, pages)), f'"{edit.words}" in {shown_in}: {edit.text is None}'


def measure_builds(entrants: Sequence[Contender], size: int, turns: Iterator[int], rounds: int) -> dict[str, Times]:
    """A build from cold, one after each kind of edit and one after none, as often as there are rounds."""
    kinds = (COLD, *KINDS, NOTHING)
    found: dict[str, Times] = {
        clock: {kind: {one.name: [] for one in entrants} for kind in kinds} for clock in ("wall_ms", "cpu_ms")
    }
    for _ in range(rounds):
        for one in entrants:
            if not is_enough(found["wall_ms"], COLD, one.name):
                one.clear(size)
                build(one, size, found, COLD)
                site_builds.check(one, size)
        shutil.rmtree(site_builds.TRASH, ignore_errors=True)
    for _ in range(rounds):
        for kind, made_by in KINDS.items():
            turn = next(turns)
            for one in entrants:
                if not is_enough(found["wall_ms"], kind, one.name):
                    edit = made_by(Place(one, size, turn))
                    edit.make()
                    build(one, size, found, kind)
                    look(one.project(size) / OUTPUT, edit)
        for one in entrants:
            if not is_enough(found["wall_ms"], NOTHING, one.name):
                build(one, size, found, NOTHING)
    return found


def build(contender: Contender, size: int, found: Mapping[str, Times], kind: str) -> None:
    """Build and note what it took."""
    cpu, wall, _ = harness.run(contender.build(size))
    found["wall_ms"][kind][contender.name].append(round(wall, 1))
    found["cpu_ms"][kind][contender.name].append(round(cpu, 1))


def measure_previews(entrants: Sequence[Contender], size: int, turns: Iterator[int], rounds: int) -> dict[str, Times]:
    return {"wall_ms": live_edits.measure(entrants, size, turns, rounds)}


PARTS = {"builds": measure_builds, "preview": measure_previews}


def measure(entrants: Sequence[Contender], size: int, rounds: int, parts: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Each part at one size, with the day and how busy the machine was, which others use too."""
    turns = itertools.count(1)
    try:
        for one in entrants:
            edit_kinds.lay_out(one, size)
        for part in parts:
            load = os.getloadavg()[2]
            times = PARTS[part](entrants, size, turns, rounds)
            found = {"date": datetime.now(UTC).date().isoformat(), "load": [load, os.getloadavg()[2]], **times}
            print(table(size, part, found), noise(found), sep="\n", flush=True)
            yield {part: found}
    finally:
        for one in entrants:
            site_builds.put_aside(one.project(size))


# --- tables -----------------------------------------------------------------------------------------------------------


def median(times: Sequence[float | None]) -> float | None:
    """None if one of them is, or there is none."""
    known = [time for time in times if time is not None]
    return statistics.median(known) if known and len(known) == len(times) else None


def table(size: int, part: str, found: Mapping[str, Any]) -> str:
    """As Markdown: seconds of each kind of edit, medians; and Tiebreak's share of each peer's, pair by pair."""
    wall, cpu = found["wall_ms"], found.get("cpu_ms", {})
    names = list(next(iter(wall.values())))
    peers = [name for name in names if not name.startswith("tiebreak")] if "tiebreak" in names else []
    rows = []
    for kind, taken in wall.items():
        times = [seconds(median(taken[name])) for name in names]
        if cpu:
            times = [f"{time} ({seconds(median(cpu[kind][name]))})" for time, name in zip(times, names, strict=True)]
        rows.append([kind, *times, *(share(taken, "tiebreak", peer) for peer in peers)])
    shown = [LABELS.get(name, name) for name in names]
    return site_builds.markdown([f"{size:,} articles, {part}", *shown, *(f"to {LABELS[peer]}" for peer in peers)], rows)


def seconds(milliseconds: float | None) -> str:
    """With two digits that count, at least; a dash for what was not shown."""
    if milliseconds is None:
        return "–"
    return f"{milliseconds / 1000:.{2 if milliseconds < 9_950 else 1}f}"


def share(taken: Mapping[str, Sequence[float | None]], own: str, peer: str) -> str:
    """The median of the quotients of runs that followed one another."""
    pairs = zip(taken[own], taken[peer], strict=False)
    quotient = median([one / other for one, other in pairs if one and other])
    return "" if quotient is None or None in taken[peer] else f"{quotient:.2f}"


def noise(found: Mapping[str, Any]) -> str:
    """The day, how much else there was to do, and how much the runs of one thing differed, as sentences."""
    all_runs = [[time for time in runs if time] for taken in found["wall_ms"].values() for runs in taken.values()]
    spreads = sorted(max(runs) / min(runs) for runs in all_runs if len(runs) > 1)
    day, load = date.fromisoformat(found["date"]), statistics.mean(found["load"])
    said = f"{day.day} {day:%B %Y}, {max(map(len, all_runs))} rounds; load average {load:.1f}."
    if spreads:
        said += (
            f" The slowest run took {statistics.median(spreads):.1f} times as long as the fastest of the same cell in "
            f"half of the cells, and {spreads[int(len(spreads) * 0.9)]:.1f} times or more in a tenth of them."
        )
    return f"{said}\n"


def summary(size: int, found: Mapping[str, Any]) -> str:
    """Builds and preview side by side, as in the README."""
    parts = [found[part]["wall_ms"] for part in PARTS]
    rows = [
        [kind, *(seconds(median(times[kind][name])) if kind in times else "" for times in parts for name in CONTENDERS)]
        for kind in parts[0]
    ]
    first, *others = LABELS.values()
    head = [f"{size:,} articles", *(label for part in PARTS for label in (f"{part}: {first}", *others))]
    return site_builds.markdown(head, rows)


def full(results: Mapping[str, Any]) -> list[str]:
    """The tables of the guide."""
    shown = [(int(size), part, found[part]) for size, found in results.items() for part in PARTS if part in found]
    return [f"{table(*one)}\n{noise(one[2])}" for one in shown]


def short(results: Mapping[str, Any]) -> list[str]:
    """The table of the README: the largest of the sites."""
    whole = [int(size) for size, found in results.items() if len(found) == len(PARTS)]
    return [summary(max(whole), results[str(max(whole))])] if whole else []


ROOT = harness.HERE.parent
PAGES = {ROOT / "README.md": short, ROOT / "content/pages/measurements/edits.md": full}


# --- the command line -------------------------------------------------------------------------------------------------


def present(tiebreak: Path, names: Sequence[str]) -> list[Contender]:
    """Those that can be installed here; a line for each of the others."""
    found = []
    for name in names:
        try:
            found += site_builds.contenders(tiebreak, [name])
        except (OSError, StopIteration, subprocess.CalledProcessError) as error:
            print(f"{name} is left out: {error}")
    return found


def kept() -> dict[str, Any]:
    """The results that were saved, by size."""
    file = harness.HERE / "results" / f"{NAME}.json"
    results: dict[str, Any] = json.loads(file.read_text())["results"] if file.exists() else {}
    return results


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure what each kind of edit costs.")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N", help="articles")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="timed runs of each edit; the median counts")
    parser.add_argument("--only", nargs="+", metavar="NAME", default=CONTENDERS, help="these contenders")
    parser.add_argument("--builds", dest="parts", action="append_const", const="builds", help="only builds")
    parser.add_argument("--preview", dest="parts", action="append_const", const="preview", help="only live previews")
    parser.add_argument("--saved", action="store_true", help="measure nothing; show what was saved")
    parser.add_argument("--tiebreak", type=Path, default=Path(sys.executable).with_name("tiebreak"), metavar="PROGRAM")
    return parser.parse_args(argv)


def main(argv: Sequence[str]) -> None:
    """Measure, print, and save unless it was a quick look."""
    given = _arguments(argv)
    if given.saved:
        print("\n".join([*full(kept()), *short(kept())]))
        return
    entrants = present(given.tiebreak, given.only)
    try:
        for size in given.sizes:
            for found in measure(entrants, size, given.rounds, given.parts or PARTS):
                if [one.name for one in entrants] == list(CONTENDERS) and given.rounds >= ROUNDS:
                    save(given.tiebreak, size, found)
                else:
                    print("A quick look: not saved.")
    finally:
        shutil.rmtree(site_builds.TRASH, ignore_errors=True)


def save(tiebreak: Path, size: int, found: Mapping[str, Any]) -> None:
    """Beside the results of other sizes, and in the pages that show them."""
    before = kept()
    results = {**before, str(size): {**before.get(str(size), {}), **found}}
    node, own = (
        subprocess.run([program, "--version"], check=True, capture_output=True, text=True).stdout.split()[-1]
        for program in ("node", tiebreak)
    )
    peers = {name: site_builds.VERSIONS[name] for name in ("hugo", "eleventy")}
    harness.save(
        NAME,
        question="How long until a site of N articles is right again after each kind of edit, built or in a preview?",
        versions={"tiebreak": own, **peers, "node": node.removeprefix("v")},
        results=results,
    )
    for page, tables in PAGES.items():
        text = page.read_text(encoding="utf-8")
        for old, new in zip(tables(before), tables(results), strict=False):
            text = text.replace(old, new)
        page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
