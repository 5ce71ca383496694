"""What each kind of edit costs Tiebreak, Hugo and Eleventy: in a build, and until a live preview shows it.

    python benchmarks/incremental_builds.py                                  # everything; about two hours
    python benchmarks/incremental_builds.py --sizes 1000 --rounds 1 --only "tiebreak, own theme"
    python benchmarks/incremental_builds.py --sizes 1000 --preview
    python benchmarks/incremental_builds.py --saved                          # the tables of the results that are kept

The projects are those of `site_builds.py`, to which a row is added that takes its cells from the subjects' own files,
and a style sheet. In each round, each kind of edit is made to each project and built, in turn; that it shows in the
site is checked every time. Hugo builds the whole site whenever it is called. So does Eleventy: 3.1.8 ends with an error
when it is told which file changed (`--incremental=FILE`). Both keep more in mind while they serve, which
`live_edits.py` measures.

Results are kept for each size by itself. A quick look (fewer rounds, or not every contender) is printed and not saved.
"""

import argparse
import itertools
import json
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
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
COLD, NOTHING = "everything, from cold", "nothing"
NAME = "incremental_builds"


# --- what is measured -------------------------------------------------------------------------------------------------


def look(site: Path, edit: Edit) -> None:
    """Fail unless the edit shows in the site."""
    for shown_in in edit.shown_in:
        pages = [file.read_text(encoding="utf-8") for file in site.glob(shown_in)]
        assert pages, f"there is no {shown_in}"
        assert any(map(edit.is_shown, pages)), f'"{edit.words}" in {shown_in}: {edit.text is None}'


def measure_builds(entrants: Sequence[Contender], size: int, turns: Iterator[int], rounds: int) -> Times:
    """A build from cold, one after each kind of edit and one after none, as often as there are rounds."""
    found: Times = {kind: {one.name: [] for one in entrants} for kind in (COLD, *KINDS, NOTHING)}
    for _ in range(rounds):
        for one in entrants:
            if not is_enough(found[COLD][one.name]):
                one.clear(size)
            if is_built(one, size, found[COLD]):
                site_builds.check(one, size)
        shutil.rmtree(site_builds.TRASH, ignore_errors=True)
    for _ in range(rounds):
        for kind, made_by in KINDS.items():
            turn = next(turns)
            for one in entrants:
                edit = made_by(Place(one, size, turn))
                edit.make()
                if is_built(one, size, found[kind]):
                    look(one.project(size) / OUTPUT, edit)
        for one in entrants:
            is_built(one, size, found[NOTHING])
    return found


def is_built(contender: Contender, size: int, found: Mapping[str, list[float | None]]) -> bool:
    """Whether it was built once more: what took long is not timed again."""
    taken = found[contender.name]
    if not is_enough(taken):
        taken.append(round(harness.run(contender.build(size))[1], 1))
        return True
    return False


PARTS: dict[str, Callable[[Sequence[Contender], int, Iterator[int], int], Times]] = {
    "builds": measure_builds,
    "preview": live_edits.measure,
}


def measure(entrants: Sequence[Contender], size: int, rounds: int, parts: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Each part at one size, with the day and how busy the machine was, which others use too."""
    turns = itertools.count(1)
    try:
        for one in entrants:
            edit_kinds.lay_out(one, size)
        for part in parts:
            load = os.getloadavg()[2]
            times = PARTS[part](entrants, size, turns, rounds)
            day = datetime.now(UTC).date().isoformat()
            print(table(size, part, times), flush=True)
            yield {part: {"date": day, "load": [round(load, 1), round(os.getloadavg()[2], 1)], "wall_ms": times}}
    finally:
        for one in entrants:
            site_builds.put_aside(one.project(size))


# --- tables -----------------------------------------------------------------------------------------------------------


def median(times: Sequence[float | None]) -> float | None:
    """None if one of them is, or there is none."""
    known = [time for time in times if time is not None]
    return statistics.median(known) if known and len(known) == len(times) else None


def table(size: int, part: str, times: Times) -> str:
    """As Markdown: seconds of each kind of edit, medians; and Tiebreak's share of each peer's, pair by pair."""
    names = list(next(iter(times.values())))
    peers = [name for name in names if not name.startswith("tiebreak")] if "tiebreak" in names else []
    rows = [
        [kind, *(seconds(median(taken[name])) for name in names), *(share(taken, "tiebreak", peer) for peer in peers)]
        for kind, taken in times.items()
    ]
    head = [f"{size:,} articles, {part}", *names, *(f"tiebreak to {peer}" for peer in peers)]
    return f"{site_builds.markdown(head, rows)}\n{spread(times)}\n"


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


def spread(times: Times) -> str:
    """How much the runs of one thing differed, as a sentence."""
    all_runs = [[time for time in runs if time] for taken in times.values() for runs in taken.values()]
    spreads = sorted(max(runs) / min(runs) for runs in all_runs if len(runs) > 1)
    if not spreads:
        return "One round, which says nothing of noise."
    return (
        f"The slowest run took {statistics.median(spreads):.2f} times as long as the fastest of the same cell in half "
        f"of the cells, and {spreads[int(len(spreads) * 0.9)]:.2f} times or more in a tenth of them."
    )


def summary(found: Mapping[str, Any]) -> str:
    """Builds and preview side by side, as in the README."""
    parts = [found[part]["wall_ms"] for part in PARTS]
    rows = [
        [kind, *(seconds(median(times[kind][name])) if kind in times else "" for times in parts for name in CONTENDERS)]
        for kind in parts[0]
    ]
    names = ("Tiebreak", "own theme", "Hugo", "Eleventy")
    head = [
        "",
        *(
            f"{part[0]}: {part[1]}" if part[1] == names[0] else part[1]
            for part in itertools.product(("build", "preview"), names)
        ),
    ]
    return site_builds.markdown(head, rows)


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


def show(results: Mapping[str, Any]) -> None:
    for size, found in results.items():
        for part in found:
            print(table(int(size), part, found[part]["wall_ms"]))
        if len(found) == len(PARTS):
            print(summary(found))


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
        show(kept())
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
    """Beside the results of other sizes."""
    results = kept()
    results[str(size)] = {**results.get(str(size), {}), **found}
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


if __name__ == "__main__":
    main(sys.argv[1:])
