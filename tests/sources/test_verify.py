"""A run of `tiebreak verify`: what it finds goes into the lock, and the second run asks only for news."""

import json
import os
import signal
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from misbehaving import Server, plain, serving

from tiebreak.problems import SiteError
from tiebreak.sources import verify as runs
from tiebreak.sources.fetch import Manners, NoAnswerError

QUICK = Manners(pause=0, backoff=0.01, connect=2, read=2, whole=4, most=200_000, longest_wait=1)
SETTINGS = "title: Picks\nbase_url: https://picks.example/\n"
PAGE = """\
---
summary: s
subjects: [Tea, Coffee]
pick: tea
why: w
factors:
{rows}
verdict: {{tea: t, coffee: c}}
published: 2026-01-01
---
Text.
"""
ROW = "  - factor: {label}\n    unit: MB\n    cells:\n      tea: {cell}\n      coffee: unknown\n"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


def project(root: Path, *cells: str) -> Path:
    """A project with a row for each of these cells."""
    rows = "".join(ROW.format(label=f"Row {number}", cell=cell) for number, cell in enumerate(cells, 1))
    for name, text in {"site.yaml": SETTINGS, "compare/tea-vs-coffee.md": PAGE.format(rows=rows.rstrip())}.items():
        (root / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "content" / name).write_text(text, "utf-8")
    return root


def cell(url: str, **keys: str) -> str:
    """A cell in flow style."""
    return "{" + ", ".join(f"{key}: {json.dumps(value)}" for key, value in {"source": url, **keys}.items()) + "}"


def run(server: Server, root: Path, day: str = "2026-11-29", **options: Any) -> runs.Report:
    given = {"allow_private": True, "manners": QUICK, "resolve": server.resolve, **options}
    return runs.verify(runs.Options(root, date.fromisoformat(day), **given))


def lock(root: Path) -> dict[str, Any]:
    """The blocks of the lock, by the path of the page."""
    blocks = json.loads((root / "content/sources.lock").read_text("utf-8"))
    return {"/" + key.split("/", 3)[3]: block for key, block in blocks.items() if key != "#"}


def told(report: runs.Report) -> list[tuple[int, str, str]]:
    return [(problem.line, problem.code, problem.message) for problem in report.problems]


def test_what_is_found_is_written(server: Server, tmp_path: Path) -> None:
    """By the page that a source is part of: what it answered, and which of the claims stand in it."""
    root = project(
        tmp_path,
        cell(server.url("/good#part"), quote='It says "fast, not clever" - and', value="1392"),
        cell(server.url("/good"), quote="slow and clever"),
        cell(server.url("/paper.pdf"), value="915"),
        cell(server.url("/wrong-charset"), quote="Die Größe beträgt 602 MB, für alle", value="602"),
        cell(server.url("/gzip"), quote="packed"),
        cell(server.url("/gone"), value="7"),
        cell(server.url("/moved"), value="1390"),
    )
    report = run(server, root)
    found = lock(root)
    assert found["/good"]["found"] == ["1392 MB", 'It says "fast, not clever" - and']
    assert found["/good"]["missing"] == ["slow and clever"]
    assert found["/good"]["looked"] == "2026-11-29"
    assert found["/paper.pdf"]["found"] == ["915 MB"]
    assert found["/wrong-charset"]["found"] == ["602 MB", "Die Größe beträgt 602 MB, für alle"]
    assert found["/gzip"]["found"] == ["packed"]
    assert found["/gone"] == {"looked": "2026-11-29", "status": 410}
    assert (found["/moved"]["final"], found["/moved"]["permanent"]) == (server.url("/good"), True)
    assert told(report) == [
        (15, "quote-not-found", "the quote does not stand in the text of the source"),
        (35, "dead-source", f"{server.url('/gone')} could not be read on 2026-11-29: the answer was 410"),
        (40, "moved-source", f"{server.url('/moved')} has moved for good"),
    ]
    assert {headers["User-Agent"].split("/")[0] for headers in server.seen} == {"Tiebreak"}
    assert server.seen[0]["User-Agent"].endswith("(+https://picks.example/)")


def test_the_second_run_asks_only_for_news(server: Server, tmp_path: Path) -> None:
    """With every request conditional, by what the page itself says of its version, or by its date."""
    paths = ("/good", "/tagged", "/dated", "/paper.pdf", "/picture")
    root = project(tmp_path, *(cell(server.url(path), value="20") for path in paths))
    run(server, root)
    first = lock(root)
    server.asked.clear()
    server.seen.clear()
    run(server, root, "2026-11-30")
    assert sorted(server.paths()) == sorted(paths)
    assert len(server.asked) == len(paths)  # robots.txt is known for a day
    assert all(headers["If-None-Match"] or headers["If-Modified-Since"] for headers in server.seen)
    assert {path: {**block, "looked": "2026-11-29"} for path, block in lock(root).items()} == {
        path: {**block, "modified": lock(root)[path].get("modified", "")} if "modified" in block else block
        for path, block in first.items()
    }


