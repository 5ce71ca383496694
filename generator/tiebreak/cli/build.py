"""`tiebreak build`: writes the whole site, or nothing where there is an error."""

import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tiebreak.cli.options import (
    drafts_option,
    future_option,
    jobs_option,
    project_option,
    strict_option,
    today_option,
    without_collection,
)
from tiebreak.cli.reporting import reporting, say, shown, tell
from tiebreak.host_names import HOSTS

if TYPE_CHECKING:
    from tiebreak.build import Progress, Report
    from tiebreak.problems import Format


UNNOTICED = 1.0  # seconds that people wait without asking


def _possible(_: click.Context, __: click.Parameter, compress: bool) -> bool:
    if not compress:
        return False
    from tiebreak.storage import compression

    if not compression.is_possible():
        raise click.UsageError('--compress needs Brotli: pip install "tiebreak[compress]"')
    return True


@click.command()
@project_option
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to write; by default site/ in the project.",
)
@click.option("--base-url", metavar="URL", help="Use this instead of base_url in site.yaml.")
@click.option("--host", type=click.Choice(HOSTS), help="Use this instead of host in site.yaml.")
@drafts_option
@future_option
@today_option
@jobs_option
@click.option("--fresh", is_flag=True, help="Write every file again, whatever is there.")
@click.option(
    "--compress",
    is_flag=True,
    callback=_possible,
    help="Write .gz and .br beside every text, for hosts that serve them.",
)
@strict_option
@click.option(
    "--record",
    is_flag=True,
    help="Then record in content/changes/ what pages say, from which the next builds tell what has changed.",
)
@click.option("--why", is_flag=True, help="Say of every file written what was done and why.")
@click.option("--profile", is_flag=True, help="Say where the time went, a line a phase.")
@click.option("--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("--format", type=click.Choice(["text", "json"]), default="text", help="How to report.", show_default=True)
@reporting
def build(
    project: Path,
    output: Path | None,
    base_url: str | None,
    record: bool,
    profile: bool,
    quiet: bool,
    format: "Format",
    **others: Any,
) -> None:
    """Build the whole site; with errors, write nothing."""
    from tiebreak.build import pipeline as builder

    without_collection()
    options = builder.Options(
        project=project,
        output=_safe_output(project, output),
        base_url=_base_url(base_url),
        notify=None if quiet else say,
        **others,
    )
    with _progress(quiet=quiet) as progress:
        report = builder.build(replace(options, progress=progress))
    files = builder.record(options) if record else ()
    if format == "json":
        _tell_json(report, files)
        return
    if not quiet:
        tell(report.problems, "text")
    if options.why:
        for output_path, what in report.done.items():
            reasons = [reason for reason in report.causes.get(output_path, ()) if reason != what]
            say(f"{what}: {output_path}" + (f" ({', '.join(reasons)})" if reasons else ""))
    if profile:
        for phase, seconds in report.seconds.items():
            say(f"{phase:10} {seconds:8.3f} s")
    if not quiet:
        if record:
            say(f"content/changes/: {len(files)} new or changed")
        say(f"{len(report.paths)} files in {shown(report.output)}, {len(report.done)} changed")


@contextmanager
def _progress(*, quiet: bool) -> Iterator["Progress | None"]:
    """A progress bar after a second of work, in terminals only."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    began, bars = time.monotonic(), ExitStack()
    shown: dict[str, Any] = {}

    def tell(phase: str, done: int, total: int) -> None:
        if phase not in shown and time.monotonic() - began > UNNOTICED:
            bars.close()
            shown[phase] = bars.enter_context(click.progressbar(length=total, label=phase, file=sys.stderr))
            shown[phase].update(done - 1)
        if phase in shown:
            shown[phase].update(1)

    with bars:
        yield tell


def _tell_json(report: "Report", recorded: Sequence[str]) -> None:

    from tiebreak.characters import in_json

    record = {
        "output": str(report.output),
        "files": len(report.paths),
        "done": dict(report.done),
        "recorded": list(recorded),
        "causes": {output_path: list(reasons) for output_path, reasons in report.causes.items()},
        "seconds": {phase: round(seconds, 3) for phase, seconds in report.seconds.items()},
        "problems": [problem.as_dict() for problem in report.problems],
    }
    click.echo(in_json(json.dumps(record, indent=2, ensure_ascii=False)))


def _safe_output(project: Path, output: Path | None) -> Path | None:
    """Refuse an output folder over the project's own files, or in a hidden folder of its repository."""
    from tiebreak.storage import folders, repository

    if output is None:
        return None
    place, root = (Path(os.path.realpath(path)) for path in (output, project))  # a loop of links is told later
    sources = [root / name for name in (*folders.INPUTS, ".tiebreak")]
    if root.is_relative_to(place) or any(place.is_relative_to(source) for source in sources):
        raise click.BadParameter("the output would lie over the project's own files", param_hint="--output")
    is_hidden = any(part.startswith(".") for part in Path(os.path.relpath(place, root)).parts if part != "..")
    if is_hidden and place.is_relative_to(repository(root)):
        raise click.BadParameter("the output would lie in a hidden folder", param_hint="--output")
    return output


def _base_url(url: str | None) -> str | None:
    if url is None:
        return None
    from tiebreak.content import base_url

    with suppress(ValueError):
        return base_url(url)
    raise click.BadParameter("write an absolute URL, such as https://example.org/picks/", param_hint="--base-url")
