"""`tiebreak verify`: asks the cited sources, and writes what it found to `content/sources.lock`."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from tiebreak.cli.options import project_option, today_option
from tiebreak.cli.reporting import reporting, say, tell

if TYPE_CHECKING:
    from tiebreak.problems import Format
    from tiebreak.sources import verify as runs


@click.command()
@project_option
@click.option(
    "--allow-private",
    is_flag=True,
    help="Ask private addresses, too, such as those of this machine and of an intranet.",
)
@click.option(
    "--max-age",
    type=click.IntRange(min=0),
    metavar="DAYS",
    default=0,
    help="Leave out sources that were asked less than so many days ago.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=8,
    help="Hosts to ask at the same time, one page each.",
    show_default=True,
)
@today_option
@click.option("--format", type=click.Choice(["text", "json"]), default="text", help="How to report.", show_default=True)
@reporting
def verify(project: Path, allow_private: bool, max_age: int, jobs: int, today: date | None, format: "Format") -> None:
    """Look in the cited sources for the quotes and values of cells.

    What was found is written to content/sources.lock. No claim is edited. What is interrupted is kept, and the next run
    begins with the sources that it did not reach.
    """
    from tiebreak.sources import fetch
    from tiebreak.sources import verify as runs

    with _progress() as progress:
        options = runs.Options(
            project=project,
            today=today or date.today(),
            allow_private=allow_private,
            max_age=max_age,
            manners=fetch.Manners(hosts=jobs),
            progress=progress,
        )
        try:
            report = runs.verify(options)
        except fetch.NoAnswerError as error:
            say(f"error: {error}")
            sys.exit(1)
    if format == "json":
        _tell_json(report)
    else:
        tell(report.problems, "text")
        say(_summary(report))
    sys.exit(1 if report.problems else 0)


@contextmanager
def _progress() -> Iterator["runs.Progress | None"]:
    """A progress bar with the host that answered last, in terminals only."""
    if not sys.stderr.isatty():
        yield None
        return
    bar = click.progressbar(length=0, label="sources", file=sys.stderr, show_pos=True, item_show_func=lambda host: host)

    def tell(host: str, done: int, total: int) -> None:
        from tiebreak.characters import visible

        bar.length = total
        bar.update(done - bar.pos, visible(host))

    with bar:
        yield tell


def _summary(report: "runs.Report") -> str:
    """What was asked and what came of it, in one line."""
    hosts = len({urlsplit(page).hostname for page in report.asked})
    looks = report.looks.values()
    alive, dead = sum(look.alive for look in looks), sum(look.dead for look in looks)
    found, missing = (sum(len(getattr(look, name)) for look in looks) for name in ("found", "missing"))
    return (
        f"asked {len(report.asked)} of {len(looks)} sources, hosts: {hosts}; {alive} answer, {dead} do not, "
        f"{len(looks) - alive - dead} refuse programs; found {found} of {found + missing} quotes and values"
    )


def _tell_json(report: "runs.Report") -> None:
    from dataclasses import asdict

    from tiebreak.characters import in_json

    record: dict[str, Any] = {
        "asked": sorted(report.asked),
        "sources": {page: asdict(look) | {"alive": look.alive} for page, look in sorted(report.looks.items())},
        "problems": [problem.as_dict() for problem in report.problems],
    }
    click.echo(in_json(json.dumps(record, indent=2, ensure_ascii=False, default=date.isoformat)))
