"""`tiebreak check`: every problem of every file."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tiebreak.cli.options import jobs_option, project_option, strict_option, today_option, without_collection
from tiebreak.cli.reporting import reporting, say, tell

if TYPE_CHECKING:
    from tiebreak.problems import Format, Problem

ROUNDS = 5  # what is mended may bring to light what could not be seen before


@click.command()
@project_option
@click.option(
    "--format", type=click.Choice(["text", "json", "github"]), default="text", help="How to report.", show_default=True
)
@strict_option
@click.option(
    "--max-stale",
    type=click.IntRange(min=0),
    metavar="N",
    help="Fail where more than N facts are stale.",
)
@jobs_option
@today_option
@click.option(
    "--untrusted",
    metavar="FOLDER",
    multiple=True,
    help="Refuse what a stranger's branch changes outside this folder; can be given again.",
)
@click.option(
    "--base", metavar="REVISION", help="The trusted revision for --untrusted; by default the tip of the default branch."
)
@click.option("--fix", is_flag=True, help="Mend what can be right in one way only, in the files themselves.")
@reporting
def check(
    project: Path,
    format: "Format",
    strict: bool,
    max_stale: int | None,
    untrusted: tuple[str, ...],
    base: str | None,
    fix: bool,
    **others: Any,
) -> None:
    """Report every problem of every file, and write nothing but fixes."""

    from tiebreak.build import pipeline as builder
    from tiebreak.problems import errors

    without_collection()

    _refuse_strangers(project, untrusted, base)
    options = builder.Options(project=project, **others)
    problems = builder.check(options)
    for _ in range(ROUNDS if fix else 0):
        if not _mend(project, problems):
            break
        problems = builder.check(options)
    tell(problems, format)
    if not problems and format == "text":
        say("no problems")
    sys.exit(1 if errors(problems) or (strict and problems) or _too_stale(problems, max_stale) else 0)


def _too_stale(problems: "tuple[Problem, ...]", most: int | None) -> bool:
    """Whether more is stale than may be, which is said."""
    stale = sum(problem.code == "stale" for problem in problems)
    if most is None or stale <= most:
        return False
    say(f"{stale:,} {'is' if stale == 1 else 'are'} stale, and {most:,} may be")
    return True


def _mend(project: Path, problems: "tuple[Problem, ...]") -> bool:
    """Mend what can be mended, and say so; whether anything was."""
    from tiebreak.rules import mend

    is_any = False
    for fixed in mend(project, problems):
        for one in fixed.problems:
            what = f"not mended, because {fixed.why_not}" if fixed.why_not else "mended"
            say(f"{fixed.file}:{one.line}:{one.column}: {what}: {one.code}: {one.message}")
        is_any |= bool(fixed.problems) and not fixed.why_not
    return is_any


def _refuse_strangers(project: Path, folders: tuple[str, ...], base: str | None) -> None:
    """Stop at changes that a stranger may not make, before a template that a stranger wrote is rendered."""
    from tiebreak.cli import untrusted as strangers
    from tiebreak.problems import SiteError

    if not folders:
        if base is not None:
            raise click.UsageError("--base says what --untrusted compares with; name a folder with --untrusted")
        return
    try:
        problems = strangers.check(project, folders, base)
    except strangers.CannotCompareError as error:
        raise click.UsageError(str(error)) from None
    if problems:
        raise SiteError(problems)