def test_a_new_claim_needs_no_new_text(server: Server, tmp_path: Path) -> None:
    """It is looked for in the text that is kept; without it, the page is read again."""
    root = project(tmp_path, cell(server.url("/tagged")))
    run(server, root)
    project(tmp_path, cell(server.url("/tagged"), value="20", quote="Read in under"))
    run(server, root)
    assert server.seen[-1]["If-None-Match"] == '"one"'
    assert lock(root)["/tagged"]["found"] == ["Read in under"]
    assert lock(root)["/tagged"]["missing"] == ["20 MB"]  # there are 20 ms
    (tmp_path / ".tiebreak" / runs.TEXTS).unlink()
    project(tmp_path, cell(server.url("/tagged"), quote="it says here"))
    run(server, root)
    assert server.seen[-1]["If-None-Match"] is None
    assert lock(root)["/tagged"]["found"] == ["it says here"]


def test_a_changed_page_is_told(server: Server, tmp_path: Path) -> None:
    """Where the cell was checked before that; what stands around a page may change."""
    server.pages["/page"] = plain("It takes 915 MB.<nav>Today</nav>")
    root = project(tmp_path, cell(server.url("/page"), value="915", checked="2026-11-01"))
    assert told(run(server, root)) == []
    server.pages["/page"] = plain("It takes 915 MB.<nav>Tomorrow</nav>")
    assert told(run(server, root, "2026-11-30")) == []
    server.pages["/page"] = plain("It takes 999 MB.")
    page = server.url("/page")
    assert told(run(server, root, "2026-12-01")) == [
        (10, "value-not-found", "915 MB does not stand in the text of the source"),
        (10, "changed-source", f"checked on 2026-11-01, before {page} had another text, on 2026-12-01"),
    ]


def test_programs_that_are_refused_prove_nothing(server: Server, tmp_path: Path) -> None:
    """Neither do pages without a text: nothing is told of them."""
    server.pages["/robots.txt"] = lambda request: request.answer(200, "User-agent: *\nDisallow: /closed", "text/plain")
    paths = ("/forbidden", "/closed", "/come-back-later", "/picture", "/script", "/broken.pdf")
    root = project(tmp_path, *(cell(server.url(path), value="5") for path in paths))
    assert told(run(server, root)) == []
    assert {path: (block.get("status"), block.get("trouble")) for path, block in lock(root).items()} == {
        "/forbidden": (403, None),
        "/closed": (None, "robots.txt asks programs to stay away"),
        "/come-back-later": (429, None),
        "/picture": (200, "there is no text in it that can be read"),
        "/script": (200, "there is no text in it that can be read"),
        "/broken.pdf": (200, "there is no text in it that can be read"),
    }


def test_what_was_found_stays_when_a_server_is_down(server: Server, tmp_path: Path) -> None:
    """It is told that the page could not be read; what stood in it is known."""
    server.pages["/page"] = plain("It takes 915 MB.")
    root = project(tmp_path, cell(server.url("/page"), value="915"))
    run(server, root)
    server.pages["/page"] = lambda request: request.answer(500)
    assert [code for _, code, _ in told(run(server, root, "2026-11-30"))] == ["dead-source"]
    assert lock(root)["/page"]["found"] == ["915 MB"]
    server.pages["/page"] = lambda request: request.answer(304)
    project(tmp_path, cell(server.url("/page"), value="915", quote="It takes"))
    assert told(run(server, root, "2026-12-01")) == []
    assert lock(root)["/page"]["found"] == ["915 MB", "It takes"]


def test_without_a_network_nothing_is_written(server: Server, tmp_path: Path) -> None:
    """Or every source would count as dead."""

    async def nowhere(host: str, port: int) -> list[str]:
        raise OSError

    root = project(tmp_path, cell("https://docs.example/", value="5"))
    with pytest.raises(
        NoAnswerError, match="no source answered, so nothing was written; the first because: there is no such host"
    ):
        run(server, root, resolve=nowhere)
    assert not (root / "content/sources.lock").exists()


