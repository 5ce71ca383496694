"""How long `tiebreak check` takes beside what loading the same files takes: 10,000 comparisons with 20,000 sources.

    python benchmarks/checks.py                          # 1,000 and 10,000 comparisons; about half an hour
    python benchmarks/checks.py --sizes 300 --runs 1     # a quick look, printed and not saved

The articles are those of `corpus.py` with evidence: each has the body of one of this project's own comparisons, a row
that two files of subjects have the facts of, and two sources of its own, all of them in `content/sources.lock`.
Loading reads, validates, converts and links every file, and finds what a build warns of; `check` does that and all that
it looks for besides. Every run is cold: nothing is remembered from one to the next. The commands run in turn.
"""

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

import corpus
import harness
from tiebreak.content.lock import written_lock
from tiebreak.model import Look

HERE = Path(__file__).resolve().parent
OWN = HERE.parent / "content" / "compare"
WORK = harness.WORK / "checks"
SIZES, RUNS = [1_000, 10_000], 3
TODAY = date(2026, 11, 29)
LOAD = """
import sys
from pathlib import Path
from tiebreak.build.load import load_site
from tiebreak.cli.options import without_collection
without_collection()
load_site(Path(sys.argv[1]), drafts=True)
"""
_RELATIVE = re.compile(r"\]\((?!https?:|#)[^()\s]+\)")
_ROW = '  - factor: "Start-up time"\n    id: start-up-time\n    unit: ms\n    better: lower\nverdict:\n'
_CHART = re.compile(r"(?ms)^```chart\n.*?^```\n")
_SOURCE = re.compile(r'url: "([^"]+)"')


def write(count: int, project: Path) -> None:
    """Write a project of `count` comparisons with evidence."""
    corpus.write(count, project, "tiebreak")
    bodies, looks = list(_bodies()), dict[str, Look]()
    for place, file in enumerate(sorted((project / "content" / "compare").glob("*.md"))):
        front, _, _ = file.read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")
        front = front.replace("verdict:\n", _ROW, 1)
        file.write_text(f"---\n{front}\n---\n{bodies[place % len(bodies)]}", encoding="utf-8")
        looks |= {url: _look(url) for url in _SOURCE.findall(front)}
    for place, file in enumerate(sorted((project / "content" / "subjects").glob("*.yaml"))):
        page, value = f"https://example.org/{file.stem}/speed", f"{place % 400 + 5}"
        fact = f"{{value: {value}, kind: measured, source: {page}, checked: {TODAY}}}"
        with file.open("a", encoding="utf-8") as end:
            end.write(f"facts:\n  start-up-time: {fact}\n")
        looks[page] = _look(page, f"{value} ms")
    (project / "content" / "sources.lock").write_bytes(written_lock(looks))


def _bodies() -> Iterator[str]:
    """What this project's own comparisons say, without what leads to other files of it."""
    for file in sorted(OWN.glob("*.md")):
        _, _, body = file.read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")
        yield re.sub(
            r"\{fact:[^{}]*\}", "42 ms", _RELATIVE.sub("](https://example.org/elsewhere)", _CHART.sub("", body))
        )


def _look(url: str, *found: str) -> Look:
    return Look(looked=TODAY, status=200, digest=sha256(url.encode()).hexdigest()[:16], found=found)


def measured(count: int, runs: int) -> dict[str, harness.Sample]:
    """Samples of loading and of checking, in one process and in as many as there are cores."""
    project = WORK / f"{count}"
    write(count, project)
    check = [sys.executable, "-m", "tiebreak", "check", "--project", str(project), "--today", TODAY.isoformat()]
    commands: dict[str, Sequence[str | Path]] = {
        "load": [sys.executable, "-c", LOAD, project],
        "check": [*check, "--jobs", "1"],
        "check, all cores": check,
    }
    return harness.alternate(commands, runs=runs)


def main(argv: Sequence[str]) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measure `tiebreak check` beside loading.")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--runs", type=int, default=RUNS)
    given = parser.parse_args(argv)
    results: dict[str, object] = {}
    for count in given.sizes:
        samples = measured(count, given.runs)
        results[str(count)] = {**samples, "ratio": round(samples["check"].cpu_ms / samples["load"].cpu_ms, 2)}
    if given.sizes == SIZES and given.runs >= RUNS:
        question = "How long does check take, beside what loading takes?"
        harness.save("checks", question=question, versions={}, results=results)
    else:
        print(harness.plain(results))


if __name__ == "__main__":
    main(sys.argv[1:])