def test_an_interrupted_run_is_kept_and_goes_on(server: Server, tmp_path: Path) -> None:
    """Ctrl-C keeps what was found; the next run begins with what it did not reach."""
    root = project(tmp_path, *(cell(server.url(f"/tagged?{number}"), value="5") for number in range(5)))
    server.pages |= {f"/tagged?{number}": server.pages["/tagged"] for number in range(5)}

    def stop(host: str, done: int, total: int) -> None:
        if done == 2:
            os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        run(server, root, progress=stop)
    reached = list(lock(root))
    assert 2 <= len(reached) < 5
    server.asked.clear()
    run(server, root, "2026-11-30")
    assert set(server.paths()[:3]).isdisjoint(reached)
    assert len(lock(root)) == 5
    server.asked.clear()
    run(server, root, "2026-12-01", max_age=7)
    assert server.asked == []
    project(tmp_path, *(cell(server.url(f"/tagged?{number}"), value=str(5 + number // 4)) for number in range(5)))
    run(server, root, "2026-12-01", max_age=7)
    assert server.paths() == ["/tagged?4"]  # where something else is to be looked for


def test_the_lock_follows_the_content(server: Server, tmp_path: Path) -> None:
    """A source that nobody cites any more goes; a lock that cannot be read is begun anew; no claim is edited."""
    root = project(tmp_path, cell(server.url("/good"), value="5"), cell(server.url("/gone"), value="5"))
    run(server, root)
    project(tmp_path, cell(server.url("/good"), value="5"))
    before = (root / "content/compare/tea-vs-coffee.md").read_bytes()
    run(server, root)
    assert list(lock(root)) == ["/good"]
    (root / "content/sources.lock").write_text("<<<<<<< ours\n", "utf-8")
    run(server, root)
    assert list(lock(root)) == ["/good"]
    assert (root / "content/compare/tea-vs-coffee.md").read_bytes() == before


def test_content_with_mistakes_is_not_asked_about(server: Server, tmp_path: Path) -> None:
    """Its sources may be others once it is mended."""
    root = project(tmp_path, cell(server.url("/good"), value="five"))
    with pytest.raises(SiteError, match="bad-number"):
        run(server, root)
    assert server.asked == []


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_nothing_is_written_through_a_link(server: Server, tmp_path: Path) -> None:
    """A stranger's branch may bring one in the place of the lock: it goes, and its target stays."""
    root = project(tmp_path / "p", cell(server.url("/good"), value="5"))
    (tmp_path / "outside").write_text("theirs", "utf-8")
    (root / "content/sources.lock").symlink_to(tmp_path / "outside")
    run(server, root)
    assert list(lock(root)) == ["/good"]
    assert not (root / "content/sources.lock").is_symlink()
    assert (tmp_path / "outside").read_text("utf-8") == "theirs"


def test_a_source_with_two_pages_needs_one_of_them(server: Server, tmp_path: Path) -> None:
    """A claim that stands in any of a cell's sources is found."""
    both = [server.url("/good"), server.url("/dated")]
    text = cell("", quote="It has 1,392 facts").replace('source: ""', f"source: {json.dumps(both)}")
    assert told(run(server, project(tmp_path, text))) == []


def test_what_is_no_address_is_not_asked(server: Server, tmp_path: Path) -> None:
    """A check tells it; nothing else is the worse for it."""
    root = project(tmp_path, cell("https://["), cell("http://a b/"), cell(server.url("/good"), quote="fast"))
    run(server, root)
    assert server.paths() == ["/good"]


def test_modules_of_a_stranger_are_not_loaded(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project may have files that are called like modules of ours; whoever verifies it stands in it."""
    for name in ("nh3.py", "tiebreak.py", "html.py", "re.py"):
        (tmp_path / name).write_text("raise SystemExit(1)\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    root = project(tmp_path, cell(server.url("/good"), quote="fast, not clever"))
    run(server, root)
    assert lock(root)["/good"]["found"] == ["fast, not clever"]


def test_a_warning_can_be_ignored_with_a_reason(server: Server, tmp_path: Path) -> None:
    """As in a check; and a site may grade it, or turn it off."""
    root = project(tmp_path, cell(server.url("/gone"), value="7"))
    page = root / "content/compare/tea-vs-coffee.md"
    row = "      tea: "
    page.write_text(
        page.read_text("utf-8").replace(row, f"      # tiebreak: ignore[dead-source] kept for its archive\n{row}"),
        "utf-8",
    )
    assert told(run(server, root)) == []
    project(tmp_path, cell(server.url("/gone"), value="7"))
    (root / "content/site.yaml").write_text(f"{SETTINGS}rules: {{dead-source: off}}\n", "utf-8")
    assert told(run(server, root)) == []
